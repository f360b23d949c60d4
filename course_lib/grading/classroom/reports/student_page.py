"""What a student gets back: one page, complete in itself."""

import shlex

from course_lib.grading.classroom.reports.page import render
from course_lib.grading.classroom.reports.text import tidy_line
from course_lib.grading.judging.exercise import load_exercises, load_sheets


def student_page(record, comment="", comments=None):
    """Writes the page of one student.

    It shows points, every verdict with its hint and smallest failing case, and the seeds that draw the cases
    again, and the code that was judged. Findings are for the instructor and are not on it.

    Args:
        record: a `Record`.
        comment: what the instructor says to the student; without it, paper has room to write by hand.
        comments: Dict from name of an exercise to what the instructor says about it.

    Returns:
        a self-contained HTML page.

    Example:
        >>> from course_lib.grading.classroom.record import Record
        >>> record = Record("ada", "ada.py", "0" * 64, ("03_attention",), 7, "bubblewrap", "fault")
        >>> "no mark was given" in student_page(record)
        True
    """
    titles = {sheet.name: sheet.title for sheet in load_sheets()}
    exercises = load_exercises()
    groups = {}
    for mark in record.exercises:
        exercise = exercises.get(mark.verdict.exercise)
        title = titles[exercise.sheet] if exercise else "Other exercises"
        groups.setdefault(title, []).append(mark)
    names = [name for sheet in record.sheets for name in ("--sheet", sheet)]
    command = ["course", "grade-one", tidy_line(record.path), *names, "--seed", str(record.seed)]
    return render(
        "student_page.html",
        record=record,
        comment=comment.strip(),
        comments={name: text.strip() for name, text in (comments or {}).items() if name},
        groups=groups,
        titles=[titles.get(name, name) for name in record.sheets],
        command=shlex.join(command),
        num_passed=sum(mark.verdict.passed for mark in record.exercises),
    )
