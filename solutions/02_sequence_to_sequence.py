# %% [markdown]
# # Exercises: sequence to sequence
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Teacher-forced batch
#
# A decoder in training reads the correct target shifted right, so that step $t$ sees $y_0 \dots y_{t-1}$ and
# must name $y_t$. For a target $y_0 \dots y_{n-1}$:
#
# $$ \text{inputs} = \text{START}\; y_0 \dots y_{n-1} \qquad\qquad \text{labels} = y_0 \dots y_{n-1}\;
# \text{END} $$
#
# Rows are padded with 0 at the end to the longest of the batch. The mask is True where there is a label.


# %%
def teacher_forced_batch(targets, start_id, end_id):
    """Decoder inputs, labels and mask of a batch of target sentences.

    Args:
        targets: List of B lists of token ids, without start and end; a list may be empty.
        start_id: Id of the start token.
        end_id: Id of the end token.

    Returns:
        The triple inputs, labels, mask: integers (B, T), integers (B, T), booleans (B, T) with T one more
        than the longest target. Padding is 0 and stands at the end; the mask is True at real labels, the end
        token among them.
    """
    # BEGIN SOLUTION
    width = 1 + max(len(target) for target in targets)
    inputs = np.zeros((len(targets), width), dtype="int32")
    labels = np.zeros((len(targets), width), dtype="int32")
    for row, target in enumerate(targets):
        inputs[row, : len(target) + 1] = [start_id, *target]
        labels[row, : len(target) + 1] = [*target, end_id]
    return inputs, labels, labels != 0
    # END SOLUTION


# %%
check(teacher_forced_batch)

# %% [markdown]
# ## Reversed source
#
# Feed the source backwards and its first word is the last thing the encoder reads. Reverse every sentence on
# its own: with $n_b$ real tokens in row $b$,
#
# $$ \text{reversed}_{b,s} = \text{token}_{b,\,n_b - 1 - s} \quad\text{for } s < n_b, \qquad 0
# \text{ otherwise} $$


# %%
def reverse_source(token_ids):
    """Every sentence backwards, its padding still at the end.

    Args:
        token_ids: Integer tensor (B, S); 0 is padding and stands at the end; every row has a real token.

    Returns:
        Integers (B, S).
    """
    # BEGIN SOLUTION
    position = ops.arange(ops.shape(token_ids)[1])[None, :]
    is_token = token_ids != 0
    length = ops.sum(ops.cast(is_token, "int32"), axis=1, keepdims=True)
    source = ops.where(is_token, length - 1 - position, position)
    return ops.take_along_axis(token_ids, source, axis=1)
    # END SOLUTION


# %%
check(reverse_source)

# %% [markdown]
# ## Last state
#
# The vector that stands for a sentence is the state after its last *real* token. With states $h_{b,s}$ and
# lengths $n_b$:
#
# $$ \text{summary}_b = h_{b,\,n_b - 1} $$


# %%
def last_state(states, lengths):
    """The state after the last real token of each sentence.

    Args:
        states: Tensor (B, S, D), one state a position.
        lengths: Integer tensor (B,), from 1 to S: the number of real tokens.

    Returns:
        Tensor (B, D).
    """
    # BEGIN SOLUTION
    index = ops.cast(lengths - 1, "int32")[:, None, None]
    return ops.take_along_axis(states, index, axis=1)[:, 0]
    # END SOLUTION


# %%
check(last_state)

# %% [markdown]
# ## One step of a GRU
#
# An update gate $z$ decides how much of the old state stays, a reset gate $r$ how much of it the new
# candidate may see. With input $x$ $(B, E)$, state $h$ $(B, D)$ and $\odot$ for products element by element:
#
# $$ z = \sigma(x W_z + h U_z + b_z) \qquad r = \sigma(x W_r + h U_r + b_r) $$
#
# $$ c = \tanh(x W_c + (r \odot h)\, U_c + b_c) \qquad h' = z \odot h + (1 - z) \odot c $$
#
# The three blocks stand side by side in the order $z, r, c$: `kernel` is $[W_z\,W_r\,W_c]$ of shape
# $(E, 3D)$, `recurrent_kernel` $(D, 3D)$ and `bias` $(3D)$. Where the mask is False the state must stay
# exactly what it was. (Keras's GRU has this form with `reset_after=False`; its default multiplies by $r$
# after the product with $U_c$, to suit NVIDIA's kernels.)


