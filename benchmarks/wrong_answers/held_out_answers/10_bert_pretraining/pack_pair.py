"""Answers to pack_pair."""

import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# --- helpers -----------------------------------------------------------------------------------------


def _shorten(first, second, room):
    """Copies of both texts, cut as the sheet says."""
    first, second = list(first), list(second)
    while len(first) + len(second) > room:
        if len(first) > len(second):
            first.pop()
        else:
            second.pop()
    return first, second


def _assemble(first, second, length, classification_id, separator_id):
    """The four rows for two texts that fit."""
    tokens = [classification_id] + first + [separator_id] + second + [separator_id]
    segments = [0] * (len(first) + 2) + [1] * (len(second) + 1)
    special = [True] + [False] * len(first) + [True] + [False] * len(second) + [True]
    padding = length - len(tokens)
    return {
        "token_ids": tokens + [0] * padding,
        "segment_ids": segments + [0] * padding,
        "padding_mask": [True] * len(tokens) + [False] * padding,
        "special_mask": special + [True] * padding,
    }


# --- right answers -----------------------------------------------------------------------------------


def right_1(first, second, length, classification_id, separator_id):
    first, second = list(first), list(second)
    while len(first) + len(second) + 3 > length:
        if len(second) >= len(first):
            second = second[:-1]
        else:
            first = first[:-1]
    out = {"token_ids": [], "segment_ids": [], "padding_mask": [], "special_mask": []}

    def put(token, segment, real, special):
        out["token_ids"].append(token)
        out["segment_ids"].append(segment)
        out["padding_mask"].append(real)
        out["special_mask"].append(special)

    put(classification_id, 0, True, True)
    for token in first:
        put(token, 0, True, False)
    put(separator_id, 0, True, True)
    for token in second:
        put(token, 1, True, False)
    put(separator_id, 1, True, True)
    while len(out["token_ids"]) < length:
        put(0, 0, False, True)
    return out


def right_2(first, second, length, classification_id, separator_id):
    # closed form: how many tokens of each text remain
    room = length - 3
    n1, n2 = len(first), len(second)
    if n1 + n2 > room:
        low, high = room // 2, room - room // 2
        if n2 <= low:
            n1 = room - n2
        elif n1 <= high:
            n2 = room - n1
        else:
            n1, n2 = high, low
    tokens = np.zeros(length, dtype="int32")
    tokens[0] = classification_id
    tokens[1 : 1 + n1] = first[:n1]
    tokens[1 + n1] = separator_id
    tokens[2 + n1 : 2 + n1 + n2] = second[:n2]
    tokens[2 + n1 + n2] = separator_id
    place = np.arange(length)
    end = 2 + n1 + n2
    return {
        "token_ids": ops.convert_to_tensor(tokens),
        "segment_ids": ops.convert_to_tensor(((place > 1 + n1) & (place <= end)).astype("int32")),
        "padding_mask": ops.convert_to_tensor(place <= end),
        "special_mask": ops.convert_to_tensor((place == 0) | (place == 1 + n1) | (place >= end)),
    }


def right_3(first, second, length, classification_id, separator_id):
    # grow both texts from nothing: the first one is served first in every round
    room = length - 3
    a, b = [], []
    rounds = max(len(first), len(second))
    for i in range(rounds):
        if i < len(first) and len(a) + len(b) < room:
            a.append(first[i])
        if i < len(second) and len(a) + len(b) < room:
            b.append(second[i])
    rows = [(classification_id, 0, True, True)]
    rows += [(token, 0, True, False) for token in a]
    rows += [(separator_id, 0, True, True)]
    rows += [(token, 1, True, False) for token in b]
    rows += [(separator_id, 1, True, True)]
    rows += [(0, 0, False, True)] * (length - len(rows))
    names = ("token_ids", "segment_ids", "padding_mask", "special_mask")
    return {name: list(column) for name, column in zip(names, zip(*rows))}


def right_4(first, second, length, classification_id, separator_id):
    def fit(n1, n2):
        if n1 + n2 <= length - 3:
            return n1, n2
        return fit(n1 - 1, n2) if n1 > n2 else fit(n1, n2 - 1)

    n1, n2 = fit(len(first), len(second))
    tokens = [classification_id, *first[:n1], separator_id, *second[:n2], separator_id]
    tokens = ops.convert_to_tensor(tokens + [0] * (length - len(tokens)), dtype="int32")
    place = ops.arange(length)
    real = place < n1 + n2 + 3
    segments = ops.where(ops.logical_and(place >= n1 + 2, real), 1, 0)
    text = ops.logical_or(
        ops.logical_and(place >= 1, place <= n1), ops.logical_and(place >= n1 + 2, place < n1 + n2 + 2)
    )
    return {
        "token_ids": tokens,
        "segment_ids": ops.cast(segments, "int32"),
        "padding_mask": real,
        "special_mask": ops.logical_not(text),
    }


