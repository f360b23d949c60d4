"""Trains what is not stored yet and stores what came of it. How to begin: `__init__.py`."""

import argparse
import sys

STAGES = ("toy", "chinese", "steps")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.objectives", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--seed", type=int, action="append", help="this one only; may be repeated")
    parser.add_argument(
        "--part", choices=("toy", "chinese"), action="append", help="of `steps`: this one only"
    )
    options = parser.parse_args(arguments)
    if options.stage == "toy":
        from benchmarks.objectives.toy import SEEDS, run_toy

        run_toy(tuple(options.seed or SEEDS))
    elif options.stage == "chinese":
        from benchmarks.objectives.chinese import SEEDS, run_chinese

        run_chinese(tuple(options.seed or SEEDS))
    else:
        from benchmarks.objectives.steps import run_steps

        run_steps(tuple(options.part or ("toy", "chinese")))


if __name__ == "__main__":
    sys.exit(main())
