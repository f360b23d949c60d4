"""The recurrent encoder–decoder, with a choice of attention."""

import keras
from keras import ops

from course_lib.layers import Attention, RecurrentDecoder, RecurrentEncoder, coverage_penalty, make_score
from course_lib.layers.masks import as_mask
from course_lib.models.token_ids import embed_tokens


@keras.saving.register_keras_serializable("course_lib")
class Seq2Seq(keras.Model):
    """A translator: embed and encode the source, decode the target one token after the other.

    `p(y | x) = prod_t p(y[t] | y[<t], x)`, with `logits[t] = W output[t] + b` for each factor

    Args:
        source_vocabulary_size, target_vocabulary_size: int, numbers of tokens; id 0 is padding.
        embedding_dim: int, size of a token's vector.
        hidden_dim: int, size of the encoder's outputs and of the decoder's state; even.
        score: how attention compares: "dot", "scaled_dot", "multiplicative", "additive" or an `Attention`
            of your own; `None` for no attention: every target token is then written from one vector.
        dropout: float, the share of embeddings and of decoder outputs that is dropped in training.
        coverage_weight: float, weight of the coverage penalty that is added to the loss.

    Call arguments:
        inputs: dict of "source_token_ids" `(B, S)`, "source_padding_mask" `(B, S)`, "target_token_ids"
            `(B, T)`, the target shifted right ("teacher forcing"), and "target_padding_mask" `(B, T)`.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        logits `(B, T, V)`, or the pair of them and the attention weights `(B, T, S)`.

    Raises:
        ValueError: if a size is not positive, `score` is not known, a mask holds floats, or token ids are
            floats or known to be outside the vocabulary.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Seq2Seq
        >>> model = Seq2Seq(11, 13, embedding_dim=4, hidden_dim=6, score="additive")
        >>> source, target = ops.array([[5, 6, 7]]), ops.array([[2, 5, 6, 7, 8]])
        >>> batch = {"source_token_ids": source, "source_padding_mask": source != 0,
        ...          "target_token_ids": target, "target_padding_mask": target != 0}
        >>> logits, weights = model(batch, return_attention_weights=True)
        >>> tuple(logits.shape), tuple(weights.shape)
        ((1, 5, 13), (1, 5, 3))

    Reference: Sutskever et al. (2014), https://arxiv.org/abs/1409.3215; Bahdanau et al. (2015),
    https://arxiv.org/abs/1409.0473; Luong et al. (2015), https://arxiv.org/abs/1508.04025
    Taught in: notebooks/02_sequence_to_sequence
    """

    def __init__(
        self,
        source_vocabulary_size,
        target_vocabulary_size,
        embedding_dim,
        hidden_dim,
        score=None,
        dropout=0.0,
        coverage_weight=0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        sizes = {
            "source_vocabulary_size": source_vocabulary_size,
            "target_vocabulary_size": target_vocabulary_size,
            "embedding_dim": embedding_dim,
        }
        for name, size in sizes.items():
            if size < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
        if coverage_weight and score is None:
            raise ValueError(
                f"`coverage_weight` needs attention. Received: score=None, coverage_weight={coverage_weight}."
            )
        self.settings = {**sizes, "hidden_dim": hidden_dim, "dropout": dropout}
        self.score = score
        self.coverage_weight = coverage_weight
        of_layer = {"dtype": self.dtype_policy}
        attention = score
        if isinstance(score, str):
            attention = Attention(make_score(score, hidden_dim, name="score", **of_layer), **of_layer)
        self.source_embedding, self.target_embedding = (
            keras.layers.Embedding(size, embedding_dim, name=f"{side}_embedding", **of_layer)
            for side, size in (("source", source_vocabulary_size), ("target", target_vocabulary_size))
        )
        self.encoder = RecurrentEncoder(hidden_dim, dropout=dropout, name="encoder", **of_layer)
        self.decoder = RecurrentDecoder(hidden_dim, attention, name="decoder", **of_layer)
        self.dropout = keras.layers.Dropout(dropout, **of_layer)
        self.to_logits = keras.layers.Dense(target_vocabulary_size, name="to_logits", **of_layer)

    def build(self, inputs_shape):
        source = (*inputs_shape["source_token_ids"], self.settings["embedding_dim"])
        target = (*inputs_shape["target_token_ids"], self.settings["embedding_dim"])
        hidden_dim = self.settings["hidden_dim"]
        self.source_embedding.build(source[:2])
        self.target_embedding.build(target[:2])
        self.encoder.build(source)
        self.decoder.build(target, (*source[:2], hidden_dim), (source[0], hidden_dim))
        self.to_logits.build((*target[:2], hidden_dim))

    def call(self, inputs, training=None, return_attention_weights=False):
        source_mask = as_mask(inputs["source_padding_mask"])
        memory, summary = self.encoder(
            embed_tokens(inputs["source_token_ids"], self.source_embedding),
            mask=source_mask,
            training=training,
        )
        embedded = embed_tokens(inputs["target_token_ids"], self.target_embedding)
        embedded = self.dropout(embedded, training=training)
        wants_weights = return_attention_weights or self.coverage_weight > 0
        outputs = self.decoder(
            embedded, memory, summary, memory_mask=source_mask, return_attention_weights=wants_weights
        )
        outputs, weights = outputs if wants_weights else (outputs, None)
        if self.coverage_weight:
            penalty = coverage_penalty(weights, inputs["target_padding_mask"])
            self.add_loss(self.coverage_weight * ops.cast(penalty, "float32"))
        logits = self.to_logits(self.dropout(outputs, training=training))
        return (logits, weights) if return_attention_weights else logits

    def encode(self, source_token_ids, source_padding_mask, max_length=None):
        """Reads the source; returns the decoder's state before the first step, with room for any length."""
        if not self.built:
            shape = tuple(ops.shape(source_token_ids))
            self.build({"source_token_ids": shape, "target_token_ids": shape})
        source_mask = as_mask(source_padding_mask)
        embedded = embed_tokens(source_token_ids, self.source_embedding)
        memory, summary = self.encoder(embedded, mask=source_mask)
        return self.decoder.initial_state(memory, summary, source_mask)

    def step(self, token_ids, state):
        """Reads one token `(B,)` for each sentence; returns the logits `(B, V)` and the next state."""
        output, state = self.decoder.step(embed_tokens(token_ids, self.target_embedding), state)
        return self.to_logits(output), state

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape["target_token_ids"], self.settings["target_vocabulary_size"])

    def get_config(self):
        score = self.score
        if isinstance(score, keras.layers.Layer):
            score = keras.saving.serialize_keras_object(score)
        return {
            **super().get_config(),
            **self.settings,
            "score": score,
            "coverage_weight": self.coverage_weight,
        }

    @classmethod
    def from_config(cls, config):
        if isinstance(config["score"], dict):
            config = {**config, "score": keras.saving.deserialize_keras_object(config["score"])}
        return cls(**config)
