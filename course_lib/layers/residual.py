"""A layer with a residual connection around it, and a normalisation before or after."""

import keras
from keras import ops

NORM_PLACES = ("pre", "post")


@keras.saving.register_keras_serializable("course_lib")
class Residual(keras.layers.Layer):
    """Adds what a layer says to what it was told, and normalises on one side: "add and norm".

    "pre" (pre-norm):   `outputs = inputs + dropout(layer(norm(inputs)))`
    "post" (post-norm): `outputs = norm(inputs + dropout(layer(inputs)))`

    With pre-norm a path without any normalisation runs from the last block to the first: gradients reach
    every depth at full size, but the sums grow, so that a stack needs one more normalisation at its end. The
    paper has post-norm.

    Args:
        layer: a layer whose outputs have the shape of its inputs. It computes in the precision that it was
            made for; what it says is added in that of the residual.
        norm_place: "pre" or "post".
        dropout: float, the share of the layer's outputs that is dropped in training.
        epsilon: float, added to the variance before the normalisation divides by its root.

    Call arguments:
        inputs: `(B, T, D)`.

    Returns:
        float tensor `(B, T, D)`.

    Layers that need more than inputs, such as attention over a memory, are run between `enter` and `leave`.

    Raises:
        ValueError: if `norm_place` is neither.

    Example:
        >>> import keras
        >>> from keras import ops
        >>> from course_lib.layers import Residual
        >>> double = keras.layers.Dense(2, kernel_initializer=lambda shape, dtype: 2 * ops.eye(2))
        >>> outputs = Residual(double, norm_place="pre")(ops.array([[[5.0, 3.0]]]))
        >>> ops.convert_to_numpy(outputs).round().tolist()  # norm gives 1, -1
        [[[7.0, 1.0]]]

    In the paper: LayerNorm(x + Sublayer(x)).
    Reference: Vaswani et al. (2017), section 3.1, https://arxiv.org/abs/1706.03762 ("post"); Xiong et al.
    (2020), https://arxiv.org/abs/2002.04745 ("pre")
    Taught in: notebooks/07_the_block
    """

    def __init__(self, layer, norm_place="pre", dropout=0.0, epsilon=1e-5, **kwargs):
        super().__init__(**kwargs)
        check_norm_place(norm_place)
        self.supports_masking = True
        self.layer = layer
        self.norm_place = norm_place
        self.dropout = dropout
        self.epsilon = epsilon
        self.norm = keras.layers.LayerNormalization(epsilon=epsilon, dtype=self.dtype_policy, name="norm")
        self.drop = keras.layers.Dropout(dropout, dtype=self.dtype_policy)

    def build(self, inputs_shape, *more_shapes):
        """Builds the layer too; `more_shapes` are those of what else it is called on, such as a memory."""
        if not self.layer.built:
            self.layer.build(inputs_shape, *more_shapes)
        self.norm.build(inputs_shape)

    def enter(self, inputs):
        """What the layer is given."""
        return self.norm(inputs) if self.norm_place == "pre" else inputs

    def leave(self, inputs, outputs, training=None):
        """The outputs of the whole, from its inputs and the layer's outputs."""
        inputs, outputs = (ops.cast(tensor, self.compute_dtype) for tensor in (inputs, outputs))
        outputs = inputs + self.drop(outputs, training=training)
        return outputs if self.norm_place == "pre" else self.norm(outputs)

    def call(self, inputs, training=None):
        return self.leave(inputs, self.layer(self.enter(inputs), training=training), training=training)

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        return {
            **super().get_config(),
            "layer": keras.saving.serialize_keras_object(self.layer),
            "norm_place": self.norm_place,
            "dropout": self.dropout,
            "epsilon": self.epsilon,
        }

    @classmethod
    def from_config(cls, config):
        return cls(**{**config, "layer": keras.saving.deserialize_keras_object(config["layer"])})


def check_norm_place(norm_place):
    """Refuses a place for the normalisation that does not exist."""
    if norm_place not in NORM_PLACES:
        raise ValueError(f"`norm_place` must be one of {NORM_PLACES}. Received: norm_place={norm_place!r}.")
