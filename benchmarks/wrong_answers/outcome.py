"""What the judge says of one answer, and whether that is true on cases it has not seen."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from course_lib.grading.judging.descriptions.asking import Trial
from course_lib.grading.judging.descriptions.observation import Claim
from course_lib.grading.judging.diagnose import diagnose
from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.judge import draw_cases, load_verdict_module, right_values, second_asking
from course_lib.grading.practice.time_limit import interrupt_after
from course_lib.grading.worker.probe import run_call
from course_lib.grading.worker.values import Failure, map_arrays

NO_VALUE = (
    "raised",
    "wrong_type",
    "wrong_shape",
    "returned_none",
    "not_finite",
    "mutated_input",
    "time_out",
)
SECONDS = 10.0  # for one call


@dataclass(frozen=True)
class Look:
    """An answer on the cases of one seed: what was found, and the second asking with its description."""

    diagnosis: str | None
    trial: Trial
    asking: object = None
    description: object = None


def look_at(answer, exercise, seed):
    """Judges an answer on the cases of a seed, and describes it where the judge would.

    Args:
        answer: the function or class.
        exercise: the name of the exercise.
        seed: seed of the cases.

    Returns:
        a `Look`.
    """
    sent = draw_cases(exercise, seed)
    cases = [_in_double(case) for case in draw_cases(exercise, seed)]
    received = call_all(answer, sent)
    trial = Trial(cases, received, right_values(exercise, draw_cases(exercise, seed)))
    found = diagnose(find_exercise(exercise), load_verdict_module(exercise), *_parts(trial))
    if found is None:
        return Look(None, trial)
    asking = second_asking(exercise, seed, found[0], trial)
    if asking is None:
        return Look(found[0], trial)
    with np.errstate(all="ignore"):
        description = asking.describe(call_all(answer, asking.cases))
    return Look(found[0], trial, asking, description)


def call_all(answer, cases):
    """What an answer gives for some cases; a failure where it does not end, and for all that come after.

    Args:
        answer: the function or class.
        cases: list of dicts of arguments.

    Returns:
        list of trees of NumPy values or `Failure`s, as many as cases.
    """
    results = []
    for number, case in enumerate(cases):
        interrupt_after(SECONDS, lambda case=case: results.append(run_call(answer, case)))
        if len(results) == number:
            break
    endless = Failure("time_out", f"no result after {SECONDS:g} s")
    return results + [endless] * (len(cases) - len(results))


def is_true(said, exercise, later):
    """Whether what was said of an answer holds on another seed's cases.

    Args:
        said: the `Look` that was told.
        exercise: the name of the exercise.
        later: the `Look` at other cases.
    """
    mistakes = find_exercise(exercise).mistakes
    if said.diagnosis in mistakes and later.diagnosis is not None:
        alone = SimpleNamespace(mistakes={said.diagnosis: mistakes[said.diagnosis]})
        found = diagnose(alone, load_verdict_module(exercise), *_parts(later.trial))
        return found is not None and found[0] == said.diagnosis
    if said.description is None:
        return True
    observations = later.trial.observations(said.asking.tolerance)
    return all(_still_holds(one, observations, later.asking) for one in said.description.said)


def _still_holds(said, observations, asking):
    if isinstance(said, Claim):
        with np.errstate(all="ignore"):
            return all(said.holds(observation) for observation in observations if _is_comparable(observation))
    changed = said.changed if said.kind in ("unused", "zero") else [said.changed]
    return asking is None or not any((said.kind, key) in asking.refuted for key in changed)


def _is_comparable(observation):
    return observation.pairs is not None or not observation.failed


def told(look):
    """In which way an answer was told what is wrong: named, described, seen or unknown.

    Args:
        look: a `Look` at an answer that was rejected.

    Returns:
        `"named"` for a catalogued mistake, `"described"`, `"seen"` for an exception, a shape or a kind of
        result, which are said as they were seen, or `"unknown"`.
    """
    if look.diagnosis == "unknown_mistake":
        return "described" if look.description else "unknown"
    return "seen" if look.diagnosis in NO_VALUE else "named"


def _parts(trial):
    return trial.cases, trial.received, trial.expected


def _in_double(case):
    return map_arrays(lambda array: array.astype("float64") if array.dtype.kind == "f" else array, case)
