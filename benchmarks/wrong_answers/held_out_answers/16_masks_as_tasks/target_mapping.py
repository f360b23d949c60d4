import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def right_1(positions, labels, length):
    used = ops.cast(ops.not_equal(labels, 0), "float32")
    return ops.one_hot(positions, length) * ops.expand_dims(used, -1)


def right_2(positions, labels, length):
    place = ops.arange(length, dtype="int32")
    at = ops.equal(ops.cast(positions, "int32")[:, :, None], place[None, None, :])
    return ops.cast(ops.logical_and(at, (labels != 0)[:, :, None]), "float32")


def right_3(positions, labels, length):
    p, y = ops.convert_to_numpy(positions), ops.convert_to_numpy(labels)
    mapping = np.zeros(p.shape + (length,), dtype="float32")
    b, m = np.nonzero(y)
    mapping[b, m, p[b, m]] = 1.0
    return ops.convert_to_tensor(mapping)


def right_4(positions, labels, length):
    """Slots that are not used point one behind the last position, which is then cut off."""
    positions = ops.where(ops.equal(labels, 0), length, positions)
    return ops.take(ops.eye(length + 1), positions, axis=0)[:, :, :length]


def wrong_1(positions, labels, length):
    """Ignores the labels. Wrong on: slots that are not used."""
    return ops.one_hot(positions, length)


def wrong_2(positions, labels, length):
    """Knows unused slots by position 0. Wrong on: unused slots elsewhere, used ones at 0."""
    return ops.one_hot(positions, length) * ops.cast(positions != 0, "float32")[:, :, None]


def wrong_3(positions, labels, length):
    """Takes the first slots for the used ones. Wrong on: an unused slot before a used one."""
    count = ops.sum(ops.cast(labels != 0, "int32"), axis=1, keepdims=True)
    used = ops.arange(labels.shape[1], dtype="int32")[None, :] < count
    return ops.one_hot(positions, length) * ops.cast(used, "float32")[:, :, None]


def wrong_4(positions, labels, length):
    """One row for each position and a column for each slot. Wrong on: everything (mostly in its shape)."""
    return ops.transpose(right_1(positions, labels, length), (0, 2, 1))


def wrong_5(positions, labels, length):
    """All slots of a sentence in one row, (B, T). Wrong on: everything."""
    return ops.max(right_1(positions, labels, length), axis=1)


def wrong_6(positions, labels, length):
    """A Boolean tensor. Wrong on: everything, for floats are asked for."""
    at = ops.arange(length, dtype="int32") == ops.cast(positions, "int32")[:, :, None]
    return ops.logical_and(at, ops.cast(labels, "bool")[:, :, None])


def wrong_7(positions, labels, length):
    """Multiplies by the label itself. Wrong on: labels above 1."""
    return ops.one_hot(positions, length) * ops.cast(labels, "float32")[:, :, None]


def wrong_8(positions, labels, length):
    """Counts positions from 1. Wrong on: any used slot."""
    used = ops.cast(labels != 0, "float32")
    return ops.one_hot(ops.cast(positions, "int32") - 1, length) * used[..., None]


def wrong_9(positions, labels, length):
    """Sorts the slots by position. Wrong on: slots that are not in the sentence's order."""
    used = ops.take_along_axis(labels, ops.argsort(positions, axis=1), axis=1) != 0
    return ops.one_hot(ops.sort(positions, axis=1), length) * ops.cast(used, "float32")[:, :, None]


def wrong_10(positions, labels, length):
    """Takes the length from the last position. Wrong on: sentences whose last position is in no slot."""
    length = int(ops.max(positions)) + 1
    return right_1(positions, labels, length)


def wrong_11(positions, labels, length):
    """Slots that are not used point to position 0. Wrong on: slots that are not used."""
    return ops.one_hot(ops.where(labels != 0, positions, 0), length)


def wrong_12(positions, labels, length):
    """The first sentence's positions for all. Wrong on: several sentences with different positions."""
    used = ops.cast(labels != 0, "float32")
    return ops.one_hot(positions[0], length)[None] * used[:, :, None]


def wrong_13(positions, labels, length):
    """Used is what has label 1. Wrong on: any other label than 0 and 1."""
    used = ops.cast(ops.equal(labels, 1), "float32")
    return ops.einsum("bmt,bm->bmt", ops.one_hot(positions, length), used)


def wrong_14(positions, labels, length):
    """A slot is used if all sentences use it. Wrong on: slots that some sentences use."""
    used = ops.all(labels != 0, axis=0)
    return ops.one_hot(positions, length) * ops.cast(used, "float32")[None, :, None]


def wrong_15(positions, labels, length):
    """The last slot at a position gets it. Wrong on: an unused slot at the place of an earlier used one."""
    p, y = ops.convert_to_numpy(positions), ops.convert_to_numpy(labels)
    mapping = np.zeros(p.shape + (length,), dtype="float32")
    for b in range(p.shape[0]):
        slot = {}
        for m in range(p.shape[1]):
            slot[int(p[b, m])] = m
        for t, m in slot.items():
            if y[b, m] != 0:
                mapping[b, m, t] = 1.0
    return ops.convert_to_tensor(mapping)


def wrong_16(positions, labels, length):
    """Divides by the number of words that are asked for. Wrong on: sentences with two or more."""
    mapping = right_2(positions, labels, length)
    return mapping / ops.maximum(ops.sum(mapping, axis=(1, 2), keepdims=True), 1.0)


def wrong_17(positions, labels, length):
    """Keeps the slots with label 0. Wrong on: everything."""
    return ops.one_hot(positions, length) * ops.cast(labels == 0, "float32")[:, :, None]


def wrong_18(positions, labels, length):
    """Moves the used slots to the front. Wrong on: an unused slot before a used one."""
    p, y = ops.convert_to_numpy(positions), ops.convert_to_numpy(labels)
    mapping = np.zeros((*p.shape, length), dtype="float32")
    for b in range(len(p)):
        for m, position in enumerate(p[b][y[b] != 0]):
            mapping[b, m, position] = 1.0
    return ops.convert_to_tensor(mapping)
