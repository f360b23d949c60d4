"""The scaled dot-product score."""

import math

import keras

from course_lib.layers.scoring.attention_score import AttentionScore, require_equal_width
from course_lib.layers.scoring.dot import dot_score


@keras.saving.register_keras_serializable("course_lib")
class ScaledDotScore(AttentionScore):
    """The dot product divided by the square root of the width. It has no weights.

    `scores[b, t, s] = query[b, t] · key[b, s] / sqrt(D)`

    If the entries of query and key are independent with variance 1, their dot product has variance D; the
    division brings it back to 1, so that the softmax does not saturate as the width grows.

    Call arguments:
        query: `(B, T, D)`.
        key: `(B, S, D)`, as wide as the query.

    Returns:
        scores `(B, T, S)`.

    Raises:
        ValueError: if query and key differ in width.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import ScaledDotScore
        >>> ops.convert_to_numpy(ScaledDotScore()(ops.ones((1, 1, 4)), ops.ones((1, 1, 4)))).tolist()
        [[[2.0]]]

    In the paper: QKᵀ/√d_k.
    Reference: Vaswani et al. (2017), equation 1, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/03_attention
    """

    def build(self, query_shape, key_shape):
        require_equal_width(self, query_shape, key_shape)

    def compare(self, query, prepared_key):
        return dot_score(query, prepared_key) / math.sqrt(query.shape[-1])
