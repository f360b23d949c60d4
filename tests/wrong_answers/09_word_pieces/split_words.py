"""Wrong answers to `split_words` beside its mutants."""

import re
import string
import unicodedata


def _is_mark(character):
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def _split(text, stands_alone):
    return "".join(f" {one} " if stands_alone(one) else one for one in text).split()


def _right(text):
    return _split(text, lambda one: _is_mark(one) or "\u4e00" <= one <= "\u9fff")


def spaces_kept_as_words(text):
    words = []
    for chunk in re.split(r"(\s+)", text):
        words += [chunk] if chunk.isspace() else _right(chunk)
    return words


def sorted_words(text):
    return sorted(_right(text))


def each_word_once(text):
    return list(dict.fromkeys(_right(text)))


def one_string(text):
    return " ".join(_right(text))


def accents_stripped(text):
    return [
        "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
        for word in _right(text)
    ]


def apostrophes_kept(text):
    return _split(text, lambda one: one != "'" and (_is_mark(one) or "\u4e00" <= one <= "\u9fff"))


def last_word_lost(text):
    words, current = [], ""
    for character in text:
        if character.isspace() or _is_mark(character) or "\u4e00" <= character <= "\u9fff":
            words += [current] if current else []
            words += [] if character.isspace() else [character]
            current = ""
        else:
            current += character
    return words


def characters(text):
    return [character for character in text if not character.isspace()]


def punctuation_dropped__by_translate(text):
    table = {ord(character): " " for character in text if _is_mark(character)}
    return _split(text.translate(table), lambda one: "\u4e00" <= one <= "\u9fff")


def empty_words__at_the_ends(text):
    spaced = "".join(f" {one} " if _is_mark(one) or "\u4e00" <= one <= "\u9fff" else one for one in text)
    return re.split(r"\s+", spaced)


def ascii_marks_only__in_a_pattern(text):
    pattern = f"([{re.escape(string.punctuation)}\u4e00-\u9fff])"
    return re.sub(pattern, r" \1 ", text).split()
