"""Wrong answers to `merge_pair` beside its mutants."""


def _merge(pieces, pair):
    merged, place = [], 0
    while place < len(pieces):
        if tuple(pieces[place : place + 2]) == tuple(pair):
            merged.append(pair[0] + pair[1][2:])
            place += 2
        else:
            merged.append(pieces[place])
            place += 1
    return merged


def changed_nothing(pieces, pair):
    return list(pieces)


def changed_in_place(pieces, pair):
    place = 0
    while place < len(pieces) - 1:
        if (pieces[place], pieces[place + 1]) == pair:
            pieces[place : place + 2] = [pair[0] + pair[1][2:]]
        place += 1
    return pieces


def one_string(pieces, pair):
    return " ".join(_merge(pieces, pair))


def new_piece_forgotten(pieces, pair):
    return [piece for piece in _merge(pieces, pair) if piece != pair[0] + pair[1][2:]]


def last_only(pieces, pair):
    for place in range(len(pieces) - 2, -1, -1):
        if (pieces[place], pieces[place + 1]) == pair:
            return [*pieces[:place], pair[0] + pair[1][2:], *pieces[place + 2 :]]
    return pieces


def pair_nested(pieces, pair):
    merged = _merge(pieces, pair)
    return [list(pair) if piece == pair[0] + pair[1][2:] else piece for piece in merged]


def all_neighbours_merged(pieces, pair):
    return [left + right[2:] for left, right in zip(pieces[::2], [*pieces[1::2], ""], strict=False)]


def parts_of_pieces_merged__at_the_end_alone(pieces, pair):
    text = f" {' '.join(pieces)}".replace(f" {pair[0]} {pair[1]}", f" {pair[0]}{pair[1][2:]}")
    return text.split()


def prefix_kept_inside__in_a_stack(pieces, pair):
    result, is_open = [], False
    for piece in pieces:
        if is_open and piece == pair[1]:
            result[-1] += piece
            is_open = False
        else:
            result.append(piece)
            is_open = piece == pair[0]
    return result


def last_piece_lost__in_a_for_loop(pieces, pair):
    merged, skip = [], False
    for left, right in zip(pieces, pieces[1:], strict=False):
        if skip:
            skip = False
        elif (left, right) == pair:
            merged.append(left + right[2:])
            skip = True
        else:
            merged.append(left)
    return merged
