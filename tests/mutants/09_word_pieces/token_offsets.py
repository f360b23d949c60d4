"""Wrong answers to `token_offsets`, each named after the mistake it makes."""

import unicodedata


def _cleaned(character):
    parts = unicodedata.normalize("NFD", character)
    return "".join(part.lower() for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


def _places(text):
    words, current = [], []
    for place, character in enumerate(text + " "):
        if character == " ":
            words += [current] if current else []
            current = []
        else:
            current = current + [place] * len(_cleaned(character))
    return words


def _spans(words, pieces_of_words):
    spans = []
    for places, pieces in zip(words, pieces_of_words, strict=True):
        start = 0
        for piece in pieces:
            stop = len(places) if piece == "[UNK]" else start + len(piece.removeprefix("##"))
            spans.append((places[start], places[stop - 1] + 1))
            start = stop
    return spans


def end_included(text, pieces_of_words):
    return [(start, stop - 1) for start, stop in _spans(_places(text), pieces_of_words)]


def lengths_returned(text, pieces_of_words):
    return [(start, stop - start) for start, stop in _spans(_places(text), pieces_of_words)]


def prefix_counted(text, pieces_of_words):
    spans = []
    for places, pieces in zip(_places(text), pieces_of_words, strict=True):
        start = 0
        for piece in pieces:
            taken = places[start:] if piece == "[UNK]" else places[start : start + len(piece)]
            spans.append((taken[0], taken[-1] + 1) if taken else (places[-1] + 1, places[-1] + 1))
            start += len(piece)
    return spans


def in_cleaned_text(text, pieces_of_words):
    text = "".join(_cleaned(character) for character in text)
    words, current = [], []
    for place, character in enumerate(text + " "):
        if character == " ":
            words += [current] if current else []
            current = []
        else:
            current.append(place)
    return _spans(words, pieces_of_words)


def lengths_of_pieces(text, pieces_of_words):
    spans, place = [], 0
    for word, pieces in zip(text.split(), pieces_of_words, strict=True):
        begin = start = text.index(word, place)
        for piece in pieces:
            length = len(word) if piece == "[UNK]" else len(piece.removeprefix("##"))
            spans.append((start, start + length))
            start += length
        place = begin + len(word)
    return spans


def spaces_miscounted(text, pieces_of_words):
    return _spans(_places(" ".join(text.split())), pieces_of_words)


def within_words(text, pieces_of_words):
    words = [_places(word)[0] for word in text.split()]
    return _spans(words, pieces_of_words)


def first_occurrence(text, pieces_of_words):
    whole = "".join(map(_cleaned, text))
    places = [place for place, character in enumerate(text) for _ in _cleaned(character)]
    spans = _spans(_places(text), pieces_of_words)
    flat = [piece.removeprefix("##") for pieces in pieces_of_words for piece in pieces]
    for number, piece in enumerate(flat):
        if piece != "[UNK]":
            first = whole.find(piece)
            spans[number] = (places[first], places[first + len(piece) - 1] + 1)
    return spans


def unknown_not_the_word(text, pieces_of_words):
    spans = []
    for places, pieces in zip(_places(text), pieces_of_words, strict=True):
        start = 0
        for piece in pieces:
            taken = places[
                start : start + len(piece.removeprefix("##"))
            ]  # five for [UNK], if there are so many
            spans.append((taken[0], taken[-1] + 1))
            start += len(taken)
    return spans


def goes_on_to_the_next(text, pieces_of_words):
    spans, place = [], 0
    for word, places, pieces in zip(text.split(), _places(text), pieces_of_words, strict=True):
        place = text.index(word, place)
        starts = [start for start, _ in _spans([places], [pieces])]
        place += len(word)
        spans += list(zip(starts, [*starts[1:], place], strict=True))
    return spans


def whole_words(text, pieces_of_words):
    return [
        (places[0], places[-1] + 1)
        for places, pieces in zip(_places(text), pieces_of_words, strict=True)
        for _ in pieces
    ]
