"""Under which condition an answer fails: what failing cases have in common and right ones have not."""

import numpy as np

from course_lib.grading.judging.descriptions.observation import Claim, leaves, named


def find_conditions(observations, conditions):
    """A condition that holds for exactly the cases that fail, or for all of them and not for all others.

    Args:
        observations: list of `Observation`s, right and wrong.
        conditions: dict from words to predicates of arguments, those of the verdict; conditions that any
            arguments can meet are tried beside them.

    Yields:
        `Claim`s, the tightest first.

    Example:
        >>> from course_lib.grading.judging.descriptions.observation import Observation
        >>> cases = [Observation({"rate": rate}, {}, (), rate == 0) for rate in (0.0, 0.5, 0.0, 0.7)]
        >>> next(find_conditions(cases, {})).words
        'Wrong on exactly the 2 of 4 cases with this in common: `rate` is 0.'
    """
    failed = [observation.failed for observation in observations]
    if all(failed) or not any(failed):
        return
    known = [(words, predicate) for words, predicate in conditions.items()]
    candidates = [*known, *_of_arguments(observations)]
    looser = []
    for words, predicate in candidates:
        met = [_met(predicate, observation.arguments) for observation in observations]
        if None in met or all(met) or not any(met):
            continue
        num_failed, num_met, total = sum(failed), sum(met), len(met)
        if met == failed:
            text = f"Wrong on exactly the {num_failed} of {total} cases with this in common: {words}."
            yield Claim(text, _exactly(predicate))
        elif [not one for one in met] == failed:
            text = f"Right on exactly the {num_met} of {total} cases with this in common: {words}."
            yield Claim(text, _exactly(lambda arguments, of=predicate: not of(arguments)))
        elif not any(bad and not one for bad, one in zip(failed, met, strict=True)):
            text = (
                f"Right on all {total - num_met} cases without this, wrong on {num_failed} of the {num_met} "
                f"with it: {words}."
            )
            looser.append((num_met - num_failed, Claim(text, _within(predicate))))
        elif not any(bad and one for bad, one in zip(failed, met, strict=True)):
            text = (
                f"Right on all {num_met} cases with this in common, wrong on {num_failed} of the "
                f"{total - num_met} without it: {words}."
            )
            claim = Claim(text, _within(lambda arguments, of=predicate: not of(arguments)))
            looser.append((total - num_met - num_failed, claim))
    yield from (claim for _, claim in sorted(looser, key=lambda pair: pair[0]))


def _met(predicate, arguments):
    try:
        return bool(predicate(arguments))
    except (KeyError, IndexError, ValueError, TypeError, AttributeError):  # not of arguments of this kind
        return None


def _exactly(predicate):
    return lambda observation: observation.failed == bool(_met(predicate, observation.arguments))


def _within(predicate):
    return lambda observation: not observation.failed or bool(_met(predicate, observation.arguments))


def _of_arguments(observations):
    """Conditions that can be asked of any arguments: flags and numbers, then masks, sizes and scale."""
    places = dict(leaves(observations[0].arguments))
    for place, leaf in places.items():
        name = named(place)
        if isinstance(leaf, bool):
            yield f"{name} is True", lambda arguments, p=place: _leaf(arguments, p) is True
        elif isinstance(leaf, str) or leaf is None:
            for value in sorted({repr(dict(leaves(one.arguments)).get(place)) for one in observations}):
                yield f"{name} is {value}", lambda arguments, p=place, v=value: repr(_leaf(arguments, p)) == v
        elif isinstance(leaf, int | float):
            for value in (0, 1):
                yield f"{name} is {value}", lambda arguments, p=place, v=value: _leaf(arguments, p) == v
    for place, leaf in places.items():
        if isinstance(leaf, np.ndarray):
            yield from _of_array(named(place), place, leaf)
    yield from _of_scale(observations, places)


def _of_array(name, place, leaf):
    if leaf.dtype.kind == "b":
        yield f"there is a False in {name}", lambda arguments: not _leaf(arguments, place).all()
        if leaf.ndim > 1:
            yield (
                f"a row of {name} has no True",
                lambda arguments: not _leaf(arguments, place).any(axis=-1).all(),
            )
    else:
        yield f"{name} is all 0", lambda arguments: not _leaf(arguments, place).any()
    if leaf.dtype.kind == "i":
        yield f"there is a 0 in {name}", lambda arguments: not _leaf(arguments, place).all()
    for axis in range(leaf.ndim):
        yield (
            f"{name} has length 1 along axis {axis}",
            lambda arguments, axis=axis: _leaf(arguments, place).shape[axis] == 1,
        )
    if leaf.ndim > 1:
        yield (
            f"the last two axes of {name} are equally long",
            lambda arguments: _leaf(arguments, place).shape[-1] == _leaf(arguments, place).shape[-2],
        )


def _of_scale(observations, places):
    """Numbers beyond a size that no right case reaches."""
    for place, leaf in places.items():
        is_array = isinstance(leaf, np.ndarray) and leaf.dtype.kind in "fi"
        if not is_array and (not isinstance(leaf, int | float) or isinstance(leaf, bool)):
            continue
        sizes = [_size(observation.arguments, place) for observation in observations]
        if None in sizes:
            continue
        of_right = [size for size, one in zip(sizes, observations, strict=True) if not one.failed]
        of_wrong = [size for size, one in zip(sizes, observations, strict=True) if one.failed]
        if not (np.isfinite(of_right).all() and np.isfinite(of_wrong).all()):
            continue
        if min(of_wrong) > 2 * max(of_right) > 0:
            limit = float(f"{np.sqrt(min(of_wrong) * max(of_right)):.2g}")
            words = (
                f"{named(place)} goes beyond {limit:g}" if is_array else f"{named(place)} is above {limit:g}"
            )
            yield words, lambda arguments, p=place, n=limit: _size(arguments, p) > n
        elif 0 < 2 * max(of_wrong) < min(of_right):
            limit = float(f"{np.sqrt(max(of_wrong) * min(of_right)):.2g}")
            words = (
                f"{named(place)} stays within {limit:g}" if is_array else f"{named(place)} is below {limit:g}"
            )
            yield words, lambda arguments, p=place, n=limit: _size(arguments, p) < n


def _leaf(arguments, place):
    for key in place:
        arguments = arguments[key]
    return arguments


def _size(arguments, place):
    try:
        values = np.abs(np.asarray(_leaf(arguments, place), "float64"))
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return float(values.max(initial=0.0))
