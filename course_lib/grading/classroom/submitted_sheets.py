"""The sheets in a submission: their text, and which of them answers which sheet of the course.

This runs where marks are made, so no byte of a submission is run, followed or written anywhere.
"""

import codecs
import io
import json
import re
import tokenize
from pathlib import PurePosixPath

from course_lib.grading.classroom.archives import read_files
from course_lib.grading.worker.cells import without_outputs

# What a coding line may ask for. With some other codecs, time grows with the square of the length.
CODECS = {"utf-8", "ascii", "iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "cp1251", "cp1252", "koi8-r"}
CODECS |= {"big5", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "shift_jis"}
DEFINITION = re.compile(r"(?:def|class)[ \t]{1,20}(\w{1,200})")


def read_sheets(path):
    """The text of every sheet in a submission; of notebooks, the code alone.

    Args:
        path: a `.ipynb` or `.py` file, a folder, or a `.zip`.

    Returns:
        Dict from name (relative, with `/`) to text, ordered by name; see `read_files` and `decode`.

    Raises:
        UnreadableSubmission: when no sheet can be read, in words for the student.
        OSError: when reading fails for a reason that is no fault of the submission.
    """
    return {name: without_outputs(decode(data, name), name) for name, data in read_files(path).items()}


def decode(data, name):
    """The text of a sheet.

    A script is read as its byte order mark or coding line says, a notebook as JSON's rules say, and both as
    UTF-8 where nothing is said. Whatever does not fit is read as Latin-1, in which every byte is a character:
    the code stays what it is, and only letters in words and comments may look odd.

    Args:
        data: bytes.
        name: name of the file, ending in `.ipynb` or `.py`.

    Returns:
        the text.

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
        sheet: a `Sheet`.

    Returns:
        a name, or None when no file has to do with the sheet.

    Example:
        >>> from course_lib.grading.judging.exercise import load_sheets
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
        defined = {match[1] for match in DEFINITION.finditer(text) if match[1] in exercises}
        ranks[name] = (-likeness, -len(defined), name)
    best = min(ranks, key=ranks.get, default=None)
    return best if best is not None and ranks[best][:2] != (0, 0) else None
