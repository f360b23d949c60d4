# %% [markdown]
# # Exercises: language models before attention
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Perplexity that ignores padding
#
# A batch of sentences has been scored: $\ell_{bt} = \ln p(w_{bt} \mid w_{b,<t})$, in nats. Some positions are
# padding ($m_{bt} = 0$) and hold values that mean nothing. The perplexity of the corpus is
#
# $$ \mathrm{PPL} = \exp\left( - \frac{\sum_{b,t} m_{bt}\, \ell_{bt}}{\sum_{b,t} m_{bt}} \right) $$
#
# One sum over all real tokens, one division.


# %%
def token_perplexity(log_probabilities, padding_mask):
    """Perplexity of a padded batch.

    Args:
        log_probabilities: Tensor (B, T), natural logarithms; any finite number at padded positions.
        padding_mask: Boolean tensor (B, T), True = a real token; padding may stand anywhere.

    Returns:
        A scalar tensor.
    """
    # BEGIN SOLUTION
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    return ops.exp(-ops.sum(log_probabilities * weights) / ops.sum(weights))
    # END SOLUTION


# %%
check(token_perplexity)

# %% [markdown]
# ## Counting bigrams
#
# Sentences come as a padded batch of ids, `[START] w₁ … wₙ [END] 0 0 …`. Count how often token $w$ follows
# token $v$ *inside a sentence*:
#
# $$ C_{vw} = \big|\{(b, t) : x_{b,t} = v,\; x_{b,t+1} = w,\; w \neq 0\}\big| \qquad (V, V) $$
#
# The end of a sentence is counted as a token that follows. Padding is no token.


# %%
def bigram_counts(token_ids, vocabulary_size):
    """How often each token follows each other one.

    Args:
        token_ids: Integer tensor (B, T), padded by 0 on the right.
        vocabulary_size: The number V of ids.

    Returns:
        Tensor (V, V): row = the token before, column = the token after.
    """
    # BEGIN SOLUTION
    contexts = ops.one_hot(token_ids[:, :-1], vocabulary_size)  # (B, T - 1, V)
    tokens = ops.one_hot(token_ids[:, 1:], vocabulary_size)
    is_token = ops.cast(ops.not_equal(token_ids[:, 1:], 0), contexts.dtype)
    return ops.einsum("btv,btw,bt->vw", contexts, tokens, is_token)
    # END SOLUTION


# %%
check(bigram_counts)

# %% [markdown]
# ## Continuation probability
#
# Kneser and Ney's answer to "what comes after a context I have never seen?" is not the most frequent word but
# the word that follows the most *different* words:
#
# $$ p(w) = \frac{N_{1+}(\bullet\, w)}{\sum_{w'} N_{1+}(\bullet\, w')}, \qquad
#    N_{1+}(\bullet\, w) = |\{v : C_{vw} > 0\}| $$


# %%
def continuation_probability(counts):
    """The distribution of words by the number of contexts they were seen in.

    Args:
        counts: Tensor (V, V) of bigram counts: row = the token before, column = the token after.

    Returns:
        Tensor (V,) that sums to one.
    """
    # BEGIN SOLUTION
    contexts = ops.sum(ops.cast(counts > 0, "float32"), axis=0)
    return contexts / ops.sum(contexts)
    # END SOLUTION


# %%
check(continuation_probability)

# %% [markdown]
# ## Interpolated Kneser–Ney bigram
#
# Take the discount $D$ from each count that is not zero; what is taken, in row $v$ a share of
# $D\, N_{1+}(v\,\bullet) / c(v)$, is spread by continuation probability:
#
# $$ p(w \mid v) = \frac{\max(C_{vw} - D, 0)}{c(v)} + \frac{D\, N_{1+}(v\,\bullet)}{c(v)}\, p(w), \quad
#    c(v) = \sum_w C_{vw}, \quad N_{1+}(v\,\bullet) = |\{w : C_{vw} > 0\}| $$
#
# A context that was never seen, $c(v) = 0$, gets $p(w)$ alone. Every row sums to one.


