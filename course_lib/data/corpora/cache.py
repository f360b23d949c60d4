"""From the name of a corpus file to a verified local path: mirror first, then cache, then download."""

import os
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from course_lib.data.corpora.downloads import CorruptFileError, DownloadError, download
from course_lib.data.corpora.registry import CORPORA

# (path, size, modification time, checksum) of files already found intact by this process.
_verified = set()


def cache_folder():
    """Folder that keeps downloaded corpora: the variable COURSE_CACHE, or the user's cache folder.

    Example:
        >>> from unittest import mock
        >>> with mock.patch.dict(os.environ, COURSE_CACHE="corpora"):
        ...     cache_folder() == Path("corpora")
        True
    """
    chosen = os.environ.get("COURSE_CACHE")
    return Path(chosen).expanduser() if chosen else user_cache_path("attention-course", appauthor=False)


def _mismatch_once(entry, path):
    """`entry.mismatch(path)`, but a file found intact is not read again until it changes."""
    status = path.stat()
    key = (str(path), status.st_size, status.st_mtime_ns, entry.sha256 or entry.git_blob_sha1)
    if key in _verified:
        return None
    reason = entry.mismatch(path)
    if reason is None:
        _verified.add(key)
    return reason


def _registered(corpus, file):
    if corpus not in CORPORA:
        names = ", ".join(sorted(CORPORA))
        raise ValueError(f"`corpus` must be one of {names}. Received: corpus={corpus!r}.")
    known = CORPORA[corpus].files
    if file not in known:
        names = ", ".join(known)
        raise ValueError(f"`file` of corpus {corpus!r} must be one of {names}. Received: file={file!r}.")
    return known[file]


def _mirrored(entry):
    """Verified path of the file in the folder COURSE_DATA, or None when it is not there."""
    mirror = os.environ.get("COURSE_DATA")
    if not mirror:
        return None
    folder = Path(mirror).expanduser().absolute()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"COURSE_DATA must name an existing folder. Received: COURSE_DATA={mirror!r}, that is {folder}."
        )
    path = folder / entry.corpus / entry.name
    if not path.is_file():
        return None
    if reason := _mismatch_once(entry, path):
        raise CorruptFileError(
            f"Refused {path}: {reason}. Replace it with the file at {entry.url}, or remove it."
        )
    return path


def corpus_file(corpus, file):
    """Path of a corpus file whose size and checksum have been verified.

    Looked up in this order: `COURSE_DATA/<corpus>/<file>` (a mirror that is only read), the cache, the pinned
    URL. A download resumes where an earlier one stopped, and two processes that want the same file wait for
    each other. The lock is the operating system's, so it ends with its process.

    Args:
        corpus: key of `CORPORA`, e.g. "multi30k".
        file: one of its files, e.g. "train.de.gz".

    Returns:
        absolute path of the intact file.

    Raises:
        ValueError: unknown corpus or file.
        CorruptFileError: the mirrored or downloaded file is not the pinned one.
        DownloadError: the file is nowhere at hand and cannot be downloaded.

    Example:
        >>> corpus_file("multi30k", "train.nl.gz")
        Traceback (most recent call last):
        ...
        ValueError: `file` of corpus 'multi30k' must be one of train.en.gz, ... Received: file='train.nl.gz'.

    Taught in: notebooks/11_fine_tuning_sentences
    """
    entry = _registered(corpus, file)
    if mirrored := _mirrored(entry):
        return mirrored
    path = cache_folder().absolute() / corpus / file
    if path.is_file() and _mismatch_once(entry, path) is None:
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(f".{file}.lock"))
        lock.acquire()
    except OSError as error:
        raise DownloadError(
            f"Cannot write to the cache folder {path.parent} ({error}). "
            "Set the variable COURSE_CACHE to a folder that can be written."
        ) from error
    try:
        # Another process may have finished the file while this one waited.
        if path.is_file():
            if _mismatch_once(entry, path) is None:
                return path
            path.unlink()
        download(entry, path)
    finally:
        lock.release()
    return path
