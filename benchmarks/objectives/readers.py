"""The one encoder of all rungs: read from both sides, from left to right, or asked in a random order."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.layers.positions.sinusoidal import sinusoids
from course_lib.models import Bert
from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.models.heads.masked_word_head import gather_positions
from course_lib.text import BERT_SPECIAL_TOKENS

MASK_ID = BERT_SPECIAL_TOKENS.index("[MASK]")


@keras.saving.register_keras_serializable("benchmarks")
class LeftToRightBert(Bert):
    """BERT's encoder, in which no token sees those behind it."""

    def attention_mask(self, inputs):
        rows, length = ops.shape(inputs["token_ids"])
        places = ops.arange(length)
        return ops.broadcast_to(places[None, None, :] <= places[None, :, None], (rows, length, length))


@keras.saving.register_keras_serializable("benchmarks")
class PermutedBert(Bert):
    """BERT's encoder with a second stream: masks that ask, behind the text, and that nobody sees.

    `[content; query] = encoder([embedding(text); embedding(masks at the places that are asked for)])`

    It is XLNet's objective in BERT's encoder, with BERT's positions; without "asked_positions" it is BERT.

    Call arguments:
        inputs: as of `Bert`, and "asked_positions" `(B, M)` and "stream_mask" bool `(B, T + M, T + M)`, who
            may see what, see `batches.stream_mask`.

    Returns:
        dict of "sequence_output" `(B, M, D)`, of the queries.
    """

    def call(self, inputs, return_details=False, training=None):
        if "asked_positions" not in inputs:
            return super().call(inputs, return_details=return_details, training=training)
        token_ids = inputs["token_ids"]
        masks = self.embedding(ops.full_like(token_ids, MASK_ID))  # one at every place of the text
        query = gather_positions(masks, inputs["asked_positions"])
        embedded = ops.concatenate([self.embedding(token_ids), query], axis=1)
        outputs = self.encoder(embedded, attention_mask=as_mask(inputs["stream_mask"]), training=training)
        return {"sequence_output": outputs[:, ops.shape(token_ids)[1] :]}


READERS = {"left to right": LeftToRightBert, "permuted": PermutedBert}


def make_reader(sizes, kind="masked", has_pooler=False, dropout=0.0):
    """A reader of these sizes with fresh weights.

    Args:
        sizes: a `Sizes`.
        kind: that of a rung.
        has_pooler: whether pairs will be asked about.
        dropout: for fine-tuning; there is none before.
    """
    reader = READERS.get(kind, Bert)(
        sizes.vocabulary_size,
        hidden_dim=sizes.hidden_dim,
        num_heads=sizes.num_heads,
        intermediate_dim=sizes.intermediate_dim,
        num_layers=sizes.num_layers,
        max_sequence_length=sizes.max_sequence_length,
        dropout=dropout,
        attention_dropout=dropout,
        has_pooler=has_pooler,
    )
    reader.build({"token_ids": (None, sizes.length)})
    return reader


def reader_weights(reader):
    """The weights that all readers have, of tables and blocks: what was learnt for pairs alone is left."""
    return [*reader.embedding.get_weights(), *reader.encoder.get_weights()]


def set_reader_weights(reader, weights):
    """Begins with the tables and blocks of another reader."""
    count = len(reader.embedding.weights)
    reader.embedding.set_weights(weights[:count])
    reader.encoder.set_weights(weights[count:])


def plain_reader(reader, sizes, kind):
    """A reader as tasks take it: see `reader_of`."""
    return reader_of(reader_weights(reader), sizes, kind)


def reader_of(weights, sizes, kind, dropout=0.0):
    """A reader with these weights as tasks take it: from both sides, unless it learnt from left to right."""
    plain = make_reader(sizes, kind if kind == "left to right" else "masked", dropout=dropout)
    set_reader_weights(plain, weights)
    return plain


def spread(layer, factor):
    """Makes matrices so many times as wide."""
    for weight in layer.trainable_variables:
        if len(weight.shape) > 1:
            weight.assign(weight * factor)


def widen(layer, width):
    """Spreads matrices as suits their width: to a deviation of 1 / sqrt(width)."""
    spread(layer, width**-0.5 / INITIALIZER["config"]["stddev"])


def set_initial_positions(reader, sizes):
    """Positions begin as sinusoids."""
    table = reader.embedding.positions.table
    table.assign(sizes.initial_positions * sinusoids(*table.shape))
