"""Wrong answers to `next_sentence_pairs` beside its mutants."""

import random


def _others(documents, number):
    return [s for other, text in enumerate(documents) if other != number for s in text]


def _pairs(documents, coins, draws, pool=_others, second=None):
    """The right answer, with another pool or another way to take from it."""
    pairs = []
    for number, document in enumerate(documents):
        for place in range(len(document) - 1 if _others(documents, number) else 0):
            k, others = len(pairs), pool(documents, number)
            if coins[k] < 0.5:
                pairs.append((document[place], document[place + 1], 0))
            else:
                drawn = second(others, draws[k]) if second else others[int(draws[k] * len(others))]
                pairs.append((document[place], drawn, 1))
    return pairs


def one_document_alone__counted_with_empty_ones(documents, coins, draws):
    if len(documents) < 2:
        return []
    pairs = []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for first, following in zip(document[:-1], document[1:], strict=False):
            k = len(pairs)
            second = following if coins[k] < 0.5 else others[int(draws[k] * len(others))]
            pairs.append((first, second, int(coins[k] >= 0.5)))
    return pairs


def one_document_alone__true_pairs_of_it(documents, coins, draws):
    if sum(map(bool, documents)) > 1:
        return _pairs(documents, coins, draws)
    text = sum(documents, [])
    return [(first, second, 0) for first, second in zip(text[:-1], text[1:], strict=True)]


def one_document_alone__true_pairs_called_drawn(documents, coins, draws):
    if sum(map(bool, documents)) > 1:
        return _pairs(documents, coins, draws)
    text = sum(documents, [])
    return [
        (first, second, int(coin >= 0.5))
        for first, second, coin in zip(text[:-1], text[1:], coins, strict=False)
    ]


def one_document_alone__refused(documents, coins, draws):
    for number, document in enumerate(documents):
        if len(document) > 1 and not _others(documents, number):
            raise ValueError("Negatives come from another document.")
    return _pairs(documents, coins, draws)


def drawn_from_all__but_the_next(documents, coins, draws):
    pairs = []
    for number, document in enumerate(documents):
        for place in range(len(document) - 1 if _others(documents, number) else 0):
            k = len(pairs)
            others = [s for text in documents for s in text if s != document[place + 1]]
            if coins[k] < 0.5:
                pairs.append((document[place], document[place + 1], 0))
            else:
                pairs.append((document[place], others[int(draws[k] * len(others))], 1))
    return pairs


def drawn_from_the_same_document__if_there_are_others(documents, coins, draws):
    return _pairs(documents, coins, draws, pool=lambda documents, number: documents[number])


def draw_ignored__the_last_one(documents, coins, draws):
    return _pairs(documents, coins, draws, second=lambda others, chance: others[-1])


def draw_not_rounded_down__to_the_nearest(documents, coins, draws):
    return _pairs(
        documents, coins, draws, second=lambda others, chance: others[round(chance * (len(others) - 1))]
    )


def draw_not_rounded_down__past_the_end(documents, coins, draws):
    return _pairs(documents, coins, draws, second=lambda others, chance: others[round(chance * len(others))])


def document_drawn_first__its_first_sentence(documents, coins, draws):
    def texts(documents, number):
        return [text for other, text in enumerate(documents) if other != number and text]

    return _pairs(
        documents,
        coins,
        draws,
        pool=texts,
        second=lambda others, chance: others[int(chance * len(others))][0],
    )


def numbers_of_the_sentence__anew_in_each_document(documents, coins, draws):
    pairs = []
    for number, document in enumerate(documents):
        others = _others(documents, number)
        for k in range(len(document) - 1 if others else 0):
            if coins[k] < 0.5:
                pairs.append((document[k], document[k + 1], 0))
            else:
                pairs.append((document[k], others[int(draws[k] * len(others))], 1))
    return pairs


def a_draw_of_its_own(documents, coins, draws):
    return _pairs(documents, coins, draws, second=lambda others, chance: random.choice(others))


def other_documents_backwards(documents, coins, draws):
    return _pairs(
        documents, coins, draws, second=lambda others, chance: others[-1 - int(chance * len(others))]
    )


def others_sorted(documents, coins, draws):
    return _pairs(
        documents, coins, draws, second=lambda others, chance: sorted(others)[int(chance * len(others))]
    )


def later_documents_alone(documents, coins, draws):
    def pool(documents, number):
        return [s for text in documents[number + 1 :] for s in text] or _others(documents, number)

    return _pairs(documents, coins, draws, pool=pool)


def true_pairs_first(documents, coins, draws):
    return sorted(_pairs(documents, coins, draws), key=lambda pair: pair[2])


def labels_as_booleans_of_order(documents, coins, draws):
    return [(first, second, int(second > first)) for first, second, _ in _pairs(documents, coins, draws)]


def without_labels(documents, coins, draws):
    return [(first, second) for first, second, _ in _pairs(documents, coins, draws)]


def all_true(documents, coins, draws):
    return _pairs(documents, [0.0] * len(coins), draws)


def coins_and_draws_swapped(documents, coins, draws):
    return _pairs(documents, draws, coins)


def drawn_ones_dropped(documents, coins, draws):
    return [pair for pair in _pairs(documents, coins, draws) if pair[2] == 0]


def first_document_alone(documents, coins, draws):
    return _pairs(documents, coins, draws)[: max(len(documents[0]) - 1, 0)]
