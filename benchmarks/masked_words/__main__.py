"""Trains what is not stored yet and stores what came of it. How to begin: `__init__.py`."""

import argparse
import sys
import time
from dataclasses import asdict

from benchmarks.hardware import describe_machine
from benchmarks.masked_words import pretrain, roles
from benchmarks.masked_words.plan import SEEDS, STUDIES, Run, runs_of
from benchmarks.record import RESULTS, read_record, write_record
from course_lib.training import set_seed

RESULT = RESULTS / "masked_words.json"
HEAD = {
    "what": "python -m benchmarks.masked_words",
    "data": f"toy language, sentences of at most {pretrain.MOST_WORDS} words: {pretrain.NUM_TRAIN:,} to "
    f"train with, {pretrain.NUM_TEST:,} of the test split",
    "settings": {
        "batch_size": pretrain.BATCH_SIZE,
        "warmup_share": pretrain.WARMUP_SHARE,
        "tuning_steps": roles.STEPS,
        "tuning_batch_size": roles.BATCH_SIZE,
        "tuning_rates": roles.RATES,
        "role_test_sentences": roles.NUM_TEST,
    },
}


def measure(run, has_roles):
    """Everything that is measured of one run."""
    began = time.perf_counter()
    model = pretrain.pretrain(run)
    point = {**asdict(run), "parameters": model.count_params()}
    point["seconds"] = round(time.perf_counter() - began, 1)
    point |= pretrain.distance_from_floor(model, run.masks, run.share)
    if has_roles:
        key = run.width, run.num_layers
        point["roles"] = roles.what_it_is_good_for(model.backbone, key, run.seed)
    return point


def untrained(seed):
    """The same model without any pre-training."""
    set_seed(seed)
    run = Run(masks="not pre-trained", steps=0, seed=seed)
    model = pretrain.new_model(run.width, run.num_layers)
    key = run.width, run.num_layers
    return {**asdict(run), "roles": roles.what_it_is_good_for(model.backbone, key, seed)}


def stored():
    """The points that are there, of this command or of another one that runs beside it."""
    points = (read_record(RESULT) or {"points": []})["points"]
    return [{"is_wide": False, **point} for point in points]  # not said of those that are older


def add(point):
    """Stores a point at once."""
    write_record(RESULT, {**HEAD, "machine": describe_machine(), "points": [*stored(), point]})
    print(point, flush=True)


def is_stored(run):
    return any(asdict(run).items() <= point.items() for point in stored())


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.masked_words", description=__doc__)
    parser.add_argument("--study", choices=STUDIES, action="append", help="this one only; may be repeated")
    studies = parser.parse_args(arguments).study or STUDIES
    for study in studies:
        if study == "recipes":
            for seed in SEEDS:
                if not is_stored(Run(masks="not pre-trained", steps=0, seed=seed)):
                    add(untrained(seed))
        for run in runs_of(study):
            if not is_stored(run):
                add(measure(run, has_roles=study in ("recipes", "shares")))


if __name__ == "__main__":
    sys.exit(main())
