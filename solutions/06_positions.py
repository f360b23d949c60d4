# %% [markdown]
# # Exercises: positions
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Sinusoids
#
# The vector of position $p$ holds a sine and a cosine of each of $D / 2$ frequencies, side by side:
#
# $$ PE_{p,\,2i} = \sin(p\, \omega_i) \qquad PE_{p,\,2i+1} = \cos(p\, \omega_i) \qquad
# \omega_i = 10000^{-2i/D}, \quad i = 0, \dots, D/2 - 1 $$


# %%
def sinusoidal_encoding(length, dim):
    """The vectors of the first positions, 0 to length - 1.

    Args:
        length: Python int, how many positions.
        dim: D, Python int, even.

    Returns:
        Tensor (length, dim), float32.
    """
    # BEGIN SOLUTION
    frequencies = 10000.0 ** (-ops.arange(0, dim, 2, dtype="float32") / dim)  # (D / 2,)
    angles = ops.arange(length, dtype="float32")[:, None] * frequencies  # (length, D / 2)
    pairs = ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)  # (length, D / 2, 2)
    return ops.reshape(pairs, (length, dim))
    # END SOLUTION


# %%
check(sinusoidal_encoding)

# %% [markdown]
# ## The map of an offset
#
# A sine and a cosine of one frequency turn together. So there is one matrix for every offset $k$, forwards
# ($k > 0$) or backwards, that leads from *any* position to the one $k$ further on:
#
# $$ PE_{p+k} = M_k\, PE_p \quad\text{for all } p $$
#
# Vectors are columns here, ordered as above: sine, cosine, sine, cosine, … Which $2 \times 2$ block takes
# $(\sin a, \cos a)$ to $(\sin(a + b), \cos(a + b))$?


