"""The toy language as data: a synchronous grammar that writes a sentence and its translation together.

A block names a symbol and lists the ways to rewrite it. Each way has a weight, what is written in the source
sentence and, after `=>`, what is written in the target sentence:

    Clause
        2  Subject[one] Predicate[one] Time  =>  Time Subject[one] Predicate[one]

Capitalised items are symbols and are rewritten in turn, the *same* way on both sides; all other items are
words. The words of one rule translate each other: every source word of the rule is aligned with every target
word of it. In a block called `X[n]`, the letter `n` stands for the number, `one` or `many`, and `cat|cats` is
`cat` for one and `cats` for many. `Short.1` and `Short.2` are two uses of the symbol `Short`. Weights are
normalised within a block.

What makes the language worth translating:

* **reordering**: adjectives follow their noun in mirrored order, the verb closes its clause, and the time,
  last in the source, opens it;
* **agreement over a distance**: source verbs show no number, target verbs agree with a subject that a
  relative clause, a place and the object separate from them; two subjects joined by `and` count as many;
* **one word to two**: `lighthouse`, `grandmother`, `slowly`, and `never`, whose two halves embrace the verb;
* **two words to one**: `looked for`, `looked after`, `picked up`, `woke up`, `every morning`, `last night`;
* **words with two meanings**: `saw`, `rose` and `left` are verbs, and also a tool, a flower and a side.

No symbol contains itself, so the language is finite, and its entropy is a finite sum.

A source sentence has only one derivation, for each choice is settled by the words: a noun is what ends
determiner–adjective–noun, so `saw` after `the` or `red` is the tool and after a noun the verb; `and` joins
subjects before the verb of a clause and clauses after it; no place follows a place, relative clauses contain
none, and transitive verbs take none, so a place belongs to the noun or the intransitive verb just before it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

START_SYMBOL = "Sentence"

RULES = """
Sentence
    56  Clause                                  =>  Clause
    30  Short.1 Link Short.2                    =>  Short.1 Link Short.2
    14  Short.1 Link.1 Short.2 Link.2 Short.3   =>  Short.1 Link.1 Short.2 Link.2 Short.3

Short
    1   Simple[one] Action[one]                 =>  Simple[one] Action[one]
    1   Simple[many] Action[many]               =>  Simple[many] Action[many]

Action[n]
    30  Transitive[n] Simple[one]               =>  Simple[one] Transitive[n]
    30  Transitive[n] Simple[many]              =>  Simple[many] Transitive[n]
    10  never Transitive[n] Simple[one]         =>  Simple[one] ro Transitive[n] ka
    10  Intransitive[n] Manner                  =>  Manner Intransitive[n]
    20  Intransitive[n] Place                   =>  Place Intransitive[n]

Clause
    36  Subject[one] Predicate[one]             =>  Subject[one] Predicate[one]
    34  Subject[many] Predicate[many]           =>  Subject[many] Predicate[many]
    16  Subject[one] Predicate[one] Time        =>  Time Subject[one] Predicate[one]
    14  Subject[many] Predicate[many] Time      =>  Time Subject[many] Predicate[many]

Subject[one]
    1   Phrase[one]                             =>  Phrase[one]

Subject[many]
    70  Phrase[many]                            =>  Phrase[many]
    10  Simple[one].1 and Simple[one].2         =>  Simple[one].1 ul Simple[one].2
    10  Simple[one] and Simple[many]            =>  Simple[one] ul Simple[many]
    10  Simple[many] and Simple[one]            =>  Simple[many] ul Simple[one]

Object
    1   Phrase[one]                             =>  Phrase[one]
    1   Phrase[many]                            =>  Phrase[many]

Phrase[n]
    50  Simple[n]                               =>  Simple[n]
    25  Simple[n] Place                         =>  Simple[n] Place
    25  Simple[n] Relative[n]                   =>  Simple[n] Relative[n]

Simple[n]
    60  Determiner[n] Noun[n]                   =>  Determiner[n] Noun[n]
    32  Determiner[n] Adjective Noun[n]         =>  Determiner[n] Noun[n] Adjective
    8   Determiner[n] Adjective.1 Adjective.2 Noun[n]  =>  Determiner[n] Noun[n] Adjective.2 Adjective.1

Place
    1   Preposition Simple[one]                 =>  Preposition Simple[one]
    1   Preposition Simple[many]                =>  Preposition Simple[many]

