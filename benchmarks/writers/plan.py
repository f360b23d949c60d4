"""Which runs there are, and in which order."""

from functools import cache

from benchmarks.fine_tuning.stored_runs import StoredRuns
from benchmarks.masked_words.sentences import language
from benchmarks.writers.contenders import CONTENDERS, DEEP, PLACES
from benchmarks.writers.costs import cache_bytes, step_ratios
from benchmarks.writers.learner import BATCH_SIZE, Learner
from benchmarks.writers.text import FAR_END, LENGTH, NEAR_END, test_rows, train_words

SEEDS, LENGTHS = (1, 2, 3), (300, 1_200)  # updates
PEAKS, TRIAL_SEED, TRIAL_STEPS = (2e-3, 5e-3, 1e-2), 100, 300
PLACE_PEAKS, PLACE_STEPS = (1e-3, 3e-3, 1e-2), 300
NUM_ROWS = 1_000
HEAD = {
    "what": "python -m benchmarks.writers",
    "data": f"toy language, sentences one behind the other, rows of {LENGTH} words, {BATCH_SIZE} in an "
    f"update; {NUM_ROWS:,} rows of whole sentences of the test split",
}


@cache
def learner_of(**settings):
    """A writer, compiled once."""
    return Learner(len(language()[1]), **settings)


def distances(learner, split):
    """Nats per word above the floor, within the length of training and behind it."""
    rows = test_rows(split, NUM_ROWS)
    found = {"near": (0, NEAR_END), "far": (LENGTH, FAR_END)}
    return {name: round(learner.above_floor(rows, *places), 4) for name, places in found.items()}


def train_and_store(runs, keys, settings, peak, steps, seed, split="test", **how):
    """One run, unless it is stored."""
    if not runs.has(keys):
        learner = learner_of(**settings)
        minutes = learner.train(train_words(), seed, peak, steps, **how)
        parameters = learner.writer.count_params()
        runs.add({**keys, **distances(learner, split), "parameters": parameters, "minutes": minutes})


def best_peak(runs, who):
    """The rate of a writer's best trial."""
    trials = [run for run in runs if run["kind"] == "trial" and run["who"] == who]
    return min(trials, key=lambda run: run["near"])["peak"]


def run_contenders(runs, seeds):
    """Trials of rates on the validation split, then every length and seed."""
    for who, settings in CONTENDERS.items():
        for peak in PEAKS:
            keys = {"kind": "trial", "who": who, "peak": peak}
            train_and_store(runs, keys, settings, peak, TRIAL_STEPS, TRIAL_SEED, "validation")
    for steps in LENGTHS:
        for seed in seeds:
            for who, settings in CONTENDERS.items():
                peak = best_peak(runs.all(), who)
                keys = {"kind": "run", "who": who, "steps": steps, "seed": seed, "peak": peak}
                train_and_store(runs, keys, settings, peak, steps, seed)


def run_places(runs, seeds):
    """Normalisation behind and before sublayers, without warm-up, at rates up to high ones."""
    for seed in seeds:
        for peak in PLACE_PEAKS:
            for place in PLACES:
                keys = {"kind": "place", "norm_place": place, "peak": peak, "seed": seed}
                settings = {"norm_place": place, "num_layers": DEEP}
                train_and_store(runs, keys, settings, peak, PLACE_STEPS, seed, warmup_steps=1)


def run_costs(runs):
    """What is kept of a word, and the time of a step beside that of the base."""
    if runs.has({"kind": "costs"}):
        return
    writers = {who: learner_of(**settings).writer for who, settings in CONTENDERS.items()}
    kept = {who: cache_bytes(writer) for who, writer in writers.items()}
    runs.add({"kind": "costs", "cache_bytes": kept, "step_ratios": step_ratios(writers)})


def run_all(seeds=SEEDS):
    """Whatever is missing."""
    runs = StoredRuns("writers", HEAD)
    run_contenders(runs, seeds)
    run_places(runs, seeds)
    run_costs(runs)
