"""Every value is a constant times the right one, or a constant away from it."""

import numpy as np

from course_lib.grading.judging.descriptions.observation import (
    Claim,
    alike,
    all_wrong,
    found_at,
    leaves,
    named,
    numbers,
)

FORMS = (  # of a number n that the arguments hold
    ("{n}", lambda n: n),
    ("1/{n}", lambda n: 1 / n),
    ("√{n}", np.sqrt),
    ("1/√{n}", lambda n: 1 / np.sqrt(n)),
    ("{n}²", np.square),
    ("1/{n}²", lambda n: n**-2.0),
    ("1 - {n}", lambda n: 1 - n),
    ("1/(1 - {n})", lambda n: 1 / (1 - n)),
    ("({n} - 1)", lambda n: n - 1),
    ("({n} + 1)", lambda n: n + 1),
    ("{n}/({n} - 1)", lambda n: n / (n - 1)),
    ("({n} - 1)/{n}", lambda n: (n - 1) / n),
    ("-{n}", lambda n: -n),
    ("-1/{n}", lambda n: -1 / n),
)
KNOWN = {2: "2", 0.5: "½", np.log(2): "ln 2", 1 / np.log(2): "1/ln 2", np.sqrt(2): "√2", np.sqrt(0.5): "1/√2"}


def find_factors(wrong):
    """A factor that all values share, the same in every case or one that the arguments explain.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.

    Example:
        >>> from course_lib.grading.judging.descriptions.observation import Observation
        >>> right = np.array([1.0, 2.0, 5.0])
        >>> [claim.words for claim in find_factors([Observation({}, {(): (2 * right, right)}, ((),), True)])]
        ['Every value is 2 times what it should be.']
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    factors = [_factor(*pair) for pair in pairs]
    if None in factors or not _is_float(pairs) or numbers([right for _, right in pairs]) < 3:
        return
    if np.allclose(factors, factors[0], rtol=3e-4):
        factor = float(np.mean(factors))
        words = f"Every value is {_shown(factor)} times what it should be."
        if np.isclose(factor, -1, rtol=3e-4):
            words = "Every value has the wrong sign."
        yield Claim(words, all_wrong(lambda received, right: alike(received, factor * right)))
        return
    for words, of in _explanations(wrong):

        def holds(observation, of=of):
            factor = of(observation)
            return factor is not None and all(
                alike(received, factor * right) for received, right in observation.wrong_pairs
            )

        if all(map(holds, wrong)):
            yield Claim(f"Every value is {words} what it should be.", holds)
            return


def find_shifts(wrong):
    """A number that was added to all values, the same in every case.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    shifts = [_shift(*pair) for pair in pairs]
    if not shifts or None in shifts or numbers([right for _, right in pairs]) < 3:
        return
    scale = max(1.0, np.abs(shifts[0]))
    if np.ptp(shifts) < 1e-4 * scale:
        shift = float(np.mean(shifts))
        words = f"Every value is {_shown(abs(shift))} too {'large' if shift > 0 else 'small'}."
        yield Claim(words, all_wrong(lambda received, right: alike(received, right + shift)))


def find_mirrors(wrong):
    """One minus the right value, or another number minus it.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.
    """
    pairs = [pair for observation in wrong for pair in observation.wrong_pairs]
    if not _is_float(pairs) or numbers([right for _, right in pairs]) < 3:
        return
    sums = [_shift(received, -right.astype("float64")) for received, right in pairs]
    if None not in sums and np.ptp(sums) < 1e-4 * max(1.0, abs(sums[0])) and abs(sums[0]) > 1e-3:
        total = float(np.mean(sums))
        words = f"Every value is {_shown(total)} minus what it should be."
        yield Claim(words, all_wrong(lambda received, right: alike(received, total - right)))


def _is_float(pairs):
    return all(right.dtype.kind == "f" and np.isfinite(received).all() for received, right in pairs)


def _factor(received, right):
    received, right = received.astype("float64"), right.astype("float64")
    if not np.isfinite(received).all() or not np.isfinite(right).all() or not np.any(right):
        return None
    unit = right / np.abs(right).max()
    factor = float(np.sum(received / np.abs(right).max() * unit) / np.sum(unit * unit))
    return factor if abs(factor) > 1e-9 and alike(received, factor * right) else None


def _shift(received, right):
    if received.dtype.kind == "b" or not np.isfinite(received).all() or not np.isfinite(right).all():
        return None
    difference = received.astype("float64") - right.astype("float64")
    shift = float(np.mean(difference)) if difference.size else 0.0
    return shift if abs(shift) > 1e-9 and alike(received, right + shift) else None


def _explanations(wrong):
    """Pairs of words and a function of an observation, for every form of a number in the arguments."""
    for name, of in named_numbers(wrong[0].arguments):
        for form, function in FORMS:

            def value(observation, of=of, function=function):
                number = of(observation.arguments)
                with np.errstate(all="ignore"):
                    return None if number is None else function(np.float64(number))

            here = of(wrong[0].arguments)
            yield f"{form.format(n='n')} times, n being {name} (here {here:g}),", value


def named_numbers(arguments):
    """The numbers that arguments hold, with words for each: lengths of axes, and plain numbers.

    Args:
        arguments: dict of arguments.

    Returns:
        list of pairs: words, function from arguments to the number or None.

    Example:
        >>> for words, of in named_numbers({"query": np.zeros((2, 3)), "rate": 0.5}):
        ...     print(words, of({"query": np.zeros((5, 7)), "rate": 0.1}))
        the length of axis 0 of `query` 5
        the length of axis 1 of `query` 7
        the number of values of `query` 35
        `rate` 0.1
    """
    found = []
    for place, leaf in leaves(arguments):
        if isinstance(leaf, np.ndarray):
            for axis in range(leaf.ndim):
                found.append((f"the length of axis {axis} of {named(place)}", _length(place, axis)))
            found.append((f"the number of values of {named(place)}", _size(place)))
            if leaf.dtype.kind in "bi":
                words = "True" if leaf.dtype.kind == "b" else "values other than 0"
                found.append((f"the number of {words} in {named(place)}", _count(place)))
        elif isinstance(leaf, int | float) and not isinstance(leaf, bool):
            found.append((named(place), _number(place)))
    return found


def _length(place, axis):
    return _of_array(place, lambda array: array.shape[axis] if axis < array.ndim else None)


def _count(place):
    return _of_array(place, lambda array: int(np.count_nonzero(array)))


def _size(place):
    return _of_array(place, lambda array: array.size)


def _of_array(place, of):
    """A number of the array at a place; None for arguments that have none there."""

    def number(arguments):
        array = found_at(arguments, place)
        return of(array) if isinstance(array, np.ndarray) else None

    return number


def _number(place):
    return lambda arguments: found_at(arguments, place)


def _shown(number):
    for value, words in KNOWN.items():
        if np.isclose(number, value, rtol=3e-4):
            return words
    if np.isclose(number, round(number), rtol=3e-4) and round(number):
        return str(round(number))
    if np.isclose(1 / number, round(1 / number), rtol=3e-4) and abs(round(1 / number)) < 100:
        return f"1/{round(1 / number)}"
    return f"{number:.4g}"