# %%
def kneser_ney_bigram(counts, discount):
    """Interpolated Kneser–Ney probabilities.

    Args:
        counts: Tensor (V, V) of bigram counts: row = the token before, column = the token after.
        discount: The D taken from each count, between 0 and 1.

    Returns:
        Tensor (V, V): row v is the distribution of what follows v.
    """
    # BEGIN SOLUTION
    seen = ops.cast(counts > 0, "float32")
    continuation = ops.sum(seen, axis=0) / ops.sum(seen)  # (V,)
    totals = ops.sum(counts, axis=1, keepdims=True)  # (V, 1)
    followers = ops.sum(seen, axis=1, keepdims=True)
    kept = ops.maximum(counts - discount, 0.0)
    interpolated = (kept + discount * followers * continuation) / ops.maximum(totals, 1.0)
    return ops.where(totals > 0, interpolated, continuation)
    # END SOLUTION


# %%
check(kneser_ney_bigram)

# %% [markdown]
# ## Windows of context
#
# Bengio's network sees the last $W$ ids up to and including each position, oldest first, with 0 where the
# text has not begun:
#
# $$ \mathrm{windows}_{b,t} = (x_{b,t-W+1}, \dots, x_{b,t}) $$
#
# For the ids `7 8 9` and $W = 2$ the windows are `0 7`, `7 8` and `8 9`.


# %%
def context_windows(token_ids, window):
    """The last ids up to each position.

    Args:
        token_ids: Integer tensor (B, T).
        window: The number W of ids in a window; may be larger than T.

    Returns:
        Integer tensor (B, T, W).
    """
    # BEGIN SOLUTION
    length = ops.shape(token_ids)[1]
    padded = ops.pad(token_ids, [[0, 0], [window - 1, 0]])  # (B, W - 1 + T)
    return ops.stack([padded[:, start : start + length] for start in range(window)], axis=-1)
    # END SOLUTION


# %%
check(context_windows)

# %% [markdown]
# ## Negative sampling
#
# Skip-gram is trained to tell a true neighbour $o$ of the word $c$ from $K$ noise words $n_k$:
#
# $$ \ell = -\ln \sigma(v_c \cdot u_o) - \sum_{k=1}^{K} \ln \sigma(-v_c \cdot u_{n_k}), \qquad
#    -\ln \sigma(x) = \ln(1 + e^{-x}) = \mathrm{softplus}(-x) $$


# %%
def negative_sampling_loss(center, context, negatives):
    """The loss of skip-gram for each pair of a batch.

    Args:
        center: Tensor (B, D), vectors of the centre words.
        context: Tensor (B, D), output vectors of the true neighbours.
        negatives: Tensor (B, K, D), output vectors of the noise words.

    Returns:
        Tensor (B,), in nats; finite for scores of any size.
    """
    # BEGIN SOLUTION
    positive = ops.sum(center * context, axis=-1)  # (B,)
    negative = ops.einsum("bd,bkd->bk", center, negatives)
    return ops.softplus(-positive) + ops.sum(ops.softplus(negative), axis=-1)
    # END SOLUTION


# %%
check(negative_sampling_loss)

# %% [markdown]
# ## A step of recurrence
#
# Elman's network reads one token vector $x$ and its own last state $h$ and writes the next state:
#
# $$ h' = \tanh(x W + h R + b) $$


# %%
def elman_step(inputs, state, kernel, recurrent_kernel, bias):
    """One step of a plain recurrent network.

    Args:
        inputs: Tensor (B, E), token vectors.
        state: Tensor (B, D), the state before.
        kernel: Tensor (E, D).
        recurrent_kernel: Tensor (D, D).
        bias: Tensor (D,).

    Returns:
        Tensor (B, D), the state after.
    """
    # BEGIN SOLUTION
    return ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias)
    # END SOLUTION


# %%
check(elman_step)
