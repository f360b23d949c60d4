"""Some words of a text, to be said in a random order."""

import numpy as np

from course_lib.objectives.masked_words import MaskedWords
from course_lib.objectives.orders.permutation_masks import permutation_masks
from course_lib.objectives.orders.target_mapping import target_mapping


class PermutedWords(MaskedWords):
    """Draws an order of the words of each row, and asks for the last ones of it.

    Of n ordinary tokens n / K are targets, the last ones of a random order; the first ones have little to go
    by and are hard to say. The others are context, which everybody sees, and so is what is special or padding
    (the one *or* the other; padding alone is then hidden as such):

        rank = 0 for the context, and 1, 2, … for targets in the order drawn

    Nothing is hidden in the text itself: `permutation_masks` says who sees what.

    Args:
        vocabulary: a `Vocabulary` with a mask, which its text never shows.
        one_in: float K above 1, one of how many tokens is a target; n / K is rounded up or down by chance, so
            that it is right in the mean.
        most: int `M`, for how many targets of a row there is room.

    Raises:
        ValueError: if `one_in` is not above 1, or `most` is not positive.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import PermutedWords
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> objective = PermutedWords(Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdef"]), one_in=2, most=4)
        >>> inputs, labels = objective.hide(np.array([[2, 5, 6, 7, 8, 3, 0]]), np.random.default_rng(2))
        >>> {name: array.shape for name, array in inputs.items()}
        {'token_ids': (1, 7), 'masked_positions': (1, 4), 'ranks': (1, 7), 'content_mask': (1, 7, 7),
         'query_mask': (1, 7, 7), 'target_mapping': (1, 4, 7)}

    In the paper: one_in = K, 6 or 7. There runs of one to five tokens are targets; here, single ones, or what
    is given as `chosen`. In the paper's code special tokens have a place in the order; here all see them.
    Reference: Yang et al. (2019), "XLNet", section 2.3 ("partial prediction"),
    https://arxiv.org/abs/1906.08237
    Taught in: notebooks/16_masks_as_tasks
    """

    chooses_singly = False

    def __init__(self, vocabulary, one_in=6.0, most=20):
        if one_in <= 1:
            raise ValueError(f"`one_in` must be above 1. Received: one_in={one_in}.")
        super().__init__(vocabulary, 1 / one_in, mask_share=1.0, random_share=0.0, most=most)

    def choose(self, token_ids, generator):
        """Draws which tokens are targets.

        Args:
            token_ids: ints `(B, T)`.
            generator: a `numpy.random.Generator`.

        Returns:
            bool `(B, T)`, n / K of a row's ordinary tokens, at most `most`.
        """
        is_ordinary = ~self.is_special[np.asarray(token_ids)]
        counts = np.floor(self.share * is_ordinary.sum(axis=1) + generator.random(len(is_ordinary)))
        order = np.where(is_ordinary, generator.random(is_ordinary.shape), 2.0)
        ranks = order.argsort(axis=1).argsort(axis=1)
        return is_ordinary & (ranks < np.minimum(counts, self.most)[:, None])

    def hide(self, token_ids, generator, chosen=None):
        """Draws targets and their order.

        Args:
            token_ids: ints `(B, T)`, 0 for padding.
            generator: a `numpy.random.Generator`; the same gives the same.
            chosen: bool `(B, T)`, the targets, at most `most` in a row and none a special token; drawn if not
                given. `MaskedSpans.choose`, for one, finds runs of them.

        Returns:
            `(inputs, labels)`: a dict of "token_ids" `(B, T)`, as they are; "masked_positions" `(B, M)`, of
            the targets as they stand in the text; "ranks" `(B, T)`; "content_mask" and "query_mask", bool
            `(B, T, T)`; and "target_mapping" `(B, M, T)`; and the targets' ids `(B, M)`, 0 in slots that are
            not used.

        Raises:
            ValueError: if what is given as chosen cannot be.
        """
        token_ids = np.asarray(token_ids)
        chosen = self.choose(token_ids, generator) if chosen is None else self._checked(token_ids, chosen)
        order = np.where(chosen, generator.random(token_ids.shape), 2.0)
        ranks = np.where(chosen, order.argsort(axis=1).argsort(axis=1) + 1, 0)
        hidden, labels = self.tamper(token_ids, chosen, np.ones(token_ids.shape), generator)
        positions = hidden["masked_positions"]
        content, query = permutation_masks(ranks, token_ids != 0)
        inputs = {
            "token_ids": token_ids.astype("int32"),
            "masked_positions": positions,
            "ranks": ranks.astype("int32"),
            "content_mask": content,
            "query_mask": query,
            "target_mapping": target_mapping(positions, labels, token_ids.shape[1]),
        }
        return inputs, labels

    def _checked(self, token_ids, chosen):
        chosen = np.asarray(chosen)
        if chosen.dtype != bool or chosen.shape != token_ids.shape:
            raise ValueError(
                f"`chosen` must be boolean, of the shape of `token_ids`, {token_ids.shape}. "
                f"Received: {chosen.dtype} of shape {chosen.shape}."
            )
        if (chosen & self.is_special[token_ids]).any():
            raise ValueError("No special token may be chosen. Received one.")
        if (most := int(chosen.sum(axis=1).max())) > self.most:
            raise ValueError(f"At most {self.most} of a row may be chosen. Received: {most}.")
        return chosen
