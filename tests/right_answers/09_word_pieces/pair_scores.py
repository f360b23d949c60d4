"""Right answers to `pair_scores` in other styles."""

from collections import Counter, defaultdict
from fractions import Fraction

import numpy as np


def with_counters(word_counts):
    singles, pairs = Counter(), Counter()
    for pieces, count in word_counts.items():
        for piece in pieces:
            singles[piece] += count
        for pair in zip(pieces[:-1], pieces[1:], strict=True):
            pairs[pair] += count
    return {pair: [count, count / singles[pair[0]] / singles[pair[1]]] for pair, count in pairs.items()}


def by_places(word_counts):
    singles, pairs = defaultdict(int), defaultdict(int)
    for pieces, count in word_counts.items():
        for place in range(len(pieces)):
            singles[pieces[place]] += count
            if place:
                pairs[pieces[place - 1], pieces[place]] += count
    result = defaultdict(tuple)
    for pair in sorted(pairs):
        result[pair] = (float(pairs[pair]), pairs[pair] / (singles[pair[0]] * singles[pair[1]]))
    return result


def with_matrices(word_counts):
    pieces = sorted({piece for word in word_counts for piece in word})
    ids = {piece: number for number, piece in enumerate(pieces)}
    pairs, singles = np.zeros((len(pieces), len(pieces))), np.zeros(len(pieces))
    for word, count in word_counts.items():
        row = [ids[piece] for piece in word]
        np.add.at(singles, row, count)
        np.add.at(pairs, (row[:-1], row[1:]), count)
    scores = pairs / np.outer(singles, singles)
    return {
        (pieces[a], pieces[b]): (pairs[a, b], scores[a, b]) for a, b in zip(*np.nonzero(pairs), strict=True)
    }


def in_exact_fractions(word_counts):
    words = [word for word, count in word_counts.items() for _ in range(count)]
    singles = Counter(piece for word in words for piece in word)
    pairs = Counter((word[i], word[i + 1]) for word in words for i in range(len(word) - 1))
    return {(a, b): (n, Fraction(n, singles[a] * singles[b])) for (a, b), n in pairs.items()}
