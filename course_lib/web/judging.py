"""One sandbox for all pages: answers are judged in turn, each in a fresh process, within its limits."""

import asyncio
import contextlib
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import psutil

from course_lib.grading.practice.checking import Checked, Task, judge_task
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.sandbox.isolation.runtime import WORKER
from course_lib.web.standing import Standing

MOST_WAITING = 8
POLL_SECONDS = 0.1
GRACE_SECONDS = 2.0
ENDING = "`course web` is about to end."


class TooMany(Exception):
    """Raised when more answers wait to be judged than anybody sends by hand."""


class Stopped(Exception):
    """Raised for an answer whose judging was stopped: there is no verdict, and nothing was counted."""


@dataclass(eq=False)
class _Job:
    """An answer on its way to its verdict; without a task, the worker's start."""

    task: Task | None = None
    future: Future | None = None
    is_stopped: bool = False
    is_over: bool = False


class Judging:
    """Judges answers one after the other, as `course check` does, and counts them as attempts.

    The answer runs in a fork of a warm worker process, never here; the worker is started again when an answer
    has brought it down.

    Args:
        limits: the `Limits` of each answer.
        standing: what counts the attempts.

    Call `close` at the end.
    """

    def __init__(self, limits: Limits, standing: Standing):
        self._standing = standing
        self._sandbox = Sandbox(limits)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="judging")
        self._jobs = []
        self._at_work = None
        self._lock = threading.Lock()  # what is at work stays the same while something is ended
        self._is_closed = False

    def warm_up(self) -> None:
        """Starts the worker in the background, so that the first verdict need not wait for it."""
        self._submit(self._start, _Job())

    async def judge(self, task: Task) -> Checked:
        """The verdict on an answer.

        Args:
            task: the exercise and the sheet that holds the answer.

        Returns:
            a `Checked`. The attempt is counted even when nobody waits for the verdict any more.

        Raises:
            TooMany: when too many answers wait already.
            Stopped: when `stop` ended it.
            RuntimeError: when no process can be started for the answer.
        """
        if sum(not job.future.done() for job in self._jobs) >= MOST_WAITING:
            raise TooMany("Too many answers wait to be judged. Try again in a moment.")
        job = _Job(task)
        try:
            return await asyncio.wrap_future(self._submit(self._judge, job))
        except (asyncio.CancelledError, RuntimeError):
            if self._is_closed:
                raise RuntimeError(ENDING) from None
            if job.is_stopped:
                raise Stopped from None
            raise

    def stop(self, task: Task) -> bool:
        """Ends the judging of an answer, at work or waiting, whichever page asked for it.

        Args:
            task: what `judge` was given.

        Returns:
            whether there was any; then no process of it is left.
        """
        with self._lock:
            jobs = [job for job in self._jobs if job.task == task and not (job.is_over or job.future.done())]
            for job in jobs:
                job.is_stopped = True
                job.future.cancel()  # does nothing to the one at work
        spared_until = 0.0  # a worker whose answer has just been ended says so in a moment
        while True:
            with self._lock:
                if self._at_work not in jobs:
                    break
                now = time.monotonic()
                if _end_answers(spares_workers=now < spared_until):
                    spared_until = now + GRACE_SECONDS
            time.sleep(POLL_SECONDS)
        if jobs and not self._is_closed:
            self.warm_up()  # where it was the worker that ended
        return bool(jobs)

    def close(self) -> None:
        """Ends the answer that is being judged, if one is, the worker, and all that came of them."""
        self._is_closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        while not all(job.future.done() for job in self._jobs):
            _end_workers()
            time.sleep(POLL_SECONDS)
        self._sandbox.close()

    def _submit(self, function, job):
        with self._lock:
            self._jobs = [job for job in self._jobs if not job.future.done()]
            job.future = self._thread.submit(function, job)
            self._jobs.append(job)
        return job.future

    def _start(self, job):
        if not self._is_closed:
            with contextlib.suppress(RuntimeError):  # said where an answer is judged
                self._sandbox.start()

    def _judge(self, job):
        with self._lock:
            self._at_work = job
        try:
            checked = self._judge_or_again(job)
        finally:
            with self._lock:
                self._at_work, job.is_over = None, True  # from here on it is too late to stop it
        self._expect_wanted(job)  # else it was ended, whatever the verdict says
        self._standing.count(checked.verdict)
        return checked

    def _judge_or_again(self, job):
        self._expect_wanted(job)
        try:
            return judge_task(job.task, self._sandbox)
        except RuntimeError:  # the worker went away before the answer began; now another one is started
            self._expect_wanted(job)
            return judge_task(job.task, self._sandbox)

    def _expect_wanted(self, job):
        if self._is_closed or job.is_stopped:
            raise RuntimeError(ENDING)


def _end_workers():
    """Kills the workers and what came of them."""
    _kill(lambda worker: [*worker.children(recursive=True), worker])


def _end_answers(spares_workers=False):
    """Kills what came of the workers; else a worker of which nothing came: it starts, or cannot fork.

    Returns:
        whether anything had come of them.
    """
    came = []

    def processes_of(worker):
        found = worker.children(recursive=True)
        came.extend(found)
        return found or ([] if spares_workers else [worker])

    _kill(processes_of)
    return bool(came)


def _kill(processes_of):
    """Kills what is meant of each worker among the children of this process; a browser it opened is left."""
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if WORKER in child.cmdline():
                for process in processes_of(child):
                    with contextlib.suppress(psutil.Error):
                        process.kill()
