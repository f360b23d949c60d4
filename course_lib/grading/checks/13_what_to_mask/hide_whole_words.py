"""Verdict of `hide_whole_words`: all pieces of a word or none, as many tokens as the share allows."""

SPECIAL = ("[CLS]", "[SEP]", "[PAD]")
STEMS = ("ka", "lo", "mi", "ru", "to", "ve", "si", "na", "po", "du", "fe", "gi", "ha")


def draw(generator):
    """Sequences of words of one to four pieces; shares under which no product is a whole number."""
    cases = []
    for sizes, split, padding, share in (
        ((1, 3, 1, 2), None, 0, 0.47),
        ((2, 1, 1, 3, 1, 1, 2), 3, 2, 0.33),
        ((1, 1, 4, 1, 2, 1, 1, 1, 3, 1, 1), 5, 0, 0.29),
        ((1,) * 7 + (4, 3, 2, 1, 1), None, 3, 0.153),
        ((3, 4, 2, 3, 4), 2, 1, 0.43),
        ((1, 2) * 8, 7, 0, 0.83),
        ((4, 4, 3), None, 2, 0.153),
        ((2, 1, 2, 1, 1, 3), 2, 0, 0.61),
    ):
        tokens = ["[CLS]"]
        for number, size in enumerate(sizes):
            if number == split:
                tokens.append("[SEP]")
            stems = [STEMS[index] for index in generator.integers(0, len(STEMS), size)]
            tokens += [stems[0], *("##" + stem for stem in stems[1:])]
        tokens += ["[SEP]"] + ["[PAD]"] * padding
        if len(sizes) in (7, 6):  # a text that was cut begins inside a word
            behind = [at + 1 for at, token in enumerate(tokens) if token in SPECIAL[:2]][:-1]
            for at in behind if len(sizes) == 6 else behind[-1:]:
                tokens[at] = "##" + tokens[at]
        order = generator.permutation(len(sizes)).tolist()
        cases.append({"tokens": tokens, "order": order, "share": share})
    fixed = ["[CLS]", "ka", "##lo", "##mi", "ru", "to", "ve", "[SEP]"]
    cases.append({"tokens": fixed, "order": [1, 0, 2, 3], "share": 0.55})
    cases.append({"tokens": fixed, "order": [2, 0, 3, 1], "share": 0.7})
    cases.append({"tokens": fixed, "order": [1, 0, 2, 3], "share": 0.1})
    odd = ["[CLS]", "ka", "##lo", "[UNK]", "[", "#", "ru", "[SEP]"]
    cases.append({"tokens": odd, "order": [1, 3, 0, 2, 4], "share": 0.55})
    return cases


def _is_special(tokens):
    return [token in SPECIAL for token in tokens]


def _words(tokens):
    """Positions of each word; a piece behind a special token begins one."""
    words, goes_on = [], False
    for at, token in enumerate(tokens):
        if token in SPECIAL:
            goes_on = False
        elif token.startswith("##") and goes_on:
            words[-1].append(at)
        else:
            words.append([at])
            goes_on = True
    return words


def _sizes_met(case):
    """Of each word, in its turn: its size, and what was left when it came."""
    words, room = _words(case["tokens"]), case["share"] * _num_pieces(case["tokens"])
    met = []
    for number in case["order"]:
        size = len(words[number])
        met.append((size, room))
        room -= size * (size <= room)
    return met


def _num_pieces(tokens):
    return sum(not special for special in _is_special(tokens))


CONDITIONS = {
    "a share of less than one token": lambda case: case["share"] * _num_pieces(case["tokens"]) < 1,
    "tokens that only look special, or like a part": lambda case: "#" in case["tokens"],
    "a word of several pieces is hidden": lambda case: any(
        1 < size <= room for size, room in _sizes_met(case)
    ),
    "a word that does not fit, and behind it one that does": lambda case: any(
        size > room and any(later <= left for later, left in _sizes_met(case)[at + 1 :])
        for at, (size, room) in enumerate(_sizes_met(case))
    ),
    "no word fits": lambda case: not any(reference(**case)),
    "two segments": lambda case: case["tokens"].count("[SEP]") > 1,
    "one segment": lambda case: case["tokens"].count("[SEP]") == 1,
    "padding": lambda case: "[PAD]" in case["tokens"],
    "no padding": lambda case: "[PAD]" not in case["tokens"],
    "a piece behind a special token": lambda case: any(
        one in SPECIAL and other.startswith("##")
        for one, other in zip(case["tokens"], case["tokens"][1:], strict=False)
    ),
    "the first of all words begins with ##": lambda case: case["tokens"][1].startswith("##"),
    "a share of about 15 %": lambda case: case["share"] == 0.153,
    "a share above one half": lambda case: case["share"] > 0.5,
}


