"""A convolutional encoder."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.layers.shapes import check_mask_shape


@keras.saving.register_keras_serializable("course_lib")
class ConvolutionalEncoder(keras.layers.Layer):
    """Reads a sequence through windows: a stack of gated convolutions, each in a residual connection.

    `[candidates[b, s]; gates[b, s]] = sum_o kernel[o] states[b, s + (o - c) rate] + bias`, with
    `c = kernel_size // 2`
    `states[b, s] += candidates[b, s] · sigmoid(gates[b, s])`
    `summary[b] = tanh(W mean_s states[b, s])`, over real tokens

    The interface is that of `RecurrentEncoder`. All positions of a layer are computed at once, but each sees
    its neighbours only: with rates of 1 every layer adds `(kernel_size - 1) / 2` positions to either side of
    what a position sees. With the rates 1, k, k², … for windows of k, that reach grows exponentially.

    Args:
        hidden_dim: int, the size of an output.
        kernel_size: int, odd: how many positions a window holds.
        dilation_rates: one int a layer: the distance between neighbours in its window.
        dropout: float, the share of the inputs that is dropped in training.

    Call arguments:
        inputs: `(B, S, E)`, embedded tokens.
        mask: bool `(B, S)`, `True` at real tokens; padding changes nothing.

    Returns:
        the pair outputs `(B, S, hidden_dim)`, summary `(B, hidden_dim)`. Outputs at padding are zero.

    Weights: `project` `(E, hidden_dim)`, and for each layer `window_<index>` `(kernel_size, hidden_dim,
    2 hidden_dim)`, then `summarise`; with their biases.

    Raises:
        ValueError: if a size is not positive, `kernel_size` is even, there is no layer, or the mask has a
            wrong shape or holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import ConvolutionalEncoder
        >>> outputs, summary = ConvolutionalEncoder(hidden_dim=6, dilation_rates=(1, 3))(ops.ones((2, 5, 4)))
        >>> tuple(outputs.shape), tuple(summary.shape)
        ((2, 5, 6), (2, 6))

    Reference: Gehring et al. (2017), section 3.2, https://arxiv.org/abs/1705.03122, on gated convolutions as
    an encoder; Kalchbrenner et al. (2016), https://arxiv.org/abs/1610.10099, on dilated ones.
    Taught in: notebooks/04_queries_keys_values
    """

    def __init__(self, hidden_dim, kernel_size=3, dilation_rates=(1,), dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        if hidden_dim < 1:
            raise ValueError(f"`hidden_dim` must be positive. Received: hidden_dim={hidden_dim}.")
        if kernel_size < 1 or kernel_size % 2 == 0:
            raise ValueError(f"`kernel_size` must be positive and odd. Received: kernel_size={kernel_size}.")
        dilation_rates = tuple(dilation_rates)
        if not dilation_rates or min(dilation_rates) < 1:
            raise ValueError(
                "`dilation_rates` must be one positive int for each layer, and one layer at least. "
                f"Received: dilation_rates={dilation_rates}."
            )
        self.supports_masking = True
        self.hidden_dim = hidden_dim
        self.kernel_size = kernel_size
        self.dilation_rates = dilation_rates
        self.dropout = dropout
        of_layer = {"dtype": self.dtype_policy}
        self.input_dropout = keras.layers.Dropout(dropout, **of_layer)
        self.project = keras.layers.Dense(hidden_dim, name="project", **of_layer)
        self.windows = [
            keras.layers.Conv1D(
                2 * hidden_dim,
                kernel_size,
                padding="same",
                dilation_rate=rate,
                name=f"window_{index}",
                **of_layer,
            )
            for index, rate in enumerate(dilation_rates)
        ]
        self.summarise = keras.layers.Dense(hidden_dim, activation="tanh", name="summarise", **of_layer)

    def build(self, inputs_shape):
        self.project.build(inputs_shape)
        states_shape = (*inputs_shape[:-1], self.hidden_dim)
        for window in self.windows:
            window.build(states_shape)
        self.summarise.build((inputs_shape[0], self.hidden_dim))

    def call(self, inputs, mask=None, training=None):
        states = self.project(self.input_dropout(inputs, training=training))
        kept = ops.ones_like(states[..., :1])
        if mask is not None:
            mask = as_mask(mask)
            check_mask_shape("mask", mask.shape, inputs.shape[:2])
            kept = ops.cast(mask, states.dtype)[..., None]
        states = states * kept  # (B, S, D): windows see zeros at padding, as they do beyond the ends
        for window in self.windows:
            candidates, gates = ops.split(window(states), 2, axis=-1)  # (B, S, D) each
            states = (states + candidates * ops.sigmoid(gates)) * kept
        mean = ops.sum(states, axis=1) / ops.maximum(ops.sum(kept, axis=1), 1)  # (B, D)
        return states, self.summarise(mean)

    def compute_mask(self, inputs, mask=None):
        return None  # masks travel as arguments only

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape[:-1], self.hidden_dim), (inputs_shape[0], self.hidden_dim)

    def get_config(self):
        return {
            **super().get_config(),
            "hidden_dim": self.hidden_dim,
            "kernel_size": self.kernel_size,
            "dilation_rates": self.dilation_rates,
            "dropout": self.dropout,
        }
