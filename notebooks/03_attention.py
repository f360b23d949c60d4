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
# # 3 · Attention: three ways to score
#
# **If the decoder may look back at the source, how should it decide where to look?**
#
# Chapter 2 ended at a wall. An encoder reads a sentence of any length and hands over one vector of fixed
# size; the longer the sentence, the less of it arrives. Attention takes the wall down with one idea: keep
# *all* the encoder's outputs, and let the decoder choose among them, anew for every word it writes. What is
# left to settle is how a match between "what I need now" and "what stands there" is scored. Three answers
# have been in use since 2015. In this chapter you write all three, train them under equal conditions, and
# let the measurements say what the choice is worth.
#
# **About 90 minutes** to read and run, two hours more with the exercises in
# [`exercises/03_attention.ipynb`](../exercises/03_attention.ipynb). The cells themselves take up to twelve
# minutes on two CPU cores.
#
# **Prerequisites:** chapter 2 (encoder, decoder, teacher forcing, greedy search), Python and basic Keras.
#
# **You will be able to**
#
# * write the dot, multiplicative and additive scores, say what each costs, and why one is often scaled;
# * mask a softmax so that padding is neither seen nor counted, and recognise the usual ways to get it wrong;
# * put context vector and decoder state together into a whole decoding step;
# * compare systems honestly: same data, same budget, several seeds, intervals, and a test split nobody tuned
#   on;
# * measure an attention map against a true alignment, and say what such a map does *not* prove.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One question for the whole lecture: when the decoder writes the next word, where in the source does
# it look, and who tells it? Nobody tells it. We shall see three ways to score a match, all trained under
# equal conditions.
#
# **Ask** What does a translator without attention have at hand when it writes the tenth word?
#
# **Expect** One vector of fixed size that holds the whole sentence, and its own state. Chapter 2 measured how
# BLEU falls with length because of it.
#
# **Look out for** "Attention is a kind of memory." It stores nothing: the encoder's outputs are there anyway,
# and attention reads them.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import math
import time
from functools import partial
from pathlib import Path
from statistics import mean, median

import keras
import numpy as np
from IPython.display import display
from keras import ops

from course_lib import layers
from course_lib.chapters import (
    alignment_matrix,
    attention_error_rate,
    band,
    chapter_budget,
    claim,
    diagonal_links,
    mean_and_interval,
    paired,
    say,
    stored_result,
    table,
    verdict,
    with_fresh_weights,
    with_interval,
)
from course_lib.data import (
    DownloadError,
    ToyLanguage,
    load_multi30k,
    load_tatoeba,
    pair_batches,
    whole_batch,
)
from course_lib.decoding import greedy_decode, translate
from course_lib.evaluation import (
    alignment_error_rate,
    bleu_by_length,
    corpus_bleu,
    one_link_per_target,
)
from course_lib.models import Seq2Seq
from course_lib.plots import (
    alignment_and_lengths,
    attention_heatmap,
    attention_heatmaps,
    bars_with_intervals,
    bleu_by_length_with_intervals,
    curves,
    mask_image,
)
from course_lib.text import Vocabulary, WordPieceTokenizer, WordTokenizer, train_wordpiece
from course_lib.training import ProgressLine, TokenCrossEntropy, set_seed

# %%
budget = chapter_budget("03_attention")

say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.1 What there is to look at
#
# Our sentences come from the toy language again, and for this chapter it has one property that no natural
# corpus has: with each sentence pair comes the **true word alignment**. We know for every target word which
# source words it translates. The models never see these links; we will use them to judge where they look.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Look at the map row by row. Could a fixed rule, such as "one step to the right", say where to look
# next?
#
# **Expect** No: the row for the first target word is at the end of the source, adjectives change places with
# nouns, and verbs are fetched from far away. Where to look depends on what is being written.
#
# **Look out for** Reading the map by columns. A row belongs to a target word, a column to a source word, here
# and in every map of the course. And: this map is the truth, made with the sentences; no model has seen it.
# Taking keys and values for two kinds of vectors: here both are the encoder's outputs. Chapter 4 parts them.

# %% {"slideshow": {"slide_type": "fragment"}}
toy = ToyLanguage()
train_pairs = toy.sample(budget.num_train_sentences, seed=0, split="train")
test_pairs = toy.sample(budget.num_test_sentences, seed=1, split="test")
source_tokenizer = WordTokenizer(Vocabulary.from_sentences(pair.source for pair in train_pairs))
target_tokenizer = WordTokenizer(Vocabulary.from_sentences(pair.target for pair in train_pairs))
tokenizers = source_tokenizer, target_tokenizer

sentence = "the happy girl that saw the red rose never left my old house last night"
example = toy.translate(sentence.split(" "))
figure = attention_heatmap(
    alignment_matrix(example), example.source, example.target, title="The true alignment of one sentence pair"
)
figure.axes[-1].remove()  # a link is there or not: no scale of colours
display(figure)

# %% [markdown]
# Read the picture row by row, as the decoder writes. It must begin at the *end* of the source (*last night*
# is one word, and comes first), then go back to the subject, jump over the adjective and return to it, write
# the verb of the relative clause behind its object, and keep the main verb for last, wrapped in the two
# halves of *never*. No fixed order of reading serves here: **where to look depends on what is being
# written.**

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# The **query** is the decoder's state. **Keys and values are both the encoder's outputs**: one and the same
# vector is compared with the query, and goes into the average.
#
# | letter | meaning | | letter | meaning |
# |---|---|---|---|---|
# | $B$ | sentences in a batch | | $q_t$ | query: the decoder's state at step $t$ ($h_t$ in 3.5) |
# | $T$ | target positions, queries | | $k_s, v_s$ | key and value: the encoder's output ($\bar h_s$ in 3.5) |
# | $S$ | source positions, keys | | $a_{ts}$ | score: how well key $s$ answers query $t$ |
# | $D$ | width of a vector | | $w_{ts}$ | weight: the share of attention; sums to 1 over $s$ |
#
# Three letters have a second meaning where the papers give them one: $S$ is also the set of sure links (3.7),
# $D$ half the width of a window (3.9), and $v$ without an index a vector of parameters (3.3).

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.2 Attention in three lines
#
# **Claim.** Attention is a weighted average whose weights are computed from the data.
#
# $$ a_{ts} = \mathrm{score}(q_t, k_s) \qquad
# w_{ts} = \frac{e^{a_{ts}}}{\sum_{s'} e^{a_{ts'}}} \qquad
# c_t = \sum_s w_{ts}\, v_s $$
#
# Scores, weights, context: $(B, T, S)$, $(B, T, S)$, $(B, T, D)$. Every step is differentiable, so gradient
# descent can teach a network where to look without anybody telling it. Here it is with numbers small enough
# to check by hand: one query, three keys.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Scores, softmax, average: that is all. In the translator the query is the decoder's state, and
# keys and values are both the encoder's outputs; in the small example they are chosen apart, so that one
# sees which is compared and which is averaged. Work the numbers through on the board: the scores are 2, 0
# and −2, and the weights go as $e^2 : 1 : e^{-2}$. Add the same number to all scores of a row, and no
# weight changes: only differences count. We shall need that twice.
#
# **Ask** Before the output: which value will the context be nearest to? What would it be if the query were
# zero?
#
# **Expect** Nearest to the first value, since the key that points as the query does gets most of the weight.
# With a query of zero all scores are equal, and the context is the plain average of the three values.
#
# **Look out for** Confusing scores with weights: scores go into the softmax and may be any number, weights
# come out and sum to one. `dot_score.softmax_included` And a softmax along the wrong axis:
# `attention_context.wrong_axis`

# %% {"slideshow": {"slide_type": "fragment"}}
query = ops.array([[[1.0, 0.0]]])  # (B=1, T=1, D=2): "give me what points to the right"
key = ops.array([[[2.0, 0.0], [0.0, 2.0], [-2.0, 0.0]]])  # (1, S=3, 2): right, up, left
value = ops.array([[[10.0, 0.0], [0.0, 10.0], [5.0, 5.0]]])  # (1, 3, 2): what stands there

scores = ops.matmul(query, ops.swapaxes(key, 1, 2))  # (1, 1, 3)
weights = ops.softmax(scores, axis=-1)
context = ops.matmul(weights, value)  # (1, 1, 2)
for name, tensor in (("scores", scores), ("weights", weights), ("context", context)):
    print(f"{name:8}", ops.convert_to_numpy(tensor)[0, 0].round(3))
assert abs(float(ops.sum(weights)) - 1) < 1e-6

# %% [markdown]
# The key that agrees with the query gets most of the attention, the opposite one next to nothing, and the
# context is mostly the first value with a trace of the others.
#
# **Pitfall: what is called a score.** In this course *scores* go into the softmax and *weights* come out.
# Keras calls what comes out `attention_scores` (`return_attention_scores=True`). When two pieces of code
# disagree about a heat map, look first whether one of them plots the numbers before the softmax.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.3 Three ways to score
#
# | | score of query $q$ and key $k$ | parameters | who |
# |---|---|---|---|
# | **dot** | $q^\top k$ | none; equal widths | Luong et al., 2015 |
# | scaled dot | $q^\top k / \sqrt D$ | none; equal widths | Vaswani et al., 2017 |
# | **multiplicative** | $q^\top W k$ | $D_q \times D_k$ | Luong et al., 2015 ("general") |
# | **additive** | $v^\top \tanh(W_1 k + W_2 q)$ | $(D_q + D_k + 1) \times H$ | Bahdanau et al., 2015 |
#
# The dot product trusts that encoder and decoder will learn to speak one language. The multiplicative score
# puts a translator, $W$, between them. The additive score asks a small neural network. Only the first two
# need queries and keys of one width, and **no score has a bias**: $W$, $W_1$, $W_2$ and $v$ are all there is.
# $D_q$ and $D_k$ are the widths of query and key, $H$ that of the hidden layer. As functions, with shapes:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** From the top: one language for both; a translator between them; a small network. In code vectors
# stand in rows, so $W k$ for all keys at once is `key @ transpose(W)`. In the additive score every pair of
# a query and a key has a hidden layer of its own, hence the axes of length one, which broadcasting fills:
# project both, add, take the tanh, weigh with $v$ and sum over $H$.
#
# **Ask** Take the tanh out of the additive score. What becomes of the attention?
#
# **Expect** $v^\top(W_1 k + W_2 q) = v^\top W_1 k + v^\top W_2 q$: the query adds the same number to the
# score of every key, and the softmax does not see it. All queries then attend alike.
#
# **Look out for** `additive_score.no_tanh`
#
# `multiplicative_score.kernel_transposed` With $D_q = D_k$ it even runs.
#
# `dot_score.transposed_scores`


