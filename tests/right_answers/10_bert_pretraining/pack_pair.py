"""Right answers to `pack_pair` in other styles."""

import numpy as np
from keras import ops


def by_arithmetic(first, second, length, classification_id, separator_id):
    room = length - 3
    kept = min(len(second), max(room - len(first), room // 2))
    first, second = first[: room - kept], second[:kept]
    token_ids = np.zeros(length, "int32")
    real = [classification_id] + first + [separator_id] + second + [separator_id]
    token_ids[: len(real)] = real
    place = np.arange(length)
    ends = len(first) + 1, len(first) + len(second) + 2
    return {
        "token_ids": token_ids,
        "segment_ids": ((place > ends[0]) & (place <= ends[1])).astype(int),
        "padding_mask": place <= ends[1],
        "special_mask": (place == 0) | (place == ends[0]) | (place >= ends[1]),
    }


def by_recursion(first, second, length, classification_id, separator_id):
    if len(first) + len(second) + 3 > length:
        if len(second) >= len(first):
            second = second[:-1]
        else:
            first = first[:-1]
        return by_recursion(first, second, length, classification_id, separator_id)
    head, tail = [classification_id] + first + [separator_id], second + [separator_id]
    rest = length - len(head) - len(tail)
    return {
        "token_ids": head + tail + rest * [0],
        "segment_ids": len(head) * [0] + len(tail) * [1] + rest * [0],
        "padding_mask": [place < length - rest for place in range(length)],
        "special_mask": [i in (0, classification_id, separator_id) for i in head + tail + rest * [0]],
    }


def as_tensors(first, second, length, classification_id, separator_id):
    first, second = list(first), list(second)
    for _ in range(max(0, len(first) + len(second) + 3 - length)):
        max(second, first, key=len).pop()  # of equally long ones the second, which is named first
    padding = length - len(first) - len(second) - 3
    token_ids = ops.convert_to_tensor(
        [classification_id] + first + [separator_id] + second + [separator_id] + [0] * padding, "int32"
    )
    segment_ids = ops.concatenate(
        [
            ops.zeros(len(first) + 2, dtype="int32"),
            ops.ones(len(second) + 1, dtype="int32"),
            ops.zeros(padding, dtype="int32"),
        ]
    )
    padding_mask = token_ids != 0
    is_separator = ops.logical_or(token_ids == separator_id, token_ids == classification_id)
    return {
        "special_mask": ops.logical_or(is_separator, ops.logical_not(padding_mask)),
        "padding_mask": padding_mask,
        "segment_ids": segment_ids,
        "token_ids": token_ids,
    }


def token_by_token(first, second, length, classification_id, separator_id):
    excess = max(len(first) + len(second) - (length - 3), 0)
    kept = [len(first), len(second)]
    for _ in range(excess):
        kept[0 if kept[0] > kept[1] else 1] -= 1
    rows = [(classification_id, 0, True, True)]
    rows += [(token, 0, True, False) for token in first[: kept[0]]]
    rows += [(separator_id, 0, True, True)]
    rows += [(token, 1, True, False) for token in second[: kept[1]]]
    rows += [(separator_id, 1, True, True)]
    while len(rows) < length:
        rows.append((0, 0, False, True))
    names = ("token_ids", "segment_ids", "padding_mask", "special_mask")
    return dict(zip(names, zip(*rows, strict=True), strict=True))
