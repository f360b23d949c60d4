"""What a learner's code may do to its process, and that the next exercise is judged all the same."""

import dataclasses
import json
import os
import textwrap
import time

import numpy as np
import psutil
import pytest

from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.sandbox import Limits, Sandbox

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
EXERCISE = find_exercise("masked_softmax")
RIGHT = """
from keras import ops
def masked_softmax(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)
"""


LIMITS = Limits(seconds=60.0, memory_bytes=2**29, output_bytes=2**19)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(LIMITS) as sandbox:
        sandbox.start()
        yield sandbox


@pytest.fixture
def numpy_backend(monkeypatch):
    """The backend that is imported soonest, for workers that are brought down on purpose."""
    monkeypatch.setenv("KERAS_BACKEND", "numpy")


@pytest.fixture
def mortal(numpy_backend):
    with Sandbox(LIMITS) as sandbox:
        yield sandbox


def answer_with(body, before=""):
    return f"{before}\ndef masked_softmax(scores, mask):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"


def verdict_on(sandbox, text, seed=0, seconds=None, filename="sheet.py"):
    limits = sandbox.limits
    if seconds:
        sandbox.limits = dataclasses.replace(limits, seconds=seconds)
    try:
        run = sandbox.run(text, filename, "masked_softmax", draw_cases("masked_softmax", seed))
    finally:
        sandbox.limits = limits
    return judge(EXERCISE, seed, run.results, run.notes)


