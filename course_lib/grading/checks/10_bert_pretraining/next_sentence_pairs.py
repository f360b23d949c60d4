"""Verdict of `next_sentence_pairs`: true next sentences, and others from another document."""

import numpy as np


def draw(generator):
    """Documents of several lengths, with empty ones, with single sentences, and one document alone."""
    cases = []
    for lengths in (
        (3, 2),
        (5, 3, 7),
        (0, 5, 0, 0, 3, 1, 2),
        (2, 1, 11, 3, 5),
        (5,),
        (0, 3, 0),
        (1, 1, 1),
        (3, 3, 3, 3),
    ):
        numbers = iter(generator.permutation(97).tolist())
        documents = [[next(numbers) for _ in range(length)] for length in lengths]
        coins, draws = (generator.random(sum(lengths) + 2).round(6) for _ in range(2))
        coins[:2], draws[1] = (generator.random() / 2, 0.5 + generator.random() / 2), generator.random()
        if sum(lengths) > 10:  # of the first pairs some are drawn from both ends, and near one
            coins[2:6] = 0.5, 0.75, 0.25, 0.875
            draws[2:6] = 0.0, 0.9999, 0.75, 0.062
        cases.append({"documents": documents, "coins": coins.tolist(), "draws": draws.tolist()})
    return cases


def _lengths(case):
    return [len(document) for document in case["documents"]]


def _num_pairs(case):
    return len(reference(**case))


def _any_pair(holds):
    """Said of a coin and a draw that are used."""

    def condition(case):
        count = _num_pairs(case)
        return any(map(holds, case["coins"][:count], case["draws"][:count]))

    return condition


CONDITIONS = {
    "pairs with label 0 and pairs with label 1": lambda case: (
        {label for *_, label in reference(**case)} == {0, 1}
    ),
    "an empty document in front": lambda case: _lengths(case)[0] == 0 < _num_pairs(case),
    "an empty document between others": lambda case: 0 in _lengths(case)[1:-1] and _num_pairs(case),
    "a document of one sentence among longer ones": lambda case: 1 in _lengths(case) and _num_pairs(case),
    "documents of one sentence alone": lambda case: set(_lengths(case)) == {1},
    "one document": lambda case: len(_lengths(case)) == 1,
    "one document among empty ones": lambda case: (
        len(_lengths(case)) > 1 and np.count_nonzero(_lengths(case)) == 1
    ),
    "documents of one length": lambda case: len(set(_lengths(case))) == 1 and _num_pairs(case),
    "a coin of exactly 0.5": _any_pair(lambda coin, draw: coin == 0.5),
    "a draw of 0": _any_pair(lambda coin, draw: coin >= 0.5 and draw == 0),
    "a draw near 1": _any_pair(lambda coin, draw: coin >= 0.5 and draw > 0.999),
    "numbers of sentences that are not in order": lambda case: (
        _num_pairs(case) and case["documents"][-1] != sorted(case["documents"][-1])
    ),
}


def _starts(documents):
    """(document, place) of all sentences but the last ones."""
    return [(number, place) for number, text in enumerate(documents) for place in range(len(text) - 1)]


def _following(documents, number, place):
    return documents[number][place + 1]


def _others(documents, number, place):
    return [s for other, text in enumerate(documents) if other != number for s in text]


def _has_others(documents):
    return sum(map(bool, documents)) > 1


def _floor(draw, candidates):
    return candidates[int(draw * len(candidates))]


def _count(count, negatives, documents, number, place):
    return count


