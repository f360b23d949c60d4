"""Closer looks: boxes of a picture, each stretched to one size."""

from keras import ops

from course_lib.layers.vision.pictures import check_pictures
from course_lib.layers.vision.sampling import sampling_weights


def zoom(pictures, boxes, height, width):
    """What is seen in a box of each picture, at the size that is wanted.

    `looks[b] = down[b] pictures[b] across[b]ᵀ`, for each channel

    Both factors are `sampling_weights`, from the top of the box to its bottom and from its left to its right.
    So a box that is smaller than a look is interpolated, bilinearly, and one that is larger is averaged. The
    whole picture at its own size is the picture itself. Gradients reach the pictures and the boxes.

    Args:
        pictures: floats `(B, H, W, channels)`, `H` and `W` known.
        boxes: floats `(B, 4)`: top, left, bottom and right, in units of the picture's height and width.
            Within one pixel beyond the border the outermost pixels go on; further out all is 0.
        height, width: ints, of a look.

    Returns:
        `(B, height, width, channels)`, of the pictures' dtype.

    Raises:
        ValueError: if `pictures` or `boxes` have another shape, or a size is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import zoom
        >>> pictures = ops.reshape(ops.arange(16.0), (1, 4, 4, 1))
        >>> look = zoom(pictures, [[0.0, 0.5, 0.5, 1.0]], 2, 2)  # the upper right quarter
        >>> ops.convert_to_numpy(look)[0, :, :, 0].tolist()
        [[2.0, 3.0], [6.0, 7.0]]

    In the paper: looks = X^amp, height = width = N; its pixels are points, where ours are cells.
    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476; Jaderberg et al. (2015), section 3.3,
    https://arxiv.org/abs/1506.02025, on bilinear sampling and its gradient
    Taught in: notebooks/17_beyond_text
    """
    pictures, boxes = ops.convert_to_tensor(pictures), ops.convert_to_tensor(boxes)
    check_pictures(pictures)
    if len(boxes.shape) != 2 or boxes.shape[1] != 4:
        raise ValueError(
            "`boxes` must have shape (B, 4): top, left, bottom, right. "
            f"Received: boxes of shape {tuple(boxes.shape)}."
        )
    top, left, bottom, right = (boxes[:, index] for index in range(4))
    down = ops.cast(sampling_weights(top, bottom, pictures.shape[1], height), pictures.dtype)
    across = ops.cast(sampling_weights(left, right, pictures.shape[2], width), pictures.dtype)
    rows = ops.einsum("bgh,bhwc->bgwc", down, pictures)
    return ops.einsum("bgw,bhwc->bhgc", across, rows)
