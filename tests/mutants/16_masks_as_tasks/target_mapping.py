"""Wrong answers to `target_mapping`, each named after the mistake it makes."""

from keras import ops


def _mapping(positions, is_used, length):
    is_there = positions[:, :, None] == ops.arange(length)
    return ops.cast(ops.logical_and(is_there, is_used[:, :, None]), "float32")


def first_row_for_all(positions, labels, length):
    positions = ops.broadcast_to(positions[:1], positions.shape)
    return _mapping(positions, labels != 0, length)


def unused_slots_ask(positions, labels, length):
    return ops.one_hot(positions, length)


def position_zero_left_out(positions, labels, length):
    return _mapping(positions, positions != 0, length)


def label_one_left_out(positions, labels, length):
    return _mapping(positions, labels > 1, length)


def unused_taken_for_last(positions, labels, length):
    count = ops.sum(ops.cast(labels != 0, "int32"), axis=1, keepdims=True)
    return _mapping(positions, ops.arange(labels.shape[1], dtype="int32") < count, length)


def used_and_unused_swapped(positions, labels, length):
    return _mapping(positions, labels == 0, length)


def sorted_by_position(positions, labels, length):
    positions = ops.sort(ops.where(labels != 0, positions, length), axis=1)
    return _mapping(positions, positions < length, length)


def all_words_in_every_row(positions, labels, length):
    asked = ops.sum(_mapping(positions, labels != 0, length), axis=1, keepdims=True)
    return ops.repeat(asked, labels.shape[1], axis=1)


def all_up_to_the_position(positions, labels, length):
    before = ops.arange(length, dtype="int32") <= positions[:, :, None]
    return ops.cast(ops.logical_and(before, labels[:, :, None] != 0), "float32")


def labels_taken_for_positions(positions, labels, length):
    return _mapping(labels, labels != 0, length)


def labels_in_place_of_ones(positions, labels, length):
    return _mapping(positions, labels != 0, length) * ops.cast(labels, "float32")[:, :, None]


def position_off_by_one(positions, labels, length):
    return _mapping(positions - 1, labels != 0, length)


def axes_swapped(positions, labels, length):
    return ops.transpose(_mapping(positions, labels != 0, length), (0, 2, 1))
