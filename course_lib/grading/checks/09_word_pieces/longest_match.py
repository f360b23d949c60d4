"""Verdict of `longest_match`: a word in the longest pieces that fit, or unknown as a whole."""

UNKNOWN = "[UNK]"


def draw(generator):
    """Words and vocabularies over few letters, so that much fits; fixed ones for every trap."""
    pieces = {"un", "##want", "##w", "##ed", "##e", "##d", "u", "##n", "wanted", "##wanted", "a", "##a"}
    cases = [
        _case("unwanted", {"un", "##want", "##w", "##ed", "u", "##n"}, 100),
        _case("unread", {"un", "##re", "##r", "u", "##n", "##e"}, 100),  # its end is not covered
        _case("xun", {"un", "##un", "u"}, 100),  # its beginning is not
        _case("abcd", {"ab", "a", "abc", "##cd", "##d", "##bcd"}, 100),
        _case(
            "abcde", {"abc", "ab", "a", "##cde", "##bcde", "##d"}, 100
        ),  # only a shorter start goes through
        _case("abcde", {"abc", "##de", "##cde", "##b", "a"}, 100),
        _case("abcde", {"abc", "##d", "##e", "ab", "##cde"}, 100),
        _case("wanted", pieces, 6),
        _case("wanted", pieces, 5),
        _case("o", {"##o", "a"}, 100),
        _case("aaaa", {"aaa", "##a", "aa", "##aa", "a"}, 100),
        _case("abab", {"a", "b", "ab", "##x"}, 100),  # what follows is there without ## alone
        _case("cab", {"##c", "##ab", "##a", "##b"}, 100),  # the beginning is there with ## alone
        _case("Cats", {"Ca", "##ts", "cat", "##s", "c"}, 100),
        _case("abbba", {"a", "abb", "##b", "##bba", "##bb", "##ba", "ab", "##a"}, 100),
    ]
    for length, letters, size, longest in ((7, "ab", 6, 100), (11, "ab", 13, 11), (17, "abc", 29, 23)):
        word = "".join(map(str, generator.choice(list(letters), length)))
        vocabulary = {*letters, *(f"##{letter}" for letter in letters)}
        for _ in range(size):
            start = int(generator.integers(length - 1))
            part = word[start : start + int(generator.integers(2, 5))]
            vocabulary.add(f"##{part}" if generator.random() < 0.7 else part)
        cases.append(_case(word, vocabulary, longest))
    return [*cases, _case(word, vocabulary, length - 1)]


def _case(word, vocabulary, max_length):
    return {"word": word, "vocabulary": set(vocabulary), "max_length": max_length}


def _is_unknown(case):
    return reference(**case) == [UNKNOWN]


CONDITIONS = {
    "a capital letter": lambda case: case["word"] != case["word"].lower(),
    "a word that the vocabulary holds": lambda case: reference(**case) == [case["word"]],
    "the end of a word is not covered": lambda case: (
        _is_unknown(case) and _covered(**case) and len(case["word"]) <= case["max_length"]
    ),
    "the beginning of a word is not covered": lambda case: (
        _is_unknown(case) and not _covered(**case) and len(case["word"]) > 1
    ),
    "a word as long as may be": lambda case: (
        len(case["word"]) == case["max_length"] and not _is_unknown(case)
    ),
    "a word one character too long": lambda case: len(case["word"]) == case["max_length"] + 1,
    "only a shorter piece would lead to the end": lambda case: (
        _is_unknown(case) and _backtracking(**case) != [UNKNOWN] and len(case["word"]) <= case["max_length"]
    ),
    "fewer pieces than by longest match": lambda case: len(_fewest(**case)) < len(reference(**case)),
    "a shorter piece that fits": lambda case: _shortest(**case) != reference(**case),
    "what follows is there without ## alone": lambda case: (
        _is_unknown(case) and _without_prefix(**case) != [UNKNOWN]
    ),
    "the beginning is there with ## alone": lambda case: (
        _is_unknown(case) and _prefix_everywhere(**case) != [UNKNOWN]
    ),
    "one character": lambda case: len(case["word"]) == 1,
    "three pieces and more": lambda case: len(reference(**case)) > 2,
}


def _match(word, vocabulary, max_length, prefixes=("", "##"), shortest=False):
    """The pieces, or those found so far and the place where nothing fits."""
    pieces, start = [], 0
    while start < len(word):
        stops = range(start + 1, len(word) + 1) if shortest else range(len(word), start, -1)
        prefix = prefixes[start > 0]
        stop = next((stop for stop in stops if prefix + word[start:stop] in vocabulary), None)
        if stop is None:
            return pieces, start
        pieces.append(prefix + word[start:stop])
        start = stop
    return pieces, None


