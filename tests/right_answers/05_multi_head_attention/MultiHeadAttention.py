"""Right answers to `MultiHeadAttention` in other styles."""

import keras
from keras import ops


class _Layer(keras.layers.Layer):
    """A right answer in parts: its weights."""

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


class einsum_throughout(_Layer):
    def call(self, query, value, attention_mask):
        def kernel(weight):
            return ops.reshape(weight, (-1, self.num_heads, self.key_dim))

        queries = ops.einsum("btd,dnk->btnk", query, kernel(self.query_kernel))
        keys = ops.einsum("bsd,dnk->bsnk", value, kernel(self.key_kernel))
        values = ops.einsum("bsd,dnk->bsnk", value, kernel(self.value_kernel))
        scores = ops.einsum("btnk,bsnk->bnts", queries, keys) * self.key_dim**-0.5
        mask = ops.expand_dims(attention_mask, 1)
        weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e30)), 0.0)
        context = ops.einsum("bnts,bsnk->btnk", weights, values)
        last = ops.reshape(self.output_kernel, (self.num_heads, self.key_dim, -1))
        return [ops.einsum("btnk,nkd->btd", context, last), weights]


class head_by_head(_Layer):
    def call(self, query, value, attention_mask):
        outputs, maps = 0, []
        for n in range(self.num_heads):
            own = slice(n * self.key_dim, (n + 1) * self.key_dim)
            queries = ops.matmul(query, self.query_kernel[:, own])
            keys = ops.matmul(value, self.key_kernel[:, own])
            scores = ops.matmul(queries, ops.transpose(keys, (0, 2, 1))) / self.key_dim**0.5
            weights = ops.softmax(ops.where(attention_mask, scores, -1e9))
            weights = ops.where(attention_mask, weights, 0.0)
            context = ops.matmul(weights, ops.matmul(value, self.value_kernel[:, own]))
            outputs = outputs + ops.matmul(context, self.output_kernel[own])
            maps.append(weights)
        return outputs, ops.stack(maps, axis=1)


class heads_split_and_joined(_Layer):
    def call(self, query, value, attention_mask):
        def heads(inputs, kernel):
            return ops.stack(ops.split(ops.matmul(inputs, kernel), self.num_heads, axis=-1), axis=1)

        queries, keys = heads(query, self.query_kernel), heads(value, self.key_kernel)
        scores = ops.einsum("bntk,bnsk->bnts", queries, keys) / ops.sqrt(float(self.key_dim))
        scores = scores + (1.0 - ops.cast(attention_mask, "float32"))[:, None] * -1e9
        weights = ops.softmax(scores, axis=-1)
        weights = weights * ops.cast(ops.any(attention_mask, axis=-1), "float32")[:, None, :, None]
        context = ops.matmul(weights, heads(value, self.value_kernel))
        joined = ops.concatenate(ops.unstack(context, axis=1), axis=-1)
        return ops.matmul(joined, self.output_kernel), weights


class softmax_by_hand(_Layer):
    def call(self, query, value, attention_mask):
        def heads(inputs, kernel):
            pieces = (inputs.shape[0], -1, self.num_heads, self.key_dim)
            return ops.transpose(ops.reshape(inputs @ kernel, pieces), (0, 2, 1, 3))

        queries, keys = heads(query / self.key_dim**0.5, self.query_kernel), heads(value, self.key_kernel)
        scores = ops.where(attention_mask[:, None], ops.matmul(queries, ops.swapaxes(keys, 2, 3)), -1e9)
        exponentials = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
        exponentials = exponentials * ops.cast(attention_mask[:, None], "float32")
        total = ops.sum(exponentials, axis=-1, keepdims=True)
        weights = exponentials / ops.where(total == 0, 1.0, total)
        context = ops.transpose(ops.matmul(weights, heads(value, self.value_kernel)), (0, 2, 1, 3))
        return ops.reshape(context, (query.shape[0], query.shape[1], -1)) @ self.output_kernel, weights


class weights_with_initial_values(softmax_by_hand):
    def build(self, query_shape, value_shape):
        width = self.num_heads * self.key_dim
        shapes = {"output": (width, query_shape[-1]), "query": (query_shape[-1], width)}
        shapes |= {kind: (value_shape[-1], width) for kind in ("value", "key")}
        for kind, shape in shapes.items():
            name = f"{kind}_kernel"
            setattr(self, name, self.add_weight(shape=shape, initializer="he_normal", name=name))
        self.built = True