Relative[n]
    4   that Transitive[n] Simple[one]          =>  shu Simple[one] Transitive[n]
    4   that Transitive[n] Simple[many]         =>  shu Simple[many] Transitive[n]
    2   that Intransitive[n]                    =>  shu Intransitive[n]

Predicate[n]
    46  Transitive[n] Object                    =>  Object Transitive[n]
    14  Transitive[n] Object Manner             =>  Object Manner Transitive[n]
    10  never Transitive[n] Object              =>  Object ro Transitive[n] ka
    12  Intransitive[n] Manner                  =>  Manner Intransitive[n]
    12  Intransitive[n] Place                   =>  Place Intransitive[n]
    6   never Intransitive[n] Place             =>  Place ro Intransitive[n] ka

Link
    3   and                                     =>  ul
    3   but                                     =>  fen
    2   because                                 =>  zor
    2   while                                   =>  dun

Time
    1   today                                   =>  bovi
    1   yesterday                               =>  gori
    1   every morning                           =>  alvi
    1   last night                              =>  kesi

Manner
    1   quickly                                 =>  tirum
    1   gladly                                  =>  fedum
    1   loudly                                  =>  bomum
    1   slowly                                  =>  lum lum

Preposition
    1   near                                    =>  ap
    1   behind                                  =>  dor
    1   under                                   =>  gim
    1   beside                                  =>  lat

Determiner[n]
    2   the                                     =>  so|sol
    1   a|some                                  =>  ba|bal
    1   this|these                              =>  ti|til
    1   my                                      =>  nem
    1   one|two                                 =>  hin|dov

Noun[n]
    1   cat|cats                                =>  miro|miron
    1   dog|dogs                                =>  vado|vadon
    1   bird|birds                              =>  pelo|pelon
    1   girl|girls                              =>  tiso|tison
    1   boy|boys                                =>  garo|garon
    1   teacher|teachers                        =>  pucho|puchon
    1   farmer|farmers                          =>  selo|selon
    1   tree|trees                              =>  yemo|yemon
    1   house|houses                            =>  kufo|kufon
    1   boat|boats                              =>  wuko|wukon
    1   river|rivers                            =>  sivo|sivon
    1   lamp|lamps                              =>  fano|fanon
    1   grandmother|grandmothers                =>  nebo|nebon vel
    1   lighthouse|lighthouses                  =>  dalo|dalon rem
    1   saw|saws                                =>  zigo|zigon
    1   rose|roses                              =>  thubo|thubon

Adjective
    1   red                                     =>  karil
    1   old                                     =>  tobil
    1   small                                   =>  pinil
    1   happy                                   =>  wemil
    1   quiet                                   =>  shumil
    1   heavy                                   =>  dukil
    1   strange                                 =>  fazil
    1   left                                    =>  hopil

Transitive[n]
    1   saw                                     =>  zumek|zumeku
    1   left                                    =>  holek|holeku
    1   chased                                  =>  chirek|chireku
    1   painted                                 =>  sabek|sabeku
    1   washed                                  =>  dorek|doreku
    1   followed                                =>  winek|wineku
    1   helped                                  =>  fotek|foteku
    1   looked for                              =>  gamek|gameku
    1   looked after                            =>  tuchek|tucheku
    1   picked up                               =>  rimek|rimeku

Intransitive[n]
    1   rose                                    =>  pobek|pobeku
    1   slept                                   =>  lisek|liseku
    1   waited                                  =>  kavek|kaveku
    1   sang                                    =>  nudek|nudeku
    1   danced                                  =>  yorek|yoreku
    1   woke up                                 =>  thamek|thameku
