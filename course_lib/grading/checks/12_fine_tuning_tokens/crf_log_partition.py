"""Verdict of `crf_log_partition`: the logarithm of the sum over all paths."""

import numpy as np


def draw(generator):
    """Batches with padding, holes and masked first places, at small and large scale."""
    cases = []
    for batch, length, tags, scale in ((5, 7, 3, 1.0), (5, 5, 5, 0.1), (7, 7, 3, 3.0), (5, 5, 3, 200.0)):
        cases.append(_case(generator, _masks(generator, batch, length), tags, scale))
    cases[3]["emissions"] += np.resize([900.0, -900.0], (5, 1, 1))
    cases.append(_case(generator, np.ones((3, 5), bool), 3, 1.0))
    forbidden = _case(generator, np.arange(5) < np.array([[5], [3], [1]]), 5, 1.0)
    forbidden["transitions"][generator.random((5, 5)) < 0.3] = -10_000.0
    cases.append(forbidden)
    cases.append(_case(generator, np.array([[True, False, True, False]]), 2, 1.0))
    unavoidable = _case(generator, np.ones((2, 3), bool), 2, 1.0)
    unavoidable["transitions"][:] = -10_000.0
    cases.append(unavoidable)
    return cases


def _masks(generator, batch, length):
    """Full; padded; with a hole; first place masked; one real place; then any."""
    masks = generator.random((batch, length)) < 0.6
    masks[np.arange(batch), generator.integers(0, length, batch)] = True
    masks[0] = True
    masks[1] = np.arange(length) < generator.integers(2, length)
    masks[2] = True
    masks[2, generator.integers(1, length - 1)] = False
    masks[3] = (np.arange(length) > 0) & (np.arange(length) < length - 1)
    masks[4] = np.arange(length) == generator.integers(1, length - 1)
    return masks


def _case(generator, mask, tags, scale):
    return {
        "emissions": generator.normal(0, scale, (*mask.shape, tags)),
        "mask": mask,
        "transitions": generator.normal(0, scale, (tags, tags)),
        "starts": generator.normal(0, scale, tags),
        "ends": generator.normal(0, scale, tags),
    }


CONDITIONS = {
    "padding behind a sentence": lambda case: (case["mask"][:, 0] & ~case["mask"][:, -1]).any(),
    "a masked place between real ones": lambda case: ((np.diff(case["mask"], axis=1)).sum(axis=1) > 1).any(),
    "a masked first place": lambda case: (~case["mask"][:, 0]).any(),
    "a single real place": lambda case: (case["mask"].sum(axis=1) == 1).any(),
    "no masked place": lambda case: case["mask"].all(),
    "scores beyond what `exp` can hold": lambda case: (reference(**case) > 709).any(),
    "scores that `exp` makes zero of": lambda case: (reference(**case) < -745).any(),
    "transitions of -10,000": lambda case: (case["transitions"] == -10_000).any(),
    "no path without such a transition": lambda case: (case["transitions"] == -10_000).all(),
    "one sentence": lambda case: len(case["mask"]) == 1,
}


def _sum(scores):
    """log sum exp over the first axis."""
    return np.logaddexp.reduce(scores, axis=0)


def _forward(
    combine=_sum,
    real_places=lambda mask: mask,
    first_is_real=False,
    step=lambda alpha, transitions, combine: combine(alpha[:, None] + transitions),
    at_masked=lambda alpha, transitions, combine: alpha,
    change=lambda case: case,
    combine_last=None,
    finish=lambda log_partition: log_partition,
):
    """Place by place, with parts exchanged."""

    def answer(**case):
        emissions, mask, transitions, starts, ends = change(case).values()
        found = []
        for row, real in zip(emissions, mask, strict=True):
            alpha = None
            for place, is_real in enumerate(real_places(real)):
                if alpha is None:
                    alpha = starts + row[place] if is_real or first_is_real else None
                elif is_real:
                    alpha = step(alpha, transitions, combine) + row[place]
                else:
                    alpha = at_masked(alpha, transitions, combine)
            found.append((combine_last or combine)(alpha + ends))
        return finish(np.array(found))

    return answer


reference = _forward()


def _largest(scores):
    return scores.max(axis=0)


def _all(mask):
    return np.ones(len(mask), bool)


def _the_first_n(mask):
    return np.arange(len(mask)) < mask.sum()


def _still_steps(alpha, transitions, combine):
    return combine(alpha[:, None] + transitions)


def _erased(alpha, transitions, combine):
    return 0.0 * alpha


def _over_the_next(alpha, transitions, combine):
    return alpha + combine(transitions.T)


def _transposed(case):
    return {**case, "transitions": case["transitions"].T}


def _ends_swapped(case):
    return {**case, "starts": case["ends"], "ends": case["starts"]}


def _without(*names):
    return lambda case: {name: 0 * part if name in names else part for name, part in case.items()}


def _normalised(case):
    total = np.logaddexp.reduce(case["emissions"], axis=-1, keepdims=True)
    return {**case, "emissions": case["emissions"] - total}


def _exponentiated(log_partition):
    """The sum itself, as float32 holds it."""
    return np.exp(log_partition).astype("float32")


def overflows(arguments, received, expected):
    """Wrong only where sums are beyond what `exp` can hold in float32, and not finite there."""
    beyond = np.abs(expected) > 80
    received = np.asarray(received)
    close = np.isclose(received, expected, rtol=1e-3, atol=1e-3)
    return beyond.any() and (~np.isfinite(received[beyond])).any() and close[~beyond].all()


MISTAKES = {
    "max_for_sum": (_forward(combine=_largest), _forward(combine=_largest, combine_last=_sum)),
    "last_sum_is_a_max": _forward(combine_last=_largest),
    "padding_counted": (
        _forward(real_places=_all),
        _forward(
            at_masked=_still_steps,
            first_is_real=True,
        ),
    ),
    "mask_taken_for_length": _forward(real_places=_the_first_n),
    "masked_places_still_step": _forward(at_masked=_still_steps),
    "erased_at_masked_places": (
        _forward(at_masked=_erased),
        _forward(at_masked=_erased, first_is_real=True),
    ),
    "first_place_always_real": _forward(first_is_real=True),
    "transitions_transposed": _forward(change=_transposed),
    "summed_over_the_next_tag": _forward(step=_over_the_next),
    "starts_and_ends_swapped": _forward(change=_ends_swapped),
    "starts_forgotten": _forward(change=_without("starts")),
    "ends_forgotten": _forward(change=_without("ends")),
    "starts_and_ends_forgotten": _forward(change=_without("starts", "ends")),
    "transitions_forgotten": (
        _forward(change=_without("transitions")),
        _forward(change=_without("transitions", "starts", "ends")),
    ),
    "emissions_normalised": _forward(change=_normalised),
    "not_a_logarithm": _forward(finish=_exponentiated),
}
SYMPTOMS = {"overflow": overflows}
