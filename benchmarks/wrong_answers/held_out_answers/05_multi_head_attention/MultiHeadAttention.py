import keras
import numpy as np
from keras import ops


class wrong_1(keras.layers.Layer):
    """Scales by the root of N K, the width of all heads together; wrong from two heads on."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / (self.num_heads * self.key_dim) ** 0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_2(keras.layers.Layer):
    """A query that may attend to nothing gets equal weights, not zeros; wrong on almost any input."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_3(keras.layers.Layer):
    """Head n owns the columns n, n + N, n + 2 N: interleaved on the way in and on the way out; wrong on almost any input."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.key_dim, self.num_heads))
        return ops.transpose(x, (0, 3, 1, 2))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 3, 1))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_4(keras.layers.Layer):
    """Merges without a transposition: heads and positions are mixed up; wrong on almost any input."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.matmul(weights, v)
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_5(keras.layers.Layer):
    """Leaves the last projection out of the call; the shape is right only if N K is D."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return merged, weights


class wrong_6(keras.layers.Layer):
    """Ignores the mask; wrong on almost any input."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        weights = ops.softmax(scores, axis=-1)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_7(keras.layers.Layer):
    """Returns the mean of the weights over the heads, (B, T, S); wrong on almost any input."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), ops.mean(weights, axis=1)


class wrong_8(keras.layers.Layer):
    """Reshapes straight to (B, N, T, K) when it splits the heads."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        return ops.reshape(x, (-1, self.num_heads, x.shape[1], self.key_dim))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_9(keras.layers.Layer):
    """Swaps the uses of key kernel and value kernel; wrong on almost any input."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.value_kernel))
        v = self.heads(ops.matmul(value, self.key_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_10(keras.layers.Layer):
    """Makes the keys from the queries; fails when T and S or the widths differ."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(query, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_11(keras.layers.Layer):
    """The output has the width of the values, not of the queries; wrong when they differ."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, value_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class wrong_12(keras.layers.Layer):
    """Masks after the softmax without normalising again. Wrong on: a hidden key beside a seen one."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(scores, axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class right_1(keras.layers.Layer):
    """Keras ops: split, attend, merge."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.num_heads, self.key_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, query, value, attention_mask):
        q = self.heads(ops.matmul(query, self.query_kernel))
        k = self.heads(ops.matmul(value, self.key_kernel))
        v = self.heads(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
        merged = ops.transpose(ops.matmul(weights, v), (0, 2, 1, 3))
        merged = ops.reshape(merged, (-1, query.shape[1], self.num_heads * self.key_dim))
        return ops.matmul(merged, self.output_kernel), weights


class right_2(keras.layers.Layer):
    """A loop over heads with slices of the kernels; outputs added up head by head, a list for the pair."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def call(self, query, value, attention_mask):
        outputs, weights = 0.0, []
        for n in range(self.num_heads):
            own = slice(n * self.key_dim, (n + 1) * self.key_dim)
            q = ops.matmul(query, self.query_kernel[:, own])
            k = ops.matmul(value, self.key_kernel[:, own])
            v = ops.matmul(value, self.value_kernel[:, own])
            scores = ops.einsum("btk,bsk->bts", q, k) / self.key_dim**0.5
            w = ops.softmax(ops.where(attention_mask, scores, -1e30), axis=-1)
            w = w * ops.cast(attention_mask, w.dtype)
            outputs = outputs + ops.matmul(ops.matmul(w, v), self.output_kernel[own])
            weights.append(w)
        return [outputs, ops.stack(weights, axis=1)]


class right_3(keras.layers.Layer):
    """Einsum with kernels reshaped to (D, N, K); weights made in a loop over names."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        inner = self.num_heads * self.key_dim
        shapes = {
            "query_kernel": (query_shape[2], inner),
            "key_kernel": (value_shape[2], inner),
            "value_kernel": (value_shape[2], inner),
            "output_kernel": (inner, query_shape[2]),
        }
        for name, shape in shapes.items():
            setattr(self, name, self.add_weight(shape=shape, initializer="glorot_uniform", name=name))

    def call(self, query, value, attention_mask):
        shape = (-1, self.num_heads, self.key_dim)
        q = ops.einsum("btd,dnk->bntk", query, ops.reshape(self.query_kernel, shape))
        k = ops.einsum("bsd,dnk->bnsk", value, ops.reshape(self.key_kernel, shape))
        v = ops.einsum("bsd,dnk->bnsk", value, ops.reshape(self.value_kernel, shape))
        scores = ops.einsum("bntk,bnsk->bnts", q * self.key_dim**-0.5, k)
        keep = ops.expand_dims(attention_mask, axis=1)
        low = ops.where(keep, scores, -1e30)
        exps = ops.where(keep, ops.exp(low - ops.max(low, axis=-1, keepdims=True)), 0.0)
        total = ops.sum(exps, axis=-1, keepdims=True)
        weights = exps / ops.where(total > 0, total, 1.0)
        out = ops.reshape(self.output_kernel, (self.num_heads, self.key_dim, query.shape[-1]))
        return ops.einsum("bnts,bnsk,nkd->btd", weights, v, out), weights


class right_4(keras.layers.Layer):
    """NumPy inside the call."""

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))

    def heads(self, x, kernel):
        y = np.asarray(x) @ np.asarray(ops.convert_to_numpy(kernel))
        return np.stack(np.split(y, self.num_heads, axis=-1), axis=1)

    def call(self, query, value, attention_mask):
        q = self.heads(query, self.query_kernel)
        k = self.heads(value, self.key_kernel)
        v = self.heads(value, self.value_kernel)
        mask = np.asarray(attention_mask)[:, None]
        scores = np.where(mask, q @ k.swapaxes(2, 3) / np.sqrt(self.key_dim), -1e30)
        exps = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
        weights = exps / np.maximum(exps.sum(axis=-1, keepdims=True), 1e-30)
        merged = np.concatenate(list((weights @ v).swapaxes(0, 1)), axis=-1)
        outputs = merged @ ops.convert_to_numpy(self.output_kernel)
        return ops.convert_to_tensor(outputs.astype("float32")), ops.convert_to_tensor(
            weights.astype("float32")
        )
