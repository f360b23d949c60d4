"""One call that makes a run repeatable."""

import keras


def set_seed(seed):
    """Seed Python's, NumPy's and the backend's generators, and Keras's own.

    Call it before the model is made: initial weights and the dropout of each layer follow from it. On a CPU
    the same seed then gives the same run; on a GPU some kernels still add in varying order.

    Args:
        seed: integer from 0 to 2³² - 1.

    Raises:
        ValueError: on anything else.

    Example:
        >>> import keras
        >>> set_seed(3)
        >>> first = keras.random.normal((2,))
        >>> set_seed(3)
        >>> bool(keras.ops.all(first == keras.random.normal((2,))))
        True

    Taught in: notebooks/01_language_models
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise ValueError(f"`seed` must be an integer from 0 to 2**32 - 1. Received: seed={seed!r}.")
    keras.utils.set_random_seed(seed)
