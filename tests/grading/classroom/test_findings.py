"""Which uses are found, where, and that a finding is only ever a finding."""

import json
import os
from pathlib import Path

import keras
import pytest

from course_lib.grading.classroom.findings import FINDING_LIMIT, load_rules, read_findings, watched_names
from course_lib.grading.classroom.record import Record
from course_lib.grading.judging.exercise import find_exercise, load_exercises, load_sheets, parse_sheet
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.worker.answers import read_statements
from course_lib.grading.worker.source_uses import find_uses

ROOT = Path(__file__).parents[3]
EXERCISE = find_exercise("attention_context")
ATTENTION = "keras.layers.MultiHeadAttention"


def in_source(text, exercise=EXERCISE, filename="sheet.py"):
    """Findings of the syntax alone, as (rule, name, place)."""
    uses = find_uses(read_statements(text, filename)[0], exercise.name, watched_names(exercise))
    findings = read_findings(uses, exercise, text, filename)
    assert len(findings) == len(uses)
    return [(finding.rule, name, finding.place) for finding, (name, _, _) in zip(findings, uses, strict=True)]


def answer(body, before=""):
    return f"{before}\ndef attention_context(scores, value, padding_mask):\n    {body}\n"


FINISHED = {
    "from import": ("from keras.layers import MultiHeadAttention", "MultiHeadAttention(2, 3)"),
    "alias": ("from keras.layers import MultiHeadAttention as M", "M(2, 3)"),
    "module": ("import keras", "keras.layers.MultiHeadAttention(2, 3)"),
    "module alias": ("import keras.layers as L", "L.MultiHeadAttention(2, 3)"),
    "submodule": ("from keras import layers", "layers.MultiHeadAttention(2, 3)"),
    "tensorflow": ("import tensorflow as tf", "tf.keras.layers.MultiHeadAttention(2, 3)"),
    "inner path": (
        "from keras.src.layers.attention.multi_head_attention import MultiHeadAttention as M",
        "M(2, 3)",
    ),
    "star": ("from keras.layers import *", "MultiHeadAttention(2, 3)"),
    "method": ("from keras import layers", "layers.MultiHeadAttention.from_config({})"),
    "getattr": ("from keras import layers", 'getattr(layers, "MultiHeadAttention")(2, 3)'),
    "getattr alias": ("from keras import layers; g = getattr", 'g(layers, "MultiHeadAttention")(2, 3)'),
    "import_module": (
        "from importlib import import_module as i",
        'i("keras.layers").MultiHeadAttention(2, 3)',
    ),
    "__import__": ("", '__import__("keras.layers").layers.MultiHeadAttention(2, 3)'),
    "walrus": ("from keras import layers", "(m := layers) and m.MultiHeadAttention(2, 3)"),
    "lambda": ("from keras import layers", "(lambda: layers.MultiHeadAttention(2, 3))()"),
    "comprehension": ("from keras import layers", "[layers.MultiHeadAttention(2, 3) for _ in scores]"),
    "fallback": (
        "try: from keras.layers import MultiHeadAttention as M\nexcept ImportError: M = None\n",
        "M(2, 3)",
    ),
}


@pytest.mark.parametrize("name", FINISHED)
def test_a_disallowed_call_is_found_under_any_alias(name):
    before, body = FINISHED[name]
    line = before.count("\n") + 3
    assert in_source(answer(f"return {body}", before)) == [("disallowed_call", ATTENTION, f"line {line}")]


def test_every_place_is_found_and_an_alias_is_followed():
    text = """
import keras.ops as K
attend = K.dot_product_attention

class Helper:
    def run(self, value):
        return attend(value, value, value)

def attention_context(scores, value, padding_mask):
    def inner():
        import keras
        return (
            keras
            .layers.Attention
        )
    return Helper().run(value), inner()
"""
    ops, layer = "keras.ops.dot_product_attention", "keras.layers.Attention"
    assert [use[1:] for use in in_source(text)] == [(ops, "line 3"), (ops, "line 7"), (layer, "line 14")]


def test_an_import_that_is_the_answer_is_found():
    text = "from keras.ops import dot_product_attention as dot_score\n"
    exercise = find_exercise("dot_score")
    assert in_source(text, exercise) == [("disallowed_call", "keras.ops.dot_product_attention", "line 1")]
    text = "import keras\ndot_score = keras.ops.dot_product_attention\n"
    assert in_source(text, exercise) == [("disallowed_call", "keras.ops.dot_product_attention", "line 2")]


