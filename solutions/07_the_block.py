# %% [markdown]
# # Exercises: the block
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Layer normalisation by hand
#
# Every position is normalised by itself, over its width $D$:
#
# $$ \mu_{bt} = \frac1D \sum_d x_{btd}, \qquad \sigma^2_{bt} = \frac1D \sum_d (x_{btd} - \mu_{bt})^2, \qquad
# y_{btd} = \gamma_d\, \frac{x_{btd} - \mu_{bt}}{\sqrt{\sigma^2_{bt} + \epsilon}} + \beta_d $$
#
# A vector whose entries are all equal has variance 0; $\epsilon$ is there for it. Take the variance from
# $x - \mu$, as written: the mean of the squares less the square of the mean loses its digits in float32.


# %%
def layer_norm(inputs, scale, shift, epsilon):
    """Layer normalisation with learned scale and shift.

    Args:
        inputs: Tensor (B, T, D).
        scale: γ, tensor (D,).
        shift: β, tensor (D,).
        epsilon: Python float, small and positive.

    Returns:
        Tensor (B, T, D).
    """
    # BEGIN SOLUTION
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(variance + epsilon) + shift
    # END SOLUTION


# %%
check(layer_norm)

# %% [markdown]
# ## The position-wise network
#
# Two matrices with a bend between them, the same at every position; no position sees another:
#
# $$ y_t = \max(0,\; x_t W_1 + b_1)\, W_2 + b_2 $$
#
# The residual path around it comes later; it is no part of this.


# %%
def position_wise_network(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """The feed-forward network of a block.

    Args:
        inputs: Tensor (B, T, D).
        expand_kernel: W₁, tensor (D, F).
        expand_bias: b₁, tensor (F,).
        contract_kernel: W₂, tensor (F, D).
        contract_bias: b₂, tensor (D,).

    Returns:
        Tensor (B, T, D).
    """
    # BEGIN SOLUTION
    inner = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)  # (B, T, F)
    return ops.matmul(inner, contract_kernel) + contract_bias
    # END SOLUTION


# %%
check(position_wise_network)

# %% [markdown]
# ## A residual path, with the normalisation before or after
#
# Let $f(x) = \max(0, x W)$ be the layer, $\mathrm{norm}$ the layer normalisation, $\mathrm{drop}$ dropout:
#
# $$ \text{pre: } y = x + \mathrm{drop}\big(f(\mathrm{norm}(x))\big) \qquad\qquad
# \text{post: } y = \mathrm{norm}\big(x + \mathrm{drop}(f(x))\big) $$
#
# So that your answer can be judged, chance is taken out of the dropout: in training, entries of the layer's
# output where `kept` is False become 0, the others are divided by $1 - \text{rate}$. Otherwise nothing is
# dropped. Use your `layer_norm`, with an epsilon of `1e-5`.


