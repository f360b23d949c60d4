"""Right answers to `token_offsets` in other styles."""

import re
import unicodedata

import numpy as np


def _cleaned(character):
    parts = unicodedata.normalize("NFD", character)
    return "".join(part.lower() for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


def word_by_word_with_a_pattern(text, pieces_of_words):
    result = []
    for match, pieces in zip(re.finditer("[^ ]+", text), pieces_of_words, strict=True):
        origins = [match.start() + i for i, one in enumerate(match.group()) for _ in _cleaned(one)]
        if pieces == ["[UNK]"]:
            result.append([origins[0], origins[-1] + 1])
            continue
        for piece in pieces:
            own = [origins.pop(0) for _ in piece.replace("##", "")]
            result.append([min(own), max(own) + 1])
    return result


def over_the_whole_text(text, pieces_of_words):
    origins = [place for place, one in enumerate(text) if one != " " for _ in _cleaned(one)]
    lengths = [len("".join(map(_cleaned, word))) for word in text.split(" ") if word]
    spans, begin = [], 0
    for length, pieces in zip(lengths, pieces_of_words, strict=True):
        start = begin
        for piece in pieces:
            stop = begin + length if piece == "[UNK]" else start + len(piece.removeprefix("##"))
            spans.append((origins[start], origins[stop - 1] + 1))
            start = stop
        begin += length
    return spans


def as_an_array(text, pieces_of_words):
    return np.array(over_the_whole_text(text, pieces_of_words))


def character_by_character(text, pieces_of_words):
    spans, place = [], 0
    for pieces in pieces_of_words:
        while text[place] == " ":
            place += 1
        left = ""  # what the current character still has to give
        for piece in pieces:
            begin = end = None
            need = None if piece == "[UNK]" else len(piece.removeprefix("##"))
            while need is None or need > 0:
                if not left:
                    if need is None and (place == len(text) or text[place] == " "):
                        break
                    left, origin = _cleaned(text[place]), place
                    place += 1
                    if not left:
                        continue
                begin = origin if begin is None else begin
                end = origin + 1
                taken = len(left) if need is None else 1
                left = left[taken:]
                need = None if need is None else need - 1
            spans.append((begin, end))
        while place < len(text) and text[place] != " ":
            place += 1
    return spans
