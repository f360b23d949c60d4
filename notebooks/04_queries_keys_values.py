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
# # 4 · Queries, keys, values
#
# **If the decoder and the encoder are taken away from attention, what remains?**
#
# In chapter 3 a decoder's state looked at an encoder's outputs. Nothing in the mechanism says that the one
# who looks must be a decoder, that what it compares itself with must be what it then receives, or that two
# sequences are needed at all. What remains is a question (a *query*), labels to compare it with (*keys*),
# and contents to be handed out (*values*). Let a sequence ask itself and you have self-attention, the layer
# the Transformer is made of. In this chapter you write it, watch it learn to look things up, find out why its
# scores are divided by √d, what it cannot see, and measure what it costs.
#
# **About 80 minutes** to read and run, an hour and a half more with the exercises in
# [`exercises/04_queries_keys_values.ipynb`](../exercises/04_queries_keys_values.ipynb). The cells
# themselves take some minutes on two CPU cores.
#
# **Prerequisites:** chapter 3 (scores, masked softmax, context), the idea of a gradient.
#
# **You will be able to**
#
# * say what queries, keys and values are, and name the scores of chapter 3 as special cases;
# * write self-attention from one vector's view and as four matrix products, and show that both agree;
# * explain, with measured curves, what √d is for, and when leaving it out does no harm;
# * show that self-attention is blind to order;
# * compare self-attention, recurrence and convolution in time, memory, sequential steps and path length.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Take chapter 3's attention apart into roles. Once the roles are free, a sequence can play all
# three itself, and that is the layer of the Transformer. The second half asks what it costs.
#
# **Ask** In chapter 3, who asked, what was compared, and what was handed out? Which of the three had to be
# a different thing from the others?
#
# **Expect** The decoder's state asked; the encoder's outputs were compared and, once more, handed out.
# Nothing had to be different. If somebody says "the asker must be a decoder", ask which line of the formula
# knows that.
#
# **Look out for** "Self-attention is a new mechanism." It is the old one with one sequence in all places.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import itertools
import math
import time
from functools import partial
from statistics import mean

import keras
import numpy as np
import tensorflow as tf
from IPython.display import display
from keras import ops

from course_lib import layers
from course_lib.chapters import (
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
from course_lib.evaluation import fitted_exponent, peak_memory
from course_lib.plots import attention_heatmap, bars_with_intervals, curves, log_log
from course_lib.training import ProgressLine, set_seed

# %%
budget = chapter_budget("04_queries_keys_values")
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.1 A dictionary that never says no
#
# **Claim.** Attention is looking something up in a dictionary, made soft so that it has a gradient.
#
# A Python dictionary compares a query with its keys and hands out the value of the one that is equal. If none
# is equal it raises an error; if one is nearly equal it raises an error, too. The soft version compares *how
# well* every key matches and mixes the values accordingly:
#
# $$ w_s = \mathrm{softmax}_s(q \cdot k_s / \tau) \qquad c = \sum_s w_s v_s $$
#
# with query $(D)$, keys $(S, D)$, values $(S, V)$ and a temperature $\tau$. Colours as an example: keys say
# *what something looks like* (red, green, blue), values say *how warm it feels*.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First a real dictionary, in Python, on the screen: a key that is there, a key that is nearly
# there, an error. Then the soft one. Two keys with scores $\ln 3$ and 0 are enough for the board.
#
# **Ask** Scores $\ln 3$ and 0, values 8 and 0. What is handed out at temperature 1, at one half, and at a
# very high one?
#
# **Expect** 6, since the weights are 3 to 1; then 7.2, since they are 9 to 1; in the end 4, the plain mean.
# The frequent slip is to halve the weights: the temperature divides the scores, before the exponential.
#
# **Look out for** `soft_lookup.temperature_after_softmax`
#
# `soft_lookup.keys_returned`


# %% {"slideshow": {"slide_type": "subslide"}}
def soft_lookup(query, keys, values, temperature):
    """(D,), (S, D), (S, V) → (V,)"""
    weights = ops.softmax(ops.matmul(keys, query) / temperature)  # (S,)
    return ops.matmul(weights, values), weights


names = ["red", "green", "blue", "yellow"]
keys = ops.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.7, 0.7, 0.0]])  # (S=4, D=3)
values = ops.array([[1.0], [0.3], [0.0], [0.8]])  # (4, V=1): warmth
orange = ops.array([0.9, 0.45, 0.0])  # a colour that is not in the dictionary
rows = []
for temperature in (0.01, 0.1, 1.0, 100.0):
    found, weights = soft_lookup(orange, keys, values, temperature)
    shares = [f"{share:.2f}" for share in ops.convert_to_numpy(weights)]
    rows.append([temperature, *shares, f"{float(found[0]):.2f}"])
