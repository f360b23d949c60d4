"""Reads what a student handed in, a sheet, a folder or a zip, into memory and within limits.

Every byte of it may be hostile. Nothing is written to disk, run or followed: links, pipes, devices and
archives inside archives are passed over, and sizes are counted while reading, whatever a header claims.
"""

import errno
import hashlib
import io
import itertools
import os
import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path

from course_lib.grading.classroom.intake import (
    COUNT_LIMIT,
    ENDINGS,
    SHEET_BYTES,
    SUBMISSION_LIMIT,
    UnreadableSubmission,
    expect_count,
    is_left_out,
    is_sheet,
    kind_of,
    read_within,
    sheet_name,
    shown,
)

NAME_LIMIT = 1000  # characters
DIRECTORY_LIMIT = 2 * 2**20  # bytes of an archive's table of contents, read before anything can be counted
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound on memory
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, RuntimeError)
REFUSALS = (errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG)


class _Archive(io.BytesIO):
    """The bytes of an archive, which give no more at a time than a table of contents may have."""

    def read(self, size=-1):
        if size is not None and size > DIRECTORY_LIMIT:
            raise UnreadableSubmission(
                "The archive holds too much. Expected: a table of contents of at most "
                f"{DIRECTORY_LIMIT} bytes. Received: {size} bytes. Hand in sheets only."
            )
        return super().read(size)


def read_files(path):
    """The bytes of every sheet in a submission.

    A folder or zip gives every `.ipynb` and `.py` in it, at any depth, except what is hidden or in folders
    such as `__MACOSX`. Of several members with one name the last counts. Of a folder with no sheet and one
    zip, which is how Moodle hands out zips, it is the zip's.

    Args:
        path: a `.ipynb` or `.py` file, a folder, or a `.zip`.

    Returns:
        Dict from name (see `sheet_name`) to bytes, ordered by name.

    Raises:
        UnreadableSubmission: when there is no sheet, or when something is not fit to be read.
        OSError: when reading fails for a reason that is no fault of the submission.
    """
    path = Path(path)
    name, mode = shown(path.name), _mode(path, path.name)
    if stat.S_ISDIR(mode):
        files, others = _read_folder(path)
    elif not is_submission(path):
        ending = shown(path.suffix) or "a file without an ending"
        raise UnreadableSubmission(
            f"{name} cannot be read as a submission. Expected: a .ipynb or .py file, a folder of them, or a "
            f".zip. Received: {ending if stat.S_ISREG(mode) else kind_of(mode)}."
        )
    elif is_sheet(path.name):
        files, others = {sheet_name([path.name]): _read_file(path, path.name)}, []
    else:
        files, others = _read_zip(_read_file(path, path.name, SUBMISSION_LIMIT), name)
    if not files:
        received = ", ".join(map(shown, others[:3])) + (" …" if len(others) > 3 else "")
        raise UnreadableSubmission(
            f"There is no sheet in {name}. Expected: a .ipynb or .py file. Received: {received or 'nothing'}."
        )
    return dict(sorted(files.items()))


def is_submission(path):
    """Whether a path is of a kind that can be handed in; links are not followed.

    Example:
        >>> is_submission(Path(__file__)), is_submission(Path(__file__).parent), is_submission("a.zip")
        (True, True, False)
    """
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    is_file = stat.S_ISREG(mode) and Path(path).name.lower().endswith((*ENDINGS, ".zip"))
    return is_file or stat.S_ISDIR(mode)


def hash_submission(path):
    """The sha256 of a submission in hexadecimal digits.

    Of a file, a zip included, it is that of its bytes; of a folder, that of the names and bytes of its sheets
    in order; of what cannot be read, that of the reason.
    """
    path, digest = Path(path), hashlib.sha256()
    try:
        if not stat.S_ISDIR(_mode(path, path.name)):
            return hashlib.sha256(_read_file(path, path.name, SUBMISSION_LIMIT)).hexdigest()
        for name, data in read_files(path).items():
            for part in (name.encode(), data):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
    except UnreadableSubmission as error:
        digest.update(str(error).encode())
    return digest.hexdigest()


def modified_at(path):
    """When a submission was last modified, in seconds since 1970: of a folder, the newest of its sheets."""
    path = Path(path)
    own = os.lstat(path)
    if not stat.S_ISDIR(own.st_mode):
        return own.st_mtime
    try:
        return max((os.lstat(place).st_mtime for _, place in _walk(path)[0]), default=own.st_mtime)
    except UnreadableSubmission:
        return own.st_mtime


