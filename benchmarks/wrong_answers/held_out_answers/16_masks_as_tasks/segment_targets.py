import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _inside(token_ids, starts, lengths):
    place = ops.arange(token_ids.shape[1], dtype="int32")[None, :]
    begin = ops.cast(starts, "int32")[:, None]
    end = begin + ops.cast(lengths, "int32")[:, None]
    return ops.logical_and(place >= begin, place < end)


def _one_later(x, first):
    """Everything one position further on, and `first` in front."""
    return ops.concatenate([ops.full_like(x[:, :1], first), x[:, :-1]], axis=1)


def _result(token_ids, encoder, decoder, labels):
    real = ops.not_equal(token_ids, 0)
    return {
        "encoder": ops.where(real, encoder, 0),
        "decoder": ops.where(real, decoder, 0),
        "labels": ops.where(real, labels, 0),
    }


def right_1(token_ids, starts, lengths, mask_id):
    inside = _inside(token_ids, starts, lengths)
    mask = ops.full_like(token_ids, mask_id)
    labels = ops.where(inside, token_ids, 0)
    written = ops.logical_and(inside, _one_later(inside, False))
    decoder = ops.where(written, _one_later(token_ids, mask_id), mask)
    return _result(token_ids, ops.where(inside, mask, token_ids), decoder, labels)


def right_2(token_ids, starts, lengths, mask_id):
    tokens = ops.convert_to_numpy(token_ids)
    u = ops.convert_to_numpy(starts)
    k = ops.convert_to_numpy(lengths)
    encoder, labels = tokens.copy(), np.zeros_like(tokens)
    decoder = np.where(tokens != 0, mask_id, 0).astype(tokens.dtype)
    for b in range(len(tokens)):
        begin, end = int(u[b]), int(u[b] + k[b])
        encoder[b, begin:end] = mask_id
        labels[b, begin:end] = tokens[b, begin:end]
        decoder[b, begin + 1 : end] = tokens[b, begin : end - 1]
    return {
        "encoder": ops.convert_to_tensor(encoder),
        "decoder": ops.convert_to_tensor(decoder),
        "labels": ops.convert_to_tensor(labels),
    }


def right_3(token_ids, starts, lengths, mask_id):
    rows = {"encoder": [], "decoder": [], "labels": []}
    sentences = ops.convert_to_numpy(token_ids).tolist()
    for sentence, u, k in zip(sentences, np.array(starts).tolist(), np.array(lengths).tolist()):
        size = len([token for token in sentence if token != 0])
        padding = [0] * (len(sentence) - size)
        before, segment, behind = sentence[:u], sentence[u : u + k], sentence[u + k : size]
        rows["encoder"].append(before + [mask_id] * k + behind + padding)
        rows["decoder"].append([mask_id] * (u + 1) + segment[:-1] + [mask_id] * len(behind) + padding)
        rows["labels"].append([0] * u + segment + [0] * len(behind) + padding)
    return {name: ops.convert_to_tensor(values, dtype=token_ids.dtype) for name, values in rows.items()}


def right_4(token_ids, starts, lengths, mask_id):
    """What the decoder reads are its labels one later, where there are any; masks wherever it has none."""
    real = ops.cast(token_ids != 0, token_ids.dtype)
    inside = ops.cast(_inside(token_ids, starts, lengths), token_ids.dtype)
    labels = token_ids * inside
    shifted = _one_later(labels, 0) * inside
    return {
        "encoder": token_ids * (1 - inside) + mask_id * inside,
        "decoder": (shifted + mask_id * ops.cast(shifted == 0, token_ids.dtype)) * real,
        "labels": labels,
    }


def wrong_1(token_ids, starts, lengths, mask_id):
    """The decoder reads what it is asked for: nothing is moved. Wrong on: everything."""
    inside = _inside(token_ids, starts, lengths)
    encoder = ops.where(inside, mask_id, token_ids)
    decoder = ops.where(inside, token_ids, mask_id)
    return _result(token_ids, encoder, decoder, ops.where(inside, token_ids, 0))


def wrong_2(token_ids, starts, lengths, mask_id):
    """The decoder reads the token before the segment, too. Wrong on: segments that begin behind 0."""
    inside = _inside(token_ids, starts, lengths)
    decoder = ops.where(inside, _one_later(token_ids, mask_id), mask_id)
    encoder = ops.where(inside, mask_id, token_ids)
    return _result(token_ids, encoder, decoder, ops.where(inside, token_ids, 0))


def wrong_3(token_ids, starts, lengths, mask_id):
    """The encoder reads the segment and not what is around it. Wrong on: everything."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    outside = ops.logical_not(_inside(token_ids, starts, lengths)) & (token_ids != 0)
    result["encoder"] = ops.where(outside, mask_id, token_ids)
    return result


def wrong_4(token_ids, starts, lengths, mask_id):
    """Every token is asked for. Wrong on: segments that are not the whole sentence."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    result["labels"] = token_ids
    return result


def wrong_5(token_ids, starts, lengths, mask_id):
    """The decoder reads masks at padding. Wrong on: any padding."""
    inside = _inside(token_ids, starts, lengths)
    written = ops.logical_and(inside, _one_later(inside, False))
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    result["decoder"] = ops.where(written, _one_later(token_ids, mask_id), mask_id)
    return result


