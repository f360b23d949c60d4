"""Which runs there are, and in which order."""

from functools import cache, lru_cache

import numpy as np

from benchmarks.fine_tuning.stored_runs import StoredRuns
from benchmarks.pictures.contenders import CONTENDERS, NUM_CLASSES, PEAKS, PICTURE_SIZE
from benchmarks.pictures.learner import BATCH_SIZE, Learner, first
from benchmarks.pictures.looking import rounded, where_it_looks
from course_lib.data import BirdPictures

SEEDS, NUMBERS, NUM_STEPS = (1, 2, 3), (2_000, 500, 8_000), 1_000
TRIAL_SEED, TRIAL_NUMBER, NUM_CHOICE, NUM_TEST = 100, 2_000, 1_000, 1_000
LIKE = {"ViT, patches of 4": "ViT, patches of 8"}  # whose trials go for another one, too
DEAR = ("ViT, patches of 4",)  # at one number alone, and last
DEAR_NUMBER = 8_000
HEAD = {
    "what": "python -m benchmarks.pictures",
    "data": f"birds of {PICTURE_SIZE} by {PICTURE_SIZE} pixels, {NUM_CLASSES} classes of marks, others "
    f"for every seed; {NUM_STEPS * BATCH_SIZE:,} pictures shown in {NUM_STEPS:,} updates, however many there "
    f"are; {NUM_TEST:,} pictures of the test split, learning rates chosen on {NUM_CHOICE:,} of validation",
}


@lru_cache(maxsize=3)  # 8,000 pictures take 400 MB
def drawn(count, seed, split):
    """Pictures, drawn once for all contenders."""
    return BirdPictures(PICTURE_SIZE).draw(count, seed=seed, split=split)


@cache
def learner_of(who):
    """A contender, compiled once."""
    return Learner(CONTENDERS[who], drawn(NUM_CHOICE, 0, "validation"))


def judged(learner, pictures):
    """Percent right by the closest look, by every look where there are several, and the loss in nats."""
    logits = learner.logits(pictures).astype("float64")
    looks = logits[:, None] if logits.ndim == 2 else logits
    right = 100 * (looks.argmax(axis=-1) == pictures.labels[:, None]).mean(axis=0)
    last = looks[:, -1] - looks[:, -1].max(axis=-1, keepdims=True)
    chosen = last[np.arange(len(last)), pictures.labels]
    found = {
        "accuracy": round(float(right[-1]), 2),
        "nats": rounded((np.log(np.exp(last).sum(axis=-1)) - chosen).mean()),
    }
    return found if logits.ndim == 2 else {**found, "accuracy_by_look": [round(float(r), 2) for r in right]}


def run_trials(runs):
    """Every learning rate of a contender, on pictures that are not reported."""
    for who in [who for who in CONTENDERS if who not in LIKE]:
        for peak in PEAKS[CONTENDERS[who].family]:
            keys = {"kind": "trial", "who": who, "peak": peak}
            if not runs.has(keys):
                learner = learner_of(who)
                training = drawn(TRIAL_NUMBER, TRIAL_SEED, "train")
                minutes = learner.train(training, TRIAL_SEED, peak, NUM_STEPS)
                found = judged(learner, drawn(NUM_CHOICE, 0, "validation"))
                runs.add({**keys, "number": TRIAL_NUMBER, **found, "minutes": minutes})


def best_peak(runs, who):
    """The learning rate of a contender's trial with the lowest loss."""
    trials = [run for run in runs if run["kind"] == "trial" and run["who"] == LIKE.get(who, who)]
    return min(trials, key=lambda run: run["nats"])["peak"]


def plan(seeds, numbers):
    """Triples who, number, seed in their order: one number after the other, of each one seed first."""
    every = [(who, number, seed) for number in numbers for seed in seeds for who in CONTENDERS]
    dear = [run for run in every if run[0] in DEAR]
    return [run for run in every if run not in dear] + [run for run in dear if run[1] == DEAR_NUMBER]


def run_all(seeds=SEEDS, numbers=NUMBERS):
    """Trains and asks whoever is missing."""
    runs = StoredRuns("pictures", HEAD)
    run_trials(runs)
    test = drawn(NUM_TEST, 0, "test")
    area = np.prod(test.regions[:, 2:] - test.regions[:, :2], axis=1).mean()
    for who, number, seed in plan(seeds, numbers):
        keys = {"kind": "run", "who": who, "number": number, "seed": seed}
        if runs.has(keys):
            continue
        learner, peak = learner_of(who), best_peak(runs.all(), who)
        minutes = learner.train(first(drawn(max(NUMBERS), seed, "train"), number), seed, peak, NUM_STEPS)
        found = {"peak": peak, **judged(learner, test), "parameters": learner.model.count_params()}
        looked = where_it_looks(learner.model, learner.inputs_of(test), test.regions)
        runs.add({**keys, **found, "minutes": minutes, "region_area": rounded(area), "looked": looked})
