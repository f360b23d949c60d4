"""What is taken in of a submission: its limits, its names, and words for what is not."""

import stat
import unicodedata

from course_lib.grading.sandbox.limits import SHEET_BYTES

SUBMISSION_LIMIT = 100 * 2**20  # bytes, of an archive and of all sheets together
COUNT_LIMIT = 10_000  # files and folders
CHUNK = 2**20  # bytes
ENDINGS = (".ipynb", ".py")
LEFT_OUT = ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")


class UnreadableSubmission(ValueError):
    """Raised for a submission no sheet can be read from; the message is for the student."""


def printable(text):
    """The text in composed form (NFC), with `_` for what cannot be printed.

    That is control characters, direction marks and bytes that are no UTF-8.

    Example:
        >>> printable("a\\x1b[2J\\u202egnp.py")
        'a_[2J_gnp.py'
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(character if character.isprintable() else "_" for character in composed)


def shown(text):
    """The text in a form that fits into a message: printable, at most 80 characters."""
    text = printable(text)
    return text if len(text) <= 80 else f"{text[:79]}…"


def is_left_out(name):
    """Whether a file or folder is passed over by its name: hidden, or left by a system or by Python."""
    return name.startswith(".") or name in LEFT_OUT


def is_sheet(name):
    """Whether a file's name has the ending of a notebook or a script."""
    return name.lower().endswith(ENDINGS)


def sheet_name(parts):
    """The name a sheet goes by: relative, printable, its ending in lower case.

    Example:
        >>> sheet_name(["week 3", "Attention.IPYNB"])
        'week 3/Attention.ipynb'
    """
    stem, _, ending = printable("/".join(parts)).rpartition(".")
    return f"{stem}.{ending.lower()}"


def kind_of(mode):
    """What a file that is none is, in words."""
    kinds = {stat.S_IFLNK: "a link, which is not followed", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "no regular file")


def expect_count(count, name):
    """Refuses a folder or archive with more than `COUNT_LIMIT` files and folders.

    Raises:
        UnreadableSubmission: when there are more.
    """
    if count > COUNT_LIMIT:
        raise UnreadableSubmission(
            f"{shown(name)} holds too much. Expected: at most {COUNT_LIMIT} files and folders. "
            "Received: more than that. Hand in sheets only."
        )


def read_within(stream, name, limit=SHEET_BYTES, left=SUBMISSION_LIMIT):
    """What a stream holds, counted while it is read.

    Args:
        stream: a binary stream.
        name: name of the file, for the message.
        limit: most bytes of one file.
        left: bytes left of those that the whole submission may have.

    Returns:
        the bytes.

    Raises:
        UnreadableSubmission: when there are more bytes than either allows.
    """
    pieces, size = [], 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > min(limit, left):
            whole = f"{limit >> 20} MB a file" if size > limit else f"{SUBMISSION_LIMIT >> 20} MB in all"
            raise UnreadableSubmission(
                f"{shown(name)} is too large. Expected: at most {whole}. Received: more than that. "
                "Clear the outputs of notebooks and hand in sheets only."
            )
        pieces.append(piece)
    return b"".join(pieces)
