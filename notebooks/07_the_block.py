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
# # 7 · The block
#
# **Attention mixes positions. Why is that not enough, and what does everything around it do?**
#
# A Transformer is a stack of one block, repeated: attention, a small network applied at every position,
# around each of them a residual path, and somewhere a normalisation. The parts look like seasoning. Take the
# residual path or the normalisation out, and a deep stack learns less or nothing. In this chapter
# you take them out one by one and measure what breaks: outputs that cannot leave the middle, positions that
# become one and the same, gradients that do not arrive, sentences of a batch that leak into each other. Then
# you decide for yourself where the normalisation belongs.
#
# **About 80 minutes** to read and run, an hour and a half more with the exercises in
# [`exercises/07_the_block.ipynb`](../exercises/07_the_block.ipynb). The cells themselves take some minutes
# on two CPU cores.
#
# **Prerequisites:** chapters 4 to 6 (self-attention, heads, masks, positions), the idea of a gradient.
#
# **You will be able to**
#
# * say what an average cannot do, and what the position-wise network adds;
# * show why stacked attention loses rank, and which part of the block prevents it;
# * write layer and batch normalisation by hand, and say why sentences are normalised by the first;
# * place the normalisation before or after the residual sum, and know what each costs in deep stacks;
# * look at a loss surface on a filter-normalised plane without believing too much of it.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** A block holds attention, a network, sums and normalisations. Which one would you leave out first,
# and what would break?
#
# **Expect** Any answer; write them down. The chapter takes out one part after the other, and each breaks
# something of its own.
#
# **Look out for** "The network is a detail after attention." It holds two thirds of the weights.

# %%
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
from collections import Counter, defaultdict
from functools import cache
from statistics import mean
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from course_lib import layers
from course_lib.chapters import (
    chapter_budget,
    claim,
    mean_and_interval,
    paired,
    say,
    table,
    verdict,
    with_interval,
)
from course_lib.data import ToyLanguage
from course_lib.evaluation import filter_normalised_direction, loss_surface
from course_lib.plots import convex_hulls, curves, loss_surfaces
from course_lib.training import set_seed

# %%
budget = chapter_budget("07_the_block")
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.1 The block, part by part
#
# $$ a = x + \mathrm{attention}(\mathrm{norm}(x)) \qquad\qquad y = a + \mathrm{network}(\mathrm{norm}(a)) $$
#
# | part | shape | what it does | section |
# |---|---|---|---|
# | attention | $(B, T, D) \to (B, T, D)$ | moves information between positions | chapters 4, 5 |
# | network | $(B, T, D) \to (B, T, F) \to (B, T, D)$ | computes, at each position by itself | 7.2, 7.3 |
# | residual path | $x + \dots$ | lets what came in pass by | 7.3, 7.4 |
# | normalisation | $(B, T, D) \to (B, T, D)$ | brings vectors to one size | 7.4, 7.5 |
# | *its place* | before the part, or after the sum | | 7.6 to 7.8 |
#
# The network is two matrices with a bend between them, the same two at every position:
#
# $$ \mathrm{network}(x_t) = \max(0,\; x_t W_1 + b_1)\, W_2 + b_2, \qquad W_1: (D, F),\ W_2: (F, D), $$
#
# $F$ being the inner width, in the paper four times $D$, here twice.
#
# To take parts out we need a block that comes apart. Here it is as functions, from weights and inputs to
# outputs. Everything has one axis more than you expect, $R$: several **runs** (seeds, learning rates) side
# by side, each with weights of its own. A stack of narrow blocks is a long row of small operations; several
# runs side by side make them larger, not more, and a comparison needs several. $M = B \cdot T$ counts
# positions.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two parts, each in a residual path, each with a normalisation. Attention moves information between
# positions; the network computes at each position by itself.
#
# **Ask** Width $D$, inner width $4 D$, without biases: how many weights has attention, and how many the
# network?
#
# **Expect** $4 D^2$ and $8 D^2$: the part with the least famous name is twice as large.
#
# **Look out for** `position_wise_network.positions_mixed`


# %% {"slideshow": {"slide_type": "fragment"}}
HEADS = 2


def attention(x, w, mask):
    """Self-attention inside each sentence: (R, M, D), mask (R·B, T) → (R, M, D)."""
    sentences = (-1, mask.shape[-1], x.shape[-1])  # (R·B, T, D)
    projected = (ops.reshape(ops.matmul(x, w[name]), sentences) for name in ("query", "key", "value"))
    heads = (layers.split_heads(one, HEADS) for one in projected)
    context, _ = layers.scaled_dot_product_attention(*heads, mask[:, None, None, :])
    return ops.matmul(ops.reshape(layers.merge_heads(context), x.shape), w["output"])


def network(x, w, mask):
    """The same two matrices at every position: (R, M, D) → (R, M, D)."""
    inner = ops.relu(ops.matmul(x, w["expand"]) + w["expand_bias"][:, None])  # (R, M, F)
    return ops.matmul(inner, w["contract"]) + w["contract_bias"][:, None]


def layer_norm(x, w, name):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    size = ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True) + 1e-5)
    return w[f"{name}_scale"][:, None] * centred / size + w[f"{name}_shift"][:, None]


# %% {"slideshow": {"slide_type": "subslide"}}
def block(x, w, mask, norm=layer_norm, place="pre", is_residual=True):
    """One block, every part of which can be taken out: (R, M, D) → (R, M, D)."""
    for part in (attention, network):
        name = part.__name__
        outputs = norm(x, w, f"before_{name}") if place in ("pre", "both") else x
        outputs = part(outputs, w, mask)
        if place == "both":
            outputs = norm(outputs, w, f"after_{name}")
        outputs = x + outputs if is_residual else outputs
        x = norm(outputs, w, f"after_{name}") if place == "post" else outputs
    return x


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One function for every variant of this chapter, so that whatever is compared differs in one argument
# alone.
#
# **Ask** Follow `place="pre"` through the loop: what is added to $x$, and is the sum ever normalised?
#
# **Expect** The part's outputs for normalised inputs are added to $x$ as it was; the sum itself is never
# normalised. So a pre-norm stack needs one more normalisation at its end.
#
# **Look out for** `layer_norm.over_positions`
#
# `layer_norm.epsilon_outside`
#
# `position_wise_network.bend_missing`


# %% [markdown]
# The weights: matrices drawn as Keras draws them (Glorot), biases zero, scales one. And a test that this is
# the block of the library, with copied weights.


# %%
def glorot(generator, *shape):
    return generator.uniform(-1, 1, shape) * (6 / (shape[-2] + shape[-1])) ** 0.5


def draw_block_weights(generator, depth, width):
    """Weights of a stack of blocks: name → (depth, …)."""
    shapes = dict.fromkeys(("query", "key", "value", "output"), (width, width))
    shapes |= {"expand": (width, 2 * width), "contract": (2 * width, width)}
    weights = {name: glorot(generator, depth, *shape) for name, shape in shapes.items()}
    weights |= {"expand_bias": np.zeros((depth, 2 * width)), "contract_bias": np.zeros((depth, width))}
    for name in (f"{side}_{part}" for side in ("before", "after") for part in ("attention", "network")):
        weights |= {f"{name}_scale": np.ones((depth, width)), f"{name}_shift": np.zeros((depth, width))}
    return weights


# %%
set_seed(0)
w = draw_block_weights(np.random.default_rng(0), depth=1, width=8)  # the one layer serves as the one run
w = {name: value.astype("float32") for name, value in w.items()}
inputs, mask = keras.random.normal((2, 7, 8)), ops.arange(7) < ops.array([[7], [4]])  # (B, T, D), (B, T)
rows = []
for place, side in (("pre", "before"), ("post", "after")):
    library = layers.EncoderBlock(8, HEADS, 16, norm_place=place)
    library(inputs, padding_mask=mask)  # creates the weights
    for residual, part in ((library.self_attention, "attention"), (library.feed_forward, "network")):
        w[f"{side}_{part}_scale"] += np.random.uniform(size=(1, 8)).astype("float32")
        residual.norm.set_weights([w[f"{side}_{part}_{which}"][0] for which in ("scale", "shift")])
    for name in ("query", "key", "value", "output"):
        kernel = getattr(library.self_attention.layer, f"{name}_kernel")
        kernel.assign(w[name].reshape(kernel.shape))
    names = ("expand", "expand_bias", "contract", "contract_bias")
    library.feed_forward.layer.set_weights([w[name][0] for name in names])
    ours = block(ops.reshape(inputs, (1, 14, 8)), w, mask, place=place)
    theirs = library(inputs, padding_mask=mask)
    difference = float(ops.max(ops.abs(ops.reshape(ours, (2, 7, 8)) - theirs)))
    rows.append([place, f"{difference:.1e}"])
    assert difference < 1e-5
