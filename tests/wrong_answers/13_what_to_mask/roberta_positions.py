"""Wrong answers to `roberta_positions` beside its mutants."""

import numpy as np


def _count(padding_mask):
    return np.cumsum(np.array(padding_mask), axis=1)


def offset_missing__counted_from_zero(padding_mask, padding_id):
    mask = np.array(padding_mask)
    return np.where(mask, _count(mask) - 1, padding_id)


def offset_missing__counted_from_one(padding_mask, padding_id):
    return _count(padding_mask) * np.array(padding_mask)


def padding_without_its_row__zero(padding_mask, padding_id):
    mask = np.array(padding_mask)
    return np.where(mask, _count(mask) + padding_id, 0)


def padding_counted__but_for_its_own_row(padding_mask, padding_id):
    mask = np.array(padding_mask)
    return np.where(mask, np.arange(mask.shape[1]) + padding_id + 1, padding_id)


def counted_from_behind(padding_mask, padding_id):
    mask = np.array(padding_mask)
    return np.where(mask, np.cumsum(mask[:, ::-1], axis=1)[:, ::-1] + padding_id, padding_id)


def counted_over_the_batch(padding_mask, padding_id):
    mask = np.array(padding_mask)
    return np.where(mask, np.cumsum(mask, axis=0) + padding_id, padding_id)
