"""One representation from those of all layers."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("course_lib")
class ScalarMix(keras.layers.Layer):
    """A weighted mean of layers, weights and size learned by whoever uses it.

    `outputs = scale sum_j softmax(weights)[j] layers[j]`

    Args:
        num_layers: int, how many layers there are.

    Call arguments:
        layers: list of `num_layers` tensors of one shape.

    Returns:
        a tensor of that shape.

    Weights: `weights` `(num_layers,)`, zeros at first: all layers alike; `scale`, 1 at first.

    Raises:
        ValueError: if `num_layers` is not positive, or another number of layers comes.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import ScalarMix
        >>> mixed = ScalarMix(num_layers=2)([ops.array([[1.0, 3.0]]), ops.array([[5.0, 5.0]])])
        >>> ops.convert_to_numpy(mixed).tolist()
        [[3.0, 4.0]]

    In the paper: weights = w, softmax(weights) = s, scale = γ.
    Reference: Peters et al. (2018), section 3.2, https://arxiv.org/abs/1802.05365
    Taught in: notebooks/11_fine_tuning_sentences
    """

    def __init__(self, num_layers, **kwargs):
        super().__init__(**kwargs)
        if num_layers < 1:
            raise ValueError(f"`num_layers` must be positive. Received: num_layers={num_layers}.")
        self.num_layers = num_layers

    def build(self, layers_shape):
        self.layer_weights = self.add_weight(name="weights", shape=(self.num_layers,), initializer="zeros")
        self.scale = self.add_weight(name="scale", shape=(), initializer="ones")

    def call(self, layers):
        if len(layers) != self.num_layers:
            raise ValueError(f"Expected {self.num_layers} layers. Received: {len(layers)}.")
        shares = ops.softmax(ops.cast(self.layer_weights, "float32"))
        mixed = sum(ops.cast(shares[j], layer.dtype) * layer for j, layer in enumerate(layers))
        return ops.cast(self.scale, mixed.dtype) * mixed

    def compute_output_shape(self, layers_shape):
        return tuple(layers_shape[0])

    def get_config(self):
        return {**super().get_config(), "num_layers": self.num_layers}
