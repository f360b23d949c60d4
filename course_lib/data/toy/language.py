"""The toy language: sentence pairs with known word alignment and known probability, as many as one likes."""

from __future__ import annotations

import hashlib
import math
import random
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from course_lib.data.toy.grammar import (
    START_SYMBOL,
    TOY_GRAMMAR,
    Grammar,
    count_derivations,
    derivation_entropy,
    expected_length,
    is_symbol,
    symbol_of,
)
from course_lib.data.toy.inside_outside import InsideOutside
from course_lib.data.toy.parser import derivations

# Of 20 equally likely hash values, 18 go to training and one to each of the others.
SPLIT_OF_HASH = ("train",) * 18 + ("validation", "test")
LinkedWord = tuple[str, tuple[int, ...]]  # a target word, the positions of the source words it translates
Draw = Callable[[], float]

SPLITS = ("train", "validation", "test")


class ToyPair(NamedTuple):
    """A source sentence and its translation, with links `(source_index, target_index)` and log p(source)."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    alignment: frozenset[tuple[int, int]]
    source_log_probability: float


def split_of(source: Sequence[str]) -> str:
    """The split a source sentence belongs to, by a hash that is the same on every machine (18 : 1 : 1).

    Example:
        >>> split_of("the cat saw this rose".split())
        'train'
    """
    digest = hashlib.blake2b(" ".join(source).encode(), digest_size=8).digest()
    return SPLIT_OF_HASH[int.from_bytes(digest, "big") % len(SPLIT_OF_HASH)]


def draw_tables(grammar: Grammar) -> dict[str, tuple]:
    """A grammar as `expand` wants it: cumulative probabilities, and each rule ready to carry out."""
    tables = {}
    for symbol, rules in grammar.items():
        ready = []
        for rule in rules:
            uses = {item: index for index, item in enumerate(rule.symbols)}
            # An item of a plan is a word or the use of a symbol: its name in the source, its index in target.
            source = tuple((is_symbol(item), symbol_of(item)) for item in rule.source)
            target = tuple((item in uses, uses.get(item, item)) for item in rule.target)
            ready.append((math.log(rule.probability), source, target, not uses))
        cumulative = list(accumulate(rule.probability for rule in rules))[:-1]
        tables[symbol] = (cumulative, ready)
    return tables


class ToyLanguage:
    """A made-up language pair with long-distance word order, agreement and words of two meanings.

    The grammar is in `course_lib/data/toy/grammar.py`. A source sentence has exactly one derivation, so its
    probability is the product of the probabilities of the rules used, and exactly one translation.

    Attributes:
        source_words, target_words: all words of each side, sorted.
        entropy_per_token: H(source) / (E[length] + 1) in nats, the end of the sentence counted as a token. No
            language model can have a lower expected loss per token on sentences drawn from the language.
        num_sentences: how many different source sentences there are.

    Example:
        >>> toy = ToyLanguage()
        >>> def show(sentence):
        ...     pair = toy.translate(sentence.split())
        ...     print(" ".join(pair.target))
        ...     print(" ".join(f"{pair.source[i]}-{pair.target[j]}" for i, j in sorted(pair.alignment)))
        >>> show("the saw that left the old cats rose slowly")
        so zigo shu sol miron tobil holek lum lum pobek
        the-so saw-zigo that-shu left-holek the-sol old-tobil cats-miron rose-pobek slowly-lum slowly-lum
        >>> show("the girl and the boy looked for a left red lamp every morning")
        alvi so tiso ul so garo ba fano karil hopil gameku
        the-so girl-tiso and-ul the-so boy-garo looked-gameku for-gameku a-ba left-hopil red-karil lamp-fano
        every-alvi morning-alvi
        >>> show("these roses near the lighthouse never slept beside some saws")
        til thubon ap so dalo rem lat bal zigon ro liseku ka
        these-til roses-thubon near-ap the-so lighthouse-dalo lighthouse-rem never-ro never-ka slept-liseku
        beside-lat some-bal saws-zigon

    Taught in: notebooks/01_language_models
    """

    def __init__(self):
        self._tables = draw_tables(TOY_GRAMMAR)
        rules = [rule for rules in TOY_GRAMMAR.values() for rule in rules]
        self.source_words = tuple(sorted({word for rule in rules for word in rule.source_words}))
        self.target_words = tuple(sorted({word for rule in rules for word in rule.target_words}))
        self.entropy_per_token = derivation_entropy(TOY_GRAMMAR) / (expected_length(TOY_GRAMMAR) + 1)
        self.num_sentences = count_derivations(TOY_GRAMMAR)

    def split_of(self, source: Sequence[str]) -> str:
        """The split ("train", "validation" or "test") that a source sentence belongs to."""
        return split_of(source)

    def translate(self, source: Sequence[str]) -> ToyPair:
        """The pair of a source sentence, found by parsing it.

        Args:
            source: source words.

        Returns:
            the pair, as `sample` would have returned it.

        Raises:
            ValueError: if the words are not a sentence of the language.

        Example:
            >>> ToyLanguage().translate("my cat saw one dog".split()).target
            ('nem', 'miro', 'hin', 'vado', 'zumek')
        """
        if isinstance(source, str):
            raise ValueError(f"`source` must be a sequence of words. Received the string: {source!r}")
        found = derivations(TOY_GRAMMAR, source)
        if not found:
            received = " ".join(source)
            raise ValueError(f"`source` must be a sentence of the toy language. Received: {received!r}")
        return pair_of(source, found[0].target, found[0].log_probability)

    def stream(self, seed: int = 0, split: str = "train") -> Iterator[ToyPair]:
        """Endless independent sentences of one split; the same for the same seed on every machine.

        Args:
            seed: non-negative integer.
            split: "train", "validation" or "test".

        Returns:
            an iterator of pairs. A short sentence can come again.

        Raises:
            ValueError: if `seed` or `split` is none of these.
        """
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise ValueError(f"`seed` must be a non-negative integer. Received: seed={seed!r}")
        if split not in SPLITS:
            raise ValueError(f"`split` must be one of {', '.join(SPLITS)}. Received: split={split!r}")
        return self._stream(random.Random(seed).random, split)

    def sample(self, count: int, seed: int = 0, split: str = "train") -> list[ToyPair]:
        """The first `count` different sentences of `stream(seed, split)`.

        Args:
            count: how many, zero or more.
            seed: non-negative integer.
            split: "train", "validation" or "test"; no sentence is in two of them.

        Returns:
            pairs with different sources.

        Raises:
            ValueError: if `count`, `seed` or `split` is none of these.

        Example:
            >>> pair, = ToyLanguage().sample(1, seed=1, split="test")
            >>> pair == ToyLanguage().translate(pair.source)
            True
        """
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise ValueError(f"`count` must be a non-negative integer. Received: count={count!r}")
        stream = self.stream(seed, split)
        found: dict[tuple[str, ...], ToyPair] = {}
        while len(found) < count:
            pair = next(stream)
            found.setdefault(pair.source, pair)
        return list(found.values())

    def floor(self, pairs: Iterable[ToyPair]) -> float:
        """What a perfect language model pays for these very sentences: -Σ log p(source) / Σ (length + 1).

        In nats per token, end tokens counted; `entropy_per_token` is the value over the whole language. The
        probabilities are those of the whole language even though `sample` returns different sentences of one
        split. The split needs no correction, because no model can foresee a hash; leaving out repetitions
        changes the floor of 100,000 sentences by less than 0.0001 nats.

        Args:
            pairs: at least one pair.

        Returns:
            nats per token.

        Raises:
            ValueError: if there is no pair.
        """
        nats, tokens = 0.0, 0
        for pair in pairs:
            nats -= pair.source_log_probability
            tokens += len(pair.source) + 1
        if not tokens:
            raise ValueError("`pairs` must hold at least one pair. Received: none.")
        return nats / tokens

    def posterior(self, weights, lengths: Sequence[int] | None = None):
        r"""The probability of every word at every place, given all that is known about all places.

        What is known about a place is a weight for each word: how probable it is that the place would look
        as it does, were that its word. A word that can be seen has weight 1 and all others 0; under a mask
        all have 1; where a word may have been replaced, the weight is the probability that it came out as
        what is seen. Then, with the number of words T known, too,

            p(w at i | evidence) = Σ p(sentence) Π_j ω_j(w_j) over the sentences with w at i, over all of them

        No model that sees as much can predict better.

        Args:
            weights: array (B, T, W), the words in the order of `source_words`; zero or more each.
            lengths: the number of words of each row; T for all when left out.

        Returns:
            array (B, T, W), each place summing to one; zero beyond a row's length.

        Raises:
            ValueError: if `weights` or `lengths` have another form, or no sentence of the language fits.

        Example:
            >>> toy = ToyLanguage()
            >>> weights = toy.known("the cats slept near this river".split())
            >>> weights[0, 2] = 1.0  # a mask over `slept`
            >>> probabilities = toy.posterior(weights)[0, 2]
            >>> [word for word, p in zip(toy.source_words, probabilities) if p > 0]
            ['danced', 'rose', 'sang', 'slept', 'waited']
        """
        weights = np.asarray(weights, dtype="float64")
        return _normalised(weights * self._outside(weights, lengths))

    def posterior_from_the_rest(self, weights, lengths: Sequence[int] | None = None):
        """The probability of every word at every place, given what is known about all *other* places.

        Args:
            weights: array (B, T, W), as of `posterior`.
            lengths: the number of words of each row; T for all when left out.

        Returns:
            array (B, T, W), each place summing to one; zero beyond a row's length. Times what the place
            itself shows, and normalised, it is the posterior.

        Raises:
            ValueError: as `posterior`.

        Example:
            >>> toy = ToyLanguage()
            >>> sentence = "the cats slept near this river".split()
            >>> probabilities = toy.posterior_from_the_rest(toy.known(sentence))
            >>> round(float(probabilities[0, 4, toy.source_words.index("this")]), 4)
            0.1667
        """
        return _normalised(self._outside(weights, lengths))

    def known(self, *sentences: Sequence[str]):
        """The weights of sentences whose every word can be seen: 1 for the word of a place, 0 for others.

        Args:
            sentences: sequences of source words.

        Returns:
            array (B, T, W), T the length of the longest; zero beyond a sentence's end.

        Raises:
            ValueError: for a word that is none of `source_words`.

        Example:
            >>> ToyLanguage().known(["the", "cats"]).sum(axis=(1, 2))
            array([2.])
        """
        index = {word: number for number, word in enumerate(self.source_words)}
        if unknown := sorted({word for sentence in sentences for word in sentence} - index.keys()):
            raise ValueError(f"Expected words of `source_words`. Received: {', '.join(map(repr, unknown))}.")
        weights = np.zeros((len(sentences), max(map(len, sentences), default=0), len(index)))
        for row, sentence in zip(weights, sentences, strict=True):
            row[np.arange(len(sentence)), [index[word] for word in sentence]] = 1.0
        return weights

    @cached_property
    def _sums(self) -> InsideOutside:
        return InsideOutside(TOY_GRAMMAR)

    def _outside(self, weights, lengths):
        total, outside = self._sums.run(weights, lengths)
        if not total.all():
            raise ValueError(f"No sentence of the language fits `weights` in row {int(np.argmin(total))}.")
        return outside

    def _stream(self, draw: Draw, split: str) -> Iterator[ToyPair]:
        while True:
            source: list[str] = []
            target, log_probability = expand(self._tables, START_SYMBOL, draw, source)
            if split_of(source) == split:
                yield pair_of(source, target, log_probability)


def expand(
    tables: dict[str, tuple], symbol: str, draw: Draw, source: list[str]
) -> tuple[list[LinkedWord], float]:
    """Rewrite `symbol`: append its source words to `source`, return its linked target words and log p."""
    cumulative, rules = tables[symbol]
    log_probability, source_plan, target_plan, only_words = rules[bisect(cumulative, draw())]
    if only_words:
        words = tuple(range(len(source), len(source) + len(source_plan)))
        source.extend([word for _, word in source_plan])
        return [(word, words) for _, word in target_plan], log_probability
    words, below = (), []
    for is_use, item in source_plan:
        if is_use:
            piece, piece_log_probability = expand(tables, item, draw, source)
            below.append(piece)
            log_probability += piece_log_probability
        else:
            words += (len(source),)
            source.append(item)
    target = []
    for is_use, item in target_plan:
        if is_use:
            target += below[item]
        else:
            target.append((item, words))
    return target, log_probability


def pair_of(source: Sequence[str], target: Iterable[LinkedWord], log_probability: float) -> ToyPair:
    links = frozenset([(i, j) for j, (_, words) in enumerate(target) for i in words])
    return ToyPair(tuple(source), tuple([word for word, _ in target]), links, log_probability)


def _normalised(weights):
    total = weights.sum(axis=-1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
