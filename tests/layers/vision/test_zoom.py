"""Closer looks: against slices, Keras, SciPy, loops in float64 and finite differences."""

import keras
import numpy as np
import pytest
from keras import ops
from support.gradients import finite_differences, gradient

from course_lib.layers import stretch_positions, zoom
from course_lib.layers.vision.sampling import sampling_weights

H, W = 13, 17


def pictures(*shape):
    return np.random.default_rng(1).normal(size=shape).astype("float32")


def looks(*arguments):
    return ops.convert_to_numpy(zoom(*arguments))


def weights_by_loops(start, stop, num_in, num_out):
    step = (stop - start) * num_in / num_out
    weights = np.zeros((num_out, num_in))
    for written in range(num_out):
        place = start * num_in + (written + 0.5) * step - 0.5
        for read in range(num_in):
            weights[written, read] = max(0.0, 1.0 - abs(place - read) / max(1.0, step))
        weights[written] /= weights[written].sum()
    return weights


def zoom_by_loops(whole, box, height, width):
    """In float64, one picture and one box."""
    top, left, bottom, right = box
    down = weights_by_loops(top, bottom, whole.shape[0], height)
    across = weights_by_loops(left, right, whole.shape[1], width)
    return np.einsum("gh,hwc,kw->gkc", down, whole, across)


def test_the_whole_picture_at_its_size_is_the_picture():
    whole = pictures(3, H, W, 2)
    np.testing.assert_allclose(looks(whole, [[0.0, 0.0, 1.0, 1.0]] * 3, H, W), whole, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    "top, left, height, width", [(0, 0, 5, 7), (8, 10, 5, 7), (3, 2, 7, 11), (12, 0, 1, 17)]
)
def test_a_box_of_whole_pixels_at_its_size_is_a_slice(top, left, height, width):
    """At all four borders, too: no row is lost or read twice."""
    whole = pictures(2, H, W, 3)
    box = [[top / H, left / W, (top + height) / H, (left + width) / W]] * 2
    expected = whole[:, top : top + height, left : left + width]
    np.testing.assert_allclose(looks(whole, box, height, width), expected, rtol=1e-5, atol=2e-5)


@pytest.mark.parametrize("height, width", [(5, 3), (29, 31), (7, 23), (13, 17), (1, 1)])
def test_the_whole_picture_is_resized_as_keras_does(height, width):
    whole = pictures(2, H, W, 3)
    expected = ops.image.resize(whole, (height, width), interpolation="bilinear", antialias=True)
    found = looks(whole, [[0.0, 0.0, 1.0, 1.0]] * 2, height, width)
    np.testing.assert_allclose(found, ops.convert_to_numpy(expected), rtol=1e-4, atol=1e-5)


def test_a_box_that_is_enlarged_is_interpolated_as_scipy_does():
    """Boxes to the corners: beyond the border the outermost pixels go on."""
    ndimage = pytest.importorskip("scipy.ndimage")
    whole = pictures(4, H, W, 1)
    boxes = np.array(
        [[0, 0, 0.3, 0.4], [0.61, 0.57, 1, 1], [0.21, 0.33, 0.7, 0.9], [0, 0.7, 0.5, 1]], "float32"
    )
    found = looks(whole, boxes, 11, 19)
    for picture, box, look in zip(whole, boxes.astype(float), found, strict=True):
        y = (box[0] + (box[2] - box[0]) * (np.arange(11) + 0.5) / 11) * H - 0.5
        x = (box[1] + (box[3] - box[1]) * (np.arange(19) + 0.5) / 19) * W - 0.5
        places = np.stack(np.meshgrid(y, x, indexing="ij"))
        expected = ndimage.map_coordinates(picture[..., 0].astype(float), places, order=1, mode="nearest")
        np.testing.assert_allclose(look[..., 0], expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("height, width", [(3, 5), (19, 2)])
def test_any_box_is_what_loops_give(height, width):
    whole = pictures(5, H, W, 2)
    generator = np.random.default_rng(2)
    low = generator.uniform(0, 0.5, (5, 2))
    boxes = np.concatenate([low, low + generator.uniform(0.1, 0.5, (5, 2))], axis=1).astype("float32")
    for picture, box, look in zip(whole, boxes, looks(whole, boxes, height, width), strict=True):
        np.testing.assert_allclose(look, zoom_by_loops(picture, box, height, width), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("side", [3, 16])
def test_the_gradient_of_a_box_is_that_of_finite_differences(side):
    whole, target = pictures(1, H, W, 2), pictures(1, side, side, 2)
    box = np.array([0.13, 0.22, 0.81, 0.77])
    found = gradient(lambda boxes: ops.sum(ops.multiply(target, zoom(whole, boxes, side, side))), box[None])[
        0
    ]
    expected = finite_differences(lambda b: (target[0] * zoom_by_loops(whole[0], b, side, side)).sum(), box)
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-3)


def test_nothing_is_skipped_where_a_picture_shrinks():
    weights = ops.convert_to_numpy(sampling_weights(0.0, 1.0, 23, 5))
    assert (weights.sum(axis=0) > 0.1).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1.0, rtol=1e-6)


def test_positions_of_the_same_grid_are_the_table_and_others_lie_between():
    table = pictures(3, 5, 7)
    np.testing.assert_allclose(
        ops.convert_to_numpy(stretch_positions(table, 3, 5)), table, rtol=1e-6, atol=1e-6
    )
    found = ops.convert_to_numpy(stretch_positions(table, 7, 11))
    expected = ops.image.resize(table[None], (7, 11), interpolation="bilinear", antialias=True)[0]
    np.testing.assert_allclose(found, ops.convert_to_numpy(expected), rtol=1e-4, atol=1e-5)


def test_half_precision_stays():
    look = zoom(ops.cast(pictures(1, H, W, 3), "float16"), [[0.0, 0.0, 1.0, 1.0]], 5, 5)
    assert keras.backend.standardize_dtype(look.dtype) == "float16"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: zoom(pictures(2, H, W), [[0, 0, 1, 1]] * 2, 3, 3), r"\(B, H, W, channels\)"),
        (lambda: zoom(np.zeros((1, H, W, 3), int), [[0, 0, 1, 1]], 3, 3), "must be floats"),
        (
            lambda: zoom(pictures(1, H, W, 1), [[0.5, 0.5, 0.2]], 3, 3),
            r"shape \(B, 4\): top, left, bottom, right",
        ),
        (
            lambda: zoom(pictures(1, H, W, 1), [[0, 0, 1, 1]], 0, 3),
            "positive. Received: num_in=13, num_out=0",
        ),
        (lambda: stretch_positions(pictures(16, 5), 3, 3), "a grid without class token"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
