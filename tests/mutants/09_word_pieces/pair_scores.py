"""Wrong answers to `pair_scores`, each named after the mistake it makes."""

from collections import Counter


def _tables(word_counts):
    singles, pairs = Counter(), Counter()
    for pieces, count in word_counts.items():
        for piece in pieces:
            singles[piece] += count
        for left, right in zip(pieces, pieces[1:], strict=False):
            pairs[left, right] += count
    return singles, pairs


def word_counts_ignored(word_counts):
    singles, pairs = Counter(), Counter()
    for pieces in word_counts:
        singles.update(pieces)
        pairs.update(zip(pieces, pieces[1:], strict=False))
    return {(a, b): (count, count / (singles[a] * singles[b])) for (a, b), count in pairs.items()}


def denominator_added(word_counts):
    singles, pairs = _tables(word_counts)
    return {(a, b): (count, count / (singles[a] + singles[b])) for (a, b), count in pairs.items()}


def one_part_alone(word_counts):
    singles, pairs = _tables(word_counts)
    return {(a, b): (count, count / singles[a]) for (a, b), count in pairs.items()}


def pair_once_a_word(word_counts):
    singles, _ = _tables(word_counts)
    pairs = Counter()
    for pieces, count in word_counts.items():
        for pair in set(zip(pieces, pieces[1:], strict=False)):
            pairs[pair] += count
    return {(a, b): (count, count / (singles[a] * singles[b])) for (a, b), count in pairs.items()}


def overlap_not_counted(word_counts):
    singles, _ = _tables(word_counts)
    pairs = Counter()
    for pieces, count in word_counts.items():
        place, last = 0, None
        while place < len(pieces) - 1:
            pair = pieces[place], pieces[place + 1]
            if pair == last:
                last = None
            else:
                pairs[pair] += count
                last = pair
            place += 1
    return {(a, b): (count, count / (singles[a] * singles[b])) for (a, b), count in pairs.items()}


def across_words(word_counts):
    row = []
    for pieces, count in word_counts.items():
        row += pieces * count
    singles, pairs = Counter(row), Counter(zip(row, row[1:], strict=False))
    return {(a, b): (count, count / (singles[a] * singles[b])) for (a, b), count in pairs.items()}


def prefix_ignored(word_counts):
    bare = Counter()
    for pieces, count in word_counts.items():
        bare[tuple(piece.replace("##", "") for piece in pieces)] += count
    singles, pairs = _tables(bare)
    return {(a, b): (count, count / (singles[a] * singles[b])) for (a, b), count in pairs.items()}


def parts_counted_in_pairs(word_counts):
    _, pairs = _tables(word_counts)
    lefts, rights = Counter(), Counter()
    for (left, right), count in pairs.items():
        lefts[left] += count
        rights[right] += count
    return {(a, b): (count, count / (lefts[a] * rights[b])) for (a, b), count in pairs.items()}


def shares_for_counts(word_counts):
    singles, pairs = _tables(word_counts)
    all_pieces, all_pairs = sum(singles.values()), sum(pairs.values())
    return {
        (a, b): (count, (count / all_pairs) / (singles[a] / all_pieces) / (singles[b] / all_pieces))
        for (a, b), count in pairs.items()
    }


def scores_swapped(word_counts):
    singles, pairs = _tables(word_counts)
    return {(a, b): (count / (singles[a] * singles[b]), count) for (a, b), count in pairs.items()}
