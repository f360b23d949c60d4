"""The right values went through one function more, or in another order."""

import itertools

import numpy as np

from course_lib.grading.judging.descriptions.observation import Claim, alike, all_wrong, numbers


def _softmax(array, axis):
    exponentials = np.exp(array - array.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


ELEMENTWISE = {
    "the exponential of what it should be": np.exp,
    "the logarithm of what it should be": np.log,
    "the square of what it should be": np.square,
    "the square root of what it should be": np.sqrt,
    "the inverse, 1/x, of what it should be": lambda right: 1 / right,
    "1/√x where x belongs": lambda right: 1 / np.sqrt(right),
    "the tanh of what it should be": np.tanh,
    "the inverse tanh of what it should be": np.arctanh,
    "the sigmoid of what it should be": lambda right: 1 / (1 + np.exp(-right)),
    "the size of what it should be: the sign is lost": np.abs,
    "what it should be, but 0 where that is negative": lambda right: np.maximum(right, 0),
    "rounded to a whole number": np.round,
    "rounded down to a whole number": np.floor,
    "cut to a whole number": np.trunc,
    "log(1 + x) where x belongs": np.log1p,
    "x·log(x) where x belongs": lambda right: right * np.log(right),
}


def _over(function):
    """A function over an axis, its outcome at every place of it."""
    return lambda a, axis: np.broadcast_to(function(a, axis, keepdims=True), a.shape)


ALONG_AN_AXIS = {
    "the right values, reversed along axis {axis}": np.flip,
    "the right values one place on along axis {axis}, the last in front": lambda a, axis: np.roll(a, 1, axis),
    "the right values one place back along axis {axis}, the first at the end": (
        lambda a, axis: np.roll(a, -1, axis)
    ),
    "the right values one place on along axis {axis}, with 0 in front": lambda a, axis: _shifted(a, axis, 1),
    "the right values one place back along axis {axis}, with 0 at the end": (
        lambda a, axis: _shifted(a, axis, -1)
    ),
    "the right values, sorted along axis {axis}": np.sort,
    "the right values, added up step by step along axis {axis}": np.cumsum,
    "the softmax over axis {axis} of the right values": _softmax,
    "the logarithm of the softmax over axis {axis} of the right values": (
        lambda a, axis: np.log(_softmax(a, axis))
    ),
    "the mean of the right values over axis {axis}, at every place": _over(np.mean),
    "the sum of the right values over axis {axis}, at every place": _over(np.sum),
    "the right values, divided by their sum over axis {axis}": lambda a, axis: a / _over(np.sum)(a, axis),
    "the right values, divided by their length over axis {axis}": (
        lambda a, axis: a / np.sqrt(_over(np.sum)(a * a, axis))
    ),
    "the right values, divided by the largest of axis {axis}": lambda a, axis: a / _over(np.max)(a, axis),
    "the right values less their mean over axis {axis}": lambda a, axis: a - _over(np.mean)(a, axis),
}


def _shifted(array, axis, steps):
    moved = np.roll(array, steps, axis)
    moved = moved.copy()
    index = [slice(None)] * array.ndim
    index[axis] = 0 if steps > 0 else -1
    moved[tuple(index)] = 0
    return moved


def find_functions(wrong):
    """A function of each single value that stands between the right result and the received one.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.

    Example:
        >>> from course_lib.grading.judging.descriptions.observation import Observation
        >>> right = np.array([1.0, 2.0, 5.0])
        >>> claims = find_functions([Observation({}, {(): (right**2, right)}, ((),), True)])
        >>> [claim.words for claim in claims]
        ['Every value is the square of what it should be.']
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    if numbers([right for _, right in pairs]) < 3:
        return
    yield from _kept(wrong, {f"Every value is {words}.": f for words, f in ELEMENTWISE.items()})


def find_opposites(wrong):
    """True and False exchanged everywhere.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    if all(right.dtype.kind == "b" for observation in wrong for _, right in observation.wrong_pairs):
        yield from _kept(wrong, {"True and False are exchanged everywhere.": np.logical_not})


def find_arrangements(wrong):
    """The right values in another order along an axis, or with their axes exchanged, or gathered over one.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    ranks = {right.ndim for observation in wrong for _, right in observation.wrong_pairs}
    if len(ranks) != 1:
        return
    (rank,) = ranks
    functions = {}
    for axis, (words, function) in itertools.product(range(rank), ALONG_AN_AXIS.items()):
        functions[f"You have {words.format(axis=axis)}."] = lambda right, f=function, a=axis: f(
            right.astype("float64"), a
        )
    for order in itertools.permutations(range(rank)):
        if order != tuple(range(rank)):
            how = "rows and columns exchanged" if rank == 2 else f"their axes in the order {order}"
            functions[f"You have the right values, {how}."] = lambda right, o=order: right.transpose(o)
    yield from _kept(wrong, functions)


def _kept(wrong, functions):
    """Of functions by their words those that explain every wrong pair."""
    for words, function in functions.items():

        def is_so(received, right, function=function):
            with np.errstate(all="ignore"):
                return alike(received, function(right))

        claim = Claim(words, all_wrong(is_so))
        if all(map(claim.holds, wrong)):
            yield claim
            return
