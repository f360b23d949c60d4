"""Right answers to `next_sentence_pairs` in other styles."""

import itertools
import math

import numpy as np


def as_a_generator(documents, coins, draws):
    def pairs():
        numbers = iter(zip(coins, draws, strict=True))
        for document in documents:
            others = [s for text in documents if text is not document for s in text]
            if others:
                for pair in itertools.pairwise(document):
                    coin, chance = next(numbers)
                    is_random = coin >= 0.5
                    second = others[math.floor(chance * len(others))] if is_random else pair[1]
                    yield pair[0], second, int(is_random)

    return list(pairs())


def in_numpy(documents, coins, draws):
    if sum(len(document) > 0 for document in documents) < 2:
        return np.zeros((0, 3), "int32")
    flat = np.concatenate([np.array(document, "int64") for document in documents])
    owner = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    at = np.flatnonzero(owner[:-1] == owner[1:])
    coins, draws = np.array(coins)[: len(at)], np.array(draws)[: len(at)]
    counts = np.bincount(owner, minlength=len(documents))
    begins = np.cumsum(counts) - counts
    drawn = np.floor(draws * (len(flat) - counts[owner[at]])).astype(int)
    drawn += np.where(drawn >= begins[owner[at]], counts[owner[at]], 0)
    is_true = coins < 0.5
    second = np.where(is_true, flat[at + 1], flat[drawn])
    return np.stack([flat[at], second, ~is_true], axis=1)


def before_and_behind(documents, coins, draws):
    pairs = []
    for number in range(len(documents)):
        others = sum(documents[:number], []) + sum(documents[number + 1 :], [])
        for place in range(len(documents[number]) - 1):
            if not others:
                break
            first, k = documents[number][place], len(pairs)
            if coins[k] >= 0.5:
                pairs.append([first, others[int(len(others) * draws[k])], 1])
            else:
                pairs.append([first, documents[number][place + 1], 0])
    return pairs


def empty_ones_dropped_first(documents, coins, draws):
    documents = [tuple(document) for document in documents if document]
    if len(documents) < 2:
        return []
    starts = [(d, p) for d, document in enumerate(documents) for p in range(len(document) - 1)]
    pairs = ()
    for (d, p), coin, chance in zip(starts, coins, draws, strict=False):
        others = [s for e, document in enumerate(documents) for s in document if e != d]
        second = documents[d][p + 1] if coin < 0.5 else others[int(chance * len(others))]
        pairs += ((documents[d][p], second, 0 if coin < 0.5 else 1),)
    return pairs
