"""Verdict of `viterbi`: the path of the highest score."""

import numpy as np

MARGIN = 1e-3  # between the best path and the next, far above rounding


def draw(generator):
    """Batches with padding, holes and masked first places, whose best path is ahead of every other."""
    cases = []
    for batch, length, tags, scale in ((5, 7, 3, 1.0), (5, 5, 5, 3.0), (7, 7, 3, 1.0), (5, 5, 3, 100.0)):
        cases.append(_drawn(generator, lambda b=batch, n=length: _masks(generator, b, n), tags, scale))
    cases.append(_drawn(generator, lambda: np.ones((5, 7), bool), 3, 1.0))
    padded = np.arange(5) < np.array([[5], [3], [1]])
    cases.append(_drawn(generator, lambda: padded, 5, 1.0, forbidden=0.3))
    cases.append(_drawn(generator, lambda: np.array([[True, False, True, False]]), 2, 1.0))
    return [*cases, _asks_for_the_forbidden(generator)]


def _asks_for_the_forbidden(generator, batch=3, length=3, tags=5):
    """In each sentence the emissions ask for a transition of -10,000, and would pay for one of -50."""
    while True:
        case = _drawn(generator, lambda: np.ones((batch, length), bool), tags, 1.0)
        for sentence in range(batch):
            before, after = generator.permutation(tags)[:2]
            case["emissions"][sentence, 0, before] += 90
            case["emissions"][sentence, 1, after] += 90
            case["transitions"][before, after] = -10_000.0
        if _margin(case) > MARGIN:
            return case


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


def _drawn(generator, make_mask, tags, scale, forbidden=0.0):
    while True:
        mask = make_mask()
        case = {
            "emissions": generator.normal(0, scale, (*mask.shape, tags)),
            "mask": mask,
            "transitions": generator.normal(0, 1.5 * scale, (tags, tags)),
            "starts": generator.normal(0, scale, tags),
            "ends": generator.normal(0, scale, tags),
        }
        case["transitions"][generator.random((tags, tags)) < forbidden] = -10_000.0
        if _margin(case) > MARGIN * scale:
            return case


def _margin(case):
    """How far the best path of every sentence is ahead of the next best."""
    least = np.inf
    for row, real in zip(case["emissions"], case["mask"], strict=True):
        row = row[real]
        forward = [case["starts"] + row[0]]
        for emission in row[1:]:
            forward.append((forward[-1][:, None] + case["transitions"]).max(axis=0) + emission)
        backward = [case["ends"]]
        for emission in row[:0:-1]:
            backward.append((case["transitions"] + emission + backward[-1]).max(axis=1))
        through = np.sort(np.array(forward) + np.array(backward[::-1]), axis=-1)  # best path by each tag
        least = min(least, (through[:, -1] - through[:, -2]).min())
    return least


def _asked_for(tags, transitions):
    """Transitions between the tags that the emissions alone would choose."""
    return transitions[tags[:, :-1], tags[:, 1:]]


CONDITIONS = {
    "padding behind a sentence": lambda case: (case["mask"][:, 0] & ~case["mask"][:, -1]).any(),
    "a masked place between real ones": lambda case: ((np.diff(case["mask"], axis=1)).sum(axis=1) > 1).any(),
    "a masked first place": lambda case: (~case["mask"][:, 0]).any(),
    "a single real place": lambda case: (case["mask"].sum(axis=1) == 1).any(),
    "no masked place": lambda case: case["mask"].all(),
    "a best path that is not the best tag at each place": lambda case: (
        reference(**case) != np.where(case["mask"], case["emissions"].argmax(axis=-1), 0)
    ).any(),
    "transitions of -10,000": lambda case: (case["transitions"] == -10_000).any(),
    "a transition of -10,000 that the emissions ask for": lambda case: (
        _asked_for(case["emissions"].argmax(axis=-1), case["transitions"]) == -10_000
    ).any(),
    "one sentence": lambda case: len(case["mask"]) == 1,
}


def _best(scores):
    return scores.max(axis=0)


def _forward_pass(row, kept, transitions, starts, ends, combine=_best, steps_at_masked=False):
    """The scores and the origins at all places that are read, the last scores with the ends."""
    places = np.flatnonzero(kept)
    score = starts + row[places[0]]
    scores, origins, at = [score], [], [places[0]]
    for place in range(places[0] + 1, len(row)):
        if kept[place] or steps_at_masked:
            onward = score[:, None] + transitions
            origins.append(onward.argmax(axis=0))
            score = combine(onward) + (row[place] if kept[place] else 0.0)
            scores.append(score)
            at.append(place)
    return at, scores, origins, score + ends


def _traced(
    places=lambda real: real,
    trace=None,
    combine=_best,
    steps_at_masked=False,
    change=lambda case: case,
    shown=lambda real: real,
):
    """Sentence by sentence, with parts exchanged; what is not shown is 0."""

    def answer(**case):
        emissions, mask, transitions, starts, ends = change(case).values()
        paths = np.zeros(mask.shape, "int64")
        for path, row, real in zip(paths, emissions, mask, strict=True):
            at, scores, origins, last = _forward_pass(
                row, places(real), transitions, starts, ends, combine, steps_at_masked
            )
            path[at] = (trace or _backwards)(scores, origins, last)
            path[~shown(real)] = 0
        return paths

    return answer


