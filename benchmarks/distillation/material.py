"""Sentences and pairs as arrays, with what is reported kept apart."""

from typing import NamedTuple

import numpy as np

from benchmarks.fine_tuning.sentences import sst2_splits
from course_lib.data import load_mrpc
from course_lib.text import pack

MAX_LENGTH = {"sst2": 64, "mrpc": 128}


class Material(NamedTuple):
    """Inputs (n, T) of a reader, and classes (n,)."""

    inputs: dict
    labels: np.ndarray

    def first(self, number, seed):
        """`number` of them, drawn by the seed; all if none."""
        rows = np.random.default_rng(seed).permutation(len(self.labels))[:number]
        return Material({name: array[rows] for name, array in self.inputs.items()}, self.labels[rows])


def load_material(task, tokenizer):
    """The parts of a task.

    Args:
        task: "sst2" or "mrpc".
        tokenizer: that of the checkpoint.

    Returns:
        dict of "train" and "report". SST-2: the development set to report, as papers do, and the treebank's
        test sentences as "choice", to choose recipes by; MRPC: its test to report.
    """
    if task == "sst2":
        splits = sst2_splits()
        splits["report"] = splits.pop("validation")
        texts = {name: (part.texts, None, part.labels) for name, part in splits.items()}
    else:
        pairs = {"train": load_mrpc("train"), "report": load_mrpc("test")}
        texts = {
            name: ([p[0] for p in part], [p[1] for p in part], np.array([p.label for p in part]))
            for name, part in pairs.items()
        }
    return {
        name: as_material(tokenizer, first, second, labels, MAX_LENGTH[task])
        for name, (first, second, labels) in texts.items()
    }


def as_material(tokenizer, first, second, labels, max_length):
    """Texts, or pairs of them, packed."""
    seconds = None if second is None else tokenizer.encode_batch(second)
    ids = tokenizer.encode_batch(first)
    inputs = pack(tokenizer.vocabulary, ids, seconds, max_length=max_length).inputs
    return Material(inputs, np.asarray(labels, "int32"))
