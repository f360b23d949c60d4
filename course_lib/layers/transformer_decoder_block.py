"""The block that a Transformer's decoder is a stack of."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.layers.shapes import check_mask_shape
from course_lib.layers.transformer_block import TransformerBlock


@keras.saving.register_keras_serializable("course_lib")
class DecoderBlock(TransformerBlock):
    """Causal self-attention, attention over the encoder's outputs, then the position-wise network.

    `attended = residual(causal_attention)(inputs)`
    `informed = residual(cross_attention)(attended, memory)`
    `outputs = residual(feed_forward)(informed)`

    Args:
        hidden_dim: int `D`, the width of the block.
        num_heads: int `N`, a divisor of `D`; every head is `D / N` wide.
        intermediate_dim: int, the size inside the feed-forward network.
        dropout: float, the share of every sublayer's outputs that is dropped in training.
        attention_dropout: float, the same for attention weights, of both attentions.
        feed_forward_dropout: float, the same for activations inside the network.
        activation: name of the network's activation.
        norm_place: "pre" or "post", see `Residual`.
        epsilon: float, of all three normalisations.
        kernel_initializer: what every kernel is drawn by.
        positions: a position scheme for the causal self-attention, or `None`.

    Call arguments:
        inputs: `(B, T, D)`, the target, shifted right.
        memory: `(B, S, Dm)`, the encoder's outputs.
        padding_mask: bool `(B, T)`, `True` at real target tokens. Padding behind a sentence needs no mask:
            what stands behind is not seen anyway.
        memory_mask: bool `(B, S)`, `True` at real source tokens.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        outputs `(B, T, D)`, or the triple of them, the causal attention weights `(B, N, T, T)` and the cross
        attention weights `(B, N, T, S)`.

    One position after the other: `initial_state` prepares a state for the memory, `step` reads one position.
    The state is a key/value cache: keys and values of the positions read before ("self_attention_cache") and
    of the memory ("cross_attention_cache"). All its shapes are static.

    Raises:
        ValueError: if a setting is not known, or `hidden_dim` is not divisible by `num_heads`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import DecoderBlock
        >>> block = DecoderBlock(hidden_dim=4, num_heads=2, intermediate_dim=16)
        >>> inputs, memory = ops.ones((1, 5, 4)), ops.ones((1, 7, 6))
        >>> outputs, causal, cross = block(inputs, memory, return_attention_weights=True)
        >>> tuple(outputs.shape), tuple(causal.shape), tuple(cross.shape)
        ((1, 5, 4), (1, 2, 5, 5), (1, 2, 5, 7))
        >>> output, state = block.step(inputs[:, :1], block.initial_state(memory, length=5), position=0)
        >>> bool(ops.all(ops.abs(output - outputs[:, :1]) < 1e-5))
        True

    In the paper: one of the 6 layers of the decoder; hidden_dim = d_model, intermediate_dim = d_ff.
    Reference: Vaswani et al. (2017), section 3.1, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/08_the_transformer
    """

    def __init__(self, hidden_dim, num_heads, intermediate_dim, **kwargs):
        super().__init__(hidden_dim, num_heads, intermediate_dim, **kwargs)
        self.causal_attention = self.attention_residual("causal_attention", self.positions)
        self.cross_attention = self.attention_residual("cross_attention")

    def build(self, inputs_shape, memory_shape):
        self.causal_attention.build(inputs_shape, inputs_shape)
        self.cross_attention.build(inputs_shape, memory_shape)
        self.feed_forward.build(inputs_shape)

    def call(
        self,
        inputs,
        memory,
        padding_mask=None,
        memory_mask=None,
        return_attention_weights=False,
        training=None,
    ):
        common = {"return_attention_weights": return_attention_weights, "training": training}
        query = self.causal_attention.enter(inputs)
        attended = self.causal_attention.layer(
            query, query, value_mask=padding_mask, use_causal_mask=True, **common
        )
        attended, causal_weights = attended if return_attention_weights else (attended, None)
        attended = self.causal_attention.leave(inputs, attended, training=training)
        query = self.cross_attention.enter(attended)
        informed = self.cross_attention.layer(query, memory, value_mask=memory_mask, **common)
        informed, cross_weights = informed if return_attention_weights else (informed, None)
        informed = self.cross_attention.leave(attended, informed, training=training)
        outputs = self.feed_forward(informed, training=training)
        return (outputs, causal_weights, cross_weights) if return_attention_weights else outputs

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape, memory_shape):
        return inputs_shape

    def initial_state(self, memory, length):
        """The state before the first position, with room for `length` positions."""
        return {
            "self_attention_cache": self.causal_attention.layer.empty_cache(ops.shape(memory)[0], length),
            "cross_attention_cache": self.cross_attention.layer.prepare(memory),
        }

    def step(self, inputs, state, position, memory_mask=None):
        """Reads one more position.

        Args:
            inputs: `(B, 1, D)`, what stands at `position`.
            state: what `initial_state` or the step before returned.
            position: int or scalar int tensor, below the `length` that there is room for.
            memory_mask: as in a call.

        Returns:
            the pair outputs `(B, 1, D)`, as a call on all positions so far gives at the last one, and the
            next state.
        """
        inputs = ops.convert_to_tensor(inputs)
        query = self.causal_attention.enter(inputs)
        attended, cache = self.causal_attention.layer.step(query, state["self_attention_cache"], position)
        attended = self.causal_attention.leave(inputs, attended)
        keys = state["cross_attention_cache"][0]  # (B, N, S, K)
        mask = None
        if memory_mask is not None:
            mask = as_mask(memory_mask)
            check_mask_shape("memory_mask", mask.shape, (keys.shape[0], keys.shape[2]))
            mask = mask[:, None, None, :]
        query = self.cross_attention.enter(attended)
        informed = self.cross_attention.layer.attend(query, state["cross_attention_cache"], mask)
        informed = self.cross_attention.leave(attended, informed)
        return self.feed_forward(informed), {**state, "self_attention_cache": cache}
