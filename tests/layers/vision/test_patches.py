"""Patches: each against the slice of the picture it is, and the way back."""

import numpy as np
import pytest
from keras import ops

from course_lib.layers import join_patches, split_patches


def pictures(*shape):
    return np.random.default_rng(0).normal(size=shape).astype("float32")


@pytest.mark.parametrize(
    "patch_size, rows, columns, channels", [(3, 5, 7, 2), (2, 1, 11, 3), (5, 3, 1, 1), (1, 2, 3, 5)]
)
def test_a_patch_is_a_slice_and_stands_in_its_row(patch_size, rows, columns, channels):
    whole = pictures(3, rows * patch_size, columns * patch_size, channels)
    patches = ops.convert_to_numpy(split_patches(whole, patch_size))
    assert patches.shape == (3, rows * columns, patch_size**2 * channels)
    for row in range(rows):
        for column in range(columns):
            down = slice(row * patch_size, (row + 1) * patch_size)
            across = slice(column * patch_size, (column + 1) * patch_size)
            expected = whole[:, down, across].reshape(3, -1)
            np.testing.assert_array_equal(patches[:, row * columns + column], expected)
    back = join_patches(patches, patch_size, rows * patch_size, columns * patch_size)
    np.testing.assert_array_equal(ops.convert_to_numpy(back), whole)


def test_a_patch_as_large_as_the_picture_is_the_picture():
    whole = pictures(2, 5, 5, 3)
    np.testing.assert_array_equal(ops.convert_to_numpy(split_patches(whole, 5))[:, 0], whole.reshape(2, -1))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: split_patches(pictures(1, 6, 7, 1), 3),
            "multiples of `patch_size`. Received: height=6, width=7",
        ),
        (lambda: split_patches(pictures(1, 6, 6, 1), 0), "must be positive. Received: patch_size=0"),
        (lambda: split_patches(pictures(6, 6, 1), 3), r"\(B, H, W, channels\). Received: .* \(6, 6, 1\)"),
        (lambda: split_patches(np.zeros((1, 6, 6, 1), "uint8"), 3), "floats, best from 0 to 1. .* uint8"),
        (
            lambda: join_patches(pictures(1, 5, 9), 3, 6, 6),
            r"\(B, 4, 9 · channels\). Received: .* \(1, 5, 9\)",
        ),
        (lambda: join_patches(pictures(1, 4, 10), 3, 6, 6), r"Received: patches of shape \(1, 4, 10\)"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
