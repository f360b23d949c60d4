"""A position-wise network, one half of which opens and closes the other."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("course_lib")
class GatedNetwork(keras.layers.Layer):
    """Two dense layers side by side, one of them a gate to the other, and a third that joins them.

    `silu(z) = z / (1 + exp(-z))`
    `outputs[b, t] = W_3 (silu(W_1 inputs[b, t] + b_1) · (W_2 inputs[b, t] + b_2)) + b_3`

    It has three matrices where `FeedForward` has two: with two thirds of its size inside it has as many
    weights.

    Args:
        intermediate_dim: int, the size inside.

    Call arguments:
        inputs: `(B, T, D)`.

    Returns:
        float tensor `(B, T, D)`.

    Weights: `gate` and `expand` `(D, intermediate_dim)`, `contract` `(intermediate_dim, D)`, and their
    biases.

    Raises:
        ValueError: if `intermediate_dim` is not positive.

    Example:
        >>> from keras import ops
        >>> from benchmarks.writers.gated_network import GatedNetwork
        >>> network = GatedNetwork(intermediate_dim=8)
        >>> tuple(network(ops.ones((1, 5, 3))).shape), network.count_params()
        ((1, 5, 3), 91)

    In the paper: FFN_SwiGLU(x) = (Swish_1(xW) · xV) W_2, without biases.
    Reference: Shazeer (2020), https://arxiv.org/abs/2002.05202
    """

    def __init__(self, intermediate_dim, **kwargs):
        super().__init__(**kwargs)
        if intermediate_dim < 1:
            raise ValueError(
                f"`intermediate_dim` must be positive. Received: intermediate_dim={intermediate_dim}."
            )
        self.intermediate_dim = intermediate_dim
        self.gate = keras.layers.Dense(intermediate_dim, "silu", dtype=self.dtype_policy, name="gate")
        self.expand = keras.layers.Dense(intermediate_dim, dtype=self.dtype_policy, name="expand")

    def build(self, inputs_shape):
        self.contract = keras.layers.Dense(inputs_shape[-1], dtype=self.dtype_policy, name="contract")
        self.gate.build(inputs_shape)
        self.expand.build(inputs_shape)
        self.contract.build((*inputs_shape[:-1], self.intermediate_dim))

    def call(self, inputs):
        return self.contract(ops.multiply(self.gate(inputs), self.expand(inputs)))

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        return {**super().get_config(), "intermediate_dim": self.intermediate_dim}
