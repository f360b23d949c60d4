import collections
import itertools
import math

import numpy as np


def right_1(word_counts):
    """Two counters, filled word by word."""
    pieces = collections.Counter()
    pairs = collections.Counter()
    for word, count in word_counts.items():
        for piece in word:
            pieces[piece] += count
        for left, right in zip(word, word[1:]):
            pairs[left, right] += count
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items() if n}


def right_2(word_counts):
    """Plain dicts and indices."""
    single, double = {}, {}
    for word in word_counts:
        times = word_counts[word]
        for i in range(len(word)):
            single[word[i]] = single.get(word[i], 0) + times
            if i > 0:
                pair = (word[i - 1], word[i])
                double[pair] = double.get(pair, 0) + times
    result = {}
    for pair in double:
        if double[pair] > 0:
            result[pair] = (double[pair], double[pair] / single[pair[0]] / single[pair[1]])
    return result


def right_3(word_counts):
    """NumPy: a matrix of pairs over numbered pieces."""
    names = sorted({piece for word in word_counts for piece in word})
    number = {name: i for i, name in enumerate(names)}
    totals = np.zeros(len(names), dtype=np.int64)
    matrix = np.zeros((len(names), len(names)), dtype=np.int64)
    for word, count in word_counts.items():
        ids = np.array([number[piece] for piece in word], dtype=np.int64)
        np.add.at(totals, ids, count)
        np.add.at(matrix, (ids[:-1], ids[1:]), count)
    result = {}
    for i, j in zip(*np.nonzero(matrix)):
        score = matrix[i, j] / (float(totals[i]) * float(totals[j]))
        result[names[i], names[j]] = (int(matrix[i, j]), float(score))
    return result


def right_4(word_counts):
    """Pair by pair: for each of them, all the words are counted anew."""
    words = [(list(word), count) for word, count in word_counts.items() if count]
    found = {pair for word, _ in words for pair in itertools.pairwise(word)}

    def count_piece(piece):
        return sum(count * word.count(piece) for word, count in words)

    def count_pair(pair):
        return sum(count * list(itertools.pairwise(word)).count(pair) for word, count in words)

    return {p: (count_pair(p), count_pair(p) / (count_piece(p[0]) * count_piece(p[1]))) for p in found}


def _count(word_counts):
    pieces, pairs = collections.Counter(), collections.Counter()
    for word, count in word_counts.items():
        for piece in word:
            pieces[piece] += count
        for pair in zip(word, word[1:]):
            pairs[pair] += count
    return pieces, pairs


def wrong_1(word_counts):
    """Every word of the dict counts once. Wrong on: words that occur more than once."""
    pieces, pairs = _count({word: 1 for word in word_counts})
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_2(word_counts):
    """Pairs are counted in the text, their parts in the dict's words. Wrong on: counts above 1."""
    _, pairs = _count(word_counts)
    pieces = collections.Counter(piece for word in word_counts for piece in word)
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_3(word_counts):
    """A pair counts once in a word. Wrong on: b ##a ##a ##a, and any word with a repeated pair."""
    pieces, _ = _count(word_counts)
    pairs = collections.Counter()
    for word, count in word_counts.items():
        for pair in set(zip(word, word[1:])):
            pairs[pair] += count
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_4(word_counts):
    """A piece counts once in a word. Wrong on: words with a repeated piece."""
    pieces, (_, pairs) = collections.Counter(), _count(word_counts)
    for word, count in word_counts.items():
        pieces.update({piece: count for piece in set(word)})
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_5(word_counts):
    """Counts a as a left part only, b as a right one. Wrong on: a ##b with ##b ##c elsewhere, ("a",)."""
    lefts, rights, pairs = collections.Counter(), collections.Counter(), collections.Counter()
    for word, count in word_counts.items():
        for a, b in zip(word, word[1:]):
            lefts[a] += count
            rights[b] += count
            pairs[a, b] += count
    return {(a, b): (n, n / (lefts[a] * rights[b])) for (a, b), n in pairs.items()}


def wrong_6(word_counts):
    """Divides by the sum of the counts instead of their product. Wrong on: all but a few counts."""
    pieces, pairs = _count(word_counts)
    return {p: (pairs[p], pairs[p] / (pieces[p[0]] + pieces[p[1]])) for p in pairs}


def wrong_7(word_counts):
    """The parts are counted without their ##. Wrong on: texts with both a and ##a."""
    _, pairs = _count(word_counts)
    letters = collections.Counter()
    for word, count in word_counts.items():
        for piece in word:
            letters[piece.removeprefix("##")] += count
    result = {}
    for (a, b), n in pairs.items():
        result[a, b] = (n, n / (letters[a.removeprefix("##")] * letters[b.removeprefix("##")]))
    return result


def wrong_8(word_counts):
    """Words of one piece are skipped before their piece is counted. Wrong on: a word like ("a",)."""
    pieces, pairs = collections.defaultdict(int), collections.defaultdict(int)
    for word, count in word_counts.items():
        if len(word) < 2:
            continue
        for piece in word:
            pieces[piece] += count
        for i in range(len(word) - 1):
            pairs[word[i], word[i + 1]] += count
    return {p: (n, n / (pieces[p[0]] * pieces[p[1]])) for p, n in pairs.items()}


