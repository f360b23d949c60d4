"""Rotary positions."""

import keras
import numpy as np
from keras import ops

from course_lib.layers.positions.position_scheme import (
    PositionScheme,
    check_even_width,
    check_length,
    check_positive,
    position_angles,
    take_rows,
)


def rotate_pairs(vectors, cosines, sines):
    """Turns every pair of neighbouring entries by an angle of its own.

    `outputs[..., 2i] = vectors[..., 2i] cosines[..., i] - vectors[..., 2i + 1] sines[..., i]`
    `outputs[..., 2i + 1] = vectors[..., 2i] sines[..., i] + vectors[..., 2i + 1] cosines[..., i]`

    Args:
        vectors: float tensor `(..., K)`, `K` even.
        cosines, sines: float tensors that broadcast to `(..., K / 2)`.

    Returns:
        float tensor, the shape of `vectors`; every pair is as long as it was.

    Raises:
        ValueError: if `K` is odd.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import rotate_pairs
        >>> turned = rotate_pairs(ops.array([[1.0, 0.0, 3.0, 4.0]]), cosines=[0.0, -1.0], sines=[1.0, 0.0])
        >>> ops.convert_to_numpy(turned).tolist()  # the first pair by 90, the second by 180 degrees
        [[0.0, 1.0, -3.0, -4.0]]

    Reference: Su et al. (2021), equation 34, https://arxiv.org/abs/2104.09864
    Taught in: notebooks/06_positions
    """
    check_even_width(vectors.shape[-1])
    cosines, sines = (ops.convert_to_tensor(table, dtype=vectors.dtype) for table in (cosines, sines))
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    pairs = ops.stack([even * cosines - odd * sines, even * sines + odd * cosines], axis=-1)
    return ops.reshape(pairs, ops.shape(vectors))


@keras.saving.register_keras_serializable("course_lib")
class RotaryPositions(PositionScheme):
    """Turns queries and keys by angles in proportion to their positions. It has no weights.

    `outputs[..., t, :] = rotate_pairs(inputs[..., t, :])` by the angles `(start + t) / 10000^(2i / width)`

    The product of a query turned by its position and a key turned by its own depends on the two positions
    only through their difference.

    Args:
        max_sequence_length: int, how many positions there are. It has no influence on the angles and there
            are no weights: a trained model may be given a greater one.

    Call arguments, returns: as `PositionScheme`; it acts on heads.

    Raises:
        ValueError: if `max_sequence_length` is not positive, a position is not below it, or the inputs'
            width is odd.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import RotaryPositions
        >>> turned = RotaryPositions(max_sequence_length=50)(ops.array([[[1.0, 0.0], [1.0, 0.0]]]))
        >>> ops.convert_to_numpy(turned)[0].astype(float).round(4).tolist()  # by 0 and by 1 radian
        [[1.0, 0.0], [0.5403, 0.8415]]

    In the paper: R_Θ,m x, at every layer.
    Reference: Su et al. (2021), section 3.2, https://arxiv.org/abs/2104.09864
    Taught in: notebooks/06_positions
    """

    acts_on = "heads"

    def __init__(self, max_sequence_length, **kwargs):
        super().__init__(**kwargs)
        check_positive(max_sequence_length=max_sequence_length)
        self.max_sequence_length = max_sequence_length

    def call(self, inputs, start=0):
        length, width = ops.shape(inputs)[-2], inputs.shape[-1]
        check_even_width(width)
        check_length(length, start, self.max_sequence_length)
        angles = position_angles(self.max_sequence_length, width)
        cosines, sines = (
            take_rows(function(angles).astype("float32"), start, length) for function in (np.cos, np.sin)
        )
        return rotate_pairs(inputs, cosines, sines)

    def get_config(self):
        return {**super().get_config(), "max_sequence_length": self.max_sequence_length}
