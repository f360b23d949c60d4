"""Verdict of `roberta_positions`: counted from behind the row that padding has."""

import numpy as np


def draw(generator):
    """Padding behind, in front, in holes, and none; the published id of padding and others."""
    cases = []
    for batch, length, padding_id, kind in (
        (1, 5, 1, "behind"),
        (3, 7, 1, "behind"),
        (2, 11, 1, "in front"),
        (5, 13, 0, "behind"),
        (3, 17, 3, "holes"),
        (2, 19, 1, "none"),
        (1, 131, 1, "none"),
    ):
        place = np.arange(length)
        lengths = generator.integers(2, length, (batch, 1))
        mask = {
            "behind": place < lengths,
            "in front": place >= length - lengths,
            "holes": generator.random((batch, length)) < 0.6,
            "none": np.ones((batch, length), bool),
        }[kind]
        if kind == "holes":
            mask[:, :3] = [True, False, True]
        cases.append(
            {"padding_mask": np.broadcast_to(mask, (batch, length)).copy(), "padding_id": padding_id}
        )
    return cases


CONDITIONS = {
    "more tokens than eight bits can count": lambda case: case["padding_mask"].sum(axis=1).max() > 128,
    "padding behind the text": lambda case: (case["padding_mask"][:, 0] & ~case["padding_mask"][:, -1]).any(),
    "padding in front of the text": lambda case: (
        ~case["padding_mask"][:, 0] & case["padding_mask"][:, -1]
    ).any(),
    "padding between tokens": lambda case: (np.diff(case["padding_mask"].astype(int), axis=1) == 1)[
        case["padding_mask"][:, 0]
    ].any(),
    "no padding": lambda case: case["padding_mask"].all(),
    "the published id, 1": lambda case: case["padding_id"] == 1,
    "an id of 0": lambda case: case["padding_id"] == 0,
    "an id above 1": lambda case: case["padding_id"] > 1,
}


def _counting(count=lambda mask: np.cumsum(mask, axis=1), offset=lambda padding_id: padding_id, padding=None):
    """The answer, with parts exchanged; `count` gives 1 for the first token."""

    def answer(padding_mask, padding_id):
        at_padding = padding_id if padding is None else padding(padding_id)
        return np.where(padding_mask, count(padding_mask) + offset(padding_id), at_padding).astype("int32")

    return answer


reference = _counting()


def _by_place(mask):
    return np.broadcast_to(np.arange(1, mask.shape[1] + 1), mask.shape)


def _everywhere(count, offset=lambda padding_id: padding_id):
    return lambda padding_mask, padding_id: (count(padding_mask) + offset(padding_id)).astype("int32")


def _count(mask):
    return np.cumsum(mask, axis=1)


MISTAKES = {
    "offset_missing": (
        _counting(offset=lambda padding_id: -1),
        _counting(offset=lambda padding_id: 0),
        _everywhere(_by_place, lambda padding_id: -1),
        _counting(offset=lambda padding_id: -1, padding=lambda padding_id: 0),
        _counting(offset=lambda padding_id: 0, padding=lambda padding_id: 0),
        _everywhere(_by_place, lambda padding_id: 0),
    ),
    "first_token_on_the_padding_row": (
        _counting(offset=lambda padding_id: padding_id - 1),
        _everywhere(_by_place, lambda padding_id: padding_id - 1),
    ),
    "one_row_too_far": (
        _counting(offset=lambda padding_id: padding_id + 1),
        _everywhere(_by_place, lambda padding_id: padding_id + 1),
    ),
    "always_two": (
        _counting(offset=lambda padding_id: 1, padding=lambda padding_id: 1),
        _counting(offset=lambda padding_id: 1),
        _everywhere(_by_place, lambda padding_id: 1),
    ),
    "padding_counted": (_everywhere(_by_place), _counting(count=_by_place)),
    "padding_without_its_row": (
        _everywhere(_count),
        _counting(padding=lambda padding_id: 0),
        _counting(padding=lambda padding_id: -1),
    ),
    "mask_inverted": lambda padding_mask, padding_id: reference(~padding_mask, padding_id),
}
