"""One or two texts as the one sequence that BERT reads."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Packed:
    """Sequences of `[CLS] first [SEP]` or `[CLS] first [SEP] second [SEP]`, padded to one length.

    Attributes:
        token_ids: int32 `(B, T)`.
        segment_ids: int32 `(B, T)`: 0 up to the first separator, 1 behind it, 0 at padding.
        padding_mask: bool `(B, T)`, `True` at real tokens.
        special_mask: bool `(B, T)`, `True` at `[CLS]`, `[SEP]` and padding, which are of no text.
        source_places: int32 `(B, T)`: which token of its text each one was, -1 where it is of none.
    """

    token_ids: np.ndarray
    segment_ids: np.ndarray
    padding_mask: np.ndarray
    special_mask: np.ndarray
    source_places: np.ndarray

    @property
    def inputs(self):
        """What a `Bert` takes."""
        return {
            "token_ids": self.token_ids,
            "segment_ids": self.segment_ids,
            "padding_mask": self.padding_mask,
        }


def truncated_lengths(first_length, second_length, room):
    """How much stays of two texts that together exceed the room: the longer one gives way, token by token.

    Args:
        first_length, second_length: ints, zero or more.
        room: int, how many tokens may stay.

    Returns:
        two ints. Where both are equally long, the second gives way first.

    Example:
        >>> truncated_lengths(9, 4, room=10), truncated_lengths(9, 9, room=9), truncated_lengths(2, 3, room=9)
        ((6, 4), (5, 4), (2, 3))
    """
    excess = max(first_length + second_length - room, 0)
    # First the longer one down to the other's length, then both in turns, the second first.
    longer = min(excess, abs(first_length - second_length))
    first = first_length - (longer if first_length > second_length else 0)
    second = second_length - (longer if second_length > first_length else 0)
    rest = excess - longer
    return first - rest // 2, second - (rest + 1) // 2


def pack(vocabulary, first, second=None, max_length=512, length=None):
    """Packs encoded texts, or pairs of them, into sequences for BERT.

    Args:
        vocabulary: a `Vocabulary` with `[CLS]` and `[SEP]`.
        first: list of lists of token ids, without special tokens.
        second: list of lists as long as `first`, or none: then there is one segment.
        max_length: int, the most tokens of a sequence. What exceeds it is cut from the end of the longer of
            two texts, token by token.
        length: int, the length that all are padded to; the longest sequence's if not given.

    Returns:
        a `Packed`.

    Raises:
        ValueError: if there are no texts, not as many second as first ones, no room for the special tokens,
            or `length` is below a sequence's.

    Example:
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary(BERT_SPECIAL_TOKENS)
        >>> packed = pack(vocabulary, [[5, 6, 7, 8], [9]], [[10], [11, 12]], max_length=7)
        >>> packed.token_ids.tolist()
        [[2, 5, 6, 7, 3, 10, 3], [2, 9, 3, 11, 12, 3, 0]]
        >>> packed.segment_ids.tolist()
        [[0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1, 0]]
        >>> packed.source_places[0].tolist()
        [-1, 0, 1, 2, -1, 0, -1]

    Reference: Devlin et al. (2019), section 3 and appendix A.2, https://arxiv.org/abs/1810.04805
    Taught in: notebooks/10_bert_pretraining
    """
    first = [list(ids) for ids in first]
    seconds = [None] * len(first) if second is None else [list(ids) for ids in second]
    if not first or len(seconds) != len(first):
        raise ValueError(
            "There must be as many second texts as first ones, and one at least. "
            f"Received: {len(first)} and {len(seconds)}."
        )
    num_special = 2 if second is None else 3
    if max_length <= num_special:
        raise ValueError(
            f"`max_length` must be above {num_special}, the number of special tokens. "
            f"Received: max_length={max_length}."
        )
    rows = [_row(vocabulary, *pair, max_length - num_special) for pair in zip(first, seconds, strict=True)]
    longest = max(len(row) for row in rows)
    if length is not None and length < longest:
        raise ValueError(f"`length` must be at least {longest}, the longest sequence's. Received: {length}.")
    array = np.zeros((len(rows), length or longest, 4), "int32")
    array[..., 3] = -1
    for place, row in zip(array, rows, strict=True):
        place[: len(row)] = row
    token_ids, segment_ids, is_real, source_places = np.moveaxis(array, -1, 0)
    return Packed(token_ids, segment_ids, is_real == 1, source_places < 0, source_places)


def _row(vocabulary, first, second, room):
    """One sequence: for each token its id, its segment, 1, and its place in its text."""
    kept, kept_second = truncated_lengths(len(first), len(second or ()), room)
    row = [(vocabulary.classification_id, 0, 1, -1)]
    row += [(token_id, 0, 1, place) for place, token_id in enumerate(first[:kept])]
    row.append((vocabulary.separator_id, 0, 1, -1))
    if second is not None:
        row += [(token_id, 1, 1, place) for place, token_id in enumerate(second[:kept_second])]
        row.append((vocabulary.separator_id, 1, 1, -1))
    return row
