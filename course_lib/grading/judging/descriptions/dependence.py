"""What a result depends on and may not, and what it must depend on and does not: found by asking again.

Nobody lists for an exercise what may depend on what. The reference says it: an input is changed in one place,
and where the reference stays, the answer has to stay.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from course_lib.grading.judging.descriptions.observation import leaves, named, replaced
from course_lib.grading.judging.diagnose import compare

MOST = {"whole": 7, "zero": 5, "part": 5}  # experiments of a kind with one case
REACTION = 1e-5  # of the largest value, what counts as a change of an answer
EXACTLY = 1e-9  # the same for the reference
TIMES = 8  # of a change, where the reference's result is of whole numbers


@dataclass(frozen=True)
class Experiment:
    """A case with one thing changed.

    Attributes:
        base: which case it comes from.
        key: what was changed, equal for the same change of another case.
        words: what was changed, for this case.
        arguments: the changed arguments.
        after: the reference's result after the change.
        reacts: Boolean arrays, where the reference's result reacts to it; of whole numbers, which may stay as
            they are by chance, where it does to any of several such changes.
    """

    base: int
    key: tuple
    words: str
    arguments: dict
    after: object
    reacts: list


def plan_experiments(base, case, other, expected, reference, generator):
    """Changes of a case that the reference says something about.

    Args:
        base: which case it is, for `read_experiments`.
        case: its arguments.
        other: arguments of another case, of the same shapes where possible.
        expected: the reference's result for the case.
        reference: function of the arguments.
        generator: `numpy.random.Generator`.

    Returns:
        list of `Experiment`: each argument changed as a whole, each set to zero, and changes to which the
        reference reacts nowhere or in some places only; at most `MOST` of each.
    """
    found = {kind: [] for kind in MOST}
    times = TIMES if is_whole(expected) else 1
    draws = [list(_changes(case, dict(leaves(other)), generator)) for _ in range(times)]
    for (key, words, changed), *others in zip(*draws, strict=True):
        kind = key[0] if key[0] in MOST else "part"
        if len(found[kind]) == MOST[kind]:
            continue
        after = _result(reference, changed)
        reacts = _changed(expected, after, EXACTLY)
        if reacts is None:
            continue
        is_moved = any(part.any() for part in reacts)
        for _, _, again in others if kind == "part" else ():
            more = _changed(expected, _result(reference, again), EXACTLY)
            reacts = [one | two for one, two in zip(reacts, more, strict=True)] if more else reacts
        tells = {
            "whole": is_moved,
            "zero": _is_varied(after),
            "part": not all(part.all() for part in reacts) and (is_moved or key[0] == "hidden"),
        }
        if tells[kind]:
            found[kind].append(Experiment(base, key, words, changed, after, reacts))
    return [experiment for kind in found.values() for experiment in kind]


def is_whole(tree):
    """Whether a result has no floats.

    Example:
        >>> is_whole((np.arange(3), True)), is_whole((np.arange(3), 0.5))
        (True, False)
    """
    return all(np.asarray(leaf).dtype.kind != "f" for _, leaf in leaves(tree))


def _result(reference, arguments):
    """What the reference gives; None for arguments that the exercise does not allow."""
    try:
        with np.errstate(all="ignore"):
            return reference(**arguments)
    except Exception:
        return None


def _is_varied(result):
    """Whether a right result has more to it than one number, or than zeros."""
    arrays = [np.asarray(leaf) for _, leaf in leaves(result)]
    return all(array.any() and (array.size == 1 or len(np.unique(array)) > 1) for array in arrays)


def _changes(case, others, generator):
    """Yields (key, words, changed arguments)."""
    places = list(leaves(case))
    for place, leaf in places:
        if (value := _other_value(leaf, others.get(place), generator)) is not None:
            yield ("whole", place), named(place), replaced(case, place, value)
        if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f" and leaf.any():
            yield ("zero", place), named(place), replaced(case, place, np.zeros_like(leaf))
    for place, leaf in places:
        if not isinstance(leaf, np.ndarray) or not leaf.size:
            continue
        noise = _noise(leaf, generator) if leaf.dtype.kind == "f" else None
        for mask_place, mask in places:
            if noise is not None and _is_mask(mask) and (hidden := _hidden(mask, leaf)) is not None:
                state = "False" if mask.dtype.kind == "b" else "0"
                words = f"{named(place)} where {named(mask_place)} is {state}"
                value = np.where(hidden, noise, leaf)
                yield ("hidden", place, mask_place), words, replaced(case, place, value)
        for axis in range(min(leaf.ndim, 3)):
            index, value = (slice(None),) * axis + (-1,), leaf.copy()
            if leaf.shape[axis] < 2 or (noise is None and axis > 0):
                continue
            value[index] = leaf[0] if noise is None else noise[index]
            words = f"the last position of axis {axis} of {named(place)}"
            yield ("last", place, axis), words, replaced(case, place, value)


def _is_mask(leaf):
    return isinstance(leaf, np.ndarray) and leaf.dtype.kind in "bi" and leaf.ndim > 0 and not leaf.all()


def _hidden(mask, leaf):
    """Where a mask hides what stands in an array: its axes in front, or all of the array's."""
    shape = mask.shape
    if len(shape) > leaf.ndim or any(a not in (1, b) for a, b in zip(shape, leaf.shape, strict=False)):
        return None
    hidden = ~mask.astype(bool)
    return np.broadcast_to(hidden.reshape(*shape, *[1] * (leaf.ndim - len(shape))), leaf.shape)


