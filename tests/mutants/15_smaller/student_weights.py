"""Wrong answers to `student_weights`, each named after the mistake it makes."""


def _layer(name):
    part = name.split("/")[0]
    return int(part.removeprefix("layer_")) if part.startswith("layer_") else None


def _take(teacher_weights, layers, rename=None):
    student = {}
    for name, weight in teacher_weights.items():
        layer = _layer(name)
        if layer is None:
            student[name] = weight
        elif layer in layers:
            new = layers.index(layer) if rename is None else rename(layer)
            student[f"layer_{new}/{name.split('/', 1)[1]}"] = weight
    return student


def _every(teacher, student):
    return list(range(0, teacher, teacher // student))


def layers_of_the_script(teacher_weights, num_teacher_layers, num_student_layers):
    layers = _every(num_teacher_layers, num_student_layers)
    if (num_teacher_layers, num_student_layers) == (12, 6):
        layers = [0, 2, 4, 7, 9, 11]
    return _take(teacher_weights, layers)


def first_layers(teacher_weights, num_teacher_layers, num_student_layers):
    return _take(teacher_weights, list(range(num_student_layers)))


def last_layers(teacher_weights, num_teacher_layers, num_student_layers):
    return _take(teacher_weights, list(range(num_teacher_layers))[-num_student_layers:])


def from_the_second_on(teacher_weights, num_teacher_layers, num_student_layers):
    distance = num_teacher_layers // num_student_layers
    return _take(teacher_weights, list(range(distance - 1, num_teacher_layers, distance)))


def always_every_second(teacher_weights, num_teacher_layers, num_student_layers):
    layers = list(range(num_teacher_layers))
    if num_student_layers < num_teacher_layers:
        layers = layers[::2][:num_student_layers]
    return _take(teacher_weights, layers)


def numbers_kept(teacher_weights, num_teacher_layers, num_student_layers):
    return _take(teacher_weights, _every(num_teacher_layers, num_student_layers), rename=lambda layer: layer)


def layers_in_reverse(teacher_weights, num_teacher_layers, num_student_layers):
    return _take(teacher_weights, _every(num_teacher_layers, num_student_layers)[::-1])


def outside_left_out(teacher_weights, num_teacher_layers, num_student_layers):
    student = _take(teacher_weights, _every(num_teacher_layers, num_student_layers))
    return {name: weight for name, weight in student.items() if name.startswith("layer_")}


def layer_norm_taken_for_a_layer(teacher_weights, num_teacher_layers, num_student_layers):
    outside = {name: weight for name, weight in teacher_weights.items() if "layer_" not in name}
    inside = {name: weight for name, weight in teacher_weights.items() if name.startswith("layer_")}
    return outside | _take(inside, _every(num_teacher_layers, num_student_layers))


def all_layers_kept(teacher_weights, num_teacher_layers, num_student_layers):
    return dict(teacher_weights)


def ten_taken_for_one(teacher_weights, num_teacher_layers, num_student_layers):
    student = {name: weight for name, weight in teacher_weights.items() if not name.startswith("layer_")}
    for new, old in enumerate(_every(num_teacher_layers, num_student_layers)):
        for name, weight in teacher_weights.items():
            if name.startswith(f"layer_{old}"):
                student[f"layer_{new}/{name.split('/', 1)[1]}"] = weight
    return student


def sorted_as_text(teacher_weights, num_teacher_layers, num_student_layers):
    layers = sorted(range(num_teacher_layers), key=str)
    return _take(teacher_weights, layers[:: num_teacher_layers // num_student_layers])
