"""Wrong answers to `decoder_masks`, each named after the mistake it makes."""

from keras import ops


def _real(token_ids):
    return ops.not_equal(token_ids, 0)


def _causal(target_token_ids):
    positions = ops.arange(target_token_ids.shape[1])
    return (positions[None, :] <= positions[:, None])[None]


def _for_all_queries(keys, target_token_ids):
    return ops.repeat(keys[:, None, :], target_token_ids.shape[1], axis=1)


def _self_mask(target_token_ids):
    return ops.logical_and(_causal(target_token_ids), _real(target_token_ids)[:, None, :])


def _cross_mask(source_token_ids, target_token_ids):
    return _for_all_queries(_real(source_token_ids), target_token_ids)


def or_for_and(source_token_ids, target_token_ids):
    own = ops.logical_or(_causal(target_token_ids), _real(target_token_ids)[:, None, :])
    return own, _cross_mask(source_token_ids, target_token_ids)


def causal_forgotten(source_token_ids, target_token_ids):
    own = _for_all_queries(_real(target_token_ids), target_token_ids)
    return own, _cross_mask(source_token_ids, target_token_ids)


def padding_forgotten(source_token_ids, target_token_ids):
    own = ops.repeat(_causal(target_token_ids), target_token_ids.shape[0], axis=0)
    return own, _cross_mask(source_token_ids, target_token_ids)


def source_padding_forgotten(source_token_ids, target_token_ids):
    cross = ops.ones_like(_cross_mask(source_token_ids, target_token_ids), dtype="bool")
    return _self_mask(target_token_ids), cross


def own_position_hidden(source_token_ids, target_token_ids):
    positions = ops.arange(target_token_ids.shape[1])
    strict = (positions[None, :] < positions[:, None])[None]
    own = ops.logical_and(strict, _real(target_token_ids)[:, None, :])
    return own, _cross_mask(source_token_ids, target_token_ids)


def future_for_past(source_token_ids, target_token_ids):
    upper = ops.swapaxes(_causal(target_token_ids), 1, 2)
    own = ops.logical_and(upper, _real(target_token_ids)[:, None, :])
    return own, _cross_mask(source_token_ids, target_token_ids)


def cross_is_causal(source_token_ids, target_token_ids):
    queries, keys = ops.arange(target_token_ids.shape[1]), ops.arange(source_token_ids.shape[1])
    causal = (keys[None, :] <= queries[:, None])[None]
    cross = ops.logical_and(causal, _real(source_token_ids)[:, None, :])
    return _self_mask(target_token_ids), cross


def target_padding_on_cross(source_token_ids, target_token_ids):
    cross = ops.repeat(_real(target_token_ids)[:, :, None], source_token_ids.shape[1], axis=2)
    return _self_mask(target_token_ids), cross


def padding_on_queries(source_token_ids, target_token_ids):
    own = ops.logical_and(_causal(target_token_ids), _real(target_token_ids)[:, :, None])
    return own, _cross_mask(source_token_ids, target_token_ids)


def queries_hidden_too(source_token_ids, target_token_ids):
    rows = _real(target_token_ids)[:, :, None]
    own = ops.logical_and(_self_mask(target_token_ids), rows)
    return own, ops.logical_and(_cross_mask(source_token_ids, target_token_ids), rows)


def padding_inverted(source_token_ids, target_token_ids):
    own = ops.logical_and(_causal(target_token_ids), ops.equal(target_token_ids, 0)[:, None, :])
    return own, _for_all_queries(ops.equal(source_token_ids, 0), target_token_ids)


def everything_inverted(source_token_ids, target_token_ids):
    own, cross = _self_mask(target_token_ids), _cross_mask(source_token_ids, target_token_ids)
    return ops.logical_not(own), ops.logical_not(cross)


def masks_swapped(source_token_ids, target_token_ids):
    return _cross_mask(source_token_ids, target_token_ids), _self_mask(target_token_ids)


def numbers_for_booleans(source_token_ids, target_token_ids):
    causal = ops.cast(_causal(target_token_ids), "int32")
    own = causal * ops.cast(_real(target_token_ids), "int32")[:, None, :]
    return own, ops.cast(_cross_mask(source_token_ids, target_token_ids), "int32")
