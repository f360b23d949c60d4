"""The loss of hidden words, written out in float64, and what it does with labels that are no words."""

import keras
import numpy as np
import pytest
from keras import ops
from support.compilation import COMPILED

from course_lib.objectives import masked_cross_entropy


def test_it_is_the_mean_over_the_slots_that_are_used():
    generator = np.random.default_rng(0)
    logits, labels = generator.normal(scale=3.0, size=(5, 7, 11)), generator.integers(0, 11, (5, 7))
    logs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    expected = -np.mean([logs[b, m, labels[b, m]] for b, m in zip(*np.nonzero(labels), strict=True)])
    np.testing.assert_allclose(float(masked_cross_entropy(logits, labels)), expected, rtol=1e-6)


def test_without_a_hidden_word_it_is_nothing():
    assert float(masked_cross_entropy(np.ones((2, 3, 5)), np.zeros((2, 3), "int32"))) == 0


@pytest.mark.parametrize("outside", [-100, -1, 5])
def test_a_label_that_is_no_word_is_refused(outside):
    with pytest.raises(ValueError, match=f"below the vocabulary's size of 5. Received: {outside} among them"):
        masked_cross_entropy(np.zeros((1, 3, 5)), [[1, outside, 0]])


def test_labels_that_are_floats_are_refused():
    with pytest.raises(ValueError, match="must be integers. Received: labels of dtype float"):
        masked_cross_entropy(np.zeros((1, 1, 5)), np.array([[2.7]]))


class Loss(keras.layers.Layer):
    def call(self, labels):
        return ops.reshape(masked_cross_entropy(ops.zeros((1, 3, 5)), labels), (1, 1))


@pytest.mark.parametrize("outside", [-100, -1, 5])
def test_in_a_compiled_program_a_label_that_is_no_word_gives_nan(outside):
    labels, inputs = np.array([[1, outside, 0]], "int32"), keras.Input((3,), 1, dtype="int32")
    model = keras.Model(inputs, Loss()(inputs))
    model.compile(jit_compile=COMPILED)
    if keras.backend.backend() == "torch":  # which compiles nothing unless told to
        with pytest.raises(ValueError, match=f"Received: {outside} among them"):
            model.predict_on_batch(labels)
    else:
        assert np.isnan(model.predict_on_batch(labels)).all()
