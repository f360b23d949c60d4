"""DistilBERT."""

import keras

from course_lib.models.bert.bert_reader import BertReader


@keras.saving.register_keras_serializable("course_lib")
class DistilBert(BertReader):
    """BERT with half the layers, without segments and without a pooler.

    `sequence_output = encoder(norm(tokens + positions))`

    Width, heads and blocks are the teacher's, so that the student can begin with layers of the teacher's.
    What stands first reads for the whole: `SentenceClassifier(pooling="first")`.

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks; published with half of the teacher's.
        max_sequence_length: int, how many positions there are.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        activation: name of the activation of the feed-forward networks.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)` and "padding_mask" bool `(B, T)`, `True` at real tokens.
        return_details: if true, what happens inside is returned too, see `Bert`.

    Returns:
        dict of "sequence_output" `(B, T, D)`; outputs at padding are meaningless.

    Raises:
        ValueError: if a size is not positive, a sequence is longer than there are positions, a mask is
            missing or holds floats, segments are given, or ids are floats or known to be outside their table.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import DistilBert
        >>> student = DistilBert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> outputs = student({"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> {name: tuple(output.shape) for name, output in outputs.items()}
        {'sequence_output': (1, 4, 4)}

    Reference: Sanh et al. (2019), section 3, https://arxiv.org/abs/1910.01108
    Taught in: notebooks/15_smaller
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        max_sequence_length=512,
        dropout=0.1,
        attention_dropout=0.1,
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
                "dropout": dropout,
                "attention_dropout": attention_dropout,
                "activation": activation,
            }
        )
