import sys
from fractions import Fraction

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.grading.worker.probe import full_precision, run_call, to_numpy
from course_lib.grading.worker.values import Failure


def test_arguments_arrive_as_tensors_of_the_backend():
    seen = {}

    def answer(**arguments):
        seen.update(arguments)
        return 0

    arguments = {
        "scores": np.ones((2, 3), "float64"),
        "token_ids": np.arange(3, dtype="int64"),
        "mask": np.array([True]),
        "rate": 0.5,
        "name": "dot",
        "state": {"hidden": np.zeros((1, 2)), "steps": [1, 2]},
        "links": {(0, 1)},
        "nothing": None,
    }
    run_call(answer, arguments)
    for name, dtype in (("scores", "float32"), ("token_ids", "int32"), ("mask", "bool")):
        assert ops.is_tensor(seen[name])
        assert keras.backend.standardize_dtype(seen[name].dtype) == dtype
    assert ops.is_tensor(seen["state"]["hidden"])
    assert (seen["rate"], seen["name"], seen["links"], seen["nothing"]) == (0.5, "dot", {(0, 1)}, None)
    assert seen["state"]["steps"] == [1, 2]


@pytest.mark.parametrize(
    "value, expected",
    [
        (lambda: ops.ones((2, 3)), np.ones((2, 3))),
        (lambda: keras.Variable(np.ones(2)), np.ones(2)),
        (lambda: np.float32(0.5), np.float32(0.5)),
        (lambda: 3, np.array(3)),
        (lambda: True, np.array(True)),
        (lambda: [[1, 2], [3, 4]], np.array([[1, 2], [3, 4]])),
        (lambda: range(3), np.array([0, 1, 2])),
        (lambda: Fraction(1, 4), np.array(0.25)),
    ],
)
def test_whatever_holds_numbers_becomes_an_array(value, expected):
    result = to_numpy(value())
    assert isinstance(result, np.ndarray)
    np.testing.assert_array_equal(result, expected)


def test_a_list_of_arrays_stays_a_list():
    for first, second in ((ops.ones(2), ops.zeros(2)), (np.ones(2), np.zeros(2, "int32")), ([0.5], [True])):
        result = to_numpy([first, second])
        assert isinstance(result, list) and [item.shape for item in result] == [np.shape(first)] * 2
    assert [item.dtype.kind for item in to_numpy([[0.5, 0.25], [1, 2], [True, False]])] == ["f", "i", "b"]


def test_arrays_of_other_libraries_become_numpy():
    import jax.numpy
    import tensorflow

    for array in (jax.numpy.arange(3.0), tensorflow.range(3.0), tensorflow.Variable([0.0, 1, 2])):
        np.testing.assert_array_equal(to_numpy(array), [0.0, 1.0, 2.0])
    assert to_numpy(jax.numpy.ones(2, "bfloat16")).dtype == "float32"


def test_an_array_that_needs_detaching_becomes_numpy():
    class Tensor:
        shape, dtype = (2,), "float32"

        def __init__(self, ready=False):
            self.ready = ready

        def detach(self):
            return Tensor(ready=True)

        def cpu(self):
            return self

        def __array__(self, dtype=None, copy=None):
            assert self.ready
            return np.array([1.0, 2.0], "float32")

    np.testing.assert_array_equal(to_numpy(Tensor()), [1.0, 2.0])


def test_containers_keep_their_kind():
    result = to_numpy(
        (ops.ones(2), {"state": ops.zeros(1), "text": "a"}, ["a", "b"], {(np.int64(1), 2)}, None)
    )
    assert isinstance(result, tuple)
    np.testing.assert_array_equal(result[0], [1, 1])
    assert result[1]["text"] == "a"
    assert result[2:] == (["a", "b"], {(1, 2)}, None)
    assert isinstance(to_numpy([[1], [2, 3]]), list)


@pytest.mark.parametrize("value", [object(), np.array(["a"]), lambda: 0, {object(): 1}])
def test_other_values_are_a_wrong_type(value):
    failure = run_call(lambda: value, {})
    assert failure.kind == "wrong_type"


def test_a_blank_is_not_attempted():
    def answer():
        raise NotImplementedError("answer: write me")

    assert run_call(answer, {}) == Failure("not_attempted", "answer: write me")


