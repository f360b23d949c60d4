"""Asks a wrong answer again, on fresh cases and on changed ones, and says what can be said of it."""

from dataclasses import dataclass

import numpy as np

from course_lib.grading.judging.descriptions.dependence import (
    Finding,
    is_whole,
    plan_experiments,
    read_experiments,
    tally,
)
from course_lib.grading.judging.descriptions.describe import (
    describe_conditions,
    describe_shapes,
    describe_values,
)
from course_lib.grading.judging.descriptions.observation import Claim, leaves, observe
from course_lib.grading.judging.descriptions.other_arguments import find_other_arguments
from course_lib.grading.judging.diagnose import argument_size
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.values import Failure, same_tree

DESCRIBED = ("unknown_mistake", "not_finite", "wrong_shape", "wrong_type", "returned_none", "raised")
RANDOM = "Two calls with the same arguments give different results."
SENTENCES = 2
KINDS = ("whole", "hidden", "zero", "last")  # of experiments, the most telling first


@dataclass(frozen=True)
class Trial:
    """What an answer did with some cases.

    Attributes:
        cases: list of dicts of arguments, floats in float64.
        received: list of trees of NumPy values or `Failure`s.
        expected: list of trees of NumPy values.
    """

    cases: list
    received: list
    expected: list

    def observations(self, tolerance):
        """An `Observation` per case."""
        return [
            observe(*triple, tolerance)
            for triple in zip(self.cases, self.received, self.expected, strict=True)
        ]


@dataclass(frozen=True)
class Description:
    """What is said of a wrong answer: claims on its values, findings on what it depends on."""

    said: tuple[Claim | Finding, ...]

    @property
    def words(self):
        """The sentences."""
        return " ".join(one.words for one in self.said)


class SecondAsking:
    """Cases on which an answer is asked again, and what they tell.

    Args:
        trial: the `Trial` that failed.
        fresh: list of other cases.
        reference: function of the arguments of a case.
        conditions: dict from words to predicates of arguments.
        tolerance: allowed error of the exercise.
        diagnosis: the generic diagnosis that holds so far.
    """

    def __init__(self, trial, fresh, reference, conditions, tolerance, diagnosis):
        self.trial = trial
        self.reference = reference
        self.conditions = conditions
        self.tolerance = tolerance
        self.diagnosis = diagnosis
        self.drawn = trial.observations(tolerance)
        is_never_right = all(observation.failed for observation in self.drawn)
        tells = diagnosis in ("unknown_mistake", "wrong_shape") or not is_never_right
        self.fresh = fresh if tells else []  # of an exception on every case there is no more to say
        self.refuted = set()  # kinds of findings and what was changed, once `describe` has seen the results
        self.bases = self._choose_bases() if self.fresh and diagnosis == "unknown_mistake" else {}
        experiments = [
            experiment
            for number, (base, (case, other)) in enumerate(self.bases.items())
            for experiment in plan_experiments(
                base, case, other, self._right(case), reference, np.random.default_rng(number)
            )
            if base[0] != "right" or experiment.key[0] == "whole"
        ]
        experiments.sort(key=lambda one: KINDS.index(one.key[0]))
        self.experiments = [
            one for one in experiments if is_never_right or not _is_a_number(one, trial.cases)
        ]

    def _choose_bases(self):
        """Cases to experiment with, each with another one: the smallest that fails, and a fresh one.

        A result of whole numbers may stay as it is by chance. So one of those that are right is asked, too,
        whether a whole argument has an effect.
        """
        failing = [index for index, observation in enumerate(self.drawn) if observation.failed]
        failing.sort(key=lambda index: (argument_size(self.trial.cases[index]), index))
        first, last, count = failing[0], failing[-1], len(self.fresh)
        bases = {
            ("drawn", first): (self.trial.cases[first], self.fresh[first % count]),
            ("fresh", last % count): (self.fresh[last % count], self.trial.cases[last]),
        }
        passed = [index for index, observation in enumerate(self.drawn) if not observation.failed]
        if passed and is_whole(self.trial.expected[first]):
            bases["right", passed[0]] = self.trial.cases[passed[0]], self.fresh[passed[0] % count]
        return bases

    def _right(self, case):
        with np.errstate(all="ignore"):
            return self.reference(**case)

    @property
    def cases(self):
        """The cases to ask, the most telling first: fresh ones, one again, the experiments."""
        repeated = [case for case, _ in self.bases.values()][:1]
        return [*self.fresh, *repeated, *(experiment.arguments for experiment in self.experiments)]

    def describe(self, results):
        """What can be said, now that the answer was asked again.

        Args:
            results: list of what came back for `cases`; it may be shorter.

        Returns:
            a `Description`, or None when nothing holds.
        """
        results = [None if _was_ended(result) else result for result in results]
        results += [None] * (len(self.cases) - len(results))
        count = len(self.fresh)
        asked = [index for index in range(count) if results[index] is not None]
        expected = [self._right(self.fresh[index]) for index in asked]
        fresh = Trial([self.fresh[index] for index in asked], [results[index] for index in asked], expected)
        fresh = fresh.observations(self.tolerance)
        when = describe_conditions(self.drawn, fresh, self.conditions)[:1]
        if self.diagnosis != "unknown_mistake":
            return _first(when, describe_shapes(self.drawn, fresh) if self.diagnosis == "wrong_shape" else [])
        before = {
            (kind, index): results[index] if kind == "fresh" else self.trial.received[index]
            for kind, index in self.bases
        }
        again = results[count] if self.bases else None
        if again is not None and not same_tree(again, next(iter(before.values()))):
            return Description((Finding("random", (), RANDOM),))
        evidence = (self.experiments, before, results[count + 1 :], self.tolerance)
        found, self.refuted = read_experiments(*evidence), tally(*evidence)[2]
        unused, spilt, zero = (
            [finding for finding in found if finding.kind == kind][:1] for kind in ("unused", "spill", "zero")
        )
        if other := next(find_other_arguments([*self.drawn, *fresh], self.reference), None):
            return Description((other,))
        exact, partial = describe_values(self.drawn, fresh)
        how = exact[:1] or unused or spilt or zero or partial[:1]
        return _first(when, how, unused, spilt, zero)


def _is_a_number(experiment, cases):
    """Whether a plain number was changed: where some cases are right, no change may be mere saturation."""
    kind, place, *_ = experiment.key
    return kind == "whole" and isinstance(dict(leaves(cases[0])).get(place), float)


def _was_ended(result):
    """Whether a run ended from outside, which says nothing of the answer."""
    return isinstance(result, Failure) and GENERIC_DIAGNOSES[result.kind].is_decisive


def _first(*groups):
    """The first claims of several groups, each once."""
    said = list({claim.words: claim for group in groups for claim in group}.values())[:SENTENCES]
    return Description(tuple(said)) if said else None
