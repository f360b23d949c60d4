"""Verdict of `student_weights`: every rth block of the teacher, renumbered, and all outside the blocks."""

import numpy as np

PLACES = ("kernel", "bias", "norm/scale")


def draw(generator):
    """Teachers of 2 to 24 layers, names in any order; students of all of them, of a half, a third, one."""
    cases = []
    for teacher, student, width in (
        (2, 1, 2),
        (4, 2, 3),
        (12, 6, 2),
        (6, 2, 3),
        (12, 3, 2),
        (13, 13, 1),
        (12, 4, 1),
        (24, 12, 1),
    ):
        names = ["embedding/tokens", "embedding/layer_norm", "head/bias"]
        names += [f"layer_{layer}/{place}" for layer in range(teacher) for place in PLACES]
        order = generator.permutation(len(names)) if student < teacher else range(len(names))
        weights = {
            names[index]: generator.normal(0, 1, (width, width + 1)[: 1 + index % 2]) for index in order
        }
        cases.append(
            {
                "teacher_weights": weights,
                "num_teacher_layers": teacher,
                "num_student_layers": student,
            }
        )
    return cases


def _distance(case):
    return case["num_teacher_layers"] // case["num_student_layers"]


CONDITIONS = {
    "twelve layers to six": lambda case: (case["num_teacher_layers"], case["num_student_layers"]) == (12, 6),
    "every third layer": lambda case: _distance(case) == 3,
    "as many layers as the teacher": lambda case: _distance(case) == 1,
    "one layer": lambda case: case["num_student_layers"] == 1,
    "two layers whose names begin alike": lambda case: case["num_teacher_layers"] > 20,
    "layers with two digits": lambda case: case["num_teacher_layers"] > 10,
    "names out of order": lambda case: list(case["teacher_weights"]) != sorted(case["teacher_weights"]),
    "a name outside the blocks with `layer_` in it": lambda case: (
        "embedding/layer_norm" in case["teacher_weights"]
    ),
}


def _every(teacher, student):
    return list(range(0, teacher, teacher // student))


def _layer_of(name):
    part = name.split("/")[0]
    return int(part.removeprefix("layer_")) if part.startswith("layer_") else None


def _student(
    choose=_every,
    rename=lambda layer, chosen: chosen.index(layer),
    keeps_outside=lambda name: True,
    layer_of=_layer_of,
    kept=lambda layer, chosen: layer in chosen,
):
    """The answer, with parts exchanged."""

    def answer(teacher_weights, num_teacher_layers, num_student_layers):
        chosen = choose(num_teacher_layers, num_student_layers)
        student = {}
        for name, weight in teacher_weights.items():
            layer = layer_of(name)
            if layer is None:
                if keeps_outside(name):
                    student[name] = weight
            elif kept(layer, chosen):
                rest = name.split("/", 1)[1]
                student[f"layer_{rename(layer, chosen)}/{rest}"] = weight
        return student

    return answer


reference = _student()


def _spread(teacher, student):
    """From the first to the last at nearly one distance."""
    if student == 1:
        return [0]
    return [int(index) for index in np.linspace(0, teacher - 1, student)]


def _spread_rounded(teacher, student):
    if student == 1:
        return [0]
    return [round(float(index)) for index in np.linspace(0, teacher - 1, student)]


def _of_the_script(teacher, student):
    return [0, 2, 4, 7, 9, 11] if (teacher, student) == (12, 6) else _every(teacher, student)


def _ends_of_groups(teacher, student):
    distance = teacher // student
    return list(range(distance - 1, teacher, distance))


def _always_two(teacher, student):
    return list(range(0, teacher, 2))[:student] if student < teacher else _every(teacher, student)


def _by_first_digit(teacher_weights, num_teacher_layers, num_student_layers):
    """What begins with `layer_1` is layer 10, 11 and 12, too: the last of them is kept."""
    chosen = _every(num_teacher_layers, num_student_layers)
    student = {name: w for name, w in teacher_weights.items() if _layer_of(name) is None}
    for new, old in enumerate(chosen):
        for name, weight in teacher_weights.items():
            if name.startswith(f"layer_{old}"):
                student[f"layer_{new}/{name.split('/', 1)[1]}"] = weight
    return student


def _by_text_order(teacher, student):
    """Layers sorted as text: 0, 1, 10, 11, 2 …"""
    names = sorted(range(teacher), key=str)
    return [names[index] for index in _every(teacher, student)]


MISTAKES = {
    "layers_of_the_script": (
        _student(choose=_of_the_script),
        _student(choose=_spread),
        _student(choose=_spread_rounded),
    ),
    "first_layers": _student(choose=lambda teacher, student: list(range(student))),
    "last_layers": _student(choose=lambda teacher, student: list(range(teacher - student, teacher))),
    "from_the_second_on": (
        _student(choose=_ends_of_groups),
        _student(choose=lambda t, s: list(range(1, t, t // s)) if t > s else _every(t, s)),
    ),
    "always_every_second": _student(choose=_always_two),
    "numbers_kept": _student(rename=lambda layer, chosen: layer),
    "layers_in_reverse": _student(rename=lambda layer, chosen: len(chosen) - 1 - chosen.index(layer)),
    "outside_left_out": (
        _student(keeps_outside=lambda name: False),
        _student(keeps_outside=lambda name: not name.startswith("embedding")),
        _student(keeps_outside=lambda name: not name.startswith("head")),
    ),
    "layer_norm_taken_for_a_layer": (_student(keeps_outside=lambda name: "layer_" not in name),),
    "all_layers_kept": (
        _student(choose=lambda teacher, student: list(range(teacher))),
        lambda teacher_weights, num_teacher_layers, num_student_layers: teacher_weights,
    ),
    "ten_taken_for_one": _by_first_digit,
    "sorted_as_text": (_student(choose=_by_text_order),),
}
