"""Verdict of `pack_pair`: [CLS] first [SEP] second [SEP], the longer one cut, padded to one length."""

import numpy as np


def draw(generator):
    """Pairs that fit and pairs that do not, by the lengths of both and the room between special tokens."""
    cases = []
    for sizes, room, ids in (
        ((2, 3), 5, (2, 3)),  # no padding
        ((2, 3), 8, (2, 3)),
        ((7, 2), 6, (2, 3)),  # the first alone is cut
        ((3, 11), 10, (2, 3)),  # the second alone
        ((2, 9), 3, (2, 3)),  # both, the second longer
        ((13, 5), 5, (2, 3)),
        ((5, 5), 7, (101, 102)),
        ((5, 5), 6, (101, 102)),
        ((0, 5), 7, (2, 3)),
        ((3, 0), 5, (2, 3)),
        ((2, 3), 0, (2, 3)),
        ((5, 7), 11, (61, 59)),
        ((2, 2), 1, (2, 3)),
    ):
        words = generator.integers(5, 53, sum(sizes)).tolist()
        arguments = {"first": words[: sizes[0]], "second": words[sizes[0] :], "length": room + 3}
        cases.append({**arguments, "classification_id": ids[0], "separator_id": ids[1]})
    return cases


def _room(case):
    return case["length"] - 3


def _sizes(case):
    return len(case["first"]), len(case["second"])


def _excess(case):
    return sum(_sizes(case)) - _room(case)


CONDITIONS = {
    "padding": lambda case: _excess(case) < 0,
    "both fit, and there is no padding": lambda case: _excess(case) == 0,
    "the first text alone is cut": lambda case: 0 < _excess(case) < _sizes(case)[0] - _sizes(case)[1],
    "the second text alone is cut": lambda case: 0 < _excess(case) < _sizes(case)[1] - _sizes(case)[0],
    "both are cut, the first is longer": lambda case: 0 < _sizes(case)[0] - _sizes(case)[1] < _excess(case),
    "both are cut, the second is longer": lambda case: 0 < _sizes(case)[1] - _sizes(case)[0] < _excess(case),
    "texts of one length, one token too many": lambda case: (
        _excess(case) % 2 == 1 and _sizes(case)[0] == _sizes(case)[1] < _room(case)
    ),
    "an empty first text": lambda case: not case["first"] and case["second"],
    "an empty second text": lambda case: case["first"] and not case["second"],
    "room for the special tokens alone": lambda case: _room(case) == 0,
    "room for one word": lambda case: _room(case) == 1,
    "special tokens with other ids": lambda case: case["classification_id"] > 53,
}


def _kept(sizes, room, gives_way=lambda first, second: first > second):
    """How much stays of both, the first one giving way where it is longer."""
    first, second = sizes
    while first + second > room:
        if (gives_way(first, second) and first) or not second:
            first -= 1
        else:
            second -= 1
    return first, second


def _longest_first(first, second, room):
    kept = _kept((len(first), len(second)), max(room, 0))
    return first[: kept[0]], second[: kept[1]]


# Pieces of a sequence: which ids, which segment, whether special.
def _pieces(first, second, cls, sep):
    return [([cls], 0, True), (first, 0, False), ([sep], 0, True), (second, 1, False), ([sep], 1, True)]


def _packing(
    cut=_longest_first,
    pieces=_pieces,
    padding=(0, 0, False, True),
    room=lambda length: length - 3,
    finish=lambda columns, length: columns,
    change=lambda packed: packed,
):
    """The answer, with parts exchanged; `padding` is id, segment and both masks of a padded place."""

    def answer(first, second, length, classification_id, separator_id):
        first, second = cut(list(first), list(second), room(length))
        columns = [
            (token, segment, True, is_special)
            for tokens, segment, is_special in pieces(first, second, classification_id, separator_id)
            for token in tokens
        ]
        columns = finish(columns, length)
        columns += [padding] * (length - len(columns))
        token_ids, segment_ids, padding_mask, special_mask = map(list, zip(*columns, strict=True))
        packed = {
            "token_ids": np.array(token_ids, "int32"),
            "segment_ids": np.array(segment_ids, "int32"),
            "padding_mask": np.array(padding_mask, bool),
            "special_mask": np.array(special_mask, bool),
        }
        return change(packed)

    return answer