def wrong_9(word_counts):
    """Pairs that overlap are counted as merges would use them. Wrong on: b ##a ##a ##a."""
    pieces, _ = _count(word_counts)
    pairs = collections.Counter()
    for word, count in word_counts.items():
        last = {}
        for i, pair in enumerate(zip(word, word[1:])):
            if last.get(pair) == i - 1:
                continue
            last[pair] = i
            pairs[pair] += count
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_10(word_counts):
    """All pairs of pieces, also those that never are neighbours. Wrong on: nearly every text."""
    pieces, pairs = _count(word_counts)
    result = {}
    for a in pieces:
        for b in pieces:
            result[a, b] = (pairs[a, b], pairs[a, b] / (pieces[a] * pieces[b]))
    return result


def wrong_11(word_counts):
    """Relative frequencies, as in mutual information. Wrong on: the score of every longer text."""
    pieces, pairs = _count(word_counts)
    n_pieces, n_pairs = sum(pieces.values()), sum(pairs.values())
    return {
        (a, b): (n, (n / n_pairs) / (pieces[a] / n_pieces * pieces[b] / n_pieces))
        for (a, b), n in pairs.items()
    }


def wrong_12(word_counts):
    """The logarithm of the score. Wrong on: every score, as none is equal to its logarithm."""
    pieces, pairs = _count(word_counts)
    return {
        (a, b): (n, math.log(n) - math.log(pieces[a]) - math.log(pieces[b])) for (a, b), n in pairs.items()
    }


def wrong_13(word_counts):
    """The order within a pair is lost. Wrong on: texts in which a pair is not in alphabetical order."""
    pieces, pairs = collections.Counter(), collections.Counter()
    for word, count in word_counts.items():
        for piece in word:
            pieces[piece] += count
        for i in range(1, len(word)):
            pairs[tuple(sorted(word[i - 1 : i + 1]))] += count
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_14(word_counts):
    """Every word is cut into single characters again. Wrong on: pieces of several characters."""
    cut = collections.Counter()
    for word, count in word_counts.items():
        letters = "".join(piece.removeprefix("##") for piece in word)
        cut[(letters[0],) + tuple("##" + c for c in letters[1:])] += count
    pieces, pairs = _count(cut)
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_15(word_counts):
    """Score first, count second. Wrong on: every pair whose count and score differ."""
    pieces, pairs = _count(word_counts)
    return {(a, b): (n / (pieces[a] * pieces[b]), n) for (a, b), n in pairs.items()}


def wrong_16(word_counts):
    """Whole-number division. Wrong on: every score below 1."""
    pieces, pairs = _count(word_counts)
    return {(a, b): (n, n // (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_17(word_counts):
    """Pairs are taken across the border of two words. Wrong on: more than one word."""
    pieces, pairs = _count(word_counts)
    row = [(piece, count) for word, count in word_counts.items() for piece in word]
    pairs = collections.Counter()
    for (a, times), (b, _) in zip(row, row[1:]):
        pairs[a, b] += times
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_18(word_counts):
    """The last pair of a word is missed. Wrong on: every word of two or more pieces."""
    pieces, pairs = {}, {}
    for word, count in word_counts.items():
        for i in range(len(word) - 1):
            pieces[word[i]] = pieces.get(word[i], 0) + count
            if i + 2 < len(word):
                pairs[word[i], word[i + 1]] = pairs.get((word[i], word[i + 1]), 0) + count
        pieces[word[-1]] = pieces.get(word[-1], 0) + count
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_19(word_counts):
    """A later word overwrites the count of a pair. Wrong on: two words with the same pair."""
    pieces, _ = _count(word_counts)
    pairs = {}
    for word, count in word_counts.items():
        here = collections.Counter(zip(word, word[1:]))
        pairs.update({pair: n * count for pair, n in here.items()})
    return {(a, b): (n, n / (pieces[a] * pieces[b])) for (a, b), n in pairs.items()}


def wrong_20(word_counts):
    """A pair of equal pieces divides by their count once. Wrong on: (##a, ##a) with count(##a) above 1."""
    pieces, pairs = _count(word_counts)
    return {p: (n, n / math.prod(pieces[piece] for piece in set(p))) for p, n in pairs.items()}


def wrong_21(word_counts):
    """The score's numerator counts words, not the text. Wrong on: the score where counts are above 1."""
    pieces, pairs = _count(word_counts)
    types = collections.Counter(pair for word in word_counts for pair in zip(word, word[1:]))
    return {(a, b): (pairs[a, b], types[a, b] / (pieces[a] * pieces[b])) for a, b in pairs}


def wrong_22(word_counts):
    """Parts are counted as often as they are in some pair. Wrong on: pieces inside a word, counted twice."""
    parts, pairs = collections.Counter(), collections.Counter()
    for word, count in word_counts.items():
        for a, b in zip(word, word[1:]):
            parts[a] += count
            parts[b] += count
            pairs[a, b] += count
    return {(a, b): (n, n / (parts[a] * parts[b])) for (a, b), n in pairs.items()}
