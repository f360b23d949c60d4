"""Runs what is missing and stores every run. How to begin: `__init__.py`."""

import argparse
import sys

from benchmarks.distillation.plan import TASKS, measure_sizes_and_speed, run_task


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.distillation", description=__doc__)
    parser.add_argument("tasks", nargs="*", help=f"of {', '.join(TASKS)} (default: all)")
    options = parser.parse_args(arguments)
    if unknown := set(options.tasks) - set(TASKS):
        parser.error(f"no such task: {', '.join(sorted(unknown))}")
    measure_sizes_and_speed()
    for task in options.tasks or TASKS:
        run_task(task)


if __name__ == "__main__":
    sys.exit(main())