def _noise(leaf, generator):
    """Other numbers of the same range and sign."""
    if (leaf >= 0).all() or (leaf <= 0).all():
        return (leaf * generator.uniform(1.2, 2.5, leaf.shape)).astype("float32").astype("float64")
    scale = leaf.std() or 1.0
    return (leaf + generator.normal(0, scale, leaf.shape)).astype("float32").astype("float64")


def _other_value(leaf, other, generator):
    """Another value for a whole argument; None where none is at hand."""
    if isinstance(leaf, np.ndarray):
        if isinstance(other, np.ndarray) and other.shape == leaf.shape and not np.array_equal(other, leaf):
            return other
        if leaf.dtype.kind == "b":
            return None if leaf.all() else np.ones_like(leaf)
        return _noise(leaf, generator) if leaf.dtype.kind == "f" and leaf.size else None
    if isinstance(leaf, bool):
        return not leaf
    if isinstance(leaf, float):
        return float(np.float32(leaf * 0.5)) if leaf else None
    return None


def _changed(before, after, threshold):
    """Per array of two results, where they differ; None when they cannot be compared."""
    before, after = dict(leaves(before)), dict(leaves(after))
    if before.keys() != after.keys():
        return None
    found = []
    for place, first in before.items():
        second = after[place]
        if not all(isinstance(value, np.ndarray | np.generic | int | float) for value in (first, second)):
            return None
        first, second = np.asarray(first, "float64"), np.asarray(second, "float64")
        if first.shape != second.shape:
            return None
        finite = np.abs(np.concatenate([first[np.isfinite(first)], second[np.isfinite(second)]]))
        scale = finite.max() if finite.size else 0.0
        found.append(~np.isclose(first, second, rtol=0.0, atol=threshold * scale, equal_nan=True))
    return found


@dataclass(frozen=True)
class Finding:
    """What the experiments say: of which kind it is, what was changed, and a sentence."""

    kind: str
    changed: tuple
    words: str


def read_experiments(experiments, before, after, tolerance):
    """What the answer depends on and may not, the reverse, and what sets it right.

    Args:
        experiments: list of `Experiment`.
        before: dict from a base to the answer's result before the change, None where it was not asked.
        after: list of the answer's results after it, None where it was not asked.
        tolerance: allowed error of the exercise.

    Returns:
        list of `Finding`: what two experiments with the same change show, and none refutes.
    """
    said, counts, refuted = tally(experiments, before, after, tolerance)
    shown = {key: words for key, words in said.items() if key not in refuted and counts[key] > 1}
    findings = [Finding("spill", key, words) for (kind, key), words in shown.items() if kind == "spill"]
    for kind, words in (
        ("unused", "Your result does not depend on {} at all, and it must."),
        ("zero", "With {} all zero your result is right: look at where it enters."),
    ):
        if names := {key: name for (one, key), name in shown.items() if one == kind}:
            findings.append(Finding(kind, tuple(names), words.format(_either(names.values()))))
    return findings


def tally(experiments, before, after, tolerance):
    """What each change shows.

    Args:
        experiments: as for `read_experiments`.
        before: likewise.
        after: likewise.
        tolerance: likewise.

    Returns:
        a triple, of findings by their kind and what was changed: their words; how many experiments show them;
        the set of those that an experiment refutes.
    """
    said, counts, refuted = {}, Counter(), set()
    for experiment, result in zip(experiments, after, strict=True):
        if result is None or before[experiment.base] is None:
            continue
        reading = _read(experiment, before[experiment.base], result, tolerance)
        if reading is not None:
            kind, words, is_shown = reading
            said.setdefault((kind, experiment.key), words)
            counts[kind, experiment.key] += is_shown
            refuted |= set() if is_shown else {(kind, experiment.key)}
    return said, counts, refuted


def _either(names):
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _read(experiment, before, after, tolerance):
    """A triple: kind of finding, its words, whether the experiment shows it; None where it says nothing."""
    kind = experiment.key[0]
    if kind == "zero":
        return "zero", experiment.words, compare(after, experiment.after, tolerance) is None
    moved = _changed(before, after, REACTION)
    should = experiment.reacts
    if moved is None or [m.shape for m in moved] != [s.shape for s in should]:
        return None
    if not _are_finite(before) or not _are_finite(after):
        return None
    if kind == "whole":
        return "unused", experiment.words, not any(part.any() for part in moved)
    if not any(part.any() for part in should):
        words = f"Your result changes when {experiment.words} changes; the right one does not."
        return "spill", words, any(part.any() for part in moved)
    for index, (is_moved, should_move) in enumerate(zip(moved, should, strict=True)):
        stray = is_moved & ~should_move
        if stray.any():
            where = f"`[{index}]`" if len(moved) > 1 else "your result"
            at = f" at {[int(axis[0]) for axis in np.nonzero(stray)]}" if stray.ndim else ""
            words = f"When {experiment.words} changes, {where} changes{at} too, where the right one stays."
            return "spill", words, True
    return "spill", "", False


def _are_finite(tree):
    return all(np.isfinite(np.asarray(leaf, "float64")).any() for _, leaf in leaves(tree))
