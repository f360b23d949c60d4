"""Verdict of `crf_path_score`: the score of one path of tags for each sentence."""

from itertools import product

import numpy as np


def draw(generator):
    """Batches with padding, holes and masked first places; the last is small enough to read."""
    cases = []
    for batch, length, tags, scale in ((5, 7, 3, 1.0), (5, 5, 5, 0.1), (7, 7, 3, 3.0), (5, 5, 2, 20.0)):
        cases.append(_case(generator, _masks(generator, batch, length), tags, scale))
    cases.append(_case(generator, np.ones((3, 5), bool), 3, 1.0))
    forbidden = _case(generator, np.arange(5) < np.array([[5], [3], [1]]), 5, 1.0)
    forbidden["transitions"][0, 1:] = -10_000.0
    forbidden["tags"][0, :2] = 0, 3
    cases.append(forbidden)
    cases.append(_case(generator, np.array([[True, False, True, False]]), 2, 1.0))
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
        "tags": generator.integers(0, tags, mask.shape),
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
    "a transition of -10,000 on the path": lambda case: (reference(**case) < -5_000).any(),
    "one sentence": lambda case: len(case["mask"]) == 1,
}


def _places(row):
    return np.flatnonzero(row)


def _scored(
    places=_places,
    start=lambda tags, mask, starts: starts[tags[_places(mask)[0]]],
    end=lambda tags, mask, ends: ends[tags[_places(mask)[-1]]],
    emission=None,
    transition=None,
    change=lambda case: case,
):
    """Sentence by sentence, with parts exchanged."""

    def answer(**case):
        emissions, tags, mask, transitions, starts, ends = change(case).values()
        scores = []
        for row, path, real in zip(emissions, tags, mask, strict=True):
            kept = np.zeros(len(real), bool)
            kept[places(real)] = True
            at = np.flatnonzero(kept) if emission is None else emission(real)
            score = row[at, path[at]].sum() + start(path, kept, starts) + end(path, kept, ends)
            if transition is None:
                met = path[kept]
                score += transitions[met[:-1], met[1:]].sum()
            else:
                to = transition(real)
                score += transitions[path[to - 1], path[to]].sum()
            scores.append(score)
        return np.array(scores)

    return answer


reference = _scored()


def _no(tags, mask, scores):
    return 0.0


def _first_column(tags, mask, starts):
    return starts[tags[0]]


def _first_column_if_real(tags, mask, starts):
    return starts[tags[0]] * mask[0]


def _last_column(tags, mask, ends):
    return ends[tags[-1]]


def _column_of_the_length(tags, mask, ends):
    return ends[tags[mask.sum() - 1]]


def _all(real):
    return np.arange(len(real))


def _all_steps(real):
    return np.arange(1, len(real))


def _into_real(real):
    return np.flatnonzero(real[1:]) + 1


def _between_real(real):
    return np.flatnonzero(real[1:] & real[:-1]) + 1


def _first_and_real(real):
    return np.flatnonzero(real | (np.arange(len(real)) == 0))


def _first_real(tags, mask, starts):
    return starts[tags[_places(mask)[0]]]


def _last_real(tags, mask, ends):
    return ends[tags[_places(mask)[-1]]]


def _the_first_n(real):
    return np.arange(real.sum())


STARTS = (_first_real, _first_column, _first_column_if_real)
ENDS = (_last_real, _column_of_the_length)


def _transposed(case):
    return {**case, "transitions": case["transitions"].T}


def _ends_swapped(case):
    return {**case, "starts": case["ends"], "ends": case["starts"]}


def _no_transitions(case):
    return {**case, "transitions": 0 * case["transitions"]}


def _nothing_but_emissions(case):
    return _no_transitions({**case, "starts": 0 * case["starts"], "ends": 0 * case["ends"]})


def _normalised(case):
    total = np.logaddexp.reduce(case["emissions"], axis=-1, keepdims=True)
    return {**case, "emissions": case["emissions"] - total}


MISTAKES = {
    "padding_scored": _scored(places=_all),
    "mask_taken_for_length": _scored(places=_the_first_n),
    "holes_not_bridged": tuple(
        _scored(transition=transition, start=start, end=end, emission=emission)
        for transition, start, end, emission in product(
            (_between_real, _into_real), STARTS, ENDS, (None, _first_and_real)
        )
    ),
    "half_masked": (
        _scored(emission=_all),
        _scored(transition=_all_steps),
        _scored(transition=_all_steps, start=_first_column, end=_last_column),
        _scored(emission=_all, start=_first_column, end=_last_column),
    ),
    "start_at_first_column": (
        _scored(start=_first_column),
        _scored(start=_first_column_if_real),
        _scored(places=_first_and_real),
    ),
    "end_at_last_column": (_scored(end=_last_column), _scored(end=_column_of_the_length)),
    "transitions_transposed": _scored(change=_transposed),
    "starts_and_ends_swapped": _scored(change=_ends_swapped),
    "starts_forgotten": _scored(start=_no),
    "ends_forgotten": _scored(end=_no),
    "starts_and_ends_forgotten": _scored(start=_no, end=_no),
    "transitions_forgotten": (
        _scored(change=_no_transitions),
        _scored(change=_nothing_but_emissions),
    ),
    "emissions_normalised": _scored(change=_normalised),
}