# %%
def offset_matrix(offset, dim):
    """The linear map between sinusoids of positions that are `offset` apart.

    Args:
        offset: k, Python int, of either sign.
        dim: D, Python int, even.

    Returns:
        M_k, tensor (dim, dim), float32.
    """
    # BEGIN SOLUTION
    angles = offset * 10000.0 ** (-ops.arange(0, dim, 2, dtype="float32") / dim)  # (D / 2,)
    cosines, sines = ops.cos(angles), ops.sin(angles)
    blocks = ops.stack([cosines, sines, -sines, cosines], axis=-1)  # (D / 2, 4): two rows of two
    blocks = ops.reshape(blocks, (dim // 2, 2, 1, 2))
    places = ops.eye(dim // 2)[:, None, :, None]  # block i stands at row i and column i
    return ops.reshape(blocks * places, (dim, dim))
    # END SOLUTION


# %%
check(offset_matrix)

# %% [markdown]
# ## Learned positions, at the right scale
#
# Learned positions are a second embedding, looked up by place and added. Embeddings of tokens are drawn small
# and multiplied by $\sqrt D$ before, so that their entries have a variance of about one:
#
# $$ x_t = \sqrt D\, e_t + P_{\text{start} + t} $$
#
# `start` is 0 for a whole sentence. A decoder that writes token by token has only the newest in its hands,
# and says with `start` how many came before.


# %%
def add_positions(embeddings, table, start):
    """Scaled embeddings plus the learned vectors of their positions.

    Args:
        embeddings: e, tensor (B, T, D).
        table: P, tensor (L, D), with L at least start + T.
        start: Python int, the position of the first vector of each sentence.

    Returns:
        Tensor (B, T, D).
    """
    # BEGIN SOLUTION
    length, width = embeddings.shape[1:]
    return embeddings * width**0.5 + table[start : start + length]
    # END SOLUTION


# %%
check(add_positions)

# %% [markdown]
# ## Rotary positions
#
# Nothing is added. Every pair of *neighbouring* entries is turned by an angle in proportion to the position:
#
# $$ \begin{pmatrix} x'_{2i} \\ x'_{2i+1} \end{pmatrix} =
# \begin{pmatrix} \cos p\,\omega_i & -\sin p\,\omega_i \\ \sin p\,\omega_i & \cos p\,\omega_i \end{pmatrix}
# \begin{pmatrix} x_{2i} \\ x_{2i+1} \end{pmatrix}, \qquad \omega_i = 10000^{-2i/K} $$
#
# with $p = \text{start} + t$. Queries and keys go through this, values do not.


# %%
def rotate_by_position(vectors, start):
    """Turns queries or keys by their positions.

    Args:
        vectors: Tensor (B, T, K), K even.
        start: Python int, the position of the first vector of each sentence.

    Returns:
        Tensor (B, T, K); every pair as long as it was.
    """
    # BEGIN SOLUTION
    length, width = vectors.shape[1:]
    frequencies = 10000.0 ** (-ops.arange(0, width, 2, dtype="float32") / width)  # (K / 2,)
    angles = ops.arange(start, start + length, dtype="float32")[:, None] * frequencies  # (T, K / 2)
    cosines, sines = ops.cos(angles), ops.sin(angles)
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    pairs = ops.stack([even * cosines - odd * sines, even * sines + odd * cosines], axis=-1)
    return ops.reshape(pairs, vectors.shape)
    # END SOLUTION


# %%
check(rotate_by_position)

# %% [markdown]
# ## Which distance is it?
#
# Relative positions keep one number for each distance from $-m$ (the key stands $m$ or more before the query)
# to $m$ (as many behind it). The numbers stand in a table with $2m + 1$ columns, so every pair of a query and
# a key needs the column that its distance belongs to:
#
# $$ c_{ts} = \operatorname{clip}(s - (\text{start} + t),\ -m,\ m) + m $$


# %%
def relative_columns(length, key_length, max_distance, start):
    """For each pair of a query and a key, the column of the table that holds the number of their distance.

    Args:
        length: T, Python int, how many queries.
        key_length: S, Python int, how many keys; they begin at position 0.
        max_distance: m, Python int, at least 1.
        start: Python int, the position of the first query.

    Returns:
        Integer tensor (T, S), from 0 to 2 m.
    """
    # BEGIN SOLUTION
    queries = start + ops.arange(length, dtype="int32")
    distance = ops.arange(key_length, dtype="int32")[None, :] - queries[:, None]  # (T, S)
    return ops.clip(distance, -max_distance, max_distance) + max_distance
    # END SOLUTION


# %%
check(relative_columns)

# %% [markdown]
# ## Attention with a relative bias
#
# The number of a distance is added to the score, head by head:
#
# $$ a_{nts} = \frac{q_{nt} \cdot k_{ns}}{\sqrt K} + b_{n,\,c_{ts}}, \qquad
# o_{nt} = \sum_s \operatorname{softmax}_s(a_{nts})\, v_{ns} $$
#
# with the columns $c_{ts}$ of the exercise before, `start` being 0.


# %%
def attention_with_relative_bias(query, key, value, table):
    """Self-attention whose scores know how far the key stands from the query.

    Args:
        query: Tensor (B, N, T, K).
        key: Tensor (B, N, T, K).
        value: Tensor (B, N, T, V).
        table: b, tensor (N, 2 m + 1), a number for each head and distance; the middle column is distance 0.

    Returns:
        Tensor (B, N, T, V).
    """
    # BEGIN SOLUTION
    length, width = query.shape[2:]
    max_distance = table.shape[1] // 2
    positions = ops.arange(length, dtype="int32")
    distance = positions[None, :] - positions[:, None]  # (T, T): key minus query
    bias = ops.take(
        table, ops.clip(distance, -max_distance, max_distance) + max_distance, axis=1
    )  # (N, T, T)
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / width**0.5 + bias
    return ops.matmul(ops.softmax(scores, axis=-1), value)
    # END SOLUTION


# %%
check(attention_with_relative_bias)
