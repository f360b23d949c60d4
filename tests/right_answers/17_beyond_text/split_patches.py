"""Right answers to `split_patches` in other styles."""

import numpy as np
from keras import ops


def squares_in_loops(pictures, patch_size):
    batch, height, width, _ = pictures.shape
    squares = []
    for top in range(0, height, patch_size):
        for left in range(0, width, patch_size):
            square = pictures[:, top : top + patch_size, left : left + patch_size, :]
            squares.append(ops.reshape(square, (batch, -1)))
    return ops.stack(squares, axis=1)


def in_numpy(pictures, patch_size):
    pictures = np.array(pictures)
    batch, height, width, channels = pictures.shape
    cut = pictures.reshape(batch, height // patch_size, patch_size, width // patch_size, patch_size, channels)
    return cut.swapaxes(2, 3).reshape(batch, -1, patch_size**2 * channels)


def by_split(pictures, patch_size):
    batch, height, width, _ = pictures.shape
    patches = []
    for strip in ops.split(pictures, height // patch_size, axis=1):
        for square in ops.split(strip, width // patch_size, axis=2):
            patches.append(ops.reshape(square, (batch, 1, -1)))
    return ops.concatenate(patches, axis=1)


def with_einsum(pictures, patch_size):
    batch, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    cut = ops.reshape(pictures, (batch, rows, patch_size, columns, patch_size, channels))
    cut = ops.einsum("bricjk->brcijk", cut)
    return ops.reshape(cut, (batch, rows * columns, -1))
