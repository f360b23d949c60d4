import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _targets(is_target, is_special, padding_mask):
    return is_target & ~is_special & padding_mask


def _both(padding_mask):
    return padding_mask[:, :, None] & padding_mask[:, None, :]


def right_1(order, is_target, is_special, padding_mask):
    target = ops.logical_and(is_target, ops.logical_and(ops.logical_not(is_special), padding_mask))
    context = ops.logical_and(padding_mask, ops.logical_not(target))
    t, s = target[:, :, None], target[:, None, :]
    seen_context = ops.logical_and(padding_mask[:, :, None], context[:, None, :])
    o_t, o_s = order[:, :, None], order[:, None, :]
    content = seen_context | (t & s & (o_s <= o_t))
    query = (t & context[:, None, :]) | (t & s & (o_s < o_t))
    return content, query


def right_2(order, is_target, is_special, padding_mask):
    """Context has its turn before all others: at -1."""
    target = _targets(is_target, is_special, padding_mask)
    turn = ops.where(target, order, -1)
    content = (turn[:, None, :] <= turn[:, :, None]) & _both(padding_mask)
    query = (turn[:, None, :] < turn[:, :, None]) & _both(padding_mask)
    return content, query


def right_3(order, is_target, is_special, padding_mask):
    o, drawn, special, real = (ops.convert_to_numpy(x) for x in (order, is_target, is_special, padding_mask))
    size, length = o.shape
    content = np.zeros((size, length, length), dtype=bool)
    query = np.zeros((size, length, length), dtype=bool)
    for b in range(size):
        for t in range(length):
            for s in range(length):
                if not (real[b, t] and real[b, s]):
                    continue
                asks = drawn[b, t] and not special[b, t]
                asked = drawn[b, s] and not special[b, s]
                if not asked:
                    content[b, t, s] = True
                    query[b, t, s] = asks
                elif asks:
                    content[b, t, s] = o[b, s] <= o[b, t]
                    query[b, t, s] = o[b, s] < o[b, t]
    return ops.convert_to_tensor(content), ops.convert_to_tensor(query)


def right_4(order, is_target, is_special, padding_mask):
    """Tells the story: who is known grows by one target after the other."""
    o = ops.convert_to_numpy(order)
    real = ops.convert_to_numpy(padding_mask).astype(bool)
    target = ops.convert_to_numpy(is_target).astype(bool) & real
    target &= ~ops.convert_to_numpy(is_special).astype(bool)
    content = np.zeros(o.shape + o.shape[1:], dtype=bool)
    query = np.zeros_like(content)
    for b, places in enumerate(np.argsort(o, axis=1)):
        known = real[b] & ~target[b]
        content[b, known] = known
        for place in places:
            if target[b, place]:
                query[b, place] = known
                known = known.copy()
                known[place] = True
                content[b, place] = known
    return ops.convert_to_tensor(content), ops.convert_to_tensor(query)


def wrong_1(order, is_target, is_special, padding_mask):
    """Special tokens that were drawn are targets. Wrong on: a drawn [CLS] or [SEP]."""
    return right_2(order, is_target, ops.zeros_like(is_special), padding_mask)


def wrong_2(order, is_target, is_special, padding_mask):
    """A target's content does not see itself. Wrong on: any target."""
    _, query = right_2(order, is_target, is_special, padding_mask)
    target = _targets(is_target, is_special, padding_mask)
    content, _ = right_1(order, is_target, is_special, padding_mask)
    return ops.where(target[:, :, None], query, content), query


def wrong_3(order, is_target, is_special, padding_mask):
    """A target's query sees the target itself. Wrong on: any target."""
    content, _ = right_1(order, is_target, is_special, padding_mask)
    target = _targets(is_target, is_special, padding_mask)
    return content, ops.logical_and(content, target[:, :, None])


def wrong_4(order, is_target, is_special, padding_mask):
    """The query mask keeps its rows at context, which see the context. Wrong on: any context."""
    content, query = right_1(order, is_target, is_special, padding_mask)
    target = _targets(is_target, is_special, padding_mask)
    return content, ops.where(target[:, :, None], query, content)


def wrong_5(order, is_target, is_special, padding_mask):
    """The order holds for all tokens, context or not. Wrong on: two tokens of context or more."""
    o_t, o_s = order[:, :, None], order[:, None, :]
    both = _both(padding_mask)
    target = _targets(is_target, is_special, padding_mask)
    return both & (o_s <= o_t), both & (o_s < o_t) & target[:, :, None]


def wrong_6(order, is_target, is_special, padding_mask):
    """Context sees everybody, the targets included. Wrong on: context beside a target."""
    content, query = right_2(order, is_target, is_special, padding_mask)
    target = _targets(is_target, is_special, padding_mask)
    everybody = _both(padding_mask) & ops.logical_not(target)[:, :, None]
    return content | everybody, query


