"""Sinusoidal positions."""

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


def sinusoids(length, width):
    """The vectors of the first positions: sines and cosines of ever lower frequency. It has no weights.

    `vectors[p, 2i] = sin(p / 10000^(2i / width))`
    `vectors[p, 2i + 1] = cos(p / 10000^(2i / width))`

    A sine and a cosine of one frequency turn together: the vector of `p + k` is a fixed rotation of that of
    `p`, pair by pair, whatever `p` is. That is the linear map that tells an offset.

    Args:
        length: int, how many positions.
        width: int, even.

    Returns:
        float64 array `(length, width)`.

    Raises:
        ValueError: if a size is not positive or `width` is odd.

    Example:
        >>> from course_lib.layers import sinusoids
        >>> sinusoids(length=2, width=4).round(4).tolist()
        [[0.0, 1.0, 0.0, 1.0], [0.8415, 0.5403, 0.01, 1.0]]

    Reference: Vaswani et al. (2017), section 3.5, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/06_positions
    """
    check_positive(length=length, width=width)
    check_even_width(width)
    angles = position_angles(length, width)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, width)


@keras.saving.register_keras_serializable("course_lib")
class SinusoidalPositions(PositionScheme):
    """Adds the `sinusoids` to the inputs.

    `outputs[..., t, :] = inputs[..., t, :] + vectors[start + t]`

    Args:
        max_sequence_length: int, how many positions there are. It has no influence on the vectors and there
            are no weights: a trained model may be given a greater one.

    Call arguments, returns: as `PositionScheme`; it acts on inputs.

    Raises:
        ValueError: if `max_sequence_length` is not positive, a position is not below it, or the inputs'
            width is odd.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import SinusoidalPositions
        >>> outputs = SinusoidalPositions(max_sequence_length=50)(ops.zeros((1, 2, 4)), start=1)
        >>> ops.convert_to_numpy(outputs)[0].astype(float).round(3).tolist()  # positions 1 and 2
        [[0.841, 0.54, 0.01, 1.0], [0.909, -0.416, 0.02, 1.0]]

    In the paper: PE(pos, 2i) and PE(pos, 2i + 1); added once, to the embeddings.
    Reference: Vaswani et al. (2017), section 3.5, https://arxiv.org/abs/1706.03762; at every attention layer:
    Carion et al. (2020), table 3, https://arxiv.org/abs/2005.12872
    Taught in: notebooks/06_positions
    """

    def __init__(self, max_sequence_length, **kwargs):
        super().__init__(**kwargs)
        check_positive(max_sequence_length=max_sequence_length)
        self.max_sequence_length = max_sequence_length

    def call(self, inputs, start=0):
        length = ops.shape(inputs)[-2]
        check_length(length, start, self.max_sequence_length)
        table = sinusoids(self.max_sequence_length, inputs.shape[-1]).astype("float32")
        return inputs + ops.cast(take_rows(table, start, length), inputs.dtype)

    def get_config(self):
        return {**super().get_config(), "max_sequence_length": self.max_sequence_length}
