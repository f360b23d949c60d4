"""What an exercise is: its sheet, points, hints and known mistakes, read from the tables in `checks/`."""

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKS = Path(__file__).parents[1] / "checks"
TABLE = "hints_and_mistakes.toml"  # in the folder of a sheet, beside a verdict per exercise
DIFFICULTIES = {1: "gentle", 2: "moderate", 3: "demanding"}


@dataclass(frozen=True)
class Mistake:
    """A known misconception: what it is called, what to tell the learner, and what to look at next.

    `credit` is the share of the points that an answer with this mistake still earns, from 0 to below 1.
    """

    id: str
    message: str
    hint: str
    credit: float = 0


@dataclass(frozen=True)
class Exercise:
    """One function or class a learner writes, identified by its name.

    Example:
        >>> exercise = find_exercise("masked_softmax")
        >>> exercise.sheet, exercise.points > 0, len(exercise.hints) >= 3
        ('03_attention', True, True)
    """

    name: str
    sheet: str
    points: int
    minutes: int
    difficulty: int
    prerequisites: tuple[str, ...]
    hints: tuple[str, ...]
    mistakes: dict[str, Mistake]
    disallowed_calls: tuple[str, ...] = ()  # dotted names that do what it asks to write

    def points_despite(self, diagnosis):
        """The points that an answer with a mistake still earns: those that its `credit` gives, else none.

        Args:
            diagnosis: id of a mistake of this exercise, or of a generic diagnosis.

        Returns:
            points, rounded to two decimals.
        """
        mistake = self.mistakes.get(diagnosis)
        return round(mistake.credit * self.points, 2) if mistake else 0


@dataclass(frozen=True)
class Sheet:
    """The exercises of one chapter, in the order in which they are worked."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]

    @property
    def points(self):
        """The sum of the points of its exercises."""
        return sum(exercise.points for exercise in self.exercises)


class UnknownExercise(LookupError):
    """Raised for a name that no sheet lists; the message gives the names near it."""


def parse_sheet(name, text):
    """Reads the metadata of one sheet.

    Args:
        name: name of the sheet, e.g. `"03_attention"`.
        text: the TOML text: `title`, then one `[[exercise]]` table per exercise; a new sheet has none.

    Returns:
        a `Sheet`.

    Raises:
        ValueError: for broken TOML and for missing, unknown or ill-typed keys, naming sheet, exercise and
            key.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"Sheet {name} is not valid TOML: {error}") from None
    _expect_keys(table, {"title": str}, f"Sheet {name}", optional={"exercise": list})
    exercises = tuple(_parse_exercise(name, entry) for entry in table.get("exercise", ()))
    return Sheet(name, table["title"], exercises)


def _parse_exercise(sheet, entry):
    where = f"Sheet {sheet}, exercise {entry.get('name', '(no name)')!r}"
    kinds = {
        "name": str,
        "points": int,
        "minutes": int,
        "difficulty": int,
        "prerequisites": list,
        "hints": list,
        "mistakes": dict,
    }
    _expect_keys(entry, kinds, where, optional={"disallowed_calls": list})
    if entry["difficulty"] not in DIFFICULTIES:
        raise ValueError(f"{where}: `difficulty` must be 1, 2 or 3. Received: {entry['difficulty']}.")
    mistakes = {}
    for mistake_id, words in entry["mistakes"].items():
        place = f"{where}, mistake {mistake_id!r}"
        _expect_keys(words, {"message": str, "hint": str}, place, optional={"credit": int | float})
        credit = words.get("credit", 0)
        if isinstance(credit, bool) or not 0 <= credit < 1:
            raise ValueError(f"{place}: `credit` must be a number from 0 to below 1. Received: {credit!r}.")
        mistakes[mistake_id] = Mistake(mistake_id, words["message"], words["hint"], credit)
    return Exercise(
        entry["name"],
        sheet,
        entry["points"],
        entry["minutes"],
        entry["difficulty"],
        tuple(entry["prerequisites"]),
        tuple(entry["hints"]),
        mistakes,
        tuple(entry.get("disallowed_calls", ())),
    )


