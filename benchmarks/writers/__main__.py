"""Runs what is missing and stores every run. How to begin: `__init__.py`."""

import argparse
import sys

from benchmarks.writers.plan import SEEDS, run_all


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writers", description=__doc__)
    parser.add_argument("--seed", type=int, action="append", help="this one only; may be repeated")
    options = parser.parse_args(arguments)
    run_all(options.seed or SEEDS)


if __name__ == "__main__":
    sys.exit(main())
