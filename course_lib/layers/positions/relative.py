"""Relative positions, as a bias on the scores."""

import keras
from keras import ops

from course_lib.layers.positions.position_scheme import PositionScheme, check_positive, known_start


@keras.saving.register_keras_serializable("course_lib")
class RelativePositions(PositionScheme):
    """Adds to every score a number that depends on how far the key stands from the query, head by head.

    `outputs[b, n, t, s] = scores[b, n, t, s] + table[n, clip(s - (start + t), -max_distance, max_distance)]`

    Beyond `max_distance` all distances count as equal: the scheme works at any length.

    Args:
        num_heads: int `N`.
        max_distance: int, the greatest distance that has a number of its own.

    Call arguments:
        inputs: the scores, float tensor `(B, N, T, S)`.
        start: int or scalar int tensor, the position of the first query; the keys start at 0.

    Returns:
        float tensor `(B, N, T, S)`. It acts on scores.

    Weights: `table` `(N, 2 max_distance + 1)`; its middle column is for distance 0.

    Raises:
        ValueError: if a size is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import RelativePositions
        >>> positions = RelativePositions(num_heads=1, max_distance=1)
        >>> positions.build()
        >>> _ = positions.table.assign([[-1.0, 0.0, 5.0]])  # before, here, behind
        >>> ops.convert_to_numpy(positions(ops.zeros((1, 1, 3, 3))))[0, 0].astype(int).tolist()
        [[0, 5, 5], [-1, 0, 5], [-1, -1, 0]]

    In the papers: Shaw et al. clip distances, and learn vectors; Raffel et al. learn one number for each head
    and distance, and group great distances.
    Reference: Shaw et al. (2018), https://arxiv.org/abs/1803.02155; Raffel et al. (2020), section 2.1,
    https://arxiv.org/abs/1910.10683
    Taught in: notebooks/06_positions
    """

    acts_on = "scores"

    def __init__(self, num_heads, max_distance, **kwargs):
        super().__init__(**kwargs)
        check_positive(num_heads=num_heads, max_distance=max_distance)
        self.num_heads = num_heads
        self.max_distance = max_distance

    def build(self, inputs_shape=None):
        self.table = self.add_weight(
            name="table",
            shape=(self.num_heads, 2 * self.max_distance + 1),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
        )
        self.built = True

    def bias(self, length, key_length, start=0):
        """What is added to the scores, `(N, T, S)`."""
        queries = known_start(start) + ops.arange(length, dtype="int32")
        distance = ops.arange(key_length, dtype="int32")[None, :] - queries[:, None]  # (T, S)
        columns = ops.clip(distance, -self.max_distance, self.max_distance) + self.max_distance
        return ops.take(ops.convert_to_tensor(self.table), columns, axis=1)

    def call(self, inputs, start=0):
        length, key_length = ops.shape(inputs)[-2:]
        return inputs + ops.cast(self.bias(length, key_length, start), inputs.dtype)

    def get_config(self):
        return {**super().get_config(), "num_heads": self.num_heads, "max_distance": self.max_distance}
