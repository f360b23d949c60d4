"""Verdict of `merge_pair`: two neighbours made one, wherever they stand."""


def draw(generator):
    """Words over few letters with a pair that stands in them; fixed ones for every trap."""
    cases = [
        _case("t ##h ##e", "t ##h"),
        _case("b ##a ##a ##a ##n", "##a ##a"),
        _case("##h t ##h ##t ##h", "t ##h"),
        _case("ba ##c ##ba ##c a ##c", "a ##c"),
        _case("t ##he ##h", "t ##h"),
        _case("c ##a ##t ##a ##t", "##a ##t"),
        _case("a ##b ##a ##b", "##a ##b"),
        _case("o", "o ##o"),
        _case("x ##y ##x", "##y ##x"),
        _case("d ##o ##g", "##g ##o"),
        _case("c ### ##x", "c ###"),
        _case("a ####", "a ####"),
        _case("th ##e", "t ##he"),
    ]
    for length, letters in ((3, "ab"), (7, "ab"), (13, "abc"), (19, "ab")):
        word = [str(letter) for letter in generator.choice(list(letters), length)]
        pieces = [word[0], *(f"##{letter}" for letter in word[1:])]
        place = int(generator.integers(length - 1))
        cases.append({"pieces": pieces, "pair": (pieces[place], pieces[place + 1])})
    return cases


def _case(pieces, pair):
    return {"pieces": pieces.split(), "pair": tuple(pair.split())}


def _pairs(case):
    return list(zip(case["pieces"], case["pieces"][1:], strict=False))


CONDITIONS = {
    "a # inside the word": lambda case: "###" in case["pieces"],
    "two of them": lambda case: "####" in case["pieces"],
    "the pair's letters, cut elsewhere": lambda case: case["pair"] == ("t", "##he"),
    "the pair stands twice": lambda case: _pairs(case).count(case["pair"]) > 1,
    "the pair overlaps itself": lambda case: (
        case["pair"][0] == case["pair"][1] and _pairs(case).count(case["pair"]) > 1
    ),
    "the pair does not stand there": lambda case: (
        case["pair"] not in _pairs(case) and len(case["pieces"]) > 1
    ),
    "one piece": lambda case: len(case["pieces"]) == 1,
    "the pair stands at the end": lambda case: _pairs(case)[-1:] == [case["pair"]],
    "the last piece is not of the pair": lambda case: (
        case["pair"] in _pairs(case) and _pairs(case)[-1] != case["pair"]
    ),
    "the two in the other order": lambda case: (
        case["pair"][::-1] in _pairs(case) and case["pair"][0] != case["pair"][1]
    ),
    "the same letters with ## where the pair has none": lambda case: (
        (f"##{case['pair'][0]}", case["pair"][1]) in _pairs(case)
    ),
    "pieces that end or begin as the pair does": lambda case: any(
        left.endswith(case["pair"][0])
        and right.startswith(case["pair"][1])
        and (left, right) != case["pair"]
        and not left.startswith("##")
        for left, right in _pairs(case)
    ),
    "both parts have ##": lambda case: case["pair"][0].startswith("##") and case["pair"] in _pairs(case),
    "the left part has no ##": lambda case: (
        not case["pair"][0].startswith("##") and case["pair"] in _pairs(case)
    ),
}


def _joined(left, right):
    return left + right.removeprefix("##")


def reference(pieces, pair, join=_joined, matches=None, step=2, at_most=None):
    matches = matches or (lambda left, right: (left, right) == tuple(pair))
    merged, place, done = [], 0, 0
    while place < len(pieces):
        fits = place + 1 < len(pieces) and matches(pieces[place], pieces[place + 1])
        if fits and (at_most is None or done < at_most):
            merged.append(join(pieces[place], pieces[place + 1]))
            place, done = place + step, done + 1
        else:
            merged.append(pieces[place])
            place += 1
    return merged


