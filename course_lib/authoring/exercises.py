"""`course build`: solutions in, exercise notebooks out.

A solution sheet is a percent script. What stands between `# BEGIN SOLUTION` and `# END SOLUTION` is replaced
by a `raise NotImplementedError`; the line with points, minutes, difficulty and prerequisites comes from the
sheet's TOML, the link back from where the chapter asks for the exercise. The chapter's short questions stand
at the end.
"""

import ast
import difflib
import json
import re
from pathlib import Path

from course_lib.authoring.links import section_of, sections_of_exercises
from course_lib.authoring.stored_notebooks import read_source
from course_lib.grading.judging.exercise import DIFFICULTIES, TABLE, load_sheets
from course_lib.grading.practice.progress import course_root
from course_lib.grading.questions import load_questions

MARKERS = ("BEGIN SOLUTION", "END SOLUTION")


class MarkerError(ValueError):
    """Raised for a solution file that makes no exercise; the message starts with file:line."""


def strip_regions(text, filename="solution.py"):
    """Replaces every solution region by a `raise NotImplementedError` that names what to write.

    Args:
        text: source of a solution sheet.
        filename: name to give in errors.

    Returns:
        the source with the regions replaced, and the names of the top-level definitions that held one, in
        order.

    Raises:
        MarkerError: for a nested, unclosed, unopened or misspelt marker, for one that shares its line with
            code, and for a region outside a function.

    Example:
        >>> blank, names = strip_regions('''
        ... def double(number):
        ...     # BEGIN SOLUTION
        ...     return 2 * number
        ...     # END SOLUTION
        ... ''')
        >>> print(blank.strip(), names)
        def double(number):
            raise NotImplementedError("double: write me") ['double']
    """
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise MarkerError(f"{filename}:{error.lineno}: {error.msg}") from None
    kept, names, opened = [], [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        marker = _marker(line, f"{filename}:{number}")
        if marker == "BEGIN SOLUTION":
            if opened:
                raise MarkerError(
                    f"{filename}:{number}: a region opens inside the one opened at line {opened}."
                )
            opened = number
            path = _enclosing_definitions(tree, number)
            if not path or path[-1][0] is ast.ClassDef:
                raise MarkerError(f"{filename}:{number}: a region must be inside a function.")
            indent = line[: len(line) - len(line.lstrip())]
            qualified = ".".join(name for _, name in path)
            kept.append(f'{indent}raise NotImplementedError("{qualified}: write me")')
            if path[0][1] not in names:
                names.append(path[0][1])
        elif marker == "END SOLUTION":
            if not opened:
                raise MarkerError(f"{filename}:{number}: a region ends that was never opened.")
            opened = 0
        elif not opened:
            kept.append(line)
    if opened:
        raise MarkerError(f"{filename}:{opened}: the region opened here is never closed.")
    return "\n".join(kept), names


def _marker(line, where):
    if "#" not in line:
        return None
    code, comment = line.rsplit("#", 1)
    words = " ".join(comment.upper().split())
    if words not in MARKERS:
        near = difflib.get_close_matches(words, MARKERS, n=1, cutoff=0.8)
        if near:
            raise MarkerError(f"{where}: `#{comment}` looks like `# {near[0]}`, misspelt.")
        return None
    if code.strip() or comment.rstrip() != f" {words}":
        raise MarkerError(
            f"{where}: a marker stands alone on its line, as `# {words}`. Received: `{line.strip()}`."
        )
    return words


def _enclosing_definitions(tree, line):
    path, body = [], tree.body
    while True:
        for node in body:
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
            if isinstance(node, kinds) and node.lineno <= line <= node.end_lineno:
                path.append((ast.ClassDef if isinstance(node, ast.ClassDef) else ast.FunctionDef, node.name))
                body = node.body if isinstance(node, ast.ClassDef) else []
                break
        else:
            return path


def exercise_header(exercise, section=None):
    """The line under an exercise's heading: what it is worth, what it asks for, where it is explained.

    Args:
        exercise: an `Exercise`.
        section: a link and the heading that it leads to; left out where no chapter asks for the exercise.
    """
    needs = ", ".join(f"`{name}`" for name in exercise.prerequisites) or "nothing before it"
    points = f"{exercise.points} point{'s' if exercise.points != 1 else ''}"
    back = f" · section [{section[1]}]({section[0]})" if section else ""
    return (
        f"*{points} · about {exercise.minutes} minutes · {DIFFICULTIES[exercise.difficulty]} · "
        f'needs {needs} · stuck? `hint("{exercise.name}")`{back}*'
    )


def sheet_header(sheet):
    """The line under a sheet's title: how much there is to do, and the chapter."""
    minutes = sum(exercise.minutes for exercise in sheet.exercises)
    return (
        f"*{len(sheet.exercises)} exercises · {sheet.points} points · about {minutes} minutes · "
        f"chapter [{sheet.title}](../notebooks/{sheet.name}.ipynb)*"
    )


def build_sheet(sheet, text, filename, sections=None, questions=(), titles=None):
    """Turns one solution sheet into the notebook that learners edit.

    The cell with an exercise's heading has the name of the exercise for its id: links lead there.

    Args:
        sheet: the `Sheet` that lists its exercises.
        text: source of the solution, in jupytext's percent format.
        filename: name to give in errors.
        sections: Dict from name of an exercise to the link back and its words; see `sections_of_chapter`.
        questions: the short `Question`s that stand at its end.
        titles: Dict from number of a section to its heading; see `titles_of_chapter`.

    Returns:
        the notebook as JSON text; the same input gives the same bytes.

    Raises:
        MarkerError: when the regions are broken, or the file and the sheet's TOML list different exercises.
    """
    import jupytext

    blank, names = strip_regions(text, filename)
    wanted = [exercise.name for exercise in sheet.exercises]
    if sorted(names) != sorted(wanted):
        raise MarkerError(
            f"{filename}:1: the exercises with a region and those of {sheet.name}/{TABLE} differ. "
            f"Expected: {wanted}. Received: {names}."
        )
    exercises = {exercise.name: exercise for exercise in sheet.exercises}
    cells = []
    for index, cell in enumerate(jupytext.reads(blank, fmt="py:percent").cells):
        entry = {"cell_type": cell.cell_type, "id": f"{sheet.name.replace('_', '-')}-{index:03d}"}
        entry |= {
            "metadata": {key: cell.metadata[key] for key in sorted(cell.metadata)},
            "source": cell.source,
        }
        if cell.cell_type == "code":
            entry |= {"execution_count": None, "outputs": [], "source": course_first(cell.source)}
            for name in _defined_names(cell.source, filename) & exercises.keys():
                header = exercise_header(exercises[name], (sections or {}).get(name))
                _insert_line(cells, header, f"{filename}: {name}")["id"] = name
        cells.append(entry)
    _insert_line(cells[:1], sheet_header(sheet), filename)
    cells += question_cells(questions, titles or {})
    for cell in cells:
        cell["source"] = cell["source"].splitlines(keepends=True)
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def question_cells(questions, titles):
    """The cells at the end of a sheet: each question with its answers, and a cell to choose in.

    Args:
        questions: list of `Question`.
        titles: Dict from number of a section to its heading.

    Returns:
        list of cells; the cell of a question has the id `question-NAME`.
    """
    if not questions:
        return []
    sheet = questions[0].sheet
    minutes = 2 * len(questions)
    introduction = (
        f"## Questions\n\n*{len(questions)} questions · no points · about {minutes} minutes*\n\n"
        "Put the letter of your answer between the quotes and run the cell. Of a wrong answer you are told "
        f"why it is wrong, and where the chapter shows it. In a terminal: `course ask {sheet}`."
    )
    cells = [_cell("markdown", "questions", introduction)]
    cells.append(_cell("code", "questions-import", "from course_lib.grading import answer"))
    for question in questions:
        title = titles.get(question.section, question.section)
        answers = "\n".join(f"- **{one.letter})** {one.text}" for one in question.answers)
        several = "\n\n*More than one answer is right.*" if len(question.right) > 1 else ""
        text = f"*After section [{title}]({question.link()})*\n\n{question.text}{several}\n\n{answers}"
        cells.append(_cell("markdown", f"question-{question.name}", text))
        cells.append(_cell("code", f"answer-{question.name}", f'answer("{question.name}", "")'))
    return cells


def _cell(kind, identity, source):
    outputs = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": identity[:64], "metadata": {}, "source": source, **outputs}


def course_first(source):
    """Puts a cell's imports from the course before all others: they keep TensorFlow's start-up log out.

    Solutions have them last, in the order of every other file.

    Example:
        >>> print(course_first("import keras\\n\\nfrom course_lib.grading import check"))
        from course_lib.grading import check
        <BLANKLINE>
        import keras
    """
    lines = source.split("\n")
    ours = [line for line in lines if line.startswith("from course_lib")]
    others = "\n".join(line for line in lines if line not in ours).strip("\n")
    return "\n".join([*ours, "", others]).strip("\n") if ours else source


def _defined_names(source, filename):
    source = re.sub(r"(?m)^\s*[%!].*$", "", source)
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise MarkerError(f"{filename}: the stripped cell does not parse: {error.msg}:\n{source}") from None
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _insert_line(cells, line, where):
    """Puts `line` under the heading of the last markdown cell, which it returns."""
    for cell in reversed(cells):
        if cell["cell_type"] == "markdown":
            heading, _, rest = cell["source"].partition("\n")
            if not heading.startswith("#"):
                break
            cell["source"] = f"{heading}\n\n{line}" + (f"\n\n{rest.strip()}" if rest.strip() else "")
            return cell
    raise MarkerError(f"{where}: a markdown cell that starts with a heading must come before it.")


def sections_of_chapter(root, sheet):
    """What `build_sheet` is given for a sheet: where its chapter asks for which exercise, if there is one."""
    chapter = root / "notebooks" / f"{sheet}.py"
    return sections_of_exercises(read_source(chapter), sheet) if chapter.exists() else {}


def titles_of_chapter(root, sheet):
    """The headings of the numbered sections of a chapter, by number; empty where there is no chapter."""
    chapter = root / "notebooks" / f"{sheet}.py"
    cells = read_source(chapter).cells if chapter.exists() else ()
    found = [section_of(cell.source) for cell in cells if cell.cell_type == "markdown"]
    return {title.split()[0]: title for _, title in filter(None, found)}


def build_all(root=None, names=()):
    """Builds every sheet, or those named.

    Args:
        root: root of the course; found from the working directory when left out.
        names: names of sheets, e.g. `["03_attention"]`; all when empty.

    Returns:
        Dict from the path of each exercise notebook to its text.
    """
    root = Path(root) if root else course_root()
    built = {}
    for sheet in load_sheets():
        if names and sheet.name not in names:
            continue
        source = root / "solutions" / f"{sheet.name}.py"
        if not source.exists():
            raise MarkerError(
                f"solutions/{source.name}:1: the file is missing, but {sheet.name}/{TABLE} lists exercises."
            )
        sections = sections_of_chapter(root, sheet.name)
        text = build_sheet(
            sheet,
            source.read_text(encoding="utf-8"),
            f"solutions/{source.name}",
            sections,
            load_questions(sheet.name),
            titles_of_chapter(root, sheet.name),
        )
        built[root / "exercises" / f"{sheet.name}.ipynb"] = text
    return built


def add_arguments(parser):
    """The options of `course build`."""
    parser.add_argument("sheets", nargs="*", help="names of sheets, e.g. 03_attention (default: all)")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when a built file would change"
    )


def main(arguments):
    """Builds the exercise notebooks, or says which ones are out of date."""
    try:
        built = build_all(names=arguments.sheets)
    except MarkerError as error:
        print(error)
        return 1
    stale = [
        path for path, text in built.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if not arguments.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(built[path], encoding="utf-8")
        print(f"{'out of date' if arguments.check else 'built'}: exercises/{path.name}")
    if not stale:
        print("Every exercise notebook is up to date.")
    return 1 if arguments.check and stale else 0
