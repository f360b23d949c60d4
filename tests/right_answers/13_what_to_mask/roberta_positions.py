"""Right answers to `roberta_positions` in other styles."""

import numpy as np
from keras import ops


def in_numpy(padding_mask, padding_id):
    mask = np.array(padding_mask).astype(int)
    return mask * np.cumsum(mask, axis=1) + padding_id


def in_loops(padding_mask, padding_id):
    rows = []
    for flags in np.array(padding_mask):
        row, following = [], padding_id + 1
        for flag in flags:
            row.append(following if flag else padding_id)
            following += int(flag)
        rows.append(row)
    return rows


def by_where(padding_mask, padding_id):
    count = ops.cumsum(ops.cast(padding_mask, "float32"), axis=-1)
    return ops.where(padding_mask, ops.cast(count, "int32") + padding_id, padding_id)


def by_a_product(padding_mask, padding_id):
    real = ops.cast(padding_mask, "float32")
    earlier = ops.triu(ops.ones((real.shape[1], real.shape[1])))
    return ops.cast(ops.matmul(real, earlier) * real, "int32") + padding_id
