"""Right answers to `student_weights` in other styles."""

import re

import numpy as np


def with_a_pattern(teacher_weights, num_teacher_layers, num_student_layers):
    distance = num_teacher_layers // num_student_layers

    def renamed(name):
        found = re.match(r"layer_(\d+)/(.*)", name)
        if not found:
            return name
        layer, left = divmod(int(found[1]), distance)
        return None if left else f"layer_{layer}/{found[2]}"

    return {renamed(name): weight for name, weight in teacher_weights.items() if renamed(name) is not None}


def layer_by_layer(teacher_weights, num_teacher_layers, num_student_layers):
    student = {name: w for name, w in teacher_weights.items() if not name.startswith("layer_")}
    for new, old in enumerate(range(0, num_teacher_layers, num_teacher_layers // num_student_layers)):
        front = f"layer_{old}/"
        for name, weight in teacher_weights.items():
            if name.startswith(front):
                student[f"layer_{new}/" + name[len(front) :]] = weight
    return student


def copies_in_numpy(teacher_weights, num_teacher_layers, num_student_layers):
    kept = {k * num_teacher_layers // num_student_layers: k for k in range(num_student_layers)}
    student = {}
    for name in sorted(teacher_weights):
        part, rest = name.split("/", 1)
        if part.startswith("layer_"):
            number = int(part[len("layer_") :])
            if number not in kept:
                continue
            part = f"layer_{kept[number]}"
        student[f"{part}/{rest}"] = np.array(teacher_weights[name])
    return student
