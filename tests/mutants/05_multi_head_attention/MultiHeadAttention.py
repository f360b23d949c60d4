"""Wrong answers to `MultiHeadAttention`, each named after the mistake it makes."""

import keras
from keras import ops


class _Attention(keras.layers.Layer):
    """A right answer in parts, for mutants to exchange one."""

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

    def merge(self, context):
        batch, heads, length, width = context.shape
        return ops.reshape(ops.swapaxes(context, 1, 2), (batch, length, heads * width))

    def scale(self, scores):
        return scores / self.key_dim**0.5

    def weigh(self, scores, mask):
        mask = mask[:, None]
        return ops.softmax(ops.where(mask, scores, -1e9)) * ops.cast(mask, "float32")

    def finish(self, context, weights):
        return ops.matmul(self.merge(context), self.output_kernel), weights

    def call(self, query, value, attention_mask):
        queries = self.split(ops.matmul(query, self.query_kernel))
        keys = self.split(ops.matmul(value, self.key_kernel))
        values = self.split(ops.matmul(value, self.value_kernel))
        scores = self.scale(ops.matmul(queries, ops.swapaxes(keys, -1, -2)))
        weights = self.weigh(scores, attention_mask)
        return self.finish(ops.matmul(weights, values), weights)


class heads_not_split(_Attention):
    def split(self, inputs):
        return inputs[:, None]

    def scale(self, scores):
        return scores / (self.num_heads * self.key_dim) ** 0.5


class split_by_reshape(_Attention):
    def split(self, inputs):
        batch, length, _ = inputs.shape
        return ops.reshape(inputs, (batch, self.num_heads, length, self.key_dim))


class merged_by_reshape(_Attention):
    def merge(self, context):
        batch, heads, length, width = context.shape
        return ops.reshape(context, (batch, length, heads * width))


class scale_missing(_Attention):
    def scale(self, scores):
        return scores


class scaled_by_all_heads(_Attention):
    def scale(self, scores):
        return scores / (self.num_heads * self.key_dim) ** 0.5


class scale_without_root(_Attention):
    def scale(self, scores):
        return scores / self.key_dim


class mask_ignored(_Attention):
    def weigh(self, scores, mask):
        return ops.softmax(scores)


class mask_inverted(_Attention):
    def weigh(self, scores, mask):
        return super().weigh(scores, ops.logical_not(mask))


class mask_on_wrong_axis(_Attention):
    def weigh(self, scores, mask):
        return ops.softmax(ops.where(mask, scores, -1e9)) * ops.cast(mask, "float32")


class mask_after_softmax(_Attention):
    def weigh(self, scores, mask):
        return ops.softmax(scores) * ops.cast(mask[:, None], "float32")


class empty_row_not_zero(_Attention):
    def weigh(self, scores, mask):
        return ops.softmax(ops.where(mask[:, None], scores, -1e9))


class softmax_over_queries(_Attention):
    def weigh(self, scores, mask):
        mask = mask[:, None]
        return ops.softmax(ops.where(mask, scores, -1e9), axis=-2) * ops.cast(mask, "float32")


class softmax_over_heads(_Attention):
    def weigh(self, scores, mask):
        mask = mask[:, None]
        return ops.softmax(ops.where(mask, scores, -1e9), axis=1) * ops.cast(mask, "float32")


class keys_as_values(_Attention):
    def call(self, query, value, attention_mask):
        queries = self.split(ops.matmul(query, self.query_kernel))
        keys = self.split(ops.matmul(value, self.key_kernel))
        weights = self.weigh(self.scale(ops.matmul(queries, ops.swapaxes(keys, -1, -2))), attention_mask)
        return self.finish(ops.matmul(weights, keys), weights)


class output_projection_missing(_Attention):
    def finish(self, context, weights):
        return self.merge(context), weights


class weights_averaged(_Attention):
    def finish(self, context, weights):
        outputs, weights = super().finish(context, weights)
        return outputs, ops.mean(weights, axis=1)


class mask_too_weak(_Attention):
    def weigh(self, scores, mask):
        mask = mask[:, None]
        return ops.softmax(ops.where(mask, scores, -10.0)) * ops.cast(mask, "float32")
