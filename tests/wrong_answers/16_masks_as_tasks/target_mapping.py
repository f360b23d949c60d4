"""Wrong answers to `target_mapping` beside its mutants."""

import numpy as np


def _mapping(positions, labels, length):
    return np.eye(length)[np.array(positions)] * (np.array(labels) != 0)[..., None]


def first_row_for_all__labels_too(positions, labels, length):
    return np.broadcast_to(_mapping(positions, labels, length)[:1], (*labels.shape, length)).copy()


def all_words_in_every_row__that_is_used(positions, labels, length):
    asked = _mapping(positions, labels, length).sum(axis=1, keepdims=True)
    return asked * (np.array(labels) != 0)[..., None]


def sorted_by_position__unused_ones_too(positions, labels, length):
    return _mapping(np.sort(np.array(positions), axis=1), labels, length)


def position_off_by_one__to_the_right(positions, labels, length):
    wide = np.pad(_mapping(positions, labels, length), ((0, 0), (0, 0), (1, 0)))
    return wide[:, :, :length]


def last_word_only(positions, labels, length):
    mapping = _mapping(positions, labels, length)
    mapping[:, :-1] = 0
    return mapping


def weights_that_sum_to_one(positions, labels, length):
    mapping = _mapping(positions, labels, length)
    return mapping / np.maximum(mapping.sum(axis=(1, 2), keepdims=True), 1)
