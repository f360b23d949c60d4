import itertools
import re
import string
import unicodedata


def _is_punctuation(character):
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def _is_chinese(character):
    return "\u4e00" <= character <= "\u9fff"


def _split(text, alone):
    """Words at white space; every character for which `alone` holds is a word of its own."""
    words, word = [], ""
    for character in text:
        if character.isspace() or alone(character):
            if word:
                words.append(word)
            word = ""
            if not character.isspace():
                words.append(character)
        else:
            word += character
    if word:
        words.append(word)
    return words


def right_1(text):
    """One pass with a buffer of characters."""
    words = []
    buffer = []

    def flush():
        if buffer:
            words.append("".join(buffer))
            buffer.clear()

    for character in text:
        if character.isspace():
            flush()
        elif _is_punctuation(character) or _is_chinese(character):
            flush()
            words.append(character)
        else:
            buffer.append(character)
    flush()
    return words


def right_2(text):
    """Spaces are put around all that stands alone, and str.split does the rest."""
    return "".join(f" {c} " if _is_punctuation(c) or _is_chinese(c) else c for c in text).split()


def right_3(text):
    """A regular expression, built from the marks that occur in the text."""
    marks = {c for c in text if unicodedata.category(c)[0] == "P"} | set(string.punctuation)
    alone = "".join(re.escape(c) for c in sorted(marks)) + "\u4e00-\u9fff"
    return re.findall(rf"[{alone}]|[^\s{alone}]+", text)


def right_4(text):
    """Runs of equal key; a character that stands alone has its place as the key."""

    def key(numbered):
        place, c = numbered
        if c.isspace():
            return "space"
        return place if _is_punctuation(c) or _is_chinese(c) else "word"

    groups = itertools.groupby(enumerate(text), key=key)
    return ["".join(c for _, c in group) for name, group in groups if name != "space"]


def wrong_1(text):
    """Only string.punctuation is punctuation. Wrong on: curly quotes, dashes, Chinese full stops."""
    return _split(text, lambda c: c in string.punctuation or _is_chinese(c))


def wrong_2(text):
    """Only categories that begin with P. Wrong on: $ + < = > ^ ` | ~ inside a word."""
    return _split(text, lambda c: unicodedata.category(c).startswith("P") or _is_chinese(c))


def wrong_3(text):
    """Symbols of category S count as punctuation as well. Wrong on: "5€", "20°C"."""
    return _split(text, lambda c: unicodedata.category(c)[0] in "PS" or _is_chinese(c))


def wrong_4(text):
    """A run of punctuation is one word. Wrong on: "...", "?!"."""
    spaced = ""
    for i, c in enumerate(text):
        if _is_chinese(c):
            spaced += " " + c + " "
            continue
        if i and _is_punctuation(c) != _is_punctuation(text[i - 1]):
            spaced += " "
        spaced += c
    return spaced.split()


def wrong_5(text):
    """Punctuation separates words and is thrown away. Wrong on: any text with punctuation."""
    spaced = []
    for c in text:
        if _is_punctuation(c):
            spaced.append(" ")
        elif _is_chinese(c):
            spaced.append(" " + c + " ")
        else:
            spaced.append(c)
    return "".join(spaced).split()


def wrong_6(text):
    """Lowers the case as the uncased BERT does. Wrong on: capital letters."""
    return right_1(text.lower())


def wrong_7(text):
    """Punctuation is split off only at the ends of a word. Wrong on: "don't", "a.b"."""
    words = []
    for chunk in text.split():
        front, back = [], []
        while chunk and _is_punctuation(chunk[0]):
            front.append(chunk[0])
            chunk = chunk[1:]
        while chunk and _is_punctuation(chunk[-1]):
            back.insert(0, chunk[-1])
            chunk = chunk[:-1]
        words += front + _split(chunk, _is_chinese) + back
    return words


def wrong_8(text):
    """Only the space separates. Wrong on: tabs and line breaks."""
    words, word = [], ""
    for c in text:
        if c == " " or _is_punctuation(c) or _is_chinese(c):
            if word:
                words.append(word)
            if c != " ":
                words.append(c)
            word = ""
        else:
            word += c
    return words + [word] if word else words


