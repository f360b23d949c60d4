import re

import keras  # noqa: F401
import numpy as np
from keras import ops  # noqa: F401

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _layer_and_rest(name):
    """The number of a weight's layer (None outside of the layers), and its name without it."""
    match = re.match(r"layer_(\d+)/(.*)$", name, flags=re.DOTALL)
    return (int(match.group(1)), match.group(2)) if match else (None, name)


def _choose(teacher_weights, sources):
    """A student whose layer i is the teacher's layer sources[i]."""
    student = {name: x for name, x in teacher_weights.items() if _layer_and_rest(name)[0] is None}
    for target, source in enumerate(sources):
        for name, x in teacher_weights.items():
            layer, rest = _layer_and_rest(name)
            if layer == source:
                student[f"layer_{target}/{rest}"] = x
    return student


def right_1(teacher_weights, num_teacher_layers, num_student_layers):
    step = num_teacher_layers // num_student_layers
    student = {}
    for name, value in teacher_weights.items():
        layer, rest = _layer_and_rest(name)
        if layer is None:
            student[name] = value
        elif layer % step == 0:
            student[f"layer_{layer // step}/{rest}"] = value
    return student


def right_2(teacher_weights, num_teacher_layers, num_student_layers):
    step = num_teacher_layers // num_student_layers
    begin = {f"layer_{i}": None for i in range(num_teacher_layers)}
    begin.update({f"layer_{i * step}": f"layer_{i}" for i in range(num_student_layers)})
    student = dict()
    for name in teacher_weights:
        head, slash, tail = name.partition("/")
        new = begin.get(head, head) if slash else head
        if new is not None:
            student[new + slash + tail] = teacher_weights[name]
    return student


