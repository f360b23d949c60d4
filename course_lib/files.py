"""Files that appear whole or not at all, whatever happens while they are written; text that others wrote."""

import os
import secrets
from contextlib import contextmanager
from pathlib import Path

TABLE_LIMIT = 20 * 2**20  # bytes of a table that people hand in


@contextmanager
def replacing(path):
    """Opens a new file that takes the place of `path` when the block has ended.

    What is written is on the disk before the old file goes. When the block raises, the old file stays as it
    was, and nothing is left beside it.

    Args:
        path: the file; its folder exists.

    Yields:
        a file open for writing bytes.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "marks.csv")
        >>> with replacing(path) as file:
        ...     _ = file.write(b"ada,7")
        >>> path.read_text(), len(list(path.parent.iterdir()))
        ('ada,7', 1)
    """
    path = Path(path)
    partial = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.partial")
    try:
        with open(partial, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def write_whole(path, data):
    r"""Writes a file in one go: it then holds all of `data`, or what it held before.

    Args:
        path: the file; its folder exists.
        data: bytes, or text, which is written as UTF-8 with its line ends as they are.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "words.txt")
        >>> write_whole(path, "één\n")
        >>> path.read_bytes()
        b'\xc3\xa9\xc3\xa9n\n'
    """
    with replacing(path) as file:
        file.write(data.encode() if isinstance(data, str) else data)


def read_utf8(path):
    r"""The text of a file, with its byte order mark if it has one.

    Args:
        path: the file.

    Raises:
        ValueError: for a file that is too large or not UTF-8, with the place of the first bad byte.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "marks.csv")
        >>> _ = path.write_bytes(b"ada,\xff")
        >>> read_utf8(path)
        Traceback (most recent call last):
        ValueError: marks.csv: expected UTF-8. Received: invalid start byte at byte 4.
    """
    if (size := path.stat().st_size) > TABLE_LIMIT:
        raise ValueError(f"{path.name}: expected at most {TABLE_LIMIT >> 20} MB. Received: {size} bytes.")
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path.name}: expected UTF-8. Received: {error.reason} at byte {error.start}."
        ) from None
