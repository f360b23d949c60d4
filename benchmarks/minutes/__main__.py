"""Trains every contender for every length and stores what came of it. How to begin: `__init__.py`."""

import argparse
import sys

from benchmarks.minutes.plan import measure_curves, measure_ratio
from benchmarks.minutes.trials import run_trials


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.minutes", description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable, help="Python that has keras-hub")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--rates", action="store_true", help="instead, measure how many updates either makes in a time"
    )
    instead.add_argument(
        "--trials", action="store_true", help="instead, try out rules for ours on the validation split"
    )
    options = parser.parse_args(arguments)
    if options.rates:
        measure_ratio(options.peers)
    elif options.trials:
        run_trials()
    else:
        measure_curves(options.peers)


if __name__ == "__main__":
    sys.exit(main())
