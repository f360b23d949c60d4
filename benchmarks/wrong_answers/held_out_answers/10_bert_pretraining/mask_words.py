"""Answers to mask_words."""

import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# --- helpers -----------------------------------------------------------------------------------------


def _chosen(is_special, choice, share):
    return ops.logical_and(ops.logical_not(is_special), ops.less(choice, share))


def _replace(token_ids, chosen, fate, drawn, mask_id):
    becomes = ops.where(fate < 0.8, mask_id, ops.where(fate < 0.9, drawn, token_ids))
    return ops.where(chosen, becomes, token_ids)


def _labels(token_ids, chosen):
    return ops.where(chosen, token_ids, ops.zeros_like(token_ids))


# --- right answers -----------------------------------------------------------------------------------


def right_1(token_ids, is_special, choice, fate, drawn, mask_id, share):
    drawn = ops.cast(drawn, token_ids.dtype)
    chosen = ops.logical_and(choice < share, ops.logical_not(is_special))
    hidden = ops.logical_and(chosen, fate < 0.8)
    swapped = ops.logical_and(chosen, ops.logical_and(fate >= 0.8, fate < 0.9))
    masks = ops.full_like(token_ids, mask_id)
    ids = ops.where(hidden, masks, token_ids)
    ids = ops.where(swapped, drawn, ids)
    labels = ops.where(chosen, token_ids, ops.zeros_like(token_ids))
    return ids, labels


def right_2(token_ids, is_special, choice, fate, drawn, mask_id, share):
    ids = np.array(ops.convert_to_numpy(token_ids))
    special = ops.convert_to_numpy(is_special).astype(bool)
    fates = ops.convert_to_numpy(fate)
    words = ops.convert_to_numpy(drawn)
    low, high = np.asarray([0.8, 0.9], dtype=fates.dtype)
    limit = np.asarray(share, dtype=ops.convert_to_numpy(choice).dtype)
    chosen = (ops.convert_to_numpy(choice) < limit) & ~special
    labels = np.where(chosen, ids, 0).astype(ids.dtype)
    ids[chosen & (fates < high)] = words[chosen & (fates < high)]
    ids[chosen & (fates < low)] = mask_id
    return ops.convert_to_tensor(ids), ops.convert_to_tensor(labels)


def right_3(token_ids, is_special, choice, fate, drawn, mask_id, share):
    # arithmetic with zeros and ones
    kind = "int32"
    tokens, words = ops.cast(token_ids, kind), ops.cast(drawn, kind)
    chosen = (1 - ops.cast(is_special, kind)) * ops.cast(ops.less(choice, share), kind)
    below_08 = ops.cast(ops.less(fate, 0.8), kind)
    below_09 = ops.cast(ops.less(fate, 0.9), kind)
    to_mask = chosen * below_08
    to_word = chosen * (below_09 - below_08)
    stay = 1 - to_mask - to_word
    return stay * tokens + to_word * words + to_mask * mask_id, chosen * tokens


def right_4(token_ids, is_special, choice, fate, drawn, mask_id, share):
    tokens, special, words = (ops.convert_to_numpy(x) for x in (token_ids, is_special, drawn))
    number, other = (ops.convert_to_numpy(x) for x in (choice, fate))
    limit = number.dtype.type(share)
    steps = other.dtype.type(0.8), other.dtype.type(0.9)
    rows, answers = [], []
    for b in range(tokens.shape[0]):
        row, answer_row = [], []
        for t in range(tokens.shape[1]):
            token, label = int(tokens[b, t]), 0
            if not special[b, t] and number[b, t] < limit:
                label = token
                if other[b, t] < steps[0]:
                    token = mask_id
                elif other[b, t] < steps[1]:
                    token = int(words[b, t])
            row.append(token)
            answer_row.append(label)
        rows.append(row)
        answers.append(answer_row)
    return ops.convert_to_tensor(rows, dtype="int32"), ops.convert_to_tensor(answers, dtype="int32")


# --- wrong answers -----------------------------------------------------------------------------------


