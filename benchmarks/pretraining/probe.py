"""What is still to be read from a frozen model: praise or blame, from the mean of each layer."""

import keras
import numpy as np

from benchmarks.fine_tuning.sentences import Sentences, packed
from course_lib.chapters import linear_probe
from course_lib.data import load_sst2, load_waimai

LOADERS = {"english": load_sst2, "chinese": load_waimai}
CHOSEN_ON = {"english": "test", "chinese": "validation"}  # never what is reported of a task
NUM_TRAINING, BATCH_SIZE = 8_000, 256


def load_texts(language):
    """Sentences to learn from, drawn once for all, and those that are asked."""
    training, asked = (
        Sentences([row.text for row in rows], np.array([row.label for row in rows]))
        for rows in (LOADERS[language]("train"), LOADERS[language](CHOSEN_ON[language]))
    )
    return training.first(NUM_TRAINING, seed=0), asked


def layer_means(backbone, inputs):
    """The mean of each layer over the tokens behind [CLS], float64 `(N, D)`, the embedding first."""
    found = []
    for start in range(0, len(inputs["token_ids"]), BATCH_SIZE):
        batch = {name: array[start : start + BATCH_SIZE] for name, array in inputs.items()}
        mask = batch["padding_mask"].astype("float64")[..., None]
        mask[:, 0] = 0.0
        layers = backbone(batch, return_details=True)["layer_outputs"]
        arrays = [keras.ops.convert_to_numpy(keras.ops.cast(layer, "float32")) for layer in layers]
        found.append([(array * mask).sum(axis=1) / mask.sum(axis=1) for array in arrays])
    return [np.concatenate(parts) for parts in zip(*found, strict=True)]


def frozen_accuracies(backbone, tokenizer, training, asked):
    """What logistic regression reads from each layer, in percent, the embedding first.

    A quarter of the training sentences chooses the penalty.

    Args:
        backbone: a `Bert`; its weights stay.
        tokenizer: has `encode_batch` and a `vocabulary`.
        training, asked: `Sentences`.
    """
    means = [layer_means(backbone, packed(tokenizer, part)) for part in (training, asked)]
    fitted, chosen = np.split(np.arange(len(training.texts)), [3 * len(training.texts) // 4])
    accuracies = []
    for features, questions in zip(*means, strict=True):
        parts = [(features[rows], training.labels[rows]) for rows in (fitted, chosen)]
        accuracies.append(round(100 * float(np.mean(linear_probe(*parts, questions) == asked.labels)), 1))
    return accuracies
