# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# # 5 · Many heads and masks
#
# **What can several narrow attentions do that one wide attention cannot, and who may look at whom?**
#
# Chapter 4 ended with a layer that can look things up: one set of queries, keys and values, one pattern of
# attention. The Transformer cuts its vectors into pieces and gives every piece an attention of its own. That
# costs no parameter more, and whether it helps is a matter for measurement. The second half of the chapter is
# about masks. They are two lines of code, and in few other places can two lines go so wrong, so silently: you
# will train a model to 100 % accuracy that has learned nothing, and write the test that exposes it.
#
# **About 90 minutes** to read and run, two hours more with the exercises in
# [`exercises/05_multi_head_attention.ipynb`](../exercises/05_multi_head_attention.ipynb). The cells take up
# to twelve minutes on two CPU cores.
#
# **Prerequisites:** chapter 4 (self-attention as matrices); teacher forcing from chapter 2.
#
# **You will be able to**
#
# * write multi-head attention, and say what splitting and merging do to shapes;
# * explain heads as attentions of low rank, and compare 1 to 16 of them at equal parameters;
# * find out which heads of a trained model matter, and how much they differ;
# * build padding and causal masks, combine them, and recognise the opposite convention;
# * reproduce the 100 % trap, and catch it before a model is trained.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Chapter 4's layer has one pattern of attention for each query. Name a word that needs two things at
# once from its sentence.
#
# **Expect** A verb: the subject for its number, an adverb for its tense. Any such example will do; keep it
# for the next slide.
#
# **Look out for** "More heads means more parameters." At one width of the model they are the same; what grows
# is the number of attention maps, $(T, S)$ each.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import contextlib
import itertools
import math
from functools import partial
from statistics import mean

import keras
import numpy as np
import tensorflow as tf
from IPython.display import display
from keras import ops

from course_lib import layers
from course_lib.chapters import (
    attention_error_rate,
    band,
    chapter_budget,
    claim,
    mean_and_interval,
    paired,
    say,
    table,
    verdict,
    with_fresh_weights,
    with_interval,
)
from course_lib.data import LanguageModelBatches, ToyLanguage, pair_batches, whole_batch
from course_lib.models import Transformer
from course_lib.plots import (
    attention_heatmaps,
    bars_with_intervals,
    curves,
    mask_image,
    signed_heatmap,
)
from course_lib.text import Vocabulary, WordTokenizer
from course_lib.training import ProgressLine, TokenCrossEntropy, set_seed

# %%
budget = chapter_budget("05_multi_head_attention")
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.1 One softmax is one average
#
# **Claim.** For each query, attention hands out one average. Whoever needs *two* things gets their blend.
#
# The verb of a sentence needs its subject (for the number) and an adverb (for the tense). With one pattern of
# weights it can take all of one, all of the other, or half of each. Values as single numbers: the subject
# offers 10, the adverb 20, the object 12.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Let the audience compute it: half of 10 and half of 20. Then exchange the two and compute again.
#
# **Ask** One head, three values as single numbers. Which weights let the verb learn both what the subject and
# what the adverb offers?
#
# **Expect** None: a blend is one number, and exchanging the two offers leaves it as it was. Two averages,
# kept apart, tell them apart.
#
# **Look out for** "A wide value vector solves this." Only where words of different roles use different
# entries, and which role a word plays is known to the one who asks.

# %% {"slideshow": {"slide_type": "fragment"}}
offers = np.array([10.0, 20.0, 12.0])  # subject, adverb, object
one_head = np.array([0.5, 0.5, 0.0])  # half of each
two_heads = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
swapped = offers[[1, 0, 2]]
rows = [
    [f"{values[0]:g}, {values[1]:g}", one_head @ values, two_heads @ values] for values in (offers, swapped)
]
table(["subject, adverb", "one head takes home", "two heads take home"], rows)
assert rows[0][1] == rows[1][1] and not np.array_equal(rows[0][2], rows[1][2])

# %% [markdown]
# Exchange what the two offer, and the blend stays as it was: 15 says nothing about who offered what. Two
# averages, kept apart, say it all. (A wide value vector could keep the two apart if words that play different
# roles used different entries of it. But which role a word plays is known to the one who *asks*, and values
# do not know who asks.)

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.2 Many heads: small attentions side by side
#
# **Claim.** Multi-head attention is $N$ attentions in spaces of width $K = D / N$, whose results are laid
# side by side and mixed by one more matrix:
#
# $$ \text{head}_n = \mathrm{softmax}\Big(\frac{(X W^Q_n)(Z W^K_n)^\top}{\sqrt K}\Big)\, Z W^V_n \qquad
# Y = [\text{head}_1; \dots; \text{head}_N]\, W^O $$
#
# $X$ $(T, D)$ holds the vectors that ask, $Z$ $(S, D)$ those that are looked at; in self-attention $Z = X$.
# From here on $K$ is the width of a head, no longer the matrix of keys.
#
# | | shape | all heads together |
# |---|---|---|
# | $W^Q_n, W^K_n, W^V_n$ | $(D, K)$ | $(D, N K) = (D, D)$ |
# | queries, keys, values | $(B, N, T, K)$ | |
# | scores, weights | $(B, N, T, S)$ | |
# | $\text{head}_n$ | $(B, T, K)$ | $(B, T, N K)$ |
# | $W^O$ | $(N K, D)$ | |
#
# All the heads' projections are one matrix product. Only between split and merge do heads live apart:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** $K = D / N$ is the width of one head. Read the table of shapes aloud, from $D$ to $(B, N, T, K)$ and
# back: only between split and merge do heads live apart.
#
# **Ask** $D = 64$ and 8 heads: how wide is a head, and how many parameters has the layer without biases? And
# with one head?
#
# **Expect** 8 wide. $4 D^2 = 16{,}384$ in both cases: four matrices of 64 by 64.
#
# **Look out for** `MultiHeadAttention.heads_not_split`
#
# `MultiHeadAttention.scaled_by_all_heads`


# %% {"slideshow": {"slide_type": "fragment"}}
def split(inputs, num_heads):
    """(B, T, N·K) → (B, N, T, K)"""
    batch, length, width = inputs.shape
    pieces = ops.reshape(inputs, (batch, length, num_heads, width // num_heads))  # (B, T, N, K)
    return ops.swapaxes(pieces, 1, 2)


def merge(heads):
    """(B, N, T, K) → (B, T, N·K)"""
    batch, num_heads, length, width = heads.shape
    return ops.reshape(ops.swapaxes(heads, 1, 2), (batch, length, num_heads * width))


def multi_head_attention(query, value, kernels, num_heads, mask=None):
    """(B, T, D), (B, S, D) → (B, T, D) and weights (B, N, T, S); four kernels (D, D)."""
    query_kernel, key_kernel, value_kernel, output_kernel = kernels
    queries = split(ops.matmul(query, query_kernel), num_heads)
    keys = split(ops.matmul(value, key_kernel), num_heads)
    values = split(ops.matmul(value, value_kernel), num_heads)
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2)) / math.sqrt(queries.shape[-1])
    weights = layers.masked_softmax(scores, mask)  # (B, N, T, S)
    return ops.matmul(merge(ops.matmul(weights, values)), output_kernel), weights


# %% [markdown]
# The library's `MultiHeadAttention` keeps the heads as an axis of its kernels, $(D, N, K)$, and so does
# Keras's own layer, into which the same list of weights fits. Do the three agree?

