"""BERT's basic tokenization in pure Python: clean, strip accents, lower the case, set words apart."""

import unicodedata

# The CJK ideographs, each of which BERT takes for a word. Kana and Hangul are not among them.
_CJK_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_ASCII_SYMBOLS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def is_cjk_ideograph(character):
    """Tells whether BERT treats `character` as a word of its own because it is a CJK ideograph.

    Args:
        character: one code point.

    Returns:
        a bool.

    Example:
        >>> is_cjk_ideograph("猫"), is_cjk_ideograph("ね")
        (True, False)
    """
    code_point = ord(character)
    return any(low <= code_point <= high for low, high in _CJK_IDEOGRAPHS)


def is_punctuation(character):
    """Tells whether BERT splits at `character`: any ASCII symbol or a Unicode category that begins with P.

    Args:
        character: one code point.

    Returns:
        a bool.

    Example:
        >>> [is_punctuation(character) for character in "$«a€"]
        [True, True, False, False]
    """
    return character in _ASCII_SYMBOLS or unicodedata.category(character).startswith("P")


def normalise_character(character, lower_case=True):
    """Gives the text one code point becomes; spaces in it are word boundaries.

    Whitespace becomes a space. Control (Cc), format (Cf: zero-width space and joiner, byte-order mark, soft
    hyphen), private-use (Co) and surrogate (Cs) code points and U+FFFD vanish. CJK ideographs and punctuation
    get a space on either side. With `lower_case`, the canonical decomposition (NFD) loses its non-spacing
    marks (Mn) and each remaining character is lowered.

    Args:
        character: one code point.
        lower_case: whether to lower the case and strip accents.

    Returns:
        a string, possibly empty.

    Example:
        >>> [normalise_character(character) for character in "Éß,猫"]
        ['e', 'ß', ' , ', ' 猫 ']
    """
    category = unicodedata.category(character)
    if character in "\t\n\r" or category in ("Zs", "Zl", "Zp"):
        return " "
    if character == "\ufffd" or category in ("Cc", "Cf", "Co", "Cs"):
        return ""
    pieces = [character]
    if lower_case:
        decomposed = unicodedata.normalize("NFD", character)
        pieces = [piece.lower() for piece in decomposed if unicodedata.category(piece) != "Mn"]
    if is_cjk_ideograph(character):
        return f" {''.join(pieces)} "
    return "".join(f" {piece} " if is_punctuation(piece) else piece for piece in pieces)


class _CharacterTable(dict):
    """A `str.translate` table that works out each code point the first time it is met.

    `unassigned` collects the code points met that this Python's Unicode tables do not know yet.
    """

    def __init__(self, lower_case):
        super().__init__()
        self.lower_case = lower_case
        self.unassigned = set()

    def __missing__(self, code_point):
        character = chr(code_point)
        if unicodedata.category(character) == "Cn":
            self.unassigned.add(character)
        self[code_point] = normalised = normalise_character(character, self.lower_case)
        return normalised


_TABLES = {lower_case: _CharacterTable(lower_case) for lower_case in (True, False)}


def normalise(text, lower_case=True):
    """Normalises a text as BERT does and sets its words apart by spaces.

    The reference is Hugging Face's `BertTokenizerFast`: NFD, strip non-spacing marks, lower each character by
    itself. Nothing is *folded*: "ß" stays "ß" and "ﬁ" stays one character. (tensorflow-text's
    `FastBertTokenizer` case-folds instead, so that "Straße" becomes "strasse"; about one German or English
    Multi30k line in ten would get other ids.)

    Where the published implementations differ, this is what happens here:

    - A capital sigma at the end of a word becomes "σ" (Hugging Face); the original BERT code lowers whole
      words and gets "ς".
    - Private-use code points vanish (Hugging Face); the original keeps them.
    - The ideographs U+2B820–U+2B91F stand alone (original); Hugging Face's range begins at U+2B920.
    - Categories come from the running Python's Unicode version. Hugging Face's tables are those of Unicode 8,
      so punctuation, marks and format characters added since then (U+2E43 and its like) are unknown to it.
      Code points unassigned in the running Python are kept as they are, as both references do.
    - Surrogates, which cannot be encoded as UTF-8, vanish; the references refuse or never meet them.

    Args:
        text: a string.
        lower_case: whether to lower the case and strip accents.

    Returns:
        a string whose words are separated by one or more spaces.

    Example:
        >>> normalise("Die  Straße, déjà vu!").split()
        ['die', 'straße', ',', 'deja', 'vu', '!']

    Reference: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2019.
    """
    normalised = text.translate(_TABLES[lower_case])
    if lower_case and not normalised.isascii():
        # The table works code point by code point; this puts the marks that were kept into canonical order.
        normalised = unicodedata.normalize("NFD", normalised)
    return normalised


def has_unassigned(normalised, lower_case=True):
    """Tells whether a normalised text holds code points newer than this Python's Unicode tables.

    Args:
        normalised: what `normalise` returned.
        lower_case: as given to `normalise`.

    Returns:
        a bool.

    Example:
        >>> has_unassigned(normalise("cat")), has_unassigned(normalise("\u0378"))
        (False, True)
    """
    unassigned = _TABLES[lower_case].unassigned
    return bool(unassigned) and not unassigned.isdisjoint(normalised)


def split_words(text, lower_case=True):
    """Splits a text into BERT's words: normalised, each punctuation mark and CJK ideograph a word of its own.

    Args:
        text: a string.
        lower_case: whether to lower the case and strip accents.

    Returns:
        a list of strings.

    Example:
        >>> split_words("It's 7 o'clock")
        ['it', "'", 's', '7', 'o', "'", 'clock']

    Taught in: notebooks/09_word_pieces
    """
    return normalise(text, lower_case).split()