def _pairing(
    is_true=lambda coin: coin < 0.5,
    pool=_others,
    pick=_floor,
    labels=(0, 1),
    starts=_starts,
    following=_following,
    coin_at=_count,
    draw_at=_count,
    goes_on=_has_others,
    alone=lambda documents, coins, draws: [],
    finish=lambda pair: [pair],
):
    """The answer, with parts exchanged; `alone` is what is returned where `goes_on` is false."""

    def answer(documents, coins, draws):
        if not goes_on(documents):
            return alone(documents, coins, draws)
        pairs, negatives = [], 0
        for count, (number, place) in enumerate(starts(documents)):
            at = count, negatives, documents, number, place
            second = following(documents, number, place)
            first = documents[number][place]
            if second is not None and is_true(coins[coin_at(*at)]):
                pairs += finish((first, second, labels[0]))
            else:
                drawn = pick(draws[draw_at(*at)], pool(documents, number, place))
                pairs += finish((first, drawn, labels[1]))
                negatives += 1
        return pairs

    return answer


reference = _pairing()


def _always(documents):
    return True


def _two_documents(documents):
    return len(documents) > 1


def _all(documents, number, place):
    return [s for text in documents for s in text]


def _all_but(*offsets):
    """All sentences but some of the document's own: 0 is the sentence itself, 1 the next."""

    def pool(documents, number, place):
        left_out = {documents[number][place + offset] for offset in offsets}
        return [s for text in documents for s in text if s not in left_out]

    return pool


def _own(documents, number, place):
    return documents[number]


def _own_but(*offsets):
    def pool(documents, number, place):
        left_out = {documents[number][place + offset] for offset in offsets}
        return [s for s in documents[number] if s not in left_out]

    return pool


def _own_if_alone(documents, number, place):
    return _others(documents, number, place) or documents[number]


def _all_starts(documents):
    return [(number, place) for number, text in enumerate(documents) for place in range(len(text))]


def _all_starts_but_the_last(documents):
    return _all_starts(documents)[:-1]


def _next_of_all(documents, number, place):
    """The next sentence of the whole text, over the boundary, empty documents left out."""
    if place + 1 < len(documents[number]):
        return documents[number][place + 1]
    return next(text[0] for text in documents[number + 1 :] if text)


def _next_or_none(documents, number, place):
    return documents[number][place + 1] if place + 1 < len(documents[number]) else None


def _every_second(documents):
    return [(number, place) for number, place in _starts(documents) if place % 2 == 0]


def _texts_of_others(documents, number, place):
    return [text for other, text in enumerate(documents) if other != number]


def _filled_texts_of_others(documents, number, place):
    return [text for text in _texts_of_others(documents, number, place) if text]


def _text_first(choose):
    """A document by the draw, then a sentence of it."""
    return lambda draw, texts: choose(draw, _floor(draw, texts))


def _neighbour(step):
    return lambda documents, number, place: documents[(number + step) % len(documents)]


def _next_filled(documents, number, place):
    filled = [index for index, text in enumerate(documents) if text]
    return documents[filled[(filled.index(number) + 1) % len(filled)]]


def _by_sentence(count, negatives, documents, number, place):
    return sum(map(len, documents[:number])) + place


def _by_place(count, negatives, documents, number, place):
    return place


def _by_document(count, negatives, documents, number, place):
    return number


def _by_negatives(count, negatives, documents, number, place):
    return negatives


def _both_for_each(documents, coins, draws):
    pairs = []
    for (first, second, label), (_, drawn, other) in zip(
        _pairing(is_true=lambda coin: True)(documents, coins, draws),
        _pairing(is_true=lambda coin: False)(documents, coins, draws),
        strict=True,
    ):
        pairs += [(first, second, label), (first, drawn, other)]
    return pairs


def _true_ones(label, keeps=lambda coin: True):
    """What is made of one document alone: its true pairs; `label` takes the coin."""

    def alone(documents, coins, draws):
        pairs = []
        for index, (number, place) in enumerate(_starts(documents)):
            if keeps(coins[index]):
                text = documents[number]
                pairs.append((text[place], text[place + 1], label(coins[index])))
        return pairs

    return alone


def _whole_document_left_out(documents, coins, draws):
    """Negatives that cannot be drawn are left out, and take no number."""
    pairs = []
    for number, place in _starts(documents):
        if coins[len(pairs)] < 0.5:
            pairs.append((documents[number][place], documents[number][place + 1], 0))
    return pairs


