"""The block that a Transformer's encoder is a stack of."""

import keras
from keras import ops

from course_lib.layers.transformer_block import TransformerBlock


@keras.saving.register_keras_serializable("course_lib")
class EncoderBlock(TransformerBlock):
    """Self-attention, then the position-wise network, each inside a residual connection.

    `attended = residual(self_attention)(inputs)`
    `outputs = residual(feed_forward)(attended)`

    Args:
        hidden_dim: int `D`, the width of the block.
        num_heads: int `N`, a divisor of `D`; every head is `D / N` wide.
        intermediate_dim: int, the size inside the feed-forward network.
        dropout: float, the share of every sublayer's outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        feed_forward_dropout: float, the same for activations inside the network.
        activation: name of the network's activation.
        norm_place: "pre" or "post", see `Residual`.
        epsilon: float, of both normalisations.
        kernel_initializer: what every kernel is drawn by.
        positions: a position scheme for the self-attention, or `None`.
        shared: dict of sublayers, "self_attention", "feed_forward" or both, of another block, that this block
            has instead of its own; they are the other's to save.

    Call arguments:
        inputs: `(B, T, D)`.
        padding_mask: bool `(B, T)`, `True` at real tokens; padding is not attended to. Outputs at padding
            are meaningless.
        attention_mask: bool `(B, T, T)` or `(B, N, T, T)`, `True` = may be attended to.
        use_causal_mask: if true, position `t` sees the positions `s <= t` only.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        outputs `(B, T, D)`, or the pair of them and the attention weights `(B, N, T, T)`.

    Raises:
        ValueError: if a setting is not known, or `hidden_dim` is not divisible by `num_heads`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import EncoderBlock
        >>> block = EncoderBlock(hidden_dim=4, num_heads=2, intermediate_dim=16)
        >>> outputs, weights = block(ops.ones((1, 5, 4)), return_attention_weights=True)
        >>> tuple(outputs.shape), tuple(weights.shape)
        ((1, 5, 4), (1, 2, 5, 5))

    In the paper: one of the 6 layers of the encoder; hidden_dim = d_model, intermediate_dim = d_ff.
    Reference: Vaswani et al. (2017), section 3.1, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/07_the_block
    """

    def __init__(self, hidden_dim, num_heads, intermediate_dim, **kwargs):
        super().__init__(hidden_dim, num_heads, intermediate_dim, **kwargs)
        self.self_attention = (kwargs.get("shared") or {}).get("self_attention")
        if self.self_attention is None:
            self.self_attention = self.attention_residual("self_attention", self.positions)

    def build(self, inputs_shape):
        if not self.self_attention.built:
            self.self_attention.build(inputs_shape, inputs_shape)
        if not self.feed_forward.built:
            self.feed_forward.build(inputs_shape)

    def call(
        self,
        inputs,
        padding_mask=None,
        attention_mask=None,
        use_causal_mask=False,
        return_attention_weights=False,
        training=None,
    ):
        query = self.self_attention.enter(inputs)
        attended = self.self_attention.layer(
            query,
            query,
            value_mask=padding_mask,
            attention_mask=attention_mask,
            use_causal_mask=use_causal_mask,
            return_attention_weights=return_attention_weights,
            training=training,
        )
        attended, weights = attended if return_attention_weights else (attended, None)
        attended = self.self_attention.leave(inputs, attended, training=training)
        outputs = self.feed_forward(attended, training=training)
        return (outputs, weights) if return_attention_weights else outputs

    def initial_state(self, batch_size, length):
        """The state before the first position of a causal reader, with room for `length` positions."""
        return self.self_attention.layer.empty_cache(batch_size, length)

    def step(self, inputs, state, position):
        """Reads one more position, as a call with a causal mask does.

        Args:
            inputs: `(B, 1, D)`, what stands at `position`.
            state: what `initial_state` or the step before returned.
            position: int or scalar int tensor, below the `length` that there is room for.

        Returns:
            the pair outputs `(B, 1, D)` and the next state.
        """
        inputs = ops.convert_to_tensor(inputs)
        query = self.self_attention.enter(inputs)
        attended, state = self.self_attention.layer.step(query, state, position)
        attended = self.self_attention.leave(inputs, attended)
        return self.feed_forward(attended), state

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape):
        return inputs_shape
