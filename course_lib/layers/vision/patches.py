"""Pictures as sequences of patches, and back."""

from keras import ops

from course_lib.layers.vision.pictures import check_pictures


def split_patches(pictures, patch_size):
    """Cuts pictures into squares, row by row, and writes each of them as one vector, row by row too.

    `patches[b, r C + c, (i P + j) channels + k] = pictures[b, r P + i, c P + j, k]`, with `C = W / P` patches
    in a row

    Args:
        pictures: floats `(B, H, W, channels)`, `H` and `W` known and multiples of `P`.
        patch_size: int `P`.

    Returns:
        `(B, H/P · W/P, P² · channels)`.

    Raises:
        ValueError: if the shape is another, or a patch does not go evenly into a picture.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import split_patches
        >>> pictures = ops.reshape(ops.arange(16.0), (1, 4, 4, 1))
        >>> ops.convert_to_numpy(split_patches(pictures, 2)).astype(int).tolist()
        [[[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]]

    In the paper: patches = x_p, patch_size = P, the number of patches = N.
    Reference: Dosovitskiy et al. (2021), section 3.1, https://arxiv.org/abs/2010.11929
    Taught in: notebooks/17_beyond_text
    """
    pictures = ops.convert_to_tensor(pictures)
    check_pictures(pictures)
    rows, columns = patch_grid(pictures.shape[1], pictures.shape[2], patch_size)
    channels = pictures.shape[3]
    cut = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    cut = ops.transpose(cut, (0, 1, 3, 2, 4, 5))  # (B, rows, columns, P, P, channels)
    return ops.reshape(cut, (-1, rows * columns, patch_size * patch_size * channels))


def join_patches(patches, patch_size, height, width):
    """Puts patches together to pictures: what `split_patches` undoes.

    Args:
        patches: `(B, H/P · W/P, P² · channels)`.
        patch_size: int `P`.
        height, width: ints `H` and `W`, multiples of `P`.

    Returns:
        `(B, H, W, channels)`.

    Raises:
        ValueError: if a patch does not go evenly into a picture, or number or width of the patches are
            others.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import join_patches, split_patches
        >>> pictures = ops.reshape(ops.arange(48.0), (1, 4, 6, 2))
        >>> bool(ops.all(join_patches(split_patches(pictures, 2), 2, 4, 6) == pictures))
        True

    Taught in: notebooks/17_beyond_text
    """
    patches = ops.convert_to_tensor(patches)
    rows, columns = patch_grid(height, width, patch_size)
    area = patch_size * patch_size
    if len(patches.shape) != 3 or patches.shape[1] != rows * columns or patches.shape[2] % area:
        raise ValueError(
            f"`patches` must have shape (B, {rows * columns}, {area} · channels). "
            f"Received: patches of shape {tuple(patches.shape)}."
        )
    channels = patches.shape[2] // area
    cut = ops.reshape(patches, (-1, rows, columns, patch_size, patch_size, channels))
    cut = ops.transpose(cut, (0, 1, 3, 2, 4, 5))  # (B, rows, P, columns, P, channels)
    return ops.reshape(cut, (-1, height, width, channels))


def patch_grid(height, width, patch_size):
    """How many rows and columns of patches there are in a picture.

    Raises:
        ValueError: if a patch does not go evenly into it.

    Example:
        >>> from course_lib.layers.vision.patches import patch_grid
        >>> patch_grid(6, 9, 3)
        (2, 3)
    """
    if patch_size < 1:
        raise ValueError(f"`patch_size` must be positive. Received: patch_size={patch_size}.")
    if height is None or width is None or height % patch_size or width % patch_size:
        raise ValueError(
            "Height and width of a picture must be known, and multiples of `patch_size`. "
            f"Received: height={height}, width={width}, patch_size={patch_size}."
        )
    return height // patch_size, width // patch_size