# %% {"slideshow": {"slide_type": "fragment"}}
def dot(query, key):
    """(B, T, D), (B, S, D) → (B, T, S)"""
    return ops.einsum("btd,bsd->bts", query, key)


def scaled_dot(query, key):
    """(B, T, D), (B, S, D) → (B, T, S)"""
    return dot(query, key) / math.sqrt(query.shape[-1])


def multiplicative(query, key, kernel):
    """(B, T, Dq), (B, S, Dk), (Dq, Dk) → (B, T, S)"""
    return dot(query, ops.matmul(key, ops.transpose(kernel)))


def additive(query, key, key_kernel, query_kernel, scale):
    """(B, T, Dq), (B, S, Dk), (Dk, H), (Dq, H), (H,) → (B, T, S)"""
    queries = ops.matmul(query, query_kernel)[:, :, None, :]  # (B, T, 1, H)
    keys = ops.matmul(key, key_kernel)[:, None, :, :]  # (B, 1, S, H)
    return ops.sum(ops.tanh(queries + keys) * scale, axis=-1)


# %% [markdown]
# `course_lib.layers` has the same four as Keras layers. They share one refinement: each is split in two,
# `prepare(key)` and `compare(query, prepared_key)`, because in a decoder the keys stay the same while the
# queries arrive one by one; the products with the keys need to be done only once a sentence. Do layers and
# functions agree? We need not believe it:

# %%
set_seed(0)
query, key = keras.random.normal((2, 5, 7)), keras.random.normal((2, 11, 7))
by_hand = {"dot": dot, "scaled_dot": scaled_dot, "multiplicative": multiplicative, "additive": additive}
rows = []
for name, function in by_hand.items():
    layer = layers.make_score(name, hidden_dim=13)
    difference = float(ops.max(ops.abs(layer(query, key) - function(query, key, *layer.weights))))
    names = ", ".join(f"{weight.name} {tuple(weight.shape)}" for weight in layer.weights) or "none"
    rows.append([name, names, layer.count_params(), f"{difference:.1e}"])
    assert difference < 1e-5
table(["score", "weights", "parameters at D = 7, H = 13", "largest difference from ours"], rows)

# %% [markdown]
# → *Exercises* [`dot_score`], [`multiplicative_score`], [`additive_score`]: write them for a judge that
# knows the common ways to get them wrong.
#
# [`dot_score`]: ../exercises/03_attention.ipynb#cell-id=dot_score
# [`multiplicative_score`]: ../exercises/03_attention.ipynb#cell-id=multiplicative_score
# [`additive_score`]: ../exercises/03_attention.ipynb#cell-id=additive_score

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### Why divide by √D?
#
# **Claim.** Unscaled dot products grow with the width of the vectors, and the softmax turns growth into
# stubbornness. If the entries of $q$ and $k$ are independent with mean 0 and variance 1, then
#
# $$ \operatorname{Var}(q^\top k) = \sum_{d=1}^{D} \operatorname{Var}(q_d k_d) = D, $$
#
# so typical scores are as large as the *root* of the width, $\sqrt D$, and that is what they are divided by.
#
# A softmax over large scores puts nearly all its weight on one key, *before anything has been learned*, and
# passes almost no gradient to the others. How soon? Of ten random keys we take the one with the largest
# weight; 200 draws for each width, and their mean:

# %% {"slideshow": {"slide_type": "fragment"}}
generator = np.random.default_rng(0)
widths = [2**power for power in range(1, 11)]
largest = {"dot": [], "scaled dot": []}
for width in widths:
    q, k = generator.normal(size=(200, 1, width)), generator.normal(size=(200, 10, width))
    for label, divisor in (("dot", 1.0), ("scaled dot", math.sqrt(width))):
        weights = ops.softmax(ops.array(q @ k.swapaxes(1, 2) / divisor), axis=-1)
        largest[label].append(float(ops.mean(ops.max(weights, axis=-1))))
powers = [math.log2(width) for width in widths]
say(
    f"Among ten random keys of width {widths[-1]} the luckiest gets {largest['dot'][-1]:.0%} of the "
    f"attention if scores are plain, and {largest['scaled dot'][-1]:.0%} if they are scaled, as at width "
    f"{widths[3]} ({largest['scaled dot'][3]:.0%})."
)
assert largest["dot"][-1] > 0.9 and largest["scaled dot"][-1] < 0.5
curves(
    {label: (powers, values) for label, values in largest.items()},
    "width of the vectors, log₂ D",
    "largest of 10 weights",
    reference={"even shares": 0.1},
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The root of the width is the divisor, not the width.
#
# **Ask** Before this slide is shown: ten random keys, nothing trained. How much of the attention does the
# luckiest of them get, on the average of many draws, at width 2, and how much at width 1024? Answer once for
# plain scores and once for scaled.
#
# **Expect** At width 2 the two lie near each other: the divisor is $\sqrt 2$. At 1024 plain scores give the
# luckiest key nearly all, and so hardly any gradient to the others; scaled ones give it the same share as
# at any width beyond the smallest. That share is above a tenth, the even one, because the luckiest was
# picked.
#
# **Look out for** `dot_score.scaled_by_width`
#
# `dot_score.scaled_by_length`
#
# The curve says nothing about trained models: they can choose how long their queries and keys are.

# %% [markdown]
# **What this does not show.** Nothing here was trained. A trained network can make its queries and keys as
# small as it needs to; whether the scale matters after training is a question for the study below, at widths
# that fit a laptop. (In the Transformer of chapter 8 the scaled form is the rule.)

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.4 Masks: do not look at padding
#
# Sentences of a batch differ in length and are padded. Padding has scores like everything else, so it must be
# told to keep out. `True` means *may be attended to*, everywhere in this course:
#
# $$ w_{ts} = \frac{m_{ts}\, e^{a_{ts}}}{\sum_{s'} m_{ts'}\, e^{a_{ts'}}}, \qquad m_{ts} \in \{0, 1\} $$
#
# For a row that allows nothing the fraction is $0/0$. Everywhere in this course such a row has weights of
# zero, and its context is a vector of zeros.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A batch is a rectangle, and sentences are not. What fills it up must neither be seen nor counted.
#
# **Ask** A batch holds a sentence of four words and one of seven. What happens to the first if nobody tells
# the softmax about padding?
#
# **Expect** Padding has a score as everything else, takes part of the weight, and the context is part
# padding. The result then depends on how long the *other* sentence is.
#
# **Look out for** `masked_softmax.mask_inverted` In this course True means "may be attended to"; in PyTorch's
# `key_padding_mask` it means the opposite.

# %% {"slideshow": {"slide_type": "fragment"}}
short = toy.translate(["my", "cat", "slept", "slowly"])
padded = np.zeros((2, 8), "int32")
for row, sentence in enumerate([" ".join(short.source), "the girl saw a left red lamp"]):
    ids = source_tokenizer.encode(sentence)
    padded[row, : len(ids)] = ids
mask = ops.convert_to_numpy(layers.padding_mask(padded))  # (B, S), True at words
columns = [*short.source, *["[PAD]"] * 4]
every_query = np.repeat(mask[:1], len(short.target), axis=0)  # (T, S): the same for each query of a sentence
mask_image(every_query, short.target, columns, title="What the words of the first sentence may attend to")

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# The mask must act *before* the normalisation: lower the scores of masked keys until their exponential
# vanishes, then take the softmax over the keys, the last axis. A batch brings a mask $(B, S)$;
# `mask[:, None, :]`, which is $(B, 1, S)$, fits scores $(B, T, S)$: one mask for all queries of a sentence.
#
# Below, that line and four ways of getting it wrong that people really hit. All of them run without an error.
# (The softmax subtracts the largest score of each row before it takes exponentials, since $e^{100}$ is beyond
# float32; that changes no weight.)


# %% {"slideshow": {"slide_type": "fragment"}}
def masked_softmax(scores, mask):
    """Softmax over the last axis among the keys where mask is True."""
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)  # a row without any key: zeros, not uniform


scores = ops.array(generator.normal(0, 2, (2, 3, 8)).astype("float32"))  # (B=2, T=3, S=8)
kept = ops.array(mask)[:, None, :]  # (B, 1, S): one mask for all queries of a sentence
ways = {
    "**right**": masked_softmax(scores, kept),
    "mask upside down": masked_softmax(scores, ops.logical_not(kept)),
    "mask after the softmax": ops.softmax(scores, axis=-1) * ops.cast(kept, "float32"),
    "masked scores set to 0": ops.softmax(ops.where(kept, scores, 0.0), axis=-1),
    "softmax over the queries": ops.softmax(ops.where(kept, scores, -1e9), axis=1),
}
rows = []
for way, weights in ways.items():
    sums = ops.convert_to_numpy(ops.sum(weights, axis=-1))
    on_padding = float(ops.sum(ops.where(kept, 0.0, weights)) / ops.sum(weights))
    rows.append([way, f"{sums.min():.2f} to {sums.max():.2f}", f"{on_padding:.0%}"])
table(["way", "a query's weights sum to", "attention given to padding"], rows)
right = ways["**right**"]
assert float(ops.max(ops.abs(right - layers.masked_softmax(scores, kept)))) < 1e-6
assert float(ops.max(ops.abs(ops.sum(right, axis=-1) - 1))) < 1e-6

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The last line of the function is for rows without any key: without it their scores are all −1e9,
# and the weights uniform. The table was made in float32, with a mask of bools in the right shape and with
# words in every row; each of these conditions hides one of the traps on the slide after it.
#
# **Ask** Cover the table. Five ways to apply the mask, none raises an error. Which two measurements tell the
# right one from the four others?
#
# **Expect** The sum of a query's weights, which must be one, and the share on padding, which must be zero.
# Each wrong way fails at least one of the two. A score of 0 is no small score: $e^0 = 1$. And why −1e9, not
# −∞? A row without any key is then uniform, which the last line turns into zeros; with −∞ it is NaN, and so
# it is with −1e9 in float16.
#
# **Look out for** `masked_softmax.mask_after_softmax`
#
# `masked_softmax.scores_set_to_zero`
#
# `masked_softmax.wrong_axis` Then the queries compete, and a word depends on words not yet written.
#
# `masked_softmax.mask_too_weak`
#
# `masked_softmax.empty_row_nan`
#
# `masked_softmax.empty_row_uniform`

