"""Wrong answers to `align_labels` beside its mutants."""


def _body(word_labels, num_pieces):
    labels = []
    for label, number in zip(word_labels, num_pieces, strict=True):
        labels += ([label] + [0] * (number - 1))[:number]
    return labels


def _framed(body, length):
    return ([0, *body[: length - 2], 0] + [0] * length)[:length]


def never_cut(word_labels, num_pieces, length):
    labels = [0, *_body(word_labels, num_pieces), 0]
    return labels + [0] * (length - len(labels))


def never_padded(word_labels, num_pieces, length):
    return [0, *_body(word_labels, num_pieces)[: length - 2], 0]


def outside_left_out(word_labels, num_pieces, length):
    return _framed([0 if label == 1 else label for label in _body(word_labels, num_pieces)], length)


def counted_from_zero(word_labels, num_pieces, length):
    return [max(label - 1, 0) for label in _framed(_body(word_labels, num_pieces), length)]


def second_piece_labelled(word_labels, num_pieces, length):
    labels = []
    for label, number in zip(word_labels, num_pieces, strict=True):
        labels += [0, label, 0, 0][:number] if number > 1 else [label][:number]
    return _framed(labels, length)


def special_tokens_labelled__padding_too(word_labels, num_pieces, length):
    body = _body(word_labels, num_pieces)[: length - 2]
    return [1, *body] + [1] * (length - 1 - len(body))


def every_piece_labelled__by_word_numbers(word_labels, num_pieces, length):
    words = [number for number, pieces in enumerate(num_pieces) for _ in range(pieces)]
    return _framed([word_labels[word] for word in words], length)


def start_token_forgotten__cut_by_one(word_labels, num_pieces, length):
    labels = _body(word_labels, num_pieces)[: length - 1]
    return labels + [0] * (length - len(labels))


def pieceless_words_labelled__overwritten(word_labels, num_pieces, length):
    labels, place = [0] * length, 1
    for label, number in zip(word_labels, num_pieces, strict=True):
        if place < length - 1:
            labels[place] = label
        place += number
    return labels
