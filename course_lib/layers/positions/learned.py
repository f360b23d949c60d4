"""Learned positions."""

import keras
from keras import ops

from course_lib.layers.positions.position_scheme import (
    PositionScheme,
    check_length,
    check_positive,
    take_rows,
)


@keras.saving.register_keras_serializable("course_lib")
class LearnedPositions(PositionScheme):
    """Adds a vector of its own for every position, learned like the embedding of a token.

    `outputs[..., t, :] = inputs[..., t, :] + table[start + t]`

    Args:
        max_sequence_length: int, how many positions there are. Those that no training sentence reaches keep
            the vectors they were drawn with.

    Call arguments, returns: as `PositionScheme`; it acts on inputs.

    Weights: `table` `(max_sequence_length, D)`.

    Raises:
        ValueError: if `max_sequence_length` is not positive or a position is not below it.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import LearnedPositions
        >>> positions = LearnedPositions(max_sequence_length=5)
        >>> tuple(positions(ops.zeros((2, 3, 4))).shape), positions.count_params()
        ((2, 3, 4), 20)

    Reference: Gehring et al. (2017), section 3.1, https://arxiv.org/abs/1705.03122; Devlin et al. (2019),
    https://arxiv.org/abs/1810.04805
    Taught in: notebooks/06_positions
    """

    def __init__(self, max_sequence_length, **kwargs):
        super().__init__(**kwargs)
        check_positive(max_sequence_length=max_sequence_length)
        self.max_sequence_length = max_sequence_length

    def build(self, inputs_shape):
        self.table = self.add_weight(
            name="table",
            shape=(self.max_sequence_length, inputs_shape[-1]),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
        )

    def call(self, inputs, start=0):
        length = ops.shape(inputs)[-2]
        check_length(length, start, self.max_sequence_length)
        table = ops.convert_to_tensor(self.table)
        return inputs + ops.cast(take_rows(table, start, length), inputs.dtype)

    def get_config(self):
        return {**super().get_config(), "max_sequence_length": self.max_sequence_length}
