"""Keys and values of positions read before, so that a decoder computes each of them once."""

from keras import ops


def empty_cache(batch_size, num_heads, length, key_dim, value_dim, dtype="float32"):
    """Room for the keys and values of `length` positions.

    Args:
        batch_size: int or scalar int tensor `B`.
        num_heads: int `N`.
        length: int `L`, how many positions there is room for.
        key_dim: int, the size of a key in a head.
        value_dim: int, the size of a value in a head.
        dtype: of both.

    Returns:
        the pair keys `(B, N, L, key_dim)` and values `(B, N, L, value_dim)`, all zero.

    Example:
        >>> keys, values = empty_cache(2, num_heads=3, length=5, key_dim=7, value_dim=4)
        >>> tuple(keys.shape), tuple(values.shape)
        ((2, 3, 5, 7), (2, 3, 5, 4))

    Taught in: notebooks/08_the_transformer
    """
    return tuple(
        ops.zeros((batch_size, num_heads, length, width), dtype=dtype) for width in (key_dim, value_dim)
    )


def write_to_cache(cache, prepared, position):
    """A cache with the keys and values of one more position in it; the one that is given stays as it is.

    Args:
        cache: the pair keys `(B, N, L, key_dim)` and values `(B, N, L, value_dim)`.
        prepared: keys `(B, N, 1, key_dim)` and values `(B, N, 1, value_dim)` of what stands at `position`.
        position: int or scalar int tensor below `L`.

    Returns:
        the new cache, and bool `(1, 1, 1, L)`, `True` at positions that have been written up to this one.

    Example:
        >>> cache = empty_cache(1, num_heads=1, length=3, key_dim=1, value_dim=1)
        >>> two = ops.full((1, 1, 1, 1), 2.0)
        >>> (keys, values), is_written = write_to_cache(cache, (two, two), position=1)
        >>> ops.convert_to_numpy(keys).ravel().tolist(), ops.convert_to_numpy(is_written).ravel().tolist()
        ([0.0, 2.0, 0.0], [True, True, False])

    Taught in: notebooks/08_the_transformer
    """
    position = ops.cast(position, "int32")
    keys, values = (
        ops.slice_update(old, ops.stack([0, 0, position, 0]), new)
        for old, new in zip(cache, prepared, strict=True)
    )
    is_written = ops.arange(keys.shape[2]) <= position  # (L,)
    return (keys, values), is_written[None, None, None, :]
