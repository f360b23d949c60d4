"""The readers: each a backbone of about as many parameters, and what it is trained to say of a text."""

import keras
import numpy as np
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.models import Bert, Elmo, Gpt, NextTokenModel, PretrainingModel, TwoWayLanguageModel
from course_lib.models.skip_gram import noise_distribution, skip_gram_pairs
from course_lib.objectives import MaskedWords
from course_lib.training import WarmupAndDecay

READERS = ("static", "elmo", "gpt", "bert")
WIDTH, LAYERS, HEADS, DROPOUT = 64, 2, 2, 0.1
WINDOW, NEGATIVES = 4, 5
PEAKS = {"static": 1e-2, "elmo": 4e-3, "gpt": 2e-3, "bert": 2e-3}


class StaticReader(keras.Model):
    """One vector a token, whatever stands beside it: `sequence_output[b, t] = embedding(token_ids[b, t])`."""

    def __init__(self, vocabulary_size, **kwargs):
        super().__init__(**kwargs)
        self.settings = {"vocabulary_size": vocabulary_size, "hidden_dim": WIDTH}
        self.token_embedding = keras.layers.Embedding(vocabulary_size, WIDTH)

    def build(self, inputs_shape):
        self.token_embedding.build(inputs_shape["token_ids"])

    def call(self, inputs, training=None):
        as_mask(inputs["padding_mask"])
        return {"sequence_output": self.token_embedding(inputs["token_ids"])}

    def compute_output_shape(self, inputs_shape):
        return {"sequence_output": (*inputs_shape["token_ids"], WIDTH)}


def make_reader(name, vocabulary_size, length):
    """A reader with new weights, built. The LSTMs are as wide as gives them the parameters of the others."""
    if name == "static":
        reader = StaticReader(vocabulary_size)
    elif name == "elmo":
        reader = Elmo(vocabulary_size, elmo_width(vocabulary_size, length), LAYERS, dropout=DROPOUT)
    else:
        kind = {"gpt": Gpt, "bert": Bert}[name]
        extra = {"has_pooler": False} if name == "bert" else {}
        rates = {"dropout": DROPOUT, "attention_dropout": DROPOUT}
        reader = kind(vocabulary_size, WIDTH, HEADS, 4 * WIDTH, LAYERS, length, **rates, **extra)
    ids = np.ones((1, 2), "int32")
    reader({"token_ids": ids, "padding_mask": ids != 0})
    return reader


def elmo_width(vocabulary_size, length):
    """The width of a direction for which `Elmo` has the parameters of a `Gpt`, as nearly as can be."""
    wanted = vocabulary_size * WIDTH + length * WIDTH + LAYERS * (12 * WIDTH**2 + 13 * WIDTH) + 2 * WIDTH
    numbers = {
        width: vocabulary_size * width + 2 * LAYERS * 4 * (2 * width**2 + width)
        for width in range(2, 2 * WIDTH)
    }
    return min(numbers, key=lambda width: abs(numbers[width] - wanted))


def make_task(name, reader, vocabulary, rows):
    """What a reader is trained to say.

    Returns:
        a triple: the model with the layers that are thrown away afterwards; a function from rows (B, T) and a
        generator to a batch, a dict of arrays; and the loss of model and batch, in nats a word asked for.
    """
    return {"static": _neighbours, "elmo": _both_ways, "gpt": _next_token, "bert": _masked_words}[name](
        reader, vocabulary, rows
    )


def _inputs(token_ids):
    return {"token_ids": token_ids, "padding_mask": token_ids != 0}


def _cross_entropy(labels, logits):
    """Mean over labels that are not padding."""
    losses = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    is_real = ops.cast(labels != 0, "float32")
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1.0)


def _masked_words(reader, vocabulary, rows):
    objective = MaskedWords(vocabulary, share=0.2, most=max(2, int(0.3 * rows.shape[1])))

    def batch(token_ids, generator):
        inputs, labels = objective.hide(token_ids, generator)
        return {**inputs, "padding_mask": token_ids != 0, "labels": labels}

    def loss(model, batch):
        inputs = {name: batch[name] for name in ("token_ids", "padding_mask", "masked_positions")}
        return _cross_entropy(batch["labels"], model(inputs, training=True))

    return PretrainingModel(reader, has_pair_head=False), batch, loss


