"""Who may see whom when words are said in another order than they are written."""

from typing import NamedTuple

import numpy as np

from course_lib.objectives.orders.prefix_mask import among_real_tokens, checked_padding_mask


class PermutationMasks(NamedTuple):
    """Bool `(B, T, T)`, `True` = may be seen: of the stream with contents, and of the one that asks."""

    content: np.ndarray
    query: np.ndarray


def permutation_masks(ranks, padding_mask):
    """The masks of two streams, from the place that each token has in an order.

    `content[b, t, s] = (ranks[b, s] <= ranks[b, t])`, where t and s are real tokens
    `query[b, t, s]   = (ranks[b, s] <  ranks[b, t])`

    The content stream, from which others learn what stands at t, sees its own word; the query stream, which
    must say what stands at t, does not. Ranks say which factorisation of the probability is learnt:

        1, 2, 3, … T                  from left to right
        a permutation of them         in that order
        0 for context, 1, 2, …        targets in their order, after the context
        0 for context, 1 for others   masked words, each asked for as if no other were known

    Tokens of one rank see each other in the content stream, and not in the query stream.

    Args:
        ranks: ints `(B, T)`, of any size; only their order matters.
        padding_mask: bools `(B, T)`, `True` at real tokens: padding is not seen and sees nothing, whatever
            its rank.

    Returns:
        `PermutationMasks` of (content, query).

    Raises:
        ValueError: if the shapes differ or ranks are no integers.

    Example:
        >>> from course_lib.objectives import permutation_masks
        >>> content, query = permutation_masks([[2, 0, 1]], [[True] * 3])  # the middle, the last, the first
        >>> content[0].astype(int).tolist(), query[0].astype(int).tolist()
        ([[1, 1, 1], [0, 1, 0], [0, 1, 1]], [[0, 1, 1], [0, 0, 0], [0, 1, 0]])

    In the paper's code one mask, with ones where nothing may be seen, serves both streams, and the content
    stream may see itself all the same: where no two targets have one rank, `perm_mask = ~content | identity`.
    Reference: Yang et al. (2019), "XLNet", sections 2.2 and 2.3, https://arxiv.org/abs/1906.08237
    Taught in: notebooks/16_masks_as_tasks
    """
    is_real = checked_padding_mask(padding_mask)
    ranks = np.asarray(ranks)
    if ranks.shape != is_real.shape or ranks.dtype.kind not in "iu":
        raise ValueError(
            f"`ranks` must be integers of the shape of `padding_mask`, {is_real.shape}. "
            f"Received: {ranks.dtype} of shape {ranks.shape}."
        )
    seen, seeing = ranks[:, None, :], ranks[:, :, None]
    return PermutationMasks(
        among_real_tokens(seen <= seeing, is_real), among_real_tokens(seen < seeing, is_real)
    )
