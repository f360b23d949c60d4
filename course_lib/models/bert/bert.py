"""BERT."""

import keras

from course_lib.models.bert.bert_reader import BertReader


@keras.saving.register_keras_serializable("course_lib")
class Bert(BertReader):
    """A reader of one or two segments that sees both sides of every token.

    `sequence_output = encoder(embedding(token_ids, segment_ids))`, blocks of an encoder with post-norm
    `pooled_output = tanh(W sequence_output[:, 0] + b)`, of the first token alone, which is `[CLS]`

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks.
        max_sequence_length: int, how many positions there are.
        num_segments: int, how many segments a sequence may have.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        has_pooler: whether there is a pooled output; who asks nothing about whole sequences needs none.
        activation: name of the activation of the feed-forward networks: "gelu", the exact one; "gelu_tanh",
            that of the first published models; or another of Keras.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)`, "padding_mask" bool `(B, T)`, `True` at real tokens, and,
            where there are two segments, "segment_ids" `(B, T)`.
        return_details: if true, what happens inside is returned too.

    Returns:
        dict of "sequence_output" `(B, T, D)` and, with a pooler, "pooled_output" `(B, D)`; with details, of
        "layer_outputs" too, a list of `num_layers + 1` tensors `(B, T, D)` of which the embeddings are the
        first, and of "attention_weights", a list of `num_layers` tensors `(B, N, T, T)`. Outputs at
        padding are meaningless.

    Raises:
        ValueError: if a size is not positive, a sequence is longer than there are positions, a mask is
            missing or holds floats, or ids are floats or known to be outside their table.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Bert
        >>> bert = Bert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> outputs = bert({"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> {name: tuple(output.shape) for name, output in outputs.items()}
        {'sequence_output': (1, 4, 4), 'pooled_output': (1, 4)}

    In the paper: hidden_dim = H, num_heads = A, num_layers = L, intermediate_dim = 4 H, sequence_output[:, i]
    = T_i, sequence_output[:, 0] = C.
    Reference: Devlin et al. (2019), https://arxiv.org/abs/1810.04805
    Taught in: notebooks/10_bert_pretraining
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
        has_pooler=True,
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
