"""A pre-trained reader, or a fresh one, fine-tuned to tell classes of sentences."""

import time

import numpy as np

from benchmarks.fine_tuning.sentences import packed
from benchmarks.pretraining.contender import make_bert, set_initial_weights
from benchmarks.pretraining.recipe import Recipe
from course_lib.chapters import FineTuner
from course_lib.models import PretrainingModel, SentenceClassifier
from course_lib.training import set_seed
from course_lib.training.resumable_checkpoint import read_whole


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
        dict: accuracy in percent on each of `held_out`.
    """
    set_seed(seed)
    began = time.process_time()
    backbone = make_backbone(len(tokenizer.vocabulary), dropout, weights_path)
    model = SentenceClassifier(backbone, 2, pooling="mean", dropout=dropout)
    inputs = packed(tokenizer, training)
    model({name: array[:1] for name, array in inputs.items()})
    tuner = FineTuner(model)
    tuner.fit(inputs, training.labels, peak=rate, num_epochs=epochs, batch_size=batch_size, seed=seed)
    found = {"processor_minutes": round((time.process_time() - began) / 60, 2)}
    for name, sentences in held_out.items():
        right = tuner.predict(packed(tokenizer, sentences)).argmax(-1) == sentences.labels
        found[name] = round(100 * float(right.mean()), 2)
    return found
