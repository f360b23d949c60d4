"""The sentences of a grammar, one by one: nothing of the matrices of `InsideOutside` is used."""

from course_lib.data.toy.grammar import START_SYMBOL, is_symbol, symbol_of


def written_out(grammar, length, items=(START_SYMBOL,), seen=None):
    """Every way to write exactly `length` words: (words, probability).

    With `seen`, a word or None for each place, only the sentences that have these words there.
    """
    if not items:
        return [((), 1.0)] if length == 0 else []
    if len(items) > length:  # each item writes a word at least
        return []
    head, rest = items[0], tuple(items[1:])
    if not is_symbol(head):
        if seen is not None and seen[len(seen) - length] not in (None, head):
            return []
        return [((head, *words), p) for words, p in written_out(grammar, length - 1, rest, seen)]
    return [
        (words, rule.probability * p)
        for rule in grammar[symbol_of(head)]
        for words, p in written_out(grammar, length, rule.source + rest, seen)
    ]
