"""A folder of submissions: who handed in what and when, the sheets in it, and which file answers a sheet.

This runs where marks are made, so no byte of a submission is run, followed or written anywhere.
"""

import codecs
import io
import json
import re
import tokenize
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from course_lib.grading.archives import hash_submission, is_submission, modified_at, read_files
from course_lib.grading.exercise import load_sheets
from course_lib.grading.intake import UnreadableSubmission, is_left_out, printable
from course_lib.grading.roster import TABLE, distinct_names, parse_entry_name, parse_time, read_table

__all__ = ["Submission", "UnreadableSubmission", "choose_file", "find_submissions", "read_sheets"]

# What a coding line may ask for. With some other codecs, time grows with the square of the length.
CODECS = {"utf-8", "ascii", "iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "cp1251", "cp1252", "koi8-r"}
CODECS |= {"big5", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "shift_jis"}
DEFINITION = re.compile(r"(?:def|class)[ \t]{1,20}(\w{1,200})")


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: Who, in a form fit for file names (`safe_name`); no two are equal, even but for case.
        path: The file, folder or zip.
        name: Its name in the folder of submissions, printable.
        sha256: Hash of its bytes; of a folder, of the names and bytes of its sheets.
        submitted_at: ISO 8601 time with offset, or None when the file's time is no date.
        is_late: Whether that is after the deadline.
        notes: Which other entries of the student do not count, and why.
    """

    student: str
    path: Path
    name: str
    sha256: str
    submitted_at: str | None
    is_late: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    path: Path
    name: str
    student: str
    account: str | None
    moment: datetime | None
    is_late: bool
    is_submission: bool

    @property
    def order(self):
        """What the last of several is told by."""
        return (self.moment or datetime.min.replace(tzinfo=UTC), self.name)


def find_submissions(folder, due=None, sheets=()):
    """Finds the one submission of each student.

    Every file and folder at the top is an entry, except hidden ones, `__MACOSX` and the like. The table
    `submissions.csv` (columns entry, student, submitted_at) has the last word on who and when. Without it,
    or where a cell is empty, the student is told from the entry's name (`parse_entry_name`) and the time is
    that of the last modification: of a folder, of the newest sheet in it.

    Of several entries of one student the last that was handed in on time counts; when all are late, the last,
    which is then marked late. Files that are no sheet, folder or zip count only where there is nothing
    else. With equal times the last by name counts. The notes say what does not count.

    With `sheets`, an entry named after other sheets alone, as `ada_01_language_models.ipynb` is, is left out.

    An entry is late after `due`. Canvas' mark `_LATE` makes it late too, unless the table gives its time and
    there is a `due` to compare it with.

    Args:
        folder: The folder of submissions.
        due: Deadline as ISO 8601 text or a `datetime`; without an offset it is local time.
        sheets: Names of the sheets that are asked for; all of them when empty.

    Returns:
        List of `Submission`, ordered by student.

    Raises:
        NotADirectoryError: When there is no such folder.
        ValueError: For a bad table (naming row and column) or deadline.

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
    submissions = [_choose(names[student], group) for student, group in groups.items()]
    return sorted(submissions, key=lambda submission: submission.student)


def _is_named(path, sheets):
    return any(sheet in path.name.lower() for sheet in sheets)


def _read_entry(path, table, deadline):
    name = printable(path.name)
    student, listed_moment = table.get(name, (None, None))
    parsed = parse_entry_name(path.name, is_folder=not path.is_symlink() and path.is_dir())
    moment = listed_moment or _local_time(modified_at(path))
    is_late = deadline is not None and moment is not None and moment > deadline
    if listed_moment is None or deadline is None:
        is_late = is_late or parsed.is_late
    account = None if student else parsed.account
    return _Entry(path, name, student or parsed.student, account, moment, is_late, is_submission(path))


def _local_time(seconds):
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _choose(student, entries):
    """The entry that counts, as a `Submission`."""
    fit = [entry for entry in entries if entry.is_submission] or entries
    chosen = max([entry for entry in fit if not entry.is_late] or fit, key=lambda entry: entry.order)
    notes = [_note(entry, chosen) for entry in sorted(entries, key=lambda e: e.order) if entry is not chosen]
    return Submission(
        student,
        chosen.path,
        chosen.name,
        hash_submission(chosen.path),
        chosen.moment and chosen.moment.isoformat(timespec="seconds"),
        chosen.is_late,
        tuple(notes),
    )


def _note(entry, chosen):
    if chosen.is_submission and not entry.is_submission:
        return f"{entry.name} is no sheet, folder or zip and does not count; {chosen.name} does."
    if entry.is_late and not chosen.is_late:
        return f"{entry.name} was handed in after the deadline; {chosen.name}, on time, counts instead."
    if entry.moment == chosen.moment:
        return f"{chosen.name} was handed in at the same time as {entry.name} and counts, the last by name."
    return f"{chosen.name} was handed in later and counts instead of {entry.name}."


def read_sheets(path):
    """The text of every sheet in a submission.

    Args:
        path: A `.ipynb` or `.py` file, a folder, or a `.zip`.

    Returns:
        Dict from name (relative, with `/`) to text, ordered by name; see `read_files` and `decode`.

    Raises:
        UnreadableSubmission: When no sheet can be read, in words for the student.
        OSError: When reading fails for a reason that is no fault of the submission.
    """
    return {name: decode(data, name) for name, data in read_files(path).items()}


def decode(data, name):
    """The text of a sheet.

    A script is read as its byte order mark or coding line says, a notebook as JSON's rules say, and both as
    UTF-8 where nothing is said. Whatever does not fit is read as Latin-1, in which every byte is a character:
    the code stays what it is, and only letters in words and comments may look odd.

    Args:
        data: Bytes.
        name: Name of the file, ending in `.ipynb` or `.py`.

    Returns:
        The text.

    Example:
        >>> decode("x = 'ä'".encode("latin-1"), "a.py"), decode(b"# coding: cp1251\\n# \\xff", "a.py")
        ("x = 'ä'", '# coding: cp1251\\n# я')
    """
    try:
        if name.endswith(".ipynb"):
            return data.decode(json.detect_encoding(data))
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if encoding == "utf-8-sig" or codecs.lookup(encoding).name in CODECS:
            return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        pass
    return data.decode("latin-1")


def choose_file(files, sheet):
    """Chooses the file that answers a sheet.

    It is the file whose stem is the sheet's name; else one whose stem has that name within it, as
    `ada_03_attention` has; else one that defines an exercise of the sheet. Of several, the one that defines
    most of them; of these, the first by name. Definitions are looked for in the text, which is not parsed.

    Args:
        files: Dict from name to text, as `read_sheets` gives it.
        sheet: A `Sheet`.

    Returns:
        A name, or None when no file has to do with the sheet.

    Example:
        >>> from course_lib.grading.exercise import load_sheets
        >>> sheet = next(sheet for sheet in load_sheets() if sheet.name == "03_attention")
        >>> choose_file({"notes.py": "", "work.py": "def masked_softmax(scores): ..."}, sheet)
        'work.py'
    """
    exercises = {exercise.name for exercise in sheet.exercises}
    within = re.compile(rf"(?<![^\W_]){re.escape(sheet.name)}(?![^\W_])", re.IGNORECASE)
    ranks = {}
    for name, text in files.items():
        stem = PurePosixPath(name).stem
        likeness = 2 if stem.lower() == sheet.name.lower() else 1 if within.search(stem) else 0
        defined = {match[1] for match in DEFINITION.finditer(text)} & exercises
        ranks[name] = (-likeness, -len(defined), name)
    best = min(ranks, key=ranks.get, default=None)
    return best if best is not None and ranks[best][:2] != (0, 0) else None
