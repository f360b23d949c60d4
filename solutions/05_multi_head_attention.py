# %% [markdown]
# # Exercises: many heads and masks
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
import keras
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Split heads
#
# A projection of width $D = N \cdot K$ holds $N$ heads side by side: head $n$ owns the columns from $nK$ to
# $(n + 1) K - 1$ of every vector. To let the heads attend on their own, put them beside the batch:
#
# $$ \text{heads}[b, n, t, k] = \text{inputs}[b, t, nK + k] $$


# %%
def split_heads(inputs, num_heads):
    """Cuts every vector into equal pieces, one for each head.

    Args:
        inputs: Tensor (B, T, D).
        num_heads: N, a Python int that divides D.

    Returns:
        Tensor (B, N, T, D / N).
    """
    # BEGIN SOLUTION
    batch, length, width = inputs.shape
    pieces = ops.reshape(inputs, (batch, length, num_heads, width // num_heads))
    return ops.swapaxes(pieces, 1, 2)
    # END SOLUTION


# %%
check(split_heads)

# %% [markdown]
# ## Merge heads
#
# The way back: what the heads found for one position is laid side by side again.
#
# $$ \text{outputs}[b, t, nK + k] = \text{heads}[b, n, t, k] $$


# %%
def merge_heads(heads):
    """Undoes `split_heads`.

    Args:
        heads: Tensor (B, N, T, K).

    Returns:
        Tensor (B, T, N * K).
    """
    # BEGIN SOLUTION
    batch, num_heads, length, width = heads.shape
    return ops.reshape(ops.swapaxes(heads, 1, 2), (batch, length, num_heads * width))
    # END SOLUTION


# %%
check(merge_heads)

# %% [markdown]
# ## Multi-head attention, as a layer
#
# $$ \text{head}_n = \mathrm{softmax}\!\Big(\frac{(Q W^Q_n)(V W^K_n)^\top}{\sqrt K}\Big)\, V W^V_n \qquad
# Y = [\text{head}_1; \dots; \text{head}_N]\, W^O $$
#
# This time you write a **class**: `build` makes the weights, `call` uses them. The judge builds your layer,
# puts numbers into the weights **by their names**, and calls it. So make four weights with `self.add_weight`,
# without biases, called
#
# | name | shape | |
# |---|---|---|
# | `query_kernel` | (width of the queries, N · K) | columns of head $n$ side by side |
# | `key_kernel` | (width of the values, N · K) | keys are made from the values, too |
# | `value_kernel` | (width of the values, N · K) | |
# | `output_kernel` | (N · K, width of the queries) | |
#
# True in the mask means *may be attended to*. A query that may attend to nothing gets weights of zero, and so
# an output of zero.


# %%
class MultiHeadAttention(keras.layers.Layer):
    """Several attentions side by side, and a projection that joins them.

    Args:
        num_heads: N, a Python int.
        key_dim: K, the width of one head, a Python int.
    """

    def __init__(self, num_heads, key_dim):
        super().__init__()
        self.num_heads = num_heads
        self.key_dim = key_dim

    def build(self, query_shape, value_shape):
        """Makes the four weights.

        Args:
            query_shape: Tuple (B, T, D), the shape of `query`.
            value_shape: Tuple (B, S, Dv), the shape of `value`.
        """
        # BEGIN SOLUTION
        width = self.num_heads * self.key_dim
        self.query_kernel = self.add_weight(name="query_kernel", shape=(query_shape[-1], width))
        self.key_kernel = self.add_weight(name="key_kernel", shape=(value_shape[-1], width))
        self.value_kernel = self.add_weight(name="value_kernel", shape=(value_shape[-1], width))
        self.output_kernel = self.add_weight(name="output_kernel", shape=(width, query_shape[-1]))
        # END SOLUTION

    def call(self, query, value, attention_mask):
        """Attends with every head.

        Args:
            query: Tensor (B, T, D).
            value: Tensor (B, S, Dv).
            attention_mask: Boolean tensor (B, T, S), True = attend; the same for all heads.

        Returns:
            A pair: outputs (B, T, D) and attention weights (B, N, T, S), in this order.
        """

        # BEGIN SOLUTION
        def split(inputs, kernel):
            projected = ops.matmul(inputs, kernel)
            pieces = ops.reshape(projected, (*inputs.shape[:2], self.num_heads, self.key_dim))
            return ops.swapaxes(pieces, 1, 2)  # (B, N, T or S, K)

        queries = split(query, self.query_kernel)
        keys, values = split(value, self.key_kernel), split(value, self.value_kernel)
        scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2)) / self.key_dim**0.5
        mask = attention_mask[:, None]  # (B, 1, T, S)
        weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
        weights = weights * ops.cast(mask, weights.dtype)
        context = ops.swapaxes(ops.matmul(weights, values), 1, 2)  # (B, T, N, K)
        context = ops.reshape(context, (*query.shape[:2], self.num_heads * self.key_dim))
        return ops.matmul(context, self.output_kernel), weights
        # END SOLUTION


