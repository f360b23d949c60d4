"""Wrong answers to `reverse_source` beside its mutants."""

import numpy as np
from keras import ops


def _rows(token_ids, function):
    result = np.zeros_like(np.asarray(token_ids))
    for row, ids in zip(result, np.asarray(token_ids), strict=True):
        words = function(ids[ids != 0].tolist())
        row[: len(words)] = words
    return result


def left_as_it_is(token_ids):
    return token_ids


def places_looked_up_by_word(token_ids):
    return _rows(token_ids, lambda ids: [ids[len(ids) - 1 - ids.index(token)] for token in ids])


def words_once(token_ids):
    return _rows(token_ids, lambda ids: list(dict.fromkeys(reversed(ids))))


def sorted_from_the_largest(token_ids):
    return _rows(token_ids, lambda ids: sorted(ids, reverse=True))


def halves_exchanged(token_ids):
    return _rows(token_ids, lambda ids: ids[len(ids) // 2 :] + ids[: len(ids) // 2])


def first_and_last_exchanged(token_ids):
    return _rows(token_ids, lambda ids: [ids[-1], *ids[1:-1], ids[0]] if len(ids) > 1 else ids)


def all_but_the_last_two(token_ids):
    return _rows(token_ids, lambda ids: ids[:-2][::-1] + ids[-2:])


def places_instead_of_tokens(token_ids):
    position = ops.arange(token_ids.shape[1])[None, :]
    length = ops.sum(ops.cast(token_ids != 0, "int32"), axis=1, keepdims=True)
    return ops.where(token_ids != 0, length - 1 - position, 0)


def one_is_padding(token_ids):
    ids = np.array(token_ids)
    for row in ids:
        length = (row > 1).sum()
        row[:length] = row[:length][::-1].copy()
    return ids


def columns_of_padding_cut_off(token_ids):
    width = int(ops.max(ops.sum(ops.cast(token_ids != 0, "int32"), axis=1)))
    return _rows(token_ids, lambda ids: ids[::-1])[:, :width]


def ragged(token_ids):
    return [[token for token in row if token][::-1] for row in token_ids.numpy().tolist()]


def longest_for_all__first_row(token_ids):
    ids = np.array(token_ids)
    width = (ids != 0).sum(axis=1).max()
    ids[:, :width] = ids[:, width - 1 :: -1] if width == ids.shape[1] else ids[:, :width][:, ::-1]
    return ids