def _next_token(reader, vocabulary, rows):
    def loss(model, batch):
        logits = model(batch, training=True)
        return _cross_entropy(batch["token_ids"][:, 1:], logits[:, :-1])

    return NextTokenModel(reader), lambda token_ids, generator: _inputs(token_ids), loss


def _both_ways(reader, vocabulary, rows):
    def loss(model, batch):
        logits, ids = model(batch, training=True), batch["token_ids"]
        forward = _cross_entropy(ids[:, 1:], logits["forward"][:, :-1])
        return (forward + _cross_entropy(ids[:, :-1], logits["backward"][:, 1:])) / 2

    return TwoWayLanguageModel(reader), lambda token_ids, generator: _inputs(token_ids), loss


class _Neighbours(keras.Model):
    """Logits of pairs of tokens: `static(center) · context(candidate)`."""

    def __init__(self, reader, **kwargs):
        super().__init__(**kwargs)
        self.reader = reader
        self.context = keras.layers.Embedding(
            reader.settings["vocabulary_size"], WIDTH, embeddings_initializer="zeros"
        )

    def call(self, inputs, training=None):
        centers = self.reader.token_embedding(inputs["centers"])  # (P, D)
        return ops.einsum("pd,pkd->pk", centers, self.context(inputs["candidates"]))


def _neighbours(reader, vocabulary, rows):
    model = _Neighbours(reader, name="neighbours")
    counted = rows[rows != 0]
    thresholds = np.cumsum(noise_distribution(counted, len(vocabulary)))
    size = 2 * WINDOW * 1_500  # of a batch, so that it is compiled once

    def batch(token_ids, generator):
        centers, contexts = skip_gram_pairs([row[row != 0] for row in token_ids], WINDOW)
        chosen = generator.choice(len(centers), size, replace=len(centers) < size)
        drawn = np.searchsorted(thresholds, generator.random((size, NEGATIVES)) * thresholds[-1])
        candidates = np.concatenate([contexts[chosen][:, None], drawn], axis=1).astype("int32")
        return {"centers": centers[chosen].astype("int32"), "candidates": candidates}

    def loss(model, batch):
        logits = model(batch, training=True)
        signs = np.array([1.0] + NEGATIVES * [-1.0], "float32")
        return ops.mean(ops.sum(ops.softplus(-signs * logits), axis=-1))

    model({"centers": np.zeros(1, "int32"), "candidates": np.zeros((1, 2), "int32")})
    return model, batch, loss


def pretrain(name, material, num_updates, batch_size, seed, jit_compile=True):
    """A reader that has read `num_updates * batch_size` rows.

    Returns:
        a pair: the reader, and the mean loss of the last twentieth of the updates.
    """
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    reader = make_reader(name, len(material.vocabulary), material.rows.shape[1])
    model, make_batch, loss_of = make_task(name, reader, material.vocabulary, material.rows)
    generator = np.random.default_rng(seed)
    model_inputs = make_batch(material.rows[:batch_size], generator)
    loss_of(model, model_inputs)  # builds the weights
    if not num_updates:
        return reader, float("nan")
    schedule = WarmupAndDecay(PEAKS[name], max(1, num_updates // 10), num_updates)
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=0.01, global_clipnorm=1.0)
    variables = model.trainable_variables
    optimizer.build(variables)

    @tf.function(jit_compile=jit_compile)
    def update(batch):
        with tf.GradientTape() as tape:
            loss = loss_of(model, batch)
        gradients = tape.gradient(loss, variables)
        pairs = zip(gradients, variables, strict=True)
        used = [(gradient, variable) for gradient, variable in pairs if gradient is not None]
        optimizer.apply(*[list(part) for part in zip(*used, strict=True)])
        return loss

    order, losses = np.zeros(0, "int64"), []
    for _ in range(num_updates):
        if len(order) < batch_size:
            order = generator.permutation(len(material.rows))
        chosen, order = order[:batch_size], order[batch_size:]
        losses.append(update(make_batch(material.rows[chosen], generator)))
    return reader, float(np.mean(losses[-max(1, num_updates // 20) :]))