# %% [markdown]
# Two columns, two symptoms: weights that do not sum to one, and attention on padding. Check both whenever you
# write attention. The last row shows the worst of them: over the wrong axis, the *queries* compete for each
# key, and what the decoder reads depends on words it has not written yet.

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# **Four traps that this table does not show**, two of numbers and two of masks:
#
# * **float16** ends at 65,504, and −1e9 becomes −∞ there. `layers.masked_softmax` puts −6e4 in its place,
#   and −1e30 in other types.
# * **−∞ for −1e9** is right for every row that allows something. A row that allows nothing becomes
#   $-\infty - (-\infty)$, NaN, and multiplying with the mask does not help: $0 \cdot \mathrm{NaN}$ is NaN.
# * **A mask of numbers.** `where` reads 0 and 1 as False and True. But some libraries *add* a float mask to
#   the scores, 0 for "keep" and −1e9 for "hide": read as a bool it says the opposite. Our layers refuse
#   floats.
# * **A mask $(B, S)$ as it is**, without `[:, None, :]`, meets scores $(B, T, S)$ as if it were $(T, S)$:
#   an error as a rule, and a silent mistake where $B = T$ or $T = 1$.

# %% [markdown]
# → *Exercise* [`masked_softmax`].
#
# [`masked_softmax`]: ../exercises/03_attention.ipynb#cell-id=masked_softmax

# %% [markdown]
# ❓ **Question** [`eighteen_per_cent`] to this section.
#
# [`eighteen_per_cent`]: ../exercises/03_attention.ipynb#cell-id=question-eighteen_per_cent

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.5 From weights to words: context and state, joined
#
# The context says what the source offers; the state knows what has been written. The decoder needs both, so
# they are concatenated and mixed by one layer:
#
# $$ h_t = \mathrm{GRU}([e(y_{t-1}); \tilde h_{t-1}],\, h_{t-1}) \qquad
# c_t = \mathrm{attend}(h_t, \bar h) \qquad
# \tilde h_t = \tanh(W [c_t; h_t]) \qquad
# \text{logits} = W_o \tilde h_t + b $$
#
# $\tilde h_{t-1}$ also goes back into the next step (*input feeding*), so that the decoder knows where it
# looked last. At the first step there is none yet: $\tilde h_0 = 0$, and $h_0$ is the encoder's summary.

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# * **$\bar h$**, in code `memory`, $(B, S, D)$: the encoder's outputs, keys and values at once.
# * **One query a sentence**: $h_t$ is $(B, D)$, scores and weights are $(B, 1, S)$, or $(B, S)$ without the
#   axis of one query; the context is $(B, D)$.
# * **Another score** changes the one line of the scores: multiplicative takes $h_t^\top W_a \bar h_s$, with a
#   matrix $W_a$ of its own, additive $v^\top \tanh(W_1 \bar h_s + W_2 h_t)$. What is averaged is $\bar h_s$
#   itself.
# * **$W$** has no bias; its kernel, in rows, is $(2 D, D)$, the first $D$ rows for the context. **$W_o$**
#   is $(D, V)$, with a bias: a number for each of $V$ words.

# %% [markdown]
# **Pitfall: whose state asks?** Here, as in Luong et al., the query is $h_t$, the state *after* reading
# $y_{t-1}$. Bahdanau et al. ask with $s_{t-1}$, the state before. Mixing the two gives heat maps that are off
# by one row and models that train a little worse, and never an error message.
#
# One step by hand, against the library's decoder:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Four lines, and the third is the new one: context and state side by side, context first, through
# one layer and a tanh. The query is the state *after* the last word has been read: the GRU reads its
# embedding beside the last $\tilde h$, word first. In the exercises `attention_context` is given scores,
# values and the padding mask $(B, S)$; `attention_step` is given state, memory, padding mask and kernel,
# and uses the plain dot score.
#
# **Ask** In the decoding step, how many queries are asked at once? What are the shapes of scores, weights and
# context?
#
# **Expect** One for each sentence: scores and weights $(B, 1, S)$, or $(B, S)$ where the axis of the one
# query is left out, as in the exercise; context $(B, D)$. The softmax runs over $S$, never over $B$.
#
# **Look out for** `attention_step.halves_swapped`
#
# `attention_step.softmax_over_batch`
#
# `attention_step.tanh_too_early`

# %% {"slideshow": {"slide_type": "fragment"}}
set_seed(0)
decoder = layers.RecurrentDecoder(hidden_dim=6, attention=layers.Attention(layers.DotScore()))
memory, summary = keras.random.normal((2, 8, 6)), keras.random.normal((2, 6))  # as if from an encoder
decoder(ops.zeros((2, 1, 3)), memory, summary, memory_mask=mask)  # a first call creates the weights
word, state = keras.random.normal((2, 3)), decoder.initial_state(memory, summary, mask)


def attention_step(word, hidden, output):
    hidden, _ = decoder.cell(ops.concatenate([word, output], axis=-1), [hidden])  # (B, D)
    scores = dot(hidden[:, None, :], memory)  # (B, 1, S)
    context = ops.matmul(masked_softmax(scores, mask[:, None, :]), memory)[:, 0]  # (B, D)
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), decoder.combine.kernel))


ours = attention_step(word, state["hidden"], state["output"])
theirs, state = decoder.step(word, state)
difference = float(ops.max(ops.abs(ours - theirs)))
print(f"largest difference: {difference:.1e}")
assert difference < 1e-5

# %% [markdown]
# → *Exercises* [`attention_context`] and [`attention_step`].
#
# That is the whole mechanism, and `Seq2Seq(…, score="dot")` is chapter 2's model with it. Without a score the
# same decoder takes the encoder's summary vector for its context at every step. **Nothing else differs**:
# same embeddings, same encoder, same GRU, same concatenation. This is what makes the next section a fair
# comparison.
#
# [`attention_context`]: ../exercises/03_attention.ipynb#cell-id=attention_context
# [`attention_step`]: ../exercises/03_attention.ipynb#cell-id=attention_step

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.6 What it costs
#
# Multiplications for $T$ queries and $S$ keys of one sentence, and how many numbers are held for their pairs:
#
# | score | on the keys, once | on the queries | on the pairs | held for the pairs |
# |---|---|---|---|---|
# | dot | | | $T S D$ | $T S$ |
# | scaled dot | | | $T S D$, and $T S$ divisions | $T S$ |
# | multiplicative | $S D_q D_k$ | | $T S D_q$ | $T S$ |
# | additive | $S D_k H$ | $T D_q H$ | $T S H$, and $T S H$ tanh | $T S H$ |
#
# For all of them the average takes $T S D$ more. Only the additive score holds $(B, T, S, H)$, since the
# tanh stands between the sum of the two and $v$; the others hold $(B, T, S)$.

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# We time them *interleaved*: round after round, each score once a round, and report medians. Timing one
# after the other would measure what else the machine was doing. A time is that of a whole attention without
# a mask: the products with keys and queries are in it, in each call, and so are softmax and average. Memory
# is counted, not measured: what is held for the pairs.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the first table column by column: what is done once for the keys a decoder may keep, what is
# done for each pair it pays at every step. With $H = D$ the additive score multiplies on the pairs as often
# as the dot product does; its tanh and its tensor come on top.
#
# **Ask** Batch 16, 64 queries, 64 keys, hidden width 128, four bytes a number: how much does the dot score
# hold for all pairs of a query and a key, and how much the additive score?
#
# **Expect** $16 \cdot 64 \cdot 64 \cdot 4$ bytes are a quarter of a MiB; the additive score holds 128 times
# as much, 32 MiB. In time it is slower in both columns; with one query at a time a part of that is the
# product with the keys, which a recurrent decoder needs only once a sentence.
#
# **Look out for** Comparing times that were taken one after the other: they measure what else the machine
# was doing. Here all scores are timed in turn, round after round. And: the factor of the times belongs to
# this machine, the ratio of the memories does not. With one query the times still hold the product with all
# 64 keys, which a decoder needs only once a sentence.

# %% {"slideshow": {"slide_type": "fragment"}}
B, T, S, D = 16, 64, 64, 128
query, memory = keras.random.normal((B, T, D)), keras.random.normal((B, S, D))
attentions = {name: layers.Attention(layers.make_score(name, D)) for name in by_hand}
seconds = {(name, length): [] for name in attentions for length in (1, T)}
for attention in attentions.values():
    attention(query=query, value=memory)  # warm up, create weights
for _ in range(budget.num_timings):
    for name, length in seconds:
        began = time.perf_counter()
        ops.convert_to_numpy(attentions[name](query=query[:, :length], value=memory))
        seconds[name, length].append(time.perf_counter() - began)
rows = []
for name, attention in attentions.items():
    megabytes = B * T * S * (D if name == "additive" else 1) * 4 / 2**20
    times = [f"{1e3 * median(seconds[name, length]):.1f}" for length in (1, T)]
    rows.append([name, f"{attention.count_params():,}", *times, f"{megabytes:.2f}"])
say(f"Batch {B}, {S} keys, width {D} for vectors and hidden layer, on this machine's CPU:")
table(["score", "parameters", "one query, ms", f"{T} queries, ms", f"held for pairs, {T} queries, MiB"], rows)
ratio = median(seconds["additive", T]) / median(seconds["dot", T])
say(f"With {T} queries at once the additive score takes **{ratio:.0f} times** as long as the dot product.")
assert ratio > 1

# %% [markdown]
# With one query the additive score took about four times as long as the dot product, with all at once five.
# Part of the former is the product with the keys, which a decoder makes once a sentence; what it costs
# without that was not timed. A Transformer asks all at once, and there dot products, which run as one large
# matrix product, have won.
# **What this does not show**: on another machine, backend or width the factor is another; the ratio of the
# memories is not. A step of training, timed in section 3.7, is another thing: encoder, decoder, gradient and
# optimizer are in it, and the decoder asks its queries one by one.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.7 The study: which score, and is it worth it?
#
# Papers that compare scores tend to report one run of each. We can do better, for ours
# train in about a minute. The rules, fixed before the first run:
#
# * **same data** (one training split, one vocabulary made from it), **same decoder, same steps, same
#   learning rate** for all; the settings were tried out on sentences other than those tested here;
# * **same sizes**: on the budget `cpu`, whose outputs are stored here, states, encoder outputs and $H$ have
#   width 64, embeddings 32;
# * **several seeds** each: a seed sets the initial weights and the order of the batches; and since the same
#   seeds serve all systems, we may compare **pairwise by seed**; in each round all systems take their turn
#   with one seed, so that a busy machine slows all of them alike;
# * **corpus BLEU** on a test split that no choice was based on, translated greedily; **alignment error rate**
#   against the gold links; **intervals** over seeds, Student's $t$.
#
# > **Write down your prediction first.** Order these by BLEU: none, dot, scaled dot, multiplicative,
# > additive. How far apart are first and second? How much does *none* lose from short sentences to long ones?
# > Will the score that translates best also align best?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Let everybody write down an order before you go on, and collect a few on the board. The rules were
# fixed before the first run: that is what makes a table an experiment.
#
# **Expect** An order with a reason. Keep the list: the order and the distances are answered under
# *Results*, the loss from short to long under *By length*, and whether the best translator aligns best in
# section 3.8.
#
# **Look out for** One run of each system. With one seed the luck of the initial weights can be larger than
# the difference between two scores. And choosing the best epoch on the test split: then it is a training
# split.


