# %% [markdown]
# # Exercises: attention, three ways to score
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

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
        scores: Tensor (B, T, S), of any size: 900 must not overflow, nor -900 vanish.
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

# %% [markdown]
# ## Dot score, plain and scaled
#
# How well does key $s$ answer query $t$? The cheapest answer is their dot product:
#
# $$ a_{ts} = q_t \cdot k_s \quad\text{or, scaled,}\quad a_{ts} = \frac{q_t \cdot k_s}{\sqrt{D}} $$
#
# Queries are `(B, T, D)`, keys `(B, S, D)`, and every query is compared with every key of its own sentence.
# `is_scaled` says which of the two is wanted.


# %%
def dot_score(query, key, is_scaled):
    """Dot product of every query with every key.

    Args:
        query: Tensor (B, T, D).
        key: Tensor (B, S, D).
        is_scaled: Python bool; True divides by the square root of D.

    Returns:
        Scores (B, T, S), before any softmax.
    """
    # BEGIN SOLUTION
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2))
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores
    # END SOLUTION


# %%
check(dot_score)

# %% [markdown]
# ## Multiplicative score
#
# A dot product asks that query and key live in one space. A matrix between them lifts that condition:
#
# $$ a_{ts} = q_t^{\top} W k_s, \qquad W \in \mathbb{R}^{D_q \times D_k} $$
#
# so queries `(B, T, Dq)` and keys `(B, S, Dk)` may differ in width.


# %%
def multiplicative_score(query, key, kernel):
    """Bilinear form of every query with every key.

    Args:
        query: Tensor (B, T, Dq).
        key: Tensor (B, S, Dk).
        kernel: The matrix W, tensor (Dq, Dk).

    Returns:
        Scores (B, T, S), before any softmax.
    """
    # BEGIN SOLUTION
    projected = ops.matmul(key, ops.transpose(kernel))  # (B, S, Dq): once for all queries
    return ops.matmul(query, ops.swapaxes(projected, -1, -2))
    # END SOLUTION


# %%
check(multiplicative_score)

# %% [markdown]
# ## Additive score
#
# The first score ever used in translation is a small network with one hidden layer of width $H$:
#
# $$ a_{ts} = v^{\top} \tanh(W_1 k_s + W_2 q_t) $$
#
# In code the vectors stand in rows, so $W_2 q_t$ is `query @ query_kernel` with a kernel `(Dq, H)`, and
# $W_1 k_s$ is `key @ key_kernel` with a kernel `(Dk, H)`.


# %%
def additive_score(query, key, query_kernel, key_kernel, scale):
    """A one-layer network on every pair of a query and a key.

    Args:
        query: Tensor (B, T, Dq).
        key: Tensor (B, S, Dk).
        query_kernel: W₂, tensor (Dq, H).
        key_kernel: W₁, tensor (Dk, H).
        scale: v, tensor (H,).

    Returns:
        Scores (B, T, S), before any softmax.
    """
    # BEGIN SOLUTION
    queries = ops.matmul(query, query_kernel)[:, :, None, :]  # (B, T, 1, H)
    keys = ops.matmul(key, key_kernel)[:, None, :, :]  # (B, 1, S, H)
    return ops.matmul(ops.tanh(queries + keys), scale[:, None])[..., 0]
    # END SOLUTION


# %%
check(additive_score)

# %% [markdown]
# ## Context vector
#
# The weights say how much of each value goes into the average:
#
# $$ w_{t\cdot} = \mathrm{softmax}(a_{t\cdot} \text{ where kept}), \qquad c_t = \sum_s w_{ts}\, v_s $$
#
# This time the mask is the padding mask of the source, `(B, S)`: the same for every query. Each sentence
# keeps one position at least.


# %%
def attention_context(scores, value, padding_mask):
    """Average of the values under the masked softmax of the scores.

    Args:
        scores: Tensor (B, T, S), before the softmax; of any size, as above.
        value: Tensor (B, S, D).
        padding_mask: Boolean tensor (B, S), True = a real token. Padding may stand anywhere.

    Returns:
        Contexts (B, T, D).
    """
    # BEGIN SOLUTION
    kept = ops.where(padding_mask[:, None, :], scores, -1e9)  # (B, 1, S) meets (B, T, S)
    return ops.matmul(ops.softmax(kept, axis=-1), value)
    # END SOLUTION


