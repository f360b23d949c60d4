import numpy as np
from keras import ops


def wrong_1(token_ids):
    """Flips the whole row, padding to the front; wrong wherever a row is padded."""
    return ops.flip(token_ids, axis=1)


def wrong_2(token_ids):
    """Flips the order of the sentences in the batch, not of the words. Wrong on: two sentences or more, or one of two words."""
    return ops.flip(token_ids, axis=0)


def wrong_3(token_ids):
    """Uses the length of the longest row for all; wrong when lengths differ."""
    ids = np.array(token_ids)
    longest = (ids != 0).sum(axis=1).max()
    ids[:, :longest] = ids[:, :longest][:, ::-1].copy()
    return ops.convert_to_tensor(ids)


def wrong_4(token_ids):
    """Index n - s instead of n - 1 - s: begins with what stands behind the sentence; wrong on almost any input."""
    ids = np.array(token_ids)
    result = np.zeros_like(ids)
    for b, row in enumerate(ids):
        n = int((row != 0).sum())
        for s in range(n):
            result[b, s] = row[min(n - s, len(row) - 1)]
    return ops.convert_to_tensor(result)


def wrong_5(token_ids):
    """Clamps the index at 0 and forgets the zeros: padding repeats the first word."""
    lengths = ops.sum(ops.cast(token_ids != 0, "int32"), axis=1, keepdims=True)
    index = ops.maximum(lengths - 1 - ops.arange(token_ids.shape[1], dtype="int32")[None, :], 0)
    return ops.take_along_axis(token_ids, index, axis=1)


def wrong_6(token_ids):
    """Takes the last token for an end token and leaves it where it is; wrong from two real tokens on."""
    ids = np.array(token_ids)
    for b in range(len(ids)):
        n = int((ids[b] != 0).sum())
        ids[b, : n - 1] = ids[b, : n - 1][::-1].copy()
    return ops.convert_to_tensor(ids)


def wrong_7(token_ids):
    """Sorts the ids downwards, which is reversal only of sorted sentences. Wrong on: sentences whose ids do not rise."""
    return ops.flip(ops.sort(token_ids, axis=1), axis=1)


def wrong_8(token_ids):
    """Swaps in place over the whole length of the sentence, so every pair is swapped back again. Wrong on: sentences that are no palindromes."""
    ids = np.array(token_ids)
    for row in ids:
        n = int((row != 0).sum())
        for s in range(n):
            row[s], row[n - 1 - s] = row[n - 1 - s], row[s]
    return ops.convert_to_tensor(ids)


def wrong_9(token_ids):
    """Cuts the rows to the longest sentence; wrong when every row is padded."""
    ids = np.array(token_ids)
    longest = int((ids != 0).sum(axis=1).max())
    result = np.zeros((len(ids), longest), ids.dtype)
    for b, row in enumerate(ids):
        real = row[row != 0]
        result[b, : len(real)] = real[::-1]
    return ops.convert_to_tensor(result)


def right_1(token_ids):
    """NumPy: reversed slices row by row."""
    ids = np.asarray(token_ids)
    result = np.zeros_like(ids)
    for b, n in enumerate(np.count_nonzero(ids, axis=1)):
        result[b, :n] = ids[b, :n][::-1]
    return result


def right_2(token_ids):
    """Lists in pure Python."""
    rows = []
    for row in np.asarray(token_ids).tolist():
        words = [w for w in row if w]
        rows.append(words[::-1] + [0] * (len(row) - len(words)))
    return ops.convert_to_tensor(rows, dtype="int32")


def right_3(token_ids):
    """Gather modulo S: the whole row flipped and then turned by its padding."""
    size = token_ids.shape[1]
    lengths = ops.sum(ops.cast(ops.not_equal(token_ids, 0), "int32"), axis=1, keepdims=True)
    index = ops.mod(lengths - 1 - ops.arange(size, dtype="int32"), size)
    return ops.take_along_axis(token_ids, index, axis=1)


def right_4(token_ids):
    """Sort by a key: real positions downwards, then padding."""
    size = token_ids.shape[1]
    places = ops.broadcast_to(ops.arange(size, dtype="int32"), ops.shape(token_ids))
    order = ops.argsort(ops.where(ops.not_equal(token_ids, 0), -places, size + places), axis=1)
    return ops.take_along_axis(token_ids, order, axis=1)
