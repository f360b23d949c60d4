"""Puts exported files on disk: whole or not at all, and the same bytes every time."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from course_lib.authoring.exports.course_files import ExportError
from course_lib.files import replacing

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can tell
UNIX = 3


def mode_of(data):
    """The permissions of a file: those of a program when it starts with `#!`."""
    return 0o755 if data.startswith(b"#!") else 0o644


def write_zip(path, files):
    """Writes a zip archive; the same files give the same bytes.

    Args:
        path: where to; a file that is there is replaced.
        files: Dict from name to bytes.

    Example:
        >>> folder = Path(tempfile.mkdtemp())
        >>> write_zip(folder / "one.zip", {"b.txt": b"2", "a.txt": b"1"})
        >>> write_zip(folder / "two.zip", {"a.txt": b"1", "b.txt": b"2"})
        >>> (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()
        True
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = (0o100000 | mode_of(files[name])) << 16
            archive.writestr(entry, files[name])


def write_folder(path, files):
    """Writes files into a new folder.

    Args:
        path: the folder; it must not exist, or be empty.
        files: Dict from name to bytes.

    Raises:
        ExportError: when something is there already.

    Example:
        >>> folder = Path(tempfile.mkdtemp()) / "new"
        >>> write_folder(folder, {"notes/a.txt": b"1"})
        >>> (folder / "notes" / "a.txt").read_text()
        '1'
    """
    path = Path(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ExportError(f"Expected a new or empty folder. Received: {path}, which holds something.")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=".export-"))
    try:
        for name, data in files.items():
            file = temporary / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            file.chmod(mode_of(data))
        temporary.chmod(0o755)
        if path.exists():
            path.rmdir()
        os.replace(temporary, path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
