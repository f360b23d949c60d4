"""What BERT and its children have in common."""

import keras

from course_lib.layers import TransformerEncoder
from course_lib.layers.initializers import fresh_initializer
from course_lib.layers.masks import as_mask
from course_lib.models.bert.bert_embedding import BertEmbedding

INITIALIZER = {"class_name": "TruncatedNormal", "config": {"mean": 0.0, "stddev": 0.02, "seed": None}}


class BertReader(keras.Model):
    """Tables, a stack of blocks with post-norm, and perhaps a pooler: who is of BERT's kind differs in parts.

    `sequence_output = encoder(projection(embedding(inputs)))`, the projection only where tables are narrower
    `pooled_output = tanh(W sequence_output[:, 0] + b)`

    A child's constructor calls `assemble` with its settings; a child with another embedding, another way to
    call it, or an attention mask of its own overrides `make_embedding`, `embed` or `attention_mask`.
    """

    epsilon = 1e-12  # of every normalisation

    def assemble(self, settings, embedding=None, **of_encoder):
        """Makes the parts.

        Args:
            settings: dict, the constructor's arguments by name.
            embedding: the embedding of another reader, where both are to read with one; else its own is made.
            **of_encoder: what `TransformerEncoder` takes besides.
        """
        self.settings = settings
        width = settings["hidden_dim"]
        self.embedding = self.make_embedding(settings) if embedding is None else embedding
        self.projection = None
        if settings.get("embedding_dim", width) != width:
            self.projection = self.dense(width, "projection")
        self.encoder = TransformerEncoder(
            settings["num_layers"],
            width,
            settings["num_heads"],
            settings["intermediate_dim"],
            dropout=settings["dropout"],
            attention_dropout=settings["attention_dropout"],
            activation=settings["activation"],
            norm_place="post",
            epsilon=self.epsilon,
            kernel_initializer=INITIALIZER,
            dtype=self.dtype_policy,
            name="encoder",
            **of_encoder,
        )
        self.pooler = self.dense(width, "pooler", "tanh") if settings.get("has_pooler", False) else None

    def make_embedding(self, settings):
        """What tokens are read with."""
        return BertEmbedding(
            settings["vocabulary_size"],
            settings.get("embedding_dim", settings["hidden_dim"]),
            settings["max_sequence_length"],
            settings.get("num_segments", 0),
            epsilon=self.epsilon,
            initializer=INITIALIZER,
            dtype=self.dtype_policy,
            name="embedding",
        )

    def dense(self, units, name, activation=None):
        """A dense layer drawn as BERT's are."""
        initializer = fresh_initializer(INITIALIZER)
        return keras.layers.Dense(
            units, activation, kernel_initializer=initializer, dtype=self.dtype_policy, name=name
        )

    @property
    def token_embedding(self):
        """The table of token vectors, which the head that predicts words reads the other way."""
        return self.embedding.tokens

    def build(self, inputs_shape):
        shape = inputs_shape["token_ids"]
        if not self.embedding.built:
            self.embedding.build(shape)
        if self.projection is not None:
            self.projection.build((*shape, self.settings["embedding_dim"]))
        inner = (*shape, self.settings["hidden_dim"])
        self.encoder.build(inner)
        if self.pooler is not None:
            self.pooler.build((shape[0], inner[-1]))

    def embed(self, inputs, padding_mask):
        """The vectors `(B, T, D or less)` that the stack is to read."""
        return self.embedding(inputs["token_ids"], inputs.get("segment_ids"))

    def attention_mask(self, inputs):
        """Which tokens may see which, bool `(B, T, T)`, or `None`: all see all."""
        return None

    def call(self, inputs, return_details=False, training=None):
        if "padding_mask" not in inputs:
            raise ValueError(
                '`inputs` must hold "token_ids" and "padding_mask", True at real tokens. '
                f"Received: {sorted(inputs)}."
            )
        masks = {
            "padding_mask": as_mask(inputs["padding_mask"]),
            "attention_mask": self.attention_mask(inputs),
        }
        embedded = self.embed(inputs, masks["padding_mask"])
        if self.projection is not None:
            embedded = self.projection(embedded)
        if return_details:
            return self.read_in_detail(embedded, training=training, **masks)
        return self.outputs_of(self.encoder(embedded, training=training, **masks))

    def read_in_detail(self, embedded, padding_mask, attention_mask=None, training=None):
        """What the encoder does with embedded tokens `(B, T, D)`, block by block."""
        outputs = self.encoder.drop(embedded, training=training)
        layer_outputs, attention_weights = [outputs], []
        for block in self.encoder.blocks:
            outputs, weights = block(
                outputs,
                padding_mask=padding_mask,
                attention_mask=attention_mask,
                return_attention_weights=True,
                training=training,
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
