"""Documents of toy sentences, with topics and an order whose probabilities are known."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from course_lib.data.toy.grammar import START_SYMBOL, TOY_GRAMMAR, Grammar
from course_lib.data.toy.inside_outside import InsideOutside
from course_lib.data.toy.language import SPLITS, ToyPair, draw_tables, expand, pair_of, split_of

# By words of the translation, which, unlike the source's, are of one class each: how much likelier they are.
TOPICS = {
    "home": dict.fromkeys(["miro", "miron", "kufo", "kufon", "fano", "fanon", "nebo", "nebon"], 8.0),
    "farm": dict.fromkeys(["vado", "vadon", "selo", "selon", "yemo", "yemon", "zigo", "zigon"], 8.0),
    "river": dict.fromkeys(["wuko", "wukon", "sivo", "sivon", "dalo", "dalon", "pelo", "pelon"], 8.0),
    "school": dict.fromkeys(["tiso", "tison", "garo", "garon", "pucho", "puchon", "thubo", "thubon"], 8.0),
}
# What a story begins with is a cat; later it is the cat, and then this one.
STAGES = (
    {"ba": 8.0, "bal": 8.0, "hin": 4.0, "dov": 4.0, "kesi": 6.0},
    {"so": 6.0, "sol": 6.0, "gori": 6.0, "tirum": 3.0},
    {"ti": 6.0, "til": 6.0, "alvi": 6.0, "fedum": 3.0},
    {"nem": 8.0, "bovi": 6.0, "lum": 3.0},
)


class Document(NamedTuple):
    """The topic of a document and its sentences, in their order."""

    topic: str
    sentences: tuple[ToyPair, ...]


def tilted(grammar: Grammar, factors: dict[str, float]) -> Grammar:
    """A grammar whose rules are likelier by the factors of the target words they write.

    Example:
        >>> rules = tilted(TOY_GRAMMAR, {"kesi": 3.0})["Time"]
        >>> [(rule.target[0], round(rule.probability, 3)) for rule in rules]
        [('bovi', 0.167), ('gori', 0.167), ('alvi', 0.167), ('kesi', 0.5)]
    """
    changed = {}
    for symbol, rules in grammar.items():
        weights = [
            rule.probability * math.prod(factors.get(word, 1.0) for word in set(rule.target_words))
            for rule in rules
        ]
        total = math.fsum(weights)
        changed[symbol] = tuple(
            replace(rule, probability=weight / total) for rule, weight in zip(rules, weights, strict=True)
        )
    return changed


class DocumentLanguage:
    """Stories of four toy sentences that share a topic and follow each other in a known way.

    A document has one of four topics, which makes some nouns eight times as likely, and its sentences are in
    four stages, which do so with determiners, times and manners. Given topic and stage the sentences are
    independent, so that how well they fit together has an exact probability:

        p(first, second | next)   = Σ_k 1/4 Σ_s 1/3 p(first | k, s) p(second | k, s + 1)
        p(first, second | random) = Σ_k 1/4 Σ_s 1/3 p(first | k, s) · Σ_k 1/4 Σ_s 1/4 p(second | k, s)
        p(first, second | turned) = Σ_k 1/4 Σ_s 1/3 p(second | k, s) p(first | k, s + 1)

    Who says "next" where the first is larger than the second is right as often as anybody can be.

    Example:
        >>> documents = DocumentLanguage()
        >>> document = next(documents.stream(seed=3))
        >>> document.topic, " ".join(document.sentences[0].source)
        ('farm', 'a quiet tree waited near some quiet farmers while one farmer looked for one dog')

    Reference: the tasks are those of Devlin et al. (2019), https://arxiv.org/abs/1810.04805 (next sentence)
    and Lan et al. (2020), https://arxiv.org/abs/1909.11942 (sentence order)
    Taught in: notebooks/10_bert_pretraining
    """

    def __init__(self):
        self._grammars = [
            [tilted(TOY_GRAMMAR, topic | stage) for stage in STAGES] for topic in TOPICS.values()
        ]
        self._tables = [[draw_tables(grammar) for grammar in row] for row in self._grammars]
        self._ratios = self._log_ratios()

    def _log_ratios(self):
        """For each target word the logarithms (topics, stages) of how much likelier its rule is."""
        ratios = {}
        for topic, row in enumerate(self._grammars):
            for stage, grammar in enumerate(row):
                for symbol, rules in grammar.items():
                    for rule, plain in zip(rules, TOY_GRAMMAR[symbol], strict=True):
                        ratio = math.log(rule.probability / plain.probability)
                        if abs(ratio) > 1e-12 and not rule.symbols:
                            table = ratios.setdefault(rule.target[0], np.zeros((len(TOPICS), len(STAGES))))
                            table[topic, stage] = ratio
        return ratios

    def stream(self, seed: int = 0, split: str = "train") -> Iterator[Document]:
        """Endless documents, all of whose sentences are of one split.

        Args:
            seed: non-negative integer.
            split: "train", "validation" or "test", as `ToyLanguage.split_of` says of a sentence.

        Raises:
            ValueError: if `seed` or `split` is none of these.
        """
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise ValueError(f"`seed` must be a non-negative integer. Received: seed={seed!r}")
        if split not in SPLITS:
            raise ValueError(f"`split` must be one of {', '.join(SPLITS)}. Received: split={split!r}")
        return self._stream(random.Random(seed), split)

    def _stream(self, generator, split):
        names = list(TOPICS)
        while True:
            topic = generator.randrange(len(names))
            sentences = [self._sentence(topic, stage, generator, split) for stage in range(len(STAGES))]
            yield Document(names[topic], tuple(sentences))

    def _sentence(self, topic, stage, generator, split) -> ToyPair:
        while True:
            source: list[str] = []
            target, tilted_log = expand(self._tables[topic][stage], START_SYMBOL, generator.random, source)
            if split_of(source) == split:
                # Its probability in the language without topics and stages, as every pair has it.
                ratio = self._sum_of_ratios(word for word, _ in target)[topic, stage]
                return pair_of(source, target, tilted_log - float(ratio))

    def _sum_of_ratios(self, target):
        """The logarithms (topics, stages) of how much likelier a sentence is than in the plain language."""
        total = np.zeros((len(TOPICS), len(STAGES)))
        before = None
        for word in target:
            if word in self._ratios and not (word == before == "lum"):  # `lum lum` is one rule
                total += self._ratios[word]
                before = word
            else:
                before = None
        return total

    def log_probabilities(self, pair: ToyPair):
        """log p(sentence | topic, stage), array (topics, stages).

        Example:
            >>> from course_lib.data import ToyLanguage
            >>> pair = ToyLanguage().translate("a cat slept quickly".split())
            >>> table = DocumentLanguage().log_probabilities(pair)
            >>> [int(index) for index in np.unravel_index(table.argmax(), table.shape)]  # home, first
            [0, 0]
        """
        return pair.source_log_probability + self._sum_of_ratios(pair.target)

    def posterior(self, weights: Sequence, lengths: Sequence | None = None) -> list:
        r"""The probability of every word at every place of sentences that follow each other in a document.

        The topic and the stage of the first sentence are not known: with Z_l(k, s) the total weight of
        sentence l under topic k and stage s, as of `ToyLanguage.posterior`,

            p(w at i of sentence j | evidence) ∝ Σ_k Σ_s ω_i(w) ∂Z_j(k, s + j)/∂ω_i(w) Π_{l ≠ j} Z_l(k, s + l)

        Args:
            weights: for each of one to four sentences an array (B, T, W), as of `ToyLanguage.posterior`.
            lengths: for each of them the number of words of each row; T for all when left out.

        Returns:
            for each of them an array (B, T, W), each place summing to one; zero beyond a row's length.

        Raises:
            ValueError: if there are no or too many sentences, or as `ToyLanguage.posterior`.

        Example:
            >>> from course_lib.data import ToyLanguage
            >>> toy, documents = ToyLanguage(), DocumentLanguage()
            >>> second = toy.known("the cat slept quickly".split())
            >>> second[0, 1] = 1.0  # a mask over `cat`
            >>> boat = toy.source_words.index("boat")
            >>> alone, = documents.posterior([second])
            >>> _, behind = documents.posterior([toy.known("a river waited near a boat".split()), second])
            >>> print(alone[0, 1, boat].round(2), behind[0, 1, boat].round(2))
            0.04 0.11
        """
        num_starts = len(STAGES) - len(weights) + 1
        if not 0 < len(weights) <= len(STAGES):
            raise ValueError(f"`weights` must be of 1 to {len(STAGES)} sentences. Received: {len(weights)}.")
        lengths = [None] * len(weights) if lengths is None else lengths
        sums = [0.0] * len(weights)
        for row in self._sums:
            runs = {
                (place, start): row[start + place].run(text, length)
                for place, (text, length) in enumerate(zip(weights, lengths, strict=True))
                for start in range(num_starts)
            }
            for start in range(num_starts):
                totals = [runs[place, start][0] for place in range(len(weights))]
                for place in range(len(weights)):
                    others = np.prod([total for at, total in enumerate(totals) if at != place], axis=0)
                    sums[place] = sums[place] + runs[place, start][1] * np.reshape(others, (-1, 1, 1))
        found = [np.asarray(text) * total for text, total in zip(weights, sums, strict=True)]
        if not all(array.sum(axis=(1, 2)).all() for array in found):
            raise ValueError("No sentences of the language fit `weights`.")
        norms = [array.sum(axis=-1, keepdims=True) for array in found]
        return [array / np.where(norm > 0, norm, 1.0) for array, norm in zip(found, norms, strict=True)]

    @cached_property
    def _sums(self):
        return [[InsideOutside(grammar) for grammar in row] for row in self._grammars]

    def next_sentence_odds(self, first: ToyPair, second: ToyPair) -> float:
        """log p(first, second | next) - log p(first, second | random)."""
        one, two = self.log_probabilities(first), self.log_probabilities(second)
        random_pair = _log_mean(one[:, :-1]) + _log_mean(two)
        return _log_mean(one[:, :-1] + two[:, 1:]) - random_pair

    def sentence_order_odds(self, first: ToyPair, second: ToyPair) -> float:
        """log p(first, second | next) - log p(first, second | turned), of two sentences of one document."""
        one, two = self.log_probabilities(first), self.log_probabilities(second)
        return _log_mean(one[:, :-1] + two[:, 1:]) - _log_mean(two[:, :-1] + one[:, 1:])


def _log_mean(logarithms: Sequence) -> float:
    highest = np.max(logarithms)
    return float(highest + np.log(np.mean(np.exp(logarithms - highest))))
