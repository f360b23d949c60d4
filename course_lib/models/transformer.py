"""The encoder–decoder Transformer."""

import math

import keras
from keras import ops

from course_lib.layers import DecoderBlock, TransformerEncoder, make_positions
from course_lib.layers.masks import as_mask
from course_lib.layers.transformer_encoder import at_entrance, block_positions
from course_lib.models.token_ids import embed_tokens

TIES = ("none", "output", "all")
BLOCK_SETTINGS = (
    "hidden_dim",
    "num_heads",
    "intermediate_dim",
    "norm_place",
    "dropout",
    "attention_dropout",
    "feed_forward_dropout",
)


@keras.saving.register_keras_serializable("course_lib")
class Transformer(keras.Model):
    """A translator without recurrence: every position is read at once, and sees others by attention.

    `p(y | x) = prod_t p(y[t] | y[<t], x)`, with `logits[t] = E output[t]` for each factor

    Args:
        source_vocabulary_size, target_vocabulary_size: int, numbers of tokens; id 0 is padding.
        hidden_dim: int `D`, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks the encoder has, and how many the decoder.
        max_sequence_length: int, for how many positions there is room; relative positions set no limit to
            sentences that are read at once, but decoding keeps room for so many steps.
        tied_embeddings: which matrices are one: "output", that of the target embedding and of the logits;
            "all", that of the source embedding too (one vocabulary for both languages); or "none".
        norm_place: "pre" or "post", see `Residual`; with "pre" a last normalisation ends either stack.
        positions: "sinusoidal", "learned", "rotary", "relative" or "none".
        position_place: "once", on the embeddings (relative positions: on the first layer's scores), or
            "every_layer", in each self-attention.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        feed_forward_dropout: float, the same for activations inside the feed-forward networks.

    Call arguments:
        inputs: dict of "source_token_ids" `(B, S)`, "source_padding_mask" `(B, S)` and "target_token_ids"
            `(B, T)`, the target shifted right ("teacher forcing"), padding behind it. A
            "target_padding_mask" is not needed: the causal mask hides what stands behind.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        logits `(B, T, V)`, or the pair of them and a dict of attention weights, each a list with one tensor
        for a layer: "encoder" `(B, N, S, S)`, "causal" `(B, N, T, T)` and "cross" `(B, N, T, S)`.

    Raises:
        ValueError: if a size is not positive, a setting is not known, settings exclude each other, a mask
            holds floats, or token ids are floats or known to be outside the vocabulary.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Transformer
        >>> model = Transformer(11, 13, hidden_dim=8, num_heads=2, intermediate_dim=16, num_layers=1)
        >>> source, target = ops.array([[5, 6, 7]]), ops.array([[2, 5, 6, 7, 8]])
        >>> batch = {"source_token_ids": source, "source_padding_mask": source != 0}
        >>> batch["target_token_ids"] = target
        >>> logits, weights = model(batch, return_attention_weights=True)
        >>> tuple(logits.shape), tuple(weights["cross"][0].shape)
        ((1, 5, 13), (1, 2, 5, 3))

    In the paper: hidden_dim = d_model, intermediate_dim = d_ff, num_layers = N, num_heads = h.
    Reference: Vaswani et al. (2017), https://arxiv.org/abs/1706.03762; Press and Wolf (2017),
    https://arxiv.org/abs/1608.05859 (tied embeddings)
    Taught in: notebooks/08_the_transformer
    """

    def __init__(
        self,
        source_vocabulary_size,
        target_vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        max_sequence_length=256,
        tied_embeddings="output",
        norm_place="pre",
        positions="sinusoidal",
        position_place="once",
        dropout=0.0,
        attention_dropout=0.0,
        feed_forward_dropout=0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.settings = {
            "source_vocabulary_size": source_vocabulary_size,
            "target_vocabulary_size": target_vocabulary_size,
            "hidden_dim": hidden_dim,
            "num_heads": num_heads,
            "intermediate_dim": intermediate_dim,
            "num_layers": num_layers,
            "max_sequence_length": max_sequence_length,
            "tied_embeddings": tied_embeddings,
            "norm_place": norm_place,
            "positions": positions,
            "position_place": position_place,
            "dropout": dropout,
            "attention_dropout": attention_dropout,
            "feed_forward_dropout": feed_forward_dropout,
        }
        check_settings(self.settings)
        self.target_embedding = self.make_embedding(target_vocabulary_size, "target_embedding")
        self.source_embedding = self.target_embedding
        if tied_embeddings != "all":
            self.source_embedding = self.make_embedding(source_vocabulary_size, "source_embedding")
        self.output_projection = None
        if tied_embeddings == "none":
            self.output_projection = keras.layers.Dense(
                target_vocabulary_size, use_bias=False, dtype=self.dtype_policy, name="output_projection"
            )
        of_blocks = {name: self.settings[name] for name in BLOCK_SETTINGS}
        self.encoder = TransformerEncoder(
            num_layers,
            positions=self.make_positions("encoder_positions"),
            position_place=position_place,
            dtype=self.dtype_policy,
            name="encoder",
            **of_blocks,
        )
        scheme = self.make_positions("decoder_positions")
        self.decoder_positions = scheme if at_entrance(scheme, position_place) else None
        self.drop = self.encoder.drop  # one for the embeddings of both sides
        self.decoder_blocks = [
            DecoderBlock(
                positions=block_positions(scheme, position_place, index),
                dtype=self.dtype_policy,
                name=f"decoder_block_{index}",
                **of_blocks,
            )
            for index in range(num_layers)
        ]
        self.decoder_norm = None
        if norm_place == "pre":
            self.decoder_norm = keras.layers.LayerNormalization(
                epsilon=1e-5, dtype=self.dtype_policy, name="decoder_norm"
            )

    def make_embedding(self, vocabulary_size, name):
        """An embedding drawn so that its product with a normalised vector has variance one."""
        width = self.settings["hidden_dim"]
        initializer = keras.initializers.RandomNormal(stddev=width**-0.5)
        return keras.layers.Embedding(
            vocabulary_size,
            width,
            embeddings_initializer=initializer,
            dtype=self.dtype_policy,
            name=name,
        )

    def make_positions(self, name):
        """The position scheme of one of the two stacks, or `None`."""
        if self.settings["positions"] == "none":
            return None
        return make_positions(
            self.settings["positions"],
            max_sequence_length=self.settings["max_sequence_length"],
            num_heads=self.settings["num_heads"],
            name=name,
            dtype=self.dtype_policy,
        )

    def build(self, inputs_shape):
        source = (*inputs_shape["source_token_ids"], self.settings["hidden_dim"])
        target = (*inputs_shape["target_token_ids"], self.settings["hidden_dim"])
        for embedding, shape in ((self.target_embedding, target), (self.source_embedding, source)):
            if not embedding.built:
                embedding.build(shape[:2])
        self.encoder.build(source)
        if self.decoder_positions is not None:
            self.decoder_positions.build(target)
        for block in self.decoder_blocks:
            block.build(target, source)
        for layer in (self.decoder_norm, self.output_projection):
            if layer is not None:
                layer.build(target)

    def embed(self, token_ids, embedding):
        """Token vectors of variance about one, `(B, T, D)`."""
        return embed_tokens(token_ids, embedding) * math.sqrt(self.settings["hidden_dim"])

    def embed_target(self, token_ids, start=0, training=None):
        """What the first decoder block reads: token vectors, with positions if these come once."""
        vectors = self.embed(token_ids, self.target_embedding)
        if self.decoder_positions is not None:
            vectors = self.decoder_positions(vectors, start=start)
        return self.drop(vectors, training=training)

    def read(self, source_token_ids, source_mask, return_attention_weights=False, training=None):
        """The encoder's outputs `(B, S, D)`, or the pair of them and a list of attention weights."""
        return self.encoder(
            self.embed(source_token_ids, self.source_embedding),
            padding_mask=source_mask,
            return_attention_weights=return_attention_weights,
            training=training,
        )

    def to_logits(self, outputs):
        """From the last block's outputs to logits."""
        outputs = outputs if self.decoder_norm is None else self.decoder_norm(outputs)
        if self.output_projection is not None:
            return self.output_projection(outputs)
        kernel = ops.cast(self.target_embedding.embeddings, outputs.dtype)
        return ops.matmul(outputs, ops.transpose(kernel))

    def call(self, inputs, training=None, return_attention_weights=False):
        source_mask = as_mask(inputs["source_padding_mask"])
        memory = self.read(inputs["source_token_ids"], source_mask, return_attention_weights, training)
        memory, encoder_weights = memory if return_attention_weights else (memory, [])
        outputs = self.embed_target(inputs["target_token_ids"], training=training)
        weights = {"encoder": encoder_weights, "causal": [], "cross": []}
        for block in self.decoder_blocks:
            outputs = block(
                outputs,
                memory,
                memory_mask=source_mask,
                return_attention_weights=return_attention_weights,
                training=training,
            )
            if return_attention_weights:
                outputs, causal, cross = outputs
                weights["causal"].append(causal)
                weights["cross"].append(cross)
        logits = self.to_logits(outputs)
        return (logits, weights) if return_attention_weights else logits

    def encode(self, source_token_ids, source_padding_mask, max_length=None):
        """Reads the source; returns the decoder's state before the first step.

        Args:
            source_token_ids: `(B, S)`.
            source_padding_mask: bool `(B, S)`, `True` at real tokens.
            max_length: int, for how many steps there is room; `max_sequence_length` if not given. Every step
                costs time in proportion to it.
        """
        if not self.built:
            shape = tuple(ops.shape(source_token_ids))
            self.build({"source_token_ids": shape, "target_token_ids": shape})
        length = max_length or self.settings["max_sequence_length"]
        source_mask = as_mask(source_padding_mask)
        memory = self.read(source_token_ids, source_mask)
        return {
            "position": ops.zeros_like(source_mask[:, 0], dtype="int32"),  # (B,), the same for all
            "memory_mask": source_mask,
            "layers": [block.initial_state(memory, length) for block in self.decoder_blocks],
        }

    def step(self, token_ids, state):
        """Reads one token `(B,)` for each sentence; returns the logits `(B, V)` and the next state.

        All shapes are static: a step can be compiled once. Behind the last position there is room for, the
        logits are NaN.
        """
        position = state["position"][0]
        outputs = self.embed_target(ops.convert_to_tensor(token_ids)[:, None], start=position)
        layers = []
        for block, layer_state in zip(self.decoder_blocks, state["layers"], strict=True):
            outputs, layer_state = block.step(outputs, layer_state, position, state["memory_mask"])
            layers.append(layer_state)
        logits = self.to_logits(outputs)[:, 0]
        room = layers[0]["self_attention_cache"][0].shape[2]
        logits = ops.where(position < room, logits, float("nan"))
        return logits, {**state, "position": state["position"] + 1, "layers": layers}

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape["target_token_ids"], self.settings["target_vocabulary_size"])

    def get_config(self):
        return {**super().get_config(), **self.settings}


def check_settings(settings):
    """Refuses sizes below one, words that are not known, and one vocabulary of two sizes."""
    for name in ("source_vocabulary_size", "target_vocabulary_size", "max_sequence_length"):
        if settings[name] < 1:
            raise ValueError(f"`{name}` must be positive. Received: {name}={settings[name]}.")
    ties = settings["tied_embeddings"]
    if ties not in TIES:
        raise ValueError(f"`tied_embeddings` must be one of {TIES}. Received: tied_embeddings={ties!r}.")
    sizes = settings["source_vocabulary_size"], settings["target_vocabulary_size"]
    if ties == "all" and sizes[0] != sizes[1]:
        raise ValueError(
            "`tied_embeddings='all'` needs one vocabulary for both languages. Received: "
            f"source_vocabulary_size={sizes[0]}, target_vocabulary_size={sizes[1]}."
        )
