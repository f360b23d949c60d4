"""Token ids on their way into an embedding."""

import keras
import numpy as np


def check_token_ids(token_ids, vocabulary_size):
    """Token ids as an array or tensor, refused if a model cannot have meant them.

    Values are looked at where they are known at once: in NumPy arrays and lists.

    Raises:
        ValueError: if ids are floats or, where known, outside the vocabulary.

    Example:
        >>> from course_lib.models.token_ids import check_token_ids
        >>> check_token_ids([[5.7]], vocabulary_size=11)
        Traceback (most recent call last):
        ValueError: Token ids must be integers. Received: ids of dtype float64.
    """
    token_ids = token_ids if hasattr(token_ids, "dtype") else np.asarray(token_ids)
    dtype = keras.backend.standardize_dtype(token_ids.dtype)
    if "int" not in dtype:
        raise ValueError(f"Token ids must be integers. Received: ids of dtype {dtype}.")
    if isinstance(token_ids, np.ndarray) and token_ids.size:
        lowest, highest = token_ids.min(), token_ids.max()
        if lowest < 0 or highest >= vocabulary_size:
            raise ValueError(
                f"Token ids must be at least 0 and below the vocabulary's size of {vocabulary_size}. "
                f"Received: ids from {lowest} to {highest}."
            )
    return token_ids


def embed_tokens(token_ids, embedding):
    """The vectors of tokens, of ids that a model can have meant.

    An embedding would cut a float to an int, and what it gives for an id outside its table depends on the
    backend: an error, zeros or NaN. Values are looked at where they are known at once, in NumPy arrays and
    lists; the searches of `course_lib.decoding` refuse the NaN that others lead to.

    Args:
        token_ids: ints, any shape.
        embedding: a `keras.layers.Embedding`.

    Returns:
        float tensor, the shape of `token_ids` and one axis more.

    Raises:
        ValueError: if ids are floats or, where known, outside the table.

    Example:
        >>> import keras
        >>> from course_lib.models.token_ids import embed_tokens
        >>> embed_tokens([[3, 7]], keras.layers.Embedding(5, 2))
        Traceback (most recent call last):
        ValueError: Token ids must be at least 0 and below the vocabulary's size of 5. Received: ...

    Taught in: notebooks/01_language_models
    """
    return embedding(check_token_ids(token_ids, embedding.input_dim))
