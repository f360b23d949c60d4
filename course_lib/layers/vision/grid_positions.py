"""Learned positions on a grid, which can be stretched to another."""

import keras
from keras import ops

from course_lib.layers.vision.sampling import sampling_weights


def stretch_positions(table, rows, columns):
    """A table of positions for a grid of another size: those between are interpolated.

    `stretched[:, :, d] = down table[:, :, d] acrossᵀ`, both factors as of `sampling_weights`

    Args:
        table: `(R, C, D)`, a vector for each place of a grid. A class token is no place of it.
        rows, columns: ints, of the grid that is wanted.

    Returns:
        float32 `(rows, columns, D)`: the table itself where the grid is the same.

    Raises:
        ValueError: if the table has another shape, or a size is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import stretch_positions
        >>> stretched = stretch_positions(ops.array([[[0.0], [4.0]]]), rows=1, columns=4)
        >>> ops.convert_to_numpy(stretched)[0, :, 0].tolist()
        [0.0, 1.0, 3.0, 4.0]

    Reference: Dosovitskiy et al. (2021), section 3.2, https://arxiv.org/abs/2010.11929
    Taught in: notebooks/17_beyond_text
    """
    table = ops.cast(ops.convert_to_tensor(table), "float32")
    if len(table.shape) != 3:
        raise ValueError(
            "`table` must have shape (R, C, D), a grid without class token. "
            f"Received: table of shape {tuple(table.shape)}."
        )
    down = sampling_weights(0.0, 1.0, table.shape[0], rows)
    across = sampling_weights(0.0, 1.0, table.shape[1], columns)
    return ops.einsum("gr,rcd,hc->ghd", down, table, across)


@keras.saving.register_keras_serializable("course_lib")
class GridPositions(keras.layers.Layer):
    """Adds a learned vector to every place of a grid, whatever its size.

    `outputs[b] = inputs[b] + stretch_positions(table, rows, columns)`

    Args:
        rows, columns: ints `R` and `C`, the grid that the table is learned on.

    Call arguments:
        inputs: `(B, rows, columns, D)`, of that grid or another, whose size is known.

    Returns:
        the shape of the inputs.

    Weights: `table` `(R, C, D)`.

    Raises:
        ValueError: if a size is not positive, or the inputs are no grid.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import GridPositions
        >>> positions = GridPositions(rows=2, columns=3)
        >>> tuple(positions(ops.zeros((1, 2, 3, 5))).shape), tuple(positions(ops.zeros((1, 4, 6, 5))).shape)
        ((1, 2, 3, 5), (1, 4, 6, 5))

    In the paper: table = E_pos, without its first row, which is the class token's and here part of that.
    Reference: Dosovitskiy et al. (2021), equation 1, https://arxiv.org/abs/2010.11929
    Taught in: notebooks/17_beyond_text
    """

    def __init__(self, rows, columns, **kwargs):
        super().__init__(**kwargs)
        for name, size in (("rows", rows), ("columns", columns)):
            if size < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
        self.rows = rows
        self.columns = columns

    def build(self, inputs_shape):
        self.table = self.add_weight(
            name="table",
            shape=(self.rows, self.columns, inputs_shape[-1]),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
        )

    def call(self, inputs):
        if len(inputs.shape) != 4:
            raise ValueError(
                "`inputs` must have shape (B, rows, columns, D). "
                f"Received: inputs of shape {tuple(inputs.shape)}."
            )
        stretched = stretch_positions(self.table, inputs.shape[1], inputs.shape[2])
        return inputs + ops.cast(stretched, inputs.dtype)

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        return {**super().get_config(), "rows": self.rows, "columns": self.columns}
