# %% [markdown]
# # Exercises: fine-tuning, sentences and pairs
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## A mix of layers
#
# ELMo does not choose a layer. Whoever uses it learns how much of each to take, and how large the whole
# should be. With $h_j$ the output of layer $j$, $w$ a vector of learned numbers, one a layer, and $\gamma$
# one more learned number:
#
# $$ \text{mix} = \gamma \sum_j s_j\, h_j, \qquad s = \mathrm{softmax}(w) $$
#
# The numbers of $w$ may be large.


# %%
def scalar_mix(layers, weights, scale):
    """The mix of all layers of a reader.

    Args:
        layers: Tensor (L, B, T, D): what each of L layers says of every token.
        weights: w, tensor (L,), before the softmax.
        scale: γ, a scalar tensor.

    Returns:
        Tensor (B, T, D).
    """
    # BEGIN SOLUTION
    shares = ops.softmax(weights)  # (L,)
    return scale * ops.einsum("l,lbtd->btd", shares, layers)
    # END SOLUTION


# %%
check(scalar_mix)

# %% [markdown]
# ## One vector for a sentence: the mean
#
# The mean of what a reader says of the tokens of a sentence, over its real tokens alone. With $m_{bt} = 1$
# where the mask is True:
#
# $$ \text{mean}_b = \frac{\sum_t m_{bt}\, h_{bt}}{\sum_t m_{bt}} $$
#
# What a reader says of padding is meaningless and may be large. The mask is True at real tokens; padding may
# stand in front or between, and a sentence may hold no real token at all: its mean is zeros.


# %%
def masked_mean_pooling(outputs, padding_mask):
    """The mean over the real tokens of every sentence.

    Args:
        outputs: Tensor (B, T, D), finite numbers at padding, too.
        padding_mask: Boolean tensor (B, T), True at real tokens.

    Returns:
        Tensor (B, D); zeros where there is no real token.
    """
    # BEGIN SOLUTION
    is_real = ops.cast(padding_mask, outputs.dtype)[:, :, None]  # (B, T, 1)
    totals = ops.sum(outputs * is_real, axis=1)  # (B, D)
    return totals / ops.maximum(ops.sum(is_real, axis=1), 1.0)
    # END SOLUTION


# %%
check(masked_mean_pooling)

# %% [markdown]
# ## The class of a sentence from [CLS]
#
# BERT was asked about whole sentences at its first token, `[CLS]`, and only there. What stands at it goes
# through a dense layer with $\tanh$, the *pooler*, and from there to one logit a class:
#
# $$ p_b = \tanh\left(h_{b0} W_p + b_p\right), \qquad \text{logits}_b = p_b\, W + b $$
#
# No softmax: the loss takes logits.


