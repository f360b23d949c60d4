"""What each word of a toy sentence does in it: labels that the grammar gives for nothing."""

from collections.abc import Sequence
from functools import cache

from course_lib.data.toy.grammar import START_SYMBOL, TOY_GRAMMAR, is_symbol, symbol_of

WORD_ROLES = (
    "subject",
    "verb of one",
    "verb of many",
    "object",
    "place",
    "relative clause",
    "how",
    "when",
    "link",
)
_ROLE_OF_SYMBOL = {
    "Subject": "subject",
    "Object": "object",
    "Place": "place",
    "Relative": "relative clause",
    "Manner": "how",
    "Time": "when",
    "Link": "link",
}
_VERBS = {"one": "verb of one", "many": "verb of many"}


def word_roles(sentence: Sequence[str]) -> list[str]:
    """The role of every word of a toy sentence, read off its only derivation.

    All words of a subject, of an object, of a place and of a relative clause have that role. A verb of the
    main clause has the number of its subject, which the verb itself does not show. `never` says how.

    Args:
        sentence: source words.

    Returns:
        one of `WORD_ROLES` for each word.

    Raises:
        ValueError: if the words are not a sentence of the language.

    Example:
        >>> for word, role in zip("my cats saw a dog".split(), word_roles("my cats saw a dog".split())):
        ...     print(word, "·", role)
        my · subject
        cats · subject
        saw · verb of many
        a · object
        dog · object

    Taught in: notebooks/10_bert_pretraining
    """

    @cache
    def parse(symbol, start, role):
        """All (end, roles of the words from start on) that the symbol can be rewritten to."""
        return [found for rule in TOY_GRAMMAR[symbol] for found in apply(symbol, rule, start, role)]

    def apply(symbol, rule, start, role):
        partial = [(start, ())]
        for item in rule.source:
            if is_symbol(item):
                below = symbol_of(item)
                inner = _role_below(symbol, below, role)
                partial = [
                    (end, roles + more)
                    for position, roles in partial
                    for end, more in parse(below, position, inner)
                ]
            else:
                partial = [
                    (position + 1, (*roles, role or "how"))
                    for position, roles in partial
                    if position < len(sentence) and sentence[position] == item
                ]
        return partial

    for end, roles in parse(START_SYMBOL, 0, None):
        if end == len(sentence):
            return list(roles)
    raise ValueError(f"`sentence` must be a sentence of the toy language. Received: {' '.join(sentence)!r}")


def _role_below(symbol, below, role):
    """The role of what is written by a symbol, inside another symbol that has a role or none yet."""
    base, _, number = below.rstrip("]").partition("[")
    if role == "relative clause":
        return role
    if base in _ROLE_OF_SYMBOL:
        return _ROLE_OF_SYMBOL[base]
    if base in ("Transitive", "Intransitive"):
        return _VERBS[number]
    if base == "Simple" and role is None:
        return "subject" if symbol == "Short" else "object"
    return role
