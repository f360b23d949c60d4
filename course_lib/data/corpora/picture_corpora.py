"""Loaders of pictures: handwritten digits."""

import numpy as np

from course_lib.data.corpora.splits import SPLITS, check_split
from course_lib.data.pictures.pictures import Pictures

_ENDS = (1257, 1437, 1797)  # 70 : 10 : 20


def load_digits(split):
    """Handwritten digits of 8 by 8 pixels, 1,797 of them: the small set that ships with scikit-learn.

    There is no published split. This one keeps the order of the file: the first 1,257 are for training, the
    next 180 for validation, and the last 360 for the test.

    Args:
        split: "train", "validation" or "test".

    Returns:
        `Pictures`, images `(N, 8, 8, 1)` from 0 to 1, in which ink is 1; no regions.

    Raises:
        ValueError: unknown split.

    Example:
        >>> load_digits("test").images.shape
        (360, 8, 8, 1)

    Reference: Alpaydin and Kaynak (1998), https://doi.org/10.24432/C50P49
    Taught in: notebooks/17_beyond_text
    """
    check_split(split)
    from sklearn import datasets  # here: only who asks for digits waits for it

    digits = datasets.load_digits()
    end = SPLITS.index(split)
    part = slice(_ENDS[end - 1] if end else 0, _ENDS[end])
    images = np.asarray(digits.images[part], dtype="float32")[..., None] / np.float32(16.0)
    return Pictures(images, np.asarray(digits.target[part]))
