"""Wrong answers to `put_samples`, each named after the mistake it makes."""

import numpy as np
from keras import ops


def _is_at(token_ids, positions, labels):
    places = ops.arange(token_ids.shape[1], dtype="int32")
    return ops.logical_and(positions[:, :, None] == places, labels[:, :, None] != 0)  # (B, M, T)


def _put(token_ids, words, is_at):
    spread = ops.sum(ops.where(is_at, words[:, :, None], 0), axis=1)
    return ops.where(ops.any(is_at, axis=1), spread, token_ids)


def _right(token_ids, positions, labels, samples):
    is_at = _is_at(token_ids, positions, labels)
    corrupted, original = _put(token_ids, samples, is_at), _put(token_ids, labels, is_at)
    return corrupted, ops.not_equal(corrupted, original)


def pair_swapped(token_ids, positions, labels, samples):
    corrupted, is_replaced = _right(token_ids, positions, labels, samples)
    return is_replaced, corrupted


def equal_sample_called_replaced(token_ids, positions, labels, samples):
    is_at = _is_at(token_ids, positions, labels)
    return _put(token_ids, samples, is_at), ops.any(is_at, axis=1)


def flags_inverted(token_ids, positions, labels, samples):
    corrupted, is_replaced = _right(token_ids, positions, labels, samples)
    return corrupted, ops.logical_not(is_replaced)


def masks_left(token_ids, positions, labels, samples):
    labels = ops.where(samples == labels, 0, labels)
    is_at = _is_at(token_ids, positions, labels)
    return _put(token_ids, samples, is_at), ops.any(is_at, axis=1)


def original_restored(token_ids, positions, labels, samples):
    corrupted = _put(token_ids, labels, _is_at(token_ids, positions, labels))
    return corrupted, ops.not_equal(corrupted, corrupted)


def nothing_put(token_ids, positions, labels, samples):
    is_at = _is_at(token_ids, positions, labels)
    return token_ids, ops.not_equal(token_ids, _put(token_ids, labels, is_at))


def unused_places_written(token_ids, positions, labels, samples):
    corrupted, original = (np.array(token_ids) for _ in range(2))
    rows = np.arange(len(corrupted))[:, None]
    corrupted[rows, np.array(positions)] = np.array(samples)
    original[rows, np.array(positions)] = np.array(labels)
    return corrupted, corrupted != original


def unused_places_told_by_position(token_ids, positions, labels, samples):
    corrupted, original = (np.array(token_ids) for _ in range(2))
    for row, slot in np.argwhere(np.array(positions) != 0):
        corrupted[row, positions[row, slot]] = samples[row, slot]
        original[row, positions[row, slot]] = labels[row, slot]
    return corrupted, corrupted != original


def first_positions_for_all(token_ids, positions, labels, samples):
    return _right(token_ids, ops.broadcast_to(positions[:1], positions.shape), labels, samples)


def order_of_places_ignored(token_ids, positions, labels, samples):
    corrupted, original = (np.array(token_ids) for _ in range(2))
    is_used, is_hidden = np.array(labels) != 0, corrupted == 4
    corrupted[is_hidden], original[is_hidden] = np.array(samples)[is_used], np.array(labels)[is_used]
    return corrupted, corrupted != original