# %%
def new_model(score, **options):
    """A translator that differs from the others in its score only."""
    sizes = [len(tokenizer.vocabulary) for tokenizer in tokenizers]
    model = Seq2Seq(*sizes, budget.embedding_dim, budget.hidden_dim, score=score, **options)
    model.build({"source_token_ids": (None, None), "target_token_ids": (None, None)})
    return model


def compile_model(model, num_epochs):
    """Adam; its learning rate rises for a twentieth of the steps and falls along a cosine."""
    num_steps = num_epochs * math.ceil(budget.num_train_sentences / budget.batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        budget.learning_rate / 10, num_steps, warmup_target=budget.learning_rate, warmup_steps=num_steps // 20
    )
    optimizer = keras.optimizers.Adam(schedule, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=False)


# %% [markdown]
# Compiling takes longer than an epoch. For a further seed we therefore keep the compiled model, give it the
# weights of a newly drawn one and forget what the optimizer remembers: as good as new, without the wait.


# %%
def train(make, label, seed, model=None, num_epochs=budget.num_epochs):
    """Trains a model from new weights; returns it, the loss of each epoch and the seconds each took."""
    set_seed(seed)
    model = with_fresh_weights(make, partial(compile_model, num_epochs=num_epochs), model)
    ends = []
    clock = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: ends.append(time.perf_counter()))
    history = model.fit(
        pair_batches(train_pairs, *tokenizers, batch_size=budget.batch_size, shuffle_seed=seed),
        epochs=num_epochs,
        shuffle=False,
        verbose=0,
        callbacks=[ProgressLine(label), clock],
    )
    return model, history.history["loss"], np.diff(ends)


# %%
test_inputs, test_labels, test_pairs = whole_batch(test_pairs, *tokenizers)  # pairs in the order of rows
sources = [" ".join(pair.source) for pair in test_pairs]
references = [" ".join(pair.target) for pair in test_pairs]
gold_links = [pair.alignment for pair in test_pairs]
source_lengths = [len(pair.source) for pair in test_pairs]
edges = (1, 9, 13, 17, 21, math.inf)


def translations(model, search=greedy_decode):
    """Translations of the test split."""
    settings = {"batch_size": len(test_pairs), "max_length": test_labels.shape[1] + 4}
    return translate(model, sources, *tokenizers, search=search, **settings)


# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### How an alignment is judged
#
# For the alignment we feed the right translation (teacher forcing), so that row $t$ of the weights belongs to
# target word $t$ of the gold links, and link each target word to the source word with the largest weight. The
# links $A$ found in this way are held against sure links $S$ and possible ones $P \supseteq S$ (here all
# are sure) by the **alignment error rate**, which is 0 for a perfect answer:
#
# $$ \mathrm{AER} = 1 - \frac{|A \cap S| + |A \cap P|}{|A| + |S|} $$
#
# A link is a pair (source index, target index). Rows and columns of end tokens and of padding are not
# looked at; of equal weights the first position wins; a row of zeros gives no link. Without any link on
# either side there is no rate, and our function refuses.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** $A$ are the links that a model gives, $S$ the sure and $P$ the possible links of the truth, with
# $S \subseteq P$: sets here, and $S$ no length. In the toy language all links are sure, so $P = S$. Counts
# are summed over the corpus before the fraction is taken, as in BLEU.
#
# **Ask** A model gives one link that is right, and there are three sure links. What is its AER? And why not
# simply count how many links are right?
#
# **Expect** $1 - (1 + 1) / (1 + 3) = 0.5$. Precision alone would call this model perfect; recall alone would
# call a model perfect that links everything with everything.
#
# **Look out for** `alignment_error_rate.sentence_average`
#
# `alignment_error_rate.possible_in_denominator`


# %%
def attend(model):
    """Attention weights (N, T, S) on the test split, the right translations being fed in."""
    _, weights = model(test_inputs, return_attention_weights=True)
    return ops.convert_to_numpy(weights)


def judge_attention(weights):
    """How far the weights are from the gold links, and how often they return to a position (section 3.9)."""
    looks = layers.coverage_penalty(weights, test_inputs["target_padding_mask"])
    return {"aer": attention_error_rate(weights, test_pairs), "looks": float(looks)}


def measure(model):
    """Everything the study reports about one trained model."""
    hypotheses = translations(model)
    has_attention = model.decoder.attention is not None
    return {
        "hypotheses": hypotheses,
        "bleu": corpus_bleu(hypotheses, references),
        "perfect": mean(h == r for h, r in zip(hypotheses, references, strict=True)),
        "by_length": [b.bleu for b in bleu_by_length(hypotheses, references, source_lengths, edges)],
        **(judge_attention(attend(model)) if has_attention else {}),
    }


# %%
models, runs = {}, {score: [] for score in budget.scores}
for seed in budget.seeds:
    for score in budget.scores:
        label = f"{score or 'none'}, seed {seed}"
        model, losses, epoch_seconds = train(lambda s=score: new_model(s), label, seed, models.get(score))
        models[score] = model
        runs[score].append({"losses": losses, "epoch_seconds": epoch_seconds, **measure(model)})

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### Results


# %%
def over_seeds(score, measurement):
    return [run[measurement] for run in runs[score]]


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
steps = math.ceil(budget.num_train_sentences / budget.batch_size)
rows = []
for score in budget.scores:
    step = median(np.concatenate(over_seeds(score, "epoch_seconds"))) / steps
    error = with_interval(over_seeds(score, "aer"), ".3f", 0, 1) if score else "none"
    bleu, perfect = (
        with_interval(over_seeds(score, "bleu"), ".1f", 0, 100),
        mean(over_seeds(score, "perfect")),
    )
    parameters = f"{models[score].count_params():,}"
    rows.append([f"**{score or 'none'}**", bleu, f"{perfect:.0%}", error, parameters, f"{1e3 * step:.0f}"])
