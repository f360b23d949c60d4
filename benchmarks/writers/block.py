"""The block of a writer."""

import keras

from course_lib.layers import Residual

EPSILON = 1e-5


class WriterBlock(keras.layers.Layer):
    """Causal self-attention, then a position-wise network, each inside a residual connection.

    `attended = residual(attention)(inputs)`
    `outputs = residual(network)(attended)`

    Args:
        attention: a `MultiHeadAttention`.
        network: a layer from `(B, T, D)` to the same.
        norm_place: "pre" or "post", see `Residual`.
        make_norm: makes a normalisation.

    Call arguments:
        inputs: `(B, T, D)`.

    Returns:
        `(B, T, D)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import FeedForward, MultiHeadAttention
        >>> parts = MultiHeadAttention(num_heads=2, key_dim=3), FeedForward(intermediate_dim=8)
        >>> block = WriterBlock(*parts, norm_place="pre", make_norm=layer_norm)
        >>> tuple(block(ops.ones((1, 5, 6))).shape)
        (1, 5, 6)
    """

    def __init__(self, attention, network, norm_place, make_norm, **kwargs):
        super().__init__(**kwargs)
        self.attention = Residual(attention, norm_place)
        self.network = Residual(network, norm_place)
        for residual in (self.attention, self.network):
            residual.norm = make_norm()

    def build(self, inputs_shape):
        self.attention.build(inputs_shape, inputs_shape)
        self.network.build(inputs_shape)

    def call(self, inputs):
        query = self.attention.enter(inputs)
        attended = self.attention.layer(query, query, use_causal_mask=True)
        return self.network(self.attention.leave(inputs, attended))

    def step(self, inputs, cache, position):
        """One more position, `(B, 1, D)`: its outputs, and the keys and values so far."""
        attended, cache = self.attention.layer.step(self.attention.enter(inputs), cache, position)
        return self.network(self.attention.leave(inputs, attended)), cache

    def compute_output_shape(self, inputs_shape):
        return inputs_shape


def layer_norm():
    """The normalisation of chapter 7."""
    return keras.layers.LayerNormalization(epsilon=EPSILON)


def root_mean_square_norm():
    """Without a mean that is taken away, and without a bias: `scale · x / sqrt(mean(x²) + ε)`.

    Reference: Zhang and Sennrich (2019), https://arxiv.org/abs/1910.07467
    """
    return keras.layers.RMSNormalization(epsilon=EPSILON)