# %%
def residual_block(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """A layer inside a residual connection.

    Args:
        inputs: Tensor (B, T, D).
        kernel: W, tensor (D, D).
        scale: Tensor (D,), of the normalisation.
        shift: Tensor (D,), of the normalisation.
        norm_place: "pre" or "post".
        kept: Boolean tensor (B, T, D): where dropout keeps an entry.
        rate: Python float from 0 to below 1, the share that dropout drops.
        training: Python bool.

    Returns:
        Tensor (B, T, D).
    """
    # BEGIN SOLUTION
    outputs = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = ops.relu(ops.matmul(outputs, kernel))
    if training:
        outputs = ops.where(kept, outputs / (1 - rate), 0.0)
    outputs = inputs + outputs
    return outputs if norm_place == "pre" else layer_norm(outputs, scale, shift, 1e-5)
    # END SOLUTION


# %%
check(residual_block)

# %% [markdown]
# ## Statistics of a batch, without its padding
#
# What batch normalisation needs, made fit for sentences: mean and variance of every channel over all **real**
# positions of the batch, $n$ in all. With $m_{bt} = 1$ where the mask is True and 0 elsewhere:
#
# $$ n = \sum_{b,t} m_{bt}, \qquad \mu_d = \frac1n \sum_{b,t} m_{bt}\, x_{btd}, \qquad
# \sigma^2_d = \frac1n \sum_{b,t} m_{bt}\, (x_{btd} - \mu_d)^2 $$
#
# What stands at padded positions may be any finite number, and it must not count.


# %%
def token_statistics(inputs, mask):
    """Mean and variance of every channel over the real positions.

    Args:
        inputs: Tensor (B, T, D); at padding any finite numbers.
        mask: Boolean tensor (B, T), True = a real position; at least one is.

    Returns:
        A pair: mean (D,) and variance (D,), in this order.
    """
    # BEGIN SOLUTION
    is_real = ops.cast(mask, inputs.dtype)[:, :, None]  # (B, T, 1)
    count = ops.sum(is_real)
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / count
    variance = ops.sum(is_real * ops.square(inputs - mean), axis=(0, 1)) / count
    return mean, variance
    # END SOLUTION


# %%
check(token_statistics)

# %% [markdown]
# ## A direction for the loss surface
#
# A step of fixed length means much to small weights and little to large ones. So each *filter* of a random
# direction gets the length of the filter it will move. In a matrix `(I, O)` filter $o$ is the column of all
# weights that lead to unit $o$:
#
# $$ \delta_{io} = r_{io}\, \frac{\lVert w_{\cdot o} \rVert}{\lVert r_{\cdot o} \rVert} $$


# %%
def filter_normalised_direction(weights, random):
    """A direction whose every filter is as long as that of the weights.

    Args:
        weights: Tensor (I, O). A column may be all zeros.
        random: Tensor (I, O), drawn at random; no column is all zeros.

    Returns:
        Tensor (I, O).
    """
    # BEGIN SOLUTION
    lengths = ops.sqrt(ops.sum(ops.square(weights), axis=0, keepdims=True))  # (1, O)
    return random * lengths / ops.sqrt(ops.sum(ops.square(random), axis=0, keepdims=True))
    # END SOLUTION


# %%
check(filter_normalised_direction)

# %% [markdown]
# ## The decoder's block
#
# Three parts, each normalised before (pre-norm) and each with its own residual path:
#
# 1. **causal self-attention**: position $t$ sees the positions up to $t$, itself included;
# 2. **cross-attention**: queries from what the first part returned, keys and values from the memory, as it
#    is; its padding is not seen;
# 3. the **network**, at every position.
#
# The next cell gives you the parts, with one head and without learned scales. Put them together.


# %%
def normalise(inputs):
    """Layer normalisation without scale and shift."""
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    return centred / ops.sqrt(ops.mean(ops.square(centred), axis=-1, keepdims=True) + 1e-5)


def attend(query, value, mask, kernels):
    """Attention of (B, T, D) over (B, S, D); mask, True = attend, broadcasts to (B, T, S)."""
    query, key, value = (ops.matmul(x, w) for x, w in zip((query, value, value), kernels, strict=True))
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / key.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(ops.where(mask, scores, -1e9), axis=-1), value)


def network(inputs, kernels):
    """The position-wise network, without biases."""
    return ops.matmul(ops.relu(ops.matmul(inputs, kernels[0])), kernels[1])


# %%
def decoder_block(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """One block of a decoder.

    Args:
        inputs: Tensor (B, T, D).
        memory: Tensor (B, S, D), the encoder's outputs.
        memory_mask: Boolean tensor (B, S), True = a real position; each row has one at least.
        causal_kernels: List of three tensors (D, D), for `attend`.
        cross_kernels: List of three tensors (D, D), for `attend`.
        network_kernels: List of two tensors, (D, F) and (F, D), for `network`.

    Returns:
        Tensor (B, T, D).
    """
    # BEGIN SOLUTION
    length = inputs.shape[1]
    is_past = ops.arange(length)[:, None] >= ops.arange(length)[None, :]  # (T, T)
    ready = normalise(inputs)
    attended = inputs + attend(ready, ready, is_past, causal_kernels)
    informed = attended + attend(normalise(attended), memory, memory_mask[:, None, :], cross_kernels)
    return informed + network(normalise(informed), network_kernels)
    # END SOLUTION


# %%
check(decoder_block)
