import numpy as np
from keras import ops


def wrong_1(inputs, query_kernel, key_kernel, value_kernel):
    """Weights first, outputs second; wrong on almost any input."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    weights = ops.softmax(ops.einsum("btk,bsk->bts", q, k) / k.shape[-1] ** 0.5, axis=-1)
    return weights, ops.matmul(weights, v)


def wrong_2(inputs, query_kernel, key_kernel, value_kernel):
    """Under the root stands the width of the inputs. Wrong on: D not K."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    weights = ops.softmax(ops.einsum("btk,bsk->bts", q, k) / inputs.shape[-1] ** 0.5, axis=-1)
    return ops.matmul(weights, v), weights


def wrong_3(inputs, query_kernel, key_kernel, value_kernel):
    """The softmax runs over the queries; wrong on almost any input."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    weights = ops.softmax(ops.einsum("btk,bsk->bts", q, k) / k.shape[-1] ** 0.5, axis=1)
    return ops.matmul(weights, v), weights


def wrong_4(inputs, query_kernel, key_kernel, value_kernel):
    """Scores transposed, K times Q; wrong on almost any input."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    weights = ops.softmax(ops.matmul(k, ops.transpose(q, (0, 2, 1))) / k.shape[-1] ** 0.5, axis=-1)
    return ops.matmul(weights, v), weights


def wrong_5(inputs, query_kernel, key_kernel, value_kernel):
    """Scales the weights after the softmax, not the scores before; wrong on almost any input."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    weights = ops.softmax(ops.einsum("btk,bsk->bts", q, k), axis=-1) / k.shape[-1] ** 0.5
    return ops.matmul(weights, v), weights


def wrong_6(inputs, query_kernel, key_kernel, value_kernel):
    """Returns the scores, not the weights, beside the right outputs; wrong on almost any input."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    scores = ops.einsum("btk,bsk->bts", q, k) / k.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores, axis=-1), v), scores


def wrong_7(inputs, query_kernel, key_kernel, value_kernel):
    """Hides the future, though nothing asks for it; wrong on almost any input."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    scores = ops.einsum("btk,bsk->bts", q, k) / k.shape[-1] ** 0.5
    places = ops.arange(inputs.shape[1])
    weights = ops.softmax(ops.where(places[:, None] >= places, scores, -1e9), axis=-1)
    return ops.matmul(weights, v), weights


def wrong_8(inputs, query_kernel, key_kernel, value_kernel):
    """Returns the outputs alone, no pair; wrong on almost any input."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    weights = ops.softmax(ops.einsum("btk,bsk->bts", q, k) / k.shape[-1] ** 0.5, axis=-1)
    return ops.matmul(weights, v)


def wrong_9(inputs, query_kernel, key_kernel, value_kernel):
    """Under the root stands the width of the values; wrong when V is not K."""
    q, k, v = (ops.matmul(inputs, w) for w in (query_kernel, key_kernel, value_kernel))
    weights = ops.softmax(ops.einsum("btk,bsk->bts", q, k) / v.shape[-1] ** 0.5, axis=-1)
    return ops.matmul(weights, v), weights


def right_1(inputs, query_kernel, key_kernel, value_kernel):
    """NumPy."""
    x, wq, wk, wv = (np.asarray(a) for a in (inputs, query_kernel, key_kernel, value_kernel))
    scores = (x @ wq) @ np.swapaxes(x @ wk, -1, -2) / np.sqrt(np.float32(wk.shape[1]))
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return weights @ (x @ wv), weights


def right_2(inputs, query_kernel, key_kernel, value_kernel):
    """Einsum throughout, a list for the pair, the scale on the queries."""
    q = ops.einsum("btd,dk->btk", inputs, query_kernel) * key_kernel.shape[1] ** -0.5
    k = ops.einsum("btd,dk->btk", inputs, key_kernel)
    a = ops.softmax(ops.einsum("bik,bjk->bij", q, k))
    return [ops.einsum("bij,bjd,dv->biv", a, inputs, value_kernel), a]


def right_3(inputs, query_kernel, key_kernel, value_kernel):
    """One projection by the three kernels side by side, then split."""
    width = query_kernel.shape[1]
    joined = ops.concatenate([query_kernel, key_kernel, value_kernel], axis=1)
    q, k, v = ops.split(ops.matmul(inputs, joined), [width, 2 * width], axis=-1)
    scores = ops.matmul(q, ops.swapaxes(k, 1, 2)) / ops.sqrt(ops.cast(width, "float32"))
    exps = ops.exp(scores - ops.max(scores, axis=2, keepdims=True))
    weights = exps / ops.sum(exps, axis=2, keepdims=True)
    return ops.matmul(weights, v), weights