# %%
def sentence_logits(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The logits of every sentence's class.

    Args:
        outputs: Tensor (B, T, D), what BERT says of every token; `[CLS]` is the first.
        pooler_kernel: W_p, tensor (D, D).
        pooler_bias: b_p, tensor (D,).
        kernel: W, tensor (D, C).
        bias: b, tensor (C,).

    Returns:
        Tensor (B, C), before the softmax.
    """
    # BEGIN SOLUTION
    pooled = ops.tanh(ops.matmul(outputs[:, 0], pooler_kernel) + pooler_bias)  # (B, D)
    return ops.matmul(pooled, kernel) + bias
    # END SOLUTION


# %%
check(sentence_logits)

# %% [markdown]
# ## Warm-up and decay
#
# For fine-tuning the number of updates is known beforehand. The learning rate rises in a straight line to
# its peak at update $w$ and falls in a straight line to zero at the last update, $N$. For update
# $s = 1, 2, 3, \ldots$
#
# $$ \text{rate}(s) = \text{peak} \cdot \max\left(0,\; \min\left(\frac{s}{w},\;
# \frac{N - s}{N - w}\right)\right) $$
#
# Whoever goes on training behind the last update does so with a rate of zero, not with a negative one.
# Keras counts the updates that have been **made**: before the first one it says 0, and that is $s = 1$.


# %%
def warmup_and_decay(step, peak, warmup_steps, num_steps):
    """The learning rate of the next update.

    Args:
        step: Integer tensor (K,), numbers of updates made so far: 0 before the first.
        peak: Python float, the highest rate.
        warmup_steps: w, a Python int, at least 1: the update that gets the highest rate.
        num_steps: N, a Python int above w: the update that gets the rate 0.

    Returns:
        Tensor (K,) of floats.
    """
    # BEGIN SOLUTION
    update = ops.cast(step, "float32") + 1.0
    rise = update / warmup_steps
    fall = (num_steps - update) / (num_steps - warmup_steps)
    return peak * ops.maximum(ops.minimum(rise, fall), 0.0)
    # END SOLUTION


# %%
check(warmup_and_decay)

# %% [markdown]
# ## Names of a checkpoint
#
# A published BERT is a file of named arrays, and a model is a list of named weights. Half of loading is to
# bring the names together, and to say what does not fit. These are the rules, to be applied in this order:
#
# 1. A leading `bert.` is dropped.
# 2. Old files call the two weights of a normalisation `gamma` and `beta`: the ending `LayerNorm.gamma`
#    becomes `LayerNorm.weight`, and `LayerNorm.beta` becomes `LayerNorm.bias`.
# 3. Names that begin with `cls.` belong to the heads of pre-training. They are never wanted and never left
#    over: nothing is said of them.
#
# Kernels lie the other way round in the file, `(outputs, inputs)`, and have to be turned: all arrays of two
# axes whose name ends in `.weight`, but for the tables of embeddings, whose names end in
# `_embeddings.weight`.


# %%
def checkpoint_names(file_shapes, wanted_names):
    """What goes where, and what does not fit.

    Args:
        file_shapes: Dict from the names in the file to the shapes of their arrays, tuples of ints.
        wanted_names: List of the new names that the model has weights for.

    Returns:
        A dict of three:
        "found": dict from each wanted name that the file has to a pair: its name in the file, and True
            where the array has to be turned, else False.
        "missing": sorted list of the wanted names that the file does not have.
        "left_over": sorted list of the names in the file, as they stand there, that are neither wanted nor
            of a head.
    """
    # BEGIN SOLUTION
    found, left_over = {}, []
    for old_name, shape in file_shapes.items():
        name = old_name.removeprefix("bert.")
        for old_ending, new_ending in (("gamma", "weight"), ("beta", "bias")):
            if name.endswith(f"LayerNorm.{old_ending}"):
                name = name.removesuffix(old_ending) + new_ending
        if name.startswith("cls."):
            continue
        is_kernel = name.endswith(".weight") and not name.endswith("_embeddings.weight")
        if name in wanted_names:
            found[name] = (old_name, is_kernel and len(shape) == 2)
        else:
            left_over.append(old_name)
    missing = sorted(set(wanted_names) - set(found))
    return {"found": found, "missing": missing, "left_over": sorted(left_over)}
    # END SOLUTION


# %%
check(checkpoint_names)

# %% [markdown]
# ## The correlation of ranks
#
# People say from 0 to 5 how alike two sentences are; a model gives a cosine. The two have no common scale, so
# they are compared by their order alone: Spearman's correlation is Pearson's, of the **ranks**. Equal numbers
# share the mean of the ranks that they take up together: the ranks of 3, 7, 7, 9 are 1, 2.5, 2.5, 4. With
# $x$ and $y$ the ranks of the two:
#
# $$ r = \frac{\sum_i (x_i - \bar x)(y_i - \bar y)}
# {\sqrt{\sum_i (x_i - \bar x)^2\, \sum_i (y_i - \bar y)^2}} $$


# %%
def rank_correlation(predicted, gold):
    """Spearman's correlation of two lists of numbers.

    Args:
        predicted: Tensor (n,); not all of its numbers are equal.
        gold: Tensor (n,); not all of its numbers are equal.

    Returns:
        Scalar tensor, from -1 to 1.
    """

    # BEGIN SOLUTION
    def ranks(numbers):
        below = numbers[None, :] < numbers[:, None]
        equal = numbers[None, :] == numbers[:, None]  # its own number among them
        return ops.sum(ops.cast(below, "float32") + 0.5 * ops.cast(equal, "float32"), axis=1) + 0.5

    x, y = ranks(predicted), ranks(gold)
    x, y = x - ops.mean(x), y - ops.mean(y)
    return ops.sum(x * y) / ops.sqrt(ops.sum(x * x) * ops.sum(y * y))
    # END SOLUTION


# %%
check(rank_correlation)

# %% [markdown]
# ## Is it ahead? An interval of pairs
#
# Two systems have answered the same test sentences. What is easy is easy for both; so the sentences are drawn
# together: each new test set is a draw of $n$ of the $n$ sentences, with repetitions, and **both** systems
# are measured on the same draw. The draws are given. With $a_i$, $b_i = 1$ where the first or the second
# system is right about sentence $i$, and draw $r$ the sentences $i_{r1}, \ldots, i_{rn}$:
#
# $$ d_r = \frac1n \sum_k \left(a_{i_{rk}} - b_{i_{rk}}\right) $$
#
# Wanted are the difference of the accuracies on the test set itself, and between which numbers the middle
# 90 % of all $d_r$ lie: with $d$ sorted and $R$ draws, leave out the $R/20$ lowest and the $R/20$ highest,
# and give the lowest and the highest of the rest. $R$ is a multiple of 20.


# %%
def paired_interval(first_is_right, second_is_right, draws):
    """By how much the first system is ahead of the second.

    Args:
        first_is_right: Boolean tensor (n,), for every test sentence.
        second_is_right: Boolean tensor (n,), for the same sentences.
        draws: Integer tensor (R, n): for each new test set the numbers of its sentences.

    Returns:
        Tensor (3,) of floats: the difference on the test set, the low end and the high end.
    """
    # BEGIN SOLUTION
    ahead = ops.cast(first_is_right, "float32") - ops.cast(second_is_right, "float32")  # (n,)
    differences = ops.sort(ops.mean(ops.take(ahead, draws, axis=0), axis=1))  # (R,)
    left_out = draws.shape[0] // 20
    return ops.stack([ops.mean(ahead), differences[left_out], differences[-1 - left_out]])
    # END SOLUTION


# %%
check(paired_interval)
