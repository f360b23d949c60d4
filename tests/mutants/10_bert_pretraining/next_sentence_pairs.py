"""Wrong answers to `next_sentence_pairs`, each named after the mistake it makes."""


def _others(documents, number):
    return [s for other, text in enumerate(documents) if other != number for s in text]


def _has_others(documents):
    return sum(1 for document in documents if document) > 1


def _right(documents, coins, draws, limit=0.5):
    pairs = []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        if not others:
            continue
        for first, following in zip(document[:-1], document[1:], strict=True):
            k = len(pairs)
            if coins[k] < limit:
                pairs.append((first, following, 0))
            else:
                pairs.append((first, others[int(draws[k] * len(others))], 1))
    return pairs


def labels_swapped(documents, coins, draws):
    return [(first, second, 1 - label) for first, second, label in _right(documents, coins, draws)]


def coin_inverted(documents, coins, draws):
    return _right(documents, [0.25 if coin >= 0.5 else 0.75 for coin in coins], draws)


def half_counts_as_below(documents, coins, draws):
    return _right(documents, coins, draws, limit=0.5 + 1e-9)


def second_before_first(documents, coins, draws):
    return [(second, first, label) for first, second, label in _right(documents, coins, draws)]


def both_for_each(documents, coins, draws):
    pairs, k = [], 0
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for place in range(len(document) - 1):
            if others:
                pairs.append((document[place], document[place + 1], 0))
                pairs.append((document[place], others[int(draws[k] * len(others))], 1))
                k += 1
    return pairs


def one_document_alone(documents, coins, draws):
    pairs = []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for first, following in zip(document[:-1], document[1:], strict=False):
            k = len(pairs)
            second = following if coins[k] < 0.5 else others[int(draws[k] * len(others))]
            pairs.append((first, second, int(coins[k] >= 0.5)))
    return pairs


def drawn_from_all(documents, coins, draws):
    everything = [s for document in documents for s in document]
    pairs = []
    for document in documents:
        for first, following in zip(document[:-1], document[1:], strict=False):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((first, following, 0))
            else:
                pairs.append((first, everything[int(draws[k] * len(everything))], 1))
    return pairs


def drawn_from_the_same_document(documents, coins, draws):
    pairs = []
    for document in documents:
        for first, following in zip(document[:-1], document[1:], strict=False):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((first, following, 0))
            else:
                pairs.append((first, document[int(draws[k] * len(document))], 1))
    return pairs


def across_documents(documents, coins, draws):
    if not _has_others(documents):
        return []
    lines = [(number, s) for number, document in enumerate(documents) for s in document]
    pairs = []
    for k, ((number, first), (_, following)) in enumerate(zip(lines[:-1], lines[1:], strict=True)):
        others = _others(documents, number)
        if coins[k] < 0.5:
            pairs.append((first, following, 0))
        else:
            pairs.append((first, others[int(draws[k] * len(others))], 1))
    return pairs


def last_sentence_paired(documents, coins, draws):
    if not _has_others(documents):
        return []
    pairs = []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for place, first in enumerate(document):
            k = len(pairs)
            if place < len(document) - 1 and coins[k] < 0.5:
                pairs.append((first, document[place + 1], 0))
            else:
                pairs.append((first, others[int(draws[k] * len(others))], 1))
    return pairs


def every_second_sentence(documents, coins, draws):
    pairs = []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for place in range(0, len(document) - 1, 2):
            if not others:
                continue
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[place], document[place + 1], 0))
            else:
                pairs.append((document[place], others[int(draws[k] * len(others))], 1))
    return pairs


def document_drawn_first(documents, coins, draws):
    if not _has_others(documents):
        return []
    pairs = []
    for number, document in enumerate(documents):
        others = [text for other, text in enumerate(documents) if other != number and text]
        for first, following in zip(document[:-1], document[1:], strict=False):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((first, following, 0))
            else:
                text = others[int(draws[k] * len(others))]
                pairs.append((first, text[int(draws[k] * len(text))], 1))
    return pairs


def next_document_alone(documents, coins, draws):
    if not _has_others(documents):
        return []
    filled = [document for document in documents if document]
    pairs = []
    for number, document in enumerate(filled):
        others = filled[(number + 1) % len(filled)]
        for first, following in zip(document[:-1], document[1:], strict=True):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((first, following, 0))
            else:
                pairs.append((first, others[int(draws[k] * len(others))], 1))
    return pairs


def draw_ignored(documents, coins, draws):
    return _right(documents, coins, [0.0] * len(draws))


def draw_not_rounded_down(documents, coins, draws):
    pairs = []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for place in range(len(document) - 1 if others else 0):
            k = len(pairs)
            if coins[k] < 0.5:
                pairs.append((document[place], document[place + 1], 0))
            else:
                pairs.append((document[place], others[int(draws[k] * (len(others) - 1))], 1))
    return pairs


def draws_out_of_step(documents, coins, draws):
    draws, pairs = iter(draws), []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for place in range(len(document) - 1 if others else 0):
            if coins[len(pairs)] < 0.5:
                pairs.append((document[place], document[place + 1], 0))
            else:
                pairs.append((document[place], others[int(next(draws) * len(others))], 1))
    return pairs


def numbers_of_the_sentence(documents, coins, draws):
    pairs, k = [], -1
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for place, first in enumerate(document):
            k += 1
            if place == len(document) - 1 or not others:
                continue
            if coins[k] < 0.5:
                pairs.append((first, document[place + 1], 0))
            else:
                pairs.append((first, others[int(draws[k] * len(others))], 1))
    return pairs
