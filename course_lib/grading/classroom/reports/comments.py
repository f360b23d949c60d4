"""What the instructor says about single exercises: the table `comments.csv` beside the marks."""

import csv
import difflib
import io
from pathlib import Path

from course_lib.files import read_utf8
from course_lib.grading.classroom.reports.marks_table import unguarded

COLUMNS = ("student", "exercise", "comment")


def read_comments(path, students=None, exercises=None):
    """Reads the table of comments.

    It has the columns `student` (the name in `marks.csv`), `exercise` (empty: about the whole) and `comment`.
    Several lines about one thing stand one below the other on the student's page.

    Args:
        path: the table; it need not exist.
        students: names of the students there are; not checked when None.
        exercises: names of the exercises that were asked for; not checked when None.

    Returns:
        Dict from student to a dict from exercise, or `""`, to text.

    Raises:
        ValueError: for a table that cannot be read, and for a student or an exercise that is not there,
            with row and column and the names near it.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "comments.csv")
        >>> _ = path.write_text('student,exercise,comment\\nada,masked_softmax,"Nice, and short."\\n')
        >>> read_comments(path, ["ada"], ["masked_softmax"])
        {'ada': {'masked_softmax': 'Nice, and short.'}}
    """
    path = Path(path)
    if not path.exists():
        return {}
    text = read_utf8(path).removeprefix("\ufeff")
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    comments = {}
    try:
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
            raise ValueError(
                f"{path.name}, row 1: expected the columns {', '.join(COLUMNS)}. "
                f"Missing: {', '.join(missing)}."
            )
        for row in reader:
            _add(comments, row, f"{path.name}, row {reader.line_num}", students, exercises)
    except csv.Error as error:
        raise ValueError(f"{path.name}, row {reader.line_num}: not a table: {error}.") from None
    return comments


def _add(comments, row, where, students, exercises):
    if None in row or None in row.values():
        raise ValueError(
            f'{where}: expected as many cells as there are columns; a comment with commas stands in "quotes".'
        )
    student, exercise = (unguarded(row[name].strip()) for name in COLUMNS[:2])
    if not (student or exercise or row["comment"].strip()):
        return
    if students is not None:
        _expect(student, students, where, "student", "the name of a student as in marks.csv")
    if exercise and exercises is not None:
        _expect(exercise, exercises, where, "exercise", "an exercise of the sheets that are marked")
    own = comments.setdefault(student, {})
    own[exercise] = "\n\n".join(filter(None, (own.get(exercise), row["comment"].strip())))


def _expect(name, names, where, column, words):
    if name in names:
        return
    folded = {known.casefold(): known for known in names}
    near = [folded[one] for one in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)]
    advice = f" Did you mean {' or '.join(near)}?" if near else ""
    raise ValueError(f"{where}, column {column}: expected {words}. Received: {name!r}.{advice}")
