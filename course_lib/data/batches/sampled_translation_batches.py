"""Batches for translation whose sentences are cut into other pieces in every epoch."""

import numpy as np

from course_lib.data.batches.subword_regularisation import SubwordSampler
from course_lib.data.batches.translation_batches import TranslationBatches


class SampledTranslationBatches(TranslationBatches):
    """`TranslationBatches` of sentences that a `SubwordSampler` segments anew in every epoch.

    A rare word is then met in many pieces, and a small corpus says more. What an epoch serves is a function
    of `shuffle_seed` and `epoch` alone, so that a run which was stopped goes on with the same batches. Only
    for training: validate on the tokenizer's own segmentation.

    Args:
        sources: list of strings.
        targets: their translations.
        tokenizer: the `WordPieceTokenizer` of both languages.
        subword_dropout: float in [0, 1), the probability that a matching piece is passed over.
        batch_size: pairs in a batch; one batch may be smaller.
        shuffle_seed: non-negative integer.

    Example:
        >>> from course_lib.text import WordPieceTokenizer, train_wordpiece
        >>> texts = ["the cat", "the hat", "that cat"]
        >>> tokenizer = WordPieceTokenizer(train_wordpiece(texts, vocabulary_size=15))
        >>> batches = SampledTranslationBatches(texts, texts, tokenizer, 0.5, batch_size=3, shuffle_seed=1)
        >>> segmentations = set()
        >>> for batches.epoch in range(5):
        ...     segmentations.add(batches[0][0]["source_token_ids"].tobytes())
        >>> len(segmentations)
        5

    Reference: Provilkov et al. (2020), https://arxiv.org/abs/1910.13267
    """

    def __init__(self, sources, targets, tokenizer, subword_dropout, *, batch_size, shuffle_seed):
        self._sampler = SubwordSampler(tokenizer, subword_dropout)
        self._texts = list(sources), list(targets)
        self._sampled_epoch = 0
        vocabulary = tokenizer.vocabulary
        super().__init__(
            *self._sample(shuffle_seed, 0),
            start_id=vocabulary.start_id,
            end_id=vocabulary.end_id,
            batch_size=batch_size,
            shuffle_seed=shuffle_seed,
        )

    def _sample(self, seed, epoch):
        return [
            self._sampler.encode_batch(texts, (seed, epoch, side)) for side, texts in enumerate(self._texts)
        ]

    def prepare_epoch(self):
        """Cuts the sentences anew, then draws the order of the batches."""
        if self.epoch != self._sampled_epoch:
            self._sampled_epoch = self.epoch
            self._lengths = np.asarray(self.set_sentences(*self._sample(self.shuffle_seed, self.epoch)))
        super().prepare_epoch()
