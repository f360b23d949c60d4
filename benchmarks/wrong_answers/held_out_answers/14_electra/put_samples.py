import numpy as np
from keras import ops


def _hits(token_ids, positions, is_used):
    """Boolean (B, M, T): which place writes at which position."""
    at = ops.cast(ops.arange(ops.shape(token_ids)[1]), positions.dtype)
    return ops.logical_and(positions[:, :, None] == at[None, None, :], is_used[:, :, None])


def _write(token_ids, hits, words):
    put = ops.sum(ops.where(hits, ops.cast(words, token_ids.dtype)[:, :, None], 0), axis=1)
    return ops.where(ops.any(hits, axis=1), ops.cast(put, token_ids.dtype), token_ids)


def _arrays(*tensors):
    return [np.array(ops.convert_to_numpy(t)) for t in tensors]


def right_1(token_ids, positions, labels, samples):
    hits = _hits(token_ids, positions, labels != 0)
    corrupted = _write(token_ids, hits, samples)
    original = _write(token_ids, hits, labels)
    return corrupted, ops.not_equal(corrupted, original)


def right_2(token_ids, positions, labels, samples):
    corrupted, where, y, x = _arrays(token_ids, positions, labels, samples)
    is_replaced = np.zeros(corrupted.shape, dtype=bool)
    for b in range(where.shape[0]):
        for m in range(where.shape[1]):
            if y[b, m] == 0:
                continue
            corrupted[b, where[b, m]] = x[b, m]
            is_replaced[b, where[b, m]] = x[b, m] != y[b, m]
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(is_replaced)


def right_3(token_ids, positions, labels, samples):
    """Rows and columns of the used places, written at once."""
    ids, where, y, x = _arrays(token_ids, positions, labels, samples)
    row, place = np.nonzero(y)
    column = where[row, place]
    corrupted, original = ids.copy(), ids.copy()
    corrupted[row, column] = x[row, place]
    original[row, column] = y[row, place]
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(corrupted != original)


def right_4(token_ids, positions, labels, samples):
    """One place after the other, the whole batch at once."""
    at = ops.cast(ops.arange(token_ids.shape[1]), positions.dtype)[None, :]
    corrupted, original = token_ids, token_ids
    for m in range(positions.shape[1]):
        here = ops.logical_and(at == positions[:, m : m + 1], labels[:, m : m + 1] != 0)
        corrupted = ops.where(here, ops.cast(samples[:, m : m + 1], token_ids.dtype), corrupted)
        original = ops.where(here, ops.cast(labels[:, m : m + 1], token_ids.dtype), original)
    return corrupted, corrupted != original


def wrong_1(token_ids, positions, labels, samples):
    """Unused places write their samples too. Wrong on: any place with label 0."""
    corrupted, where, y, x = _arrays(token_ids, positions, labels, samples)
    original = corrupted.copy()
    rows = np.arange(corrupted.shape[0])[:, None]
    corrupted[rows, where] = x
    original[rows, where] = y
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(corrupted != original)


def wrong_2(token_ids, positions, labels, samples):
    """Takes position 0 as the sign of an unused place. Wrong on: unused places elsewhere, used ones at 0."""
    hits = _hits(token_ids, positions, positions != 0)
    first = ops.logical_and(hits, ops.cumsum(ops.cast(hits, "int32"), axis=1) == 1)
    corrupted = _write(token_ids, first, samples)
    original = _write(token_ids, first, labels)
    return corrupted, corrupted != original


def wrong_3(token_ids, positions, labels, samples):
    """Every hidden position counts as replaced. Wrong on: a sample that is the hidden word."""
    hits = _hits(token_ids, positions, labels != 0)
    return _write(token_ids, hits, samples), ops.any(hits, axis=1)


def wrong_4(token_ids, positions, labels, samples):
    """Compares with the text with masks. Wrong on: a sample that is the hidden word."""
    corrupted = _write(token_ids, _hits(token_ids, positions, labels != 0), samples)
    return corrupted, corrupted != token_ids


def wrong_5(token_ids, positions, labels, samples):
    """Returns the original text in the place of the corrupted. Wrong on: samples that are not the labels."""
    hits = _hits(token_ids, positions, labels != 0)
    original = _write(token_ids, hits, labels)
    return original, _write(token_ids, hits, samples) != original


def wrong_6(token_ids, positions, labels, samples):
    """Unused places write back what is at 0. Wrong on: a word hidden at 0 and a later unused place."""
    ids, where, y, x = _arrays(token_ids, positions, labels, samples)
    used = y != 0
    where = np.where(used, where, 0)
    rows = np.arange(ids.shape[0])[:, None]
    corrupted, original = ids.copy(), ids.copy()
    corrupted[rows, where] = np.where(used, x, ids[:, :1])
    original[rows, where] = np.where(used, y, ids[:, :1])
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(corrupted != original)


def wrong_7(token_ids, positions, labels, samples):
    """Unused places write back what was read. Wrong on: one that points where an earlier used does."""
    ids, where, y, x = _arrays(token_ids, positions, labels, samples)
    corrupted, original = ids.copy(), ids.copy()
    for b in range(ids.shape[0]):
        for m in range(where.shape[1]):
            t = where[b, m]
            corrupted[b, t] = x[b, m] if y[b, m] != 0 else ids[b, t]
            original[b, t] = y[b, m] if y[b, m] != 0 else ids[b, t]
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(corrupted != original)


