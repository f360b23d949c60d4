"""Marks submissions on the workers of a dask.distributed cluster, which need not share a file system.

The cluster is somebody else's: its scheduler shares the work out and notices workers that are lost. What is
added here: the bytes of a submission travel apart from the graph of tasks, a few at a time; what was lost
with a worker is sent again; and no worker marks that has another course, or cannot isolate a submission.
"""

import atexit
import contextlib
import dataclasses
import functools
import hashlib
import io
import os
import tarfile
import tempfile
import threading
import time
from collections import deque
from pathlib import Path

from course_lib import __version__
from course_lib.grading.classroom.grade_one import derive_seed
from course_lib.grading.classroom.intake import UnreadableSubmission
from course_lib.grading.classroom.local_run import grade_until_marked
from course_lib.grading.classroom.record import Record
from course_lib.grading.classroom.submitted_sheets import read_sheets
from course_lib.grading.judging.exercise import find_sheet
from course_lib.grading.sandbox import Sandbox
from course_lib.grading.sandbox.isolation import Bubblewrap, strongest

ATTEMPTS = 5  # times that a submission may be lost with a worker
AHEAD = 2  # submissions sent per thread of a worker: one at work, one at hand
CONNECT_SECONDS = 10
POLL_SECONDS = 1.0
PATIENCE_SECONDS = 120.0  # for a worker to come when all are gone
NO_MARK = "The cluster gave no mark: "
GRADING = Path(__file__).parents[1]


def grade_on_cluster(submissions, sheets, seed, limits, address, is_trusted, keep):
    """Marks submissions on a cluster, each with the strongest isolation its worker has.

    An interrupt sends nothing more and is raised at once; what was kept stays kept.

    Args:
        submissions: list of `Submission`.
        sheets: the `Sheet`s.
        seed: seed of the run; the marks are those that `grade_here` gives with it.
        limits: `Limits` of each exercise.
        address: address of the scheduler, e.g. `"tcp://10.0.0.5:8786"`.
        is_trusted: whether the submissions are trusted with the cluster.
        keep: called with each `Record` as soon as there is one.

    Raises:
        RuntimeError: when the cluster cannot be reached, has no workers, or has unfit ones.
    """
    try:
        import distributed
    except ImportError:
        raise RuntimeError(
            "Marking on a cluster needs dask.distributed: pip install 'attention-course[cluster]'."
        ) from None
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise RuntimeError(f"There is no dask scheduler at {address}: {error}") from None
    with client, client.as_current():
        expect_fit_workers(client, is_trusted)
        waiting = deque((each, derive_seed(seed, each.student), 1) for each in submissions)
        _follow(distributed, client, waiting, sheets, limits, is_trusted, keep)


def _follow(distributed, client, waiting, sheets, limits, is_trusted, keep):
    """Keeps the workers busy until every submission has its record."""
    names = [sheet.name for sheet in sheets]
    running, last_seen = {}, time.monotonic()
    while waiting or running:
        threads = sum(client.nthreads().values()) if client.status == "running" else 0
        last_seen = time.monotonic() if threads else last_seen
        if client.status == "closed" or time.monotonic() - last_seen > PATIENCE_SECONDS:
            raise RuntimeError(
                f"The cluster is gone, or has lost all of its workers, with {len(waiting) + len(running)} "
                "submissions to go. The same command goes on."
            )
        while waiting and len(running) < AHEAD * threads:
            submission, seed, attempt = waiting.popleft()
            try:
                read_sheets(submission.path)
                packed = _pack(submission.path)
            except (UnreadableSubmission, OSError):  # there is nothing to run
                keep(grade_until_marked(submission, sheets, seed, Sandbox(limits, _Nowhere)))
                continue
            try:
                # Scattered: the graph of tasks stays small, and the scheduler keeps no copy of the bytes.
                data = client.scatter(packed, hash=False)
                future = client.submit(mark, data, submission, seed, names, limits, is_trusted, pure=False)
            except OSError:  # the workers went in this moment
                waiting.appendleft((submission, seed, attempt))
                break
            running[future] = (submission, seed, attempt)
        with contextlib.suppress(TimeoutError, distributed.CancelledError):
            distributed.wait(list(running), timeout=POLL_SECONDS, return_when="FIRST_COMPLETED")
        for future in [future for future in running if future.status != "pending"]:
            submission, seed, attempt = running.pop(future)
            try:
                record = Record.from_json(future.result())
            except distributed.CancelledError:  # lost with a worker, which may have held a finished mark
                if attempt < ATTEMPTS:
                    waiting.append((submission, seed, attempt + 1))
                    continue
                record = _fault(submission, seed, names, f"{NO_MARK}lost {attempt} times")
            except Exception as error:  # whatever the worker raised
                record = _fault(submission, seed, names, f"{NO_MARK}{error}")
            keep(record)


