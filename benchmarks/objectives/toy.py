"""The ladder on the toy language."""

import time
from dataclasses import asdict
from functools import cache
from pathlib import Path

from benchmarks.fine_tuning.stored_runs import StoredRuns
from benchmarks.masked_words.sentences import language
from benchmarks.minutes.curve import read_checkpoint, train_curve
from benchmarks.objectives.batches import RungBatches
from benchmarks.objectives.contender import Contender
from benchmarks.objectives.operations import step_multiplications
from benchmarks.objectives.readers import make_reader, set_initial_positions, widen
from benchmarks.objectives.rungs import JUDGES, MASKED, MASKED_SLOWER, TOY_RUNGS
from benchmarks.objectives.sizes import Sizes
from benchmarks.objectives.toy_measures import measured, roles_of
from benchmarks.objectives.toy_text import NUM_TRAIN, draws_of_words, length_of, rows_of
from course_lib.training import set_seed

FOLDER = Path(__file__).parents[2] / "runs" / "objectives"
SEEDS = (0, 1, 2)
MASKED_STEPS = 3_000  # of masked words, 15 %: what these cost is what every rung may cost
PARTS = (0.125, 0.25, 0.5, 1.0)  # of the budget, at which a rung is read off
SAVE_EVERY = 1_000
UNTRAINED = "not pre-trained"
HEAD = {
    "what": "python -m benchmarks.objectives toy",
    "data": f"toy language, sentences of at most 16 words: {NUM_TRAIN:,} to train with, the test split to "
    "measure on; pairs from stories",
    "masked_steps": MASKED_STEPS,
}


@cache
def toy_sizes(length):
    """Sizes for rows of this length."""
    return Sizes(len(language()[1]), length=length)


def budget(masked_steps=MASKED_STEPS):
    """Multiplications that every rung may make."""
    batches = make_contender(MASKED, 0).batches
    return masked_steps * step_multiplications(MASKED, toy_sizes(length_of(MASKED)), batches.slots)


def make_contender(rung, seed):
    """A rung with its rows."""
    sizes, (token_ids, pairs) = toy_sizes(length_of(rung)), rows_of(rung)
    batches = RungBatches(token_ids, rung, language()[1], sizes.batch_size, seed, pairs)
    return Contender(rung, sizes, batches, seed, *draws_of_words())


def plan(seeds=SEEDS):
    """The runs in their order: one seed of every rung, then the others; other recipes last."""
    runs = [(rung, seed) for seed in seeds for rung in TOY_RUNGS]
    return runs + [(rung, seed) for seed in seeds for rung in (*JUDGES, MASKED_SLOWER)]


def run_toy(seeds=SEEDS):
    """Trains what is not stored yet."""
    runs = StoredRuns("objectives_toy", HEAD)
    for seed in seeds:
        if not runs.has({"rung": UNTRAINED, "seed": seed}):
            runs.add({"rung": UNTRAINED, "seed": seed, "part": 1.0, "roles": untrained_roles(seed)})
    whole = budget()
    for rung, seed in plan(seeds):
        if not runs.has({"rung": rung.name, "seed": seed, "part": 1.0}):
            climb(rung, seed, runs, whole)


def untrained_roles(seed):
    """What the reader is good for that has learnt nothing."""
    set_seed(seed)
    sizes = toy_sizes(length_of(MASKED))
    learner = Untrained(make_reader(sizes))
    widen(learner.reader, sizes.hidden_dim)
    set_initial_positions(learner.reader, sizes)
    return roles_of(learner, MASKED, sizes, seed)


def seconds_since(began):
    """Processor seconds; None of a run that was stopped on the way, whose beginning is not known."""
    return None if began is None else round(time.process_time() - began, 1)


class Untrained:
    """What holds a reader and nothing else."""

    def __init__(self, reader):
        self.reader = reader


def climb(rung, seed, runs, whole, parts=PARTS, folder=FOLDER, **of_roles):
    """One run of a rung: what is read off on the way is stored at once, and the state is kept."""
    contender = make_contender(rung, seed)
    sizes = contender.sizes
    lengths = {max(contender.steps(part * whole), 1): part for part in parts}
    checkpoint = folder / f"toy_{rung.file_name}_{seed}.npz"
    began = None if read_checkpoint(checkpoint)[1] else time.process_time()
    for point in train_curve(contender, contender.rule, list(lengths), checkpoint, save_every=SAVE_EVERY):
        part = lengths[point["updates"]]
        found = {
            "rung": rung.name,
            "seed": seed,
            "part": part,
            "steps": point["updates"],
            "multiplications_a_step": step_multiplications(rung, sizes, contender.batches.slots),
            "training_loss": point["training_loss"],
            "processor_seconds": seconds_since(began),
            **measured(contender.learner, rung, sizes),
        }
        if part == 1.0:
            found["roles"] = roles_of(contender.learner, rung, sizes, seed, **of_roles)
            found["settings"] = asdict(rung)
        if not runs.has({"rung": rung.name, "seed": seed, "part": part}):
            runs.add(found)
    checkpoint.unlink(missing_ok=True)