def wrong_1(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Labels stand at masks only. Wrong on: chosen tokens with fate 0.8 and above."""
    chosen = _chosen(is_special, choice, share)
    ids = _replace(token_ids, chosen, fate, drawn, mask_id)
    return ids, ops.where(ops.equal(ids, mask_id), token_ids, 0)


def wrong_2(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Labels stand where the id has changed. Wrong on: chosen tokens that are kept."""
    chosen = _chosen(is_special, choice, share)
    ids = _replace(token_ids, chosen, fate, drawn, mask_id)
    return ids, ops.where(ops.not_equal(ids, token_ids), token_ids, 0)


def wrong_3(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """The label is the id that stands there afterwards. Wrong on: chosen tokens that have changed."""
    chosen = _chosen(is_special, choice, share)
    ids = _replace(token_ids, chosen, fate, drawn, mask_id)
    return ids, ops.where(chosen, ids, ops.zeros_like(ids))


def wrong_4(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Special tokens can be chosen, too. Wrong on: special tokens with a choice below share."""
    chosen = choice < share
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, chosen)


def wrong_5(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Random and kept are exchanged. Wrong on: chosen tokens with fate from 0.8."""
    chosen = _chosen(is_special, choice, share)
    becomes = ops.where(fate < 0.8, mask_id, ops.where(fate < 0.9, token_ids, drawn))
    return ops.where(chosen, becomes, token_ids), _labels(token_ids, chosen)


def wrong_6(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Every chosen token becomes the mask. Wrong on: chosen tokens with fate from 0.8."""
    chosen = _chosen(is_special, choice, share)
    return ops.where(chosen, ops.full_like(token_ids, mask_id), token_ids), _labels(token_ids, chosen)


def wrong_7(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Only is-padding counts as special, not [CLS] and [SEP]. Wrong on: chosen [CLS] or [SEP]."""
    chosen = ops.logical_and(ops.not_equal(token_ids, 0), choice < share)
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, chosen)


def wrong_8(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Labels where nothing was chosen are -100, not 0. Wrong on: everything with a token not chosen."""
    chosen = _chosen(is_special, choice, share)
    labels = ops.where(chosen, token_ids, ops.full_like(token_ids, -100))
    return _replace(token_ids, chosen, fate, drawn, mask_id), labels


def wrong_9(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Random words overwrite the masks: all below 0.9 are random. Wrong on: chosen, fate below 0.8."""
    chosen = _chosen(is_special, choice, share)
    ids = ops.where(ops.logical_and(chosen, fate < 0.8), mask_id, token_ids)
    ids = ops.where(ops.logical_and(chosen, fate < 0.9), drawn, ids)
    return ids, _labels(token_ids, chosen)


def wrong_10(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """A token is chosen where choice equals share, too. Wrong on: choice equal to share."""
    chosen = ops.logical_and(ops.logical_not(is_special), ops.less_equal(choice, share))
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, chosen)


def wrong_11(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """One number decides all: 80 % of the share, from choice. Wrong on: most chosen tokens."""
    chosen = _chosen(is_special, choice, share)
    return _replace(token_ids, chosen, choice / max(share, 1e-9), drawn, mask_id), _labels(token_ids, chosen)


def wrong_12(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """choice and fate have changed places. Wrong on: nearly everything."""
    chosen = _chosen(is_special, fate, share)
    return _replace(token_ids, chosen, choice, drawn, mask_id), _labels(token_ids, chosen)


def wrong_13(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """The share is always 0.15. Wrong on: another share."""
    chosen = _chosen(is_special, choice, 0.15)
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, chosen)


def wrong_14(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """As many as the share says, those with the smallest numbers. Wrong on: rows with other counts."""
    tokens = ops.convert_to_numpy(token_ids)
    special = ops.convert_to_numpy(is_special).astype(bool)
    numbers = np.where(special, 2.0, ops.convert_to_numpy(choice))
    chosen = np.zeros(tokens.shape, dtype=bool)
    for b in range(tokens.shape[0]):
        count = max(1, int(round(share * int((~special[b]).sum()))))
        chosen[b, np.argsort(numbers[b])[:count]] = True
    chosen = ops.convert_to_tensor(chosen & ~special)
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, chosen)


def wrong_15(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Every token that is not special has a label. Wrong on: tokens that are not chosen."""
    chosen = _chosen(is_special, choice, share)
    labels = ops.where(is_special, ops.zeros_like(token_ids), token_ids)
    return _replace(token_ids, chosen, fate, drawn, mask_id), labels


def wrong_16(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """The kept ones are not chosen: no label for them. Wrong on: chosen, fate 0.9 and above."""
    chosen = ops.logical_and(_chosen(is_special, choice, share), fate < 0.9)
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, chosen)


def wrong_17(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Mask up to 0.8 inclusive. Wrong on: a chosen token with a fate of exactly 0.8."""
    chosen = _chosen(is_special, choice, share)
    becomes = ops.where(fate <= 0.8, mask_id, ops.where(fate < 0.9, drawn, token_ids))
    return ops.where(chosen, becomes, token_ids), _labels(token_ids, chosen)


def wrong_18(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """The mask of special tokens is read upside down. Wrong on: nearly everything."""
    chosen = ops.logical_and(is_special, choice < share)
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, chosen)


def wrong_19(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """The random word is taken from the row's own text. Wrong on: chosen tokens, fate 0.8 to 0.9."""
    chosen = _chosen(is_special, choice, share)
    length = token_ids.shape[1]
    words = ops.take_along_axis(token_ids, ops.cast(drawn % length, "int32"), axis=1)
    return _replace(token_ids, chosen, fate, words, mask_id), _labels(token_ids, chosen)


def wrong_20(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """A drawn word that is the token itself loses its label. Wrong on: drawn equal to the token."""
    chosen = _chosen(is_special, choice, share)
    in_place = ops.logical_and(ops.logical_and(fate >= 0.8, fate < 0.9), ops.equal(drawn, token_ids))
    counted = ops.logical_and(chosen, ops.logical_not(in_place))
    return _replace(token_ids, chosen, fate, drawn, mask_id), _labels(token_ids, counted)


def wrong_21(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Labels are ones, as of a classifier of places. Wrong on: chosen tokens other than 1."""
    chosen = _chosen(is_special, choice, share)
    return _replace(token_ids, chosen, fate, drawn, mask_id), ops.cast(chosen, token_ids.dtype)


def wrong_22(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Random words from 0.8 on, but of the tokens not chosen too. Wrong on: not chosen, 0.8 to 0.9."""
    chosen = _chosen(is_special, choice, share)
    ids = ops.where(ops.logical_and(chosen, fate < 0.8), mask_id, token_ids)
    ids = ops.where(ops.logical_and(fate >= 0.8, fate < 0.9), drawn, ids)
    return ids, _labels(token_ids, chosen)