def _choosing(words=_words, room=None, stops=False, cuts=False, overshoots=False, order_of=None):
    """The answer, with parts exchanged."""

    def answer(tokens, order, share):
        found = words(tokens)
        left = (room or _share_of_pieces)(tokens, share)
        hidden = [False] * len(tokens)
        for number in (order_of or _as_given)(order):
            if overshoots:
                if left < 1:
                    break
                taken = found[number]
            elif cuts:
                taken = found[number][: int(left)]
            elif len(found[number]) <= left:
                taken = found[number]
            elif stops:
                break
            else:
                continue
            left -= len(taken)
            for at in taken:
                hidden[at] = True
        return hidden

    return answer


def _as_given(order):
    return order


def _share_of_pieces(tokens, share):
    return share * _num_pieces(tokens)


reference = _choosing()


def _by_words(tokens, order, share):
    words, hidden = _words(tokens), [False] * len(tokens)
    for number in order[: int(share * len(words))]:
        for at in words[number]:
            hidden[at] = True
    return hidden


def _joined_over_special(tokens):
    """A piece goes on with the last word, whatever stands between."""
    words = []
    for at, token in enumerate(tokens):
        if token in SPECIAL:
            continue
        if token.startswith("##") and words:
            words[-1].append(at)
        else:
            words.append([at])
    return words


def _joined_or_raises(tokens):
    words = []
    for at, token in enumerate(tokens):
        if token.startswith("##"):
            words[-1].append(at)
        elif token not in SPECIAL:
            words.append([at])
    return words


def _joined_or_left_out(tokens):
    """A piece behind a special token is of no word."""
    words, goes_on = [], False
    for at, token in enumerate(tokens):
        if token in SPECIAL:
            goes_on = False
        elif token.startswith("##"):
            if goes_on:
                words[-1].append(at)
        else:
            words.append([at])
            goes_on = True
    return words


def _every_piece(tokens):
    return [[at] for at, special in enumerate(_is_special(tokens)) if not special]


def _first_pieces(tokens):
    return [word[:1] for word in _words(tokens)]


def _special_numbered(tokens):
    words = []
    for at, token in enumerate(tokens):
        if token.startswith("##") and words:
            words[-1].append(at)
        else:
            words.append([at])
    return words


def _kept(tokens, order, share):
    return [not hidden for hidden in reference(tokens, order, share)]


MISTAKES = {
    "share_of_words": (_by_words, _choosing(room=lambda tokens, share: share * len(_words(tokens)))),
    "special_tokens_counted": (
        _choosing(room=lambda tokens, share: share * len(tokens)),
        _choosing(room=lambda tokens, share: share * sum(token != "[PAD]" for token in tokens)),
    ),
    "pieces_by_themselves": _choosing(words=_every_piece),
    "first_pieces_alone": (
        _choosing(words=_first_pieces),
        _choosing(words=_first_pieces, stops=True),
    ),
    "joined_over_a_special_token": (
        _choosing(words=_joined_over_special),
        _choosing(words=_joined_or_raises),
        _choosing(words=_joined_or_left_out),
    ),
    "special_tokens_numbered": (
        _choosing(words=_special_numbered),
        _choosing(words=lambda tokens: [[], *_words(tokens)]),
    ),
    "more_than_the_share": _choosing(overshoots=True),
    "word_cut": _choosing(cuts=True),
    "stops_at_the_first_too_long": _choosing(stops=True),
    "order_ignored": (_choosing(order_of=sorted), _choosing(order_of=lambda order: range(len(order))[::-1])),
    "kept_marked": _kept,
}
