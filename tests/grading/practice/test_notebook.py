import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from keras import ops

from course_lib.grading import UnknownExercise, check, failing_case, find_exercise, hint, solution
from course_lib.grading.judging.exercise import load_exercises
from course_lib.grading.judging.judge import draw_cases, right_values
from course_lib.grading.practice import asking
from course_lib.grading.practice.failing_case import case_as_python
from course_lib.grading.practice.notebook import Interrupted
from course_lib.grading.practice.solution_code import solution_source
from course_lib.grading.sandbox.limits import Limits
from course_lib.grading.worker.values import same_tree

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


def endless(scores, mask):
    steps = 0
    while True:
        steps += 1


def asleep(scores, mask):
    time.sleep(1000)


def stubborn(scores, mask):
    try:
        endless(scores, mask)
    except BaseException:
        return masked_softmax(scores, mask)


for function in (endless, asleep, stubborn):
    function.__name__ = "masked_softmax"


@pytest.fixture
def hurried(monkeypatch):
    """A second and a half for an answer."""
    monkeypatch.setattr(asking, "Limits", lambda: Limits(seconds=1.5))


@pytest.mark.parametrize("answer", [endless, asleep, stubborn])
def test_an_answer_without_end_gets_the_verdict_of_the_terminal(answer, hurried):
    before = signal.getsignal(signal.SIGALRM)
    began = time.monotonic()
    verdict = check(answer)
    assert time.monotonic() - began < 6
    assert verdict.diagnosis == "time_out" and "no end after 1.5 seconds." in verdict.message
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert check(masked_softmax).passed


@pytest.mark.parametrize("answer", [endless, stubborn])
def test_off_the_main_thread_too(answer, hurried):
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.extend([check(answer), check(masked_softmax)]))
    thread.start()
    thread.join(20)
    assert [verdict.diagnosis for verdict in verdicts] == ["time_out", None]


def test_where_there_is_no_such_signal_too(hurried, monkeypatch):
    monkeypatch.delattr(signal, "setitimer")  # as on Windows
    assert check(endless).diagnosis == "time_out"
    time.sleep(1.2)  # nothing may arrive later
    assert check(masked_softmax).passed


def test_what_was_answered_in_time_is_told(hurried):
    calls = []

    def slower(scores, mask):
        calls.append(None)
        return endless(scores, mask) if len(calls) > 2 else masked_softmax(scores, mask)

    slower.__name__ = "masked_softmax"
    assert "It had answered 2 of " in check(slower).message


def test_an_interrupt_by_hand_is_one_line():
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(Interrupted) as error:
        check(endless)
    (line,) = error.value._render_traceback_()
    assert line == "masked_softmax: interrupted, so there is no verdict."
    assert error.value.__suppress_context__


def test_the_failing_case_is_at_hand_whole():
    with pytest.raises(LookupError, match="No check of masked_softmax has shown"):
        failing_case(masked_softmax)
    verdict = check(wrong)
    case = failing_case("masked_softmax")
    assert (case.seed, case.index) == (verdict.seed, verdict.example.index)
    assert not np.allclose(wrong(**case), case.expected, atol=1e-4)
    np.testing.assert_allclose(masked_softmax(**case), case.expected, atol=1e-5)
    assert "scores: shape" in repr(case) and f"seed {verdict.seed}" in repr(case)
    assert check(masked_softmax).passed
    assert failing_case("masked_softmax").seed == verdict.seed


def test_an_answer_that_raises_raises_on_its_failing_case():
    def masked_softmax(scores, mask):
        if scores.shape[0] > 1:
            raise ValueError("one sentence only")
        return wrong(scores, mask)

    assert check(masked_softmax).diagnosis == "raised"
    with pytest.raises(ValueError, match="one sentence only"):
        masked_softmax(**failing_case("masked_softmax"))


@pytest.mark.parametrize("name", load_exercises())
def test_a_case_as_python_is_the_case(name):
    for index in range(2):
        case, values = draw_cases(name, 5)[index], {}
        exec(case_as_python(name, 5, index), values)
        assert same_tree({key: values[key] for key in case}, case)
        assert same_tree(values["expected"], right_values(name, [case])[0])


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


def test_a_wrong_answer_is_described_and_prints_no_more_for_it(capsys):
    calls = []

    def masked_softmax(scores, mask):
        calls.append(None)
        print("a call")
        return scores

    verdict = check(masked_softmax, seed=3)
    assert verdict.diagnosis == "described_mistake"
    assert "what you return is `scores`, unchanged" in verdict.message.lower()
    num_cases = len(draw_cases("masked_softmax", 3))
    assert len(calls) > num_cases, "it was asked again"
    assert capsys.readouterr().out.count("a call") == num_cases
