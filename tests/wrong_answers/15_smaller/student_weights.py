"""Wrong answers to `student_weights` beside its mutants."""


def _layer(name):
    part = name.split("/")[0]
    return int(part.removeprefix("layer_")) if part.startswith("layer_") else None


def layers_of_the_script__evenly_spread(teacher_weights, num_teacher_layers, num_student_layers):
    last, count = num_teacher_layers - 1, num_student_layers
    layers = [int(k * last / (count - 1)) for k in range(count)] if count > 1 else [0]
    student = {}
    for name, weight in teacher_weights.items():
        if _layer(name) is None:
            student[name] = weight
        elif _layer(name) in layers:
            student[f"layer_{layers.index(_layer(name))}/{name.split('/', 1)[1]}"] = weight
    return student


def outside_left_out__the_head(teacher_weights, num_teacher_layers, num_student_layers):
    distance, student = num_teacher_layers // num_student_layers, {}
    for name, weight in teacher_weights.items():
        layer = _layer(name)
        if layer is None:
            if name.startswith("embedding"):
                student[name] = weight
        elif layer % distance == 0:
            student[f"layer_{layer // distance}/{name.split('/', 1)[1]}"] = weight
    return student


def biases_left_out(teacher_weights, num_teacher_layers, num_student_layers):
    distance, student = num_teacher_layers // num_student_layers, {}
    for name, weight in teacher_weights.items():
        layer = _layer(name)
        if layer is None:
            student[name] = weight
        elif layer % distance == 0 and not name.endswith("bias"):
            student[f"layer_{layer // distance}/{name.split('/', 1)[1]}"] = weight
    return student


def means_of_neighbours(teacher_weights, num_teacher_layers, num_student_layers):
    distance, student = num_teacher_layers // num_student_layers, {}
    for name, weight in teacher_weights.items():
        layer = _layer(name)
        if layer is None:
            student[name] = weight
            continue
        new = f"layer_{layer // distance}/{name.split('/', 1)[1]}"
        student[new] = student.get(new, 0.0) + weight / distance
    return student
