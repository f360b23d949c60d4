"""Rows of token ids as sentences of the toy language."""

from typing import NamedTuple

import numpy as np


class ToyRows(NamedTuple):
    """The sentences of a batch, moved to the beginning of their rows.

    Attributes:
        words: ints `(B, T')`, the number of each word in `source_words`, -1 for a mask and behind the end.
        places: ints `(B, T')`, the position of each word in its row; behind the end, any.
        lengths: ints `(B,)`, how many words it has.
    """

    words: np.ndarray
    places: np.ndarray
    lengths: np.ndarray

    @property
    def is_word(self):
        """Bool `(B, T')`, `True` up to a sentence's end."""
        return np.arange(self.words.shape[1]) < self.lengths[:, None]


def word_columns(toy, vocabulary):
    """For each token of the vocabulary the number of its word, -1 for special tokens.

    Args:
        toy: a `ToyLanguage`.
        vocabulary: a `Vocabulary`.

    Returns:
        int array `(V,)`.

    Raises:
        ValueError: if the vocabulary has other words than the language.

    Example:
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> toy = ToyLanguage()
        >>> word_columns(toy, Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words]))[:8]
        array([-1, -1, -1, -1, -1,  0,  1,  2])
    """
    words = [token for token in vocabulary.tokens if token not in vocabulary.special_tokens]
    if sorted(words) != sorted(toy.source_words):
        raise ValueError("`vocabulary` must hold the words of the toy language and special tokens alone.")
    column = np.full(len(vocabulary), -1)
    column[[vocabulary.id_of(word) for word in toy.source_words]] = np.arange(len(words))
    return column


def toy_rows(toy, vocabulary, token_ids):
    """Finds the sentence in each row.

    Args:
        toy: a `ToyLanguage`.
        vocabulary: a `Vocabulary` whose tokens, the special ones aside, are `toy.source_words`.
        token_ids: ints `(B, T)`, words and masks, with other special tokens only around a sentence.

    Returns:
        `ToyRows`.

    Raises:
        ValueError: if the vocabulary has other words, or a row does not hold one sentence in one piece.

    Example:
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> toy = ToyLanguage()
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words])
        >>> toy_rows(toy, vocabulary, [[2, 5, 4, 7, 3, 0]])
        ToyRows(words=array([[ 0, -1,  2]]), places=array([[1, 2, 3]]), lengths=array([3]))
    """
    column = word_columns(toy, vocabulary)
    token_ids = np.asarray(token_ids)
    is_place = (column[token_ids] >= 0) | (token_ids == vocabulary.mask_id)
    first, lengths = is_place.argmax(axis=1), is_place.sum(axis=1)
    places = np.minimum(first[:, None] + np.arange(lengths.max()), token_ids.shape[1] - 1)
    within = np.arange(lengths.max()) < lengths[:, None]
    if not lengths.all() or not np.take_along_axis(is_place, places, axis=1)[within].all():
        raise ValueError("Each row must hold one sentence in one piece. Received another.")
    words = np.where(within, column[np.take_along_axis(token_ids, places, axis=1)], -1)
    return ToyRows(words, places, lengths)


def losses_and_hits(toy, vocabulary, weights, first_places, positions, labels):
    """What a reader to whom words have these weights pays for each label, and whether it is right.

    `loss = log(sum_v weights[v] / weights[right])`

    Args:
        toy: a `ToyLanguage`.
        vocabulary: a `Vocabulary`.
        weights: floats `(B, T', W)`, how likely each word is at each place, up to a factor a place.
        first_places: ints `(B,)`, the position of a sentence's first word in its row.
        positions: ints `(B, M)`, of the answers in their rows.
        labels: token ids `(B, M)`; 0 where nothing is asked for.

    Returns:
        `(losses, hits)`: nats, not finite where the right word has no weight, and bools, for each label that
        is not 0, in their order.

    Example:
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> toy = ToyLanguage()
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words])
        >>> weights = np.ones((1, 2, len(toy.source_words)))
        >>> losses, _ = losses_and_hits(toy, vocabulary, weights, np.array([1]), [[2, 0]], [[7, 0]])
        >>> print(np.exp(losses).round(), len(toy.source_words))
        [83.] 83
    """
    rows, slots = np.nonzero(labels)
    at = weights[rows, np.asarray(positions)[rows, slots] - first_places[rows]]
    right = word_columns(toy, vocabulary)[np.asarray(labels)[rows, slots]]
    with np.errstate(divide="ignore", invalid="ignore"):
        losses = np.log(at.sum(axis=-1) / at[np.arange(len(right)), right])
    return losses, at.argmax(axis=-1) == right
