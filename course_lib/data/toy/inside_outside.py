"""Sums over all sentences of a grammar at once, with a weight for every word at every place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_lib.data.toy.grammar import START_SYMBOL, Grammar, is_symbol, symbol_of


class InsideOutside:
    r"""Total weight of the sentences of a grammar, and how it changes with the weight of each word.

    A weight ω_i(w) stands for every word w at every place i; a sentence weighs its probability times the
    weights of its words. The sum over all sentences of T words,

        Z = Σ_{w_1 … w_T} p(w_1 … w_T) Π_i ω_i(w_i),

    has more terms than could be written down, and is computed from matrices. `inside(A)[i, j]` is the weight
    of everything symbol A can write from place i up to, not including, place j. A rule writes its items one
    after another, so its matrix is their product, and a symbol's is the sum over its rules:

        inside(A) = Σ_r p(r) Π_{X in r} inside(X)

    where a word w has ω_i(w) at [i, i + 1] and zeros elsewhere. Then Z = inside(Sentence)[0, T]. As no symbol
    contains itself, each matrix is computed once, from those below it; the derivatives ∂Z/∂ω_i(w), called
    outside, come from going the same way back.

    Args:
        grammar: a grammar in which no symbol contains itself.

    Attributes:
        words: all source words, sorted: the order of the last axis of weights.

    Example:
        >>> from course_lib.data.toy.grammar import read_grammar
        >>> sums = InsideOutside(read_grammar('''
        ... Sentence
        ...     3  cats Verb     =>  miron Verb
        ...     1  some cats     =>  bal miron
        ... Verb
        ...     1  slept         =>  lisek
        ...     1  woke up       =>  thamek
        ... '''))
        >>> sums.words
        ('cats', 'slept', 'some', 'up', 'woke')
        >>> total, outside = sums.run(np.ones((1, 2, 5)))
        >>> print(total, outside[0, 1])
        [0.625] [0.25  0.375 0.    0.    0.   ]

    Reference: J. K. Baker (1979), "Trainable grammars for speech recognition".
    """

    def __init__(self, grammar: Grammar):
        self.words = tuple(
            sorted({word for rules in grammar.values() for rule in rules for word in rule.source_words})
        )
        self._index = {word: index for index, word in enumerate(self.words)}
        self._rules = {symbol: self._compile(rules) for symbol, rules in grammar.items()}
        self._order = self._from_below(grammar)

    def _compile(self, rules):
        """Rules as (probability, items), each item the name of a symbol or the index of a word."""
        return [
            (
                rule.probability,
                [symbol_of(item) if is_symbol(item) else self._index[item] for item in rule.source],
            )
            for rule in rules
        ]

    def _from_below(self, grammar):
        """The symbols below the start, each after all that its rules use."""
        order: dict[str, None] = {}

        def visit(symbol):
            if symbol not in order:
                for rule in grammar[symbol]:
                    for use in rule.symbols:
                        visit(symbol_of(use))
                order[symbol] = None

        visit(START_SYMBOL)
        return list(order)

    def run(self, weights, lengths: Sequence[int] | None = None):
        """The total weight of each row of places, and its derivatives.

        Args:
            weights: array (B, T, W), zero or more each; what stands beyond a row's length plays no part.
            lengths: the number of words of each row; T for all when left out.

        Returns:
            `(total, outside)`: Z, array (B,), and ∂Z/∂ω, array (B, T, W), zero beyond the length.

        Raises:
            ValueError: for weights of another shape, below zero or not finite, and for impossible lengths.
        """
        weights, lengths = self._checked(weights, lengths)
        batch, length, _ = weights.shape
        rows = np.arange(batch)
        inside = self._inside(weights)
        total = inside[START_SYMBOL][rows, 0, lengths]
        outside = {symbol: np.zeros((batch, length + 1, length + 1)) for symbol in self._order}
        outside[START_SYMBOL][rows, 0, lengths] = 1.0
        slopes = np.zeros_like(weights)
        for symbol in reversed(self._order):
            for probability, items in self._rules[symbol]:
                self._pass_down(probability * outside[symbol], items, inside, weights, outside, slopes)
        return total, slopes

    def _inside(self, weights):
        inside = {}
        for symbol in self._order:
            inside[symbol] = sum(
                probability * self._product(items, inside, weights)
                for probability, items in self._rules[symbol]
            )
        return inside

    def _matrix(self, item, inside, weights):
        """The inside matrix (B, T + 1, T + 1) of a symbol or a word."""
        if isinstance(item, str):
            return inside[item]
        batch, length, _ = weights.shape
        matrix = np.zeros((batch, length + 1, length + 1))
        places = np.arange(length)
        matrix[:, places, places + 1] = weights[:, :, item]
        return matrix

    def _product(self, items, inside, weights):
        product = self._matrix(items[0], inside, weights)
        for item in items[1:]:
            product = product @ self._matrix(item, inside, weights)
        return product

    def _pass_down(self, slope, items, inside, weights, outside, slopes):
        """Adds to each item of a rule what the slope of the rule's own matrix makes of it."""
        matrices = [self._matrix(item, inside, weights) for item in items]
        before = [None]  # products of the items left of each
        for matrix in matrices[:-1]:
            before.append(matrix if before[-1] is None else before[-1] @ matrix)
        places = np.arange(weights.shape[1])
        for item, matrix, left in reversed(list(zip(items, matrices, before, strict=True))):
            at_item = slope if left is None else np.swapaxes(left, 1, 2) @ slope
            if isinstance(item, str):
                outside[item] += at_item
            else:
                slopes[:, :, item] += at_item[:, places, places + 1]
            slope = slope @ np.swapaxes(matrix, 1, 2)

    def _checked(self, weights, lengths):
        weights = np.asarray(weights, dtype="float64")
        if weights.ndim != 3 or weights.shape[2] != len(self.words) or not weights.shape[1]:
            raise ValueError(
                f"`weights` must have the shape (rows, places, {len(self.words)}), with a place at least. "
                f"Received: shape {weights.shape}."
            )
        if not np.isfinite(weights).all() or (weights < 0).any():
            raise ValueError("`weights` must be finite, and zero or more. Received others.")
        if lengths is None:
            return weights, np.full(len(weights), weights.shape[1])
        lengths = np.asarray(lengths)
        is_whole = lengths.shape == weights.shape[:1] and lengths.dtype.kind in "iu"
        if not is_whole or (lengths < 1).any() or (lengths > weights.shape[1]).any():
            raise ValueError(
                f"`lengths` must hold a whole number from 1 to {weights.shape[1]} for each of the "
                f"{len(weights)} rows. Received: {lengths.tolist()}."
            )
        return weights, lengths
