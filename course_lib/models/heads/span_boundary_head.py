"""The head that says what stood in a hidden span, from what stands on either side of it."""

import keras
from keras import ops

from course_lib.layers.feed_forward import find_activation
from course_lib.layers.initializers import fresh_initializer
from course_lib.models.heads.masked_word_head import gather_positions
from course_lib.models.token_ids import embed_tokens


@keras.saving.register_keras_serializable("course_lib")
class SpanBoundaryHead(keras.layers.Layer):
    """Scores for every word, from the two tokens around a span and the place in it alone.

    `h_0[b, m] = [x[left[b, m]]; x[right[b, m]]; places[place[b, m] - 1]]`, with `x = sequence_output[b]`
    `h_1 = norm_1(gelu(W_1 h_0 + b_1))`, `h_2 = norm_2(gelu(W_2 h_1 + b_2))`
    `logits[b, m, v] = h_2[b, m] · embeddings[v] + bias[v]`

    No token of the span itself is read: its boundaries have to know it.

    Args:
        vocabulary_size: int `V`.
        longest: int, how many places have a vector of their own; those behind have that of the last one.
        place_dim: int, the width of the vectors of places.
        initializer: what tables and kernels are drawn by.
        epsilon: float, of both normalisations.
        activation: name of the activations, that of the backbone's networks.

    Call arguments:
        sequence_output: `(B, T, D)`.
        embeddings: `(V, E)`, the table of token vectors, which is no weight of the head.
        left_boundaries, right_boundaries: ints `(B, M)`, the tokens before and behind the span of each word.
        span_places: ints `(B, M)`, the place of each word in its span, from 1; 0 in slots that are not used,
            which are answered as place 1.

    Returns:
        logits `(B, M, V)`.

    Raises:
        ValueError: if `longest` or `place_dim` is not positive, or a place is no integer.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.heads.span_boundary_head import SpanBoundaryHead
        >>> head = SpanBoundaryHead(vocabulary_size=11, longest=3, place_dim=2)
        >>> left, right, places = (ops.array([row]) for row in ([1, 1], [4, 4], [1, 2]))
        >>> tuple(head(ops.ones((1, 6, 4)), ops.ones((11, 4)), left, right, places).shape)
        (1, 2, 11)

    In the paper: left = x_{s-1}, right = x_{e+1}, places = p_{i-s+1}.
    Reference: Joshi et al. (2020), section 3.2, https://arxiv.org/abs/1907.10529; width and number of places
    are of the authors' code
    """

    def __init__(
        self,
        vocabulary_size,
        longest=20,
        place_dim=200,
        initializer="glorot_uniform",
        epsilon=1e-12,
        activation="gelu",
        **kwargs,
    ):
        super().__init__(**kwargs)
        for name, size in {"longest": longest, "place_dim": place_dim}.items():
            if size < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
        self.settings = {
            "vocabulary_size": vocabulary_size,
            "longest": longest,
            "place_dim": place_dim,
            "initializer": initializer,
            "epsilon": epsilon,
            "activation": activation,
        }
        self.places = keras.layers.Embedding(
            longest,
            place_dim,
            embeddings_initializer=fresh_initializer(initializer),
            dtype=self.dtype_policy,
            name="places",
        )
        self.norms = [
            keras.layers.LayerNormalization(epsilon=epsilon, dtype=self.dtype_policy, name=f"norm_{number}")
            for number in (1, 2)
        ]

    def build(self, sequence_output_shape, embeddings_shape, *others, **more):
        width, narrow = sequence_output_shape[-1], embeddings_shape[-1]
        place_dim = self.settings["place_dim"]
        self.places.build((None, None))
        self.transforms = [
            keras.layers.Dense(
                units,
                activation=find_activation(self.settings["activation"]),
                kernel_initializer=fresh_initializer(self.settings["initializer"]),
                dtype=self.dtype_policy,
                name=f"transform_{number}",
            )
            for number, units in ((1, width), (2, narrow))
        ]
        inputs = (2 * width + place_dim, width)
        for layer, norm, size in zip(self.transforms, self.norms, inputs, strict=True):
            layer.build((None, size))
            norm.build((None, layer.units))
        size = (self.settings["vocabulary_size"],)
        self.bias = self.add_weight(name="bias", shape=size, initializer="zeros")

    def call(self, sequence_output, embeddings, left_boundaries, right_boundaries, span_places):
        places = embed_tokens(ops.clip(span_places, 1, self.settings["longest"]) - 1, self.places)
        left, right = (
            gather_positions(sequence_output, positions) for positions in (left_boundaries, right_boundaries)
        )
        hidden = ops.concatenate([left, right, ops.cast(places, left.dtype)], axis=-1)
        for layer, norm in zip(self.transforms, self.norms, strict=True):
            hidden = norm(layer(hidden))
        embeddings = ops.cast(embeddings, hidden.dtype)
        return ops.matmul(hidden, ops.transpose(embeddings)) + ops.cast(self.bias, hidden.dtype)

    def compute_output_shape(self, sequence_output_shape, embeddings_shape, left_boundaries_shape, *others):
        return (*left_boundaries_shape, self.settings["vocabulary_size"])

    def get_config(self):
        return {**super().get_config(), **self.settings}
