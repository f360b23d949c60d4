"""What answers may return: every form that holds the right numbers passes, everything else is told apart."""

import json
import re
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from attacks import Attack, attack_cell, build_sheet, honest_answer
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib.grading.classroom.grade_one import grade_one
from course_lib.grading.classroom.record import ExerciseMark, Record
from course_lib.grading.commands.grade_one import read_submission
from course_lib.grading.judging.exercise import load_exercises, load_sheets
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.sandbox.isolation import strongest
from course_lib.grading.worker.frames import FrameBuffer
from course_lib.grading.worker.messages import decode

SOLUTIONS = Path(__file__).parents[3] / "solutions"
EXERCISES = load_exercises()
RECORD_LIMIT = 100_000  # characters
PASSED = ["passed"]
WRONG = ["wrong"]
WRONG_TYPE = ["wrong_type"]
REFUSED = ["wrong_type", "wrong_shape", "stopped", "raised", "too_much_memory"]

# `value` is the right answer, a tensor of real numbers with axes; what the line makes of it is returned.
ARRAYS = {
    "NumPy": ("value = np.asarray(value)", PASSED),
    "NumPy in double precision": ("value = np.asarray(value, 'float64')", PASSED),
    "NumPy of the other byte order": ("value = np.asarray(value).astype('>f4')", PASSED),
    "NumPy in Fortran's order": ("value = np.asfortranarray(np.asarray(value))", PASSED),
    "nested lists": ("value = np.asarray(value).tolist()", PASSED),
    "list of tensors": ("value = list(value)", PASSED),
    "Keras variable": ("value = keras.Variable(value)", PASSED),
    "TensorFlow variable": ("value = tf.Variable(value)", PASSED),
    "tensor in double precision": ("value = tf.cast(value, 'float64')", PASSED),
    "compiled function": ("value = tf.function(honest)(*args, **kwargs)", PASSED),
    "object that becomes an array": ("value = Lazy(value)", PASSED),
    "array of a class of its own": ("value = np.asarray(value).view(type('A', (np.ndarray,), {}))", PASSED),
    "tuple of tensors": ("value = tuple(value)", ["passed", "wrong_type"]),
    "half precision": ("value = tf.cast(value, 'bfloat16')", WRONG),
    "NaN": ("value = value * np.nan", ["not_finite", "wrong"]),
    "infinity": ("value = value * 0 + np.inf", ["not_finite", "wrong"]),
    "one NaN": ("value = np.array(value); value.flat[0] = np.nan", ["not_finite", "wrong"]),
    "integers": ("value = ops.cast(value * 1000, 'int32')", WRONG),
    "booleans": ("value = value > 0", ["wrong_type", "wrong"]),
    "complex numbers": ("value = ops.cast(value, 'complex64')", WRONG_TYPE),
    "one axis more": ("value = value[None]", ["wrong_shape"]),
    "broadcasts to the right shape": ("value = np.asarray(value)[..., :1]", ["wrong_shape"]),
    "no entry": ("value = np.asarray(value)[:0]", ["wrong_shape"]),
    "a thousand copies": ("value = np.stack([value] * 1000)", ["wrong_shape"]),
    "sixty axes": ("value = np.zeros((1,) * 60)", ["wrong_shape"]),
    "ragged lists": ("value = [[1.0, 2.0], [3.0]]", ["wrong_shape", "wrong_type"]),
    "ragged tensor": ("value = tf.ragged.constant([[1.0, 2.0], [3.0]])", ["wrong_type", "wrong_shape"]),
    "sparse tensor": ("value = tf.sparse.from_dense(np.asarray(value))", ["passed"]),
    "symbolic tensor": ("value = keras.KerasTensor(value.shape)", WRONG_TYPE),
    "graph tensor": ("value = graph_tensor()", WRONG_TYPE),
    "strings in a tensor": ("value = tf.constant(['a', 'b'])", WRONG_TYPE),
    "array of strings": ("value = np.asarray(value).astype(str)", WRONG_TYPE),
    "array of objects": ("value = np.asarray(value).astype(object)", WRONG_TYPE),
    "array of records": ("value = np.zeros(3, [('a', 'f4')])", WRONG_TYPE),
    "array of dates": ("value = np.zeros(3, 'datetime64[s]')", WRONG_TYPE),
    "dataset": ("value = tf.data.Dataset.from_tensors(value)", WRONG_TYPE),
    "generator": ("value = (row for row in value)", WRONG_TYPE),
    "coroutine": ("value = coroutine(value)", WRONG_TYPE),
    "function": ("value = lambda: value", WRONG_TYPE),
    "module": ("value = np", WRONG_TYPE),
    "class": ("value = np.ndarray", WRONG_TYPE),
    "bytes": ("value = np.asarray(value).tobytes()", WRONG_TYPE),
    "None": ("value = None", ["returned_none"]),
    "NotImplemented": ("value = NotImplemented", WRONG_TYPE),
    "string": ("value = str(np.asarray(value))", WRONG_TYPE),
    "dictionary": ("value = {'value': value}", WRONG_TYPE),
    "keys that are NaN": ("value = {float('nan'): 1.0, np.float32('nan'): 2.0}", WRONG_TYPE),
    "set of numbers": ("value = {1.0, 2.0}", WRONG_TYPE),
    "lone surrogate": ("value = '\\ud800'", WRONG_TYPE),
    "huge integer": ("value = 10 ** 10**5", WRONG_TYPE),
    "huge string": ("value = 'x' * 10**6", REFUSED),
    "strings that would fill memory as an array": ("value = ['x' * 10**6] + [''] * 10**5", REFUSED),
    "deep list": ("value = nest(10**5)", REFUSED),
    "list that holds itself": ("value = []; value.append(value)", REFUSED),
    "a hundred thousand lists": ("value = [[] for _ in range(10**5)]", REFUSED),
    "a hundred thousand numbers in lists": ("value = [[0.0] * 300] * 300", ["wrong_shape"]),
    "256 MB": ("value = np.zeros(2**26, 'float32')", ["too_much_memory", "wrong_shape"]),
    "large by broadcasting": ("value = np.broadcast_to(np.float32(0), (2**40,))", REFUSED),
    "JAX": ("import jax; value = jax.numpy.asarray(np.asarray(value))", PASSED),
    "PyTorch": (
        "import torch; value = torch.tensor(np.asarray(value), requires_grad=True)",
        ["passed", "raised"],
    ),
}
# Likewise, for an exercise whose answer is one number.
NUMBERS = {
    "token_perplexity": ("value = float(value)", PASSED),
    "token_cross_entropy": ("value = np.float64(value)", PASSED),
    "alignment_error_rate": ("value = tf.constant(value)", PASSED),
}
SOURCE = """
import keras
import numpy as np
import tensorflow as tf
from keras import ops


class Lazy:
    def __init__(self, value):
        self.value = value
        self.shape, self.dtype = value.shape, value.dtype

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.value)


def graph_tensor():
    with tf.Graph().as_default():
        return tf.constant([1.0, 2.0])


async def coroutine(value):
    return value


def nest(depth):
    value = 0.0
    for _ in range(depth):
        value = [value]
    return value


def attack(honest, *args, **kwargs):
    value = honest(*args, **kwargs)
    LINE
    return value
"""
PLACES = [
    "bigram_counts",
    "continuation_probability",
    "kneser_ney_bigram",
    "negative_sampling_loss",
    "elman_step",
    "last_state",
    "gru_step",
    "length_normalised_scores",
    "masked_softmax",
    "dot_score",
    "multiplicative_score",
    "additive_score",
    "attention_context",
    "attention_step",
    "local_weights",
]
NUM_PACKS = -(-len(ARRAYS) // len(PLACES))
PACKS = [dict(zip(PLACES, list(ARRAYS)[number::NUM_PACKS], strict=False)) for number in range(NUM_PACKS)]
FOUND = {name: (number, place) for number, pack in enumerate(PACKS) for place, name in pack.items()}


def judge_lines(folder, lines, sandbox):
    """Judges exercises that return what a line makes of the right value."""
    folder.mkdir()
    sheets = []
    for sheet in load_sheets():
        exercises = tuple(exercise for exercise in sheet.exercises if exercise.name in lines)
        sheets += [replace(sheet, exercises=exercises)] if exercises else []
        solution = (SOLUTIONS / f"{sheet.name}.py").read_text(encoding="utf-8")
        cells = {
            exercise.name: attack_cell(
                Attack("", "", SOURCE.replace("LINE", lines[exercise.name]), "", ()),
                exercise.name,
                honest_answer(solution, exercise.name),
            )
            for exercise in exercises
        }
        (folder / f"{sheet.name}.py").write_text(build_sheet(solution, cells), encoding="utf-8")
    return grade_one(read_submission(folder, "ada"), sheets, 5, sandbox)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("values")
    packs = [{place: ARRAYS[name][0] for place, name in pack.items()} for pack in PACKS]
    packs[0] |= {place: line for place, (line, _) in NUMBERS.items()}
    with Sandbox(Limits(memory_bytes=2 * 2**30), strongest()[0]) as sandbox:
        return [judge_lines(folder / str(number), lines, sandbox) for number, lines in enumerate(packs)]


def said(record, exercise):
    assert record.status == "marked", record.problem
    verdict = next(mark.verdict for mark in record.exercises if mark.verdict.exercise == exercise)
    is_wrong = verdict.diagnosis in ("described_mistake", "unknown_mistake", *EXERCISES[exercise].mistakes)
    return "passed" if verdict.passed else "wrong" if is_wrong else verdict.diagnosis, str(verdict)[:1000]


@pytest.mark.parametrize("name", ARRAYS)
def test_what_stands_in_for_an_array(records, name):
    number, exercise = FOUND[name]
    word, verdict = said(records[number], exercise)
    assert word in ARRAYS[name][1], verdict


@pytest.mark.parametrize("exercise", NUMBERS)
def test_what_stands_in_for_a_number(records, exercise):
    word, verdict = said(records[0], exercise)
    assert word in NUMBERS[exercise][1], verdict


def test_records_stay_small_and_can_be_written(records):
    for record in records:
        text = record.to_json()
        assert len(text.encode("utf-8")) < RECORD_LIMIT
        assert Record.from_json(text) == record


def verdict_on(name, value):
    """The verdict on an answer that gives `value` in every case, after a look at whether it can be kept."""
    verdict = judge(EXERCISES[name], 1, [value] * len(draw_cases(name, 1)))
    text = Record("a", "a", "", (), 1, "", "marked", exercises=(ExerciseMark(verdict),)).to_json()
    assert len(text.encode("utf-8")) < RECORD_LIMIT
    return verdict


def message(skeleton, blob=b""):
    """Bytes as a worker sends them, from the text of a skeleton that need not be one."""
    head = skeleton.encode()
    return struct.pack("<I", len(head)) + head + blob


NOT_MESSAGES = {
    "shape of infinity": '{"array": "<f4", "shape": [Infinity]}',
    "shape of NaN": '{"array": "<f4", "shape": [NaN]}',
    "shape beyond any address": '{"array": "<f4", "shape": [99999999999999999999, 0]}',
    "shape of a string": '{"array": "<f4", "shape": "1x"}',
    "shape with a hundred axes": '{"array": "<f4", "shape": [' + ", ".join("1" * 100) + "]}",
    "no shape": '{"array": "<f4"}',
    "dtype of objects": '{"array": "|O", "shape": [1]}',
    "dtype of arrays": '{"array": "(2,3)<f4", "shape": [1]}',
    "dtype that is a list": '{"array": [["a", "<f4"]], "shape": [1]}',
    "failure of no kind": '{"failure": {"kind": "fine", "message": "", "line": 0, "source": ""}}',
    "failure at line infinity": '{"failure": {"kind": "raised", "message": "", "line": 1e999, "source": ""}}',
    "failure of a list": '{"failure": {"kind": ["raised"], "message": "", "line": 1, "source": ""}}',
    "failure without words": '{"failure": {"kind": "raised"}}',
    "plain list": '{"plain": [1]}',
    "integer too long to read": '{"plain": ' + "9" * 10**5 + "}",
    "set of lists": '{"set": [{"list": []}]}',
    "dict of three": '{"dict": [[{"plain": 1}, {"plain": 1}, {"plain": 1}]]}',
    "dict of dict": '{"dict": [[{"dict": []}, {"plain": 1}]]}',
    "nothing": "",
    "empty": "{}",
    "list": "[]",
    "null": "null",
    "deep": '{"list": [' * 10**4 + '{"plain": 0}' + "]}" * 10**4,
    "deep JSON": "[" * 10**6,
}


@pytest.mark.parametrize("name", NOT_MESSAGES)
def test_what_is_no_message_is_refused_in_one_way(name):
    data = message(NOT_MESSAGES[name], bytes(1000))
    with pytest.raises(ValueError):
        decode(data)
    with pytest.raises(ValueError):
        list(FrameBuffer().feed(struct.pack("<Q", len(data)) + data))


keys = st.sampled_from(
    ["list", "tuple", "set", "frozenset", "dict", "plain", "array", "failure", "shape", "x"]
)
skeletons = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["<f4", "<i8", "|b1", "<c8", "raised", "stopped", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(keys, inner, min_size=1, max_size=2)
        | st.fixed_dictionaries({"list": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"plain": inner})
        | st.fixed_dictionaries({"array": inner, "shape": st.lists(inner, max_size=2)})
        | st.fixed_dictionaries(
            {"failure": st.fixed_dictionaries(dict.fromkeys(("kind", "message", "line", "source"), inner))}
        )
    ),
    max_leaves=12,
)


