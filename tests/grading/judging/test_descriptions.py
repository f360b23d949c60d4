"""Every kind of description is given where it is true, and not where it is false."""

import numpy as np
import pytest

from course_lib.grading.judging.descriptions.asking import SecondAsking, Trial
from course_lib.grading.judging.descriptions.conditions import find_conditions
from course_lib.grading.judging.descriptions.describe import describe_shapes, describe_values, find_exchanges
from course_lib.grading.judging.descriptions.observation import observe
from course_lib.grading.judging.descriptions.other_arguments import find_other_arguments

TOLERANCE = 5e-5


def arguments_of(seed):
    generator = np.random.default_rng(seed)
    mask = generator.random((3, 5)) < 0.6
    mask[:, 0], mask[0, 1] = True, False
    return {"scores": generator.normal(0, 2, (3, 5)), "mask": mask, "rate": float(generator.uniform(2, 9))}


def right(scores, mask, rate):
    """Softmax over the keys a mask keeps, times three."""
    exponentials = np.where(mask, np.exp(scores), 0.0)
    return 3 * exponentials / exponentials.sum(axis=-1, keepdims=True)


def observations(answer, seeds=range(4)):
    cases = [arguments_of(seed) for seed in seeds]
    return [observe(case, answer(**case), right(**case), TOLERANCE) for case in cases]


def words_of(answer, answer_later=None):
    exact, partial = describe_values(
        observations(answer), observations(answer_later or answer, seeds=range(10, 13))
    )
    return [claim.words for claim in [*exact, *partial]]


def made(change):
    return lambda scores, mask, rate: change(right(scores, mask, rate))


def times_rate(scores, mask, rate):
    return rate * right(scores, mask, rate)


def plus_something_behind_the_mask(scores, mask, rate):
    return right(scores, mask, rate) + np.where(mask, 0.0, scores)


VALUES = {
    "every value is 2 times": made(lambda values: 2 * values),
    "every value is ½ times": made(lambda values: values / 2),
    "every value has the wrong sign": made(np.negative),
    "n being `rate`": times_rate,
    "every value is 1 too large": made(lambda values: values + 1),
    "every value is 1 minus": made(lambda values: 1 - values),
    "the exponential of": made(np.exp),
    "the square of": made(np.square),
    "reversed along axis 1": made(lambda values: values[:, ::-1]),
    "one place on along axis 1, the last in front": made(lambda values: np.roll(values, 1, 1)),
    "one place back along axis 1, with 0 at the end": made(
        lambda values: np.pad(values, ((0, 0), (0, 1)))[:, 1:]
    ),
    "added up step by step along axis 1": made(lambda values: np.cumsum(values, 1)),
    "the mean of the right values over axis 0": made(lambda values: np.repeat(values.mean(0)[None], 3, 0)),
    "what you return is `scores`": lambda scores, mask, rate: scores,
    "every value you return is 0": made(np.zeros_like),
    "the same all along axis 1": made(lambda values: np.repeat(values.max(1)[:, None], 5, 1) ** 2),
    "wrong only at the last position of axis 1": made(lambda values: values + np.eye(5)[-1] * 0.7),
    "right at the first position of axis 1": made(lambda values: values + np.arange(5) ** 2),
    "wrong only where `mask` is false": plus_something_behind_the_mask,
    "right but for a factor that all its values share": made(
        lambda values: values * values.max(1, keepdims=True)
    ),
    "close, but not close enough": made(lambda values: values * (1 + 1e-3 * np.arange(15).reshape(3, 5))),
    "it is too large": made(lambda values: values + np.arange(1, 16).reshape(3, 5) ** 2),
}


@pytest.mark.parametrize("words", VALUES)
def test_how_values_differ_is_said_where_it_is_true(words):
    said = " ".join(words_of(VALUES[words])).lower()
    assert words in said, said


def noise(scores, mask, rate):
    generator = np.random.default_rng(int(1e6 * abs(scores[0, 0])))
    return right(scores, mask, rate) + generator.normal(0, 1, scores.shape)


@pytest.mark.parametrize("words", VALUES)
def test_what_fresh_cases_refute_is_not_said(words):
    said = " ".join(words_of(VALUES[words], answer_later=noise)).lower()
    assert words not in said, said


@pytest.mark.parametrize("times", [2, 3])
def test_arguments_may_have_other_places_in_every_case(times):
    counts = [{"counts": {name: size}} for name, size in (("a", times), ("b", 5), ("c", 7))]
    masks = [{"rows": [np.arange(size) > 0] * size} for size in (3, 2)]
    masks += [{"rows": [np.ones((2, 2), bool)]}, {"rows": [True]}]
    for cases in (counts, masks):
        right = np.array([1.0, 2.5, -3.0])
        found = [observe(case, times * right, right, TOLERANCE) for case in cases]
        exact, _ = describe_values(found, found)
        assert exact[0].words == f"Every value is {times} times what it should be."


