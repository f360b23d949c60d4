"""Wrong answers to `split_words`, each named after the mistake it makes."""

import re
import string
import unicodedata


def _is_mark(character):
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def _is_chinese(character):
    return "\u4e00" <= character <= "\u9fff"


def _stands_alone(character):
    return _is_mark(character) or _is_chinese(character)


def spaces_alone(text):
    return text.split()


def punctuation_dropped(text):
    return re.findall("[\u4e00-\u9fff]|[^\\W\u4e00-\u9fff]+", text)


def empty_words(text):
    for character in set(text):
        if _stands_alone(character):
            text = text.replace(character, f" {character} ")
    return text.split(" ")


def marks_at_the_ends_only(text):
    words = []
    text = "".join(f" {character} " if _is_chinese(character) else character for character in text)
    for chunk in text.split():
        behind = []
        while chunk and _is_mark(chunk[0]):
            words.append(chunk[0])
            chunk = chunk[1:]
        while chunk and _is_mark(chunk[-1]):
            behind.insert(0, chunk[-1])
            chunk = chunk[:-1]
        words += [chunk] if chunk else []
        words += behind
    return words


def marks_kept_together(text):
    words, was_mark, was_space = [], False, True
    for character in text:
        if character.isspace():
            was_space = True
            continue
        is_mark = _is_mark(character)
        alone = _is_chinese(character) or (words and _is_chinese(words[-1][-1]))
        if was_space or is_mark != was_mark or alone:
            words.append(character)
        else:
            words[-1] += character
        was_mark, was_space = is_mark, False
    return words


def chinese_kept_together(text):
    return "".join(f" {character} " if _is_mark(character) else character for character in text).split()


def ascii_marks_only(text):
    spaced = ""
    for character in text:
        alone = character in string.punctuation or _is_chinese(character)
        spaced += f" {character} " if alone else character
    return spaced.split()


def categories_only(text):
    spaced = ""
    for character in text:
        alone = unicodedata.category(character).startswith("P") or _is_chinese(character)
        spaced += f" {character} " if alone else character
    return spaced.split()


def other_scripts_taken_apart(text):
    spaced = ""
    for character in text:
        alone = _is_mark(character) or unicodedata.category(character) == "Lo"
        spaced += f" {character} " if alone else character
    return spaced.split()


def lower_cased(text):
    spaced = ""
    for character in text.lower():
        spaced += f" {character} " if _stands_alone(character) else character
    return spaced.split()
