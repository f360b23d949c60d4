"""Verdict of `token_offsets`: the part of the original text that each piece came from."""

import unicodedata
from itertools import pairwise

UNKNOWN = "[UNK]"
LETTERS = [
    "a",
    "b",
    "E",
    "é",
    "É",
    "ñ",
    "e\u0301",
    "o\u0308",
    "A\u0300",
    "한",
    "국",
    "ß",
    "x\u200b",
    "y",
    "7",
]


def draw(generator):
    """Words of letters with accents of both kinds, Korean and invisible characters, in random pieces."""
    cases = [
        _case("Déjà  vu", ["de ##ja", "vu"]),
        _case("the cafe\u0301s the", ["the", "ca ##fe ##s", "the"]),
        _case("한국 a", ["\u1112\u1161 ##\u11ab\u1100 ##\u116e\u11a8", "a"]),
        _case(" s\u200ben\u0303or ☃ X", ["se ##n ##or", UNKNOWN, "x"]),
        _case("Nai\u0308vete\u0301 e\u0301e\u0301 sí", [UNKNOWN, "e ##e", "si"]),
        _case("aa aa a  ", ["a ##a", "aa", "a"]),
        _case("cat", ["cat"]),
        _case("c#d e", ["c ### ##d", "e"]),
        _case("a \u200bbo\u200b c", ["a", UNKNOWN, "c"]),
    ]
    for num_words in (2, 5, 11):
        words = ["".join(_letters(generator)) for _ in range(num_words)]
        text = "".join(word + " " * int(generator.integers(1, 4)) for word in words)
        cases.append(_case(text, [_split(word, generator) for word in words]))
    return cases


def _case(text, words):
    return {"text": text, "pieces_of_words": [word.split() for word in words]}


def _letters(generator):
    return [str(letter) for letter in generator.choice(LETTERS, int(generator.integers(1, 6)))]


def _split(word, generator):
    if generator.random() < 0.15:
        return UNKNOWN
    letters = "".join(map(_cleaned, word))
    pieces = letters[0]
    for letter in letters[1:]:
        pieces += f" ##{letter}" if generator.random() < 0.4 else letter
    return pieces


