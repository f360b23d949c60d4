import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _sum_of_tables(token_ids, segment_ids, tables):
    length = ops.shape(token_ids)[1]
    return (
        ops.take(tables["tokens"], token_ids, axis=0)
        + ops.take(tables["segments"], segment_ids, axis=0)
        + tables["positions"][:length]
    )


def _norm(x, norm, epsilon=1e-12):
    mean = ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(x - mean), axis=-1, keepdims=True)
    return norm["scale"] * (x - mean) / ops.sqrt(variance + epsilon) + norm["shift"]


def right_1(token_ids, segment_ids, tables, norm, projection):
    x = _norm(_sum_of_tables(token_ids, segment_ids, tables), norm)
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def right_2(token_ids, segment_ids, tables, norm, projection):
    vocabulary = tables["tokens"].shape[0]
    rows = token_ids.shape[1]
    x = ops.matmul(ops.one_hot(token_ids, vocabulary), tables["tokens"])
    x = x + ops.matmul(ops.one_hot(segment_ids, 2), tables["segments"])
    x = x + ops.expand_dims(ops.take(tables["positions"], ops.arange(rows), axis=0), 0)
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    length = ops.sqrt(ops.mean(centred * centred, axis=-1, keepdims=True) + 1e-12)
    x = centred / length * norm["scale"] + norm["shift"]
    return ops.einsum("bte,ed->btd", x, projection["kernel"]) + projection["bias"]


def right_3(token_ids, segment_ids, tables, norm, projection):
    def array(x):
        return np.asarray(ops.convert_to_numpy(x), dtype="float64")

    tokens = ops.convert_to_numpy(token_ids)
    segments = ops.convert_to_numpy(segment_ids)
    word, part, place = (array(tables[name]) for name in ("tokens", "segments", "positions"))
    scale, shift = array(norm["scale"]), array(norm["shift"])
    kernel, bias = array(projection["kernel"]), array(projection["bias"])
    result = np.zeros(tokens.shape + (kernel.shape[1],))
    for b in range(tokens.shape[0]):
        for t in range(tokens.shape[1]):
            v = word[tokens[b, t]] + part[segments[b, t]] + place[t]
            v = scale * (v - v.mean()) / np.sqrt(v.var() + 1e-12) + shift
            result[b, t] = v @ kernel + bias
    return ops.convert_to_tensor(result, dtype="float32")


def right_4(token_ids, segment_ids, tables, norm, projection):
    # The scale and the shift can go into the matrix, for what comes behind the norm is linear.
    kernel = ops.expand_dims(norm["scale"], -1) * projection["kernel"]
    bias = ops.matmul(ops.expand_dims(norm["shift"], 0), projection["kernel"])[0] + projection["bias"]
    x = _sum_of_tables(token_ids, segment_ids, tables)
    x = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.var(x, axis=-1, keepdims=True)
    return ops.dot(x / ops.sqrt(variance + 1e-12), kernel) + bias


def wrong_1(token_ids, segment_ids, tables, norm, projection):
    """Widens first and normalises behind it. Wrong on: everything (where E is not D there is no result)."""
    x = _sum_of_tables(token_ids, segment_ids, tables)
    x = ops.matmul(x, projection["kernel"]) + projection["bias"]
    return _norm(x, norm)


def wrong_2(token_ids, segment_ids, tables, norm, projection):
    """Normalises each of the three vectors before they are added. Wrong on: any E above 1."""
    length = token_ids.shape[1]
    parts = [
        ops.take(tables["tokens"], token_ids, axis=0),
        ops.take(tables["segments"], segment_ids, axis=0),
        ops.expand_dims(tables["positions"][:length], 0),
    ]
    x = sum(_norm(part, norm) for part in parts)
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_3(token_ids, segment_ids, tables, norm, projection):
    """Takes the epsilon of Keras' layer, 1e-3. Wrong on: sums of small variance."""
    x = _norm(_sum_of_tables(token_ids, segment_ids, tables), norm, epsilon=1e-3)
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_4(token_ids, segment_ids, tables, norm, projection):
    """Mean and variance over positions and channels together. Wrong on: more than one token."""
    x = _sum_of_tables(token_ids, segment_ids, tables)
    mean = ops.mean(x, axis=(1, 2), keepdims=True)
    variance = ops.var(x, axis=(1, 2), keepdims=True)
    x = norm["scale"] * (x - mean) / ops.sqrt(variance + 1e-12) + norm["shift"]
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_5(token_ids, segment_ids, tables, norm, projection):
    """Takes the last rows of the positions' table. Wrong on: more rows of positions than tokens."""
    length = token_ids.shape[1]
    x = ops.take(tables["tokens"], token_ids, axis=0) + ops.take(tables["segments"], segment_ids, axis=0)
    x = _norm(x + tables["positions"][-length:], norm)
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_6(token_ids, segment_ids, tables, norm, projection):
    """Adds the whole table of positions. Wrong on: R above T (shapes that do not fit, or too many tokens)."""
    x = ops.take(tables["tokens"], token_ids, axis=0)
    x = x + ops.take(tables["segments"], segment_ids, axis=0) + tables["positions"]
    return ops.matmul(_norm(x, norm), projection["kernel"]) + projection["bias"]


