"""The digits: their parts."""

import numpy as np
import pytest
from sklearn import datasets

from course_lib.data import load_digits


def test_the_parts_are_the_whole_in_its_order():
    parts = [load_digits(split) for split in ("train", "validation", "test")]
    assert [part.images.shape for part in parts] == [(1257, 8, 8, 1), (180, 8, 8, 1), (360, 8, 8, 1)]
    whole = datasets.load_digits()
    images = np.concatenate([part.images for part in parts])
    assert images.dtype == np.float32 and images.max() == 1.0
    np.testing.assert_array_equal(images[..., 0] * 16, whole.images)
    np.testing.assert_array_equal(np.concatenate([part.labels for part in parts]), whole.target)
    assert all(part.regions is None and set(part.labels) == set(range(10)) for part in parts)


def test_another_split_is_refused():
    with pytest.raises(ValueError, match="Received: split='dev'"):
        load_digits("dev")
