"""UniLM."""

import keras

from course_lib.layers.masks import as_mask
from course_lib.models.bert.bert_reader import BertReader


@keras.saving.register_keras_serializable("course_lib")
class UniLm(BertReader):
    """BERT with the question of who sees whom among its inputs: one network, as many tasks as masks.

    `sequence_output = encoder(embedding(token_ids, segment_ids), attention_mask)`

    A masked word is asked for alike, whatever the mask: among all words (as in BERT), among those on its left
    or on its right, or, in a second segment, among the first segment and what is on its left.

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks.
        max_sequence_length: int, how many positions there are.
        num_segments: int, how many segments there are; in the paper further ones tell the tasks apart.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        has_pooler: whether there is a pooled output.
        activation: name of the activation of the feed-forward networks.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)`, "padding_mask" bool `(B, T)`, `True` at real tokens,
            "segment_ids" `(B, T)`, and "attention_mask" bool `(B, T, T)`, `True` = may be seen, one for every
            row; without it all see all. Padding is seen by nobody, whatever the mask says.
        return_details: if true, what happens inside is returned too, see `Bert`.

    Returns:
        dict of "sequence_output" `(B, T, D)` and, with a pooler, "pooled_output" `(B, D)`. Outputs at padding
        are meaningless.

    Raises:
        ValueError: if a size is not positive, a sequence is longer than there are positions, a mask is
            missing, holds floats or has a wrong shape, or ids are no ids.

    Example: the last word changed, and read from left to right

    >>> from keras import ops
    >>> from course_lib.layers import causal_mask
    >>> from course_lib.models import UniLm
    >>> unilm = UniLm(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
    >>> def read(*token_ids):
    ...     return unilm({"token_ids": ops.array([token_ids]), "padding_mask": ops.ones((1, 3), "bool"),
    ...                   "attention_mask": causal_mask(3)})["sequence_output"][0]
    >>> same = ops.all(read(2, 7, 3) == read(2, 7, 9), axis=-1)
    >>> ops.convert_to_numpy(same).tolist()
    [True, True, False]

    In the paper: attention_mask = M.
    Reference: Dong et al. (2019), https://arxiv.org/abs/1905.03197
    Taught in: notebooks/16_masks_as_tasks
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        max_sequence_length=512,
        num_segments=2,
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
                "num_segments": num_segments,
                "dropout": dropout,
                "attention_dropout": attention_dropout,
                "has_pooler": has_pooler,
                "activation": activation,
            }
        )

    def attention_mask(self, inputs):
        return as_mask(inputs["attention_mask"]) if "attention_mask" in inputs else None