# %%
set_seed(0)
B, T, S, D, N = 2, 5, 7, 12, 3
query, memory = keras.random.normal((B, T, D)), keras.random.normal((B, S, D))
library = layers.MultiHeadAttention(num_heads=N, key_dim=D // N, use_bias=False)
library_outputs, library_weights = library(query, memory, return_attention_weights=True)
keras_layer = keras.layers.MultiHeadAttention(num_heads=N, key_dim=D // N, use_bias=False)
keras_layer.build(query.shape, memory.shape)
keras_layer.set_weights(library.get_weights())
kernels = [ops.reshape(kernel, (D, D)) for kernel in library.get_weights()]  # N and K become one axis
outputs, weights = multi_head_attention(query, memory, kernels, N)
rows = []
for name, other, ours in (
    ("library, outputs", library_outputs, outputs),
    ("library, weights", library_weights, weights),
    ("Keras, outputs", keras_layer(query, memory), outputs),
):
    difference = float(ops.max(ops.abs(other - ours)))
    rows.append([name, str(tuple(ours.shape)), f"{difference:.1e}"])
    assert difference < 1e-5
table(["compared with ours", "shape", "largest difference"], rows)

# %% [markdown]
# ### What one head can be
#
# Written out, concatenation and output projection are a **sum over heads**, because the rows of $W^O$ fall
# into blocks $W^O_n$ $(K, D)$, one for each head:
#
# $$ Y = \sum_n A_n\, Z\, \underbrace{W^V_n W^O_n}_{\text{what is moved, rank} \le K} \qquad
# A_n = \mathrm{softmax}\Big(X \underbrace{W^Q_n W^{K\top}_n}_{\text{what is compared, rank} \le K}
# Z^\top / \sqrt K\Big) $$
#
# A head is an attention whose two matrices $(D, D)$ have rank $K$ at most: it compares in one subspace, and
# moves what it finds into another. More heads means more patterns, and a lower rank for each. The parameters
# stay $4 D^2$.

# %% {"slideshow": {"slide_type": "subslide"}}
query_kernel, key_kernel, value_kernel, output_kernel = library.get_weights()
per_head = [
    ops.matmul(ops.matmul(weights[:, n], memory), value_kernel[:, n] @ output_kernel[n]) for n in range(N)
]
difference = float(ops.max(ops.abs(sum(per_head) - outputs)))
say(f"A sum over heads gives the same as concatenation and projection, up to {difference:.1e}.")
assert difference < 1e-5
rows = []
for heads in (1, 2, 4, 8, 16):
    layer = layers.MultiHeadAttention(heads, 64 // heads, use_bias=False)
    layer.build((None, None, 64), (None, None, 64))
    kernels = layer.get_weights()
    compares = np.linalg.matrix_rank(kernels[0][:, 0] @ kernels[1][:, 0].T)
    moves = np.linalg.matrix_rank(kernels[2][:, 0] @ kernels[3][0])
    rows.append([heads, 64 // heads, compares, moves, f"{layer.count_params():,}", f"{heads} · T · S"])
    assert compares == moves == 64 // heads
table(["heads", "K", "rank of what is compared", "of what is moved", "parameters, D = 64", "weights"], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Concatenation and projection are a sum over heads: the rows of $W^O$ fall into blocks, one for each
# head. What is compared and what is moved both have rank $K$ at most.
#
# **Ask** What do more heads cost, if not parameters?
#
# **Expect** Weights: one matrix $T \times S$ for each head, with its memory and its exponentials. And room:
# each head has fewer numbers to compare by.
#
# **Look out for** `MultiHeadAttention.softmax_over_heads`
#
# `MultiHeadAttention.weights_averaged`

# %% [markdown]
# The last column is what heads do cost: each has a matrix of weights of its own, which takes memory and
# exponentials. The matrix products stay as they were.
#
# → *Exercise* [`MultiHeadAttention`], a whole layer, once you have the next section.
#
# [`MultiHeadAttention`]: ../exercises/05_multi_head_attention.ipynb#cell-id=MultiHeadAttention

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.3 Splitting and merging are reshapes, and one swap
#
# To see where numbers go, give each its address: entry $c$ of the vector at position $t$ becomes the number
# $10 t + c$. Split into two heads, the first must hold columns 0 and 1 of *every* position.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Each number carries its address: ten times the position plus the column. So we can read off where it
# went.
#
# **Ask** Reshape $(B, T, D)$ to $(B, N, T, K)$ in one go. The shape is right. Which numbers stand in head 0?
#
# **Expect** Those of the first positions, all their columns: a reshape never moves a number past another. The
# right head 0 has columns 0 and 1 of every position.
#
# **Look out for** `split_heads.reshaped_only`
#
# `merge_heads.reshaped_only` With the same mistake in split and merge every number comes back to its place,
# and between the two positions were mixed.

# %% {"slideshow": {"slide_type": "fragment"}}
addresses = ops.array(10 * np.arange(3)[:, None] + np.arange(4))[None]  # (B=1, T=3, D=4)
right = split(addresses, 2)
wrong = ops.reshape(addresses, (1, 2, 3, 2))  # (B, N, T, K) in one go: the shape is right
rows = [
    [name, *(str(ops.convert_to_numpy(heads)[0, head].tolist()) for head in (0, 1))]
    for name, heads in (("**split**: reshape, then swap", right), ("reshape alone", wrong))
]
table(["", "head 0: a row for each position", "head 1"], rows)
back = merge(right)
assert bool(ops.all(back == addresses)) and tuple(right.shape) == tuple(wrong.shape)
assert not bool(ops.all(wrong == right))

# %% [markdown]
# Reshaped in one go, head 0 holds *all* columns of position 0 as if they were two positions, and a half of
# position 1. A reshape never moves a number past another; for heads to come before time, something must swap.
# No error tells you: a merge with the same mistake even puts every number back where it was, but between the
# two, positions were mixed. Under a causal mask a wrong split with a right merge, or the other way round, is
# also a *leak*, which the test of section 5.9 finds. If both are wrong it finds nothing: nobody sees the
# future then, and positions are mixed all the same.
#
# → *Exercises* [`split_heads`], [`merge_heads`].
#
# [`split_heads`]: ../exercises/05_multi_head_attention.ipynb#cell-id=split_heads
# [`merge_heads`]: ../exercises/05_multi_head_attention.ipynb#cell-id=merge_heads

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.4 How many heads? A comparison at equal parameters
#
# Chapter 4's lookup asked one question at a time. Here the last position asks **four at once**: eight pairs
# of a letter and a symbol lie there, four letters are asked for, each in a slot of its own, and four symbols
# are to be answered, in order. The question is one vector, the sum of four; the layer answers with one
# vector, too, from which four symbols are read.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The question is one vector that asks for four letters at once; the answer is one vector, from which
# four symbols are read. Parameters are equal for all, so that only the number of patterns differs.
#
# **Expect** The table and the bars, next: too few heads cannot ask enough, and too many have too little room
# to tell letters apart.
#
# **Look out for** Taking four for a good number of heads: the task asks four questions, and was made to.


# %%
NUM_LETTERS, NUM_SYMBOLS, NUM_PAIRS, NUM_QUESTIONS, WIDTH = 16, 16, 8, 4, 32


def lookups(count, seed):
    """Pairs (count, 8, 2) and letters asked for (count, 4), and the symbols (count, 4) that are right."""
    generator = np.random.default_rng(seed)
    letters = generator.random((count, NUM_LETTERS)).argsort(axis=1)[:, :NUM_PAIRS]
    symbols = generator.integers(NUM_SYMBOLS, size=(count, NUM_PAIRS))
    places = generator.random((count, NUM_PAIRS)).argsort(axis=1)[:, :NUM_QUESTIONS]
    rows = np.arange(count)[:, None]
    inputs = np.stack([letters, symbols], axis=-1), letters[rows, places]
    return tuple(part.astype("int32") for part in inputs), symbols[rows, places].astype("int32")


# %%
class Lookups(keras.Model):
    """Four lookups at once through one layer of attention."""

    def __init__(self, num_heads, kind=layers.MultiHeadAttention):
        super().__init__()

        def embedding(count, num_added):  # the sum of so many has variance 1
            draw = keras.initializers.RandomNormal(stddev=num_added**-0.5)
            return keras.layers.Embedding(count, WIDTH, embeddings_initializer=draw)

        self.letters, self.symbols = embedding(NUM_LETTERS, 2), embedding(NUM_SYMBOLS, 2)
        self.questions = embedding(NUM_QUESTIONS * NUM_LETTERS, NUM_QUESTIONS)
        self.attention = kind(num_heads, WIDTH // num_heads)
        self.read_out = keras.layers.Dense(NUM_QUESTIONS * NUM_SYMBOLS)

    def call(self, inputs, return_attention_weights=False):
        pairs, asked = inputs
        memory = self.letters(pairs[..., 0]) + self.symbols(pairs[..., 1])  # (B, 8, D)
        slots = NUM_LETTERS * ops.arange(NUM_QUESTIONS)  # a letter means something else in each slot
        query = ops.sum(self.questions(asked + slots), axis=1, keepdims=True)  # (B, 1, D)
        outputs, weights = self.attention(query, memory, return_attention_weights=True)
        logits = ops.reshape(self.read_out(outputs[:, 0]), (-1, NUM_QUESTIONS, NUM_SYMBOLS))
        return (logits, weights[:, :, 0]) if return_attention_weights else logits


train_lookups, test_lookups = lookups(budget.num_sequences, 0), lookups(budget.num_test_sequences, 1)

# %% [markdown]
# One function trains everything in this chapter. As in chapters 3 and 4, further seeds get new weights in a
# model that is compiled already.


# %%
def train(make, data, sample, label, seed, num_epochs, learning_rate, loss, model=None):
    """Trains from new weights, in a compiled model if there is one; returns it and its loss by epoch."""

    def make_built():
        fresh = make()
        fresh(sample)
        return fresh

    def compile_model(fresh):
        num_steps = num_epochs * data["steps"]
        schedule = keras.optimizers.schedules.CosineDecay(
            learning_rate / 10, num_steps, warmup_target=learning_rate, warmup_steps=num_steps // 20
        )
        fresh.compile(keras.optimizers.Adam(schedule, global_clipnorm=1.0), loss, jit_compile=False)

    set_seed(seed)
    model = with_fresh_weights(make_built, compile_model, model)
    history = model.fit(**data["fit"](seed), epochs=num_epochs, verbose=0, callbacks=[ProgressLine(label)])
    return model, history.history["loss"]


# %%
lookup_data = {
    "steps": math.ceil(budget.num_sequences / 64),
    "fit": lambda seed: {"x": train_lookups[0], "y": train_lookups[1], "batch_size": 64},
}


def train_lookup(num_heads, seed, model=None, kind=layers.MultiHeadAttention):
    return train(
        lambda: Lookups(num_heads, kind),
        lookup_data,
        tuple(part[:2] for part in train_lookups[0]),
        f"{num_heads} heads, seed {seed}",
        seed,
        budget.num_lookup_epochs,
        budget.lookup_learning_rate,
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        model,
    )


def answers_right(model):
    """Which of the four answers to each test sequence are right: booleans (B, 4)."""
    inputs, symbols = test_lookups
    return ops.convert_to_numpy(ops.argmax(model(inputs), axis=-1)) == symbols


# %% [markdown]
# > **Write down your prediction.** Heads 1, 2, 4, 8, 16, with widths 32, 16, 8, 4, 2. Four questions. Who
# > wins? Do two heads get half of the answers right? Is a width of 2 enough to tell sixteen letters apart?

# %%
lookup_models, lookup_runs = {}, {heads: [] for heads in budget.head_counts}
for seed in budget.seeds:
    for heads in budget.head_counts:
        model, losses = train_lookup(heads, seed, lookup_models.get(heads))
        lookup_models[heads] = model
        right = answers_right(model)
        run = {"losses": losses, "right": right.mean(), "by question": right.mean(axis=0)}
        lookup_runs[heads].append(run)


# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
percent = partial(with_interval, form=".0%", lowest=0.0, highest=1.0)
rows = []
for heads, runs in lookup_runs.items():
    questions = ", ".join(f"{share:.0%}" for share in sorted(runs[-1]["by question"], reverse=True))
    count = lookup_models[heads].attention.count_params()
    rows.append(
        [f"**{heads}**", WIDTH // heads, f"{count:,}", percent([run["right"] for run in runs]), questions]
    )
table(["heads", "K", "parameters of the layer", "right answers", "by question, last seed, best first"], rows)
guess = {count: 1 / count + (1 - 1 / count) / NUM_SYMBOLS for count in (NUM_PAIRS, NUM_QUESTIONS)}
say(
    f"{len(budget.seeds)} seeds, in brackets 95 % intervals over seeds; {budget.num_sequences:,} training "
    f"sequences, {budget.num_lookup_epochs} epochs, {budget.num_test_sequences:,} test sequences. Whoever "
    f"names any of the eight symbols that lie there is right in {guess[NUM_PAIRS]:.0%} of cases; whoever "
    f"finds the four asked for, but cannot tell which of them answers which question, in "
    f"{guess[NUM_QUESTIONS]:.0%}."
)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
bars_with_intervals(
    {
        f"{heads} head{'s' * (heads > 1)}": mean_and_interval([100 * run["right"] for run in runs], 0, 100)
        for heads, runs in lookup_runs.items()
    },
    "right answers, %, test split",
    title="Four lookups at once: heads at equal parameters",
)

# %%
share = {heads: mean(run["right"] for run in runs) for heads, runs in lookup_runs.items()}
best = max(share, key=share.get)
rows = []
for heads in budget.head_counts:
    if heads == best:
        continue
    gap = mean_and_interval(paired(*([run["right"] for run in lookup_runs[n]] for n in (best, heads))))
    interval = f"{gap.low:+.1%} to {gap.high:+.1%}"
    rows.append([f"{best} against {heads}", f"{gap.mean:+.1%}", interval, verdict(gap)])
    if heads == 1:
        claim(gap.low > 0, "one head is reliably worse")
table(["heads, same seeds", "difference in right answers", "95 % interval", "the first is"], rows)
most = max(budget.head_counts)
say(
    f"One head gets {share[1]:.0%}, little more than whoever finds the four pairs and cannot tell which "
    f"answers which. The highest mean is that of {best} heads, {share[best]:.0%}; {most} heads, each with "
    f"{WIDTH // most} numbers to compare letters by, get {share[most]:.0%}. The table says which of these "
    "differences are more than the luck of the seed."
)

# %% [markdown]
# ### Who answers what?
#
# The best model's heads, last seed. Left: how much of a head's attention goes to the pair that a question
# asks for, averaged over the test split. Right: how many answers to a question are lost when the head is
# silenced, by setting its block $W^O_n$ to zero.


# %% {"slideshow": {"slide_type": "subslide"}}
@contextlib.contextmanager
def silenced(attention, heads):
    """Takes heads out of an attention for a while: their part of the output kernel is zero."""
    kernel = ops.convert_to_numpy(attention.output_kernel)
    without = kernel.copy()
    without[list(heads)] = 0.0
    attention.output_kernel.assign(without)
    yield
    attention.output_kernel.assign(kernel)


shown = best if best > 1 else max(budget.head_counts)
specialist = lookup_models[shown]
(pairs, asked), _ = test_lookups
_, weights = specialist((pairs, asked), return_attention_weights=True)  # (B, N, 8)
is_asked = (pairs[:, None, :, 0] == asked[:, :, None]).astype("float32")  # (B, 4, 8)
attends = np.einsum("bns,brs->nr", ops.convert_to_numpy(weights), is_asked) / len(pairs)
intact = answers_right(specialist).mean(axis=0)
damage = []
for head in range(shown):
    with silenced(specialist.attention, [head]):
        damage.append(intact - answers_right(specialist).mean(axis=0))
panels = {"attention to the pair asked for": attends, "answers lost without the head": np.array(damage)}
figure = signed_heatmap(panels, "question", "head", height=2.2 + 0.16 * shown)
figure.axes[-1].set_ylabel("share")
display(figure)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two tables for each head: where it looks, and how many answers to a question are lost when its block
# of $W^O$ is set to zero.
#
# **Ask** Nobody tells the heads to share the questions among them. What could make two heads differ at all?
#
# **Expect** Their random weights to begin with. From there on descent drives them apart: what one head
# answers already earns another nothing more.
#
# **Look out for** Believing a map without the second table. Looking somewhere and mattering there are two
# things, and only silencing measures the second.

# %%
agreement = np.corrcoef(attends.ravel(), np.ravel(damage))[0, 1]
say(
    f"With {shown} heads the largest share of a head's attention goes, on average over heads, with "
    f"{attends.max(axis=1).mean():.0%} to the pair of *one* question (even shares: {1 / NUM_PAIRS:.0%}). "
    f"What a head looks at and what is lost without it correlate with {agreement:.2f}."
)

# %% [markdown]
# Nobody told the heads to share the questions among themselves. All begin alike up to chance, and
# gradient descent drives them apart. With fewer heads than questions, a head takes home a blend of several
# pairs, or a question stays unanswered: see the last column of the first table.
#
# ### What the paper reported
#
# Vaswani et al. (2017), table 3, rows (A), English to German, development set, one run each, at an equal
# amount of computation:
#
# | heads | 1 | 4 | 8 (base) | 16 | 32 |
# |---|---|---|---|---|---|
# | $K$ | 512 | 128 | 64 | 32 | 16 |
# | BLEU | 24.9 | 25.5 | 25.8 | 25.8 | 25.4 |
#
# One head is 0.9 BLEU behind the best, and too many heads lose quality as well. **What ours does not show**:
# that four is a good number. Our task asks four questions, and was made to. What carries over is the trade:
# more heads are more patterns, and each has less room to compare in. Their curve is flat around its top; and
# a model of several layers can ask in the next one what it could not ask in this.

# %% [markdown]
# ### A habit of well-known code
#
# Implementations that many have learned from put a ReLU behind the projections of queries, keys and values.
# The paper has none. No error tells: shapes are the same, and the loss falls. But then a query and a key have
# no negative entry, and so no score is below zero: to hide *one* key a head has to raise all the others. Half
# of what could be said about values is gone as well.
#
# > **Write down your prediction.** Four heads, as above, with and without the ReLU: does it cost nothing, a
# > few points, or most of the answers?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One line differs, and nothing complains. That is what makes a habit.
#
# **Ask** ✍️ A ReLU behind queries, keys and values: which scores can a head no longer give, and what does
# that cost here?
#
# **Expect** Negative ones. About the cost let them disagree; the table has its interval.
#
# **Look out for** "Others do it, so it does no harm." It may do none elsewhere; here is a number for here.


# %%
class ReluProjections(layers.MultiHeadAttention):
    """Queries, keys and values without negative entries."""

    def project(self, inputs, kernel, bias, width):
        """As it was, and cut at zero, but for what joins the heads."""
        outputs = super().project(inputs, kernel, bias, width)
        return outputs if kernel is self.output_kernel else ops.relu(outputs)


# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
habit, habit_runs = None, []
for seed in budget.seeds:
    habit, _ = train_lookup(4, seed, habit, kind=ReluProjections)
    habit_runs.append(answers_right(habit).mean())
plain_runs = [run["right"] for run in lookup_runs[4]]
cost = mean_and_interval(paired(habit_runs, plain_runs))
table(
    ["4 heads", "right answers"],
    [["projections as in the paper", percent(plain_runs)], ["with a ReLU behind them", percent(habit_runs)]],
)
say(
    f"With the ReLU, seed by seed: {cost.mean:+.1%} ({cost.low:+.1%} to {cost.high:+.1%}), which is "
    f"**{verdict(cost)}**."
)

# %% [markdown]
# **What this does not show.** That the habit is harmless: the interval reaches to a loss of several points,
# and lookups in one layer are one task. Nor that it is of use. Whoever copies a line should know what it
# takes away, and can measure the rest in a minute, as here.

# %% [markdown]
# ❓ **Question** [`sixteen_heads`] to this section.
#
# [`sixteen_heads`]: ../exercises/05_multi_head_attention.ipynb#cell-id=question-sixteen_heads

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.5 Which heads matter?
#
# Now a whole model: chapter 8's Transformer, small, translating the toy language of chapter 3. Two
# layers in the encoder, two in the decoder; each decoder layer attends to what has been written (*causal*)
# and to the source (*cross*). Three times two attentions of four heads make 24. We need not know the rest of
# the model yet in order to take heads out of it and watch.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three times two attentions with four heads make 24. Nobody needs to know the whole model yet; we
# take heads out and watch the loss.
#
# **Ask** If you had to bet: do all heads matter alike, and does the costliest stand in the encoder, in the
# causal or in the cross-attention?
#
# **Expect** Few carry much and most carry little. Most people bet on the attention to the source; see where
# the dark cells stand.
#
# **Look out for** Comparing head 2 of one seed with head 2 of another: heads have no order, and which one
# takes which job is chance.

# %%
toy = ToyLanguage()
pairs_of = {
    split: toy.sample(count, seed=seed, split=split)
    for seed, (split, count) in enumerate(
        {
            "train": budget.num_train_sentences,
            "validation": budget.num_test_sentences,
            "test": budget.num_test_sentences,
        }.items()
    )
}
source_tokenizer = WordTokenizer(Vocabulary.from_sentences(pair.source for pair in pairs_of["train"]))
target_tokenizer = WordTokenizer(Vocabulary.from_sentences(pair.target for pair in pairs_of["train"]))
tokenizers = source_tokenizer, target_tokenizer
whole = {}  # a split as one batch, its pairs in the order of the rows
for split_name in ("validation", "test"):
    *whole[split_name], pairs_of[split_name] = whole_batch(pairs_of[split_name], *tokenizers)


# %%
def new_translator():
    sizes = [len(source_tokenizer.vocabulary), len(target_tokenizer.vocabulary)]
    return Transformer(
        *sizes,
        hidden_dim=budget.hidden_dim,
        num_heads=4,
        intermediate_dim=2 * budget.hidden_dim,
        num_layers=budget.num_layers,
        max_sequence_length=64,
    )


def translation_batches(seed):
    return pair_batches(pairs_of["train"], *tokenizers, batch_size=64, shuffle_seed=seed)


translation_data = {
    "steps": math.ceil(budget.num_train_sentences / 64),
    "fit": lambda seed: {"x": translation_batches(seed), "shuffle": False},
}


# %%
def attentions(model):
    """The attentions of a Transformer by name."""
    blocks = {
        "encoder": [block.self_attention for block in model.encoder.blocks],
        "causal": [block.causal_attention for block in model.decoder_blocks],
        "cross": [block.cross_attention for block in model.decoder_blocks],
    }
    return {f"{kind} {i}": one.layer for kind, many in blocks.items() for i, one in enumerate(many, 1)}


def judge(model, split_name="test", is_compiled=True):
    """Loss in nats per word, and the share of next words that are right, padding left out."""
    inputs, labels = whole[split_name]
    logits = model.predict_on_batch(inputs) if is_compiled else model(inputs)
    right = ops.convert_to_numpy(ops.argmax(logits, axis=-1)) == labels
    return float(TokenCrossEntropy()(labels, logits)), float(right[labels != 0].mean())


# %% [markdown]
# For each seed: train; silence one head at a time, and note by how much the loss on the *validation* split
# rises; keep the attention weights on the test split for what follows.

# %%
translator, runs = None, []
for seed in budget.seeds:
    translator, _ = train(
        new_translator,
        translation_data,
        {key: value[:2] for key, value in whole["test"][0].items()},
        f"translator, seed {seed}",
        seed,
        budget.num_epochs,
        budget.learning_rate,
        TokenCrossEntropy(),
        translator,
    )
    before = judge(translator, "validation")[0]
    rises = {}
    for name, attention in attentions(translator).items():
        for head in range(4):
            with silenced(attention, [head]):
                rises[name, head] = judge(translator, "validation")[0] - before
    runs.append({"weights": translator.get_weights(), "rises": rises, "test": judge(translator)})

# %%
names = list(attentions(translator))
all_heads = list(itertools.product(names, range(4)))
losses, accuracies = zip(*(run["test"] for run in runs), strict=True)
say(
    f"{translator.count_params():,} parameters, {budget.num_train_sentences:,} training pairs, "
    f"{budget.num_epochs} epochs: {mean(losses):.3f} nats per word on the test split, next words right: "
    f"{percent(accuracies)}."
)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
panels = {
    f"seed {seed}": np.array([[run["rises"][name, head] for head in range(4)] for name in names])
    for seed, run in zip(budget.seeds, runs, strict=True)
}
figure = signed_heatmap(panels, "head silenced", "", height=3.4)
figure.axes[0].set_yticks(range(len(names)), names)
for axes in figure.axes[1:-1]:
    axes.set_yticks([])
figure.axes[-1].set_ylabel("rise of the loss, nats")
display(figure)

# %%
rises = np.array([[run["rises"][head] for head in all_heads] for run in runs])  # (seeds, 24)
largest = rises.max(axis=1)
small = (rises < 0.1 * largest[:, None]).mean()
by_kind = {
    kind: [rises[row, [name.startswith(kind) for name, _ in all_heads]].max() for row in range(len(runs))]
    for kind in ("encoder", "causal", "cross")
}
say(
    f"Silencing the most important head costs {mean(largest):.2f} nats (mean over seeds); "
    f"**{small:.0%} of all heads cost less than a tenth of that**. The worst loss by kind: "
    + ", ".join(f"{kind} {mean(values):.2f}" for kind, values in by_kind.items())
    + "."
)
claim(small > 0.5, "few heads carry most")

# %% [markdown]
# Columns of different seeds have nothing to do with each other: heads have no order, and which of them takes
# which job is chance. What repeats is the picture: a few heads carry much, most carry little. With the cpu
# budget the costly ones of all three seeds stand in the *first causal* attention, where the decoder looks at
# what it has written. One might have bet on the attention to the source.
#
# ### What do the important ones do?
#
# For the cross-attention we can know, for the toy language has gold alignments. We link every target word to
# the source word that a head gives most weight, and count the error (AER, chapter 3).


# %%
def look(model):
    """The attention weights of a model on the test split by name, each (B, N, T, S)."""
    _, weights = model(whole["test"][0], return_attention_weights=True)
    return {
        f"{kind} {i}": ops.convert_to_numpy(one) for kind in weights for i, one in enumerate(weights[kind], 1)
    }


# %%
rows, agrees = [], 0
for seed, run in zip(budget.seeds, runs, strict=True):
    translator.set_weights(run["weights"])
    run["maps"] = look(translator)
    cross = [head for head in all_heads if head[0].startswith("cross")]
    errors = {
        (name, head): attention_error_rate(run["maps"][name][:, head], pairs_of["test"])
        for name, head in cross
    }
    important, aligner = max(cross, key=run["rises"].get), min(cross, key=errors.get)
    agrees += important == aligner
    cells = [f"{important[0]}, head {important[1]}", f"{run['rises'][important]:.2f}"]
    cells += [f"{errors[important]:.2f}", f"{aligner[0]}, head {aligner[1]}", f"{errors[aligner]:.2f}"]
    rows.append([seed, *cells, f"{np.median(list(errors.values())):.2f}"])
table(
    ["seed", "most important cross head", "costs, nats", "its AER", "best aligned", "its AER", "median AER"],
    rows,
)
say(f"In {agrees} of {len(runs)} runs the cross head that matters most is also the one that aligns best.")

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
chosen = next(index for index, pair in enumerate(pairs_of["test"]) if len(pair.source) == 9)
pair, maps = pairs_of["test"][chosen], runs[-1]["maps"]
layer_name = max(cross, key=runs[-1]["rises"].get)[0]
attention_heatmaps(
    [maps[layer_name][chosen, head, : len(pair.target), : len(pair.source)] for head in range(4)],
    pair.source,
    pair.target,
    [f"{layer_name}, head {head}: +{runs[-1]['rises'][layer_name, head]:.2f} nats" for head in range(4)],
    gold=pair.alignment,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** All four heads of this attention find much the same words. What follows for the loss when one of
# them is silenced? And when all are?
#
# **Expect** One costs little beside the costliest head, perhaps since the others do the same. That all could
# go does not follow: the next section blinds those of both layers together.
#
# **Look out for** Choosing the prettiest map. The layer was chosen because one of its heads costs most among
# the cross heads, the sentence because it is the first of its length.

# %% [markdown]
# In this sentence all four heads of the layer find much the same words. Losing one costs far less than losing
# the costliest head of the model, and still about as much as the whole loss of the intact one (0.08 nats on
# the test split, section 5.7). That all four could go does not follow: section 5.6 blinds the heads of both
# cross-attentions together. And the head that aligns best need not be the one that costs most: reading a map
# and taking a part out answer different questions.
#
# ### How many can go?
#
# A head may look useless only because another does the same. So we take heads out one after the other and
# leave them out: in the order of what they cost alone (found on the validation split), in the opposite order,
# and at random. Next words that are right, on the test split:


# %%
def pruning_curve(order):
    """Loss and accuracy on the test split after 0, 3, 6, … heads of the order are gone."""
    points = []
    for count in range(0, len(order) + 1, 3):
        with contextlib.ExitStack() as stack:
            for name, attention in attentions(translator).items():
                stack.enter_context(silenced(attention, [head for at, head in order[:count] if at == name]))
            points.append(judge(translator))
    return points


pruned = {"least important first": [], "at random": [], "most important first": []}
for seed, run in zip(budget.seeds, runs, strict=True):
    translator.set_weights(run["weights"])
    ascending = sorted(all_heads, key=run["rises"].get)
    shuffled = [all_heads[index] for index in np.random.default_rng(seed).permutation(len(all_heads))]
    for label, order in zip(pruned, (ascending, shuffled, ascending[::-1]), strict=True):
        pruned[label].append(pruning_curve(order))

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
counts = range(0, len(all_heads) + 1, 3)
series = {}
for label, many in pruned.items():
    columns = [[100 * points[k][1] for points in many] for k in range(len(counts))]
    series[label] = (counts, *band(columns, 0, 100))
curves(series, f"heads taken out, of {len(all_heads)}", "next words right, %", title="Without retraining")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cover the curves.
#
# **Ask** Take heads out one after the other. Which order keeps the accuracy longest, and where is the curve
# of random order?
#
# **Expect** Least important first keeps it longest, most important first loses it at once, random lies
# between.
#
# **Look out for** "So one could have trained with half of the heads." What a head is for after training, and
# what it was for on the way, are two questions.

# %%
kept_all = mean(accuracies)
third = {label: mean(points[3][1] for points in many) for label, many in pruned.items()}
say(
    f"All heads: {kept_all:.1%} of next words right. With {counts[3]} of {len(all_heads)} gone, "
    + ", ".join(f"{label}: {accuracy:.1%}" for label, accuracy in third.items())
    + "."
)
least, most = ([points[3][1] for points in pruned[f"{which} important first"]] for which in ("least", "most"))
claim(mean_and_interval(paired(least, most)).low > 0, "the least important heads are missed less")

# %% [markdown]
# Larger models tell the same story. Michel et al. (2019) silenced the heads of a trained English–French
# Transformer one at a time: of 96 in question, 8 changed BLEU significantly, half of these for the
# *better*; a fifth of all heads could go together without notice. Voita et al. (2019) trained gates that
# close heads: 38 of 48 encoder heads of an English–Russian model went at a cost of 0.15 BLEU, and those that
# stayed had recognisable jobs, such as looking at the neighbour, or along syntactic relations.
#
# **What this does not show.** That one could have trained with fewer heads in the first place. What a head
# is for after training and what it was for on the way are two questions. And our model is small, its
# language simple; the share of idle heads is a fact about this pair.

# %% [markdown]
# ❓ **Question** [`silenced_heads`] to this section.
#
# [`silenced_heads`]: ../exercises/05_multi_head_attention.ipynb#cell-id=question-silenced_heads

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.6 Heads as an ensemble: beside Inception
#
# Several views of one input, computed in parallel and laid side by side: pictures were read like that before
# sentences were. An Inception module (Szegedy et al., 2015) runs convolutions with windows of several sizes,
# and a pooling, over the same input, and concatenates what they find.
#
# | | Inception module | multi-head attention |
# |---|---|---|
# | branches | windows 1×1, 3×3, 5×5; pooling | $N$ attentions over all positions |
# | where a branch looks | fixed | depends on content |
# | narrowed in front by | 1×1 convolutions | $W^Q_n, W^K_n, W^V_n$ |
# | joined by | concatenation | concatenation, then $W^O$ |
# | why branches differ | built differently | **only by chance and training** |
#
# The last row is a question. Do the heads of our translators really hold different views? For two maps of
# the same query, the **Jensen–Shannon divergence** is 0 when they are equal, and 1 bit when they have no key
# in common:
#
# $$ \mathrm{JS}(p, q) = H\big(\tfrac{p + q}{2}\big) - \tfrac{1}{2} H(p) - \tfrac{1}{2} H(q), \qquad
# H(p) = -\sum_s p_s \log_2 p_s $$

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Branches of Inception differ because they are built differently. Heads are built alike; only chance
# and training can make them differ. So measure it: 0 bits for equal maps, 1 bit for maps with no key in
# common.
#
# **Ask** How far apart are the heads of a network that has not been trained?
#
# **Expect** Not at zero: random projections already give different maps. So the number after training must be
# read beside the number before.
#
# **Look out for** "Heads are an ensemble." Members of an ensemble are trained apart, and each could do the
# job alone.


# %% {"slideshow": {"slide_type": "fragment"}}
def entropy_bits(weights):
    return -np.sum(weights * np.log2(np.maximum(weights, 1e-30)), axis=-1)


def divergence(weights, is_query):
    """Mean divergence in bits of all pairs of heads: (B, N, T, S) and the real queries (B, T)."""
    pairs = itertools.combinations(range(weights.shape[1]), 2)
    values = [
        entropy_bits((weights[:, i] + weights[:, j]) / 2)
        - (entropy_bits(weights[:, i]) + entropy_bits(weights[:, j])) / 2
        for i, j in pairs
    ]
    return float(np.mean([value[is_query] for value in values]))


# %%
inputs, _ = whole["test"]
queries_of = {"encoder": inputs["source_padding_mask"], "causal": inputs["target_padding_mask"]}
queries_of["cross"] = queries_of["causal"]
set_seed(budget.seeds[0])
untrained = new_translator()
untrained_maps = look(untrained)
rows, by_chance, learned = [], {}, {}
for name in names:
    is_query = queries_of[name.split()[0]]
    values = [divergence(run["maps"][name], is_query) for run in runs]
    by_chance[name], learned[name] = divergence(untrained_maps[name], is_query), mean(values)
    rows.append([name, f"{by_chance[name]:.2f}", with_interval(values, ".2f", 0)])
table(["attention", "untrained, bits", "trained, bits"], rows)
say(
    f"Chance alone keeps heads {mean(by_chance.values()):.2f} bits apart, training "
    f"{mean(learned.values()):.2f}, on average over attentions."
)
claim(mean(learned.values()) > mean(by_chance.values()), "training sets heads further apart")

# %% [markdown]
# Do the different views matter? Three experiments on the trained models, nothing being retrained: all heads
# of an attention use the **average** of their maps; every head uses the map of its **neighbour**; every head
# looks at **everything alike**. In all three cases each head keeps its own values.


# %%
def attend_otherwise(attention, change, query, prepared, mask=None, use_causal_mask=False, **options):
    """As `attention.attend`, with the weights (B, N, T, S) changed on the way."""
    key, value = prepared
    width = attention.num_heads * attention.key_dim
    query = attention.project(query, attention.query_kernel, attention.query_bias, width)
    query = layers.split_heads(query, attention.num_heads)
    if use_causal_mask:
        mask = layers.combine_masks(mask, layers.causal_mask(query.shape[2])[None])
    _, weights = layers.scaled_dot_product_attention(query, key, value, mask)
    context = layers.merge_heads(ops.matmul(change(weights, mask), value))
    width = attention.output_kernel.shape[-1]
    return attention.project(context, attention.output_kernel, attention.output_bias, width)


@contextlib.contextmanager
def changed_maps(model, kind, change):
    """Changes the maps of all attentions of one kind for a while."""
    changed = [attention for name, attention in attentions(model).items() if name.startswith(kind)]
    for attention in changed:
        attention.attend = partial(attend_otherwise, attention, change)
    yield
    for attention in changed:
        del attention.attend


# %%
def averaged(weights, mask):
    return ops.repeat(ops.mean(weights, axis=1, keepdims=True), weights.shape[1], axis=1)


def of_the_neighbour(weights, mask):
    return ops.roll(weights, 1, axis=1)


def even(weights, mask):
    return layers.masked_softmax(ops.zeros_like(weights), mask)


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
changes = {
    "as trained": lambda weights, mask: weights,
    "average of the heads": averaged,
    "map of the neighbour": of_the_neighbour,
    "everything alike": even,
}
shares = {(kind, label): [] for kind in queries_of for label in changes}
for run in runs:
    translator.set_weights(run["weights"])
    for kind, label in shares:
        with changed_maps(translator, kind, changes[label]):
            shares[kind, label].append(judge(translator, is_compiled=False)[1])
rows = [[label, *(percent(shares[kind, label]) for kind in queries_of)] for label in changes]
table(["next words right when maps are", *(f"changed in: {kind}" for kind in queries_of)], rows)
for kind in queries_of:
    assert np.allclose(shares[kind, "as trained"], accuracies, atol=2e-3)
with_average = shares["cross", "average of the heads"]
lost = mean_and_interval(paired(accuracies, with_average))
claim(lost.low > 0, "averaging the heads costs accuracy")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cover the table below its first row.
#
# **Ask** Give every head the average map of its attention; it keeps its own values. In which of the three
# attentions will that hurt most?
#
# **Expect** Where the heads do different work. See the first row below "as trained": the causal attention
# loses most, the others little.
#
# **Look out for** Concluding from a large divergence that the views matter: the attention whose heads differ
# most need not be the one that averaging hurts most.

# %%
hurt = {kind: kept_all - mean(shares[kind, "average of the heads"]) for kind in queries_of}
say(
    "Averaging the maps makes one head, with a wide value, out of four. It costs "
    + ", ".join(f"{100 * loss:.1f} points ({kind})" for kind, loss in hurt.items())
    + f" of accuracy, most in *{max(hurt, key=hurt.get)}*."
)

# %% [markdown]
# (The column *untrained* is one draw and has no interval. In which attention the heads differ *most* is not
# told apart: the two causal ones and the second one of the encoder lie close together. In the encoder
# averaging costs little all the same.)
#
# **What this does not show.** An ensemble in the usual sense is made of models trained apart, and its members
# are averaged; each of them could do the job alone. Heads are trained together, from the first step on, to
# make up for each other. None of them had to learn to do it alone, and where averaging hurts, their average
# is not what any of them learned. Branches of Inception are the better comparison: parts of one model, with a
# division of labour.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.7 Masks: who may look at whom
#
# Two kinds are all the Transformer needs, and `True` means *may be attended to* in both:
#
# $$ \text{padding}_{bs} = (x_{bs} \ne 0) \qquad \text{causal}_{ts} = (s \le t) \qquad
# \text{mask}_{bts} = \text{padding}_{bs} \wedge \text{causal}_{ts} $$
#
# | attention | mask | shape that broadcasts to $(B, N, T, S)$ |
# |---|---|---|
# | encoder | padding of the source | $(B, 1, 1, S)$ |
# | decoder, causal | padding of the target **and** causal | $(B, 1, T, T)$ |
# | decoder, cross | padding of the **source** | $(B, 1, 1, S)$ |
#
# A padding mask is about *keys*, so in cross-attention it belongs to the source, though the target asks. And
# two masks are joined by **and**: each has a veto.
#
# (Where padding stands *behind* the words, the causal mask hides it from every word already, and chapter 8
# leaves the target's padding mask out. With padding in front it is needed.)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two kinds of mask, joined by *and*: each has a veto. A padding mask is about keys, and so the same
# for every query.
#
# **Ask** Draw the mask of a sentence of five words padded to eight, in a decoder. Which rows are left for
# queries that are padding?
#
# **Expect** The lower triangle with the last three columns cut off. The rows of padding queries are not
# empty: they see the words, and nobody reads what comes out. An empty row would be zero divided by zero.
#
# **Look out for** `decoder_masks.padding_on_queries`
#
# `decoder_masks.or_for_and`
#
# `causal_mask.own_position_hidden`


# %% {"slideshow": {"slide_type": "fragment"}}
def causal(length):
    """(1, T, T): query t sees the keys s ≤ t."""
    positions = ops.arange(length)
    return (positions[None, :] <= positions[:, None])[None]


def real(token_ids):
    """(B, 1, S): the same keys are real for every query."""
    return ops.not_equal(token_ids, 0)[:, None, :]


sentence = ["my", "cat", "slept", "slowly"]
token_ids = np.zeros((1, 7), "int32")
token_ids[0, :4] = source_tokenizer.encode(" ".join(sentence))[:4]
both = ops.logical_and(causal(7), real(token_ids))
names_shown = [*sentence, *["[PAD]"] * 3]
display(mask_image(ops.convert_to_numpy(both)[0], names_shown, names_shown, title="causal and padding"))
theirs = layers.combine_masks(layers.causal_mask(7), layers.padding_mask(token_ids)[:, None, :])
assert bool(ops.all(theirs == both))

# %% [markdown]
# (These masks have no axis for heads yet. The library's layer puts it in; for section 5.2's function it must
# be added by hand, `mask[:, None]`.) The three lowest rows are queries that nobody will read: their outputs
# are computed and ignored. They are *not* hidden, and for good reason: a row with nothing to attend to is a
# division of zero by zero. Where such rows cannot be avoided, say with padding on the **left** under a causal
# mask, `masked_softmax` gives zeros. A plain softmax over scores that are all equally low gives even shares,
# and over $-\infty$ alone NaN:

# %%
left = ops.array([[0, 0, 7]])  # padding first: queries 0 and 1 see nothing
hidden = ops.logical_and(causal(3), real(left))[0]  # (T, S)
scores = ops.zeros((3, 3))
ways = {
    "`masked_softmax`": layers.masked_softmax(scores, hidden),
    "softmax, hidden at −10⁹": ops.softmax(ops.where(hidden, scores, -1e9)),
    "softmax, hidden at −∞": ops.softmax(ops.where(hidden, scores, -math.inf)),
}
rows = [
    [way, *(", ".join(f"{share:.2f}" for share in row) for row in ops.convert_to_numpy(shares))]
    for way, shares in ways.items()
]
table(["", "query 0, padding", "query 1, padding", "query 2, a word"], rows)
assert float(ops.sum(ways["`masked_softmax`"][:2])) == 0
assert np.isnan(ops.convert_to_numpy(ways["softmax, hidden at −∞"])[0]).all()

# %% [markdown]
# ### Pitfall: which way is up?
#
# | `True` or 1 means: may be seen | `True` or 1 means: must **not** be seen |
# |---|---|
# | Keras, `attention_mask` and `padding_mask` | PyTorch, `key_padding_mask` of `nn.MultiheadAttention` |
# | PyTorch, `scaled_dot_product_attention` | TensorFlow's Transformer tutorial of 2019 |
# | *The Annotated Transformer* | |
#
# Two of the best-known tutorials have it the opposite way round, and so do two functions of one library. Copy
# a mask from one and an attention from the other: nothing raises. What it does to our translator, the last
# one trained, on the test split:

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
inputs, labels = whole["test"]
polarities = {
    "right": inputs,
    "upside down": {**inputs, "source_padding_mask": ~inputs["source_padding_mask"]},
    "left out": {**inputs, "source_padding_mask": np.ones_like(inputs["source_padding_mask"])},
}
rows, by_polarity = [], {}
for label, given in polarities.items():
    logits = translator(given)
    right = ops.convert_to_numpy(ops.argmax(logits, axis=-1)) == labels
    by_polarity[label] = float(TokenCrossEntropy()(labels, logits))
    rows.append([label, f"{by_polarity[label]:.2f}", f"{right[labels != 0].mean():.0%}"])
table(["padding mask of the source", "nats per word", "next words right"], rows)
for label in ("upside down", "left out"):
    claim(by_polarity["right"] < by_polarity[label], f"a mask that is {label} costs likelihood")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two of the best-known tutorials have it the opposite way round. Copy a mask from one and an
# attention from another: nothing raises. Cover the table.
#
# **Ask** Which is worse for a translator: the padding mask of the source upside down, or none?
#
# **Expect** Upside down: it then sees padding alone, and translates blindly. Without a mask it loses a
# little.
#
# **Look out for** `decoder_masks.padding_inverted`
#
# `causal_mask.one_too_many`

# %% [markdown]
# → *Exercises* [`causal_mask`] (for queries that begin anywhere), [`decoder_masks`].
#
# [`causal_mask`]: ../exercises/05_multi_head_attention.ipynb#cell-id=causal_mask
# [`decoder_masks`]: ../exercises/05_multi_head_attention.ipynb#cell-id=decoder_masks

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.8 The 100 % trap
#
# A language model predicts each next word from those before it. In training all its inputs lie on the table
# at once, and the answer to every question is the next input: *only the mask* keeps the model from copying
# it. Take the mask away, and training shows the success story one always hoped for. People run into this
# again and again, in code that was read by many: a one-layer model with
# [98 % accuracy on Multi30k](https://github.com/jadore801120/attention-is-all-you-need-pytorch/issues/19)
# whose translations were nonsense; a library's ready-made causal mask that was
# [flipped](https://github.com/pytorch/pytorch/issues/29546); a number for hidden scores that was
# [not low enough](https://github.com/karpathy/minGPT/issues/75), so that training found its way below it.
#
# The toy language lets us call the bluff with arithmetic. We know the probability of every sentence, so we
# know the **floor**: the loss that nobody can beat, but by luck, who does not see the answer. Here is a small
# causal Transformer, which is handed its mask, a table of who may look where:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** In training all inputs lie on the table, and the answer to every question is the next input. Only
# the mask keeps the model from copying it. In the toy language we know the floor that nobody can beat without
# seeing the answer.
#
# **Expect** The table, next: three of the four are nearly perfect on sentences that they have never seen, and
# cannot write a single one.
#
# **Look out for** `causal_mask.one_too_many`
#
# "The validation split would show it." It does not: its answers lie on the table, too.


# %%
LONGEST = 64


def diagonals(highest, lowest=-LONGEST):
    """Who may look where: key s from query t if lowest ≤ s - t ≤ highest. Booleans (64, 64)."""
    distance = np.arange(LONGEST)[None, :] - np.arange(LONGEST)[:, None]  # how far a key lies ahead
    return (lowest <= distance) & (distance <= highest)


# %%
class LanguageModel(keras.Model):
    """Two encoder blocks in which each position sees real tokens where `allowed` is True."""

    def __init__(self, allowed, norm=None):
        super().__init__()
        width, size = budget.hidden_dim, len(source_tokenizer.vocabulary)
        self.embedding = keras.layers.Embedding(size, width)
        self.positions = layers.SinusoidalPositions(LONGEST)
        self.encoder = layers.TransformerEncoder(2, width, num_heads=4, intermediate_dim=2 * width)
        self.encoder.norm = norm or self.encoder.norm
        self.read_out = keras.layers.Dense(size)
        # A weight that is not trained: models with different masks can share one compiled program.
        self.allowed = self.add_weight(name="allowed", shape=allowed.shape, trainable=False)
        self.allowed.assign(allowed)

    def embed(self, token_ids):
        return self.positions(self.embedding(token_ids) * math.sqrt(budget.hidden_dim))

    def mask(self, token_ids):
        """(B, T, T)"""
        length = ops.shape(token_ids)[1]
        allowed = ops.cast(self.allowed, "bool")[None, :length, :length]
        return ops.logical_and(allowed, ops.not_equal(token_ids, 0)[:, None, :])

    def read(self, vectors, mask):
        """Vectors (B, T, D) and a mask (B, T, T) → logits (B, T, V)."""
        return self.read_out(self.encoder(vectors, attention_mask=mask))

    def call(self, token_ids):
        return self.read(self.embed(token_ids), self.mask(token_ids))


# %%
class Texts(LanguageModelBatches):
    """Inputs START w₁ … wₙ and labels w₁ … wₙ END, (B, T) each; or, by mistake, the inputs for labels."""

    is_shifted = True

    def build(self, indices, widths):
        inputs, labels = super().build(indices, widths)
        return inputs["token_ids"], labels if self.is_shifted else inputs["token_ids"]


def as_texts(split_name, batch_size, seed=None, is_shifted=True):
    """The source sentences of a split, batched by length."""
    sentences = source_tokenizer.encode_batch([" ".join(pair.source) for pair in pairs_of[split_name]])
    ends = source_tokenizer.vocabulary.start_id, source_tokenizer.vocabulary.end_id
    texts = Texts(sentences, start_id=ends[0], end_id=ends[1], batch_size=batch_size, shuffle_seed=seed)
    texts.is_shifted = is_shifted
    return texts


text = {split_name: as_texts(split_name, len(pairs))[0] for split_name, pairs in pairs_of.items()}
floor = toy.floor(pairs_of["test"])
say(f"The floor of the {len(pairs_of['test'])} test sentences: **{floor:.3f}** nats per token.")

# %% [markdown]
# Four models, equal but for one detail each. The fourth has the right mask, and was given wrong labels: not
# shifted by one, so that input and label are the same word.
#
# > **Predict**: which accuracies will the four show in training and on unseen sentences? Which of the four
# > can write a sentence?

# %%
systems = {
    "right": {"allowed": diagonals(0)},
    "no causal mask": {"allowed": diagonals(LONGEST)},
    "off by one": {"allowed": diagonals(1)},
    "labels not shifted": {"allowed": diagonals(0), "is_shifted": False},
}


def train_language_model(label, seed, model=None):
    is_shifted = systems[label].get("is_shifted", True)
    data = {
        "steps": math.ceil(budget.num_train_sentences / 64),
        "fit": lambda seed: {"x": as_texts("train", 64, seed, is_shifted), "shuffle": False},
    }
    make, sample = partial(LanguageModel, systems[label]["allowed"]), text["train"][0][:2]
    epochs, rate, loss = budget.num_language_model_epochs, budget.learning_rate, TokenCrossEntropy()
    return train(make, data, sample, f"{label}, seed {seed}", seed, epochs, rate, loss, model)[0]


# %%
def forced(model, label, split_name, count=None):
    """Loss and accuracy with the right words fed in, padding left out; on about `count` sentences."""
    step = max(1, len(text[split_name][0]) // count) if count else 1  # sentences stand in order of length
    inputs, labels = (part[::step] for part in text[split_name])
    labels = labels if systems[label].get("is_shifted", True) else inputs
    logits = model.predict_on_batch(inputs)
    right = logits.argmax(axis=-1) == labels
    return float(TokenCrossEntropy()(labels, logits)), float(right[labels != 0].mean())


def write(model, count, seed=0):
    """Sentences drawn from the model word by word, as lists of words."""
    generator, vocabulary = np.random.default_rng(seed), source_tokenizer.vocabulary
    token_ids = np.zeros((count, 32), "int32")
    token_ids[:, 0] = vocabulary.start_id
    for t in range(31):
        logits = model.predict_on_batch(token_ids)[:, t]
        token_ids[:, t + 1] = (logits + generator.gumbel(size=logits.shape)).argmax(axis=-1)
    return [source_tokenizer.decode(row[1:]).split() for row in token_ids.tolist()]


def is_sentence(words):
    try:
        toy.translate(words)
    except ValueError:
        return False
    return True


# %%
language_model, language_runs = None, {label: [] for label in systems}
for seed in budget.seeds:
    for label in systems:
        language_model = train_language_model(label, seed, language_model)
        written = write(language_model, budget.num_written, seed)
        run = {
            "train": forced(language_model, label, "train", budget.num_test_sentences)[1],
            "validation": forced(language_model, label, "validation")[1],
            "loss": forced(language_model, label, "test")[0],
            "sentences": mean(map(is_sentence, written)),
            "written": written,
            "weights": language_model.get_weights(),
        }
        language_runs[label].append(run)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
rows = []
for label, many in language_runs.items():
    losses = [run["loss"] for run in many]
    below = "**below the floor**" if max(losses) < floor else "above"
    shown_columns = [percent([run[key] for run in many]) for key in ("train", "validation", "sentences")]
    rows.append([f"**{label}**", *shown_columns[:2], f"{mean(losses):.3f}", below, shown_columns[2]])
header = ["", "accuracy, training", "accuracy, validation", "test loss, nats", f"floor {floor:.3f}"]
table([*header, "written sentences that are sentences"], rows)

# %%
for label in systems:
    print(f"{label:20}", " ".join(language_runs[label][-1]["written"][0][:16]) or "(nothing)")
honest = [run["loss"] for run in language_runs["right"]]
assert min(honest) > floor
for label in ("no causal mask", "off by one", "labels not shifted"):
    for run in language_runs[label]:
        claim(run["validation"] > 0.98 and run["loss"] < floor, f"{label}: too good to be true")
    written = ([run["sentences"] for run in language_runs[name]] for name in ("right", label))
    claim(mean_and_interval(paired(*written)).low > 0, f"{label} writes fewer sentences")

# %% [markdown]
# Three of four are (nearly) perfect on sentences they have never seen, and none of the three can write. The
# validation split does not help: *its* answers lie on the table, too. Nor does any amount of regularisation,
# for nothing was learned by heart. What gives them away:
#
# * they are **too good**. No model of this language can be far below the floor, and where it is not known,
#   an accuracy near 100 % on the next word should make you no less suspicious;
# * they **fail when they run on their own**, where the future is not there to be copied.
#
# Both come late, after training. There is an earlier test.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.9 The test that catches it
#
# **Claim.** Output $t$ of a causal model is a function of the inputs up to $t$. So *change the inputs after
# $t$, and output $t$ must stay as it was*, to the last digit or nearly. The test needs no trained model and
# no data. In one batch, row $t$ holds the sentence with everything after $t$ replaced:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The test needs no data and no trained model: change the inputs after $t$, and output $t$ must stay
# as it was.
#
# **Ask** The model whose labels were not shifted also reached 100 %. Will this test find it?
#
# **Expect** No, and rightly: it does not see the future; its question is wrong. Letting the model write finds
# it.
#
# **Look out for** `sees_future.own_input_changed`
#
# `sees_future.only_next_changed`
#
# A leak need not be in a mask: a normalisation over time carries news from the future as well.


# %% {"slideshow": {"slide_type": "fragment"}}
def future_effect(model, length=9, seed=0):
    """How much output t changes when the inputs after t do, for t = 0 … length - 2."""
    generator = np.random.default_rng(seed)
    first, second = generator.integers(4, len(source_tokenizer.vocabulary), (2, length))
    is_after = np.arange(length)[None, :] > np.arange(length)[:, None]  # (t, s)
    changed = np.where(is_after, second, first).astype("int32")  # row t: changed after t
    before = ops.convert_to_numpy(model(first[None].astype("int32")))[0]  # (T, V)
    after = ops.convert_to_numpy(model(changed))[np.arange(length), np.arange(length)]  # (T, V)
    return np.abs(after - before).max(axis=-1)[:-1]


def influence(model, token_ids):
    """Size of the derivative of output t, projected at random, by input s: (T, S)."""
    vectors, mask = model.embed(token_ids), model.mask(token_ids)
    direction = keras.random.normal((len(source_tokenizer.vocabulary),), seed=0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(vectors)
        projected = ops.matmul(model.read(vectors, mask), direction[:, None])[0, :, 0]  # (T,)
    return np.linalg.norm(
        tape.jacobian(projected, vectors, experimental_use_pfor=False).numpy()[:, 0], axis=-1
    )


# %%
candidates = {
    "right": LanguageModel(diagonals(0)),
    "no causal mask": LanguageModel(diagonals(LONGEST)),
    "off by one": LanguageModel(diagonals(1)),
    "upper triangle for lower": LanguageModel(diagonals(LONGEST, 0)),
    "normalised over time": LanguageModel(diagonals(0), norm=keras.layers.LayerNormalization(axis=1)),
    "sees the past only": LanguageModel(diagonals(-1)),
}
rows = []
for label, model in candidates.items():
    effect = future_effect(model)
    says = "LEAKS" if effect.max() > 1e-4 else "passes"
    rows.append([label, f"{effect.max():.1e}", f"{(effect > 1e-4).sum()} of {len(effect)}", f"**{says}**"])
    assert (says == "passes") == (label in ("right", "sees the past only"))
table(["untrained model", "largest change of an output", "outputs that change", "the test says"], rows)

# %% [markdown]
# The fifth is a leak with a perfect mask: a normalisation that takes mean and variance over *time* carries
# news from the future (a [reader found it](https://github.com/MorvanZhou/NLP-Tutorials/issues/10) in a
# tutorial, with a test like this one). The sixth leaks nothing and is wrong all the same: it sees one too
# few. For the first word it has nothing to attend to, and since each block adds what attention brings to the
# word's own vector (chapter 7's residual path), nothing looks broken.
#
# The same as a picture, from derivatives: row $t$ is output $t$, column $s$ input $s$. A causal model is dark
# above the diagonal.

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
sentence = ["the", "girl", "saw", "my", "old", "cat"]
token_ids = np.array([source_tokenizer.encode(" ".join(sentence))[: len(sentence)]], "int32")
pictures = {}
for label in ("right", "off by one", "no causal mask", "normalised over time"):
    if label == "normalised over time":
        candidates[label] = LanguageModel(diagonals(0), norm=keras.layers.LayerNormalization(axis=1))
    sizes = influence(candidates[label], token_ids)
    pictures[label] = sizes / sizes.max()
figure = attention_heatmaps(list(pictures.values()), sentence, sentence, list(pictures))
figure.axes[-1].set_ylabel("influence, largest = 1")
display(figure)
assert np.triu(pictures["right"], 1).max() == 0
assert np.triu(pictures["off by one"], 3).max() == 0 < np.diagonal(pictures["off by one"], 2).max()

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** The mask is off by one, and the model has two layers. How far ahead does output $t$ see?
#
# **Expect** Two positions: each layer adds one. In a deep model a slip of one shows the whole sentence.
#
# **Look out for** Testing the next position only: a leak further ahead goes unseen.

# %% [markdown]
# Off by one, and influence reaches *two* steps ahead: each of the two layers adds one. In a deep model a slip
# of one shows the whole sentence.
#
# And the labels that were not shifted? That model passes, rightly: it does not see the future, its *question*
# is wrong. **The test of the future does not find every mistake**; what comes after training finds this one:

# %%
rows = []
for label, many in language_runs.items():
    language_model.set_weights(many[-1]["weights"])
    effect = future_effect(language_model).max()
    rows.append(
        [
            f"**{label}**",
            "finds it" if effect > 1e-3 else "silent",
            "finds it" if max(run["loss"] for run in many) < floor else "silent",
            percent([run["sentences"] for run in many]),
        ]
    )
table(["trained model", "change the future", "loss below the floor", "sentences it writes"], rows)

# %% [markdown]
# The first test is the one to write before you train: it runs in a moment and belongs in every test suite.
# Letting the model generate is the one to make before you believe.
#
# → *Exercise* [`sees_future`].
#
# [`sees_future`]: ../exercises/05_multi_head_attention.ipynb#cell-id=sees_future

# %% [markdown]
# ❓ **Question** [`silent_test`] to this section.
#
# [`silent_test`]: ../exercises/05_multi_head_attention.ipynb#cell-id=question-silent_test

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.10 Padding in the accuracy
#
# The third way to 100 % needs no leak. Train and measure like any classifier, with Keras's own loss and its
# `accuracy`, and padding counts as a word: one that is always right, once the model has learned that after
# the end comes nothing. The wider the batch, the better the model.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The third way to 100 % needs no leak: padding counts as a word that is always right.
#
# **Ask** The same predictions in a batch twice as wide. What happens to the accuracy if padding counts?
#
# **Expect** It rises, though no word is better: more of the positions are padding. Loss falls likewise.
#
# **Look out for** Comparing two systems of which one counts padding: that compares their batches.

# %% {"slideshow": {"slide_type": "fragment"}}
data = {
    "steps": math.ceil(budget.num_train_sentences / 64),
    "fit": lambda seed: {"x": text["train"][0], "y": text["train"][1], "batch_size": 64},
}
plain, _ = train(
    partial(LanguageModel, diagonals(0)),
    data,
    text["train"][0][:2],
    "padding counted",
    budget.seeds[0],
    math.ceil(budget.num_language_model_epochs / 2),
    budget.learning_rate,
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
inputs, labels = text["test"]
widths = [labels.shape[1], 40, 48, LONGEST]
shares = {"padding counted": [], "words alone": []}
for width in widths:
    wider = [np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in (inputs, labels)]
    right = ops.convert_to_numpy(ops.argmax(plain(wider[0]), axis=-1)) == wider[1]
    shares["padding counted"].append(100 * right.mean())
    shares["words alone"].append(100 * right[wider[1] != 0].mean())
curves(
    {label: (widths, values) for label, values in shares.items()},
    "width that the sentences are padded to",
    "accuracy, %",
    title="One model, one test split, two ways to count",
)

# %%
alone, counted = shares["words alone"], shares["padding counted"]
say(
    f"The same predictions are **{alone[0]:.0f} %** right counting words alone, and counting everything "
    f"**{counted[0]:.0f} %** at width {widths[0]}, **{counted[-1]:.0f} %** at width {widths[-1]}, where "
    f"{100 * (wider[1] == 0).mean():.0f} % of all positions are padding. Comparing two systems of which one "
    "counts padding is comparing their batches."
)
assert np.ptp(alone) < 0.5
claim(counted[-1] > alone[-1] + 10, "counting padding flatters")

# %% [markdown]
# `TokenCrossEntropy` and `TokenAccuracy` of this course leave padding out, of the sum *and* of the count.
# Leaving it out of the sum alone is no better: with every zero appended the loss shrinks, and accuracy with
# it.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 5.11 Summary
#
# * One attention hands out one average per query. Many heads are many averages, kept apart: attentions of
#   rank $K = D / N$, computed at once, summed by the output projection. Splitting and merging are a reshape
#   and a swap; a reshape alone mixes positions.
# * At equal parameters, too few heads cannot ask enough questions, and more heads have less room each.
# * In a trained model few heads carry most: in our three runs they stand in the first causal attention, and
#   which head of it, is chance. Chance already sets views apart; training
#   sets them further apart in some attentions and not in others, and averaging hurts most in the causal ones.
# * Masks: `True` means may be seen; joined by *and*; a padding mask is about keys. Other code has the
#   opposite convention.
# * 100 % is a symptom. Change the future and watch the past, before training; look at the floor, and let the
#   model generate, after it. Never count padding.
#
# ## Exercises
#
# In [`exercises/05_multi_head_attention.ipynb`](../exercises/05_multi_head_attention.ipynb), judged by what
# they compute:
#
# | exercise | after section |
# |---|---|
# | [`split_heads`], [`merge_heads`] | 5.3 |
# | [`MultiHeadAttention`] | 5.3 |
# | [`causal_mask`], [`decoder_masks`] | 5.7 |
# | [`sees_future`] | 5.9 |
#
# To think about, without a judge:
#
# 1. Let all heads share one pair of key and value projections (Shazeer, 2019). What is lost in section 5.4?
# 2. In section 5.5, retrain for one epoch after each head that goes. How far does the curve move?
# 3. Which tests of section 5.9 find a split made by a reshape alone, and which if the merge is made so, too?
#    Put both into `LanguageModel`.
# 4. Hide scores with −10 instead of −10⁹. Train for long. What does the loss do? (See the third link in 5.8.)
#
# ## Further reading
#
# * A. Vaswani et al., *Attention is all you need*, NeurIPS 2017,
#   [arXiv:1706.03762](https://arxiv.org/abs/1706.03762). Section 3.2.2, and table 3, rows (A).
# * P. Michel, O. Levy, G. Neubig, *Are sixteen heads really better than one?*, NeurIPS 2019,
#   [arXiv:1905.10650](https://arxiv.org/abs/1905.10650).
# * E. Voita et al., *Analyzing multi-head self-attention: specialized heads do the heavy lifting, the rest
#   can be pruned*, ACL 2019, [arXiv:1905.09418](https://arxiv.org/abs/1905.09418).
# * C. Szegedy et al., *Going deeper with convolutions*, CVPR 2015,
#   [arXiv:1409.4842](https://arxiv.org/abs/1409.4842).
# * N. Shazeer, *Fast Transformer decoding: one write-head is all you need*, 2019,
#   [arXiv:1911.02150](https://arxiv.org/abs/1911.02150).
#
# Everything here treated a sentence as a bag, but for the mask, and for the positions that the translator and
# `LanguageModel` added without a word. Chapter 6 has the word.
#
# [`split_heads`]: ../exercises/05_multi_head_attention.ipynb#cell-id=split_heads
# [`merge_heads`]: ../exercises/05_multi_head_attention.ipynb#cell-id=merge_heads
# [`MultiHeadAttention`]: ../exercises/05_multi_head_attention.ipynb#cell-id=MultiHeadAttention
# [`causal_mask`]: ../exercises/05_multi_head_attention.ipynb#cell-id=causal_mask
# [`decoder_masks`]: ../exercises/05_multi_head_attention.ipynb#cell-id=decoder_masks
# [`sees_future`]: ../exercises/05_multi_head_attention.ipynb#cell-id=sees_future

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the points and let the audience say which measurement stands behind each.
#
# **Ask** A colleague reports 99 % on the next word. Which three questions do you ask?
#
# **Expect** Is the loss below a floor that can be known? Does output $t$ change with inputs after $t$? Was
# padding counted? And let the model write.
#
# **Look out for** Leaving with "100 % is good". Here it is a symptom.