HOSTILE = {
    "endless loop": ("while True: pass", "time_out", "no end after 1 seconds", 1),
    "endless sleep": ("import time; time.sleep(1000)", "time_out", "no end after 1 seconds", 1),
    "endless loop that catches all": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "time_out",
        "no end after 1 seconds",
        1,
    ),
    "signals ignored": (
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(1000)",
        "time_out",
        "no end after 1 seconds",
        1,
    ),
    "os._exit": ("import os; os._exit(0)", "stopped", "ended the program by itself (exit status 0)", None),
    "sys.exit": ("import sys; sys.exit(1)", "raised", "SystemExit: 1", None),
    "quit": ("raise BaseException('odd')", "raised", "BaseException: odd", None),
    "keyboard interrupt": ("raise KeyboardInterrupt", "raised", "KeyboardInterrupt", None),
    "generator exit": ("raise GeneratorExit", "raised", "GeneratorExit", None),
    "NumPy memory bomb": ("import numpy; return numpy.ones(2**30)", "too_much_memory", "more memory", None),
    "list memory bomb": (
        "kept = []\nwhile True: kept.append(bytearray(2**26))",
        "too_much_memory",
        "more memory",
        None,
    ),
    "backend memory bomb": (
        "from keras import ops; return ops.ones((2**16, 2**16))",
        "too_much_memory",
        "more memory",
        None,
    ),
    "100 MB of printing": (
        "for _ in range(10**6): print('x' * 100)",
        "too_much_output",
        "printed more than 0.5 MB",
        None,
    ),
    "100 MB to a descriptor": (
        "import os\nfor _ in range(100): os.write(2, b'x' * 2**20)",
        "too_much_output",
        "printed more than 0.5 MB",
        None,
    ),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", "stopped", "SIGSEGV", None),
    "abort": ("import os; os.abort()", "stopped", "SIGABRT", None),
    "kills itself": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "stopped", "SIGKILL", None),
    "recursion": ("return masked_softmax(scores, mask)", "raised", "RecursionError", None),
    "closes every file": (
        "import os; os.closerange(0, 4096); return scores",
        "stopped",
        "closed files",
        None,
    ),
    "giant file": (
        "with open('file', 'wb') as file:\n    for _ in range(100): file.write(bytes(2**20))",
        "raised",
        "File too large",
        None,
    ),
    "giant result": (
        "import numpy; return numpy.broadcast_to(numpy.float32(0), (2**29,)).copy()",
        "too_much_memory",
        "more memory",
        None,
    ),
    "large result": (
        "import numpy; return numpy.zeros(2**24)",
        "too_much_memory",
        "it returned 128 MB",
        None,
    ),
    "not attempted": ("raise NotImplementedError", "not_attempted", "blank", None),
    "returns a module": ("import os; return os", "wrong_type", "module", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_ends_in_a_clear_line_and_the_next_is_judged(sandbox, name):
    body, diagnosis, words, seconds = HOSTILE[name]
    started = time.monotonic()
    verdict = verdict_on(sandbox, answer_with(body), seconds=seconds)
    assert verdict.diagnosis == diagnosis, str(verdict)
    assert words in verdict.message
    assert verdict.points == 0
    if seconds:
        assert time.monotonic() - started < seconds + 8
    assert verdict_on(sandbox, RIGHT).passed


@pytest.mark.parametrize(
    "body, diagnosis",
    [
        ("import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(100)", "stopped"),
        ("import os, signal, time; os.kill(os.getppid(), signal.SIGSTOP); time.sleep(100)", "time_out"),
    ],
)
def test_bringing_down_the_worker_costs_a_restart(mortal, body, diagnosis):
    assert verdict_on(mortal, answer_with(body), seconds=3).diagnosis == diagnosis
    assert verdict_on(mortal, RIGHT).passed


def test_recursion_without_a_limit_ends(sandbox):
    body = "import sys; sys.setrecursionlimit(10**9); return masked_softmax(scores, mask)"
    verdict = verdict_on(sandbox, answer_with(body), seconds=2)
    assert verdict.diagnosis in ("stopped", "time_out", "too_much_memory")
    assert verdict_on(sandbox, RIGHT).passed


SHEETS = {
    "exception at the top": ("raise ValueError('top')\n" + RIGHT, None),
    "sys.exit at the top": ("import sys\nsys.exit(3)\n" + RIGHT, None),
    "os._exit at the top": ("import os\nos._exit(3)\n" + RIGHT, None),
    "endless loop at the top": ("while True: pass\n" + RIGHT, None),
    "needed import fails": ("import no_such_module\n" + answer_with("return no_such_module"), "raised"),
    "needed value ends the process": ("import os\nX = os._exit(3)\n" + answer_with("return X"), "stopped"),
    "syntax error": ("def masked_softmax(scores, mask):\n    return (\n", "sheet_failed"),
    "missing": ("x = 1\n", "not_found"),
    "wrong signature": ("def masked_softmax(scores):\n    return scores\n", "raised"),
    "patched comparison": (
        answer_with("import numpy; numpy.allclose = numpy.array_equal = lambda *a, **k: True; return scores"),
        "described_mistake",
    ),
    "patched judge": (
        answer_with("import course_lib.grading.judging.judge as j; j.judge = None; return scores * 0"),
        "described_mistake",
    ),
    "equals everything": (
        answer_with("return type('E', (), {'__eq__': lambda s, o: True, 'shape': (), 'dtype': 'float32'})()"),
        "wrong_type",
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_whole_sheets(sandbox, name):
    text, diagnosis = SHEETS[name]
    verdict = verdict_on(sandbox, text)
    assert verdict.diagnosis == diagnosis, str(verdict)


def notebook(source, output):
    cell = {"cell_type": "code", "source": source, "outputs": [{"data": {"image/png": output}}]}
    return json.dumps({"cells": [cell]})


LARGE = {
    "a notebook with a plot of 9 MB": (notebook(RIGHT, "A" * 9 * 2**20), "sheet.ipynb"),
    "2 MB of NULs in an output": (notebook(RIGHT, "\0" * 2 * 2**20), "sheet.ipynb"),
    "3 MB of accented letters": ("# " + "é" * 3 * 2**19 + RIGHT, "sheet.py"),
    "19 MB of comments": ("# naïve\n" * 2 * 2**20 + RIGHT, "sheet.py"),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_sheet_is_judged_like_a_small_one(sandbox, name):
    text, filename = LARGE[name]
    assert verdict_on(sandbox, text, filename=filename).passed


def test_nuls_in_a_script_are_no_python_and_told_so(sandbox):
    assert verdict_on(sandbox, "\0" * 2 * 2**20 + RIGHT).diagnosis == "sheet_failed"


def test_cases_answered_before_a_crash_count_as_answered(sandbox):
    body = "global calls\ncalls += 1\nif calls == 3: import os; os._exit(1)\nreturn scores"
    cases = draw_cases("masked_softmax", 0)
    run = sandbox.run(answer_with(body, "calls = 0"), "sheet.py", "masked_softmax", cases)
    kinds = [getattr(result, "kind", "array") for result in run.results]
    assert kinds == ["array"] * 2 + ["stopped"] * (len(cases) - 2)


def test_what_an_answer_prints_is_kept(sandbox):
    run = sandbox.run(
        answer_with("print('shape', scores.shape)\nreturn scores"),
        "sheet.py",
        "masked_softmax",
        draw_cases("masked_softmax", 0),
    )
    assert run.printed.startswith("shape (1, 2, 3)")


def test_nothing_is_left_alive(sandbox):
    body = """
        import os, time
        if os.fork() == 0:
            time.sleep(500)
        import subprocess
        subprocess.Popen(["sleep", "500"])
        return scores
    """
    started = time.monotonic()
    verdict_on(sandbox, answer_with(body))
    assert time.monotonic() - started < 10, "an orphan that holds the pipes must not be waited for"
    time.sleep(0.2)
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if child.name() == "sleep"]
    assert not [
        process for process in psutil.process_iter(["cmdline"]) if process.info["cmdline"] == ["sleep", "500"]
    ]


def test_nothing_is_written_into_the_folder_of_the_learner(sandbox, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    verdict_on(sandbox, answer_with("open('left.txt', 'w').write('x'); return scores"))
    assert list(tmp_path.glob("*.txt")) == []


def test_the_worker_never_runs_an_operation_itself(sandbox):
    if os.environ.get("KERAS_BACKEND", "tensorflow") != "tensorflow":
        pytest.skip("asks TensorFlow")
    text = """
from tensorflow.python.eager import context

def is_ready():
    return context._context is not None and context._context._initialized

READY_AT_FIRST = is_ready()

def masked_softmax(scores, mask):
    return [READY_AT_FIRST, is_ready()]
"""
    run = sandbox.run(text, "sheet.py", "masked_softmax", draw_cases("masked_softmax", 0)[:1])
    np.testing.assert_array_equal(run.results[0], [False, True])


def test_a_worker_that_cannot_start_is_no_fault_of_the_answer(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "no_such_backend")
    with Sandbox() as broken, pytest.raises(RuntimeError, match="did not start"):
        verdict_on(broken, RIGHT)
    assert broken._folder is None


@pytest.fixture
def served(numpy_backend):
    with Sandbox(LIMITS, can_fork=False) as sandbox:
        yield sandbox


def test_without_forking_an_answer_is_judged_too(served):
    assert verdict_on(served, RIGHT).passed
    assert verdict_on(served, answer_with("return scores + 1")).diagnosis == "described_mistake"
    assert verdict_on(served, RIGHT, filename="sheet.py").passed


@pytest.mark.parametrize("name", ["endless loop", "os._exit", "100 MB of printing", "list memory bomb"])
def test_without_forking_hostile_answers_end_too(served, name):
    body, diagnosis, _, seconds = HOSTILE[name]
    assert verdict_on(served, answer_with(body), seconds=seconds).diagnosis == diagnosis
    if name == "os._exit":
        assert verdict_on(served, RIGHT).passed


def test_closing_ends_the_worker(mortal):
    mortal.start()
    folder, pid = mortal._folder, mortal._worker._isolation._process.pid
    mortal.close()
    assert not folder.exists()
    assert not psutil.pid_exists(pid)
