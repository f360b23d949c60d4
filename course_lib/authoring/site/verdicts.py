"""What the judge says to answers: to a wrong one of the tests, and to those of short questions."""

import html
import importlib.util
import re
import textwrap

from course_lib.authoring.folders import project_folder
from course_lib.authoring.site.places import as_prose, with_site_links
from course_lib.grading.judging.exercise import Exercise
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.judging.verdict import SIGNS, Verdict
from course_lib.grading.questions import Question, load_questions
from course_lib.grading.questions.judgement import inline
from course_lib.grading.worker.probe import run_call

SEED = 7


def example_verdict(exercise: Exercise) -> Verdict:
    """The verdict on the first known mistake of an exercise whose smallest case can be shown.

    Args:
        exercise: one of a sheet.

    Returns:
        a `Verdict` whose diagnosis is a mistake of the exercise.

    Raises:
        ValueError: when no wrong answer in `tests/mutants` is told its mistake.

    Example:
        >>> from course_lib.grading.judging.exercise import find_exercise
        >>> verdict = example_verdict(find_exercise("masked_softmax"))
        >>> verdict.passed, verdict.diagnosis in find_exercise("masked_softmax").mistakes
        (False, True)
    """
    answers, kept = _wrong_answers(exercise), None
    for mistake in exercise.mistakes:
        results = [run_call(answers[mistake], case) for case in draw_cases(exercise.name, SEED)]
        verdict = judge(exercise, SEED, results)
        if verdict.diagnosis == mistake:
            kept = kept or verdict
            if verdict.example:
                return verdict
    if kept is None:
        raise ValueError(f"Expected a wrong answer that is told its mistake. Received: {exercise.name}.")
    return kept


def _wrong_answers(exercise):
    path = project_folder() / "tests" / "mutants" / exercise.sheet / f"{exercise.name}.py"
    specification = importlib.util.spec_from_file_location(f"site_mutants_{exercise.name}", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return vars(module)


def verdict_as_html(verdict: Verdict) -> str:
    """A verdict as one element without blank lines: words as paragraphs, which wrap; the case, which scrolls.

    Example:
        >>> from course_lib.grading.judging.exercise import find_exercise
        >>> verdict = judge(find_exercise("causal_mask"), 1, [0] * len(draw_cases("causal_mask", 1)))
        >>> verdict_as_html(verdict).split("\\n")[0]
        '<div class="verdict" data-outcome="not yet"><p>✗ causal_mask: not yet (0 of ... points)</p><p>...'
    """
    words, _, case = str(verdict).partition("\n  The smallest case that shows it:\n")
    paragraphs = "".join(f"<p>{_marked(line.strip())}</p>" for line in words.split("\n") if line.strip())
    if case:
        case, _, command = case.rpartition("\n  The whole case, as Python: ")
        unbroken = html.escape(textwrap.dedent(case)).replace("\n\n", "\n&#8203;\n")  # for Markdown
        paragraphs += f'<p>The smallest case that shows it:</p><pre tabindex="0">{unbroken}</pre>'
        paragraphs += f"<p>The whole case, as Python: <code>{html.escape(command)}</code></p>"
    return f'<div class="verdict" data-outcome="{verdict.outcome}">{paragraphs}</div>'


def _marked(line):
    """Escaped, with what stands between backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(line))


def question_boxes(sheet: str) -> dict[str, str]:
    """The questions of a chapter, each by the id of its cell on the sheet.

    Args:
        sheet: name of the chapter and its sheet.

    Returns:
        Dict from id to Markdown, for the chapter's page and the sheet's.

    Example:
        >>> boxes = question_boxes("03_attention")
        >>> list(boxes)[0], boxes["question-eighteen_per_cent"].count("<details")
        ('question-eighteen_per_cent', 4)
    """
    return {f"question-{question.name}": question_box(question) for question in load_questions(sheet)}


def question_box(question: Question, label: str = "") -> str:
    """A question and its answers; each unfolds whether it is right, why, and where the chapter shows it.

    Args:
        question: the question.
        label: what links to it are made of, on the sheet's page.
    """
    several = "*More than one answer is right.*" if len(question.right) > 1 else ""
    parts = [
        f'<div class="question" role="group" aria-label="Question {question.name}" '
        f'data-question="{question.name}">',
        (f"({label})=\n" if label else "") + f"**Question.** {as_prose(question.text)}",
        several,
    ]
    for answer in question.answers:
        sign = SIGNS["passed" if answer.is_right else "not yet"]
        place = with_site_links(
            f"([section {answer.section}]({question.link(answer.section)}))",
            f"exercises/{question.sheet}.ipynb",
        )
        parts.append(
            f'<details class="answer"><summary><b>{answer.letter})</b> {inline(answer.text)}</summary>\n\n'
            f"{sign} {as_prose(answer.reason)} {place}\n\n</details>"
        )
    return "\n\n".join([*filter(None, parts), "</div>"])
