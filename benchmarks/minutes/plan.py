"""Which runs there are, and where their points are kept."""

import json
import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Lock

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record

ROOT = Path(__file__).parents[2]
RESULT = RESULTS / "minutes.json"
RATES = RESULTS / "minutes_rates.json"
CHECKPOINTS = ROOT / "runs" / "minutes"
MINUTES = {
    "ours": (1, 2, 4, 8, 16, 32),
    "keras_hub_untuned": (1, 2, 4, 8, 16, 32),
    "keras_hub_told": (2, 8),
}
SEEDS = (1, 2, 3)
# Of keras-hub's blocks, by which a minute is defined here. On the slow machine, two cores of an Intel Xeon at
# 2.5 GHz, a model like ours with positions added once made 253; the blocks make 0.7777 for one of those.
UPDATES_A_MINUTE = 196.76
DATA = "Multi30k German to English, 29,000 captions; BLEU lower-cased, greedy"
ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # One thread each: the machine is filled with several runs at once.
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


def lengths_of(contender, minutes, keras_hub_to_ours):
    """How many updates a contender makes in so many minutes.

    Args:
        contender: one of `contenders.CONTENDERS`.
        minutes: sequence of numbers.
        keras_hub_to_ours: updates of keras-hub's blocks for one of ours.

    Returns:
        list of integers.
    """
    rate = UPDATES_A_MINUTE / (keras_hub_to_ours if contender == "ours" else 1)
    return [math.floor(rate * number) for number in minutes]


def answers_of(python, module, *arguments):
    """The lines of JSON that a process prints, as they come."""
    command = [python, "-m", f"benchmarks.minutes.{module}", *arguments]
    settings = {"cwd": ROOT, "env": {**os.environ, **ENVIRONMENT}, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **settings) as process:
        yield from map(json.loads, process.stdout)
    if process.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {process.returncode}.")


def measure_ratio(python, num_rounds=15):
    """Measures and stores how many updates either makes in the same time."""
    (rates,) = answers_of(python, "rates", str(num_rounds))
    write_record(
        RATES, {"what": "python -m benchmarks.minutes --rates", **rates, "machine": describe_machine()}
    )


class Store:
    """A result file to which points are added one by one; the same point takes the older one's place.

    Args:
        path: of the file.
        head: dict, what stands above the points.
        keys: names of the values that make a point the same.
    """

    def __init__(self, path, head, keys):
        self.path, self.head, self.keys = path, head, keys
        self.lock = Lock()

    def points(self):
        """Those that are stored."""
        return (read_record(self.path) or {"points": []})["points"]

    def has(self, **values):
        """Whether a point with these values is stored."""
        return any(values.items() <= point.items() for point in self.points())

    def add(self, point):
        """Stores a point at once."""
        with self.lock:
            same = [point[key] for key in self.keys]
            others = [old for old in self.points() if [old[key] for key in self.keys] != same]
            write_record(self.path, {**self.head, "machine": describe_machine(), "points": [*others, point]})
        print(json.dumps(point), flush=True)


def measure_curves(python, minutes=MINUTES, seeds=SEEDS):
    """Trains what is not stored yet, as many runs at once as there are cores; can be stopped and begun again.

    Args:
        python: the interpreter that has keras-hub.
        minutes: dict from the contenders to their budgets.
        seeds: one run for each, of each contender.
    """
    ratio = read_record(RATES)["keras_hub_to_ours"]
    head = {"what": "python -m benchmarks.minutes", "data": DATA, "updates_a_minute": UPDATES_A_MINUTE}
    store = Store(RESULT, head, ("contender", "seed", "minutes"))

    def run(contender, seed):
        lengths = lengths_of(contender, minutes[contender], ratio)
        request = {
            "contender": contender,
            "changes": {},
            "lengths": lengths,
            "seed": seed,
            "splits": ["validation", "test"],
            "checkpoint": str(CHECKPOINTS / f"{contender}_{seed}.npz"),
        }
        minutes_of = dict(zip(lengths, minutes[contender], strict=True))
        interpreter = sys.executable if contender == "ours" else python
        for point in answers_of(interpreter, "worker", json.dumps(request)):
            number = minutes_of[point["updates"]]
            store.add({"contender": contender, "seed": seed, "minutes": number, **point})

    missing = [
        (contender, seed)
        for seed in seeds
        for contender, numbers in minutes.items()
        if not all(store.has(contender=contender, seed=seed, minutes=number) for number in numbers)
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for future in as_completed([pool.submit(run, *names) for names in missing]):
            future.result()
