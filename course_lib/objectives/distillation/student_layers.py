"""Which layers of a teacher a student begins as."""

import numpy as np

CHOICES = ("every_other", "first", "last", "random")


def student_layers(num_teacher_layers, num_student_layers, choice="every_other", seed=None):
    """The teacher's layers that a student of fewer begins as, in their order.

    `every_other`: 0, r, 2r, … with r = teacher's layers / student's layers
    `first`: the lowest ones; `last`: the highest ones; `random`: any, drawn evenly

    Args:
        num_teacher_layers, num_student_layers: ints, the student's at most the teacher's.
        choice: "every_other", "first", "last" or "random".
        seed: non-negative int, for "random" only.

    Returns:
        list of ints, ascending, from 0.

    Raises:
        ValueError: if a number is not positive, the student is the deeper one, "every_other" leaves a
            remainder, the choice is none, or a seed is missing or not needed.

    Example:
        >>> from course_lib.objectives import student_layers
        >>> student_layers(12, 6), student_layers(12, 4), student_layers(12, 3, "last")
        ([0, 2, 4, 6, 8, 10], [0, 3, 6, 9], [9, 10, 11])

    The script published with the paper takes 0, 2, 4, 7, 9 and 11 of 12 layers, which is not every other one.
    The paper's "random" means no layer of the teacher at all, but fresh weights.
    Reference: Sanh et al. (2019), "DistilBERT", sections 3 and 4.2, https://arxiv.org/abs/1910.01108
    Taught in: notebooks/15_smaller
    """
    if not 1 <= num_student_layers <= num_teacher_layers:
        raise ValueError(
            "A student must have a layer at least, and no more than its teacher. Received: "
            f"num_teacher_layers={num_teacher_layers}, num_student_layers={num_student_layers}."
        )
    if choice not in CHOICES:
        raise ValueError(f"`choice` must be one of {', '.join(CHOICES)}. Received: choice={choice!r}.")
    if (seed is not None) != (choice == "random"):
        raise ValueError(f"A seed is for choice='random', which needs one. Received: {choice=}, {seed=}.")
    if choice == "random":
        drawn = np.random.default_rng(seed).choice(num_teacher_layers, num_student_layers, replace=False)
        return sorted(drawn.tolist())
    if choice == "first":
        return list(range(num_student_layers))
    if choice == "last":
        return list(range(num_teacher_layers - num_student_layers, num_teacher_layers))
    if num_teacher_layers % num_student_layers:
        raise ValueError(
            "Layers at one distance need a teacher with a multiple of the student's. Received: "
            f"num_teacher_layers={num_teacher_layers}, num_student_layers={num_student_layers}."
        )
    return list(range(0, num_teacher_layers, num_teacher_layers // num_student_layers))
