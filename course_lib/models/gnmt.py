"""GNMT: the deepest of the recurrent translators, and the last before the Transformer."""

import keras

from course_lib.layers import AdditiveScore, Attention, DeepRecurrentDecoder, DeepRecurrentEncoder
from course_lib.layers.masks import as_mask
from course_lib.models.token_ids import embed_tokens


@keras.saving.register_keras_serializable("course_lib")
class Gnmt(keras.Model):
    """A translator of many LSTM layers with residual connections and one additive attention.

    `p(y | x) = prod_t p(y[t] | y[<t], x)`, with `logits[t] = W output[t] + b` for each factor

    The encoder's lowest layer reads in both directions. What the decoder's lowest layer said a step ago is
    the query; the context that it gets goes to all layers of the decoder. From the third layer on a residual
    connection leads around every layer, in encoder and decoder.

    Args:
        source_vocabulary_size, target_vocabulary_size: int, numbers of tokens; id 0 is padding.
        embedding_dim: int, size of a token's vector.
        hidden_dim: int `D`, the size of every LSTM and of the hidden layer of the score.
        num_layers: int, how many layers the encoder has, and how many the decoder.
        residual: bool, whether there are residual connections; without them there is what they are worth
            to be seen.
        dropout: float, the share of the inputs of every layer, and of the decoder's outputs, that is dropped
            in training.

    Call arguments:
        inputs: dict of "source_token_ids" `(B, S)`, "source_padding_mask" `(B, S)` and "target_token_ids"
            `(B, T)`, the target shifted right ("teacher forcing"), padding behind it. A
            "target_padding_mask" is not needed: the decoder only reads forwards.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        logits `(B, T, V)`, or the pair of them and the attention weights `(B, T, S)`.

    Raises:
        ValueError: if a size is not positive, a mask holds floats, or token ids are floats or known to be
            outside the vocabulary.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Gnmt
        >>> model = Gnmt(11, 13, embedding_dim=4, hidden_dim=5, num_layers=3)
        >>> source, target = ops.array([[5, 6, 7]]), ops.array([[2, 5, 6, 7, 8]])
        >>> batch = {"source_token_ids": source, "source_padding_mask": source != 0}
        >>> batch["target_token_ids"] = target
        >>> logits, weights = model(batch, return_attention_weights=True)
        >>> tuple(logits.shape), tuple(weights.shape)
        ((1, 5, 13), (1, 5, 3))

    In the paper: num_layers = 8, hidden_dim = 1024.
    Reference: Wu et al. (2016), https://arxiv.org/abs/1609.08144
    """

    def __init__(
        self,
        source_vocabulary_size,
        target_vocabulary_size,
        embedding_dim,
        hidden_dim,
        num_layers=8,
        residual=True,
        dropout=0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        sizes = {
            "source_vocabulary_size": source_vocabulary_size,
            "target_vocabulary_size": target_vocabulary_size,
            "embedding_dim": embedding_dim,
            "hidden_dim": hidden_dim,
            "num_layers": num_layers,
        }
        for name, size in sizes.items():
            if size < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
        self.settings = {**sizes, "residual": residual, "dropout": dropout}
        of_layer = {"dtype": self.dtype_policy}
        of_stacks = {"residual": residual, "dropout": dropout, **of_layer}
        self.source_embedding, self.target_embedding = (
            keras.layers.Embedding(size, embedding_dim, name=f"{side}_embedding", **of_layer)
            for side, size in (("source", source_vocabulary_size), ("target", target_vocabulary_size))
        )
        self.encoder = DeepRecurrentEncoder(hidden_dim, num_layers, name="encoder", **of_stacks)
        attention = Attention(AdditiveScore(hidden_dim, name="score", **of_layer), **of_layer)
        self.decoder = DeepRecurrentDecoder(hidden_dim, num_layers, attention, name="decoder", **of_stacks)
        self.drop = keras.layers.Dropout(dropout, **of_layer)
        self.to_logits = keras.layers.Dense(target_vocabulary_size, name="to_logits", **of_layer)

    def build(self, inputs_shape):
        source = (*inputs_shape["source_token_ids"], self.settings["embedding_dim"])
        target = (*inputs_shape["target_token_ids"], self.settings["embedding_dim"])
        self.source_embedding.build(source[:2])
        self.target_embedding.build(target[:2])
        self.encoder.build(source)
        self.decoder.build(target, self.encoder.compute_output_shape(source))
        self.to_logits.build((*target[:2], self.settings["hidden_dim"]))

    def call(self, inputs, training=None, return_attention_weights=False):
        source_mask = as_mask(inputs["source_padding_mask"])
        source = embed_tokens(inputs["source_token_ids"], self.source_embedding)
        outputs = self.decoder(
            embed_tokens(inputs["target_token_ids"], self.target_embedding),
            self.encoder(source, mask=source_mask, training=training),
            memory_mask=source_mask,
            return_attention_weights=return_attention_weights,
            training=training,
        )
        outputs, weights = outputs if return_attention_weights else (outputs, None)
        logits = self.to_logits(self.drop(outputs, training=training))
        return (logits, weights) if return_attention_weights else logits

    def encode(self, source_token_ids, source_padding_mask, max_length=None):
        """Reads the source; returns the decoder's state before the first step, with room for any length."""
        source_mask = as_mask(source_padding_mask)
        if not self.built:
            shape = tuple(source_mask.shape)
            self.build({"source_token_ids": shape, "target_token_ids": shape})
        source = embed_tokens(source_token_ids, self.source_embedding)
        return self.decoder.initial_state(self.encoder(source, mask=source_mask), source_mask)

    def step(self, token_ids, state):
        """Reads one token `(B,)` for each sentence; returns the logits `(B, V)` and the next state."""
        output, state = self.decoder.step(embed_tokens(token_ids, self.target_embedding), state)
        return self.to_logits(output), state

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape["target_token_ids"], self.settings["target_vocabulary_size"])

    def get_config(self):
        return {**super().get_config(), **self.settings}
