"""Wrong answers to `segment_targets` beside its mutants."""

import numpy as np


def _right(token_ids, starts, lengths, mask_id):
    ids, place = np.array(token_ids), np.arange(token_ids.shape[1])
    begin, end = np.array(starts)[:, None], np.array(starts + lengths)[:, None]
    inside = (place >= begin) & (place < end)
    before = np.pad(ids, ((0, 0), (1, 0)))[:, :-1]
    decoder = np.where(ids == 0, 0, np.where(inside & (place > begin), before, mask_id))
    encoder = np.where(inside, mask_id, ids)
    return {"encoder": encoder, "decoder": decoder, "labels": np.where(inside, ids, 0)}, inside, before


def decoder_not_shifted__and_all_of_it(token_ids, starts, lengths, mask_id):
    return {**_right(token_ids, starts, lengths, mask_id)[0], "decoder": token_ids}


def decoder_sees_the_rest__in_place_of_the_segment(token_ids, starts, lengths, mask_id):
    right = _right(token_ids, starts, lengths, mask_id)[0]
    return {**right, "decoder": right["encoder"]}


def segment_moved_to_the_front__in_the_decoder_alone(token_ids, starts, lengths, mask_id):
    right = _right(token_ids, starts, lengths, mask_id)[0]
    decoder = np.zeros_like(right["decoder"])
    for row, (start, length) in enumerate(zip(np.array(starts), np.array(lengths), strict=True)):
        decoder[row, :length] = right["decoder"][row, start : start + length]
    return {**right, "decoder": decoder}


def decoder_of_masks_alone(token_ids, starts, lengths, mask_id):
    right = _right(token_ids, starts, lengths, mask_id)[0]
    return {**right, "decoder": np.where(np.array(token_ids) == 0, 0, mask_id)}


def encoder_is_random(token_ids, starts, lengths, mask_id):
    right, inside, _ = _right(token_ids, starts, lengths, mask_id)
    return {**right, "encoder": np.where(inside, mask_id + 1, np.array(token_ids))}
