"""Right answers to `decoder_masks` in other styles."""

import numpy as np
from keras import ops


def as_a_list(source_token_ids, target_token_ids):
    length = target_token_ids.shape[1]
    causal = ops.cast(ops.tri(length), "bool")
    own = ops.where(causal, ops.expand_dims(target_token_ids != 0, 1), False)
    cross = ops.tile(source_token_ids[:, None, :] != 0, (1, length, 1))
    return [own, cross]


def in_numpy(source_token_ids, target_token_ids):
    source, target = np.asarray(source_token_ids), np.asarray(target_token_ids)
    own = np.tri(target.shape[1], dtype=bool) & (target > 0)[:, None]
    return own, np.broadcast_to((source > 0)[:, None], (*target.shape, source.shape[1]))


def as_nested_lists(source_token_ids, target_token_ids):
    sources = ops.convert_to_numpy(source_token_ids).tolist()
    targets = ops.convert_to_numpy(target_token_ids).tolist()
    own = [
        [[s <= t and target[s] != 0 for s in range(len(target))] for t in range(len(target))]
        for target in targets
    ]
    cross = [
        [[bool(word) for word in source] for _ in target]
        for source, target in zip(sources, targets, strict=True)
    ]
    return own, cross


def products_made_booleans(source_token_ids, target_token_ids):
    length = target_token_ids.shape[1]
    causal = ops.tril(ops.ones((length, length)))
    own = causal * ops.cast(target_token_ids != 0, "float32")[:, None, :]
    ones = ops.ones((*target_token_ids.shape, 1))
    cross = ones * ops.cast(source_token_ids != 0, "float32")[:, None, :]
    return ops.cast(own, "bool"), cross > 0.5


def nothing_hidden_is_seen(source_token_ids, target_token_ids):
    positions = ops.arange(target_token_ids.shape[1])
    hidden = ops.logical_or(
        positions[None, None, :] > positions[:, None], ops.equal(target_token_ids, 0)[:, None]
    )
    source = ops.not_equal(source_token_ids, 0)
    cross = ops.broadcast_to(source[:, None], (*target_token_ids.shape, source.shape[1]))
    return ops.logical_not(hidden), cross