def test_results_may_have_other_places_in_every_case():
    generator = np.random.default_rng(0)
    long, short = ([generator.normal(0, 1, 3) for _ in range(length)] for length in (5, 2))
    exchanged = observe({}, [*long[:4], long[1]], long, TOLERANCE)
    noisy = observe({}, [generator.normal(0, 1, 3), short[1]], short, TOLERANCE)
    assert exchanged.wrong == ((4,),) and noisy.wrong == ((0,),)
    words = [claim.words for claim in find_exchanges([exchanged, noisy])]
    assert words == ["In [4] stands what belongs in [1]."]


def test_nothing_is_said_of_noise():
    assert words_of(noise) == []


def test_what_holds_on_one_case_alone_is_not_said():
    def answer(scores, mask, rate):
        return right(scores, mask, rate) * (2 if scores[0, 0] > 0 else -3)

    assert not any("times what" in words for words in words_of(answer))


def test_the_part_that_is_wrong_is_named():
    def pair(scores, mask, rate):
        return right(scores, mask, rate), 2 * scores

    cases = [arguments_of(seed) for seed in range(3)]
    drawn = [observe(case, pair(**case), (right(**case), case["scores"]), TOLERANCE) for case in cases]
    exact, _ = describe_values(drawn, [])
    assert exact[0].words == "In [1]: every value is 2 times what it should be."


SHAPES = {
    "summed over axis 1": made(lambda values: values.sum(1)),
    "averaged over axis 0, which stays with length 1": made(lambda values: values.mean(0, keepdims=True)),
    "their axes in the order 1, 0": made(np.transpose),
    "in another shape": made(np.ravel),
}


@pytest.mark.parametrize("words", SHAPES)
def test_where_a_wrong_shape_comes_from_is_said_where_it_is_true(words):
    claims = describe_shapes(observations(SHAPES[words]), observations(SHAPES[words], seeds=[7]))
    assert words in " ".join(claim.words for claim in claims)
    others = observations(lambda scores, mask, rate: scores[:, :2], seeds=[7])
    assert not describe_shapes(observations(SHAPES[words]), others)


def failing_where(predicate):
    cases = [{"rate": rate, "flag": flag} for rate in (0.0, 1.0, 2.5) for flag in (True, False)]
    return [observe(case, np.array(float(predicate(case))), np.array(0.0), TOLERANCE) for case in cases]


@pytest.mark.parametrize(
    ("predicate", "words"),
    [
        (lambda case: case["flag"], "Wrong on exactly the 3 of 6 cases with this in common: `flag` is True."),
        (
            lambda case: case["rate"] != 0,
            "Right on exactly the 2 of 6 cases with this in common: `rate` is 0.",
        ),
        (
            lambda case: case["rate"] > 2,
            "Wrong on exactly the 2 of 6 cases with this in common: a large rate.",
        ),
        (lambda case: case["rate"] > 2 and case["flag"], "wrong on 1 of the 2 with it: a large rate."),
    ],
)
def test_a_condition_is_said_where_it_is_true(predicate, words):
    claims = list(find_conditions(failing_where(predicate), {"a large rate": lambda case: case["rate"] > 2}))
    assert claims[0].words.endswith(words)
    assert all(claims[0].holds(observation) for observation in failing_where(predicate))
    assert not all(claims[0].holds(one) for one in failing_where(lambda case: case["rate"] == 1))


def test_no_condition_is_said_where_all_fail_or_none():
    assert not list(find_conditions(failing_where(lambda case: True), {}))
    assert not list(find_conditions(failing_where(lambda case: False), {}))


def described(answer, reference=right):
    def in_shape(value):
        return np.asarray(value)

    cases, fresh = ([arguments_of(seed) for seed in seeds] for seeds in (range(3), range(20, 23)))
    trial = Trial(cases, [answer(**case) for case in cases], [reference(**case) for case in cases])
    asking = SecondAsking(trial, fresh, reference, {}, TOLERANCE, "unknown_mistake")
    description = asking.describe([in_shape(answer(**case)) for case in asking.cases])
    return description.words if description else ""


def over_the_batch(scores, mask, rate):
    values = right(scores, mask, rate)
    return values / values.sum(axis=0, keepdims=True)


