"""How one setting of a layer initializes many weights."""

import keras


def fresh_initializer(initializer):
    """An initializer of this kind that draws numbers of its own.

    Keras's random initializers give equal numbers at every call. Where one is set for many weights, each of
    these needs one of its own, or weights of one shape would start out equal.

    Args:
        initializer: a name, a configuration or a `keras.initializers.Initializer`.

    Returns:
        a `keras.initializers.Initializer`.

    Example:
        >>> import keras
        >>> from course_lib.layers.initializers import fresh_initializer
        >>> normal = keras.initializers.TruncatedNormal(stddev=0.02)
        >>> first, second = (fresh_initializer(normal)((3, 5)) for _ in range(2))
        >>> bool(keras.ops.all(first == second)), bool(keras.ops.all(normal((3, 5)) == normal((3, 5))))
        (False, True)

    Taught in: notebooks/07_the_block
    """
    if isinstance(initializer, keras.initializers.Initializer):
        return initializer.clone()
    return keras.initializers.get(initializer)


def initializer_config(initializer):
    """What a layer's `get_config` says about an initializer it was given."""
    if isinstance(initializer, keras.initializers.Initializer):
        return keras.initializers.serialize(initializer)
    return initializer