table(["temperature", *names, "warmth of orange"], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Colours as keys, warmth as value, and a colour that is not in the dictionary. Live: change the
# query to one that the room names, in shares of red, green and blue.
#
# **Ask** At the lowest temperature, which entry does orange find? And can orange come out warmer than the
# warmest entry?
#
# **Expect** Most say red. The dot products are 0.9 with red and 0.945 with yellow: yellow wins, by a
# little. Never warmer: it is an average of the values. Compute both products on the board; a soft lookup
# has no opinion about colours.
#
# **Look out for** "Low temperature is better." At zero it is a dictionary again, and has no gradient.

# %% [markdown]
# Near zero the lookup takes the best match alone, as a dictionary would; far above it the query no longer
# matters and every value counts the same. In between lies what can be trained: each weight is a smooth
# function of query and keys, so the error of an answer tells them which way to move.
#
# → *Exercise* [`soft_lookup`].
#
# [`soft_lookup`]: ../exercises/04_queries_keys_values.ipynb#cell-id=soft_lookup

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.2 Three roles, and chapter 3 as a special case
#
# The general form, for $T$ queries and $S$ pairs of a key and a value:
#
# $$ \mathrm{attention}(Q, K, V) = \mathrm{softmax}\big(\mathrm{score}(Q, K)\big)\, V $$
#
# | | shape | asks or answers | in chapter 3 | in self-attention |
# |---|---|---|---|---|
# | query | $(T, d)$ | what am I looking for? | the decoder's state | $x_i W_Q$ |
# | key | $(S, d)$ | what can I be found by? | the encoder's outputs | $x_j W_K$ |
# | value | $(S, v)$ | what do I hand out? | the encoder's outputs, once more | $x_j W_V$ |
#
# (From here on $V$ is the matrix of values, and their width, $V$ in 4.1, is $v$.) Roles, not things: the same
# vector may play all three. To be found by one thing and to hand out another is what keys and values are
# separated for. A library finds books by title and lends the contents.
#
# The scores of chapter 3 fill in $\mathrm{score}$, and two of them are the *same* form with other matrices.
# Project queries and keys, take the dot product:
#
# $$ (q W_Q) \cdot (k W_K) = q\, \underbrace{W_Q W_K^\top}_{W}\, k^\top $$
#
# The **dot** score is $W = I$. The **multiplicative** score is any $W$; written as a product of two thin
# matrices $(D, d)$ it has rank $d$ at most and fewer parameters. The **additive** score is the one that is no
# product of a query part and a key part: a tanh stands between them. Do they agree?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the table by rows: what each role asks or answers. The library is the picture to keep: found
# by title, lent as contents. Then the formula below: two thin matrices are one matrix of low rank.
#
# **Ask** $D = 512$ and $d = 64$: how many parameters have the two projections, and how many has the full
# matrix $W$? What is lost?
#
# **Expect** $2 \cdot 512 \cdot 64 = 65{,}536$ against $262{,}144$, a quarter. Lost is rank: comparisons of
# at most 64 directions. "Nothing is lost, it is only factored" is the answer to take up: ask for the rank
# of the product.
#
# **Look out for** Taking query, key and value for three kinds of vectors. They are roles; one vector may
# play all of them.

# %% {"slideshow": {"slide_type": "subslide"}}
set_seed(0)
D, d = 11, 3
query, memory = keras.random.normal((2, 5, D)), keras.random.normal((2, 7, D))
query_kernel, key_kernel = keras.random.normal((D, d)), keras.random.normal((D, d))


def attend(query, key, value):
    return layers.scaled_dot_product_attention(query * math.sqrt(query.shape[-1]), key, value)[0]


def chapter_3(name, kernel=None):
    score = layers.make_score(name, hidden_dim=D)
    attention = layers.Attention(score)
    attention(query=query, value=memory)  # creates the weights
    if kernel is not None:
        score.set_weights([ops.convert_to_numpy(kernel)])
    return attention(query=query, value=memory)


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Chapter 3's layers on one side, projections and a dot product on the other. The differences in the
# notebook are those of rounding. Short of time: say that sentence and go on.
#
# **Ask** Why does `attend` first multiply the query by $\sqrt d$? And which score of chapter 3 is missing
# here, and must be?
#
# **Expect** The library's function divides by it; chapter 3's dot score does not, so it is undone. Missing
# is the additive score: a tanh stands between query and key, so it is no product of two parts.
#
# **Look out for** Testing equality with square matrices only. With $D = d$ a transposed kernel would pass.

# %%
projected_query, projected_key = ops.matmul(query, query_kernel), ops.matmul(memory, key_kernel)
thin = ops.matmul(query_kernel, ops.transpose(key_kernel))  # (D, D), of rank d
rows = []
for name, theirs, ours in (
    ("dot", chapter_3("dot"), attend(query, memory, memory)),
    ("scaled dot", chapter_3("scaled_dot"), layers.scaled_dot_product_attention(query, memory, memory)[0]),
    ("multiplicative", chapter_3("multiplicative", thin), attend(projected_query, projected_key, memory)),
):
    difference = float(ops.max(ops.abs(theirs - ours)))
    rows.append([name, f"{difference:.1e}"])
    assert difference < 1e-4
table(["chapter 3's attention", "largest difference from softmax(QKᵀ)V with projections"], rows)
rank = np.linalg.matrix_rank(ops.convert_to_numpy(thin))
say(f"The product of the two projections has {D} × {D} entries, but rank {rank}: 2 · {D} · {d} parameters.")
assert rank == d

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.3 Self-attention: a sequence asks itself
#
# ### From one vector's view
#
# Sit on position $i$. You hold $x_i$. You make a question of it, everybody makes a label and an offer, you
# compare, and you take home an average of the offers:
#
# $$ q_i = x_i W_Q \qquad k_j = x_j W_K \qquad v_j = x_j W_V \qquad
# a_{ij} = \frac{q_i \cdot k_j}{\sqrt d} \qquad y_i = \sum_j \mathrm{softmax}_j(a_{ij})\, v_j $$

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Play it: four people hold a word each. One asks a question, everybody answers "how well do I fit",
# and each hands over something, a little or a lot. Then the same person is asked by the others.
#
# **Ask** You sit on position $i$. Do you compare yourself with yourself? Will that score be the largest?
#
# **Expect** Yes, in self-attention one may. It need not be the largest: question and label are two
# projections of one vector. "Everything is most similar to itself" is the usual answer: true of $x \cdot
# x$, not of $x W_Q \cdot x W_K$.
#
# **Look out for** `attend_from.column_instead_of_row`
#
# `attend_from.values_not_projected`


# %% {"slideshow": {"slide_type": "subslide"}}
def attend_from(inputs, index, query_kernel, key_kernel, value_kernel):
    """What position `index` takes home: (T, D), …, → (V,), one vector at a time."""
    query = ops.matmul(inputs[index], query_kernel)  # (d,)
    scores, values = [], []
    for vector in inputs:
        scores.append(ops.dot(query, ops.matmul(vector, key_kernel)) / math.sqrt(query.shape[-1]))
        values.append(ops.matmul(vector, value_kernel))
    weights = ops.softmax(ops.stack(scores))  # (T,)
    return ops.sum(weights[:, None] * ops.stack(values), axis=0)


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One position's view, in a loop that one can read aloud. It is slow, and it is the definition; keep
# it as the test of everything faster.
#
# **Ask** Call it for every index. What is computed again and again? What does position 5 need from position
# 4's result?
#
# **Expect** Keys and values of all positions, each time anew: so compute them once. And nothing: nobody
# waits for anybody. That is the whole difference to a recurrence, and the reason for the next slide.
#
# **Look out for** `attend_from.scaled_by_inputs`

# %% [markdown]
# ### As matrices
#
# Nobody waits for anybody, so all positions can do this at once. Stack the vectors as rows of $X$ $(T, D)$:
#
# $$ Q = X W_Q \qquad K = X W_K \qquad V = X W_V \qquad
# Y = \mathrm{softmax}\Big(\frac{Q K^\top}{\sqrt d}\Big) V $$
#
# Row $i$ of $Q K^\top$ is position $i$ comparing itself with all; the softmax runs along rows. This is the
# layer of the chapter, with the scale as a switch for section 4.5:


# %% {"slideshow": {"slide_type": "subslide"}}
class SelfAttention(keras.layers.Layer):
    """Self-attention with one head: (B, T, D) → (B, T, D)."""

    def __init__(self, key_dim, is_scaled=True, spread=1.0):
        super().__init__()
        self.key_dim, self.is_scaled, self.spread = key_dim, is_scaled, spread

    def build(self, shape):
        def kernel(name, width, spread=1.0):  # entries of variance 1/D: outputs as large as inputs
            draw = keras.initializers.RandomNormal(stddev=spread * shape[-1] ** -0.5)
            return self.add_weight(name=name, shape=(shape[-1], width), initializer=draw)

        self.query_kernel = kernel("query", self.key_dim, self.spread)
        self.key_kernel = kernel("key", self.key_dim, self.spread)
        self.value_kernel = kernel("value", shape[-1])

    def weigh(self, query, key):
        scores = ops.matmul(query, ops.swapaxes(key, -1, -2))  # (B, T, T)
        return ops.softmax(scores / math.sqrt(self.key_dim) if self.is_scaled else scores, axis=-1)

    def call(self, inputs, return_attention_weights=False):
        query, key = ops.matmul(inputs, self.query_kernel), ops.matmul(inputs, self.key_kernel)
        weights = self.weigh(query, key)
        outputs = ops.matmul(weights, ops.matmul(inputs, self.value_kernel))
        return (outputs, weights) if return_attention_weights else outputs


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Only `weigh` and `call` need words; `build` draws kernels so that outputs are as large as inputs,
# which section 4.5 relies on. Live: print the weights for one sequence and add up a row and a column.
#
# **Ask** $B = 2$, $T = 7$, $D = 6$, keys of width 5. Write down the shapes of queries, scores, weights and
# outputs. Is the matrix of scores symmetric?
#
# **Expect** $(2, 7, 5)$, $(2, 7, 7)$, $(2, 7, 7)$, $(2, 7, 6)$. Not symmetric: asking and answering are
# different projections. Rows sum to one, columns to anything; somebody will be surprised by that.
#
# **Look out for** `self_attention.wrong_axis`
#
# `scaled_dot_product_attention.mask_after_softmax`

# %% [markdown]
# Three ways to compute the same: one vector at a time, our layer, and the library's `MultiHeadAttention` with
# one head, whose fourth matrix (for the outputs, chapter 5) we set to the identity.

# %%
set_seed(0)
inputs = keras.random.normal((2, 7, 6))  # (B, T, D)
attention = SelfAttention(key_dim=5)
outputs, weights = attention(inputs, return_attention_weights=True)
one_by_one = ops.stack(
    [ops.stack([attend_from(sequence, i, *attention.weights) for i in range(7)]) for sequence in inputs]
)
library = layers.MultiHeadAttention(num_heads=1, key_dim=5, value_dim=6, use_bias=False)
library(inputs, inputs)
kernels = [kernel[:, None, :] for kernel in attention.get_weights()]  # (D, N=1, width)
library.set_weights([*kernels, np.eye(6, dtype="float32")[None]])
rows = []
for name, other in (("one vector at a time", one_by_one), ("library, one head", library(inputs, inputs))):
    difference = float(ops.max(ops.abs(outputs - other)))
    rows.append([name, f"{difference:.1e}"])
    assert difference < 1e-5
table(["compared with our layer", "largest difference"], rows)
say(f"Outputs {tuple(outputs.shape)}, weights {tuple(weights.shape)}: a row for each position, summing to 1.")

# %% [markdown]
# **Pitfall: rows and columns.** Row $i$ says what $i$ gets; column $i$ says how much the others take from
# $i$. The matrix is not symmetric: asking and answering are different projections, and the softmax normalises
# each row on its own. With a padding mask, columns are what is hidden; rows of padding are computed all the
# same and must be ignored later.
#
# → *Exercises* [`attend_from`], [`self_attention`], [`scaled_dot_product_attention`].
#
# [`attend_from`]: ../exercises/04_queries_keys_values.ipynb#cell-id=attend_from
# [`self_attention`]: ../exercises/04_queries_keys_values.ipynb#cell-id=self_attention
# [`scaled_dot_product_attention`]:
# ../exercises/04_queries_keys_values.ipynb#cell-id=scaled_dot_product_attention

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.4 A layer that looks things up
#
# **Claim.** Trained on nothing but right answers, $W_Q$ and $W_K$ learn *what to compare*, and $W_V$ learns
# *what to hand out*.
#
# The task is **associative recall**. A sequence shows pairs of a letter and a digit-like symbol, say `C7`,
# `K2`, `A9`, and ends with a question, `K?`. The answer is `2`. What a letter stands for is drawn anew for
# every sequence, so nothing can be learned by heart: the answer must be *looked up*, by content.
#
# And to see that the two roles are really learned apart, **every fourth combination of letter and symbol
# never stands in a training sequence**. There are two tests: new sequences of combinations that training has
# used, and sequences that ask for one it has not.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Play one round with the room: C7, K2, A9, and then K? Everybody knows the answer, nobody has
# learned it by heart. Explain why some combinations never stand in training, then let predictions be
# written.
#
# **Expect** Most bet on self-attention, and on the others being a little worse. Few expect what comes: that
# the two others do not look up at all. Keep a written prediction of the second column.
#
# **Look out for** "It could learn the pairs by heart." What a letter stands for is drawn anew in every
# sequence.

# %%
LETTERS, SYMBOLS = list("ABCDEFGHIJKLMNOP"), list("0123456789αβγδεζ")
NUM_PAIRS, QUESTION = 8, len(SYMBOLS)
SPLIT_SEEDS = {"train": 0, "test": 2, "unseen pairs": 3}


def recall_sequences(count, split):
    """Token ids (count, pairs + 1, 2) of letters and symbols, and the symbols (count,) that are asked for."""
    generator = np.random.default_rng(SPLIT_SEEDS[split])
    letters = generator.random((count, len(LETTERS))).argsort(axis=1)[:, :NUM_PAIRS]
    symbols = generator.integers(len(SYMBOLS), size=(count, NUM_PAIRS))
    is_held_out = (letters + symbols) % 4 == 0
    symbols = np.where(is_held_out, (symbols + generator.integers(1, 4, symbols.shape)) % 16, symbols)
    rows, asked = np.arange(count), generator.integers(NUM_PAIRS, size=count)
    if split == "unseen pairs":
        symbols[rows, asked] = -letters[rows, asked] % 4 + 4 * generator.integers(4, size=count)
    letters = np.concatenate([letters, letters[rows, asked][:, None]], axis=1)
    answers = symbols[rows, asked]
    symbols = np.concatenate([symbols, np.full((count, 1), QUESTION)], axis=1)
    return np.stack([letters, symbols], axis=-1).astype("int32"), answers.astype("int32")


def spell(sequence):
    return [LETTERS[letter] + [*SYMBOLS, "?"][symbol] for letter, symbol in sequence]


# %%
data = {
    split: recall_sequences(budget.num_sequences if split == "train" else budget.num_test_sequences, split)
    for split in SPLIT_SEEDS
}
for split in ("train", "unseen pairs"):
    sequence, answer = data[split][0][0], data[split][1][0]
    print(f"{split:13}", " ".join(spell(sequence)), "→", SYMBOLS[answer])
trained_pairs = set(map(tuple, data["train"][0][:, :-1].reshape(-1, 2).tolist()))
asked_pairs = {(sequence[-1, 0], answer) for sequence, answer in zip(*data["unseen pairs"], strict=True)}
assert not trained_pairs & asked_pairs

# %% [markdown]
# The model: a vector for the letter plus a vector for the symbol, one layer in the middle, and the output at
# the last position (the question's) read out as one of the symbols. To compare kinds of layer, whatever
# stands in the middle has the same interface: $(B, T, D)$ in, $(B, T, D)$ out.


# %%
class Recall(keras.Model):
    """Embeds pairs, runs a layer over the sequence, reads the answer off the last position."""

    def __init__(self, middle, width=32):
        super().__init__()

        def embedding(count):  # each with an initializer of its own: one would draw the same numbers twice
            draw = keras.initializers.RandomNormal(stddev=0.5**0.5)  # the sum of two has variance 1
            return keras.layers.Embedding(count, width, embeddings_initializer=draw)

        self.letters, self.symbols = embedding(len(LETTERS)), embedding(len(SYMBOLS) + 1)
        self.middle = middle
        self.read_out = keras.layers.Dense(len(SYMBOLS))

    def embed(self, token_ids):
        return self.letters(token_ids[..., 0]) + self.symbols(token_ids[..., 1])  # (B, T, D)

    def call(self, token_ids):
        outputs = self.middle(self.embed(token_ids))
        outputs = outputs[0] if isinstance(outputs, tuple) else outputs  # encoders have a summary besides
        return self.read_out(outputs[:, -1])


# %%
def compile_model(model):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(), loss, metrics=["accuracy"], jit_compile=False)


