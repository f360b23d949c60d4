"""The head that says which words stood under the masks."""

import keras
from keras import ops

from course_lib.layers.feed_forward import find_activation
from course_lib.layers.initializers import fresh_initializer


@keras.saving.register_keras_serializable("course_lib")
class MaskedWordHead(keras.layers.Layer):
    """Scores for every word of the vocabulary, at chosen positions, by the table of token vectors itself.

    `hidden = norm(gelu(W sequence_output[b, positions[b, m]] + c))`
    `logits[b, m, v] = hidden · embeddings[v] + bias[v]`

    The table is the one the tokens were read with ("tied"): it is given at each call and is no weight of the
    head. Only chosen positions are gathered: the product with the whole vocabulary is by far the largest.

    Args:
        vocabulary_size: int `V`.
        initializer: what the kernel of the transformation is drawn by.
        epsilon: float, of the normalisation.
        activation: name of the activation of the transformation, that of the backbone's networks.

    Call arguments:
        sequence_output: `(B, T, D)`.
        embeddings: `(V, D)`, the table of token vectors.
        positions: ints `(B, M)`, where to predict; everywhere if not given.

    Returns:
        logits `(B, M, V)`, or `(B, T, V)` for every position.

    Weights: `transform` `(D, D)` and its bias, the normalisation's, and `bias` `(V,)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.heads.masked_word_head import MaskedWordHead
        >>> head = MaskedWordHead(vocabulary_size=11)
        >>> tuple(head(ops.ones((1, 5, 4)), ops.ones((11, 4)), ops.array([[1, 3]])).shape)
        (1, 2, 11)

    Reference: Devlin et al. (2019), section 3.1, https://arxiv.org/abs/1810.04805; the transformation before
    the product is in the authors' code, not in the paper
    """

    def __init__(
        self, vocabulary_size, initializer="glorot_uniform", epsilon=1e-12, activation="gelu", **kwargs
    ):
        super().__init__(**kwargs)
        self.vocabulary_size = vocabulary_size
        self.initializer = initializer
        self.epsilon = epsilon
        self.activation = activation
        self.norm = keras.layers.LayerNormalization(epsilon=epsilon, dtype=self.dtype_policy, name="norm")

    def build(self, sequence_output_shape, embeddings_shape, positions_shape=None):
        width = sequence_output_shape[-1]
        self.transform = keras.layers.Dense(
            embeddings_shape[-1],
            activation=find_activation(self.activation),
            kernel_initializer=fresh_initializer(self.initializer),
            dtype=self.dtype_policy,
            name="transform",
        )
        self.transform.build((None, width))
        self.norm.build((None, embeddings_shape[-1]))
        self.bias = self.add_weight(name="bias", shape=(self.vocabulary_size,), initializer="zeros")

    def call(self, sequence_output, embeddings, positions=None):
        if positions is not None:
            sequence_output = gather_positions(sequence_output, positions)
        hidden = self.norm(self.transform(sequence_output))
        embeddings = ops.cast(embeddings, hidden.dtype)
        return ops.matmul(hidden, ops.transpose(embeddings)) + ops.cast(self.bias, hidden.dtype)

    def compute_output_shape(self, sequence_output_shape, embeddings_shape, positions_shape=None):
        return (*(positions_shape or sequence_output_shape[:2]), self.vocabulary_size)

    def get_config(self):
        return {
            **super().get_config(),
            "vocabulary_size": self.vocabulary_size,
            "initializer": self.initializer,
            "epsilon": self.epsilon,
            "activation": self.activation,
        }


def gather_positions(sequence_output, positions):
    """The vectors at chosen positions of each sequence.

    `gathered[b, m] = sequence_output[b, positions[b, m]]`

    Args:
        sequence_output: `(B, T, D)`.
        positions: ints `(B, M)`, each below `T`.

    Returns:
        `(B, M, D)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.heads.masked_word_head import gather_positions
        >>> gathered = gather_positions(ops.reshape(ops.arange(6), (1, 3, 2)), ops.array([[2, 0]]))
        >>> ops.convert_to_numpy(gathered).tolist()
        [[[4, 5], [0, 1]]]
    """
    return ops.take_along_axis(sequence_output, ops.expand_dims(positions, -1), axis=1)
