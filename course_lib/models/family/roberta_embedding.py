"""What RoBERTa reads: tokens and positions, these counted from behind the padding's id."""

import keras
from keras import ops

from course_lib.models.bert.bert_embedding import BertEmbedding
from course_lib.models.token_ids import embed_tokens


def rows_of_positions(padding_mask, padding_id):
    """The row of the table of positions for every token.

    `rows[b, t] = padding_id + sum_{s <= t} padding_mask[b, s]` at real tokens, `padding_id` at padding

    Args:
        padding_mask: bool `(B, T)`, `True` at real tokens.
        padding_id: int.

    Returns:
        ints `(B, T)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.family.roberta_embedding import rows_of_positions
        >>> ops.convert_to_numpy(rows_of_positions(ops.array([[True, True, True, False]]), 1)).tolist()
        [[2, 3, 4, 1]]
    """
    real = ops.cast(padding_mask, "int32")
    return padding_id + ops.cumsum(real, axis=1) * real


@keras.saving.register_keras_serializable("course_lib")
class RobertaEmbedding(BertEmbedding):
    """The sum of what a token is and where it stands, normalised.

    `outputs[b, t] = norm(tokens[token_ids[b, t]] + positions[padding_id + 1 + t])`, `t` counting real tokens

    Args:
        vocabulary_size: int `V`.
        embedding_dim: int `D`, the width of every vector.
        max_sequence_length: int, how long a sequence may be.
        padding_id: int; as many rows of the table of positions, and one more, stand for no position.
        **settings: `epsilon` and `initializer`, as of `BertEmbedding`.

    Call arguments:
        token_ids: ints `(B, T)`.
        padding_mask: bool `(B, T)`, `True` at real tokens.

    Returns:
        float tensor `(B, T, D)`.

    Weights: `tokens` `(V, D)`, `positions` `(max_sequence_length + padding_id + 1, D)`, and the
    normalisation's.

    Raises:
        ValueError: if a size is not positive, a sequence is longer than there are positions, or ids are
            floats or known to be outside their table.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.family.roberta_embedding import RobertaEmbedding
        >>> embedding = RobertaEmbedding(11, 4, max_sequence_length=3, padding_id=1)
        >>> outputs = embedding(ops.array([[0, 5, 2]]), ops.ones((1, 3), "bool"))
        >>> tuple(outputs.shape), tuple(embedding.positions.table.shape)
        ((1, 3, 4), (5, 4))

    Reference: Liu et al. (2019), https://arxiv.org/abs/1907.11692; in the authors' code, not in the paper
    """

    def __init__(self, vocabulary_size, embedding_dim, max_sequence_length, padding_id=1, **settings):
        if max_sequence_length < 1 or padding_id < 0:
            raise ValueError(
                "`max_sequence_length` must be positive, and `padding_id` 0 or more. "
                f"Received: max_sequence_length={max_sequence_length}, padding_id={padding_id}."
            )
        rows = max_sequence_length + padding_id + 1
        super().__init__(vocabulary_size, embedding_dim, rows, num_segments=0, **settings)
        del self.settings["num_segments"]
        self.settings |= {"max_sequence_length": max_sequence_length, "padding_id": padding_id}

    def build(self, token_ids_shape, padding_mask_shape=None):
        super().build(token_ids_shape)

    def call(self, token_ids, padding_mask):
        longest, first = self.settings["max_sequence_length"], self.settings["padding_id"] + 1
        length = token_ids.shape[1]
        if length is not None and length > longest:
            raise ValueError(
                f"A sequence must have at most {longest} tokens: of {longest + first} rows of positions "
                f"the first {first} are not for tokens. Received: {length} tokens."
            )
        outputs = embed_tokens(token_ids, self.tokens)
        rows = rows_of_positions(padding_mask, first - 1)
        positions = ops.take(ops.convert_to_tensor(self.positions.table), rows, axis=0)
        return self.norm(outputs + ops.cast(positions, outputs.dtype))

    def compute_output_shape(self, token_ids_shape, padding_mask_shape=None):
        return (*token_ids_shape, self.settings["embedding_dim"])
