"""Right answers to `merge_pair` in other styles."""

import re


def with_a_stack(pieces, pair):
    left, right = pair
    result, open_left = [], False  # whether the last piece may still be the left part of a merge
    for piece in pieces:
        if open_left and piece == right:
            result[-1] = left + right[2:]
            open_left = False
        else:
            result.append(piece)
            open_left = piece == left
    return result


def recursively(pieces, pair):
    if len(pieces) < 2:
        return tuple(pieces)
    if (pieces[0], pieces[1]) == tuple(pair):
        return (pair[0] + pair[1][2:], *recursively(pieces[2:], pair))
    return (pieces[0], *recursively(pieces[1:], pair))


def in_a_text_with_guards(pieces, pair):
    pattern = rf"(?<!\S){re.escape(pair[0])} {re.escape(pair[1])}(?!\S)"
    return re.sub(pattern, (pair[0] + pair[1][2:]).replace("\\", r"\\"), " ".join(pieces)).split()


def popped_from_a_copy(pieces, pair):
    pieces = list(pieces)
    place = 0
    while place < len(pieces) - 1:
        if pieces[place] == pair[0] and pieces[place + 1] == pair[1]:
            pieces[place] += pieces.pop(place + 1)[2:]
        place += 1
    return pieces


def with_an_iterator(pieces, pair):
    rest, result = iter(range(len(pieces))), []
    for place in rest:
        if pieces[place : place + 2] == list(pair):
            result.append("".join([pair[0], pair[1].removeprefix("##")]))
            next(rest)
        else:
            result.append(pieces[place])
    return result
