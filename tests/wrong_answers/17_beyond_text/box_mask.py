"""Wrong answers to `box_mask` beside its mutants."""

import numpy as np


def _middles(size):
    return (np.arange(size) + 0.5) / size


def _step(z):
    return 1 / (1 + np.exp(-z))


def _profiles(proposals, sizes, sharpness, places=_middles, step=_step):
    proposals = np.array(proposals, "float64")
    half = proposals[:, 2:]
    for axis, size in enumerate(sizes):
        away = places(size) - proposals[:, axis : axis + 1]
        yield step(sharpness * (away + half)), step(sharpness * (away - half))


def _mask(*arguments, **settings):
    (up, down), (left, right) = _profiles(*arguments, **settings)
    return (up - down)[:, :, None] * (left - right)[:, None, :]


def corners_for_middles__ends_on_ends(proposals, height, width, sharpness):
    return _mask(proposals, (height, width), sharpness, places=lambda size: np.linspace(0, 1, size))


def one_edge_alone__the_far_one(proposals, height, width, sharpness):
    (_, down), (_, right) = _profiles(proposals, (height, width), sharpness)
    return (1 - down)[:, :, None] * (1 - right)[:, None, :]


def axes_added__and_halved(proposals, height, width, sharpness):
    (up, down), (left, right) = _profiles(proposals, (height, width), sharpness)
    return ((up - down)[:, :, None] + (left - right)[:, None, :]) / 2


def hard_edges__of_the_soft_mask(proposals, height, width, sharpness):
    proposals = np.array(proposals)
    inside = [
        np.abs(_middles(size) - proposals[:, axis : axis + 1]) < proposals[:, 2:]
        for axis, size in enumerate((height, width))
    ]
    return 1.0 * (inside[0][:, :, None] & inside[1][:, None, :])


def sharpness_ignored__the_usual_one(proposals, height, width, sharpness):
    return _mask(proposals, (height, width), 20.0)


def in_pixels__all_of_it(proposals, height, width, sharpness):
    (up, _), (_, _) = _profiles(proposals, (height, width), sharpness * height)
    (_, down), (_, _) = _profiles(proposals, (height, width), sharpness * height)
    (_, _), (left, right) = _profiles(proposals, (height, width), sharpness * width)
    return (up - down)[:, :, None] * (left - right)[:, None, :]


def minimum_of_the_axes(proposals, height, width, sharpness):
    (up, down), (left, right) = _profiles(proposals, (height, width), sharpness)
    return np.minimum((up - down)[:, :, None], (left - right)[:, None, :])


def tanh_in_place_of_the_sigmoid(proposals, height, width, sharpness):
    return _mask(proposals, (height, width), sharpness, step=np.tanh)


def negative(proposals, height, width, sharpness):
    return -_mask(proposals, (height, width), sharpness)


def round_box(proposals, height, width, sharpness):
    proposals = np.array(proposals, "float64")
    y = _middles(height)[None, :, None] - proposals[:, 0, None, None]
    x = _middles(width)[None, None, :] - proposals[:, 1, None, None]
    return _step(sharpness * (proposals[:, 2, None, None] - np.hypot(y, x)))
