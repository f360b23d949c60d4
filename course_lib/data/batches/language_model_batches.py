"""Batches for language modelling: tokens and the tokens that follow, by length."""

import numpy as np

from course_lib.data.batches.bucketed_batches import BucketedBatches, check_sentences
from course_lib.data.batches.length_buckets import pad_rows


class LanguageModelBatches(BucketedBatches):
    """Batches of sentences with the next token as the label, bucketed by length.

    For a sentence w₁ … wₙ:

        token_ids  START w₁ … wₙ          labels  w₁ … wₙ END

    Item `index` is `(x, y)` with x = {"token_ids" (B, T) int32, "padding_mask" (B, T) bool} and y = labels
    (B, T) int32. Padding is 0, the mask is True at tokens, T is a multiple of 4.

    Call `fit(batches, shuffle=False)`: the order is then a function of `shuffle_seed` and `epoch` alone, on
    any backend. Set `epoch` before resuming a run.

    Args:
        sentences: list of lists of token ids, without start and end.
        start_id: id of the start token.
        end_id: id of the end token.
        batch_size: sentences in a batch; one batch may be smaller.
        shuffle_seed: non-negative integer, or None for a fixed order, shortest first.
        max_length: most ids that a sentence may have, start and end not counted; None for no limit.

    Raises:
        ValueError: no sentences, an id below 1, a sentence above `max_length`.

    Example:
        >>> x, y = LanguageModelBatches([[5, 6]], start_id=2, end_id=3, batch_size=1)[0]
        >>> x["token_ids"], y
        (array([[2, 5, 6, 0]], dtype=int32), array([[5, 6, 3, 0]], dtype=int32))

    Taught in: notebooks/01_language_models
    """

    def __init__(self, sentences, *, start_id, end_id, batch_size, shuffle_seed=None, max_length=None):
        start = check_sentences("start_id", [[start_id]], None)[0]
        end = check_sentences("end_id", [[end_id]], None)[0]
        sentences = check_sentences("sentences", sentences, max_length)
        self._inputs = [np.concatenate([start, ids]) for ids in sentences]
        self._labels = [np.concatenate([ids, end]) for ids in sentences]
        super().__init__([[len(ids)] for ids in self._inputs], batch_size, shuffle_seed)

    def build(self, indices, widths):
        token_ids = pad_rows([self._inputs[i] for i in indices], widths[0])
        labels = pad_rows([self._labels[i] for i in indices], widths[0])
        return {"token_ids": token_ids, "padding_mask": token_ids != 0}, labels