def right_3(teacher_weights, num_teacher_layers, num_student_layers):
    prefixes = tuple(f"layer_{i}/" for i in range(num_teacher_layers))
    student = {name: w for name, w in teacher_weights.items() if not name.startswith(prefixes)}
    chosen = prefixes[:: num_teacher_layers // num_student_layers]
    for new, old in zip(prefixes, chosen):
        student |= {new + name[len(old) :]: w for name, w in teacher_weights.items() if name.startswith(old)}
    return student


def wrong_1(teacher_weights, num_teacher_layers, num_student_layers):
    """Looks for "layer_2" without the stroke, which is in "layer_21", too. Wrong on: 12 of 24 layers."""
    step = num_teacher_layers // num_student_layers
    student = {name: w for name, w in teacher_weights.items() if _layer_and_rest(name)[0] is None}
    for i in range(num_student_layers):
        old = f"layer_{i * step}"
        for name, w in teacher_weights.items():
            if name.startswith(old):
                student[f"layer_{i}" + name[len(old) :]] = w
    return student


def wrong_2(teacher_weights, num_teacher_layers, num_student_layers):
    """Takes the first layers. Wrong on: n below N and above 1."""
    return _choose(teacher_weights, range(num_student_layers))


def wrong_3(teacher_weights, num_teacher_layers, num_student_layers):
    """Takes the last layers. Wrong on: n below N."""
    return _choose(teacher_weights, range(num_teacher_layers - num_student_layers, num_teacher_layers))


def wrong_4(teacher_weights, num_teacher_layers, num_student_layers):
    """Takes the last layer of every group: 1, 3, 5, ... Wrong on: n below N."""
    step = num_teacher_layers // num_student_layers
    return _choose(teacher_weights, range(step - 1, num_teacher_layers, step))


def wrong_5(teacher_weights, num_teacher_layers, num_student_layers):
    """The layers keep their teacher's numbers. Wrong on: n below N and above 1."""
    step = num_teacher_layers // num_student_layers
    student = {}
    for name, w in teacher_weights.items():
        layer, _ = _layer_and_rest(name)
        if layer is None or layer % step == 0:
            student[name] = w
    return student


def wrong_6(teacher_weights, num_teacher_layers, num_student_layers):
    """Only the blocks are taken. Wrong on: any weight outside of the blocks."""
    student = right_1(teacher_weights, num_teacher_layers, num_student_layers)
    return {name: w for name, w in student.items() if name.startswith("layer_")}


def wrong_7(teacher_weights, num_teacher_layers, num_student_layers):
    """Takes 0, 2, 4, 7, 9, 11 as the published script. Wrong on: 6 of 12 layers."""
    if (num_teacher_layers, num_student_layers) == (12, 6):
        sources = [0, 2, 4, 7, 9, 11]
    else:
        sources = range(0, num_teacher_layers, num_teacher_layers // num_student_layers)
    return _choose(teacher_weights, sources)


def wrong_8(teacher_weights, num_teacher_layers, num_student_layers):
    """Spreads the layers evenly from the first to the last one. Wrong on: 1 < n < N."""
    sources = np.linspace(0, num_teacher_layers - 1, num_student_layers).round().astype(int)
    return _choose(teacher_weights, sources.tolist())


def wrong_9(teacher_weights, num_teacher_layers, num_student_layers):
    """Takes every name with "layer_" in it for a block's. Wrong on: names such as "head/layer_norm/scale"."""
    step = num_teacher_layers // num_student_layers
    student = {name: w for name, w in teacher_weights.items() if "layer_" not in name}
    for i in range(num_student_layers):
        old = f"layer_{i * step}/"
        for name, w in teacher_weights.items():
            if name.startswith(old):
                student[f"layer_{i}/" + name[len(old) :]] = w
    return student


def wrong_10(teacher_weights, num_teacher_layers, num_student_layers):
    """Moves layers in one dict, from the last to the first. Wrong on: 2 < n < N."""
    step = num_teacher_layers // num_student_layers
    student = dict(teacher_weights)
    names = list(teacher_weights)
    for i in reversed(range(num_student_layers)):
        for name in names:
            if name.startswith(f"layer_{i}/"):
                student[name] = student[name.replace(f"layer_{i}/", f"layer_{i * step}/", 1)]
    return {name: w for name, w in student.items() if (_layer_and_rest(name)[0] or 0) < num_student_layers}


def wrong_11(teacher_weights, num_teacher_layers, num_student_layers):
    """Divides where it should multiply: layer i is the teacher's i // r. Wrong on: 1 < n < N."""
    step = num_teacher_layers // num_student_layers
    return _choose(teacher_weights, [i // step for i in range(num_student_layers)])


def wrong_12(teacher_weights, num_teacher_layers, num_student_layers):
    """Steps by n instead of N / n. Wrong on: n other than r."""
    return _choose(teacher_weights, list(range(0, num_teacher_layers, num_student_layers)))


def wrong_13(teacher_weights, num_teacher_layers, num_student_layers):
    """The mean of r neighbouring layers. Wrong on: n below N."""
    step = num_teacher_layers // num_student_layers
    groups = {}
    for name, w in teacher_weights.items():
        layer, rest = _layer_and_rest(name)
        new = name if layer is None else f"layer_{layer // step}/{rest}"
        groups.setdefault(new, []).append(w)
    return {name: sum(ws[1:], ws[0]) / len(ws) if len(ws) > 1 else ws[0] for name, ws in groups.items()}


def wrong_14(teacher_weights, num_teacher_layers, num_student_layers):
    """The teacher's later layers stay in the student. Wrong on: n below N."""
    student = dict(teacher_weights)
    student.update(right_1(teacher_weights, num_teacher_layers, num_student_layers))
    return student


def wrong_15(teacher_weights, num_teacher_layers, num_student_layers):
    """Leaves the head out, for the student gets one of its own. Wrong on: any weight of a head."""
    student = right_1(teacher_weights, num_teacher_layers, num_student_layers)
    return {name: w for name, w in student.items() if not name.startswith("head/")}


def wrong_16(teacher_weights, num_teacher_layers, num_student_layers):
    """Reads one digit of the number of a layer. Wrong on: teachers of more than ten layers."""
    step = num_teacher_layers // num_student_layers
    student = {}
    for name, w in teacher_weights.items():
        if _layer_and_rest(name)[0] is None:
            student[name] = w
            continue
        layer = int(name[len("layer_")])
        if layer % step == 0:
            student[f"layer_{layer // step}/" + name.split("/", 1)[1]] = w
    return student


def wrong_17(teacher_weights, num_teacher_layers, num_student_layers):
    """Student's layers are counted from 1. Wrong on: everything."""
    step = num_teacher_layers // num_student_layers
    student = {}
    for name, w in teacher_weights.items():
        layer, rest = _layer_and_rest(name)
        if layer is None:
            student[name] = w
        elif layer % step == 0:
            student[f"layer_{layer // step + 1}/{rest}"] = w
    return student