def _cleaned(character):
    parts = unicodedata.normalize("NFD", character)
    return "".join(part.lower() for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


CONDITIONS = {
    "a # inside a word": lambda case: "#" in case["text"],
    "an unknown word between invisible characters": lambda case: " \u200bb" in case["text"],
    "an accent as a character of its own": lambda case: "\u0301" in case["text"],
    "an accent in one character with its letter": lambda case: "é" in case["text"],
    "one character that becomes several": lambda case: any(len(_cleaned(one)) > 1 for one in case["text"]),
    "two pieces that share a character": lambda case: any(
        before[1] > behind[0] for before, behind in pairwise(reference(**case))
    ),
    "something invisible inside a piece": lambda case: any(
        "\u200b" in case["text"][start:stop] for start, stop in reference(**case)
    ),
    "an unknown word that is not the last": lambda case: [UNKNOWN] in case["pieces_of_words"][:-1],
    "an unknown word with an accent of its own": lambda case: any(
        pieces == [UNKNOWN] and "\u0308" in word
        for word, pieces in zip(case["text"].split(), case["pieces_of_words"], strict=True)
    ),
    "several spaces in a row": lambda case: "  " in case["text"].strip(),
    "a space at the beginning": lambda case: case["text"].startswith(" "),
    "a space at the end": lambda case: case["text"].endswith(" "),
    "one word twice": lambda case: len(set(case["text"].split())) < len(case["text"].split()),
    "one word in one piece": lambda case: case["pieces_of_words"] == [["cat"]],
    "plain letters alone, in several pieces": lambda case: (
        case["text"].isascii() and any(len(pieces) > 1 for pieces in case["pieces_of_words"])
    ),
    "capitals": lambda case: case["text"] != case["text"].lower(),
    "a word that ends with what becomes nothing": lambda case: any(
        _cleaned(word[-1]) == "" for word in case["text"].split()
    ),
}


def _sources(text):
    """For each word the places of its cleaned characters."""
    words, before = [], " "
    for place, character in enumerate(text):
        if character != " ":
            if before == " ":
                words.append([])
            words[-1] += [place] * len(_cleaned(character))
        before = character
    return words


def _length(piece, number):
    return len(piece.removeprefix("##") if number else piece)


def reference(text, pieces_of_words, sources=None, length=_length, length_of_unknown=len):
    spans = []
    for places, pieces in zip(sources or _sources(text), pieces_of_words, strict=True):
        start = 0
        for number, piece in enumerate(pieces):
            taken = length_of_unknown(places) if piece == UNKNOWN else length(piece, number)
            stop = min(start + taken, len(places))
            if start < len(places) and stop > start:
                spans.append((places[start], places[stop - 1] + 1))
            else:  # a piece that has nothing left
                spans.append((places[-1] + 1, places[-1] + 1))
            start = stop
    return spans


def _end_included(text, pieces_of_words):
    return [(start, stop - 1) for start, stop in reference(text, pieces_of_words)]


def _lengths_returned(text, pieces_of_words):
    return [(start, stop - start) for start, stop in reference(text, pieces_of_words)]


def _in_cleaned_text(text, pieces_of_words):
    """Places in the text as it was cleaned, spaces kept."""
    words, length, before = [], 0, " "
    for character in text:
        if character == " ":
            length += 1
        else:
            if before == " ":
                words.append([])
            more = len(_cleaned(character))
            words[-1] += range(length, length + more)
            length += more
        before = character
    return reference(text, pieces_of_words, words)


def _lengths_of_pieces(text, pieces_of_words):
    """From the place where the word begins, by the lengths of the pieces."""
    words = [
        range(places_of_word[0], places_of_word[0] + len(places))
        for places_of_word, places in zip(_spans_of_words(text), _sources(text), strict=True)
    ]
    return reference(text, pieces_of_words, words)


def _lengths_of_pieces_and_words(text, pieces_of_words):
    """The same, where the span of an unknown word is that of the word."""
    return _unknown_as_written(text, pieces_of_words, _lengths_of_pieces(text, pieces_of_words))


def _spans_of_words(text):
    spans, start = [], None
    for place, character in enumerate([*text, " "]):
        if character != " " and start is None:
            start = place
        if character == " " and start is not None:
            spans.append((start, place))
            start = None
    return spans


def _unknown_as_written(text, pieces_of_words, spans):
    flat = [
        (pieces == [UNKNOWN], word)
        for word, pieces in zip(_spans_of_words(text), pieces_of_words, strict=True)
        for _ in pieces
    ]
    return [word if unknown else span for (unknown, word), span in zip(flat, spans, strict=True)]


def _single_spaces(text, pieces_of_words):
    """One space between any two words, and none before the first."""
    return reference(" ".join(text.split()), pieces_of_words)


def _no_spaces(text, pieces_of_words):
    joined, sources = text.replace(" ", ""), []
    places = [place for place, character in enumerate(joined) for _ in _cleaned(character)]
    for word in _sources(text):
        sources.append(places[: len(word)])
        places = places[len(word) :]
    return reference(text, pieces_of_words, sources)


def _within_words(text, pieces_of_words):
    words = [
        [place - start for place in places]
        for (start, _), places in zip(_spans_of_words(text), _sources(text), strict=True)
    ]
    return reference(text, pieces_of_words, words)


def _first_occurrence(text, pieces_of_words):
    """Each piece is searched for from the beginning of the cleaned text."""
    places = [place for place, character in enumerate(text) for _ in _cleaned(character)]
    whole = "".join(map(_cleaned, text))
    right, spans = reference(text, pieces_of_words), []
    flat = [(piece, number) for pieces in pieces_of_words for number, piece in enumerate(pieces)]
    for (piece, number), span in zip(flat, right, strict=True):
        if piece == UNKNOWN:
            spans.append(span)
            continue
        body = piece.removeprefix("##") if number else piece
        first = whole.index(body)
        spans.append((places[first], places[first + len(body) - 1] + 1))
    return spans


def _prefix_counted(text, pieces_of_words):
    return reference(text, pieces_of_words, length=lambda piece, number: len(piece))


def _unknown_five_long(text, pieces_of_words):
    return reference(text, pieces_of_words, length_of_unknown=lambda places: len(UNKNOWN))


def _unknown_runs_on(text, pieces_of_words):
    """[UNK] is five characters long, whatever comes there."""
    spans = reference(text, pieces_of_words)
    flat = [piece for pieces in pieces_of_words for piece in pieces]
    return [
        (start, start + 5) if piece == UNKNOWN else (start, stop)
        for piece, (start, stop) in zip(flat, spans, strict=True)
    ]


def _unknown_one_long(text, pieces_of_words):
    return reference(text, pieces_of_words, length_of_unknown=lambda places: 1)


def _unknown_empty(text, pieces_of_words):
    spans = reference(text, pieces_of_words)
    flat = [piece for pieces in pieces_of_words for piece in pieces]
    return [
        (start, start) if piece == UNKNOWN else (start, stop)
        for piece, (start, stop) in zip(flat, spans, strict=True)
    ]


def _up_to_the_next(text, pieces_of_words):
    """A span goes on to where the next piece of the word begins, or to the end of the word."""
    spans, right = [], iter(reference(text, pieces_of_words))
    for (_, end), pieces in zip(_spans_of_words(text), pieces_of_words, strict=True):
        starts = [next(right)[0] for _ in pieces]
        spans += zip(starts, [*starts[1:], end], strict=True)
    return spans


def _unknown_with_its_end(text, pieces_of_words):
    return _unknown_as_written(text, pieces_of_words, reference(text, pieces_of_words))


def _whole_words(text, pieces_of_words):
    words = [(places[0], places[-1] + 1) for places in _sources(text)]
    return [word for word, pieces in zip(words, pieces_of_words, strict=True) for _ in range(len(pieces))]


def _whole_words_as_written(text, pieces_of_words):
    return [
        word
        for word, pieces in zip(_spans_of_words(text), pieces_of_words, strict=True)
        for _ in range(len(pieces))
    ]


MISTAKES = {
    "end_included": _end_included,
    "lengths_returned": _lengths_returned,
    "prefix_counted": _prefix_counted,
    "in_cleaned_text": _in_cleaned_text,
    "lengths_of_pieces": (_lengths_of_pieces, _lengths_of_pieces_and_words),
    "spaces_miscounted": (_single_spaces, _no_spaces),
    "within_words": _within_words,
    "first_occurrence": _first_occurrence,
    "unknown_not_the_word": (_unknown_five_long, _unknown_runs_on, _unknown_one_long, _unknown_empty),
    "goes_on_to_the_next": (_up_to_the_next, _unknown_with_its_end),
    "whole_words": (_whole_words, _whole_words_as_written),
}
