"""Calls an answer on cases in this very process, within a limit of time."""

import time

from course_lib.grading.practice.time_limit import interrupt_after
from course_lib.grading.sandbox.limits import Limits
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.probe import run_call
from course_lib.grading.worker.values import Failure


def ask(answer, cases, limits=None):
    """Calls an answer on every case.

    Args:
        answer: a function or class, as `run_call` takes it.
        cases: list of dicts of arguments.
        limits: `Limits`, of which the seconds count, for all cases together; the usual ones when left out.

    Returns:
        list of one tree of NumPy values or `Failure` per case: a `Failure` of kind `time_out` for the cases
        that were left when time was up.

    Example:
        >>> ask(lambda number: number + 1, [{"number": 1}, {"number": 2}])
        [array(2), array(3)]
    """
    limits, results = limits or Limits(), []
    end = time.monotonic() + limits.seconds

    def call_all():
        for case in cases:
            result = run_call(answer, case)
            if time.monotonic() > end:  # it may have caught what was to end it
                return
            results.append(result)
            if isinstance(result, Failure) and GENERIC_DIAGNOSES[result.kind].is_final:
                results.extend([result] * (len(cases) - len(results)))
                return

    interrupt_after(limits.seconds, call_all)
    failure = Failure("time_out", limits.time_out_words(len(results), len(cases)))
    return results + [failure] * (len(cases) - len(results))
