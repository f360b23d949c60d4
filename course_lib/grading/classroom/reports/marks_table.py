"""The marks as a table for a spreadsheet or a learning platform."""

import csv
import io

from course_lib.grading.classroom.reports.text import tidy_line

FORMULA_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")


def marks_table(records):
    """Writes the marks of a class as CSV.

    A fault of the grader has empty points, never 0: there is no mark until it has run again. An exercise
    column holds points, and is empty where a student has no verdict on it.

    A spreadsheet would run a name like `=HYPERLINK(…)` as a formula. Text that starts with one of
    `= + - @ | %`, their full-width forms or a tab, also behind blanks or apostrophes, gets an apostrophe in
    front, which spreadsheets take for "this is text"; `unguarded` takes it off again.

    Args:
        records: `Record`s, in the order of the rows.

    Returns:
        CSV text with a header line and one line per record.

    Example:
        >>> from course_lib.grading.classroom.record import Record
        >>> fault = Record("=ada", "ada.py", "0" * 64, ("03_attention",), 7, "bubblewrap", "fault")
        >>> print(marks_table([fault]).splitlines()[1])
        '=ada,,,,no,,fault,7,bubblewrap,0
    """
    exercises = list(dict.fromkeys(mark.verdict.exercise for record in records for mark in record.exercises))
    possible = {record.sheets: record.possible for record in records if record.exercises}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["student", "points", "possible", "percent", "late", "submitted_at", "status"]
        + exercises
        + ["seed", "tier", "findings"]
    )
    for record in records:
        points = {mark.verdict.exercise: mark.verdict.points for mark in record.exercises}
        whole = possible.get(record.sheets)
        row = [
            tidy_line(record.student),
            record.points,
            whole,
            None if record.points is None or not whole else f"{100 * record.points / whole:.1f}",
            "yes" if record.is_late else "no",
            tidy_line(record.submitted_at or ""),
            record.status,
            *[points.get(name) for name in exercises],
            record.seed,
            record.tier,
            len(record.findings),
        ]
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def guarded(text):
    """The text, with an apostrophe in front when a spreadsheet could take it for a formula.

    Example:
        >>> guarded("=1+1"), guarded("Ada"), guarded("'t Hooft")
        ("'=1+1", 'Ada', "'t Hooft")
    """
    return f"'{text}" if _is_dangerous(text) else text


def unguarded(cell):
    """Takes off what `guarded` put on.

    Example:
        >>> unguarded("'=1+1"), unguarded("'t Hooft")
        ('=1+1', "'t Hooft")
    """
    return cell[1:] if cell.startswith("'") and _is_dangerous(cell[1:]) else cell


def _is_dangerous(text):
    return text.lstrip(" '").startswith(FORMULA_STARTS)
