"""Trains what is not stored yet. How to begin: `__init__.py`."""

import argparse
import sys

from benchmarks.recurrent_depth.runs import run


def main(arguments=None):
    argparse.ArgumentParser(prog="python -m benchmarks.recurrent_depth", description=__doc__).parse_args(
        arguments
    )
    run()


if __name__ == "__main__":
    sys.exit(main())
