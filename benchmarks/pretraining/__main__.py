"""Pre-trains, and stores what is read off. How to begin: `__init__.py`."""

import argparse
import sys

from benchmarks.pretraining.run import FOLDER, STARTS, pretrain
from benchmarks.pretraining.trials import run_trials


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pretraining", description=__doc__)
    parser.add_argument("what", choices=(*STARTS, "trials"))
    options = parser.parse_args(arguments)
    if options.what == "trials":
        run_trials(FOLDER)
    else:
        pretrain(options.what)


if __name__ == "__main__":
    sys.exit(main())
