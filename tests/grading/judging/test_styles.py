"""A right answer passes in whatever container and library its reader has written it."""

import numpy as np
import pytest
from support.remembered import remember_check

from course_lib.grading.judging.exercise import load_exercises
from course_lib.grading.judging.judge import draw_cases, judge, load_verdict_module
from course_lib.grading.worker.probe import run_call
from course_lib.grading.worker.values import map_arrays


def _tensorflow(array):
    import tensorflow

    return tensorflow.constant(array)


def _jax(array):
    import jax.numpy

    return jax.numpy.asarray(array)


def _listed(tree):
    """Lists where tuples stood."""
    if isinstance(tree, list | tuple):
        return [_listed(item) for item in tree]
    return tree


def _tupled(tree):
    """Tuples where lists stood."""
    if isinstance(tree, list | tuple):
        return tuple(_tupled(item) for item in tree)
    return tree


def _rows(array):
    """A list of rows where an array stood."""
    return list(array) if array.ndim else array


STYLES = {
    "NumPy": lambda tree: tree,
    "TensorFlow": lambda tree: map_arrays(_tensorflow, tree),
    "JAX": lambda tree: map_arrays(_jax, tree),
    "Python numbers": lambda tree: map_arrays(np.ndarray.tolist, tree),
    "a list of rows": lambda tree: map_arrays(_rows, tree),
    "lists of TensorFlow": lambda tree: _listed(map_arrays(_tensorflow, tree)),
    "lists of JAX": lambda tree: _listed(map_arrays(_jax, tree)),
    "lists of NumPy": _listed,
    "lists of Python numbers": lambda tree: _listed(map_arrays(np.ndarray.tolist, tree)),
    "tuples of NumPy": _tupled,
}


def _as_written(array):
    return np.asarray(array, {"f": "float32", "i": "int32", "b": "bool"}[array.dtype.kind])


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", load_exercises())
def test_a_right_answer_passes_in_every_style(name, style, monkeypatch):
    remember_check(name, monkeypatch)
    module = load_verdict_module(name)
    results = []
    for case in draw_cases(name, 5):
        exact = map_arrays(lambda array: array.astype("float64") if array.dtype.kind == "f" else array, case)
        value = module.reference(**exact)
        value = np.asarray(value) if isinstance(value, np.generic | float) else value
        results.append(run_call(lambda value=value: STYLES[style](map_arrays(_as_written, value)), {}))
    verdict = judge(load_exercises()[name], 5, results)
    assert verdict.passed, verdict
