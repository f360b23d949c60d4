"""Judges what is not stored yet, a process for each backend and precision. How to begin: `__init__.py`."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.exercises.tables import exercises_table
from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record

ROOT = Path(__file__).parents[2]
PLACES = {  # backends and precisions
    "cpu": [(backend, "float32") for backend in ("tensorflow", "jax", "torch")],
    "gpu": [(backend, precision) for backend in ("jax", "torch") for precision in ("float32", "tf32")],
}


def judged(place, backend, precision, sheets=()):
    """What `worker.py` found, in a process of its own.

    Raises:
        RuntimeError: if the process failed.
    """
    hidden = {"JAX_PLATFORMS": "cpu", "CUDA_VISIBLE_DEVICES": "-1"} if place == "cpu" else {}
    command = [sys.executable, "-m", "benchmarks.exercises.worker", place, precision, *sheets]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": backend, **hidden},
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{backend}, {precision}: the process ended with {done.returncode}; see above.")
    return json.loads(done.stdout.splitlines()[-1])


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exercises", description=__doc__)
    parser.add_argument("place", choices=tuple(PLACES))
    place = parser.parse_args(arguments).place
    path = RESULTS / f"exercises_{place}.json"
    record = read_record(path) or {"what": f"python -m benchmarks.exercises {place}", "runs": []}
    for backend, precision in PLACES[place]:
        keys = {"backend": backend, "precision": precision}
        if not any(keys.items() <= run.items() for run in record["runs"]):
            record["machine"] = describe_machine()
            record["runs"].append({**keys, **judged(place, backend, precision)})
            write_record(path, record)
    print(exercises_table(record))


if __name__ == "__main__":
    sys.exit(main())
