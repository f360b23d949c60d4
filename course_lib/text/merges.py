"""Training a vocabulary of word pieces, one merge at a time: slowly, to be looked at.

`train_wordpiece` does the same work for large texts.
"""

from collections import Counter

SCORES = ("count", "likelihood")


def split_into_characters(word_counts):
    """Words as pieces of one character: what training begins with.

    Args:
        word_counts: dict from a word to how often it occurs.

    Returns:
        dict from a tuple of pieces to its count; pieces inside words are written "##x".

    Example:
        >>> split_into_characters({"hat": 2, "a": 1})
        {('h', '##a', '##t'): 2, ('a',): 1}

    Taught in: notebooks/09_word_pieces
    """
    return {
        (word[0], *(f"##{character}" for character in word[1:])): count for word, count in word_counts.items()
    }


def pair_counts(pieces_counts):
    """How often each pair of pieces stands side by side.

    Args:
        pieces_counts: dict from a tuple of pieces, a word, to its count.

    Returns:
        `Counter` from `(left, right)` to a number.

    Example:
        >>> pair_counts({("h", "##a", "##t"): 2, ("##a", "##t"): 1})[("##a", "##t")]
        3
    """
    counts = Counter()
    for pieces, count in pieces_counts.items():
        for pair in zip(pieces, pieces[1:], strict=False):
            counts[pair] += count
    return counts


def merge_scores(pieces_counts, score):
    """What each pair of pieces is worth.

    "count" (byte-pair encoding): `count(left right)`
    "likelihood" (WordPiece): `count(left right) / (count(left) count(right))`

    With the second a pair is worth much if its parts hardly ever occur without each other. Under a model that
    draws pieces independently, the logarithm of it is, up to a constant, what a merge adds to the
    log-likelihood of a text for each occurrence of the pair (where the pair is rare beside its parts).

    Args:
        pieces_counts: dict from a tuple of pieces, a word, to its count.
        score: "count" or "likelihood".

    Returns:
        dict from `(left, right)` to a number.

    Raises:
        ValueError: if `score` is neither.

    Example:
        >>> words = {("t", "##h", "##e"): 9, ("q", "##u"): 1}
        >>> merge_scores(words, "count")[("t", "##h")], merge_scores(words, "likelihood")[("q", "##u")]
        (9, 1.0)

    Reference: Sennrich et al. (2016), https://arxiv.org/abs/1508.07909 ("count"); Schuster and Nakajima
    (2012), https://doi.org/10.1109/ICASSP.2012.6289079 ("likelihood")
    """
    if score not in SCORES:
        raise ValueError(f"`score` must be one of {SCORES}. Received: score={score!r}.")
    counts = pair_counts(pieces_counts)
    if score == "count":
        return dict(counts)
    single = Counter()
    for pieces, count in pieces_counts.items():
        for piece in pieces:
            single[piece] += count
    return {(left, right): count / (single[left] * single[right]) for (left, right), count in counts.items()}


def merge_pair(pieces_counts, pair):
    """Every word with a pair of pieces made one, from left to right.

    Args:
        pieces_counts: dict from a tuple of pieces, a word, to its count.
        pair: `(left, right)`.

    Returns:
        such a dict anew.

    Example:
        >>> merge_pair({("h", "##a", "##t"): 2}, ("##a", "##t"))
        {('h', '##at'): 2}
        >>> merge_pair({("b", "##a", "##a", "##a"): 1}, ("##a", "##a"))
        {('b', '##aa', '##a'): 1}

    Taught in: notebooks/09_word_pieces
    """
    merged_counts = Counter()
    for pieces, count in pieces_counts.items():
        merged, place = [], 0
        while place < len(pieces):
            if pieces[place : place + 2] == tuple(pair):
                merged.append(joined(*pair))
                place += 2
            else:
                merged.append(pieces[place])
                place += 1
        merged_counts[tuple(merged)] += count
    return dict(merged_counts)


def joined(left, right):
    """The piece that two pieces make.

    Example:
        >>> joined("h", "##at"), joined("##a", "##t")
        ('hat', '##at')
    """
    return left + right.removeprefix("##")


def learn_merges(word_counts, num_merges, score="likelihood", minimum_count=2):
    """The merges that training makes, in their order.

    Args:
        word_counts: dict from a word to how often it occurs.
        num_merges: int, how many at most.
        score: "count" or "likelihood", see `merge_scores`; of equal ones the first pair in order.
        minimum_count: pairs seen less often are not merged: by likelihood alone two letters that occur once,
            side by side, would come first.

    Returns:
        list of `(left, right)`; shorter where no pair is left.

    Raises:
        ValueError: if `score` is neither.

    Example:
        >>> learn_merges({"the": 9, "that": 5, "hat": 3}, num_merges=2, score="count")
        [('t', '##h'), ('th', '##e')]

    Taught in: notebooks/09_word_pieces
    """
    pieces_counts, merges = split_into_characters(word_counts), []
    for _ in range(num_merges):
        scores, counts = merge_scores(pieces_counts, score), pair_counts(pieces_counts)
        candidates = [pair for pair in scores if counts[pair] >= minimum_count]
        if not candidates:
            break
        best = min(candidates, key=lambda pair: (-scores[pair], pair))
        merges.append(best)
        pieces_counts = merge_pair(pieces_counts, best)
    return merges
