"""Wrong answers to `align_labels`, each named after the mistake it makes."""


def _body(word_labels, num_pieces, further=lambda label: 0):
    labels = []
    for label, number in zip(word_labels, num_pieces, strict=True):
        labels += ([label] + [further(label)] * (number - 1))[:number]
    return labels


def _framed(body, length, special=0, padding=0):
    body = body[: length - 2]
    return ([special, *body, special] + [padding] * length)[:length]


def minus_hundred(word_labels, num_pieces, length):
    return [label or -100 for label in _framed(_body(word_labels, num_pieces), length)]


def every_piece_labelled(word_labels, num_pieces, length):
    return _framed(_body(word_labels, num_pieces, further=lambda label: label), length)


def inside_for_further_pieces(word_labels, num_pieces, length):
    body = _body(word_labels, num_pieces, further=lambda label: label + 1 if label % 2 == 0 else label)
    return _framed(body, length)


def outside_for_further_pieces(word_labels, num_pieces, length):
    return _framed(_body(word_labels, num_pieces, further=lambda label: 1), length)


def special_tokens_labelled(word_labels, num_pieces, length):
    return _framed(_body(word_labels, num_pieces), length, special=1)


def start_token_forgotten(word_labels, num_pieces, length):
    return _framed(_body(word_labels, num_pieces), length)[1:] + [0]


def last_piece_labelled(word_labels, num_pieces, length):
    labels = []
    for label, number in zip(word_labels, num_pieces, strict=True):
        if number:
            labels += [0] * (number - 1) + [label]
    return _framed(labels, length)


def one_token_a_word(word_labels, num_pieces, length):
    return _framed(list(word_labels), length)


def no_room_for_the_separator(word_labels, num_pieces, length):
    labels = [0, *_body(word_labels, num_pieces)][:length]
    return labels + [0] * (length - len(labels))


def cut_too_early(word_labels, num_pieces, length):
    return _framed(_body(word_labels, num_pieces)[: length - 3], length)


def pieceless_words_labelled(word_labels, num_pieces, length):
    labels = []
    for label, number in zip(word_labels, num_pieces, strict=True):
        labels += [label] + [0] * (number - 1)
    return _framed(labels, length)
