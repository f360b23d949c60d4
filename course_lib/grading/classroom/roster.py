"""Who handed something in, and when: names of entries, the table `submissions.csv`, and times."""

import csv
import hashlib
import io
import re
import stat
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from course_lib.files import TABLE_LIMIT, read_utf8
from course_lib.grading.classroom.intake import printable
from course_lib.grading.judging.exercise import load_sheets

TABLE = "submissions.csv"
COLUMNS = ("entry", "student", "submitted_at")
STUDENT_LENGTH = 50  # characters, which are at most 200 bytes of a file name
ENDING = re.compile(r"(\.(ipynb|py|zip))+$", re.IGNORECASE)
OTHER_ENDING = re.compile(r"\.\w{1,8}$")
ATTEMPT = re.compile(r"( \([0-9]{1,3}\)|_attempt_?[0-9]{1,3}|\.v[0-9]{1,3})$", re.IGNORECASE)
MOODLE = re.compile(r"(.+)_([0-9]+)_assignsubmission_[a-z]+(_.*)?", re.DOTALL)
CANVAS = re.compile(r"(.+?)(_LATE)?_([0-9]{3,})_[0-9]{3,}_.+", re.DOTALL)


@dataclass(frozen=True)
class EntryName:
    """What the name of an entry says: the student; in a platform's form also account and late mark."""

    student: str
    account: str | None = None
    is_late: bool = False


def parse_entry_name(name, is_folder=False):
    """Reads the name of a file or folder.

    The student is the name without its ending, without the name of a sheet before or after, and without an
    attempt mark: ` (2)`, `_attempt2` or `.v2`. Canvas' form is `<student>[_LATE]_<account>_<upload>_<file>`,
    Moodle's `<full name>_<participant>_assignsubmission_file_`.

    Args:
        name: the name.
        is_folder: whether it is a folder's, which needs no ending.

    Returns:
        an `EntryName`.

    Example:
        >>> parse_entry_name("ada_03_attention (2).ipynb").student
        'ada'
        >>> parse_entry_name("ada_LATE_1234_5678_03_attention.ipynb")
        EntryName(student='ada', account='1234', is_late=True)
        >>> parse_entry_name("Ada Lovelace_881_assignsubmission_file_", is_folder=True)
        EntryName(student='Ada Lovelace', account='881', is_late=False)
    """
    name = unicodedata.normalize("NFC", name)
    stem = ENDING.sub("", name)
    if stem == name and not is_folder:
        stem = OTHER_ENDING.sub("", name)
    if match := MOODLE.fullmatch(stem):
        return EntryName(match[1], match[2])
    if match := CANVAS.fullmatch(stem):
        return EntryName(match[1], match[3], match[2] is not None)
    student, before = stem, None
    while student != before:
        before = student
        student = ATTEMPT.sub("", student) or student
        for sheet in load_sheets():
            pattern = rf"^{re.escape(sheet.name)}[ _.-]+|[ _.-]+{re.escape(sheet.name)}$"
            student = re.sub(pattern, "", student, flags=re.IGNORECASE) or student
    return EntryName(student or name)


def safe_name(student):
    """A student's name that is fit for file names, HTML text and tables.

    It is printable (see `printable`), with `_` for `/ \\ : * ? " < > | &`, without dots, spaces and the signs
    `= + - @` in front (a table would take it for a formula, a command for an option), and has at most 50
    characters.

    Example:
        >>> safe_name("../../Zoe <b>"), safe_name("-rf"), safe_name("...")
        ('_.._Zoe _b_', 'rf', 'unnamed')
    """
    name = re.sub(r'[/\\:*?"<>|&]', "_", printable(student)).lstrip(" .=+-@")
    return name[:STUDENT_LENGTH].rstrip(" .") or "unnamed"


def distinct_names(students):
    """Safe names under which no two students share a file, not even where case makes no difference.

    Args:
        students: names as they came.

    Returns:
        Dict from each to its `safe_name`; those that would meet have digits of their hash behind it.

    Example:
        >>> distinct_names(["ada", "Bob", "bob"])
        {'ada': 'ada', 'Bob': 'Bob-cd9fb1e1', 'bob': 'bob-81b637d8'}
    """
    names = {student: safe_name(student) for student in students}
    for digits in range(8, 65, 8):  # more than once only for a name made to meet another
        counts = Counter(name.casefold() for name in names.values())
        for student, name in list(names.items()):
            if counts[name.casefold()] > 1:
                code = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
                names[student] = f"{safe_name(student)}-{code}"
    return names


def parse_time(time):
    """A moment with its offset.

    Args:
        time: ISO 8601 text with a time of day, or a `datetime`; without an offset it is local time.

    Returns:
        a `datetime` with an offset.

    Raises:
        ValueError: when it is neither.

    Example:
        >>> parse_time("2026-11-21T23:59:00Z").isoformat()
        '2026-11-21T23:59:00+00:00'
    """
    try:
        moment = time if isinstance(time, datetime) else datetime.fromisoformat(time.strip())
        if not isinstance(time, datetime) and _is_date(time.strip()):
            raise ValueError
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError, OSError, AttributeError, TypeError):
        raise ValueError(
            f"Expected a date and time of day in ISO 8601, such as 2026-11-21T23:59. Received: {time!r}."
        ) from None


def _is_date(text):
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_table(path, entries):
    """Reads `submissions.csv`.

    Its columns are entry, student and submitted_at (ISO 8601), the last two of which may be empty in a row.

    Args:
        path: the table; it need not exist.
        entries: names of the entries there are, made `printable`.

    Returns:
        Dict from entry to a pair: student or None, `datetime` or None.

    Raises:
        ValueError: for a bad table, with row and column.
    """
    path = Path(path)
    if not path.exists() and not path.is_symlink():
        return {}
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > TABLE_LIMIT:
        raise ValueError(f"{path.name}: expected a file of at most {TABLE_LIMIT >> 20} MB that is no link.")
    text = read_utf8(path).removeprefix("\ufeff")
    reader, table = csv.DictReader(io.StringIO(text, newline=""), strict=True), {}
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(
                f"{path.name}, row 1: expected the columns {', '.join(COLUMNS)}. "
                f"Missing: {', '.join(missing)}."
            )
        for row in reader:
            entry, value = _read_row(row, f"{path.name}, row {reader.line_num}", entries)
            if entry in table:
                raise ValueError(
                    f"{path.name}, row {reader.line_num}, column entry: expected each entry once. "
                    f"Received: {entry!r} again."
                )
            table[entry] = value
    except csv.Error as error:
        raise ValueError(
            f"{path.name}, row {reader.reader.line_num}: not a table with commas: {error}."
        ) from None
    return table


def _read_row(row, where, entries):
    for column in COLUMNS:
        if row[column] is None or None in row:
            raise ValueError(f"{where}, column {column}: expected as many cells as there are columns.")
    entry = printable(row["entry"].strip())
    if entry not in entries:
        raise ValueError(
            f"{where}, column entry: expected the name of a file or folder beside it. Received: {entry!r}."
        )
    student = unicodedata.normalize("NFC", row["student"].strip()) or None
    try:
        moment = parse_time(row["submitted_at"]) if row["submitted_at"].strip() else None
    except ValueError as error:
        raise ValueError(f"{where}, column submitted_at: {error}") from None
    return entry, (student, moment)
