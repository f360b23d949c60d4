"""What all rows of a result have in common that the right ones have not, or the other way round."""

import numpy as np

from course_lib.grading.judging.descriptions.observation import (
    Claim,
    alike,
    all_wrong,
    leaves,
    named,
    numbers,
)


def find_constants(wrong):
    """One number everywhere, or no change along an axis.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.

    Example:
        >>> from course_lib.grading.judging.descriptions.observation import Observation
        >>> pair = np.array([[1.0, 1.0], [2.0, 2.0]]), np.array([[1.0, 3.0], [2.0, 5.0]])
        >>> [claim.words for claim in find_constants([Observation({}, {(): pair}, ((),), True)])]
        ['Your result is the same all along axis 1; the right one is not.']
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    values = {float(value) for received, _ in pairs for value in np.unique(received)[:2]}
    several = max((right.size for _, right in pairs), default=0) > 1
    if len(values) == 1 and several:
        value = values.pop()
        shown = bool(value) if all(received.dtype.kind == "b" for received, _ in pairs) else f"{value:g}"
        test = all_wrong(lambda received, right: np.all(received == value))
        yield Claim(f"Every value you return is {shown}.", test)
        return
    ranks = {right.ndim for _, right in pairs}
    for axis in range(*ranks) if len(ranks) == 1 else ():

        def is_so(received, right, axis=axis):
            return right.shape[axis] < 2 or (_is_flat(received, axis) and not _is_flat(right, axis))

        if any(right.shape[axis] > 1 for _, right in pairs) and all(is_so(*pair) for pair in pairs):
            words = f"Your result is the same all along axis {axis}; the right one is not."
            yield Claim(words, all_wrong(is_so))
            return


def find_copies(wrong):
    """An argument handed back as it came.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    if numbers([right for observation in wrong for _, right in observation.wrong_pairs]) < 2:
        return
    for place, leaf in leaves(wrong[0].arguments):
        if not isinstance(leaf, np.ndarray):
            continue

        def holds(observation, place=place):
            given = dict(leaves(observation.arguments)).get(place)
            return given is not None and all(
                alike(received, given) for received, _ in observation.wrong_pairs
            )

        if all(map(holds, wrong)):
            yield Claim(f"What you return is {named(place)}, unchanged.", holds)
            return


def find_sums(wrong):
    """Rows, columns or other lines that should sum to one and do not.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    ranks = {right.ndim for _, right in pairs}
    if len(ranks) != 1 or any(right.dtype.kind != "f" or not right.size for _, right in pairs):
        return
    for axis in reversed(range(*ranks)):

        def is_so(received, right, axis=axis):
            sums = right.sum(axis=axis)
            is_one = np.isclose(sums, 1, atol=1e-6)
            others = received.sum(axis=axis)[is_one]
            return bool(np.any(is_one)) and not np.all(np.isclose(others, 1, atol=1e-3))

        if all(right.shape[axis] > 1 and is_so(received, right) for received, right in pairs):
            received = np.concatenate([np.ravel(received.sum(axis=axis)) for received, _ in pairs])
            words = f"Along axis {axis} the values should sum to 1; yours sum to {_span(received)}."
            yield Claim(words, all_wrong(is_so))
            return


def find_proportions(wrong):
    """Lines along an axis that are right but for a factor, or but for a summand, of their own.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    ranks = {right.ndim for _, right in pairs}
    if len(ranks) != 1 or any(right.dtype.kind != "f" for _, right in pairs):
        return
    for axis in reversed(range(*ranks)):
        if max(right.shape[axis] for _, right in pairs) < 3:
            continue
        for words, test in (("a factor", _is_proportional), ("a summand", _is_parallel)):

            def is_so(received, right, axis=axis, test=test):
                return right.shape[axis] < 2 or test(received.astype("float64"), right, axis)

            if all(is_so(*pair) for pair in pairs):
                line = "the line" if next(iter(ranks)) > 1 else "the result"
                words = f"Along axis {axis} {line} is right but for {words} that all its values share."
                yield Claim(words, all_wrong(is_so))
                return


def find_sides(wrong):
    """All values too large, or all too small, or none far off.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    if any(right.dtype.kind == "b" or not np.isfinite(received).all() for received, right in pairs):
        return
    if sum(right.size for _, right in pairs) < 4:
        return
    if all(right.dtype.kind == "f" for _, right in pairs):
        errors = [
            np.abs(received - right).max() / np.abs(right).max() for received, right in pairs if right.any()
        ]
        if errors and max(errors) < 0.03:

            def is_close(received, right):
                return np.abs(received - right).max() < 0.05 * np.abs(right).max()

            words = (
                "Your values are close, but not close enough: they are off by less than 5 % of the largest."
            )
            yield Claim(words, all_wrong(is_close))
            return
    for words, sign in (("large", 1), ("small", -1)):

        def is_so(received, right, sign=sign):
            slack = 1e-5 * (np.abs(right[np.isfinite(right)]).max(initial=0.0) + 1e-30)
            return np.all(sign * (received.astype("float64") - right) >= -slack)

        if all(is_so(*pair) for pair in pairs):
            yield Claim(f"Wherever a value is wrong, it is too {words}.", all_wrong(is_so))
            return


def _is_flat(array, axis):
    first = np.take(array, [0], axis=axis)
    return alike(np.asarray(array), np.broadcast_to(first, array.shape), 1e-6)


def _is_proportional(received, right, axis):
    factor = (received * right).sum(axis, keepdims=True) / (right * right).sum(axis, keepdims=True)
    return np.isfinite(factor).all() and np.any(received) and alike(received, factor * right)


def _is_parallel(received, right, axis):
    if not np.isfinite(received).all() or not np.isfinite(right).all():
        return False
    return alike(received, right + (received - right).mean(axis, keepdims=True))


def _span(values):
    low, high = np.min(values), np.max(values)
    return f"{low:.3g}" if np.isclose(low, high, rtol=1e-3) else f"{low:.3g} to {high:.3g}"
