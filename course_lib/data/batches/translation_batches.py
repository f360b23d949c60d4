"""Batches for translation: source, shifted target and labels, by length."""

import numpy as np

from course_lib.data.batches.bucketed_batches import BucketedBatches, check_sentences
from course_lib.data.batches.length_buckets import pad_rows


class TranslationBatches(BucketedBatches):
    """Batches of sentence pairs for teacher forcing, bucketed by length.

    For a source s₁ … sₘ and a target t₁ … tₙ:

        source  s₁ … sₘ END          target  START t₁ … tₙ          labels  t₁ … tₙ END

    Item `index` is `(x, y)` with x = {"source_token_ids" (B, S) int32, "source_padding_mask" (B, S) bool,
    "target_token_ids" (B, T) int32, "target_padding_mask" (B, T) bool} and y = labels (B, T) int32.
    Padding is 0, masks are True at tokens, S and T are multiples of 4.

    On the training split of Multi30k, in words and batches of 64, 15.1 % of all positions are padding; it
    would be 51.7 % in batches of random sentences and 68.7 % at one fixed width (`benchmarks/pipelines.py`).

    Call `fit(batches, shuffle=False)`: the order is then a function of `shuffle_seed` and `epoch` alone, on
    any backend. Set `epoch` before resuming a run.

    Args:
        sources: list of lists of token ids, without start and end.
        targets: their translations, likewise.
        start_id: id of the start token.
        end_id: id of the end token.
        batch_size: pairs in a batch; one batch may be smaller.
        shuffle_seed: non-negative integer, or None for a fixed order, shortest first.
        max_length: most ids that a sentence may have, start and end not counted; None for no limit.
        max_tokens: instead of `batch_size`, the most positions of a batch, both languages and padding
            counted. The second batch may be wider by 4 columns a language.

    Raises:
        ValueError: different numbers of sentences, none at all, an id below 1, a sentence above `max_length`
            or alone above `max_tokens`, not one of `batch_size` and `max_tokens`.

    Example:
        >>> batches = TranslationBatches([[5, 6]], [[7, 8, 9]], start_id=2, end_id=3, batch_size=1)
        >>> x, y = batches[0]
        >>> x["source_token_ids"], x["target_token_ids"], y
        (array([[5, 6, 3, 0]], dtype=int32),
         array([[2, 7, 8, 9]], dtype=int32),
         array([[7, 8, 9, 3]], dtype=int32))

    Taught in: notebooks/02_sequence_to_sequence
    """

    def __init__(
        self,
        sources,
        targets,
        *,
        start_id,
        end_id,
        batch_size=None,
        shuffle_seed=None,
        max_length=None,
        max_tokens=None,
    ):
        if len(sources) != len(targets):
            raise ValueError(
                "`sources` and `targets` must have the same number of sentences. "
                f"Received: {len(sources)} and {len(targets)}."
            )
        self._start = check_sentences("start_id", [[start_id]], None)[0]
        self._end = check_sentences("end_id", [[end_id]], None)[0]
        self._max_length = max_length
        lengths = self.set_sentences(sources, targets)
        super().__init__(lengths, batch_size, shuffle_seed, max_tokens)

    def set_sentences(self, sources, targets):
        """Takes the sentences, adds start and end, and returns the lengths that batches are sorted by."""
        sources = check_sentences("sources", sources, self._max_length)
        targets = check_sentences("targets", targets, self._max_length)
        self._sources = [np.concatenate([ids, self._end]) for ids in sources]
        self._targets = [np.concatenate([self._start, ids]) for ids in targets]
        self._labels = [np.concatenate([ids, self._end]) for ids in targets]
        return [[len(s), len(t)] for s, t in zip(self._sources, self._targets, strict=True)]

    def build(self, indices, widths):
        source_token_ids = pad_rows([self._sources[i] for i in indices], widths[0])
        target_token_ids = pad_rows([self._targets[i] for i in indices], widths[1])
        x = {
            "source_token_ids": source_token_ids,
            "source_padding_mask": source_token_ids != 0,
            "target_token_ids": target_token_ids,
            "target_padding_mask": target_token_ids != 0,
        }
        return x, pad_rows([self._labels[i] for i in indices], widths[1])
