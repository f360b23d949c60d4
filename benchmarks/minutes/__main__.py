"""Trains both for the same minutes and stores what came of it. How to begin: `__init__.py`."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.hardware import describe_machine
from benchmarks.minutes.trials import run_trials
from benchmarks.record import RESULTS, write_record

ROOT = Path(__file__).parents[2]
RESULT = RESULTS / "minutes.json"
CONTENDERS = ("ours", "keras_hub_peer")


def measure(name, python, minutes, num_sentences, splits=("validation", "test"), changes=None):
    """Runs the worker of one contender and returns its answer."""
    arguments = [name, str(minutes), str(num_sentences), ",".join(splits), json.dumps(changes or {})]
    done = subprocess.run(
        [python, "-m", "benchmarks.minutes.worker", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    return json.loads(done.stdout)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.minutes", description=__doc__)
    parser.add_argument("--minutes", type=float, default=8.6, help="of training, for each (default: 8.6)")
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable, help="Python that has keras-hub")
    parser.add_argument("--only", choices=CONTENDERS, help="train this one alone, and store nothing")
    parser.add_argument(
        "--sentences", type=int, default=1014, help="translate so many of either split; fewer store nothing"
    )
    parser.add_argument(
        "--trials", action="store_true", help="instead, try out settings of ours on the validation split"
    )
    options = parser.parse_args(arguments)
    if options.trials:
        if options.sentences < 1014:
            parser.error("--trials needs all sentences")
        run_trials(
            lambda changes: measure(
                "ours", sys.executable, options.minutes, options.sentences, ("validation",), changes
            ),
            options.minutes,
        )
        return
    results = {}
    for name in [options.only] if options.only else CONTENDERS:
        python = options.peers if name == "keras_hub_peer" else sys.executable
        results[name] = measure(name, python, options.minutes, options.sentences)
        print(name, json.dumps(results[name]), flush=True)
    if options.only or options.sentences < 1014:
        return
    record = {
        "what": "python -m benchmarks.minutes",
        "data": "Multi30k German to English, 29,000 captions; BLEU lower-cased, greedy, test_2016_flickr",
        "minutes": options.minutes,
        "machine": describe_machine(),
        "results": results,
    }
    write_record(RESULT, record)


if __name__ == "__main__":
    sys.exit(main())
