"""keras-hub's `BertBackbone` with its head of masked words, and its classifier."""

import keras
import keras_hub

from benchmarks.bert_speed import batches
from benchmarks.bert_speed.contenders.ours import DROPOUT, asked, classifier_loss, trained


def make_backbone(size):
    """A `BertBackbone` of a size."""
    return keras_hub.models.BertBackbone(
        vocabulary_size=size.vocabulary_size,
        num_layers=size.num_layers,
        num_heads=size.num_heads,
        hidden_dim=size.hidden_dim,
        intermediate_dim=size.intermediate_dim,
        dropout=DROPOUT,
        max_sequence_length=batches.WIDTH,
    )


def inputs_of(token_ids):
    """What `BertBackbone` takes."""
    return {"token_ids": token_ids, "segment_ids": 0 * token_ids, "padding_mask": token_ids != 0}


def pretraining(size, jit_compile=False):
    """Masked words: one full batch again and again; the head reads the hidden places alone, as ours."""
    token_ids, places, labels = batches.full_batch(size)
    inputs = {**inputs_of(token_ids), "mask_positions": places}
    backbone = make_backbone(size)
    ids = {name: keras.Input((None,), dtype="int32", name=name) for name in inputs}
    outputs = backbone({name: ids[name] for name in backbone.input})
    logits = keras_hub.layers.MaskedLMHead(
        token_embedding=backbone.token_embedding, intermediate_activation="gelu"
    )(outputs["sequence_output"], mask_positions=ids["mask_positions"])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    stream = iter(lambda: (inputs, labels), None)
    return trained(keras.Model(ids, logits), inputs, loss, stream, jit_compile)


def classifier(size):
    """The model of its guide."""
    return keras_hub.models.BertTextClassifier(make_backbone(size), num_classes=2, preprocessor=None)


def batches_of_one_width(size):
    """Sentences in random order, as wide as its preprocessor makes them."""
    for token_ids, labels in batches.batches_in_random_order(size, batches.WIDTH):
        yield inputs_of(token_ids), labels


def fine_tuning(size):
    """Classes of sentences, all of one width."""
    stream = batches_of_one_width(size)
    return trained(classifier(size), next(stream)[0], classifier_loss(), stream, jit_compile=False)


def inference(size):
    """Classes of sentences, asked."""
    return asked(classifier(size), (inputs for inputs, _ in batches_of_one_width(size)))
