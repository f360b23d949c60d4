import keras  # noqa: F401
import numpy as np  # noqa: F401
from keras import ops  # noqa: F401

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _pack(first, second, classification_id, separator_id):
    tokens = [classification_id, *first, separator_id, *second, separator_id]
    segments = [0] * (len(first) + 2) + [1] * (len(second) + 1)
    return tokens, segments


def right_1(documents, coins, classification_id, separator_id):
    pairs = []
    for document in documents:
        for i in range(len(document) - 1):
            first, second = document[i], document[i + 1]
            label = 0 if coins[len(pairs)] < 0.5 else 1
            if label:
                first, second = second, first
            pairs.append((*_pack(first, second, classification_id, separator_id), label))
    return pairs


def right_2(documents, coins, classification_id, separator_id):
    coin = iter(coins)
    neighbours = [pair for document in documents for pair in zip(document, document[1:])]
    turned = [int(not next(coin) < 0.5) for _ in neighbours]
    return [
        (*_pack(pair[label], pair[1 - label], classification_id, separator_id), label)
        for pair, label in zip(neighbours, turned)
    ]


def right_3(documents, coins, classification_id, separator_id):
    if not documents:
        return []
    *before, last = documents
    result = right_3(before, coins, classification_id, separator_id)
    previous = None
    for sentence in last:
        if previous is not None:
            tokens, segments = [classification_id], [0]
            turned = coins[len(result)] >= 0.5
            order = [sentence, previous] if turned else [previous, sentence]
            for segment, words in enumerate(order):
                for word in list(words) + [separator_id]:
                    tokens.append(word)
                    segments.append(segment)
            result.append((tokens, segments, 1 if turned else 0))
        previous = sentence
    return result


def wrong_1(documents, coins, classification_id, separator_id):
    """Keeps the order at exactly 0.5, too. Wrong on: a coin of 0.5."""
    pairs = []
    for document in documents:
        for first, second in zip(document[:-1], document[1:]):
            if coins[len(pairs)] <= 0.5:
                pairs.append((*_pack(first, second, classification_id, separator_id), 0))
            else:
                pairs.append((*_pack(second, first, classification_id, separator_id), 1))
    return pairs


def wrong_2(documents, coins, classification_id, separator_id):
    """The label says "is in order", as BERT's IsNext. Wrong on: every pair."""
    return [
        (tokens, segments, 1 - label)
        for tokens, segments, label in right_1(documents, coins, classification_id, separator_id)
    ]


def wrong_3(documents, coins, classification_id, separator_id):
    """The coins begin anew in every document. Wrong on: several documents with pairs."""
    pairs = []
    for document in documents:
        pairs.extend(right_1([document], coins, classification_id, separator_id))
    return pairs


def wrong_4(documents, coins, classification_id, separator_id):
    """Pairs reach from one document into the next. Wrong on: several documents that are not empty."""
    sentences = [sentence for document in documents for sentence in document]
    return right_1([sentences], coins, classification_id, separator_id)


def wrong_5(documents, coins, classification_id, separator_id):
    """The segments stay with their sentences when these are turned round. Wrong on: coins from 0.5 on."""
    pairs = []
    for tokens, segments, label in right_1(documents, coins, classification_id, separator_id):
        if label == 1:
            segments = [1 - segment for segment in segments]
        pairs.append((tokens, segments, label))
    return pairs


def wrong_6(documents, coins, classification_id, separator_id):
    """Turns the sentences round in the document itself. Wrong on: a turned pair with another behind it."""
    pairs = []
    for document in [list(document) for document in documents]:
        for i in range(len(document) - 1):
            label = int(coins[len(pairs)] >= 0.5)
            if label:
                document[i], document[i + 1] = document[i + 1], document[i]
            pairs.append((*_pack(document[i], document[i + 1], classification_id, separator_id), label))
    return pairs


def wrong_7(documents, coins, classification_id, separator_id):
    """Pairs do not overlap: each sentence is in one pair. Wrong on: documents of three sentences or more."""
    pairs = []
    for document in documents:
        for i in range(0, len(document) - 1, 2):
            a, b = document[i : i + 2]
            label = int(coins[len(pairs)] >= 0.5)
            a, b = (b, a) if label else (a, b)
            pairs.append((*_pack(a, b, classification_id, separator_id), label))
    return pairs


