"""ALBERT."""

import keras

from course_lib.models.bert.bert_reader import BertReader


@keras.saving.register_keras_serializable("course_lib")
class Albert(BertReader):
    """BERT with narrow tables, and with the same parameters in all of its blocks.

    `sequence_output = block(… block(P embedding(token_ids, segment_ids) + b))`, one block `num_layers` times
    `pooled_output = tanh(W sequence_output[:, 0] + b)`, for the question of which segment comes first

    Fewer parameters, not less work: a pass goes through as many blocks as without sharing.

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, the width of the blocks.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks a token goes through.
        embedding_dim: int `E`, the width of the tables; with `D` there is no matrix `P`, as in BERT.
        sharing: what all blocks have in common: "none", "attention", "network" or "all"; each sublayer with
            the normalisation behind it.
        max_sequence_length: int, how many positions there are.
        num_segments: int, how many segments a sequence may have.
        dropout: float, the share of widened embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        has_pooler: whether there is a pooled output.
        activation: name of the activation of the feed-forward networks; published with "gelu_tanh".

    Call arguments:
        inputs: dict of "token_ids" `(B, T)`, "padding_mask" bool `(B, T)`, `True` at real tokens, and, where
            there are two segments, "segment_ids" `(B, T)`.
        return_details: if true, what happens inside is returned too, see `Bert`.

    Returns:
        dict of "sequence_output" `(B, T, D)` and, with a pooler, "pooled_output" `(B, D)`. Outputs at padding
        are meaningless.

    Raises:
        ValueError: if a size is not positive, `sharing` is not known, a sequence is longer than there are
            positions, a mask is missing or holds floats, or ids are no ids.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Albert
        >>> sizes = {"hidden_dim": 4, "num_heads": 2, "intermediate_dim": 8, "embedding_dim": 2}
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> inputs = {"token_ids": token_ids, "padding_mask": token_ids != 0}
        >>> for num_layers in (1, 6):
        ...     albert = Albert(11, num_layers=num_layers, **sizes)
        ...     print(tuple(albert(inputs)["sequence_output"].shape), albert.count_params())
        (1, 4, 4) 1258
        (1, 4, 4) 1258

    In the paper: embedding_dim = E, hidden_dim = H, num_layers = L.
    Reference: Lan et al. (2020), https://arxiv.org/abs/1909.11942
    Taught in: notebooks/15_smaller
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        embedding_dim=128,
        sharing="all",
        max_sequence_length=512,
        num_segments=2,
        dropout=0.0,
        attention_dropout=0.0,
        has_pooler=True,
        activation="gelu_tanh",
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
                "embedding_dim": embedding_dim,
                "sharing": sharing,
                "max_sequence_length": max_sequence_length,
                "num_segments": num_segments,
                "dropout": dropout,
                "attention_dropout": attention_dropout,
                "has_pooler": has_pooler,
                "activation": activation,
            },
            sharing=sharing,
        )
