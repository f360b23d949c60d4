"""Moodle's tables: the offline grading worksheet of an assignment, or the export of the gradebook.

The worksheet has the columns `Identifier` (`Participant 1234`), `Full name`, `Email address`, `Status`,
`Grade`, `Maximum grade`, `Grade can be changed`, `Last modified (submission)`, `Last modified (grade)` and,
where switched on, `Feedback comments`; Moodle finds a learner by the first and compares the last change with
its own. The gradebook is exported and imported in one form: the teacher maps `Email address` or `ID number`
to the users, and a column to a grade.

Reference: https://docs.moodle.org/en/Grade_import ("The import file format is the same as the corresponding
export format"); https://docs.moodle.org/en/Assignment_settings (offline grading worksheet); what is read from
a worksheet, https://github.com/moodle/moodle/blob/main/mod/assign/feedback/offline/importgradeslib.php
"""

from course_lib.grading.classroom.platforms.filling import conclude, parse_points, put, share_of
from course_lib.grading.classroom.platforms.matching import match
from course_lib.grading.classroom.platforms.table import TableError

WORKSHEET = ("Identifier", "Grade", "Last modified (grade)")
IDS = ("Email address", "ID number", "Username", "Identifier", "Full name")
ACCOUNTS = "Identifier"
CHANGEABLE = "Grade can be changed"
MAXIMA = ("Maximum grade", "Maximum Grade")


def fill_moodle(table, marks, assignment=None, ids=None, by=None, is_scaled=False):
    """Fills the grades in a worksheet, or one column of an exported gradebook.

    Args:
        table: a `Table`, which is changed: the whole worksheet or export.
        marks: list of `Mark`.
        assignment: name of the column; a worksheet's is `Grade`.
        ids: Dict from student to id, from `read_ids`.
        by: name of the column with the ids; the usual ones are tried when left out.
        is_scaled: whether marks become shares of the maximum that a worksheet names.

    Returns:
        a `Filled`. Grades that cannot be changed, and those without a mark, stay as they were.

    Raises:
        TableError: for a table that is neither, an unknown column or learner, and other points than those of
            the sheet.
    """
    is_worksheet = "Identifier" in table.columns
    if is_worksheet:
        for name in WORKSHEET:
            table.column(name, "(in an offline grading worksheet of Moodle)")
    elif assignment is None:
        raise TableError(
            f"{table.name}: expected a worksheet of Moodle with a column 'Identifier', or the name of the "
            "column to fill (--assignment) in an exported gradebook."
        )
    column = table.column(assignment or "Grade", "with the grade")
    if table.columns[column] in (*IDS, CHANGEABLE, *MAXIMA):
        raise TableError(f"{table.name}: the column {table.columns[column]!r} holds no grades.")
    found, by = match(table, marks, (by,) if by else IDS, ACCOUNTS, ids)
    maximum = next((table.column(name, "") for name in MAXIMA if name in table.columns), None)
    changeable = table.column(CHANGEABLE, "") if CHANGEABLE in table.columns else None
    whole = max((mark.possible for mark in marks), default=0)

    def share(row):
        counted = None if maximum is None else parse_points(row[maximum])
        return share_of(whole, counted, f"{table.name}: {table.columns[maximum or 0]!r}", is_scaled)

    def keep(row):
        is_fixed = changeable is not None and row[changeable].strip().lower() == "no"
        return "Moodle says that the grade cannot be changed" if is_fixed else None

    count, notes = put(table, found, column, share, keep)
    places = [place for place, title in enumerate(table.columns) if title in IDS and title != "Full name"]
    return conclude(table, column, places, count, notes, len(table.rows) - 1)
