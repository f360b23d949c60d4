"""Wrong answers to `reverse_source`, each named after the mistake it makes."""

from keras import ops


def _positions(token_ids):
    return ops.arange(token_ids.shape[1])[None, :]


def _lengths(token_ids):
    return ops.sum(ops.cast(token_ids != 0, "int32"), axis=1, keepdims=True)


def padding_in_front(token_ids):
    return ops.flip(token_ids, axis=1)


def wrong_axis(token_ids):
    return ops.flip(token_ids, axis=0)


def longest_for_all(token_ids):
    width = int(ops.max(_lengths(token_ids)))
    return ops.concatenate([ops.flip(token_ids[:, :width], axis=1), token_ids[:, width:]], axis=1)


def off_by_one(token_ids):
    source = ops.clip(_lengths(token_ids) - _positions(token_ids), 0, token_ids.shape[1] - 1)
    return ops.where(token_ids != 0, ops.take_along_axis(token_ids, source, axis=1), 0)


def rotated(token_ids):
    source = (_positions(token_ids) - 1) % _lengths(token_ids)
    return ops.where(token_ids != 0, ops.take_along_axis(token_ids, source, axis=1), 0)


def last_left_in_place(token_ids):
    last = _lengths(token_ids) - 1
    source = ops.where(_positions(token_ids) < last, last - 1 - _positions(token_ids), _positions(token_ids))
    return ops.take_along_axis(token_ids, source, axis=1)


def padding_overwritten(token_ids):
    source = ops.maximum(_lengths(token_ids) - 1 - _positions(token_ids), 0)
    return ops.take_along_axis(token_ids, source, axis=1)


def first_left_in_place(token_ids):
    source = ops.where(_positions(token_ids) > 0, _lengths(token_ids) - _positions(token_ids), 0)
    turned = ops.take_along_axis(token_ids, ops.maximum(source, 0), axis=1)
    return ops.where(token_ids != 0, turned, 0)
