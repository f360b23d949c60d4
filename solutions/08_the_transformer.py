# %% [markdown]
# # Exercises: the Transformer
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Warm-up
#
# The learning rate rises in a straight line to its peak and then falls with the root of the step. With $w$
# the number of updates of the rise, the rate of update $s = 1, 2, 3, \ldots$ is
#
# $$ \text{rate}(s) = \text{peak} \cdot \min\left(\frac{s}{w},\; \sqrt{\frac{w}{s}}\right) $$
#
# Keras counts the updates that have been **made**: before the first one it says 0, and that is $s = 1$.


# %%
def warmup_rate(step, peak, warmup_steps):
    """The learning rate of the next update.

    Args:
        step: Integer tensor (N,), numbers of updates made so far: 0 before the first.
        peak: Python float, the highest rate.
        warmup_steps: w, a Python int: the update that gets the highest rate.

    Returns:
        Tensor (N,) of floats.
    """
    # BEGIN SOLUTION
    update = ops.cast(step, "float32") + 1.0
    return peak * ops.minimum(update / warmup_steps, ops.sqrt(warmup_steps / update))
    # END SOLUTION


# %%
check(warmup_rate)

# %% [markdown]
# ## The moving average of the weights
#
# Beside the weights $\theta$ training keeps an average $\bar\theta$ of them, which forgets slowly. After
# every update, with $m$ the momentum:
#
# $$ \bar\theta \leftarrow m\, \bar\theta + (1 - m)\, \theta $$
#
# After the very first update there is no average yet: it begins as the weights themselves.


# %%
def moving_average(averages, weights, momentum, step):
    """The averages after one more update.

    Args:
        averages: List of tensors of any shapes, the averages so far; at step 0 they are zeros.
        weights: List of tensors of the same shapes, the weights after this update.
        momentum: m, a Python float from 0 to below 1.
        step: Python int, the number of updates made before this one.

    Returns:
        List of tensors, the new averages.
    """
    # BEGIN SOLUTION
    if step == 0:
        momentum = 0.0
    return [
        momentum * average + (1 - momentum) * weight
        for average, weight in zip(averages, weights, strict=True)
    ]
    # END SOLUTION


# %%
check(moving_average)

# %% [markdown]
# ## Label smoothing
#
# The target is no longer one token alone: a share $\epsilon$ of the probability is spread evenly over the
# whole vocabulary, the right token $y$ and id 0 included. With $z$ the logits of one position:
#
# $$ q(v) = (1 - \epsilon)\, [v = y] + \frac{\epsilon}{V}, \qquad
# \text{loss} = -\sum_v q(v) \log \mathrm{softmax}(z)_v $$
#
# Wanted is the mean over all real tokens of the batch. A label of 0 is padding, and padding is not counted.
# Logits may be large.


# %%
def smoothed_cross_entropy(logits, labels, smoothing):
    """Mean cross-entropy against smoothed labels, in nats a real token.

    Args:
        logits: Tensor (B, T, V), before the softmax.
        labels: Integer tensor (B, T); 0 is padding. At least one label is not.
        smoothing: ε, a Python float from 0 to below 1.

    Returns:
        Scalar tensor.
    """
    # BEGIN SOLUTION
    log_probabilities = logits - ops.logsumexp(logits, axis=-1, keepdims=True)  # (B, T, V)
    at_label = ops.take_along_axis(log_probabilities, labels[:, :, None], axis=-1)[:, :, 0]
    losses = -(1 - smoothing) * at_label - smoothing * ops.mean(log_probabilities, axis=-1)  # (B, T)
    is_real = ops.cast(labels != 0, losses.dtype)
    return ops.sum(losses * is_real) / ops.sum(is_real)
    # END SOLUTION


# %%
check(smoothed_cross_entropy)

# %% [markdown]
# ## Attention with a cache
#
# A decoder that writes one token at a time need not look at the earlier ones anew: their keys and values stay
# as they are. The cache has $L$ slots from the start, so that no shape ever changes. At position $p$ the new
# key and the new value go into slot $p$; what other slots hold stays. Then the one query attends to what has
# been written, itself included:
#
# $$ \text{output} = \sum_{s \le p} \mathrm{softmax}_{s \le p}\left(\frac{q \cdot k_s}{\sqrt D}\right) v_s $$
#
# What stands in the slots from $p$ on when you get the cache may be anything: zeros, or what an earlier
# sentence left there.


