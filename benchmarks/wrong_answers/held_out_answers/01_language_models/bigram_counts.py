import numpy as np
from keras import ops


def wrong_1(token_ids, vocabulary_size):
    """Rows are the token after, columns the token before: transposed; wrong on almost any input."""
    before = ops.one_hot(token_ids[:, :-1], vocabulary_size)
    after = ops.one_hot(token_ids[:, 1:], vocabulary_size)
    real = ops.cast(token_ids[:, 1:] != 0, "float32")[..., None]
    return ops.einsum("btw,btv->wv", after * real, before)


def wrong_2(token_ids, vocabulary_size):
    """Counts padding as a token that follows; wrong wherever a row is padded."""
    counts = np.zeros((vocabulary_size, vocabulary_size), "float32")
    ids = np.array(token_ids)
    np.add.at(counts, (ids[:, :-1].ravel(), ids[:, 1:].ravel()), 1)
    return ops.convert_to_tensor(counts)


def wrong_3(token_ids, vocabulary_size):
    """Flattens the batch first, so the end of a full row is followed by the start of the next one. Wrong on: a row without padding that another row follows."""
    counts = np.zeros((vocabulary_size, vocabulary_size), "float32")
    flat = np.array(token_ids).ravel()
    for before, after in zip(flat[:-1], flat[1:]):
        if after != 0 and before != 0:
            counts[before, after] += 1
    return ops.convert_to_tensor(counts)


def wrong_4(token_ids, vocabulary_size):
    """Fancy-index += counts every pair once only; wrong when a bigram occurs twice."""
    counts = np.zeros((vocabulary_size, vocabulary_size), "float32")
    ids = np.array(token_ids)
    before, after = ids[:, :-1], ids[:, 1:]
    keep = after != 0
    counts[before[keep], after[keep]] += 1
    return ops.convert_to_tensor(counts)


def wrong_5(token_ids, vocabulary_size):
    """Asks that two tokens come behind, so the end token is never counted as following; wrong on almost any input."""
    counts = np.zeros((vocabulary_size, vocabulary_size), "float32")
    for row in np.array(token_ids):
        row = row[row != 0]
        for t in range(len(row) - 2):
            counts[row[t], row[t + 1]] += 1
    return ops.convert_to_tensor(counts)


def wrong_6(token_ids, vocabulary_size):
    """Drops padding over the whole batch, so the end of a sentence is followed by the next one's start. Wrong on: two sentences or more."""
    ids = np.array(token_ids)
    flat = ids[ids != 0]
    counts = np.zeros((vocabulary_size, vocabulary_size), "int32")
    np.add.at(counts, (flat[:-1], flat[1:]), 1)
    return ops.convert_to_tensor(counts)


def wrong_7(token_ids, vocabulary_size):
    """Makes the table as large as the largest id asks; wrong when the last ids do not occur."""
    ids = np.array(token_ids)
    size = int(ids.max()) + 1
    counts = np.zeros((size, size), "int32")
    for row in ids:
        for before, after in zip(row[:-1], row[1:]):
            if after:
                counts[before, after] += 1
    return ops.convert_to_tensor(counts)


def wrong_8(token_ids, vocabulary_size):
    """Masks where the token before is padding, not the token after; wrong wherever a row is padded."""
    before = ops.one_hot(token_ids[:, :-1], vocabulary_size)
    after = ops.one_hot(token_ids[:, 1:], vocabulary_size)
    real = ops.cast(ops.not_equal(token_ids[:, :-1], 0), "float32")
    return ops.einsum("bt,btv,btw->vw", real, before, after)


def right_1(token_ids, vocabulary_size):
    """Einsum of one-hot vectors."""
    before = ops.one_hot(token_ids[:, :-1], vocabulary_size)
    after = ops.one_hot(token_ids[:, 1:], vocabulary_size)
    real = ops.cast(ops.not_equal(token_ids[:, 1:], 0), before.dtype)
    return ops.einsum("bt,btv,btw->vw", real, before, after)


def right_2(token_ids, vocabulary_size):
    """NumPy: numbers of pairs through bincount, an integer table."""
    ids = np.asarray(token_ids).astype("int64")
    first, second = ids[:, :-1].ravel(), ids[:, 1:].ravel()
    pairs = (first * vocabulary_size + second)[second != 0]
    return np.bincount(pairs, minlength=vocabulary_size**2).reshape(vocabulary_size, vocabulary_size)


def right_3(token_ids, vocabulary_size):
    """Loops and a dictionary in pure Python."""
    seen = {}
    for sentence in np.asarray(token_ids).tolist():
        for pair in zip(sentence, sentence[1:]):
            if pair[1] != 0:
                seen[pair] = seen.get(pair, 0) + 1
    table = [[float(seen.get((v, w), 0)) for w in range(vocabulary_size)] for v in range(vocabulary_size)]
    return ops.convert_to_tensor(table)
