"""Runs what is missing and stores every run. How to begin: `__init__.py`."""

import argparse
import sys

from benchmarks.pictures.plan import NUMBERS, SEEDS, run_all


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=__doc__)
    parser.add_argument("--seed", type=int, action="append", help="this one only; may be repeated")
    parser.add_argument(
        "--number", type=int, action="append", choices=NUMBERS, help="of pictures; may be repeated"
    )
    options = parser.parse_args(arguments)
    run_all(options.seed or SEEDS, options.number or NUMBERS)


if __name__ == "__main__":
    sys.exit(main())
