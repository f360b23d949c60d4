import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib.grading.worker.frames import FRAME_LIMIT, FrameBuffer, read_frame, write_frame
from course_lib.grading.worker.messages import decode, encode
from course_lib.grading.worker.values import Failure, map_arrays, same_tree

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
dtypes = st.sampled_from(["float32", "float64", "int32", "int64", "bool", "uint8", "complex64", ">f4"])
arrays = hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
keys = st.text() | st.integers() | st.tuples(st.integers(), st.text())
trees = st.recursive(
    scalars | arrays | st.sets(keys),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(keys, inner),
    max_leaves=12,
)


@given(trees)
@settings(max_examples=150, deadline=None)
def test_a_tree_survives_the_journey(tree):
    def equal(first, second):
        if isinstance(first, np.ndarray):
            return (
                isinstance(second, np.ndarray)
                and second.dtype == first.dtype.newbyteorder("=")
                and np.array_equal(first, second, equal_nan=first.dtype.kind in "fc")
            )
        if isinstance(first, list | tuple):
            return (
                type(first) is type(second) and len(first) == len(second) and all(map(equal, first, second))
            )
        if isinstance(first, dict):
            return list(first) == list(second) and all(equal(first[key], second[key]) for key in first)
        return type(first) is type(second) and (first == second or first != first)

    assert equal(tree, decode(encode(tree)))


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_are_refused_in_one_way(data):
    try:
        decode(data)
    except ValueError as error:
        assert "Not a message of ours" in str(error)


@pytest.mark.parametrize(
    "head",
    [
        b'{"array": "|O8", "shape": [1]}',
        b'{"array": "<f4", "shape": [1000000000000]}',
        b'{"array": "<f4", "shape": [-1, -1]}',
        b'{"array": "no such type", "shape": []}',
        b'{"pickle": "cos"}',
        b'{"failure": {"kind": "raised"}}',
        b"[1, 2]",
        b"[" * 100_000,
    ],
)
def test_forged_messages_are_refused(head):
    with pytest.raises(ValueError, match="Not a message of ours"):
        decode(struct.pack("<I", len(head)) + head)


def test_objects_do_not_travel():
    with pytest.raises(TypeError, match="Received: object"):
        encode({"answer": object()})
    with pytest.raises(TypeError, match="numeric"):
        encode(np.array(["text"]))


def test_failure_travels():
    failure = Failure("raised", "ValueError: no", 3, "return no")
    assert decode(encode([failure])) == [failure]


def test_frames_come_out_whole_however_the_bytes_are_cut():
    data = bytearray()
    sent = [{"result": np.arange(5)}, {"notes": ["ä"]}, {"result": None}]
    for tree in sent:
        write_frame(data.extend, tree)
    for step in (1, 7, 1000):
        buffer, received = FrameBuffer(), []
        for start in range(0, len(data), step):
            received += buffer.feed(bytes(data[start : start + step]))
        assert len(received) == 3
        np.testing.assert_array_equal(received[0]["result"], np.arange(5))
        assert received[1:] == sent[1:]


def test_a_giant_frame_is_refused_before_it_is_read():
    with pytest.raises(ValueError, match="over the limit"):
        list(FrameBuffer().feed(struct.pack("<Q", FRAME_LIMIT + 1)))
    head = iter([struct.pack("<Q", 2**60)])
    with pytest.raises(ValueError, match="over the limit"):
        read_frame(lambda count: next(head))


def test_frames_before_one_that_is_none_count_however_the_bytes_come():
    data = bytearray()
    write_frame(data.extend, {"began": True})
    received = []
    with pytest.raises(ValueError, match="Not a message"):
        received.extend(FrameBuffer().feed(bytes(data) + struct.pack("<Q", 4) + bytes(4)))
    assert received == [{"began": True}]


def test_a_cut_stream_ends_without_a_frame():
    data = bytearray()
    write_frame(data.extend, {"ready": True})
    for length in (0, 5, len(data) - 1):
        rest = bytearray(data[:length])

        def read(count, rest=rest):
            taken = bytes(rest[:count])
            del rest[:count]
            return taken

        assert read_frame(read) is None


def test_a_copied_tree_shares_nothing_that_can_change():
    tree = {"list": [1, {"deep": {2}}], "array": np.zeros(3), "set": {1}}
    copied = map_arrays(np.copy, tree)
    copied["list"][1]["deep"].add(3)
    copied["array"][0] = 1
    copied["set"].add(2)
    assert tree["list"] == [1, {"deep": {2}}]
    assert tree["array"].sum() == 0
    assert tree["set"] == {1}


def test_same_tree_tells_small_differences():
    tree = {"a": np.float32([1, np.nan]), "b": [1, (2, "x")]}
    assert same_tree(tree, {"a": np.float32([1, np.nan]), "b": [1, (2, "x")]})
    assert not same_tree(tree, {"a": np.float64([1, np.nan]), "b": [1, (2, "x")]})
    assert not same_tree(tree, {"a": np.float32([1, np.nan]), "b": [1, [2, "x"]]})
    assert not same_tree(tree, {"a": np.float32([1, np.nan]), "b": [1]})
    assert not same_tree({1: 2}, {1: 3})