def wrong_7(order, is_target, is_special, padding_mask):
    """Who looks stands in the columns. Wrong on: a target beside context, or two targets."""
    content, query = right_1(order, is_target, is_special, padding_mask)
    return ops.swapaxes(content, 1, 2), ops.swapaxes(query, 1, 2)


def wrong_8(order, is_target, is_special, padding_mask):
    """Reads `order` as a list of places. Wrong on: targets and orders that are not their own inverse."""
    return right_2(ops.argsort(order, axis=1), is_target, is_special, padding_mask)


def wrong_9(order, is_target, is_special, padding_mask):
    """Padding sees the context. Wrong on: any padding."""
    target = _targets(is_target, is_special, padding_mask)
    turn = ops.where(target, order, -1)
    content = (turn[:, None, :] <= turn[:, :, None]) & padding_mask[:, None, :]
    query = (turn[:, None, :] < turn[:, :, None]) & padding_mask[:, None, :]
    return content, query


def wrong_10(order, is_target, is_special, padding_mask):
    """Padding counts as context that is seen. Wrong on: any padding."""
    target = _targets(is_target, is_special, padding_mask)
    turn = ops.where(target, order, -1)
    content = (turn[:, None, :] <= turn[:, :, None]) & padding_mask[:, :, None]
    query = (turn[:, None, :] < turn[:, :, None]) & padding_mask[:, :, None]
    return content, query


def wrong_11(order, is_target, is_special, padding_mask):
    """Query mask first, content mask second. Wrong on: any real token."""
    content, query = right_1(order, is_target, is_special, padding_mask)
    return query, content


def wrong_12(order, is_target, is_special, padding_mask):
    """A target sees only context of earlier turns. Wrong on: context with a later turn than a target's."""
    target = _targets(is_target, is_special, padding_mask)
    t, s = target[:, :, None], target[:, None, :]
    both = _both(padding_mask)
    o_t, o_s = order[:, :, None], order[:, None, :]
    content = both & ops.where(t, o_s <= o_t, ops.logical_not(s))
    query = both & t & (o_s < o_t)
    return content, query


def wrong_13(order, is_target, is_special, padding_mask):
    """Targets are read from left to right; the order is ignored. Wrong on: targets in another order."""
    place = ops.broadcast_to(ops.arange(order.shape[1], dtype="int32")[None, :], order.shape)
    return right_2(place, is_target, is_special, padding_mask)


def wrong_14(order, is_target, is_special, padding_mask):
    """Targets do not see one another, as BERT's hidden words. Wrong on: two targets or more."""
    target = _targets(is_target, is_special, padding_mask)
    context = padding_mask & ~target
    itself = ops.cast(ops.eye(order.shape[1]), "bool")[None]
    seen = padding_mask[:, :, None] & context[:, None, :]
    return seen | (itself & target[:, :, None]), seen & target[:, :, None]


def wrong_15(order, is_target, is_special, padding_mask):
    """Special tokens are neither targets nor context. Wrong on: any special token."""
    real = padding_mask & ~is_special
    return right_2(order, is_target, is_special, real)


def wrong_16(order, is_target, is_special, padding_mask):
    """Special tokens are context to the content mask and targets to the query mask. Wrong on: drawn ones."""
    content, _ = right_2(order, is_target, is_special, padding_mask)
    _, query = right_2(order, is_target, ops.zeros_like(is_special), padding_mask)
    return content, query


def wrong_17(order, is_target, is_special, padding_mask):
    """The order of the batch's first row for all. Wrong on: rows of different orders."""
    first = ops.broadcast_to(order[:1], order.shape)
    return right_2(first, is_target, is_special, padding_mask)


def wrong_18(order, is_target, is_special, padding_mask):
    """The last turn comes first. Wrong on: two targets or more."""
    target = _targets(is_target, is_special, padding_mask)
    turn = ops.where(target, order.shape[1] - order, 0)
    content = (turn[:, None, :] <= turn[:, :, None]) & _both(padding_mask)
    query = (turn[:, None, :] < turn[:, :, None]) & _both(padding_mask)
    return content, query


def wrong_19(order, is_target, is_special, padding_mask):
    """Context gets turn 0, like whoever is first among all. Wrong on: a target whose turn is 0."""
    target = _targets(is_target, is_special, padding_mask)
    turn = ops.where(target, order, 0)
    content = (turn[:, None, :] <= turn[:, :, None]) & _both(padding_mask)
    query = (turn[:, None, :] < turn[:, :, None]) & _both(padding_mask)
    return content, query