# %%
def gru_step(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """One step of a gated recurrent unit that stands still at padding.

    Args:
        inputs: Tensor (B, E), the embedded tokens of one position.
        hidden: Tensor (B, D), the states before.
        kernel: Tensor (E, 3 * D), in the order update, reset, candidate.
        recurrent_kernel: Tensor (D, 3 * D), likewise.
        bias: Tensor (3 * D,), likewise.
        mask: Boolean tensor (B,), True where the token is real.

    Returns:
        Tensor (B, D), the states after.
    """
    # BEGIN SOLUTION
    size = ops.shape(hidden)[1]
    update_x, reset_x, candidate_x = ops.split(ops.matmul(inputs, kernel) + bias, 3, axis=1)
    gates_h = ops.matmul(hidden, recurrent_kernel[:, : 2 * size])
    update = ops.sigmoid(update_x + gates_h[:, :size])
    reset = ops.sigmoid(reset_x + gates_h[:, size:])
    candidate = ops.tanh(candidate_x + ops.matmul(reset * hidden, recurrent_kernel[:, 2 * size :]))
    return ops.where(mask[:, None], update * hidden + (1.0 - update) * candidate, hidden)
    # END SOLUTION


# %%
check(gru_step)

# %% [markdown]
# ## Masked cross-entropy
#
# The loss of a batch is the mean, over all its real tokens together, of the negative log probability of the
# right token, in nats:
#
# $$ L = \frac{\sum_{b,t:\, y_{bt} \neq 0} -\log \mathrm{softmax}(a_{bt})_{y_{bt}}}{\#\{(b,t):\, y_{bt} \neq
# 0\}} $$
#
# with logits $a$ $(B, T, V)$ and labels $y$ $(B, T)$, where 0 is padding.


# %%
def token_cross_entropy(logits, labels):
    """Mean cross-entropy over the real tokens of a batch.

    Args:
        logits: Tensor (B, T, V), before the softmax, of any size: 200 must not overflow.
        labels: Integer tensor (B, T); 0 is padding, wherever it stands.

    Returns:
        A scalar, in nats.
    """
    # BEGIN SOLUTION
    label_logits = ops.take_along_axis(logits, ops.cast(labels, "int32")[:, :, None], axis=-1)[:, :, 0]
    losses = ops.logsumexp(logits, axis=-1) - label_logits
    is_real = ops.cast(labels != 0, losses.dtype)
    return ops.sum(losses * is_real) / ops.sum(is_real)
    # END SOLUTION


# %%
check(token_cross_entropy)

# %% [markdown]
# ## One step of beam search
#
# Beam search keeps the $K$ best unfinished hypotheses *of all continuations together*. Hypothesis $k$ has the
# log probability $s_k$, and each of the $V$ tokens could follow it:
#
# $$ \text{candidate}_{kv} = s_k + \log p(v \mid \text{hypothesis } k) $$
#
# Return the $K$ largest of the $K \cdot V$ candidates, best first: their scores, the hypotheses they continue
# and the tokens they add.


# %%
def beam_step(scores, log_probabilities):
    """The best continuations of several unfinished hypotheses together.

    Args:
        scores: Tensor (K,), the log probabilities of the hypotheses so far, in any order.
        log_probabilities: Tensor (K, V), of the next token after each; V is at least K.

    Returns:
        The triple scores (K,), parents (K,) and tokens (K,), best first: the new log probabilities, the
        indices of the hypotheses that are continued, and the ids of the tokens that are added.
    """
    # BEGIN SOLUTION
    candidates = scores[:, None] + log_probabilities
    vocabulary_size = ops.shape(candidates)[1]
    best, index = ops.top_k(ops.reshape(candidates, (-1,)), ops.shape(candidates)[0])
    return best, index // vocabulary_size, index % vocabulary_size
    # END SOLUTION


# %%
check(beam_step)

# %% [markdown]
# ## Length-normalised scores
#
# A log probability falls with every token, so a beam that compares finished sentences by it prefers short
# ones. Wu et al. (2016) divide by a power of the length:
#
# $$ \text{score}(y) = \frac{\sum_{t < |y|} \log p(y_t \mid y_{<t})}{\left(\frac{5 + |y|}{6}\right)^{\alpha}}
# $$
#
# with $|y|$ the number of real tokens, the end token among them, and $\alpha$ the length penalty.


# %%
def length_normalised_scores(token_log_probabilities, token_ids, length_penalty):
    """Log probabilities of sentences, made comparable across lengths.

    Args:
        token_log_probabilities: Tensor (B, T); any finite number at padding, where it means nothing.
        token_ids: Integer tensor (B, T), end tokens included; 0 is padding and stands at the end.
        length_penalty: Number, 0 or more: the power.

    Returns:
        Tensor (B,).
    """
    # BEGIN SOLUTION
    is_real = ops.cast(token_ids != 0, token_log_probabilities.dtype)
    total = ops.sum(token_log_probabilities * is_real, axis=1)
    length = ops.sum(is_real, axis=1)
    return total / ((5.0 + length) / 6.0) ** length_penalty
    # END SOLUTION


# %%
check(length_normalised_scores)