def wrong_9(text):
    """The word that is open at the end is not appended. Wrong on: texts that end with a letter."""
    words, start = [], 0
    for i, c in enumerate(text):
        if c.isspace() or _is_punctuation(c) or _is_chinese(c):
            if i > start:
                words.append(text[start:i])
            if not c.isspace():
                words.append(c)
            start = i + 1
    return words


def wrong_10(text):
    """Kana and Korean syllables stand alone, too. Wrong on: Japanese or Korean words."""

    def alone(c):
        east = _is_chinese(c) or "\u3040" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7af"
        return east or _is_punctuation(c)

    return _split(text, alone)


def wrong_11(text):
    """The longer list of Chinese blocks of the original code. Wrong on: "\u3400" or "\uf900" in a word."""
    blocks = [
        (0x4E00, 0x9FFF),
        (0x3400, 0x4DBF),
        (0x20000, 0x2A6DF),
        (0x2A700, 0x2B73F),
        (0x2B740, 0x2B81F),
        (0x2B820, 0x2CEAF),
        (0xF900, 0xFAFF),
        (0x2F800, 0x2FA1F),
    ]
    return _split(text, lambda c: _is_punctuation(c) or any(a <= ord(c) <= b for a, b in blocks))


def wrong_12(text):
    """The range ends before its last character. Wrong on: "\u9fff" beside letters."""
    return _split(text, lambda c: _is_punctuation(c) or ord(c) in range(0x4E00, 0x9FFF))


def wrong_13(text):
    """A run of Chinese characters is one word. Wrong on: two Chinese characters in a row."""
    words = []
    for chunk in _split(text, _is_punctuation):
        words += re.findall("[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+", chunk)
    return words


def wrong_14(text):
    r"""\w for letters, all else alone. Wrong on: "snake_case", "5€", accents as characters of their own."""
    return re.findall(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+|[^\w\s]", text)


def wrong_15(text):
    """Accents are removed with the splitting. Wrong on: "é"."""
    plain = (c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return right_2("".join(plain))


def wrong_16(text):
    """An apostrophe between letters stays in its word. Wrong on: "don't"."""
    spaced = ""
    for i, c in enumerate(text):
        inside = 0 < i < len(text) - 1 and text[i - 1].isalpha() and text[i + 1].isalpha()
        if c == "'" and inside:
            spaced += c
        else:
            spaced += f" {c} " if _is_punctuation(c) or _is_chinese(c) else c
    return spaced.split()


def wrong_17(text):
    """Splits at single white spaces and keeps what is empty. Wrong on: two spaces, spaces at the ends."""
    words = []
    for chunk in re.split(r"\s", text):
        words += _split(chunk, lambda c: _is_punctuation(c) or _is_chinese(c)) or [chunk]
    return words


def wrong_18(text):
    """The mark is appended before the word that it ends. Wrong on: "end."."""
    words, word = [], ""
    for c in text:
        if _is_punctuation(c) or _is_chinese(c):
            words.append(c)
        if c.isspace() or _is_punctuation(c) or _is_chinese(c):
            if word:
                words.append(word)
            word = ""
        else:
            word += c
    if word:
        words.append(word)
    return words


def wrong_19(text):
    """ASCII ranges with strict bounds, so some borders are missed. Wrong on: "`a", "a~", "a<=b"."""

    def alone(c):
        n = ord(c)
        ascii_mark = 32 < n < 48 or 57 < n < 60 or 61 < n < 65 or 90 < n < 96 or 122 < n < 126
        return ascii_mark or unicodedata.category(c).startswith("P") or _is_chinese(c)

    return _split(text, alone)


def wrong_20(text):
    """Digits are split from letters. Wrong on: "B2B", "3rd"."""
    words = []
    for word in right_1(text):
        words += re.findall(r"\d+|\D+", word)
    return words


def wrong_21(text):
    """A mark that repeats the one before is dropped. Wrong on: "...", "--"."""
    words = []
    for word in right_2(text):
        if words and word == words[-1] and _is_punctuation(word[0]):
            continue
        words.append(word)
    return words


def wrong_22(text):
    """Chinese characters stand alone only in words that are Chinese throughout. Wrong on: "a中b"."""
    words = []
    for chunk in _split(text, _is_punctuation):
        if all(_is_chinese(c) for c in chunk):
            words.extend(chunk)
        else:
            words.append(chunk)
    return words
