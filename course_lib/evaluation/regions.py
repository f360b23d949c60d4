"""Whether a model looks where the truth is."""

import numpy as np


def region_cover(regions, rows, columns):
    """The share of each cell of a grid that a region covers.

    Args:
        regions: `(B, 4)`: top, left, bottom and right, in units of the picture's height and width.
        rows, columns: ints, of the grid that lies over the picture.

    Returns:
        float64 `(B, rows, columns)`, from 0 to 1.

    Raises:
        ValueError: if regions have another shape, or end before they begin.

    Example:
        >>> region_cover([[0.0, 0.25, 1.0, 0.5]], rows=1, columns=3).round(2).tolist()
        [[[0.25, 0.5, 0.0]]]

    Taught in: notebooks/17_beyond_text
    """
    top, left, bottom, right = _as_boxes(regions, "regions").T[:, :, None]
    first, last = np.arange(rows), np.arange(rows) + 1
    down = np.clip(np.minimum(bottom * rows, last) - np.maximum(top * rows, first), 0.0, 1.0)
    first, last = np.arange(columns), np.arange(columns) + 1
    across = np.clip(np.minimum(right * columns, last) - np.maximum(left * columns, first), 0.0, 1.0)
    return down[:, :, None] * across[:, None, :]


def attention_in_region(attention, regions):
    """The share of a picture's attention that falls into its region, as if spread evenly over each cell.

    `share[b] = sum_rc attention[b, r, c] cover[b, r, c] / sum_rc attention[b, r, c]`

    Attention that is spread over the whole picture has the region's share of the area.

    Args:
        attention: `(B, rows, columns)`, weights of 0 or more, over patches or places of a map; those of a
            class token do not belong to it.
        regions: `(B, 4)`, in units of the picture's height and width.

    Returns:
        float64 `(B,)`; 0 where nothing is attended to.

    Raises:
        ValueError: if shapes do not fit, or a weight is negative or no number.

    Example:
        >>> attention_in_region([[[0.8, 0.2]]], [[0.0, 0.0, 1.0, 0.25]]).round(2).tolist()
        [0.4]

    Taught in: notebooks/17_beyond_text
    """
    attention, regions = _check_attention(attention, regions)
    inside = (attention * region_cover(regions, *attention.shape[1:])).sum(axis=(1, 2))
    total = attention.sum(axis=(1, 2))
    return np.divide(inside, total, out=np.zeros_like(total), where=total > 0)


def pointing_accuracy(attention, regions):
    """The share of pictures in which the middle of the most attended cell lies in the region.

    Args:
        attention: `(B, rows, columns)`, weights of 0 or more; of equal ones the first counts.
        regions: `(B, 4)`, in units of the picture's height and width.

    Returns:
        float.

    Raises:
        ValueError: as `attention_in_region`.

    Example:
        >>> pointing_accuracy([[[0.8, 0.2]], [[0.2, 0.8]]], [[0.0, 0.0, 1.0, 0.5]] * 2)
        0.5

    Reference: Zhang et al. (2016), https://arxiv.org/abs/1608.00507 (the pointing game)
    Taught in: notebooks/17_beyond_text
    """
    attention, regions = _check_attention(attention, regions)
    _, rows, columns = attention.shape
    row, column = np.divmod(attention.reshape(len(attention), -1).argmax(axis=1), columns)
    y, x = (row + 0.5) / rows, (column + 0.5) / columns
    top, left, bottom, right = regions.T
    return float(np.mean((top <= y) & (y <= bottom) & (left <= x) & (x <= right)))


def region_iou(boxes, regions):
    """Intersection over union of boxes and regions: 1 where they are the same, 0 where they are apart.

    Args:
        boxes, regions: `(B, 4)`: top, left, bottom and right, in one unit.

    Returns:
        float64 `(B,)`.

    Raises:
        ValueError: if shapes differ, or a box ends before it begins or has no area.

    Example:
        >>> region_iou([[0.0, 0.0, 1.0, 0.5]], [[0.0, 0.25, 1.0, 0.75]]).round(3).tolist()
        [0.333]

    Taught in: notebooks/17_beyond_text
    """
    boxes, regions = _as_boxes(boxes, "boxes"), _as_boxes(regions, "regions")
    if len(boxes) != len(regions):
        raise ValueError(
            f"There must be as many boxes as regions. Received: {len(boxes)} boxes, {len(regions)} regions."
        )
    low, high = np.maximum(boxes[:, :2], regions[:, :2]), np.minimum(boxes[:, 2:], regions[:, 2:])
    both = np.prod(np.clip(high - low, 0.0, None), axis=1)
    areas = [np.prod(box[:, 2:] - box[:, :2], axis=1) for box in (boxes, regions)]
    return both / (areas[0] + areas[1] - both)


def _as_boxes(boxes, name):
    boxes = np.asarray(boxes, dtype=np.float64)
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise ValueError(
            f"`{name}` must have shape (B, 4): top, left, bottom, right. "
            f"Received: {name} of shape {boxes.shape}."
        )
    if not (boxes[:, 2:] > boxes[:, :2]).all():
        raise ValueError(f"`{name}` must end behind where they begin. Received some that do not.")
    return boxes


def _check_attention(attention, regions):
    attention, regions = np.asarray(attention, dtype=np.float64), _as_boxes(regions, "regions")
    if attention.ndim != 3 or len(attention) != len(regions):
        raise ValueError(
            "`attention` must have shape (B, rows, columns), one map for each region. "
            f"Received: attention of shape {attention.shape}, {len(regions)} regions."
        )
    if not (attention >= 0).all():
        raise ValueError("`attention` must be 0 or more everywhere. Received: other numbers among it.")
    return attention, regions
