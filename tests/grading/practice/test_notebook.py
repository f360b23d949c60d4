import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from keras import ops

from course_lib.grading import UnknownExercise, check, find_exercise, hint, solution
from course_lib.grading.practice.notebook import solution_source

ROOT = Path(__file__).parents[3]


def masked_softmax(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)


def wrong(scores, mask):
    return ops.softmax(ops.where(mask, scores, -1e9), axis=-2)


wrong.__name__ = "masked_softmax"


def test_check_passes_the_right_answer_and_names_the_mistake_of_a_wrong_one():
    assert check(masked_softmax).passed
    verdict = check(wrong)
    assert verdict.diagnosis == "wrong_axis"
    assert "over the queries" in str(verdict) and "over the queries" in verdict._repr_html_()
    assert repr(verdict) == str(verdict)


def test_inputs_are_fresh_and_a_seed_repeats_them():
    assert check(wrong).seed != check(wrong).seed
    assert check(wrong, seed=5) == check(wrong, seed=5)


def test_check_answers_quickly():
    check(masked_softmax)
    seconds = []
    for _ in range(9):
        start = time.perf_counter()
        check(masked_softmax)
        seconds.append(time.perf_counter() - start)
    assert statistics.median(seconds) < 0.3


def test_a_name_that_is_no_exercise_lists_those_near_it():
    def masked_sofmax(scores, mask):
        return scores

    with pytest.raises(UnknownExercise, match="masked_softmax"):
        check(masked_sofmax)


@pytest.mark.parametrize("value", [3, "masked_softmax", None, [1.0]])
def test_check_wants_the_function_itself(value):
    with pytest.raises(TypeError, match="the function or class itself"):
        check(value)


def test_a_wrong_signature_is_a_diagnosis_not_a_crash():
    def masked_softmax(scores):
        return scores

    verdict = check(masked_softmax)
    assert verdict.diagnosis == "raised" and "mask" in verdict.message


def test_hints_come_one_by_one():
    hints = find_exercise("masked_softmax").hints
    assert hints[0] in str(hint("masked_softmax"))
    assert hints[1] in str(hint(masked_softmax))
    assert "Hint 3 of 3" in hint("masked_softmax")._repr_html_()


def test_the_solution_opens_after_passing(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert "give_up=True" in str(solution("masked_softmax"))
    assert "def masked_softmax" in str(solution("masked_softmax", give_up=True))
    check(wrong)
    assert "def masked_softmax" not in str(solution("masked_softmax"))
    check(masked_softmax)
    check(wrong)
    shown = str(solution("masked_softmax"))
    assert "def masked_softmax" in shown and "SOLUTION" not in shown


def test_a_copy_without_solutions_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "not part of this copy" in str(solution("masked_softmax", give_up=True))


def test_the_solution_is_shown_without_markers():
    text = "class A:\n    def f(self):\n        # BEGIN SOLUTION\n        return 1\n        # END SOLUTION\n"
    assert solution_source(text, "A") == "class A:\n    def f(self):\n        return 1"


@pytest.mark.parametrize("backend", ["jax", "tensorflow"])
def test_the_same_check_runs_on_every_backend(backend, tmp_path):
    code = (
        "import runpy, sys; import keras; from course_lib.grading import check\n"
        f"assert keras.backend.backend() == {backend!r}\n"
        f"sys.path.insert(0, {str(ROOT / 'tests' / 'mutants' / '03_attention')!r})\n"
        "import masked_softmax as mutants\n"
        "for name in ('wrong_axis', 'empty_row_nan', 'overflow'):\n"
        "    mutant = getattr(mutants, name); mutant.__name__ = 'masked_softmax'\n"
        "    assert check(mutant, seed=0).diagnosis == name\n"
    )
    environment = {**os.environ, "KERAS_BACKEND": backend, "PYTHONPATH": str(ROOT), "JAX_PLATFORMS": "cpu"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=tmp_path)


def test_grading_is_imported_without_a_backend():
    code = "import sys, course_lib.grading; assert not {'tensorflow', 'jax', 'keras'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
