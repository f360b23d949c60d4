"""Verdict of `order_pairs`: two neighbours in their order or turned round, and segments that tell nothing."""

import itertools


def draw(generator):
    """Documents of several lengths, empty ones and single sentences; a sentence twice; coins of one half."""
    cases = []
    for lengths in ((2,), (3, 2), (5, 3, 7), (0, 5, 0, 3, 1, 2), (2, 1, 11, 3), (1, 0, 1), (3, 3, 3)):
        numbers = itertools.cycle((generator.permutation(89) + 10).tolist())
        documents = [
            [[next(numbers) for _ in range(int(generator.integers(1, 6)))] for _ in range(length)]
            for length in lengths
        ]
        if lengths[-1] == 7:
            documents[-1][4] = documents[-1][1]
        coins = generator.random(sum(lengths) + 2).round(6)
        pairs = sum(max(length - 1, 0) for length in lengths)
        if pairs > 1:
            coins[generator.permutation(pairs)[:2]] = 0.25 * generator.random(), 0.75
        if pairs > 4:
            coins[generator.integers(1, pairs - 1)] = 0.5
        special = generator.permutation(9)[:2].tolist()
        cases.append(
            {
                "documents": documents,
                "coins": coins.tolist(),
                "classification_id": special[0],
                "separator_id": special[1],
            }
        )
    return cases


def _lengths(case):
    return [len(document) for document in case["documents"]]


def _labels(case):
    return [label for *_, label in reference(**case)]


CONDITIONS = {
    "several documents": lambda case: sum(length > 1 for length in _lengths(case)) > 1,
    "an empty document": lambda case: 0 in _lengths(case),
    "a document of one sentence": lambda case: 1 in _lengths(case),
    "no pair at all": lambda case: not _labels(case),
    "a pair in its order": lambda case: 0 in _labels(case),
    "a pair turned round": lambda case: 1 in _labels(case),
    "a sentence twice in a document": lambda case: any(
        document.count(sentence) > 1 for document in case["documents"] for sentence in document[1:]
    ),
    "a coin of exactly one half": lambda case: 0.5 in case["coins"][: len(_labels(case))],
    "more coins than pairs": lambda case: len(case["coins"]) > len(_labels(case)),
    "neighbours of different length": lambda case: any(
        len(one) != len(two) for document in case["documents"] for one, two in itertools.pairwise(document)
    ),
}


def _neighbours(documents):
    return [pair for document in documents for pair in itertools.pairwise(document)]


def _pack(first, second, cls, sep, is_turned):
    tokens = [cls, *first, sep, *second, sep]
    return tokens, [0] * (len(first) + 2) + [1] * (len(second) + 1)


def _pairs(
    pairs=_neighbours,
    is_turned=lambda coin: coin >= 0.5,
    turn=lambda earlier, later: (later, earlier),
    pack=_pack,
    label=lambda turned: int(turned),
    coin_at=lambda index, documents: index,
):
    """The answer, with parts exchanged."""

    def answer(documents, coins, classification_id, separator_id):
        made = []
        for index, (earlier, later) in enumerate(pairs(documents)):
            turned = is_turned(coins[coin_at(index, documents)])
            first, second = turn(earlier, later) if turned else (earlier, later)
            tokens, segments = pack(first, second, classification_id, separator_id, turned)
            made.append((tokens, segments, label(turned)))
        return made

    return answer


reference = _pairs()


def _segments_travel(first, second, cls, sep, is_turned):
    """A sentence keeps the segment it had in its order."""
    tokens, segments = _pack(first, second, cls, sep, is_turned)
    return tokens, [1 - segment for segment in segments] if is_turned else segments


def _segments_of_the_order(first, second, cls, sep, is_turned):
    """Segments as long as they would be without turning."""
    tokens, segments = _pack(first, second, cls, sep, is_turned)
    return tokens, _pack(second, first, cls, sep, is_turned)[1] if is_turned else segments


