# %% [markdown]
# # Exercises: attention beyond text
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.
#
# Pictures are (B, H, W, channels), y counts downwards and x to the right. Where nothing else is said, lengths
# are in units of the picture's side. Boxes are top, left, bottom and right.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## A picture as a sequence
#
# A vision transformer reads squares of $P \times P$ pixels as its tokens. With $R = H / P$ rows of patches
# and $C = W / P$ patches in a row, patches are taken row by row, and so are the pixels within a patch; the
# channels of a pixel stay together:
#
# $$ \text{patches}[b,\; r C + c,\; (i P + j) \cdot \text{channels} + k] =
#    \text{pictures}[b,\; r P + i,\; c P + j,\; k]. $$


# %%
def split_patches(pictures, patch_size):
    """Pictures cut into squares, each written as one vector.

    Args:
        pictures: Float tensor (B, H, W, channels); H and W are multiples of P, and may differ.
        patch_size: P, a Python int.

    Returns:
        Tensor (B, H/P · W/P, P² · channels).
    """
    # BEGIN SOLUTION
    _, height, width, channels = pictures.shape
    rows, columns = height // patch_size, width // patch_size
    cut = ops.reshape(pictures, (-1, rows, patch_size, columns, patch_size, channels))
    cut = ops.transpose(cut, (0, 1, 3, 2, 4, 5))  # (B, rows, columns, P, P, channels)
    return ops.reshape(cut, (-1, rows * columns, patch_size * patch_size * channels))
    # END SOLUTION


# %%
check(split_patches)

# %% [markdown]
# ## Where the class token looks
#
# In front of the patches stands a class token, position 0; patch $r C + c$ has position $1 + r C + c$. In the
# attention weights $A$ of a layer, row $t$ is who looks and column $s$ who is looked at. A map of how the
# class token attends to the patches is the mean over the $N$ heads of its row:
#
# $$ \text{map}[b, r, c] = \frac1N \sum_n A[b,\; n,\; 0,\; 1 + r C + c]. $$
#
# The class token attends to itself, too. That share is left out, and what remains is **not** made to sum to
# one again.


# %%
def patch_attention(attention_weights, rows, columns):
    """How the class token attends to the patches, as a map.

    Args:
        attention_weights: A, float tensor (B, N, T, T) with T = 1 + rows · columns; it sums to one over its
            last axis.
        rows: R, a Python int.
        columns: C, a Python int.

    Returns:
        Tensor (B, rows, columns).
    """
    # BEGIN SOLUTION
    from_class = ops.mean(attention_weights[:, :, 0, 1:], axis=1)  # (B, rows · columns)
    return ops.reshape(from_class, (-1, rows, columns))
    # END SOLUTION


# %%
check(patch_attention)

# %% [markdown]
# ## Positions for another size
#
# A table has $R$ learned positions, and a larger or smaller picture needs another number of them, $L$. Think
# of the table as a row of cells, each 1 wide: row $i$ is the middle of the cell from $i$ to $i + 1$. The $L$
# new cells share the same space, and the middle of new row $o$ lies, in the numbers of the old rows, at
#
# $$ \text{place}[o] = \min\Big(\max\Big(\big(o + \tfrac12\big) \frac{R}{L} - \tfrac12,\; 0\Big),\;
#    R - 1\Big). $$
#
# Between the two rows beside its place a new row is interpolated linearly: at place 2.25 it is
# 0.75 times row 2 plus 0.25 times row 3. Enlarging and shrinking follow this one rule. (`course_lib` averages
# where it shrinks; this exercise does not.)


# %%
def stretch_row(table, length):
    """A row of positions for another length.

    Args:
        table: Float tensor (R, D), R at least 1.
        length: L, a Python int, 1 or more.

    Returns:
        Tensor (L, D).
    """
    # BEGIN SOLUTION
    rows = table.shape[0]
    places = (ops.arange(length, dtype="float32") + 0.5) * (rows / length) - 0.5
    places = ops.clip(places, 0.0, rows - 1.0)
    lower = ops.floor(places)
    share = (places - lower)[:, None]  # of the row behind
    lower = ops.cast(lower, "int32")
    upper = ops.minimum(lower + 1, rows - 1)
    return (1.0 - share) * ops.take(table, lower, axis=0) + share * ops.take(table, upper, axis=0)
    # END SOLUTION


