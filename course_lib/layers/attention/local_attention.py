"""Local attention: look only near a predicted position."""

import keras
from keras import ops

from course_lib.layers.attention.attention import Attention, broadcast_attention_mask
from course_lib.layers.masks import masked_softmax


@keras.saving.register_keras_serializable("course_lib")
class LocalAttention(Attention):
    """Attention inside a window around a source position that the query predicts (Luong's "local-p").

    `p[b, t] = length[b] · sigmoid(vᵀ tanh(W query[b, t]))`
    `weights[b, t, s] = masked_softmax(scores inside |s - p| <= window) · exp(-(s - p)² / (2 σ²))`,
    with `σ = window / 2` and `length[b]` the number of keys that are not masked.

    The bell makes `p` learnable: the window alone has no gradient. As in the paper, the weights are not
    normalised again after the bell, so they sum to one at most.

    Args:
        score: an `AttentionScore`.
        window: half the width of the window, in source positions.
        hidden_dim: int, the size of the network that predicts the position.

    Call arguments, returns: as `Attention`.

    Raises:
        ValueError: if `window` or `hidden_dim` is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import DotScore, LocalAttention
        >>> attention = LocalAttention(DotScore(), window=2, hidden_dim=4)
        >>> _, weights = attention(
        ...     query=ops.zeros((1, 1, 3)), value=ops.ones((1, 11, 3)), return_attention_weights=True
        ... )  # a query of zeros predicts the middle: position 5.5
        >>> (ops.convert_to_numpy(weights)[0, 0] > 0).astype(int).tolist()
        [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]

    Reference: Luong et al. (2015), section 3.2, https://arxiv.org/abs/1508.04025
    Taught in: notebooks/03_attention
    """

    def __init__(self, score, window, hidden_dim, **kwargs):
        super().__init__(score, **kwargs)
        if window <= 0 or hidden_dim < 1:
            raise ValueError(
                "`window` and `hidden_dim` must be positive. "
                f"Received: window={window}, hidden_dim={hidden_dim}."
            )
        self.window = window
        self.hidden_dim = hidden_dim

    def build(self, query_shape, value_shape, key_shape=None):
        super().build(query_shape, value_shape, key_shape)
        self.position_kernel = self.add_weight(
            name="position_kernel", shape=(query_shape[-1], self.hidden_dim)
        )
        self.position_scale = self.add_weight(name="position_scale", shape=(self.hidden_dim, 1))

    def weigh(self, scores, query, mask=None):
        # Counted in float32: half precision cannot tell 257 from 256.
        positions = ops.cast(ops.arange(ops.shape(scores)[-1]), "float32")  # (S,)
        mask = broadcast_attention_mask(mask, scores)
        kept = ops.cast(ops.ones_like(scores) if mask is None else mask, "float32")
        length = ops.sum(kept, axis=-1, keepdims=True)
        hidden = ops.tanh(ops.matmul(query, ops.cast(self.position_kernel, query.dtype)))
        share = ops.sigmoid(ops.matmul(hidden, ops.cast(self.position_scale, query.dtype)))
        center = length * ops.cast(share, "float32")  # (B, T, 1)
        distance = positions - center  # (B, T, S)
        inside = ops.logical_and(ops.abs(distance) <= self.window, ops.cast(kept, "bool"))
        deviation = self.window / 2
        bell = ops.exp(-ops.square(distance) / (2 * deviation**2))
        return masked_softmax(scores, inside) * ops.cast(bell, scores.dtype)

    def get_config(self):
        return {**super().get_config(), "window": self.window, "hidden_dim": self.hidden_dim}
