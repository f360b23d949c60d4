"""Verdict of `best_span`: the best place of an answer that begins before it ends."""

import numpy as np

MARGIN = 1e-3


def draw(generator):
    """Scores of starts and ends at which the tempting pairs are ahead of the best allowed one."""
    cases = []
    for batch, length, longest, scale, shift in (
        (7, 11, 3, 1.0, 0.0),
        (5, 13, 5, 4.0, -20.0),
        (11, 7, 2, 0.3, 2.0),
        (7, 11, 1, 1.0, 0.0),
        (5, 11, 97, 3.0, 0.0),
        (1, 7, 3, 1.0, 0.0),
    ):
        while True:
            context = np.arange(length) >= generator.integers(2, length - 3, (batch, 1))
            context &= np.arange(length) < length - generator.integers(1, 3, (batch, 1))
            case = {
                "start_scores": generator.normal(shift, scale, (batch, length)),
                "end_scores": generator.normal(shift, scale, (batch, length)),
                "context_mask": context,
                "max_length": longest,
            }
            if _is_clear(case):
                break
        cases.append(case)
    first = np.array([[9.0, 3.0, 2.0, 1.0, 5.0], [1.0, 7.0, 2.0, 3.0, 4.0]])
    last = np.array([[9.0, 6.0, 1.0, 4.0, 3.0], [8.0, 1.0, 2.0, 5.0, 3.0]])
    small = {
        "start_scores": first + generator.uniform(0, 0.3, (2, 5)),
        "end_scores": last + generator.uniform(0, 0.3, (2, 5)),
        "context_mask": np.array([[False, True, True, True, True], [False, True, True, True, False]]),
        "max_length": 2,
    }
    likely = {  # the first start is the most probable, and its end is not
        "start_scores": np.array([[9.0, 5.0, 0.0, 4.2, 8.0]]) + generator.uniform(0, 0.1, (1, 5)),
        "end_scores": np.array([[9.0, -3.0, 0.0, -1.0, 8.0]]) + generator.uniform(0, 0.1, (1, 5)),
        "context_mask": np.array([[False, True, True, True, False]]),
        "max_length": 1,
    }
    far = {  # a pair outside is more than a hundred ahead
        "start_scores": np.array([[70.0, 5.0, 0.0, 4.2, 3.0]]) + generator.uniform(0, 0.1, (1, 5)),
        "end_scores": np.array([[70.0, 3.1, 0.0, 1.0, 8.0]]) + generator.uniform(0, 0.1, (1, 5)),
        "context_mask": np.array([[False, True, True, True, False]]),
        "max_length": 2,
    }
    return [*cases, small, likely, far]


def _sums(start_scores, end_scores, context_mask, max_length, longest_added=0, allows_one=True):
    """Scores (B, T, T) of all pairs, and which of them are allowed."""
    places = np.arange(start_scores.shape[1])
    extra = places[None, :] - places[:, None]  # last minus first
    allowed = (extra >= (0 if allows_one else 1)) & (extra < max_length + longest_added)
    allowed = allowed & context_mask[:, :, None] & context_mask[:, None, :]
    return start_scores[:, :, None] + end_scores[:, None, :], allowed


def _pairs(scores, allowed):
    flat = np.where(allowed, scores, -np.inf).reshape(len(scores), -1)
    return np.stack(np.divmod(flat.argmax(axis=1), scores.shape[2]), axis=1)


def _is_clear(case):
    scores, allowed = _sums(**case)
    flat = np.sort(np.where(allowed, scores, -np.inf).reshape(len(scores), -1), axis=1)
    return (flat[:, -1] - flat[:, -2]).min() > MARGIN * (1 + np.abs(case["start_scores"]).max() / 100)


def reference(**case):
    return _pairs(*_sums(**case))


def _each(case, mask=None):
    """The best start and the best end by themselves, (B, 2)."""
    mask = case["context_mask"] if mask is None else mask
    return np.stack(
        [np.where(mask, case[name], -np.inf).argmax(axis=1) for name in ("start_scores", "end_scores")],
        axis=1,
    )


CONDITIONS = {
    "the best end stands before the best start": lambda case: (np.diff(_each(case)) < 0).any(),
    "the best start and end are too far apart": lambda case: (
        np.diff(_each(case)) >= case["max_length"]
    ).any(),
    "the highest scores stand outside the passage": lambda case: (
        ~np.take_along_axis(case["context_mask"], _each(case, mask=True), axis=1)
    ).any(),
    "an answer of one token": lambda case: (np.diff(reference(**case)) == 0).any(),
    "an answer of the greatest length": lambda case: (
        case["max_length"] > 1 and (np.diff(reference(**case)) == case["max_length"] - 1).any()
    ),
    "a greatest length of 1": lambda case: case["max_length"] == 1,
    "a greatest length above the sequence's": lambda case: case["max_length"] > case["end_scores"].shape[1],
    "all scores are negative": lambda case: max(case["start_scores"].max(), case["end_scores"].max()) < 0,
    "scores that lie far apart": lambda case: case["start_scores"].max() > 50,
    "one sequence": lambda case: len(case["end_scores"]) == 1,
}


def _argmax_each(**case):
    return _each(case)


def _argmax_each_anywhere(**case):
    return _each(case, mask=np.ones_like(case["context_mask"]))


