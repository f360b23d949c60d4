"""Where in the result the wrong values stand."""

import itertools

import numpy as np

from course_lib.grading.judging.descriptions.observation import TOLERANCE, Claim, found_at, leaves, named

# Words for places along an axis, and which of its indices they are.
ENDS = (
    ("the first position", lambda length: np.arange(length) == 0),
    ("the last position", lambda length: np.arange(length) == length - 1),
    ("the first two positions", lambda length: np.arange(length) < 2),
    ("the last two positions", lambda length: np.arange(length) >= length - 2),
)
SIGNS = (
    ("0", lambda right: right == 0),
    ("negative", lambda right: right < 0),
    ("positive", lambda right: right > 0),
    ("not 0", lambda right: right != 0),
    ("infinite", np.isinf),
)


def wrong_places(received, right):
    """Where two arrays of one shape differ.

    Example:
        >>> wrong_places(np.array([1.0, 2.0, np.nan]), np.array([1.0, 3.0, 4.0]))
        array([False,  True,  True])
    """
    received, right = received.astype("float64"), right.astype("float64")
    finite = np.abs(right[np.isfinite(right)])
    scale = finite.max() if finite.size else 0.0
    return ~np.isclose(received, right, rtol=TOLERANCE, atol=TOLERANCE * scale + 1e-30, equal_nan=True)


def find_ends(wrong):
    """Wrong at the ends of an axis alone, or right there alone.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.

    Example:
        >>> from course_lib.grading.judging.descriptions.observation import Observation
        >>> right = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> received = right + [[0, 0, 1]]
        >>> claims = find_ends([Observation({}, {(): (received, right)}, ((),), True)])
        >>> next(claims).words
        'Wrong only at the last position of axis 1, right everywhere else.'
    """
    ranks = {right.ndim for observation in wrong for _, right in observation.wrong_pairs}
    if len(ranks) != 1:
        return
    for axis, is_wrong_there, (words, of) in itertools.product(range(*ranks), (True, False), ENDS):

        def is_so(received, right, axis=axis, of=of, is_wrong_there=is_wrong_there):
            there = of(right.shape[axis])
            return not np.any(_along(received, right, axis) & (~there if is_wrong_there else there))

        lengths = [right.shape[axis] for observation in wrong for _, right in observation.wrong_pairs]
        if any(length > np.sum(of(length)) for length in lengths) and _everywhere(wrong, is_so):
            places = f"{words} of axis {axis}"
            if is_wrong_there:
                yield _claim(f"Wrong only at {places}, right everywhere else.", is_so)
            else:
                yield _claim(f"Right at {places}, wrong elsewhere.", is_so)
            return


def find_signs(wrong):
    """Wrong only where the right value is 0, negative, positive and so on.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    if any(right.dtype.kind == "b" for _, right in pairs):
        yield from _find_one_sided(wrong)
        return
    for words, of in SIGNS:

        def is_so(received, right, of=of):
            return not np.any(wrong_places(received, right) & ~of(right))

        shares = [np.mean(of(right)) for _, right in pairs if right.size]
        if shares and max(shares) < 1 and _everywhere(wrong, is_so):
            yield _claim(f"Wrong only where the right value is {words}.", is_so)
            return


def _find_one_sided(wrong):
    for words, value in (("True", True), ("False", False)):

        def is_so(received, right, value=value):
            return not np.any((received != right) & (received != value))

        if _everywhere(wrong, is_so):
            yield _claim(f"There is {words} where {not value} belongs, and never the reverse.", is_so)
            return


def find_marked(wrong):
    """Wrong only where a mask among the arguments is True or False, or where ids are 0.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    for place, leaf in leaves(wrong[0].arguments):
        if not isinstance(leaf, np.ndarray) or leaf.dtype.kind not in "bi":
            continue
        for is_kept in (True, False):
            if leaf.dtype.kind == "b":
                words = f"{named(place)} is {is_kept}"
            else:
                words = f"{named(place)} is {'not ' if is_kept else ''}0"

            def holds(observation, place=place, is_kept=is_kept):
                marked = _marked(observation, place, is_kept)
                if marked is None:
                    return False
                for received, right in observation.wrong_pairs:
                    lined_up = _lined_up(marked, right.shape)
                    if lined_up is None or np.any(wrong_places(received, right) & ~lined_up):
                        return False
                return True

            def tells(observation, place=place, is_kept=is_kept):
                marked = _marked(observation, place, is_kept)
                return marked is not None and not marked.all()

            if any(map(tells, wrong)) and all(map(holds, wrong)):
                yield Claim(f"Wrong only where {words}, right everywhere else.", holds)
                return


def _marked(observation, place, is_kept):
    """Where a mask, or ids other than 0, say so; None for arguments that have no array there."""
    array = found_at(observation.arguments, place)
    return array.astype(bool) == is_kept if isinstance(array, np.ndarray) else None


def _lined_up(marked, shape):
    """A mask as large as a result: the same axes in front, or the same at the end."""
    if len(marked.shape) > len(shape):
        return None
    if all(one in (1, two) for one, two in zip(marked.shape, shape, strict=False)):
        return np.broadcast_to(marked.reshape(*marked.shape, *[1] * (len(shape) - marked.ndim)), shape)
    return None


def _along(received, right, axis):
    others = tuple(other for other in range(right.ndim) if other != axis)
    return wrong_places(received, right).any(axis=others)


def _claim(words, test):
    return Claim(words, lambda observation: all(test(*pair) for pair in observation.wrong_pairs))


def _everywhere(wrong, test):
    return all(test(*pair) for observation in wrong for pair in observation.wrong_pairs)
