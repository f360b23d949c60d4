"""Recipes for the published checkpoint, tried on sentences and pairs that are not reported."""

from benchmarks.fine_tuning.fine_tuned import RECIPES, fine_tune_by, load_reader
from benchmarks.fine_tuning.published import packed_pairs
from benchmarks.fine_tuning.sentences import packed, sst2_splits
from course_lib.chapters import FineTuner
from course_lib.data import load_mrpc

TRIAL_SEED, SST2_PHRASES = 100, 16_000
GRIDS = {  # peak rates and epochs
    "mrpc": ((1e-4, 4), (5e-5, 4), (3e-5, 4), (2e-4, 4), (1e-4, 2)),
    "sst2": ((1e-4, 2), (5e-5, 2), (3e-5, 2), (2e-4, 2), (5e-5, 4)),
}


def trial_recipes(task):
    """The recipe of a task with each rate and number of epochs that is tried."""
    return [RECIPES[task] | {"peak": peak, "num_epochs": epochs} for peak, epochs in GRIDS[task]]


def try_recipe(task, recipe):
    """Accuracy (percent) on what is chosen by: MRPC's validation pairs, the treebank's test sentences."""
    training, choice = material(task)
    model, minutes = fine_tune_by(recipe, TRIAL_SEED, *training, name=f"{task}, trial")
    inputs, labels = choice
    right = FineTuner(model).predict(inputs).argmax(-1) == labels
    return {"processor_minutes": minutes, "choice": round(100 * float(right.mean()), 2)}


def material(task):
    """What a trial trains with, and what it is judged by: pairs of inputs and classes."""
    if task == "mrpc":
        return tuple(packed_pairs(load_mrpc(split)) for split in ("train", "validation"))
    splits, tokenizer = sst2_splits(), load_reader()[1]
    parts = splits["train"].first(SST2_PHRASES, TRIAL_SEED), splits["choice"]
    return tuple((packed(tokenizer, part), part.labels) for part in parts)
