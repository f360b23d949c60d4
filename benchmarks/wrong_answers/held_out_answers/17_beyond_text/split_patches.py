import numpy as np
from keras import ops


def right_1(pictures, patch_size):
    """Reshape to six axes, exchange two of them, flatten."""
    _, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    x = ops.transpose(x, (0, 1, 3, 2, 4, 5))
    return ops.reshape(x, (-1, rows * columns, patch_size * patch_size * channels))


def right_2(pictures, patch_size):
    """Cut every square with a slice and stack the squares."""
    batch, height, width, channels = ops.shape(pictures)
    patches = []
    for top in range(0, height, patch_size):
        for left in range(0, width, patch_size):
            square = pictures[:, top : top + patch_size, left : left + patch_size, :]
            patches.append(ops.reshape(square, (batch, patch_size * patch_size * channels)))
    return ops.stack(patches, axis=1)


def right_3(pictures, patch_size):
    """Work out which pixel goes where, and gather the flat pixels once."""
    batch, height, width, channels = ops.shape(pictures)
    p = patch_size
    numbers = np.arange(height * width).reshape(height, width)
    order = []
    for r in range(height // p):
        for c in range(width // p):
            order.extend(numbers[r * p : (r + 1) * p, c * p : (c + 1) * p].ravel())
    flat = ops.reshape(pictures, (batch, height * width, channels))
    picked = ops.take(flat, np.array(order, dtype="int32"), axis=1)
    return ops.reshape(picked, (batch, (height // p) * (width // p), p * p * channels))


def right_4(pictures, patch_size):
    """Every place within a patch is a strided slice; these are stacked behind the patches."""
    batch, height, width, channels = ops.shape(pictures)
    pieces = [
        pictures[:, i::patch_size, j::patch_size, :] for i in range(patch_size) for j in range(patch_size)
    ]
    grid = ops.concatenate(pieces, axis=-1)
    return ops.reshape(grid, (batch, -1, patch_size * patch_size * channels))


def wrong_1(pictures, patch_size):
    """Reshape without exchanging axes, patches are runs of pixels of a row. Wrong on: W > P > 1."""
    _, height, width, channels = pictures.shape
    count = (height // patch_size) * (width // patch_size)
    return ops.reshape(pictures, (-1, count, patch_size * patch_size * channels))


def wrong_2(pictures, patch_size):
    """Pixels within a patch are taken column by column. Wrong on: P > 1."""
    _, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    x = ops.transpose(x, (0, 1, 3, 4, 2, 5))
    return ops.reshape(x, (-1, rows * columns, patch_size * patch_size * channels))


def wrong_3(pictures, patch_size):
    """Patches are taken column by column. Wrong on: more than one row and more than one column of patches."""
    batch, height, width, channels = ops.shape(pictures)
    patches = []
    for left in range(0, width, patch_size):
        for top in range(0, height, patch_size):
            square = pictures[:, top : top + patch_size, left : left + patch_size, :]
            patches.append(ops.reshape(square, (batch, -1)))
    return ops.stack(patches, axis=1)


def wrong_4(pictures, patch_size):
    """Channels first within a patch, as in PyTorch's unfold. Wrong on: P > 1 and more than one channel."""
    _, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    x = ops.transpose(x, (0, 1, 3, 5, 2, 4))
    return ops.reshape(x, (-1, rows * columns, patch_size * patch_size * channels))


def wrong_5(pictures, patch_size):
    """Takes the picture for a square, as many columns as rows are cut. Wrong on: W > H, and H > W."""
    batch, height, _, _ = ops.shape(pictures)
    side = height // patch_size
    patches = []
    for r in range(side):
        for c in range(side):
            square = pictures[:, r * patch_size : (r + 1) * patch_size, c * patch_size : (c + 1) * patch_size]
            patches.append(ops.reshape(square, (batch, -1)))
    return ops.stack(patches, axis=1)


def wrong_6(pictures, patch_size):
    """Takes the shape for (B, W, H, channels) and mixes up rows and columns. Wrong on: H != W with P > 1."""
    batch, width, height, channels = ops.shape(pictures)
    rows, columns = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (batch, rows, patch_size, columns, patch_size, channels))
    x = ops.transpose(x, (0, 1, 3, 2, 4, 5))
    return ops.reshape(x, (batch, rows * columns, -1))


def wrong_7(pictures, patch_size):
    """Windows overlap, they move on by one pixel. Wrong on: P > 1 unless one patch is the whole picture."""
    batch, height, width, _ = ops.shape(pictures)
    windows = []
    for top in range(height - patch_size + 1):
        for left in range(width - patch_size + 1):
            window = pictures[:, top : top + patch_size, left : left + patch_size]
            windows.append(ops.reshape(window, (batch, -1)))
    return ops.stack(windows, axis=1)


def wrong_8(pictures, patch_size):
    """Keeps the grid, the result is (B, R, C, P * P * channels). Wrong on: every input, by its shape."""
    _, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    x = ops.transpose(x, (0, 1, 3, 2, 4, 5))
    return ops.reshape(x, (-1, rows, columns, patch_size * patch_size * channels))


def wrong_9(pictures, patch_size):
    """Rows of patches are counted from the bottom, as in a plot. Wrong on: more than one row of patches."""
    batch, height, width, _ = ops.shape(pictures)
    out = []
    for top in range(height - patch_size, -1, -patch_size):
        for left in range(0, width, patch_size):
            cut = pictures[:, top : top + patch_size, left : left + patch_size]
            out.append(ops.reshape(cut, (batch, -1)))
    return ops.stack(out, axis=1)


def wrong_10(pictures, patch_size):
    """Takes every R-th and C-th pixel, not neighbours. Wrong on: P > 1 and more than one patch."""
    batch, height, width, channels = ops.shape(pictures)
    rows, columns = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (batch, patch_size, rows, patch_size, columns, channels))
    x = ops.transpose(x, (0, 2, 4, 1, 3, 5))
    return ops.reshape(x, (batch, rows * columns, patch_size**2 * channels))


def wrong_11(pictures, patch_size):
    """Joins squares along the batch and reshapes, pictures get mixed. Wrong on: B > 1, over one patch."""
    batch, height, width, channels = ops.shape(pictures)
    squares = [
        pictures[:, y : y + patch_size, x : x + patch_size]
        for y in range(0, height, patch_size)
        for x in range(0, width, patch_size)
    ]
    together = ops.concatenate(squares, axis=0)
    return ops.reshape(together, (batch, len(squares), patch_size * patch_size * channels))


def wrong_12(pictures, patch_size):
    """Standardises each patch, as a masked autoencoder does with targets. Wrong on: nearly every input."""
    _, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    x = ops.reshape(ops.transpose(x, (0, 1, 3, 2, 4, 5)), (-1, rows * columns, patch_size**2 * channels))
    mean = ops.mean(x, axis=-1, keepdims=True)
    return (x - mean) / ops.sqrt(ops.var(x, axis=-1, keepdims=True) + 1e-6)


def wrong_13(pictures, patch_size):
    """Takes P for the number of patches along a side. Wrong on: H or W other than P * P."""
    batch, height, width, channels = ops.shape(pictures)
    tall, wide = height // patch_size, width // patch_size
    x = ops.reshape(pictures, (batch, patch_size, tall, patch_size, wide, channels))
    x = ops.transpose(x, (0, 1, 3, 2, 4, 5))
    return ops.reshape(x, (batch, patch_size * patch_size, tall * wide * channels))


def wrong_14(pictures, patch_size):
    """Folds the batch into the patches, (B R C, P P channels). Wrong on: every input, by its shape."""
    _, height, width, channels = pictures.shape
    grid = (-1, height // patch_size, patch_size, width // patch_size, patch_size, channels)
    x = ops.reshape(pictures, grid)
    x = ops.transpose(x, (0, 1, 3, 2, 4, 5))
    return ops.reshape(x, (-1, patch_size * patch_size * channels))


def wrong_15(pictures, patch_size):
    """Forgets the last row and column of patches (off by one). Wrong on: every picture of over one patch."""
    batch, height, width, _ = ops.shape(pictures)
    patches = []
    for top in range(0, max(height - patch_size, 1), patch_size):
        for left in range(0, max(width - patch_size, 1), patch_size):
            square = pictures[:, top : top + patch_size, left : left + patch_size, :]
            patches.append(ops.reshape(square, (batch, -1)))
    return ops.stack(patches, axis=1)
