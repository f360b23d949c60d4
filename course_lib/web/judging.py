"""One sandbox for all pages: answers are judged in turn, each in a fresh process, within its limits."""

import asyncio
import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import psutil

from course_lib.grading.practice.checking import Checked, Task, judge_task
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.sandbox.isolation.runtime import WORKER
from course_lib.web.standing import Standing

MOST_WAITING = 8
POLL_SECONDS = 0.1
ENDING = "`course web` is about to end."


class TooMany(Exception):
    """Raised when more answers wait to be judged than anybody sends by hand."""


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
        self._is_closed = False

    def warm_up(self) -> None:
        """Starts the worker in the background, so that the first verdict need not wait for it."""
        self._submit(self._start)

    async def judge(self, task: Task) -> Checked:
        """The verdict on an answer.

        Args:
            task: the exercise and the sheet that holds the answer.

        Returns:
            a `Checked`. The attempt is counted even when nobody waits for the verdict any more.

        Raises:
            TooMany: when too many answers wait already.
            RuntimeError: when no process can be started for the answer.
        """
        if sum(not job.done() for job in self._jobs) >= MOST_WAITING:
            raise TooMany("Too many answers wait to be judged. Try again in a moment.")
        try:
            return await asyncio.wrap_future(self._submit(self._judge, task))
        except asyncio.CancelledError:
            if self._is_closed:
                raise RuntimeError(ENDING) from None
            raise

    def close(self) -> None:
        """Ends the answer that is being judged, if one is, the worker, and all that came of them."""
        self._is_closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        while not all(job.done() for job in self._jobs):
            _end_workers()
            time.sleep(POLL_SECONDS)
        self._sandbox.close()

    def _submit(self, function, *arguments):
        self._jobs = [job for job in self._jobs if not job.done()]
        self._jobs.append(self._thread.submit(function, *arguments))
        return self._jobs[-1]

    def _start(self):
        if not self._is_closed:
            with contextlib.suppress(RuntimeError):  # said where an answer is judged
                self._sandbox.start()

    def _judge(self, task):
        if self._is_closed:
            raise RuntimeError(ENDING)
        try:
            checked = judge_task(task, self._sandbox)
        except RuntimeError:  # the worker went away before the answer began; now another one is started
            if self._is_closed:
                raise RuntimeError(ENDING) from None
            checked = judge_task(task, self._sandbox)
        if self._is_closed:  # which ended the answer, whatever the verdict says
            raise RuntimeError(ENDING)
        self._standing.count(checked.verdict)
        return checked


def _end_workers():
    """Kills the workers among the children of this process; a browser it opened is left alone."""
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if WORKER in child.cmdline():
                for process in [*child.children(recursive=True), child]:
                    with contextlib.suppress(psutil.Error):
                        process.kill()
