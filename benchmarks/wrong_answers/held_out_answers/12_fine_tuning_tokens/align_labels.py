from itertools import accumulate, chain


def right_1(word_labels, num_pieces, length):
    """Pieces first, then the cut, then [CLS], [SEP] and padding."""
    pieces = []
    for label, n in zip(word_labels, num_pieces):
        if n > 0:
            pieces.append(label)
            pieces.extend([0] * (n - 1))
    kept = pieces[: length - 2]
    return [0] + kept + [0] * (length - 1 - len(kept))


def right_2(word_labels, num_pieces, length):
    """The place of each word's first piece, written into zeros."""
    result = [0] * length
    firsts = accumulate(num_pieces, initial=1)
    for label, n, first in zip(word_labels, num_pieces, firsts):
        if n >= 1 and first <= length - 2:
            result[first] = label
    return result


def right_3(word_labels, num_pieces, length):
    """A stream of labels, drawn from token by token."""
    stream = chain.from_iterable([label] + [0] * (n - 1) for label, n in zip(word_labels, num_pieces) if n)
    body = [next(stream, 0) for _ in range(length - 2)]
    return [0, *body, 0]


def right_4(word_labels, num_pieces, length):
    """Each piece knows its word; a piece has a label where its word is not the one before."""
    words = [w for w, n in enumerate(num_pieces) for _ in range(n)]
    result = []
    for token in range(length):
        at = token - 1
        inside = 0 <= at < len(words) and token < length - 1
        first = inside and (at == 0 or words[at - 1] != words[at])
        result.append(word_labels[words[at]] if first else 0)
    return result


def _flat(word_labels, num_pieces, first=lambda label: label, further=lambda label: 0):
    out = []
    for label, n in zip(word_labels, num_pieces):
        if n:
            out += [first(label)] + [further(label)] * (n - 1)
    return out


def _frame(pieces, length):
    kept = pieces[: length - 2]
    return [0] + kept + [0] * (length - 1 - len(kept))


def wrong_1(word_labels, num_pieces, length):
    """All pieces carry their word's label. Wrong on: words of two pieces or more."""
    return _frame(_flat(word_labels, num_pieces, further=lambda label: label), length)


def wrong_2(word_labels, num_pieces, length):
    """[CLS] is forgotten, all labels stand one place to the left. Wrong on: any word with a piece."""
    kept = _flat(word_labels, num_pieces)[: length - 2]
    return kept + [0] * (length - len(kept))


def wrong_3(word_labels, num_pieces, length):
    """Cut to length - 1, without room for [SEP]. Wrong on: a first piece at the last place."""
    kept = _flat(word_labels, num_pieces)[: length - 1]
    return [0] + kept + [0] * (length - 1 - len(kept))


def wrong_4(word_labels, num_pieces, length):
    """Every word has one piece at least. Wrong on: a word of 0 pieces."""
    return _frame(_flat(word_labels, [max(1, n) for n in num_pieces]), length)


def wrong_5(word_labels, num_pieces, length):
    """A word of 0 pieces writes its label where the next begins. Wrong on: 0 pieces at the very end."""
    result = [0] * length
    at = 1
    for label, n in zip(word_labels, num_pieces):
        if at < length - 1:
            result[at] = label
        at += n
    return result


def wrong_6(word_labels, num_pieces, length):
    """Further pieces carry the I of their kind, or O. Wrong on: words of two pieces or more."""

    def further(label):
        return 1 if label == 1 else label | 1

    return _frame(_flat(word_labels, num_pieces, further=further), length)


def wrong_7(word_labels, num_pieces, length):
    """The last piece carries the label. Wrong on: words of two pieces or more."""
    pieces = []
    for label, n in zip(word_labels, num_pieces):
        pieces += [0] * (n - 1) + [label] * (n > 0)
    return _frame(pieces, length)


def wrong_8(word_labels, num_pieces, length):
    """-100 in place of 0, as PyTorch's loss has it. Wrong on: all inputs."""
    kept = _flat(word_labels, num_pieces, further=lambda label: -100)[: length - 2]
    return [-100] + kept + [-100] * (length - 1 - len(kept))


def wrong_9(word_labels, num_pieces, length):
    """Special tokens and padding are O, label 1. Wrong on: all inputs."""
    kept = _flat(word_labels, num_pieces)[: length - 2]
    return [1] + kept + [1] * (length - 1 - len(kept))


def wrong_10(word_labels, num_pieces, length):
    """There is no padding. Wrong on: sentences shorter than the length."""
    return [0] + _flat(word_labels, num_pieces)[: length - 2] + [0]


def wrong_11(word_labels, num_pieces, length):
    """A word that does not fit as a whole is dropped. Wrong on: a word of several pieces at the cut."""
    kept = []
    for label, n in zip(word_labels, num_pieces):
        if len(kept) + n > length - 2:
            break
        kept += ([label] + [0] * (n - 1)) if n else []
    return _frame(kept, length)


def wrong_12(word_labels, num_pieces, length):
    """Words are cut to length - 2 before pieces. Wrong on: more words than that, some of 0 pieces."""
    return _frame(_flat(word_labels[: length - 2], num_pieces[: length - 2]), length)


def wrong_13(word_labels, num_pieces, length):
    """Room for two [SEP] as in a pair. Wrong on: a first piece at the place length - 2."""
    kept = _flat(word_labels, num_pieces)[: length - 3]
    return [0] + kept + [0] * (length - 1 - len(kept))


def wrong_14(word_labels, num_pieces, length):
    """Pieces are cut from the front. Wrong on: sentences too long."""
    pieces = _flat(word_labels, num_pieces)
    return _frame(pieces[max(0, len(pieces) - (length - 2)) :], length)


def wrong_15(word_labels, num_pieces, length):
    """Words without pieces are dropped, their labels are not. Wrong on: 0 pieces before a further word."""
    return _frame(_flat(word_labels, [n for n in num_pieces if n]), length)


def wrong_16(word_labels, num_pieces, length):
    """Stops at the first word of 0 pieces. Wrong on: such a word before others."""
    pieces = []
    for label, n in zip(word_labels, num_pieces):
        if n == 0:
            break
        pieces += [label] + [0] * (n - 1)
    return _frame(pieces, length)


def wrong_17(word_labels, num_pieces, length):
    """Labels are counted from 0. Wrong on: any word with a piece."""
    return _frame(_flat(word_labels, num_pieces, first=lambda label: label - 1), length)


def wrong_18(word_labels, num_pieces, length):
    """Nothing is cut. Wrong on: sentences too long."""
    tokens = [0] + _flat(word_labels, num_pieces) + [0]
    while len(tokens) < length:
        tokens.append(0)
    return tokens


def wrong_19(word_labels, num_pieces, length):
    """Further pieces are O, label 1. Wrong on: words of two pieces or more."""
    return _frame(_flat(word_labels, num_pieces, further=lambda label: 1), length)


def wrong_20(word_labels, num_pieces, length):
    """O counts as no label. Wrong on: words with the label 1."""
    return _frame(_flat(word_labels, num_pieces, first=lambda label: label if label > 1 else 0), length)


def wrong_21(word_labels, num_pieces, length):
    """Only words of one piece carry a label. Wrong on: words of two pieces or more."""
    pieces = []
    for label, n in zip(word_labels, num_pieces):
        pieces += [label] if n == 1 else [0] * n
    return _frame(pieces, length)
