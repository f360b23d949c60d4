"""Short questions as pages show them: an answer that is chosen unfolds what is to be said of it."""

from course_lib.authoring.site.places import as_prose, with_site_links
from course_lib.grading.judging.verdict import SIGNS
from course_lib.grading.questions import Question, load_questions
from course_lib.grading.questions.judgement import inline


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
        f'<div class="question" role="group" aria-label="Question {question.name}">',
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
