"""Right answers to `segment_targets` in other styles."""

import numpy as np
from keras import ops


def in_loops(token_ids, starts, lengths, mask_id):
    ids = np.array(token_ids)
    encoder, labels = ids.copy(), np.zeros_like(ids)
    decoder = np.where(ids == 0, 0, mask_id)
    for row, (start, length) in enumerate(zip(np.array(starts), np.array(lengths), strict=True)):
        for place in range(start, start + length):
            encoder[row, place] = mask_id
            labels[row, place] = ids[row, place]
            if place > start:
                decoder[row, place] = ids[row, place - 1]
    return {"encoder": encoder, "decoder": decoder, "labels": labels}


def by_slices_of_lists(token_ids, starts, lengths, mask_id):
    parts = {"encoder": [], "decoder": [], "labels": []}
    for ids, u, k in zip(np.array(token_ids).tolist(), map(int, starts), map(int, lengths), strict=True):
        real, padding = sum(index != 0 for index in ids), [0] * ids.count(0)
        segment = ids[u : u + k]
        parts["encoder"].append(ids[:u] + [mask_id] * k + ids[u + k :])
        parts["decoder"].append([mask_id] * (u + 1) + segment[:-1] + [mask_id] * (real - u - k) + padding)
        parts["labels"].append([0] * u + segment + [0] * (len(ids) - u - k))
    return parts


def from_the_labels(token_ids, starts, lengths, mask_id):
    place = ops.arange(token_ids.shape[1])[None]
    inside = ops.cast(place >= starts[:, None], "int32") * ops.cast(
        place - starts[:, None] < lengths[:, None], "int32"
    )
    labels = token_ids * inside
    written = ops.roll(labels, 1, axis=1) * inside * ops.cast(place > starts[:, None], "int32")
    real = ops.cast(token_ids != 0, "int32")
    decoder = ops.where(written == 0, mask_id * real, written)
    return {"labels": labels, "decoder": decoder, "encoder": token_ids - labels + mask_id * inside}