def _backwards(scores, origins, last):
    tags = [last.argmax()]
    for origin in origins[::-1]:
        tags.append(origin[tags[-1]])
    return tags[::-1]


reference = _traced()


def _each_by_itself(scores, origins, last):
    return [*(score.argmax() for score in scores[:-1]), last.argmax()]


def _without_ends(scores, origins, last):
    return [score.argmax() for score in scores]


def _one_pointer_too_many(scores, origins, last):
    """Every place holds the tag of the place before it; the first keeps its own."""
    tags = _backwards(scores, origins, last)
    return [tags[0], *tags[:-1]]


def _one_pointer_too_few(scores, origins, last):
    """The pointers of the step before are followed."""
    tags = [last.argmax()]
    for origin in [np.arange(len(last)), *origins][-2::-1] if origins else []:
        tags.append(origin[tags[-1]])
    return tags[::-1]


def _next_pointer(scores, origins, last):
    tags = [last.argmax()]
    for place in range(len(origins) - 1, -1, -1):
        tags.append(origins[min(place + 1, len(origins) - 1)][tags[-1]])
    return tags[::-1]


def _always_from_the_last(scores, origins, last):
    """All pointers are asked about the last tag."""
    tag = last.argmax()
    return [*(origin[tag] for origin in origins), tag]


def _not_turned(scores, origins, last):
    return _backwards(scores, origins, last)[::-1]


def _greedy(masked):
    def answer(emissions, mask, transitions, starts, ends):
        tags = emissions.argmax(axis=-1)
        return np.where(mask, tags, 0) if masked else tags

    return answer


def _greedy_step(emissions, mask, transitions, starts, ends):
    """The best tag behind the one before it, never taken back."""
    paths = np.zeros(mask.shape, "int64")
    for path, row, real in zip(paths, emissions, mask, strict=True):
        places, before = np.flatnonzero(real), starts
        for place in places:
            is_last = place == places[-1]
            path[place] = (before + row[place] + (ends if is_last else 0)).argmax()
            before = transitions[path[place]]
    return paths


def _greedy_step_without_ends(emissions, mask, transitions, starts, ends):
    return _greedy_step(emissions, mask, transitions, starts, 0 * ends)


def _marginals(emissions, mask, transitions, starts, ends):
    """The most probable tag at each place by itself, over all paths."""
    paths = np.zeros(mask.shape, "int64")
    for path, row, real in zip(paths, emissions, mask, strict=True):
        row = row[real]
        forward, backward = [starts + row[0]], [ends]
        for emission in row[1:]:
            forward.append(np.logaddexp.reduce(forward[-1][:, None] + transitions, axis=0) + emission)
        for emission in row[:0:-1]:
            backward.append(np.logaddexp.reduce(transitions + emission + backward[-1], axis=1))
        path[real] = (np.array(forward) + np.array(backward[::-1])).argmax(axis=-1)
    return paths


def _sum(scores):
    return np.logaddexp.reduce(scores, axis=0)


def _all(real):
    return np.ones(len(real), bool)


def _the_first_n(real):
    return np.arange(len(real)) < real.sum()


def _first_and_real(real):
    return real | (np.arange(len(real)) == 0)


def _transposed(case):
    return {**case, "transitions": case["transitions"].T}


def _ends_swapped(case):
    return {**case, "starts": case["ends"], "ends": case["starts"]}


def _without(*names):
    return lambda case: {name: 0 * part if name in names else part for name, part in case.items()}


def shows_masked_places(arguments, received, expected):
    """Right wherever there is a place, and something else than 0 where there is none."""
    mask, received = arguments["mask"], np.asarray(received)
    if received.shape != mask.shape or received.dtype.kind not in "iu":
        return False
    return np.array_equal(received[mask], expected[mask]) and (received[~mask] != 0).any()


MISTAKES = {
    "greedy": (_greedy(masked=True), _greedy(masked=False)),
    "greedy_step": (_greedy_step, _greedy_step_without_ends),
    "never_traced_back": (_traced(trace=_each_by_itself), _traced(trace=_without_ends)),
    "marginals_for_a_path": (_marginals, _traced(combine=_sum)),
    "pointers_off_by_one": (
        _traced(trace=_one_pointer_too_many),
        _traced(trace=_one_pointer_too_few),
        _traced(trace=_next_pointer),
    ),
    "always_from_the_last_tag": _traced(trace=_always_from_the_last),
    "path_not_turned": _traced(trace=_not_turned),
    "padding_decoded": (
        _traced(places=_all),
        _traced(places=_all, shown=_all),
    ),
    "mask_taken_for_length": (
        _traced(places=_the_first_n, shown=_all),
        _traced(places=_the_first_n),
    ),
    "masked_places_still_step": _traced(steps_at_masked=True),
    "first_place_always_real": _traced(places=_first_and_real),
    "transitions_transposed": _traced(change=_transposed),
    "starts_and_ends_swapped": _traced(change=_ends_swapped),
    "starts_forgotten": _traced(change=_without("starts")),
    "ends_forgotten": _traced(change=_without("ends")),
    "starts_and_ends_forgotten": _traced(change=_without("starts", "ends")),
}
SYMPTOMS = {"masked_places_not_zero": shows_masked_places}
