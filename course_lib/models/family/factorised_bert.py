"""A BERT whose tables are narrower than its blocks."""

import keras

from course_lib.models.bert.bert_reader import BertReader


@keras.saving.register_keras_serializable("course_lib")
class FactorisedBert(BertReader):
    """BERT with a vocabulary of narrow vectors, and one matrix that widens them: ELECTRA's two readers.

    `sequence_output = encoder(P embedding(token_ids, segment_ids) + b)`, with `embedding` `E` wide

    `V D` parameters become `V E + E D`. Where `E = D` there is no such matrix, and this is BERT.

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, the width of the blocks.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks.
        embedding_dim: int `E`, the width of the tables; `D` if not given.
        max_sequence_length: int, how many positions there are.
        num_segments: int, how many segments a sequence may have.
        dropout: float, the share of widened embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        has_pooler: whether there is a pooled output.
        activation: name of the activation of the feed-forward networks.
        embedding: the embedding of another reader, where both are to read with one; that other saves it.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)`, "padding_mask" bool `(B, T)`, `True` at real tokens, and, where
            there are two segments, "segment_ids" `(B, T)`.
        return_details: if true, what happens inside is returned too, see `Bert`.

    Returns:
        dict of "sequence_output" `(B, T, D)` and, with a pooler, "pooled_output" `(B, D)`. Outputs at padding
        are meaningless.

    Raises:
        ValueError: if a size is not positive, an embedding has another size, a sequence is longer than there
            are positions, a mask is missing or holds floats, or ids are no ids.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import FactorisedBert
        >>> reader = FactorisedBert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1,
        ...                         embedding_dim=2)
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> outputs = reader({"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> tuple(outputs["sequence_output"].shape), tuple(reader.token_embedding.embeddings.shape)
        ((1, 4, 4), (11, 2))

    Reference: Lan et al. (2020), section 3.1, https://arxiv.org/abs/1909.11942
    Taught in: notebooks/14_electra
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        embedding_dim=None,
        max_sequence_length=512,
        num_segments=2,
        dropout=0.1,
        attention_dropout=0.1,
        has_pooler=False,
        activation="gelu",
        embedding=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        settings = {
            "vocabulary_size": vocabulary_size,
            "hidden_dim": hidden_dim,
            "num_heads": num_heads,
            "intermediate_dim": intermediate_dim,
            "num_layers": num_layers,
            "embedding_dim": hidden_dim if embedding_dim is None else embedding_dim,
            "max_sequence_length": max_sequence_length,
            "num_segments": num_segments,
            "dropout": dropout,
            "attention_dropout": attention_dropout,
            "has_pooler": has_pooler,
            "activation": activation,
        }
        if embedding is not None:
            check_fits(embedding, settings)
        self.assemble(settings, embedding)


def check_fits(embedding, settings):
    """Refuses an embedding of another size than the settings say."""
    names = ("vocabulary_size", "embedding_dim", "max_sequence_length", "num_segments")
    expected, received = ({name: of[name] for name in names} for of in (settings, embedding.settings))
    if expected != received:
        raise ValueError(f"`embedding` must have the sizes {expected}. Received: one of {received}.")
