"""A segment of a sentence, hidden from the encoder and written by the decoder."""

import numpy as np

from course_lib.objectives.masked_words import MaskedWords


class MaskedSegments(MaskedWords):
    """Hides one run of tokens of every row, which a decoder is to write.

    Of n ordinary tokens a run u … u + k - 1 is hidden, k = share · n rounded, u drawn evenly. The encoder
    sees what is left; the decoder, at position t, the token before:

        encoder input[t]  = mask if u <= t < u + k, else x[t]
        decoder input[t]  = x[t - 1] if u < t < u + k, else mask
        label[t]          = x[t] if u <= t < u + k, else none

    so that the decoder knows nothing that the encoder does, and must look there. k = 1 is a masked word; for
    k = n the encoder sees nothing and the decoder is a language model.

    Args:
        vocabulary: a `Vocabulary` with a mask.
        share: float in (0, 1], how much of a row is hidden; a token at least.
        mask_share, random_share: floats, what becomes of each hidden token for the encoder, as of
            `MaskedWords`.

    Raises:
        ValueError: if `share` is none, or the others are no probabilities.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import MaskedSegments
        >>> from course_lib.text import SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*SPECIAL_TOKENS, *"abcdefgh"])
        >>> objective = MaskedSegments(vocabulary, mask_share=1.0, random_share=0.0)
        >>> token_ids = np.array([[5, 6, 7, 8, 9, 10, 11, 12, 3, 0]])
        >>> inputs, labels = objective.hide(token_ids, np.random.default_rng(3))
        >>> for row in (inputs["source_token_ids"], inputs["target_token_ids"], labels):
        ...     print(*row[0])
        5 6 7 8 4 4 4 4 3 0
        4 4 4 4 4 9 10 11 4 0
        0 0 0 0 9 10 11 12 0 0

    In the paper: k tokens of m, k about m / 2.
    Reference: Song et al. (2019), "MASS", section 3, https://arxiv.org/abs/1905.02450
    Taught in: notebooks/16_masks_as_tasks
    """

    chooses_singly = False

    def __init__(self, vocabulary, share=0.5, mask_share=0.8, random_share=0.1):
        if not 0 < share <= 1:
            raise ValueError(f"`share` must be above 0 and at most 1. Received: share={share}.")
        super().__init__(vocabulary, 0.5, mask_share, random_share)
        self.share = share

    def choose(self, token_ids, generator):
        """Draws which tokens are hidden.

        Args:
            token_ids: ints `(B, T)`.
            generator: a `numpy.random.Generator`.

        Returns:
            bool `(B, T)`: in each row one run of ordinary tokens, as long as it should be, or the longest one
            that no special token interrupts.
        """
        is_ordinary = ~self.is_special[np.asarray(token_ids)]
        chosen = np.zeros(is_ordinary.shape, bool)
        for row, ordinary in enumerate(is_ordinary):
            edges = np.flatnonzero(np.diff(ordinary.astype(int), prepend=0, append=0))
            starts, stops = edges[::2], edges[1::2]
            if not len(starts):
                continue
            length = min(max(round(self.share * ordinary.sum()), 1), (stops - starts).max())
            # For every run of ordinary tokens, all places from which there is room to its end.
            begins = np.concatenate(
                [np.arange(a, b - length + 1) for a, b in zip(starts, stops, strict=True)]
            )
            begin = generator.choice(begins)
            chosen[row, begin : begin + length] = True
        return chosen

    def hide(self, token_ids, generator):
        """Draws what is hidden, and what encoder and decoder see of it.

        Args:
            token_ids: ints `(B, T)`, 0 for padding; they stay as they are.
            generator: a `numpy.random.Generator`; the same gives the same.

        Returns:
            `(inputs, labels)`: what a `Transformer` takes, a dict of "source_token_ids", which the encoder
            sees, "source_padding_mask", and "target_token_ids", which the decoder does; and the hidden ids,
            at their own positions and 0 elsewhere, which the loss leaves out. All `(B, T)`, ids int32.
        """
        token_ids = np.asarray(token_ids)
        chosen = self.choose(token_ids, generator)
        tampered, _ = self.tamper(token_ids, chosen, generator.random(token_ids.shape), generator)
        before = np.pad(token_ids, ((0, 0), (1, 0)))[:, :-1]
        goes_on = chosen & np.pad(chosen, ((0, 0), (1, 0)))[:, :-1]
        shifted = np.where(goes_on, before, np.where(token_ids == 0, 0, self.mask_id))
        inputs = {
            "source_token_ids": tampered["token_ids"],
            "source_padding_mask": token_ids != 0,
            "target_token_ids": shifted.astype("int32"),
        }
        return inputs, np.where(chosen, token_ids, 0).astype("int32")
