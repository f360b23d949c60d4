"""The dot-product score."""

import keras
from keras import ops

from course_lib.layers.scoring.attention_score import AttentionScore, require_equal_width


def dot_score(query, key):
    """`scores[b, t, s] = query[b, t] · key[b, s]`, shape `(B, T, S)`."""
    return ops.matmul(query, ops.swapaxes(key, -1, -2))


@keras.saving.register_keras_serializable("course_lib")
class DotScore(AttentionScore):
    """Compares a query with a key by their dot product. It has no weights.

    `scores[b, t, s] = query[b, t] · key[b, s]`

    Call arguments:
        query: `(B, T, D)`.
        key: `(B, S, D)`, as wide as the query.

    Returns:
        scores `(B, T, S)`.

    Raises:
        ValueError: if query and key differ in width.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import DotScore
        >>> ops.convert_to_numpy(DotScore()(ops.array([[[1.0, 2.0]]]), ops.array([[[3.0, 4.0]]]))).tolist()
        [[[11.0]]]

    In the paper: score(h_t, h̄_s) = h_tᵀ h̄_s, with query = h_t and key = h̄_s.
    Reference: Luong et al. (2015), equation 8, https://arxiv.org/abs/1508.04025
    Taught in: notebooks/03_attention
    """

    def build(self, query_shape, key_shape):
        require_equal_width(self, query_shape, key_shape)

    def compare(self, query, prepared_key):
        return dot_score(query, prepared_key)