def train(make_middle, label, seed, model=None, learning_rate=budget.learning_rate):
    """Trains from new weights, in a compiled model if there is one; returns it and what was measured."""

    def make():
        fresh = Recall(make_middle())
        fresh(data["train"][0][:2])
        return fresh

    set_seed(seed)
    model = with_fresh_weights(make, compile_model, model)
    model.optimizer.learning_rate = learning_rate
    fit = partial(model.fit, *data["train"], batch_size=64, epochs=budget.num_epochs, verbose=0)
    history = fit(callbacks=[ProgressLine(label)]).history["accuracy"]
    scores = {split: accuracy(model, split) for split in ("test", "unseen pairs")}
    return model, {"by_epoch": history, **scores}


# %%
def accuracy(model, split):
    inputs, answers = data[split]
    guesses = ops.convert_to_numpy(ops.argmax(model(inputs), axis=-1))
    return float(np.mean(guesses == answers))


def train_seeds(make_middle, label, model=None, **options):
    """The model of the last seed, and what was measured with each."""
    runs = []
    for seed in budget.seeds:
        model, run = train(make_middle, f"{label}, seed {seed}", seed, model, **options)
        runs.append(run)
    return model, runs


# %%
def share_by_guessing(split, knows_training=False):
    """Expected share of right answers of one who names any of the symbols that lie there.

    Who knows training leaves out those it never showed with the letter that is asked.
    """
    shares = []
    for sequence, answer in zip(*data[split], strict=True):
        letter = sequence[-1, 0]
        there = [s for s in sequence[:-1, 1] if not knows_training or (letter, s) in trained_pairs]
        shares.append(there.count(answer) / max(1, len(there)))
    return mean(shares)


percent = partial(with_interval, form=".0%", lowest=0.0, highest=1.0)

# %% [markdown]
# > **Write down your prediction.** Three layers go into the middle, with equal data and steps:
# > self-attention, a recurrent encoder (GRUs from both ends), a convolutional encoder (four dilated
# > layers, whose windows reach the whole sequence). Which of them learn the lookup? Which of them find
# > pairs they have never seen?


# %%
def frozen_summary(encoder):
    """An encoder whose summary vector, which nobody reads here, is not trained."""
    encoder.summarise.trainable = False
    return encoder


middles = {
    "self-attention": lambda: SelfAttention(key_dim=16),
    "recurrence": lambda: frozen_summary(layers.RecurrentEncoder(32)),
    "convolution": lambda: frozen_summary(layers.ConvolutionalEncoder(32, dilation_rates=(1, 2, 4, 8))),
}
models, recall = {}, {}
for name, make_middle in middles.items():
    models[name], recall[name] = train_seeds(make_middle, name)

# %% {"slideshow": {"slide_type": "subslide"}}
rows = []
for name, runs in recall.items():
    columns = [percent([run[split] for run in runs]) for split in ("test", "unseen pairs")]
    rows.append([f"**{name}**", *columns, f"{models[name].middle.count_params():,}"])
table(
    ["in the middle", "test: right answers", "unseen pairs: right answers", "parameters of the layer"], rows
)
say(
    f"{len(budget.seeds)} seeds, in brackets 95 % intervals over seeds; {budget.num_sequences:,} training "
    f"sequences, {budget.num_epochs} epochs, {budget.num_test_sequences:,} test sequences a column. Whoever "
    f"names any of the symbols that lie there gets {share_by_guessing('test'):.0%}; whoever leaves out those "
    f"that training never showed with this letter, {share_by_guessing('test', True):.0%} on the test and "
    f"{share_by_guessing('unseen pairs', True):.0%} on unseen pairs. No lookup is needed for that."
)
for name in ("recurrence", "convolution"):
    gaps = paired(*([run["test"] for run in recall[kind]] for kind in ("self-attention", name)))
    claim(mean_and_interval(gaps).low > 0, f"self-attention is ahead of {name}")
    unseen = mean(run["unseen pairs"] for run in recall[name])
    claim(unseen < share_by_guessing("unseen pairs"), f"{name} does not find unseen pairs")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First the lines for guessing, in the sentence below the table; then the columns. Then the last
# column, which takes away the most convenient explanation.
#
# **Ask** Which column shows that the layer in the middle *compares*, and has not merely learned what is
# usual?
#
# **Expect** The second: combinations that training never showed can only be found by comparing letters. Who
# names the first column should look at what guessing with knowledge of the training gets there.
#
# **Look out for** A ranking of layers. The task was made for lookups; where what matters is next door,
# windows and recurrences do very well.

# %% [markdown]
# The layer that *compares* learns to compare first. The two others have learned something else: which
# combinations training never showed, which is worth their score on the test and no more; on the unseen pairs,
# which are of that kind, they do worse than guessing. A recurrence can solve this task in the end (it must
# write eight pairs into its state, and read one out when asked), and so can windows; the question is how many
# steps and how much width they need.
#
# **What this does not show**: a ranking of layers. The task was made for lookups. Where what matters is next
# door, as in much of language, windows and recurrences do very well. The settings were tried on other
# sequences than those tested here.
#
# ### What the matrices have learned
#
# One test sequence. Row $i$ is what position $i$ looked at; the last row is the question.

# %% {"slideshow": {"slide_type": "subslide"}}
looker = models["self-attention"]
sequence = data["unseen pairs"][0][:1]
_, weights = looker.middle(looker.embed(sequence), return_attention_weights=True)
tokens = spell(sequence[0])
asked = int(np.flatnonzero(sequence[0, :-1, 0] == sequence[0, -1, 0])[0])
figure = attention_heatmap(
    ops.convert_to_numpy(weights)[0],
    tokens,
    tokens,
    gold={(asked, NUM_PAIRS)},
    title="One layer, one sequence",
)
figure.axes[0].set(xlabel="position looked at (outlined: the pair asked for)", ylabel="position that looks")
display(figure)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A row looks, a column is looked at. Only the last row is ever read: it belongs to the question.
#
# **Ask** Why do the other rows find themselves, and does it matter?
#
# **Expect** The letter that asks and the letter that answers are the same there. It does not matter, as
# nobody reads those outputs. "The model has learned to copy" is the answer to take up: nothing in the loss
# asked for these rows.
#
# **Look out for** Showing one map as a proof. This sequence was the first of the test; the next two slides
# need none.

# %% [markdown]
# The question finds its pair. Most other rows find themselves, for the letter that asks and the one that
# answers are the same (Aα looks more at E2); nobody reads them.
#
# Now without a sequence. Let each letter ask, `A?` … `P?`, with all sixteen letters lying side by side (their
# symbols averaged out): $\mathrm{softmax}(q\, k^\top / \sqrt d)$ is what $W_Q$ and $W_K$ have learned about
# *which letter means which*. And let each symbol be handed out ($W_V$, then the read-out): which answer
# does it become?

# %% {"slideshow": {"slide_type": "subslide"}}
letter_table, symbol_table = (
    ops.convert_to_tensor(layer.embeddings) for layer in (looker.letters, looker.symbols)
)
middle = looker.middle
questions = letter_table + symbol_table[QUESTION]  # (16, D)
offers = letter_table + ops.mean(symbol_table[:QUESTION], axis=0)
compared = middle.weigh(ops.matmul(questions, middle.query_kernel), ops.matmul(offers, middle.key_kernel))
handed = symbol_table[:QUESTION] + ops.mean(letter_table, axis=0)
answered = ops.softmax(looker.read_out(ops.matmul(handed, middle.value_kernel)), axis=-1)
compared, answered = ops.convert_to_numpy(compared), ops.convert_to_numpy(answered)
figure = attention_heatmap(compared, LETTERS, LETTERS, title="What the query of a letter finds")
figure.axes[0].set(xlabel="letter of a key", ylabel="letter asked for")
display(figure)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** No sequence any more: the two kernels themselves are asked which letter means which. Live: the
# same cell with fresh weights, to see what no training looks like.
#
# **Ask** Why are the symbols averaged out of the keys before this map is drawn?
#
# **Expect** So that only the letter can make a difference: with a symbol in them, the map would show
# sixteen pairs by chance. Those who ask "but in use the symbol is there" are right: the map shows what the
# comparison does on average.
#
# **Look out for** "The diagonal had to come out." Nothing was said about equality of letters; it was
# learned from right answers.

