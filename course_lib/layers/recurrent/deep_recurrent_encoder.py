"""A deep recurrent encoder: LSTMs on top of each other, the lowest in both directions."""

import keras

from course_lib.layers.masks import as_mask
from course_lib.layers.shapes import check_mask_shape

FIRST_RESIDUAL = 2  # counted from 0: the third layer, the first whose inputs are as wide as its outputs


@keras.saving.register_keras_serializable("course_lib")
class DeepRecurrentEncoder(keras.layers.Layer):
    """Reads a sequence with a stack of LSTMs.

    `x[1] = [LSTM_1(inputs); LSTM_1' backwards(inputs)]`
    `x[2] = LSTM_2(x[1])`
    `x[l] = LSTM_l(x[l-1]) + x[l-1]` from the third layer on

    Only the lowest layer reads in both directions: from there on every position knows the whole sequence,
    and the layers above need one direction. The residual connections lead gradients past a layer.

    Args:
        hidden_dim: int `D`, the size of every LSTM; the two of the first layer are joined.
        num_layers: int.
        residual: bool, whether there are residual connections.
        dropout: float, the share of the inputs of every layer that is dropped in training.

    Call arguments:
        inputs: `(B, S, E)`, embedded tokens.
        mask: bool `(B, S)`, `True` at real tokens; padding must stand at the end and changes nothing.

    Returns:
        outputs `(B, S, D)`; of one layer alone `(B, S, 2 D)`. Outputs at padding are meaningless and left
        for the attention mask to hide.

    Raises:
        ValueError: if a size is not positive, or the mask has a wrong shape or holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import DeepRecurrentEncoder
        >>> tuple(DeepRecurrentEncoder(hidden_dim=6, num_layers=4)(ops.ones((2, 5, 3))).shape)
        (2, 5, 6)

    In the paper: x[l] = x^l, whose value at source position t is x_t^l.
    Reference: Wu et al. (2016), sections 3.1 and 3.2, https://arxiv.org/abs/1609.08144
    """

    def __init__(self, hidden_dim, num_layers, residual=True, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        check_sizes(hidden_dim=hidden_dim, num_layers=num_layers)
        self.supports_masking = True
        self.hidden_dim = hidden_dim
        self.num_layers = num_layers
        self.residual = residual
        self.dropout = dropout
        of_layer = {"dtype": self.dtype_policy}
        self.first = keras.layers.Bidirectional(
            keras.layers.LSTM(hidden_dim, return_sequences=True, name="lstm", **of_layer),
            name="first",
            **of_layer,
        )
        self.upper = [
            keras.layers.LSTM(hidden_dim, return_sequences=True, name=f"upper_{index}", **of_layer)
            for index in range(1, num_layers)
        ]
        self.drops = [keras.layers.Dropout(dropout, **of_layer) for _ in range(num_layers)]

    def build(self, inputs_shape):
        self.first.build(inputs_shape)
        width = 2 * self.hidden_dim
        for layer in self.upper:
            layer.build((*inputs_shape[:-1], width))
            width = self.hidden_dim

    def call(self, inputs, mask=None, training=None):
        if mask is not None:
            mask = as_mask(mask)
            check_mask_shape("mask", mask.shape, inputs.shape[:2])
        outputs = self.first(self.drops[0](inputs, training=training), mask=mask, training=training)
        for index, layer in enumerate(self.upper, start=1):
            # Forwards, padding comes last: no real token sees it, mask or not.
            above = layer(self.drops[index](outputs, training=training), training=training)
            outputs = above + outputs if self.residual and index >= FIRST_RESIDUAL else above
        return outputs

    def compute_mask(self, inputs, mask=None):
        return None  # masks travel as arguments only

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape[:-1], self.hidden_dim * (2 if self.num_layers == 1 else 1))

    def get_config(self):
        return {
            **super().get_config(),
            "hidden_dim": self.hidden_dim,
            "num_layers": self.num_layers,
            "residual": self.residual,
            "dropout": self.dropout,
        }


def check_sizes(**sizes):
    """Refuses sizes below one."""
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