OTHERS = {
    "course_library": {
        "course_lib": ("from course_lib.layers.masks import masked_softmax", "masked_softmax(scores)"),
        "course_lib ": ("", '__import__("course_lib").layers'),
        "course_lib  ": ("from course_lib.grading import check, hint, solution", "solution('dot_score')"),
    },
    "reaches_outside": {
        "builtins.open": ("", "open('/etc/passwd').read()"),
        "os": ("import os as o", "o.popen('id')"),
        "subprocess": ("from subprocess import run", "run(['id'])"),
        "socket": ("import socket", "socket.socket()"),
        "ctypes": ("import ctypes", "ctypes.string_at(0)"),
        "numpy.load": ("import numpy as np", "np.load('x.npy')"),
        "os ": ("import os", 'getattr(os, "sys" + "tem")("id")'),
    },
    "looks_inside": {
        "sys.modules": ("import sys", "sys.modules['keras']"),
        "gc": ("import gc", "gc.get_objects()"),
        "inspect": ("from inspect import stack", "stack()"),
        "sys._getframe": ("import sys", "sys._getframe(1)"),
        "importlib": ("import importlib", "importlib.import_module('ker' + 'as')"),
        "builtins.exec": ("", "exec('x = 1')"),
        "builtins.eval": ("import builtins", "builtins.eval('1')"),
        ".__globals__": ("", "attention_context.__globals__"),
        ".__code__": ("", "getattr(attention_context, '__code__')"),
    },
}


@pytest.mark.parametrize("rule, name", [(rule, name) for rule in OTHERS for name in OTHERS[rule]])
def test_the_other_rules(rule, name):
    before, body = OTHERS[rule][name]
    assert in_source(answer(f"return {body}", before)) == [(rule, name.strip(), "line 3")]


@pytest.mark.parametrize(
    "text",
    [
        "from keras.layers import Dense, MultiHeadAttention\n" + answer("return Dense(3)(value)"),
        "from course_lib.grading import check, hint, solution\n" + answer("return value"),
        "import os\nos.environ['KERAS_BACKEND'] = 'jax'\n" + answer("return value"),
        "from keras.layers import Attention\nclass Attention: pass\n" + answer("return Attention()"),
        "from keras import layers\nlayer = layers.Attention()\n" + answer("return value"),
        "def open(x): return x\n" + answer("return open(value)"),
        "def solution(x): return x\n" + answer("return solution(value)"),
        answer("eval = value; return eval(3)"),
        answer('return "keras.layers.MultiHeadAttention"'),
        answer("return value.Attention"),
    ],
)
def test_what_is_not_used_is_not_found(text):
    assert in_source(text) == []


@pytest.mark.parametrize("path", sorted((ROOT / "solutions").glob("*.py")), ids=lambda path: path.stem)
def test_no_solution_gives_a_finding(path):
    text = path.read_text(encoding="utf-8")
    sheet = next(sheet for sheet in load_sheets() if sheet.name == path.stem)
    for exercise in sheet.exercises:
        assert in_source(text, exercise) == []


@pytest.mark.parametrize("name", load_exercises())
def test_no_mutant_gives_a_finding(name):
    text = (ROOT / "tests" / "mutants" / find_exercise(name).sheet / f"{name}.py").read_text(encoding="utf-8")
    statements, _ = read_statements(text, "mutants.py")
    mutants = [variable for statement in statements for variable in statement.binds]
    assert len(mutants) >= 6
    for mutant in mutants:
        assert find_uses(statements, mutant, watched_names(find_exercise(name))) == []


def test_places_in_a_notebook_are_cell_and_line():
    sources = ["from keras import layers\n", answer("return layers.Attention()")]
    cells = [{"cell_type": "markdown", "source": ["text"]}]
    cells += [{"cell_type": "code", "source": source.splitlines(True)} for source in sources]
    text = json.dumps({"cells": cells})
    uses = find_uses(read_statements(text, "a.ipynb")[0], EXERCISE.name, watched_names(EXERCISE))
    (finding,) = read_findings(uses, EXERCISE, text, "a.ipynb")
    assert (finding.place, finding.source) == ("cell 3, line 3", "return layers.Attention()")
    assert finding.exercise == "attention_context" and "`keras.layers.Attention`" in finding.message


def test_code_nested_too_deeply_is_reported_as_such():
    text = answer("return " + "-" * 900 + "value")
    assert in_source(text)[0][:2] == ("nested_too_deeply", "...")