# %%
check(MultiHeadAttention)

# %% [markdown]
# ## A causal mask
#
# A decoder must not see what it has not written. Query $t$ may attend to the keys up to its own position.
# When a decoder keeps earlier keys, its queries do not begin at position 0, so say where they stand: query
# $t$ stands at position $\text{start} + t$, and key $s$ at position $s$:
#
# $$ m_{ts} = (s \le \text{start} + t) $$
#
# There may be more keys than positions so far (room for later ones), and fewer.


# %%
def causal_mask(length, key_length, start):
    """Lets every query see the keys up to its own position.

    Args:
        length: T, how many queries there are, a Python int.
        key_length: S, how many keys there are, a Python int.
        start: Position of the first query, a Python int.

    Returns:
        Boolean tensor (T, S), True = attend.
    """
    # BEGIN SOLUTION
    positions = start + ops.arange(length)
    return ops.arange(key_length)[None, :] <= positions[:, None]
    # END SOLUTION


# %%
check(causal_mask)

# %% [markdown]
# ## The two masks of a decoder
#
# A decoder block attends twice. Its **self-attention** must see neither the future nor padding of the
# target; its **cross-attention** may see all of the source, except padding:
#
# $$ \text{self}_{bts} = (s \le t) \wedge (y_{bs} \ne 0) \qquad \text{cross}_{bts} = (x_{bs} \ne 0) $$
#
# Id 0 is padding, wherever it stands. A mask says what may be *attended to*: rows of padded queries are left
# as they come, for nobody reads what stands there.


# %%
def decoder_masks(source_token_ids, target_token_ids):
    """Masks of a decoder's self-attention and cross-attention.

    Args:
        source_token_ids: Integer tensor (B, S), 0 = padding.
        target_token_ids: Integer tensor (B, T), 0 = padding.

    Returns:
        A pair of boolean tensors, True = attend: (B, T, T) for the self-attention, (B, T, S) for the
        cross-attention.
    """
    # BEGIN SOLUTION
    length = target_token_ids.shape[1]
    positions = ops.arange(length)
    causal = positions[None, :] <= positions[:, None]  # (T, T)
    self_mask = ops.logical_and(causal[None], ops.not_equal(target_token_ids, 0)[:, None, :])
    cross_mask = ops.repeat(ops.not_equal(source_token_ids, 0)[:, None, :], length, axis=1)
    return self_mask, cross_mask
    # END SOLUTION


# %%
check(decoder_masks)

# %% [markdown]
# ## A test that finds leaks
#
# Below stands a model of two layers without any weights. In each, every position adds the average of what the
# mask lets it see. Does it see the future? Do not look at the mask: real models have many masks, and other
# ways to leak. Look at what the model *does*. If output $t$ is made from the inputs up to $t$ alone, then
# changing the inputs after $t$, all of them, must leave it exactly as it was.


# %%
def two_layers(inputs, mask):
    """(T, D) and a boolean mask (T, T), True = attend → (T, D)."""
    weights = ops.cast(mask, inputs.dtype)
    weights = weights / ops.maximum(ops.sum(weights, axis=-1, keepdims=True), 1.0)
    for _ in range(2):
        inputs = inputs + ops.matmul(weights, inputs)
    return inputs


# %%
def sees_future(inputs, mask):
    """Tries out which outputs of `two_layers` depend on inputs behind their own position.

    Args:
        inputs: Tensor (T, D).
        mask: Boolean tensor (T, T), True = attend. It may be any mask, not only a causal one with a slip.

    Returns:
        Boolean tensor (T,), True where output t changes when the inputs after t do.
    """
    # BEGIN SOLUTION
    before = two_layers(inputs, mask)
    changes = []
    for t in range(inputs.shape[0]):
        changed = ops.concatenate([inputs[: t + 1], inputs[t + 1 :] + 1.0], axis=0)
        after = two_layers(changed, mask)
        changes.append(ops.max(ops.abs(after[t] - before[t])))
    return ops.stack(changes) > 1e-6
    # END SOLUTION


# %%
check(sees_future)
