"""The stack of blocks that reads a sequence."""

import keras

from course_lib.layers.transformer_encoder_block import EncoderBlock

POSITION_PLACES = ("once", "every_layer")
SHARED = {  # what all blocks of a stack have in common
    "none": (),
    "attention": ("self_attention",),
    "network": ("feed_forward",),
    "all": ("self_attention", "feed_forward"),
}


@keras.saving.register_keras_serializable("course_lib")
class TransformerEncoder(keras.layers.Layer):
    """A stack of encoder blocks over embedded tokens, with positions at its entrance or in every block.

    `states[0] = dropout(positions(inputs))`
    `states[i] = block[i](states[i-1])`
    `outputs = norm(states[num_layers])` with pre-norm, `states[num_layers]` with post-norm

    Args:
        num_layers: int, how many blocks.
        hidden_dim: int `D`, the width of every block.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        positions: a position scheme, or `None` where order means nothing or the inputs tell it already.
        position_place: "once", at the entrance (relative positions: on the first block's scores), or
            "every_layer", in each self-attention.
        sharing: what all blocks have in common: "none", "attention", "network" or "all"; each sublayer with
            the normalisation beside it. Sharing saves parameters, and no time.
        **settings: of every block, as `EncoderBlock` takes them: `dropout` (which acts at the entrance too),
            `attention_dropout`, `feed_forward_dropout`, `activation`, `norm_place`, `epsilon` (the last
            normalisation's too) and `kernel_initializer`. Or what any layer takes, such as `dtype`.

    Call arguments:
        inputs: `(B, T, D)`, embedded tokens.
        padding_mask: bool `(B, T)`, `True` at real tokens; padding is not attended to. Outputs at padding
            are meaningless.
        attention_mask: bool `(B, T, T)` or `(B, N, T, T)`, `True` = may be attended to.
        use_causal_mask: if true, position `t` sees the positions `s <= t` only.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        outputs `(B, T, D)`, or the pair of them and a list of attention weights `(B, N, T, T)`, one a block.

    Raises:
        ValueError: if a size is not positive, a setting is not known, or `hidden_dim` is not divisible by
            `num_heads`.

    Example: two blocks set as BERT's are

    >>> import keras
    >>> from keras import ops
    >>> from course_lib.layers import TransformerEncoder
    >>> encoder = TransformerEncoder(
    ...     num_layers=2, hidden_dim=4, num_heads=2, intermediate_dim=16, norm_place="post",
    ...     activation="gelu", epsilon=1e-12,
    ...     kernel_initializer=keras.initializers.TruncatedNormal(stddev=0.02),
    ... )
    >>> outputs, weights = encoder(ops.ones((1, 5, 4)), return_attention_weights=True)
    >>> tuple(outputs.shape), [tuple(layer.shape) for layer in weights]
    ((1, 5, 4), [(1, 2, 5, 5), (1, 2, 5, 5)])

    In the papers: num_layers = N (Vaswani et al.) or L (Devlin et al.), hidden_dim = d_model or H, num_heads
    = h or A.
    Reference: Vaswani et al. (2017), section 3.1, https://arxiv.org/abs/1706.03762; Devlin et al. (2019),
    https://arxiv.org/abs/1810.04805
    Taught in: notebooks/07_the_block and notebooks/08_the_transformer
    """

    def __init__(
        self,
        num_layers,
        hidden_dim,
        num_heads,
        intermediate_dim,
        positions=None,
        position_place="once",
        sharing="none",
        **settings,
    ):
        of_layers = {key: settings.pop(key) for key in ("name", "dtype", "trainable") if key in settings}
        super().__init__(**of_layers)
        if num_layers < 1:
            raise ValueError(f"`num_layers` must be positive. Received: num_layers={num_layers}.")
        if position_place not in POSITION_PLACES:
            raise ValueError(
                f"`position_place` must be one of {POSITION_PLACES}. "
                f"Received: position_place={position_place!r}."
            )
        if sharing not in SHARED:
            raise ValueError(f"`sharing` must be one of {tuple(SHARED)}. Received: sharing={sharing!r}.")
        if on_first_scores(positions, position_place) and "self_attention" in SHARED[sharing]:
            raise ValueError(
                "Positions on the scores of the first block alone need an attention of its own there. "
                f"Received: sharing={sharing!r}, positions={positions.name!r}, position_place='once'."
            )
        self.supports_masking = True
        self.num_layers = num_layers
        self.sharing = sharing
        self.positions = positions
        self.position_place = position_place
        self.drop = keras.layers.Dropout(settings.get("dropout", 0.0), dtype=self.dtype_policy)
        blocks = []
        for index in range(num_layers):
            block = EncoderBlock(
                hidden_dim,
                num_heads,
                intermediate_dim,
                positions=block_positions(positions, position_place, index),
                shared={name: getattr(blocks[0], name) for name in SHARED[sharing]} if blocks else None,
                dtype=self.dtype_policy,
                name=f"block_{index}",
                **settings,
            )
            blocks.append(block)
        self.blocks = blocks
        self.settings = self.blocks[0].settings
        self.norm = None
        if self.settings["norm_place"] == "pre":
            epsilon = self.settings["epsilon"]
            self.norm = keras.layers.LayerNormalization(epsilon=epsilon, dtype=self.dtype_policy, name="norm")

    def build(self, inputs_shape):
        if at_entrance(self.positions, self.position_place) and not self.positions.built:
            self.positions.build(inputs_shape)
        for block in self.blocks:
            block.build(inputs_shape)
        if self.norm is not None:
            self.norm.build(inputs_shape)

    def call(
        self,
        inputs,
        padding_mask=None,
        attention_mask=None,
        use_causal_mask=False,
        return_attention_weights=False,
        training=None,
    ):
        if at_entrance(self.positions, self.position_place):
            inputs = self.positions(inputs)
        outputs = self.drop(inputs, training=training)
        weights = []
        for block in self.blocks:
            outputs = block(
                outputs,
                padding_mask=padding_mask,
                attention_mask=attention_mask,
                use_causal_mask=use_causal_mask,
                return_attention_weights=return_attention_weights,
                training=training,
            )
            if return_attention_weights:
                outputs, block_weights = outputs
                weights.append(block_weights)
        outputs = outputs if self.norm is None else self.norm(outputs)
        return (outputs, weights) if return_attention_weights else outputs

    def compute_mask(self, inputs, previous_mask):
        return None  # masks travel as arguments only

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        return {
            **super().get_config(),
            "num_layers": self.num_layers,
            "positions": self.positions and keras.saving.serialize_keras_object(self.positions),
            "position_place": self.position_place,
            "sharing": self.sharing,
            **self.settings,
        }

    @classmethod
    def from_config(cls, config):
        positions = config["positions"] and keras.saving.deserialize_keras_object(config["positions"])
        return cls(**{**config, "positions": positions})


def at_entrance(positions, place):
    """Whether a scheme is put into what a stack is called on: it comes once, and does not act on scores."""
    return positions is not None and place == "once" and positions.acts_on != "scores"


def on_first_scores(positions, place):
    """Whether a scheme acts on the scores of the first block, and on no other's."""
    return positions is not None and place == "once" and positions.acts_on == "scores"


def block_positions(positions, place, index):
    """The scheme for the self-attention of one block of a stack, or `None`."""
    if at_entrance(positions, place) or (place == "once" and index > 0):
        return None
    return positions
