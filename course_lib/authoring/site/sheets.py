"""Exercise sheets as pages: the text, what is judged, hints that unfold, and a verdict that was computed."""

import re

from course_lib.authoring.reset import definition_pattern
from course_lib.authoring.site.hosted import buttons, hosted_links
from course_lib.authoring.site.places import as_prose, label_of, with_site_links
from course_lib.authoring.site.verdicts import example_verdict, question_box, verdict_as_html
from course_lib.grading.judging.exercise import Exercise, Sheet
from course_lib.grading.judging.judge import load_verdict_module
from course_lib.grading.questions import load_questions

ASKED = (
    '<p class="exercise-start">Choose an answer: it unfolds whether it is right, why, and where the chapter '
    "shows it.</p>"
)
START = '<p class="exercise-start">To answer here and be judged, start <code>course web</code>.</p>'


def sheet_page(notebook, sheet: Sheet, repository: str = "") -> str:
    """A sheet as Markdown.

    Args:
        notebook: the blank sheet, `exercises/NN_topic.ipynb`, as an nbformat notebook.
        sheet: what is known of its exercises.
        repository: address of the course's repository, or nothing.

    Returns:
        the text of the page.
    """
    path = f"exercises/{sheet.name}.ipynb"
    exercises = {exercise.name: exercise for exercise in sheet.exercises}
    title, _, rest = notebook.cells[0].source.partition("\n")
    row = buttons(
        {"Chapter": f"../chapters/{sheet.name}.html"},
        {"Download the sheet": f"../downloads/exercises/{sheet.name}.ipynb"},
        hosted_links(repository, path),
    )
    parts, pending = [title, row, with_site_links(rest, path, repository), _how_to_begin(sheet)], None
    cells = notebook.cells[1:]
    end = next((index for index, cell in enumerate(cells) if cell.id == "questions"), len(cells))
    for cell in cells[:end]:
        if cell.id in exercises:
            parts += _judging(pending)
            pending = exercises[cell.id]
            parts.append(f"({label_of(cell.id, path)})=")
        if cell.cell_type == "markdown":
            parts.append(with_site_links(cell.source, path, repository))
        elif not cell.source.startswith("check("):
            is_blank = pending and definition_pattern(pending.name).search(cell.source)
            parts += _blank(pending, cell.source) if is_blank else [_code(cell.source)]
    parts += [*_judging(pending), "## Questions", ASKED]
    for question in load_questions(sheet.name):
        parts.append(question_box(question, label_of(f"question-{question.name}", path)))
    return "\n\n".join(parts) + "\n"


def exercise_boxes(notebook, sheet: Sheet, repository: str = "") -> dict[str, str]:
    """What a chapter shows where it asks for an exercise: the task, folded, and the place of the answer.

    Args:
        notebook: the blank sheet, as an nbformat notebook.
        sheet: what is known of its exercises.
        repository: address of the course's repository, or nothing.

    Returns:
        Dict from name of the exercise to Markdown.
    """
    path = f"exercises/{sheet.name}.ipynb"
    exercises, found, name = {one.name: one for one in sheet.exercises}, {}, None
    imported = _imported(notebook)
    for cell in notebook.cells:
        if cell.id == "questions":  # behind the last exercise
            break
        name = cell.id if cell.id in exercises else name
        if name is None or cell.source.startswith("check("):
            continue
        if cell.id == name:
            task = re.sub(r"^\*\d+ points? · .*$", "", cell.source.partition("\n")[2], flags=re.MULTILINE)
            found[name] = [with_site_links(task.strip(), path, repository)]
        elif cell.cell_type == "markdown":
            found[name].append(with_site_links(cell.source, path, repository))
        elif definition_pattern(name).search(cell.source):
            found[name] += ['<div class="blank">', _code(cell.source), "</div>", imported]
        else:
            found[name].append(_code(cell.source))
    boxes = {}
    for name, parts in found.items():
        exercise, address = exercises[name], f"../exercises/{sheet.name}.html#{label_of(name, path)}"
        head = (
            f'<p class="exercise-head"><strong>Exercise</strong> <code>{name}</code> '
            f"<span>{exercise.points} points · about {exercise.minutes} minutes · "
            f'<a href="{address}">on the sheet</a></span></p>'
        )
        task = _folded("task", "The task", "\n\n".join(filter(None, parts)))
        boxes[name] = "\n\n".join([_opened(exercise) + head, task, START, "</div>"])
    return boxes


def _imported(notebook):
    """What a sheet has imported before its first exercise, in words."""
    code = next((cell.source for cell in notebook.cells if cell.cell_type == "code"), "")
    lines = [line for line in code.split("\n") if re.match(r"(from|import) (?!course_lib\.grading)", line)]
    return "The sheet begins with " + ", ".join(f"`{line}`" for line in lines) + "." if lines else ""


def _blank(exercise, source):
    """The blank of a sheet, and the place of the answer."""
    return ['<div class="blank">', _code(source), "</div>", f"{_opened(exercise)}{START}</div>"]


def _opened(exercise):
    return (
        f'<div class="exercise" role="group" aria-label="Exercise {exercise.name}" '
        f'data-exercise="{exercise.name}" data-sheet="{exercise.sheet}">'
    )


def _code(source):
    code = re.sub(r"  # noqa\b.*", "", source)
    return f"```{{code-block}} python\n{code}\n```"


def _how_to_begin(sheet):
    words = (
        "To have your answers judged, install the course with `make start`. Then start `course web` and "
        f"answer on this page, or open `exercises/{sheet.name}.ipynb` in JupyterLab with `make lab`, or have "
        "it judged in a terminal with `course watch`. All three work on the same answers."
    )
    return f'<div class="exercise-start">\n\n{words}\n\n</div>'


def _judging(exercise: Exercise | None):
    """What stands below the blank: what is judged, an example, and the hints."""
    if exercise is None:
        return []
    verdict = example_verdict(exercise)
    conditions = load_verdict_module(exercise.name).CONDITIONS
    listed = "\n".join(f"- {as_prose(words)}" for words in conditions)
    parts = [
        f"**What is judged.** Each check draws {verdict.num_cases} new cases; among them there is always:",
        listed,
        f"{len(exercise.mistakes)} mistakes are known by name; any other is described by what it does.",
        _folded("example", "What the judge says to a common mistake", verdict_as_html(verdict)),
    ]
    for number, words in enumerate(exercise.hints, start=1):
        parts.append(_folded("hint", f"Hint {number} of {len(exercise.hints)}", as_prose(words)))
    return parts


def _folded(kind, words, content):
    return f'<details class="{kind}"><summary>{words}</summary>\n\n{content}\n\n</details>'
