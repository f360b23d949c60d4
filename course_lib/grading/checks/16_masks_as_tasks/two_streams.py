"""Verdict of `two_streams`: contents that see themselves, queries that do not."""

import math

import numpy as np


def draw(generator):
    """Streams (B, T, D) and ranks: orders, context of one rank, several of a rank; a high score hidden."""
    cases = []
    for batch, length, width, size in (
        (1, 3, 2, 1.0),
        (2, 5, 3, 1.0),
        (3, 7, 5, 0.1),
        (5, 5, 5, 1.0),
        (2, 3, 7, 8.0),
    ):
        ranks = np.stack([generator.permutation(length) for _ in range(batch)])
        if batch == 3:
            ranks = np.maximum(ranks - 2, 0)  # three of context
            ranks[1] = np.minimum(ranks[1], 2)  # several targets of one rank
        if batch == 1:
            ranks[0] = 2, 0, 1
        if batch == 5:
            ranks[1] = 10 * ranks[1] - 20  # any size: their order matters
        case = {
            "content": generator.normal(0, size, (batch, length, width)),
            "query": generator.normal(0, size, (batch, length, width)),
            "ranks": ranks.astype("int32"),
            "weights": {name: generator.normal(0, 1, (width, width)) for name in ("query", "key", "value")},
        }
        cases.append(case)
    return [*cases, _later_is_far_above(generator)]


def _later_is_far_above(generator, batch=2, length=5, width=3):
    """What comes later has scores that are more than a thousand above those that are seen."""
    ranks = np.stack([generator.permutation(length) for _ in range(batch)])
    rising = np.repeat(ranks[..., None] + 1.0, width, axis=-1)
    product = 30.0 * np.eye(width)
    return {
        "content": rising,
        "query": generator.uniform(1, 2, (batch, length, 1)) * np.ones(width),
        "ranks": ranks.astype("int32"),
        "weights": {"query": product, "key": product, "value": generator.normal(0, 1, (width, width))},
    }


CONDITIONS = {
    "several of one rank": lambda case: any(len(set(row.tolist())) < len(row) for row in case["ranks"]),
    "all of different ranks": lambda case: any(len(set(row.tolist())) == len(row) for row in case["ranks"]),
    "ranks below zero": lambda case: (case["ranks"] < 0).any(),
    "several orders in a batch": lambda case: any((row != case["ranks"][0]).any() for row in case["ranks"]),
    "large scores": lambda case: np.abs(case["content"]).max() > 10,
    "a hidden score a thousand above": lambda case: case["weights"]["query"].max() == 30,
    "one sentence": lambda case: len(case["content"]) == 1,
    "as many sentences as tokens and channels": lambda case: len(set(case["content"].shape)) == 1,
}


def _softmax(scores, mask):
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    shares = np.where(mask, np.exp(scores - np.where(np.isfinite(top), top, 0.0)), 0.0)
    total = shares.sum(axis=-1, keepdims=True)
    return shares / np.where(total > 0, total, 1.0)


def _even_where_nothing(scores, mask):
    """What a large negative number in place of the mask gives."""
    return _softmax(scores, mask | ~mask.any(axis=-1, keepdims=True))


def _of_equal_numbers(scores, mask):
    """The same, the scores of such a row all replaced by one number."""
    nothing = ~mask.any(axis=-1, keepdims=True)
    return _softmax(np.where(nothing, 0.0, scores), mask | nothing)


def _masked_afterwards(scores, mask):
    return _softmax(scores, np.ones_like(mask)) * mask


def _not_scaled(width):
    return 1.0


def _below(ranks):
    return ranks[:, None, :] < ranks[:, :, None]


def _up_to(ranks):
    return ranks[:, None, :] <= ranks[:, :, None]


