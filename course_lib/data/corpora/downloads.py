"""Resumable download of one pinned file, verified before it appears under its name."""

import contextlib
import http.client
import os
import re
import socket
import sys
import time
import urllib.error
import urllib.request

CHUNK_BYTES = 1 << 16
PASSING_STATUS = {408, 425, 429, 500, 502, 503, 504}


class DownloadError(OSError):
    """A file could not be fetched.

    Taught in: notebooks/03_attention
    """


class CorruptFileError(ValueError):
    """A file is not the one that the registry pins."""


def elsewhere(entry):
    """Sentence that tells how to provide a file by hand."""
    return (
        f"To use a copy of your own, set the variable COURSE_DATA to a folder that holds "
        f"{entry.corpus}/{entry.name}."
    )


@contextlib.contextmanager
def progress_bar(description, total):
    """Function that shows how many bytes have arrived: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda received: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(description, total=total)
        yield lambda received: progress.update(task, completed=received)


def _discard(*paths):
    for path in paths:
        path.unlink(missing_ok=True)


def _is_passing(error):
    """Whether a later attempt may succeed: server overload, time-out, dropped connection."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code in PASSING_STATUS
    # An unknown host name means no network: waiting seconds does not cure it.
    return not isinstance(getattr(error, "reason", None), socket.gaierror)


def _fetch(entry, partial, validator, timeout):
    """One attempt: appends what is missing to `partial`; `validator` keeps the server's ETag for the next."""
    offset = partial.stat().st_size if partial.exists() and validator.exists() else 0
    if offset and offset == entry.size:
        return
    headers = {"User-Agent": "attention-course", "Accept-Encoding": "identity"}
    if offset:
        headers |= {"Range": f"bytes={offset}-", "If-Range": validator.read_text(encoding="latin-1")}
    try:
        response = urllib.request.urlopen(urllib.request.Request(entry.url, headers=headers), timeout=timeout)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            _discard(partial, validator)
            raise ConnectionError("the server refused to resume; starting again") from error
        raise
    with response:
        if response.status == http.HTTPStatus.PARTIAL_CONTENT:
            if not re.match(rf"bytes {offset}-", response.headers.get("Content-Range", "")):
                _discard(partial, validator)
                raise ConnectionError("the server resumed at the wrong place; starting again")
        else:
            offset = 0
        length = response.headers.get("Content-Length")
        total = None if length is None else offset + int(length)
        if None not in (total, entry.size) and total != entry.size:
            _discard(partial, validator)
            raise CorruptFileError(f"expected {entry.size} bytes, the server offers {total}")
        with (
            open(partial, "ab" if offset else "wb", buffering=0) as file,
            progress_bar(f"{entry.corpus}/{entry.name}", entry.size or total) as show,
        ):
            if not offset:
                # A weak ETag (W/…) does not promise equal bytes, so it cannot guard a resumed download.
                tag = response.headers.get("ETag", "")
                tag = tag if tag.startswith('"') else response.headers.get("Last-Modified", "")
                _discard(validator)
                if tag:
                    validator.write_text(tag, encoding="latin-1")
            while chunk := response.read1(CHUNK_BYTES):
                file.write(chunk)
                offset += len(chunk)
                show(offset)
                if entry.size is not None and offset > entry.size:
                    break
            os.fsync(file.fileno())
        if total is not None and offset < total:
            raise ConnectionError(f"the connection closed after {offset} of {total} bytes")


def download(entry, destination, *, attempts=5, first_pause=0.5, timeout=30.0):
    """Downloads a pinned file; `destination` appears complete and verified, or not at all.

    What has arrived stays beside the destination in a hidden partial file. The next attempt, or the next call
    after a crash, asks the server for the rest (`Range`, guarded by `If-Range`). A server error, time-out or
    dropped connection is tried again after 1, 2, 4, … times `first_pause`; the count starts anew whenever
    an attempt got further than any before it. The caller holds a lock: two downloads to one destination must
    not overlap.

    Args:
        entry: the `CorpusFile` to fetch.
        destination: path to create; its folder exists.
        attempts: how many attempts in a row may fail.
        first_pause: seconds before the second attempt.
        timeout: seconds without an answer or a byte after which an attempt is given up.

    Raises:
        DownloadError: nothing could be fetched; says file, URL, reason and what to do.
        CorruptFileError: the server's file has the wrong size or checksum; the partial file is removed.
    """
    partial = destination.with_name(f".{destination.name}.partial")
    validator = destination.with_name(f".{destination.name}.validator")
    furthest = partial.stat().st_size if partial.exists() else 0
    may_be_stale = furthest > 0
    failures = 0
    while True:
        try:
            _fetch(entry, partial, validator, timeout)
            reason = entry.mismatch(partial)
        except CorruptFileError as error:
            reason = str(error)
        except (OSError, http.client.HTTPException) as error:
            arrived = partial.stat().st_size if partial.exists() else 0
            failures = 1 if arrived > furthest else failures + 1
            furthest = max(furthest, arrived)
            if failures >= attempts or not _is_passing(error):
                raise DownloadError(
                    f"Could not download {entry.corpus}/{entry.name} from {entry.url} ({error}). "
                    f"Call again once the network is back: what has arrived is kept. {elsewhere(entry)}"
                ) from error
            time.sleep(first_pause * 2 ** (failures - 1))
            continue
        if reason is None:
            break
        _discard(partial, validator)
        if not may_be_stale:
            raise CorruptFileError(
                f"Refused {entry.corpus}/{entry.name} from {entry.url}: {reason}. Nothing was kept. "
                f"{elsewhere(entry)}"
            )
        # The head of the file dates from an earlier call: fetch all of it once before blaming the server.
        may_be_stale = False
    os.replace(partial, destination)
    _discard(validator)
