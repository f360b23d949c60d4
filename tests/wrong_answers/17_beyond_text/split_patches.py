"""Wrong answers to `split_patches` beside its mutants."""

import numpy as np


def _cut(pictures, patch_size):
    pictures = np.array(pictures)
    batch, height, width, channels = pictures.shape
    shape = (batch, height // patch_size, patch_size, width // patch_size, patch_size, channels)
    return pictures.reshape(shape).transpose(0, 1, 3, 2, 4, 5)


def _joined(grid, shape):
    batch, rows, columns, patch_size, _, channels = shape
    return grid.reshape(batch, rows * columns, patch_size**2 * channels)


def pixels_far_apart__a_patch_for_each_place(pictures, patch_size):
    pictures = np.array(pictures)
    phases = [
        pictures[:, i::patch_size, j::patch_size].reshape(len(pictures), -1)
        for i in range(patch_size)
        for j in range(patch_size)
    ]
    return np.stack(phases, axis=1)


def batch_mixed__rows_in_front(pictures, patch_size):
    grid = _cut(pictures, patch_size)
    return _joined(grid.transpose(1, 0, 2, 3, 4, 5), grid.shape)


def channels_first__and_columns(pictures, patch_size):
    grid = _cut(pictures, patch_size)
    return _joined(grid.transpose(0, 1, 2, 5, 4, 3), grid.shape)


def reversed_rows(pictures, patch_size):
    grid = _cut(pictures, patch_size)
    return _joined(grid[:, ::-1], grid.shape)


def left_on_the_grid(pictures, patch_size):
    grid = _cut(pictures, patch_size)
    return grid.reshape(*grid.shape[:3], -1)


def first_picture_for_all(pictures, patch_size):
    grid = _cut(pictures, patch_size)
    return _joined(np.broadcast_to(grid[:1], grid.shape), grid.shape)
