"""A bidirectional recurrent encoder."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.layers.shapes import check_mask_shape


@keras.saving.register_keras_serializable("course_lib")
class RecurrentEncoder(keras.layers.Layer):
    """Reads a sequence from both ends with two GRUs.

    `outputs[b, s] = [forward[b, s]; backward[b, s]]`, each of size `hidden_dim / 2`
    `summary[b] = tanh(W [forward[b, last]; backward[b, first]])`

    The summary is the one vector that a decoder without attention has to live on: the forward GRU after the
    last real token beside the backward GRU after the first.

    Args:
        hidden_dim: int, the size of an output; half of it for each direction.
        dropout: float, the share of the inputs that is dropped in training.

    Call arguments:
        inputs: `(B, S, E)`, embedded tokens.
        mask: bool `(B, S)`, `True` at real tokens; padding must stand at the end and changes nothing.

    Returns:
        the pair outputs `(B, S, hidden_dim)`, summary `(B, hidden_dim)`. Outputs at padding are
        meaningless and left for the attention mask to hide.

    Raises:
        ValueError: if `hidden_dim` is not positive and even, or the mask has a wrong shape or holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import RecurrentEncoder
        >>> outputs, summary = RecurrentEncoder(hidden_dim=6)(ops.ones((2, 5, 3)))
        >>> tuple(outputs.shape), tuple(summary.shape)
        ((2, 5, 6), (2, 6))

    Reference: Bahdanau et al. (2015), section 3.2, https://arxiv.org/abs/1409.0473
    Taught in: notebooks/02_sequence_to_sequence
    """

    def __init__(self, hidden_dim, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        if hidden_dim < 2 or hidden_dim % 2:
            raise ValueError(f"`hidden_dim` must be positive and even. Received: hidden_dim={hidden_dim}.")
        self.supports_masking = True
        self.hidden_dim = hidden_dim
        self.dropout = dropout
        of_layer = {"dtype": self.dtype_policy}
        self.input_dropout = keras.layers.Dropout(dropout, **of_layer)
        self.recurrent = keras.layers.Bidirectional(
            keras.layers.GRU(hidden_dim // 2, return_sequences=True, return_state=True, **of_layer),
            name="recurrent",
            **of_layer,
        )
        self.summarise = keras.layers.Dense(hidden_dim, activation="tanh", name="summarise", **of_layer)

    def build(self, inputs_shape):
        self.recurrent.build(inputs_shape)
        self.summarise.build((inputs_shape[0], self.hidden_dim))

    def call(self, inputs, mask=None, training=None):
        if mask is not None:
            mask = as_mask(mask)
            check_mask_shape("mask", mask.shape, inputs.shape[:2])
        inputs = self.input_dropout(inputs, training=training)
        outputs, forward, backward = self.recurrent(inputs, mask=mask, training=training)
        return outputs, self.summarise(ops.concatenate([forward, backward], axis=-1))

    def compute_mask(self, inputs, mask=None):
        return None  # masks travel as arguments only

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape[:-1], self.hidden_dim), (inputs_shape[0], self.hidden_dim)

    def get_config(self):
        return {**super().get_config(), "hidden_dim": self.hidden_dim, "dropout": self.dropout}
