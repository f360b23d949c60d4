"""What BERT reads: three vectors a token, added and normalised."""

import keras
from keras import ops

from course_lib.layers.initializers import fresh_initializer, initializer_config
from course_lib.layers.positions import LearnedPositions
from course_lib.models.token_ids import embed_tokens


@keras.saving.register_keras_serializable("course_lib")
class BertEmbedding(keras.layers.Layer):
    """The sum of what a token is, which segment it is in and where it stands, normalised.

    `outputs[b, t] = norm(tokens[token_ids[b, t]] + segments[segment_ids[b, t]] + positions[t])`

    Args:
        vocabulary_size: int `V`.
        embedding_dim: int `D`, the width of every vector.
        max_sequence_length: int, how many positions there are.
        num_segments: int, how many segments; with 0 there is no table of segments.
        epsilon: float, of the normalisation.
        initializer: what the tables are drawn by.

    Call arguments:
        token_ids: ints `(B, T)`.
        segment_ids: ints `(B, T)`; segment 0 everywhere if not given.

    Returns:
        float tensor `(B, T, D)`.

    Weights: `tokens` `(V, D)`, `segments` `(num_segments, D)`, `positions` `(max_sequence_length, D)`, and
    the normalisation's.

    Raises:
        ValueError: if a size is not positive, a sequence is longer than there are positions, segments are
            given where there are none, or ids are floats or known to be outside their table.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.bert.bert_embedding import BertEmbedding
        >>> embedding = BertEmbedding(11, 4, max_sequence_length=7)
        >>> tuple(embedding(ops.array([[2, 5, 3]])).shape), embedding.count_params()
        ((1, 3, 4), 88)

    In the paper: figure 2; embedding_dim = H.
    Reference: Devlin et al. (2019), section 3, https://arxiv.org/abs/1810.04805
    """

    def __init__(
        self,
        vocabulary_size,
        embedding_dim,
        max_sequence_length,
        num_segments=2,
        epsilon=1e-12,
        initializer="truncated_normal",
        **kwargs,
    ):
        super().__init__(**kwargs)
        sizes = {"vocabulary_size": vocabulary_size, "embedding_dim": embedding_dim}
        for name, size in sizes.items():
            if size < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
        if num_segments < 0:
            raise ValueError(f"`num_segments` must be 0 or more. Received: num_segments={num_segments}.")
        self.settings = {
            **sizes,
            "max_sequence_length": max_sequence_length,
            "num_segments": num_segments,
            "epsilon": epsilon,
            "initializer": initializer_config(initializer),
        }
        self.tokens = self.table(vocabulary_size, "tokens")
        self.segments = self.table(num_segments, "segments") if num_segments else None
        self.positions = LearnedPositions(max_sequence_length, dtype=self.dtype_policy, name="positions")
        self.norm = keras.layers.LayerNormalization(epsilon=epsilon, dtype=self.dtype_policy, name="norm")

    def table(self, size, name):
        """A table of vectors, looked up by number."""
        return keras.layers.Embedding(
            size,
            self.settings["embedding_dim"],
            embeddings_initializer=fresh_initializer(self.settings["initializer"]),
            dtype=self.dtype_policy,
            name=name,
        )

    def build(self, token_ids_shape, segment_ids_shape=None):
        inner = (*token_ids_shape, self.settings["embedding_dim"])
        self.tokens.build(token_ids_shape)
        if self.segments is not None:
            self.segments.build(token_ids_shape)
        self.positions.build(inner)
        self.norm.build(inner)

    def call(self, token_ids, segment_ids=None):
        outputs = embed_tokens(token_ids, self.tokens)
        if self.segments is None and segment_ids is not None:
            raise ValueError("`segment_ids` have no table here. Received some, with num_segments=0.")
        if self.segments is not None:
            segment_ids = ops.zeros_like(token_ids) if segment_ids is None else segment_ids
            outputs = outputs + embed_tokens(segment_ids, self.segments)
        return self.norm(self.positions(outputs))

    def compute_output_shape(self, token_ids_shape, segment_ids_shape=None):
        return (*token_ids_shape, self.settings["embedding_dim"])

    def get_config(self):
        return {**super().get_config(), **self.settings}
