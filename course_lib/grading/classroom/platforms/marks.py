"""The mark of each student, from the records of a grading run."""

from dataclasses import dataclass

from course_lib.grading.classroom.roster import parse_entry_name
from course_lib.grading.judging.exercise import find_sheet


@dataclass(frozen=True)
class Mark:
    """What a student has earned.

    Attributes:
        student: the name in `marks.csv`.
        points: the points, or None where the grader failed: there is no mark then.
        possible: the points that could be earned.
        account: the number of the student's account, where the name of the submission says it.
    """

    student: str
    points: float | None
    possible: float
    account: str | None = None


def marks_of_sheet(records, sheet=None):
    """The marks that records hold.

    Args:
        records: list of `Record`.
        sheet: name of the sheet whose points count; all points of a record when left out.

    Returns:
        list of `Mark`, one a record, in the same order.

    Raises:
        ValueError: when a record was not judged on the sheet, or the records are of different sheets.
        UnknownExercise: when there is no such sheet.
    """
    wanted = sheet and find_sheet(sheet)
    if wanted and (strange := [record for record in records if wanted.name not in record.sheets]):
        raise ValueError(
            f"Expected marks of {wanted.name}. Received: {strange[0].student}'s are of "
            f"{', '.join(strange[0].sheets)}."
        )
    if not wanted and len({record.sheets for record in records}) > 1:
        raise ValueError("Expected marks of the same sheets for everybody; name one with --sheet.")
    names = {exercise.name for exercise in wanted.exercises} if wanted else None
    verdicts = [
        [mark.verdict for mark in record.exercises if names is None or mark.verdict.exercise in names]
        for record in records
    ]
    possible = max((sum(verdict.possible for verdict in each) for each in verdicts), default=0)
    return [
        Mark(
            record.student,
            None if record.status == "fault" else round(sum(verdict.points for verdict in each), 2),
            possible,
            parse_entry_name(record.path).account,
        )
        for record, each in zip(records, verdicts, strict=True)
    ]
