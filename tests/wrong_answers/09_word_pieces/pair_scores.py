"""Wrong answers to `pair_scores` beside its mutants."""

import math
from collections import Counter


def _tables(word_counts):
    singles, pairs = Counter(), Counter()
    for pieces, count in word_counts.items():
        for piece in pieces:
            singles[piece] += count
        for pair in zip(pieces, pieces[1:], strict=False):
            pairs[pair] += count
    return singles, pairs


def _scores(singles, pairs, score):
    return {(a, b): (count, score(count, singles[a], singles[b])) for (a, b), count in pairs.items()}


def logarithm_taken(word_counts):
    return _scores(*_tables(word_counts), lambda n, a, b: math.log(n / (a * b)))


def root_of_the_product(word_counts):
    return _scores(*_tables(word_counts), lambda n, a, b: n / math.sqrt(a * b))


def the_score_alone(word_counts):
    singles, pairs = _tables(word_counts)
    return {(a, b): n / (singles[a] * singles[b]) for (a, b), n in pairs.items()}


def pairs_in_any_order(word_counts):
    singles, pairs = _tables(word_counts)
    both = Counter()
    for (a, b), n in pairs.items():
        both[a, b] += n
        both[b, a] += n
    return _scores(singles, both, lambda n, a, b: n / (a * b))


def pairs_joined(word_counts):
    singles, pairs = _tables(word_counts)
    return {a + b.removeprefix("##"): (n, n / (singles[a] * singles[b])) for (a, b), n in pairs.items()}


def frequent_pairs_only(word_counts):
    singles, pairs = _tables(word_counts)
    return _scores(singles, {p: n for p, n in pairs.items() if n > 2}, lambda n, a, b: n / (a * b))


def two_apart(word_counts):
    singles, pairs = _tables(word_counts)[0], Counter()
    for pieces, count in word_counts.items():
        for pair in zip(pieces, pieces[2:], strict=False):
            pairs[pair] += count
    return _scores(singles, pairs, lambda n, a, b: n / (a * b))


def last_word_only(word_counts):
    word = list(word_counts)[-1]
    return _scores(*_tables({word: word_counts[word]}), lambda n, a, b: n / (a * b))


def word_counts_ignored__in_the_pairs_alone(word_counts):
    singles, pairs = _tables(word_counts)[0], Counter()
    for pieces in word_counts:
        pairs.update(zip(pieces, pieces[1:], strict=False))
    return _scores(singles, pairs, lambda n, a, b: n / (a * b))


def word_counts_ignored__in_the_pieces_alone(word_counts):
    singles = Counter(piece for pieces in word_counts for piece in pieces)
    return _scores(singles, _tables(word_counts)[1], lambda n, a, b: n / (a * b))


def one_part_alone__the_right_one(word_counts):
    return _scores(*_tables(word_counts), lambda n, a, b: n / b)
