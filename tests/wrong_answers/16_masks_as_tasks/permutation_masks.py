"""Wrong answers to `permutation_masks` beside its mutants."""

import numpy as np


def _right(order, is_target, is_special, padding_mask):
    target = np.array(is_target) & ~np.array(is_special)
    ranks = np.where(target, np.array(order), -1)
    real = np.array(padding_mask)
    both = real[:, :, None] & real[:, None, :]
    return (ranks[:, None] <= ranks[..., None]) & both, (ranks[:, None] < ranks[..., None]) & both


def query_sees_itself__where_it_asks(order, is_target, is_special, padding_mask):
    content, query = _right(order, is_target, is_special, padding_mask)
    target = np.array(is_target) & ~np.array(is_special) & np.array(padding_mask)
    return content, query | (np.eye(order.shape[1], dtype=bool) & target[:, :, None])


def content_blind_to_itself__by_one_mask_for_both(order, is_target, is_special, padding_mask):
    _, query = _right(order, is_target, is_special, padding_mask)
    return query, query


def polarity_inverted__among_real_tokens(order, is_target, is_special, padding_mask):
    content, query = _right(order, is_target, is_special, padding_mask)
    real = np.array(padding_mask)
    both = real[:, :, None] & real[:, None, :]
    return ~content & both, ~query & both


def targets_never_see_each_other(order, is_target, is_special, padding_mask):
    content, query = _right(order, is_target, is_special, padding_mask)
    context = ~np.array(is_target) | np.array(is_special)
    return content, query & context[:, None, :]


def content_sees_all(order, is_target, is_special, padding_mask):
    _, query = _right(order, is_target, is_special, padding_mask)
    real = np.array(padding_mask)
    return real[:, :, None] & real[:, None, :], query