table(["place of the normalisation", "largest difference from `course_lib.layers.EncoderBlock`"], rows)

# %%
full = layers.EncoderBlock(hidden_dim=512, num_heads=8, intermediate_dim=2048)
full.build((None, None, 512))
counts = {
    "attention": full.self_attention.layer.count_params(),
    "position-wise network": full.feed_forward.layer.count_params(),
    "two normalisations": sum(one.norm.count_params() for one in (full.self_attention, full.feed_forward)),
}
table(
    ["part of a block of the original size (D = 512, F = 2048)", "parameters", "share"],
    [[part, f"{count:,}", f"{count / full.count_params():.1%}"] for part, count in counts.items()],
)
assert sum(counts.values()) == full.count_params()

# %% [markdown]
# The part with the least famous name holds two thirds of the weights. What are they for?
#
# → *Exercises* [`layer_norm`], [`position_wise_network`].
#
# [`layer_norm`]: ../exercises/07_the_block.ipynb#cell-id=layer_norm
# [`position_wise_network`]: ../exercises/07_the_block.ipynb#cell-id=position_wise_network

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.2 An average stays inside
#
# **Claim.** Attention cannot say anything that lies beyond what it was told. Its weights are positive and
# sum to one, so a context is a *convex combination* of the values:
#
# $$ c_t = \sum_s w_{ts} v_s, \quad w_{ts} \ge 0,\ \sum_s w_{ts} = 1
# \qquad\Longrightarrow\qquad \min_s u \cdot v_s \;\le\; u \cdot c_t \;\le\; \max_s u \cdot v_s
# \quad\text{for every direction } u. $$
#
# In the plane one can see it. Seven values; three hundred random queries, timid and bold; then the same
# contexts after a network with random weights.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Weights that are positive and sum to one make averages, and averages stay inside the convex hull of
# what is averaged.
#
# **Ask** Values $(0, 0)$, $(1, 0)$, $(0, 1)$. Can attention return $(1, 1)$? Can the network behind it?
#
# **Expect** Attention cannot: the point lies outside of the triangle. The network can. (One matrix alone
# could, too: that the network bends shows in the next test, of affine functions.)
#
# **Look out for** "So attention is linear." Where it looks depends on the inputs; only the way from values to
# context is an average.


# %% {"slideshow": {"slide_type": "fragment"}}
def random_network(states, generator, factor=4):
    """A position-wise network with new weights that keep the size of its inputs."""
    width = states.shape[1]
    inner = np.maximum(states @ generator.normal(0, (2 / width) ** 0.5, (width, factor * width)), 0)
    return inner @ generator.normal(0, (factor * width) ** -0.5, (factor * width, width))


generator = np.random.default_rng(0)
value, key, query = (generator.normal(size=(1, count, 2)) for count in (7, 7, 300))
query = generator.uniform(0, 12, (1, 300, 1)) * query  # from timid to bold
contexts, _ = layers.scaled_dot_product_attention(query, key, value)
contexts = ops.convert_to_numpy(contexts)[0]
computed = random_network(contexts, generator, factor=8)
convex_hulls({"attention": contexts, "attention, then the network": computed}, value[0])

# %% [markdown]
# In more than two dimensions we ask the inequality: draw many directions $u$ and see whether any output
# goes further than the furthest value.


# %%
def share_beyond(outputs, value, num_directions=2_000):
    """The share of directions in which some output lies beyond every value."""
    directions = generator.normal(size=(value.shape[-1], num_directions))
    return np.mean((outputs @ directions).max(axis=0) > (value @ directions).max(axis=0) + 1e-4)


rows, beyond = [], {}
for width in (2, 8, 32):
    value, key, query = (generator.normal(size=(1, count, width)) for count in (7, 7, 300))
    contexts, _ = layers.scaled_dot_product_attention(8 * query, key, value)
    contexts = ops.convert_to_numpy(contexts)[0]
    kinds = {"attention": contexts, "then the network": random_network(contexts, generator)}
    beyond[width] = {name: share_beyond(outputs, value[0]) for name, outputs in kinds.items()}
    rows.append([width, *(f"{share:.0%}" for share in beyond[width].values())])
table(["width", "attention: beyond every value", "network behind it: beyond every value"], rows)
assert all(shares["attention"] == 0 < shares["then the network"] for shares in beyond.values())

# %% [markdown]
# Projections before and after move and stretch the hull, but they do not bend it. So is attention linear?
# Not altogether: *where* it looks depends on the inputs. Take that freedom away by giving it a single
# position to look at, and what remains is a matrix and a bias. A test of that: for an affine function,
# $f(a + b) = f(a) + f(b) - f(0)$.

# %%
set_seed(0)
a, b = keras.random.normal((50, 1, 16)), keras.random.normal((50, 1, 16))  # fifty sequences of one position
mixer, bender = layers.MultiHeadAttention(2, 8), layers.FeedForward(64)
rows, bends = [], {}
for name, function in (("attention", lambda x: mixer(x, x)), ("network", bender)):
    together, apart = function(a + b), function(a) + function(b) - function(ops.zeros_like(a))
    bends[name] = float(ops.sqrt(ops.mean((together - apart) ** 2) / ops.mean(together**2)))
    rows.append([name, f"{bends[name]:.1e}"])
table(["one position", "distance from being affine, relative to the outputs"], rows)
assert bends["attention"] < 1e-5 < 0.1 < bends["network"]

# %% [markdown]
# **Attention decides where to look; the network decides what to make of it.** Without the network, each
# position's own vector would go through nothing but matrices, however many layers there are.
#
# **What this does not show.** That an attention-only stack is useless: softmax weights are a nonlinearity
# of their own, and small attention-only models can look things up (chapter 4). What they are bad at shows
# in the next section.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.3 Averages of averages: all positions become one
#
# **Claim** (Dong, Cordonnier and Loukas, 2021). In a stack of pure self-attention the positions become more
# alike with every layer, until they all hold the same vector: the matrix $X$ $(T, D)$ loses rank, *doubly
# exponentially* in depth. Residual paths prevent it.
#
# How far is $X$ from having all its rows equal?
#
# $$ r(X) = \frac{\lVert X - \mathbf{1} \bar x \rVert}{\lVert X \rVert}, \qquad \bar x = \tfrac1T \sum_t x_t,
# \qquad 0 = \text{all alike}. $$
#
# > **Write down your prediction**: stacks of random weights, twelve layers each: attention alone; with the
# > network behind it; with residual paths; with both; with normalisations, too. Which of them still tell
# > their positions apart at the end?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** $r(X)$ is 0 when all positions hold the same vector. Let everybody order the stacks before you go
# on.
#
# **Expect** Attention alone, with or without the network, forgets who is who within a few layers; residual
# paths keep positions apart. The curves are on one of the next slides.
#
# **Look out for** "Deep stacks of attention see more." Without residual paths they soon see one and the same
# vector everywhere.


# %% {"slideshow": {"slide_type": "fragment"}}
def spread(states):
    """How far the positions (T, D) are from being all alike."""
    return np.linalg.norm(states - states.mean(axis=0)) / np.linalg.norm(states)


def alikeness(states):
    """Mean cosine between different positions."""
    unit = states / np.linalg.norm(states, axis=1, keepdims=True)
    return ((unit @ unit.T).sum() / len(states) - 1) / (len(states) - 1)


def random_attention(states, generator):
    """Self-attention with new weights (entries of variance 1/D, as in chapter 4), in 64 bits."""
    width = states.shape[1]
    query, key, value = (states @ generator.normal(0, width**-0.5, (width, width)) for _ in range(3))
    scores = query @ key.T / width**0.5
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True) @ value


# %%
both = (random_attention, random_network)
stacks = {  # parts, with residual paths or not, normalised before each part or not
    "attention alone": ((random_attention,), False, False),
    "with the network": (both, False, False),
    "with residual paths": ((random_attention,), True, False),
    "with both": (both, True, False),
    "the whole block": (both, True, True),
}
NUM_LAYERS, measures = 12, {"spread": spread, "cosine": alikeness}
drawn = {(name, measure): [] for name in stacks for measure in measures}
for draw in range(20):
    for name, (parts, is_residual, is_normalised) in stacks.items():
        generator = np.random.default_rng(draw)
        states = [generator.normal(size=(16, 32))]  # (T, D)
        for _ in range(NUM_LAYERS):
            state = states[-1]
            for part in parts:
                size = state.std(axis=1, keepdims=True)
                inputs = (state - state.mean(axis=1, keepdims=True)) / size if is_normalised else state
                state = part(inputs, generator) + (state if is_residual else 0)
            states.append(state)
        for measure, function in measures.items():
            drawn[name, measure].append([function(state) for state in states])

