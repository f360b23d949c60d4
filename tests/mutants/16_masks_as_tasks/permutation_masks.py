"""Wrong answers to `permutation_masks`, each named after the mistake it makes."""

from keras import ops


def _among_real(mask, padding_mask):
    return ops.logical_and(ops.logical_and(mask, padding_mask[:, None, :]), padding_mask[:, :, None])


def _by_ranks(ranks, padding_mask):
    seen, seeing = ranks[:, None, :], ranks[:, :, None]
    return _among_real(seen <= seeing, padding_mask), _among_real(seen < seeing, padding_mask)


def _context(is_target, is_special):
    return ops.logical_or(ops.logical_not(is_target), is_special)


def _right(order, is_target, is_special, padding_mask):
    ranks = ops.where(_context(is_target, is_special), 0, order + 1)
    return _by_ranks(ranks, padding_mask)


def _grids(order, is_target, is_special):
    """Context of s and of t, turns of s and of t."""
    context = _context(is_target, is_special)
    return context[:, None, :], context[:, :, None], order[:, None, :], order[:, :, None]


def polarity_inverted(order, is_target, is_special, padding_mask):
    content, query = _right(order, is_target, is_special, padding_mask)
    return ops.logical_not(content), ops.logical_not(query)


def masks_swapped(order, is_target, is_special, padding_mask):
    content, query = _right(order, is_target, is_special, padding_mask)
    return query, content


def rows_are_columns(order, is_target, is_special, padding_mask):
    content, query = _right(order, is_target, is_special, padding_mask)
    return ops.transpose(content, (0, 2, 1)), ops.transpose(query, (0, 2, 1))


def context_and_before(order, is_target, is_special, padding_mask):
    cs, _, s, t = _grids(order, is_target, is_special)
    content, query = ops.logical_and(cs, s <= t), ops.logical_and(cs, s < t)
    return _among_real(content, padding_mask), _among_real(query, padding_mask)


def special_and_padding(order, is_target, is_special, padding_mask):
    without_function = ops.logical_and(is_special, ops.logical_not(padding_mask))
    context = ops.logical_or(ops.logical_not(is_target), without_function)
    return _by_ranks(ops.where(context, 0, order + 1), padding_mask)


def targets_inverted(order, is_target, is_special, padding_mask):
    return _right(order, ops.logical_not(is_target), is_special, padding_mask)


def query_sees_itself(order, is_target, is_special, padding_mask):
    content, _ = _right(order, is_target, is_special, padding_mask)
    return content, content


def content_blind_to_itself(order, is_target, is_special, padding_mask):
    content, query = _right(order, is_target, is_special, padding_mask)
    return ops.logical_and(content, ops.logical_not(ops.eye(order.shape[1], dtype="bool"))), query


def order_inverted(order, is_target, is_special, padding_mask):
    return _right(order.shape[1] - 1 - order, is_target, is_special, padding_mask)


def left_to_right(order, is_target, is_special, padding_mask):
    places = ops.broadcast_to(ops.arange(order.shape[1], dtype="int32"), order.shape)
    return _right(places, is_target, is_special, padding_mask)


def order_read_as_list(order, is_target, is_special, padding_mask):
    return _right(ops.argsort(order, axis=1), is_target, is_special, padding_mask)


def first_order_for_all(order, is_target, is_special, padding_mask):
    return _right(ops.broadcast_to(order[:1], order.shape), is_target, is_special, padding_mask)


def context_waits_its_turn(order, is_target, is_special, padding_mask):
    return _by_ranks(order, padding_mask)


def context_sees_targets(order, is_target, is_special, padding_mask):
    cs, ct, s, t = _grids(order, is_target, is_special)
    content = ops.logical_or(cs, s <= t)
    query = ops.logical_and(ops.logical_or(cs, s < t), ops.logical_not(ct))
    return _among_real(content, padding_mask), _among_real(query, padding_mask)


def context_asks(order, is_target, is_special, padding_mask):
    cs, ct, s, t = _grids(order, is_target, is_special)
    asks = ops.logical_not(ct)
    content = ops.logical_or(cs, ops.logical_and(asks, s <= t))
    query = ops.logical_or(cs, ops.logical_and(asks, s < t))
    return _among_real(content, padding_mask), _among_real(query, padding_mask)


def _unmasked(order, is_target, is_special):
    ranks = ops.where(_context(is_target, is_special), 0, order + 1)
    seen, seeing = ranks[:, None, :], ranks[:, :, None]
    return seen <= seeing, seen < seeing


def padding_unmasked(order, is_target, is_special, padding_mask):
    return _unmasked(order, is_target, is_special)


def padding_seen(order, is_target, is_special, padding_mask):
    content, query = _unmasked(order, is_target, is_special)
    return ops.logical_and(content, padding_mask[:, :, None]), ops.logical_and(
        query, padding_mask[:, :, None]
    )


def padding_sees(order, is_target, is_special, padding_mask):
    content, query = _unmasked(order, is_target, is_special)
    return ops.logical_and(content, padding_mask[:, None, :]), ops.logical_and(
        query, padding_mask[:, None, :]
    )