def mark(data, submission, seed, sheet_names, limits, is_trusted):
    """Marks a submission on a worker.

    Args:
        data: its bytes, from `_pack`.
        submission: the `Submission`, as the machine that has it knows it.
        seed: its own seed.
        sheet_names: names of the sheets.
        limits: `Limits` of each exercise.
        is_trusted: whether it is trusted with the cluster.

    Returns:
        a `Record` as JSON text.
    """
    if problem := unfitness(describe(), is_trusted):  # a worker that has joined since the run began
        return _fault(submission, seed, sheet_names, f"A worker of the cluster {problem}").to_json()
    sheets = [find_sheet(name) for name in sheet_names]
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(folder, filter="data")
        here = dataclasses.replace(submission, path=Path(folder) / submission.path.name)
        return grade_until_marked(here, sheets, seed, _sandbox(limits)).to_json()


def _sandbox(limits):
    """The sandbox of this thread of a worker, which is kept for the submissions to come."""
    if (sandbox := getattr(_of_thread, "sandbox", None)) is None:
        sandbox = _of_thread.sandbox = Sandbox(limits, strongest_here()[0])
        atexit.register(sandbox.close)
    sandbox.limits = limits
    return sandbox


_of_thread = threading.local()
strongest_here = functools.cache(strongest)


def describe():
    """What decides whether a worker may mark: its course, backend and isolation, as a dict."""
    tier, reasons = strongest_here()
    return {
        "course": course_version(),
        "backend": os.environ.get("KERAS_BACKEND", "tensorflow"),
        "isolation": tier.name,
        "reasons": reasons,
    }


@functools.cache
def course_version(folder=GRADING):
    """The version of the course, with a digest of what marks are made by: all code and tables of grading."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__} ({digest.hexdigest()[:8]})"


def unfitness(worker, is_trusted):
    """Why a worker may not mark, as the end of a sentence; empty when it may.

    A separate user is not enough here: it keeps the network, and a scheduler does what anybody asks of it.

    Args:
        worker: what `describe` said on that worker.
        is_trusted: whether the submissions are trusted with the cluster.

    Example:
        >>> own = {"course": course_version(), "backend": "jax", "isolation": "limits only", "reasons": []}
        >>> unfitness(own | {"course": "0.0.1 (00000000)"}, True)[:29]
        'has course 0.0.1 (00000000). '
    """
    wanted = {"course": course_version(), "backend": os.environ.get("KERAS_BACKEND", "tensorflow")}
    for key, value in wanted.items():
        if worker[key] != value:
            return f"has {key} {worker[key]}. Expected: {value}, as here."
    if worker["isolation"] != Bubblewrap.name and not is_trusted:
        return (
            f"does not isolate submissions from the cluster ({'; '.join(worker['reasons'])}). Install "
            "bubblewrap on it. If you trust every submission with the cluster, add --trust-submissions."
        )
    return ""


def expect_fit_workers(client, is_trusted):
    """Asks every worker that is there now what it has.

    Raises:
        RuntimeError: when there is none, or one may not mark; the message names it.
    """
    if not client.nthreads():
        raise RuntimeError(
            f"The cluster at {client.scheduler.address} has no workers. Start some: dask worker ADDRESS."
        )
    for worker, answer in client.run(describe, on_error="return").items():
        if not isinstance(answer, dict):
            words = f"does not have this course: {type(answer).__name__}: {answer}"
            raise RuntimeError(f"The worker {worker} {words}")
        if problem := unfitness(answer, is_trusted):
            raise RuntimeError(f"The worker {worker} {problem}")


def _pack(path):
    """A file or folder as the bytes of a tar archive: folders and regular files, as they are."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.add(
            path, path.name, filter=lambda member: member if member.isdir() or member.isreg() else None
        )
    return buffer.getvalue()


def _fault(submission, seed, sheet_names, problem):
    """The record of a submission that the cluster gave no mark."""
    return Record(
        submission.student,
        submission.name,
        submission.sha256,
        tuple(sheet_names),
        seed,
        "none",
        "fault",
        problem[:2000],
        notes=submission.notes,
        submitted_at=submission.submitted_at,
        is_late=submission.is_late,
    )


class _Nowhere:
    """The tier of what cannot be read and so is never run."""

    name = "none"

    def __init__(self):
        raise RuntimeError("What was sent to a cluster is not run here.")
