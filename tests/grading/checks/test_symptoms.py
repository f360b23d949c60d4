"""A symptom speaks of one mistake: it does not hold for whatever else may be wrong under its condition."""

import numpy as np
import pytest

from course_lib.grading.judging.diagnose import TOLERANCE, compare
from course_lib.grading.judging.exercise import load_exercises
from course_lib.grading.judging.judge import draw_cases, load_verdict_module
from course_lib.grading.worker.probe import to_numpy
from course_lib.grading.worker.values import Failure, map_arrays

SYMPTOMS = [
    (name, mistake_id)
    for name in load_exercises()
    for mistake_id in getattr(load_verdict_module(name), "SYMPTOMS", {})
]


def _one_entry(change):
    def changed(array):
        flat = array.astype("float64").ravel()
        flat[-1:] = change(flat[-1:])
        return flat.reshape(array.shape)

    return changed


def _random(array):
    noise = np.random.default_rng(97).normal(0, 1, array.shape)
    return noise < 0 if array.dtype.kind == "b" else noise


NUMBERS = {
    "times two": lambda array: array * 2,
    "half": lambda array: array / 2,
    "negated": lambda array: -array,
    "squared": lambda array: array * array,
    "plus one": lambda array: array + 1,
    "minus three": lambda array: array - 3,
    "one entry plus one": _one_entry(lambda number: number + 1),
    "NaN in one place": _one_entry(lambda number: np.nan * number),
    "all NaN": lambda array: np.full(array.shape, np.nan),
    "infinite": lambda array: np.full(array.shape, np.inf),
}
BOOLEANS = {
    "inverted": np.logical_not,
    "one entry inverted": lambda array: _one_entry(lambda number: 1 - number)(array).astype(bool),
    "as integers": lambda array: array.astype("int32"),
}
ANY = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "random": _random,
    "rolled": lambda array: np.roll(array, 1, axis=-1) if array.ndim else array,
    "reversed": lambda array: array[..., ::-1] if array.ndim else array,
    "transposed": lambda array: array.swapaxes(-1, -2) if array.ndim > 1 else array,
    "one axis more": lambda array: array[None],
    "flat": lambda array: np.append(array, array),
    "one number": lambda array: np.asarray(array.mean() > 0.5 if array.dtype.kind == "b" else array.mean()),
    "empty": lambda array: np.zeros(0, array.dtype),
}
OTHERS = {
    "nothing": None,
    "a word": "softmax",
    "an empty dict": {},
    "raised": Failure("raised", "ValueError: shapes do not match"),
    "argument changed": Failure("mutated_input", "scores"),
}


def damages(value):
    """Wrong values made of a right one, by what was done to it."""
    kinds = {array.dtype.kind for array in _arrays(value)}
    changes = ANY | (BOOLEANS if kinds == {"b"} else NUMBERS)
    changed = {words: map_arrays(change, value) for words, change in changes.items()}
    return {
        words: result
        for words, result in (changed | OTHERS).items()
        if compare(result, value, TOLERANCE) is not None
    }


def _arrays(value):
    found = []
    map_arrays(found.append, value)
    return found


def _as_float64(array):
    return array.astype("float64") if array.dtype.kind == "f" else array


def _holds(symptom, *observation):
    try:
        return bool(symptom(*observation))
    except Exception:  # as in a verdict: a symptom that cannot read a value does not hold for it
        return False


@pytest.mark.parametrize(("name", "mistake_id"), SYMPTOMS)
def test_a_symptom_looks_at_what_was_received(name, mistake_id):
    module = load_verdict_module(name)
    symptom = module.SYMPTOMS[mistake_id]
    for seed in range(3):
        for number, case in enumerate(draw_cases(name, seed)):
            case = map_arrays(_as_float64, case)
            expected = to_numpy(module.reference(**map_arrays(np.copy, case)))
            received = damages(expected)
            assert len(received) >= 14
            held = [words for words, value in received.items() if _holds(symptom, case, value, expected)]
            assert len(received) - len(held) >= 10, (
                f"Case {number} of seed {seed}: {mistake_id!r} is said of results that are {', '.join(held)}."
            )
