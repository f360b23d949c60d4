"""Which tokens are pieces of one word."""

import numpy as np

from course_lib.objectives.ordinary_tokens import ordinary_tokens


def word_units(token_ids, vocabulary):
    """Numbers the words of each row: all pieces of a word have its number.

    A piece that begins with "##" goes on with the word before it; behind a special token it begins one.

    Args:
        token_ids: ints `(B, T)`.
        vocabulary: the `Vocabulary` of a `WordPieceTokenizer`.

    Returns:
        ints `(B, T)`, from 0 in each row; -1 at special tokens, which are of no word.

    Raises:
        ValueError: if ids are not of the shape `(B, T)`, no integers or outside the vocabulary.

    Example:
        >>> from course_lib.objectives import word_units
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "cat", "##s", "sleep", "##ing"])
        >>> word_units([[2, 5, 6, 7, 8, 3, 0]], vocabulary).tolist()  # [CLS] cat ##s sleep ##ing [SEP]
        [[-1, 0, 0, 1, 1, -1, -1]]

    Reference: "whole word masking" came with the code of Devlin et al. (2019),
    https://github.com/google-research/bert
    Taught in: notebooks/13_what_to_mask
    """
    token_ids = np.asarray(token_ids)
    if token_ids.ndim != 2:
        raise ValueError(f"`token_ids` must have the shape (B, T). Received: shape {token_ids.shape}.")
    is_ordinary = ordinary_tokens(token_ids, vocabulary)
    ids, inverse = np.unique(token_ids, return_inverse=True)
    goes_on = np.array([vocabulary.token_of(int(token_id)).startswith("##") for token_id in ids], bool)
    goes_on = goes_on[inverse].reshape(token_ids.shape)
    goes_on[:, :1] = False
    goes_on[:, 1:] &= is_ordinary[:, :-1]
    return np.where(is_ordinary, np.cumsum(is_ordinary & ~goes_on, axis=1) - 1, -1)