# %% {"slideshow": {"slide_type": "subslide"}}
by_depth = {}
for name in stacks:
    columns = list(zip(*drawn[name, "spread"], strict=True))
    middle, low, high = ([float(pick(column)) for column in columns] for pick in (np.median, min, max))
    by_depth[name] = (range(NUM_LAYERS + 1), middle, low, high)
curves(by_depth, "layers passed", "r(X): how far from all alike", log_y=True)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Why does the network not help, though it bends? And why does the residual path?
#
# **Expect** The network is the same at every position: where inputs are alike, outputs are. The residual path
# hands each position its own vector again at every layer.
#
# **Look out for** Taking it for a fact about trained models: weights were random.

# %%
rows, last = [], {}
for name in stacks:
    last[name] = {measure: np.array(drawn[name, measure])[:, -1] for measure in measures}
    middle, cosine = np.median(last[name]["spread"]), np.median(last[name]["cosine"])
    rows.append([name, f"{middle:.1e}", f"{cosine:.4f}"])
table(["stack", f"r(X) after {NUM_LAYERS} layers", "mean cosine between positions"], rows)
say("Medians over 20 draws of all weights and inputs; bands from smallest to largest.")
assert max(last[name]["spread"].max() for name in ("attention alone", "with the network")) < 1e-6
assert min(last[name]["spread"].min() for name in list(stacks)[2:]) > 1e-3

# %% [markdown]
# Attention alone forgets who is who within three or four layers; the curve falls ever faster, which is what
# *doubly exponentially* means, until only rounding is left. The network does not help here: its output at
# positions that are alike is alike. (Dong et al. show that it *can* slow the loss down, when its weights
# are large; random ones of ordinary size do not.) The residual path does help: it hands each position its
# own vector, again and again. Even so the positions grow more alike with depth, and least of all in the
# whole block.
#
# **What this does not show.** Weights were random. Training could learn sharp attention that keeps
# positions apart; but it would have to start from here, where there is nothing left to tell them apart by.

# %% [markdown]
# ❓ **Question** [`networks_and_rank`] to this section.
#
# [`networks_and_rank`]: ../exercises/07_the_block.ipynb#cell-id=question-networks_and_rank

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.4 The residual path: a way for gradients
#
# From here on there is something to learn. The task is a **gloss**: for every word of a sentence of the toy
# language, say the word it is translated by (if it is two, the first). Most words mean one thing. The rest
# need the sentence: *saw*, *rose* and *left* are verbs here and nouns there, and every verb must agree in
# number with a subject that may stand far away. On those, looking at the word alone is a guess.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The task: for each word say its translation. Most words need no context; *saw*, *rose*, *left* and
# the number of verbs do. So accuracy is reported where context is needed.
#
# **Ask** How well does a model do that looks only at the word itself?
#
# **Expect** It gets all the words with one meaning and a part of the others: the numbers stand among
# the notes. Only what is beyond that is owed to attention.
#
# **Look out for** Reporting accuracy over all words: it looks high without any context.

# %%
toy, LENGTH = ToyLanguage(), 14
source_ids = {word: index for index, word in enumerate(toy.source_words, start=1)}  # 0 is padding
target_ids = {word: index for index, word in enumerate(toy.target_words, start=1)}


def glosses(count, seed, split):
    """Token ids and labels (N, T) of sentences of up to fourteen words, padded."""
    token_ids, labels = np.zeros((2, count, LENGTH), "int32")
    stream = (pair for pair in toy.stream(seed, split) if len(pair.source) <= LENGTH)
    for row, pair in zip(range(count), stream, strict=False):
        first = {source: target for source, target in sorted(pair.alignment, reverse=True)}
        for column, word in enumerate(pair.source):
            token_ids[row, column] = source_ids[word]
            labels[row, column] = target_ids[pair.target[first[column]]]
    return token_ids, labels


data = {
    "train": glosses(budget.num_train_sentences, 0, "train"),
    "validation": glosses(budget.num_test_sentences, 1, "validation"),
    "test": glosses(budget.num_test_sentences, 2, "test"),
}

# %%
meanings = defaultdict(Counter)
for word, gloss in zip(*(array.ravel().tolist() for array in data["train"]), strict=True):
    meanings[word][gloss] += 1
needs_context = np.array([len(meanings[word]) > 1 for word in range(len(source_ids) + 1)])
most_frequent = np.array(
    [max(meanings[word], key=meanings[word].get, default=0) for word in range(len(source_ids) + 1)]
)

sentence = "the old saw that followed my teachers rose slowly"
example = toy.translate(sentence.split(" "))
first = {source: target for source, target in sorted(example.alignment, reverse=True)}
table(example.source, [[example.target[first[index]] for index in range(len(example.source))]])
say("Here *saw* is the tool; and *rose* is singular because the saw is, although *teachers* stand before it.")
token_ids, labels = data["validation"]
guessed = most_frequent[token_ids] == labels
floor = {"all": guessed[token_ids > 0].mean(), "context": guessed[needs_context[token_ids]].mean()}
say(
    f"Whoever gives each word its most frequent gloss is right for {floor['all']:.0%} of the words, and for "
    f"{floor['context']:.0%} of those that have more than one ({needs_context.sum()} words, "
    f"{needs_context[token_ids].sum() / (token_ids > 0).sum():.0%} of the text)."
)
shares = np.bincount(data["train"][1].ravel())[1:] / (data["train"][1] > 0).sum()
blind = float(-np.sum(shares[shares > 0] * np.log(shares[shares > 0])))
say(f"Whoever does not look at the word at all, and guesses by frequency, pays **{blind:.2f} nats** a word.")


# %%
def by_dictionary(split):
    """Without neighbours: nats a word, and the share right of words with several glosses."""
    inside = data[split][0] > 0
    words, right = (array[inside] for array in data[split])
    counted = zip(words.tolist(), right.tolist(), strict=True)
    nats = [-np.log(max(meanings[word][gloss], 0.5) / meanings[word].total()) for word, gloss in counted]
    return float(np.mean(nats)), float((most_frequent[words] == right)[needs_context[words]].mean())


nats, share = zip(*map(by_dictionary, ("validation", "test")), strict=True)
say(
    "Who knows how often each word has which gloss, and nothing of its neighbours, pays "
    f"**{nats[0]:.2f} nats** a word, and {nats[1]:.2f} on the test split; of words "
    "with several glosses the commonest is right for "
    f"{share[0]:.0%} and {share[1]:.0%}."
)

# %% [markdown]
# Keep the last numbers beside the losses below: down to there a dictionary is enough.
#
# The model: embeddings with positions, a stack of blocks, a read-out at every position. In a pre-norm stack
# nothing normalises the last sum, so one more normalisation ends it. A `Kind` says how the blocks of a
# stack are put together.


# %%
class Kind(NamedTuple):
    """How a stack is put together."""

    place: str = "pre"
    norm: str = "layer"
    is_residual: bool = True


def new_weights(seeds, depth, width=budget.hidden_dim):
    """Weights of a whole model for several seeds: name → (R, …), those of blocks (R, depth, …)."""
    runs = []
    for seed in seeds:
        generator = np.random.default_rng([seed, 1])
        run = {"embedding": generator.normal(size=(len(source_ids) + 1, width))}
        run["read_out"] = glorot(generator, width, len(target_ids) + 1)
        run |= {"read_out_bias": np.zeros(len(target_ids) + 1)}
        run |= {"last_scale": np.ones(width), "last_shift": np.zeros(width)}
        blocks = draw_block_weights(generator, depth, width)
        runs.append(run | {f"block/{name}": value for name, value in blocks.items()})
    return {name: ops.array(np.stack([run[name] for run in runs]), "float32") for name in runs[0]}


# %%
def run_model(weights, token_ids, kind, norm=layer_norm):
    """Token ids (R, B, T) → logits (R, B, T, V), and what enters the first block and leaves each."""
    runs, batch, length = token_ids.shape
    mask = ops.reshape(ops.not_equal(token_ids, 0), (-1, length))  # (R·B, T)
    words = ops.one_hot(ops.reshape(token_ids, (runs, -1)), len(source_ids) + 1)
    x = ops.matmul(words, weights["embedding"])  # (R, M, D)
    x = x + ops.tile(ops.cast(layers.sinusoids(length, x.shape[-1]), x.dtype), (batch, 1))
    stacked = {name[6:]: ops.unstack(value, axis=1) for name, value in weights.items() if "/" in name}
    states = [x]
    for index in range(len(stacked["query"])):
        w = {name: values[index] for name, values in stacked.items()}
        states.append(block(states[-1], w, mask, norm, kind.place, kind.is_residual))
    top = norm(states[-1], weights, "last") if kind.place in ("pre", "both") else states[-1]
    logits = ops.matmul(top, weights["read_out"]) + weights["read_out_bias"][:, None]
    return ops.reshape(logits, (*token_ids.shape, -1)), states


