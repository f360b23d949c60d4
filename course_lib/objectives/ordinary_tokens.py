"""Which tokens are words of a text."""

import numpy as np


def ordinary_tokens(token_ids, vocabulary):
    """Marks the tokens that are no special ones: what may be hidden, replaced and judged.

    Args:
        token_ids: ints, any shape.
        vocabulary: a `Vocabulary`.

    Returns:
        bool, the shape of `token_ids`; `False` at padding, `[CLS]`, `[SEP]`, `[MASK]` and `[UNK]`.

    Raises:
        ValueError: if ids are no integers or outside the vocabulary.

    Example:
        >>> from course_lib.objectives import ordinary_tokens
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "cats", "sleep"])
        >>> ordinary_tokens([[2, 5, 6, 3, 0]], vocabulary).tolist()
        [[False, True, True, False, False]]

    Taught in: notebooks/14_electra
    """
    token_ids = np.asarray(token_ids)
    if token_ids.dtype.kind not in "iu":
        raise ValueError(f"`token_ids` must be integers. Received: dtype {token_ids.dtype}.")
    if token_ids.size and not 0 <= token_ids.min() <= token_ids.max() < len(vocabulary):
        raise ValueError(
            f"`token_ids` must be from 0 to {len(vocabulary) - 1}, the vocabulary's last. "
            f"Received: from {token_ids.min()} to {token_ids.max()}."
        )
    special = [vocabulary.id_of(token) for token in vocabulary.special_tokens]
    return ~np.isin(token_ids, special)
