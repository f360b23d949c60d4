"""Verdict of `split_patches`: squares of a picture, row by row."""

import numpy as np


def draw(generator):
    """Pictures (B, R P, C P, channels), high, wide and square."""
    cases = []
    for batch, rows, columns, patch, channels in (
        (1, 2, 1, 2, 1),
        (2, 3, 2, 2, 3),
        (3, 2, 5, 3, 2),
        (2, 3, 3, 5, 1),
        (5, 2, 3, 1, 3),
        (2, 1, 1, 3, 2),
        (2, 2, 2, 2, 2),
    ):
        shape = (batch, rows * patch, columns * patch, channels)
        pictures = generator.normal(0, 1, shape)
        if batch == 1:
            pictures = generator.permutation(np.arange(float(np.prod(shape)))).reshape(shape)
        if batch == 3:
            pictures = 1000 * pictures
        cases.append({"pictures": pictures, "patch_size": patch})
    return cases


def _sizes(case):
    """R, C and the number of channels."""
    _, height, width, channels = case["pictures"].shape
    return height // case["patch_size"], width // case["patch_size"], channels


CONDITIONS = {
    "more rows than columns": lambda case: _sizes(case)[0] > _sizes(case)[1] > 1,
    "more columns than rows": lambda case: _sizes(case)[1] > _sizes(case)[0] > 1,
    "a square picture of several patches": lambda case: _sizes(case)[0] == _sizes(case)[1] > 1,
    "several channels": lambda case: _sizes(case)[2] > 1,
    "one channel": lambda case: _sizes(case)[2] == 1,
    "one picture": lambda case: len(case["pictures"]) == 1,
    "a patch of one pixel": lambda case: case["patch_size"] == 1,
    "one patch for the whole picture": lambda case: _sizes(case)[:2] == (1, 1),
    "all sizes equal": lambda case: len({len(case["pictures"]), case["patch_size"], *_sizes(case)}) == 1,
}


def reference(pictures, patch_size):
    rows, columns = pictures.shape[1] // patch_size, pictures.shape[2] // patch_size
    squares = [
        pictures[:, r * patch_size : (r + 1) * patch_size, c * patch_size : (c + 1) * patch_size]
        for r in range(rows)
        for c in range(columns)
    ]
    return np.stack([square.reshape(len(pictures), -1) for square in squares], axis=1)


def _grid(pictures, patch_size):
    """The right answer with all its axes: (B, R, C, P, P, channels)."""
    rows, columns = pictures.shape[1] // patch_size, pictures.shape[2] // patch_size
    shape = (len(pictures), rows, columns, patch_size, patch_size, pictures.shape[3])
    return reference(pictures, patch_size).reshape(shape)


def _with_axes(*order):
    """The answer with its axes (B, r, c, i, j, k) written in another order."""

    def answer(pictures, patch_size):
        patches = reference(pictures, patch_size)
        return _grid(pictures, patch_size).transpose(order).reshape(patches.shape)

    return answer


def _strips(pictures, patch_size):
    return pictures.reshape(reference(pictures, patch_size).shape)


def _parts_of_axes_exchanged(pictures, patch_size):
    """Each axis split into (P, rows) in place of (rows, P)."""
    batch, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    cut = pictures.reshape(batch, patch_size, rows, patch_size, columns, channels)
    return cut.transpose(0, 2, 4, 1, 3, 5).reshape(batch, rows * columns, -1)


def _places_for_patches(pictures, patch_size):
    """As many patches as there are places in one, each of the pixels at that place: (B, P², R C channels)."""
    grid = _grid(pictures, patch_size).transpose(0, 3, 4, 1, 2, 5)
    return grid.reshape(len(pictures), patch_size**2, -1)


def _sizes_exchanged(pictures, patch_size):
    batch, height, width, channels = pictures.shape
    rows, columns = width // patch_size, height // patch_size
    cut = pictures.reshape(batch, rows, patch_size, columns, patch_size, channels)
    return cut.transpose(0, 1, 3, 2, 4, 5).reshape(batch, rows * columns, -1)


MISTAKES = {
    "reshaped_only": _strips,
    "pixels_far_apart": (_parts_of_axes_exchanged, _places_for_patches),
    "picture_turned": _with_axes(0, 2, 1, 4, 3, 5),
    "columns_first": _with_axes(0, 2, 1, 3, 4, 5),
    "pixels_transposed": _with_axes(0, 1, 2, 4, 3, 5),
    "channels_first": (
        _with_axes(0, 1, 2, 5, 3, 4),
        _with_axes(0, 1, 2, 5, 4, 3),
    ),
    "batch_mixed": (
        _with_axes(1, 2, 0, 3, 4, 5),
        _with_axes(1, 0, 2, 3, 4, 5),
    ),
    "batch_second": lambda pictures, patch_size: reference(pictures, patch_size).swapaxes(0, 1),
    "height_and_width_exchanged": _sizes_exchanged,
}
