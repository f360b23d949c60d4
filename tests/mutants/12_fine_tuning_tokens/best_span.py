"""Wrong answers to `best_span`, each named after the mistake it makes."""

from keras import ops

LOWEST = -1e9


def _allowed(start_scores, context_mask, max_length, least=0, added=0):
    places = ops.arange(start_scores.shape[1])
    further = places[None, :] - places[:, None]
    allowed = ops.logical_and(further >= least, further < max_length + added)
    return ops.logical_and(allowed, ops.logical_and(context_mask[:, :, None], context_mask[:, None, :]))


def _sums(start_scores, end_scores):
    return start_scores[:, :, None] + end_scores[:, None, :]


def _pairs(scores, allowed):
    length = scores.shape[1]
    best = ops.argmax(ops.reshape(ops.where(allowed, scores, LOWEST), (-1, length * length)), axis=1)
    return ops.stack([best // length, best % length], axis=1)


def _right(start_scores, end_scores, context_mask, max_length, **parts):
    return _pairs(_sums(start_scores, end_scores), _allowed(start_scores, context_mask, max_length, **parts))


def each_by_itself(start_scores, end_scores, context_mask, max_length):
    starts = ops.argmax(ops.where(context_mask, start_scores, LOWEST), axis=1)
    return ops.stack([starts, ops.argmax(ops.where(context_mask, end_scores, LOWEST), axis=1)], axis=1)


def sorted_afterwards(start_scores, end_scores, context_mask, max_length):
    return ops.sort(each_by_itself(start_scores, end_scores, context_mask, max_length), axis=1)


def start_before_all(start_scores, end_scores, context_mask, max_length):
    start = ops.argmax(ops.where(context_mask, start_scores, LOWEST), axis=1)
    further = ops.arange(end_scores.shape[1])[None, :] - ops.cast(start[:, None], "int32")
    allowed = ops.logical_and(context_mask, ops.logical_and(further >= 0, further < max_length))
    return ops.stack([start, ops.argmax(ops.where(allowed, end_scores, LOWEST), axis=1)], axis=1)


def end_before_all(start_scores, end_scores, context_mask, max_length):
    end = ops.argmax(ops.where(context_mask, end_scores, LOWEST), axis=1)
    further = ops.cast(end[:, None], "int32") - ops.arange(end_scores.shape[1])[None, :]
    allowed = ops.logical_and(context_mask, ops.logical_and(further >= 0, further < max_length))
    return ops.stack([ops.argmax(ops.where(allowed, start_scores, LOWEST), axis=1), end], axis=1)


def order_ignored(start_scores, end_scores, context_mask, max_length):
    allowed = _allowed(start_scores, context_mask, max_length)
    allowed = ops.logical_or(allowed, ops.swapaxes(allowed, 1, 2))
    return _pairs(_sums(start_scores, end_scores), allowed)


def order_turned(start_scores, end_scores, context_mask, max_length):
    allowed = ops.swapaxes(_allowed(start_scores, context_mask, max_length), 1, 2)
    return _pairs(_sums(start_scores, end_scores), allowed)


def passage_ignored(start_scores, end_scores, context_mask, max_length):
    return _right(start_scores, end_scores, ops.ones_like(context_mask), max_length)


def passage_for_one_end_only(start_scores, end_scores, context_mask, max_length):
    allowed = _allowed(start_scores, ops.ones_like(context_mask), max_length)
    return _pairs(_sums(start_scores, end_scores), ops.logical_and(allowed, context_mask[:, :, None]))


def length_ignored(start_scores, end_scores, context_mask, max_length):
    return _right(start_scores, end_scores, context_mask, start_scores.shape[1])


def one_token_too_long(start_scores, end_scores, context_mask, max_length):
    return _right(start_scores, end_scores, context_mask, max_length, added=1)


def one_token_too_short(start_scores, end_scores, context_mask, max_length):
    return _right(start_scores, end_scores, context_mask, max_length, added=-1)


def one_token_answers_lost(start_scores, end_scores, context_mask, max_length):
    return _right(start_scores, end_scores, context_mask, max_length, least=1)


def masked_by_zero(start_scores, end_scores, context_mask, max_length):
    allowed = _allowed(start_scores, context_mask, max_length)
    scores = _sums(start_scores, end_scores) * ops.cast(allowed, "float32")
    return _pairs(scores, ops.ones_like(allowed))


def multiplied(start_scores, end_scores, context_mask, max_length):
    scores = start_scores[:, :, None] * end_scores[:, None, :]
    return _pairs(scores, _allowed(start_scores, context_mask, max_length))


def probabilities_added(start_scores, end_scores, context_mask, max_length):
    starts, ends = (
        ops.softmax(ops.where(context_mask, scores, LOWEST)) for scores in (start_scores, end_scores)
    )
    return _right(starts, ends, context_mask, max_length)


def start_and_end_swapped(start_scores, end_scores, context_mask, max_length):
    return ops.flip(_right(start_scores, end_scores, context_mask, max_length), axis=1)


def counted_from_the_passage(start_scores, end_scores, context_mask, max_length):
    first = ops.argmax(ops.cast(context_mask, "int32"), axis=1)[:, None]
    return _right(start_scores, end_scores, context_mask, max_length) - first


def end_not_included(start_scores, end_scores, context_mask, max_length):
    pairs = ops.cast(_right(start_scores, end_scores, context_mask, max_length), "int32")
    return pairs + ops.array([0, 1], dtype="int32")
