"""What every scoring function has in common."""

import abc

import keras


class AttentionScore(keras.layers.Layer, abc.ABC):
    """A scoring function: one number for each pair of a query and a key.

    `scores[b, t, s] = score(query[b, t], key[b, s])`

    A score has two halves, so that a decoder that asks one query after another does the work on the keys
    only once: `prepare(key)` and `compare(query, prepared_key)`. A subclass writes these two, and `build`
    if it has weights.

    Call arguments:
        query: `(B, T, Dq)`.
        key: `(B, S, Dk)`.

    Returns:
        scores `(B, T, S)`, before any softmax.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import DotScore
        >>> score = DotScore()
        >>> query, key = ops.array([[[1.0, 2.0]]]), ops.array([[[3.0, 0.0], [0.0, 4.0]]])
        >>> ops.convert_to_numpy(score(query, key)).tolist()
        [[[3.0, 8.0]]]
    """

    def build(self, query_shape, key_shape):
        """Creates the weights, from the shapes of a query and a key."""

    def prepare(self, key):
        """Does what depends on the keys `(B, S, Dk)` alone."""
        return key

    @abc.abstractmethod
    def compare(self, query, prepared_key):
        """Scores `(B, T, S)` of the queries `(B, T, Dq)` against keys that went through `prepare`."""

    def call(self, query, key):
        return self.compare(query, self.prepare(key))

    def compute_output_shape(self, query_shape, key_shape):
        return (*query_shape[:-1], key_shape[-2])


def require_equal_width(score, query_shape, key_shape):
    """Refuses a query and a key of different width, which a dot product cannot compare."""
    if query_shape[-1] != key_shape[-1]:
        raise ValueError(
            f"`{type(score).__name__}` needs queries and keys of one width. "
            f"Received: query of shape {tuple(query_shape)}, key of shape {tuple(key_shape)}."
        )
