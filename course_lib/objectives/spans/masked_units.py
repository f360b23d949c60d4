"""Hidden words and phrases, whole."""

import numpy as np

from course_lib.objectives.masked_words import MaskedWords
from course_lib.objectives.spans.word_units import word_units


class MaskedUnits(MaskedWords):
    """Chooses units, all pieces of a word or all tokens of a phrase, and hides them whole.

    Every unit is chosen with probability `share`, by itself, and so is every token: `P(chosen) = share`
    whatever the length of its unit, as with `MaskedWords`. What then becomes of a chosen token is drawn for
    each token, or once for its unit.

    Args:
        vocabulary: a `Vocabulary` with a mask.
        share: float in (0, 1), the probability of a unit to be chosen.
        mask_share, random_share: floats, as of `MaskedWords`.
        most: int `M`, for how many chosen tokens of a sequence there is room. Where more were chosen, units
            remain in random order as long as they fit; none is cut, and one longer than this is never chosen.
        has_one_fate: whether all tokens of a unit are masked, replaced or kept together.

    Raises:
        ValueError: if a probability is none, or `most` is not positive.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import MaskedUnits, span_units, word_units
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "play", "##ing", "the", "big", "bass"])
        >>> token_ids = np.array([[2, 5, 6, 7, 8, 9, 3, 0]])
        >>> objective = MaskedUnits(vocabulary, share=0.5, mask_share=1.0, random_share=0.0, most=5)
        >>> inputs, labels = objective.hide(token_ids, np.random.default_rng(8))
        >>> inputs["token_ids"].tolist(), labels.tolist()  # `playing` and `big`
        ([[2, 4, 4, 7, 4, 9, 3, 0]], [[5, 6, 8, 0, 0]])
        >>> units = span_units(word_units(token_ids, vocabulary), [[(4, 6)]])  # `big bass` is one
        >>> inputs, labels = objective.hide(token_ids, np.random.default_rng(8), units)
        >>> inputs["token_ids"].tolist(), labels.tolist()
        ([[2, 4, 4, 7, 4, 4, 3, 0]], [[5, 6, 8, 9, 0]])

    The code of BERT takes words in random order until a number of tokens is reached and passes over what does
    not fit, which a word of many pieces does more often.
    Reference: Cui et al. (2019), https://arxiv.org/abs/1906.08101; Sun et al. (2019), section 3.2,
    https://arxiv.org/abs/1904.09223
    Taught in: notebooks/13_what_to_mask
    """

    chooses_singly = False

    def __init__(self, vocabulary, share=0.15, mask_share=0.8, random_share=0.1, most=20, has_one_fate=False):
        super().__init__(vocabulary, share, mask_share, random_share, most)
        self.vocabulary = vocabulary
        self.has_one_fate = has_one_fate

    def choose(self, token_ids, generator, unit_ids=None):
        """Draws which tokens are chosen.

        Args:
            token_ids: ints `(B, T)`.
            generator: a `numpy.random.Generator`.
            unit_ids: ints `(B, T)`, the number of each token's unit, below T; -1 where nothing may be chosen,
                special tokens at least. Whole words, as of `word_units`, if not given.

        Returns:
            bool `(B, T)`: whole units, at most `most` tokens in a row.

        Raises:
            ValueError: if units have another shape, numbers that are none, or hold a special token.
        """
        token_ids = np.asarray(token_ids)
        return self._choose(token_ids, generator, self._units(token_ids, unit_ids))

    def hide(self, token_ids, generator, unit_ids=None):
        """Draws what is chosen and what becomes of it.

        Args:
            token_ids: ints `(B, T)`, 0 for padding; they stay as they are.
            generator: a `numpy.random.Generator`; the same gives the same.
            unit_ids: ints `(B, T)`, as of `choose`.

        Returns:
            `(inputs, labels)`, as of `MaskedWords.hide`.

        Raises:
            ValueError: as `choose`.
        """
        token_ids = np.asarray(token_ids)
        units = self._units(token_ids, unit_ids)
        chosen = self._choose(token_ids, generator, units)
        fate = generator.random(token_ids.shape)
        if self.has_one_fate:
            fate = np.take_along_axis(fate, np.maximum(units, 0), axis=1)
        return self.tamper(token_ids, chosen, fate, generator)

    def _choose(self, token_ids, generator, units):
        # A unit's random number stands at the place of its number, of which there are not more than tokens.
        drawn = generator.random(token_ids.shape)
        chosen = (np.take_along_axis(drawn, np.maximum(units, 0), axis=1) < self.share) & (units >= 0)
        for row in np.flatnonzero(chosen.sum(axis=1) > self.most):
            room = self.most
            for unit in generator.permutation(np.unique(units[row][chosen[row]])):
                tokens = units[row] == unit
                if tokens.sum() <= room:
                    room -= tokens.sum()
                else:
                    chosen[row, tokens] = False
        return chosen

    def _units(self, token_ids, unit_ids):
        if unit_ids is None:
            return word_units(token_ids, self.vocabulary)
        units = np.asarray(unit_ids)
        if units.shape != token_ids.shape or units.dtype.kind not in "iu":
            raise ValueError(
                f"`unit_ids` must be integers of the shape of `token_ids`, {token_ids.shape}. "
                f"Received: {units.dtype} of shape {units.shape}."
            )
        if units.size and not -1 <= units.min() <= units.max() < units.shape[1]:
            raise ValueError(
                f"`unit_ids` must be from -1 to {units.shape[1] - 1}. "
                f"Received: from {units.min()} to {units.max()}."
            )
        if (self.is_special[token_ids] & (units >= 0)).any():
            row, place = np.argwhere(self.is_special[token_ids] & (units >= 0))[0]
            raise ValueError(
                "A special token must be of no unit, -1. "
                f"Received: unit {units[row, place]} at row {row}, position {place}."
            )
        return units
