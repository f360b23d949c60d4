"""The head that says which tokens are not those of the text."""

import keras
from keras import ops

from course_lib.layers.feed_forward import find_activation
from course_lib.layers.initializers import fresh_initializer


@keras.saving.register_keras_serializable("course_lib")
class ReplacedTokenHead(keras.layers.Layer):
    """One number for every token: the higher, the more it looks replaced.

    `logits[b, t] = w · gelu(W sequence_output[b, t] + c) + b`
    `sigmoid(logits[b, t])` is the probability of "replaced"

    Args:
        initializer: what the kernels are drawn by.
        activation: name of the activation in between, that of the backbone's networks.

    Call arguments:
        sequence_output: `(B, T, D)`.

    Returns:
        logits `(B, T)`; meaningless at padding.

    Weights: `transform` `(D, D)`, `score` `(D, 1)`, and their biases.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.heads.replaced_token_head import ReplacedTokenHead
        >>> head = ReplacedTokenHead()
        >>> tuple(head(ops.ones((2, 5, 4))).shape), head.count_params()
        ((2, 5), 25)

    Reference: Clark et al. (2020), section 2, https://arxiv.org/abs/2003.10555; the transformation before the
    score is in the authors' code, not in the paper
    """

    def __init__(self, initializer="glorot_uniform", activation="gelu", **kwargs):
        super().__init__(**kwargs)
        self.initializer = initializer
        self.activation = activation

    def build(self, sequence_output_shape):
        width = sequence_output_shape[-1]
        self.transform = keras.layers.Dense(
            width,
            activation=find_activation(self.activation),
            kernel_initializer=fresh_initializer(self.initializer),
            dtype=self.dtype_policy,
            name="transform",
        )
        self.score = keras.layers.Dense(
            1,
            kernel_initializer=fresh_initializer(self.initializer),
            dtype=self.dtype_policy,
            name="score",
        )
        self.transform.build(sequence_output_shape)
        self.score.build(sequence_output_shape)

    def call(self, sequence_output):
        return ops.squeeze(self.score(self.transform(sequence_output)), axis=-1)

    def compute_output_shape(self, sequence_output_shape):
        return sequence_output_shape[:-1]

    def get_config(self):
        return {**super().get_config(), "initializer": self.initializer, "activation": self.activation}
