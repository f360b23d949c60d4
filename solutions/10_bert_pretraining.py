# %% [markdown]
# # Exercises: BERT, pre-training
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Two texts, one sequence
#
# BERT reads one sequence. A pair of texts is packed into it with three special tokens, and padded with
# zeros to the length $T$:
#
# ```
# token_ids     [CLS]  a1  a2  a3  [SEP]  b1  b2  [SEP]   0   0
# segment_ids     0     0   0   0    0     1   1    1     0   0
# ```
#
# Where the two texts are too long together, the **longer** one gives way: it loses its last token, again and
# again, until both fit. Where they are equally long, the second one loses its last token.


# %%
def pack_pair(first, second, length, classification_id, separator_id):
    """The sequence that BERT reads for a pair of texts.

    Args:
        first: List of ints, the token ids of the first text, without special tokens; it may be empty.
        second: List of ints, those of the second text; it may be empty, too.
        length: T, a Python int of at least 3: there is always room for the special tokens.
        classification_id: Python int, the id of [CLS].
        separator_id: Python int, the id of [SEP]. It stands behind either text, even behind an empty one.

    Returns:
        Dict of lists or tensors (T,): integers "token_ids" and "segment_ids" (0 up to the first [SEP], which
        counts in; 1 behind it, up to the second; 0 at padding), and booleans "padding_mask" (True at real
        tokens) and "special_mask" (True at [CLS], [SEP] and padding, which are of neither text).
    """
    # BEGIN SOLUTION
    first, second = list(first), list(second)
    while len(first) + len(second) > length - 3:
        if len(first) > len(second):
            first.pop()
        else:
            second.pop()
    token_ids = [classification_id, *first, separator_id, *second, separator_id]
    padding = length - len(token_ids)
    is_special = [True, *(False for _ in first), True, *(False for _ in second), True]
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * (len(first) + 2) + [1] * (len(second) + 1) + [0] * padding,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": is_special + [True] * padding,
    }
    # END SOLUTION


# %%
check(pack_pair)

# %% [markdown]
# ## What BERT reads: three vectors in one
#
# Every token is the sum of three learned vectors: what it is, which segment it is in, and where it stands.
# The **sum** is then normalised over its $D$ channels:
#
# $$ x_{bt} = \text{tokens}[\text{ids}_{bt}] + \text{segments}[\text{segment}_{bt}] + \text{positions}[t],
# \qquad
# y_{bt} = \gamma \cdot \frac{x_{bt} - \mu_{bt}}{\sqrt{\sigma^2_{bt} + \varepsilon}} + \beta, \qquad
# \varepsilon = 10^{-12} $$
#
# The first token of a sequence stands at position 0. Id 0, which is padding, has a vector like any other.


# %%
def bert_embedding(token_ids, segment_ids, tables, scale, shift):
    """What goes into BERT's first block.

    Args:
        token_ids: Integer tensor (B, T).
        segment_ids: Integer tensor (B, T), each 0 or 1.
        tables: Dict of tensors: "tokens" (V, D), "segments" (2, D) and "positions" (P, D), of which there
            may be more than a sequence needs: P > T.
        scale: γ, tensor (D,).
        shift: β, tensor (D,).

    Returns:
        Tensor (B, T, D). Where all channels of the sum are 0, it is β.
    """
    # BEGIN SOLUTION
    summed = (
        ops.take(tables["tokens"], token_ids, axis=0)
        + ops.take(tables["segments"], segment_ids, axis=0)
        + tables["positions"][: token_ids.shape[1]]
    )  # (B, T, D)
    centred = summed - ops.mean(summed, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(variance + 1e-12) + shift
    # END SOLUTION


# %%
check(bert_embedding)
