"""Wrong answers to `merge_pair`, each named after the mistake it makes."""


def _merge(pieces, matches, join, step=2):
    merged, place = [], 0
    while place < len(pieces):
        if place + 1 < len(pieces) and matches(pieces[place], pieces[place + 1]):
            merged.append(join(pieces[place], pieces[place + 1]))
            place += step
        else:
            merged.append(pieces[place])
            place += 1
    return merged


def _join(left, right):
    return left + right.removeprefix("##")


def piece_used_twice(pieces, pair):
    merged, was_merged = [], False
    for place, piece in enumerate(pieces):
        if tuple(pieces[place : place + 2]) == pair:
            merged.append(_join(*pair))
            was_merged = True
        else:
            merged += [] if was_merged else [piece]
            was_merged = False
    return merged


def right_not_skipped(pieces, pair):
    return _merge(pieces, lambda *both: both == pair, _join, step=1)


def first_only(pieces, pair):
    for place in range(len(pieces) - 1):
        if (pieces[place], pieces[place + 1]) == pair:
            return [*pieces[:place], _join(*pair), *pieces[place + 2 :]]
    return pieces


def from_the_right(pieces, pair):
    left, right = pair
    backwards = _merge(pieces[::-1], lambda *both: both == (right, left), lambda b, a: _join(a, b))
    return backwards[::-1]


def prefix_kept_inside(pieces, pair):
    return _merge(pieces, lambda *both: both == pair, lambda left, right: left + right)


def prefix_lost(pieces, pair):
    return _merge(pieces, lambda *both: both == pair, lambda *both: "".join(both).replace("##", ""))


def prefix_always(pieces, pair):
    return _merge(pieces, lambda *both: both == pair, lambda *both: "##" + "".join(both).replace("##", ""))


def either_order(pieces, pair):
    return _merge(pieces, lambda *both: sorted(both) == sorted(pair), _join)


def prefix_ignored(pieces, pair):
    def bare(left, right):
        return left.replace("##", ""), right.replace("##", "")

    return _merge(pieces, lambda *both: bare(*both) == bare(*pair), _join)


def parts_of_pieces_merged(pieces, pair):
    return " ".join(pieces).replace(" ".join(pair), _join(*pair)).split(" ")


def last_piece_lost(pieces, pair):
    merged, place = [], 0
    while place < len(pieces) - 1:
        if (pieces[place], pieces[place + 1]) == pair:
            merged.append(_join(*pair))
            place += 1
        else:
            merged.append(pieces[place])
        place += 1
    return merged
