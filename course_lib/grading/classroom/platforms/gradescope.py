"""Gradescope's roster or downloaded grades, with the points of everybody.

Gradescope takes marks of programming from its autograder alone, as results.json
(https://gradescope-autograders.readthedocs.io/en/latest/specs/): `course grade-one --gradescope` writes it.
What it offers as CSV is a roster (unique `Email`, name, `SID`) and the grades it holds (`First Name`,
`Last Name`, `SID`, `Email`, `Sections`, `Total Score`, `Max Points`, `Status`, …). Either is filled in here
in that form, so that whatever reads Gradescope's downloads reads ours.

Reference: https://guides.gradescope.com/hc/en-us/articles/21926598776333-Adding-Students-and-Staff
"""

from course_lib.grading.classroom.platforms.filling import conclude, parse_points, put, share_of
from course_lib.grading.classroom.platforms.matching import match

IDS = ("Email", "SID")
ACCOUNTS = "SID"
SCORE, POSSIBLE = "Total Score", "Max Points"


def fill_gradescope(table, marks, assignment=None, ids=None, by=None, is_scaled=False):
    """Fills the scores in a roster or in downloaded grades; a roster gets the two columns it lacks.

    Args:
        table: a `Table`, which is changed.
        marks: list of `Mark`.
        assignment: name of the column; `Total Score` when left out.
        ids: Dict from student to id, from `read_ids`.
        by: name of the column with the ids; `Email` and `SID` are tried when left out.
        is_scaled: whether marks become shares of `Max Points`.

    Returns:
        a `Filled`.

    Raises:
        TableError: for a table without ids, an unknown learner, and other points than those of the sheet.
    """
    found, by = match(table, marks, (by,) if by else IDS, ACCOUNTS, ids)
    whole = max((mark.possible for mark in marks), default=0)
    if assignment is None:
        for name in (SCORE, POSSIBLE):
            if name not in table.columns:
                cell = f"{whole:g}" if name == POSSIBLE else ""
                for number, row in enumerate(table.rows):
                    row.append(cell if number else name)
    column = table.column(assignment or SCORE, "with the score")
    possible = table.column(POSSIBLE, "") if POSSIBLE in table.columns else None

    def share(row):
        counted = None if possible is None else parse_points(row[possible])
        return share_of(whole, counted, f"{table.name}: {POSSIBLE!r}", is_scaled)

    count, notes = put(table, found, column, share)
    places = [place for place, title in enumerate(table.columns) if title in IDS]
    return conclude(table, column, places, count, notes, len(table.rows) - 1)
