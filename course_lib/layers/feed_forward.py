"""The position-wise feed-forward network."""

import keras
from keras import ops

from course_lib.layers.initializers import fresh_initializer, initializer_config


@keras.saving.register_keras_serializable("course_lib")
class FeedForward(keras.layers.Layer):
    """Two dense layers with an activation between them, applied to every position alike.

    `outputs[b, t] = W_2 activation(W_1 inputs[b, t] + b_1) + b_2`

    Attention averages; this is the part of a block that bends. No position sees another here.

    Args:
        intermediate_dim: int, the size between the two; in the paper four times `D`.
        activation: name of an activation of Keras, "gelu" being the exact one; or "gelu_tanh".
        dropout: float, the share of activations that is dropped in training.
        kernel_initializer: what either kernel is drawn by.

    Call arguments:
        inputs: `(B, T, D)`.

    Returns:
        float tensor `(B, T, D)`.

    Weights: `expand` `(D, intermediate_dim)`, `contract` `(intermediate_dim, D)`, and their biases.

    Raises:
        ValueError: if `intermediate_dim` is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import FeedForward
        >>> network = FeedForward(intermediate_dim=8)
        >>> tuple(network(ops.ones((1, 5, 3))).shape), network.count_params()
        ((1, 5, 3), 59)

    In the paper: FFN(x) = max(0, xW_1 + b_1)W_2 + b_2, intermediate_dim = d_ff.
    Reference: Vaswani et al. (2017), section 3.3, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/07_the_block
    """

    def __init__(
        self,
        intermediate_dim,
        activation="relu",
        dropout=0.0,
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if intermediate_dim < 1:
            raise ValueError(
                f"`intermediate_dim` must be positive. Received: intermediate_dim={intermediate_dim}."
            )
        self.supports_masking = True
        self.intermediate_dim = intermediate_dim
        self.activation = activation
        self.dropout = dropout
        self.kernel_initializer = kernel_initializer
        self.expand = self.dense(intermediate_dim, activation=find_activation(activation), name="expand")
        self.drop = keras.layers.Dropout(dropout, dtype=self.dtype_policy)

    def dense(self, units, **settings):
        """A dense layer drawn and computed as the network's settings say."""
        initializer = fresh_initializer(self.kernel_initializer)
        return keras.layers.Dense(units, kernel_initializer=initializer, dtype=self.dtype_policy, **settings)

    def build(self, inputs_shape):
        self.contract = self.dense(inputs_shape[-1], name="contract")
        self.expand.build(inputs_shape)
        self.contract.build((*inputs_shape[:-1], self.intermediate_dim))

    def call(self, inputs, training=None):
        return self.contract(self.drop(self.expand(inputs), training=training))

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        return {
            **super().get_config(),
            "intermediate_dim": self.intermediate_dim,
            "activation": self.activation,
            "dropout": self.dropout,
            "kernel_initializer": initializer_config(self.kernel_initializer),
        }


def find_activation(name):
    """What a layer of Keras takes for the name of an activation of ours."""
    return gelu_tanh if name == "gelu_tanh" else name


def gelu_tanh(inputs):
    """The approximation of GELU by tanh that the first BERT was trained with.

    `x Φ(x) ≈ x (1 + tanh(sqrt(2 / π) (x + 0.044715 x³))) / 2`

    It is off by up to 5e-4: weights that were trained with one go with that one.

    Args:
        inputs: float tensor, any shape.

    Returns:
        float tensor, the shape of `inputs`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers.feed_forward import gelu_tanh
        >>> exact, approximate = ops.gelu(2.0, approximate=False), gelu_tanh(ops.array(2.0))
        >>> round(float(exact), 5), round(float(approximate), 5)
        (1.9545, 1.9546)

    Reference: Hendrycks and Gimpel (2016), https://arxiv.org/abs/1606.08415
    """
    return ops.gelu(inputs, approximate=True)
