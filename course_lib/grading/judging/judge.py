"""The half of a check that knows the right answer; it never sees a learner's code, only what came back."""

import importlib

import numpy as np

from course_lib.grading.judging.descriptions.asking import DESCRIBED, SecondAsking, Trial
from course_lib.grading.judging.diagnose import TOLERANCE, argument_size, diagnose
from course_lib.grading.judging.example import Example
from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.verdict import Verdict
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.probe import to_numpy
from course_lib.grading.worker.values import MISFITS, Failure, bulk, map_arrays


def load_verdict_module(name):
    """Imports `checks/<sheet>/<name>.py`: `draw`, `reference`, `MISTAKES` and their like."""
    return importlib.import_module(f"course_lib.grading.checks.{find_exercise(name).sheet}.{name}")


def draw_cases(name, seed):
    """Draws fresh cases of an exercise.

    Args:
        name: name of the exercise.
        seed: integer; the same seed draws the same cases.

    Returns:
        list of dicts of keyword arguments, floats rounded to float32 and integers to int32, as the probe
        passes them on. Every call gets a new copy.

    Example:
        >>> cases = draw_cases("masked_softmax", seed=1)
        >>> sorted(cases[0]), cases[0]["scores"].dtype.name
        (['mask', 'scores'], 'float32')
    """
    cases = load_verdict_module(name).draw(np.random.default_rng(seed))
    return [map_arrays(_as_sent, case) for case in cases]


def _as_sent(array):
    kinds = {"f": np.float32, "i": np.int32, "u": np.int32, "b": np.bool_}
    if array.dtype.kind not in kinds:
        raise TypeError(
            f"A drawn array must hold floats, integers or booleans. Received: dtype={array.dtype}."
        )
    return np.asarray(array, dtype=kinds[array.dtype.kind])


def _as_float64(array):
    return array.astype("float64") if array.dtype.kind == "f" else array.copy()


def right_values(name, cases):
    """What the reference of an exercise gives on cases, as `draw_cases` draws them.

    Returns:
        list of trees of NumPy values, floats in double precision.

    Example:
        >>> (value,) = right_values("masked_softmax", draw_cases("masked_softmax", seed=1)[:1])
        >>> value.shape, value.dtype.name
        ((1, 2, 3), 'float64')
    """
    reference = load_verdict_module(name).reference
    with np.errstate(all="ignore"):
        return [to_numpy(reference(**map_arrays(_as_float64, case))) for case in cases]


def judge(exercise, seed, results, notes=(), ask=None):
    """Reaches the verdict on what an answer returned.

    Args:
        exercise: the `Exercise`.
        seed: the seed its cases were drawn with.
        results: one tree of NumPy values or `Failure` per case of `draw_cases(exercise.name, seed)`.
        notes: remarks to pass on to the learner.
        ask: function that runs the answer on further cases as it was run on these, and returns a result for
            each; called at most once, where the mistake is not a catalogued one.

    Returns:
        a `Verdict`.

    Example:
        >>> from course_lib.grading.judging.exercise import find_exercise
        >>> guesses = [np.zeros_like(case["scores"]) for case in draw_cases("masked_softmax", seed=1)]
        >>> judge(find_exercise("masked_softmax"), 1, guesses).passed
        False
    """
    sent = draw_cases(exercise.name, seed)
    found, trial = compare_with_right(exercise, sent, results)
    if found is None:
        message = f"Right on all {len(sent)} random cases."
        return Verdict(
            exercise.name,
            True,
            exercise.points,
            exercise.points,
            None,
            message,
            "",
            seed,
            len(sent),
            None,
            tuple(notes),
        )
    diagnosis, index, words = found
    try:
        description = _describe(exercise.name, seed, diagnosis, trial, ask)
    except MISFITS:  # what was received may be anything
        description = None
    if description:
        is_unknown = diagnosis == "unknown_mistake"
        diagnosis = "described_mistake" if is_unknown else diagnosis
        words = description.words if is_unknown else f"{words} {description.words}"
    result = trial.received[index]
    failure = result if isinstance(result, Failure) else None
    message, hint = _words(exercise, diagnosis, words, failure)
    shows_case = diagnosis in exercise.mistakes or GENERIC_DIAGNOSES[diagnosis].shows_case
    example = Example.of(sent[index], trial.expected[index], result, index) if shows_case else None
    return Verdict(
        exercise.name,
        False,
        exercise.points_despite(diagnosis),
        exercise.points,
        diagnosis,
        message,
        hint,
        seed,
        len(sent),
        example,
        tuple(notes),
    )