def reference(word, vocabulary, max_length, **how):
    if len(word) > max_length:
        return [UNKNOWN]
    pieces, stuck = _match(word, vocabulary, max_length, **how)
    return [UNKNOWN] if stuck is not None else pieces


def _covered(word, vocabulary, max_length):
    return _match(word, vocabulary, max_length)[0]


def _unknown_for_the_rest(word, vocabulary, max_length):
    if len(word) > max_length:
        return [UNKNOWN]
    pieces, stuck = _match(word, vocabulary, max_length)
    return pieces if stuck is None else [*pieces, UNKNOWN]


def _unknown_for_characters(word, vocabulary, max_length, unknown=(UNKNOWN,)):
    """Where nothing fits, one character is unknown, and the search goes on behind it."""
    if len(word) > max_length:
        return [UNKNOWN]
    pieces, start = [], 0
    while start < len(word):
        prefix = "##" if start else ""
        stops = range(len(word), start, -1)
        stop = next((stop for stop in stops if prefix + word[start:stop] in vocabulary), None)
        pieces += unknown if stop is None else [prefix + word[start:stop]]
        start = start + 1 if stop is None else stop
    return pieces


def _rest_left_out(word, vocabulary, max_length):
    return [UNKNOWN] if len(word) > max_length else _match(word, vocabulary, max_length)[0]


def _uncovered_left_out(word, vocabulary, max_length):
    return _unknown_for_characters(word, vocabulary, max_length, unknown=())


def _shortest(word, vocabulary, max_length):
    return reference(word, vocabulary, max_length, shortest=True)


def _without_prefix(word, vocabulary, max_length):
    return reference(word, vocabulary, max_length, prefixes=("", ""))


def _without_prefix_written_with_it(word, vocabulary, max_length):
    first, *others = _without_prefix(word, vocabulary, max_length)
    return [first, *(f"##{piece}" for piece in others)]


def _prefix_everywhere(word, vocabulary, max_length):
    return reference(word, vocabulary, max_length, prefixes=("##", "##"))


def _prefix_not_returned(word, vocabulary, max_length):
    return [piece.removeprefix("##") for piece in reference(word, vocabulary, max_length)]


def _backtracking(word, vocabulary, max_length):
    def rest(start):
        if start == len(word):
            return []
        for stop in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary and (others := rest(stop)) is not None:
                return [piece, *others]
        return None

    pieces = None if len(word) > max_length else rest(0)
    return [UNKNOWN] if pieces is None else pieces


def _fewest(word, vocabulary, max_length, longest_last=False):
    """The split into the fewest pieces; of several the one whose last piece is shortest, or longest."""
    if len(word) > max_length:
        return [UNKNOWN]
    best = [[]] + [None] * len(word)
    for stop in range(1, len(word) + 1):
        starts = range(stop) if longest_last else range(stop - 1, -1, -1)
        for start in starts:
            piece = ("##" if start else "") + word[start:stop]
            if piece not in vocabulary or best[start] is None:
                continue
            if best[stop] is None or len(best[start]) + 1 < len(best[stop]):
                best[stop] = [*best[start], piece]
    return [UNKNOWN] if best[-1] is None else best[-1]


def _fewest_longest_last(word, vocabulary, max_length):
    return _fewest(word, vocabulary, max_length, longest_last=True)


def _from_the_end(word, vocabulary, max_length):
    if len(word) > max_length:
        return [UNKNOWN]
    pieces, stop = [], len(word)
    while stop > 0:
        start = next(
            (start for start in range(stop) if ("##" if start else "") + word[start:stop] in vocabulary), None
        )
        if start is None:
            return [UNKNOWN]
        pieces.append(("##" if start else "") + word[start:stop])
        stop = start
    return pieces[::-1]


def _length_ignored(word, vocabulary, max_length):
    return reference(word, vocabulary, len(word))


def _one_too_short(word, vocabulary, max_length):
    return reference(word, vocabulary, max_length - 1)


def _long_word_cut(word, vocabulary, max_length):
    return reference(word[:max_length], vocabulary, max_length)


def _whole_words_only(word, vocabulary, max_length):
    return [word] if word in vocabulary and len(word) <= max_length else [UNKNOWN]


MISTAKES = {
    "unknown_for_a_part": (_unknown_for_the_rest, _unknown_for_characters),
    "uncovered_left_out": (_rest_left_out, _uncovered_left_out),
    "shortest_match": _shortest,
    "looked_up_without_prefix": (_without_prefix, _without_prefix_written_with_it),
    "prefix_at_the_beginning": _prefix_everywhere,
    "prefix_not_returned": _prefix_not_returned,
    "goes_back": (_backtracking, _fewest, _fewest_longest_last),
    "from_the_end": _from_the_end,
    "length_ignored": (_length_ignored, _long_word_cut),
    "longest_word_refused": _one_too_short,
    "whole_words_only": _whole_words_only,
}
