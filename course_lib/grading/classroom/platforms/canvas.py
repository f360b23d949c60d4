"""Canvas' gradebook: its export as CSV, with the column of one assignment filled in.

Form: a line with names of columns (`Student`, `ID`, `SIS User ID`, `SIS Login ID`, `Section`, then the
assignments as `Title (number)` and totals that are read only), a line `Points Possible`, at times a line on
posting, then a line a student. Canvas finds a learner by `ID`, then by SIS ids, and an assignment by the
number in parentheses; a column that it does not know becomes a new assignment, so none is added here.

Reference: Instructure, *How do I import grades in the Gradebook?*, in the guide for instructors,
https://community.canvaslms.com/t5/Instructor-Guide/tkb-p/Instructor; the same in a university's words,
https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades
and what is read from such a file,
https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb
"""

import re

from course_lib.grading.classroom.platforms.filling import conclude, parse_points, put, share_of
from course_lib.grading.classroom.platforms.matching import match
from course_lib.grading.classroom.platforms.table import TableError

REQUIRED = ("Student", "ID", "Section")
IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
ACCOUNTS = "ID"
POINTS_POSSIBLE = "Points Possible"
TOTALS = re.compile("(Current|Final|Override) (Score|Points|Grade|Status)")


def fill_canvas(table, marks, assignment, ids=None, by=None, is_scaled=False):
    """Fills the column of an assignment in an exported gradebook.

    Args:
        table: a `Table`, which is changed: the whole export.
        marks: list of `Mark`.
        assignment: name of the column, with or without the number that Canvas puts behind it.
        ids: Dict from student to id, from `read_ids`.
        by: name of the column with the ids; the usual ones are tried when left out.
        is_scaled: whether marks become shares of the points that Canvas counts.

    Returns:
        a `Filled`. Excused students (`EX`) and those without a mark stay as they were.

    Raises:
        TableError: for a table that is no such export, an unknown assignment or learner, other points than
            those of the sheet, and whatever else would put a mark in the wrong place.
    """
    for name in REQUIRED:
        table.column(name, "(in an export of Canvas' gradebook)")
    column = table.column(assignment, "with the assignment")
    student, name = table.column("Student", "with names"), table.columns[column]
    possible = [row for row in table.rows[1:] if POINTS_POSSIBLE in row[student]]
    if len(possible) != 1:
        raise TableError(
            f"{table.name}: expected one line {POINTS_POSSIBLE!r}, as in an export of Canvas' gradebook. "
            f"Received: {len(possible)}."
        )
    is_information = name in (*REQUIRED, *IDS, "Root Account", "LastName", "FirstName")
    if is_information or TOTALS.search(name) or "read only" in possible[0][column]:
        raise TableError(f"{table.name}: the column {name!r} is no assignment that Canvas takes marks for.")

    def is_learner(row):
        return row is not possible[0] and bool(row[table.column("ID", "")].strip() or row[student].strip())

    found, by = match(table, marks, (by,) if by else IDS, ACCOUNTS, ids, is_learner)
    whole = max((mark.possible for mark in marks), default=0)
    counted = parse_points(possible[0][column])
    share = share_of(whole, counted, f"{table.name}: the line {POINTS_POSSIBLE!r} of {name!r}", is_scaled)

    def keep(row):
        return "Canvas says they are excused" if row[column].strip().upper() == "EX" else None

    count, notes = put(table, found, column, lambda row: share, keep)
    places = [place for place, title in enumerate(table.columns) if title in IDS]
    return conclude(table, column, places, count, notes, sum(map(is_learner, table.rows[1:])))
