"""Hidden words, to be guessed from both sides."""

import numpy as np


class MaskedWords:
    """Chooses tokens at random, hides them, and asks for them: the "masked language model".

    Every token that is no special token is chosen with probability `share`, by itself. A chosen token becomes
    the mask with probability `mask_share`, another token drawn evenly from all that are not special with
    probability `random_share`, and else stays what it is: the model must answer for it, too, and cannot know
    which of the tokens it sees were tampered with.

    Args:
        vocabulary: a `Vocabulary` with a mask.
        share: float in (0, 1), the probability of a token to be chosen.
        mask_share, random_share: floats, zero or more and at most one together.
        most: int `M`, for how many chosen tokens of a sequence there is room; where more were chosen, this
            many of them remain, drawn evenly. Every sequence pays for all of them.

    Raises:
        ValueError: if a probability is none, or `most` is not positive.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import MaskedWords
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefgh"])
        >>> objective = MaskedWords(vocabulary, share=0.5, most=3)
        >>> inputs, labels = objective.hide(np.array([[2, 5, 6, 7, 8, 3, 0]]), np.random.default_rng(1))
        >>> inputs["token_ids"].tolist(), inputs["masked_positions"].tolist(), labels.tolist()
        ([[2, 5, 4, 7, 4, 3, 0]], [[2, 4, 0]], [[6, 8, 0]])

    In the paper: share = 15 %, mask_share = 80 %, random_share = 10 %.
    Reference: Devlin et al. (2019), section 3.1 and appendix A.1, https://arxiv.org/abs/1810.04805
    Taught in: notebooks/10_bert_pretraining
    """

    chooses_singly = True  # each token by itself, which `masked_word_floor` relies on

    def __init__(self, vocabulary, share=0.15, mask_share=0.8, random_share=0.1, most=20):
        if not 0 < share < 1:
            raise ValueError(f"`share` must be above 0 and below 1. Received: share={share}.")
        if mask_share < 0 or random_share < 0 or mask_share + random_share > 1:
            raise ValueError(
                "`mask_share` and `random_share` must be 0 or more, and at most 1 together. "
                f"Received: mask_share={mask_share}, random_share={random_share}."
            )
        if most < 1:
            raise ValueError(f"`most` must be positive. Received: most={most}.")
        self.share = share
        self.mask_share = mask_share
        self.random_share = random_share
        self.most = most
        self.mask_id = vocabulary.mask_id
        special = [vocabulary.id_of(token) for token in vocabulary.special_tokens]
        self.is_special = np.isin(np.arange(len(vocabulary)), special)
        self.replacements = np.flatnonzero(~self.is_special)

    def choose(self, token_ids, generator):
        """Draws which tokens are chosen.

        Args:
            token_ids: ints `(B, T)`.
            generator: a `numpy.random.Generator`.

        Returns:
            bool `(B, T)`, at most `most` in a row and never at a special token, padding included.
        """
        token_ids = np.asarray(token_ids)
        chosen = (generator.random(token_ids.shape) < self.share) & ~self.is_special[token_ids]
        # Of a row's chosen tokens the `most` with the lowest of further random numbers remain.
        order = np.where(chosen, generator.random(token_ids.shape), 2.0)
        rank = order.argsort(axis=1).argsort(axis=1)
        return chosen & (rank < self.most)

    def hide(self, token_ids, generator):
        """Draws what is chosen and what becomes of it.

        Args:
            token_ids: ints `(B, T)`, 0 for padding; they stay as they are.
            generator: a `numpy.random.Generator`; the same gives the same.

        Returns:
            `(inputs, labels)`: a dict of the tampered "token_ids" `(B, T)` and "masked_positions" `(B, M)`,
            and the ids that stood there, `(B, M)`; where fewer were chosen, position 0 and label 0, which
            the loss leaves out. All int32.
        """
        token_ids = np.asarray(token_ids)
        chosen = self.choose(token_ids, generator)
        return self.tamper(token_ids, chosen, generator.random(token_ids.shape), generator)

    def tamper(self, token_ids, chosen, fate, generator):
        """Does to the chosen tokens what was drawn for them.

        Args:
            token_ids: ints `(B, T)`.
            chosen: bool `(B, T)`, at most `most` in a row.
            fate: floats `(B, T)` in [0, 1): below `mask_share` the mask, from there a random token, as far
                as `random_share` goes, and else the token itself.
            generator: a `numpy.random.Generator`, for the random tokens.

        Returns:
            as `hide`.
        """
        drawn = generator.choice(self.replacements, token_ids.shape)
        hidden = np.where(chosen & (fate < self.mask_share), self.mask_id, token_ids)
        is_replaced = (fate >= self.mask_share) & (fate < self.mask_share + self.random_share)
        hidden = np.where(chosen & is_replaced, drawn, hidden)
        # Chosen positions first, each row's in their order.
        places = np.argsort(~chosen, axis=1, kind="stable")[:, : self.most]
        is_used = np.take_along_axis(chosen, places, axis=1)
        labels = np.where(is_used, np.take_along_axis(token_ids, places, axis=1), 0)
        positions = np.where(is_used, places, 0)
        if missing := self.most - positions.shape[1]:  # rows shorter than there is room for
            positions, labels = (np.pad(array, ((0, 0), (0, missing))) for array in (positions, labels))
        inputs = {"token_ids": hidden.astype("int32"), "masked_positions": positions.astype("int32")}
        return inputs, labels.astype("int32")