reference = _packing()


def _cut_whole(columns, length):
    return columns[:length]


def _cut_whole_but_separator(columns, length):
    return columns if len(columns) <= length else [*columns[: length - 1], columns[-1]]


def _longest_first_by_popping(first, second, room):
    if room < 0:
        raise IndexError("pop from empty list")
    return _longest_first(first, second, room)


def _uncut(first, second, room):
    return first, second


def _first_alone(first, second, room):
    return first[: max(room - len(second), 0)], second[: max(room, 0)]


def _second_alone(first, second, room):
    first = first[:room]
    return first, second[: max(room - len(first), 0)]


def _halves(extra, always):
    """Each text has half the room, also where the other does not need its half."""

    def cut(first, second, room):
        if not always and len(first) + len(second) <= room:
            return first, second
        return first[: room // 2 + extra * (room % 2)], second[: room // 2]

    return cut


def _first_gives_way_at_a_tie(first, second, room):
    kept = _kept((len(first), len(second)), room, lambda first, second: first >= second)
    return first[: kept[0]], second[: kept[1]]


def _shorter_gives_way(first, second, room):
    kept = _kept((len(first), len(second)), room, lambda first, second: first < second)
    return first[: kept[0]], second[: kept[1]]


def _from_the_front(first, second, room):
    kept = _kept((len(first), len(second)), room)
    return first[len(first) - kept[0] :], second[len(second) - kept[1] :]


def _segments(*numbers):
    """Segments of [CLS], the first text, [SEP], the second text and [SEP]."""

    def pieces(*arguments):
        return [
            (ids, number, special)
            for (ids, _, special), number in zip(_pieces(*arguments), numbers, strict=True)
        ]

    return pieces


def _with_two_between(first, second, cls, sep):
    return [([cls], 0, True), (first, 0, False), ([sep], 0, True), ([sep], 1, True), *_tail(second, sep)]


def _with_two_between_in_first(first, second, cls, sep):
    return [([cls], 0, True), (first, 0, False), ([sep, sep], 0, True), *_tail(second, sep)]


def _tail(second, sep):
    return [(second, 1, False), ([sep], 1, True)]


def _with_two_between_in_one_segment(*arguments):
    return [(ids, 0, special) for ids, _, special in _with_two_between(*arguments)]


def _with_second_classification(first, second, cls, sep):
    return [([cls], 0, True), (first, 0, False), ([sep], 0, True), ([cls], 1, True), *_tail(second, sep)]


def _without_last_separator(*arguments):
    return _pieces(*arguments)[:-1]


def _without_first_separator(*arguments):
    pieces = _pieces(*arguments)
    return [*pieces[:2], *pieces[3:]]


def _without_classification(*arguments):
    return _pieces(*arguments)[1:]


def _none_behind_an_empty_text(first, second, cls, sep):
    return [
        ([cls], 0, True),
        (first, 0, False),
        ([sep] if first else [], 0, True),
        (second, 1, False),
        ([sep] if second else [], 1, True),
    ]


def _no_second_separator_if_empty(first, second, cls, sep):
    pieces = _pieces(first, second, cls, sep)
    return pieces if second else pieces[:3]


def _inverted(name):
    return lambda packed: {**packed, name: ~packed[name]}


def _padding_in_front(packed):
    """Every row moved to the end of its length."""
    shift = int((~packed["padding_mask"]).sum())
    return {name: np.roll(row, shift) for name, row in packed.items()}


def _unpadded(packed):
    return {name: row[packed["padding_mask"]] for name, row in packed.items()}


def _told_special(*is_special):
    """What is told of [CLS], the first text, [SEP], the second text and [SEP]."""

    def pieces(*arguments):
        return [
            (ids, segment, special)
            for (ids, segment, _), special in zip(_pieces(*arguments), is_special, strict=True)
        ]

    return pieces


def _room_without(count):
    return lambda length: length - count


ROOMS_FOR_FOUR = ((3, _longest_first), (4, _longest_first), (4, _longest_first_by_popping))

MISTAKES = {
    "padding_not_special": _packing(padding=(0, 0, False, False)),
    "special_mask_inverted": _packing(change=_inverted("special_mask")),
    "special_tokens_not_told": tuple(
        _packing(pieces=_told_special(*told), padding=(0, 0, False, padding))
        for told in (
            (False, False, False, False, False),
            (True, False, False, False, False),
            (False, False, True, False, True),
            (True, False, True, False, False),
        )
        for padding in (True, False)
    ),
    "padding_mask_inverted": _packing(change=_inverted("padding_mask")),
    "padding_attended": _packing(padding=(0, 0, True, True)),
    "padding_in_second_segment": _packing(padding=(0, 1, False, True)),
    "segments_from_one": tuple(
        _packing(pieces=_segments(1, 1, 1, 2, 2), padding=(0, segment, False, True)) for segment in (0, 1, 2)
    ),
    "one_segment": _packing(pieces=_segments(0, 0, 0, 0, 0)),
    "segments_swapped": (
        _packing(pieces=_segments(1, 1, 1, 0, 0)),
        _packing(pieces=_segments(1, 1, 1, 0, 0), padding=(0, 1, False, True)),
    ),
    "separator_opens_the_second": (
        _packing(pieces=_segments(0, 0, 1, 1, 1)),
        _packing(pieces=_segments(0, 0, 1, 1, 0)),
    ),
    "last_separator_in_first": _packing(pieces=_segments(0, 0, 0, 1, 0)),
    "special_tokens_not_counted": tuple(
        _packing(room=_room_without(count), finish=finish)
        for count in (0, 1, 2)
        for finish in (lambda columns, length: columns, _cut_whole, _cut_whole_but_separator)
    ),
    "sequence_cut_at_its_end": (
        _packing(cut=_uncut, finish=_cut_whole),
        _packing(cut=_uncut, finish=_cut_whole_but_separator),
    ),
    "not_cut": _packing(cut=_uncut),
    "first_alone_cut": (
        _packing(cut=_first_alone),
        _packing(cut=lambda first, second, room: (first[: max(room - len(second), 0)], second)),
    ),
    "second_alone_cut": (
        _packing(cut=_second_alone),
        _packing(cut=lambda first, second, room: (first, second[: max(room - len(first), 0)])),
    ),
    "halves": tuple(_packing(cut=_halves(extra, always)) for extra in (0, 1) for always in (False, True)),
    "tie_cuts_the_first": _packing(cut=_first_gives_way_at_a_tie),
    "shorter_gives_way": _packing(cut=_shorter_gives_way),
    "cut_at_the_front": _packing(cut=_from_the_front),
    "two_separators_between": tuple(
        _packing(room=_room_without(count), cut=cut, pieces=pieces)
        for count, cut in ROOMS_FOR_FOUR
        for pieces in (_with_two_between, _with_two_between_in_first, _with_two_between_in_one_segment)
    ),
    "second_classification": tuple(
        _packing(room=_room_without(count), cut=cut, pieces=_with_second_classification)
        for count, cut in ROOMS_FOR_FOUR
    ),
    "separator_missing": tuple(
        _packing(room=_room_without(count), pieces=pieces)
        for count in (2, 3)
        for pieces in (_without_last_separator, _without_first_separator)
    ),
    "classification_missing": tuple(
        _packing(room=_room_without(count), pieces=_without_classification) for count in (2, 3)
    ),
    "none_behind_an_empty_text": (
        _packing(pieces=_none_behind_an_empty_text),
        _packing(pieces=_no_second_separator_if_empty),
    ),
    "padded_in_front": _packing(change=_padding_in_front),
    "not_padded": _packing(change=_unpadded),
}