# %%
def attend_with_cache(query, key, value, cache, position):
    """Causal self-attention for one more position.

    Args:
        query: Tensor (B, 1, D), of the token at `position`.
        key: Tensor (B, 1, D), of the same token.
        value: Tensor (B, 1, D), of the same token.
        cache: Pair of tensors (B, L, D): keys and values, written up to slot `position - 1`.
        position: p, a Python int from 0 to L - 1.

    Returns:
        A pair: the output (B, 1, D), and the new cache, again a pair of keys and values (B, L, D).
    """
    # BEGIN SOLUTION
    keys = ops.slice_update(cache[0], (0, position, 0), key)
    values = ops.slice_update(cache[1], (0, position, 0), value)
    scores = ops.matmul(query, ops.swapaxes(keys, 1, 2)) / query.shape[-1] ** 0.5  # (B, 1, L)
    is_written = ops.arange(keys.shape[1]) <= position
    weights = ops.softmax(ops.where(is_written, scores, -1e9), axis=-1)
    return ops.matmul(weights, values), (keys, values)
    # END SOLUTION


# %%
check(attend_with_cache)

# %% [markdown]
# ## The caches follow their parents
#
# Beam search keeps $K$ hypotheses of every sentence, each with a cache of its own. After a step the best $K$
# continuations are chosen; some hypotheses have several of them, others none. `parents[b, k]` says which old
# hypothesis of sentence $b$ the new hypothesis $k$ continues, and its cache is the one to go on with:
#
# $$ \text{new}[b, k] = \text{old}[b, \text{parents}[b, k]] $$


# %%
def reorder_cache(cache, parents):
    """The caches of the hypotheses that were chosen.

    Args:
        cache: Pair of tensors (B, K, L, D): keys and values of every hypothesis.
        parents: Integer tensor (B, K), from 0 to K - 1.

    Returns:
        A pair of tensors (B, K, L, D).
    """
    # BEGIN SOLUTION
    keys, values = cache
    parents = parents[:, :, None, None]
    return ops.take_along_axis(keys, parents, axis=1), ops.take_along_axis(values, parents, axis=1)
    # END SOLUTION


# %%
check(reorder_cache)

# %% [markdown]
# ## Greedy decoding with a cache
#
# The next cell gives you a decoder of one layer, built on your `attend_with_cache`. It reads one token of
# every sentence and hands back the logits of the next and the cache with what it has read. Write the loop
# around it.
#
# - The first step reads the start token, at position 0. Each step writes the most probable token, and the
#   next one reads it.
# - A sentence ends with its end token, which is kept. Behind it there are zeros, whatever the others do.
#   Before it, id 0 is a token like any other.
# - There are as many steps as the cache has slots. The start token is not part of the result.


# %%
def read_token(token_ids, memory, cache, position, weights):
    """One step of a decoder: token ids (B,) to logits (B, V) and the new cache.

    `memory` (B, D) is what the encoder has made of the source, `weights` a dict of matrices.
    """
    inputs = ops.take(weights["embedding"], token_ids, axis=0) + memory  # (B, D)
    query, key, value = (ops.matmul(inputs, weights[name])[:, None] for name in ("query", "key", "value"))
    outputs, cache = attend_with_cache(query, key, value, cache, position)
    return ops.matmul(inputs + outputs[:, 0], weights["output"]), cache


# %%
def greedy_with_cache(memory, cache, weights, start_id, end_id):
    """The sentences that take the most probable token at every step.

    Args:
        memory: Tensor (B, D), handed on to every step.
        cache: Pair of tensors (B, L, D), with nothing written yet.
        weights: Dict of tensors, handed on to every step.
        start_id: Python int, the token that the first step reads.
        end_id: Python int, the token that ends a sentence.

    Returns:
        Integer tensor (B, L).
    """
    # BEGIN SOLUTION
    batch_size, length = cache[0].shape[:2]
    token_ids = ops.full((batch_size,), start_id, dtype="int32")
    is_running = ops.ones((batch_size,), dtype="bool")
    written = []
    for position in range(length):
        logits, cache = read_token(token_ids, memory, cache, position, weights)
        token_ids = ops.where(is_running, ops.cast(ops.argmax(logits, axis=-1), "int32"), 0)
        is_running = ops.logical_and(is_running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)
    # END SOLUTION


# %%
check(greedy_with_cache)
