"""The settings of ours that were tried out, each judged on the validation split alone."""

import dataclasses
import json

from benchmarks.hardware import describe_machine
from benchmarks.minutes.ours import Recipe
from benchmarks.record import RESULTS, read_record, write_record

RESULT = RESULTS / "minutes_trials.json"
CHANGES = (
    {},
    {"dropout": 0.1},
    {"vocabulary_size": 2000},
    {"batch_size": 32, "peak_learning_rate": 2e-3, "warmup_steps": 600},
)


def run_trials(measure, minutes):
    """Makes the trials that are not stored yet, and stores each when it has ended.

    Args:
        measure: `measure(changes)` trains with changes to the recipe, and returns the worker's answer.
        minutes: how long each is trained.
    """
    trials = (read_record(RESULT) or {"trials": []})["trials"]
    for changes in CHANGES:
        recipe = dataclasses.asdict(Recipe(**changes))
        if any(trial["recipe"] == recipe and trial["minutes"] == minutes for trial in trials):
            continue
        trials.append({"recipe": recipe, "minutes": minutes, **measure(changes)})
        print(json.dumps(trials[-1]), flush=True)
        record = {
            "what": "python -m benchmarks.minutes --trials",
            "data": "Multi30k German to English, 29,000 captions; BLEU lower-cased, greedy, validation",
            "machine": describe_machine(),
            "trials": trials,
        }
        write_record(RESULT, record)
