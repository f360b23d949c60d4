"""Words as BERT reads them, with the places of their characters in the original text."""

import unicodedata

from course_lib.text.normalisation import normalise_character


def words_with_origins(text, lower_case=True):
    """Splits a text as `split_words` does, and says of every character where it came from.

    Args:
        text: a string.
        lower_case: whether to lower the case and strip accents.

    Returns:
        a list of pairs: a word, and a list with an index into `text` for each of its characters.

    Example:
        >>> words_with_origins("Déjà\\u200b vu!")
        [('deja', [0, 1, 2, 3]), ('vu', [6, 7]), ('!', [8])]
    """
    characters, origins = [], []
    for index, character in enumerate(text):
        written = normalise_character(character, lower_case)
        if lower_case:
            written = unicodedata.normalize("NFD", written)
        characters += written
        origins += [index] * len(written)
    if lower_case:
        _order_marks(characters, origins)
    words, start = [], 0
    for stop in range(len(characters) + 1):
        if stop == len(characters) or characters[stop] == " ":
            if start < stop:
                words.append(("".join(characters[start:stop]), origins[start:stop]))
            start = stop + 1
    return words


def _order_marks(characters, origins):
    """Puts combining marks that were kept into canonical order, in place, as NFD does for a whole text."""
    start = 0
    for stop in range(len(characters) + 1):
        if stop == len(characters) or not unicodedata.combining(characters[stop]):
            if stop - start > 1:
                order = sorted(range(start, stop), key=lambda place: unicodedata.combining(characters[place]))
                characters[start:stop] = [characters[place] for place in order]
                origins[start:stop] = [origins[place] for place in order]
            start = stop + 1


def span_of(origins):
    """The part of the original text that some characters came from: `(start, end)`, end not included."""
    return min(origins), max(origins) + 1