def wrong_8(documents, coins, classification_id, separator_id):
    """The separator at the end is missing. Wrong on: every pair."""
    result = []
    for tokens, segments, label in right_2(documents, coins, classification_id, separator_id):
        result.append((tokens[:-1], segments[:-1], label))
    return result


def wrong_9(documents, coins, classification_id, separator_id):
    """The first separator is counted to segment 1. Wrong on: every pair."""
    result = []
    k = 0
    for document in documents:
        for i in range(1, len(document)):
            label = 0 if coins[k] < 0.5 else 1
            k += 1
            a, b = (document[i], document[i - 1]) if label else (document[i - 1], document[i])
            tokens = [classification_id] + list(a) + [separator_id] + list(b) + [separator_id]
            segments = [0] * (1 + len(a)) + [1] * (2 + len(b))
            result.append((tokens, segments, label))
    return result


def wrong_10(documents, coins, classification_id, separator_id):
    """Spends a coin on every sentence, a document's last one included. Wrong on: pairs in later documents."""
    result = []
    k = 0
    for document in documents:
        for i, sentence in enumerate(document):
            coin = coins[k] if k < len(coins) else coins[-1]
            k += 1
            if i + 1 == len(document):
                continue
            label = int(coin >= 0.5)
            a, b = (document[i + 1], sentence) if label else (sentence, document[i + 1])
            result.append((*_pack(a, b, classification_id, separator_id), label))
    return result


def wrong_11(documents, coins, classification_id, separator_id):
    """Stops at the first document without a pair. Wrong on: a short document before a longer one."""
    result = []
    for document in documents:
        if len(document) < 2:
            break
        for a, b in zip(document, document[1:]):
            label = int(coins[len(result)] >= 0.5)
            a, b = (a, b) if label == 0 else (b, a)
            result.append((*_pack(a, b, classification_id, separator_id), label))
    return result


def wrong_12(documents, coins, classification_id, separator_id):
    """Turns the words round instead of the sentences. Wrong on: coins from 0.5 on."""
    result = []
    for document in documents:
        for a, b in zip(document, document[1:]):
            label = int(coins[len(result)] >= 0.5)
            both = list(a) + [separator_id] + list(b)
            if label:
                both.reverse()
                a, b = b, a
            tokens = [classification_id] + both + [separator_id]
            segments = [0] * (len(a) + 2) + [1] * (len(b) + 1)
            result.append((tokens, segments, label))
    return result


def wrong_13(documents, coins, classification_id, separator_id):
    """From 0.5 on a sentence of another document stands second (BERT). Wrong on: coins from 0.5 on."""
    result = []
    for d, document in enumerate(documents):
        others = [other[0] for e, other in enumerate(documents) if e != d and other] or document[:1]
        for a, b in zip(document, document[1:]):
            label = int(coins[len(result)] >= 0.5)
            if label:
                b = others[len(result) % len(others)]
            result.append((*_pack(a, b, classification_id, separator_id), label))
    return result


def wrong_14(documents, coins, classification_id, separator_id):
    """The last pair of every document is lost. Wrong on: documents of two sentences or more."""
    result = []
    for document in documents:
        for i in range(len(document) - 2):
            label = int(coins[len(result)] >= 0.5)
            pair = document[i : i + 2]
            if label:
                pair = pair[::-1]
            result.append((*_pack(pair[0], pair[1], classification_id, separator_id), label))
    return result


def wrong_15(documents, coins, classification_id, separator_id):
    """Looks a sentence up to find the next one. Wrong on: a sentence that comes twice in its document."""
    result = []
    for document in documents:
        for sentence in document[:-1]:
            following = document[document.index(sentence) + 1]
            label = int(coins[len(result)] >= 0.5)
            a, b = (following, sentence) if label else (sentence, following)
            result.append((*_pack(a, b, classification_id, separator_id), label))
    return result


def wrong_16(documents, coins, classification_id, separator_id):
    """The segments leave [CLS] out and are one too short. Wrong on: every pair."""
    result = []
    for tokens, segments, label in right_1(documents, coins, classification_id, separator_id):
        result.append((tokens, segments[1:], label))
    return result
