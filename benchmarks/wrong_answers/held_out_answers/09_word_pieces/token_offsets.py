import re
import unicodedata

import numpy as np


def _cleaned(character):
    parts = unicodedata.normalize("NFD", character)
    return "".join(part.lower() for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


def _words(text):
    """(place, word) of each word."""
    return [(match.start(), match.group()) for match in re.finditer("[^ ]+", text)]


def _owners(place, word):
    """For each character of the cleaned word: the place in the text that it comes from."""
    return [place + i for i, c in enumerate(word) for _ in _cleaned(c)]


def _lengths(pieces):
    """How many cleaned characters each piece holds."""
    return [len(piece) - (2 if i and piece.startswith("##") else 0) for i, piece in enumerate(pieces)]


def right_1(text, pieces_of_words):
    """A list of owners for each word."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = _owners(place, word)
        if pieces == ["[UNK]"]:
            spans.append((owners[0], owners[-1] + 1))
            continue
        position = 0
        for length in _lengths(pieces):
            spans.append((owners[position], owners[position + length - 1] + 1))
            position += length
    return spans


def right_2(text, pieces_of_words):
    """NumPy: running sums of lengths, and a search in them."""
    spans = []
    ends = np.cumsum([0 if c == " " else len(_cleaned(c)) for c in text])
    begin = 0
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        total = sum(len(_cleaned(c)) for c in word)
        sizes = [total] if pieces == ["[UNK]"] else _lengths(pieces)
        bounds = begin + np.cumsum([0] + sizes)
        firsts = np.searchsorted(ends, bounds[:-1], side="right")
        lasts = np.searchsorted(ends, bounds[1:] - 1, side="right")
        spans.extend((int(a), int(b) + 1) for a, b in zip(firsts, lasts))
        begin += total
    return spans


def right_3(text, pieces_of_words):
    """One walk over the text, which eats the pieces character by character."""
    spans, word_number, i = [], 0, 0
    while i < len(text):
        if text[i] == " ":
            i += 1
            continue
        stop = text.find(" ", i)
        stop = len(text) if stop < 0 else stop
        pieces = pieces_of_words[word_number]
        word_number += 1
        if pieces == ["[UNK]"]:
            kept = [j for j in range(i, stop) if _cleaned(text[j])]
            spans.append((kept[0], kept[-1] + 1))
        else:
            todo = _lengths(pieces)
            k, start = 0, None
            for j in range(i, stop):
                for _ in _cleaned(text[j]):
                    start = j if start is None else start
                    todo[k] -= 1
                    if todo[k] == 0:
                        spans.append((start, j + 1))
                        k, start = k + 1, None
        i = stop
    return spans


def right_4(text, pieces_of_words):
    """Every cleaned character gets a number; a span is the smallest and greatest owner of its numbers."""
    chars, word = [], -1
    for place, c in enumerate(text):
        if c == " ":
            continue
        if place == 0 or text[place - 1] == " ":
            word += 1
        chars += [(word, place)] * len(_cleaned(c))
    spans = []
    for number, pieces in enumerate(pieces_of_words):
        mine = iter([place for word, place in chars if word == number])
        for i, piece in enumerate(pieces):
            if piece == "[UNK]":
                taken = list(mine)
            else:
                body = piece[2:] if i > 0 else piece
                taken = [next(mine) for _ in body]
            spans.append((min(taken), max(taken) + 1))
    return spans


def wrong_1(text, pieces_of_words):
    """Places in the cleaned text. Wrong on: characters that become nothing, or several characters."""
    clean = "".join(_cleaned(c) for c in text)
    spans = []
    for (place, word), pieces in zip(_words(clean), pieces_of_words):
        position = place
        for length in [len(word)] if pieces == ["[UNK]"] else _lengths(pieces):
            spans.append((position, position + length))
            position += length
    return spans


def wrong_2(text, pieces_of_words):
    """Every piece is as long in the text as it is itself. Wrong on: combining accents, Korean."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        if pieces == ["[UNK]"]:
            owners = _owners(place, word)
            spans.append((owners[0], owners[-1] + 1))
            continue
        for length in _lengths(pieces):
            spans.append((place, place + length))
            place += length
    return spans


def wrong_3(text, pieces_of_words):
    """The ## counts as two characters. Wrong on: words of two or more pieces."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = _owners(place, word)
        if pieces == ["[UNK]"]:
            spans.append((owners[0], owners[-1] + 1))
            continue
        position = 0
        for piece in pieces:
            last = min(position + len(piece), len(owners)) - 1
            spans.append((owners[min(position, len(owners) - 1)], owners[last] + 1))
            position += len(piece)
    return spans


def wrong_4(text, pieces_of_words):
    """[UNK] spans the whole word. Wrong on: an unknown word that ends with a combining accent."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        if pieces == ["[UNK]"]:
            spans.append((place, place + len(word)))
        else:
            spans += right_1(" " * place + word, [pieces])
    return spans


def wrong_5(text, pieces_of_words):
    """[UNK] is five characters long. Wrong on: an unknown word of another length."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = _owners(place, word)
        position = 0
        for length in _lengths(pieces):
            part = owners[position : position + length]
            spans.append((part[0], part[-1] + 1))
            position += length
    return spans


def wrong_6(text, pieces_of_words):
    """Words are taken to be one space apart. Wrong on: several spaces in a row."""
    spans = []
    place = len(text) - len(text.lstrip(" "))
    for word, pieces in zip(text.split(), pieces_of_words):
        spans += right_1(" " * place + word, [pieces])
        place += len(word) + 1
    return spans


def wrong_7(text, pieces_of_words):
    """Spaces at the beginning are cut off and not counted. Wrong on: a text that begins with a space."""
    return right_1(text.strip(" "), pieces_of_words)


def wrong_8(text, pieces_of_words):
    """A piece reaches to where the next begins. Wrong on: a combining accent at the end of a piece."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        mine = right_1(" " * place + word, [pieces])
        for i, (start, end) in enumerate(mine):
            behind = mine[i + 1][0] if i + 1 < len(mine) else place + len(word)
            spans.append((start, max(end, behind)))
    return spans


def wrong_9(text, pieces_of_words):
    """A piece begins where the one before ended. Wrong on: a piece after an accent or zero-width space."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        start = place
        for _, end in right_1(" " * place + word, [pieces]):
            spans.append((start, end))
            start = end
    return spans


def wrong_10(text, pieces_of_words):
    """A character belongs to the first piece only. Wrong on: two pieces that share a Korean syllable."""
    spans = []
    for start, end in right_1(text, pieces_of_words):
        if spans and start < spans[-1][1]:
            start = spans[-1][1]
        spans.append((start, max(start, end)))
    return spans


def wrong_11(text, pieces_of_words):
    """The end is the place of the last character, not behind it. Wrong on: every piece."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = _owners(place, word)
        position = 0
        for length in [len(owners)] if pieces == ["[UNK]"] else _lengths(pieces):
            spans.append((owners[position], owners[position + length - 1]))
            position += length
    return spans


def wrong_12(text, pieces_of_words):
    """Places within the word. Wrong on: every word but the first."""
    spans = []
    for word, pieces in zip(text.split(), pieces_of_words):
        spans.extend(right_1(word, [pieces]))
    return spans


def wrong_13(text, pieces_of_words):
    """Looks for each piece from the beginning of its word. Wrong on: "anan" as an ##an, a repeated piece."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = _owners(place, word)
        clean = "".join(_cleaned(c) for c in word)
        for length, piece in zip(_lengths(pieces), pieces):
            if piece == "[UNK]":
                spans.append((owners[0], owners[-1] + 1))
            else:
                at = clean.find(piece[len(piece) - length :])
                spans.append((owners[at], owners[at + length - 1] + 1))
    return spans


def wrong_14(text, pieces_of_words):
    """Counts the decomposed characters, accents too. Wrong on: "é", whose accent has no place in a piece."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = [place + i for i, c in enumerate(word) for _ in unicodedata.normalize("NFD", c)]
        kept = _owners(place, word)
        position = 0
        for length in _lengths(pieces):
            if pieces == ["[UNK]"]:
                spans.append((kept[0], kept[-1] + 1))
            else:
                spans.append((owners[position], owners[position + length - 1] + 1))
            position += length
    return spans


def wrong_15(text, pieces_of_words):
    """A character becomes one character or none. Wrong on: Korean syllables."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = [place + i for i, c in enumerate(word) if _cleaned(c)]
        position = 0
        for length in [len(owners)] if pieces == ["[UNK]"] else _lengths(pieces):
            part = owners[position : position + length] or owners[-1:]
            spans.append((part[0], part[-1] + 1))
            position += length
    return spans


def wrong_16(text, pieces_of_words):
    """lstrip takes every # of a piece. Wrong on: the word "c#" as c ###, with a piece after it."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        owners = _owners(place, word)
        if pieces == ["[UNK]"]:
            spans.append((owners[0], owners[-1] + 1))
            continue
        position = 0
        for piece in pieces:
            part = owners[position : position + len(piece.lstrip("#"))]
            spans.append((part[0], part[-1] + 1) if part else (place, place))
            position += len(part)
    return spans


def wrong_17(text, pieces_of_words):
    """One [UNK] gives no span. Wrong on: every unknown word."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        if "[UNK]" not in pieces:
            spans += right_1(" " * place + word, [pieces])
    return spans


def wrong_18(text, pieces_of_words):
    """The length of a span counts the kept characters only. Wrong on: an accent within a piece."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        for start, end in right_1(" " * place + word, [pieces]):
            spans.append((start, start + sum(1 for c in text[start:end] if _cleaned(c))))
    return spans


def wrong_19(text, pieces_of_words):
    """The end of [UNK] is cut right, its start is not. Wrong on: an unknown word after a zero-width space."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        mine = right_1(" " * place + word, [pieces])
        spans += [(place, mine[0][1])] if pieces == ["[UNK]"] else mine
    return spans


def wrong_20(text, pieces_of_words):
    """Spans of whole words instead of pieces. Wrong on: words of two or more pieces."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        kept = [place + i for i, c in enumerate(word) if _cleaned(c)]
        spans += [(kept[0], kept[-1] + 1) for _ in pieces]
    return spans


def wrong_21(text, pieces_of_words):
    """A shared character is left to the piece before, if there are others. Wrong on: "한a", 2 pieces."""
    spans = []
    for start, end in right_1(text, pieces_of_words):
        if spans and start < spans[-1][1] < end:
            start = spans[-1][1]
        spans.append((start, end))
    return spans


def wrong_22(text, pieces_of_words):
    """The first piece of a shared character ends before it. Wrong on: a syllable in two pieces."""
    spans = right_1(text, pieces_of_words)
    result = []
    for i, (start, end) in enumerate(spans):
        if i + 1 < len(spans) and spans[i + 1][0] < end:
            end = max(start, spans[i + 1][0])
        result.append((start, end))
    return result


def wrong_23(text, pieces_of_words):
    """Only accents are dropped, no zero-width space. Wrong on: "\u200b" at the ends of [UNK]."""
    spans = []
    for (place, word), pieces in zip(_words(text), pieces_of_words):
        if pieces == ["[UNK]"]:
            kept = [place + i for i, c in enumerate(word) if unicodedata.category(c) != "Mn"]
            spans.append((kept[0], kept[-1] + 1))
        else:
            spans += right_1(" " * place + word, [pieces])
    return spans
