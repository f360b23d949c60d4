"""The loss around trained weights, on a plane through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

Weights = list[np.ndarray]


class LossSurface(NamedTuple):
    """Steps along both directions, and the loss at each pair of them.

    `losses[i, j]` is the loss at `weights + steps[j] · first + steps[i] · second`: a row goes along the first
    direction, as the x axis of a picture does.
    """

    steps: np.ndarray
    losses: np.ndarray


def filter_normalised_direction(weights: Sequence[np.ndarray], seed: int) -> Weights:
    """A random direction whose every filter is as long as the filter of the weights that it moves.

    For each filter f of each array, with d drawn from the standard normal distribution:

        direction_f = d_f · ‖weights_f‖ / ‖d_f‖

    A step of length one then changes every filter by as much as its own size. Two networks can be compared
    even when one of them has large weights and the other small ones: a layer in front of a normalisation
    computes the same at any scale, so a step of fixed length would look flat in one and steep in the other.

    A filter is what leads to one unit: the entries of an array that share the index on its last axis.
    Arrays of one axis (biases, and the scales and shifts of normalisations) do not move.

    Args:
        weights: arrays, as `model.get_weights()` gives them.
        seed: of the draw.

    Returns:
        a list of float64 arrays of the same shapes.

    Example:
        >>> kernel, bias = np.array([[3.0, 0.0], [4.0, 0.5]]), np.ones(2)
        >>> moved, kept = filter_normalised_direction([kernel, bias], seed=0)
        >>> np.linalg.norm(moved, axis=0).round(6).tolist(), kept.tolist()
        ([5.0, 0.5], [0.0, 0.0])

    Reference: Li et al. (2018), "Visualizing the loss landscape of neural nets", section 4,
    https://arxiv.org/abs/1712.09913

    Taught in: notebooks/07_the_block
    """
    generator = np.random.default_rng(seed)
    direction = []
    for array in (np.asarray(array, "float64") for array in weights):
        if array.ndim < 2:
            direction.append(np.zeros_like(array))
            continue
        axes = tuple(range(array.ndim - 1))
        drawn = generator.normal(size=array.shape)
        size = np.sqrt(np.sum(array**2, axis=axes, keepdims=True))
        direction.append(drawn * size / np.sqrt(np.sum(drawn**2, axis=axes, keepdims=True)))
    return direction


def loss_surface(
    loss: Callable[[Weights], float],
    weights: Sequence[np.ndarray],
    first: Sequence[np.ndarray],
    second: Sequence[np.ndarray],
    *,
    radius: float = 1.0,
    num_steps: int = 11,
) -> LossSurface:
    """The loss on a square of the plane that two directions span, the weights in its middle.

    Args:
        loss: from a list of arrays to a number; infinity and NaN are kept.
        weights: arrays.
        first, second: directions, arrays of the same shapes; see `filter_normalised_direction`.
        radius: how far the square reaches each way, in lengths of a direction.
        num_steps: points along a side; odd, so that the weights themselves are one of them.

    Returns:
        a `LossSurface` with `num_steps²` losses.

    Raises:
        ValueError: if shapes differ, `radius` is not positive, or `num_steps` is even or below 3.

    Example:
        >>> def loss(weights):
        ...     return float(np.sum(weights[0] ** 2))
        >>> surface = loss_surface(loss, [np.zeros(2)], [np.eye(2)[0]], [2 * np.eye(2)[1]], num_steps=3)
        >>> surface.losses.tolist()
        [[5.0, 4.0, 5.0], [1.0, 0.0, 1.0], [5.0, 4.0, 5.0]]

    Reference: Li et al. (2018), section 3, https://arxiv.org/abs/1712.09913

    Taught in: notebooks/07_the_block
    """
    weights, first, second = list(weights), list(first), list(second)
    shapes = [[np.shape(array) for array in arrays] for arrays in (weights, first, second)]
    if shapes[0] != shapes[1] or shapes[0] != shapes[2]:
        raise ValueError(
            "`first` and `second` must have the shapes of `weights`. "
            f"Received: {shapes[1]} and {shapes[2]} for {shapes[0]}."
        )
    if radius <= 0:
        raise ValueError(f"`radius` must be positive. Received: radius={radius}.")
    if num_steps < 3 or num_steps % 2 == 0:
        raise ValueError(f"`num_steps` must be odd and at least 3. Received: num_steps={num_steps}.")
    steps = np.linspace(-radius, radius, num_steps)
    losses = np.empty((num_steps, num_steps))
    for i, up in enumerate(steps):
        for j, along in enumerate(steps):
            triples = zip(weights, first, second, strict=True)
            losses[i, j] = loss([array + along * one + up * other for array, one, other in triples])
    return LossSurface(steps, losses)
