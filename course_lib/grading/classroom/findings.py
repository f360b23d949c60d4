"""What an instructor should look at: which names count, and how their uses become findings.

The worker looks for the uses (`source_uses.py`, `runtime_uses.py`), since compiling hostile text can bring an
interpreter down and none of it is compiled in the process that marks. The uses in the source are sent before
any of the answer runs, so an answer can neither forge nor hold back those. It can forge later ones; so a
use is only a known name and a line of the sheet, and the words and the line's text are put in here.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course_lib.grading.worker.cells import python_lines, read_cells
from course_lib.grading.worker.source_uses import is_use

RULES = Path(__file__).with_name("disallowed_calls.toml")
FINDING_LIMIT = 20  # per exercise
SOURCE_LENGTH = 200


@dataclass(frozen=True)
class Finding:
    """Something an instructor should weigh: it changes no mark.

    Attributes:
        rule: id of the rule, e.g. `"disallowed_call"`.
        message: what was found, in a sentence.
        place: where, e.g. `"cell 4, line 2"`; empty when there is no one place.
        source: the line itself.
        exercise: name of the exercise it concerns, or None for the submission as a whole.
    """

    rule: str
    message: str
    place: str = ""
    source: str = ""
    exercise: str | None = None


@cache
def load_rules():
    """The rules of `disallowed_calls.toml`.

    Returns:
        Dict of rule id to a pair: the message, with `{name}` in it, and the names it is about.

    Example:
        >>> load_rules()["course_library"][1]
        ['course_lib']
    """
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return {rule: (table["message"], table["names"]) for rule, table in rules.items()}


def watched_names(exercise):
    """What to look for in the answer to an exercise.

    Args:
        exercise: an `Exercise`.

    Returns:
        Dict of dotted name to the id of its rule.

    Example:
        >>> from course_lib.grading.judging.exercise import find_exercise
        >>> watched_names(find_exercise("gru_step"))["keras.layers.GRUCell"]
        'disallowed_call'
    """
    rules = {name: rule for rule, (_, names) in load_rules().items() for name in names}
    return rules | dict.fromkeys(exercise.disallowed_calls, "disallowed_call")


def read_findings(uses, exercise, text, filename):
    """Makes findings of the uses that came back from a worker; what cannot be one is dropped.

    Args:
        uses: sequence of anything; a use is a list: watched name, cell (`"cell 4, "`, or `""` in a script),
            line there. A use of no known place has line 0.
        exercise: the `Exercise` whose answer ran.
        text: the text of the sheet.
        filename: its name, ending in `.ipynb` or `.py`.

    Returns:
        tuple of `Finding`, one per name and place, at most `FINDING_LIMIT`.
    """
    watched, lines, findings = watched_names(exercise), None, {}
    for use in uses:
        if len(findings) >= FINDING_LIMIT or not is_use(use):
            continue
        name, cell, line = use
        if lines is None:
            lines = _lines(text, filename)
        is_placed = 0 < line <= len(lines.get(cell, ()))
        if name not in watched or not (is_placed or (cell, line) == ("", 0)):
            continue
        place = f"{cell}line {line}" if is_placed else ""
        source = _printable(lines[cell][line - 1]) if is_placed else ""
        message = load_rules()[watched[name]][0].format(name=name.removeprefix("builtins."))
        findings.setdefault((name, place), Finding(watched[name], message, place, source, exercise.name))
    return tuple(findings.values())


def _printable(line):
    """A line of a sheet without what changes how it is shown, or cannot be written."""
    line = line.strip()[:SOURCE_LENGTH].expandtabs(4)
    return "".join(character if character.isprintable() else "\ufffd" for character in line)


def _lines(text, filename):
    """The lines of each cell, counted as Python counts them; of a script, all of them, under no cell."""
    if not filename.endswith(".ipynb"):
        return {"": python_lines(text)}
    try:
        cells = read_cells(text, filename)
    except ValueError:
        return {}
    return {cell.place: python_lines(cell.source) for cell in cells}
