"""The files of a new chapter and of a new exercise, valid as they stand and still to be filled in.

What is left to write is marked `FILL IN`; the tests of the course fail for as long as such a mark is there.
"""

import ast
import re
from pathlib import Path

from course_lib.authoring.exercises import build_sheet, sections_of_chapter
from course_lib.files import write_whole
from course_lib.grading.judging.exercise import TABLE, parse_sheet

TEMPLATES = Path(__file__).parent / "templates"
FILL_IN = "FILL IN"
CHAPTER = re.compile(r"(\d\d)_([a-z][a-z0-9_]*)")
EXERCISE = re.compile(r"[a-z][a-z0-9_]*")
CHECKS = "course_lib/grading/checks"
BUDGETS = "course_lib/chapters/budgets.py"
BUDGET = """        "num_inputs": (100, 1_000, 10_000),  # FILL IN: quick, cpu, gpu
        "seeds": ((0, 1), (0, 1, 2), (0, 1, 2, 3, 4)),
"""


class ScaffoldError(ValueError):
    """Raised for a name that cannot be used or is taken; nothing was written."""


def new_chapter(name, root):
    """The files of a new chapter.

    Args:
        name: name of the chapter, e.g. `"09_word_pieces"`.
        root: root of the course.

    Returns:
        Dict from path, relative to the root, to text: the source of the notebook, its row among the budgets
        and in the README's map, and a sheet without exercises: solutions, table and built notebook.

    Raises:
        ScaffoldError: when the name is none, or another chapter has its number.
    """
    parts = CHAPTER.fullmatch(name)
    if not parts:
        raise ScaffoldError(f"A chapter is called like 09_word_pieces. Received: {name}.")
    number, topic = parts.groups()
    for folder, ending in (("notebooks", ".py"), ("solutions", ".py"), (CHECKS, "")):
        if taken := sorted((root / folder).glob(f"{number}_*{ending}")):
            path = taken[0].relative_to(root).as_posix()
            raise ScaffoldError(f"The number {number} is free for no new chapter: {path} has it.")
    title = topic.replace("_", " ").capitalize()
    words = {"NN_topic": name, "NUMBER": str(int(number)), "TITLE": title}
    solutions, table = _filled("sheet.txt", words | {"TITLE": title.lower()}), f'title = "{title}"\n'
    return {
        f"notebooks/{name}.py": _filled("chapter.txt", words),
        BUDGETS: _with_budget((root / BUDGETS).read_text(encoding="utf-8"), name),
        "README.md": _with_row((root / "README.md").read_text(encoding="utf-8"), name, title),
        **_sheet_files(name, solutions, table, {}),
    }


def new_exercise(name, sheet, root):
    """The files of a new exercise, the last of its sheet.

    Args:
        name: name of the function it asks for.
        sheet: name of the sheet.
        root: root of the course.

    Returns:
        Dict from path, relative to the root, to text: solutions, table, verdict, mutants, built notebook.

    Raises:
        ScaffoldError: when the name is none or is taken, or there is no such sheet.
    """
    if not EXERCISE.fullmatch(name):
        raise ScaffoldError(f"An exercise is called like a function, masked_softmax. Received: {name}.")
    tables = {path.parent.name: path for path in sorted((root / CHECKS).glob(f"*/{TABLE}"))}
    if sheet not in tables:
        raise ScaffoldError(f"There is no sheet {sheet}. Expected one of: {', '.join(tables)}.")
    for other, path in tables.items():
        exercises = parse_sheet(other, path.read_text(encoding="utf-8")).exercises
        if name in [exercise.name for exercise in exercises]:
            raise ScaffoldError(f"There is an exercise {name} already, in {other}.")
    words = {"NN_topic": sheet, "exercise_name": name}
    files = {
        f"{CHECKS}/{sheet}/{name}.py": _filled("verdict.txt", words),
        f"tests/mutants/{sheet}/{name}.py": _filled("mutants.txt", words),
    }
    if taken := [path for path in files if (root / path).exists()]:
        raise ScaffoldError(f"{taken[0]} is there already.")
    solutions = (root / "solutions" / f"{sheet}.py").read_text(encoding="utf-8")
    table = tables[sheet].read_text(encoding="utf-8")
    solutions += _filled("exercise.txt", words)
    table += _filled("table_entry.txt", words)
    return files | _sheet_files(sheet, solutions, table, sections_of_chapter(root, sheet))


def write_all(files, root):
    """Writes files, or none of them.

    Args:
        files: Dict from path, relative to the root, to text; what is there is replaced.
        root: root of the course.
    """
    before = {name: (root / name).read_bytes() if (root / name).exists() else None for name in files}
    try:
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(root / name, text)
    except BaseException:
        for name, data in before.items():
            if data is None:
                (root / name).unlink(missing_ok=True)
            elif (root / name).read_bytes() != data:
                write_whole(root / name, data)
        raise


def places_to_fill_in(files):
    """How often each file says what is still to be written, without those that never do."""
    counts = {name: text.count(FILL_IN) for name, text in files.items() if not name.endswith(".ipynb")}
    return {name: count for name, count in counts.items() if count}


def _filled(template, words):
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    return text


def _sheet_files(name, solutions, table, sections):
    path = f"solutions/{name}.py"
    return {
        path: solutions,
        f"{CHECKS}/{name}/{TABLE}": table,
        f"exercises/{name}.ipynb": build_sheet(parse_sheet(name, table), solutions, path, sections),
    }


def _with_budget(text, name):
    """The module of budgets with a row for a chapter, in the order of the chapters."""
    (rows,) = (
        node.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and node.targets[0].id == "CHAPTER_BUDGETS"
    )
    lines = text.splitlines(keepends=True)
    later = [key.lineno for key in rows.keys if key.value > name]
    at = min(later, default=rows.end_lineno) - 1
    return "".join([*lines[:at], f'    "{name}": {{\n', BUDGET, "    },\n", *lines[at:]])


def _with_row(text, name, title):
    """The README with a chapter in its map, in place of the row that announces it."""
    number = int(name[:2])
    row = f"| {number} | [{title}](notebooks/{name}.ipynb) | FILL IN: what one builds | ready |"
    rows = {int(found[1]): found for found in re.finditer(r"^\| (\d+) \|.*$", text, re.MULTILINE)}
    if not rows:
        raise ScaffoldError("README.md has no map of chapters to add a row to.")
    if number in rows:
        return text[: rows[number].start()] + row + text[rows[number].end() :]
    before = max((other for other in rows if other < number), default=None)
    if before is None:
        at = rows[min(rows)].start()
        return f"{text[:at]}{row}\n{text[at:]}"
    return f"{text[: rows[before].end()]}\n{row}{text[rows[before].end() :]}"
