"""The stored runs of a task."""

import json

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record


class StoredRuns:
    """Runs in a file of `results`, each written as soon as it is there.

    Args:
        name: of the file.
        head: dict, what stands above them.
    """

    def __init__(self, name, head):
        self.path, self.head = RESULTS / f"{name}.json", head

    def all(self):
        """Those that are stored."""
        return (read_record(self.path) or {"runs": []})["runs"]

    def has(self, keys):
        """Whether a run with these values is stored."""
        return any(keys.items() <= run.items() for run in self.all())

    def add(self, run):
        """Stores a run at once."""
        write_record(self.path, {**self.head, "machine": describe_machine(), "runs": [*self.all(), run]})
        print(json.dumps(run)[:400], flush=True)

    def best_trial(self, keys, split="choice"):
        """Rate and dropout of the best trial that has these values."""
        trials = [run for run in self.all() if run["kind"] == "trial" and keys.items() <= run.items()]
        best = max(trials, key=lambda run: run[split])
        return {name: best[name] for name in ("rate", "dropout")}