# --- wrong answers -----------------------------------------------------------------------------------


def wrong_1(first, second, length, classification_id, separator_id):
    """Of two equally long texts the first one is cut. Wrong on: too long texts, odd number too many."""
    first, second = list(first), list(second)
    while len(first) + len(second) > length - 3:
        if len(first) >= len(second):
            first.pop()
        else:
            second.pop()
    return _assemble(first, second, length, classification_id, separator_id)


def wrong_2(first, second, length, classification_id, separator_id):
    """The longer text loses its first token, not its last. Wrong on: all pairs that are too long."""
    first, second = list(first), list(second)
    while len(first) + len(second) > length - 3:
        if len(first) > len(second):
            first.pop(0)
        else:
            second.pop(0)
    return _assemble(first, second, length, classification_id, separator_id)


def wrong_3(first, second, length, classification_id, separator_id):
    """Only the second text is cut, then the first. Wrong on: too long pairs with a longer first text."""
    room = length - 3
    first = list(first)[:room]
    second = list(second)[: room - len(first)]
    return _assemble(first, second, length, classification_id, separator_id)


def wrong_4(first, second, length, classification_id, separator_id):
    """Each text gets half of the room, even if the other is short. Wrong on: a long and a short text."""
    room = length - 3
    if len(first) + len(second) > room:
        half = room // 2
        first, second = first[: room - half], second[:half]
    return _assemble(list(first), list(second), length, classification_id, separator_id)


def wrong_5(first, second, length, classification_id, separator_id):
    """The longer one loses all that is too much, at once. Wrong on: more too much than the difference."""
    first, second = list(first), list(second)
    excess = max(0, len(first) + len(second) + 3 - length)
    if len(first) > len(second):
        cut = min(excess, len(first))
        first = first[: len(first) - cut]
        second = second[: len(second) - (excess - cut)]
    else:
        cut = min(excess, len(second))
        second = second[: len(second) - cut]
        first = first[: len(first) - (excess - cut)]
    return _assemble(first, second, length, classification_id, separator_id)


def wrong_6(first, second, length, classification_id, separator_id):
    """The first [SEP] counts to segment 1. Wrong on: everything."""
    first, second = _shorten(first, second, length - 3)
    packed = _assemble(first, second, length, classification_id, separator_id)
    packed["segment_ids"][len(first) + 1] = 1
    return packed


def wrong_7(first, second, length, classification_id, separator_id):
    """The last [SEP] has segment 0. Wrong on: everything."""
    first, second = _shorten(first, second, length - 3)
    packed = _assemble(first, second, length, classification_id, separator_id)
    packed["segment_ids"] = [0] * (len(first) + 2) + [1] * len(second)
    packed["segment_ids"] += [0] * (length - len(packed["segment_ids"]))
    return packed


def wrong_8(first, second, length, classification_id, separator_id):
    """Everything behind the first [SEP] is segment 1, padding too. Wrong on: pairs with padding."""
    a, b = _shorten(first, second, length - 3)
    packed = _assemble(a, b, length, classification_id, separator_id)
    start = packed["token_ids"].index(separator_id) + 1
    packed["segment_ids"] = [0] * start + [1] * (length - start)
    return packed


def wrong_9(first, second, length, classification_id, separator_id):
    """padding_mask is True at padding. Wrong on: everything."""
    a, b = _shorten(first, second, length - 3)
    packed = _assemble(a, b, length, classification_id, separator_id)
    packed["padding_mask"] = [token == 0 for token in packed["token_ids"]]
    return packed


def wrong_10(first, second, length, classification_id, separator_id):
    """special_mask is False at padding. Wrong on: pairs with padding."""
    a, b = _shorten(first, second, length - 3)
    packed = _assemble(a, b, length, classification_id, separator_id)
    packed["special_mask"] = [t in (classification_id, separator_id) for t in packed["token_ids"]]
    return packed


def wrong_11(first, second, length, classification_id, separator_id):
    """Room is reckoned for two special tokens only, the last one is lost. Wrong on: pairs that are full."""
    a, b = _shorten(first, second, length - 2)
    tokens = ([classification_id] + a + [separator_id] + b + [separator_id])[:length]
    segments = ([0] * (len(a) + 2) + [1] * (len(b) + 1))[:length]
    pad = length - len(tokens)
    special = [t in (classification_id, separator_id) for t in tokens]
    return {
        "token_ids": tokens + [0] * pad,
        "segment_ids": segments + [0] * pad,
        "padding_mask": [True] * len(tokens) + [False] * pad,
        "special_mask": special + [True] * pad,
    }


