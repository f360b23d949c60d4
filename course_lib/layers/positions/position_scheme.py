"""What every way to tell positions has in common."""

import abc
import functools

import keras
import numpy as np
from keras import ops


class PositionScheme(keras.layers.Layer, abc.ABC):
    """A way to tell a layer that has no order of its own where its inputs stand.

    `outputs[..., t, :]` depends on `inputs[..., t, :]` and on the position `start + t`

    A scheme is called on a tensor and gives one of the same shape; positions run along the last axis but
    one. `acts_on` says which tensor it is for when it is used in every attention layer:

        "inputs"  what queries and keys are projected from, `(B, T, D)`
        "heads"   projected queries and keys, `(B, N, T, K)`
        "scores"  what goes into the softmax, `(B, N, T, S)`

    Used once, the first two act on the embeddings `(B, T, D)`, the last on the scores of the first layer.

    Call arguments:
        inputs: float tensor `(..., T, width)`.
        start: int or scalar int tensor, the position of the first vector: 0, or how many came before.

    Returns:
        float tensor, the shape of `inputs`.
    """

    acts_on = "inputs"

    @abc.abstractmethod
    def call(self, inputs, start=0):
        """The inputs with their positions."""

    def compute_mask(self, inputs, previous_mask):
        return None  # masks travel as arguments only

    def compute_output_shape(self, inputs_shape):
        return inputs_shape


@functools.lru_cache(maxsize=16)
def position_angles(length, width):
    """`angle[p, i] = p / 10000^(2i / width)`, a float64 array `(length, width / 2)`.

    In float64 because at position 5000 float32 angles are off by a few ten-thousandths.
    """
    return np.arange(length)[:, None] / 10000.0 ** (np.arange(0, width, 2) / width)


def known_start(start):
    """A start as an int if its value is known, of whatever type it is; else as an int32 tensor."""
    try:
        return int(start)
    except TypeError:  # every backend's way to say that a program is being traced, which has no values yet
        return ops.cast(start, "int32")


def take_rows(table, start, length):
    """The rows `start` to `start + length - 1` of `(P, width)`, whether these are known yet or not."""
    start = known_start(start)
    if isinstance(start, int) and isinstance(length, int):
        return table[start : start + length]
    return ops.take(table, start + ops.arange(length, dtype="int32"), axis=0)


def check_length(length, start, max_sequence_length):
    """Refuses positions behind the last one, as far as they are known."""
    start = known_start(start)
    known = isinstance(start, int) and isinstance(length, int)
    if known and (start < 0 or start + length > max_sequence_length):
        raise ValueError(
            "Positions must be at least 0 and stay below `max_sequence_length`. "
            f"Received: length={length}, start={start}, max_sequence_length={max_sequence_length}."
        )


def check_positive(**sizes):
    """Refuses sizes below one."""
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")


def check_even_width(width):
    """Refuses vectors that cannot be cut into pairs."""
    if width % 2:
        raise ValueError(f"The width of `inputs` must be even. Received: width={width}.")
