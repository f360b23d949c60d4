"""Right answers to `split_words` in other styles."""

import re
import string
import unicodedata


def _is_mark(character):
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def word_by_word(text):
    words, current = [], ""
    for character in text:
        if character.isspace():
            words, current = words + [current], ""
        elif _is_mark(character) or 0x4E00 <= ord(character) <= 0x9FFF:
            words, current = [*words, current, character], ""
        else:
            current += character
    return [word for word in [*words, current] if word]


def with_a_pattern(text):
    marks = "".join(sorted({character for character in text if _is_mark(character)}))
    alone = f"[{re.escape(marks)}\u4e00-\u9fff]" if marks else "[\u4e00-\u9fff]"
    return re.findall(f"{alone}|(?:(?!{alone})\\S)+", text)


def as_a_tuple(text):
    table = {
        ord(character): f" {character} "
        for character in text
        if _is_mark(character) or "\u4e00" <= character <= "\u9fff"
    }
    return tuple(text.translate(table).split())


def chunk_by_chunk(text):
    words = []
    for chunk in text.split():
        starts_new = True
        for character in chunk:
            alone = _is_mark(character) or "\u4e00" <= character <= "\u9fff"
            if alone or starts_new:
                words.append(character)
            else:
                words[-1] += character
            starts_new = alone
    return words
