"""The additive score: a small network with one hidden layer."""

import keras
from keras import ops

from course_lib.layers.scoring.attention_score import AttentionScore


@keras.saving.register_keras_serializable("course_lib")
class AdditiveScore(AttentionScore):
    """Compares a query with a key by a feed-forward network with one tanh layer.

    `scores[b, t, s] = vᵀ tanh(W₁ key[b, s] + W₂ query[b, t])`

    Args:
        hidden_dim: int, the size of the hidden layer.

    Call arguments:
        query: `(B, T, Dq)`.
        key: `(B, S, Dk)`.

    Returns:
        scores `(B, T, S)`. On the way there it holds `(B, T, S, hidden_dim)`: what this score costs.

    Weights: `key_kernel` W₁ `(Dk, hidden_dim)`, `query_kernel` W₂ `(Dq, hidden_dim)`, `scale` v
    `(hidden_dim,)`.

    Raises:
        ValueError: if `hidden_dim` is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import AdditiveScore
        >>> score = AdditiveScore(hidden_dim=6)
        >>> tuple(score(ops.ones((2, 5, 3)), ops.ones((2, 7, 4))).shape), score.count_params()
        ((2, 5, 7), 48)

    In the papers: e_ij = v_aᵀ tanh(W_a s_{i-1} + U_a h_j), with W₂ = W_a and W₁ = U_a; Luong et al. write
    the same as vᵀ tanh(W [h_t; h̄_s]).
    Reference: Bahdanau et al. (2015), appendix A.1.2, https://arxiv.org/abs/1409.0473
    Taught in: notebooks/03_attention
    """

    def __init__(self, hidden_dim, **kwargs):
        super().__init__(**kwargs)
        if hidden_dim < 1:
            raise ValueError(f"`hidden_dim` must be positive. Received: hidden_dim={hidden_dim}.")
        self.hidden_dim = hidden_dim

    def build(self, query_shape, key_shape):
        self.key_kernel = self.add_weight(name="key_kernel", shape=(key_shape[-1], self.hidden_dim))
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], self.hidden_dim))
        # As one column of a dense layer would be drawn: variance of the scores about 1 at the start.
        self.scale = self.add_weight(
            name="scale",
            shape=(self.hidden_dim,),
            initializer=keras.initializers.RandomNormal(stddev=self.hidden_dim**-0.5),
        )

    def prepare(self, key):
        return ops.matmul(key, ops.cast(self.key_kernel, self.compute_dtype))  # (B, S, hidden_dim)

    def compare(self, query, prepared_key):
        query = ops.matmul(query, ops.cast(self.query_kernel, self.compute_dtype))
        hidden = ops.tanh(query[:, :, None, :] + prepared_key[:, None, :, :])  # (B, T, S, hidden_dim)
        return ops.matmul(hidden, ops.cast(self.scale, self.compute_dtype))

    def get_config(self):
        return {**super().get_config(), "hidden_dim": self.hidden_dim}
