"""Which line of a table is whose: by the id that the instructor's table has, never by guessing."""

import difflib
import re

from course_lib.grading.classroom.platforms.table import Table, TableError
from course_lib.grading.classroom.reports.marks_table import unguarded
from course_lib.grading.classroom.roster import safe_name

COLUMNS = ("student", "id")
ENDING_NUMBER = re.compile(r"[0-9]+$")


def read_ids(path):
    """Reads the instructor's list of who is who on the platform.

    Args:
        path: a table with the columns `student` (the name in `marks.csv`) and `id` (that of the platform's
            table). A student whose `id` is empty is left out on purpose.

    Returns:
        Dict from student to id, which may be empty.

    Raises:
        TableError: when a column is missing, or a student is listed twice.
    """
    table = Table.read(path)
    student, identity = (table.column(name, "(its columns are student and id)") for name in COLUMNS)
    ids = {}
    for number, row in enumerate(table.rows[1:], start=2):
        name = unguarded(row[student].strip())
        if name in ids:
            raise TableError(
                f"{table.name}, row {number}: expected each student once. Received: {name!r} again."
            )
        ids[name] = unguarded(row[identity].strip())
    return ids


def match(table, marks, columns, accounts, ids=None, is_learner=lambda row: True):
    """Finds the line of each student.

    Args:
        table: a `Table` of the platform.
        marks: list of `Mark`.
        columns: names of the columns that may hold the ids, in the order in which they are tried. The first
            that has a line for everybody serves.
        accounts: name of the column with the numbers of accounts, which may end the cell
            (`Participant 881`): there, the number in the name of a submission serves as well.
        ids: Dict from student to id, from `read_ids`; where it has no entry, the student's name is the id.
        is_learner: tells the lines of learners from others.

    Returns:
        a pair: Dict from the place of a line to its `Mark`, and the place of the column.

    Raises:
        TableError: when the table has none of the columns, when an id stands in two lines or two students
            claim one line, and when a student is found nowhere: with the ids that look alike.
    """
    ids = ids or {}
    names = {mark.student for mark in marks}
    if strange := [name for name in ids if name not in names]:
        near = difflib.get_close_matches(strange[0], names, n=3, cutoff=0.4)
        words = f" Did you mean {' or '.join(near)}?" if near else ""
        raise TableError(f"The list of ids names {strange[0]!r}, who has no marks.{words}")
    marks = [mark for mark in marks if ids.get(mark.student) != ""]
    there = [name for name in columns if name in table.columns]
    if not there:
        raise TableError(
            f"{table.name}: expected a column with ids: {', '.join(columns)}. It has: "
            f"{', '.join(table.columns[:12])}."
        )
    problems = []
    for name in there:
        found, missing, problem = _lines(table, marks, name, ids, is_learner, name == accounts)
        if not missing and not problem:
            return found, table.column(name, "with ids")
        problems.append((len(missing), name, missing, problem))
    _, name, missing, problem = min(problems, key=lambda one: one[0])  # of equals the first
    raise TableError(problem or _words_on_missing(table, name, missing, ids, is_learner, there))


def _key(text):
    return safe_name(text.strip()).casefold()


def _lines(table, marks, name, ids, is_learner, has_accounts):
    """The lines of the students by one column, the marks that have none, and what is wrong with it."""
    place, lines = table.column(name, "with ids"), {}
    for number, row in enumerate(table.rows[1:], start=1):
        if is_learner(row) and row[place].strip():
            lines.setdefault(_key(row[place]), []).append(number)
            account = ENDING_NUMBER.search(row[place].strip())
            if has_accounts and account and account[0] != row[place].strip():
                lines.setdefault(account[0], []).append(number)
    found, missing, problem = {}, [], ""
    for mark in marks:
        wanted = [ids[mark.student]] if mark.student in ids else [mark.student]
        if has_accounts and mark.student not in ids and mark.account:
            wanted.append(mark.account)
        numbers = next((lines[_key(one)] for one in wanted if one and _key(one) in lines), [])
        if not numbers:
            missing.append(mark)
        elif len(numbers) > 1:
            problem = problem or (
                f"{table.name}, column {name!r}: expected each id once. Received: "
                f"{table.rows[numbers[0]][place].strip()!r} in the rows "
                f"{' and '.join(str(number + 1) for number in numbers)}."
            )
        elif numbers[0] in found:
            problem = problem or (
                f"{table.name}, row {numbers[0] + 1}: expected one student. Received: "
                f"{found[numbers[0]].student} and {mark.student}."
            )
        else:
            found[numbers[0]] = mark
    return found, missing, problem


def _words_on_missing(table, name, missing, ids, is_learner, tried):
    place = table.column(name, "with ids")
    known = [row[place].strip() for row in table.rows[1:] if is_learner(row) and row[place].strip()]
    lines = []
    for mark in missing[:5]:
        wanted = ids.get(mark.student, mark.student)
        near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
        lines.append(f"  {wanted}" + (f" (near it: {', '.join(near)})" if near else ""))
    more = f"\n  and {len(missing) - 5} more" if len(missing) > 5 else ""
    columns = " or ".join(map(repr, tried))
    return (
        f"{table.name}: no line has these students in the column {columns}:\n"
        + "\n".join(lines)
        + more
        + "\n"
        "List them with --ids, a table with the columns student and id; an empty id leaves a student out."
    )
