"""The soft mask of a box, its derivatives, and the rule by which a proposal learns through it."""

from keras import ops


def box_mask(proposals, height, width, sharpness=20.0):
    """How far each pixel is inside a square: near 1 within, near 0 without, 1/2 at an edge.

    `h(z) = 1 / (1 + exp(-k z))`
    `mask = [h(y - (c_y - l)) - h(y - (c_y + l))] · [h(x - (c_x - l)) - h(x - (c_x + l))]`

    Args:
        proposals: floats `(B, 3)`: centre `c_y`, centre `c_x` and half-width `l`, in units of the picture's
            height and width.
        height, width: ints, of the picture; y and x are the middles of its pixels.
        sharpness: float `k`, or `(B,)`: how fast it falls at an edge; from 0.88 to 0.12 within `4 / k`.

    Returns:
        float32 `(B, height, width)`.

    Raises:
        ValueError: if `proposals` have another shape.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import box_mask
        >>> mask = box_mask([[0.5, 0.5, 0.3]], 1, 5, sharpness=20.0)
        >>> print(ops.convert_to_numpy(mask)[0, 0].round(2))
        [0.12 0.88 0.99 0.88 0.12]

    In the paper: mask = M, c_x = t_x, c_y = t_y, l = t_l.
    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """
    (rows, *_), (columns, *_) = _profiles(proposals, height, width, sharpness)
    return rows[:, :, None] * columns[:, None, :]


def box_mask_derivatives(proposals, height, width, sharpness=20.0):
    """The derivatives of `box_mask` with respect to its centre and its half-width.

    With `d(z) = k h(z) (1 - h(z))`, the slope of h, and the rows' factor `m_y` and the columns' `m_x`:
    `∂mask/∂c_y = [d(y - c_y - l) - d(y - c_y + l)] · m_x`, and alike for `c_x`
    `∂mask/∂l = [d(y - c_y - l) + d(y - c_y + l)] · m_x + m_y · [d(x - c_x - l) + d(x - c_x + l)]`

    The last is nowhere negative: a wider box holds more of every pixel.

    Args:
        proposals, height, width, sharpness: as of `box_mask`.

    Returns:
        float32 `(B, height, width, 3)`: with respect to `c_y`, `c_x` and `l`.

    Raises:
        ValueError: if `proposals` have another shape.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import box_mask_derivatives
        >>> slopes = box_mask_derivatives([[0.5, 0.5, 0.3]], 1, 5, sharpness=20.0)
        >>> print(ops.convert_to_numpy(slopes)[0, 0, :, 1].round(1))  # to the right: lost left, won right
        [-2.1 -2.1 -0.   2.1  2.1]

    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """
    (rows, rows_moved, rows_wider), (columns, columns_moved, columns_wider) = _profiles(
        proposals, height, width, sharpness
    )
    rows, rows_moved, rows_wider = (profile[:, :, None] for profile in (rows, rows_moved, rows_wider))
    columns, columns_moved, columns_wider = (
        profile[:, None, :] for profile in (columns, columns_moved, columns_wider)
    )
    return ops.stack(
        [rows_moved * columns, rows * columns_moved, rows_wider * columns + rows * columns_wider], axis=-1
    )


def look_through(pictures, mask):
    """Pictures times a mask that learns by a rule of its own: to be open where the loss is sensitive.

    `outputs = pictures · mask`, and to the mask, in place of its gradient, goes
    `-g²[b, y, x] / (B Σ_yx g²[b, y, x])`, with `g²[b, y, x] = Σ_c (∂L/∂outputs[b, y, x, c])²`

    The gradient says which change of a dimmed pixel lowers the loss; where a box lies beside the detail that
    is a change of things that do not matter. The rule says where the loss depends on pixels at all, and draws
    the box there. Squares of gradients have no scale of their own: here each picture has a say of `1 / B`, or
    those that are mistaken would speak for all.

    Args:
        pictures: `(B, H, W, channels)`.
        mask: `(B, H, W, 1)`.

    Returns:
        `(B, H, W, channels)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import look_through
        >>> tuple(look_through(ops.ones((2, 5, 7, 3)), ops.ones((2, 5, 7, 1))).shape)
        (2, 5, 7, 3)

    In the paper: ∂L/∂outputs = D_top.
    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """
    return _look_through(ops.convert_to_tensor(pictures), ops.convert_to_tensor(mask))


@ops.custom_gradient
def _look_through(pictures, mask):
    def gradients(*arguments, upstream=None):
        upstream = arguments[0] if upstream is None else upstream
        squares = ops.sum(ops.square(ops.cast(upstream, "float32")), axis=-1, keepdims=True)
        total = ops.sum(squares, axis=(1, 2, 3), keepdims=True)  # of each picture
        rule = -squares / (ops.maximum(total, 1e-30) * ops.cast(ops.shape(squares)[0], "float32"))
        return upstream * mask, ops.cast(rule, mask.dtype)

    return pictures * mask, gradients


def _profiles(proposals, height, width, sharpness):
    """Of rows and of columns: the factor of the mask, and its derivatives by centre and half-width."""
    proposals = ops.cast(ops.convert_to_tensor(proposals), "float32")
    if len(proposals.shape) != 2 or proposals.shape[1] != 3:
        raise ValueError(
            "`proposals` must have shape (B, 3): centre y, centre x, half-width. "
            f"Received: proposals of shape {tuple(proposals.shape)}."
        )
    half_width = proposals[:, 2:]
    sharpness = ops.reshape(ops.cast(ops.convert_to_tensor(sharpness), "float32"), (-1, 1))
    for size, centre in ((height, proposals[:, 0:1]), (width, proposals[:, 1:2])):
        middles = (ops.arange(size, dtype="float32") + 0.5) / size
        near = ops.sigmoid(sharpness * (middles - centre + half_width))  # (B, size)
        far = ops.sigmoid(sharpness * (middles - centre - half_width))
        near_slope, far_slope = (sharpness * h * (1.0 - h) for h in (near, far))
        yield near - far, far_slope - near_slope, far_slope + near_slope
