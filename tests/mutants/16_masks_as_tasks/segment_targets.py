"""Wrong answers to `segment_targets`, each named after the mistake it makes."""

import numpy as np
from keras import ops


def _parts(token_ids, starts, lengths, mask_id):
    """The right answer, and what it is made of."""
    place = ops.arange(token_ids.shape[1])
    begin, end = starts[:, None], (starts + lengths)[:, None]
    inside = ops.logical_and(place >= begin, place < end)
    goes_on = ops.logical_and(place > begin, place < end)
    before = ops.pad(token_ids, ((0, 0), (1, 0)))[:, :-1]
    decoder = ops.where(token_ids == 0, 0, ops.where(goes_on, before, mask_id))
    right = {
        "encoder": ops.where(inside, mask_id, token_ids),
        "decoder": decoder,
        "labels": ops.where(inside, token_ids, 0),
    }
    return right, inside, goes_on, before


def first_segment_for_all(token_ids, starts, lengths, mask_id):
    return _parts(token_ids, starts[:1], lengths[:1], mask_id)[0]


def length_taken_for_end(token_ids, starts, lengths, mask_id):
    return _parts(token_ids, starts, lengths - starts, mask_id)[0]


def segment_too_long(token_ids, starts, lengths, mask_id):
    return _parts(token_ids, starts, lengths + 1, mask_id)[0]


def decoder_not_shifted(token_ids, starts, lengths, mask_id):
    right, inside, _, _ = _parts(token_ids, starts, lengths, mask_id)
    decoder = ops.where(token_ids == 0, 0, ops.where(inside, token_ids, mask_id))
    return {**right, "decoder": decoder}


def decoder_reads_ahead(token_ids, starts, lengths, mask_id):
    right, inside, _, _ = _parts(token_ids, starts, lengths, mask_id)
    behind = ops.pad(token_ids, ((0, 0), (0, 1)))[:, 1:]
    decoder = ops.where(token_ids == 0, 0, ops.where(inside, behind, mask_id))
    return {**right, "decoder": decoder}


def decoder_told_what_is_before(token_ids, starts, lengths, mask_id):
    right, inside, _, before = _parts(token_ids, starts, lengths, mask_id)
    told = ops.logical_and(inside, ops.arange(token_ids.shape[1]) > 0)
    return {**right, "decoder": ops.where(token_ids == 0, 0, ops.where(told, before, mask_id))}


def decoder_sees_the_rest(token_ids, starts, lengths, mask_id):
    right = _parts(token_ids, starts, lengths, mask_id)[0]
    shifted = ops.pad(token_ids, ((0, 0), (1, 0)), constant_values=mask_id)[:, :-1]
    return {**right, "decoder": ops.where(token_ids == 0, 0, shifted)}


def segment_moved_to_the_front(token_ids, starts, lengths, mask_id):
    right = {name: np.array(value) for name, value in _parts(token_ids, starts, lengths, mask_id)[0].items()}
    decoder, labels = np.zeros_like(right["decoder"]), np.zeros_like(right["labels"])
    for row, (start, length) in enumerate(zip(np.array(starts), np.array(lengths), strict=True)):
        decoder[row, :length] = right["decoder"][row, start : start + length]
        labels[row, :length] = right["labels"][row, start : start + length]
    return {"encoder": right["encoder"], "decoder": decoder, "labels": labels}


def all_tokens_asked(token_ids, starts, lengths, mask_id):
    return {**_parts(token_ids, starts, lengths, mask_id)[0], "labels": token_ids}


def rest_is_asked(token_ids, starts, lengths, mask_id):
    right, inside, _, _ = _parts(token_ids, starts, lengths, mask_id)
    return {**right, "labels": ops.where(inside, 0, token_ids)}


def first_of_segment_not_asked(token_ids, starts, lengths, mask_id):
    right, _, goes_on, _ = _parts(token_ids, starts, lengths, mask_id)
    return {**right, "labels": ops.where(goes_on, token_ids, 0)}


def labels_shifted(token_ids, starts, lengths, mask_id):
    right = _parts(token_ids, starts, lengths, mask_id)[0]
    return {**right, "labels": ops.pad(right["labels"], ((0, 0), (0, 1)))[:, 1:]}


def other_label_for_no_loss(token_ids, starts, lengths, mask_id):
    right, inside, _, _ = _parts(token_ids, starts, lengths, mask_id)
    return {**right, "labels": ops.where(inside, token_ids, -100)}


def encoder_sees_segment(token_ids, starts, lengths, mask_id):
    return {**_parts(token_ids, starts, lengths, mask_id)[0], "encoder": token_ids}


def encoder_sees_segment_alone(token_ids, starts, lengths, mask_id):
    right, inside, _, _ = _parts(token_ids, starts, lengths, mask_id)
    seen = ops.logical_or(inside, token_ids == 0)
    return {**right, "encoder": ops.where(seen, token_ids, mask_id)}


def segment_cut_out(token_ids, starts, lengths, mask_id):
    right, ids = _parts(token_ids, starts, lengths, mask_id)[0], np.array(token_ids)
    encoder = np.zeros_like(ids)
    for row, (start, length) in enumerate(zip(np.array(starts), np.array(lengths), strict=True)):
        kept = [*ids[row, :start], *ids[row, start + length :]]
        encoder[row, : len(kept)] = kept
    return {**right, "encoder": encoder}


def padding_becomes_mask(token_ids, starts, lengths, mask_id):
    right, _, goes_on, before = _parts(token_ids, starts, lengths, mask_id)
    return {**right, "decoder": ops.where(goes_on, before, mask_id)}
