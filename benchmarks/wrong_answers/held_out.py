"""Answers from a folder: `NN_topic/NAME.py` with functions or classes `wrong_1`, … and `right_1`, …."""

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.judging.exercise import find_exercise


@dataclass(frozen=True)
class HeldOut:
    """One answer of a file: the exercise, its name there, and the function or class."""

    exercise: str
    name: str
    answer: object

    @property
    def is_right(self):
        """Whether it is to pass."""
        return self.name.startswith("right_")

    def build(self):
        """The function or class."""
        return self.answer


def load_held_out(folder):
    """Every answer of a folder.

    Raises:
        UnknownExercise: for a file that is named after no exercise.
    """
    found = []
    for path in sorted(Path(folder).glob("*/*.py")):
        exercise = find_exercise(path.stem)
        spec = importlib.util.spec_from_file_location(f"held_out_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        names = [name for name in vars(module) if re.fullmatch(r"(wrong|right)_\w+", name)]
        found += [HeldOut(exercise.name, name, getattr(module, name)) for name in names]
    return found