# %%
def cross_entropy(logits, labels):
    """Nats per real word, for each run: (R, B, T, V), (R, B, T) → (R,)"""
    losses = ops.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    is_real = ops.cast(ops.not_equal(labels, 0), losses.dtype)
    return ops.sum(losses * is_real, axis=(1, 2)) / ops.sum(is_real, axis=(1, 2))


# %% [markdown]
# **Claim.** Without residual paths the gradient of the loss reaches the first layers of a deep stack only
# through the product of all derivatives; with them there is a direct way, too. (How *large* it arrives is
# another matter, as you will see.) The derivative through one *part*, attention or network, is $J_l$ without
# the path and $I + J_l$ with it; $l$ counts the $P$ parts from the bottom, and the products run from the top
# down:
#
# $$ \frac{\partial L}{\partial x_0} = \frac{\partial L}{\partial x_P} \prod_{l} J_l
# \qquad\text{against}\qquad
# \frac{\partial L}{\partial x_P} \prod_{l} (I + J_l) = \frac{\partial L}{\partial x_P}
# \Big( I + \sum_l J_l + \dots \Big). $$
#
# One of the terms on the right is the gradient itself, untouched, however deep the stack. Measured at
# initialisation, for stacks of the depth of a large Transformer:


# %%
def at_initialisation(depth, kind, num_sentences=32):
    """For several draws (draws, layers): norms of the gradient by states and by W₂, and sizes of states."""
    weights = new_weights(range(budget.num_draws), depth)
    token_ids, labels = (np.tile(array[:num_sentences], (budget.num_draws, 1, 1)) for array in data["train"])
    with tf.GradientTape() as tape:
        tape.watch(weights)
        logits, states = run_model(weights, ops.array(token_ids), kind)
        loss = ops.sum(cross_entropy(logits, ops.array(labels)))
    by_state, by_kernel = tape.gradient(loss, [states, weights["block/contract"]])
    by_state = np.stack([np.linalg.norm(gradient, axis=(1, 2)) for gradient in by_state], axis=1)
    sizes = np.stack([np.std(state, axis=(1, 2)) for state in states], axis=1)
    return by_state, np.linalg.norm(by_kernel, axis=(2, 3)), sizes


