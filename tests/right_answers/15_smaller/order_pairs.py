"""Right answers to `order_pairs` in other styles."""

import itertools

import numpy as np


def with_pairwise(documents, coins, classification_id, separator_id):
    neighbours = itertools.chain.from_iterable(map(itertools.pairwise, documents))
    made = []
    for (first, second), coin in zip(neighbours, coins, strict=False):
        is_turned = coin >= 0.5
        if is_turned:
            first, second = second, first
        front = [classification_id] + first + [separator_id]
        back = second + [separator_id]
        made.append((front + back, len(front) * [0] + len(back) * [1], 1 if is_turned else 0))
    return made


def segments_from_the_separator(documents, coins, classification_id, separator_id):
    pairs, k = [], 0
    for document in documents:
        for place in range(len(document) - 1):
            both = [document[place], document[place + 1]]
            label = 0
            if not coins[k] < 0.5:
                both.reverse()
                label = 1
            token_ids, segment_ids = [classification_id], [0]
            for segment, sentence in enumerate(both):
                token_ids += [*sentence, separator_id]
                segment_ids += [segment] * (len(sentence) + 1)
            pairs.append([token_ids, segment_ids, label])
            k += 1
    return [tuple(pair) for pair in pairs]


def as_a_generator_with_arrays(documents, coins, classification_id, separator_id):
    numbers = iter(np.asarray(coins) >= 0.5)

    def made():
        for document in documents:
            for earlier, later in zip(document, document[1:], strict=False):
                is_turned = bool(next(numbers))
                ends = np.array([len(later if is_turned else earlier), len(earlier if is_turned else later)])
                segments = np.repeat([0, 1], ends + [2, 1]).tolist()
                order = (later, earlier) if is_turned else (earlier, later)
                ids = [classification_id, *order[0], separator_id, *order[1], separator_id]
                yield ids, segments, int(is_turned)

    return list(made())
