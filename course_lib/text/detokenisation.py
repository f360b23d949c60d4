"""From WordPiece tokens back to readable text."""

import re

_LETTER = r"[^\W_]"
_ELISIONS = "[cdjlmnst]|qu|aujourd|jusqu|lorsqu|presqu|puisqu|quelqu"
_IDEOGRAPH = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ceaf\U0002f800-\U0002fa1f]"
_WIDE_MARK = r"[、。《》「」『』【】（），！？：；]"
_EAST_ASIAN = rf"(?:{_IDEOGRAPH}|[\u3040-\u30ff])"

# Applied in this order to words separated by single spaces.
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # man ' s → man's: the endings English and German write after an apostrophe.
        (rf"(?<={_LETTER}) (['’]) (?=(?:s|t|re|ve|ll|d|m)(?!{_LETTER}))", r"\1"),
        # l ' homme → l'homme: the words French shortens before a vowel.
        (rf"(?<!{_LETTER}|['’])({_ELISIONS}) (['’]) (?={_LETTER})", r"\1\2"),
        # t - shirt → t-shirt, 10 - year - old → 10-year-old.
        (rf"(?<={_LETTER}) - (?={_LETTER})", "-"),
        (r" (?=[.,!?;:%)\]…])", ""),
        (r"(?<=[(\[]) ", ""),
        # 3. 5 → 3.5, 10: 30 → 10:30, 1, 000 → 1,000.
        (r"(?<=\d)([.:]) (?=\d)", r"\1"),
        (r"(?<=\d), (?=\d{3}(?!\d))", ","),
        (r'" ([^"]*) "', r'"\1"'),
        # Chinese and Japanese are written without spaces.
        (rf" (?={_WIDE_MARK})|(?<={_WIDE_MARK}) ", ""),
        (rf"(?<={_IDEOGRAPH}) (?={_EAST_ASIAN})", ""),
        (rf"(?<={_EAST_ASIAN}) (?={_IDEOGRAPH})", ""),
    )
)


def join_pieces(tokens):
    """Joins WordPiece tokens into words: a token that begins with "##" continues the word before it.

    Args:
        tokens: iterable of strings.

    Returns:
        a list of words.

    Example:
        >>> join_pieces(["un", "##want", "##ed", "rain"])
        ['unwanted', 'rain']
    """
    words = []
    for token in tokens:
        if not token.startswith("##") or token == "##":
            words.append(token)
        elif words:
            words[-1] += token[2:]
        else:
            words.append(token[2:])
    return words


def join_words(words):
    """Writes words and punctuation marks as a reader expects them, by a few fixed rules.

    Words are joined by spaces. Then the space goes before . , ! ? ; : % ) ] and after ( [; around a hyphen
    between letters or digits; around an apostrophe in an English ending (man's, don't) or a French elision
    (l'homme); inside paired double quotes; inside numbers (3.5, 10:30, 1,000); and between Chinese or
    Japanese characters. Other apostrophes keep their spaces, because an opening and a closing single quote
    cannot be told apart; a dash that stood between spaces is read as a hyphen.

    Args:
        words: iterable of strings.

    Returns:
        a string. Splitting it again with `split_words` gives the same words.

    Example:
        >>> join_words("the man ' s t - shirt costs 3 . 50 , she said .".split())
        "the man's t-shirt costs 3.50, she said."
    """
    text = " ".join(words)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