def wrong_12(first, second, length, classification_id, separator_id):
    """The packed sequence is cut at T, and [SEP] put in its last place. Wrong on: too long pairs."""
    tokens = [classification_id, *first, separator_id, *second, separator_id]
    segments = [0] * (len(first) + 2) + [1] * (len(second) + 1)
    if len(tokens) > length:
        tokens = tokens[: length - 1] + [separator_id]
        segments = segments[:length]
    pad = length - len(tokens)
    real = [True] * len(tokens) + [False] * pad
    tokens, segments = tokens + [0] * pad, segments + [0] * pad
    special = [t in (classification_id, separator_id, 0) for t in tokens]
    return {"token_ids": tokens, "segment_ids": segments, "padding_mask": real, "special_mask": special}


def wrong_13(first, second, length, classification_id, separator_id):
    """An empty second text gets no [SEP] of its own. Wrong on: an empty second text."""
    a, b = _shorten(first, second, length - 3)
    if b:
        return _assemble(a, b, length, classification_id, separator_id)
    tokens = [classification_id] + a + [separator_id]
    pad = length - len(tokens)
    return {
        "token_ids": tokens + [0] * pad,
        "segment_ids": [0] * length,
        "padding_mask": [True] * len(tokens) + [False] * pad,
        "special_mask": [True] + [False] * len(a) + [True] * (pad + 1),
    }


def wrong_14(first, second, length, classification_id, separator_id):
    """RoBERTa's way: two separators between the texts. Wrong on: everything."""
    a, b = _shorten(first, second, max(0, length - 4))
    tokens = ([classification_id] + a + [separator_id, separator_id] + b + [separator_id])[:length]
    segments = ([0] * (len(a) + 2) + [1] * (len(b) + 2))[:length]
    pad = length - len(tokens)
    tokens, segments = tokens + [0] * pad, segments + [0] * pad
    return {
        "token_ids": tokens,
        "segment_ids": segments,
        "padding_mask": [t != 0 for t in tokens],
        "special_mask": [t in (0, classification_id, separator_id) for t in tokens],
    }


def wrong_15(first, second, length, classification_id, separator_id):
    """The segment is the number of separators before: 2 at padding. Wrong on: pairs with padding."""
    a, b = _shorten(first, second, length - 3)
    packed = _assemble(a, b, length, classification_id, separator_id)
    tokens = np.array(packed["token_ids"])
    is_separator = (tokens == separator_id).astype("int32")
    packed["segment_ids"] = ops.convert_to_tensor(np.cumsum(is_separator) - is_separator)
    return packed


def wrong_16(first, second, length, classification_id, separator_id):
    """Only the first text is cut, then the second. Wrong on: too long pairs, but a much longer first."""
    room = length - 3
    second = list(second)[:room]
    first = list(first)[: room - len(second)]
    return _assemble(first, second, length, classification_id, separator_id)


def wrong_17(first, second, length, classification_id, separator_id):
    """Cuts the caller's own lists. Wrong on: too long pairs, above all one list given for both texts."""
    while len(first) + len(second) > length - 3:
        if len(first) > len(second):
            first.pop()
        else:
            second.pop()
    return _assemble(first, second, length, classification_id, separator_id)


def wrong_18(first, second, length, classification_id, separator_id):
    """Texts are cut in proportion to their lengths. Wrong on: too long pairs of unequal lengths."""
    room = length - 3
    total = len(first) + len(second)
    if total > room:
        keep = round(room * len(first) / total)
        first, second = first[:keep], second[: room - keep]
    return _assemble(list(first), list(second), length, classification_id, separator_id)


def wrong_19(first, second, length, classification_id, separator_id):
    """Special are the separators and padding, but not [CLS]. Wrong on: everything."""
    a, b = _shorten(first, second, length - 3)
    packed = _assemble(a, b, length, classification_id, separator_id)
    ids = ops.convert_to_tensor(packed["token_ids"], dtype="int32")
    packed["special_mask"] = ops.logical_or(ids == separator_id, ids == 0)
    return packed


def wrong_20(first, second, length, classification_id, separator_id):
    """Always leaves a place for padding (>=, not >). Wrong on: pairs that fill the sequence."""
    a, b = list(first), list(second)
    while len(a) + len(b) + 3 >= length and (a or b):
        if len(a) > len(b):
            a.pop()
        else:
            b.pop()
    return _assemble(a, b, length, classification_id, separator_id)
