"""RoBERTa."""

import keras

from course_lib.models.bert.bert_reader import INITIALIZER, BertReader
from course_lib.models.family.roberta_embedding import RobertaEmbedding


@keras.saving.register_keras_serializable("course_lib")
class Roberta(BertReader):
    """BERT without segments, whose positions are counted from behind the padding's id.

    `sequence_output = encoder(norm(tokens[token_ids] + positions[padding_id + 1 + t]))`

    As a network it is BERT; what made it better is how it was trained: longer, on more text, with masks drawn
    anew, and without the question about pairs. Nothing trains its pooler, so there is none unless asked for.

    Args:
        vocabulary_size: int `V`.
        hidden_dim: int `D`, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks.
        max_sequence_length: int, how long a sequence may be. The table of positions has
            `max_sequence_length + padding_id + 1` rows: published files give that sum, 514 for 512 tokens.
        padding_id: int, the id of padding: 1 as published; 0 in the vocabularies of the course.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        has_pooler: whether there is a pooled output.
        activation: name of the activation of the feed-forward networks.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)` and "padding_mask" bool `(B, T)`, `True` at real tokens.
        return_details: if true, what happens inside is returned too, see `Bert`.

    Returns:
        dict of "sequence_output" `(B, T, D)` and, with a pooler, "pooled_output" `(B, D)`. Outputs at padding
        are meaningless.

    Raises:
        ValueError: if a size is not positive, a sequence is longer than there are positions, a mask is
            missing or holds floats, segments are given, or ids are floats or known to be outside their table.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Roberta
        >>> roberta = Roberta(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> token_ids = ops.array([[0, 7, 2, 1]])
        >>> outputs = roberta({"token_ids": token_ids, "padding_mask": token_ids != 1})
        >>> tuple(outputs["sequence_output"].shape), roberta.embedding.positions.max_sequence_length
        ((1, 4, 4), 514)

    Reference: Liu et al. (2019), https://arxiv.org/abs/1907.11692; the count of positions is in the authors'
    code, not in the paper
    Taught in: notebooks/13_what_to_mask
    """

    epsilon = 1e-5

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        max_sequence_length=512,
        padding_id=1,
        dropout=0.1,
        attention_dropout=0.1,
        has_pooler=False,
        activation="gelu",
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.assemble(
            {
                "vocabulary_size": vocabulary_size,
                "hidden_dim": hidden_dim,
                "num_heads": num_heads,
                "intermediate_dim": intermediate_dim,
                "num_layers": num_layers,
                "max_sequence_length": max_sequence_length,
                "padding_id": padding_id,
                "dropout": dropout,
                "attention_dropout": attention_dropout,
                "has_pooler": has_pooler,
                "activation": activation,
            }
        )

    def make_embedding(self, settings):
        names = ("vocabulary_size", "hidden_dim", "max_sequence_length", "padding_id")
        return RobertaEmbedding(
            *(settings[name] for name in names),
            epsilon=self.epsilon,
            initializer=INITIALIZER,
            dtype=self.dtype_policy,
            name="embedding",
        )

    def embed(self, inputs, padding_mask):
        if "segment_ids" in inputs:
            raise ValueError('RoBERTa has no segments. Received: `inputs` with "segment_ids".')
        return self.embedding(inputs["token_ids"], padding_mask)