"""


@dataclass(frozen=True)
class Rule:
    """One way to rewrite a symbol, on both sides at once."""

    probability: float
    source: tuple[str, ...]
    target: tuple[str, ...]

    @property
    def source_words(self) -> tuple[str, ...]:
        return tuple(item for item in self.source if not is_symbol(item))

    @property
    def target_words(self) -> tuple[str, ...]:
        return tuple(item for item in self.target if not is_symbol(item))

    @property
    def symbols(self) -> tuple[str, ...]:
        """The uses of symbols, in source order."""
        return tuple(item for item in self.source if is_symbol(item))


Grammar = dict[str, tuple[Rule, ...]]


def is_symbol(item: str) -> bool:
    """Symbols are capitalised, words are not."""
    return item[0].isupper()


def symbol_of(use: str) -> str:
    """The symbol of a use: `Clause.2` is a use of `Clause`."""
    return use.split(".")[0]


def in_number(text: str, number: str) -> str:
    """Put a line of an `[n]` block into one number.

    Example:
        >>> in_number("Determiner[n] cat|cats", "many")
        'Determiner[many] cats'
    """
    choice = 1 if number == "one" else 2
    return re.sub(r"(\w+)\|(\w+)", rf"\{choice}", text.replace("[n]", f"[{number}]"))


def read_grammar(text: str) -> Grammar:
    """Read rules written as in this file.

    Args:
        text: blocks of a symbol and its indented rules `weight  source  =>  target`.

    Returns:
        for each symbol its rules, their probabilities summing to one.

    Raises:
        ValueError: if a rule has a symbol or words on one side only, or a symbol that has no block.

    Example:
        >>> grammar = read_grammar('''
        ... Noun[n]
        ...     3  cat|cats   =>  miro|miron
        ...     1  rose|roses =>  rubo|rubon
        ... ''')
        >>> grammar["Noun[many]"][0]
        Rule(probability=0.75, source=('cats',), target=('miron',))
    """
    weighted: dict[str, list[tuple[float, tuple[str, ...], tuple[str, ...]]]] = {}
    block = ""
    for line in filter(str.strip, text.splitlines()):
        if not line[0].isspace():
            block = line.strip()
            continue
        for number in ("one", "many") if "[n]" in block else ("one",):
            left, right = in_number(line, number).split("=>")
            weight, *source = left.split()
            rules = weighted.setdefault(in_number(block, number), [])
            rules.append((float(weight), tuple(source), tuple(right.split())))

    grammar = {}
    for symbol, rules in weighted.items():
        total = math.fsum(weight for weight, _, _ in rules)
        grammar[symbol] = tuple(Rule(weight / total, source, target) for weight, source, target in rules)
    for symbol, rules in grammar.items():
        for rule in rules:
            _check_rule(symbol, rule, grammar)
    return grammar


def _check_rule(symbol: str, rule: Rule, grammar: Grammar) -> None:
    written = f"{symbol}: {' '.join(rule.source)} => {' '.join(rule.target)}"
    target_symbols = [item for item in rule.target if is_symbol(item)]
    if len(set(rule.symbols)) != len(rule.symbols) or sorted(rule.symbols) != sorted(target_symbols):
        raise ValueError(f"A rule must use each symbol once on each side. Received: {written}")
    if missing := [use for use in rule.symbols if symbol_of(use) not in grammar]:
        raise ValueError(f"Every symbol of a rule must have a block. Received: {written}, without {missing}")
    if bool(rule.source_words) != bool(rule.target_words):
        raise ValueError(f"A rule must have words on both sides or on neither. Received: {written}")


def count_derivations(grammar: Grammar, start: str = START_SYMBOL) -> int:
    """The number of ways to rewrite `start` into words: products along a rule, sums over rules.

    Example:
        >>> count_derivations(TOY_GRAMMAR, "Noun[one]")
        16
    """

    @cache
    def count(symbol: str) -> int:
        return sum(math.prod(count(symbol_of(use)) for use in rule.symbols) for rule in grammar[symbol])

    return count(start)


def expected_length(grammar: Grammar, start: str = START_SYMBOL) -> float:
    """The mean number of source words below `start`: L(A) = Σᵣ p(r) (words of r + Σ_B L(B)).

    Example:
        >>> expected_length(TOY_GRAMMAR, "Time")
        1.5
    """

    @cache
    def length(symbol: str) -> float:
        return math.fsum(
            rule.probability * (len(rule.source_words) + sum(length(symbol_of(use)) for use in rule.symbols))
            for rule in grammar[symbol]
        )

    return length(start)


def derivation_entropy(grammar: Grammar, start: str = START_SYMBOL) -> float:
    """The entropy of a derivation in nats: H(A) = Σᵣ p(r) (-log p(r) + Σ_B H(B)).

    It equals the entropy of the source sentence, because a source sentence has only one derivation.

    Example:
        >>> round(derivation_entropy(TOY_GRAMMAR, "Time") / math.log(4), 12)
        1.0
    """

    @cache
    def entropy(symbol: str) -> float:
        return math.fsum(
            rule.probability
            * (math.fsum(entropy(symbol_of(use)) for use in rule.symbols) - math.log(rule.probability))
            for rule in grammar[symbol]
        )

    return entropy(start)


TOY_GRAMMAR = read_grammar(RULES)
