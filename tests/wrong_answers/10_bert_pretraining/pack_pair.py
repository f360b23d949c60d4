"""Wrong answers to `pack_pair` beside its mutants."""


def _cut(first, second, room):
    first, second = list(first), list(second)
    while len(first) + len(second) > room:
        (first if len(first) > len(second) else second).pop()
    return first, second


def _packed(first, second, length, cls, sep):
    token_ids = [cls, *first, sep, *second, sep]
    padding = length - len(token_ids)
    special = [True, *[False] * len(first), True, *[False] * len(second), True]
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * (len(first) + 2) + [1] * (len(second) + 1) + [0] * padding,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": special + [True] * padding,
    }


def _right(first, second, length, cls, sep):
    return _packed(*_cut(first, second, length - 3), length, cls, sep)


def sequence_cut_at_its_end__but_the_separator(first, second, length, classification_id, separator_id):
    packed = _packed(first, second, length, classification_id, separator_id)
    if len(packed["token_ids"]) <= length:
        return packed
    return {name: [*row[: length - 1], row[-1]] for name, row in packed.items()}


def second_alone_cut__to_what_is_left(first, second, length, classification_id, separator_id):
    left = max(length - 3 - len(first), 0)
    return _packed(first, second[:left], length, classification_id, separator_id)


def special_tokens_not_counted__the_last_one(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 2)
    packed = _packed(first, second, length, classification_id, separator_id)
    return {name: row[:length] for name, row in packed.items()}


def special_tokens_not_counted__and_too_long(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length)
    return _packed(first, second, length, classification_id, separator_id)


def two_separators_between__without_room(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    packed = _packed(first, second, length, classification_id, separator_id)
    at = len(first) + 2
    added = {"token_ids": separator_id, "segment_ids": 0, "padding_mask": True, "special_mask": True}
    rows = {name: [*row[:at], added[name], *row[at:]] for name, row in packed.items()}
    too_many = len(first) + len(second) + 3 < length
    return {name: row[:length] if too_many else row for name, row in rows.items()}


def halves__always(first, second, length, classification_id, separator_id):
    room = (length - 3) // 2
    return _packed(first[:room], second[:room], length, classification_id, separator_id)


def special_tokens_not_told__none_of_them(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    return {**packed, "special_mask": [i == 0 for i in packed["token_ids"]]}


def texts_in_the_other_order(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, length - 3)
    return _packed(second, first, length, classification_id, separator_id)


def special_tokens_swapped(first, second, length, classification_id, separator_id):
    return _right(first, second, length, separator_id, classification_id)


def ids_of_the_published_vocabulary(first, second, length, classification_id, separator_id):
    return _right(first, second, length, 101, 102)


def masks_as_numbers(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    return {name: list(map(int, row)) for name, row in packed.items()}


def without_the_special_mask(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    del packed["special_mask"]
    return packed


def argument_shortened(first, second, length, classification_id, separator_id):
    while len(first) + len(second) > length - 3:
        (first if len(first) > len(second) else second).pop()
    return _packed(first, second, length, classification_id, separator_id)


def padded_with_separators(first, second, length, classification_id, separator_id):
    packed = _right(first, second, length, classification_id, separator_id)
    pairs = zip(packed["token_ids"], packed["padding_mask"], strict=True)
    return {**packed, "token_ids": [token if real else separator_id for token, real in pairs]}


def one_place_left_empty(first, second, length, classification_id, separator_id):
    first, second = _cut(first, second, max(length - 4, 0))
    return _packed(first, second, length, classification_id, separator_id)


def cut_by_shares(first, second, length, classification_id, separator_id):
    room, total = length - 3, len(first) + len(second)
    if total > room:
        kept = round(room * len(first) / total)
        first, second = first[:kept], second[: room - kept]
    return _packed(first, second, length, classification_id, separator_id)