def _one_segment(first, second, cls, sep, is_turned):
    tokens, segments = _pack(first, second, cls, sep, is_turned)
    return tokens, [0] * len(segments)


def _separator_opens(first, second, cls, sep, is_turned):
    tokens, _ = _pack(first, second, cls, sep, is_turned)
    return tokens, [0] * (len(first) + 1) + [1] * (len(second) + 2)


def _last_in_first(first, second, cls, sep, is_turned):
    tokens, _ = _pack(first, second, cls, sep, is_turned)
    return tokens, [0] * (len(first) + 2) + [1] * len(second) + [0]


def _without(cls_is_there, between, last):
    def pack(first, second, cls, sep, is_turned):
        front = [cls, *first, sep] if between else [cls, *first]
        front = front if cls_is_there else front[1:]
        back = [*second, sep] if last else [*second]
        return front + back, [0] * len(front) + [1] * len(back)

    return pack


def _from_one(first, second, cls, sep, is_turned):
    tokens, segments = _pack(first, second, cls, sep, is_turned)
    return tokens, [segment + 1 for segment in segments]


def _swapped_segments(first, second, cls, sep, is_turned):
    tokens, segments = _pack(first, second, cls, sep, is_turned)
    return tokens, [1 - segment for segment in segments]


def _read_backwards(first, second, cls, sep, is_turned):
    if is_turned:
        first, second = first[::-1], second[::-1]
    return _pack(first, second, cls, sep, is_turned)


def _both(documents, coins, classification_id, separator_id):
    made = []
    for earlier, later in _neighbours(documents):
        for first, second, label in ((earlier, later, 0), (later, earlier, 1)):
            made.append((*_pack(first, second, classification_id, separator_id, label), label))
    return made


def _across(documents):
    return list(itertools.pairwise(sentence for document in documents for sentence in document))


def _every_second(documents):
    return [pair for document in documents for pair in list(itertools.pairwise(document))[::2]]


def _by_document(index, documents):
    owners = [number for number, document in enumerate(documents) for _ in document[1:]]
    return owners[index]


def _by_sentence(index, documents):
    starts, sentence = [], 0
    for document in documents:
        starts += range(sentence, sentence + max(len(document) - 1, 0))
        sentence += len(document)
    return starts[index]


def _in_document(index, documents):
    return [place for document in documents for place in range(len(document) - 1)][index]


MISTAKES = {
    "segments_travel": (_pairs(pack=_segments_travel), _pairs(pack=_segments_of_the_order)),
    "labels_turned_with_the_sentences": (
        _pairs(label=lambda turned: 0),
        _pairs(label=lambda turned: 1),
    ),
    "labels_swapped": _pairs(label=lambda turned: 1 - int(turned)),
    "never_turned": _pairs(turn=lambda earlier, later: (earlier, later)),
    "coin_inverted": _pairs(is_turned=lambda coin: coin < 0.5),
    "half_counts_as_below": _pairs(is_turned=lambda coin: coin > 0.5),
    "second_before_first": (_pairs(pack=lambda first, second, *rest: _pack(second, first, *rest)),),
    "words_turned_too": _pairs(pack=_read_backwards),
    "both_for_each": _both,
    "across_documents": _pairs(pairs=_across),
    "every_second_sentence": _pairs(pairs=_every_second),
    "one_segment": _pairs(pack=_one_segment),
    "segments_swapped": _pairs(pack=_swapped_segments),
    "segments_from_one": _pairs(pack=_from_one),
    "separator_in_the_wrong_segment": (_pairs(pack=_separator_opens), _pairs(pack=_last_in_first)),
    "special_tokens_missing": tuple(
        _pairs(pack=_without(*kept)) for kept in itertools.product((True, False), repeat=3) if not all(kept)
    ),
    "coins_of_something_else": (
        _pairs(coin_at=_by_sentence),
        _pairs(coin_at=_in_document),
        _pairs(coin_at=_by_document),
    ),
}
