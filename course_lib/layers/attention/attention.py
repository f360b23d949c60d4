"""Attention: score, softmax, weighted sum."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask, masked_softmax
from course_lib.layers.shapes import check_mask_shape, check_one_batch, check_one_length


def attention_context(attention_weights, value):
    """The context vectors: for each query, the average of the values under its weights.

    `context[b, t] = sum_s attention_weights[b, t, s] value[b, s]`

    Args:
        attention_weights: float tensor `(B, T, S)`.
        value: float tensor `(B, S, D)`.

    Returns:
        float tensor `(B, T, D)`.
    """
    return ops.matmul(attention_weights, value)


def broadcast_attention_mask(mask, scores):
    """Brings a padding mask `(B, S)` to the form `(B, 1, S)` that broadcasts over the queries of `(B, T, S)`.

    Raises:
        ValueError: if the mask has another shape, or holds floats.
    """
    if mask is None:
        return None
    mask = as_mask(mask)
    batch, length, key_length = scores.shape
    if len(mask.shape) == 2:
        check_mask_shape("mask", mask.shape, (batch, key_length))
        return mask[:, None, :]
    if len(mask.shape) == 3:
        check_mask_shape("mask", mask.shape, (batch, length, key_length), may_broadcast=True)
        return mask
    raise ValueError(
        "`mask` must have shape (B, S) or (B, T, S), True = keep. "
        f"Received: mask of shape {tuple(mask.shape)}."
    )


@keras.saving.register_keras_serializable("course_lib")
class Attention(keras.layers.Layer):
    """Attention with any score: compare, normalise, average.

    `weights[b, t, :] = masked_softmax(score(query[b, t], key[b, :]), mask[b, t, :])`
    `context[b, t] = sum_s weights[b, t, s] value[b, s]`

    Args:
        score: an `AttentionScore`, the function that compares a query with a key. It computes in the
            precision that it was made for.

    Call arguments:
        query: `(B, T, Dq)`, who asks: in a decoder, its states.
        value: `(B, S, D)`, what is averaged: in a decoder, the encoder's outputs.
        key: `(B, S, Dk)`, what a query is compared with; `value` itself if not given.
        mask: bool `(B, S)` or `(B, T, S)`, `True` = may be attended to. A query that may attend to nothing
            gets a context of zeros.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        the context `(B, T, D)`, or the pair of it and the attention weights `(B, T, S)`. Keras calls the
        latter "attention scores"; here scores are what goes into the softmax and weights what comes out.

    Raises:
        ValueError: if keys and values differ in batch or length, or the mask has a wrong shape or holds
            floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import Attention, DotScore
        >>> attention = Attention(DotScore())
        >>> context, weights = attention(
        ...     query=ops.array([[[1.0, 0.0]]]), value=ops.array([[[4.0, 0.0], [4.0, 8.0]]]),
        ...     return_attention_weights=True,
        ... )
        >>> ops.convert_to_numpy(weights).tolist(), ops.convert_to_numpy(context).tolist()
        ([[[0.5, 0.5]]], [[[4.0, 4.0]]])

    In the papers: query = s_t or h_t (decoder state), key = value = h_s (encoder state), weights = α_ts or
    a_t(s), context = c_t.
    Reference: Bahdanau et al. (2015), https://arxiv.org/abs/1409.0473; Luong et al. (2015),
    https://arxiv.org/abs/1508.04025.
    Taught in: notebooks/03_attention
    """

    def __init__(self, score, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.score = score

    def build(self, query_shape, value_shape, key_shape=None):
        check_one_length(value_shape if key_shape is None else key_shape, value_shape)
        if not self.score.built:
            self.score.build(query_shape, value_shape if key_shape is None else key_shape)

    def call(self, query, value, key=None, mask=None, return_attention_weights=False):
        key = value if key is None else key
        check_one_length(key.shape, value.shape)
        check_one_batch(query=query.shape, value=value.shape)
        return self.attend(query, value, self.score.prepare(key), mask, return_attention_weights)

    def attend(self, query, value, prepared_key, mask=None, return_attention_weights=False):
        """As a call, with keys that `score.prepare` has already been applied to (once for many queries)."""
        scores = ops.cast(self.score.compare(query, prepared_key), self.compute_dtype)
        weights = self.weigh(scores, query, mask)
        context = attention_context(weights, value)
        return (context, weights) if return_attention_weights else context

    def weigh(self, scores, query, mask=None):
        """From scores `(B, T, S)` to weights `(B, T, S)`; what variants of attention override."""
        return masked_softmax(scores, broadcast_attention_mask(mask, scores))

    def compute_mask(self, query, previous_mask):
        return None  # masks travel as arguments only

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, query_shape, value_shape, key_shape=None):
        return (*query_shape[:-1], value_shape[-1])

    def get_config(self):
        return {**super().get_config(), "score": keras.saving.serialize_keras_object(self.score)}

    @classmethod
    def from_config(cls, config):
        return cls(**{**config, "score": keras.saving.deserialize_keras_object(config["score"])})
