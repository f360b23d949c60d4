"""Verdict of `pair_scores`: how often two pieces stand side by side, alone and over what each occurs."""

from collections import Counter

EXAMPLE = {("t", "##h", "##e"): 9, ("t", "##h", "##a", "##t"): 5, ("q", "##u"): 1, ("a",): 7}
REPEATS = {
    ("b", "##a", "##a", "##a"): 3,
    ("x", "##a", "##b", "##a", "##b"): 2,
    ("a", "##b"): 1,
    ("a",): 5,
}


def draw(generator):
    """Words over few letters, so that pieces and pairs come again; counts of very different size."""
    cases = [{"word_counts": EXAMPLE}, {"word_counts": REPEATS}, {"word_counts": {("o",): 4}}]
    for num_words, letters, largest in (
        (3, "ab", 5),
        (7, "abc", 13),
        (13, "abcde", 97),
        (23, "abcdefg", 997),
    ):
        word_counts = {}
        for _ in range(num_words):
            word = [str(letter) for letter in generator.choice(list(letters), int(generator.integers(1, 7)))]
            pieces = _with_prefixes(_joined(word, generator))
            word_counts[pieces] = int(generator.integers(2, largest))
        word_counts[("z", "##z")] = int(generator.integers(2, largest))
        cases.append({"word_counts": word_counts})
    return cases


def _joined(letters, generator):
    """Some neighbours made one piece, as after earlier merges."""
    pieces = [letters[0]]
    for letter in letters[1:]:
        if generator.random() < 0.2:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _with_prefixes(pieces):
    return (pieces[0], *(f"##{piece}" for piece in pieces[1:]))


def _pairs(pieces):
    return list(zip(pieces, pieces[1:], strict=False))


CONDITIONS = {
    "words that occur several times": lambda case: max(case["word_counts"].values()) > 1,
    "words of one piece alone": lambda case: all(len(pieces) == 1 for pieces in case["word_counts"]),
    "a word of one piece beside others": lambda case: (
        {1} < {min(2, len(pieces)) for pieces in case["word_counts"]}
    ),
    "a pair twice in one word": lambda case: any(
        max(Counter(_pairs(pieces)).values(), default=0) > 1 for pieces in case["word_counts"]
    ),
    "a piece that follows itself twice": lambda case: any(
        pieces[place] == pieces[place - 1] == pieces[place - 2]
        for pieces in case["word_counts"]
        for place in range(2, len(pieces))
    ),
    "the same letter at the beginning and inside": lambda case: any(
        f"##{pieces[0]}" in other for pieces in case["word_counts"] for other in case["word_counts"]
    ),
    "a pair in several words": lambda case: (
        max(
            Counter(pair for pieces in case["word_counts"] for pair in set(_pairs(pieces))).values(),
            default=0,
        )
        > 1
    ),
    "a piece that is a word and part of one": lambda case: any(
        len(pieces) == 1 and any(pieces[0] == other[0] and len(other) > 1 for other in case["word_counts"])
        for pieces in case["word_counts"]
    ),
    "pieces of several letters": lambda case: any(
        len(piece.removeprefix("##")) > 1 for pieces in case["word_counts"] for piece in pieces
    ),
}


def _counts(word_counts, pairs_of=_pairs, is_weighted=True, singles_weighted=None):
    singles_weighted = is_weighted if singles_weighted is None else singles_weighted
    singles, pairs = Counter(), Counter()
    for pieces, count in word_counts.items():
        for piece in pieces:
            singles[piece] += count if singles_weighted else 1
        for pair in pairs_of(pieces):
            pairs[pair] += count if is_weighted else 1
    return singles, pairs


def _scores(singles, pairs, score=lambda pair, left, right: pair / (left * right)):
    return {
        (left, right): (float(count), score(count, singles[left], singles[right]))
        for (left, right), count in pairs.items()
    }


def reference(word_counts):
    return _scores(*_counts(word_counts))


def _each_word_once(word_counts):
    return _scores(*_counts(word_counts, is_weighted=False))


def _singles_each_word_once(word_counts):
    return _scores(*_counts(word_counts, singles_weighted=False))


