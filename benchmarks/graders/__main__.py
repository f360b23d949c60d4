"""Measures (`speed`, `attacks`) and stores; `--table` prints what is stored. How to begin: `__init__.py`."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.graders import attacks, speed, tables
from benchmarks.graders.box import DESCRIPTION
from benchmarks.graders.nbgrader import Nbgrader
from benchmarks.graders.otter import Otter
from benchmarks.graders.ours import Ours
from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record

FILES = {"speed": RESULTS / "graders.json", "attacks": RESULTS / "grader_attacks.json"}


def play_attacks(graders, names):
    """Plays attacks and stores after each; what the file holds already is not played again unless named."""
    before = read_record(FILES["attacks"]) or {}
    known = before.get("attacks", {})
    head = {
        "exercise": attacks.EXERCISE,
        "seconds_before_it_hangs": attacks.SECONDS,
        "box": DESCRIPTION,
        "left_out": attacks.LEFT_OUT,
        "machine": describe_machine(),
        "versions": before.get("versions", {}) | {grader.name: grader.version() for grader in graders},
    }
    with tempfile.TemporaryDirectory(prefix="graders-") as folder:
        for grader in graders:
            (Path(folder) / type(grader).__name__).mkdir()
            grader.prepare(Path(folder) / type(grader).__name__)
        attacks.measure(
            graders, names, known, lambda rows: write_record(FILES["attacks"], head | {"attacks": rows})
        )


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.graders", description=__doc__)
    parser.add_argument("what", choices=sorted(FILES))
    parser.add_argument("--table", action="store_true", help="print the stored results in markdown, and end")
    parser.add_argument("--otter", metavar="PYTHON", help="Python of an environment with otter-grader")
    parser.add_argument("--nbgrader", metavar="PYTHON", help="Python of an environment with nbgrader")
    parser.add_argument("--students", type=int, default=20, help="submissions in a round (default: 20)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default: 3)")
    parser.add_argument("--large", type=int, default=60, help="submissions of the large class (default: 60)")
    parser.add_argument("--seed", type=int, default=7, help="seed of the class (default: 7)")
    parser.add_argument("--only", nargs="+", default=[], metavar="ATTACK", help="play these attacks (again)")
    options = parser.parse_args(arguments)
    if options.table:
        record = read_record(FILES[options.what])
        if not record:
            parser.error(f"{FILES[options.what]} does not exist: run the benchmark first.")
        print(tables.speed_table(record) if options.what == "speed" else tables.attack_table(record))
        return
    peers = [Otter(options.otter)] if options.otter else []
    peers += [Nbgrader(options.nbgrader)] if options.nbgrader else []
    if options.what == "attacks":
        unknown = set(options.only) - set(attacks.all_attacks())
        if unknown:
            parser.error(f"There is no attack called {', '.join(sorted(unknown))}.")
        play_attacks([Ours(), *peers], options.only)
        return
    record = speed.measure(peers, options.students, options.rounds, options.large, options.seed)
    write_record(FILES["speed"], record)
    print(tables.speed_table(record))


if __name__ == "__main__":
    sys.exit(main())