def wrong_7(token_ids, segment_ids, tables, norm, projection):
    """Forgets the bias of the widening. Wrong on: any bias that is not 0."""
    x = _norm(_sum_of_tables(token_ids, segment_ids, tables), norm)
    return ops.matmul(x, projection["kernel"])


def wrong_8(token_ids, segment_ids, tables, norm, projection):
    """Leaves the widening out where both widths are equal, as ELECTRA does. Wrong on: E = D."""
    x = _norm(_sum_of_tables(token_ids, segment_ids, tables), norm)
    narrow, wide = projection["kernel"].shape
    if narrow != wide:
        x = ops.matmul(x, projection["kernel"]) + projection["bias"]
    return x


def wrong_9(token_ids, segment_ids, tables, norm, projection):
    """Adds and widens, but does not normalise. Wrong on: everything."""
    x = _sum_of_tables(token_ids, segment_ids, tables)
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_10(token_ids, segment_ids, tables, norm, projection):
    """Adds the epsilon to the deviation. Wrong on: sums with a deviation of about 1e-6."""
    x = _sum_of_tables(token_ids, segment_ids, tables)
    mean = ops.mean(x, axis=-1, keepdims=True)
    deviation = ops.std(x, axis=-1, keepdims=True)
    x = norm["scale"] * (x - mean) / (deviation + 1e-12) + norm["shift"]
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_11(token_ids, segment_ids, tables, norm, projection):
    """The variance divides by E - 1, as statistics of samples do. Wrong on: small E, most of all E = 2."""
    x = _sum_of_tables(token_ids, segment_ids, tables)
    width = x.shape[-1]
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.sum(centred**2, axis=-1, keepdims=True) / max(width - 1, 1)
    x = norm["scale"] * centred / ops.sqrt(variance + 1e-12) + norm["shift"]
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_12(token_ids, segment_ids, tables, norm, projection):
    """Shifts before it scales. Wrong on: a scale other than 1 together with a shift other than 0."""
    x = _sum_of_tables(token_ids, segment_ids, tables)
    x = (x - ops.mean(x, -1, keepdims=True)) / ops.sqrt(ops.var(x, -1, keepdims=True) + 1e-12)
    x = (x + norm["shift"]) * norm["scale"]
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_13(token_ids, segment_ids, tables, norm, projection):
    """All tokens are taken to be in segment 0. Wrong on: any token of segment 1."""
    return right_1(token_ids, ops.zeros_like(segment_ids), tables, norm, projection)


def wrong_14(token_ids, segment_ids, tables, norm, projection):
    """Counts positions from the beginning of each segment. Wrong on: sentences with two segments."""
    ones = ops.cast(segment_ids, "int32")
    place = ops.arange(token_ids.shape[1], dtype="int32")
    first = ops.sum(1 - ones, axis=1, keepdims=True)
    place = place - ones * first
    x = ops.take(tables["tokens"], token_ids, axis=0) + ops.take(tables["segments"], segment_ids, axis=0)
    x = _norm(x + ops.take(tables["positions"], place, axis=0), norm)
    return ops.matmul(x, projection["kernel"]) + projection["bias"]


def wrong_15(token_ids, segment_ids, tables, norm, projection):
    """Widens the tokens' vectors alone; the others are added behind it. Wrong on: everything."""
    x = _norm(ops.take(tables["tokens"], token_ids, axis=0), norm)
    x = ops.matmul(x, projection["kernel"]) + projection["bias"]
    others = ops.take(tables["segments"], segment_ids, axis=0) + tables["positions"][: token_ids.shape[1]]
    return x + others


def wrong_16(token_ids, segment_ids, tables, norm, projection):
    """Divides by the variance and not by its root. Wrong on: any variance other than 1."""
    x = _sum_of_tables(token_ids, segment_ids, tables)
    mean, variance = ops.moments(x, axes=[-1], keepdims=True)
    x = norm["scale"] * (x - mean) / (variance + 1e-12) + norm["shift"]
    return ops.matmul(x, projection["kernel"]) + projection["bias"]
