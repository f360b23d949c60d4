"""Exercise sheets as pages: the text, what is judged, hints that unfold, and a verdict that was computed."""

import html
import re
import textwrap

from course_lib.authoring.site.hosted import buttons, hosted_links
from course_lib.authoring.site.places import as_prose, label_of, with_site_links
from course_lib.authoring.site.verdicts import example_verdict
from course_lib.grading.judging.exercise import Exercise, Sheet
from course_lib.grading.judging.judge import load_verdict_module


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
    for cell in notebook.cells[1:]:
        if cell.id in exercises:
            parts += _judging(pending)
            pending = exercises[cell.id]
            parts.append(f"({label_of(cell.id, path)})=")
        if cell.cell_type == "markdown":
            parts.append(with_site_links(cell.source, path, repository))
        elif not cell.source.startswith("check("):
            code = re.sub(r"  # noqa\b.*", "", cell.source)
            parts.append(f"```{{code-block}} python\n{code}\n```")
    return "\n\n".join([*parts, *_judging(pending)]) + "\n"


def _how_to_begin(sheet):
    return (
        f"To have your answers judged, install the course and open the sheet: `make start`, then `make lab` "
        f"and `exercises/{sheet.name}.ipynb`; or, in a terminal, `course watch {sheet.name}`, which judges "
        f"the exercise at hand whenever you save."
    )


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
        _folded("example", "What the judge says to a common mistake", _said(verdict)),
    ]
    for number, words in enumerate(exercise.hints, start=1):
        parts.append(_folded("hint", f"Hint {number} of {len(exercise.hints)}", as_prose(words)))
    return parts


def _said(verdict):
    """The words as paragraphs, which wrap; the case as it is, which scrolls."""
    words, _, case = str(verdict).partition("\n  The smallest case that shows it:\n")
    paragraphs = "".join(f"<p>{html.escape(line.strip())}</p>" for line in words.split("\n") if line.strip())
    shown = (
        f'<p>The smallest case that shows it:</p><pre tabindex="0">{_unbroken(case)}</pre>' if case else ""
    )
    return f'<div class="verdict">{paragraphs}{shown}</div>'


def _unbroken(case):
    """A blank line would end the element for Markdown."""
    return html.escape(textwrap.dedent(case)).replace("\n\n", "\n&#8203;\n")


def _folded(kind, words, content):
    return f'<details class="{kind}"><summary>{words}</summary>\n\n{content}\n\n</details>'