# %% {"slideshow": {"slide_type": "subslide"}}
figure = attention_heatmap(answered, SYMBOLS, SYMBOLS, title="What the value of a symbol says")
figure.axes[0].set(xlabel="answer", ylabel="symbol handed out")
figure.axes[1].set_ylabel("probability")
display(figure)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The other half: what is handed out. Two maps, two matrices, and both were made from one vector for
# each pair. That is what separate keys and values are for.
#
# **Ask** Does this map prove that the value holds nothing of the letter?
#
# **Expect** No: letters were averaged out, and the read-out names symbols only. A value may carry more than
# is read. Most say yes at first; ask how one would test it, and they find the probe of chapter 2.
#
# **Look out for** Reading "value" as "meaning". It is what somebody takes home, and what for is decided by
# the read-out.

# %%
on_letter, on_symbol = float(np.mean(np.diag(compared))), float(np.mean(np.diag(answered)))
say(
    f"On the diagonal of the first map lies {on_letter:.0%} of the attention (guessing: {1 / 16:.0%}), on "
    f"that of the second {on_symbol:.0%} of the probability. Keys carry the letter, values the symbol, "
    "though both are made from the same vector: this is what two projections are for."
)
claim(min(on_letter, on_symbol) > 0.5, "keys carry the letter, values the symbol")

# %% [markdown]
# ❓ **Question** [`worse_than_guessing`] to this section.
#
# [`worse_than_guessing`]: ../exercises/04_queries_keys_values.ipynb#cell-id=question-worse_than_guessing

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.5 Why divide by √d?
#
# **Claim.** A dot product of two vectors with $d$ independent entries of variance 1 has standard deviation
# $\sqrt d$. Undivided, it drives the softmax into a corner from which hardly a gradient comes back.
#
# Three quantities, each with a prediction, for $n$ keys drawn at random:
#
# * the **standard deviation of the scores**: $\sqrt d$; divided by $\sqrt d$, 1;
# * the **entropy of the weights**, from $\log n$ (all alike) to 0 (one takes all): what normal scores of
#   variance $d$ would give, drawn directly;
# * the size of the **softmax's Jacobian**, $J = \mathrm{diag}(w) - w w^\top$, through which every gradient
#   on its way to queries and keys must pass. When scores are far apart, only the two leading keys matter,
#   and only where their gap is small: then $\lVert J \rVert = 2 w_1 w_2$, and on average $\mathbb{E} \lVert
#   J \rVert \approx \rho_n / \sqrt d$, where $\rho_n = n (n-1) \int \varphi^2 \Phi^{n-2}$ is the density,
#   at zero, of the gap between the two largest of $n$ normal numbers. ($\varphi$ and $\Phi$ are the density
#   and the distribution function of a normal number; $\lVert J \rVert$ is the root of the sum of squares of
#   all entries, the Frobenius norm.)
#
# > Before you look: the average of $\lVert J \rVert$ falls like $1/\sqrt d$. Will the *typical* one fall
# > slower, equally fast, or faster?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The first line on the board: a product of two independent entries has variance 1, a sum of $d$ of
# them has $d$. The rest of the slide is what that does to the softmax. Short of time: the first two points,
# and the third as one sentence: through this matrix every gradient must pass.
#
# **Ask** Width 64: how large is a typical score, and what is the ratio of two weights whose scores differ
# by so much? Then the prediction: the mean of $\lVert J \rVert$ falls like $1 / \sqrt d$. Does the typical
# one fall slower, equally fast, or faster?
#
# **Expect** 8, and $e^8$ is about three thousand to one. Faster: nearly everybody says "equally fast". Take
# it up with a lottery: what is won on average says nothing about the usual ticket.
#
# **Look out for** `scaled_dot_product_attention.scaled_by_width`
#
# `softmax_jacobian.diagonal_only`


# %%
def softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def entropy(weights):
    return -np.sum(weights * np.log(np.maximum(weights, 1e-300)), axis=-1)


def jacobian_norm(weights):
    """Frobenius norm of diag(w) - w wᵀ: (…, n) → (…)"""
    size = weights.shape[-1]
    jacobian = weights[..., :, None] * (np.eye(size) - weights[..., None, :])
    return np.sqrt(np.sum(jacobian**2, axis=(-1, -2)))


# %%
num_keys, generator = 16, np.random.default_rng(0)
widths = [2**power for power in range(2, 11)]
titles = ("std of the scores", "entropy, nats", "mean ‖J‖", "median ‖J‖")
panels = {title: {"plain": ([], []), "scaled": ([], [])} for title in titles}
drawn_entropy = []
for width in widths:
    query = generator.normal(size=(budget.num_draws, 1, width))
    key = generator.normal(size=(budget.num_draws, num_keys, width))
    dots = (query @ key.swapaxes(1, 2))[:, 0]  # (draws, n)
    for label, scores in (("plain", dots), ("scaled", dots / math.sqrt(width))):
        norms = jacobian_norm(softmax(scores))
        measured = (scores.std(), entropy(softmax(scores)).mean(), norms.mean(), np.median(norms))
        for title, value in zip(titles, measured, strict=True):
            panels[title][label][0].append(width)
            panels[title][label][1].append(float(value))
    normal = generator.normal(size=(20 * budget.num_draws, num_keys)) * math.sqrt(width)
    drawn_entropy.append(float(entropy(softmax(normal)).mean()))

# %% {"slideshow": {"slide_type": "subslide"}}
grid = np.linspace(-8, 8, 4001)
density = np.exp(-(grid**2) / 2) / math.sqrt(2 * math.pi)
below = np.cumsum(density) * (grid[1] - grid[0])
gap_density = num_keys * (num_keys - 1) * np.trapezoid(density**2 * below ** (num_keys - 2), grid)
wide = widths[3:]
predicted = {
    titles[0]: {"√d": (widths, np.sqrt(widths))},
    titles[1]: {"normal": (widths, drawn_entropy)},
    titles[2]: {"ρ/√d": (wide, gap_density / np.sqrt(wide))},
}
log_log(panels, "width d of queries and keys", predicted)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Top left first, where line and theory agree. Then bottom left and bottom right, one after the
# other, and point at the axes: they are not the same.
#
# **Ask** On two logarithmic axes a power is a straight line. Which of the plain curves is still bending at
# the right end, and what does that mean?
#
# **Expect** The median: it falls faster than any power. (The mean bends at small widths and then runs beside
# its line.) For the usual query hardly anything comes back, while the mean is carried by a few in which two
# keys tie. The scaled curves stay level.
#
# **Look out for** Carrying it over to trained vectors as it stands. Entries of variance 1, independent: an
# assumption about the beginning.

# %%
fits = {title: fitted_exponent(wide, panels[title]["plain"][1][3:]) for title in titles}
rows = [
    [title, f"{fit.exponent:+.2f}", f"{fit.interval.low:+.2f} to {fit.interval.high:+.2f}", expected]
    for (title, fit), expected in zip(
        fits.items(), ("+0.50", "", "−0.50, in the end", "none: not a power"), strict=True
    )
]
table([f"plain scores, d = {wide[0]} to {wide[-1]}", "fitted exponent", "95 % interval", "predicted"], rows)
first, last = (panels["median ‖J‖"]["plain"][1][index] for index in (0, -1))
approached = panels[titles[2]]["plain"][1][-1] / (gap_density / math.sqrt(widths[-1]))
say(
    f"With {num_keys} random keys the *mean* of ‖J‖ comes near its prediction from below: {approached:.0%} "
    f"of it at d = {widths[-1]}. The **median** falls from {first:.3f} to {last:.1e}: the mean is carried by "
    "the few rows in which two keys happen to tie. Scaled, the median stays at "
    f"{panels['median ‖J‖']['scaled'][1][-1]:.2f}."
)
assert abs(fits[titles[0]].exponent - 0.5) < 0.05 and 0.6 < approached < 1.1
assert last < 0.1 * panels["median ‖J‖"]["scaled"][1][-1]

# %% [markdown]
# So the answer is *faster, and not as a power at all*. For a typical query at large width hardly any gradient
# comes back through the softmax. Which key wins was decided by the luck of the first draw, and gradient
# descent cannot hear that another would have been better. That is the argument; is it true in training?
#
# → *Exercise* [`softmax_jacobian`].
#
# [`softmax_jacobian`]: ../exercises/04_queries_keys_values.ipynb#cell-id=softmax_jacobian

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### With and without, trained
#
# The lookup of section 4.4, with keys of several widths, with and without the scale: same data, same steps,
# same learning rate, same seeds. Kernels are drawn so that queries and keys have entries of variance 1 at
# every width, as the argument assumes.
#
# > **Write down your prediction** for the narrowest and for the widest keys.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The argument was about a beginning; now the whole training. One thing changes at a time, and
# kernels are drawn as the argument assumes. Collect predictions for the narrowest and for the widest keys.
#
# **Expect** Many expect plain scores to fail at every width, or to fail for good. At small width there is
# little to see; at large width they learn late, and how late hangs on the seed.
#
# **Look out for** Trying it at home with one seed. A lucky one tells the opposite.

# %%
scale_runs = {}
for key_dim, is_scaled in itertools.product(budget.key_dims, (True, False)):
    label = f"d = {key_dim}, {'scaled' if is_scaled else 'plain'}"
    _, scale_runs[key_dim, is_scaled] = train_seeds(
        lambda key_dim=key_dim, is_scaled=is_scaled: SelfAttention(key_dim, is_scaled), label
    )

