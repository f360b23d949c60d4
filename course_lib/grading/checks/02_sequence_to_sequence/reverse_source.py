"""Verdict of `reverse_source`: every sentence backwards, its padding still at the end."""

import numpy as np


def draw(generator):
    """Token ids (B, S) with sentences of different lengths; one fills its row, one is a single token."""
    cases = [{"token_ids": np.array([[5, 6, 7, 0], [8, 9, 0, 0]])}]
    for width, lengths in ((5, (5, 3)), (7, (2, 7, 3)), (11, (5, 11, 1, 7, 2)), (3, (2, 3))):
        token_ids = np.zeros((len(lengths), width), "int64")
        for row, length in zip(token_ids, lengths, strict=True):
            row[:length] = generator.permutation(np.arange(5, 43))[:length]
        cases.append({"token_ids": token_ids})
    cases.append({"token_ids": np.pad(cases[-1]["token_ids"], ((0, 0), (0, 2)))})
    twice = np.array([[5, 1, 5, 7, 7], [6, 6, 8, 1, 0], [9, 1, 1, 0, 0]])
    return [
        *cases,
        {"token_ids": twice},
        {"token_ids": np.array([[7, 1, 5]])},
        {"token_ids": np.array([[3]])},
    ]


def _filled(case):
    return (case["token_ids"] != 0).all(axis=1)


CONDITIONS = {
    "a full row beside a padded one": lambda case: _filled(case).any() and not _filled(case).all(),
    "one sentence, without padding": lambda case: len(case["token_ids"]) == 1 and _filled(case).all(),
    "a sentence of one token": lambda case: ((case["token_ids"] != 0).sum(axis=1) == 1).any(),
    "a column of padding alone": lambda case: (case["token_ids"] == 0).all(axis=0).any(),
    "one column": lambda case: case["token_ids"].shape[1] == 1,
    "a word that stands twice, apart and together": lambda case: (
        case["token_ids"].shape[1] > 4
        and any(len(set(row[row != 0])) < (row != 0).sum() - 1 for row in case["token_ids"])
    ),
    "1 is a word": lambda case: (case["token_ids"] == 1).any(),
}


def _rows(token_ids, function):
    """Applies a function to the real tokens of every row and pads the result at the end."""
    result = np.zeros_like(token_ids)
    for row, ids in zip(result, token_ids, strict=True):
        real = ids[ids != 0]
        row[: len(real)] = function(real)
    return result


def reference(token_ids):
    return _rows(token_ids, lambda ids: ids[::-1])


def _padding_in_front(token_ids):
    return token_ids[:, ::-1]


def _wrong_axis(token_ids):
    return token_ids[::-1]


def _off_by_one(token_ids):
    """Position s reads length - s: the first one reads behind the sentence."""
    length = (token_ids != 0).sum(axis=1)[:, None]
    position = np.clip(length - np.arange(token_ids.shape[1]), 0, token_ids.shape[1] - 1)
    return np.where(token_ids != 0, np.take_along_axis(token_ids, position, axis=1), 0)


def _one_too_early(token_ids):
    """Position s reads length - 2 - s: the last token is read nowhere, or in place of the first."""
    length = (token_ids != 0).sum(axis=1)[:, None]
    position = np.maximum(length - 2 - np.arange(token_ids.shape[1]), 0)
    return np.where(token_ids != 0, np.take_along_axis(token_ids, position, axis=1), 0)


def _one_too_early_wrapped(token_ids):
    length = (token_ids != 0).sum(axis=1)[:, None]
    position = (length - 2 - np.arange(token_ids.shape[1])) % token_ids.shape[1]
    return np.where(token_ids != 0, np.take_along_axis(token_ids, position, axis=1), 0)


def _longest_for_all(token_ids):
    width = int((token_ids != 0).sum(axis=1).max())
    return np.concatenate([token_ids[:, :width][:, ::-1], token_ids[:, width:]], axis=1)


def _rotated(token_ids):
    return _rows(token_ids, lambda ids: np.roll(ids, 1))


def _last_left_in_place(token_ids):
    return _rows(token_ids, lambda ids: np.append(ids[:-1][::-1], ids[-1:]))


def _first_left_in_place(token_ids):
    return _rows(token_ids, lambda ids: np.append(ids[:1], ids[1:][::-1]))


def _padding_reversed_too(token_ids):
    """Reversed in place, padding filled with the token at index 0 because positions were clipped."""
    length = (token_ids != 0).sum(axis=1)[:, None]
    position = np.maximum(length - 1 - np.arange(token_ids.shape[1]), 0)
    return np.take_along_axis(token_ids, position, axis=1)


MISTAKES = {
    "padding_in_front": _padding_in_front,
    "wrong_axis": _wrong_axis,
    "longest_for_all": _longest_for_all,
    "off_by_one": (_off_by_one, _one_too_early, _one_too_early_wrapped),
    "rotated": _rotated,
    "last_left_in_place": _last_left_in_place,
    "first_left_in_place": _first_left_in_place,
    "padding_overwritten": _padding_reversed_too,
}
