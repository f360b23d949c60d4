"""Wrong answers to `MultiHeadAttention` beside its mutants."""

import keras
from keras import ops


class _Attention(keras.layers.Layer):
    """A right answer in parts, for wrong ones to exchange one."""

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

    def split(self, inputs):
        pieces = ops.reshape(inputs, (*inputs.shape[:2], self.num_heads, self.key_dim))
        return ops.swapaxes(pieces, 1, 2)

    def weigh(self, scores, mask):
        return ops.softmax(ops.where(mask, scores, -1e9)) * ops.cast(mask, "float32")

    def finish(self, weights, values, mask):
        context = ops.swapaxes(ops.matmul(weights, values), 1, 2)
        context = ops.reshape(context, (*context.shape[:2], self.num_heads * self.key_dim))
        return ops.matmul(context, self.output_kernel), weights

    def call(self, query, value, attention_mask):
        queries = self.split(ops.matmul(query, self.query_kernel))
        keys = self.split(ops.matmul(value, self.key_kernel))
        values = self.split(ops.matmul(value, self.value_kernel))
        scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]
        return self.finish(self.weigh(scores, mask), values, mask)


class mask_too_weak__lowered_by_ten(_Attention):
    def weigh(self, scores, mask):
        return ops.softmax(scores - 10.0 * (1.0 - ops.cast(mask, "float32")))


class empty_row_not_zero__in_the_weights(_Attention):
    def weigh(self, scores, mask):
        return ops.softmax(ops.where(mask, scores, -1e9))

    def finish(self, weights, values, mask):
        zeroed = ops.where(ops.any(mask, axis=-1, keepdims=True), weights, 0.0)
        return super().finish(zeroed, values, mask)[0], weights


class empty_row_not_zero__in_the_outputs(_Attention):
    def weigh(self, scores, mask):
        return ops.softmax(ops.where(mask, scores, -1e9))

    def finish(self, weights, values, mask):
        return super().finish(weights, values, mask)[0], weights * ops.cast(mask, "float32")


class mask_is_a_prefix(_Attention):
    def weigh(self, scores, mask):
        count = ops.sum(ops.cast(mask, "int32"), axis=-1, keepdims=True)
        return super().weigh(scores, ops.arange(mask.shape[-1]) < count)


class first_row_of_the_mask_for_all(_Attention):
    def weigh(self, scores, mask):
        return super().weigh(scores, mask[:, :, :1])


class first_head_for_all(_Attention):
    def split(self, inputs):
        heads = super().split(inputs)
        return ops.broadcast_to(heads[:, :1], heads.shape)


class values_of_first_head(_Attention):
    def finish(self, weights, values, mask):
        return super().finish(weights, ops.broadcast_to(values[:, :1], values.shape), mask)


class heads_in_reverse(_Attention):
    def finish(self, weights, values, mask):
        outputs, weights = super().finish(weights, values, mask)
        return outputs, ops.flip(weights, axis=1)


class query_added(_Attention):
    def call(self, query, value, attention_mask):
        outputs, weights = super().call(query, value, attention_mask)
        return outputs + query, weights


class weights_first(_Attention):
    def call(self, query, value, attention_mask):
        return super().call(query, value, attention_mask)[::-1]


class outputs_alone(_Attention):
    def call(self, query, value, attention_mask):
        return super().call(query, value, attention_mask)[0]


class keys_from_queries(_Attention):
    def call(self, query, value, attention_mask):
        if query.shape == value.shape:
            value = query
        return super().call(query, value, attention_mask)


class scores_returned(_Attention):
    def call(self, query, value, attention_mask):
        outputs, _ = super().call(query, value, attention_mask)
        queries = self.split(ops.matmul(query, self.query_kernel))
        keys = self.split(ops.matmul(value, self.key_kernel))
        return outputs, ops.matmul(queries, ops.swapaxes(keys, -1, -2)) / self.key_dim**0.5