def _walk(folder):
    """The regular sheets in a folder as (parts of the name, path), and what else there is, in words."""
    sheets, others, count, waiting = [], [], 0, [(folder, [])]
    while waiting:
        place, above = waiting.pop()
        try:
            with os.scandir(place) as found:
                entries = [
                    (entry, entry.stat(follow_symlinks=False).st_mode)
                    for entry in itertools.islice(found, COUNT_LIMIT + 1)
                ]
        except OSError as error:
            raise _refusal(error, "/".join([folder.name, *above])) from None
        count += len(entries)
        expect_count(count, folder.name)
        for entry, mode in sorted(entries, key=lambda pair: pair[0].name):
            parts = [*above, entry.name]
            if is_left_out(entry.name):
                continue
            if stat.S_ISDIR(mode):
                waiting.append((entry.path, parts))
            elif stat.S_ISREG(mode) and is_sheet(entry.name):
                sheets.append((parts, entry.path))
            else:
                others.append("/".join(parts) + ("" if stat.S_ISREG(mode) else f" ({kind_of(mode)})"))
    return sheets, others


def _read_folder(folder):
    files, left = {}, SUBMISSION_LIMIT
    sheets, others = _walk(folder)
    for parts, path in sheets:
        data = _read_file(path, "/".join(parts), SHEET_BYTES, left)
        left -= len(data)
        files[sheet_name(parts)] = data
    zips = [name for name in others if name.lower().endswith(".zip")]
    if not files and len(zips) == 1:
        data = _read_file(Path(folder, zips[0]), zips[0], SUBMISSION_LIMIT)
        return _read_zip(data, shown(zips[0]))
    return files, others


def _read_file(path, name, limit=SHEET_BYTES, left=SUBMISSION_LIMIT):
    """The bytes of a regular file; anything else is refused unopened, a link put in its place included."""
    mode = _mode(path, name)
    if not stat.S_ISREG(mode):
        raise UnreadableSubmission(
            f"{shown(name)} cannot be read. Expected: a file. Received: {kind_of(mode)}."
        )
    flags = [getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY")]
    try:
        descriptor = os.open(path, os.O_RDONLY | sum(flags))
    except OSError as error:
        raise _refusal(error, name) from None
    with open(descriptor, "rb") as stream:
        return read_within(stream, name, limit, left)


def _read_zip(data, archive_name):
    files, others, left = {}, [], SUBMISSION_LIMIT
    try:
        with zipfile.ZipFile(_Archive(data)) as archive:
            members = archive.infolist()
            expect_count(len(members), archive_name)
            for member in members:
                parts = _parts(member, archive_name)
                if not parts or member.is_dir() or any(map(is_left_out, parts)):
                    continue
                name, mode = "/".join(parts), member.external_attr >> 16
                if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
                    others.append(f"{name} ({kind_of(mode)})")
                elif not is_sheet(name):
                    others.append(name)
                else:
                    _expect_plain(member, archive_name)
                    with archive.open(member) as stream:
                        content = read_within(stream, name, SHEET_BYTES, left)
                    left -= len(content)
                    files[sheet_name(parts)] = content
    except UnreadableSubmission:
        raise
    except DAMAGE as error:
        raise UnreadableSubmission(
            f"{archive_name} is damaged. Expected: a whole .zip. Received: {shown(str(error))}. It may have "
            "been cut off on its way: make the archive anew and hand it in again."
        ) from None
    return files, others


def _parts(member, archive_name):
    """The parts of a member's name, which must stay inside the archive."""
    name = member.filename.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in parts or len(name) > NAME_LIMIT:
        raise UnreadableSubmission(
            f"{archive_name} is not accepted. Expected: short names inside the archive, such as sheet.ipynb. "
            f"Received: {shown(name)}. Make the archive anew from inside the folder."
        )
    return parts


def _expect_plain(member, archive_name):
    if member.flag_bits & 1 or member.compress_type not in COMPRESSIONS:
        received = "a password" if member.flag_bits & 1 else f"compression method {member.compress_type}"
        raise UnreadableSubmission(
            f"{archive_name} cannot be unpacked. Expected: a .zip without a password, stored or deflated. "
            f"Received: {received}."
        )


def _mode(path, name):
    try:
        return os.lstat(path).st_mode
    except OSError as error:
        raise _refusal(error, name) from None


def _refusal(error, name):
    """What to raise for an error of the system: the submission's fault in words, or the error itself."""
    if error.errno not in REFUSALS:
        return error
    return UnreadableSubmission(
        f"{shown(name)} cannot be opened. Expected: a file that may be read. Received: {error.strerror}."
    )