# %%
check(attention_context)

# %% [markdown]
# ## One whole attention step
#
# What a decoder does at one time step, for a batch: its hidden state $h$ asks, the encoder's outputs
# $\bar h_s$ answer (dot score), and the context joins the state:
#
# $$ c = \sum_s \mathrm{softmax}_s(h \cdot \bar h_s)\, \bar h_s, \qquad
# \tilde h = \tanh\big([c; h]\, W\big) $$
#
# Note the order of the two halves, context first, and that `hidden` has no time axis here.


# %%
def attention_step(hidden, memory, padding_mask, kernel):
    """One decoder step with dot-product attention.

    Args:
        hidden: The decoder's state, tensor (B, D).
        memory: The encoder's outputs, tensor (B, S, D): keys and values at once.
        padding_mask: Boolean tensor (B, S), True = a real source token; at least one in each row, and
            padding may stand anywhere.
        kernel: W, tensor (2 D, H).

    Returns:
        Outputs (B, H).
    """
    # BEGIN SOLUTION
    scores = ops.einsum("bd,bsd->bs", hidden, memory)
    weights = ops.softmax(ops.where(padding_mask, scores, -1e9), axis=-1)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))
    # END SOLUTION


# %%
check(attention_step)

# %% [markdown]
# ## Local attention
#
# Luong's local attention looks only near a position $p_t$ that the decoder predicts: the softmax runs over
# the window, and a bell favours its middle.
#
# $$ w_{ts} = \underset{s:\ |s - p_t| \le D}{\mathrm{softmax}}(a_{ts})
# \cdot \exp\!\Big(-\frac{(s - p_t)^2}{2 \sigma^2}\Big), \qquad \sigma = D / 2 $$
#
# and zero outside the window. After the bell the weights are left as they are, so a row sums to one at most.
# Each window holds one position at least.


# %%
def local_weights(scores, center, window):
    """Softmax inside a window, then a bell around its middle.

    Args:
        scores: Tensor (B, T, S), before the softmax; of any size, as above.
        center: The predicted positions p, tensor (B, T), between 0 and S - 1; need not be whole.
        window: D, a Python number, not always whole: half the width of the window. What stands exactly D
            from the center is inside.

    Returns:
        Weights (B, T, S).
    """
    # BEGIN SOLUTION
    positions = ops.arange(scores.shape[-1], dtype=scores.dtype)
    distance = positions - center[:, :, None]  # (B, T, S)
    inside = ops.abs(distance) <= window
    weights = ops.softmax(ops.where(inside, scores, -1e9), axis=-1)
    bell = ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))
    return ops.where(inside, weights * bell, 0.0)
    # END SOLUTION


# %%
check(local_weights)

# %% [markdown]
# ## Alignment error rate
#
# How far are the links $A$ that a model predicts from the links that people drew? People mark *sure* links
# $S$ and *possible* ones $P \supseteq S$. Missing a sure link is an error, and so is predicting one that is
# not even possible:
#
# $$ \mathrm{AER} = 1 - \frac{|A \cap S| + |A \cap P|}{|A| + |S|} $$
#
# The four counts are summed over **all** sentences before the fraction is taken.


# %%
def alignment_error_rate(predicted, sure, possible):
    """Alignment error rate of a corpus.

    Args:
        predicted: List, for each sentence a set of pairs (source index, target index).
        sure: List of sets of pairs, likewise.
        possible: List of sets of pairs; each holds the sure ones.

    Returns:
        A float from 0 (perfect) to 1.
    """
    # BEGIN SOLUTION
    hits = num_links = 0
    for found, certain, allowed in zip(predicted, sure, possible, strict=True):
        hits += len(found & certain) + len(found & allowed)
        num_links += len(found) + len(certain)
    return 1 - hits / num_links
    # END SOLUTION


# %%
check(alignment_error_rate)
