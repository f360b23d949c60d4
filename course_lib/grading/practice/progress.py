"""Where a learner stands: a plain JSON file that survives crashes, readable and mendable by hand."""

import json
import os
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

from course_lib.files import write_whole
from course_lib.grading.judging.stored import as_type, read_stored

EMPTY = {
    "passed": False,
    "points": 0,
    "attempts": 0,
    "hints": 0,
    "last_diagnosis": None,
    "failing_case": None,
    "passed_at": None,
}


@dataclass(frozen=True)
class _Case:
    """Where a failing case is found again."""

    seed: int
    index: int


KINDS = {
    "passed": bool,
    "points": float,
    "attempts": int,
    "hints": int,
    "last_diagnosis": str | None,
    "failing_case": _Case | None,
    "passed_at": str | None,
}
EMPTY_ANSWER = {"chosen": "", "passed": False}
TABLES = {"exercises": KINDS, "questions": {"chosen": str, "passed": bool}}


def course_root(start=None):
    """The nearest folder at or above `start` (the working directory) that holds `exercises` or `.course`."""
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / ".course").is_dir() or (folder / "exercises").is_dir():
            return folder
    return start


def is_course():
    """Whether the working directory is in a course."""
    root = course_root()
    return (root / ".course").is_dir() or (root / "exercises").is_dir()


def state_file():
    """The progress file: `progress.json` in the folder COURSE_STATE, else in `.course` of the course."""
    folder = os.environ.get("COURSE_STATE")
    return (Path(folder) if folder else course_root() / ".course") / "progress.json"


class Progress:
    """Reads and writes the progress file; every change is on disk before the method returns.

    A file that cannot be read is kept beside the new one as `progress.broken-<time>.json`, and a warning says
    so.

    Args:
        path: the file; `state_file()` when left out.
    """

    def __init__(self, path=None):
        self.path = Path(path) if path else state_file()

    def of(self, name):
        """The record of one exercise: a dict with the keys of `EMPTY`."""
        return {**EMPTY, **self._read()["exercises"].get(name, {})}

    def of_all(self, names):
        """The records of many exercises, from one reading: Dict from name to what `of` gives."""
        records = self._read()["exercises"]
        return {name: {**EMPTY, **records.get(name, {})} for name in names}

    def record(self, verdict):
        """Counts an attempt that was not blank; what was passed stays passed, and the best points stay."""
        if verdict.diagnosis == "not_attempted":
            return
        before = self.of(verdict.exercise)
        failing_case = before["failing_case"]
        if verdict.example and verdict.example.index is not None:
            failing_case = {"seed": verdict.seed, "index": verdict.example.index}
        now = time.strftime("%Y-%m-%dT%H:%M:%S")
        self._update(
            verdict.exercise,
            attempts=before["attempts"] + 1,
            passed=before["passed"] or verdict.passed,
            points=max(before["points"], verdict.points),
            failing_case=failing_case,
            last_diagnosis=verdict.diagnosis,
            passed_at=before["passed_at"] or (now if verdict.passed else None),
        )

    def of_question(self, name):
        """What is kept of one short question: a dict with the keys of `EMPTY_ANSWER`."""
        return {**EMPTY_ANSWER, **self._read()["questions"].get(name, {})}

    def num_right(self, questions):
        """How many of some short questions have been answered rightly."""
        records = self._read()["questions"]
        return sum({**EMPTY_ANSWER, **records.get(one.name, {})}["passed"] for one in questions)

    def answer(self, judgement):
        """Keeps the answer to a short question unless it is none; what was passed stays passed."""
        if judgement.chosen:
            state, name = self._read(), judgement.question
            passed = judgement.passed or self.of_question(name)["passed"]
            state["questions"][name] = {"chosen": judgement.chosen, "passed": passed}
            self._write(state)

    def next_hint(self, exercise):
        """The number of the hint to show now (from 0; the last one repeats), counted as shown."""
        index = min(self.of(exercise.name)["hints"], len(exercise.hints) - 1)
        self._update(exercise.name, hints=index + 1)
        return index

    def had_all_hints(self, exercise):
        """Whether every hint has been shown."""
        return self.of(exercise.name)["hints"] >= len(exercise.hints)

    def points_of(self, exercise, record=None):
        """The points that the best answer so far has earned; `record` saves a reading where it is at hand."""
        record = record or self.of(exercise.name)
        return exercise.points if record["passed"] else record["points"]

    def forget(self, name):
        """Puts one exercise or short question back to untouched."""
        state = self._read()
        for table in TABLES:
            state[table].pop(name, None)
        self._write(state)

    @property
    def position(self):
        """Name of the exercise worked on last, or None."""
        return self._read().get("position")

    def move_to(self, name):
        """Remembers the exercise worked on last."""
        state = self._read()
        state["position"] = name
        self._write(state)

    def _update(self, name, **changes):
        state = self._read()
        state["exercises"][name] = {**EMPTY, **state["exercises"].get(name, {}), **changes}
        self._write(state)

    def _read(self):
        try:
            state = {"questions": {}, **read_stored(dict, self.path.read_text(encoding="utf-8"))}
            for table, kinds in TABLES.items():
                if not isinstance(state.get(table), dict):
                    raise ValueError(f"it holds no table of {table}")
                for name, record in state[table].items():
                    if not isinstance(record, dict):
                        raise ValueError(f"{name} in it has no record")
                    for key in kinds.keys() & record.keys():
                        as_type(kinds[key], record[key], f"{name}.{key}")
            as_type(str | None, state.get("position"), "position")
            return state
        except FileNotFoundError:
            return {table: {} for table in TABLES}
        except ValueError as error:
            backup = self.path.with_name(f"progress.broken-{time.strftime('%Y%m%d-%H%M%S')}.json")
            os.replace(self.path, backup)
            warnings.warn(
                f"The progress file could not be read ({error}). "
                f"It was kept as {backup}; progress starts anew.",
                stacklevel=2,
            )
            return {table: {} for table in TABLES}

    def _write(self, state):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, json.dumps(state, indent=2, ensure_ascii=False) + "\n")
