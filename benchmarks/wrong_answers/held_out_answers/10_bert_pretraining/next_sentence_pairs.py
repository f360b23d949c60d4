"""Answers to next_sentence_pairs."""

import bisect
import math

import keras  # noqa: F401
import numpy as np
from keras import ops  # noqa: F401

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# --- helpers -----------------------------------------------------------------------------------------


def _others(documents, d):
    """The sentences of all documents but the dth, in the order of the text."""
    return [s for i, document in enumerate(documents) if i != d for s in document]


def _enough(documents):
    """Whether at least two documents have a sentence."""
    return sum(1 for document in documents if document) >= 2


# --- right answers -----------------------------------------------------------------------------------


def right_1(documents, coins, draws):
    if sum(len(document) > 0 for document in documents) < 2:
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = []
        for e, other in enumerate(documents):
            if e != d:
                pool.extend(other)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[int(draws[k] * len(pool))], 1))
    return pairs


def right_2(documents, coins, draws):
    # one flat text; the own document is jumped over
    text = [s for document in documents for s in document]
    pairs, start, k = [], 0, 0
    for document in documents:
        end = start + len(document)
        n = len(text) - len(document)
        if n == 0:
            start = end
            continue
        for i in range(start, end - 1):
            if coins[k] < 0.5:
                second, label = text[i + 1], 0
            else:
                j = math.floor(draws[k] * n)
                second, label = text[j if j < start else j + len(document)], 1
            pairs.append((text[i], second, label))
            k += 1
        start = end
    return pairs


def right_3(documents, coins, draws):
    numbers = iter(list(zip(coins, draws)))

    def pairs_of(d):
        document = documents[d]
        others = sum(documents[:d], []) + sum(documents[d + 1 :], [])
        if not others:
            return
        for here, there in zip(document, document[1:]):
            coin, draw = next(numbers)
            yield (here, there, 0) if coin < 0.5 else (here, others[int(draw * len(others))], 1)

    return [pair for d in range(len(documents)) for pair in pairs_of(d)]


def right_4(documents, coins, draws):
    # the drawn sentence is found by where its document begins, among the others
    lengths = [len(document) for document in documents]
    if not lengths or max(lengths) == sum(lengths):
        return []
    owners = [d for d, n in enumerate(lengths) for _ in range(n - 1)]
    places = [i for n in lengths for i in range(n - 1)]
    result = []
    for k, (d, i) in enumerate(zip(owners, places)):
        first, second, label = documents[d][i], documents[d][i + 1], 0
        if not coins[k] < 0.5:
            rest = np.array([0 if e == d else n for e, n in enumerate(lengths)])
            ends = list(np.cumsum(rest))
            number = int(np.floor(draws[k] * int(rest.sum())))
            e = bisect.bisect_right(ends, number)
            second, label = documents[e][number - int(ends[e] - rest[e])], 1
        result.append((first, second, label))
    return result


# --- wrong answers -----------------------------------------------------------------------------------


def wrong_1(documents, coins, draws):
    """The labels are the wrong way round: 1 for the true pair. Wrong on: every pair."""
    pairs = []
    if not _enough(documents):
        return pairs
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for here, there in zip(document[:-1], document[1:]):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((here, there, 1))
            else:
                pairs.append((here, pool[int(draws[k] * len(pool))], 0))
    return pairs


def wrong_2(documents, coins, draws):
    """A coin of exactly 0.5 gives a true pair. Wrong on: coins of 0.5."""
    pairs = []
    if not _enough(documents):
        return pairs
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i, sentence in enumerate(document[:-1]):
            k = len(pairs)
            if coins[k] <= 0.5:
                pairs.append((sentence, document[i + 1], 0))
            else:
                pairs.append((sentence, pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_3(documents, coins, draws):
    """Draws from all sentences, the own document too. Wrong on: nearly every drawn pair."""
    if not _enough(documents):
        return []
    pool = [s for document in documents for s in document]
    pairs, k = [], 0
    for document in documents:
        for i in range(len(document) - 1):
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[int(draws[k] * len(pool))], 1))
            k += 1
    return pairs


def wrong_4(documents, coins, draws):
    """A draw is used up by drawn pairs only. Wrong on: a drawn pair behind a true one."""
    if not _enough(documents):
        return []
    left = list(draws)
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            if coins[len(pairs)] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[int(left.pop(0) * len(pool))], 1))
    return pairs


def wrong_5(documents, coins, draws):
    """Without other documents the true pairs are given. Wrong on: one document with sentences."""
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5 or not pool:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_6(documents, coins, draws):
    """Without other documents only the drawn pairs fall away. Wrong on: one document, coins below 0.5."""
    pairs, k = [], 0
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            elif pool:
                pairs.append((document[i], pool[math.floor(draws[k] * len(pool))], 1))
            k += 1
    return pairs


