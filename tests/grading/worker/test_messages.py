"""Messages that somebody wrote to bring the reader down: each is refused, soon, and with little memory."""

import json
import struct
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.grading.worker.messages import (
    DIGIT_LIMIT,
    HASHED_LIMIT,
    OBJECT_LIMIT,
    SKELETON_LIMIT,
    TooLarge,
    decode,
    encode,
)

SECONDS = 1.0
MODULUS = 2**61 - 1  # the hash of an integer is its remainder by it


def message(head, arrays=b""):
    head = head.encode()
    return struct.pack("<I", len(head)) + head + arrays


def plain(values):
    return ", ".join(f'{{"plain": {value}}}' for value in values)


NESTED = '{"list": [' * 10**4 + '{"plain": 0}' + "]}" * 10**4
BOMBS = {
    "hundreds of extents": f'{{"array": "<f4", "shape": {[2**60] * 500}}}',
    "extents of many digits": f'{{"array": "<f4", "shape": {[10**900] * 4000}}}',
    "extents of none and of many": f'{{"array": "<f4", "shape": {[0] + [10**900] * 2000}}}',
    "integers that collide": f'{{"set": [{plain(number * MODULUS for number in range(1, 60_001))}]}}',
    "keys that collide": '{"dict": ['
    + ", ".join(f'[{{"plain": {number * MODULUS}}}, {{"plain": 0}}]' for number in range(1, 40_001))
    + "]}",
    "sets that collide, a thousand each": '{"list": ['
    + ", ".join([f'{{"set": [{plain(number * MODULUS for number in range(1, 1001))}]}}'] * 60)
    + "]}",
    "objects without number": '{"list": [' + ", ".join(['{"list": []}'] * 300_000) + "]}",
    "lists of no kind": "[" + "[]," * 10**6 + "[]]",
    "tables of no kind": '{"list": [' + "{}," * 10**6 + "{}]}",
    "digits without number": f'{{"plain": {"9" * 4000}}}',
    "deep": NESTED,
    "deeper than any stack": "[" * 10**6,
    "a long skeleton": json.dumps({"plain": "x" * SKELETON_LIMIT}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_soon(name):
    data, started = message(BOMBS[name], bytes(1000)), time.process_time()
    with pytest.raises(ValueError, match="Not a message of ours"):
        decode(data)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_little_memory(name):
    data = message(BOMBS[name], bytes(1000))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError):
            decode(data)
        assert tracemalloc.get_traced_memory()[1] < 300 * 2**20
    finally:
        tracemalloc.stop()


def test_the_worst_set_that_is_let_through_is_built_soon():
    worst, started = [number * MODULUS for number in range(1, HASHED_LIMIT + 1)], time.process_time()
    assert len(decode(message(f'{{"set": [{plain(worst)}]}}'))) == HASHED_LIMIT
    assert time.process_time() - started < SECONDS


NAMES = ["<f4", ",", "f4,i4", "(2,3)f4", "O", "V8", "M8[s]", "U3", "", " ", "f4\0", "\ud800", "<"]
NAMES += ["float32", ">f4", "=i8", "|b1", "<f16", "<c8", "f" * 1000, "[('a', 'f4')]", "{'names': ['a']}"]
fields = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(NAMES) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(fields, fields)
@settings(max_examples=400, deadline=None)
def test_whatever_stands_in_the_field_of_an_array_is_read_or_refused(name, shape):
    try:
        array = decode(message(json.dumps({"array": name, "shape": shape}), bytes(64)))
    except ValueError as error:
        assert "Not a message of ours" in str(error)
    else:
        assert isinstance(array, np.ndarray) and array.dtype.kind in "biufc"


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_kind_is_evaluated(name):
    try:
        decode(message(json.dumps({"array": name, "shape": [1]}), bytes(64)))
    except ValueError as error:
        assert "Not a message of ours" in str(error)


TOO_LARGE = {
    "objects": [[]] * (OBJECT_LIMIT + 1),
    "elements": set(range(HASHED_LIMIT + 1)),
    "keys": dict.fromkeys(range(HASHED_LIMIT + 1)),
    "digits": 10**DIGIT_LIMIT,
    "text": "x" * SKELETON_LIMIT,
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_would_be_refused_is_not_sent(name):
    with pytest.raises(TooLarge):
        encode(TOO_LARGE[name])


def test_the_caps_are_the_same_on_both_sides():
    deep = 0
    for _ in range(23):
        deep = [deep]
    for tree in (deep, [[]] * (OBJECT_LIMIT - 1), set(range(HASHED_LIMIT)), 10**DIGIT_LIMIT - 1):
        assert decode(encode(tree)) == tree
    with pytest.raises(TooLarge, match="deeper"):
        encode([deep])