header = ["score", "BLEU", "sentences without a mistake", "AER", "parameters", "ms per training step"]
table(header, rows)
floor = alignment_error_rate(one_link_per_target(gold_links), gold_links)
diagonal = alignment_error_rate(diagonal_links(test_pairs), gold_links)
say(
    f"{len(budget.seeds)} seeds each, in brackets 95 % intervals of the mean over seeds, "
    "cut to the possible range. "
    f"{len(train_pairs):,} training pairs, {budget.num_epochs} epochs, {len(test_pairs)} test "
    f"sentences. AER: guessing the diagonal gives {diagonal:.2f}; one link a target word cannot get below "
    f"{floor:.3f}, since some target words translate two source words."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the table row by row and the brackets first: they are intervals of the mean over
# seeds, by Student's $t$. With three seeds they are wide.
#
# **Ask** Which of your predictions were right? For which pairs of scores would you bet on the order if the
# study were run again with other seeds?
#
# **Expect** The model without attention is far behind all four. Where the intervals of two scores overlap,
# this table does not tell which is ahead: that takes the interval of their difference, on the next slide.
# And the best BLEU and the best AER need not be in one row.
#
# **Look out for** Reading BLEU 97 as a success on language: the toy language has about a hundred words and
# one right translation a sentence. And "the intervals overlap, so they are equal": not told apart is not
# equal. And reading the last column as an order: a step of training is far more than its score.

# %% {"slideshow": {"slide_type": "fragment"}}
bars_with_intervals(
    {score or "none": mean_and_interval(over_seeds(score, "bleu"), 0, 100) for score in budget.scores},
    "corpus BLEU on the test split",
)

# %% [markdown]
# A millisecond of the last column is one of a whole step: embeddings, encoder, decoder, gradient, Adam.
# Section 3.6 timed the attention alone, wider and in one forward pass; so the two need not put the scores
# in one order. The progress lines of the runs show how far the seconds of one score differ from round to
# round. Where that is as much as the scores differ from each other, the column orders nothing.

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# Is the difference between two systems larger than the luck of the seed? We compare pairwise: the same seed
# gives both the same order of batches, so we take the difference within each seed and ask for the interval of
# its mean.


# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
def bleu_gains(first, second):
    """BLEU of the first minus BLEU of the second, seed by seed."""
    return paired(over_seeds(first, "bleu"), over_seeds(second, "bleu"))


scorers = [score for score in budget.scores if score]
rows = []
for index, first in enumerate(scorers):
    for second in [None, *scorers[:index]]:
        gain = mean_and_interval(bleu_gains(first, second))
        interval = f"{gain.low:+.1f} to {gain.high:+.1f}"
        rows.append([first, second or "none", f"{gain.mean:+.1f}", interval, verdict(gain)])
table(["first", "second", "BLEU, first − second", "95 % interval", "the first is"], rows)

for score in scorers:
    differences = bleu_gains(score, None)
    claim(min(differences) > 0, f"without attention every seed does worse than with {score}")
    claim(mean_and_interval(differences).low > 0, f"{score} is reliably ahead of no attention")

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
gains = {score: mean(bleu_gains(score, None)) for score in scorers}
among = [row for row in rows if row[1] != "none"]
apart = [[row[0], row[4].replace("ahead", "ahead of"), row[1]] for row in among if "not" not in row[4]]
say(
    f"**Attention of any kind beats none** with every seed, on average by {min(gains.values()):.1f} BLEU "
    f"({min(gains, key=gains.get)}) to {max(gains.values()):.1f} ({max(gains, key=gains.get)})."
)
if apart:
    say(
        f"**Among the scores**, the interval leaves out zero for {len(apart)} of {len(among)} pairs: "
        f"{', '.join(map(' '.join, apart))}. With so many pairs and so few "
        "seeds, an interval that ends near zero is weak evidence."
    )
else:
    say("**Among the scores no pair can be told apart** with this many seeds.")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Compared within each seed: the same seed gives both systems the same order of batches, so what the
# seed does to both cancels. The interval is that of the mean difference. All numbers of the table, and
# those in the sentence on attention of any kind, are means over the seeds; that attention is ahead with
# every single seed is checked seed by seed. Intervals of differences are not cut at what is possible.
#
# **Ask** Six pairs of scores, each with a 95 % interval. If all four scores were equal, how many of the six
# pairs would you expect to look different by luck?
#
# **Expect** Six times one in twenty, 0.3 of a pair: most such studies would show none. About one in four
# would show at least one ($1 - 0.95^6$, if the pairs were independent; they share systems, so that is
# rough). So one pair that barely misses zero is no news.
#
# **Look out for** Comparing each system with the winner only, and with the intervals of single systems: the
# question is about differences, so take the interval of the difference.

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### The way there
#
# A final score hides how it was reached. The loss after each epoch, with intervals over seeds:

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
epochs = list(range(1, budget.num_epochs + 1))
learning = {}
for score in budget.scores:
    by_epoch = zip(*over_seeds(score, "losses"), strict=True)
    learning[score or "none"] = (epochs, *band(by_epoch, lowest=0))
curves(learning, "epoch", "training loss, nats per token")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** After the first epoch the curves lie together, later those with attention lie lower. What can a
# model learn before it knows where to look, and what after?
#
# **Expect** Before: which words are frequent and which follow each other, as a language model would. After:
# where to look.
#
# **Look out for** Judging a score by its loss after a fixed short time: who is late looks like a bad one.

# %% [markdown]
# After the first epoch all losses lie together: what is learned first, such as which words are frequent and
# which follow each other, needs no look at the source. From the second on those with attention lie lower:
# they find out *where to look*. (Four points a curve are too few to show when.) How soon, may
# depend on how much the scores differ to begin with. Their spread over the source positions, before
# training and after:


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
def score_spread(model):
    """Standard deviation of a query's scores over the words of the source, averaged over queries."""
    logs = np.log(np.maximum(attend(model), 1e-30))  # scores, up to a number that is the same for all keys
    spread = np.nanstd(np.where(test_inputs["source_padding_mask"][:, None], logs, np.nan), axis=-1)
    return spread[test_labels != 0].mean()


rows, halfway, spread = [], {}, {}
for score in scorers:
    set_seed(budget.seeds[0])
    before, after = score_spread(new_model(score)), score_spread(models[score])
    halfway[score] = [losses[len(losses) // 2 - 1] for losses in over_seeds(score, "losses")]
    spread[score] = after
    later = verdict(mean_and_interval(paired(halfway[score], halfway["dot"])), "later", "sooner")
    rows.append([score, f"{before:.4f}", f"{after:.2f}", with_interval(halfway[score], ".2f")])
    rows[-1].append("" if score == "dot" else later)
table(["score", "spread, untrained", "trained", f"loss after epoch {len(epochs) // 2}", "beside dot"], rows)
say(f"Slowest on the way is **{max(halfway, key=lambda score: mean(halfway[score]))}**.")
claim(min(spread, key=spread.get) == "scaled_dot", "scaled scores spread least")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Before training, how different are the scores of one query over the words? Why is the scaled dot
# product the slowest here, though scaling is the rule in Transformers?
#
# **Expect** Hardly different at all: everything is attended to alike, and each score must grow its
# differences. Why it is the slowest was not tested. A guess: the argument for scaling assumed entries of
# variance 1; the states of a GRU are near 0 at first, so that their dot products are small already, and
# dividing makes them smaller. It cannot be all of it: the additive score begins more widely spread than the
# plain one and is no sooner. Multiply by a learned number that begins at $\sqrt D$, and training begins as
# with the plain dot product.
#
# **Look out for** "Scaling is always right." A good reason in one architecture is not a good reason in the
# next.
#
# `dot_score.scale_inverted`

# %% [markdown]
# Dot, multiplicative and additive are not told apart after epoch 2 (last column). Before training all of them
# attend to everything alike; each has to *grow* the differences between its scores. The scaled dot product
# begins with the smallest and ends with the flattest. That the first is the reason for its lateness was not
# tested, and cannot be all: the additive score begins ten times as far spread as the plain dot product and is
# no sooner. The argument for scaling assumed entries of variance 1. The states of a GRU lie between −1 and 1,
# and most of them near 0 at first, so their plain dot products are small already, and dividing by $\sqrt D$
# may mean that states must grow that much further to say the same. In chapter 8 inputs are normalised to
# variance 1, and the argument holds again. *A good reason in one architecture is not a good reason in the
# next.*

# %% [markdown]
# ❓ **Question** [`scaled_and_behind`] to this section.
#
# [`scaled_and_behind`]: ../exercises/03_attention.ipynb#cell-id=question-scaled_and_behind

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# And the model without attention: is it merely slow? We give it twice the time, with the first seed.


# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
label = f"none, {budget.num_patient_epochs} epochs"
patient, *_ = train(partial(new_model, None), label, budget.seeds[0], num_epochs=budget.num_patient_epochs)
patient_bleu = corpus_bleu(translations(patient), references)
bleu = {score: mean(over_seeds(score, "bleu")) for score in budget.scores}
best, worst = max(scorers, key=bleu.get), min(scorers, key=bleu.get)
say(
    f"After {budget.num_patient_epochs} epochs instead of {budget.num_epochs}, no attention has reached "
    f"**{patient_bleu:.1f} BLEU** (it had {runs[None][0]['bleu']:.1f}); the scores, after "
    f"{budget.num_epochs}, have {bleu[worst]:.1f} ({worst}) to {bleu[best]:.1f} ({best})."
)
claim(patient_bleu < bleu[worst], "patience does not replace attention")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same model without attention, the first seed, and twice as many epochs as all the others had.
#
# **Ask** Before this slide is shown: is the model without attention merely slow? What would have to happen
# for you to say yes?
#
# **Expect** With twice the time it would have to reach the scores. It gains, and stays below the worst of
# them.
#
# **Look out for** Taking this for a proof that it never gets there: it is one seed and twice the time, no
# more.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### By length: was the vector really the bottleneck?
#
# If one vector is too narrow a door, the damage must grow with the length of what has to pass. A model
# without attention should lose ground from short to long sentences, and one with attention should not. The
# test sentences are divided by their source words: 1 to 8, 9 to 12, 13 to 16, 17 to 20, 21 and more.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** This is the test of chapter 2's explanation: if one vector is too narrow a door, the damage must
# grow with what has to pass.
#
# **Ask** Draw both curves before you see them. Where do they begin, and which one falls? And a decoder that
# gets the summary at its first step only: above or below?
#
# **Expect** Without attention BLEU falls from short sentences to long ones, with the better scores it
# hardly does: the table behind the picture has the shortest and the longest range, and what share is kept.
# The summary at the first step only must be carried through the state as well, so expect it to be worse on
# long sentences; the chapter leaves that for you to measure.
#
# **Look out for** Comparing BLEU of different lengths as if the sentences were equally hard: compare the
# curves with each other; the column *share kept* compares the ends of one, so read it only beside the others.
# The last ranges hold the fewest sentences, so their intervals are the widest.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
by_length = {
    score or "none": [
        mean_and_interval(column, 0, 100) for column in zip(*over_seeds(score, "by_length"), strict=True)
    ]
    for score in budget.scores
}
bleu_by_length_with_intervals(edges, by_length)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
rows, kept_share = [], {}
for score in budget.scores:
    short, long = (mean(run["by_length"][end] for run in runs[score]) for end in (0, -1))
    kept_share[score] = long / max(short, 1e-9)
    rows.append([score or "none", f"{short:.1f}", f"{long:.1f}", f"{kept_share[score]:.0%}"])
table(["score", f"BLEU, under {edges[1]} words", f"BLEU, {edges[-2]} words and more", "share kept"], rows)
counts = [b.count for b in bleu_by_length(references, references, source_lengths, edges)]
best_keeper = max(scorers, key=kept_share.get)
say(
    f"Without attention a model keeps {kept_share[None]:.0%} of its BLEU from the shortest sentences to the "
    f"longest; with {best_keeper}, {kept_share[best_keeper]:.0%}. (Sentences in the five ranges: "
    f"{', '.join(map(str, counts))}.)"
)
claim(kept_share[None] < kept_share[best_keeper], "attention keeps more on long sentences")

# %% [markdown]
# **What this does not show.** All systems had the same number of steps, so the *size* of a gap belongs to
# this budget. Nor is the door the whole story. With the shortest sentences the model without attention is far
# behind already, where the door is not narrow; and the scaled dot product, which has attention, loses more
# than a third of its BLEU as well. These two had the highest loss after four epochs. (Chapter 2's vector of
# the same width fared better: another model, eight epochs, at most twelve words.) The toy language has about
# a hundred words, no noise and one right translation a sentence; any model that can look in the right place
# translates it nearly without fault in the end. On real text the differences are smaller and the noise is
# larger: see section 3.10.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### What the papers reported
#
# | paper | task | without | with attention | by score |
# |---|---|---|---|---|
# | Bahdanau et al., 2015 | WMT'14 English–French | 17.8 | 26.8 | additive only |
# | Luong et al., 2015 | WMT'14 English–German | 14.0 | 16.8, by location | dot over general; concat poor |
# | Britz et al., 2017 | WMT'15 English–German | 10.0, 11.6 | 22.5 | additive over multiplicative by 0.7 |
#
# All agree with us on the large matter, and the two that compared scores do not agree with each other on the
# small one: the additive score of Luong et al., their *concat*, did poorly, and in local attention general
# was ahead of dot. Luong et al. report single runs; Britz et al. trained several of each and found the
# additive score slightly but consistently ahead (by 0.7 at width 512).
#
# BLEU of different papers cannot be compared: languages, test sets and tokenizers differ. Compare within a
# row, never within a column.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read each row from left to right: what the paper had without attention and with it. Then the last
# column.
#
# **Ask** Luong et al. and Britz et al. disagree on which score is best. Who is right?
#
# **Expect** Both may be: other languages, sizes and decoders, and Luong et al. report single runs. On the
# large matter, attention or none, all agree with us.
#
# **Look out for** Comparing BLEU down a column: languages, test sets and tokenizers differ. Within a row you
# may.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.8 Where do they look?
#
# One test sentence, the models of the last seed, gold links outlined. The sentence is the first of nine to
# twelve words that holds a word with two meanings: not the prettiest, the first.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Outlined are the true links.
#
# **Ask** Find a row that looks beside the outlined cell although the word is translated rightly. How can that
# be?
#
# **Expect** *zumek* under the scaled dot product: brightest at *red*, not at *saw*; it is the only one. The
# encoder reads in both directions, so that an output knows its neighbours: what is needed can be had next
# door. The map is "wrong" and the translation right.
#
# **Look out for** "Attention learned grammar." Nobody told the models about alignment, but every gradient
# pulled at it, because the right word is easier with the right place. Which words have the largest errors?
# Group the links by word: that question is open to the audience, the chapter does not answer it.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
shown = next(
    index
    for index, pair in enumerate(test_pairs)
    if 9 <= len(pair.source) <= 12 and {"saw", "rose", "left"} & set(pair.source)
)
pair = test_pairs[shown]
weights_of = {score: attend(models[score]) for score in scorers}
maps = [weights_of[score][shown, : len(pair.target), : len(pair.source)] for score in scorers]
attention_heatmaps(maps, pair.source, pair.target, titles=scorers, gold=pair.alignment)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
print(f"{'source':15}", " ".join(pair.source))
print(f"{'reference':15}", references[shown])
for score in budget.scores:
    print(f"{score or 'none':15}", runs[score][-1]["hypotheses"][shown])
aer = {score: mean(over_seeds(score, "aer")) for score in scorers}
aligner = min(scorers, key=aer.get)
beside = verdict(mean_and_interval(bleu_gains(best, aligner)), "told apart", "told apart")
say(
    f"Nobody told the models about word alignment, and yet translating taught them links that agree with the "
    f"gold ones to {1 - aer[aligner]:.0%} (one minus AER, {aligner}). "
    + (
        "It also has the highest BLEU."
        if best == aligner
        else f"The highest BLEU is that of {best}, and the two are {beside} in BLEU."
    )
)
claim(min(aer.values()) < diagonal, "attention aligns better than the diagonal")

# %% [markdown]
# Look for three things: adjectives and nouns that change places, verbs fetched from far to the left, and, in
# the map of the scaled score, rows whose largest weight is not in the outlined cell. The last kind is
# instructive. The encoder is bidirectional, so its output at one position knows its neighbours; a decoder can
# find what it needs a place or two away, and the translation is right although the map is "wrong".
#
# → *Exercise* [`alignment_error_rate`].
#
# [`alignment_error_rate`]: ../exercises/03_attention.ipynb#cell-id=alignment_error_rate

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### What happens without the mask
#
# We take models trained properly, those of the last seed, and leave out the mask when they translate.
# Nothing is retrained; all test sentences go in one batch, so the short ones carry a lot of padding. What
# it costs is taken before rounding, so it may be a tenth off what the columns show.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
source_mask = test_inputs["source_padding_mask"]


def forget_mask(state):
    return {**state, "memory_mask": ops.ones_like(state["memory_mask"])}


def search_without_mask(step, state, **settings):
    return greedy_decode(step, forget_mask(state), **settings)


rows, drops = [], {}
for score, model in ((score, models[score]) for score in scorers):
    state = model.encode(test_inputs["source_token_ids"], source_mask)
    _, state = model.step(test_inputs["target_token_ids"][:, 0], forget_mask(state))  # the first word
    _, weights = model.decoder.attend(state["hidden"][:, None], state, return_attention_weights=True)
    on_padding = (ops.convert_to_numpy(weights)[:, 0] * ~source_mask).sum(axis=-1).mean()
    masked = runs[score][-1]["bleu"]
    unmasked = corpus_bleu(translations(model, search_without_mask), references)
    drops[score] = masked - unmasked
    rows.append([score, f"{masked:.1f}", f"{unmasked:.1f}", f"{on_padding:.0%}"])
table(["score", "BLEU with mask", "BLEU without", "attention on padding, first word"], rows)
say(
    f"Of the positions in this batch {np.mean(~source_mask):.0%} are padding. Leaving out the mask costs up "
    f"to **{max(drops.values()):.1f} BLEU** ({max(drops, key=drops.get)}), and no exception tells you: "
    "everything still runs."
)
claim(max(drops.values()) > 0, "leaving out the mask costs BLEU")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The models were trained with their masks; only in translating is the mask left out, in one batch of
# all test sentences, so that the short ones carry much padding.
#
# **Ask** Before this slide is shown: which score will suffer most? Will anything raise an error?
#
# **Expect** The one whose scores are flattest, since padding need not score high to get a share. See the last
# column. And nothing raises: everything still runs.
#
# **Look out for** "The BLEU hardly changed, so the mask was not needed." Where the words' scores tower over
# those of padding the fault hides, and comes out with other lengths.
#
# `attention_context.mask_ignored`

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### Teacher forcing flatters
#
# Fed with the right words, a model is asked for one next word at a time. Translating, it must live with its
# own mistakes. The gap between the two is what chapter 2 called exposure. The models are again those of the
# last seed. The last column is a share: in BLEU points the scaled dot product loses no less than the model
# without attention, whose base is small. A decoder that looks at the source may find its place again after a
# slip, where one without has only its memory; whether that is so was not measured.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
rows, lost = [], {}
for score in budget.scores:
    guesses = ops.convert_to_numpy(ops.argmax(models[score](test_inputs), axis=-1))
    accuracy = (guesses == test_labels)[test_labels != 0].mean()
    forced_ids = np.where(test_labels == 0, 0, guesses)
    forced = corpus_bleu([target_tokenizer.decode(row) for row in forced_ids.tolist()], references)
    free = runs[score][-1]["bleu"]
    lost[score] = 1 - free / max(forced, 1e-9)
    rows.append(
        [score or "none", f"{accuracy:.1%}", f"{forced:.1f}", f"{free:.1f}", f"{round(100 * lost[score])}%"]
    )
table(["score", "next word right", "BLEU, right words fed", "BLEU, translating", "lost"], rows)
most = max(scorers, key=lost.get)
say(
    f"Left to itself the model without attention loses {lost[None]:.0%} of its BLEU, those with "
    f"attention {max(lost[most], 0):.0%} at most."
    if lost[None] > lost[most]
    else f"Left to itself, the model without attention loses {lost[None]:.0%}, {most} {lost[most]:.0%}."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Fed with the right words, a model is asked for one next word at a time. Translating, it must live
# with its own mistakes: chapter 2's exposure.
#
# **Ask** Who loses more from one to the other, a model with attention or one without?
#
# **Expect** In shares, the one without. That it cannot find its place again after a slip is one explanation,
# and not tested: it also slips far more often. Compare the loss in BLEU points as well.
#
# **Look out for** Reporting the accuracy of next words as the quality of translations: it is measured on
# prefixes that the model did not write.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### Is attention an explanation?
#
# A heat map is a tempting explanation: "it wrote *zigo* because it looked at *saw*". "Because" is a claim
# about causes, and causes are tested by interfering. At each step we hide one source position from the
# attention, once the one with the largest weight, once another at random, and count how often a word that
# was right becomes a different word.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** "It wrote this *because* it looked there" is a claim about causes. Causes are tested by interfering:
# hide the position with the largest weight, hide another at random, and count how many right words change.
#
# **Ask** If the map were the whole explanation, what would the first column show? And the second?
#
# **Expect** All of the words changed, and none. The table shows that the largest weight matters far more than
# another, and that for a part of the words hiding it changes nothing.
#
# **Look out for** "So attention is no explanation." It is evidence, and no proof. The test hides a position
# from the attention alone: its neighbours have read it long before.


# %%
def changed_words(model, num_steps=12):
    """Share of right words that change when the most attended position is hidden; and a random one."""
    random = np.random.default_rng(0)
    state = model.encode(test_inputs["source_token_ids"], source_mask)
    counts = np.zeros(3)
    for t in range(min(num_steps, test_labels.shape[1])):
        token_ids, labels = test_inputs["target_token_ids"][:, t], test_labels[:, t]
        logits, after = model.step(token_ids, state)
        _, weights = model.decoder.attend(after["hidden"][:, None], after, return_attention_weights=True)
        best = ops.convert_to_numpy(weights)[:, 0].argmax(axis=-1)
        lottery = random.random(source_mask.shape) * source_mask
        lottery[np.arange(len(best)), best] = -1.0
        right = (ops.convert_to_numpy(logits).argmax(axis=-1) == labels) & (labels != 0)
        counts[0] += right.sum()
        for column, hidden in ((1, best), (2, lottery.argmax(axis=-1))):
            mask = source_mask & (np.arange(source_mask.shape[1]) != hidden[:, None])
            other, _ = model.step(token_ids, {**state, "memory_mask": ops.convert_to_tensor(mask)})
            counts[column] += (right & (ops.convert_to_numpy(other).argmax(axis=-1) != labels)).sum()
        state = after
    return counts[1:] / counts[0]


# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
causes = {score: changed_words(models[score]) for score in scorers}
table(
    ["score", "words changed, most attended hidden", "another hidden at random"],
    [[score, f"{most:.0%}", f"{other:.1%}"] for score, (most, other) in causes.items()],
)
unmoved = {score: 1 - most for score, (most, _) in causes.items()}
say(
    f"The position with the largest weight matters more than another. But for {unmoved[best]:.0%} of the "
    f"words that {best} got right, hiding it changes nothing: the word could be had from elsewhere, and the "
    "map did not say so."
)
claim(all(most > other for most, other in causes.values()), "the largest weight matters more than another")

# %% [markdown]
# So in these models attention is evidence about causes, and not proof. Jain and Wallace (2019) found, for
# classifiers, very different weights with the same predictions; Wiegreffe and Pinter (2019) answered that
# much depends on what one means by an explanation. Our test has limits of its own: it hides a position from
# the *attention* only. What stood there has long been read into its neighbours by the encoder; and some
# words, such as the second *lum* of *lum lum*, follow from the words before them.

# %% [markdown]
# ❓ **Question** [`maps_and_causes`] to this section.
#
# [`maps_and_causes`]: ../exercises/03_attention.ipynb#cell-id=question-maps_and_causes

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.9 Two variants: look near, and do not look twice
#
# **Local attention** (Luong et al., 2015) predicts a position $p_t$ and looks only near it:
#
# $$ p_t = S \cdot \mathrm{sigmoid}\big(v_p^\top \tanh(W_p h_t)\big), \qquad
# w_{ts} = \underset{|s - p_t| \le D}{\mathrm{softmax}}(a_{ts}) \cdot
# e^{-(s - p_t)^2 / 2 \sigma^2}, \qquad \sigma = D / 2 $$
#
# where $S$ is the number of the sentence's own tokens, padding not counted, and $D$, here, is half the
# width of the window. $W_p$, $(H, D_q)$, and $v_p$, $(H)$, are learned. It saves work on long sources, and
# the bell gives $p_t$ a gradient.

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# * Positions count from 0. The window is a mask and is joined with the padding mask by *and*, before the
#   softmax: only words within reach share the weight.
# * At the borders the window is cut: where it reaches beyond the sentence, the softmax runs over the
#   positions that are left, and the bell stays as it is.
# * After the bell nothing is normalised again: a row sums to one at most.
# * Since $0 < p_t < S$, a word is always within reach if $D \ge 1$. Were $S$ the padded length, a window
#   could hold padding alone; as every row that allows nothing it would get zeros.
#
# First a window by itself, on equal scores, so that only window and bell are to be seen:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A window is a mask: positions further than $D$ from the centre are hidden *before* the softmax. The
# bell comes after it, and nothing is normalised again, so that a row sums to one at most. A position exactly
# $D$ away belongs to the window, and the centre stays a real number, or no gradient would reach it.
#
# **Ask** Why the bell? Would not the window alone do? And with equal scores and $D = 4$, what is the weight
# at the centre if $p$ is a whole number, far from both borders? How many positions are within reach of the
# three centres of the code?
#
# **Expect** Without the bell the centre gets no gradient: moving it a little changes nothing until a
# position enters or leaves. Around a whole $p$ nine positions are within reach; the softmax gives each a
# ninth, and the bell is 1 at the centre, so a ninth it is. The centres of the code are no whole numbers:
# eight positions are within reach of the middle one, and seven of each of the others, where a border cuts
# the window.
#
# **Look out for** `local_weights.renormalised`
#
# `local_weights.bell_on_scores`
#
# `local_weights.deviation_is_window`

# %% {"slideshow": {"slide_type": "fragment"}}
centers = np.array([2.25, 7.5, 12.75])
distance = np.arange(16) - centers[:, None]  # (T=3, S=16)
inside = np.abs(distance) <= 4
window = np.where(inside, np.exp(-(distance**2) / (2 * 2.0**2)), 0) / inside.sum(axis=1, keepdims=True)
curves(
    {f"p = {center:g}": (range(16), row) for center, row in zip(centers, window, strict=True)},
    "source position s",
    "weight",
    title="Local weights around three positions, equal scores, D = 4",
)

# %% [markdown]
# → *Exercise* [`local_weights`]: it is given the centres.
#
# [`local_weights`]: ../exercises/03_attention.ipynb#cell-id=local_weights

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# **Coverage** (Tu et al., 2016; the form below is from See et al., 2017) remembers what has been looked at,
# and charges for looking again:
#
# $$ u_{ts} = \sum_{t' < t} w_{t's}, \qquad
# \text{looks} = \operatorname*{mean}_t \sum_s \min(w_{ts}, u_{ts}), \qquad
# \text{loss} = \text{cross-entropy} + \lambda \cdot \text{looks} $$
#
# The mean is over all target tokens of a batch, end tokens among them, without padding. It is 0 if no
# position is looked at twice, and never above 1. Here $u$ enters the loss alone, not the score.
#
# <!-- notes -->
#
# Both variants were trained in the setting of the study, with the dot score underneath and on all 8,000
# sentences: same data, same steps, same seeds. That takes longer than a chapter may, so
# `benchmarks/attention_variants.py` did it and stored what came of it.

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# Local attention with $D = 4$, coverage with $\lambda = 0.3$, all else as in the study. *Second looks a
# word* are the looks of the formula, on the test sentences:


# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
stored = stored_result("attention_variants").get("runs", [])
variants = {
    name: [run for run in stored if run["variant"] == name] for name in ("plain", "local", "coverage")
}
if stored:
    rows = []
    for name, many in variants.items():
        bleu, aer, looks = ([run[key] for run in many] for key in ("bleu", "aer", "second_looks"))
        gain = paired(bleu, [run["bleu"] for run in variants["plain"]])
        says = "" if name == "plain" else f"{with_interval(gain)}, {verdict(mean_and_interval(gain))}"
        cells = [with_interval(aer, ".3f", 0, 1), with_interval(looks, ".3f", 0)]
        rows.append([name, with_interval(bleu, ".1f", 0, 100), says, *cells])
    table(["variant, dot score", "BLEU", "minus plain", "AER", "second looks a word"], rows)
truth = np.zeros(
    (len(test_pairs), *test_labels.shape[1:], test_inputs["source_token_ids"].shape[1]), "float32"
)
for row, pair in enumerate(test_pairs):
    for source_index, target_index in pair.alignment:
        truth[row, target_index, source_index] = 1 / sum(j == target_index for _, j in pair.alignment)
needed = float(layers.coverage_penalty(truth, test_inputs["target_padding_mask"]))
say(
    f"Not all second looks are faults: the gold alignment has {needed:.3f}, for *lum lum* and *ro … ka* come "
    "from one source word each."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Both variants come from papers in which they helped. What would you expect in a language whose
# sentences are short and whose word order jumps?
#
# **Expect** No help from a window that must be steered back and forth over short sentences. Coverage was
# made for long outputs that repeat themselves; whether ours do, the chapter does not count: the column of
# second looks is about attention, not about words. The table shows wide intervals: neither variant can be
# told apart from the plain model, and neither mean is better.
#
# **Look out for** "Not told apart, so it does no harm." The interval holds large losses as well. An idea from
# a paper comes with the problem that it solves.

# %% [markdown]
# Neither variant was made for this language. A window must first be steered, by a guess at the position that
# has to jump to the end of a sentence and back; and with sentences this short it saves nothing. Coverage was
# made against *repetition* in long outputs; early in training it may push the attention away from where it
# has just begun to learn to look (See et al. switch it on only at the end). An idea from a paper comes with
# the problem that it solves.
#
# The interval of a difference is not cut. No BLEU is below 0 or above 100, so no difference lies beyond 100
# on either side; an interval whose end does says that three seeds leave everything open, and no more.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.10 Real sentences
#
# Multi30k holds captions of photographs, in English and German: 29,000 pairs to train on, 1,014 to validate
# with, 1,000 to test. Real text needs three things the toy language did not: a tokenizer that has a token
# for everything (WordPiece), a vocabulary of thousands where the toy language has about a hundred words,
# and so much more patience.
#
# <!-- notes -->
#
# The next cells need the corpus: they take it from the folder that `COURSE_DATA` names, or from the cache,
# or download it. Offline without it they say so, and the chapter goes on. They show two captions, and what
# a small vocabulary of 2,000 pieces makes of one; the models of the next slides were trained by a
# benchmark.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** From here on the sentences are those of people, and the truth about alignments is gone.
#
# **Ask** What must change in the model when it gets captions of photographs in place of toy sentences?
#
# **Expect** Nothing in the model. A tokenizer that has a token for everything, a larger vocabulary, and
# patience.
#
# **Look out for** Expecting the toy numbers. Real text is ambiguous, and has one reference where many
# translations are right.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
captions = {}
try:
    captions = {split: load_multi30k(split, languages=("de", "en")) for split in ("train", "test")}
    say(f"Multi30k is here: {len(captions['train']):,} training captions, for instance")
    for german, english in captions["train"][:2]:
        print(f"de  {german}\nen  {english}")
except DownloadError:
    say("**Multi30k is neither mirrored, nor cached, nor reachable.** The next cell does nothing.")

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
if captions:
    tokenizer = WordPieceTokenizer(
        train_wordpiece([text for pair in captions["train"] for text in pair], vocabulary_size=2000)
    )
    x, y = pair_batches(captions["train"][:1_000], tokenizer, tokenizer, batch_size=64, shuffle_seed=0)[0]
    ids = tokenizer.encode(captions["train"][0][0])
    print("pieces   ", " ".join(map(tokenizer.vocabulary.token_of, ids)))
    print("and back ", tokenizer.decode(ids))
    for name, array in {**x, "labels": y}.items():
        print(f"{name:20} {array.dtype!s:6} {array.shape}")

# %% [markdown]
# This tokenizer writes everything small and drops accents and dots, as BERT's uncased one does (chapter 9):
# what comes back is not quite what went in.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### The ladder: the same question on real text, with patience
#
# `benchmarks/ladder` trains the five systems on all of Multi30k, German to English, with one set of
# hyperparameters that was set once and not tuned. It runs for hours on a CPU, so its results are stored.
# Here they are, beside figures published for word-level models from which many people have learned.
#
# * one vocabulary of 4,000 pieces for both languages; states, encoder outputs and $H$ of width 320,
#   embeddings 128;
# * ten epochs, and of them the one with the lowest loss on the 1,014 validation pairs; one seed;
# * the 1,000 test pairs decoded when all was chosen, greedily and with a beam of five.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The results are stored, because these runs take hours. Five systems, everything equal but the score,
# the epoch chosen on the validation split.
#
# **Ask** On real text, is the step from none to any score still the largest of the ladder? And the scaled dot
# product was far behind the plain one in the study. Is it here?
#
# **Expect** Compare the smallest step, from none to the weakest score, with the distance from the weakest
# score to the best: even that step is the larger one. Scaled and plain stand level. The study showed that
# scaling makes learning to look slower, not that it makes it worse in the end. Here there was more time;
# whether that is why was not tested.
#
# **Look out for** Reading any gap between two scores as an order. Each system was trained once, and what
# one seed is worth on this corpus was not measured: a point says nothing, and several points are a reason
# to train again. And comparing our rows with the published ones to the digit: other tokenizers, other
# tokens for BLEU.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
ladder = stored_result("ladder")
rungs = {rung["score"]: rung for rung in ladder.get("rungs", [])}
every_rung = (None, "dot", "scaled_dot", "multiplicative", "additive")
missing = [score or "none" for score in every_rung if score not in rungs]
rows = []
for peer in ladder.get("published", []):
    size = f"{peer['parameters']:,}" if peer["parameters"] else "not stated"
    rows.append([f"published: {peer['label']}", f"{peer['test_bleu_greedy']:.1f}", "", size])
for score, rung in ((score, rungs[score]) for score in every_rung if score in rungs):
    bleu = [f"**{rung['test_bleu_greedy']:.1f}**", f"{rung['test_bleu_beam5']:.1f}"]
    rows.append([f"ours: {score or 'none'}", *bleu, f"{rung['parameters']:,}"])
if rows:
    table(["system", "test BLEU, greedy", "beam 5", "parameters"], rows)
    say(f"Metric: `{ladder['metric']}`. Published: {ladder['published'][0]['source']}. One seed each.")
if missing:
    say(f"Not measured yet: {', '.join(missing)}. `make bench` trains what is missing.")

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
if rungs:
    bars = {peer["label"]: peer["test_bleu_greedy"] for peer in ladder["published"]}
    for score in (score for score in every_rung if score in rungs):
        bars[f"ours, {score or 'none'}"] = rungs[score]["test_bleu_greedy"]
    display(
        bars_with_intervals(
            {label: (bleu, bleu, bleu) for label, bleu in bars.items()},
            "test BLEU, greedy",
            title="Multi30k German to English, one run each: published systems, then ours",
        )
    )

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
if None in rungs and len(rungs) > 1:
    added = {s: rungs[s]["test_bleu_greedy"] - rungs[None]["test_bleu_greedy"] for s in rungs if s}
    say(
        "On real captions attention adds "
        + ", ".join(f"{gain:.1f} ({score})" for score, gain in added.items())
        + " BLEU to the same decoder without it. One run each, so differences of "
        "about a point between scores mean nothing here."
    )
    assert min(added.values()) > 0
for peer in (peer for peer in ladder.get("published", []) if peer["parameters"]):
    ahead = {s: rung for s, rung in rungs.items() if rung["test_bleu_greedy"] > peer["test_bleu_greedy"]}
    if ahead:
        share = min(rung["parameters"] for rung in ahead.values()) / peer["parameters"]
        say(
            f"Ahead of the published {peer['label']} ({peer['test_bleu_greedy']:.1f}): "
            f"{', '.join(s or 'none' for s in ahead)}, the smallest with {share:.0%} of its parameters."
        )

# %% [markdown]
# **What this does not show.** The published systems used other tokenizers and computed BLEU on their own
# tokens; a point more or less says nothing about who is better. What the ladder does show is its own steps:
# there, everything but the score is equal.
#
# **And the scaled dot product?** Level with the plain one here, far behind it in section 3.7. Time may be the
# reason: there were 500 steps there, and here nine times as many. The stored validation losses fit that:
# scaled is behind dot after the second epoch, and from the third on it is not. They prove nothing, for width,
# data and number of steps all differ, and each system ran once.

# %%
if rungs:
    top = max(ladder["rungs"], key=lambda rung: rung["test_bleu_greedy"])
    say(f"Some test captions, translated by *{top['score'] or 'none'}*:")
    for sample in top["samples"][:4]:
        print(f"de    {sample['source']}\nen    {sample['reference']}\nours  {sample['hypothesis']}\n")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### Another language, another order: English to Chinese
#
# Chinese writes no spaces between words, has no articles, no plural and no tense, and puts what English
# hangs behind a noun before it. None of this needed a change to the model. Sentences of Tatoeba trained the
# *additive* system of the ladder, and no other: what attention is worth here was not measured. BLEU is
# counted on characters.
#
# The pairs are split so that no English sentence is on two sides; 1,450 of them chose the epoch; the
# vocabulary has 6,000 pieces. Characters are those of sacreBLEU's `zh` tokenizer. Ten test sentences show
# what that means: every fifth of the first fifty, taken blindly, and short, because the corpus is sorted by
# length.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A second language pair with another order of words, by the same model, to see what had to be changed
# for it: nothing.
#
# **Ask** Why is BLEU counted on characters here? And which of these ten lines would you, as a reader of
# Chinese, call wrong?
#
# **Expect** Chinese writes no spaces, so there are no words to count without a segmenter. Wrong
# are *Back off* (回来, come back), *Stand aside* (坚持, hold out) and *Let Tom live* (住活 is no word);
# doubtful *I quit* (I stopped) and *I know Tom* (知道, know of). The others are good, and BLEU
# calls them wrong in part, too.
#
# **Look out for** Trusting the score: a part of the test sentences stands in the training split under
# another English sentence, so it is flattered; and one reference is few. And taking it for a success of
# attention: there is no model without it beside this one.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
chinese = stored_result("ladder_tatoeba_en_zh")
for rung in chinese.get("rungs", []):
    say(
        f"{chinese['data']['train']:,} training pairs, {rung['parameters']:,} parameters, "
        f"{rung['epochs']} epochs: test BLEU **{rung['test_bleu_greedy']:.1f}** greedy, "
        f"**{rung['test_bleu_beam5']:.1f}** with a beam of five, on {chinese['data']['test']:,} sentences "
        f"(`{chinese['metric']}`). One run."
    )
    samples = [[s["source"], s["reference"], s["hypothesis"]] for s in rung["samples"]]
    table(["English", "Chinese, by a person", "ours, greedy"], samples)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
try:
    tatoeba = load_tatoeba("cmn") if chinese else {}
except DownloadError:
    tatoeba = {}
if tatoeba:
    known = {target for _, target in tatoeba["train"]}
    seen = np.mean([target in known for _, target in tatoeba["test"]])
    say(
        f"**What this does not show.** {seen:.0%} of the Chinese test sentences also stand in the training "
        "split, under another English sentence: Tatoeba translates many sentences in many ways. The score "
        "is flattered by that. And it has one reference a sentence, where a dozen would be right."
    )

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 3.11 Summary
#
# * Attention scores all source positions against the decoder's state, turns the scores into weights with a
#   masked softmax, and averages. It opens the bottleneck of chapter 2.
# * Dot, multiplicative and additive scores differ in what they ask of encoder and decoder, in parameters, in
#   the memory they need when many queries are asked at once. How soon they learn where to look told only the
#   scaled score from the rest.
# * Scaling by $\sqrt D$ keeps wide dot products of normalised vectors from freezing the softmax; with the
#   small states of a GRU the scaled score learned later here. The reason was not tested.
# * The mask acts before the softmax, over the keys, and `True` means attend. Errors here are silent.
# * Alignments emerge without supervision. They are evidence about what a model uses, not a proof.

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# One picture to take away; it also stands in the README:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Go through the five points and let the audience name the slide that showed each. What was not
# measured does not stand here.
#
# **Ask** Without looking back: what are the three steps of attention, where does the mask act, and what does
# an attention map prove?
#
# **Expect** Scores, softmax over the keys, weighted average of the values. Before the softmax. Nothing: it is
# evidence about what a model uses.
#
# **Look out for** "Dot is best." Here, among these, with this budget; the intervals leave most pairs of
# scores open. And turning a line of the last list round: that it may not be concluded does not make the
# opposite true. For each, ask what one would have to measure.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
chosen = next(index for index, pair in enumerate(test_pairs) if len(pair.source) == 11)
pair = test_pairs[chosen]
figure = alignment_and_lengths(
    weights_of[aligner][chosen, : len(pair.target), : len(pair.source)],
    pair.source,
    pair.target,
    pair.alignment,
    edges,
    by_length,
)
if budget.name == "cpu" and Path("../docs/images").is_dir():
    figure.savefig("../docs/images/attention.png")
display(figure)

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# **What may not be concluded** from this chapter:
#
# * *That one score is best.* Three seeds, one language, one budget: most pairs are not told apart, and not
#   told apart is not equal. On real text each system ran once.
# * *That without attention it never works.* It had twice the time, once, with one seed. And the size of the
#   gap belongs to this budget and to a language of about a hundred words.
# * *That scaling is wrong.* It was late here, with the small states of a GRU; in the ladder it is level.
# * *That a map explains a word.* Hiding the brightest position leaves some words as they are.
# * *That a window or coverage does harm, or does none.* Their intervals hold both.
# * *What a score costs elsewhere.* Counts of numbers hold everywhere, milliseconds on one machine.
# * *That BLEU of one table may be held against another's.* Languages, test sets and tokenizers differ.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Exercises
#
# In [`exercises/03_attention.ipynb`](../exercises/03_attention.ipynb), judged by what they compute:
#
# | exercise | after section |
# |---|---|
# | [`dot_score`], [`multiplicative_score`], [`additive_score`] | 3.3 |
# | [`masked_softmax`] | 3.4 |
# | [`attention_context`], [`attention_step`] | 3.5 |
# | [`alignment_error_rate`] | 3.8 |
# | [`local_weights`] | 3.9 |
#
# To think about, without a judge:
#
# 1. Leave the tanh out of the additive score. Show that all queries then get the same *weights*.
# 2. A decoder *without* attention gets the encoder's summary at every step here. What do you expect if it
#    gets it at the first step only? Change `RecurrentDecoder` and measure.
# 3. Which words have the highest alignment error? Group the links of section 3.8 by word.
# 4. Multiply the scaled scores by a learned number that starts at $\sqrt D$. Is it still late?
#
# ## Further reading
#
# * D. Bahdanau, K. Cho, Y. Bengio, *Neural machine translation by jointly learning to align and translate*,
#   ICLR 2015, [arXiv:1409.0473](https://arxiv.org/abs/1409.0473). Its figure 2 is our plot over length.
# * M.-T. Luong, H. Pham, C. Manning, *Effective approaches to attention-based neural machine translation*,
#   EMNLP 2015, [arXiv:1508.04025](https://arxiv.org/abs/1508.04025). Scores, local attention, AER.
# * D. Britz, A. Goldie, M.-T. Luong, Q. Le, *Massive exploration of neural machine translation
#   architectures*, EMNLP 2017, [arXiv:1703.03906](https://arxiv.org/abs/1703.03906). How to compare, with
#   repetitions.
# * Z. Tu et al., *Modeling coverage for neural machine translation*, ACL 2016,
#   [arXiv:1601.04811](https://arxiv.org/abs/1601.04811); A. See et al., *Get to the point*, ACL 2017,
#   [arXiv:1704.04368](https://arxiv.org/abs/1704.04368).
# * S. Jain, B. Wallace, *Attention is not explanation*, NAACL 2019,
#   [arXiv:1902.10186](https://arxiv.org/abs/1902.10186); S. Wiegreffe, Y. Pinter, *Attention is not not
#   explanation*, EMNLP 2019, [arXiv:1908.04626](https://arxiv.org/abs/1908.04626).
#
# Chapter 4 takes the decoder away and asks what remains: queries, keys and values.
#
# [`masked_softmax`]: ../exercises/03_attention.ipynb#cell-id=masked_softmax
# [`dot_score`]: ../exercises/03_attention.ipynb#cell-id=dot_score
# [`multiplicative_score`]: ../exercises/03_attention.ipynb#cell-id=multiplicative_score
# [`additive_score`]: ../exercises/03_attention.ipynb#cell-id=additive_score
# [`attention_context`]: ../exercises/03_attention.ipynb#cell-id=attention_context
# [`attention_step`]: ../exercises/03_attention.ipynb#cell-id=attention_step
# [`local_weights`]: ../exercises/03_attention.ipynb#cell-id=local_weights
# [`alignment_error_rate`]: ../exercises/03_attention.ipynb#cell-id=alignment_error_rate

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Start with the masked softmax: the other exercises need it. All eight have a judge that names the
# mistake; the four questions below have none.
#
# **Ask** Which of the eight would you expect to be wrong without any error message?
#
# **Expect** All of them: masks, axes and scales fail silently. That is why they are judged by what they
# compute.
#
# **Look out for** Trying an answer on square shapes only, $T = S$ or $D_q = D_k$: many mistakes run there.
# The judge draws unequal ones.
#
# `attention_context.mask_on_queries`
