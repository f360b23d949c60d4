"""Measures and stores; `--table` prints what is stored. How to begin: `__init__.py`."""

import argparse
import json
import os
import subprocess
import sys

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record
from benchmarks.transformers import decoding, gpu, length, step, training
from benchmarks.transformers.sizes import SIZES
from benchmarks.transformers.tables import TABLES

PACKAGES = ("keras", "tensorflow", "jax", "torch", "keras-hub", "transformers")


def versions_in(python):
    """Versions of what is compared, as far as an interpreter has it."""
    code = (
        "import json; from importlib import metadata; "
        "print(json.dumps({d.name.lower().replace('_', '-'): d.version for d in metadata.distributions()}))"
    )
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return {name: found[name] for name in PACKAGES if name in found}


def measure(options):
    """The record to store."""
    sizes = {name: SIZES[name] for name in options.sizes}
    common = {"python": options.peers, "rounds": options.rounds, "times": options.times}
    load = os.getloadavg()[0]
    results = {
        "training": lambda: training.measure(sizes, **common),
        "step": lambda: step.measure(sizes, **common),
        "decoding": lambda: decoding.measure(sizes, **common),
        "length": length.measure,
        "gpu": gpu.measure,
    }[options.what]()
    return {
        "what": f"python -m benchmarks.transformers {options.what}",
        "data": "random tokens; as_used: Multi30k train, words folded into the vocabulary",
        "sizes": {name: size.name() for name, size in sizes.items()},
        "rounds": options.rounds,
        "times_in_a_turn": options.times,
        "load_before": load,
        "machine": describe_machine(),
        "versions": versions_in(options.peers),
        "results": results,
    }


def path_of(what):
    """Where a record is kept."""
    return RESULTS / f"transformers_{what}.json"


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transformers", description=__doc__)
    parser.add_argument("what", choices=sorted(TABLES))
    parser.add_argument("--table", action="store_true", help="print the stored results in markdown, and end")
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable, help="Python that has the peers")
    parser.add_argument("--sizes", nargs="+", choices=sorted(SIZES), default=["small", "large"])
    parser.add_argument("--rounds", type=int, default=7, help="turns of each (default: 7)")
    parser.add_argument("--times", type=int, default=10, help="steps, or searches, in a turn (default: 10)")
    options = parser.parse_args(arguments)
    path = path_of(options.what)
    if not options.table:
        write_record(path, measure(options))
    elif not path.exists():
        parser.error(f"{path} does not exist: run the benchmark first.")
    print(TABLES[options.what](read_record(path)))


if __name__ == "__main__":
    sys.exit(main())