def sees_padding(scores, mask, rate):
    return np.where(mask, np.exp(scores), 0.0) / np.exp(scores).sum(axis=-1, keepdims=True)


def bent(scores, mask, rate):
    return right(np.tanh(scores) - scores**2, mask, rate)


OTHERS = {
    "with `mask` inverted": lambda scores, mask, rate: right(scores, ~mask, rate),
    "with the first row of `mask` for all": lambda scores, mask, rate: right(scores, mask[:1], rate),
    "with `scores` reversed along axis 1": lambda scores, mask, rate: right(scores[:, ::-1], mask, rate),
    "with the sign of `scores` changed": lambda scores, mask, rate: right(-scores, mask, rate),
    "with `scores` sorted along its last axis": lambda scores, mask, rate: right(np.sort(scores), mask, rate),
    "with the logarithm of `scores`": lambda scores, mask, rate: right(np.log(scores), mask, rate),
}


@pytest.mark.parametrize("words", OTHERS)
def test_an_answer_that_is_right_for_other_arguments_is_told_so(words):
    cases = [arguments_of(seed) for seed in range(4)]
    cases = [{**case, "scores": np.abs(case["scores"])} for case in cases]
    with np.errstate(all="ignore"):
        found = [observe(case, OTHERS[words](**case), right(**case), TOLERANCE) for case in cases]
    claims = list(find_other_arguments(found, right))
    assert claims[0].words == f"You have the right result for other arguments: {words}."
    noise = observe(cases[0], 2 * right(**cases[0]), right(**cases[0]), TOLERANCE)
    assert not list(find_other_arguments([*found, noise], right))


def test_an_answer_that_takes_ids_for_places_and_arrays_for_each_other_is_told_so():
    def reference(table, other, ids):
        return table[ids] - other[ids] ** 2

    generator = np.random.default_rng(0)
    cases = [
        {"table": generator.normal(0, 1, (7, 3)), "other": generator.normal(0, 1, (7, 3)), "ids": ids}
        for ids in (np.array([1, 5, 2]), np.array([3, 0]))
    ]
    for change, words in (
        (lambda case: {**case, "ids": case["ids"] + 1}, "1 added to `ids`"),
        (
            lambda case: {**case, "table": case["other"], "other": case["table"]},
            "`table` and `other` exchanged",
        ),
    ):
        found = [observe(case, reference(**change(case)), reference(**case), TOLERANCE) for case in cases]
        assert [words in claim.words for claim in find_other_arguments(found, reference)] == [True]


def test_a_reference_is_not_asked_for_plain_numbers_that_were_exchanged():
    def reference(window, stride, scores):
        assert window > stride, "it would never end"
        return scores[:window:stride]

    case = {"window": 7, "stride": 2, "scores": np.arange(11.0)}
    asked = []

    def asked_for(**arguments):
        asked.append((arguments["window"], arguments["stride"]))
        return reference(**arguments)

    wrong = observe(case, np.array([5.0, -1, 3, 3]), reference(**case), TOLERANCE)
    assert not list(find_other_arguments([wrong], asked_for))
    assert set(asked) == {(7, 2)}


def test_an_argument_that_is_not_used_is_named():
    words = described(lambda scores, mask, rate: right(scores, mask | True, rate))
    assert "does not depend on `mask` at all" in words
    assert "`mask`" not in described(bent), "it is used"


def test_what_a_result_may_not_depend_on_is_named():
    assert "`scores` where `mask` is False changes; the right one does not" in described(sees_padding)
    assert "where `mask` is False" not in described(bent)
    assert "last position of axis 0 of `scores` changes, your result changes at" in described(over_the_batch)
    assert "last position of axis 0" not in described(bent)


def test_the_argument_whose_absence_sets_it_right_is_named():
    assert "With `scores` all zero your result is right" in described(bent)
    assert "all zero" not in described(
        lambda scores, mask, rate: right(scores + mask[:, :1] + np.arange(5), mask, 1)
    )


def test_two_equal_calls_that_differ_are_told():
    generator = np.random.default_rng(0)
    words = described(lambda scores, mask, rate: right(scores, mask, rate) + generator.normal(size=(3, 5)))
    assert words == "Two calls with the same arguments give different results."


def test_what_was_not_asked_in_time_is_not_taken_for_an_answer():
    cases = [arguments_of(seed) for seed in range(3)]
    trial = Trial(cases, [2 * right(**case) for case in cases], [right(**case) for case in cases])
    asking = SecondAsking(trial, cases, right, {}, TOLERANCE, "unknown_mistake")
    assert asking.describe([]).words == "Every value is 2 times what it should be."
