"""Wrong answers to `order_pairs` beside its mutants."""


def _neighbours(documents):
    return [pair for document in documents for pair in zip(document, document[1:], strict=False)]


def _pack(first, second, cls, sep):
    return [cls, *first, sep, *second, sep], [0] * (len(first) + 2) + [1] * (len(second) + 1)


def segments_travel__as_long_as_in_order(documents, coins, classification_id, separator_id):
    pairs = []
    for k, (earlier, later) in enumerate(_neighbours(documents)):
        label = int(coins[k] >= 0.5)
        segments = [0] * (len(earlier) + 2) + [1] * (len(later) + 1)
        first, second = (later, earlier) if label else (earlier, later)
        pairs.append((_pack(first, second, classification_id, separator_id)[0], segments, label))
    return pairs


def coins_of_something_else__sentences(documents, coins, classification_id, separator_id):
    pairs, k = [], 0
    for document in documents:
        for place in range(len(document) - 1):
            label = int(coins[k + place] >= 0.5)
            first, second = document[place], document[place + 1]
            if label:
                first, second = second, first
            pairs.append((*_pack(first, second, classification_id, separator_id), label))
        k += len(document)
    return pairs


def special_tokens_missing__no_classification(documents, coins, classification_id, separator_id):
    pairs = []
    for k, (earlier, later) in enumerate(_neighbours(documents)):
        label = int(coins[k] >= 0.5)
        first, second = (later, earlier) if label else (earlier, later)
        tokens, segments = _pack(first, second, classification_id, separator_id)
        pairs.append((tokens[1:], segments[1:], label))
    return pairs


def only_those_in_order(documents, coins, classification_id, separator_id):
    return [
        (*_pack(earlier, later, classification_id, separator_id), 0)
        for k, (earlier, later) in enumerate(_neighbours(documents))
        if coins[k] < 0.5
    ]


def negatives_from_two_places_on(documents, coins, classification_id, separator_id):
    pairs = []
    for document in documents:
        for place in range(len(document) - 1):
            label = int(coins[len(pairs)] >= 0.5)
            second = document[(place + 2) % len(document)] if label else document[place + 1]
            pairs.append((*_pack(document[place], second, classification_id, separator_id), label))
    return pairs