def test_an_exception_is_told_with_the_learners_own_line():
    def answer(scores):
        return ops.reshape(scores, (7, 7))  # the line to be named

    failure = run_call(answer, {"scores": np.ones(3)})
    assert failure.kind == "raised"
    assert failure.source.endswith("# the line to be named")
    assert failure.line == answer.__code__.co_firstlineno + 1


@pytest.mark.parametrize("error", [SystemExit(3), BaseException("odd"), GeneratorExit()])
def test_an_answer_may_raise_anything(error):
    def answer():
        raise error

    assert run_call(answer, {}).kind == "raised"


def test_asking_for_too_much_memory_has_its_own_name():
    assert run_call(lambda: np.ones(2**50), {}).kind == "too_much_memory"


def test_endless_recursion_is_an_exception():
    def answer():
        return answer()

    assert "RecursionError" in run_call(answer, {}).message


class Doubled(keras.layers.Layer):
    def __init__(self, width, name_of_kernel="kernel"):
        super().__init__()
        self.kernel = self.add_weight(name=name_of_kernel, shape=(width,))

    def call(self, inputs):
        return inputs * self.kernel


def test_a_layer_gets_its_weights_by_name():
    case = {"config": {"width": 2}, "weights": {"kernel": np.array([2.0, 3.0])}, "inputs": {}}
    case["inputs"]["inputs"] = np.ones(2)
    np.testing.assert_array_equal(run_call(Doubled, case), [2.0, 3.0])
    renamed = {**case, "config": {"width": 2, "name_of_kernel": "W"}}
    assert run_call(Doubled, renamed) == Failure(
        "wrong_weights", "No weight is called `kernel`. The layer has `W`."
    )
    wider = {**case, "weights": {"kernel": np.ones(3)}}
    words = "The weight `kernel` has the wrong shape. Expected shape (3,). Received shape (2,)."
    assert run_call(Doubled, wider) == Failure("wrong_weights", words)


def test_a_changed_argument_is_noticed():
    def answer(counts, scores):
        counts["a"] = counts.get("a", 0) + 1
        return 1

    assert run_call(answer, {"counts": {"b": 1}, "scores": np.ones(2)}) == Failure("mutated_input", "counts")

    def pop(tokens):
        return tokens.pop()

    assert run_call(pop, {"tokens": [1, 2]}) == Failure("mutated_input", "tokens")
    case = {"links": {(0, 1)}}
    assert run_call(lambda links: links.add((1, 1)) or 1, case) == Failure("mutated_input", "links")
    assert case == {"links": {(0, 1)}}, "the case itself must stay as it was"


def test_hostile_results_do_not_escape():
    class Hostile:
        shape, dtype = (1,), "float32"

        def __array__(self, dtype=None, copy=None):
            raise SystemExit

        def __eq__(self, other):
            return True

    assert run_call(lambda: Hostile(), {}).kind in ("raised", "wrong_type")


def test_a_layer_is_built_given_weights_and_called():
    class Doubling(keras.layers.Layer):
        def __init__(self, units):
            super().__init__()
            self.inner = keras.layers.Dense(units, use_bias=False, name="inner")

        def call(self, x):
            return 2 * self.inner(x)

    kernel = np.arange(6.0).reshape(2, 3)
    case = {"config": {"units": 3}, "weights": {"inner/kernel": kernel}, "inputs": {"x": np.ones((1, 2))}}
    np.testing.assert_allclose(run_call(Doubling, case), 2 * np.ones((1, 2)) @ kernel)


def test_precision_is_put_back_as_it_was():
    tensorflow = pytest.importorskip("tensorflow")
    config = tensorflow.config.experimental
    for setting in (True, False):
        config.enable_tensor_float_32_execution(setting)
        with full_precision():
            assert not config.tensor_float_32_execution_enabled()
        assert config.tensor_float_32_execution_enabled() is setting
    config.enable_tensor_float_32_execution(True)
    assert "tensorflow" in sys.modules


def test_the_names_that_tensorflow_gives_its_nodes_are_left_out():
    def answer(first, second):
        return ops.matmul(first, second)

    failure = run_call(answer, {"first": np.ones((2, 3)), "second": np.ones((2, 3))})
    assert failure.kind == "raised" and "function_node" not in failure.message
    assert "[Op:" not in failure.message
    assert failure.message.startswith("InvalidArgumentError: Matrix size-incompatible")
