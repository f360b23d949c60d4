"""Puts together what is said of a wrong answer: when it fails and how its values differ."""

import numpy as np

from course_lib.grading.judging.descriptions.conditions import find_conditions
from course_lib.grading.judging.descriptions.factors import find_factors, find_mirrors, find_shifts
from course_lib.grading.judging.descriptions.functions import (
    find_arrangements,
    find_functions,
    find_opposites,
)
from course_lib.grading.judging.descriptions.observation import Claim, Observation, alike, numbers
from course_lib.grading.judging.descriptions.places import find_ends, find_marked, find_signs, wrong_places
from course_lib.grading.judging.descriptions.rows import (
    find_constants,
    find_copies,
    find_proportions,
    find_sides,
    find_sums,
)
from course_lib.grading.judging.descriptions.shapes import find_shapes

# How values differ: the first that holds is said. What explains every value comes before what explains some.
EXACT = (find_factors, find_opposites, find_shifts, find_mirrors, find_functions, find_copies, find_constants)
EXACT += (find_arrangements, find_proportions)
EACH = (find_factors, find_shifts, find_mirrors, find_functions)
PARTIAL = (find_ends, find_marked, find_signs, find_sums, find_sides)


def describe_values(drawn, fresh):
    """How the values of the wrong cases differ from the right ones.

    Args:
        drawn: list of `Observation`s, the cases the learner is told about.
        fresh: list of `Observation`s of other draws, on which a claim must hold too.

    Returns:
        a pair of lists of `Claim`s that hold: those that explain every value, and those that explain some.
    """
    wrong = [observation for observation in drawn if observation.failed]
    later = [observation for observation in fresh if observation.failed]
    if not wrong or not all(observation.has_right_shapes for observation in [*wrong, *later]):
        return [], []
    places = sorted({place for observation in wrong for place in observation.wrong}, key=repr)
    all_places = {place for observation in wrong for place in observation.pairs}
    exact, partial = [], []
    views = [
        (Observation.part, EXACT, exact, "Every"),
        (_wrong_values, EACH, exact, "Every wrong"),
        (Observation.part, PARTIAL, partial, "Every"),
    ]
    for chosen in [places] + ([[place] for place in places] if len(places) > 1 else []):
        at_fault = [one for one in wrong if any(place in chosen for place in one.wrong)]
        some = len(wrong) < len(drawn)
        where = "Where it fails: " if some else ""
        if set(chosen) != all_places:
            where = f"{'Where it fails, in' if some else 'In'} {_shown(chosen)}: "
        for view, kinds, found, every in views:
            for find in kinds:
                with np.errstate(all="ignore"):
                    claims = list(find([view(one, chosen) for one in at_fault]))
                for claim in claims:
                    moved = _moved(claim, chosen, where, view, every)
                    if all(map(moved.holds, later)):
                        found.append(moved)
        if exact:
            break
    if not exact:
        exact += [claim for claim in find_exchanges(wrong) if all(map(claim.holds, later))]
    return exact, partial


def find_exchanges(wrong):
    """One part of a result where another belongs.

    Args:
        wrong: list of `Observation`s that failed.

    Yields:
        `Claim`s.

    Example:
        >>> zero, one = np.array([0, 2, 4]), np.array([1, 3, 5])
        >>> pairs = {(0,): (zero, zero), (1,): (zero, one)}
        >>> [claim.words for claim in find_exchanges([Observation({}, pairs, ((1,),), True)])]
        ['In [1] stands what belongs in [0].']
    """
    for place in sorted({place for observation in wrong for place in observation.wrong}, key=repr):
        for other in wrong[0].pairs:
            if other == place or place not in wrong[0].wrong:
                continue

            def holds(observation, place=place, other=other):
                if place not in observation.wrong:
                    return True
                return other in observation.pairs and alike(
                    observation.pairs[place][0], observation.pairs[other][1]
                )

            at_fault = [observation for observation in wrong if place in observation.wrong]
            if all(map(holds, at_fault)) and numbers([one.pairs[other][1] for one in at_fault]) > 2:
                words = f"In {_shown([place])} stands what belongs in {_shown([other])}."
                yield Claim(words, holds)


def _wrong_values(observation, places):
    """The observation of the single values that are wrong in some places."""
    part = observation.part(places)
    pairs = {}
    for place in part.wrong:
        received, right = part.pairs[place]
        is_wrong = wrong_places(received, right)
        pairs[place] = received[is_wrong], right[is_wrong]
    return Observation(part.arguments, pairs, part.wrong, part.failed)


def describe_shapes(drawn, fresh):
    """How results of the wrong shape come from the right ones; a list of `Claim`s that hold."""
    wrong = [observation for observation in drawn if observation.failed]
    later = [observation for observation in fresh if observation.failed]
    return [claim for claim in find_shapes(wrong) if all(map(claim.holds, later))]


def describe_conditions(drawn, fresh, conditions):
    """Under which condition the answer fails; a list of `Claim`s that hold."""
    return [claim for claim in find_conditions(drawn, conditions) if all(map(claim.holds, fresh))]


def _moved(claim, places, where, view, every):
    """A claim about some places of the result."""
    words = claim.words.replace("Every", every, 1)
    words = f"{where}{words[0].lower()}{words[1:]}" if where else words

    def holds(observation):
        if not any(place in places for place in observation.wrong):
            return True
        with np.errstate(all="ignore"):
            return claim.holds(view(observation, places))

    return Claim(words, holds)


def _shown(places):
    return " and ".join("".join(f"[{key!r}]" for key in place) or "the result" for place in places)