def _argmax_each_sorted(**case):
    return np.sort(_each(case), axis=1)


def _changed(mask=None, **changes):
    """The right search, with parts exchanged; `mask` chooses the starts and ends that may stand."""

    def answer(start_scores, end_scores, context_mask, max_length):
        scores, allowed = _sums(
            start_scores,
            end_scores,
            np.ones_like(context_mask) if mask else context_mask,
            max_length,
            **changes,
        )
        if mask:
            allowed = allowed & mask(context_mask)
        return _pairs(scores, allowed)

    return answer


def _length_ignored(start_scores, end_scores, context_mask, max_length):
    return reference(
        start_scores=start_scores,
        end_scores=end_scores,
        context_mask=context_mask,
        max_length=end_scores.shape[1],
    )


def _order_ignored(start_scores, end_scores, context_mask, max_length):
    """Either way round, as long as they are near."""
    scores, allowed = _sums(start_scores, end_scores, context_mask, max_length)
    return _pairs(scores, allowed | allowed.swapaxes(1, 2))


def _turned(start_scores, end_scores, context_mask, max_length):
    """The end first: i ≥ j."""
    scores, allowed = _sums(start_scores, end_scores, context_mask, max_length)
    return _pairs(scores, allowed.swapaxes(1, 2))


def _start_first(start_scores, end_scores, context_mask, max_length):
    """The best start, and then the best end that suits it."""
    scores, allowed = _sums(start_scores, end_scores, context_mask, max_length)
    starts = _each({"start_scores": start_scores, "end_scores": end_scores, "context_mask": context_mask})
    chosen = np.arange(scores.shape[1])[None, :, None] == starts[:, :1, None]
    return _pairs(scores, allowed & chosen)


def _end_first(start_scores, end_scores, context_mask, max_length):
    scores, allowed = _sums(start_scores, end_scores, context_mask, max_length)
    ends = _each({"start_scores": start_scores, "end_scores": end_scores, "context_mask": context_mask})
    chosen = np.arange(scores.shape[1])[None, None, :] == ends[:, 1:, None]
    return _pairs(scores, allowed & chosen)


def _zero_for_minus_infinity(is_signed, masks_tokens):
    """Scores times the mask: what is forbidden scores 0, or -0, which some count as less."""

    def answer(start_scores, end_scores, context_mask, max_length):
        if masks_tokens:
            start_scores, end_scores = start_scores * context_mask, end_scores * context_mask
        everywhere = np.ones_like(context_mask)
        scores, allowed = _sums(
            start_scores, end_scores, everywhere if masks_tokens else context_mask, max_length
        )
        if not masks_tokens:
            scores, allowed = scores * allowed, np.ones_like(allowed)
        return _pairs(scores - 1e-9 * (is_signed & (scores == 0) & np.signbit(scores)), allowed)

    return answer


def _multiplied(start_scores, end_scores, context_mask, max_length):
    _, allowed = _sums(start_scores, end_scores, context_mask, max_length)
    return _pairs(start_scores[:, :, None] * end_scores[:, None, :], allowed)


def _sum_of_softmaxes(start_scores, end_scores, context_mask, max_length):
    """Probabilities added, not multiplied."""

    def softmax(scores, mask):
        exponentials = np.where(mask, np.exp(scores - scores.max(axis=1, keepdims=True)), 0)
        return exponentials / exponentials.sum(axis=1, keepdims=True)

    return reference(
        start_scores=softmax(start_scores, context_mask),
        end_scores=softmax(end_scores, context_mask),
        context_mask=context_mask,
        max_length=max_length,
    )


def _swapped(**case):
    return reference(**case)[:, ::-1]


def _from_the_passage(start_scores, end_scores, context_mask, max_length):
    pairs = reference(
        start_scores=start_scores,
        end_scores=end_scores,
        context_mask=context_mask,
        max_length=max_length,
    )
    return pairs - context_mask.argmax(axis=1)[:, None]


def _end_not_included(**case):
    return reference(**case) + np.array([0, 1])


MISTAKES = {
    "each_by_itself": (_argmax_each, _argmax_each_anywhere),
    "sorted_afterwards": _argmax_each_sorted,
    "start_before_all": _start_first,
    "end_before_all": _end_first,
    "order_ignored": _order_ignored,
    "order_turned": _turned,
    "passage_ignored": _changed(mask=lambda mask: np.ones((*mask.shape, mask.shape[1]), bool)),
    "passage_for_one_end_only": (
        _changed(mask=lambda mask: mask[:, :, None]),
        _changed(mask=lambda mask: mask[:, None, :]),
    ),
    "length_ignored": _length_ignored,
    "one_token_too_long": _changed(longest_added=1),
    "one_token_too_short": _changed(longest_added=-1),
    "one_token_answers_lost": _changed(allows_one=False),
    "masked_by_zero": tuple(
        _zero_for_minus_infinity(is_signed, masks_tokens)
        for is_signed in (False, True)
        for masks_tokens in (False, True)
    ),
    "multiplied": _multiplied,
    "probabilities_added": _sum_of_softmaxes,
    "start_and_end_swapped": _swapped,
    "counted_from_the_passage": _from_the_passage,
    "end_not_included": _end_not_included,
}
