"""Trains all readers and stores what came of it. How to begin: `__init__.py`."""

import sys
from itertools import product

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record
from benchmarks.tagging.runs import train

PATH = RESULTS / "tagging.json"
SEEDS = (0, 1, 2)
TRIAL_SEED = 100
RATES, DROPOUTS = (2e-3, 5e-3), (0.3, 0.5)
# Number of training sentences, None for all -> how they are read.
READINGS = {
    1_000: {"epochs": 50, "batch_size": 32, "evaluate_every": 5},
    None: {"epochs": 14, "batch_size": 64, "evaluate_every": 2},
}


def new_record():
    return {
        "what": "python -m benchmarks.tagging",
        "data": "CLUENER: first 1,000 or all 9,693 sentences to train with, 1,055 to choose by, the 1,343 "
        "of the published development set to test on; characters",
        "metric": "F1 of whole entities, percent",
        "machine": describe_machine(),
        "trials": [],
        "runs": [],
    }


def missing(rows, **keys):
    return not any(all(row[name] == value for name, value in keys.items()) for row in rows)


def main():
    record = read_record(PATH) or new_record()
    for rate, dropout in product(RATES, DROPOUTS):
        if missing(record["trials"], rate=rate, dropout=dropout):
            recipe = {"rate": rate, "dropout": dropout}
            found = train(False, 1_000, TRIAL_SEED, **recipe, **READINGS[1_000], splits=())
            record["trials"].append({**recipe, **found})
            print(recipe, found["validation_f1"], f"{found['seconds']} s", flush=True)
            write_record(PATH, record)
    best = max(record["trials"], key=lambda trial: trial["validation_f1"])
    recipe = {name: best[name] for name in ("rate", "dropout")}
    for seed, number, has_crf in product(SEEDS, READINGS, (False, True)):
        keys = {"model": "BiLSTM-CRF" if has_crf else "BiLSTM", "sentences": number, "seed": seed}
        if missing(record["runs"], **keys):
            found = train(has_crf, number, seed, **recipe, **READINGS[number])
            record["runs"].append({**keys, **recipe, **READINGS[number], **found})
            print(keys, found["test"]["as_trained"], f"{found['seconds']} s", flush=True)
            write_record(PATH, record)


if __name__ == "__main__":
    sys.exit(main())