def compare_with_right(exercise, sent, results):
    """Finds what is wrong with results, without words for it.

    Args:
        exercise: the `Exercise`.
        sent: cases, as `draw_cases` draws them.
        results: one tree of NumPy values or `Failure` per case.

    Returns:
        what `diagnose` finds, and the `Trial` it was found on.

    Example:
        >>> from course_lib.grading.judging.exercise import find_exercise
        >>> cases = draw_cases("masked_softmax", seed=1)
        >>> found, trial = compare_with_right(
        ...     find_exercise("masked_softmax"), cases, [case["scores"][:, 0] for case in cases]
        ... )
        >>> found[0], len(trial.received) == len(cases)
        ('wrong_shape', True)
    """
    if len(results) != len(sent):
        raise ValueError(f"Expected one result per case, {len(sent)} of them. Received: {len(results)}.")
    cases = [map_arrays(_as_float64, case) for case in sent]
    expected = right_values(exercise.name, sent)
    received = [_bounded(result, want) for result, want in zip(results, expected, strict=True)]
    found = diagnose(exercise, load_verdict_module(exercise.name), cases, received, expected)
    return found, Trial(cases, received, expected)


def second_asking(name, seed, diagnosis, trial, is_asked=True):
    """What a wrong answer is to be asked once more, to say more of it than a generic diagnosis does.

    Args:
        name: name of the exercise.
        seed: the seed its cases were drawn with.
        diagnosis: what `diagnose` has found.
        trial: the `Trial` on these cases.
        is_asked: whether it will be asked; else only these cases are looked at.

    Returns:
        a `SecondAsking`, or None where a diagnosis needs no more words.
    """
    if diagnosis not in DESCRIBED:
        return None
    module = load_verdict_module(name)
    return SecondAsking(
        trial,
        [map_arrays(_as_float64, case) for case in draw_cases(name, seed + 1)] if is_asked else [],
        lambda **arguments: to_numpy(module.reference(**map_arrays(np.copy, arguments))),
        getattr(module, "CONDITIONS", {}),
        getattr(module, "TOLERANCE", TOLERANCE),
        diagnosis,
    )


def _describe(name, seed, diagnosis, trial, ask):
    asking = second_asking(name, seed, diagnosis, trial, is_asked=ask is not None)
    if asking is None:
        return None
    largest = max(trial.expected, key=bulk)
    results = ask([map_arrays(_as_sent, case) for case in asking.cases]) if asking.cases else []
    with np.errstate(all="ignore"):
        return asking.describe([_bounded(result, largest) for result in results])


def _bounded(result, expected):
    """A result, unless it is so large that comparing it could exhaust the judge."""
    if bulk(result) > 10_000 + 100 * bulk(expected):
        sizes = f"Expected {argument_size(expected)} values. Received {argument_size(result)}"
        return Failure("wrong_shape", f"{sizes}, or some that are far too long.")
    return result


def _words(exercise, diagnosis, words, failure):
    if diagnosis in exercise.mistakes:
        return exercise.mistakes[diagnosis].message, exercise.mistakes[diagnosis].hint
    generic = GENERIC_DIAGNOSES[diagnosis]
    if failure and failure.line:
        words += (
            f" (line {failure.line}: `{failure.source}`)" if failure.source else f" (line {failure.line})"
        )
    return generic.message.format(words=words).strip(), generic.hint.format(name=exercise.name)
