import math

import numpy as np
from keras import ops


def wrong_1(inputs, index, query_kernel, key_kernel, value_kernel):
    """Leaves the position itself out; wrong on almost any input."""
    others = ops.concatenate([inputs[:index], inputs[index + 1 :]], axis=0)
    keys, values = ops.matmul(others, key_kernel), ops.matmul(others, value_kernel)
    scores = ops.matmul(keys, ops.matmul(inputs[index], query_kernel)) / keys.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), values)


def wrong_2(inputs, index, query_kernel, key_kernel, value_kernel):
    """Sees only the positions up to its own. Wrong on: every position but the last."""
    seen = inputs[: index + 1]
    keys, values = ops.matmul(seen, key_kernel), ops.matmul(seen, value_kernel)
    scores = ops.matmul(keys, ops.matmul(inputs[index], query_kernel)) / keys.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), values)


def wrong_3(inputs, index, query_kernel, key_kernel, value_kernel):
    """Under the root stands D, the width of the inputs. Wrong on: D not K."""
    keys, values = ops.matmul(inputs, key_kernel), ops.matmul(inputs, value_kernel)
    scores = ops.matmul(keys, ops.matmul(inputs[index], query_kernel)) / inputs.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), values)


def wrong_4(inputs, index, query_kernel, key_kernel, value_kernel):
    """Does not scale; wrong on almost any input."""
    keys, values = ops.matmul(inputs, key_kernel), ops.matmul(inputs, value_kernel)
    return ops.matmul(ops.softmax(ops.matmul(keys, ops.matmul(inputs[index], query_kernel))), values)


def wrong_5(inputs, index, query_kernel, key_kernel, value_kernel):
    """Asks with the key's projection of the position; wrong on almost any input."""
    keys, values = ops.matmul(inputs, key_kernel), ops.matmul(inputs, value_kernel)
    scores = ops.matmul(keys, keys[index]) / keys.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), values)


def wrong_6(inputs, index, query_kernel, key_kernel, value_kernel):
    """Mixes the inputs, not their values; gives (D,); wrong on almost any input."""
    keys = ops.matmul(inputs, key_kernel)
    scores = ops.matmul(keys, ops.matmul(inputs[index], query_kernel)) / keys.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), inputs)


def wrong_7(inputs, index, query_kernel, key_kernel, value_kernel):
    """Always asks from the last position. Wrong on: every position but the last."""
    keys, values = ops.matmul(inputs, key_kernel), ops.matmul(inputs, value_kernel)
    scores = ops.matmul(keys, ops.matmul(inputs[-1], query_kernel)) / keys.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), values)


def wrong_8(inputs, index, query_kernel, key_kernel, value_kernel):
    """The roles turned: all positions ask and the one at index answers; softmax over the askers; wrong on almost any input."""
    queries = ops.matmul(inputs, query_kernel)
    values = ops.matmul(inputs, value_kernel)
    scores = ops.matmul(queries, ops.matmul(inputs[index], key_kernel)) / queries.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), values)


def wrong_9(inputs, index, query_kernel, key_kernel, value_kernel):
    """Keeps the axis of positions: (1, V); wrong on almost any input."""
    keys, values = ops.matmul(inputs, key_kernel), ops.matmul(inputs, value_kernel)
    query = ops.matmul(inputs[index : index + 1], query_kernel)
    scores = ops.matmul(query, ops.transpose(keys)) / keys.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores, axis=-1), values)


def right_1(inputs, index, query_kernel, key_kernel, value_kernel):
    """NumPy."""
    x, wq, wk, wv = (np.asarray(a) for a in (inputs, query_kernel, key_kernel, value_kernel))
    a = (x @ wk) @ (x[index] @ wq) / np.sqrt(wk.shape[1])
    w = np.exp(a - a.max())
    return (w / w.sum()) @ (x @ wv)


def right_2(inputs, index, query_kernel, key_kernel, value_kernel):
    """A loop over the positions that answer."""
    query = ops.matmul(inputs[index], query_kernel)
    scores = [
        float(ops.sum(query * ops.matmul(x, key_kernel))) / math.sqrt(key_kernel.shape[1]) for x in inputs
    ]
    weights = [math.exp(a - max(scores)) for a in scores]
    total = sum(weights)
    return sum(ops.matmul(x, value_kernel) * (w / total) for w, x in zip(weights, inputs))


def right_3(inputs, index, query_kernel, key_kernel, value_kernel):
    """All positions at once, of which one is returned."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    scores = ops.einsum("tk,sk->ts", q, k) / k.shape[1] ** 0.5
    return ops.einsum("ts,sv->tv", ops.softmax(scores, axis=1), v)[index]


def right_4(inputs, index, query_kernel, key_kernel, value_kernel):
    """Kernels joined: the inputs are mixed first and projected last."""
    asks = ops.matmul(key_kernel, ops.matmul(ops.transpose(query_kernel), inputs[index]))
    weights = ops.softmax(ops.matmul(inputs, asks) * key_kernel.shape[-1] ** -0.5, axis=0)
    return ops.matmul(ops.matmul(weights, inputs), value_kernel)
