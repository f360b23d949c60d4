"""Wrong answers to `token_offsets` beside its mutants."""

import unicodedata


def _cleaned(character):
    parts = unicodedata.normalize("NFD", character)
    return "".join(part.lower() for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


def _right(text, pieces_of_words, cleaned=_cleaned):
    words, current, spans = [], [], []
    for place, character in enumerate(text + " "):
        if character == " ":
            words += [current] if current else []
            current = []
        else:
            current = current + [place] * len(cleaned(character))
    for places, pieces in zip(words, pieces_of_words, strict=True):
        start = 0
        for piece in pieces:
            stop = len(places) if piece == "[UNK]" else start + len(piece.removeprefix("##"))
            spans.append((places[start], places[min(stop, len(places)) - 1] + 1))
            start = stop
    return spans


def counted_from_one(text, pieces_of_words):
    return [(start + 1, stop + 1) for start, stop in _right(text, pieces_of_words)]


def one_list_a_word(text, pieces_of_words):
    spans = iter(_right(text, pieces_of_words))
    return [[next(spans) for _ in pieces] for pieces in pieces_of_words]


def texts_returned(text, pieces_of_words):
    return [text[start:stop] for start, stop in _right(text, pieces_of_words)]


def one_behind_the_end(text, pieces_of_words):
    return [(start, stop + 1) for start, stop in _right(text, pieces_of_words)]


def a_korean_syllable_is_one_character(text, pieces_of_words):
    return _right(text, pieces_of_words, lambda one: _cleaned(one)[:1])


def invisible_characters_counted(text, pieces_of_words):
    return _right(text, pieces_of_words, lambda one: "x" if one == "\u200b" else _cleaned(one))


def accents_of_their_own_counted(text, pieces_of_words):
    return _right(text, pieces_of_words, lambda one: "x" if unicodedata.combining(one) else _cleaned(one))


def unknown_words_left_out(text, pieces_of_words):
    flat = [piece for pieces in pieces_of_words for piece in pieces]
    spans = _right(text, pieces_of_words)
    return [span for span, piece in zip(spans, flat, strict=True) if piece != "[UNK]"]


def starts_alone(text, pieces_of_words):
    return [start for start, _ in _right(text, pieces_of_words)]


def unknown_not_the_word__but_its_first_character(text, pieces_of_words):
    flat = [piece for pieces in pieces_of_words for piece in pieces]
    spans = _right(text, pieces_of_words)
    return [
        (start, start + 1) if piece == "[UNK]" else (start, stop)
        for (start, stop), piece in zip(spans, flat, strict=True)
    ]


def unknown_not_the_word__but_nothing(text, pieces_of_words):
    flat = [piece for pieces in pieces_of_words for piece in pieces]
    spans = _right(text, pieces_of_words)
    return [
        (start, start) if piece == "[UNK]" else (start, stop)
        for (start, stop), piece in zip(spans, flat, strict=True)
    ]


def spaces_miscounted__not_at_all(text, pieces_of_words):
    joined = text.replace(" ", "")
    places = [place for place, one in enumerate(joined) for _ in _cleaned(one)]
    spans = []
    for word, pieces in zip(text.split(), pieces_of_words, strict=True):
        own = places[: sum(len(_cleaned(one)) for one in word)]
        places = places[len(own) :]
        start = 0
        for piece in pieces:
            stop = len(own) if piece == "[UNK]" else start + len(piece.removeprefix("##"))
            spans.append((own[start], own[stop - 1] + 1))
            start = stop
    return spans
