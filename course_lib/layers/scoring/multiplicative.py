"""The multiplicative (bilinear, "general") score."""

import keras
from keras import ops

from course_lib.layers.scoring.attention_score import AttentionScore
from course_lib.layers.scoring.dot import dot_score


@keras.saving.register_keras_serializable("course_lib")
class MultiplicativeScore(AttentionScore):
    """A dot product after a learned linear map of the key.

    `scores[b, t, s] = query[b, t]ᵀ W key[b, s]`

    The map lets query and key live in different spaces, of different width.

    Call arguments:
        query: `(B, T, Dq)`.
        key: `(B, S, Dk)`.

    Returns:
        scores `(B, T, S)`.

    Weights: `kernel` W `(Dq, Dk)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import MultiplicativeScore
        >>> score = MultiplicativeScore()
        >>> tuple(score(ops.ones((2, 5, 3)), ops.ones((2, 7, 4))).shape), score.count_params()
        ((2, 5, 7), 12)

    In the papers: score(h_t, h̄_s) = h_tᵀ W_a h̄_s ("general"); sᵀWh.
    Reference: Luong et al. (2015), equation 8, https://arxiv.org/abs/1508.04025
    Taught in: notebooks/03_attention
    """

    def build(self, query_shape, key_shape):
        self.kernel = self.add_weight(
            name="kernel", shape=(query_shape[-1], key_shape[-1]), initializer="glorot_uniform"
        )

    def prepare(self, key):
        return ops.matmul(key, ops.transpose(ops.cast(self.kernel, self.compute_dtype)))  # (B, S, Dq)

    def compare(self, query, prepared_key):
        return dot_score(query, prepared_key)
