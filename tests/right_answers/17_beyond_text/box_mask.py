"""Right answers to `box_mask` in other styles."""

import numpy as np
from keras import ops


def in_numpy(proposals, height, width, sharpness):
    proposals = np.array(proposals, "float64")

    def step(z):
        return 1 / (1 + np.exp(-sharpness * z))

    y, x = (np.arange(height) + 0.5) / height, (np.arange(width) + 0.5) / width
    masks = []
    for centre_y, centre_x, half in proposals:
        down = step(y - (centre_y - half)) - step(y - (centre_y + half))
        across = step(x - (centre_x - half)) - step(x - (centre_x + half))
        masks.append(np.outer(down, across))
    return np.stack(masks)


def on_the_whole_grid(proposals, height, width, sharpness):
    y = ops.reshape((ops.arange(height, dtype="float32") + 0.5) / height, (1, height, 1))
    x = ops.reshape((ops.arange(width, dtype="float32") + 0.5) / width, (1, 1, width))
    centre_y, centre_x, half = (proposals[:, index, None, None] for index in range(3))

    def step(z):
        return 1.0 / (1.0 + ops.exp(-sharpness * z))

    down = step(y - (centre_y - half)) - step(y - (centre_y + half))
    return down * (step(x - (centre_x - half)) - step(x - (centre_x + half)))


def by_einsum_and_tanh(proposals, height, width, sharpness):
    def profile(centre, size):
        middles = (2.0 * ops.arange(size, dtype="float32") + 1.0) / (2.0 * size)
        near = ops.tanh(0.5 * sharpness * (middles - centre + proposals[:, 2:]))
        return 0.5 * (near - ops.tanh(0.5 * sharpness * (middles - centre - proposals[:, 2:])))

    return ops.einsum("bh,bw->bhw", profile(proposals[:, :1], height), profile(proposals[:, 1:2], width))
