"""Verdict of `align_labels`: labels of words for the pieces that a model reads."""

import numpy as np

OUTSIDE = 1


def draw(generator):
    """Sentences of 1 to 11 words in 0 to 4 pieces; they fit with room, exactly, or are cut."""
    cases = []
    for num_words, room in ((3, 0), (5, 3), (7, -2), (11, -5), (5, 2), (7, -4)):
        labels = [int(label) for label in generator.integers(1, 8, num_words)]
        pieces = [int(number) for number in generator.integers(1, 5, num_words)]
        # A name that begins, goes on and ends, each in several pieces; a word outside in several, too.
        labels[:3], pieces[:3] = generator.permuted([[2, 3, 1], [2, 4, 3]], axis=1).tolist()
        cases.append(_case(labels, pieces, room))
    inside = _case([2, 3, 1, 4], [1, 2, 1, 4], -3)  # the last word is cut behind its first piece
    between = _case([6, 7, 1, 4], [2, 1, 3, 2], -2)  # the last word is cut away, and nothing else
    no_pieces = _case([1, 4, 5, 2, 6], [2, 0, 1, 3, 0], 3)
    one = _case([int(generator.integers(2, 8))], [int(generator.integers(2, 5))], 0)
    crowded = _case([1, 4, 5, 2, 6, 3], [0, 0, 1, 0, 1, 1], 0)  # more words than places
    return [*cases, inside, between, no_pieces, crowded, one]


def _case(labels, pieces, room):
    return {"word_labels": labels, "num_pieces": pieces, "length": sum(pieces) + 2 + room}


def _is_cut(case):
    return sum(case["num_pieces"]) + 2 > case["length"]


def _starts(case):
    """Where each word would begin, were nothing cut."""
    return 1 + np.cumsum([0, *case["num_pieces"][:-1]])


CONDITIONS = {
    "a sentence that fits exactly": lambda case: sum(case["num_pieces"]) + 2 == case["length"],
    "padding behind the sentence": lambda case: sum(case["num_pieces"]) + 2 < case["length"],
    "a sentence that is cut": _is_cut,
    "words that are cut away whole": lambda case: (_starts(case) >= case["length"] - 1).any(),
    "a word that is cut behind its first piece": lambda case: (
        _is_cut(case) and case["num_pieces"][-1] > 1 and _starts(case)[-1] == case["length"] - 2
    ),
    "a word that would begin where [SEP] stands": lambda case: (_starts(case) == case["length"] - 1).any(),
    "a word without a piece in the middle": lambda case: 0 in case["num_pieces"][:-1],
    "a word without a piece at the end": lambda case: case["num_pieces"][-1] == 0,
    "more words than places": lambda case: (
        len(case["word_labels"]) > case["length"] - 2 == sum(case["num_pieces"])
    ),
    "a first word of several pieces": lambda case: case["num_pieces"][0] > 1,
    "a B, an I and an O in several pieces": lambda case: (
        {1, 2, 3}
        <= {
            label if label == 1 else 2 + label % 2
            for label, number in zip(case["word_labels"], case["num_pieces"], strict=True)
            if number > 1
        }
    ),
    "one word": lambda case: len(case["word_labels"]) == 1,
}


def _aligned(
    further=lambda label: 0,
    first_place=1,
    at_special=0,
    at_padding=0,
    last_real=lambda length: length - 2,
    labels_of=lambda label, number: [label] + [0] * (number - 1) if number else [],
    left_out=0,
):
    """The labels of all tokens, with parts exchanged."""

    def answer(word_labels, num_pieces, length):
        body = []
        for label, number in zip(word_labels, num_pieces, strict=True):
            body += [kept or further(label) for kept in labels_of(label, number)]
        end = min(last_real(length) + 1, first_place + len(body))
        labels = np.full(length, at_padding)
        labels[0] = at_special
        labels[first_place:end] = body[: end - first_place]
        if end < length:
            labels[end] = at_special
        return np.where(labels == 0, left_out, labels)

    return answer


reference = _aligned()


def _inside(label):
    """I of the same kind, 3 for 2 and 3; O stays O."""
    return label if label == OUTSIDE else label | 1


def _last(label, number):
    return [0] * (number - 1) + [label] if number else []


def _one_each(word_labels, num_pieces, length):
    labels = np.zeros(length, "int64")
    room = min(len(word_labels), length - 2)
    labels[1 : room + 1] = word_labels[:room]
    return labels


def _pieceless_overwrites(word_labels, num_pieces, length):
    """A word without a piece writes its label where the next one begins, and the next one over it, or not."""

    def answer(later_wins):
        labels, place = np.zeros(length, "int64"), 1
        for label, number in zip(word_labels, num_pieces, strict=True):
            if place < length - 1 and (later_wins or not labels[place]):
                labels[place] = label
            place += number
        return labels

    return answer


def _overwriting(later_wins):
    return lambda word_labels, num_pieces, length: _pieceless_overwrites(word_labels, num_pieces, length)(
        later_wins
    )


def _further_everywhere(further):
    return tuple(
        _aligned(further=further, at_special=special, at_padding=padding)
        for special, padding in ((0, 0), (OUTSIDE, 0), (OUTSIDE, OUTSIDE))
    )


MISTAKES = {
    "minus_hundred": _aligned(left_out=-100),
    "every_piece_labelled": _further_everywhere(lambda label: label),
    "inside_for_further_pieces": _further_everywhere(_inside),
    "outside_for_further_pieces": _further_everywhere(lambda label: OUTSIDE),
    "special_tokens_labelled": (
        _aligned(at_special=OUTSIDE),
        _aligned(at_special=OUTSIDE, at_padding=OUTSIDE),
        _aligned(at_padding=OUTSIDE),
    ),
    "start_token_forgotten": (
        _aligned(first_place=0),
        _aligned(first_place=0, last_real=lambda length: length - 1),
        _aligned(first_place=0, last_real=lambda length: length - 3),
    ),
    "last_piece_labelled": _aligned(labels_of=_last),
    "one_token_a_word": _one_each,
    "no_room_for_the_separator": _aligned(last_real=lambda length: length - 1),
    "cut_too_early": _aligned(last_real=lambda length: length - 3),
    "pieceless_words_labelled": (
        _aligned(labels_of=lambda label, number: [label] + [0] * (max(number, 1) - 1)),
        _overwriting(later_wins=True),
        _overwriting(later_wins=False),
    ),
}
