import numpy as np

from course_lib.grading.judging.example import Example, in_words
from course_lib.grading.worker.values import Failure


def test_long_values_are_cut():
    assert len(in_words(np.arange(10_000.0))) < 300
    assert len(in_words({"text": "x" * 10_000})) < 700
    assert in_words({(1, 0), (0, 1)}) == "{(0, 1), (1, 0)}"
    assert in_words({"a": np.array(0.5)}) == "{'a': 0.5}"
    assert in_words({("t", "##h"): (np.array(3), np.array(1 / 14))}) == "{('t', '##h'): (3, 0.0714286)}"
    assert in_words([(np.array(0), np.array(2))]) == "[(0, 2)]"


def test_numbers_have_commas_and_can_be_told_apart():
    right, wrong = np.float32([0.1347979, 200.5]), np.float32([0.1348479, 200.5])
    assert in_words(right) != in_words(wrong)
    assert in_words(np.int32([[1, 2], [3, 4]])) == "shape (2, 2) int32\n[[1, 2],\n [3, 4]]"


def test_where_a_call_gave_no_value_shapes_stand_for_larger_arrays():
    arguments = {"query": np.ones((3, 5, 7), "float32"), "ids": np.int32([4, 9]), "name": "dot"}
    failed = Example.of(arguments, np.ones((3, 5)), Failure("raised", "ValueError: no"))
    assert dict(failed.lines()) == {
        "query": "shape (3, 5, 7) float32",
        "ids": "shape (2,) int32\n[4, 9]",
        "name": "'dot'",
        "expected": "shape (3, 5) float64",
        "received": "nothing: raised",
    }
    wrong = Example.of(arguments, np.ones((3, 5)), np.zeros((3, 5)))
    assert "[[[" in wrong.arguments["query"] and "0." in wrong.received
