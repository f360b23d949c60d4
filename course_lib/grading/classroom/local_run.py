"""Marks many submissions on this machine, several at a time."""

import concurrent.futures
import contextlib
import threading

from course_lib.grading.classroom.grade_one import derive_seed, grade_one
from course_lib.grading.sandbox import Sandbox

ATTEMPTS = 3  # a fault of the grader is tried again before it is reported


def grade_until_marked(submission, sheets, seed, sandbox):
    """`grade_one`, again when the grader itself failed, three times at most; the record says how it ended."""
    for _ in range(ATTEMPTS):
        record = grade_one(submission, sheets, seed, sandbox)
        if record.status != "fault":
            break
    return record


def grade_here(submissions, sheets, seed, isolation, limits, jobs, keep):
    """Marks submissions, each answer out of reach of every other submission.

    An interrupt lets the submissions at work come to their end, starts no more, and is then raised.

    Args:
        submissions: list of `Submission`.
        sheets: the `Sheet`s.
        seed: seed of the run; each submission's own is derived from it and the student.
        isolation: a tier of `sandbox.isolation`, as a class.
        limits: `Limits` of each exercise.
        jobs: how many submissions at a time.
        keep: called with each `Record` as soon as there is one, from several threads.
    """
    here = threading.local()  # a sandbox for each thread: it dies with the thread that started it

    def open_sandbox():
        here.sandbox = sandboxes.enter_context(Sandbox(limits, isolation))

    def grade(submission):
        own_seed = derive_seed(seed, submission.student)
        keep(grade_until_marked(submission, sheets, own_seed, here.sandbox))

    with (
        contextlib.ExitStack() as sandboxes,
        concurrent.futures.ThreadPoolExecutor(jobs, initializer=open_sandbox) as executor,
    ):
        waiting = [executor.submit(grade, submission) for submission in submissions]
        try:
            for future in concurrent.futures.as_completed(waiting):
                future.result()
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise
