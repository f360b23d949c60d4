"""Batches with words hidden anew in every epoch."""

import keras
import numpy as np

from course_lib.data.batches.epoch_batches import EpochBatches


class MaskedWordBatches(EpochBatches):
    """Sequences in random order, with other words hidden in every epoch.

    Item `index` is `(x, y)`: x = {"token_ids", "segment_ids", "padding_mask"} `(B, T)` and
    "masked_positions" `(B, M)`; y = the hidden ids `(B, M)`. What is drawn is a function of `seed`, `epoch`
    and `index` alone: set `epoch` before resuming a run, and call `fit(batches, shuffle=False)`.

    Args:
        token_ids: ints `(R, T)`, the sequences, 0 for padding.
        objective: a `MaskedWords`, or what hides words like it.
        batch_size: sequences in a batch; what does not fill one is left out of the epoch.
        seed: non-negative integer.
        segment_ids: ints `(R, T)`; segment 0 everywhere if not given.
        pair_labels: ints `(R,)`, whether a sequence's two segments belong together, for the head of pairs;
            then y is a dict of "masked_words" and "sentence_pair".
        is_static: whether the words that are hidden are drawn once, and not anew in every epoch.
        num_static_masks: where they are drawn once, how many masks a sequence has: it shows them in turn, one
            in each epoch.
        unit_ids: ints `(R, T)`, what is hidden together, where the objective is a `MaskedUnits`; whole words
            if not given.

    Raises:
        ValueError: if there is not a single batch, units are not of the shape of the sequences, or
            `num_static_masks` is not positive, or more than one without `is_static`.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import MaskedWordBatches, MaskedWords
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> objective = MaskedWords(Vocabulary([*BERT_SPECIAL_TOKENS, *"abc"]), most=2)
        >>> batches = MaskedWordBatches(np.full((5, 7), 6), objective, batch_size=2, seed=1)
        >>> x, y = batches[0]
        >>> len(batches), {name: array.shape for name, array in x.items()}, y.shape
        (2, {'token_ids': (2, 7), 'masked_positions': (2, 2), 'padding_mask': (2, 7)}, (2, 2))

    In the paper: "static" are ten masks in turn, over forty epochs.
    Reference: Liu et al. (2019), section 4.1, https://arxiv.org/abs/1907.11692 (hidden anew, or not)
    Taught in: notebooks/10_bert_pretraining
    """

    def __init__(
        self,
        token_ids,
        objective,
        batch_size,
        seed,
        segment_ids=None,
        pair_labels=None,
        is_static=False,
        unit_ids=None,
        num_static_masks=1,
    ):
        super().__init__()
        self.token_ids = np.asarray(token_ids)
        if not 1 <= batch_size <= len(self.token_ids):
            raise ValueError(
                f"`batch_size` must be from 1 to the number of sequences, {len(self.token_ids)}. "
                f"Received: batch_size={batch_size}."
            )
        if unit_ids is not None and np.shape(unit_ids) != self.token_ids.shape:
            raise ValueError(
                f"`unit_ids` must have the shape of `token_ids`, {self.token_ids.shape}. "
                f"Received: shape {np.shape(unit_ids)}."
            )
        if num_static_masks < 1 or (num_static_masks > 1 and not is_static):
            raise ValueError(
                "`num_static_masks` must be positive, and 1 where masks are drawn anew. "
                f"Received: num_static_masks={num_static_masks}, is_static={is_static}."
            )
        self.objective = objective
        self.batch_size = batch_size
        self.seed = seed
        self.segment_ids = segment_ids
        self.pair_labels = pair_labels
        self.is_static = is_static
        self.num_static_masks = num_static_masks
        self.unit_ids = None if unit_ids is None else np.asarray(unit_ids)

    def __len__(self):
        return len(self.token_ids) // self.batch_size

    def batch(self, index):
        """Batch `index` of this epoch."""
        order = np.random.default_rng((self.seed, self.epoch)).permutation(len(self.token_ids))
        rows = order[index * self.batch_size : (index + 1) * self.batch_size]
        return self.batch_of(rows, index)

    def batch_of(self, rows, index):
        """The batch of these rows, as the `index`th of the epoch."""
        token_ids = self.token_ids[rows]
        if self.is_static:  # each row by itself, whatever batch it is in
            number = self.epoch % self.num_static_masks
            hidden = [self._hide([row], np.random.default_rng((self.seed, row, number))) for row in rows]
            inputs, labels = keras.tree.map_structure(lambda *parts: np.concatenate(parts), *hidden)
        else:
            generator = np.random.default_rng((self.seed, self.epoch, index))
            inputs, labels = self._hide(rows, generator)
        inputs["padding_mask"] = token_ids != 0
        if self.segment_ids is not None:
            inputs["segment_ids"] = self.segment_ids[rows]
        if self.pair_labels is not None:
            labels = {"masked_words": labels, "sentence_pair": self.pair_labels[rows]}
        return inputs, labels

    def _hide(self, rows, generator):
        units = () if self.unit_ids is None else (self.unit_ids[rows],)
        return self.objective.hide(self.token_ids[rows], generator, *units)
