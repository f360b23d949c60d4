"""Labels that are tokens of the vocabulary."""

import keras
from keras import ops


def known_labels(labels, vocabulary_size):
    """Labels that a loss may look up, and where they are labels of the vocabulary.

    Args:
        labels: integers of any shape, `(B, T)` or `(B, M)`.
        vocabulary_size: V.

    Returns:
        a pair of tensors of that shape: int32 labels, 0 in place of those outside the vocabulary, and
        booleans, False at these.

    Raises:
        ValueError: when labels are floats, and when one is outside the vocabulary, as long as values can be
            looked at. In a program that is compiled (`fit` on TensorFlow and JAX) they cannot: what is
            computed from them must be NaN there.

    Example:
        >>> import numpy as np
        >>> known_labels(np.array([[3, -100]]), vocabulary_size=5)
        Traceback (most recent call last):
        ...
        ValueError: Labels must be at least 0 and below the vocabulary's size of 5. Received: -100 among them.
    """
    labels = ops.convert_to_tensor(labels)
    dtype = keras.backend.standardize_dtype(labels.dtype)
    if "int" not in dtype:
        raise ValueError(f"Labels must be integers. Received: labels of dtype {dtype}.")
    is_known = ops.logical_and(labels >= 0, labels < vocabulary_size)
    try:
        all_known = bool(ops.all(is_known))
    except TypeError:  # every backend's way to say that a program is being traced, which has no values yet
        all_known = True
    if not all_known:
        outside = ops.convert_to_numpy(labels)[~ops.convert_to_numpy(is_known)][0]
        raise ValueError(
            f"Labels must be at least 0 and below the vocabulary's size of {vocabulary_size}. "
            f"Received: {outside} among them."
        )
    return ops.where(is_known, ops.cast(labels, "int32"), 0), is_known
