"""GPT: a reader from left to right."""

import keras

from course_lib.layers import LearnedPositions, TransformerEncoder
from course_lib.layers.masks import as_mask
from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.models.token_ids import embed_tokens


@keras.saving.register_keras_serializable("course_lib")
class Gpt(keras.Model):
    """A stack of BERT's kind in which no token sees those behind it: each of them is something to predict.

    `sequence_output[t] = encoder(tokens + positions)[t]`, of the tokens up to `t` alone

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks.
        max_sequence_length: int, how many positions there are.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        activation: name of the activation of the feed-forward networks.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)` and "padding_mask" bool `(B, T)`, padding behind the tokens.

    Returns:
        dict of "sequence_output" `(B, T, D)`.

    Raises:
        ValueError: if a size is not positive, a sequence is longer than there are positions, a mask holds
            floats, or ids are no ids.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Gpt
        >>> gpt = Gpt(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> outputs = gpt({"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> tuple(outputs["sequence_output"].shape)
        (1, 4, 4)

    Reference: Radford et al. (2018), "Improving language understanding by generative pre-training"
    Taught in: notebooks/09_word_pieces
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
        activation="gelu_tanh",
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
            "dropout": dropout,
            "attention_dropout": attention_dropout,
            "activation": activation,
        }
        self.token_embedding = keras.layers.Embedding(
            vocabulary_size,
            hidden_dim,
            embeddings_initializer=keras.initializers.get(INITIALIZER),
            dtype=self.dtype_policy,
            name="token_embedding",
        )
        self.encoder = TransformerEncoder(
            num_layers,
            hidden_dim,
            num_heads,
            intermediate_dim,
            positions=LearnedPositions(max_sequence_length, dtype=self.dtype_policy, name="positions"),
            dropout=dropout,
            attention_dropout=attention_dropout,
            activation=activation,
            norm_place="post",
            kernel_initializer=INITIALIZER,
            dtype=self.dtype_policy,
            name="encoder",
        )

    def build(self, inputs_shape):
        shape = inputs_shape["token_ids"]
        self.token_embedding.build(shape)
        self.encoder.build((*shape, self.settings["hidden_dim"]))

    def call(self, inputs, training=None):
        embedded = embed_tokens(inputs["token_ids"], self.token_embedding)
        outputs = self.encoder(
            embedded,
            padding_mask=as_mask(inputs["padding_mask"]),
            use_causal_mask=True,
            training=training,
        )
        return {"sequence_output": outputs}

    def initial_state(self, batch_size, length):
        """The state before the first token, with room for `length` of them."""
        return [block.initial_state(batch_size, length) for block in self.encoder.blocks]

    def step(self, token_ids, state, position):
        """Reads one token `(B,)` at `position`; returns its output `(B, 1, D)` and the next state."""
        outputs = embed_tokens(token_ids, self.token_embedding)[:, None]
        outputs = self.encoder.positions(outputs, start=position)
        states = []
        for block, block_state in zip(self.encoder.blocks, state, strict=True):
            outputs, block_state = block.step(outputs, block_state, position)
            states.append(block_state)
        return outputs, states

    def compute_output_shape(self, inputs_shape):
        return {"sequence_output": (*inputs_shape["token_ids"], self.settings["hidden_dim"])}

    def get_config(self):
        return {**super().get_config(), **self.settings}
