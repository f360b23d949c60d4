"""Wrong answers to `order_pairs`, each named after the mistake it makes."""


def _pack(first, second, cls, sep):
    return [cls, *first, sep, *second, sep], [0] * (len(first) + 2) + [1] * (len(second) + 1)


def _neighbours(documents):
    return [
        (earlier, later)
        for document in documents
        for earlier, later in zip(document[:-1], document[1:], strict=True)
    ]


def _right(documents, coins, cls, sep, is_turned=lambda coin: coin >= 0.5):
    pairs = []
    for k, (earlier, later) in enumerate(_neighbours(documents)):
        turned = is_turned(coins[k])
        first, second = (later, earlier) if turned else (earlier, later)
        pairs.append((*_pack(first, second, cls, sep), int(turned)))
    return pairs


def segments_travel(documents, coins, classification_id, separator_id):
    pairs = []
    for k, (earlier, later) in enumerate(_neighbours(documents)):
        one = [classification_id, *earlier, separator_id], [0] * (len(earlier) + 2)
        two = [*later, separator_id], [1] * (len(later) + 1)
        if coins[k] < 0.5:
            pairs.append((one[0] + two[0], one[1] + two[1], 0))
        else:
            tokens = [classification_id, *later, separator_id, *earlier, separator_id]
            pairs.append((tokens, [1] * (len(later) + 2) + [0] * (len(earlier) + 1), 1))
    return pairs


def labels_turned_with_the_sentences(documents, coins, classification_id, separator_id):
    pairs = _right(documents, coins, classification_id, separator_id)
    return [(tokens, segments, 0) for tokens, segments, _ in pairs]


def labels_swapped(documents, coins, classification_id, separator_id):
    pairs = _right(documents, coins, classification_id, separator_id)
    return [(tokens, segments, 1 - label) for tokens, segments, label in pairs]


def never_turned(documents, coins, classification_id, separator_id):
    return [
        (*_pack(earlier, later, classification_id, separator_id), int(coins[k] >= 0.5))
        for k, (earlier, later) in enumerate(_neighbours(documents))
    ]


def coin_inverted(documents, coins, classification_id, separator_id):
    return _right(documents, coins, classification_id, separator_id, lambda coin: coin < 0.5)


def half_counts_as_below(documents, coins, classification_id, separator_id):
    return _right(documents, coins, classification_id, separator_id, lambda coin: coin > 0.5)


def second_before_first(documents, coins, classification_id, separator_id):
    pairs = []
    for k, (earlier, later) in enumerate(_neighbours(documents)):
        label = int(coins[k] >= 0.5)
        first, second = (earlier, later) if label else (later, earlier)
        pairs.append((*_pack(first, second, classification_id, separator_id), label))
    return pairs


def words_turned_too(documents, coins, classification_id, separator_id):
    pairs = []
    for k, (earlier, later) in enumerate(_neighbours(documents)):
        label = int(coins[k] >= 0.5)
        whole = [earlier, later] if not label else [later[::-1], earlier[::-1]]
        pairs.append((*_pack(*whole, classification_id, separator_id), label))
    return pairs


def both_for_each(documents, coins, classification_id, separator_id):
    pairs = []
    for earlier, later in _neighbours(documents):
        pairs.append((*_pack(earlier, later, classification_id, separator_id), 0))
        pairs.append((*_pack(later, earlier, classification_id, separator_id), 1))
    return pairs


def across_documents(documents, coins, classification_id, separator_id):
    one = [[sentence for document in documents for sentence in document]]
    return _right(one, coins, classification_id, separator_id)


def every_second_sentence(documents, coins, classification_id, separator_id):
    pairs = []
    for document in documents:
        for place in range(0, len(document) - 1, 2):
            label = int(coins[len(pairs)] >= 0.5)
            first, second = document[place], document[place + 1]
            if label:
                first, second = second, first
            pairs.append((*_pack(first, second, classification_id, separator_id), label))
    return pairs


def one_segment(documents, coins, classification_id, separator_id):
    pairs = _right(documents, coins, classification_id, separator_id)
    return [(tokens, [0] * len(tokens), label) for tokens, _, label in pairs]


def segments_swapped(documents, coins, classification_id, separator_id):
    pairs = _right(documents, coins, classification_id, separator_id)
    return [(tokens, [1 - s for s in segments], label) for tokens, segments, label in pairs]


def segments_from_one(documents, coins, classification_id, separator_id):
    pairs = _right(documents, coins, classification_id, separator_id)
    return [(tokens, [1 + s for s in segments], label) for tokens, segments, label in pairs]


def separator_in_the_wrong_segment(documents, coins, classification_id, separator_id):
    pairs = []
    for k, (earlier, later) in enumerate(_neighbours(documents)):
        label = int(coins[k] >= 0.5)
        first, second = (later, earlier) if label else (earlier, later)
        tokens, _ = _pack(first, second, classification_id, separator_id)
        pairs.append((tokens, [0] * (len(first) + 1) + [1] * (len(second) + 2), label))
    return pairs


def special_tokens_missing(documents, coins, classification_id, separator_id):
    pairs = _right(documents, coins, classification_id, separator_id)
    return [(tokens[:-1], segments[:-1], label) for tokens, segments, label in pairs]


def coins_of_something_else(documents, coins, classification_id, separator_id):
    pairs = []
    for document in documents:
        pairs += _right([document], coins, classification_id, separator_id)
    return pairs
