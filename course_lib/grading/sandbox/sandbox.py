"""Runs answers in a worker process with limits on time, memory, files and printing.

How far the worker is held off from the rest of the machine is the tier of `isolation` it is given. Whatever
comes back from it is checked here, and nothing it sends is waited for beyond the limits.
"""

import os
import shutil
import signal
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from course_lib.grading.sandbox.fork_worker import ForkWorker
from course_lib.grading.sandbox.isolation import LimitsOnly
from course_lib.grading.sandbox.limits import Limits
from course_lib.grading.sandbox.run import Run
from course_lib.grading.sandbox.served_worker import ServedWorker
from course_lib.grading.worker.serving import BROKEN, CHANNEL_LOST
from course_lib.grading.worker.source_uses import is_use
from course_lib.grading.worker.values import Failure, memory_bytes

START_SECONDS = 180
POLL_SECONDS = 0.05
GRACE_SECONDS = 3.0  # for a killed process to be gone
USAGE_SECONDS = 0.1  # between two looks at memory and processes
SHOWN_BYTES = 4000
NOTE_LIMIT, NOTE_LENGTH = 20, 500
USE_LIMIT = 200
RESULT_BYTES = 128 * 2**20  # of all results of an answer together
UNREADABLE = "What came back from your code could not be read."


