"""Where a contender looks, beside where the mark is."""

import numpy as np
from keras import ops

from course_lib.evaluation import attention_in_region, pointing_accuracy, region_iou
from course_lib.layers import proposal_boxes
from course_lib.models import ConvolutionalClassifier, RecurrentAttention, VisionTransformer, patch_attention

AT_ONCE = 100


def where_it_looks(model, inputs, regions):
    """What can be measured of it.

    Args:
        model: a classifier of pictures.
        inputs: what it is called on.
        regions: `(n, 4)`, of the marks.

    Returns:
        dict: of looks "contains_middle", "iou", "best_iou" and "half_width", see `of_squares`; of attention
        "share_in_region" and "pointing"; nothing of models that attend to nothing.

    Example:
        >>> from course_lib.models import RecurrentAttention
        >>> model = RecurrentAttention(4, look_size=8, channels=(4,))
        >>> pictures = np.ones((1, 16, 16, 3), "float32")
        >>> found = where_it_looks(model, pictures, np.array([[0.4, 0.4, 0.6, 0.6]]))
        >>> found["contains_middle"], found["iou"] == found["best_iou"]  # all alike: in the middle
        (1.0, True)
    """
    if isinstance(model, RecurrentAttention):
        proposals = details(lambda part: model(part, return_proposals=True)[1], inputs)
        return of_squares(proposals[:, -1], regions)
    if isinstance(model, ConvolutionalClassifier) and model.attention is None:
        return {}
    attention = details(lambda part: attention_map(model, part), inputs)
    return {
        "share_in_region": rounded(attention_in_region(attention, regions).mean()),
        "pointing": rounded(pointing_accuracy(attention, regions)),
    }


def attention_map(model, pictures):
    """Attention `(B, rows, columns)` of one step over a map, or of the last block over patches."""
    weights = model(pictures, return_attention_weights=True)[1]
    if not isinstance(model, VisionTransformer):
        return weights
    side = model.settings["patch_size"]
    return patch_attention(weights[-1], pictures.shape[1] // side, pictures.shape[2] // side)


def of_squares(proposals, regions):
    """Squares beside regions.

    Args:
        proposals: `(n, 3)`: centre y, centre x, half-width.
        regions: `(n, 4)`.

    Returns:
        dict: the share of squares that contain the middle of the region, their mean intersection over union,
        the mean of the largest one that a square of this width may have, and the mean half-width.

    Example:
        >>> found = of_squares(np.array([[0.5, 0.5, 0.2]]), np.array([[0.6, 0.6, 0.8, 0.8]]))
        >>> [round(float(number), 3) for number in found.values()]  # 0.1² shared; 0.2² of 0.4²
        [1.0, 0.053, 0.25, 0.2]
    """
    proposals = np.asarray(proposals, "float64")
    centre, half_width = proposals[:, :2], proposals[:, 2]
    away = np.abs((regions[:, :2] + regions[:, 2:]) / 2 - centre).max(axis=1)
    widths = 2 * half_width[:, None], regions[:, 2:] - regions[:, :2]
    areas = [np.prod(np.broadcast_to(width, centre.shape), axis=1) for width in widths]
    boxes = ops.convert_to_numpy(proposal_boxes(proposals))
    return {
        "contains_middle": rounded((away <= half_width).mean()),
        "iou": rounded(region_iou(boxes, regions).mean()),
        "best_iou": rounded((np.minimum(*areas) / np.maximum(*areas)).mean()),
        "half_width": rounded(half_width.mean()),
    }


def details(function, inputs):
    """What a function says of all pictures, a part of them at a time."""
    is_dict = isinstance(inputs, dict)
    count = len(inputs["pictures"] if is_dict else inputs)
    found = []
    for start in range(0, count, AT_ONCE):
        part = slice(start, start + AT_ONCE)
        some = {name: array[part] for name, array in inputs.items()} if is_dict else inputs[part]
        found.append(ops.convert_to_numpy(function(some)))
    return np.concatenate(found)


def rounded(number):
    """To four places, as JSON holds it."""
    return round(float(number), 4)
