"""Right answers to `hide_spans` in other styles."""

import numpy as np


def token_by_token(word_ids, starts, lengths, budget):
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        place = word_ids.index(start)
        while place < len(word_ids) and start <= word_ids[place] < start + length and not hidden[place]:
            size = word_ids.count(word_ids[place])
            if size > budget:
                break
            for _ in range(size):
                hidden[place] = True
                place += 1
            budget -= size
    return hidden


def in_numpy(word_ids, starts, lengths, budget):
    words = np.array(word_ids)
    hidden = np.zeros(len(words), bool)
    for start, length in zip(starts, lengths, strict=True):
        last = None
        for word in range(start, start + length):
            tokens = np.flatnonzero(words == word)
            if len(tokens) == 0 or hidden[tokens].any() or hidden.sum() + len(tokens) > budget:
                break
            if last is not None and (words[last : tokens[0]] < 0).any():
                break
            hidden[tokens] = True
            last = tokens[-1]
    return hidden


def with_the_end_first(word_ids, starts, lengths, budget):
    hidden = set()
    for start, length in zip(starts, lengths, strict=True):
        first = word_ids.index(start)
        stop = next(
            place
            for place in range(first, len(word_ids))
            if word_ids[place] < 0 or place in hidden or word_ids[place] >= start + length
        )
        while stop - first > budget - len(hidden):  # one word less, and never a part of one
            last = word_ids[stop - 1]
            while stop > first and word_ids[stop - 1] == last:
                stop -= 1
        hidden |= set(range(first, stop))
    return [place in hidden for place in range(len(word_ids))]
