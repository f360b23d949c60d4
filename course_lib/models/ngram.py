"""N-gram language models: counting, and what to do about what was never counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

SMOOTHINGS = ("kneser_ney", "add_k", "maximum_likelihood")


def count_ngrams(
    sentences: Iterable[Sequence[int]], order: int, start_id: int, end_id: int
) -> list[dict[tuple[int, ...], dict[int, int]]]:
    """Counts which token follows which context, for contexts of 0 to `order - 1` tokens.

    Every sentence is read as `[START] w_1 … w_n [END]`. `[START]` is never predicted, `[END]` always is.
    At the beginning of a sentence the context is shorter, never padded: it is all there is.

    Args:
        sentences: lists of token ids, without start and end.
        order: length of the longest n-gram.
        start_id: id of the token put before each sentence.
        end_id: id of the token put after each sentence.

    Returns:
        a list: entry `k` maps each context of `k` tokens to `{next token: count}`.

    Example:
        >>> counts = count_ngrams([[5, 6], [5, 5]], order=2, start_id=2, end_id=3)
        >>> counts[0]
        {(): {5: 3, 6: 1, 3: 2}}
        >>> counts[1][(5,)]
        {6: 1, 5: 1, 3: 1}

    Taught in: notebooks/01_language_models
    """
    counts: list[dict[tuple[int, ...], dict[int, int]]] = [
        defaultdict(lambda: defaultdict(int)) for _ in range(order)
    ]
    for sentence in sentences:
        tokens = (start_id, *sentence, end_id)
        for position in range(1, len(tokens)):
            for length in range(min(order, position + 1)):
                counts[length][tokens[position - length : position]][tokens[position]] += 1
    return [{context: dict(followers) for context, followers in level.items()} for level in counts]


def continuation_counts(
    longer: dict[tuple[int, ...], dict[int, int]],
) -> dict[tuple[int, ...], dict[int, int]]:
    """For each n-gram, in how many different left contexts was it seen: `N₁₊(• h w) = |{v : c(v h w) > 0}|`.

    Args:
        longer: counts with contexts one token longer than the ones wanted.

    Returns:
        `{h: {w: N₁₊(• h w)}}`.

    Example:
        >>> continuation_counts({(5,): {6: 9}, (7,): {6: 1, 5: 2}})
        {(): {6: 2, 5: 1}}

    Reference: Kneser and Ney, "Improved backing-off for m-gram language modeling", ICASSP 1995.

    Taught in: notebooks/01_language_models
    """
    counts: dict[tuple[int, ...], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for context, followers in longer.items():
        for token in followers:
            counts[context[1:]][token] += 1
    return {context: dict(followers) for context, followers in counts.items()}


def absolute_discount(counts: dict[tuple[int, ...], dict[int, int]]) -> float:
    """The leave-one-out estimate of how much to take from every count: `D = n₁ / (n₁ + 2 n₂)`.

    `n₁` and `n₂` say how many n-grams have a count of one and of two. Where either is zero the estimate does
    not exist, and the discount is one half.

    Example:
        >>> absolute_discount({(5,): {6: 1, 7: 2, 8: 1}, (6,): {5: 4, 7: 2}})  # n₁ = 2, n₂ = 2
        0.3333333333333333

    Reference: Ney, Essen and Kneser, "On structuring probabilistic dependences in stochastic language
    modelling", Computer Speech and Language 1994.
    """
    values = [count for followers in counts.values() for count in followers.values()]
    ones, twos = values.count(1), values.count(2)
    return ones / (ones + 2 * twos) if ones and twos else 0.5


class NGramModel:
    """A language model that looks up how often a token followed the last `order - 1` tokens.

    Interpolated Kneser–Ney (the default), with `h'` the context `h` without its first token:

        p(w | h) = max(c(h w) − D, 0) / c(h)  +  D · N₁₊(h •) / c(h) · p(w | h')

    The longest n-grams and those that begin a sentence use raw counts, all shorter ones continuation counts;
    the discount `D` is estimated for each length, and the recursion ends in the uniform `1 / V`. A context
    never seen gives all its weight to the shorter one.

    The events are those of a neural model with a softmax over the same vocabulary: `V` probabilities that sum
    to one, unknown words are the token `[UNK]`, the end of the sentence is predicted and its start is given.
    So perplexities of the two kinds may be compared.

    Args:
        order: n-gram length; 2 is a bigram model.
        vocabulary_size: `V`, number of token ids.
        start_id: id of `[START]`.
        end_id: id of `[END]`.
        smoothing: `"kneser_ney"`, `"add_k"` (`(c(h w) + k) / (c(h) + k V)`) or `"maximum_likelihood"`
            (`c(h w) / c(h)` for the longest suffix of the context that was seen).
        pseudo_count: the `k` of `"add_k"`.

    Example:
        >>> model = NGramModel(order=2, vocabulary_size=7, start_id=2, end_id=3).fit([[5, 6], [5, 5]])
        >>> round(float(model.distribution([5]).sum()), 6)
        1.0
        >>> model.log_probability([5, 6]) > model.log_probability([6, 5])
        True

    Reference: Chen and Goodman, "An empirical study of smoothing techniques for language modeling", 1998,
    section 4.1 (the interpolated form of Kneser and Ney 1995, with one discount for each order).

    Taught in: notebooks/01_language_models
    """

    def __init__(
        self,
        order: int,
        vocabulary_size: int,
        *,
        start_id: int,
        end_id: int,
        smoothing: str = "kneser_ney",
        pseudo_count: float = 1.0,
    ):
        if order < 1:
            raise ValueError(f"`order` must be positive. Received: order={order}.")
        if smoothing not in SMOOTHINGS:
            raise ValueError(f"`smoothing` must be one of {SMOOTHINGS}. Received: smoothing={smoothing!r}.")
        if smoothing == "add_k" and pseudo_count <= 0:
            raise ValueError(f"`pseudo_count` must be positive. Received: pseudo_count={pseudo_count}.")
        self.order = order
        self.vocabulary_size = vocabulary_size
        self._check_ids((start_id, end_id))
        self.start_id = start_id
        self.end_id = end_id
        self.smoothing = smoothing
        self.pseudo_count = pseudo_count
        self.counts: list[dict[tuple[int, ...], dict[int, int]]] = []
        self.discounts: list[float] = []
        self._totals: list[dict[tuple[int, ...], int]] = []

    def _check_ids(self, token_ids: Iterable[int]) -> None:
        """Refuses what is no id of the vocabulary: probabilities of these alone sum to one."""
        for token_id in token_ids:
            if not isinstance(token_id, int | np.integer) or not 0 <= token_id < self.vocabulary_size:
                raise ValueError(
                    "Token ids must be integers of at least 0 and below `vocabulary_size`. "
                    f"Received: {token_id}, vocabulary_size={self.vocabulary_size}."
                )

    def fit(self, sentences: Iterable[Sequence[int]]) -> "NGramModel":
        """Counts the sentences (lists of token ids without start and end) and returns the model.

        Raises:
            ValueError: if there is no sentence, or an id is outside the vocabulary.
        """
        raw = count_ngrams(sentences, self.order, self.start_id, self.end_id)
        if not raw[0]:
            raise ValueError("`sentences` must hold at least one sentence. Received none.")
        self._check_ids(raw[0][()])
        self.counts = raw
        if self.smoothing == "kneser_ney":
            # An n-gram that begins with [START] has no left context to vary: it keeps its raw count.
            self.counts = [
                continuation_counts(longer)
                | {context: f for context, f in level.items() if context[:1] == (self.start_id,)}
                for level, longer in zip(raw, raw[1:], strict=False)
            ] + raw[-1:]
            self.discounts = [absolute_discount(level) for level in self.counts]
        self._totals = [{context: sum(f.values()) for context, f in level.items()} for level in self.counts]
        return self

    def _contexts(self, context: Sequence[int]) -> list[tuple[int, ...]]:
        """The suffixes of the context that were seen in training, shortest first."""
        if not self.counts:
            raise ValueError("The model has counted nothing yet: call `fit` first.")
        context = tuple(context)[-(self.order - 1) :] if self.order > 1 else ()
        suffixes = (context[len(context) - length :] for length in range(len(context) + 1))
        return [suffix for suffix in suffixes if suffix in self.counts[len(suffix)]]

    def probability(self, token_id: int, context: Sequence[int]) -> float:
        """`p(token | context)`; the context begins with `start_id` where the sentence does.

        Raises:
            ValueError: if an id is outside the vocabulary, or nothing has been counted yet.

        Example:
            >>> model = NGramModel(order=2, vocabulary_size=7, start_id=2, end_id=3, smoothing="add_k")
            >>> model.fit([[5, 6], [5, 5]]).probability(5, [2])  # (2 + 1) / (2 + 7)
            0.3333333333333333
        """
        self._check_ids((token_id, *context))
        return self._probability(token_id, context, self._contexts(context))

    def _probability(self, token_id: int, context: Sequence[int], seen: list[tuple[int, ...]]) -> float:
        """As `probability`, of ids that have been checked and the contexts that were seen."""
        if self.smoothing == "kneser_ney":
            probability = 1 / self.vocabulary_size
            for suffix in seen:
                followers, total = self.counts[len(suffix)][suffix], self._totals[len(suffix)][suffix]
                discount = self.discounts[len(suffix)]
                probability *= discount * len(followers) / total
                probability += max(followers.get(token_id, 0) - discount, 0) / total
            return probability
        longest = seen[-1]
        pseudo_count = 0.0
        if self.smoothing == "add_k":
            pseudo_count = self.pseudo_count
            if len(longest) < min(len(context), self.order - 1):  # the context itself was never seen
                return 1 / self.vocabulary_size
        count = self.counts[len(longest)][longest].get(token_id, 0)
        total = self._totals[len(longest)][longest]
        return (count + pseudo_count) / (total + pseudo_count * self.vocabulary_size)

    def distribution(self, context: Sequence[int]) -> np.ndarray:
        """All next-token probabilities, `(V,)` float64, sum one.

        Raises:
            ValueError: if an id is outside the vocabulary, or nothing has been counted yet.
        """
        self._check_ids(context)
        seen = self._contexts(context)
        return np.array([self._probability(token, context, seen) for token in range(self.vocabulary_size)])

    def token_log_probabilities(self, sentence: Sequence[int]) -> np.ndarray:
        """Natural log probability of each token of a sentence and of its end, `(len(sentence) + 1,)`."""
        tokens = (self.start_id, *sentence, self.end_id)
        probabilities = [
            self.probability(tokens[position], tokens[max(0, position - self.order + 1) : position])
            for position in range(1, len(tokens))
        ]
        with np.errstate(divide="ignore"):  # maximum likelihood: log 0 = −inf is the answer
            return np.log(probabilities)

    def log_probability(self, sentence: Sequence[int]) -> float:
        """Natural log probability of a whole sentence, its end included."""
        return float(self.token_log_probabilities(sentence).sum())

    def sample(self, seed: int, max_length: int = 100) -> list[int]:
        """Draws one sentence, token by token, until `end_id` (not returned) or `max_length` tokens.

        Example:
            >>> model = NGramModel(order=3, vocabulary_size=7, start_id=2, end_id=3)
            >>> model = model.fit([[5, 6]] * 50)
            >>> model.sample(seed=1)
            [5, 6]
        """
        generator = np.random.default_rng(seed)
        tokens = [self.start_id]
        while len(tokens) <= max_length:
            token = int(generator.choice(self.vocabulary_size, p=self.distribution(tokens)))
            if token == self.end_id:
                break
            tokens.append(token)
        return tokens[1:]