FORGED = [
    None,
    7,
    "x" * 10**6,
    [],
    ["keras.layers.GRU"],
    ["no.such.name", "", 1],
    ["keras.layers.Attention", "", "1"],
    ["keras.layers.Attention", "", True],
    ["keras.layers.Attention", "", -1],
    ["keras.layers.Attention", "", 10**30],
    ["keras.layers.Attention", "cell 99, ", 1],
    ["keras.layers.Attention", "<b>", 0],
    ["<script>alert(1)</script>", "", 1],
    ["keras.layers.GRU", "", 1],  # disallowed, but not where attention is asked for
    {"name": "keras.layers.Attention"},
    [["keras.layers.Attention"], "", 1],
]


@pytest.mark.parametrize("filename", ["sheet.py", "sheet.ipynb"])
def test_forged_uses_are_dropped(filename):
    assert read_findings(FORGED, EXERCISE, "x = 1\ny = 2\n", filename) == ()


def test_a_flood_of_forged_uses_is_cut_and_hides_none_in_the_source():
    text = answer("return keras.layers.Attention()", "import keras") + "\n" * 1000
    true = ["keras.layers.Attention", "", 3]
    flood = [["keras.layers.AdditiveAttention", "", line] for line in range(4, 1000)]
    findings = read_findings([true, *flood], EXERCISE, text, "sheet.py")
    assert len(findings) == FINDING_LIMIT and findings[0].place == "line 3"


def test_a_line_that_cannot_be_written_goes_into_a_record_all_the_same():
    source = (
        "import keras\ndef attention_context(a, b, c): return keras.layers.Attention()  # \ud800\u202e\x1b"
    )
    text = json.dumps({"cells": [{"cell_type": "code", "source": source}]})
    findings = read_findings([["keras.layers.Attention", "cell 1, ", 2]], EXERCISE, text, "a.ipynb")
    assert findings[0].source.endswith("# \ufffd\ufffd\ufffd")
    record = Record(
        "ada", "ada.py", "0" * 64, ("03_attention",), 7, "bubblewrap", "marked", findings=findings
    )
    assert Record.from_json(record.to_json().encode().decode()) == record


def test_every_disallowed_call_of_keras_exists():
    names = {name for exercise in load_exercises().values() for name in watched_names(exercise)}
    names = {name for name in names if name.split(".")[0] == "keras"}
    assert len(names) > 10
    for name in names:
        thing = keras
        for part in name.split(".")[1:]:
            thing = getattr(thing, part)
        assert callable(thing)


def test_no_name_is_under_two_rules():
    names = [name for _, names in load_rules().values() for name in names]
    assert len(names) == len(set(names))


def test_disallowed_calls_of_a_sheet_are_read_and_checked():
    text = (
        'title = "T"\n[[exercise]]\nname = "a"\npoints = 1\nminutes = 1\ndifficulty = 1\n'
        "prerequisites = []\nhints = []\ndisallowed_calls = {}\n[exercise.mistakes]\n"
    )
    assert parse_sheet("s", text.format('["keras.layers.GRU"]')).exercises[0].disallowed_calls == (
        "keras.layers.GRU",
    )
    with pytest.raises(ValueError, match="`disallowed_calls` must be a list"):
        parse_sheet("s", text.format('"keras.layers.GRU"'))


# What follows runs answers.

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")


@pytest.fixture(scope="module")
def sandbox():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "numpy")  # imported soonest
        with Sandbox(Limits(seconds=300.0)) as sandbox:
            yield sandbox


def run(sandbox, text, exercise=EXERCISE, is_watched=True):
    """Findings as (name in the message, place), and the verdict."""
    watched = watched_names(exercise) if is_watched else None
    cases = draw_cases(exercise.name, 5)
    result = sandbox.run(text, "sheet.py", exercise.name, cases, 5, watched)
    findings = read_findings(result.uses, exercise, text, "sheet.py")
    found = [(finding.message.split("`")[1], finding.place) for finding in findings]
    return found, judge(exercise, 5, result.results, result.notes)


RIGHT = """
    kept = ops.where(padding_mask[:, None, :], scores, -1e9)
    right = ops.matmul(ops.softmax(kept, axis=-1), value)
"""
START = "import keras\nfrom keras import layers, ops\n"
DYNAMIC = {
    "function": (
        "f = getattr(ops, 'dot_' + 'product_attention')\n"
        "    f(value[:, :, None], value[:, :, None], value[:, :, None])",
        [("keras.ops.dot_product_attention", "line 7")],
    ),
    "layer": (
        "m = vars(layers)['Multi' + 'HeadAttention'](2, 3)\n    m(value, value)",
        [(ATTENTION, "line 6"), (ATTENTION, "line 7")],
    ),
    "inner module": (
        "import keras.src.layers.attention as a\n    getattr(a.attention, 'Atten' + 'tion')()",
        [("keras.layers.Attention", "line 7")],
    ),
    "subclass": (
        "base = getattr(layers, 'Atten' + 'tion')\n"
        "    class Mine(base):\n"
        "        def __init__(self, **kwargs):\n"
        "            super().__init__(use_scale=True, **kwargs)\n"
        "    mine = Mine(name='mine')\n"
        "    assert isinstance(mine, base) and mine.use_scale and mine.name == 'mine'",
        [("keras.layers.Attention", "line 9")],
    ),
    "library": (
        "try:\n        __import__('course' + '_lib.layers')\n    except ImportError:\n        pass",
        [("course_lib", "line 7")],
    ),
}


