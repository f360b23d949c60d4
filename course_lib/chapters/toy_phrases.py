"""The phrases of a toy sentence: what belongs together, as names and phrases of a real text do."""

from collections.abc import Sequence

from course_lib.data.toy.grammar import TOY_GRAMMAR


def _words_of(symbol):
    return {word for rule in TOY_GRAMMAR[symbol] for word in rule.source}


_DETERMINERS = _words_of("Determiner[one]") | _words_of("Determiner[many]")
_ADJECTIVES = _words_of("Adjective")
_TWO_WORDS = {
    rule.source
    for symbol in ("Transitive[one]", "Intransitive[one]", "Time")
    for rule in TOY_GRAMMAR[symbol]
    if len(rule.source) == 2
}


def toy_phrases(sentence: Sequence[str]) -> list[tuple[int, int]]:
    """The phrases of more than one word: nouns with determiner and adjectives, and what is one in meaning.

    Args:
        sentence: source words of the toy language.

    Returns:
        pairs `(start, stop)`, `stop` not included: noun phrases, and `looked for`, `every morning` and their
        like. No two of them share a word.

    Example:
        >>> words = "my old cats near a river woke up last night".split()
        >>> [" ".join(words[start:stop]) for start, stop in toy_phrases(words)]
        ['my old cats', 'a river', 'woke up', 'last night']

    Taught in: notebooks/13_what_to_mask
    """
    found, start = [], 0
    while start < len(sentence):
        stop = start + 1
        if sentence[start] in _DETERMINERS:
            while sentence[stop] in _ADJECTIVES:  # a noun ends the phrase
                stop += 1
            stop += 1
        elif tuple(sentence[start : start + 2]) in _TWO_WORDS:
            stop += 1
        if stop - start > 1:
            found.append((start, stop))
        start = stop
    return found
