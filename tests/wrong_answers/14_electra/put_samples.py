"""Wrong answers to `put_samples` beside its mutants."""

import numpy as np
from keras import ops


def _is_at(token_ids, positions, labels):
    places = ops.arange(token_ids.shape[1], dtype="int32")
    return ops.logical_and(positions[:, :, None] == places, labels[:, :, None] != 0)


def _put(token_ids, words, is_at):
    spread = ops.sum(ops.where(is_at, words[:, :, None], 0), axis=1)
    return ops.where(ops.any(is_at, axis=1), spread, token_ids)


def _right(token_ids, positions, labels, samples):
    is_at = _is_at(token_ids, positions, labels)
    corrupted, original = _put(token_ids, samples, is_at), _put(token_ids, labels, is_at)
    return corrupted, ops.not_equal(corrupted, original)


def equal_sample_called_replaced__beside_the_masked_text(token_ids, positions, labels, samples):
    corrupted, _ = _right(token_ids, positions, labels, samples)
    return corrupted, ops.not_equal(corrupted, token_ids)


def flags_inverted__at_hidden_places(token_ids, positions, labels, samples):
    corrupted, is_replaced = _right(token_ids, positions, labels, samples)
    is_hidden = ops.any(_is_at(token_ids, positions, labels), axis=1)
    return corrupted, ops.logical_and(is_hidden, ops.logical_not(is_replaced))


def unused_places_written__all_added_up(token_ids, positions, labels, samples):
    is_at = positions[:, :, None] == ops.arange(token_ids.shape[1], dtype="int32")
    corrupted, original = _put(token_ids, samples, is_at), _put(token_ids, labels, is_at)
    return corrupted, ops.not_equal(corrupted, original)


def unused_places_written__first_come(token_ids, positions, labels, samples):
    corrupted, original = (np.array(token_ids) for _ in range(2))
    for slot in reversed(range(positions.shape[1])):
        for row in range(len(corrupted)):
            corrupted[row, positions[row, slot]] = samples[row, slot]
            original[row, positions[row, slot]] = labels[row, slot]
    return corrupted, corrupted != original


def original_restored__and_all_called_replaced(token_ids, positions, labels, samples):
    is_at = _is_at(token_ids, positions, labels)
    return _put(token_ids, labels, is_at), ops.any(is_at, axis=1)


def nothing_put__and_nothing_said(token_ids, positions, labels, samples):
    return token_ids, ops.not_equal(token_ids, token_ids)


def nothing_is_ever_replaced(token_ids, positions, labels, samples):
    corrupted, is_replaced = _right(token_ids, positions, labels, samples)
    return corrupted, ops.logical_and(is_replaced, False)


def flags_one_to_the_right(token_ids, positions, labels, samples):
    corrupted, is_replaced = _right(token_ids, positions, labels, samples)
    return corrupted, ops.roll(is_replaced, 1, axis=1)


def places_one_too_late(token_ids, positions, labels, samples):
    return _right(token_ids, ops.minimum(positions + 1, token_ids.shape[1] - 1), labels, samples)


def samples_of_the_first_sequence(token_ids, positions, labels, samples):
    return _right(token_ids, positions, labels, ops.broadcast_to(samples[:1], samples.shape))


def first_word_of_a_sequence_alone(token_ids, positions, labels, samples):
    first = ops.cumsum(ops.cast(labels != 0, "int32"), axis=1) <= 1
    return _right(token_ids, positions, ops.where(first, labels, 0), samples)


def flags_as_numbers(token_ids, positions, labels, samples):
    corrupted, is_replaced = _right(token_ids, positions, labels, samples)
    return corrupted, ops.cast(is_replaced, "int32")