def _pairs_each_word_once(word_counts):
    return _scores(*_counts(word_counts, is_weighted=False, singles_weighted=True))


def _with_score(score):
    return lambda word_counts: _scores(*_counts(word_counts), score)


def _once_a_word(word_counts):
    return _scores(*_counts(word_counts, lambda pieces: set(_pairs(pieces))))


def _without_overlap(pieces):
    pairs, last = [], None
    for place, pair in enumerate(_pairs(pieces)):
        if pairs and pair == pairs[-1] and last == place - 1:
            continue
        pairs.append(pair)
        last = place
    return pairs


def _not_overlapping(word_counts):
    return _scores(*_counts(word_counts, _without_overlap))


def _every_second(word_counts):
    """Neighbours 1 and 2, 3 and 4, …: no piece is in two pairs."""
    return _scores(*_counts(word_counts, lambda pieces: _pairs(pieces)[::2]))


def _across_words(word_counts):
    singles, pairs = _counts(word_counts)
    words = list(word_counts)
    for before, after in zip(words, words[1:], strict=False):
        pairs[before[-1], after[0]] += 1
    return _scores(singles, pairs)


def _across_words_of_one_row(word_counts):
    """All pieces put into one row, each word as often as it occurs."""
    row = [piece for pieces, count in word_counts.items() for piece in pieces * int(count)]
    return _scores(Counter(row), Counter(_pairs(row)))


def _prefix_ignored(word_counts):
    bare = Counter()
    singles = Counter()
    for pieces, count in word_counts.items():
        for piece in pieces:
            singles[piece.removeprefix("##")] += count
        for left, right in _pairs(pieces):
            bare[left, right] += count
    return {
        (left, right): (float(count), count / (singles[left.removeprefix("##")] * singles[right[2:]]))
        for (left, right), count in bare.items()
    }


def _prefix_ignored_everywhere(word_counts):
    bare = Counter()
    for pieces, count in word_counts.items():
        bare[tuple(piece.removeprefix("##") for piece in pieces)] += count
    return reference(bare)


def _singles_from_pairs(word_counts):
    """Counts of left parts and of right parts among the pairs, not of pieces in the text."""
    _, pairs = _counts(word_counts)
    lefts, rights = Counter(), Counter()
    for (left, right), count in pairs.items():
        lefts[left] += count
        rights[right] += count
    return {
        (left, right): (float(count), count / (lefts[left] * rights[right]))
        for (left, right), count in pairs.items()
    }


def _words_of_several_pieces(word_counts):
    """Words of one piece, which have no pair, are left out of all counts."""
    return reference({pieces: count for pieces, count in word_counts.items() if len(pieces) > 1})


def _relative(word_counts):
    """Shares of all pieces and of all pairs in the place of counts."""
    singles, pairs = _counts(word_counts)
    num_pieces, num_pairs = sum(singles.values()), sum(pairs.values())
    return {
        (left, right): (
            float(count),
            (count / num_pairs) / (singles[left] / num_pieces * singles[right] / num_pieces),
        )
        for (left, right), count in pairs.items()
    }


def _shares_of_pieces(word_counts):
    singles, pairs = _counts(word_counts)
    total = sum(singles.values())
    return _scores(singles, pairs, lambda pair, left, right: total * pair / (left * right))


def _swapped(word_counts):
    return {pair: scores[::-1] for pair, scores in reference(word_counts).items()}


MISTAKES = {
    "word_counts_ignored": (_each_word_once, _singles_each_word_once, _pairs_each_word_once),
    "denominator_added": _with_score(lambda pair, left, right: pair / (left + right)),
    "one_part_alone": (
        _with_score(lambda pair, left, right: pair / left),
        _with_score(lambda pair, left, right: pair / right),
    ),
    "pair_once_a_word": _once_a_word,
    "overlap_not_counted": (_not_overlapping, _every_second),
    "across_words": (_across_words, _across_words_of_one_row),
    "prefix_ignored": (_prefix_ignored, _prefix_ignored_everywhere),
    "parts_counted_in_pairs": (_singles_from_pairs, _words_of_several_pieces),
    "shares_for_counts": (_relative, _shares_of_pieces),
    "scores_swapped": _swapped,
}