@given(skeletons, st.sampled_from(["masked_softmax", "beam_step", "alignment_error_rate"]))
@settings(max_examples=300, deadline=None)
def test_a_forged_message_is_refused_or_judged(skeleton, name):
    try:
        value = decode(message(json.dumps(skeleton), bytes(64)))
    except ValueError:
        return
    verdict_on(name, value)


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | hnp.arrays(
        st.sampled_from(["float32", "float64", "int64", "uint64", "bool", "complex128", "float16"]),
        hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
    )
)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.tuples(inner, inner, inner)
        | st.dictionaries(st.text(max_size=2) | st.integers() | st.floats(), inner, max_size=2)
        | st.sets(st.integers() | st.tuples(st.integers(), st.integers()), max_size=2)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("name", EXERCISES)
@given(value=trees)
@settings(max_examples=25, deadline=None)
def test_every_value_gets_a_verdict(name, value):
    """No value that a worker may send brings the judge of an exercise down, or passes one by chance."""
    assert not verdict_on(name, value).passed


LARGE = {
    "one long row": np.zeros(2**22, "float32"),
    "one long column": np.zeros((2**22, 1), "float32"),
    "square": np.zeros((2048, 2048), "float32"),
    "many lists": [[]] * 10**5,
    "many strings": ["x" * 10**6] + [""] * 10**5,
    "many keys": dict.fromkeys(range(10**5), 0.0),
    "one long key": {"x" * 10**6: 0.0},
    "one long string": "x" * 2 * 10**6,
    "large integers": [10**400] * 1000,
    "nested arrays": [[np.zeros(1)] * 100] * 100,
    "many pairs": [{(number, number) for number in range(10**5)}],
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("value", LARGE.values(), ids=LARGE)
@pytest.mark.parametrize("name", ["masked_softmax", "token_perplexity", "beam_step", "alignment_error_rate"])
def test_a_large_value_is_refused_without_much_ado(name, value):
    assert not verdict_on(name, value).passed


def test_the_code_that_was_judged_is_kept(records):
    for record in records:
        for mark in record.exercises:
            assert re.match(rf"(def|class) {mark.verdict.exercise}\b", mark.code)