def _raises(documents, coins, draws):
    if _starts(documents):
        raise ValueError("nothing to draw from")
    return []


PICKS = (
    lambda draw, candidates: candidates[int(draw * (len(candidates) - 1))],
    lambda draw, candidates: candidates[round(draw * (len(candidates) - 1))],
    lambda draw, candidates: candidates[round(draw * len(candidates))],
    lambda draw, candidates: candidates[min(round(draw * len(candidates)), len(candidates) - 1)],
    lambda draw, candidates: candidates[int(np.ceil(draw * len(candidates)))],
    lambda draw, candidates: candidates[int(np.ceil(draw * len(candidates))) - 1],
    lambda draw, candidates: candidates[int(np.ceil(draw * (len(candidates) - 1)))],
)
SENTENCES = (
    lambda draw, text: text[0],
    lambda draw, text: text[-1],
    _floor,
)

MISTAKES = {
    "labels_swapped": _pairing(labels=(1, 0)),
    "coin_inverted": _pairing(is_true=lambda coin: coin >= 0.5),
    "half_counts_as_below": _pairing(is_true=lambda coin: coin <= 0.5),
    "second_before_first": _pairing(finish=lambda pair: [(pair[1], pair[0], pair[2])]),
    "both_for_each": _both_for_each,
    "one_document_alone": (
        _pairing(goes_on=_always),
        *(
            _pairing(goes_on=goes_on, alone=alone)
            for goes_on in (_has_others, _two_documents)
            for alone in (
                _raises,
                _true_ones(lambda coin: 0),
                _true_ones(lambda coin: 0, lambda coin: coin < 0.5),
                _true_ones(lambda coin: int(coin >= 0.5)),
                _whole_document_left_out,
            )
        ),
        _pairing(goes_on=_two_documents),
        _pairing(goes_on=_always, pool=_own_if_alone),
    ),
    "drawn_from_all": tuple(
        _pairing(pool=pool, goes_on=goes_on)
        for pool in (_all, _all_but(0), _all_but(1), _all_but(0, 1))
        for goes_on in (_always, _has_others, _two_documents)
    ),
    "drawn_from_the_same_document": tuple(
        _pairing(pool=pool, goes_on=goes_on)
        for pool in (_own, _own_but(0), _own_but(1), _own_but(0, 1))
        for goes_on in (_always, _has_others, _two_documents)
    ),
    "across_documents": (
        _pairing(starts=_all_starts_but_the_last, following=_next_of_all),
        _pairing(starts=_all_starts_but_the_last, following=_next_of_all, goes_on=_two_documents),
        _pairing(starts=_all_starts_but_the_last, following=_next_of_all, goes_on=_always),
    ),
    "last_sentence_paired": tuple(
        _pairing(starts=_all_starts, following=_next_or_none, goes_on=goes_on)
        for goes_on in (_has_others, _two_documents, _always)
    ),
    "every_second_sentence": _pairing(starts=_every_second),
    "document_drawn_first": tuple(
        _pairing(pool=pool, pick=_text_first(choose), goes_on=goes_on)
        for pool in (_texts_of_others, _filled_texts_of_others)
        for choose in SENTENCES
        for goes_on in (_has_others, _two_documents, _always)
    ),
    "next_document_alone": tuple(
        _pairing(pool=pool, goes_on=goes_on)
        for pool in (_neighbour(1), _neighbour(-1), _next_filled)
        for goes_on in (_has_others, _two_documents, _always)
    ),
    "draw_ignored": tuple(_pairing(pick=lambda draw, candidates, at=at: candidates[at]) for at in (0, -1)),
    "draw_not_rounded_down": tuple(_pairing(pick=pick) for pick in PICKS),
    "draws_out_of_step": _pairing(draw_at=_by_negatives),
    "numbers_of_the_sentence": (
        _pairing(coin_at=_by_sentence, draw_at=_by_sentence),
        _pairing(coin_at=_by_place, draw_at=_by_place),
        _pairing(coin_at=_by_document, draw_at=_by_document),
    ),
}
