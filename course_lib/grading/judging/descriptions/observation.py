"""One case that an answer was tried on, laid out for comparing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_lib.grading.judging.diagnose import compare, joined

TOLERANCE = 2e-4


@dataclass(frozen=True)
class Claim:
    """A sentence about an answer, and whether it holds on an `Observation`; a right one refutes nothing."""

    words: str
    holds: Callable


@dataclass(frozen=True)
class Observation:
    """One case: the arguments, and for every array of the result the received and the right one.

    Attributes:
        arguments: dict of arguments, floats in float64.
        pairs: dict from a place in the result, e.g. `(0,)` in a tuple, to a pair of arrays, received and
            right; None where the result has not all the arrays of the right one.
        wrong: places where they differ.
        failed: whether the case failed, for whatever reason.
    """

    arguments: dict
    pairs: dict | None
    wrong: tuple
    failed: bool

    def part(self, places):
        """The observation of some places alone."""
        pairs = {place: self.pairs[place] for place in places if place in self.pairs}
        wrong = tuple(place for place in self.wrong if place in places)
        return Observation(self.arguments, pairs, wrong, bool(wrong))

    @property
    def wrong_pairs(self):
        """The pairs (received, right) that differ."""
        return [self.pairs[place] for place in self.wrong]

    @property
    def has_right_shapes(self):
        """Whether every array has the shape of the right one."""
        return self.pairs is not None and all(one.shape == two.shape for one, two in self.pairs.values())


def observe(arguments, received, expected, tolerance):
    """The `Observation` of a case.

    Args:
        arguments: dict of arguments.
        received: tree of NumPy values, or a `Failure`.
        expected: tree of NumPy values.
        tolerance: allowed error of the exercise.

    Returns:
        an `Observation`.

    Example:
        >>> observe({}, (np.zeros(2), np.ones(2)), (np.zeros(2), np.zeros(2)), 1e-5).wrong
        ((1,),)
    """
    failed, pairs = compare(received, expected, tolerance) is not None, {}
    for place, right in leaves(expected):
        found = joined(found_at(received, place))
        right = joined(right)
        if found is None or right is None or found.dtype.kind not in "biuf":
            pairs = None
            break
        pairs[place] = (found, right)
    if pairs is None or not pairs:
        return Observation(arguments, None, (), failed)
    differs = [place for place, pair in pairs.items() if compare(*pair, tolerance) is not None]
    return Observation(arguments, pairs, tuple(differs), failed)


def found_at(tree, place):
    """What stands at a place, None where there is no such place.

    Example:
        >>> found_at({"state": (1, "a")}, ("state", 1)), found_at({"state": (1,)}, ("state", 1))
        ('a', None)
    """
    for key in place:
        try:
            tree = tree[key]
        except (TypeError, LookupError):
            return None
    return tree


def leaves(tree, place=()):
    """The arrays, numbers and strings of a tree with their places.

    Example:
        >>> list(leaves({"scores": np.zeros(2), "state": (1, "a")}))
        [(('scores',), array([0., 0.])), (('state', 0), 1), (('state', 1), 'a')]
    """
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, (*place, key))
    elif isinstance(tree, list | tuple):
        for index, value in enumerate(tree):
            yield from leaves(value, (*place, index))
    else:
        yield place, tree


def named(place):
    """How the text calls a place among the arguments.

    Example:
        >>> named(("cache", 0)), named(("inputs", "query")), named(("scores",))
        ('`cache[0]`', '`query`', '`scores`')
    """
    if place[0] in ("inputs", "weights", "config") and len(place) > 1 and isinstance(place[1], str):
        place = place[1:]
    return f"`{place[0]}{''.join(f'[{index!r}]' for index in place[1:])}`"


def replaced(tree, place, value):
    """A copy of a tree with another value at a place.

    Example:
        >>> replaced({"cache": (1, 2)}, ("cache", 0), 3)
        {'cache': (3, 2)}
    """
    if not place:
        return value
    key, *rest = place
    if isinstance(tree, dict):
        return {name: replaced(item, rest, value) if name == key else item for name, item in tree.items()}
    return type(tree)(replaced(item, rest, value) if i == key else item for i, item in enumerate(tree))


def alike(received, target, tolerance=TOLERANCE):
    """Whether two arrays are equal but for rounding, and not by being empty or without any finite number.

    Example:
        >>> alike(np.array([2.0, 4.0]), np.array([2.0, 4.00001])), alike(np.zeros(2), np.array([0.0, 1e-3]))
        (True, False)
    """
    if received.shape != np.shape(target):
        return False
    received, target = received.astype("float64"), np.asarray(target, "float64")
    finite = np.abs(target[np.isfinite(target)])
    if not finite.size:
        return False
    return np.allclose(
        received, target, rtol=tolerance, atol=tolerance * finite.max() + 1e-30, equal_nan=True
    )


def numbers(arrays):
    """How many different numbers there are in some arrays."""
    arrays = [np.ravel(array).astype("float64") for array in arrays]
    return len(np.unique(np.round(np.concatenate(arrays), 9))) if arrays else 0


def all_wrong(test):
    """The test of a claim on observations from a test of one pair: it holds on every pair that differs."""

    def holds(observation):
        with np.errstate(all="ignore"):
            return all(test(received, right) for received, right in observation.wrong_pairs)

    return holds
