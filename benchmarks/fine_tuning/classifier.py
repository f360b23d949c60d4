"""A pre-trained reader, or a fresh one, fine-tuned to tell classes of sentences."""

import time

import keras
import numpy as np

from benchmarks.fine_tuning.sentences import Batches, encoded
from benchmarks.pretraining.contender import make_bert, set_initial_weights
from benchmarks.pretraining.recipe import Recipe
from course_lib.models import PretrainingModel, SentenceClassifier
from course_lib.training import WarmupAndDecay, set_seed
from course_lib.training.resumable_checkpoint import read_whole

MAX_LENGTH = 64


def make_backbone(vocabulary_size, dropout, weights_path=None):
    """A reader of the recipe's size, with the weights of a pre-trained model if its file is given."""
    recipe = Recipe()
    backbone = make_bert(recipe, vocabulary_size, dropout)
    model = PretrainingModel(backbone, has_pair_head=False)
    model({"token_ids": np.ones((1, 3), "int32"), "padding_mask": np.ones((1, 3), bool)})
    set_initial_weights(model, recipe)
    if weights_path is not None:
        _, arrays = read_whole(weights_path)
        model.set_weights([arrays[str(index)] for index in range(len(arrays))])
    return backbone


def make_optimizer(peak, num_steps):
    """AdamW whose rate rises for a tenth of the updates and falls to zero; norms and biases do not decay."""
    schedule = WarmupAndDecay(peak, max(num_steps // 10, 1), num_steps)
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=0.01, global_clipnorm=1.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    return optimizer


def fine_tune(tokenizer, training, held_out, seed, epochs, rate, dropout, batch_size=32, weights_path=None):
    """Trains a classifier; the last update counts.

    Args:
        tokenizer: that of the pre-trained model.
        training: `Sentences`.
        held_out: dict of `Sentences`.
        seed: of the head, dropout and order.
        epochs, rate, dropout, batch_size: the recipe.
        weights_path: of a pre-trained model; fresh weights if none.

    Returns:
        dict: accuracy in percent on each of `held_out`, and its answers there.
    """
    set_seed(seed)
    began = time.process_time()
    backbone = make_backbone(len(tokenizer.vocabulary), dropout, weights_path)
    model = SentenceClassifier(backbone, 2, pooling="mean", dropout=dropout)
    batches = Batches(encoded(tokenizer, training.texts, MAX_LENGTH), training.labels, batch_size)
    optimizer = make_optimizer(rate, epochs * len(batches))
    model.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True), jit_compile=False)
    generator = np.random.default_rng(seed)
    for _ in range(epochs):
        for inputs, labels in batches.epoch(generator):
            model.train_on_batch(inputs, labels)
    found = {"processor_minutes": round((time.process_time() - began) / 60, 2)}
    for name, sentences in held_out.items():
        answers = answers_of(model, tokenizer, sentences)
        found[name] = round(100 * float(np.mean(answers == sentences.labels)), 2)
    return found


def answers_of(model, tokenizer, sentences):
    """The class of each sentence."""
    batches = Batches(encoded(tokenizer, sentences.texts, MAX_LENGTH), sentences.labels, 128)
    answers = np.zeros(len(sentences.texts), int)
    for places, inputs in batches.in_order():
        answers[places] = keras.ops.convert_to_numpy(model.predict_on_batch(inputs)).argmax(-1)
    return answers