def _piece_used_twice(pieces, pair):
    """Every place of the pair gives a merged piece, overlapping ones too."""
    fits = [before == tuple(pair) for before in zip(pieces, pieces[1:], strict=False)]
    merged = []
    for place, piece in enumerate(pieces):
        if place < len(fits) and fits[place]:
            merged.append(_joined(*pair))
        elif not (place and fits[place - 1]):
            merged.append(piece)
    return merged


def _first_only(pieces, pair):
    return reference(pieces, pair, at_most=1)


def _right_not_skipped(pieces, pair):
    return reference(pieces, pair, step=1)


def _from_the_right(pieces, pair):
    merged, place = [], len(pieces)
    while place > 0:
        if place > 1 and tuple(pieces[place - 2 : place]) == tuple(pair):
            merged.append(_joined(*pair))
            place -= 2
        else:
            merged.append(pieces[place - 1])
            place -= 1
    return merged[::-1]


def _prefix_kept_inside(pieces, pair):
    return reference(pieces, pair, join=lambda left, right: left + right)


def _prefix_lost(pieces, pair):
    return reference(pieces, pair, join=lambda left, right: (left + right).replace("##", ""))


def _prefix_alone(pieces, pair):
    return reference(pieces, pair, join=lambda left, right: "##" + (left + right).replace("##", ""))


def _prefix_always(pieces, pair):
    return reference(
        pieces, pair, join=lambda left, right: f"##{left.removeprefix('##')}{right.removeprefix('##')}"
    )


def _either_order(pieces, pair):
    return reference(pieces, pair, matches=lambda left, right: {left, right} == set(pair))


def _either_order_as_the_pair(pieces, pair):
    return reference(
        pieces,
        pair,
        join=lambda left, right: _joined(*pair),
        matches=lambda left, right: (left, right) in (tuple(pair), tuple(pair)[::-1]),
    )


def _prefix_ignored(pieces, pair):
    bare = [part.removeprefix("##") for part in pair]
    return reference(
        pieces,
        pair,
        matches=lambda left, right: [left.removeprefix("##"), right.removeprefix("##")] == bare,
    )


def _prefix_ignored_as_the_pair(pieces, pair):
    bare = [part.removeprefix("##") for part in pair]
    return reference(
        pieces,
        pair,
        join=lambda left, right: _joined(*pair),
        matches=lambda left, right: [left.removeprefix("##"), right.removeprefix("##")] == bare,
    )


def _replaced_in_a_text(pieces, pair):
    return " ".join(pieces).replace(" ".join(pair), _joined(*pair)).split()


def _replaced_behind_a_space(pieces, pair):
    """The beginning of the pair is guarded, its end is not."""
    return f" {' '.join(pieces)}".replace(f" {' '.join(pair)}", f" {_joined(*pair)}").split()


def _replaced_before_a_space(pieces, pair):
    return f"{' '.join(pieces)} ".replace(f"{' '.join(pair)} ", f"{_joined(*pair)} ").split()


def _last_piece_lost(pieces, pair):
    """A loop over all places but the last: where the last pair is not merged, its right piece is gone."""
    merged, place = [], 0
    while place < len(pieces) - 1:
        if tuple(pieces[place : place + 2]) == tuple(pair):
            merged.append(_joined(*pair))
            place += 2
        else:
            merged.append(pieces[place])
            place += 1
    return merged


MISTAKES = {
    "piece_used_twice": _piece_used_twice,
    "right_not_skipped": _right_not_skipped,
    "first_only": _first_only,
    "from_the_right": _from_the_right,
    "prefix_kept_inside": _prefix_kept_inside,
    "prefix_lost": _prefix_lost,
    "prefix_always": (_prefix_always, _prefix_alone),
    "either_order": (_either_order, _either_order_as_the_pair),
    "prefix_ignored": (_prefix_ignored, _prefix_ignored_as_the_pair),
    "parts_of_pieces_merged": (_replaced_in_a_text, _replaced_behind_a_space, _replaced_before_a_space),
    "last_piece_lost": _last_piece_lost,
}