def _with(
    content_mask=_up_to,
    query_mask=_below,
    softmax=_softmax,
    scale=math.sqrt,
    ask=lambda content, query: query,
    keep=lambda content, query: query,
    residual=1.0,
    sources=None,
):
    """The answer with parts exchanged.

    `ask` and `keep` say what the second stream makes queries of, and what its result is added to; `sources`
    what it takes keys and values from, of (content before, content after, query).
    """

    def answer(content, query, ranks, weights):
        def attend(asks, keys, stays, mask):
            scores = (asks @ weights["query"]) @ (keys[0] @ weights["key"]).swapaxes(1, 2)
            shares = softmax(scores / scale(content.shape[-1]), mask)
            return residual * stays + shares @ (keys[1] @ weights["value"])

        new = attend(content, (content, content), content, content_mask(ranks))
        keys = (content, content) if sources is None else sources(content, new, query)
        return new, attend(ask(content, query), keys, keep(content, query), query_mask(ranks))

    return answer


reference = _with()


def _swapped(content, query, ranks, weights):
    return reference(content, query, ranks, weights)[::-1]


def _places(strictly):
    def mask(ranks):
        place = np.arange(ranks.shape[1])
        before = place < place[:, None] if strictly else place <= place[:, None]
        return np.broadcast_to(before, (len(ranks), *before.shape))

    return mask


def _everything(ranks):
    return np.ones((*ranks.shape, ranks.shape[1]), bool)


def _others(ranks):
    return ~np.eye(ranks.shape[1], dtype=bool) & _everything(ranks)


def _transposed(mask):
    return lambda ranks: mask(ranks).swapaxes(1, 2)


MISTAKES = {
    "streams_swapped": _swapped,
    "query_sees_its_word": (_with(query_mask=_up_to), _with(query_mask=lambda r: _below(r) | ~_others(r))),
    "query_begins_with_its_word": _with(keep=lambda content, query: content),
    "query_asks_with_its_word": _with(ask=lambda content, query: content),
    "query_is_the_content": _with(ask=lambda content, query: content, keep=lambda content, query: content),
    "content_blind_to_itself": (
        _with(content_mask=_below),
        _with(content_mask=lambda ranks: _up_to(ranks) & _others(ranks)),
    ),
    "queries_are_read": (
        _with(sources=lambda content, new, query: (query, query)),
        _with(sources=lambda content, new, query: (query, content)),
        _with(sources=lambda content, new, query: (content, query)),
    ),
    "contents_after_the_layer": _with(sources=lambda content, new, query: (new, new)),
    "order_inverted": (
        _with(content_mask=_transposed(_up_to), query_mask=_transposed(_below)),
        _with(query_mask=_transposed(_below)),
    ),
    "ranks_ignored": (
        _with(content_mask=_places(False), query_mask=_places(True)),
        _with(content_mask=_everything, query_mask=_others),
        _with(content_mask=_everything),
    ),
    "first_order_for_all": _with(
        content_mask=lambda ranks: _up_to(np.broadcast_to(ranks[:1], ranks.shape)),
        query_mask=lambda ranks: _below(np.broadcast_to(ranks[:1], ranks.shape)),
    ),
    "nothing_to_see_is_everything": (_with(softmax=_even_where_nothing), _with(softmax=_of_equal_numbers)),
    "mask_after_softmax": _with(softmax=_masked_afterwards),
    "scale_missing": (_with(scale=_not_scaled), _with(scale=float)),
    "residual_missing": _with(residual=0.0),
}


def _is_nan(arguments, received, expected):
    """The queries with nothing to see are not a number, and nothing else is wrong."""
    content, query = (np.asarray(part) for part in received)
    nothing = ~_below(arguments["ranks"]).any(axis=-1)
    return (
        np.allclose(content, expected[0], atol=1e-3, rtol=1e-3)
        and np.isnan(query[nothing]).all()
        and np.allclose(query[~nothing], expected[1][~nothing], atol=1e-3, rtol=1e-3)
    )


SYMPTOMS = {"nothing_to_see_is_nan": _is_nan}