def wrong_6(token_ids, starts, lengths, mask_id):
    """The segment has one token more. Wrong on: segments with a real token behind them."""
    return right_1(token_ids, starts, lengths + 1, mask_id)


def wrong_7(token_ids, starts, lengths, mask_id):
    """The decoder reads the next token in place of the last one. Wrong on: everything but segments of one."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    labels = result["labels"]
    following = ops.concatenate([labels[:, 1:], ops.zeros_like(labels[:, :1])], axis=1)
    decoder = ops.where(following != 0, following, mask_id)
    decoder = ops.where(_inside(token_ids, starts, lengths), decoder, mask_id)
    result["decoder"] = ops.where(token_ids != 0, decoder, 0)
    return result


def wrong_8(token_ids, starts, lengths, mask_id):
    """Rolls the row round. Wrong on: segments that are the whole row, where the last token comes first."""
    inside = _inside(token_ids, starts, lengths)
    written = ops.logical_and(inside, ops.roll(inside, 1, axis=1))
    decoder = ops.where(written, ops.roll(token_ids, 1, axis=1), mask_id)
    encoder = ops.where(inside, mask_id, token_ids)
    return _result(token_ids, encoder, decoder, ops.where(inside, token_ids, 0))


def wrong_9(token_ids, starts, lengths, mask_id):
    """Moves the labels one to the left and the decoder's tokens not at all. Wrong on: everything."""
    inside = _inside(token_ids, starts, lengths)
    labels = ops.where(inside, token_ids, 0)
    moved = ops.concatenate([labels[:, 1:], ops.zeros_like(labels[:, :1])], axis=1)
    decoder = ops.where(inside, token_ids, mask_id)
    return _result(token_ids, ops.where(inside, mask_id, token_ids), decoder, moved)


def wrong_10(token_ids, starts, lengths, mask_id):
    """The decoder reads the whole sentence one later. Wrong on: segments that are not all."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    result["decoder"] = ops.where(token_ids != 0, _one_later(token_ids, mask_id), 0)
    return result


def wrong_11(token_ids, starts, lengths, mask_id):
    """The segment of the batch's first row for all. Wrong on: rows with unequal segments."""
    tokens = ops.convert_to_numpy(token_ids)
    begin, end = int(starts[0]), int(starts[0] + lengths[0])
    encoder, labels = tokens.copy(), np.zeros_like(tokens)
    decoder = np.full_like(tokens, mask_id)
    encoder[:, begin:end] = mask_id
    labels[:, begin:end] = tokens[:, begin:end]
    decoder[:, begin + 1 : end] = tokens[:, begin : end - 1]
    return _result(token_ids, *(ops.convert_to_tensor(x) for x in (encoder, decoder, labels)))


def wrong_12(token_ids, starts, lengths, mask_id):
    """The decoder reads 0 outside of the segment. Wrong on: segments that are not the whole sentence."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    result["decoder"] = ops.where(_inside(token_ids, starts, lengths), result["decoder"], 0)
    return result


def wrong_13(token_ids, starts, lengths, mask_id):
    """Labels are -100 where nothing is asked for. Wrong on: places outside of the segment."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    result["labels"] = ops.where(_inside(token_ids, starts, lengths), token_ids, -100)
    return result


def wrong_14(token_ids, starts, lengths, mask_id):
    """Counts positions from 1. Wrong on: everything."""
    return right_1(token_ids, starts - 1, lengths, mask_id)


def wrong_15(token_ids, starts, lengths, mask_id):
    """One mask stands for the whole segment in the encoder (BART). Wrong on: segments of two or more."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    encoder = np.zeros_like(ops.convert_to_numpy(token_ids))
    for b, row in enumerate(ops.convert_to_numpy(token_ids)):
        u, k = int(starts[b]), int(lengths[b])
        kept = [*row[:u], mask_id, *row[u + k :]]
        encoder[b, : len(kept)] = kept
    result["encoder"] = ops.convert_to_tensor(encoder)
    return result


def wrong_16(token_ids, starts, lengths, mask_id):
    """Takes the length for the end of the segment. Wrong on: segments that begin behind 0."""
    return right_1(token_ids, starts, lengths - starts, mask_id)


def wrong_17(token_ids, starts, lengths, mask_id):
    """What the decoder has written is moved to the beginning. Wrong on: segments of two or more behind 0."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    tokens = ops.convert_to_numpy(token_ids)
    decoder = np.where(tokens != 0, mask_id, 0)
    for b in range(len(tokens)):
        u, k = int(starts[b]), int(lengths[b])
        decoder[b, 1:k] = tokens[b, u : u + k - 1]
    result["decoder"] = ops.convert_to_tensor(decoder, dtype=token_ids.dtype)
    return result


def wrong_18(token_ids, starts, lengths, mask_id):
    """The decoder reads the segment's last token behind it. Wrong on: real tokens behind the segment."""
    result = dict(right_1(token_ids, starts, lengths, mask_id))
    shifted = _one_later(result["labels"], 0)
    decoder = ops.where(shifted != 0, shifted, mask_id)
    result["decoder"] = ops.where(token_ids != 0, decoder, 0)
    return result
