"""The published checkpoint under a classifier: trained once with the labels of a task, and kept."""

import time
from functools import cache
from pathlib import Path

import keras
import numpy as np

from course_lib.chapters import FineTuner
from course_lib.checkpoints import load_bert
from course_lib.data import corpus_file
from course_lib.models import Bert, SentenceClassifier
from course_lib.text import Vocabulary, WordPieceTokenizer
from course_lib.training import set_seed
from course_lib.training.resumable_checkpoint import read_whole, write_atomically

CHECKPOINT = "all_minilm_l6_v2"
FOLDER = Path(__file__).parents[2] / "runs" / "published"
DROPOUT = 0.1
RECIPES = {
    "sst2": {"peak": 1e-4, "num_epochs": 2, "batch_size": 32},
    "mrpc": {"peak": 1e-4, "num_epochs": 2, "batch_size": 16},
    "squadshifts": {"peak": 3e-4, "num_epochs": 2, "batch_size": 16},
}


@cache
def load_reader():
    """The checkpoint and its tokenizer, read once; nobody trains this one."""
    tokenizer = WordPieceTokenizer(Vocabulary.load(corpus_file(CHECKPOINT, "vocab.txt")))
    files = (corpus_file(CHECKPOINT, name) for name in ("config.json", "model.safetensors"))
    return load_bert(*files), tokenizer


def make_classifier(checkpoint, num_layers, dropout=DROPOUT):
    """A fresh classifier of two classes, with so many layers of the size of a checkpoint, a loaded `Bert`."""
    settings = {**checkpoint.settings, "num_layers": num_layers, "has_pooler": False}
    reader = Bert(**{**settings, "dropout": dropout, "attention_dropout": dropout})
    model = SentenceClassifier(reader, 2, pooling="mean", dropout=dropout)
    model({"token_ids": np.ones((1, 3), "int32"), "padding_mask": np.ones((1, 3), bool)})
    return model


def published_classifier(checkpoint, dropout=DROPOUT):
    """All layers of the checkpoint under a fresh head."""
    model = make_classifier(checkpoint, checkpoint.settings["num_layers"], dropout)
    for part in ("embedding", "encoder"):
        getattr(model.backbone, part).set_weights(getattr(checkpoint, part).get_weights())
    return model


def fine_tuned(task, seed, inputs, labels):
    """A classifier of a task, from its file, or trained and kept there.

    Args:
        task: "sst2" or "mrpc": whose labels are two classes.
        seed: of the head, dropout and order; the file's name has it, so it stands for these labels.
        inputs, labels: what it is trained with, arrays (N, T) and classes (N,).

    Returns:
        the model, and the minutes of processor time that its training took.
    """
    path, checkpoint = FOLDER / f"{task}_{seed}.npz", load_reader()[0]
    if path.exists():
        facts, arrays = read_whole(path)
        model = published_classifier(checkpoint)
        model.set_weights([arrays[str(index)] for index in range(len(arrays))])
        return model, facts["minutes"]
    model, minutes = fine_tune_by(RECIPES[task], seed, inputs, labels, name=task)
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {str(index): keras.ops.convert_to_numpy(weight) for index, weight in enumerate(model.weights)}
    write_atomically(path, {"minutes": minutes}, arrays)
    return model, minutes


def fine_tune_by(recipe, seed, inputs, labels, name):
    """The checkpoint under a classifier, trained by a recipe; and the minutes of processor time it took.

    Args:
        recipe: what `FineTuner.fit` takes: "peak", "num_epochs" and "batch_size".
        seed, inputs, labels: as of `fine_tuned`.
        name: what the line that shows progress begins with.
    """
    set_seed(seed)
    model, began = published_classifier(load_reader()[0]), time.process_time()

    def after_epoch(epoch):
        print(f"{name}, seed {seed}: epoch {epoch} of {recipe['num_epochs']}", flush=True)

    FineTuner(model).fit(inputs, labels, seed=seed, after_epoch=after_epoch, **recipe)
    return model, round((time.process_time() - began) / 60, 2)