def median_band(values, x):
    """A curve of medians, with a band from the smallest to the largest draw."""
    return x, *(pick(np.maximum(values, 1e-30), axis=0).tolist() for pick in (np.median, np.min, np.max))


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
deep = budget.depths[-1]
kinds = {
    "neither residual nor norm": Kind("none", is_residual=False),
    "norm, no residual": Kind("pre", is_residual=False),
    "residual, no norm": Kind("none"),
    "residual, pre-norm": Kind("pre"),
}
at_start = {name: at_initialisation(deep, kind) for name, kind in kinds.items()}
arriving = {name: by_state / by_state[:, -1:] for name, (by_state, _, _) in at_start.items()}
curves(
    {name: median_band(values, range(deep + 1)) for name, values in arriving.items()},
    "layer",
    "gradient there ÷ gradient at the top",
    log_y=True,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Four stacks before any training. In which does the gradient vanish on its way down, and in which
# does it explode?
#
# **Expect** It vanishes without residual path and without normalisation; with residual paths alone it
# explodes, because sums grow at every block. A normalisation brings its size in order.
#
# **Look out for** "Adam divides by the size, so all is well." A long product of matrices scrambles the
# direction, too.

# %%
rows = [
    [name, f"{np.median(values[:, 0]):.1e}", f"{values[:, 0].min():.1e} to {values[:, 0].max():.1e}"]
    for name, values in arriving.items()
]
table(
    [f"{deep} blocks", "gradient at the inputs ÷ at the top, median", f"range of {budget.num_draws} draws"],
    rows,
)
factors = {name: np.abs(np.log10(values[:, 0])) for name, values in arriving.items()}
claim(
    factors["neither residual nor norm"].min() > factors["residual, pre-norm"].max(),
    "residual paths with pre-norm keep the size of gradients better than neither",
)

# %% [markdown]
# Read the four curves by pairs. Without residual paths and normalisation the gradient dies out on its way
# down; with residual paths alone it explodes, for the sums grow at every block, and the gradient with them. A
# normalisation brings its *size* in order, with a residual path and without. But size is not everything, and
# for Adam, which divides by it, not even much: a long product of matrices also scrambles the *direction*,
# until gradients of neighbouring inputs have nothing in common (Balduzzi et al., 2017). Which of the four
# kinds learn at one learning rate, section 7.7 tells for stacks of six blocks.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.5 Which numbers to normalise: by layer or by batch
#
# Both normalisations subtract a mean, divide by a standard deviation, then scale and shift by learned
# numbers $\gamma, \beta$ $(D)$. They differ in *whose* mean:
#
# $$ y_{btd} = \gamma_d\, \frac{x_{btd} - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta_d $$
#
# | | $\mu, \sigma^2$ are taken over | one for each | knows of |
# |---|---|---|---|
# | **LayerNorm** (Ba et al., 2016) | the width, $d$ | position, $(B, T)$ | this vector alone |
# | **BatchNorm** (Ioffe, Szegedy, 2015) | batch and length, $b, t$ | channel, $(D)$ | batch and padding |

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One formula, and only the axes of mean and variance differ. Ask of each: what does it know of?
#
# **Ask** A tensor $(B, T, D) = (5, 7, 11)$. How many means does LayerNorm take, and how many BatchNorm?
#
# **Expect** LayerNorm one for each position, 35; BatchNorm one for each channel, 11, over batch and time,
# padding included unless that is left out.
#
# **Look out for** `layer_norm.batch_statistics`
#
# `layer_norm.unbiased_variance`

# %% {"slideshow": {"slide_type": "fragment"}}
set_seed(0)
x = 3 * keras.random.normal((5, 7, 11)) + 2  # (B, T, D)


def normalise(x, axes, epsilon=1e-5):
    mu = ops.mean(x, axis=axes, keepdims=True)
    variance = ops.mean((x - mu) ** 2, axis=axes, keepdims=True)
    return (x - mu) / ops.sqrt(variance + epsilon)


rows = []
for name, axes, theirs in (
    ("LayerNorm", -1, keras.layers.LayerNormalization(epsilon=1e-5)(x)),
    ("BatchNorm, in training", (0, 1), keras.layers.BatchNormalization(epsilon=1e-5)(x, training=True)),
):
    difference = float(ops.max(ops.abs(normalise(x, axes) - theirs)))
    rows.append([name, axes, f"{difference:.1e}"])
    assert difference < 1e-5
table(["normalisation", "axes of the mean", "largest difference from Keras"], rows)

# %% [markdown]
# **Pitfalls** that people really hit: the variance is the mean of the squared deviations, divided by $D$ and
# not by $D - 1$; and $\epsilon$ stands under the root. Both errors are too small to see in a loss curve; but
# weights trained with one form then give other numbers with the other (chapter 11 loads some).
#
# ### One sentence in other company
#
# **Claim.** With BatchNorm, what a model says about a sentence depends on which other sentences happen to
# be in its batch, and on how much padding they brought. We take one model of each kind, fresh weights,
# training mode, and one sentence; once beside seven others, once beside seven different ones, once with as
# much padding again behind all of them.


# %% {"slideshow": {"slide_type": "subslide"}}
class BatchNorm:
    """Normalises by the batch, by its real positions only if they are given, or by stored statistics."""

    def __init__(self, is_real=None, stored=None):
        self.is_real, self.stored, self.seen = is_real, stored and iter(stored), []

    def __call__(self, x, w, name):
        if self.stored:
            mu, variance = next(self.stored)
        else:
            share = ops.ones_like(x[..., :1]) if self.is_real is None else self.is_real  # (R, M, 1)
            share = share / ops.sum(share, axis=1, keepdims=True)
            mu = ops.sum(share * x, axis=1, keepdims=True)  # (R, 1, D)
            variance = ops.sum(share * (x - mu) ** 2, axis=1, keepdims=True)
            self.seen.append((mu, variance))
        normal = (x - mu) / ops.sqrt(variance + 1e-5)
        return w[f"{name}_scale"][:, None] * normal + w[f"{name}_shift"][:, None]


def make_norm(kind, token_ids, stored=None):
    """The normalisation of a kind of stack, for one pass."""
    if kind.norm == "layer":
        return layer_norm
    is_real = ops.cast(ops.reshape(ops.not_equal(token_ids, 0), (token_ids.shape[0], -1, 1)), "float32")
    return BatchNorm(is_real if kind.norm == "batch, masked" else None, stored)


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same sentence, fresh weights, three companies: other neighbours, and more padding behind all.
#
# **Ask** For which normalisation does the output of a sentence change with the sentences beside it?
#
# **Expect** For BatchNorm. Leaving padding out of the statistics takes away the influence of padding; that of
# the neighbours stays, for they are what the statistics are made of.
#
# **Look out for** `token_statistics.mask_ignored`
#
# `token_statistics.mean_of_means`


# %%
def change_in_company(kind, is_training=True):
    """How far the outputs for one sentence move when its batch changes, relative to the largest output."""
    weights, sentences = new_weights([0], depth=2), data["train"][0][None]  # (R=1, N, T)
    num_words = int((sentences[0, 0] > 0).sum())
    norm = make_norm(kind, sentences[:, 15:47])
    run_model(weights, ops.array(sentences[:, 15:47]), kind, norm)
    stored = None if is_training else norm.seen
    batches = {
        "as it is": sentences[:, :8],
        "other neighbours": np.concatenate([sentences[:, :1], sentences[:, 8:15]], axis=1),
        "twice as long": np.pad(sentences[:, :8], ((0, 0), (0, 0), (0, LENGTH))),
    }
    outputs = {}
    for name, token_ids in batches.items():
        logits, _ = run_model(weights, ops.array(token_ids), kind, make_norm(kind, token_ids, stored))
        outputs[name] = logits[0, 0, :num_words]
    reference = outputs.pop("as it is")
    largest = float(ops.max(ops.abs(reference)))
    return {name: float(ops.max(ops.abs(one - reference))) / largest for name, one in outputs.items()}


# %%
changes = {
    "LayerNorm": change_in_company(Kind()),
    "BatchNorm": change_in_company(Kind(norm="batch")),
    "BatchNorm that leaves out padding": change_in_company(Kind(norm="batch, masked")),
    "BatchNorm, inference": change_in_company(Kind(norm="batch"), is_training=False),
}
table(
    ["largest change of a logit", "other neighbours", "twice the length in padding"],
    [[name, *(f"{change:.1%}" for change in row.values())] for name, row in changes.items()],
)
assert max(changes["LayerNorm"].values()) < 1e-4 < 0.01 < min(changes["BatchNorm"].values())
assert changes["BatchNorm that leaves out padding"]["twice as long"] < 1e-4

# %% [markdown]
# Padding can be left out of the statistics, and then its amount no longer matters: otherwise the same
# embedding, again and again, drags every mean towards itself. The neighbours then weigh more, not less (the
# mean is over fewer vectors), and they cannot be left out, for they are what the statistics are made of. At
# inference BatchNorm uses averages it collected during training, so its outputs no longer
# depend on company; but then the model computes something it was never trained to compute.
#
# → *Exercise* [`token_statistics`].
#
# ### Trained, with small batches and large
#
# > **Write down your prediction**: two blocks, pre-norm, three normalisations, several batch sizes, each
# > with the same number of steps. Where does BatchNorm suffer?
#
# All training in this chapter goes through one function: new weights for every seed; Adam, written out so
# that every run may have its own learning rate; batches drawn at random; and the rate either at its full
# height from the first step or rising to it in a straight line (*warm-up*).
#
# [`token_statistics`]: ../exercises/07_the_block.ipynb#cell-id=token_statistics


# %%
@cache
def make_step(kind):
    """One step of Adam for several runs at once, compiled for each kind of stack."""

    @tf.function(autograph=False)
    def step(weights, first, second, token_ids, labels, rate, number):
        with tf.GradientTape() as tape:
            tape.watch(weights)
            norm = make_norm(kind, token_ids)
            losses = cross_entropy(run_model(weights, token_ids, kind, norm)[0], labels)  # (R,)
            total = ops.sum(losses)
        gradients = tape.gradient(total, weights, unconnected_gradients="zero")
        new = ({}, {}, {})
        for name, gradient in gradients.items():
            mean_gradient = 0.9 * first[name] + 0.1 * gradient
            mean_square = 0.999 * second[name] + 0.001 * gradient**2
            size = ops.sqrt(mean_square / (1 - 0.999**number)) + 1e-7
            rates = ops.reshape(rate, (-1, *[1] * (len(gradient.shape) - 1)))
            change = rates * mean_gradient / (1 - 0.9**number) / size
            for part, value in zip(new, (weights[name] - change, mean_gradient, mean_square), strict=True):
                part[name] = value
        return *new, losses, [] if norm is layer_norm else norm.seen

    return step


# %%
def train(kind, depth, seeds, rates, warmups=0, num_steps=budget.num_steps, batch_size=32):
    """Trains one run for each of `seeds`; returns weights, the losses (R, steps) and BatchNorm's averages."""
    weights = new_weights(seeds, depth)
    first = {name: ops.zeros_like(value) for name, value in weights.items()}
    second, stored, losses = dict(first), None, []
    generators = [np.random.default_rng([seed, 2]) for seed in seeds]
    for number in range(1, num_steps + 1):
        chosen = np.stack([draw.integers(len(data["train"][0]), size=batch_size) for draw in generators])
        batch = (ops.array(array[chosen]) for array in data["train"])  # (R, B, T)
        rate = np.broadcast_to(rates, len(seeds)) * np.minimum(1.0, number / np.maximum(warmups, 1))
        numbers = (ops.array(value, "float32") for value in (rate, number))
        weights, first, second, loss, seen = make_step(kind)(weights, first, second, *batch, *numbers)
        losses.append(ops.convert_to_numpy(loss))
        pairs = zip(stored or seen, seen, strict=True)
        stored = [[0.9 * old + 0.1 * new for old, new in zip(*pair, strict=True)] for pair in pairs]
    return weights, np.stack(losses, axis=1), stored


# %%
def measure(kind, weights, stored=None, split="validation"):
    """For each run: loss in nats per word, share of right glosses, and that among words that need context."""
    token_ids, labels = data[split]
    copies = (weights["embedding"].shape[0], 1, 1)
    norm = make_norm(kind, np.tile(token_ids, copies), stored)
    logits, _ = run_model(weights, ops.array(np.tile(token_ids, copies)), kind, norm)
    losses = ops.convert_to_numpy(cross_entropy(logits, ops.array(np.tile(labels, copies))))
    is_right = ops.convert_to_numpy(ops.argmax(logits, axis=-1)) == labels
    context, words = needs_context[token_ids], token_ids > 0
    return [
        {"loss": float(loss), "right": float(right[words].mean()), "context": float(right[context].mean())}
        for loss, right in zip(losses, is_right, strict=True)
    ]


def of_runs(runs, key="loss"):
    return [run[key] for run in runs]


# %%
norms = ("layer", "batch", "batch, masked")
batch_runs = {}
for size in budget.batch_sizes:
    for norm in norms:
        kind = Kind(norm=norm)
        weights, _, stored = train(kind, 2, budget.seeds, 3e-3, batch_size=size)
        batch_runs[norm, size] = measure(kind, weights, stored)

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
rows = []
for norm, size in batch_runs:
    losses, context = (of_runs(batch_runs[norm, size], key) for key in ("loss", "context"))
    versus = mean_and_interval(paired(losses, of_runs(batch_runs["layer", size])))
    against = "" if norm == "layer" else verdict(versus, "behind LayerNorm", "ahead of LayerNorm")
    rows.append([size, norm, with_interval(losses, ".2f"), f"{mean(context):.0%}", against])
table(
    [
        "batch size",
        "norm",
        "validation loss, nats per word",
        "right, where context is needed",
        "95 % interval says",
    ],
    rows,
)
say(
    f"{len(budget.seeds)} seeds, {budget.num_steps} steps each, whatever the size of the batch; in brackets "
    "95 % intervals over seeds; BatchNorm with the averages it collected, as one would use it."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Small batches or large ones: where does BatchNorm lose most against LayerNorm, and why?
#
# **Expect** With small ones: mean and variance of few sentences are noise, and at inference stored averages
# take their place, for which the model was never trained.
#
# **Look out for** Comparing at equal epochs: small batches then make more steps. Here all have the same
# number of steps.

# %%
gaps = {
    size: paired(of_runs(batch_runs["batch", size]), of_runs(batch_runs["layer", size]))
    for size in budget.batch_sizes
}
smallest = budget.batch_sizes[0]
words = (data["train"][0] > 0).sum(axis=1).mean()
say(
    "BatchNorm's loss minus LayerNorm's: "
    + "; ".join(f"**{mean(gaps[size]):+.2f}** in batches of {size}" for size in budget.batch_sizes)
    + f". A sentence has {words:.0f} words on average, and so many vectors a batch of one has to estimate by."
)
claim(mean_and_interval(gaps[smallest]).low > 0, "BatchNorm suffers in the smallest batches")

# %% [markdown]
# So the damage is done where the statistics are poor, in batches of one sentence. From four sentences on
# BatchNorm is no worse here, and if anything a little ahead: for the loss of a small model on simple
# sentences the choice is no matter of life and death. What stays is awkward whatever the loss says: a model
# whose outputs depend on company, a switch between two modes, statistics that must be shared between
# machines, and a decoder that would normalise by words it has not written yet.
#
# **What this does not show.** What happens at scale. Shen et al. (2020) find BatchNorm behind in
# translation and language modelling, and trace it to statistics that fluctuate more from batch to batch in
# text than in pictures.

# %% [markdown]
# ❓ **Question** [`normalising_by_the_batch`] to this section.
#
# [`normalising_by_the_batch`]: ../exercises/07_the_block.ipynb#cell-id=question-normalising_by_the_batch

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.6 Before or after?
#
# The paper of 2017 normalised after the sum, and so do BERT (chapter 10) and its family; most large language
# models since have normalised before the part:
#
# $$ \text{post: } x_{l+1} = \mathrm{norm}\big(x_l + f(x_l)\big) \qquad\qquad
# \text{pre: } x_{l+1} = x_l + f\big(\mathrm{norm}(x_l)\big) $$
#
# One line apart, and yet: with *post* there is no way from top to bottom that does not pass through a
# normalisation at every layer; with *pre* there is one. **Claim** (Xiong et al., 2020). At initialisation,
# post-norm has large gradients near the output, whatever the depth; pre-norm's shrink with depth, like one
# over the root of the number of blocks. So post-norm needs *warm-up*, small steps at first, and pre-norm can
# do without.
#
# → *Exercise* [`residual_block`].
#
# First the initialisation: the gradient by $W_2$ of each block's network, as in the paper.
#
# [`residual_block`]: ../exercises/07_the_block.ipynb#cell-id=residual_block

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Post-norm normalises the sum, as in the first Transformer; pre-norm normalises the inputs of each
# part and leaves the path free.
#
# **Ask** Which of the two needs small steps at the start, and what in the formula says so?
#
# **Expect** Post-norm: its gradients near the output are large whatever the depth, while those of pre-norm
# shrink with depth.
#
# **Look out for** `residual_block.norm_on_wrong_side`
#
# `residual_block.residual_from_normalised`

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
places = ("pre", "post")
starts = {
    (place, depth): at_initialisation(depth, Kind(place)) for depth in budget.depths for place in places
}
depths = budget.depths[-2:]
curves(
    {
        f"{place}-norm, {depth} blocks": median_band(
            starts[place, depth][1], [(layer + 1) / depth for layer in range(depth)]
        )
        for depth in depths
        for place in places
    },
    "height in the stack (1 = the last block)",
    "norm of the gradient by W₂",
    log_y=True,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Expect** The two post-norm curves nearly level, the two of pre-norm falling towards the output: each
# further pre-norm block changes its sum by a smaller share.
#
# **Look out for** "A level curve is a healthy one." Nothing in the post-norm curve looks broken; see what
# training says.

# %%
rows, at_top = [], {}
for place, depth in starts:
    by_state, by_kernel, sizes = starts[place, depth]
    at_top[place, depth] = np.median(by_kernel[:, -1])
    numbers = (at_top[place, depth], np.median(by_kernel[:, 0]), np.median(sizes[:, -1]))
    rows.append([f"{place}-norm", depth, *(f"{number:.3f}" for number in numbers)])
table(["", "blocks", "gradient by W₂, last block", "first block", "size of the last block's outputs"], rows)
shallow, deep = budget.depths[0], budget.depths[-1]
shrink = {place: at_top[place, deep] / at_top[place, shallow] for place in places}
say(
    f"From {shallow} to {deep} blocks the gradient in the *last* block changes by a factor of "
    f"{shrink['post']:.2f} with post-norm and {shrink['pre']:.2f} with pre-norm; √({shallow}/{deep}) would "
    f"be {(shallow / deep) ** 0.5:.2f}."
)
claim(shrink["pre"] < shrink["post"], "pre-norm shrinks the last gradient more")

# %% [markdown]
# In a pre-norm stack the sums grow with depth, so each further block changes them by a smaller share and
# gets a smaller gradient, by the factor that the paper predicts. In a post-norm stack every block counts as
# much as every other, and the curve is nearly level. Nothing in it looks broken. Keep that in mind for what
# follows.
#
# ### Trained, with warm-up and without
#
# > **Write down your prediction** for each cell of: {few blocks, many blocks} × {pre, post} × {warm-up,
# > none}. Which fail?

# %%
WARMUP, num_seeds = budget.num_steps // 2, len(budget.seeds)
place_runs = {}
for depth in budget.depths:
    for place in places:  # all seeds without warm-up and all seeds with it, side by side
        kind, warmups = Kind(place), np.repeat([0, WARMUP], num_seeds)
        weights, losses, _ = train(kind, depth, [*budget.seeds] * 2, budget.learning_rate, warmups)
        runs = [run | {"losses": row} for run, row in zip(measure(kind, weights), losses, strict=True)]
        place_runs[depth, place, 0], place_runs[depth, place, WARMUP] = runs[:num_seeds], runs[num_seeds:]

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
rows = []
for (depth, place, warmup), runs in place_runs.items():
    cells = [with_interval(of_runs(runs), ".2f"), f"{mean(of_runs(runs, 'context')):.0%}"]
    rows.append([depth, f"{place}-norm", f"{warmup} steps" if warmup else "none", *cells])
table(["blocks", "", "warm-up", "validation loss, nats per word", "right, where context is needed"], rows)
say(
    f"{len(budget.seeds)} seeds, {budget.num_steps} steps, learning rate {budget.learning_rate:g}; in "
    "brackets 95 % intervals over seeds. Giving each word its most frequent gloss is right in "
    f"{floor['context']:.0%} of the cases where context is needed."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Each row has several seeds; half of what guessing by frequency costs is the line between learned and
# not.
#
# **Ask** Two, six and twenty-four blocks, with and without warm-up. Which cells did you think would fail?
#
# **Expect** Read the list in the notes: deep post-norm fails, without warm-up earlier than with it, and
# pre-norm learns everywhere.
#
# **Look out for** "Post-norm does not work." It fails at this rate and within these steps; the search of
# section 7.8 shows other rates.

# %%
stuck = [key for key, runs in place_runs.items() if min(run["loss"] for run in runs) > blind / 2]
named = [
    f"{place}-norm, {depth} blocks, {'warm-up' if warmup else 'no warm-up'}" for depth, place, warmup in stuck
]
say(
    f"With every seed stuck above half of the {blind:.2f} nats that guessing by frequency costs: "
    + ("; ".join(f"**{name}**" for name in named) if named else "none")
    + "."
)


# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
def learning_curves(depth):
    """Training loss over steps, averaged over a window; a band from the lowest seed to the highest."""
    window, series = max(1, budget.num_steps // 20), {}
    steps = range(window, budget.num_steps + 1, window)
    for place, warmup in ((place, warmup) for place in places for warmup in (0, WARMUP)):
        runs = [run["losses"] for run in place_runs[depth, place, warmup]]
        smooth = [[float(run[step - window : step].mean()) for step in steps] for run in runs]
        parts = (pick(smooth, axis=0).tolist() for pick in (np.mean, np.min, np.max))
        series[f"{place}-norm, {'warm-up' if warmup else 'no warm-up'}"] = (list(steps), *parts)
    guess = {"guessing by frequency": blind}
    return curves(series, "step", "training loss, nats per word", title=f"{depth} blocks", reference=guess)


learning_curves(budget.depths[1])

# %% {"slideshow": {"slide_type": "subslide"}}
learning_curves(deep)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** At what height do the failing runs stay, and what have they learned there?
#
# **Expect** About where guessing by frequency is: they know which glosses are frequent, and nothing of the
# sentence.
#
# **Look out for** Calling a difference of a hundredth of a nat a finding because its interval leaves out
# zero.


# %%
def difference(first, second):
    """Differences of validation loss, seed by seed."""
    return paired(of_runs(place_runs[first]), of_runs(place_runs[second]))


rows = []
for depth in budget.depths:
    for first, second, words in (
        ((depth, "post", 0), (depth, "pre", 0), "post − pre, no warm-up"),
        ((depth, "post", WARMUP), (depth, "pre", WARMUP), "post − pre, warm-up"),
        ((depth, "post", 0), (depth, "post", WARMUP), "post: no warm-up − warm-up"),
        ((depth, "pre", 0), (depth, "pre", WARMUP), "pre: no warm-up − warm-up"),
    ):
        losses = difference(first, second)
        says = verdict(mean_and_interval(losses), "the second is ahead", "the first is ahead")
        rows.append([depth, words, with_interval(losses, ".2f"), says])
table(["blocks", "compared", "difference of validation loss", "95 % interval says"], rows)
middling = budget.depths[1]
for worse, better in (
    ((deep, "post", 0), (deep, "pre", 0)),
    ((middling, "post", 0), (middling, "pre", 0)),
    ((middling, "post", 0), (middling, "post", WARMUP)),
):
    claim(mean_and_interval(difference(worse, better)).low > 0, f"{better} is ahead of {worse}")

# %% [markdown]
# **Read it honestly.** Those that learn end about where the dictionary without context does, and find a
# little more than it does where context is needed: what is compared here is mostly whether a stack learns at
# all. With two blocks all four learn alike. With six, warm-up decides whether post-norm learns at all; with
# twenty-four, this much warm-up does not save it either. Pre-norm learns everywhere, with warm-up and
# without. (Where the table calls one of two that both learn "ahead", or one of two that both fail, it is by a
# hundredth of a nat or so: seeds paired one by one can tell that apart, and it is of no use to anybody.) What
# fails, fails at *this* learning rate, a high one, and within these few steps; section 7.8 shows other rates,
# at which six post-norm blocks train without any warm-up.
#
# Xiong et al. report for a post-norm Transformer of six layers on IWSLT'14 German–English 8.45 BLEU without
# warm-up and about 34 with it; Wang et al. (2019) could not train a post-norm encoder of 20 layers and had
# no trouble with a pre-norm one of 30. *Why* is not settled. The level curve above does not look like a
# reason, and Liu et al. (2020) find indeed that unequal gradients are not the root, since Adam evens them
# out, but that post-norm stacks lean more on each single part, so that every update moves their outputs
# further. And where both train, papers often find post-norm a little better, for in a deep pre-norm stack
# the later blocks change little; our runs with six blocks and warm-up cannot tell the two apart.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.7 What the loss looks like from where training ends
#
# A picture that has persuaded many people of residual paths is that of Li et al. (2018): take trained
# weights $\theta$, two random directions $\delta, \eta$, and draw the loss on the plane
#
# $$ (\alpha, \beta) \mapsto L(\theta + \alpha\, \delta + \beta\, \eta). $$
#
# A direction of fixed length would be unfair: it means much to small weights and little to large ones. (In
# the extreme case, a matrix whose output is normalised at once computes the same at ten times the size, and
# would look ten times as flat.) So each *filter* (all that leads to one unit) of a direction is given the
# length of the filter it moves: *filter normalisation*. Biases, scales and shifts stay where they are.
#
# → *Exercise* [`filter_normalised_direction`].
#
# Four kinds of stacks, the same depth, trained equally long with the same seeds, all at the rate 0.003 with
# warm-up. (Another rate might take some of them further; section 7.8 searches rates, but not for stacks
# without residual paths.)
#
# [`filter_normalised_direction`]: ../exercises/07_the_block.ipynb#cell-id=filter_normalised_direction

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A plane through the trained weights, along two random directions. Each filter of a direction gets
# the length of the filter it moves: otherwise small weights look steep and large ones flat.
#
# **Ask** Take a matrix whose output is normalised at once, and multiply it by ten. What becomes of the
# function, and of the picture with directions of fixed length?
#
# **Expect** The function stays the same, and the picture looks ten times as flat. Hence filter normalisation.
#
# **Look out for** `filter_normalised_direction.whole_matrix`
#
# `filter_normalised_direction.entry_by_entry`

# %%
kinds = {
    "neither": Kind("none", is_residual=False),
    "norm, no residual": Kind("pre", is_residual=False),
    "residual, no norm": Kind("none"),
    "residual and norm (pre)": Kind("pre"),
}
few_ids, few_labels = (ops.array(array[None, : budget.num_surface_sentences]) for array in data["validation"])


def as_list(weights, run):
    """The weights of one run as a list of arrays, every block by itself."""
    arrays = {name: ops.convert_to_numpy(value[run]) for name, value in weights.items()}
    return [one for name, array in arrays.items() for one in (array if "/" in name else [array])]


def as_weights(arrays, like):
    """From such a list back to name → (1, …)."""
    rest, weights = iter(arrays), {}
    for name, value in like.items():
        taken = [next(rest) for _ in range(value.shape[1] if "/" in name else 1)]
        weights[name] = ops.array(np.stack(taken)[None] if "/" in name else taken[0][None], "float32")
    return weights


# %%
surfaces = {}
for name, kind in kinds.items():
    weights, *_ = train(kind, budget.search_depth, budget.seeds, 3e-3, WARMUP)
    read = tf.function(lambda weights, kind=kind: run_model(weights, few_ids, kind)[0], autograph=False)

    def loss_at(arrays, read=read, like=weights):
        return float(cross_entropy(read(as_weights(arrays, like)), few_labels)[0])

    surfaces[name] = []
    for run, seed in enumerate(budget.seeds):
        middle = as_list(weights, run)
        directions = [filter_normalised_direction(middle, 2 * seed + part) for part in (0, 1)]
        surface = loss_surface(loss_at, middle, *directions, num_steps=budget.num_surface_steps)
        surfaces[name].append(surface)

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
loss_surfaces(
    {name: runs[0].losses for name, runs in surfaces.items()}, surfaces["neither"][0].steps, "nats per word"
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Which of the four surfaces is the smoothest, and is it the best?
#
# **Expect** One of those without residual paths: a plateau is smooth, too. Read the height in the middle
# first: who got down, and who did not.
#
# **Look out for** "A smooth surface means easy training." A plane through the end of training does not show
# the way there.

# %% [markdown]
# First seed; one scale for all four, logarithmic; lines at the same heights. Before you read anything into
# it, numbers for all seeds: the loss in the middle, and how much of the square lies within one nat above
# it.

# %%
rows, heights, near = [], {}, {}
for name, runs in surfaces.items():
    middle = budget.num_surface_steps // 2
    heights[name] = [float(run.losses[middle, middle]) for run in runs]
    near[name] = [float(np.mean(run.losses < run.losses[middle, middle] + 1)) for run in runs]
    highest = [float(np.log10(np.nanmax(run.losses))) for run in runs]
    shares = f"{mean(near[name]):.0%} ({min(near[name]):.0%} to {max(near[name]):.0%})"
    rows.append([name, with_interval(heights[name], ".2f"), shares, f"{10 ** mean(highest):.3g}"])
table(
    ["stack", "loss in the middle", "share within 1 nat of it (lowest and highest seed)", "highest loss"],
    rows,
)
lower = paired(heights["neither"], heights["residual and norm (pre)"])
claim(mean_and_interval(lower).low > 0, "with residual paths and norm training gets further down")

# %% [markdown]
# **How to read such pictures.** The loss in the middle is the solid fact: who got down, and who did not.
# The two stacks without residual paths are about where guessing by the frequency of words is, and one of them
# has the *smoothest* surface of the four: a plateau is smooth, too. Residual paths without a normalisation
# get part of the way down, into a narrow hole among walls of hundreds of thousands of nats, as high as those
# around "neither". With both, the hole is deep and its walls are low.
#
# And a plane is two dimensions of many thousands, drawn at random; ravines that training must follow are
# rarely on it. Li et al. saw chaos in convolutional networks of 56 layers, and smoothness where these had
# shortcuts. On our coarse grid no chaos is visible; the difference that counts is one of
# height.

# %% [markdown]
# ❓ **Question** [`smoothest_surface`] to this section.
#
# [`smoothest_surface`]: ../exercises/07_the_block.ipynb#cell-id=question-smoothest_surface

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.8 A small search: where does the normalisation belong?
#
# Four places for one depth: none, before, after, and both sides of each part inside the residual path (`x +
# norm(f(norm(x)))`, used by Ding et al., 2021). To compare them at *one* learning rate would be to choose
# the winner by choosing the rate. So:
#
# 1. **search**: every place with every rate, one seed, judged on the *validation* split;
# 2. **choose** for each place its best rate;
# 3. **report**: train the chosen ones anew with seeds the search has not seen, on the *test* split, with
#    intervals.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Each place gets its own best rate, chosen on validation; then new seeds, and the test split.
#
# **Ask** What would a table at one single rate have shown?
#
# **Expect** How well that rate suits each design: post-norm is near the others at 0.003 and stuck at 0.01.
# Which of pre and both comes first differs by hundredths, in one seed.
#
# **Look out for** Reporting the runs of the search. The chosen ones are trained anew with seeds that the
# search has not seen.

# %%
all_places = ("none", "pre", "post", "both")
rates, searched = budget.learning_rates, {}
for place in all_places:  # all rates side by side
    weights, *_ = train(Kind(place), budget.search_depth, [100] * len(rates), rates)
    for rate, run in zip(rates, measure(Kind(place), weights), strict=True):
        searched[place, rate] = run["loss"]
rows = [[place, *(f"{searched[place, rate]:.2f}" for rate in rates)] for place in all_places]
table(
    [f"validation loss, {budget.search_depth} blocks", *(f"rate {rate:g}" for rate in rates)],
    rows,
)
best_rate = {place: min(rates, key=lambda rate: searched[place, rate]) for place in all_places}
winners = {rate: min(all_places, key=lambda place: searched[place, rate]) for rate in rates}
say(
    "Best place at each single rate: "
    + ", ".join(f"{winner} at {rate:g}" for rate, winner in winners.items())
    + ". Best rate of each place: "
    + ", ".join(f"{rate:g} for {place}" for place, rate in best_rate.items())
    + "."
)

# %%
chosen = {}
for place in all_places:
    weights, *_ = train(Kind(place), budget.search_depth, budget.seeds, best_rate[place])
    chosen[place] = measure(Kind(place), weights, split="test")

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
rows = []
for place, runs in chosen.items():
    versus = mean_and_interval(paired(of_runs(runs), of_runs(chosen["pre"])))
    says = "" if place == "pre" else verdict(versus, "pre is ahead", f"{place} is ahead")
    cells = [with_interval(of_runs(runs), ".2f"), f"{mean(of_runs(runs, 'context')):.0%}"]
    rows.append([place, f"{best_rate[place]:g}", *cells, says])
table(
    ["place", "learning rate", "test loss, nats per word", "right, where context is needed", "against pre"],
    rows,
)
ranking = sorted(all_places, key=lambda place: mean(run["loss"] for run in chosen[place]))
say(
    f"From best to worst on the test split: **{', '.join(ranking)}**; what the intervals say stands in the "
    "last column."
)

# %% [markdown]
# **What this does not show.** One depth, one width, one task, no warm-up, a search of one seed; and where the
# best rate is the largest that was tried, the search should go on above it. What
# carries over is the procedure, and one warning: a table that compares designs at a single learning rate
# compares how well the rate suits each of them.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.9 The decoder's block
#
# The decoder of chapter 8 has one part more. Each in its own residual path, in this order:
#
# 1. **causal self-attention**: what has been written so far;
# 2. **cross-attention**: queries from the decoder, keys and values from the encoder's outputs, padding
#    masked;
# 3. the position-wise network.
#
# Two properties to hold it to: an output must not change with what stands behind it, and not with what
# stands at padded positions of the memory.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One part more than the encoder's block: cross-attention, between the two. Each in a residual path of
# its own.
#
# **Ask** Name two properties by which this block can be tested without any training.
#
# **Expect** An output must not change with inputs behind it, and not with what stands at padded positions of
# the memory.
#
# **Look out for** `decoder_block.causal_mask_missing`
#
# `decoder_block.cross_reads_itself`
#
# `decoder_block.memory_normalised`

# %%
set_seed(0)
decoder = layers.DecoderBlock(hidden_dim=8, num_heads=2, intermediate_dim=16)
inputs, memory = keras.random.normal((2, 7, 8)), keras.random.normal((2, 5, 8))
memory_mask = ops.arange(5) < ops.array([[5], [3]])
outputs = decoder(inputs, memory, memory_mask=memory_mask)
later = ops.concatenate([inputs[:, :4], keras.random.normal((2, 3, 8))], axis=1)
beyond_mask = ops.where(memory_mask[..., None], memory, 9.0)
seen = ops.concatenate([memory[:, :1] + 1.0, memory[:, 1:]], axis=1)
rows = []
for name, other, part in (
    ("positions 5 to 7 changed, outputs 1 to 4", decoder(later, memory, memory_mask=memory_mask), slice(4)),
    ("padding of the memory changed", decoder(inputs, beyond_mask, memory_mask=memory_mask), slice(None)),
    ("first position of the memory changed", decoder(inputs, seen, memory_mask=memory_mask), slice(None)),
):
    rows.append([name, f"{float(ops.max(ops.abs(outputs - other)[:, part])):.1e}"])
table(["", "largest change"], rows)
assert float(rows[0][1]) < 1e-5 and float(rows[1][1]) < 1e-5 < 1e-2 < float(rows[2][1])

# %% [markdown]
# → *Exercise* [`decoder_block`].
#
# [`decoder_block`]: ../exercises/07_the_block.ipynb#cell-id=decoder_block

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 7.10 Summary
#
# * Attention averages: its contexts lie in the convex hull of the values. The position-wise network bends,
#   and holds two thirds of a block's weights.
# * Stacked averages make all positions alike. The residual path keeps them apart, and carries gradients
#   down.
# * LayerNorm knows one vector; BatchNorm knows the batch, its padding included, and suffers where the batch
#   is small. What a LayerNorm model says about a sentence depends on nothing but the sentence.
# * Post-norm normalises the sum, pre-norm the inputs of each part. Deep post-norm stacks need care at the
#   start: warm-up, small rates; pre-norm stacks forgive, at the price of later blocks that change little.
# * A loss surface is a picture of a plane. Read the height in the middle first.
# * Search on validation, report on test, and give every design its own learning rate.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Go through the points and name for each the part that was taken out to show it.
#
# **Ask** Why do sentences get LayerNorm and not BatchNorm, in one sentence?
#
# **Expect** What a model says about a sentence must not depend on the sentences that happen to lie beside it,
# nor on their padding.
#
# **Look out for** "Residual paths are only for gradients." They also keep positions apart.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Exercises
#
# In [`exercises/07_the_block.ipynb`](../exercises/07_the_block.ipynb), judged by what they compute:
#
# | exercise | after section |
# |---|---|
# | [`layer_norm`], [`position_wise_network`] | 7.1 |
# | [`token_statistics`] | 7.5 |
# | [`residual_block`] | 7.6 |
# | [`filter_normalised_direction`] | 7.7 |
# | [`decoder_block`] | 7.9 |
#
# To think about, without a judge:
#
# 1. Make the attention of section 7.3 sharper (multiply the query kernel by ten). How far can attention
#    alone go before the positions are one?
# 2. RMSNorm divides by $\sqrt{\mathrm{mean}(x^2)}$ and subtracts nothing. Put it into `make_norm` and
#    repeat the search.
# 3. Multiply what each part adds by a learned number that starts at 0 ("ReZero"). Does a deep stack without
#    any normalisation train?
# 4. Give the failing deep post-norm stack of section 7.6 a tenth of the learning rate and ten times the
#    steps.
#
# ## Further reading
#
# * K. He, X. Zhang, S. Ren, J. Sun, *Deep residual learning for image recognition*, CVPR 2016,
#   [arXiv:1512.03385](https://arxiv.org/abs/1512.03385); D. Balduzzi et al., *The shattered gradients
#   problem*, ICML 2017, [arXiv:1702.08591](https://arxiv.org/abs/1702.08591).
# * J. Ba, J. Kiros, G. Hinton, *Layer normalization*, 2016,
#   [arXiv:1607.06450](https://arxiv.org/abs/1607.06450); S. Ioffe, C. Szegedy, *Batch normalization*, ICML
#   2015, [arXiv:1502.03167](https://arxiv.org/abs/1502.03167); S. Shen et al., *PowerNorm*, ICML 2020,
#   [arXiv:2003.07845](https://arxiv.org/abs/2003.07845).
# * Y. Dong, J.-B. Cordonnier, A. Loukas, *Attention is not all you need: pure attention loses rank doubly
#   exponentially with depth*, ICML 2021, [arXiv:2103.03404](https://arxiv.org/abs/2103.03404).
# * R. Xiong et al., *On layer normalization in the Transformer architecture*, ICML 2020,
#   [arXiv:2002.04745](https://arxiv.org/abs/2002.04745); Q. Wang et al., *Learning deep Transformer models
#   for machine translation*, ACL 2019, [arXiv:1906.01787](https://arxiv.org/abs/1906.01787); L. Liu et al.,
#   *Understanding the difficulty of training Transformers*, EMNLP 2020,
#   [arXiv:2004.08249](https://arxiv.org/abs/2004.08249); M. Ding et al., *CogView*, NeurIPS 2021,
#   [arXiv:2105.13290](https://arxiv.org/abs/2105.13290).
# * H. Li et al., *Visualizing the loss landscape of neural nets*, NeurIPS 2018,
#   [arXiv:1712.09913](https://arxiv.org/abs/1712.09913).
#
# Chapter 8 puts blocks on blocks, an encoder beside a decoder, and translates.
#
# [`layer_norm`]: ../exercises/07_the_block.ipynb#cell-id=layer_norm
# [`position_wise_network`]: ../exercises/07_the_block.ipynb#cell-id=position_wise_network
# [`residual_block`]: ../exercises/07_the_block.ipynb#cell-id=residual_block
# [`token_statistics`]: ../exercises/07_the_block.ipynb#cell-id=token_statistics
# [`filter_normalised_direction`]: ../exercises/07_the_block.ipynb#cell-id=filter_normalised_direction
# [`decoder_block`]: ../exercises/07_the_block.ipynb#cell-id=decoder_block

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Six exercises, in the order of the sections; four questions without a judge below.
#
# **Ask** Which of them needs a mask, and where does padding do harm?
#
# **Expect** `token_statistics` and `decoder_block`: padding counted into statistics, and padded memory that
# is looked at.
#
# **Look out for** `residual_block.dropout_on_the_sum`
