"""`course reset`: puts an exercise or a sheet back to blank, keeping a copy of what was there."""

import ast
import json
import re
import shutil
import sys
import time
from pathlib import Path

import jupytext

from course_lib.authoring.exercises import MarkerError, build_all
from course_lib.files import write_whole
from course_lib.grading.judging.exercise import UnknownExercise, find_exercises
from course_lib.grading.practice.checking import sheet_file
from course_lib.grading.practice.progress import Progress, course_root
from course_lib.grading.questions import load_questions


class ResetError(ValueError):
    """Raised when nothing was reset; the message says why and what to do."""


def definition_pattern(name):
    """Matches the line that starts the definition of `name`."""
    return re.compile(rf"^(?:async\s+def|def|class)\s+{re.escape(name)}\b", re.MULTILINE)


def reset_cell(text, blank, name):
    """Puts the blank cell of one exercise into a learner's notebook; every other cell stays as it is.

    Args:
        text: the learner's notebook, as JSON.
        blank: the built notebook, as JSON.
        name: name of the exercise.

    Returns:
        the new notebook, as JSON. Without a cell that defines `name`, the blank goes to the end.

    Raises:
        ResetError: when `text` is not a notebook.
    """
    try:
        notebook = json.loads(text)
        holding = [cell for cell in notebook["cells"] if _defines(cell, name)]
    except (ValueError, KeyError, TypeError):
        words = "The sheet is not a readable notebook; `course reset SHEET` restores all of it."
        raise ResetError(words) from None
    (blank_cell,) = (cell for cell in json.loads(blank)["cells"] if _defines(cell, name))
    if holding:
        holding[-1]["source"] = blank_cell["source"]
        holding[-1]["outputs"], holding[-1]["execution_count"] = [], None
    else:
        notebook["cells"].append(blank_cell)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _defines(cell, name):
    return cell["cell_type"] == "code" and definition_pattern(name).search("".join(cell["source"]))


def reset_definition(text, blank, name):
    """Puts the blank definition of one exercise into a learner's script; every other line stays as it is.

    Args:
        text: the learner's script.
        blank: the blank sheet, as a script.
        name: name of the exercise.

    Returns:
        the new script. Without a definition of `name`, the blank goes to the end.

    Raises:
        ResetError: when `text` is not Python.
    """
    first, last = _lines_of(blank, name)
    definition = blank.split("\n")[first:last]
    lines = text.split("\n")
    try:
        first, last = _lines_of(text, name)
    except LookupError:
        first = last = len(lines)
        definition = ["", "", *definition, ""]
    except SyntaxError as error:
        words = f"Line {error.lineno} of the sheet is not Python; `course reset SHEET` restores all of it."
        raise ResetError(words) from None
    return "\n".join([*lines[:first], *definition, *lines[last:]])


def _lines_of(text, name):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for node in ast.parse(text).body if isinstance(node, kinds) and node.name == name]
    if not nodes:
        raise LookupError(name)
    first = min([nodes[-1].lineno, *(decorator.lineno for decorator in nodes[-1].decorator_list)])
    return first - 1, nodes[-1].end_lineno


def blank_sheet(sheet, root):
    """The blank sheet: built from `solutions/`, or as it was handed out to learners, who have none.

    Args:
        sheet: name of the sheet.
        root: root of the course.

    Returns:
        the notebook, as JSON.

    Raises:
        ResetError: when there is neither.
    """
    handed_out = root / "exercises" / ".blank" / f"{sheet}.ipynb"
    if handed_out.exists() and not (root / "solutions").is_dir():
        return handed_out.read_text(encoding="utf-8")
    try:
        return build_all(root, [sheet])[root / "exercises" / f"{sheet}.ipynb"]
    except (MarkerError, KeyError) as error:
        raise ResetError(f"The blank sheet cannot be made: {error}") from None


def reset(name, root=None):
    """Resets an exercise or a whole sheet.

    Args:
        name: name of an exercise or a sheet.
        root: root of the course; found from the working directory when left out.

    Returns:
        a pair: path of the sheet that changed, path of the copy of what it was (None without one).

    Raises:
        ResetError: when there is no blank to restore, or one exercise cannot be told from the rest.
        UnknownExercise: for a name that is neither.
    """
    root = Path(root or course_root())
    exercises = find_exercises(name)
    sheet, exercise = exercises[0].sheet, exercises[0] if exercises[0].name == name else None
    blank = blank_sheet(sheet, root)
    try:
        path = sheet_file(sheet, root)
    except FileNotFoundError:
        path = root / "exercises" / f"{sheet}.ipynb"
        write_whole(path, blank)
        return path, None
    script = jupytext.writes(jupytext.reads(blank, fmt="ipynb"), fmt="py:percent")
    is_notebook = path.suffix == ".ipynb"
    if exercise is None:
        text = blank if is_notebook else script
    else:
        before = path.read_text(encoding="utf-8", errors="replace")
        put = reset_cell if is_notebook else reset_definition
        text = put(before, blank if is_notebook else script, exercise.name)
    backups = root / ".course" / "backups"
    backups.mkdir(parents=True, exist_ok=True)
    copy = backups / f"{sheet}-{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 10**6}{path.suffix}"
    shutil.copy2(path, copy)
    write_whole(path, text)
    progress = Progress()
    for forgotten in (*exercises, *(load_questions(sheet) if exercise is None else ())):
        progress.forget(forgotten.name)
    return path, copy


def add_arguments(parser):
    """The options of `course reset`."""
    parser.add_argument("name", help="name of an exercise or a sheet, e.g. masked_softmax or 03_attention")


def main(arguments):
    """Resets and says where the copy is."""
    try:
        path, copy = reset(arguments.name)
    except (ResetError, UnknownExercise, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{arguments.name} is blank again in {path.parent.name}/{path.name}.")
    if copy:
        print(f"What was there is kept in {copy}.")
    return 0
