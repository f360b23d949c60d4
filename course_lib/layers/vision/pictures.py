"""Checks of what layers take for a picture."""

import keras


def check_pictures(pictures):
    """Refuses what is no batch of pictures `(B, H, W, channels)` of floats.

    Raises:
        ValueError: saying what was received.

    Example:
        >>> import numpy as np
        >>> from course_lib.layers.vision.pictures import check_pictures
        >>> check_pictures(np.zeros((2, 5, 7, 3), "uint8"))
        Traceback (most recent call last):
        ValueError: `pictures` must be floats, best from 0 to 1. Received: pictures of dtype uint8.
    """
    if len(pictures.shape) != 4:
        raise ValueError(
            "`pictures` must have shape (B, H, W, channels). "
            f"Received: pictures of shape {tuple(pictures.shape)}."
        )
    dtype = keras.backend.standardize_dtype(pictures.dtype)
    if "float" not in dtype:
        raise ValueError(f"`pictures` must be floats, best from 0 to 1. Received: pictures of dtype {dtype}.")
