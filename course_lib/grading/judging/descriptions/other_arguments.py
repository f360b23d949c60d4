"""An answer that is right for other arguments: a mask inverted, two of them exchanged, the first row for all.

The answer need not be asked again for it: what it returned is compared with what the reference makes of the
changed arguments.
"""

import itertools

import numpy as np

from course_lib.grading.judging.descriptions.observation import (
    Claim,
    alike,
    found_at,
    leaves,
    named,
    replaced,
)
from course_lib.grading.judging.diagnose import joined


def _softmax(array):
    shares = np.exp(array - array.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


OF_ARRAYS = (  # kinds of numbers, words, what becomes of an array
    ("i", "1 added to {}", lambda array: array + 1),
    ("i", "1 taken from {}", lambda array: array - 1),
    ("if", "{} sorted along its last axis", lambda array: np.sort(array, axis=-1)),
    ("f", "the sign of {} changed", np.negative),
    ("f", "a softmax of {} over its last axis", _softmax),
    (
        "f",
        "{} divided by its sums over the last axis",
        lambda array: array / array.sum(axis=-1, keepdims=True),
    ),
    ("f", "{} exponentiated", np.exp),
    ("f", "the logarithm of {}", np.log),
    ("f", "1 added to {}", lambda array: array + 1),
)


def find_other_arguments(observations, reference):
    """Changes of the arguments for which the answer is the right one, on every case.

    Args:
        observations: list of `Observation`s, one at least that failed.
        reference: function of the arguments of a case.

    Yields:
        `Claim`s.

    Example:
        >>> from course_lib.grading.judging.descriptions.observation import observe
        >>> def minus(a, b):
        ...     return a - b
        >>> a, b = np.array([1.0, 2.0]), np.array([5.0, 3.0])
        >>> wrong = observe({"a": a, "b": b}, b - a, minus(a, b), 1e-5)
        >>> next(find_other_arguments([wrong], minus)).words
        'You have the right result for other arguments: with `a` and `b` exchanged.'
    """
    wrong = [observation for observation in observations if observation.failed]
    for words, change in _changes(wrong[0].arguments):

        def holds(observation, change=change):
            return _is_right_for(observation, change, reference)

        if all(map(holds, wrong)) and all(map(holds, observations)):
            yield Claim(f"You have the right result for other arguments: with {words}.", holds)


def _is_right_for(observation, change, reference):
    if observation.pairs is None:
        return False
    try:
        with np.errstate(all="ignore"):
            values = dict(leaves(reference(**change(observation.arguments))))
    except Exception:  # a change that the exercise does not allow, or not of this case
        return False
    return all(
        place in values and alike(received, joined(values[place]))
        for place, (received, _) in observation.pairs.items()
    )


def _changes(arguments):
    """Yields pairs: words for a change, and a function that makes it of the arguments of a case."""
    places = list(leaves(arguments))
    for place, leaf in places:
        if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "b":
            yield f"{named(place)} inverted", _at(place, np.logical_not)
    for (first, one), (second, other) in itertools.combinations(places, 2):
        if _may_be_exchanged(one, other):
            yield f"{named(first)} and {named(second)} exchanged", _exchanged(first, second)
    for first, second in itertools.combinations(arguments, 2):
        if isinstance(arguments[first], list) and isinstance(arguments[second], list):
            yield f"`{first}` and `{second}` exchanged", _exchanged((first,), (second,))
    for place, leaf in places:
        if not isinstance(leaf, np.ndarray) or not leaf.ndim:
            continue
        if len(leaf) > 1:
            first = "row" if leaf.ndim > 1 else "number"
            yield f"the first {first} of {named(place)} for all", _at(place, _first_for_all)
        for axis in range(leaf.ndim):
            if leaf.shape[axis] > 1:
                words = f"{named(place)} reversed along axis {axis}"
                yield words, _at(place, lambda array, axis=axis: np.flip(array, axis))
        for kinds, words, function in OF_ARRAYS:
            if leaf.dtype.kind in kinds:
                yield words.format(named(place)), _at(place, function)


def _may_be_exchanged(one, other):
    """Arrays alone: with plain numbers that an exercise does not allow a reference might never end."""
    if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
        return False
    return one.shape == other.shape and one.dtype.kind == other.dtype.kind


def _at(place, function):
    return lambda arguments: replaced(arguments, place, function(found_at(arguments, place)))


def _exchanged(first, second):
    def change(arguments):
        one, other = found_at(arguments, first), found_at(arguments, second)
        return replaced(replaced(arguments, first, other), second, one)

    return change


def _first_for_all(array):
    return np.broadcast_to(array[:1], array.shape).copy()
