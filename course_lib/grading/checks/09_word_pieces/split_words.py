"""Verdict of `split_words`: words, punctuation marks and Chinese characters, each by itself."""

import re
import string
import unicodedata

ASCII = ["a", "b", "Cat", "DOG", "it", "is", "seven", "The", "1999", "x9", "Rue"]
LETTERS = ["Éa", "straße", "ねこ", "한국", "Ωμέγα", "naïve", "カタ"]
CHINESE = ["猫", "不吃", "今天好", "一", "龥"]
MARKS = ["!", "?", "...", "--", "«", "»", "—", "。", "，", "“", "”", "„", "…", "·"]
SYMBOLS = ["$", "+", "<", "=", ">", "^", "`", "|", "~", "+="]
SPACES = (" ", "  ", "\t", "\n", " \n ")


def draw(generator):
    """Words of letters, Chinese characters, marks and spaces put side by side in random order."""
    cases = [{"text": "It's 7.7, no?"}, {"text": "  a\tb \n"}, {"text": "我吃cat粮。"}, {"text": "5$+x^2"}]
    cases += [{"text": ""}, {"text": "wait...  «oui»—ねこと한국"}, {"text": "the cat sat"}]
    cases += [{"text": "5€ 20°C snake_case"}, {"text": "a鿿b \u3400\uf900 e\u0301"}]
    for length in (5, 11, 23, 41):
        parts = [_one(generator) for _ in range(length)]
        cases.append({"text": "".join(parts)})
    return cases


def _one(generator):
    kind = (ASCII, LETTERS, CHINESE, MARKS, SYMBOLS, SPACES, SPACES)[int(generator.integers(7))]
    return kind[int(generator.integers(len(kind)))]


def _is_mark(character):
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def _is_chinese(character):
    return "\u4e00" <= character <= "\u9fff"


CONDITIONS = {
    "a symbol that is no punctuation": lambda case: "€" in case["text"],
    "an underscore": lambda case: "_" in case["text"],
    "the last Chinese character of the range": lambda case: "\u9fff" in case["text"],
    "Chinese characters outside the range": lambda case: "\u3400" in case["text"],
    "an accent as a character of its own": lambda case: "\u0301" in case["text"],
    "several spaces in a row": lambda case: "  " in case["text"].strip(),
    "white space at the beginning and at the end": lambda case: (
        case["text"][:1].isspace() and case["text"][-1:].isspace() and len(case["text"]) > 3
    ),
    "a tab and a line break": lambda case: "\t" in case["text"] and "\n" in case["text"],
    "nothing at all": lambda case: case["text"] == "",
    "a mark inside a word": lambda case: re.search(r"\w'\w", case["text"]),
    "a number with a point": lambda case: "7.7" in case["text"],
    "several equal marks in a row": lambda case: "..." in case["text"],
    "a mark outside of ASCII": lambda case: "«" in case["text"],
    "a symbol of ASCII whose category is not P": lambda case: re.search(r"[$+^]", case["text"]),
    "Chinese characters beside letters": lambda case: re.search("[a-z][\u4e00-\u9fff]", case["text"]),
    "two Chinese characters in a row": lambda case: re.search("[\u4e00-\u9fff]{2}", case["text"]),
    "kana and Hangul": lambda case: "ね" in case["text"] and "한" in case["text"],
    "capitals": lambda case: case["text"] != case["text"].lower(),
    "words and spaces alone": lambda case: case["text"] == "the cat sat",
}


def _split(text, stands_alone, separators=None):
    spaced = "".join(f" {character} " if stands_alone(character) else character for character in text)
    return spaced.split() if separators is None else spaced.split(separators)


def _stands_alone(character):
    return _is_mark(character) or _is_chinese(character)


def reference(text):
    return _split(text, _stands_alone)


def _letters_and_digits(text):
    return re.findall("[\u4e00-\u9fff]|[^\\W\u4e00-\u9fff]+", text)


def _punctuation_dropped(text):
    return _split("".join(" " if _is_mark(character) else character for character in text), _is_chinese)


def _punctuation_removed(text):
    """Marks vanish, and what stood around them grows together."""
    return _split("".join(character for character in text if not _is_mark(character)), _is_chinese)


def _grouped(text, groups):
    """A word is a run of characters for which `groups` gives the same value; white space gives None."""
    words, last = [], None
    for place, character in enumerate(text):
        group = groups(place, character)
        if group is not None:
            if group == last:
                words[-1] += character
            else:
                words.append(character)
        last = group
    return words


def _group(place, character, marks_alone=True, chinese_alone=True):
    if character.isspace():
        return None
    if _is_mark(character):
        return place if marks_alone else "mark"
    if _is_chinese(character):
        return place if chinese_alone else "Chinese"
    return "letters"


def _marks_together(text):
    return _grouped(text, lambda place, character: _group(place, character, marks_alone=False))


def _equal_marks_together(text):
    def group(place, character):
        return character if _is_mark(character) else _group(place, character)

    return _grouped(text, group)


def _chinese_together(text):
    return _split(text, _is_mark)


def _chinese_runs(text):
    return _grouped(text, lambda place, character: _group(place, character, chinese_alone=False))


def _ascii_marks_only(text):
    return _split(text, lambda character: character in string.punctuation or _is_chinese(character))


def _categories_only(text):
    return _split(
        text, lambda character: unicodedata.category(character).startswith("P") or _is_chinese(character)
    )


def _every_eastern_letter_alone(text):
    return _split(text, lambda character: _is_mark(character) or ord(character) >= 0x3040)


def _letters_without_case_alone(text):
    return _split(text, lambda character: _is_mark(character) or unicodedata.category(character) == "Lo")


def _outside_ascii_alone(text):
    return _split(text, lambda character: _is_mark(character) or ord(character) > 127)


def _empty_words(text):
    return _split(text, _stands_alone, " ")


def _empty_words_at_spaces(text):
    spaced = "".join(f" {character} " if _stands_alone(character) else character for character in text)
    return re.split(r"\s", spaced)


def _empty_words_at_the_ends(text):
    spaced = "".join(f" {character} " if _stands_alone(character) else character for character in text)
    return re.split(r"\s+", spaced)


def _lower_cased(text):
    return [word.lower() for word in reference(text)]


def _marks_at_the_ends_only(text):
    """Marks are taken off the beginning and the end of what stands between spaces, and stay inside."""
    words = []
    for chunk in _split(text, _is_chinese):
        start, stop = 0, len(chunk)
        while start < stop and _is_mark(chunk[start]):
            start += 1
        while stop > start and _is_mark(chunk[stop - 1]):
            stop -= 1
        words += [*chunk[:start], *([chunk[start:stop]] if start < stop else []), *chunk[stop:]]
    return words


def _spaces_alone(text):
    return text.split()


MISTAKES = {
    "spaces_alone": _spaces_alone,
    "punctuation_dropped": (_punctuation_dropped, _punctuation_removed, _letters_and_digits),
    "empty_words": (_empty_words, _empty_words_at_spaces, _empty_words_at_the_ends),
    "marks_at_the_ends_only": _marks_at_the_ends_only,
    "marks_kept_together": (_marks_together, _equal_marks_together),
    "chinese_kept_together": (_chinese_together, _chinese_runs),
    "ascii_marks_only": _ascii_marks_only,
    "categories_only": _categories_only,
    "other_scripts_taken_apart": (
        _every_eastern_letter_alone,
        _letters_without_case_alone,
        _outside_ascii_alone,
    ),
    "lower_cased": _lower_cased,
}
