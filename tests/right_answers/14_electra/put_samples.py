"""Right answers to `put_samples` in other styles."""

import numpy as np
from keras import ops


def in_loops(token_ids, positions, labels, samples):
    corrupted = np.array(token_ids).tolist()
    is_replaced = [[False] * len(row) for row in corrupted]
    given = (np.array(array).tolist() for array in (positions, labels, samples))
    for row, (places, words, drawn) in enumerate(zip(*given, strict=True)):
        for place, word, sample in zip(places, words, drawn, strict=True):
            if word:
                corrupted[row][place] = sample
                is_replaced[row][place] = sample != word
    return corrupted, is_replaced


def in_numpy(token_ids, positions, labels, samples):
    corrupted, positions, labels, samples = map(np.array, (token_ids, positions, labels, samples))
    is_replaced = np.zeros(corrupted.shape, bool)
    row, slot = np.nonzero(labels)
    place = positions[row, slot]
    corrupted[row, place] = samples[row, slot]
    is_replaced[row, place] = samples[row, slot] != labels[row, slot]
    return corrupted, is_replaced


def by_one_hot(token_ids, positions, labels, samples):
    length = token_ids.shape[1]
    is_used = ops.cast(labels != 0, "int32")
    spread = ops.one_hot(positions, length, dtype="int32") * is_used[..., None]  # (B, M, T)
    at = ops.sum(spread, axis=1)
    put = ops.sum(spread * samples[..., None], axis=1)
    differs = ops.cast(samples != labels, "int32")
    return token_ids * (1 - at) + put, ops.sum(spread * differs[..., None], axis=1) > 0


def place_after_place(token_ids, positions, labels, samples):
    corrupted, original = token_ids, token_ids
    t = ops.arange(token_ids.shape[1], dtype="int32")
    for m in range(positions.shape[1]):
        here = ops.logical_and(positions[:, m : m + 1] == t, labels[:, m : m + 1] > 0)
        corrupted = ops.where(here, samples[:, m : m + 1], corrupted)
        original = ops.where(here, labels[:, m : m + 1], original)
    return [corrupted, corrupted != original]


def by_a_longer_text(token_ids, positions, labels, samples):
    """Unused places write into a column that is cut off again."""
    text = np.pad(np.array(token_ids), ((0, 0), (0, 1)))
    original, places = text.copy(), np.where(np.array(labels) != 0, np.array(positions), text.shape[1] - 1)
    np.put_along_axis(text, places, np.array(samples), axis=1)
    np.put_along_axis(original, places, np.array(labels), axis=1)
    return text[:, :-1], (text != original)[:, :-1]
