import numpy as np
from keras import ops


def right_1(attention_weights, rows, columns):
    """Slice row 0 without its first number, average the heads, reshape."""
    row = attention_weights[:, :, 0, 1:]
    return ops.reshape(ops.mean(row, axis=1), (-1, rows, columns))


def right_2(attention_weights, rows, columns):
    """Choose the row with a vector of 0 and 1 in one einsum, then drop the first column."""
    heads, length = attention_weights.shape[1], attention_weights.shape[2]
    chooser = np.zeros(length)
    chooser[0] = 1.0 / heads
    chooser = ops.cast(ops.convert_to_tensor(chooser), attention_weights.dtype)
    looks = ops.einsum("t,bnts->bs", chooser, attention_weights)
    return ops.reshape(looks[:, 1:], (looks.shape[0], rows, columns))


def right_3(attention_weights, rows, columns):
    """Build the map line by line; heads are added up one after another."""
    heads = attention_weights.shape[1]
    lines = []
    for r in range(rows):
        first = 1 + r * columns
        line = attention_weights[:, 0, 0, first : first + columns]
        for n in range(1, heads):
            line = line + attention_weights[:, n, 0, first : first + columns]
        lines.append(line / heads)
    return ops.stack(lines, axis=1)


def right_4(attention_weights, rows, columns):
    """Average the heads first, then take the numbers at computed positions."""
    average = ops.mean(attention_weights, axis=1)
    positions = 1 + np.arange(rows)[:, None] * columns + np.arange(columns)[None, :]
    return ops.take(average[:, 0], positions.astype("int32"), axis=1)


def wrong_1(attention_weights, rows, columns):
    """Takes the column, who looks at the class token. Wrong on: weights that are not symmetric."""
    looks = ops.mean(attention_weights, axis=1)[:, 1:, 0]
    return ops.reshape(looks, (-1, rows, columns))


def wrong_2(attention_weights, rows, columns):
    """Keeps the class token's own share and drops the last patch instead. Wrong on: nearly every input."""
    row = ops.mean(attention_weights[:, :, 0, :], axis=1)
    return ops.reshape(row[:, : rows * columns], (-1, rows, columns))


def wrong_3(attention_weights, rows, columns):
    """Makes the map sum to one again. Wrong on: a class token that attends to itself."""
    looks = ops.mean(attention_weights[:, :, 0, 1:], axis=1)
    looks = looks / ops.sum(looks, axis=-1, keepdims=True)
    return ops.reshape(looks, (-1, rows, columns))


def wrong_4(attention_weights, rows, columns):
    """Adds up the heads where the mean is asked for. Wrong on: more than one head."""
    return ops.reshape(ops.sum(attention_weights[:, :, 0, 1:], axis=1), (-1, rows, columns))


def wrong_5(attention_weights, rows, columns):
    """Takes the strongest head for each patch. Wrong on: more than one head."""
    return ops.reshape(ops.max(attention_weights[:, :, 0, 1:], axis=1), (-1, rows, columns))


def wrong_6(attention_weights, rows, columns):
    """Looks at the first head only. Wrong on: more than one head."""
    return ops.reshape(attention_weights[:, 0, 0, 1:], (-1, rows, columns))


def wrong_7(attention_weights, rows, columns):
    """Averages over all who look, not the class token only. Wrong on: rows of weights that differ."""
    received = ops.mean(attention_weights, axis=(1, 2))
    return ops.reshape(received[:, 1:], (-1, rows, columns))


def wrong_8(attention_weights, rows, columns):
    """Fills the map column by column. Wrong on: more than one row and more than one column."""
    looks = ops.mean(attention_weights[:, :, 0, 1:], axis=1)
    return ops.transpose(ops.reshape(looks, (-1, columns, rows)), (0, 2, 1))


def wrong_9(attention_weights, rows, columns):
    """Reshapes to (B, columns, rows). Wrong on: rows != columns."""
    looks = ops.mean(attention_weights[:, :, 0, 1:], axis=1)
    return ops.reshape(looks, (-1, columns, rows))


def wrong_10(attention_weights, rows, columns):
    """Mixes in the residual as attention rollout does, (A + I) / 2. Wrong on: every map that is not zero."""
    length = attention_weights.shape[-1]
    mixed = (ops.mean(attention_weights, axis=1) + ops.eye(length, dtype=attention_weights.dtype)) / 2
    return ops.reshape(mixed[:, 0, 1:], (-1, rows, columns))


def wrong_11(attention_weights, rows, columns):
    """Renormalises each head before the mean. Wrong on: a class token that attends to itself."""
    row = attention_weights[:, :, 0, 1:]
    row = row / ops.sum(row, axis=-1, keepdims=True)
    return ops.reshape(ops.mean(row, axis=1), (-1, rows, columns))


def wrong_12(attention_weights, rows, columns):
    """Expects the class token behind the patches. Wrong on: nearly every input."""
    looks = ops.mean(attention_weights, axis=1)[:, -1, :-1]
    return ops.reshape(looks, (-1, rows, columns))


def wrong_13(attention_weights, rows, columns):
    """Applies softmax to what are weights already. Wrong on: nearly every input."""
    weights = ops.softmax(attention_weights, axis=-1)
    return ops.reshape(ops.mean(weights[:, :, 0, 1:], axis=1), (-1, rows, columns))


def wrong_14(attention_weights, rows, columns):
    """Squeezes what is one wide, also where it should stay. Wrong on: B = 1, rows = 1 or columns = 1."""
    looks = ops.mean(attention_weights, axis=1)
    picture = ops.reshape(looks[:, 0, 1:], (-1, rows, columns))
    return ops.squeeze(picture)


def wrong_15(attention_weights, rows, columns):
    """Stretches each map from 0 to 1, as one does to show it. Wrong on: nearly every input."""
    looks = ops.reshape(ops.mean(attention_weights[:, :, 0, 1:], axis=1), (-1, rows, columns))
    low = ops.min(looks, axis=(1, 2), keepdims=True)
    high = ops.max(looks, axis=(1, 2), keepdims=True)
    return (looks - low) / (high - low + 1e-9)


def wrong_16(attention_weights, rows, columns):
    """Patch rows start `rows` apart, not `columns` apart. Wrong on: rows != columns, more than one row."""
    average = ops.mean(attention_weights, axis=1)[:, 0]
    last = rows * columns
    positions = 1 + np.arange(rows)[:, None] * rows + np.arange(columns)[None, :]
    return ops.take(average, np.minimum(positions, last).astype("int32"), axis=1)


def wrong_17(attention_weights, rows, columns):
    """Averages over the pictures too and repeats the mean map. Wrong on: B > 1 with pictures that differ."""
    looks = ops.mean(attention_weights, axis=(0, 1))[0, 1:]
    picture = ops.reshape(looks, (1, rows, columns))
    return ops.repeat(picture, attention_weights.shape[0], axis=0)