def _expect_keys(table, kinds, where, optional=None):
    for key in kinds.keys() - table.keys():
        raise ValueError(f"{where}: `{key}` is missing.")
    kinds = kinds | (optional or {})
    for key in table.keys() - kinds.keys():
        raise ValueError(f"{where}: `{key}` is not a known key. Expected: {', '.join(sorted(kinds))}.")
    for key, value in table.items():
        if not isinstance(value, kinds[key]):
            kind = getattr(kinds[key], "__name__", "number")
            raise ValueError(f"{where}: `{key}` must be a {kind}. Received: {value!r}.")


@cache
def load_sheets(folder=CHECKS):
    """Reads every sheet of `folder`.

    Args:
        folder: folder with one folder per sheet, named like it, that holds `TABLE`.

    Returns:
        a tuple of `Sheet`, ordered by name, which is the order of the chapters.

    Raises:
        ValueError: when two exercises share a name.
    """
    sheets = tuple(
        parse_sheet(path.parent.name, path.read_text(encoding="utf-8"))
        for path in sorted(Path(folder).glob(f"*/{TABLE}"))
    )
    seen = {}
    for exercise in (exercise for sheet in sheets for exercise in sheet.exercises):
        if exercise.name in seen:
            raise ValueError(
                f"Exercise {exercise.name!r} is in two sheets: {seen[exercise.name]}, {exercise.sheet}."
            )
        seen[exercise.name] = exercise.sheet
    return sheets


def find_sheet(name):
    """The sheet called `name`, whole or by its number.

    Raises:
        UnknownExercise: when there is none; the message gives the nearest.

    Example:
        >>> find_sheet("03").name, find_sheet("3").name
        ('03_attention', '03_attention')
    """
    sheets = {sheet.name: sheet for sheet in load_sheets()}
    for sheet in sheets.values():
        if name == sheet.name or name.zfill(2) == sheet.name.split("_")[0]:
            return sheet
    raise UnknownExercise(f"No sheet is called {name!r}. {_nearest(name, sheets)}")


def load_exercises():
    """Every exercise of the course by name, in the order of the course.

    Example:
        >>> load_exercises()["masked_softmax"].sheet
        '03_attention'
    """
    return {exercise.name: exercise for sheet in load_sheets() for exercise in sheet.exercises}


def find_exercise(name):
    """The exercise called `name`.

    Args:
        name: name of the function or class the exercise asks for, or the function or class itself.

    Returns:
        an `Exercise`.

    Raises:
        UnknownExercise: when there is none; the message lists the names near it.

    Example:
        >>> find_exercise("maskd_softmax")
        Traceback (most recent call last):
        course_lib.grading.judging.exercise.UnknownExercise: No exercise is called 'maskd_softmax'. Did you
        mean masked_softmax...
    """
    exercises = load_exercises()
    name = name if isinstance(name, str) else getattr(name, "__name__", str(name))
    if name in exercises:
        return exercises[name]
    raise UnknownExercise(f"No exercise is called {name!r}. {_nearest(name, exercises)}")


def find_exercises(name):
    """The exercises that a name stands for: one of its own, or those of a sheet.

    Raises:
        UnknownExercise: when it is neither; the message lists the names near it.

    Example:
        >>> len(find_exercises("masked_softmax")), len(find_exercises("3")) > 1
        (1, True)
    """
    exercises = load_exercises()
    if name in exercises:
        return (exercises[name],)
    try:
        return find_sheet(name).exercises
    except UnknownExercise:
        names = [*exercises, *(sheet.name for sheet in load_sheets())]
        words = f"No exercise or sheet is called {name!r}. {_nearest(name, names)}"
        raise UnknownExercise(words) from None


def _nearest(name, names):
    """The names that a mistyped one may stand for, three at most, and how to see them all."""
    reordered = [known for known in names if sorted(known.split("_")) == sorted(name.split("_"))]
    near = list(dict.fromkeys([*reordered, *difflib.get_close_matches(name, names, n=3, cutoff=0.5)]))[:3]
    near = near or [known for known in names if name in known][:3]
    return (f"Did you mean {' or '.join(near)}? " if near else "") + "`course list` shows them all."