def wrong_8(token_ids, positions, labels, samples):
    """Adds the words to the mask's id. Wrong on: every hidden word."""
    hits = ops.cast(_hits(token_ids, positions, labels != 0), token_ids.dtype)
    corrupted = token_ids + ops.sum(hits * ops.cast(samples, token_ids.dtype)[:, :, None], axis=1)
    original = token_ids + ops.sum(hits * ops.cast(labels, token_ids.dtype)[:, :, None], axis=1)
    return corrupted, corrupted != original


def wrong_9(token_ids, positions, labels, samples):
    """Counts the used places and takes the first ones. Wrong on: an unused place before a used one."""
    corrupted, where, y, x = _arrays(token_ids, positions, labels, samples)
    replaced = np.zeros(corrupted.shape, bool)
    for b, n in enumerate((y != 0).sum(axis=1)):
        corrupted[b, where[b, :n]] = x[b, :n]
        replaced[b, where[b, :n]] = x[b, :n] != y[b, :n]
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(replaced)


def wrong_10(token_ids, positions, labels, samples):
    """is_replaced of the places, not of the tokens. Wrong on: everything (shape (B, M))."""
    corrupted = _write(token_ids, _hits(token_ids, positions, labels != 0), samples)
    return corrupted, ops.logical_and(samples != labels, labels != 0)


def wrong_11(token_ids, positions, labels, samples):
    """Fills the hidden positions from left to right. Wrong on: positions that are not sorted."""
    ids, where, y, x = _arrays(token_ids, positions, labels, samples)
    corrupted, original = ids.copy(), ids.copy()
    for b in range(len(ids)):
        used = y[b] != 0
        hidden = np.zeros(ids.shape[1], bool)
        hidden[where[b, used]] = True
        corrupted[b, hidden] = x[b, used]
        original[b, hidden] = y[b, used]
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(corrupted != original)


def wrong_12(token_ids, positions, labels, samples):
    """Positions of the first sequence for all. Wrong on: batches of more than one."""
    where = ops.broadcast_to(positions[:1], ops.shape(positions))
    hits = _hits(token_ids, where, labels != 0)
    corrupted = _write(token_ids, hits, samples)
    return corrupted, corrupted != _write(token_ids, hits, labels)


def wrong_13(token_ids, positions, labels, samples):
    """Writes only samples that differ from the label. Wrong on: a hit (the mask is left in the text)."""
    differs = ops.logical_and(labels != 0, samples != labels)
    hits = _hits(token_ids, positions, differs)
    return _write(token_ids, hits, samples), ops.any(hits, axis=1)


def wrong_14(token_ids, positions, labels, samples):
    """The answers turned round: True where a token is the original. Wrong on: everything."""
    hits = _hits(token_ids, positions, labels != 0)
    corrupted = _write(token_ids, hits, samples)
    return corrupted, corrupted == _write(token_ids, hits, labels)


def wrong_15(token_ids, positions, labels, samples):
    """Integers 0 and 1, not Boolean. Wrong on: everything (dtype of is_replaced)."""
    hits = _hits(token_ids, positions, labels != 0)
    corrupted = _write(token_ids, hits, samples)
    return corrupted, ops.cast(corrupted != _write(token_ids, hits, labels), "int32")


def wrong_16(token_ids, positions, labels, samples):
    """Unused places write their label 0 in the original text. Wrong on: any unused place."""
    corrupted, where, y, x = _arrays(token_ids, positions, labels, samples)
    original = corrupted.copy()
    for b in range(len(y)):
        for m in range(len(y[b])):
            original[b, where[b, m]] = y[b, m]
            if y[b, m]:
                corrupted[b, where[b, m]] = x[b, m]
    return ops.convert_to_tensor(corrupted), ops.convert_to_tensor(original != corrupted)


def wrong_17(token_ids, positions, labels, samples):
    """Flat positions without the offset of the sequence. Wrong on: batches of more than one."""
    ids, where, y, x = _arrays(token_ids, positions, labels, samples)
    used = y.reshape(-1) != 0
    flat = where.reshape(-1)[used]
    corrupted, original = ids.reshape(-1).copy(), ids.reshape(-1).copy()
    corrupted[flat] = x.reshape(-1)[used]
    original[flat] = y.reshape(-1)[used]
    replaced = (corrupted != original).reshape(ids.shape)
    return ops.convert_to_tensor(corrupted.reshape(ids.shape)), ops.convert_to_tensor(replaced)


def wrong_18(token_ids, positions, labels, samples):
    """An unused place shuts off the position it points at. Wrong on: a used place there as well."""
    hits = _hits(token_ids, positions, labels != 0)
    shut = ops.any(_hits(token_ids, positions, labels == 0), axis=1)
    hits = ops.logical_and(hits, ops.logical_not(shut)[:, None, :])
    corrupted = _write(token_ids, hits, samples)
    return corrupted, corrupted != _write(token_ids, hits, labels)


def wrong_19(token_ids, positions, labels, samples):
    """Takes the id at the first place for the mask's. Wrong on: a first place not used, at another token."""
    is_mask = token_ids == token_ids[0, positions[0, 0]]
    hits = ops.logical_and(_hits(token_ids, positions, labels != 0), is_mask[:, None, :])
    corrupted = _write(token_ids, hits, samples)
    return corrupted, corrupted != _write(token_ids, hits, labels)


def wrong_20(token_ids, positions, labels, samples):
    """Counts from 1. Wrong on: every hidden word (all writes are one too far left)."""
    hits = _hits(token_ids, positions - 1, labels != 0)
    corrupted = _write(token_ids, hits, samples)
    return corrupted, corrupted != _write(token_ids, hits, labels)
