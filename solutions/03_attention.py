# %% [markdown]
# # Exercises: attention, three ways to score
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees. Chapter:
# `notebooks/03_attention`.

# %%
from keras import ops

from course_lib.grading import check, hint, solution  # noqa: F401

# %% [markdown]
# ## Masked softmax
#
# Every query $t$ shares out one unit of attention among the keys $s$ it may attend to:
#
# $$ w_{ts} = \frac{m_{ts}\, e^{a_{ts}}}{\sum_{s'} m_{ts'}\, e^{a_{ts'}}} $$
#
# with $m_{ts} = 1$ where the mask is True and 0 elsewhere. A query that may attend to nothing gets zeros.


# %%
def masked_softmax(scores, mask):
    """Softmax over the keys that the mask keeps.

    Args:
        scores: Tensor (B, T, S), of any size: 200 must not overflow.
        mask: Boolean tensor that broadcasts to (B, T, S), True = attend.

    Returns:
        Weights (B, T, S). Masked keys get 0; each row sums to 1, or to 0 when its mask is all False.
    """
    # BEGIN SOLUTION
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)
    # END SOLUTION


# %%
check(masked_softmax)
