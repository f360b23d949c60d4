"""Wrong answers to `prefix_mask`, each named after the mistake it makes."""

from keras import ops


def _grid(padding_mask):
    places = ops.arange(padding_mask.shape[1])
    return places[:, None], places[None, :]  # t, s


def _among_real(mask, padding_mask):
    mask = ops.logical_and(mask, padding_mask[:, None, :])
    return ops.logical_and(mask, padding_mask[:, :, None])


def _mask(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    return ops.logical_or(s < prefix_lengths[:, None, None], s <= t)


def polarity_inverted(prefix_lengths, padding_mask):
    return ops.logical_not(_among_real(_mask(prefix_lengths, padding_mask), padding_mask))


def first_prefix_for_all(prefix_lengths, padding_mask):
    lengths = ops.broadcast_to(prefix_lengths[:1], prefix_lengths.shape)
    return _among_real(_mask(lengths, padding_mask), padding_mask)


def prefix_and_left(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    return _among_real(ops.logical_and(s < prefix_lengths[:, None, None], s <= t), padding_mask)


def prefix_sees_target(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    return _among_real(ops.logical_or(t < prefix_lengths[:, None, None], s <= t), padding_mask)


def prefix_ignored(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    return _among_real(s <= t, padding_mask)


def target_blind_to_prefix(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    p = prefix_lengths[:, None, None]
    same = (t < p) == (s < p)
    return _among_real(ops.logical_and(same, ops.logical_or(t < p, s <= t)), padding_mask)


def target_blind_to_target(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    return _among_real(s < prefix_lengths[:, None, None], padding_mask)


def everything_seen(prefix_lengths, padding_mask):
    return ops.logical_and(padding_mask[:, None, :], padding_mask[:, :, None])


def order_inverted(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    return _among_real(ops.logical_or(s < prefix_lengths[:, None, None], s >= t), padding_mask)


def rows_are_columns(prefix_lengths, padding_mask):
    mask = _among_real(_mask(prefix_lengths, padding_mask), padding_mask)
    return ops.transpose(mask, (0, 2, 1))


def not_itself(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    return _among_real(ops.logical_or(s < prefix_lengths[:, None, None], s < t), padding_mask)


def prefix_too_long(prefix_lengths, padding_mask):
    return _among_real(_mask(prefix_lengths + 1, padding_mask), padding_mask)


def prefix_too_short(prefix_lengths, padding_mask):
    return _among_real(_mask(prefix_lengths - 1, padding_mask), padding_mask)


def padding_unmasked(prefix_lengths, padding_mask):
    return _mask(prefix_lengths, padding_mask)


def padding_sees(prefix_lengths, padding_mask):
    return ops.logical_and(_mask(prefix_lengths, padding_mask), padding_mask[:, None, :])
