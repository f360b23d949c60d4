# %% [markdown]
# # Exercises: queries, keys, values
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## A dictionary that never says no
#
# A Python dictionary returns the value of the one key that equals the query. A soft one compares the query
# $q$ with every key and mixes the values:
#
# $$ w_s = \frac{e^{\,q \cdot k_s / \tau}}{\sum_{s'} e^{\,q \cdot k_{s'} / \tau}}, \qquad
# c = \sum_s w_s v_s $$
#
# The temperature $\tau > 0$ says how soft: near 0 it takes the best match alone, far above it the plain mean.


# %%
def soft_lookup(query, keys, values, temperature):
    """Average of the values, weighed by how well their keys match the query.

    Args:
        query: Tensor (D,).
        keys: Tensor (S, D).
        values: Tensor (S, V).
        temperature: Python float, positive; may be so small that scores reach the hundreds.

    Returns:
        Tensor (V,).
    """
    # BEGIN SOLUTION
    scores = ops.matmul(keys, query) / temperature  # (S,)
    return ops.matmul(ops.softmax(scores), values)
    # END SOLUTION


# %%
check(soft_lookup)

# %% [markdown]
# ## Self-attention, seen from one position
#
# The vectors of a sequence look at each other. Position $i$ asks with its own projection, all positions
# (itself included) answer with theirs:
#
# $$ q_i = x_i W_Q \qquad k_j = x_j W_K \qquad v_j = x_j W_V \qquad
# y_i = \sum_j \mathrm{softmax}_j\!\Big(\frac{q_i \cdot k_j}{\sqrt K}\Big)\, v_j $$
#
# with $K$ the width of a key. Write what **one** position computes.


# %%
def attend_from(inputs, index, query_kernel, key_kernel, value_kernel):
    """Output of self-attention at one position.

    Args:
        inputs: One sequence, tensor (T, D).
        index: The position i, a Python int.
        query_kernel: W_Q, tensor (D, K).
        key_kernel: W_K, tensor (D, K).
        value_kernel: W_V, tensor (D, V).

    Returns:
        Tensor (V,).
    """
    # BEGIN SOLUTION
    query = ops.matmul(inputs[index], query_kernel)  # (K,)
    keys, values = ops.matmul(inputs, key_kernel), ops.matmul(inputs, value_kernel)  # (T, K), (T, V)
    scores = ops.matmul(keys, query) / query.shape[-1] ** 0.5  # (T,)
    return ops.matmul(ops.softmax(scores), values)
    # END SOLUTION


# %%
check(attend_from)

# %% [markdown]
# ## Self-attention as matrices
#
# All positions at once, for a batch of sequences:
#
# $$ Q = X W_Q \qquad K = X W_K \qquad V = X W_V \qquad
# A = \mathrm{softmax}\!\Big(\frac{Q K^\top}{\sqrt{K}}\Big) \qquad Y = A V $$
#
# where under the root stands the width of a key. No loops.


# %%
def self_attention(inputs, query_kernel, key_kernel, value_kernel):
    """Every position of a sequence attends to every position of the same sequence.

    Args:
        inputs: Tensor (B, T, D).
        query_kernel: W_Q, tensor (D, K).
        key_kernel: W_K, tensor (D, K).
        value_kernel: W_V, tensor (D, V).

    Returns:
        A pair: outputs Y (B, T, V) and attention weights A (B, T, T), in this order.
    """
    # BEGIN SOLUTION
    query, key, value = (ops.matmul(inputs, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
    # END SOLUTION


# %%
check(self_attention)

# %% [markdown]
# ## Scaled dot-product attention, with a mask
#
# The general form, which all later chapters use: queries, keys and values may come from anywhere, and a mask
# says who may look where.
#
# $$ A_{ts} = \frac{m_{ts}\, e^{q_t \cdot k_s / \sqrt K}}{\sum_{s'} m_{ts'}\, e^{q_t \cdot k_{s'} / \sqrt K}},
# \qquad C = A V $$
#
# True means *may be attended to*. A query that may attend to nothing gets zeros, weights and context.


# %%
def scaled_dot_product_attention(query, key, value, mask):
    """Compares every query with every key it may see, and averages their values.

    Args:
        query: Tensor (B, T, K).
        key: Tensor (B, S, K).
        value: Tensor (B, S, V).
        mask: Boolean tensor that broadcasts to (B, T, S), True = attend. Scores may be of any size: 900 must
            not overflow, nor -900 vanish.

    Returns:
        A pair: contexts (B, T, V) and attention weights (B, T, S), in this order.
    """
    # BEGIN SOLUTION
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    weights = weights * ops.cast(mask, weights.dtype)
    return ops.matmul(weights, value), weights
    # END SOLUTION


# %%
check(scaled_dot_product_attention)

# %% [markdown]
# ## What a softmax passes back
#
# How much does weight $i$ move when score $j$ moves a little?
#
# $$ J_{ij} = \frac{\partial w_i}{\partial a_j} = w_i\,(\delta_{ij} - w_j), \qquad w = \mathrm{softmax}(a) $$
#
# with $\delta_{ij} = 1$ where $i = j$ and 0 elsewhere. When one weight is nearly 1, all of $J$ is nearly 0:
# this is what the scale of the scores is there to prevent.


# %%
def softmax_jacobian(scores):
    """Derivative of every weight with respect to every score.

    Args:
        scores: Tensor (B, S), of moderate size.

    Returns:
        Tensor (B, S, S): entry (b, i, j) is the derivative of weight i with respect to score j.
    """
    # BEGIN SOLUTION
    weights = ops.softmax(scores, axis=-1)
    identity = ops.eye(scores.shape[-1], dtype=weights.dtype)
    return weights[:, :, None] * (identity - weights[:, None, :])
    # END SOLUTION


# %%
check(softmax_jacobian)

# %% [markdown]
# ## What a layer costs
#
# Count the multiplications of numbers in one layer that turns $n$ vectors of width $d$ into as many of the
# same width (biases, softmax and activations are not counted):
#
# * **self-attention**: four projections $d \times d$ (queries, keys, values, and one for the outputs), all
#   $n^2$ scores, and the weighted sums;
# * **recurrence**: $h_t = \tanh(x_t W + h_{t-1} U)$ at each position, both matrices $d \times d$;
# * **convolution**: each output sees a window of `kernel_size` inputs (beyond the ends stand zeros, which are
#   multiplied, too), with a matrix $d \times d$ for each place in the window.


# %%
def layer_multiplications(length, width, kernel_size):
    """How many multiplications each kind of layer needs.

    Args:
        length: n, a Python int.
        width: d, a Python int.
        kernel_size: Python int.

    Returns:
        A dict of ints with the keys "self-attention", "recurrence" and "convolution".
    """
    # BEGIN SOLUTION
    return {
        "self-attention": 4 * length * width**2 + 2 * length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }
    # END SOLUTION


# %%
check(layer_multiplications)
