import numpy as np
from keras import ops


def right_1(padding_mask, padding_id):
    m = ops.cast(padding_mask, "int32")
    return padding_id + m * ops.cumsum(m, axis=1)


def right_2(padding_mask, padding_id):
    mask = np.asarray(ops.convert_to_numpy(padding_mask), dtype=bool)
    rows = np.full(mask.shape, padding_id, dtype="int32")
    for b in range(mask.shape[0]):
        where = np.flatnonzero(mask[b])
        rows[b, where] = padding_id + 1 + np.arange(len(where))
    return ops.convert_to_tensor(rows)


def right_3(padding_mask, padding_id):
    mask = ops.cast(padding_mask, "float32")
    length = mask.shape[1]
    upper = ops.triu(ops.ones((length, length)))
    counts = ops.cast(ops.round(ops.matmul(mask, upper)), "int32")
    return ops.where(padding_mask, counts + padding_id, ops.full_like(counts, padding_id))


def right_4(padding_mask, padding_id):
    rows = []
    for flags in ops.convert_to_numpy(padding_mask).tolist():
        following = padding_id
        row = []
        for real in flags:
            if real:
                following += 1
                row.append(following)
            else:
                row.append(padding_id)
        rows.append(row)
    return np.array(rows, dtype="int64").reshape(tuple(padding_mask.shape))


def wrong_1(padding_mask, padding_id):
    """Positions from 0, with no table rows left out. Wrong on: everything."""
    m = ops.cast(padding_mask, "int32")
    return m * (ops.cumsum(m, axis=1) - 1)


def wrong_2(padding_mask, padding_id):
    """The first real token gets the padding's row. Wrong on: every real token."""
    m = ops.cast(padding_mask, "int32")
    return padding_id + m * (ops.cumsum(m, axis=1) - 1)


def wrong_3(padding_mask, padding_id):
    """Counts all tokens: position t is padding_id + 1 + t. Wrong on: padding in front of real tokens."""
    m = ops.cast(padding_mask, "int32")
    t = ops.arange(1, m.shape[1] + 1, dtype="int32")
    return padding_id + m * t[None, :]


def wrong_4(padding_mask, padding_id):
    """Padding keeps the running count, it is not sent back to its own row. Wrong on: any padding behind
    text."""
    m = ops.cast(padding_mask, "int32")
    return padding_id + ops.cumsum(m, axis=1)


def wrong_5(padding_mask, padding_id):
    """Padding gets row 0 for padding_id. Wrong on: any padding where padding_id > 0."""
    m = ops.cast(padding_mask, "int32")
    return m * (padding_id + ops.cumsum(m, axis=1))


def wrong_6(padding_mask, padding_id):
    """The id is taken to be 1, as in the published vocabulary. Wrong on: padding_id other than 1."""
    m = ops.cast(padding_mask, "int32")
    return 1 + m * ops.cumsum(m, axis=1)


def wrong_7(padding_mask, padding_id):
    """The mask is taken to be True at padding. Wrong on: nearly everything."""
    m = ops.cast(ops.logical_not(padding_mask), "int32")
    return padding_id + m * ops.cumsum(m, axis=1)


def wrong_8(padding_mask, padding_id):
    """The sum runs over the batch, not the tokens. Wrong on: nearly everything."""
    m = ops.cast(padding_mask, "int32")
    return padding_id + m * ops.cumsum(m, axis=0)


def wrong_9(padding_mask, padding_id):
    """The sum runs over the flat batch, and goes on in the next sequence. Wrong on: batches of more than
    one."""
    m = ops.cast(padding_mask, "int32")
    counts = ops.reshape(ops.cumsum(ops.reshape(m, (-1,))), m.shape)
    return padding_id + m * counts


def wrong_10(padding_mask, padding_id):
    """The first real token gets padding_id + 2, as row 2 is the first one published. Wrong on: every
    token."""
    m = ops.cast(padding_mask, "int32")
    return padding_id + m * (ops.cumsum(m, axis=-1) + 1)


def wrong_11(padding_mask, padding_id):
    """Position less the number of leading paddings. Wrong on: padding amid the real tokens."""
    mask = np.array(ops.convert_to_numpy(padding_mask), dtype=bool)
    first = mask.argmax(axis=1)
    rows = np.arange(mask.shape[1])[None] - first[:, None] + padding_id + 1
    return np.where(mask, rows, padding_id).astype("int32")


def wrong_12(padding_mask, padding_id):
    """Takes the first n tokens for the real ones. Wrong on: padding that is not at the end."""
    lengths = ops.sum(ops.cast(padding_mask, "int32"), axis=1, keepdims=True)
    t = ops.arange(padding_mask.shape[1], dtype="int32")[None, :]
    return ops.where(t < lengths, t + padding_id + 1, padding_id)


def wrong_13(padding_mask, padding_id):
    """Returns floats, which no table can be read with. Wrong on: everything, the result is to be integer."""
    m = ops.cast(padding_mask, "float32")
    return padding_id + m * ops.cumsum(m, axis=1)


def wrong_14(padding_mask, padding_id):
    """Counts in int8, which overflows. Wrong on: more than 127 real tokens."""
    m = ops.convert_to_numpy(padding_mask).astype("int8")
    counts = np.cumsum(m, axis=1, dtype="int8")
    return (padding_id + (m * counts)).astype("int32")


def wrong_15(padding_mask, padding_id):
    """Takes the last n tokens for the real ones. Wrong on: padding that is not in front."""
    flags = ops.convert_to_numpy(padding_mask)
    rows = np.full(flags.shape, padding_id, dtype="int32")
    for row, n in zip(rows, flags.sum(axis=1)):
        row[len(row) - n :] += np.arange(1, n + 1, dtype="int32")
    return rows


def wrong_16(padding_mask, padding_id):
    """Padding is numbered behind the real tokens. Wrong on: any padding."""
    m = ops.cast(padding_mask, "int32")
    n = ops.sum(m, axis=1, keepdims=True)
    return padding_id + ops.where(padding_mask, ops.cumsum(m, axis=1), n + ops.cumsum(1 - m, axis=1))


def wrong_17(padding_mask, padding_id):
    """Counts from the right. Wrong on: more than one real token."""
    m = ops.cast(padding_mask, "int32")
    from_right = ops.flip(ops.cumsum(ops.flip(m, axis=1), axis=1), axis=1)
    return padding_id + m * from_right


def wrong_18(padding_mask, padding_id):
    """The count begins anew behind each padding. Wrong on: padding amid the real tokens."""
    mask = ops.convert_to_numpy(padding_mask)
    rows = np.full(mask.shape, padding_id, "int32")
    for b in range(mask.shape[0]):
        for t in range(mask.shape[1]):
            if mask[b, t]:
                rows[b, t] = (rows[b, t - 1] if t else padding_id) + 1
    return rows


def wrong_19(padding_mask, padding_id):
    """Shifts every token by two, whatever the padding's id is. Wrong on: padding_id other than 1."""
    m = ops.cast(padding_mask, "int32")
    return ops.where(padding_mask, ops.cumsum(m, axis=1) - 1 + 2, padding_id)


def wrong_20(padding_mask, padding_id):
    """The mask of the first sequence is used for all. Wrong on: batches with different padding."""
    m = ops.cast(padding_mask, "int32")[:1]
    rows = padding_id + m * ops.cumsum(m, axis=1)
    return ops.repeat(rows, padding_mask.shape[0], axis=0)
