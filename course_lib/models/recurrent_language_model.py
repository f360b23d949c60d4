"""A recurrent language model: one state, updated token by token, in place of a window."""

import keras
from keras import ops

from course_lib.models.token_ids import embed_tokens

CELLS = {"simple_rnn": keras.layers.SimpleRNN, "gru": keras.layers.GRU, "lstm": keras.layers.LSTM}


@keras.saving.register_keras_serializable(package="course_lib")
class RecurrentLanguageModel(keras.Model):
    """Predicts the next token from a state that has read every token so far.

        h_t = f(e(x_t), h_{t−1})                                (B, T, hidden_dim)
        logits_t = U h_t + c                                    (B, T, V)

    `f` is Elman's `tanh(W e + R h + b)`, a GRU or an LSTM (which carries a second state, its cell).
    `logits[:, t]` is about the token that follows `token_ids[:, t]`, so `token_ids` begin with `[START]`. The
    state only reads forwards: padding on the right changes nothing before it, and `padding_mask` is accepted
    and not needed.

    Args:
        vocabulary_size: `V`, number of token ids.
        embedding_dim: size of a token vector.
        hidden_dim: size of the state.
        cell: `"simple_rnn"`, `"gru"` or `"lstm"`.
        num_layers: recurrent layers, one on the other.
        dropout: rate, between layers and never along time.

    Call arguments:
        inputs: `(B, T)` token ids, or a dict that holds them under `"token_ids"`.

    Returns:
        logits `(B, T, V)`.

    Example:
        >>> model = RecurrentLanguageModel(vocabulary_size=11, embedding_dim=3, hidden_dim=5, cell="gru")
        >>> tuple(model(ops.array([[2, 7, 8]])).shape)
        (1, 3, 11)

    Reference: Elman, "Finding structure in time", 1990; Mikolov et al., "Recurrent neural network based
    language model", Interspeech 2010; Zaremba, Sutskever and Vinyals, "Recurrent neural network
    regularization", 2014 (where dropout goes).

    Taught in: notebooks/01_language_models
    """

    def __init__(
        self,
        vocabulary_size: int,
        embedding_dim: int,
        hidden_dim: int,
        cell: str = "gru",
        num_layers: int = 1,
        dropout: float = 0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if cell not in CELLS:
            raise ValueError(f"`cell` must be one of {tuple(CELLS)}. Received: cell={cell!r}.")
        if num_layers < 1:
            raise ValueError(f"`num_layers` must be positive. Received: num_layers={num_layers}.")
        self.vocabulary_size = vocabulary_size
        self.embedding_dim = embedding_dim
        self.hidden_dim = hidden_dim
        self.cell = cell
        self.state_names = ("hidden", "cell") if cell == "lstm" else ("hidden",)
        self.num_layers = num_layers
        self.dropout = dropout
        self.embedding = keras.layers.Embedding(
            vocabulary_size, embedding_dim, dtype=self.dtype_policy, name="embedding"
        )
        self.recurrent_layers = [
            CELLS[cell](hidden_dim, return_sequences=True, dtype=self.dtype_policy, name=f"recurrent_{i}")
            for i in range(num_layers)
        ]
        self.dropout_layers = [
            keras.layers.Dropout(dropout, dtype=self.dtype_policy, name=f"dropout_{i}")
            for i in range(num_layers + 1)
        ]
        self.output_projection = keras.layers.Dense(
            vocabulary_size, dtype=self.dtype_policy, name="output_projection"
        )

    def build(self, input_shape=None):
        self.embedding.build((None, None))
        for i, layer in enumerate(self.recurrent_layers):
            layer.build((None, None, self.hidden_dim if i else self.embedding_dim))
        self.output_projection.build((None, None, self.hidden_dim))
        self.built = True

    def hidden_states_from_vectors(self, vectors, training=None):
        """The states of the top layer, `(B, T, hidden_dim)`, from token vectors `(B, T, embedding_dim)`."""
        states = self.dropout_layers[0](vectors, training=training)
        for recurrent, dropout in zip(self.recurrent_layers, self.dropout_layers[1:], strict=True):
            states = dropout(recurrent(states), training=training)
        return states

    def hidden_states(self, inputs, training=None):
        """The states of the top layer, `(B, T, hidden_dim)`: all the model knows about the text so far."""
        if not self.built:
            self.build()
        token_ids = inputs["token_ids"] if isinstance(inputs, dict) else inputs
        return self.hidden_states_from_vectors(embed_tokens(token_ids, self.embedding), training=training)

    def call(self, inputs, training=None):
        return self.output_projection(self.hidden_states(inputs, training=training))

    def initial_state(self, batch_size: int) -> dict[str, dict[str, object]]:
        """The state before the first token: zeros, `{layer: {"hidden": (B, hidden_dim)[, "cell"]}}`."""
        zeros = ops.zeros((batch_size, self.hidden_dim), self.compute_dtype)
        return {layer.name: dict.fromkeys(self.state_names, zeros) for layer in self.recurrent_layers}

    def step(self, token_ids, state):
        """Reads one token.

        Args:
            token_ids: `(B,)`.
            state: from `initial_state` or the step before.

        Returns:
            `(logits (B, V), state)`.

        Example:
            >>> model = RecurrentLanguageModel(vocabulary_size=11, embedding_dim=3, hidden_dim=5)
            >>> logits, state = model.step(ops.array([2]), model.initial_state(1))
            >>> tuple(logits.shape), tuple(state["recurrent_0"]["hidden"].shape)
            ((1, 11), (1, 5))
        """
        if not self.built:
            self.build()
        outputs = embed_tokens(token_ids, self.embedding)  # (B, embedding_dim)
        new_state = {}
        for layer in self.recurrent_layers:
            outputs, states = layer.cell(outputs, [state[layer.name][name] for name in self.state_names])
            new_state[layer.name] = dict(zip(self.state_names, states, strict=True))
        return self.output_projection(outputs), new_state

    def compute_output_shape(self, input_shape):
        shape = input_shape["token_ids"] if isinstance(input_shape, dict) else input_shape
        return (*shape, self.vocabulary_size)

    def get_config(self):
        return super().get_config() | {
            "vocabulary_size": self.vocabulary_size,
            "embedding_dim": self.embedding_dim,
            "hidden_dim": self.hidden_dim,
            "cell": self.cell,
            "num_layers": self.num_layers,
            "dropout": self.dropout,
        }
