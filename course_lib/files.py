"""Files that appear whole or not at all, whatever happens while they are written."""

import os
import secrets
from contextlib import contextmanager
from pathlib import Path


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
