import os

import keras
import pytest

from course_lib.evaluation import peak_memory

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


class Unknown(keras.layers.Layer):
    def call(self, inputs):
        return inputs


def test_a_large_intermediate_result_is_seen():
    """Comparing all pairs of n positions holds n² numbers; a dense layer to one number holds next to none."""
    length, inputs = 2048, keras.Input((None, 3))
    pairs = keras.Model(inputs, keras.ops.sum(keras.ops.matmul(inputs, keras.ops.swapaxes(inputs, 1, 2))))
    small = keras.Model(inputs, keras.layers.Dense(1)(inputs))
    shapes = [(1, length // 2, 3), (1, length, 3)]
    (quarter, square), (_, line) = peak_memory([(pairs, shapes), (small, shapes)])
    assert 0.9 < quarter / length**2 < 2.5
    assert 0.9 < square / (4 * length**2) < 2.5
    assert 0 <= line < 0.2 * square


def test_what_cannot_be_rebuilt_is_named():
    inputs = keras.Input((None, 3))
    with pytest.raises(RuntimeError, match="(?s)Case 0 could not be computed.*Unknown"):
        peak_memory([(keras.Model(inputs, Unknown()(inputs)), [(1, 5, 3)])])
