"""Right answers to `mask_words` in other styles."""

import numpy as np
from keras import ops


def in_numpy(token_ids, is_special, choice, fate, drawn, mask_id, share):
    token_ids, drawn, fate = np.array(token_ids), np.array(drawn), np.array(fate)
    chosen = (np.array(choice) < share) & ~np.array(is_special)
    labels = np.zeros_like(token_ids)
    labels[chosen] = token_ids[chosen]
    is_masked, is_random = chosen & (fate < 0.8), chosen & (fate >= 0.8) & (fate < 0.9)
    token_ids[is_masked] = mask_id
    token_ids[is_random] = drawn[is_random]
    return token_ids, labels


def in_loops(token_ids, is_special, choice, fate, drawn, mask_id, share):
    rows, labels = np.array(token_ids).tolist(), []
    for row, *others in zip(rows, is_special, choice, fate, drawn, strict=True):
        labels.append([0] * len(row))
        for place, (special, chance, end, word) in enumerate(zip(*map(np.array, others), strict=True)):
            if special or chance >= share:
                continue
            labels[-1][place] = row[place]
            if end < 0.8:
                row[place] = mask_id
            elif end < 0.9:
                row[place] = int(word)
    return rows, labels


def by_arithmetic(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = ops.cast(choice < share, "int32") * (1 - ops.cast(is_special, "int32"))
    masked = chosen * ops.cast(fate < 0.8, "int32")
    random = chosen * ops.cast(fate < 0.9, "int32") - masked
    return token_ids + masked * (mask_id - token_ids) + random * (drawn - token_ids), chosen * token_ids


def step_by_step(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = ops.where(is_special, False, ops.less(choice, share))
    is_kept = ops.logical_or(ops.logical_not(chosen), fate >= 0.9)
    hidden = ops.where(is_kept, token_ids, drawn)
    hidden = ops.where(ops.logical_and(chosen, fate < 0.8), ops.full_like(token_ids, mask_id), hidden)
    return [hidden, ops.where(chosen, token_ids, ops.zeros_like(token_ids))]
