"""Fine-tunes what is there and stores every run. How to begin: `__init__.py`."""

import argparse
import sys

from benchmarks.fine_tuning.plan import TASKS


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fine_tuning", description=__doc__)
    parser.add_argument("task", choices=tuple(TASKS))
    options = parser.parse_args(arguments)
    TASKS[options.task]()


if __name__ == "__main__":
    sys.exit(main())
