"""Verdict of `permutation_masks`: who may be seen by contents, and by queries."""

import numpy as np


def draw(generator):
    """Rows (B, T) of [CLS] … [SEP] and padding, with random orders and targets among all of them."""
    cases = []
    for batch, length in ((1, 5), (2, 7), (5, 7), (7, 7), (3, 11)):
        real = generator.integers(5, length + 1, batch)
        real[0] = length if batch == 1 else length - 1
        place = np.arange(length)
        order = np.stack([generator.permutation(length) for _ in range(batch)])
        is_target = generator.random((batch, length)) < 0.5
        is_target[:, 1:3], is_target[:, 3] = True, False
        is_target[0, 0] = True  # [CLS], drawn
        is_target[-1, -1] = True  # padding, in some cases
        # The two targets not in the order of the text; context that stands before, between and behind.
        _place_in(order[0], {1: length - 1, 2: 1, 3: 2})
        case = {
            "order": order.astype("int32"),
            "is_target": is_target,
            "is_special": (place == 0) | (place == real[:, None] - 1),
            "padding_mask": place < real[:, None],
        }
        cases.append(case)
    cases.append({**cases[2], "is_target": np.zeros_like(cases[2]["is_target"])})
    return cases


def _place_in(order, wanted):
    """Exchanges turns until each of some positions has the wanted one."""
    for position, turn in wanted.items():
        other = int(np.flatnonzero(order == turn)[0])
        order[[position, other]] = order[[other, position]]


def _is_context(case):
    return ~case["is_target"] | case["is_special"]


def _targets(case):
    return ~_is_context(case) & case["padding_mask"]


CONDITIONS = {
    "a special token that was drawn": lambda case: (case["is_target"] & case["is_special"]).any(),
    "padding that was drawn": lambda case: (case["is_target"] & ~case["padding_mask"]).any(),
    "padding that was not drawn": lambda case: (~case["is_target"] & ~case["padding_mask"]).any(),
    "no padding": lambda case: case["padding_mask"].all(),
    "no target": lambda case: not _targets(case).any(),
    "targets not in the order of the text": lambda case: (
        (case["order"][:, 1] > case["order"][:, 2]) & _targets(case)[:, 1] & _targets(case)[:, 2]
    ).any(),
    "context whose turn would come after a target's": lambda case: (
        _targets(case)[:, 2] & (case["order"][:, 2] < case["order"][:, 3])
    ).any(),
    "one row": lambda case: len(case["order"]) == 1,
    "as many rows as tokens": lambda case: len(set(case["order"].shape)) == 1,
}


def _with(context=None, turns=lambda order: order, rows=True, columns=True):
    """The answer with another context or other turns, or with padding."""

    def answer(order, is_target, is_special, padding_mask):
        is_context = ~is_target | is_special
        if context is not None:
            is_context = context(is_target, is_special, padding_mask)
        ranks = np.where(is_context, 0, turns(order) + 1)
        seen, seeing = ranks[:, None, :], ranks[:, :, None]
        return tuple(
            _among_real(mask, padding_mask, rows, columns) for mask in (seen <= seeing, seen < seeing)
        )

    return answer


def _among_real(mask, is_real, rows=True, columns=True):
    mask = mask & is_real[:, None, :] if columns else mask
    return mask & is_real[:, :, None] if rows else mask


reference = _with()


def _by_rule(rule):
    """Masks by rules of (context of s, context of t, turn of s, turn of t): content's and query's."""

    def answer(order, is_target, is_special, padding_mask):
        is_context = ~is_target | is_special
        given = is_context[:, None, :], is_context[:, :, None], order[:, None, :], order[:, :, None]
        return tuple(_among_real(mask, padding_mask) for mask in rule(*given))

    return answer


def _content_without_diagonal(order, is_target, is_special, padding_mask):
    content, query = reference(order, is_target, is_special, padding_mask)
    return content & ~np.eye(order.shape[1], dtype=bool), query


