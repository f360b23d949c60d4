"""The cache of keys and values: what is written stands where it should, and nothing else moves."""

import keras
import numpy as np
from keras import ops

from course_lib.layers.attention.key_value_cache import empty_cache, write_to_cache

B, N, L, KEY, VALUE = 2, 3, 5, 7, 4


def test_positions_are_written_one_by_one():
    generator = np.random.default_rng(0)
    keys = generator.normal(size=(B, N, L, KEY)).astype("float32")
    values = generator.normal(size=(B, N, L, VALUE)).astype("float32")
    cache = empty_cache(B, N, L, KEY, VALUE)
    for position in range(3):
        before = [ops.convert_to_numpy(array).copy() for array in cache]
        one = slice(position, position + 1)
        following, is_written = write_to_cache(cache, (keys[:, :, one], values[:, :, one]), position)
        for old, array in zip(before, cache, strict=True):
            np.testing.assert_array_equal(ops.convert_to_numpy(array), old)  # a function, not an effect
        assert ops.convert_to_numpy(is_written).tolist() == [[[[slot <= position for slot in range(L)]]]]
        cache = following
    for array, written in zip(cache, (keys, values), strict=True):
        expected = np.where(np.arange(L)[:, None] < 3, written, 0)
        np.testing.assert_array_equal(ops.convert_to_numpy(array), expected)


def test_precision_is_as_asked():
    cache = empty_cache(B, N, L, KEY, VALUE, "float16")
    assert [keras.backend.standardize_dtype(array.dtype) for array in cache] == ["float16", "float16"]