class Sandbox:
    """A worker process that is started when first needed, and again whenever an answer has brought it down.

    Args:
        limits: the `Limits` of each run.
        isolation: a tier of `sandbox.isolation`, as a class: every worker gets an instance.
        can_fork: whether to fork per run from a warm process; by default wherever the system can.

    Use it as a context manager, or call `close`.
    """

    def __init__(self, limits=None, isolation=LimitsOnly, can_fork=None):
        self.limits = limits or Limits()
        self.isolation = isolation
        self.can_fork = hasattr(os, "fork") if can_fork is None else can_fork
        self._worker = None
        self._folder = None

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        """Ends the worker and removes its folder."""
        if self._worker is not None:
            self._worker.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._worker = self._folder = None

    def renew(self):
        """Between submissions: ends a worker that answers may have changed; one out of their reach stays."""
        if not self.isolation.is_new_for_each_answer:
            self.close()

    def start(self):
        """Starts the worker unless it runs, and waits until it has imported the backend.

        Raises:
            RuntimeError: when it does not come up, which is no fault of any answer.
        """
        if self._worker is not None and self._worker.is_alive:
            return
        self.close()
        self._folder = Path(tempfile.mkdtemp(prefix="course-"))
        try:
            if self.can_fork:
                self._worker = ForkWorker(self.isolation(), self._folder, START_SECONDS)
            else:
                self._worker = ServedWorker(LimitsOnly.environment(), self._folder, START_SECONDS)
        except BaseException:
            self.close()
            raise

    def run(self, text, filename, name, cases, seed=None, watched=None):
        """Calls the answer `name` of a sheet on every case.

        Args:
            text: the text of the sheet.
            filename: its name, ending in `.ipynb` or `.py`.
            name: name of the exercise.
            cases: list of dicts of arguments.
            seed: for the random generators the answer may use; left as they are when None.
            watched: names whose use is to be reported, as `findings.watched_names` gives them.

        Returns:
            a `Run` with one result per case, whatever the answer does: a `Failure` where it gave none.

        Raises:
            RuntimeError: when no process can be started for it, which is no fault of the answer.
        """
        job = {
            "text": np.frombuffer(text.encode("utf-8", "surrogatepass"), "uint8"),
            "filename": filename,
            "name": name,
            "cases": cases,
            "limits": {**asdict(self.limits), "is_strict": self.isolation.is_alone},
            "seed": seed,
            "watched": watched or {},
        }
        self.start()
        try:
            self._worker.submit(job)
        except OSError:  # it went away since the last run
            self.close()
            self.start()
            self._worker.submit(job)
        results, notes, uses, printed, reason, seconds = self._collect(len(cases))
        results += [reason] * (len(cases) - len(results))
        return Run(results, tuple(notes), printed, seconds, tuple(uses))

    def _collect(self, count):
        """Follows a job to its end.

        Returns:
            results, notes, uses, output, the `Failure` of the cases left over, and seconds, counted from
            where the answer's own begin.
        """
        results, notes, uses, printed, num_printed, num_kept, reason = [], [], [], b"", 0, 0, None
        submitted, began, killed_at, is_lost, looked_at = time.monotonic(), None, None, False, 0.0

        def stop(kind, words):
            nonlocal reason, killed_at
            if reason is None:
                reason, killed_at = Failure(kind, words), time.monotonic()
                self._worker.kill()

        def take(kind, value):
            nonlocal printed, num_printed, num_kept, began
            if kind == "frame" and isinstance(value, dict) and "began" in value:
                began = began or time.monotonic()  # the first of all: one forged later changes nothing
            elif kind == "frame" and reason is None:
                if not isinstance(value, dict):
                    stop("stopped", UNREADABLE)
                elif "result" in value and len(results) < count:
                    results.append(value["result"])
                    num_kept += memory_bytes(value["result"])
                    if num_kept > RESULT_BYTES:
                        stop("too_much_memory", f"its results take more than {_size(RESULT_BYTES)}.")
                elif "notes" in value and isinstance(value["notes"], list):
                    words = [note[:NOTE_LENGTH] for note in value["notes"] if isinstance(note, str)]
                    notes.extend(words[: NOTE_LIMIT - len(notes)])
                elif "uses" in value and isinstance(value["uses"], list):
                    uses.extend(filter(is_use, value["uses"][: USE_LIMIT - len(uses)]))
            elif kind == "output":
                num_printed += len(value)
                printed += value[: max(0, SHOWN_BYTES - len(printed))]
                if num_printed > self.limits.output_bytes:
                    stop("too_much_output", f"it printed more than {_size(self.limits.output_bytes)}.")
            elif kind == "garbled":
                stop("stopped", UNREADABLE)

        status = None
        while status is None and not is_lost:
            for kind, value in self._worker.poll(POLL_SECONDS):
                if kind == "ended":
                    status = value
                elif kind == "gone":
                    is_lost = True
                else:
                    take(kind, value)
            now = time.monotonic()
            if began is None and now - submitted > START_SECONDS:
                is_lost = True
            if began is not None and now - began > self.limits.seconds:
                stop("time_out", self.limits.time_out_words(len(results), count))
            if now - looked_at > USAGE_SECONDS:
                looked_at = now
                num_bytes, num_processes = self._worker.usage()
                if num_processes > self.limits.processes:
                    stop("stopped", f"Your code started {num_processes - 2} processes.")
                    is_lost = True  # they may multiply faster than one signal each ends them
                elif num_bytes > self.limits.memory_bytes:
                    stop("too_much_memory", f"it took more than {_size(self.limits.memory_bytes)} of memory.")
            is_lost |= killed_at is not None and now - killed_at > GRACE_SECONDS
        # What is still in the pipes; they may be held open, and written to, by what the job left behind.
        give_up = time.monotonic() + GRACE_SECONDS
        while status is not None and time.monotonic() < give_up and (events := self._worker.poll(0)):
            for kind, value in events:
                take(kind, value)
        self._worker.finish()
        if is_lost:
            self.close()
        if began is None:
            words = printed.decode("utf-8", "replace").strip()
            raise RuntimeError(f"The answer's process did not start (exit status {status}). {words}".strip())
        reason = reason or Failure("stopped", _last_words(status))
        words, seconds = printed.decode("utf-8", "replace"), time.monotonic() - began
        return results[:count], notes, uses, words, reason, seconds


def _size(count):
    return f"{count / 2**30:.3g} GB" if count >= 2**30 else f"{count / 2**20:.3g} MB"


def _last_words(status):
    """Why a job ended before it had answered, told from its exit status (None: the worker went with it)."""
    if status is None:
        return "Your code ended the process it ran in."
    if status < 0:
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = f"signal {-status}"
        return f"Your code crashed the Python interpreter ({name})."
    if status == CHANNEL_LOST:
        return "Your code closed files that are not its own, and its answer was lost."
    if status == BROKEN:
        return "Your code left the process it ran in unable to go on."
    return f"Your code ended the program by itself (exit status {status}), as `os._exit` does."
