"""A chart parser for the toy language: every derivation of a source sentence, with its translation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from course_lib.data.toy.grammar import START_SYMBOL, Grammar, Rule, is_symbol, symbol_of


class Derivation(NamedTuple):
    """One way to derive source words `start` … `end - 1` from a symbol.

    `target` holds each target word with the positions of the source words it translates.
    """

    end: int
    log_probability: float
    target: tuple[tuple[str, tuple[int, ...]], ...]


def derivations(
    grammar: Grammar, source: Sequence[str], start_symbol: str = START_SYMBOL
) -> list[Derivation]:
    """All derivations of the whole of `source` from `start_symbol`.

    Each symbol is tried at each position once and its results are kept, so shared parts are not parsed twice.

    Args:
        grammar: a grammar in which no symbol contains itself.
        source: source words.
        start_symbol: the symbol to derive them from.

    Returns:
        one entry per derivation: none for a word list outside the language, exactly one inside it when the
        grammar is unambiguous.

    Example:
        >>> from course_lib.data.toy.grammar import TOY_GRAMMAR
        >>> derivation, = derivations(TOY_GRAMMAR, ["this", "small", "saw"], "Simple[one]")
        >>> derivation.target
        (('ti', (0,)), ('zigo', (2,)), ('pinil', (1,)))
    """
    known: dict[tuple[str, int], list[Derivation]] = {}

    def parse(symbol: str, start: int) -> list[Derivation]:
        if (symbol, start) not in known:
            known[symbol, start] = [found for rule in grammar[symbol] for found in apply(rule, start)]
        return known[symbol, start]

    def apply(rule: Rule, start: int) -> list[Derivation]:
        # partial match: (next position, log probability, positions of the rule's words, target of each use)
        partial = [(start, math.log(rule.probability), (), {})]
        for item in rule.source:
            grown = []
            for position, log_probability, words, uses in partial:
                if is_symbol(item):
                    grown.extend(
                        (
                            below.end,
                            log_probability + below.log_probability,
                            words,
                            {**uses, item: below.target},
                        )
                        for below in parse(symbol_of(item), position)
                    )
                elif position < len(source) and source[position] == item:
                    grown.append((position + 1, log_probability, (*words, position), uses))
            partial = grown
        found = []
        for end, log_probability, words, uses in partial:
            pieces = (uses[item] if is_symbol(item) else ((item, words),) for item in rule.target)
            found.append(Derivation(end, log_probability, tuple(pair for piece in pieces for pair in piece)))
        return found

    return [found for found in parse(start_symbol, 0) if found.end == len(source)]
