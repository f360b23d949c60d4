"""A folder of submissions: who handed in what and when.

This runs where marks are made, so no byte of a submission is run, followed or written anywhere.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course_lib.grading.classroom.archives import hash_submission, is_submission, modified_at
from course_lib.grading.classroom.intake import is_left_out, printable
from course_lib.grading.classroom.late_submissions import Entry, choose_entry, is_late
from course_lib.grading.classroom.roster import (
    TABLE,
    distinct_names,
    parse_entry_name,
    parse_time,
    read_table,
)
from course_lib.grading.judging.exercise import load_sheets


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: who, in a form fit for file names (`safe_name`); no two are equal, even but for case.
        path: the file, folder or zip.
        name: its name in the folder of submissions, printable.
        sha256: hash of its bytes; of a folder, of the names and bytes of its sheets.
        submitted_at: ISO 8601 time with offset, or None when the file's time is no date.
        is_late: whether that is after the deadline.
        notes: which other entries of the student do not count, and why.
    """

    student: str
    path: Path
    name: str
    sha256: str
    submitted_at: str | None
    is_late: bool
    notes: tuple[str, ...] = ()


def find_submissions(folder, due=None, sheets=()):
    """Finds the one submission of each student.

    Every file and folder at the top is an entry, except hidden ones, `__MACOSX` and the like. The table
    `submissions.csv` (columns entry, student, submitted_at) has the last word on who and when. Without it,
    or where a cell is empty, the student is told from the entry's name (`parse_entry_name`) and the time is
    that of the last modification: of a folder, of the newest sheet in it.

    Of several entries of one student one counts, and the notes say why the others do not: `late_submissions`
    has the rule, and the one for what is late.

    With `sheets`, an entry named after other sheets alone, as `ada_01_language_models.ipynb` is, is left out.

    Args:
        folder: the folder of submissions.
        due: deadline as ISO 8601 text or a `datetime`; without an offset it is local time.
        sheets: names of the sheets that are asked for; all of them when empty.

    Returns:
        list of `Submission`, ordered by student.

    Raises:
        NotADirectoryError: when there is no such folder.
        ValueError: for a bad table (naming row and column) or deadline.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "ada_03_attention.ipynb").write_text("{}")
        ...     [(submission.student, submission.is_late) for submission in find_submissions(folder)]
        [('ada', False)]
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise NotADirectoryError(f"Expected a folder of submissions. Received: {folder}.")
    deadline = None if due is None else parse_time(due)
    paths = [path for path in sorted(folder.iterdir()) if path.name != TABLE and not is_left_out(path.name)]
    table = read_table(folder / TABLE, {printable(path.name) for path in paths})
    if sheets:
        others = {sheet.name for sheet in load_sheets()} - set(sheets)
        paths = [path for path in paths if not _is_named(path, others) or _is_named(path, sheets)]
    entries = [_read_entry(path, table, deadline) for path in paths]
    accounts, groups = defaultdict(set), defaultdict(list)
    for entry in entries:
        accounts[entry.student].add(entry.account)
    for entry in entries:
        is_shared = len(accounts[entry.student] - {None}) > 1  # two students of one name, by their accounts
        student = f"{entry.student}_{entry.account}" if is_shared and entry.account else entry.student
        groups[student].append(entry)
    names = distinct_names(groups)
    submissions = [_submission(names[student], group) for student, group in groups.items()]
    return sorted(submissions, key=lambda submission: submission.student)


def _is_named(path, sheets):
    return any(sheet in path.name.lower() for sheet in sheets)


def _read_entry(path, table, deadline):
    name = printable(path.name)
    student, listed_moment = table.get(name, (None, None))
    parsed = parse_entry_name(path.name, is_folder=not path.is_symlink() and path.is_dir())
    moment = listed_moment or _local_time(modified_at(path))
    late = is_late(moment, deadline, has_mark=parsed.is_late, is_listed=listed_moment is not None)
    account = None if student else parsed.account
    return Entry(path, name, student or parsed.student, account, moment, late, is_submission(path))


def _local_time(seconds):
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _submission(student, entries):
    """The entry that counts, as a `Submission`."""
    entry, notes = choose_entry(entries)
    moment = entry.moment and entry.moment.isoformat(timespec="seconds")
    sha256 = hash_submission(entry.path)
    return Submission(student, entry.path, entry.name, sha256, moment, entry.is_late, notes)