# %%
check(stretch_row)

# %% [markdown]
# ## A box that has a gradient
#
# A network proposes where to look closer: a square with centre $(c_y, c_x)$ and half-width $l$. Cutting it
# out would give the proposal no gradient. A soft mask does: near 1 inside, near 0 outside, and about 1/2 on
# an edge. With $h(z) = 1 / (1 + e^{-k z})$ and $k$ the sharpness,
#
# $$ \text{mask}[b, i, j] = \big[h(y_i - (c_y - l)) - h(y_i - (c_y + l))\big] \cdot
#    \big[h(x_j - (c_x - l)) - h(x_j - (c_x + l))\big], $$
#
# where $y_i$ and $x_j$ are the **middles** of the pixels, in units of the picture's height and width: the
# middle of the first of $H$ rows is at $\frac{1}{2H}$.


# %%
def box_mask(proposals, height, width, sharpness):
    """How far each pixel is inside of a square.

    Args:
        proposals: Float tensor (B, 3): centre y, centre x and half-width l, in units of the picture's side.
        height: H, a Python int.
        width: W, a Python int.
        sharpness: k, a Python float above 0.

    Returns:
        Tensor (B, H, W).
    """

    # BEGIN SOLUTION
    def profile(centre, size):
        middles = (ops.arange(size, dtype="float32") + 0.5) / size
        near = ops.sigmoid(sharpness * (middles - (centre - half_width)))  # (B, size)
        far = ops.sigmoid(sharpness * (middles - (centre + half_width)))
        return near - far

    half_width = proposals[:, 2:]
    down, across = profile(proposals[:, 0:1], height), profile(proposals[:, 1:2], width)
    return down[:, :, None] * across[:, None, :]
    # END SOLUTION


# %%
check(box_mask)

# %% [markdown]
# ## A box in whole pixels
#
# To cut a proposal out of a picture of $S \times S$ pixels takes whole numbers. With $\lfloor z \rfloor$ the
# largest whole number that is not above $z$, so that $\lfloor z + \frac12 \rfloor$ rounds and takes halves
# up, the side $s$ and the first row $t$ are
#
# $$ s = \min\big(\max\big(\lfloor 2 l S + \tfrac12 \rfloor,\; 1\big),\; S\big), \qquad
#    t = \min\big(\max\big(\lfloor c_y S - \tfrac{s}{2} + \tfrac12 \rfloor,\; 0\big),\; S - s\big), $$
#
# and the first column is found in the same way from $c_x$. The box is half-open, as slices are: its bottom is
# $t + s$, and its last row $t + s - 1$. Where a box would reach beyond the picture it is **moved** into it,
# not cut, so that it keeps its side.


# %%
def crop_box(proposals, size):
    """The pixels that belong to proposals.

    Args:
        proposals: Float tensor (B, 3): centre y, centre x and half-width l, in units of the picture's side.
        size: S, a Python int, height and width of the picture in pixels.

    Returns:
        Integer tensor (B, 4): top, left, bottom and right, the last two not included.
    """
    # BEGIN SOLUTION
    side = ops.clip(ops.floor(2.0 * proposals[:, 2:] * size + 0.5), 1, size)  # (B, 1)
    first = ops.floor(proposals[:, :2] * size - side / 2.0 + 0.5)  # (B, 2)
    first = ops.minimum(ops.maximum(first, 0.0), size - side)
    return ops.cast(ops.concatenate([first, first + side], axis=-1), "int32")
    # END SOLUTION


# %%
check(crop_box)

