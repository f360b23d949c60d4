"""Right answers to `task_masks` in other styles."""

import numpy as np
from keras import ops


def in_loops(tasks, segment_ids, padding_mask):
    real, segments = np.array(padding_mask), np.array(segment_ids)
    mask = np.zeros((*real.shape, real.shape[1]), bool)
    for b, t, s in np.ndindex(mask.shape):
        if tasks[b] == "bidirectional":
            may = True
        elif tasks[b] == "left_to_right":
            may = s <= t
        elif tasks[b] == "right_to_left":
            may = s >= t
        elif segments[b, t] == 0:
            may = segments[b, s] == 0
        else:
            may = segments[b, s] == 0 or s <= t
        mask[b, t, s] = may and real[b, t] and real[b, s]
    return mask


def all_four_at_once(tasks, segment_ids, padding_mask):
    place = ops.arange(padding_mask.shape[1])
    left = place <= place[:, None]

    def rows(name):
        return ops.convert_to_tensor([task == name for task in tasks])[:, None, None]

    both, first = rows("bidirectional"), ops.equal(segment_ids, 0)[:, None, :]
    mask = ops.logical_or(both, ops.logical_and(rows("left_to_right"), left))
    mask = ops.logical_or(mask, ops.logical_and(rows("right_to_left"), ops.transpose(left)))
    behind = ops.logical_and(left, ops.equal(segment_ids, 1)[:, :, None])
    mask = ops.logical_or(mask, ops.logical_and(rows("sequence_to_sequence"), ops.logical_or(first, behind)))
    real = ops.einsum("bt,bs->bts", ops.cast(padding_mask, "float32"), ops.cast(padding_mask, "float32"))
    return ops.logical_and(mask, real > 0)


def a_list_of_rows(tasks, segment_ids, padding_mask):
    rows = []
    for task, segments, real in zip(tasks, np.array(segment_ids), np.array(padding_mask), strict=True):
        ones = np.ones((len(real), len(real)), bool)
        prefix = (segments == 0) & real
        mask = {
            "bidirectional": ones,
            "left_to_right": np.tril(ones),
            "right_to_left": np.triu(ones),
            "sequence_to_sequence": np.tril(ones) | prefix,
        }[task]
        rows.append(mask & np.outer(real, real))
    return np.array(rows)