# %% {"slideshow": {"slide_type": "subslide"}}
half = max(budget.num_epochs // 2, 1)
EARLY, LATE = f"training, epoch {half}", "test, at the end"
moments = {EARLY: lambda run: run["by_epoch"][half - 1], LATE: lambda run: run["test"]}
rows, verdicts = [], {}
for key_dim, (moment, share) in itertools.product(budget.key_dims, moments.items()):
    scaled, plain = (list(map(share, scale_runs[key_dim, way])) for way in (True, False))
    gap = paired(scaled, plain)
    verdicts[key_dim, moment] = verdict(mean_and_interval(gap), "scaled is ahead", "plain is ahead")
    cells = [percent(scaled), percent(plain), f"{min(plain):.0%}", with_interval(gap, "+.0%")]
    rows.append([key_dim, moment, *cells, verdicts[key_dim, moment]])
columns = ["d", "right answers", "scaled", "plain", "plain, worst seed", "difference", "which says"]
table(columns, rows)
narrow, broad = budget.key_dims[0], budget.key_dims[-1]
say(
    f"{len(budget.seeds)} seeds, intervals of the paired difference (Student's t). With the widest keys, "
    f"after {half} of {budget.num_epochs} epochs: {verdicts[broad, EARLY]}; at the end, on the test split: "
    f"{verdicts[broad, LATE]}."
)
claim(verdicts[broad, EARLY] == "scaled is ahead", "without the scale wide keys learn later")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two rows for each width: half-way, and at the end. Read both shares, the worst seed, the difference,
# and last what the interval says. Short of time: the bars on the next slide instead.
#
# **Ask** At the end a difference of several points may be "not told apart", and half-way one is. Which of the
# two moments is the fair one?
#
# **Expect** They answer two questions: how soon, and how far at this budget. Seeds scatter at the end: some
# have arrived and some not, so the interval of the mean difference is wide. Ask what a longer training would
# do to each row.
#
# **Look out for** Reading "not told apart" as "equal". The column with the worst seed says otherwise.

# %% {"slideshow": {"slide_type": "subslide"}}
bars_with_intervals(
    {
        f"d = {key_dim}, {'scaled' if is_scaled else 'plain'}": mean_and_interval(
            [100 * run["by_epoch"][half - 1] for run in runs], 0, 100
        )
        for (key_dim, is_scaled), runs in scale_runs.items()
    },
    f"right answers, %, training, epoch {half}",
    title="What the scale is worth half-way, by width of the keys",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The numbers of half-way to look at. Let the whiskers speak: where keys are wide and there is a scale
# there is hardly any.
#
# **Ask** Apart from the heights: what does the length of a whisker tell about plain scores?
#
# **Expect** That it depends on the first draw how far one gets. Which key wins is decided by luck, as the
# median said. Who calls it "noise of the measurement" should ask why the scaled bars have none.
#
# **Look out for** Whiskers that end at 100: shares end there, and the interval was cut.

# %% {"slideshow": {"slide_type": "subslide"}}
epochs = list(range(1, budget.num_epochs + 1))
learning = {}
for key_dim, is_scaled in itertools.product((narrow, broad), (True, False)):
    columns = zip(*(run["by_epoch"] for run in scale_runs[key_dim, is_scaled]), strict=True)
    label = f"d = {key_dim}, {'scaled' if is_scaled else 'plain'}"
    learning[label] = (epochs, *band(columns, 0, 1))
curves(
    learning,
    "epoch",
    "right answers, training",
    reference={"one of those there": share_by_guessing("train")},
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The thin dotted line without marks is guessing among the symbols that lie there; an even guess among
# all sixteen would be at 0.06. The dotted curve with diamonds is the widest plain keys.
#
# **Ask** The widest plain keys: are they stuck, or late? Which run would decide it?
#
# **Expect** The mean still rises where it ends, which speaks for late; a longer run would decide, and was not
# made. Then say frankly how the sizes came about (the text below). What is shown is a difference of speed.
#
# **Look out for** "Without the scale attention cannot be trained." Chapter 3 trained it, and there the
# scale was in the way.

# %% [markdown]
# Is it the *scale* that is missing, or merely a fitting learning rate, or a smaller first draw? Two remedies
# for the widest keys, without the scale: a tenth of the learning rate, and kernels drawn smaller by
# $d^{-1/4}$ each, so that the first scores are exactly as large as scaled ones. A smaller rate slows
# everybody down, so the scaled layer is trained with it, too.

# %%
slow = budget.learning_rate / 10
remedies = {"scaled": scale_runs[broad, True], "plain": scale_runs[broad, False]}
SLOW = "scaled, a tenth of the learning rate", "plain, a tenth of the learning rate"
for label, is_scaled, spread, learning_rate in (
    (SLOW[0], True, 1.0, slow),
    (SLOW[1], False, 1.0, slow),
    ("plain, smaller first draw", False, broad**-0.25, budget.learning_rate),
):
    _, remedies[label] = train_seeds(
        lambda is_scaled=is_scaled, spread=spread: SelfAttention(broad, is_scaled, spread),
        label,
        learning_rate=learning_rate,
    )

# %% {"slideshow": {"slide_type": "subslide"}}
moments["unseen pairs, at the end"] = lambda run: run["unseen pairs"]
rows = [
    [f"d = {broad}, {name}", *(percent(list(map(share, runs))) for share in moments.values())]
    for name, runs in remedies.items()
]
table(["right answers", *moments], rows)
early = {name: [run["by_epoch"][half - 1] for run in runs] for name, runs in remedies.items()}
at_the_end = {name: [run["test"] for run in runs] for name, runs in remedies.items()}
comparisons = (
    ("a smaller first draw beside none, half-way", early, "plain, smaller first draw", "plain"),
    ("the scale beside a smaller first draw, half-way", early, "scaled", "plain, smaller first draw"),
    ("the scale beside none, at a tenth of the rate, at the end", at_the_end, *SLOW),
)
gaps = {words: paired(shares[one], shares[other]) for words, shares, one, other in comparisons}
rows = [[words, with_interval(gap, "+.0%"), verdict(mean_and_interval(gap))] for words, gap in gaps.items()]
table(["difference, seed by seed", "", ""], rows)
for words in (comparisons[0][0], comparisons[2][0]):
    claim(mean_and_interval(gaps[words]).low > 0, f"ahead: {words}")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two objections that somebody in the room has had by now: perhaps the learning rate is wrong,
# perhaps the first draw is too large. Let them vote which remedy is better, with the table covered.
#
# **Ask** A tenth of the learning rate, or kernels drawn so that the *first* scores are as large as scaled
# ones: which comes nearer to the scale?
#
# **Expect** Votes go to the learning rate. It is the wrong one: with it everybody is later, and the scaled
# layer is still far ahead. The smaller draw brings nearly all: what counts is how large the scores are at the
# beginning.
#
# **Look out for** "So the scale is a trick of initialisation." Here it nearly is; but it acts in every step,
# for every width, and nobody has to think of the draw.

# %% [markdown]
# *A tenth of the rate* is no remedy: with it everybody is later, and plain scores are far behind the scaled
# layer at the same rate. *A smaller draw* keeps the first scores out of the corner, and with it wide plain
# keys learn nearly as soon as scaled ones. So it is the beginning that counts, as the argument says: which
# key wins by luck, and how hard that is to unlearn. Later the two differ: a step of the optimizer moves plain
# scores $d^{1/4}$ times as far as scaled ones at first, and up to $\sqrt d$ times once the kernels have
# grown. The scale sees to both, for every width, and nobody has to remember the draw.
#
# **How this table came about.** An earlier version of this chapter had plain scores at half of the answers at
# the end. Its letters and symbols shared one initializer, which draws the same numbers at every call, so that
# A began with the vector of 0, B with that of 1: the two could hardly be told apart, and the scale seemed to
# decide everything. With a draw for each, plain scores are late and most seeds nearly arrive; so they are
# compared half-way, too. Widths, seeds and epochs were set before that, after a first run with three seeds
# whose interval held zero. Intervals found after such a search promise less than their 95 %. Read them as a
# difference of speed.
#
# **What this does not show.** One layer, one task, Adam, entries of variance 1. In chapter 3 the vectors came
# from a GRU and were small; there the scaled score learned later. One law may be behind both, that what
# counts is the size of the scores, above all when training begins; chapter 3 did not test it.

# %% [markdown]
# ❓ **Question** [`mean_and_median`] to this section.
#
# [`mean_and_median`]: ../exercises/04_queries_keys_values.ipynb#cell-id=question-mean_and_median

# %% [markdown] {"slideshow": {"slide_type": "slide", "lecture": "core"}}
# ## 4.6 Blind to order
#
# **Claim.** Self-attention is *permutation equivariant*: shuffle the inputs and you get the same outputs,
# shuffled. For a permutation matrix $P$,
#
# $$ \mathrm{softmax}\big(P Q\, (P K)^\top\big)\, P V = P\, \mathrm{softmax}(Q K^\top)\, P^\top P\, V
# = P\, \mathrm{softmax}(Q K^\top)\, V. $$
#
# Shown rather than said: permute, run, permute back, compare. Four layers, random weights.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Let three people with words in their hands change seats, and have somebody recompute: each takes the
# same average home. Then the proof, one line: $P$ goes through the softmax, since it runs row by row, and
# $P^\top P$ is the identity. If the lecture ends before this section, do at least the three people: chapter 6
# begins with them.
#
# **Ask** Is the output the same, or is it the same in another order? What is the difference for whoever
# reads it?
#
# **Expect** The same, shuffled along: equivariant, not invariant. Each word keeps its own output, and with
# it no trace of where it stood. Many say "but the order of the outputs changes": exactly as the inputs'
# did, so it says nothing new.
#
# **Look out for** "Then sort the outputs." By what?

# %% {"slideshow": {"slide_type": "subslide"}}
set_seed(0)
inputs, order = keras.random.normal((3, 11, 32)), np.random.default_rng(0).permutation(11)
back = np.argsort(order)
mixers = {
    "self-attention": SelfAttention(key_dim=16),
    "self-attention, causal mask": partial(layers.MultiHeadAttention(1, 16), use_causal_mask=True),
    "recurrence": layers.RecurrentEncoder(32),
    "convolution": layers.ConvolutionalEncoder(32),
}


def outputs_of(mixer, inputs):
    outputs = mixer(inputs, value=inputs) if isinstance(mixer, partial) else mixer(inputs)
    return ops.convert_to_numpy(outputs[0] if isinstance(outputs, tuple) else outputs)


rows, gaps = [], {}
for name, mixer in mixers.items():
    plain, shuffled = outputs_of(mixer, inputs), outputs_of(mixer, ops.take(inputs, order, axis=1))
    gaps[name] = np.abs(shuffled[:, back] - plain).max() / np.abs(plain).max()
    rows.append([name, f"{gaps[name]:.1e}"])
table(["layer", "largest change after shuffling and shuffling back, relative to the largest output"], rows)
assert (
    gaps["self-attention"] < 1e-5 < 1e-2 < min(gap for name, gap in gaps.items() if name != "self-attention")
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cover the table. Four layers, random weights: shuffle, run, shuffle back, compare. Live: it takes
# no training; let the room choose a permutation.
#
# **Ask** Which of the four will not notice? What about the causal mask?
#
# **Expect** Plain self-attention alone. A causal mask gives each position another number of keys, and that
# is information about order; most are surprised. In the lookup blindness is a blessing, in *dog bites man*
# a disaster.
#
# **Look out for** Testing with two equal words. A swap of equals proves nothing.

# %% [markdown]
# In the lookup this is a blessing: the pairs of a dictionary have no order, and the layer need not learn that
# they have none. The trained models, the order of their test pairs turned round:

# %%
sequences, answers = data["test"]
shuffled = np.concatenate([sequences[:, :-1][:, ::-1], sequences[:, -1:]], axis=1)  # pairs turned round
rows = []
for name, model in models.items():
    before, after = (
        ops.convert_to_numpy(ops.argmax(model(inputs), axis=-1)) for inputs in (sequences, shuffled)
    )
    rows.append([name, f"{np.mean(before == answers):.0%}", f"{np.mean(before == after):.1%}"])
table(["in the middle", "right answers", "answers unchanged when the pairs are turned round"], rows)
assert rows[0][-1] == "100.0%"

# %% [markdown]
# In language it is a disaster. *Dog bites man* and *man bites dog* are the same set of words:

# %%
set_seed(1)
words = {word: keras.random.normal((32,)) for word in ("dog", "bites", "man")}
attention = SelfAttention(key_dim=16)
sentences = ("dog bites man", "man bites dog")
outputs = {
    sentence: dict(
        zip(
            sentence.split(),
            outputs_of(attention, ops.stack([words[word] for word in sentence.split()])[None])[0],
            strict=True,
        )
    )
    for sentence in sentences
}
rows = [
    [word, f"{np.abs(outputs[sentences[0]][word] - outputs[sentences[1]][word]).max():.1e}"] for word in words
]
table(["word", "largest difference between its outputs in the two sentences"], rows)
assert max(float(row[1]) for row in rows) < 1e-5

# %% [markdown]
# No stack of such layers, however deep, can tell who bites whom: word for word, what reaches it is the same.
# So order has to be put *into the vectors* before they enter, or into the scores, and chapter 6 is about how.
# (A causal mask breaks the symmetry, as the table before shows: each position sees another number of keys.
# Section 6.9.)

# %% [markdown]
# ❓ **Question** [`dog_bites_man`] to this section.
#
# [`dog_bites_man`]: ../exercises/04_queries_keys_values.ipynb#cell-id=question-dog_bites_man

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.7 What it costs
#
# Vaswani et al. (2017, table 1) argue for self-attention with orders of growth, for $n$ positions of width
# $d$ and windows of $k$:
#
# | layer | complexity | sequential operations | maximum path length |
# |---|---|---|---|
# | self-attention | $O(n^2 d)$ | $O(1)$ | $O(1)$ |
# | recurrence | $O(n d^2)$ | $O(n)$ | $O(n)$ |
# | convolution | $O(k n d^2)$ | $O(1)$ | $O(\log_k n)$ |
#
# We measure all of it. First what the orders hide, the exact counts of multiplications: self-attention
# also needs four projections, recurrence two matrices.
#
# $$ \underbrace{4 n d^2 + 2 n^2 d}_{\text{self-attention}} \qquad \underbrace{2 n d^2}_{\text{recurrence}}
# \qquad \underbrace{k n d^2}_{\text{convolution}} $$
#
# So the quadratic part outweighs the projections only where $n > 2d$: at width 512 and 30 words the
# projections multiply 34 times as often, and a Transformer's feed-forward layers (chapter 7) twice as often
# again.
#
# → *Exercise* [`layer_multiplications`].
#
# [`layer_multiplications`]: ../exercises/04_queries_keys_values.ipynb#cell-id=layer_multiplications

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The paper's table first, as a claim; it is measured column by column on the slides that follow.
# Then the exact counts, which the orders hide. Short of time: this slide, one picture of times, one of
# memory.
#
# **Ask** From which length on does the part with $n^2$ outweigh the projections? A Transformer of width 512
# reads 30 words: of the two, which multiplies more?
#
# **Expect** $2 n^2 d > 4 n d^2$ where $n > 2 d$, so from 1,024 words on. At 30 words it is the projections,
# 34 times as much. "The quadratic part" is what nearly everybody says. Put 30 and 512 into both terms on the
# board.
#
# **Look out for** `layer_multiplications.projections_left_out`
#
# `layer_multiplications.weighted_sum_left_out`

# %%
KERNEL_SIZE = 3


def multiplications(kind, length, width):
    return {
        "self-attention": 4 * length * width**2 + 2 * length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": KERNEL_SIZE * length * width**2,
    }[kind]


def layer_model(kind, width, returns_weights=False):
    """One bare layer as a model: (B, T, D) → (B, T, D)."""
    inputs = keras.Input((None, width))
    if kind == "self-attention":
        attention = layers.MultiHeadAttention(num_heads=1, key_dim=width)
        if returns_weights:  # asked for its weights, the library computes them explicitly
            return keras.Model(inputs, attention(inputs, inputs, return_attention_weights=True)[0])
        return keras.Model(inputs, attention(inputs, inputs))
    if kind == "recurrence":
        return keras.Model(inputs, keras.layers.SimpleRNN(width, return_sequences=True)(inputs))
    return keras.Model(inputs, keras.layers.Conv1D(width, KERNEL_SIZE, padding="same")(inputs))


KINDS = ("self-attention", "recurrence", "convolution")
WIDTH, LENGTH = 64, 512  # where the other of the two is varied

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### Time
#
# Each layer compiled, batch of one, forward only. Round after round, all layers and sizes in every round, and
# of each the *fastest* round: whatever else the machine does can only add.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** How it is timed is half of the result: all layers and sizes in turn, round after round, the first
# round thrown away because it compiles.
#
# **Ask** Why the fastest round, and not the mean? Would you report accuracies like that?
#
# **Expect** Whatever else the machine does can only add time, so the fastest is nearest to the truth.
# Accuracies err to both sides, so there the best is luck. The objection "that is picking the best run"
# deserves exactly this answer.
#
# **Look out for** Timing one layer after the other: the last one gets the warm machine, or the busy one.

# %%
compiled = {}
for kind in KINDS:
    for width in {WIDTH, *budget.cost_widths}:
        signature = [tf.TensorSpec((1, None, width))]
        compiled[kind, width] = tf.function(layer_model(kind, width), input_signature=signature)
sizes = {(length, WIDTH) for length in budget.cost_lengths} | {
    (LENGTH, width) for width in budget.cost_widths
}
sizes = sorted(sizes)
inputs = {size: tf.random.normal((1, *size)) for size in sizes}
seconds = {(kind, *size): math.inf for kind in KINDS for size in sizes}
for round_number in range(budget.num_timings + 1):  # the first is for compiling
    for kind, length, width in seconds:
        began = time.perf_counter()
        compiled[kind, width](inputs[length, width]).numpy()
        if round_number:
            passed = time.perf_counter() - began
            seconds[kind, length, width] = min(seconds[kind, length, width], passed)

# %% {"slideshow": {"slide_type": "subslide"}}
by_length = {kind: [1e3 * seconds[kind, n, WIDTH] for n in budget.cost_lengths] for kind in KINDS}
by_width = {kind: [1e3 * seconds[kind, LENGTH, d] for d in budget.cost_widths] for kind in KINDS}
time_titles = (f"milliseconds, width {WIDTH}", f"milliseconds, length {LENGTH}")
log_log(
    {
        time_titles[0]: {kind: (budget.cost_lengths, values) for kind, values in by_length.items()},
        time_titles[1]: {kind: (budget.cost_widths, values) for kind, values in by_width.items()},
    },
    ["length n", "width d"],
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Left by length, right by width. Live: the cell on the lecture's own machine with the quick budget;
# its curves will differ, and that is instructive.
#
# **Ask** By the count, recurrence is the cheapest of the three at great length. Where is its curve, and
# why?
#
# **Expect** Above the others while it waits longer than attention compares: step after step, and arithmetic
# is not what it spends its time on. Attention's curve grows faster; look whether and where they meet. Hence
# also the flat part on the right. "The implementation is bad" is partly true, and no implementation takes
# away the waiting.
#
# **Look out for** Reading exponents off a few noisy points. The intervals stand in the notebook, and most
# are wide.


# %%
def exponent_cells(sizes, costs):
    fit = fitted_exponent(sizes, costs)
    return f"{fit.exponent:.2f} ({fit.interval.low:.2f} to {fit.interval.high:.2f})"


rows = []
for kind in KINDS:
    cells = []
    for sizes, costs, count in (
        (budget.cost_lengths, by_length[kind], lambda n, kind=kind: multiplications(kind, n, WIDTH)),
        (budget.cost_widths, by_width[kind], lambda d, kind=kind: multiplications(kind, LENGTH, d)),
    ):
        large = slice(-budget.num_fitted, None)
        counted = fitted_exponent(sizes[large], [count(size) for size in sizes[large]]).exponent
        cells += [exponent_cells(sizes[large], costs[large]), f"{counted:.2f}"]
    rows.append([kind, *cells])
table(["layer", "time ∝ n to the power", "counted", "time ∝ d to the power", "counted"], rows)
say(
    f"Fits over the {budget.num_fitted} largest sizes, 95 % intervals of the slope; *counted* is the same "
    "fit through the numbers of multiplications, of which self-attention's are a sum of two powers."
)
growth = {kind: math.log2(times[-1] / times[-2]) for kind, times in by_length.items()}
claim(growth["self-attention"] > max(growth["recurrence"], growth["convolution"]), "attention grows fastest")

# %%
shortest, longest = budget.cost_lengths[0], budget.cost_lengths[-1]
ratios = [seconds["recurrence", n, WIDTH] / seconds["self-attention", n, WIDTH] for n in (shortest, longest)]
fewer = multiplications("self-attention", longest, WIDTH) / multiplications("recurrence", longest, WIDTH)
say(
    f"At length {shortest} recurrence takes **{ratios[0]:.0f} times** as long as self-attention, at "
    f"{longest:,} {ratios[1]:.1f} times, although it needs {fewer:.0f} times *fewer* multiplications there. "
    "Arithmetic is not what it spends its time on: it waits, step by step."
)

# %% [markdown]
# At the greatest length the quadratic part has caught up: there attention is no longer faster than the
# recurrence, although nobody in it waits.
#
# Where an interval holds the counted exponent, the two cannot be told apart. Where all of it lies below, as
# with the recurrence, something else than arithmetic takes a share: starting an operation, or a step of a
# loop, costs the same for narrow and for wide vectors. That is why recurrence is flat in $d$ for narrow
# vectors, and why orders of growth say little about a model one can afford.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### Memory
#
# Training aside, what does one forward pass hold at its worst moment? `peak_memory` starts a process for
# each layer, builds it, warms it up on a tiny input, and reads how far the process's highest resident
# memory rises in one prediction of each length. For self-attention twice: with the weights $A$ computed
# explicitly, and through the backend's *fused* operation, `keras.ops.dot_product_attention`.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** What one prediction holds at its worst moment, each layer in a process of its own. Before the
# picture let everybody estimate.
#
# **Ask** One head, 4,096 positions, four bytes a number: how much do the weights alone take? What changes
# if the vectors are twice as wide?
#
# **Expect** $4096^2 \cdot 4$ bytes are 64 MiB. With the width nothing changes. Many multiply by the width:
# it sits in the vectors, not in the matrix of weights.
#
# **Look out for** Small sizes. Below a megabyte the process's own noise is larger than the layer.

# %%
memory_kinds = {
    "self-attention, fused": layer_model("self-attention", WIDTH),
    "self-attention, explicit": layer_model("self-attention", WIDTH, returns_weights=True),
    "recurrence": layer_model("recurrence", WIDTH),
    "convolution": layer_model("convolution", WIDTH),
}
shapes = [(1, length, WIDTH) for length in budget.memory_lengths]
peaks = peak_memory([(model, shapes) for model in memory_kinds.values()])
mebibytes = {
    name: [max(peak / 2**20, 0.1) for peak in row] for name, row in zip(memory_kinds, peaks, strict=True)
}

# %% {"slideshow": {"slide_type": "subslide"}}
weights_alone = [4 * n**2 / 2**20 for n in budget.memory_lengths]
memory_title = f"peak memory of one prediction, MiB, width {WIDTH}"
log_log(
    {memory_title: {name: (budget.memory_lengths, row) for name, row in mebibytes.items()}},
    "length n",
    {memory_title: {"n² weights": (budget.memory_lengths, weights_alone)}},
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The thin line is the estimate from before. Two curves lie above it in parallel, two run flatter.
#
# **Ask** The fused operation saves nothing here. Is it a myth?
#
# **Expect** No: on this backend and on a CPU it builds the scores like everybody else. Kernels that walk
# through the keys in blocks never write the whole matrix; they exist on GPUs. The multiplications stay
# quadratic even there.
#
# **Look out for** Planning training by this picture. Training keeps every layer's weights until the
# gradient has passed.

# %%
rows = [
    [name, *(f"{value:.1f}" for value in values), exponent_cells(budget.memory_lengths, values)]
    for name, values in mebibytes.items()
]
rows.append(["the n² weights alone", *(f"{value:.1f}" for value in weights_alone), "2.00"])
table(["MiB", *(f"n = {n:,}" for n in budget.memory_lengths), "∝ n to the power"], rows)
fused, explicit = (mebibytes[f"self-attention, {way}"][-1] for way in ("fused", "explicit"))
say(
    f"At length {budget.memory_lengths[-1]:,} the fused operation holds **{fused / explicit:.2f} times** "
    f"what the explicit weights take, on this backend ({keras.backend.backend()}, CPU)."
)
claim(min(fused, explicit) > 2 * max(mebibytes[kind][-1] for kind in KINDS[1:]), "attention holds most")

# %% [markdown]
# Recurrence and convolution hold a few arrays $(n, d)$; attention holds scores $(n, n)$, whatever the width.
# **What this does not show.** TensorFlow's fused operation on a CPU builds the scores like everybody else, so
# it saves nothing here. Kernels that do save (Dao et al., 2022) walk through the keys in blocks that fit into
# fast memory and never write the whole matrix; JAX and PyTorch have them on GPUs, and there the same line of
# our library can use them (with JAX in 16 bits only). The *multiplications* stay quadratic in either case.
# And training holds more than prediction: every layer's $A$, until the gradient has passed. Below a
# megabyte the numbers are noise.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### Sequential steps
#
# How long is the longest chain of operations that have to wait for each other? No stopwatch is needed: we let
# TensorFlow trace the layer into a graph (the recurrence unrolled) and walk along it.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** No stopwatch: the longest chain of operations that wait for each other, counted in the traced
# graph. Short of time: this slide and the next two belong together, and one sentence does for them.
#
# **Ask** In which of the three does the chain grow with the length? And when a Transformer *writes* $n$
# words, how many steps does it take?
#
# **Expect** In the recurrence only. In writing, $n$ for every model: each word waits for the one before.
# The slip to take up is "a Transformer does everything in one step": reading, yes.
#
# **Look out for** "One step" taken for "constant time". The steps are few and each of them is large.


# %%
def longest_chain(model, length):
    """The most operations on any path through the traced graph of a layer."""
    width = model.inputs[0].shape[-1]
    traced = tf.function(model).get_concrete_function(tf.TensorSpec((1, length, width)))
    depth = {}
    for operation in traced.graph.get_operations():  # in an order in which inputs come first
        depth[operation.name] = 1 + max((depth[tensor.op.name] for tensor in operation.inputs), default=0)
    return max(depth.values())


def unrolled(length):
    inputs = keras.Input((length, 8))
    return keras.Model(inputs, keras.layers.SimpleRNN(8, return_sequences=True, unroll=True)(inputs))


chain_lengths = (4, 8, 16, 32)
rows, chains = [], {}
for kind in KINDS:
    chains[kind] = [
        longest_chain(unrolled(n) if kind == "recurrence" else layer_model(kind, 8), n) for n in chain_lengths
    ]
    per_position = (chains[kind][-1] - chains[kind][-2]) / (chain_lengths[-1] - chain_lengths[-2])
    rows.append([kind, *chains[kind], f"{per_position:.1f}"])
table(["longest chain of operations", *(f"n = {n}" for n in chain_lengths), "more for each position"], rows)
assert chains["self-attention"][0] == chains["self-attention"][-1]
assert chains["convolution"][0] == chains["convolution"][-1]
assert chains["recurrence"][-1] > 2 * chains["recurrence"][-3]

# %% [markdown]
# $O(1)$, $O(n)$, $O(1)$, as in the table. On two cores that costs recurrence what we saw above; on a GPU with
# thousands of them it should cost far more (not measured here). This, more than the count of multiplications,
# is the reason that Vaswani et al. give first. (Generating is another matter: word by word, *every* model
# takes $n$ steps.)

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.8 How far is it from one position to another?
#
# **Claim.** How many steps lie between two positions depends on the kind of layer, and so does the gradient
# that an untrained layer passes from one to the other.
#
# One *round* is what all positions can do at once: a layer of convolution, a layer of attention, or one
# step of a recurrence, in which each state is made from its neighbour's state of the round before. After
# how many rounds does the **last** output depend on the **first** input? We compute the gradient and look
# whether it is zero.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A round is what all positions can do at once. How many rounds until the last output can feel the
# first input? The gradient tells: zero or not.
#
# **Ask** 17 positions, windows of three that look back: how many rounds? With windows that widen threefold
# from layer to layer? With attention?
#
# **Expect** 8, since each round reaches two further; 3, since $3^3$ covers 27; 1. Off by one is common: the
# last position must reach the first, which is 16 steps away.
#
# **Look out for** Dilated windows *around* a position. They may never connect the two ends, however deep
# the stack.


# %%
def rounds_to_connect(make_round, length, width=8):
    """Rounds until the gradient of the last output reaches the first input."""
    set_seed(0)
    inputs = tf.random.normal((1, length, width))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(inputs)
        states = inputs
        for rounds in itertools.count(1):
            states = make_round(rounds - 1)(inputs, states)
            last = states[:, -1]
            with tape.stop_recording():
                gradient = tape.gradient(last, inputs)
            if np.any(gradient.numpy()[0, 0]):
                return rounds


# %%
def window(kernel_size, is_dilated):
    """Windows over a position and what stands before it."""

    def make_round(index):
        rate = kernel_size**index if is_dilated else 1
        layer = keras.layers.Conv1D(8, kernel_size, padding="causal", dilation_rate=rate)
        return lambda inputs, states: layer(states)

    return make_round


def one_step(index, cell=keras.layers.SimpleRNNCell(8)):  # noqa: B008 # one cell for all the rounds
    def run(inputs, states):
        if index == 0:
            states = tf.zeros_like(states)
        before = tf.pad(states, ((0, 0), (1, 0), (0, 0)))[:, :-1]  # the neighbour's state of the last round
        flat = [tf.reshape(tensor, (-1, 8)) for tensor in (inputs, before)]
        return tf.reshape(cell(flat[0], [flat[1]])[0], states.shape)

    return run


def look(index):
    layer = SelfAttention(key_dim=8)
    return lambda inputs, states: layer(states)


# %%
distances = budget.path_lengths
ways = {
    "recurrence": (one_step, lambda n: n),
    "convolution, k = 3": (window(3, False), lambda n: math.ceil((n - 1) / 2)),
    "convolution, k = 7": (window(7, False), lambda n: math.ceil((n - 1) / 6)),
    "dilated convolution, k = 3": (window(3, True), lambda n: math.ceil(math.log(n, 3))),
    "self-attention": (look, lambda n: 1),
}
paths = {name: [rounds_to_connect(make, n) for n in distances] for name, (make, _) in ways.items()}
rows = [[name, *values] for name, values in paths.items()]
table(["rounds until the last output sees the first input", *(f"n = {n}" for n in distances)], rows)
for name, (_, expected) in ways.items():
    assert paths[name] == [expected(n) for n in distances], name

# %% {"slideshow": {"slide_type": "subslide"}}
log_log({"rounds": {name: (distances, values) for name, values in paths.items()}}, "length n")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same as lines. Slopes matter here, heights less.
#
# **Ask** What does a wider window buy, on this picture, and what does widening from layer to layer buy?
#
# **Expect** A wider window lowers the line and keeps its slope: a constant factor. Widening bends the line.
# Only attention's is level.
#
# **Look out for** Counting rounds as cost: one round of attention compares everything with everything.

# %% [markdown]
# As computed: $n$ rounds for recurrence, $\lceil (n-1) / (k-1) \rceil$ for windows side by side,
# $\lceil \log_k n \rceil$ for windows that widen by $k$ from layer to layer, one for attention. **Pitfall:**
# these windows look back only. With windows around a position a dilated stack may never connect the two
# ends, however deep it is: the way would lead across positions beyond the end, where only zeros stand.
#
# A path is one thing, what survives on it another. The size of the gradient of the last output with respect
# to an input at some distance, untrained layers of width 32, mean over draws:


# %%
def gradient_by_distance(make, length=33, width=32):
    """Norm of the last output's derivative by each input, by distance; of one random projection of it."""
    totals = np.zeros(length)
    for draw in range(budget.num_gradient_draws):
        set_seed(draw)
        layer = make()
        inputs, direction = tf.random.normal((1, length, width)), tf.random.normal((width,))
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = layer(inputs)
            projected = tf.tensordot(outputs[0, -1], direction / tf.norm(direction), 1)
        totals += np.linalg.norm(tape.gradient(projected, inputs).numpy()[0], axis=-1)
    return totals[::-1] / budget.num_gradient_draws


reach = {
    "self-attention": gradient_by_distance(lambda: SelfAttention(key_dim=32)),
    "recurrence, simple": gradient_by_distance(lambda: keras.layers.SimpleRNN(32, return_sequences=True)),
    "recurrence, GRU": gradient_by_distance(lambda: keras.layers.GRU(32, return_sequences=True)),
}
far = {name: mean(values[-8:]) / mean(values[1:9]) for name, values in reach.items()}

# %% {"slideshow": {"slide_type": "subslide"}}
curves(
    {name: (range(1, 33), values[1:]) for name, values in reach.items()},
    "distance from the last position",
    "size of the gradient",
    log_y=True,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A path is one thing, what survives on it another. Untrained layers, and a logarithmic axis. The
# plain network fades here and did not in chapter 1: there its inputs were small, here they have variance 1.
#
# **Ask** Attention's curve is level. Does it follow that it will *use* far words?
#
# **Expect** No. A short path makes it easy to learn that two distant positions belong together; it does not
# do the learning, and a weight of zero makes any path worthless. "Attention has no vanishing gradients" is
# what many write down here: correct it to this layer, untrained.
#
# **Look out for** The gated network's slope as its fate. Chapter 1: gates stand half open at first, and can
# be learned.

# %%
say(
    "From the eight nearest inputs to the eight farthest the gradient changes by a factor of "
    + ", ".join(f"{factor:.2g} ({name})" for name, factor in far.items())
    + ". For attention all distances are alike, but for the luck of the draw."
)
assert max(far["recurrence, simple"], far["recurrence, GRU"]) < 0.5 * far["self-attention"]
assert 0.4 < far["self-attention"] < 2.5

# %% [markdown]
# **What this does not show.** In chapter 1 the untrained plain network kept nearly all of its gradient, and
# here it fades. The inputs differ: Keras's small word vectors there, entries of variance 1 here, which drive
# the tanh to where it is flat. A trained gated recurrence opens its gates and carries some things far; a
# path of length one is worth nothing if the weight on it is zero. Short paths may make it *easy* to learn
# that two distant positions belong together. They do not do the learning, and nothing was trained here.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### The table, with what we measured

# %% {"slideshow": {"slide_type": "subslide"}}
large = slice(-budget.num_fitted, None)
orders = (("n² d", "1", "1"), ("n d²", "n", "n"), ("k n d²", "1", "log n"))  # the paper's
rows = []
for kind, order, path in zip(
    KINDS, orders, ("self-attention", "recurrence", "dilated convolution, k = 3"), strict=True
):
    in_length = exponent_cells(budget.cost_lengths[large], by_length[kind][large])
    in_width = exponent_cells(budget.cost_widths[large], by_width[kind][large])
    name = "self-attention, explicit" if kind == "self-attention" else kind
    held = exponent_cells(budget.memory_lengths, mebibytes[name])
    cells = [f"O({order[0]})", f"n^{in_length}, d^{in_width}", f"n^{held}"]
    cells += [f"O({order[1]})", f"{chains[kind][0]} to {chains[kind][-1]}"]
    rows.append([f"**{kind}**", *cells, f"O({order[2]})", f"{paths[path][0]} to {paths[path][-1]}"])
header = ["layer", "paper: complexity", "time", "memory", "paper: sequential"]
header += [f"chain, n = {chain_lengths[0]} to {chain_lengths[-1]}", "paper: path"]
table([*header, f"rounds, n = {distances[0]} to {distances[-1]}"], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The paper's columns and ours, side by side, with intervals. Short of time: leave it for reading.
#
# **Ask** Where do measurement and order disagree, and which of the two would you trust for a model that you
# can afford?
#
# **Expect** Where a measured exponent lies below, fixed costs take a share: starting an operation costs the
# same for narrow and for wide. For sizes that one can afford, the measurement; for sizes out of reach, the
# order.
#
# **Look out for** Reading an interval that holds the paper's exponent as a confirmation, when it holds most
# others, too.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 4.9 Summary
#
# * Attention is a soft lookup: queries ask, keys are compared, values are handed out. Chapter 3's scores are
#   ways to compare; projections in front of a dot product are a multiplicative score of low rank.
# * Self-attention lets a sequence ask itself. Each position could do it alone; as matrices all do it at once.
# * The scale starts scores at variance 1, whatever the width. Without it wide keys begin in a corner of the
#   softmax from which, at first, hardly any gradient returns, so that they learn late. At small width it
#   makes little difference.
# * Self-attention cannot see order. It must be told (chapter 6).
# * It trades $n$ steps in a row for $n^2$ comparisons at once: short paths and no waiting, paid for in
#   memory.
#
# ## Exercises
#
# In [`exercises/04_queries_keys_values.ipynb`](../exercises/04_queries_keys_values.ipynb), judged by what
# they compute:
#
# | exercise | after section |
# |---|---|
# | [`soft_lookup`] | 4.1 |
# | [`attend_from`], [`self_attention`], [`scaled_dot_product_attention`] | 4.3 |
# | [`softmax_jacobian`] | 4.5 |
# | [`layer_multiplications`] | 4.7 |
#
# To think about, without a judge:
#
# 1. Tie $W_Q$ and $W_K$ together. Which lookups can the layer still learn, and which not? Train it.
# 2. Put letter and symbol of a pair into two neighbouring tokens. Why is one layer of self-attention no
#    longer enough, and what would a second one have to do?
# 3. In section 4.5 a learned factor in front of the scores could take the place of $1 / \sqrt d$. Where
#    should it start, and does it move?
# 4. Restrict attention to $r$ neighbours. What becomes of the three columns of the table?
#
# ## Further reading
#
# * A. Vaswani et al., *Attention is all you need*, NeurIPS 2017,
#   [arXiv:1706.03762](https://arxiv.org/abs/1706.03762). Section 3.2.1 and its footnote on the variance of
#   scores; section 4 and its table 1 on cost.
# * J. Cheng, L. Dong, M. Lapata, *Long short-term memory-networks for machine reading*, EMNLP 2016,
#   [arXiv:1601.06733](https://arxiv.org/abs/1601.06733). A sequence that attends to itself, inside a
#   recurrence.
# * J. Gehring et al., *Convolutional sequence to sequence learning*, ICML 2017,
#   [arXiv:1705.03122](https://arxiv.org/abs/1705.03122); N. Kalchbrenner et al., *Neural machine
#   translation in linear time*, 2016, [arXiv:1610.10099](https://arxiv.org/abs/1610.10099), on dilated
#   windows.
# * T. Dao et al., *FlashAttention*, NeurIPS 2022, [arXiv:2205.14135](https://arxiv.org/abs/2205.14135).
#
# One set of weights can look at one thing at a time. Chapter 5 gives the layer several.
#
# [`soft_lookup`]: ../exercises/04_queries_keys_values.ipynb#cell-id=soft_lookup
# [`attend_from`]: ../exercises/04_queries_keys_values.ipynb#cell-id=attend_from
# [`self_attention`]: ../exercises/04_queries_keys_values.ipynb#cell-id=self_attention
# [`scaled_dot_product_attention`]:
# ../exercises/04_queries_keys_values.ipynb#cell-id=scaled_dot_product_attention
# [`softmax_jacobian`]: ../exercises/04_queries_keys_values.ipynb#cell-id=softmax_jacobian
# [`layer_multiplications`]: ../exercises/04_queries_keys_values.ipynb#cell-id=layer_multiplications

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** For each point let the room name the measurement, and one point that surprised them. Exercises in
# the order of the table: `scaled_dot_product_attention` is the one that later chapters need.
#
# **Ask** One sentence each: what can self-attention do in one step, what can it not see, and what does it
# pay?
#
# **Expect** Compare every position with every other; order; $n^2$ weights in memory. "It needs no training
# to look things up" would be a fourth sentence, and wrong.
#
# **Look out for** `scaled_dot_product_attention.mask_inverted`
#
# `scaled_dot_product_attention.empty_row_uniform`