@forks
@pytest.mark.parametrize("name", DYNAMIC)
def test_a_name_put_together_while_running_is_found_and_the_mark_stays(sandbox, name):
    body, expected = DYNAMIC[name]
    text = f"{START}def attention_context(scores, value, padding_mask):{RIGHT}    {body}\n    return right\n"
    found, verdict = run(sandbox, text)
    assert [use for use in found if use[0] != "__import__"] == expected
    assert verdict.passed
    assert run(sandbox, text, is_watched=False) == ([], verdict)


@forks
def test_source_and_run_give_one_finding(sandbox):
    text = f"{START}def attention_context(scores, value, padding_mask):{RIGHT}"
    text += "    layers.MultiHeadAttention(2, 3)\n    return right\n"
    found, verdict = run(sandbox, text)
    assert found == [(ATTENTION, "line 6")] and verdict.passed


@forks
def test_what_is_in_the_source_is_known_though_the_answer_ends_its_process(sandbox):
    text = (
        "import os, keras\nX = os._exit(3)\ndef attention_context(a, b, c): return keras.layers.Attention, X"
    )
    found, verdict = run(sandbox, text)
    assert found == [("os", "line 2"), ("keras.layers.Attention", "line 3")]
    assert verdict.diagnosis == "stopped"


@forks
def test_an_answer_without_a_line_of_its_own_is_found_without_a_place(sandbox):
    exercise = find_exercise("dot_score")
    text = "from keras import ops\ndot_score = vars(ops)['dot_product' + '_attention']\n"
    assert run(sandbox, text, exercise)[0] == [("keras.ops.dot_product_attention", "")]


@forks
@pytest.mark.parametrize("name", ["gru_step", "token_cross_entropy", "context_windows", "masked_softmax"])
def test_running_solutions_and_mutants_finds_nothing(sandbox, name):
    exercise = find_exercise(name)
    text = (ROOT / "solutions" / f"{exercise.sheet}.py").read_text(encoding="utf-8")
    found, verdict = run(sandbox, text, exercise)
    assert found == [] and verdict.passed
    text = (ROOT / "tests" / "mutants" / find_exercise(name).sheet / f"{name}.py").read_text(encoding="utf-8")
    found, verdict = run(sandbox, f"{text}\n{name} = {next(iter(exercise.mistakes))}\n", exercise)
    assert found == [] and verdict.diagnosis in exercise.mistakes


FORGER = """
import json, os, struct
def attention_context(scores, value, padding_mask):
    uses = {"dict": [[{"plain": "uses"}, %s]]}
    head = json.dumps(uses).encode()
    data = struct.pack("<I", len(head)) + head
    data = struct.pack("<Q", len(data)) + data
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, data)
        except OSError:
            pass
    raise NotImplementedError
"""


@forks
@pytest.mark.parametrize(
    "forged",
    [
        '{"plain": "uses"}',
        '{"list": [{"plain": 1}] * 10**5}',
        '{"list": [{"list": [{"plain": "<script>"}, {"plain": ""}, {"plain": 1}]}] * 1000}',
    ],
)
def test_a_forged_frame_costs_nothing(sandbox, forged):
    found, verdict = run(sandbox, FORGER % forged)
    assert {name for name, _ in found} == {"os"}
    assert verdict.points == 0


def test_without_forking_nothing_stays_replaced(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "numpy")
    text = f"{START}def attention_context(scores, value, padding_mask):{RIGHT}"
    with Sandbox(Limits(seconds=300.0), can_fork=False) as served:
        found, verdict = run(served, text + "    getattr(layers, 'Atten' + 'tion')()\n    return right\n")
        assert found == [("keras.layers.Attention", "line 6")] and verdict.passed
        text += "    assert not layers.Attention.__init__.__code__.co_filename.endswith('runtime_uses.py')\n"
        text += "    assert '__call__' not in vars(layers.Attention)\n    return right\n"
        assert run(served, text, is_watched=False)[1].passed