def wrong_7(documents, coins, draws):
    """Looks at the number of documents, not of their sentences. Wrong on: others that are all empty."""
    if len(documents) < 2:
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            elif pool:
                pairs.append((document[i], pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_8(documents, coins, draws):
    """The others begin behind the own document and go round. Wrong on: drawn pairs of inner documents."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = [s for other in documents[d + 1 :] + documents[:d] for s in other]
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_9(documents, coins, draws):
    """The others are put in order by number. Wrong on: numbers that do not ascend in the text."""
    if not _enough(documents):
        return []
    everything = {s for document in documents for s in document}
    pairs = []
    for document in documents:
        pool = sorted(everything - set(document))
        for here, there in zip(document, document[1:]):
            coin, draw = coins[len(pairs)], draws[len(pairs)]
            pairs.append((here, there, 0) if coin < 0.5 else (here, pool[int(draw * len(pool))], 1))
    return pairs


def wrong_10(documents, coins, draws):
    """The text runs on: a document's last sentence is paired with the next document. Wrong on: nearly all."""
    if not _enough(documents):
        return []
    text = [(s, d) for d, document in enumerate(documents) for s in document]
    pairs = []
    for k in range(len(text) - 1):
        if k >= len(coins):
            break
        sentence, d = text[k]
        pool = _others(documents, d)
        if coins[k] < 0.5:
            pairs.append((sentence, text[k + 1][0], 0))
        else:
            pairs.append((sentence, pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_11(documents, coins, draws):
    """Coins and draws start anew with every document. Wrong on: two documents with pairs."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for k in range(len(document) - 1):
            if coins[k] < 0.5:
                pairs.append((document[k], document[k + 1], 0))
            else:
                pairs.append((document[k], pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_12(documents, coins, draws):
    """A document's last sentence uses up a coin and a draw. Wrong on: pairs of a later document."""
    if not _enough(documents):
        return []
    pairs, k = [], 0
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i, sentence in enumerate(document):
            k += 1
            if i + 1 == len(document):
                continue
            coin, draw = coins[(k - 1) % len(coins)], draws[(k - 1) % len(draws)]
            if coin < 0.5:
                pairs.append((sentence, document[i + 1], 0))
            else:
                pairs.append((sentence, pool[int(draw * len(pool))], 1))
    return pairs


def wrong_13(documents, coins, draws):
    """The number is draw (n - 1), rounded. Wrong on: many draws."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[round(draws[k] * (len(pool) - 1))], 1))
    return pairs


def wrong_14(documents, coins, draws):
    """Draws a document first, then its sentence, with one number. Wrong on: unequally long documents."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        rest = [other for e, other in enumerate(documents) if e != d and other]
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
                continue
            x = draws[k] * len(rest)
            other = rest[int(x)]
            pairs.append((document[i], other[int((x - int(x)) * len(other))], 1))
    return pairs


def wrong_15(documents, coins, draws):
    """Documents of one sentence are dropped, also from the others. Wrong on: documents of one sentence."""
    kept = [document for document in documents if len(document) > 1]
    pairs = []
    if len(kept) < 2:
        return pairs
    for d, document in enumerate(kept):
        pool = _others(kept, d)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_16(documents, coins, draws):
    """The sentence that follows is taken for number + 1. Wrong on: numbers that are not consecutive."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for sentence in document[:-1]:
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((sentence, sentence + 1, 0))
            else:
                pairs.append((sentence, pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_17(documents, coins, draws):
    """Gives the drawn number itself, not the sentence it points at. Wrong on: drawn pairs."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        n = sum(len(other) for e, other in enumerate(documents) if e != d)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], int(draws[k] * n), 1))
    return pairs


def wrong_18(documents, coins, draws):
    """A sentence that was drawn is not drawn again. Wrong on: two draws of the same document."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5 or not pool:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool.pop(int(draws[k] * len(pool))), 1))
    return pairs


def wrong_19(documents, coins, draws):
    """Only the sentence itself and its follower are barred (same document). Wrong on: drawn pairs."""
    if not _enough(documents):
        return []
    text = [s for document in documents for s in document]
    pairs = []
    for document in documents:
        for here, there in zip(document, document[1:]):
            k = len(pairs)
            pool = [s for s in text if s not in (here, there)]
            if coins[k] < 0.5:
                pairs.append((here, there, 0))
            else:
                pairs.append((here, pool[int(draws[k] * len(pool))], 1))
    return pairs


def wrong_20(documents, coins, draws):
    """True pairs all come first, drawn ones behind. Wrong on: a true pair behind a drawn one."""
    if not _enough(documents):
        return []
    true, drawn = [], []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            k = len(true) + len(drawn)
            if coins[k] < 0.5:
                true.append((document[i], document[i + 1], 0))
            else:
                drawn.append((document[i], pool[int(draws[k] * len(pool))], 1))
    return true + drawn


def wrong_21(documents, coins, draws):
    """Pairs do not overlap: the sentence that followed is used up. Wrong on: documents of 3 and more."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        i = 0
        while i < len(document) - 1:
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
                i += 2
            else:
                pairs.append((document[i], pool[int(draws[k] * len(pool))], 1))
                i += 1
    return pairs


def wrong_22(documents, coins, draws):
    """The ceiling in place of the floor, cut at the end. Wrong on: most draws."""
    if not _enough(documents):
        return []
    pairs = []
    for d, document in enumerate(documents):
        pool = _others(documents, d)
        for i in range(len(document) - 1):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[i], document[i + 1], 0))
            else:
                pairs.append((document[i], pool[min(math.ceil(draws[k] * len(pool)), len(pool) - 1)], 1))
    return pairs
