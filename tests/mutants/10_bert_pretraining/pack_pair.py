"""Wrong answers to `pack_pair`, each named after the mistake it makes."""


def _cut(first, second, room, first_gives_way=lambda first, second: first > second):
    first, second = list(first), list(second)
    while len(first) + len(second) > room:
        (first if first_gives_way(len(first), len(second)) else second).pop()
    return first, second


def _packed(first, second, length, cls, sep, segments=None):
    token_ids = [cls, *first, sep, *second, sep]
    padding = length - len(token_ids)
    if segments is None:
        segments = [0] * (len(first) + 2) + [1] * (len(second) + 1)
    special = [True, *[False] * len(first), True, *[False] * len(second), True]
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": segments + [0] * padding,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": special + [True] * padding,
    }


def _right(first, second, length, cls, sep):
    return _packed(*_cut(first, second, length - 3), length, cls, sep)


def padding_not_special(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    packed["special_mask"] = [i in (classification_id, separator_id) for i in packed["token_ids"]]
    return packed


def special_mask_inverted(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    return {**packed, "special_mask": [not special for special in packed["special_mask"]]}


def special_tokens_not_told(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    return {**packed, "special_mask": [i in (0, separator_id) for i in packed["token_ids"]]}


def padding_mask_inverted(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    return {**packed, "padding_mask": [i == 0 for i in packed["token_ids"]]}


def padding_attended(first, second, length, classification_id, separator_id):
    return {
        **_right(first, second, length, classification_id, separator_id),
        "padding_mask": [True] * length,
    }


def padding_in_second_segment(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    packed = _packed(first, second, length, classification_id, separator_id)
    return {**packed, "segment_ids": [int(place > len(first) + 1) for place in range(length)]}


def segments_from_one(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    segments = [1] * (len(first) + 2) + [2] * (len(second) + 1)
    return _packed(first, second, length, classification_id, separator_id, segments)


def one_segment(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    return {**packed, "segment_ids": [0] * length}


def segments_swapped(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    segments = [1] * (len(first) + 2) + [0] * (len(second) + 1)
    return _packed(first, second, length, classification_id, separator_id, segments)


def separator_opens_the_second(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    segments = [0] * (len(first) + 1) + [1] * (len(second) + 2)
    return _packed(first, second, length, classification_id, separator_id, segments)


def last_separator_in_first(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    segments = [0] * (len(first) + 2) + [1] * len(second) + [0]
    return _packed(first, second, length, classification_id, separator_id, segments)


def special_tokens_not_counted(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length)
    packed = _packed(first, second, length, classification_id, separator_id)
    return {name: row[:length] for name, row in packed.items()}


def sequence_cut_at_its_end(first, second, length, classification_id, separator_id):
    packed = _packed(first, second, length, classification_id, separator_id)
    return {name: row[:length] for name, row in packed.items()}


def not_cut(first, second, length, classification_id, separator_id):
    return _packed(first, second, length, classification_id, separator_id)


def first_alone_cut(first, second, length, classification_id, separator_id):
    room = length - 3
    first = first[: max(room - len(second), 0)]
    return _packed(first, second[:room], length, classification_id, separator_id)


def second_alone_cut(first, second, length, classification_id, separator_id):
    room = length - 3
    first = first[:room]
    return _packed(first, second[: room - len(first)], length, classification_id, separator_id)


def halves(first, second, length, classification_id, separator_id):
    room = length - 3
    if len(first) + len(second) > room:
        first, second = first[: room - room // 2], second[: room // 2]
    return _packed(first, second, length, classification_id, separator_id)


def tie_cuts_the_first(first, second, length, classification_id, separator_id):
    first, second = list(first), list(second)
    while len(first) + len(second) > length - 3:
        if len(second) > len(first):
            second.pop()
        else:
            first.pop()
    return _packed(first, second, length, classification_id, separator_id)


def shorter_gives_way(first, second, length, classification_id, separator_id):
    first, second = list(first), list(second)
    while len(first) + len(second) > length - 3:
        shorter = first if first and (len(first) < len(second) or not second) else second
        shorter.pop()
    return _packed(first, second, length, classification_id, separator_id)


def cut_at_the_front(first, second, length, classification_id, separator_id):
    first, second = list(first), list(second)
    while len(first) + len(second) > length - 3:
        (first if len(first) > len(second) else second).pop(0)
    return _packed(first, second, length, classification_id, separator_id)


def two_separators_between(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 4)
    token_ids = [classification_id, *first, separator_id, separator_id, *second, separator_id]
    padding = length - len(token_ids)
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * length,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": [i in (0, classification_id, separator_id) for i in token_ids + [0] * padding],
    }


def second_classification(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 4)
    parts = [classification_id, *first, separator_id], [classification_id, *second, separator_id]
    token_ids = parts[0] + parts[1]
    padding = length - len(token_ids)
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * len(parts[0]) + [1] * len(parts[1]) + [0] * padding,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": [i in (0, classification_id, separator_id) for i in token_ids + [0] * padding],
    }


def separator_missing(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 2)
    token_ids = [classification_id, *first, separator_id, *second]
    padding = length - len(token_ids)
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * (len(first) + 2) + [1] * len(second) + [0] * padding,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": [i in (0, classification_id, separator_id) for i in token_ids + [0] * padding],
    }


def classification_missing(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 2)
    token_ids = [*first, separator_id, *second, separator_id]
    padding = length - len(token_ids)
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * (len(first) + 1) + [1] * (len(second) + 1) + [0] * padding,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": [i in (0, separator_id) for i in token_ids + [0] * padding],
    }


def none_behind_an_empty_text(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    if second:
        return _packed(first, second, length, classification_id, separator_id)
    token_ids = [classification_id, *first, separator_id]
    padding = length - len(token_ids)
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * length,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": [True, *[False] * len(first), True, *[True] * padding],
    }


def padded_in_front(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    padding = packed["padding_mask"].count(False)
    return {name: row[length - padding :] + row[: length - padding] for name, row in packed.items()}


def not_padded(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    packed = _packed(first, second, length, classification_id, separator_id)
    real = len(first) + len(second) + 3
    return {name: row[:real] for name, row in packed.items()}