# %% [markdown]
# ## A closer look should be surer
#
# A network looks at a picture $S$ times, first at the whole and then closer and closer, and names the class
# each time. Let $p[b, s]$ be the probability that look $s$ gives to the right class of picture $b$. Each look
# should be surer of it than the look before, by a margin $m$; what is missing is the loss:
#
# $$ p[b, s] = \mathrm{softmax}(\text{logits}[b, s])[\text{label}_b], \qquad
#    \mathcal{L} = \frac1B \sum_b \sum_{s=0}^{S-2} \max\big(0,\; p[b, s] - p[b, s + 1] + m\big). $$


# %%
def ranking_loss(logits, labels, margin):
    """How far closer looks are from being surer of the right class.

    Args:
        logits: Float tensor (B, S, classes), S at least 2, the looks from the whole to the closest. They may
            be large.
        labels: Integer tensor (B,), the right classes.
        margin: m, a Python float, 0 or more.

    Returns:
        Scalar tensor.
    """
    # BEGIN SOLUTION
    chosen = ops.one_hot(labels, logits.shape[-1])[:, None, :]
    right = ops.sum(ops.softmax(logits, axis=-1) * chosen, axis=-1)  # (B, S)
    missing = ops.relu(right[:, :-1] - right[:, 1:] + margin)  # (B, S - 1)
    return ops.mean(ops.sum(missing, axis=-1))
    # END SOLUTION


# %%
check(ranking_loss)

# %% [markdown]
# ## Heads that share keys and values
#
# Large decoders have $N$ heads of queries, but keys and values for $G$ groups only, so that a cache takes
# $N / G$ times less memory. The heads of a group stand together: with four heads and two groups, heads 0 and
# 1 use group 0, and heads 2 and 3 use group 1. In general head $n$ uses group $g(n)$:
#
# $$ g(n) = \lfloor n \,/\, (N / G) \rfloor, \qquad
#    \text{output}[b, n, t] = \sum_{s \le t} \alpha[b, n, t, s]\; \text{value}[b, g(n), s], $$
#
# where $\alpha[b, n, t]$ is the softmax over all $s \le t$ of
# $\text{query}[b, n, t] \cdot \text{key}[b, g(n), s] \,/ \sqrt K$. With $G = N$ this is multi-head attention,
# with $G = 1$ all heads share one set of keys and values. Scores may be large.


# %%
def grouped_query_attention(query, key, value):
    """Causal attention of N heads that read the keys and values of G groups.

    Args:
        query: Float tensor (B, N, T, K).
        key: Float tensor (B, G, T, K); G divides N.
        value: Float tensor (B, G, T, K).

    Returns:
        Tensor (B, N, T, K).
    """
    # BEGIN SOLUTION
    per_group = query.shape[1] // key.shape[1]
    key, value = ops.repeat(key, per_group, axis=1), ops.repeat(value, per_group, axis=1)  # (B, N, T, K)
    scores = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / query.shape[-1] ** 0.5  # (B, N, T, T)
    places = ops.arange(query.shape[2])
    scores = ops.where(places <= places[:, None], scores, -1e30)
    return ops.matmul(ops.softmax(scores, axis=-1), value)
    # END SOLUTION


# %%
check(grouped_query_attention)

# %% [markdown]
# ## A network with a gate
#
# In most recent models the network of a block has a third matrix. Two matrices widen the same input; what
# the first makes of it passes through an activation and is multiplied, number by number, by what the second
# makes of it. The third matrix brings the result back to the width $D$. There are no biases:
#
# $$ y = \big(\mathrm{silu}(x W_g) \odot (x W_v)\big)\, W_o, \qquad
#    \mathrm{silu}(z) = z \cdot \frac{1}{1 + e^{-z}}. $$


# %%
def gated_network(inputs, gate_kernel, value_kernel, output_kernel):
    """A position-wise network with a gate.

    Args:
        inputs: x, float tensor (B, T, D).
        gate_kernel: W_g, tensor (D, F).
        value_kernel: W_v, tensor (D, F).
        output_kernel: W_o, tensor (F, D).

    Returns:
        y, tensor (B, T, D).
    """
    # BEGIN SOLUTION
    gate = ops.silu(ops.matmul(inputs, gate_kernel))  # (B, T, F)
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)
    # END SOLUTION


# %%
check(gated_network)