def _targets_without_diagonal(order, is_target, is_special, padding_mask):
    content, query = reference(order, is_target, is_special, padding_mask)
    is_context = (~is_target | is_special)[:, :, None]
    return content & (is_context | ~np.eye(order.shape[1], dtype=bool)), query


def _query_with_diagonal(order, is_target, is_special, padding_mask):
    """It sees itself, in all rows or in those of targets."""
    content, query = reference(order, is_target, is_special, padding_mask)
    return content, query | (np.eye(order.shape[1], dtype=bool) & content)


def _query_of_targets_with_diagonal(order, is_target, is_special, padding_mask):
    content, query = reference(order, is_target, is_special, padding_mask)
    is_context = (~is_target | is_special)[:, :, None]
    return content, query | (np.eye(order.shape[1], dtype=bool) & content & ~is_context)


def _given(function):
    """A change of the masks, called as the exercise is."""

    def answer(order, is_target, is_special, padding_mask):
        return function(*reference(order, is_target, is_special, padding_mask))

    return answer


MISTAKES = {
    "polarity_inverted": (
        _given(lambda content, query: (~content, ~query)),
        lambda order, is_target, is_special, padding_mask: tuple(
            _among_real(~mask, padding_mask) for mask in reference(order, is_target, is_special, padding_mask)
        ),
    ),
    "masks_swapped": _given(lambda content, query: (query, content)),
    "rows_are_columns": _given(lambda content, query: (content.swapaxes(1, 2), query.swapaxes(1, 2))),
    "context_and_before": (
        _by_rule(lambda cs, ct, s, t: (cs & (s <= t), cs & (s < t))),
        _by_rule(lambda cs, ct, s, t: (cs & (s <= t), cs & (s < t) & ~ct)),
        _by_rule(lambda cs, ct, s, t: ((cs & (s <= t)) | (s == t), cs & (s < t))),
    ),
    "special_and_padding": _with(context=lambda target, special, real: ~target | (special & ~real)),
    "targets_inverted": _with(context=lambda target, special, real: target | special),
    "query_sees_itself": (
        _given(lambda content, query: (content, content)),
        _query_with_diagonal,
        _query_of_targets_with_diagonal,
    ),
    "content_blind_to_itself": (
        _given(lambda content, query: (query, query)),
        _content_without_diagonal,
        _targets_without_diagonal,
    ),
    "order_inverted": (
        _with(turns=lambda order: order.shape[1] - 1 - order),
        _by_rule(lambda cs, ct, s, t: (s >= t, s > t)),
    ),
    "left_to_right": (
        _with(turns=lambda order: np.broadcast_to(np.arange(order.shape[1]), order.shape)),
        _by_rule(lambda cs, ct, s, t: (_left(s, t, False), _left(s, t, True))),
    ),
    "order_read_as_list": _with(turns=lambda order: np.argsort(order, axis=1)),
    "first_order_for_all": _with(turns=lambda order: np.broadcast_to(order[:1], order.shape)),
    "context_waits_its_turn": _by_rule(lambda cs, ct, s, t: (s <= t, s < t)),
    "context_sees_targets": (
        _by_rule(lambda cs, ct, s, t: (cs | (s <= t), (cs | (s < t)) & ~ct)),
        _by_rule(lambda cs, ct, s, t: (cs | (s <= t), cs | (s < t))),
        _by_rule(lambda cs, ct, s, t: (cs | ct | (s <= t), (cs | (s < t)) & ~ct)),
    ),
    "context_asks": _by_rule(lambda cs, ct, s, t: (cs | (~ct & (s <= t)), cs | (~ct & (s < t)))),
    "padding_unmasked": _with(rows=False, columns=False),
    "padding_seen": _with(columns=False),
    "padding_sees": _with(rows=False),
}


def _left(s, t, strictly):
    place = np.arange(s.shape[2])
    before = place < place[:, None] if strictly else place <= place[:, None]
    return np.broadcast_to(before, (len(s), len(place), len(place)))
