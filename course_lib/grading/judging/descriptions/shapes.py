"""How a result of the wrong shape comes from the right one."""

import itertools

import numpy as np

from course_lib.grading.judging.descriptions.observation import Claim, alike

GATHERED = {"summed": np.sum, "averaged": np.mean, "the largest taken": np.max}


def find_shapes(wrong):
    """The right values with axes exchanged, laid out anew, or gathered over an axis too many.

    Args:
        wrong: list of `Observation`s that failed, with arrays of other shapes than the right ones.

    Yields:
        `Claim`s.

    Example:
        >>> from course_lib.grading.judging.descriptions.observation import Observation
        >>> right = np.arange(6.0).reshape(2, 3)
        >>> claims = find_shapes([Observation({}, {(): (right.sum(axis=1), right)}, ((),), True)])
        >>> [claim.words for claim in claims]
        ['These are the right values, summed over axis 1.']
    """
    pairs = [pair for observation in wrong for pair in (observation.pairs or {}).values()]
    ranks = {right.ndim for _, right in pairs}
    if len(ranks) != 1:
        return
    (rank,) = ranks
    candidates = {}
    for axis, (words, function) in itertools.product(range(rank), GATHERED.items()):
        candidates[f"These are the right values, {words} over axis {axis}."] = (
            lambda right, f=function, a=axis: f(right, axis=a)
        )
        candidates[f"These are the right values, {words} over axis {axis}, which stays with length 1."] = (
            lambda right, f=function, a=axis: f(right, axis=a, keepdims=True)
        )
    for order in itertools.permutations(range(rank)):
        if order != tuple(range(rank)):
            words = f"These are the right values, their axes in the order {', '.join(map(str, order))}."
            candidates[words] = lambda right, o=order: right.transpose(o)
    candidates["These are the right values in another shape."] = None
    for words, function in candidates.items():

        def holds(observation, function=function):
            if observation.pairs is None:
                return False
            return all(_is_made_by(function, *pair) for pair in observation.pairs.values())

        with np.errstate(all="ignore"):
            if all(map(holds, wrong)):
                yield Claim(words, holds)
                return


def _is_made_by(function, received, right):
    if received.shape == right.shape:
        return alike(received, right)
    if function is None:
        return received.size == right.size and alike(received.reshape(-1), right.reshape(-1))
    return right.dtype.kind != "b" and alike(received, function(right))
