"""The course's `Bert`."""

import keras

from benchmarks.bert_speed import batches
from course_lib.models import Bert, PretrainingModel, SentenceClassifier
from course_lib.training import TokenCrossEntropy

DROPOUT = 0.1


def make_backbone(size, has_pooler=True):
    """A `Bert` of a size."""
    return Bert(
        size.vocabulary_size,
        size.hidden_dim,
        size.num_heads,
        size.intermediate_dim,
        size.num_layers,
        max_sequence_length=batches.WIDTH,
        activation="gelu_tanh",  # that of keras-hub
        attention_dropout=DROPOUT,
        has_pooler=has_pooler,
    )


def inputs_of(token_ids):
    """What `Bert` takes."""
    return {"token_ids": token_ids, "padding_mask": token_ids != 0}


def trained(model, inputs, loss, stream, jit_compile):
    """What trains on the next batch of a stream and says how many tokens are real."""
    model(inputs)
    model.compile(keras.optimizers.AdamW(1e-4), loss, jit_compile=jit_compile)
    model.optimizer.build(model.trainable_variables)

    def run():
        inputs, labels = next(stream)
        model.train_on_batch(inputs, labels)
        return int(inputs["padding_mask"].sum())

    return {"run": run, "parameters": model.count_params()}


def pretraining(size, jit_compile=False, precision="float32"):
    """Masked words: one full batch again and again."""
    keras.config.set_dtype_policy(precision)
    token_ids, places, labels = batches.full_batch(size)
    inputs = {**inputs_of(token_ids), "masked_positions": places}
    model = PretrainingModel(make_backbone(size, has_pooler=False), has_pair_head=False)
    return trained(model, inputs, TokenCrossEntropy(), iter(lambda: (inputs, labels), None), jit_compile)


def classifier_loss():
    """The loss of two classes from logits."""
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def fine_tuning(size, precision="float32"):
    """Classes of sentences, those of like length together."""
    keras.config.set_dtype_policy(precision)
    model = SentenceClassifier(make_backbone(size), 2)
    stream = ((inputs_of(token_ids), labels) for token_ids, labels in batches.batches_by_length(size))
    return trained(model, next(stream)[0], classifier_loss(), stream, jit_compile=False)


def inference(size, precision="float32"):
    """Classes of sentences, asked."""
    keras.config.set_dtype_policy(precision)
    model = SentenceClassifier(make_backbone(size), 2)
    return asked(model, (inputs_of(token_ids) for token_ids, _ in batches.batches_by_length(size)))


def asked(model, stream):
    """What asks about the next batch of a stream and says how many tokens are real."""

    def run():
        inputs = next(stream)
        model.predict_on_batch(inputs)
        return int(inputs["padding_mask"].sum())

    run()
    return {"run": run, "parameters": model.count_params()}
