"""BERT."""

import keras

from course_lib.layers import TransformerEncoder
from course_lib.layers.initializers import fresh_initializer
from course_lib.layers.masks import as_mask
from course_lib.models.bert.bert_embedding import BertEmbedding

INITIALIZER = {"class_name": "TruncatedNormal", "config": {"mean": 0.0, "stddev": 0.02, "seed": None}}


@keras.saving.register_keras_serializable("course_lib")
class Bert(keras.Model):
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
        self.settings = {
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
        self.embedding = BertEmbedding(
            vocabulary_size,
            hidden_dim,
            max_sequence_length,
            num_segments,
            initializer=INITIALIZER,
            dtype=self.dtype_policy,
            name="embedding",
        )
        self.encoder = TransformerEncoder(
            num_layers,
            hidden_dim,
            num_heads,
            intermediate_dim,
            dropout=dropout,
            attention_dropout=attention_dropout,
            activation=activation,
            norm_place="post",
            epsilon=1e-12,
            kernel_initializer=INITIALIZER,
            dtype=self.dtype_policy,
            name="encoder",
        )
        self.pooler = None
        if has_pooler:
            self.pooler = keras.layers.Dense(
                hidden_dim,
                activation="tanh",
                kernel_initializer=fresh_initializer(INITIALIZER),
                dtype=self.dtype_policy,
                name="pooler",
            )

    @property
    def token_embedding(self):
        """The table of token vectors, which the head that predicts words reads the other way."""
        return self.embedding.tokens

    def build(self, inputs_shape):
        shape = inputs_shape["token_ids"]
        self.embedding.build(shape)
        inner = (*shape, self.settings["hidden_dim"])
        self.encoder.build(inner)
        if self.pooler is not None:
            self.pooler.build((shape[0], inner[-1]))

    def call(self, inputs, return_details=False, training=None):
        if "padding_mask" not in inputs:
            raise ValueError(
                '`inputs` must hold "token_ids" and "padding_mask", True at real tokens. '
                f"Received: {sorted(inputs)}."
            )
        padding_mask = as_mask(inputs["padding_mask"])
        embedded = self.embedding(inputs["token_ids"], inputs.get("segment_ids"))
        if return_details:
            return self.read_in_detail(embedded, padding_mask, training)
        return self.outputs_of(self.encoder(embedded, padding_mask=padding_mask, training=training))

    def read_in_detail(self, embedded, padding_mask, training=None):
        """What the encoder does with embedded tokens `(B, T, D)`, block by block."""
        outputs = self.encoder.drop(embedded, training=training)
        layer_outputs, attention_weights = [outputs], []
        for block in self.encoder.blocks:
            outputs, weights = block(
                outputs, padding_mask=padding_mask, return_attention_weights=True, training=training
            )
            layer_outputs.append(outputs)
            attention_weights.append(weights)
        details = {"layer_outputs": layer_outputs, "attention_weights": attention_weights}
        return {**self.outputs_of(outputs), **details}

    def outputs_of(self, sequence_output):
        """The dict of what is read and what is pooled."""
        outputs = {"sequence_output": sequence_output}
        if self.pooler is not None:
            outputs["pooled_output"] = self.pooler(sequence_output[:, 0])
        return outputs

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: details may be asked for

    def compute_output_shape(self, inputs_shape):
        batch, length = inputs_shape["token_ids"]
        width = self.settings["hidden_dim"]
        shapes = {"sequence_output": (batch, length, width)}
        return shapes if self.pooler is None else {**shapes, "pooled_output": (batch, width)}

    def get_config(self):
        return {**super().get_config(), **self.settings}
