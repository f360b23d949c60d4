"""What is still to be read from a frozen model: praise or blame, from the mean of each layer."""

import keras
import numpy as np

from benchmarks.fine_tuning.sentences import Sentences, packed
from course_lib.data import load_sst2, load_waimai

LOADERS = {"english": load_sst2, "chinese": load_waimai}
CHOSEN_ON = {"english": "test", "chinese": "validation"}  # never what is reported of a task
NUM_TRAINING, BATCH_SIZE = 8_000, 256
PENALTIES = (10.0, 100.0, 1000.0)


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


def linear_accuracy(features, labels, asked_features, asked_labels):
    """Percent right of the best of three linear models, `w = (XᵀX + λI)⁻¹ Xᵀy` with y of ±1."""
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    rows, asked = ((part - centre) / spread for part in (features, asked_features))
    signs = 2.0 * labels - 1
    inner, outer = rows.T @ rows, rows.T @ (signs - signs.mean())
    found = []
    for penalty in PENALTIES:
        weights = np.linalg.solve(inner + penalty * np.eye(len(inner)), outer)
        found.append(np.mean((asked @ weights + signs.mean() > 0) == asked_labels))
    return round(100 * float(max(found)), 1)


def frozen_accuracies(backbone, tokenizer, training, asked):
    """What a linear model reads from each layer, in percent, the embedding first.

    Args:
        backbone: a `Bert`; its weights stay.
        tokenizer: has `encode_batch` and a `vocabulary`.
        training, asked: `Sentences`.
    """
    features = [layer_means(backbone, packed(tokenizer, part)) for part in (training, asked)]
    return [
        linear_accuracy(mine, training.labels, theirs, asked.labels)
        for mine, theirs in zip(*features, strict=True)
    ]
