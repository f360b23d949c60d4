"""Right answers to `permutation_masks` in other styles."""

import numpy as np
from keras import ops


def in_loops(order, is_target, is_special, padding_mask):
    order, real = np.array(order), np.array(padding_mask)
    target = np.array(is_target) & ~np.array(is_special) & real
    content = np.zeros((*order.shape, order.shape[1]), bool)
    query = np.zeros_like(content)
    for b, t, s in np.ndindex(content.shape):
        if not (real[b, t] and real[b, s]):
            continue
        if target[b, t]:
            content[b, t, s] = not target[b, s] or order[b, s] <= order[b, t]
            query[b, t, s] = not target[b, s] or order[b, s] < order[b, t]
        else:
            content[b, t, s] = not target[b, s]
    return content, query


def case_by_case(order, is_target, is_special, padding_mask):
    target = ops.logical_and(ops.logical_and(is_target, ops.logical_not(is_special)), padding_mask)
    context = ops.logical_and(ops.logical_not(target), padding_mask)
    asks, from_context = target[:, :, None], context[:, :, None]
    seen_context, seen_target = context[:, None, :], target[:, None, :]
    earlier = ops.less(order[:, None, :], order[:, :, None])
    before = ops.logical_and(asks, ops.logical_and(seen_target, earlier))
    query = ops.logical_or(before, ops.logical_and(asks, seen_context))
    itself = ops.logical_and(ops.eye(order.shape[1], dtype="bool")[None], padding_mask[:, None, :])
    content = ops.logical_or(ops.logical_or(query, itself), ops.logical_and(from_context, seen_context))
    return [content, query]


def with_minus_one_for_context(order, is_target, is_special, padding_mask):
    order, target = np.array(order), np.array(is_target) & ~np.array(is_special)
    ranks = np.where(target, order, -1)
    real = np.array(padding_mask)
    both = real[:, :, None] & real[:, None, :]
    return (ranks[:, None] <= ranks[..., None]) & both, (ranks[:, None] < ranks[..., None]) & both
