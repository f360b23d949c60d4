"""Hidden spans of a random length."""

import numpy as np

from course_lib.objectives.masked_words import MaskedWords
from course_lib.objectives.spans.span_boundaries import span_boundaries
from course_lib.objectives.spans.span_lengths import span_length_probabilities
from course_lib.objectives.spans.word_units import word_units


class MaskedSpans(MaskedWords):
    """Chooses spans of whole words, of geometric length, until their share of the tokens is reached.

    Again and again a length l is drawn, `P(l) ∝ p (1 - p)^(l - 1)` up to `longest`, and a word that is not
    chosen yet, evenly; it and the words behind it are chosen, l in all or as many as there are before a
    special token, padding or a word that is chosen. That ends where `share` of a row's tokens are chosen, a
    fraction rounded up or down by chance so that the share is right in the mean; a word for which nothing is
    left of it is passed over, and none is cut. Spans that touch are one.

    A span has one fate: all of its tokens become masks, or random tokens, or stay. On both sides of it stands
    a token that can be seen, if only a special one, for the boundary objective.

    Args:
        vocabulary: a `Vocabulary` with a mask, that of a `WordPieceTokenizer`.
        share: float in (0, 1), the share of tokens that are chosen.
        mask_share, random_share: floats, as of `MaskedWords`.
        most: int `M`, for how many chosen tokens of a sequence there is room.
        stop_probability: float `p` in (0, 1].
        longest: int, the most words of a span.

    Raises:
        ValueError: if a probability is none, or `most` or `longest` is not positive.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import MaskedSpans
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefgh"])
        >>> objective = MaskedSpans(vocabulary, share=0.4, mask_share=1.0, random_share=0.0, most=4)
        >>> token_ids = np.array([[2, 5, 6, 7, 8, 9, 10, 11, 3, 0]])
        >>> inputs, labels = objective.hide(token_ids, np.random.default_rng(10))
        >>> for name, array in inputs.items():
        ...     print(name, array[0])
        token_ids [ 2  5  4  4  4  9 10 11  3  0]
        masked_positions [2 3 4 0]
        left_boundaries [1 1 1 0]
        right_boundaries [5 5 5 0]
        span_places [1 2 3 0]

    In the paper: share = 15 %, p = 0.2, longest = l_max = 10.
    Reference: Joshi et al. (2020), "SpanBERT", section 3, https://arxiv.org/abs/1907.10529
    Taught in: notebooks/13_what_to_mask
    """

    chooses_singly = False

    def __init__(
        self,
        vocabulary,
        share=0.15,
        mask_share=0.8,
        random_share=0.1,
        most=20,
        stop_probability=0.2,
        longest=10,
    ):
        super().__init__(vocabulary, share, mask_share, random_share, most)
        self.vocabulary = vocabulary
        self.cumulative = np.cumsum(span_length_probabilities(stop_probability, longest))

    def choose(self, token_ids, generator):
        """Draws which tokens are chosen.

        Args:
            token_ids: ints `(B, T)`.
            generator: a `numpy.random.Generator`.

        Returns:
            bool `(B, T)`, whole words, at most `most` tokens in a row and never a special token.
        """
        token_ids = np.asarray(token_ids)
        chosen = np.zeros(token_ids.shape, bool)
        for row, units in enumerate(word_units(token_ids, self.vocabulary)):
            budget = int(self.share * (units >= 0).sum() + generator.random())
            for start, stop in self._spans(token_ids[row], units, min(budget, self.most), generator):
                chosen[row, start:stop] = True
        return chosen

    def hide(self, token_ids, generator):
        """Draws what is chosen and what becomes of it.

        Args:
            token_ids: ints `(B, T)`, 0 for padding; they stay as they are.
            generator: a `numpy.random.Generator`; the same gives the same.

        Returns:
            `(inputs, labels)`, as of `MaskedWords.hide`; the inputs also hold what `span_boundaries` finds.
        """
        token_ids = np.asarray(token_ids)
        chosen = self.choose(token_ids, generator)
        begins = chosen.copy()
        begins[:, 1:] &= ~chosen[:, :-1]
        first = np.maximum.accumulate(np.where(begins, np.arange(chosen.shape[1]), 0), axis=1)
        fate = np.take_along_axis(generator.random(token_ids.shape), first, axis=1)
        inputs, labels = self.tamper(token_ids, chosen, fate, generator)
        return inputs | span_boundaries(inputs["masked_positions"], labels), labels

    def _spans(self, token_ids, units, budget, generator):
        """Pairs (start, stop) of positions, which together hold at most `budget` tokens."""
        is_first = (units >= 0) & (np.diff(units, prepend=-1) != 0)
        is_last = (units >= 0) & (np.diff(units, append=-1) != 0)
        starts, stops = np.flatnonzero(is_first), np.flatnonzero(is_last) + 1
        sizes = stops - starts
        # Padding and the end of a row can be no boundary.
        beyond = np.concatenate([[0], token_ids, [0]])
        is_free = (beyond[starts] != 0) & (beyond[stops + 1] != 0)
        while len(candidates := np.flatnonzero(is_free & (sizes <= budget))):
            first = candidates[generator.integers(len(candidates))]
            length = 1 + np.searchsorted(self.cumulative[:-1], generator.random(), side="right")
            start = stop = starts[first]
            for word in range(first, min(first + length, len(starts))):
                if not is_free[word] or starts[word] != stop or sizes[word] > budget:
                    break
                is_free[word] = False
                budget -= sizes[word]
                stop = stops[word]
            yield start, stop
