"""Wrong answers to `split_patches`, each named after the mistake it makes."""

from keras import ops


def _grid(pictures, patch_size):
    _, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    cut = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    return ops.transpose(cut, (0, 1, 3, 2, 4, 5))  # (B, rows, columns, P, P, channels)


def _joined(grid, shape):
    batch, rows, columns, patch_size, _, channels = shape
    return ops.reshape(grid, (batch, rows * columns, patch_size * patch_size * channels))


def reshaped_only(pictures, patch_size):
    return _joined(pictures, _grid(pictures, patch_size).shape)


def pixels_far_apart(pictures, patch_size):
    batch, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    cut = ops.reshape(pictures, (batch, patch_size, rows, patch_size, columns, channels))
    cut = ops.transpose(cut, (0, 2, 4, 1, 3, 5))
    return ops.reshape(cut, (batch, rows * columns, patch_size * patch_size * channels))


def picture_turned(pictures, patch_size):
    turned = ops.transpose(pictures, (0, 2, 1, 3))
    grid = _grid(turned, patch_size)
    return _joined(grid, grid.shape)


def columns_first(pictures, patch_size):
    grid = _grid(pictures, patch_size)
    return _joined(ops.transpose(grid, (0, 2, 1, 3, 4, 5)), grid.shape)


def pixels_transposed(pictures, patch_size):
    grid = _grid(pictures, patch_size)
    return _joined(ops.transpose(grid, (0, 1, 2, 4, 3, 5)), grid.shape)


def channels_first(pictures, patch_size):
    grid = _grid(pictures, patch_size)
    return _joined(ops.transpose(grid, (0, 1, 2, 5, 3, 4)), grid.shape)


def batch_mixed(pictures, patch_size):
    grid = _grid(pictures, patch_size)
    return _joined(ops.transpose(grid, (1, 2, 0, 3, 4, 5)), grid.shape)


def batch_second(pictures, patch_size):
    squares = []
    for top in range(0, pictures.shape[1], patch_size):
        for left in range(0, pictures.shape[2], patch_size):
            square = pictures[:, top : top + patch_size, left : left + patch_size]
            squares.append(ops.reshape(square, (pictures.shape[0], -1)))
    return ops.stack(squares, axis=0)


def height_and_width_exchanged(pictures, patch_size):
    batch, width, height, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    cut = ops.reshape(pictures, (batch, rows, patch_size, columns, patch_size, channels))
    cut = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
    return ops.reshape(cut, (batch, rows * columns, patch_size * patch_size * channels))
