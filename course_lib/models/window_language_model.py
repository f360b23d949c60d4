"""Bengio's neural probabilistic language model: a feed-forward network over a fixed window of tokens."""

import keras
from keras import ops

from course_lib.models.token_ids import embed_tokens


def context_windows(token_ids, window: int, padding_id: int = 0):
    """The last `window` tokens up to and including each position, missing ones on the left padded.

        windows[b, t] = (x[b, t − window + 1], …, x[b, t])

    Args:
        token_ids: `(B, T)` integers.
        window: number of tokens the model sees.
        padding_id: what stands where the sentence has not begun.

    Returns:
        `(B, T, window)` integers.

    Example:
        >>> tuple(context_windows(ops.array([[7, 8, 9]]), window=2).shape)
        (1, 3, 2)
        >>> [list(map(int, row)) for row in context_windows(ops.array([[7, 8, 9]]), window=2)[0]]
        [[0, 7], [7, 8], [8, 9]]

    Taught in: notebooks/01_language_models
    """
    padded = ops.pad(token_ids, [[0, 0], [window - 1, 0]], constant_values=padding_id)
    # Slices from both ends, so that the length may be unknown.
    return ops.stack([padded[:, i : i - window + 1 or None] for i in range(window)], axis=-1)


@keras.saving.register_keras_serializable(package="course_lib")
class WindowLanguageModel(keras.Model):
    """Predicts the next token from the last `window` tokens and from nothing else.

        h_t = tanh(W [e(x_{t−window+1}); …; e(x_t)] + b)        (B, T, hidden_dim)
        logits_t = U h_t + c                                    (B, T, V)

    What an n-gram model sees is `window = n − 1`. `logits[:, t]` is about the token that follows
    `token_ids[:, t]`, so `token_ids` begin with `[START]`. Positions do not look to the right: padding on the
    right changes nothing before it, and `padding_mask` is accepted and not needed.

    Args:
        vocabulary_size: `V`, number of token ids.
        embedding_dim: size of a token vector.
        hidden_dim: size of the hidden layer.
        window: how many tokens are seen.
        dropout: rate, on the hidden layer.

    Call arguments:
        inputs: `(B, T)` token ids, or a dict that holds them under `"token_ids"`.

    Returns:
        logits `(B, T, V)`.

    Example:
        >>> model = WindowLanguageModel(vocabulary_size=11, embedding_dim=3, hidden_dim=5, window=2)
        >>> tuple(model(ops.array([[2, 7, 8]])).shape)
        (1, 3, 11)

    In the paper: `window` is n − 1, `embedding_dim` m, `hidden_dim` h. Its optional direct connections from
    the embeddings to the logits are left out.

    Reference: Bengio, Ducharme, Vincent and Jauvin, "A neural probabilistic language model", JMLR 2003.

    Taught in: notebooks/01_language_models
    """

    def __init__(
        self,
        vocabulary_size: int,
        embedding_dim: int,
        hidden_dim: int,
        window: int,
        dropout: float = 0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if window < 1:
            raise ValueError(f"`window` must be positive. Received: window={window}.")
        self.vocabulary_size = vocabulary_size
        self.embedding_dim = embedding_dim
        self.hidden_dim = hidden_dim
        self.window = window
        self.dropout = dropout
        self.embedding = keras.layers.Embedding(
            vocabulary_size, embedding_dim, dtype=self.dtype_policy, name="embedding"
        )
        self.hidden = keras.layers.Dense(
            hidden_dim, activation="tanh", dtype=self.dtype_policy, name="hidden"
        )
        self.hidden_dropout = keras.layers.Dropout(dropout, dtype=self.dtype_policy, name="hidden_dropout")
        self.output_projection = keras.layers.Dense(
            vocabulary_size, dtype=self.dtype_policy, name="output_projection"
        )

    def build(self, input_shape=None):
        self.embedding.build((None, None))
        self.hidden.build((None, None, self.window * self.embedding_dim))
        self.output_projection.build((None, None, self.hidden_dim))
        self.built = True

    def hidden_states(self, inputs):
        """The hidden layer, `(B, T, hidden_dim)`: all the model knows about the text so far."""
        if not self.built:
            self.build()
        token_ids = inputs["token_ids"] if isinstance(inputs, dict) else inputs
        windows = context_windows(token_ids, self.window)  # (B, T, window)
        vectors = embed_tokens(windows, self.embedding)  # (B, T, window, embedding_dim)
        length = ops.shape(windows)[1]
        return self.hidden(ops.reshape(vectors, (-1, length, self.window * self.embedding_dim)))

    def call(self, inputs, training=None):
        return self.output_projection(self.hidden_dropout(self.hidden_states(inputs), training=training))

    def compute_output_shape(self, input_shape):
        shape = input_shape["token_ids"] if isinstance(input_shape, dict) else input_shape
        return (*shape, self.vocabulary_size)

    def get_config(self):
        return super().get_config() | {
            "vocabulary_size": self.vocabulary_size,
            "embedding_dim": self.embedding_dim,
            "hidden_dim": self.hidden_dim,
            "window": self.window,
            "dropout": self.dropout,
        }
