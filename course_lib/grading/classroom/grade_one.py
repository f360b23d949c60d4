"""Marks one submission: sheets in, a `Record` out. The verdict is reached here; the answers run elsewhere."""

import dataclasses
import hashlib
import time

from course_lib.grading.classroom.findings import read_findings, watched_names
from course_lib.grading.classroom.intake import UnreadableSubmission
from course_lib.grading.classroom.record import ExerciseMark, Record
from course_lib.grading.classroom.reports.judged_code import judged_code
from course_lib.grading.classroom.submitted_sheets import choose_file, read_sheets
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.sandbox import Run
from course_lib.grading.sandbox.hurry import hurry
from course_lib.grading.worker.values import Failure

SUBMISSION_SECONDS = 300.0  # shared by its exercises,
LEAST_SECONDS = 5.0  # but each gets as many
START_ATTEMPTS = 2


def derive_seed(*parts):
    """A seed of 32 bits from a seed and names: everybody's inputs differ, one number draws them all again.

    Example:
        >>> derive_seed(7, "ada") == derive_seed(7, "ada"), derive_seed(7, "ada") == derive_seed(7, "bob")
        (True, False)
    """
    return int.from_bytes(hashlib.sha256("/".join(map(str, parts)).encode()).digest()[:4], "big")


def grade_one(submission, sheets, seed, sandbox):
    """Marks a submission.

    Args:
        submission: a `Submission`.
        sheets: the `Sheet`s it is judged on; an exercise that it lacks earns nothing.
        seed: integer: the same submission and seed give the same marks (`Record.marks`), bit for bit.
        sandbox: a `Sandbox`, with the limits of each exercise. Several submissions may use it one after the
            other: nothing of one reaches the next.

    Returns:
        a `Record`. Whatever goes wrong on the grader's side becomes its status `"fault"`, never a zero.
    """
    started = time.monotonic()
    record = Record(
        submission.student,
        submission.name,
        submission.sha256,
        tuple(sheet.name for sheet in sheets),
        seed,
        sandbox.isolation.name,
        "marked",
        notes=submission.notes,
        submitted_at=submission.submitted_at,
        is_late=submission.is_late,
    )
    try:
        files = read_sheets(submission.path)
    except UnreadableSubmission as error:
        failure = Failure("sheet_failed", str(error))
        exercises = [exercise for sheet in sheets for exercise in sheet.exercises]
        marks = tuple(_verdict(exercise, seed, failure) for exercise in exercises)
        return dataclasses.replace(record, status="unreadable", problem=str(error), exercises=marks)
    except OSError as error:
        return _fault(record, error, started)
    limits, findings = sandbox.limits, []
    try:
        marks = tuple(_mark_sheets(files, sheets, seed, sandbox, started, findings))
    except Exception as error:  # whatever it is, it is the grader's
        sandbox.close()
        return _fault(record, error, started)
    finally:
        sandbox.limits = limits
        sandbox.renew()
    seconds = time.monotonic() - started
    return dataclasses.replace(record, exercises=marks, findings=tuple(findings), seconds=seconds)


def _fault(record, error, started):
    words = f"{type(error).__name__}: {error}"
    return dataclasses.replace(
        record, status="fault", problem=words[:2000], seconds=time.monotonic() - started
    )


def _verdict(exercise, seed, failure):
    """The mark of an exercise that was not run."""
    seed = derive_seed(seed, exercise.name)
    return ExerciseMark(judge(exercise, seed, [failure] * len(draw_cases(exercise.name, seed))))


def _mark_sheets(files, sheets, seed, sandbox, started, findings):
    """Yields the mark of each exercise; what an instructor should look at is added to `findings`."""
    each = sandbox.limits
    for sheet in sheets:
        name = choose_file(files, sheet)
        for exercise in sheet.exercises:
            if name is None:
                yield _verdict(exercise, seed, Failure("not_found", f"No file for the sheet {sheet.name}."))
                continue
            # Whatever the answers before it took, an exercise gets its least: they cost only themselves.
            left = max(LEAST_SECONDS, SUBMISSION_SECONDS - (time.monotonic() - started))
            sandbox.limits = dataclasses.replace(each, seconds=min(each.seconds, left))
            yield _mark(exercise, files[name], name, derive_seed(seed, exercise.name), sandbox, findings)


def _mark(exercise, text, filename, seed, sandbox, findings):
    def run_on(cases):
        return _run(sandbox, text, filename, exercise, cases, seed)

    def ask(cases):
        with hurry(sandbox):
            return run_on(cases).results

    run = run_on(draw_cases(exercise.name, seed))
    findings += read_findings(run.uses, exercise, text, filename)
    verdict = judge(exercise, seed, run.results, run.notes, ask)
    code = judged_code(text, filename, exercise.name)
    return ExerciseMark(verdict, round(run.seconds, 3), run.printed, code)


def _run(sandbox, text, filename, exercise, cases, seed) -> Run:
    """Runs an answer; a worker that does not come up is started once more."""
    for attempt in range(1, START_ATTEMPTS + 1):
        try:
            sandbox.start()
            break
        except RuntimeError:
            if attempt == START_ATTEMPTS:
                raise
    return sandbox.run(text, filename, exercise.name, cases, seed, watched_names(exercise))
