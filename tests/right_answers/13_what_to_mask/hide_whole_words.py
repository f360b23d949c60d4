"""Right answers to `hide_whole_words` in other styles."""

import numpy as np


def by_numbers_of_words(tokens, order, share):
    numbers, number, before = [], -1, "[CLS]"
    for token in tokens:
        if token in ("[CLS]", "[SEP]", "[PAD]"):
            numbers.append(-1)
        else:
            number += not token.startswith("##") or before.startswith("[")
            numbers.append(number)
        before = token
    numbers = np.array(numbers)
    most, hidden = share * (numbers >= 0).sum(), np.zeros(len(tokens), bool)
    for word in order:
        with_it = hidden | (numbers == word)
        if with_it.sum() <= most:
            hidden = with_it
    return hidden


def by_sets(tokens, order, share):
    special = {"[CLS]", "[SEP]", "[PAD]"}
    starts = [
        place
        for place, token in enumerate(tokens)
        if token not in special and (not token.startswith("##") or tokens[place - 1] in special)
    ]

    def pieces(start):
        stop = start + 1
        while stop < len(tokens) and stop not in starts and tokens[stop] not in special:
            stop += 1
        return set(range(start, stop))

    budget = int(share * sum(token not in special for token in tokens))
    hidden = set()
    for number in order:
        word = pieces(starts[number])
        if len(hidden) + len(word) <= budget:
            hidden |= word
    return [place in hidden for place in range(len(tokens))]
