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
# # 6 · Positions: bees and honey
#
# **To attention a sentence is a bag of words. How does a Transformer learn who comes first?**
#
# A *honey bee* is an insect, *bee honey* is a food. Chinese makes the same point with the same two
# characters: 蜜 is honey, 蜂 is bee, 蜜蜂 the insect and 蜂蜜 the food. A recurrent network reads one word
# after the other and cannot help noticing. Self-attention, as chapters 4 and 5 left it, cannot notice at all.
# There are four widely used ways to tell it. In this chapter you write each of them, find out what is elegant
# about two, and then do to all of them what users will do to your model: give it a sentence longer than any
# it was trained on.
#
# **About 90 minutes** to read and run, two hours more with the exercises in
# [`exercises/06_positions.ipynb`](../exercises/06_positions.ipynb). The cells took 7 minutes on two CPU
# cores.
#
# **Prerequisites:** chapter 5 (multi-head attention, causal masks); sines and cosines, and what a rotation
# of the plane does.
#
# **You will be able to**
#
# * show that self-attention without positions is blind to order;
# * write sinusoidal, learned, rotary and relative positions, and say where each of them acts;
# * explain why a step of $k$ positions is one linear map for sinusoids, and why rotary scores see differences
#   only;
# * measure what happens beyond the trained length, and find the reason in the weights;
# * say why a decoder can do without any of this, and an encoder cannot.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Write 蜜 and 蜂 on two cards and hold them up in both orders: one is an insect, the other a food.
# Until now our models would not have noticed. Four ways to tell them, and then the question that users ask
# without asking: what if the text is longer than anything in training?
#
# **Ask** Find two sentences of the same words and different meaning in your own language. What tells you
# which is which?
#
# **Expect** Order, or an ending. Languages with many endings need order less: a good remark, and the model
# has neither. Keep one pair on the board.
#
# **Look out for** "The words come in a list, so the model knows their order." An index of a list is no
# input.

# %%
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import math
from functools import partial
from statistics import mean

import keras
import numpy as np
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
from course_lib.data import ToyLanguage
from course_lib.plots import bars_with_intervals, curves, signed_heatmap
from course_lib.training import ProgressLine, TokenCrossEntropy, set_seed

# %%
budget = chapter_budget("06_positions")
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.1 The same bag
#
# **Claim.** Permute the inputs of self-attention and you get the same outputs, permuted. With a permutation
# matrix $\Pi$ and the vectors of a sentence in the rows of $X$, $(T, D)$:
#
# $$ \mathrm{attend}(\Pi X) = \Pi\, \mathrm{attend}(X) $$
#
# for scores become $\Pi\, (XW_q W_k^\top X^\top)\, \Pi^\top$, the softmax works along rows, and the
# $\Pi^\top$ meets the $\Pi$ in front of the values. Nothing in it depends on training. Here are the two
# compounds, two random word vectors, and a layer that has learned nothing:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Chapter 4 showed it; here is the proof once more, and what else keeps the property. Point to where
# each $\Pi$ goes.
#
# **Ask** Which of these keep it: the softmax of each row, a network at each position, a sum of inputs and
# outputs, a stack of ten layers, a causal mask?
#
# **Expect** All but the last. Most think that depth helps: what is blind after one layer feeds a layer that
# is blind as well. The mask comes back in section 6.9.
#
# **Look out for** Calling it invariance. The outputs are shuffled as the inputs were.

# %% {"slideshow": {"slide_type": "subslide"}}
set_seed(0)
attention = layers.MultiHeadAttention(num_heads=4, key_dim=8)
vector_of = {character: keras.random.normal((32,)) for character in "蜜蜂"}


def read(characters):
    """Outputs (T, D) of self-attention without positions."""
    vectors = ops.stack([vector_of[character] for character in characters])[None]  # (1, T, D)
    return ops.convert_to_numpy(attention(vectors, vectors))[0]


insect, food = read("蜜蜂"), read("蜂蜜")
rows = [["蜜蜂, honey bee", *map("{:.3f}".format, insect[:, :2].ravel())]]
rows += [["蜂蜜, bee honey", *map("{:.3f}".format, food[:, :2].ravel())]]
table(["read as", "1st output, entry 0", "entry 1", "2nd output, entry 0", "entry 1"], rows)
difference = np.abs(insect - food[::-1]).max()
say(
    "The largest difference between *honey* of the first and *honey* of the second, and likewise between "
    f"the two *bees*: **{difference:.1g}**, which is rounding. Insect and food are the same bag of outputs."
)
assert difference < 1e-6

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A layer that has learned nothing, two random vectors. Live: other characters, three of them, in
# any order that the room calls.
#
# **Ask** Which number of the table must be equal to which, if the claim is right?
#
# **Expect** The first output of one row to the second of the other: they belong to the same character. Some
# compare first with first, find a difference, and call the claim refuted: ask whose vector each is.
#
# **Look out for** Concluding from one draw. The proof covers all weights; the cell only shows that it has
# no slip.

# %% [markdown]
# Stacking does not help: a network that treats each position alike, and more attention on top, keep the
# property. Whole sentences of the toy language suffer just the same. Three blocks of the kind that chapter 7
# takes apart read two sentences of the same words; the word that stands at index $t$ of the second stands at
# some other index of the first.

# %% {"slideshow": {"slide_type": "subslide"}}
toy = ToyLanguage()
first, second = "the girl saw my cat", "my cat saw the girl"
words = sorted(set(first.split()))
order = [first.split().index(word) for word in second.split()]  # where each word of the second stands
embedding = keras.random.normal((len(words), 32))
blocks = [layers.EncoderBlock(hidden_dim=32, num_heads=4, intermediate_dim=64) for _ in range(3)]
outputs = []
for sentence in (first, second):
    vectors = ops.take(embedding, ops.array([words.index(word) for word in sentence.split()]), axis=0)[None]
    for block in blocks:
        vectors = block(vectors)
    outputs.append(ops.convert_to_numpy(vectors)[0])
    print(f"{sentence:32} {' '.join(toy.translate(sentence.split()).target)}")
difference = np.abs(outputs[0][order] - outputs[1]).max()
say(f"Two meanings, two translations, and word for word the same outputs, up to {difference:.1g}.")
assert sorted(first.split()) == sorted(second.split()) and difference < 1e-5

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three whole blocks now, and two sentences that a reader would never confuse. Read both
# translations.
#
# **Ask** Put a decoder on top, as good as you like. What will it write for the two sentences?
#
# **Expect** The same for both: it looks at the same bag of vectors. Its own words have an order, and still
# nothing tells it who saw whom.
#
# **Look out for** "Blindness is a fault." For boxes in a picture or rows of a table it is what one wants.

# %% [markdown]
# **What this does not show.** Blindness to order is not always a fault. For sets, such as the boxes in a
# picture or the rows of a table, it is what one wants. And a *causal mask* breaks it: section 6.9.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.2 Four ways to tell
#
# | scheme | what it does | acts on | weights | who |
# |---|---|---|---|---|
# | sinusoidal | adds a fixed vector for each position | inputs $(T, D)$ | none | Vaswani et al., 2017 |
# | learned | adds a learned vector for each position | inputs $(T, D)$ | $L D$ | Gehring et al., 2017 |
# | rotary | turns queries and keys by their positions | heads $(T, K)$ | none | Su et al., 2021 |
# | relative | a learned number for each distance | scores $(T, S)$ | $N (2m + 1)$ | Raffel et al., 2020 |
#
# The first two say where a word *is*; the others say how far two words are *apart*. Each can be used
# **once**, on the embeddings (relative positions on the first layer's scores), or **at every layer**, inside
# each self-attention; all layers then share one scheme and its weights. The paper adds its sinusoids once;
# rotary and relative positions are meant for every layer. In `course_lib` all are called alike,
# `positions(tensor, start=0)`.
#
# | letter | meaning | | letter | meaning |
# |---|---|---|---|---|
# | $p$ | position, from 0 | | $T, S$ | numbers of queries and keys |
# | $k$ | an offset | | $D$, $K$ | width of a vector, of a head |
# | $\omega_i$ | frequency of pair $i$, radians per position | | $m$ | greatest distance with its own number |
# | $L$ | rows of a learned table | | $N$ | heads |

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the column "acts on" downwards: inputs, inputs, heads, scores. The first two say where a word
# is, the last two how far two words are apart. Short of time: this table, and of sections 6.3 to 6.6 the
# first slide each.
#
# **Ask** $D = 32$, a table for 64 positions, four heads, distances to 16. How many weights have learned and
# relative positions? Which of the two grows when texts become longer?
#
# **Expect** $64 \cdot 32 = 2{,}048$ and $4 \cdot 33 = 132$. Only the learned table grows. "$4 \cdot 16$"
# forgets one direction and the distance 0.
#
# **Look out for** Taking "defined at any length" for "right at any length". Section 6.8 is about the
# difference.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.3 Sinusoids
#
# $$ PE_{p,\,2i} = \sin(p\,\omega_i) \qquad PE_{p,\,2i+1} = \cos(p\,\omega_i) \qquad
# \omega_i = 10000^{-2i/D} $$
#
# A clock with $D/2$ hands. The first makes a turn in $2\pi$ positions, the last takes tens of thousands; each
# hand is read off as a sine and a cosine. A binary counter works in the same way: the last bit flips at every
# step, the bit before it half as often, only that waves are smooth.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A clock with many hands: the first goes round in six positions or so, the last hardly moves in a
# book. Of each hand both coordinates are read off.
#
# **Ask** Width 4: write down the vectors of positions 0 and 1.
#
# **Expect** $(0, 1, 0, 1)$, then $(\sin 1, \cos 1, \sin 0.01, \cos 0.01)$, about $(0.84, 0.54, 0.01, 1)$.
# The frequent slip gives each column a frequency of its own; ask what a sine without its cosine would tell.
#
# **Look out for** `sinusoidal_encoding.frequency_by_column`
#
# `sinusoidal_encoding.halves_concatenated`


# %% {"slideshow": {"slide_type": "subslide"}}
def sinusoids(length, width):
    """The vectors of the first positions, (length, width)."""
    frequencies = 10000.0 ** (-np.arange(0, width, 2) / width)  # (width / 2,)
    angles = np.arange(length)[:, None] * frequencies  # (length, width / 2)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, width)


encoding = sinusoids(64, 32)  # (P, D)
assert np.abs(encoding - layers.sinusoids(64, 32)).max() < 1e-12
signed_heatmap({"Sinusoids of the first 64 positions": encoding}, "dimension", "position", height=4.0)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A row is a position. Walk from left to right: ripples, waves, and stripes that hardly change.
# Live: change the base from 10,000 to 10, and ask what is gained and what is lost.
#
# **Ask** Which columns tell positions 3 and 4 apart, and which tell 3 from 40?
#
# **Expect** The left ones; the ones in the middle. At the right nothing happens on short sentences. "Then
# those columns are wasted": on these lengths, yes. With a small base they move sooner, and positions far
# apart begin to look alike.
#
# **Look out for** Believing that each position needs a column. It needs a pattern over all of them.

# %%
wavelengths = 2 * np.pi * 10000.0 ** (np.arange(0, 32, 2) / 32)
say(
    f"At width 32 the wavelengths run from {wavelengths[0]:.1f} to {wavelengths[-1]:,.0f} positions; "
    f"{(wavelengths > 64).sum()} of the {len(wavelengths)} pairs do not finish one wave in the 64 rows of "
    f"the picture. The slowest sine has reached {encoding[-1, -2]:.3f} by then: on short sentences much of "
    "the encoding hardly moves."
)

# %% [markdown]
# → *Exercise* [`sinusoidal_encoding`].
#
# **Pitfall: two layouts.** The paper alternates sines and cosines; much code puts all sines first. Both work,
# but not with each other's weights.
#
# ### Why offsets are linear
#
# **Claim.** For every offset $k$ there is one matrix $M_k$, the same at all positions, with
# $PE_{p+k} = M_k\, PE_p$. By the addition theorems, for each pair,
#
# $$ \begin{pmatrix} \sin (p + k)\omega \\ \cos (p + k)\omega \end{pmatrix} =
# \begin{pmatrix} \cos k\omega & \sin k\omega \\ -\sin k\omega & \cos k\omega \end{pmatrix}
# \begin{pmatrix} \sin p\omega \\ \cos p\omega \end{pmatrix} $$
#
# The hands of the clock move on by fixed angles, whatever the time is. $M_k$ has these $2 \times 2$ rotations
# on its diagonal. A learned projection *can* therefore ask for "three places back" with one matrix.
#
# [`sinusoidal_encoding`]: ../exercises/06_positions.ipynb#cell-id=sinusoidal_encoding


# %% {"slideshow": {"slide_type": "subslide"}}
def offset_matrix(offset, width):
    """The map from the vector of any position to the one `offset` further on, (width, width)."""
    matrix = np.zeros((width, width))
    for i in range(width // 2):
        angle = offset * 10000.0 ** (-2 * i / width)
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [
            [np.cos(angle), np.sin(angle)],
            [-np.sin(angle), np.cos(angle)],
        ]
    return matrix


worst = max(
    np.abs(sinusoids(1000, 32)[k:] - sinusoids(1000, 32)[:-k] @ offset_matrix(k, 32).T).max()
    for k in (1, 3, 17, 500)
)
turns = np.abs(offset_matrix(3, 32) @ offset_matrix(4, 32) - offset_matrix(7, 32)).max()
say(
    f"Over 1,000 positions and offsets 1, 3, 17 and 500, $PE_{{p+k}}$ and $M_k PE_p$ differ by {worst:.0e} "
    f"at most; three steps and then four are seven: $M_3 M_4$ and $M_7$ differ by {turns:.0e}."
)
assert worst < 1e-9 and turns < 1e-12
signed_heatmap(
    {f"offset {k}": offset_matrix(k, 12) for k in (1, 3, 17)}, "from dimension", "to dimension", height=2.7
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One matrix leads from any position to the one $k$ further on: the hands move by fixed angles,
# whatever the time is. Go through one two-by-two block with the addition theorem, and leave the others.
#
# **Ask** What is $M_3 M_4$? What leads three places *back*, and do you have to invert a matrix for it?
#
# **Expect** $M_7$. And no: a rotation is undone by its transpose, which is $M_{-3}$. Many begin to solve a
# system.
#
# **Look out for** `offset_matrix.transposed`
#
# "So the model will use this map." It exists; whether training finds it is another question.

# %% [markdown]
# → *Exercise* [`offset_matrix`].
#
# Since rotations keep lengths and angles, the dot product of two sinusoids depends on their offset alone:
# $PE_p \cdot PE_{p+k} = \sum_i \cos k\omega_i$. We compute it from three different places:
#
# [`offset_matrix`]: ../exercises/06_positions.ipynb#cell-id=offset_matrix

# %% {"slideshow": {"slide_type": "subslide"}}
offsets = np.arange(-30, 31)
long_encoding = sinusoids(1100, 32)
products = {p: long_encoding[p + offsets] @ long_encoding[p] for p in (30, 100, 1000)}
spread = max(np.abs(products[p] - products[30]).max() for p in products)
say(f"From positions 30, 100 and 1,000 the curve is the same to {spread:.0e}.")
assert spread < 1e-9
curves(
    {"dot product": (offsets, products[30])},
    "offset k",
    "PE(p) · PE(p + k)",
    title="Near positions have similar vectors; before and after look alike",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The dot product of two positions, from three different places: one curve. It falls on the whole,
# and it is the same on both sides.
#
# **Ask** By this number alone, can a head prefer the word *before* to the word *after*? Where could the
# difference come from?
#
# **Expect** No: the cosine does not know the sign. It comes from the two projections, which may turn one
# side against the other. "The curve shows that near words attend to each other" is too much: on top of it
# stands the word itself.
#
# **Look out for** Reading the ripples as a meaning. They are a sum of few cosines.

# %% [markdown]
# **What this does not show.** The curve is symmetric: by the dot product alone, *before* and *after* are the
# same. Between the encoding and a score stand $W_q$ and $W_k$, and on top of it the word is added. That a
# linear map *exists* for each offset does not mean that training finds it, nor that what it finds holds for
# positions it has not seen. Section 6.8 measures that.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.4 Learned positions, and the scale of things
#
# Why compute what could be learned? A second embedding, looked up by place:
#
# $$ x_t = \sqrt D\, e_t + P_{\text{start} + t}, \qquad P \in \mathbb{R}^{L \times D} $$
#
# `start` is for decoders that write token by token: they hold only the newest, and must not take it for the
# first. The factor $\sqrt D$ belongs to sinusoids as well, and it is easily forgotten:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** An embedding, looked up by place. Two letters of the formula are where people stumble: `start` and
# the factor in front of the word.
#
# **Ask** A decoder writes token by token and hands in only the newest. Somebody forgot `start`. Which
# positions does the model see?
#
# **Expect** Position 0, again and again. In training all was well, since whole sentences came in. That it
# shows only in use is the point: ask which test would have shown it, and somebody finds "compare step by
# step with the whole".
#
# **Look out for** `add_positions.start_ignored`


# %% {"slideshow": {"slide_type": "subslide"}}
def add_learned(embeddings, table, start=0):
    """(B, T, D), (L, D) → (B, T, D)"""
    return embeddings * embeddings.shape[-1] ** 0.5 + table[start : start + embeddings.shape[1]]


set_seed(0)
D = 32
embeddings = keras.random.normal((2, 5, D), stddev=D**-0.5)  # drawn small, as in section 3.4 of the paper
learned = layers.LearnedPositions(max_sequence_length=16)
ours, theirs = (
    add_learned(embeddings, learned(ops.zeros((1, 16, D)))[0], 3),
    learned(embeddings * D**0.5, start=3),
)
print(f"largest difference from the library: {float(ops.max(ops.abs(ours - theirs))):.0e}")
assert float(ops.max(ops.abs(ours - theirs))) < 1e-6
norms = [float(ops.mean(ops.norm(scale * embeddings, axis=-1))) for scale in (1, D**0.5)]
say(
    f"A sinusoid is {np.linalg.norm(encoding[7]):.1f} long at width {D}. Word vectors without the factor are "
    f"{norms[0]:.1f} long, with it {norms[1]:.1f}. Without it the *words* would be a murmur behind the "
    "positions."
)
try:
    learned.call(embeddings, start=12)
except ValueError as error:
    print("Positions 12 to 16, asked of a table for 16:", error)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Lengths, worked on the board: in each pair of a sinusoid the squares sum to one, so its length is
# the root of the number of pairs.
#
# **Ask** Width 32: how long is a sinusoid, and how long a word vector whose entries have deviation $1 /
# \sqrt D$? With the factor? And a table that is longer than all training sentences: does it help with
# longer ones?
#
# **Expect** 4 and about 1; with $\sqrt{32}$ nearly 6. Without the factor the words would be a murmur. A
# longer table does not help: rows that no sentence reached hold the numbers they were drawn with, and no
# error tells.
#
# **Look out for** `add_positions.scale_forgotten`
#
# `add_positions.positions_scaled`

# %% [markdown]
# → *Exercise* [`add_positions`].
#
# A table ends, and says so. **Pitfall:** a longer table does not help. Rows that no training sentence reached
# still hold the random numbers they were drawn with, and no error tells.
#
# [`add_positions`]: ../exercises/06_positions.ipynb#cell-id=add_positions

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.5 Rotary positions
#
# What a score should know is not where two words stand but how far apart. Su et al. (2021) turn the idea of
# 6.3 around: instead of adding a vector that rotates with the position, *rotate the query and the key
# themselves*, pair by pair:
#
# $$ \begin{pmatrix} x'_{2i} \\ x'_{2i+1} \end{pmatrix} =
# \begin{pmatrix} \cos p\,\omega_i & -\sin p\,\omega_i \\ \sin p\,\omega_i & \cos p\,\omega_i \end{pmatrix}
# \begin{pmatrix} x_{2i} \\ x_{2i+1} \end{pmatrix} $$
#
# Here $\omega_i = 10000^{-2i/K}$: the width of a head stands in place of $D$. With $R_p$ for the whole
# rotation, and a query $q$ at position $p$ and a key $k$ at position $s$ (in this section $k$ is a vector,
# not an offset), a score is $(R_p q)^\top R_s k = q^\top R_{s - p}\, k$. **The two positions are gone; their
# difference is left.** Values are not turned: they are what is passed on.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Nothing is added. Query and key are turned, each by its own position, and the score keeps the
# difference of the two angles. Turn two pencils by the same angle: what is between them stays.
#
# **Ask** A head of width 2, frequency 1. Query $(1, 0)$ at position 1 and key $(1, 0)$ at position 3: what
# is the score? And at 11 and 13?
#
# **Expect** $\cos 2$, about −0.42, both times. Who answers with $\cos 1$ and $\cos 3$ has turned both and
# not multiplied yet: let them finish.
#
# **Look out for** `rotate_by_position.sinusoids_added`
#
# `rotate_by_position.start_ignored`


# %% {"slideshow": {"slide_type": "subslide"}}
def rotate(vectors, start=0):
    """Turns (..., T, K) by positions start, start + 1, …"""
    length, width = vectors.shape[-2:]
    angles = (start + np.arange(length))[:, None] * 10000.0 ** (-np.arange(0, width, 2) / width)
    even, odd = vectors[..., 0::2], vectors[..., 1::2]  # (..., T, K / 2)
    cosines, sines = np.cos(angles), np.sin(angles)
    pairs = np.stack([even * cosines - odd * sines, even * sines + odd * cosines], axis=-1)
    return pairs.reshape(vectors.shape)


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Four lines of arithmetic. Point at the slices: neighbours make a pair here. Short of time: go on
# to the table.
#
# **Ask** Why are values not turned?
#
# **Expect** They are what is passed on: it should say the same wherever it stands. Turned values would be a
# mark of an absolute position once more. "For symmetry one should" is the answer to take up: the two turns
# cancel in a product, and values are not multiplied with each other.
#
# **Look out for** `rotate_by_position.halves_paired`
#
# `rotate_by_position.new_entry_used`

# %% {"slideshow": {"slide_type": "subslide"}}
generator = np.random.default_rng(0)
query, key = generator.normal(size=(2, 1, 16))  # float64
rotary = layers.RotaryPositions(max_sequence_length=2000)
rows, scores = [], {}
for p, s in ((0, 3), (10, 13), (1500, 1503), (3, 0), (10, 7), (10, 14)):
    scores[p, s] = (rotate(query, p) @ rotate(key, s).T).item()
    single = rotary(ops.array(query, "float32"), start=p) @ ops.transpose(
        rotary(ops.array(key, "float32"), start=s)
    )
    rows.append([p, s, f"{s - p:+d}", f"{scores[p, s]:.6f}", f"{float(single[0, 0]):.5f}"])
table(["query at", "key at", "difference", "score", "library, float32"], rows)
spread = max(abs(scores[0, 3] - scores[10, 13]), abs(scores[0, 3] - scores[1500, 1503]))
say(
    f"Equal differences, equal scores: to **{spread:.0e}**. Not turned, the score is "
    f"{(query @ key.T).item():.6f}."
)
assert spread < 1e-6 and abs(scores[0, 3] - scores[3, 0]) > 1e-3
assert abs(np.linalg.norm(rotate(query, 1234)) - np.linalg.norm(query)) < 1e-12

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cover the last two columns and let the room say which rows must agree. Live: another pair of
# positions with the same difference, as far out as they like.
#
# **Ask** Which rows will have equal scores? Will +3 and −3 have the same?
#
# **Expect** Equal differences, equal scores. +3 and −3 differ, unlike the dot product of two sinusoids:
# between query and key there are two vectors that are not the same.
#
# **Look out for** "Rotary positions know no absolute place." Scores do not; a causal mask still tells one.

# %% [markdown]
# Unlike the dot product of sinusoids, a difference of $+3$ and one of $-3$ give different scores. No weights,
# nothing to clip, and every vector keeps its length.
#
# **Pitfall: which two make a pair?** Here neighbours, $2i$ and $2i + 1$, as in the paper. Many published
# models pair entry $i$ with $i + K/2$. The schemes are equally good, and weights made for one are useless in
# the other.
#
# → *Exercise* [`rotate_by_position`].
#
# [`rotate_by_position`]: ../exercises/06_positions.ipynb#cell-id=rotate_by_position

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.6 Relative positions
#
# Or one simply *learns* what each distance is worth, head by head, and adds it to the score:
#
# $$ a_{nts} = \frac{q_{nt} \cdot k_{ns}}{\sqrt K} + b_{n,\ \mathrm{clip}(s - t,\, -m,\, m)} $$
#
# Shaw et al. (2018) learn a vector for each distance and let the query multiply it; the single number is the
# form of Raffel et al. (2020), who also put great distances into common buckets. Clipping says: further than
# $m$ away is just *far*. So the scheme runs at any length. Whether it works there is another question.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The plainest idea of the four: a number for each distance and each head, added to the score,
# learned like any weight. Clipping says: beyond $m$ it is just far.
#
# **Ask** Eight heads, distances to 16 on both sides: how many numbers? Which of them does a key 40 places
# further on get?
#
# **Expect** $8 \cdot 33 = 264$. That of distance 16. Asked why the bias is not divided by $\sqrt K$: only
# the product grows with the width.
#
# **Look out for** `relative_columns.direction_lost`
#
# `attention_with_relative_bias.bias_after_softmax`


# %% {"slideshow": {"slide_type": "subslide"}}
def relative_bias(table, length):
    """(N, 2 m + 1) → (N, T, T): the number of each distance, for every pair of a query and a key."""
    furthest = table.shape[1] // 2
    distance = np.arange(length)[None, :] - np.arange(length)[:, None]  # key minus query
    return table[:, np.clip(distance, -furthest, furthest) + furthest]


relative = layers.RelativePositions(num_heads=2, max_distance=4)
relative.build()
numbers = generator.normal(scale=2.0, size=(2, 9)).astype("float32")
relative.table.assign(numbers)
assert np.abs(relative_bias(numbers, 12) - ops.convert_to_numpy(relative.bias(12, 12))).max() < 1e-6
signed_heatmap(
    {
        "clipped distance, m = 4": relative_bias(np.arange(-4.0, 5.0)[None], 12)[0],
        "bias of a head, numbers drawn at random": relative_bias(numbers, 12)[0],
    },
    "key position",
    "query position",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Every diagonal has one colour; that is what *relative* looks like. Then point at the corners.
#
# **Ask** Where do you see the clipping? What would the picture of an absolute scheme look like beside it?
#
# **Expect** Where the colour no longer changes. An absolute scheme has no picture of this kind: it marks
# inputs, and what that does to scores depends on the projections. Remember the corners; they come back.
#
# **Look out for** `relative_columns.clipped_one_short`

# %% [markdown]
# Every diagonal has one colour: that is what *relative* means. In the corners the colour no longer changes:
# there the distances are clipped.
#
# → *Exercises* [`relative_columns`], [`attention_with_relative_bias`].
#
# [`relative_columns`]: ../exercises/06_positions.ipynb#cell-id=relative_columns
# [`attention_with_relative_bias`]: ../exercises/06_positions.ipynb#cell-id=attention_with_relative_bias

# %% [markdown] {"slideshow": {"slide_type": "slide", "lecture": "core"}}
# ## 6.7 The study: which scheme, and where?
#
# The task is small enough to train ten systems on it, and impossible without positions: **for every token,
# say which token stands three places before it.** (The first three have nothing there, and get a label of
# their own.) Tokens are random, so nothing can be guessed from meaning. Training sequences have 4 to 16
# tokens. The rules, fixed before the first run:
#
# * **same data, same network, same steps** for all: two layers of attention, each with the
#   small network behind it that chapter 7 is about; the learning rate was tried out on other sequences;
# * **several seeds**, which set the initial weights and the order of the batches; intervals are Student's
#   $t$; comparisons go pairwise by seed;
# * **accuracy on fresh sequences**, over the positions that have something three places before them.
#
# > **Write down your prediction.** Order none, sinusoidal, learned, rotary and relative by accuracy at length
# > 16. Then at length 32. At 64. Which of them gain from being told again at every layer?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Play the task: read digits aloud, one a second, and let somebody say which came three before. Then
# the rules, fixed before the first run. Everybody writes three orders: for lengths 16, 32 and 64. Ask how
# many have the same order three times.
#
# **Expect** Large differences are expected at 16, and sinusoids are the favourite at 64, because "the
# formula holds everywhere". Both turn out otherwise. Put the favourites on the board; they are answered in
# two steps.
#
# **Look out for** Counting the first three tokens. Nothing stands three before them, so they are left out
# of the accuracy: that matters for a riddle to come.

# %%
NUM_TOKENS, NUM_HEADS, BACK = 12, 4, 3  # ids: 0 padding, 1 the label "nothing there", 2 to 11 tokens
TRAINED_LENGTH, LENGTHS = 16, (8, 16, 20, 24, 32, 48, 64)


def draw_sequences(seed, count, shortest, longest):
    """Token ids and labels, (count, longest) each, 0 behind the end."""
    generator = np.random.default_rng(seed)
    lengths = generator.integers(shortest, longest + 1, (count, 1))
    token_ids = generator.integers(2, NUM_TOKENS, (count, longest))
    token_ids[np.arange(longest) >= lengths] = 0
    labels = np.pad(token_ids, ((0, 0), (BACK, 0)), constant_values=1)[:, :longest]
    return token_ids.astype("int32"), np.where(token_ids > 0, labels, 0).astype("int32")


train_data = draw_sequences(0, budget.num_train_sequences, 4, TRAINED_LENGTH)
test_data = {length: draw_sequences(2, budget.num_test_sequences, length, length) for length in LENGTHS}
print("tokens", *train_data[0][0])
print("labels", *train_data[1][0])

# %% [markdown]
# The network, and the only line that differs between systems: what stands in `SYSTEMS`.


# %%
class Reader(keras.Model):
    """Two encoder blocks over token vectors; for every token, logits over labels."""

    def __init__(self, scheme, place, is_causal=False, num_tokens=NUM_TOKENS, num_labels=NUM_TOKENS):
        super().__init__()
        self.width, self.is_causal = budget.hidden_dim, is_causal
        small = keras.initializers.RandomNormal(stddev=self.width**-0.5)
        self.embedding = keras.layers.Embedding(num_tokens, self.width, embeddings_initializer=small)
        sizes = {"num_layers": 2, "hidden_dim": self.width, "intermediate_dim": 2 * self.width}
        self.encoder = layers.TransformerEncoder(
            num_heads=NUM_HEADS, positions=scheme, position_place=place.replace(" ", "_"), **sizes
        )
        self.to_logits = keras.layers.Dense(num_labels)

    def build(self, ids_shape):
        self.embedding.build(ids_shape)
        for layer in (self.encoder, self.to_logits):
            layer.build((*ids_shape, self.width))

    def read(self, token_ids, **options):
        """Vectors (B, T, D) after both blocks, and the attention weights if they are asked for."""
        vectors = self.embedding(token_ids) * math.sqrt(self.width)
        options |= {"padding_mask": layers.padding_mask(token_ids), "use_causal_mask": self.is_causal}
        return self.encoder(vectors, **options)

    def call(self, token_ids):
        return self.to_logits(self.read(token_ids))


# %%
def make_scheme(name):
    """A position scheme with room for the longest test; "relative 8" clips at distance 8."""
    if name == "none":
        return None
    if name.startswith("relative"):
        return layers.RelativePositions(NUM_HEADS, max_distance=int(name.split()[1]))
    return layers.make_positions(name, max_sequence_length=max(LENGTHS), num_heads=NUM_HEADS)


SYSTEMS = {"none": ("none", "once")} | {
    f"{name}, {place}": (name, place)
    for name in ("sinusoidal", "learned", "rotary", "relative 16", "relative 8")
    for place in ("once", "every layer")
    if (name, place) != ("relative 8", "once")
}


def make_reader(system, **options):
    """An untrained network of the study."""
    name, place = SYSTEMS[system]
    return Reader(make_scheme(name), place, **options)


# %% [markdown]
# Compiling takes longer than training here. As in chapter 3, a further seed gives the compiled model the
# weights of a newly drawn one, and makes the optimizer forget.


# %%
def compile_model(model, num_epochs, num_examples):
    """Adam; its learning rate rises for a twentieth of the steps and falls along a cosine."""
    num_steps = num_epochs * num_examples // budget.batch_size
    schedule = keras.optimizers.schedules.CosineDecay(
        budget.learning_rate / 10,
        num_steps,
        warmup_target=budget.learning_rate,
        warmup_steps=max(1, num_steps // 20),
    )
    optimizer = keras.optimizers.Adam(schedule, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=False, steps_per_execution=8)


# %%
def train(make, data, label, seed, model=None, num_epochs=budget.num_epochs):
    """Trains from new weights; returns the model and the loss of each epoch."""

    def make_built():
        fresh = make()
        fresh.build(data[0].shape)
        return fresh

    set_seed(seed)
    compiled = partial(compile_model, num_epochs=num_epochs, num_examples=len(data[0]))
    model = with_fresh_weights(make_built, compiled, model)
    history = model.fit(
        *data,
        batch_size=budget.batch_size,
        epochs=num_epochs,
        verbose=0,
        callbacks=[ProgressLine(label)],
    )
    return model, history.history["loss"]


# %%
def hits(model, token_ids, labels):
    """Whether each prediction is right, (count, T)."""
    return ops.convert_to_numpy(ops.argmax(model(token_ids), axis=-1)) == labels


def measure(model):
    """Accuracy by length, over the positions with a token three places before; by position at length 48."""
    right = {length: hits(model, *data)[:, BACK:] for length, data in test_data.items()}
    return {
        "accuracy": {length: array.mean() for length, array in right.items()},
        "by_position": right[48].mean(axis=0),
    }


# %%
systems = budget.systems or tuple(SYSTEMS)
models, runs = {}, {system: [] for system in systems}
for seed in budget.seeds:
    for system in systems:
        model, losses = train(
            lambda s=system: make_reader(s), train_data, f"{system}, seed {seed}", seed, models.get(system)
        )
        models[system] = model
        runs[system].append({"losses": losses, "weights": model.get_weights(), **measure(model)})

# %% [markdown] {"slideshow": {"slide_type": "slide", "lecture": "core"}}
# ### Within the trained length


# %%
def accuracies(system, length):
    return [float(run["accuracy"][length]) for run in runs[system]]


def percent(shares):
    return with_interval([100 * share for share in shares], ".1f", 0, 100)


def lead(first, second, length):
    """Accuracy of the first minus that of the second, seed by seed: mean and interval, in points."""
    differences = paired(accuracies(first, length), accuracies(second, length))
    return mean_and_interval([100 * difference for difference in differences])


# %% {"slideshow": {"slide_type": "subslide"}}
half = max(1, budget.num_epochs // 2)
rows = []
for system in systems:
    middle, last = (
        mean(run["losses"][epoch - 1] for run in runs[system]) for epoch in (half, budget.num_epochs)
    )
    accuracy = percent(accuracies(system, TRAINED_LENGTH))
    rows.append([system, accuracy, f"{middle:.2f}", f"{last:.3f}", f"{models[system].count_params():,}"])
table(
    ["system", "accuracy at length 16, %", f"loss, epoch {half}", f"epoch {budget.num_epochs}", "weights"],
    rows,
)
say(
    f"{len(budget.seeds)} seeds each, in brackets 95 % intervals of the mean over seeds. "
    f"{budget.num_train_sequences:,} training sequences of 4 to 16 tokens, {budget.num_epochs} epochs, "
    f"{budget.num_test_sequences} fresh test sequences. Blind guessing gets 10 %."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Brackets first. Two columns of loss tell how soon it was learned, not how well. Short of time: the
# one sentence in bold.
#
# **Ask** Which differences in the column of accuracy would you put into a paper?
#
# **Expect** *None* against everything else. Among the others hardly any, with these intervals. Somebody
# will order them by the first decimal: ask for the interval of the difference.
#
# **Look out for** "None knows nothing." It knows the bag: see the riddle.

# %%
told = [system for system in systems if system != "none"]
at_home = {system: mean(accuracies(system, TRAINED_LENGTH)) for system in systems}
say(
    f"Without positions {at_home['none']:.0%} are right, which is about what guessing gets. With any scheme "
    f"at any place it is {min(at_home[s] for s in told):.1%} to {max(at_home[s] for s in told):.1%}. "
    "**Within the trained lengths it matters that positions are told, and little how.**"
)
for system in told:
    claim(lead(system, "none", TRAINED_LENGTH).low > 0, f"{system} is reliably ahead of none")

# %% {"slideshow": {"slide_type": "subslide"}}
usual = ("none", "sinusoidal, once", "learned, once", "rotary, every layer", "relative 16, every layer")
usual = [system for system in usual if system in runs]
epochs = list(range(1, budget.num_epochs + 1))
learning = {}
for system in usual:
    by_epoch = zip(*(run["losses"] for run in runs[system]), strict=True)
    learning[system] = (epochs, *band(by_epoch, lowest=0))
curves(learning, "epoch", "training loss, nats a token", title="Each scheme where it is commonly used")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Each scheme where it is commonly used. All but one come down; they differ in when.
#
# **Ask** Who is last to learn it, and what could be the reason?
#
# **Expect** Read it off. A table of its own for each position must be filled row by row, by sentences that
# reach it; a formula and a distance are shared by all places. That is a likely reason, and was not tested.
#
# **Look out for** Stopping all at the same early epoch: it would rank speed and call it quality.

# %%
early = max(1, budget.num_epochs // 4)
early_losses = {system: [run["losses"][early - 1] for run in runs[system]] for system in usual[1:]}
say(
    f"What differs is how soon it is learned. Loss after {early} epochs, with intervals: "
    + "; ".join(f"*{system}* {with_interval(losses, '.2f', 0)}" for system, losses in early_losses.items())
    + "."
)

# %% [markdown]
# ### Two habits of well-known code
#
# Implementations that many have learned from treat sinusoids in two ways that the paper does not have. One
# puts zeros into the row of position 0, as one does for a padding token; so the first token stands nowhere.
# The other multiplies *positions* by $\sqrt D$, not only the words: then what is said is a murmur behind
# where it is said. Both run, and both train. What do they cost?
#
# > **Write down your prediction.** The study's task, sinusoids once. With a row of zeros for position 0, with
# > positions times $\sqrt D$, with both: which of them loses more than the luck of a seed?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Both lines come from code that many have copied, and both run without a complaint. Write the sum of
# word and position, once with each at its size, once with the position $\sqrt D$ times as large.
#
# **Ask** ✍️ Zeros for position 0, positions times $\sqrt D$: which of them costs something on this task?
#
# **Expect** Zeros are believed to hurt, since a token loses its place; but no other row is zero, so it is a
# place like any other. About the second opinions differ; let the table decide.
#
# **Look out for** "It made no difference, so it never does." One task, and all of them solve it.


# %%
class HabitualSinusoids(layers.SinusoidalPositions):
    """Sinusoids with a row of zeros for position 0, or larger than they are."""

    def __init__(self, max_sequence_length, has_zero_row, scale):
        super().__init__(max_sequence_length)
        self.has_zero_row, self.scale = has_zero_row, scale

    def call(self, inputs, start=0):
        added = self.scale * (super().call(inputs, start=start) - inputs)
        if self.has_zero_row:
            places = start + ops.arange(inputs.shape[1])
            added = ops.where((places == 0)[None, :, None], 0.0, added)
        return inputs + added


# %%
HABITS = {
    "as in the paper": (False, 1.0),
    "a row of zeros for position 0": (True, 1.0),
    "positions times √D": (False, math.sqrt(budget.hidden_dim)),
    "both": (True, math.sqrt(budget.hidden_dim)),
}
habit_runs = {name: [] for name in HABITS}
for name, settings in HABITS.items():
    model = None
    for seed in budget.seeds:
        model, losses = train(
            lambda s=settings: Reader(HabitualSinusoids(max(LENGTHS), *s), "once"),
            train_data,
            name,
            seed,
            model,
        )
        right = hits(model, *test_data[TRAINED_LENGTH])[:, BACK:]
        habit_runs[name].append({"accuracy": right.mean(), "loss": losses[half - 1]})

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
plain, rows = habit_runs["as in the paper"], []
for name, some in habit_runs.items():
    gained = [100 * d for d in paired(*([run["accuracy"] for run in one] for one in (some, plain)))]
    slower = paired(*([run["loss"] for run in one] for one in (some, plain)))
    compared = [
        f"{with_interval(gained, '+.1f')}, {verdict(mean_and_interval(gained))}",
        with_interval(slower, "+.2f"),
    ]
    rows.append(
        [name, percent([run["accuracy"] for run in some]), *(compared if some is not plain else "––")]
    )
table(["sinusoids", "accuracy at length 16, %", "points, seed by seed", f"loss at epoch {half}, nats"], rows)

# %% [markdown]
# No cost is to be seen here. A row of zeros is a place like any other, for no other row is zero; and what is
# loud the first matrix behind it can turn down (whether it does, we did not look).
#
# **What this does not show.** That either is harmless elsewhere. The task asks for *places*, and every reader
# solves it: at 100 % a table cannot show a small loss. The loss half-way stands beside it, but it is down to
# 0.01 nats by then, and three seeds tell it to 0.03: a look at the second epoch would have been sharper.
# Where many words are to be told apart, a murmur of words may cost more; it was not tried here.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.8 Longer than ever before
#
# Now the same models, untouched, on sequences up to four times as long as any they were trained on. Nothing
# about the task has changed: three places back is three places back.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same weights, not touched. Nothing about the task has changed: three back is three back. Show
# hands for the favourites once more. A short lecture may go from section 6.2 to the curves of the next
# slide, and should not end before them.
#
# **Ask** Before the curves: which scheme has a *reason* to go on beyond 16?
#
# **Expect** Those that see differences only. Most add sinusoids, since one matrix leads three back from any
# position. The reason is good and the result is not; that is what one should remember of this chapter.
#
# **Look out for** Mixing two questions: whether the scheme can say something at position 40, and whether
# the model has learned to read it.

# %% {"slideshow": {"slide_type": "subslide"}}
stretched = {}
for system in [*usual, *(["relative 8, every layer"] if "relative 8, every layer" in runs else [])]:
    stretched[system] = (LENGTHS, *band([accuracies(system, length) for length in LENGTHS], 0, 1))
curves(stretched, "length of the test sequences", "accuracy", title="Trained on lengths up to 16")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Uncover from left to right, stop at 16. Then go on slowly.
#
# **Ask** Which of the curves contradicts what you wrote down? What do the two that hold out have in common?
#
# **Expect** Sinusoids fall nearly as learned ones do, and the relative table to 16 falls as well. The two
# that hold see differences, at every layer, and nothing in them was left untrained. "Rounding errors at
# large angles" is a proposal to take up: the dot products agreed to many digits at position 1,000.
#
# **Look out for** The widths of the bands at the right end: three seeds do not agree there.

# %% {"slideshow": {"slide_type": "subslide"}}
shown_lengths = (16, 20, 24, 32, 48, 64)
rows = [[system, *(percent(accuracies(system, n)) for n in shown_lengths)] for system in systems]
table(["accuracy, %", *(f"length {n}" for n in shown_lengths)], rows)
for first, second in (
    ("rotary, every layer", "sinusoidal, once"),
    ("rotary, every layer", "rotary, once"),
    ("relative 8, every layer", "sinusoidal, once"),
    ("relative 8, every layer", "relative 16, every layer"),
):
    if not {first, second} <= set(systems):
        continue
    gain = lead(first, second, 32)
    say(
        f"At length 32 **{first}** is ahead of **{second}** by {gain.mean:.1f} points "
        f"({gain.low:.1f} to {gain.high:.1f})."
    )
    claim(gain.low > 0, f"{first} is reliably ahead of {second}")
kept = {system: mean(accuracies(system, 64)) for system in told}
ranking = sorted(told, key=kept.get, reverse=True)
say("At length 64, in order: " + ", ".join(f"{system} **{kept[system]:.0%}**" for system in ranking) + ".")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Only the comparisons written below the table are claimed; the rest is for looking. Short of time:
# leave the table, keep the curves.
#
# **Ask** Rotary *once* and rotary *at every layer* use the same rotation. What is lost in the first?
#
# **Expect** On the embeddings it is no longer two turned vectors in one product: it passes through the
# projections, and is one more mark of an absolute place. "Two turns are better than one" is the usual
# guess.
#
# **Look out for** Carrying the order over to language models: Press et al. found another one. Our task
# needs one short offset that every training sequence has.

# %% [markdown]
# First a riddle: on long sequences *none* does **worse** than blind guessing. How can it know less than
# nothing? What does it answer?

# %% {"slideshow": {"slide_type": "subslide"}}
NOTHING_THERE = 1
answers = {length: {"nothing": [], "right": [], "restricted": []} for length in (8, 16, 32, 64)}
for run in runs["none"]:
    models["none"].set_weights(run["weights"])
    for length, seen in answers.items():
        token_ids, labels = test_data[length]
        logits, labels = ops.convert_to_numpy(models["none"](token_ids))[:, BACK:], labels[:, BACK:]
        seen["nothing"].append(np.mean(logits.argmax(-1) == NOTHING_THERE))
        seen["right"].append(np.mean(logits.argmax(-1) == labels))
        seen["restricted"].append(np.mean(logits[..., 2:].argmax(-1) + 2 == labels))

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A riddle, and a rest for everybody. Guessing gets a tenth; on long sequences *none* gets less.
# Wait.
#
# **Ask** How can a model know less than nothing? What does it answer?
#
# **Expect** "Nothing there": in a training sequence of 16 that is right at three places, $3/16$, more than
# any token's tenth. At the places that we count it is never right. Frequent answer: "there is a bug". There
# is none; so look at the answers before you look at the score.
#
# **Look out for** Taking a score below chance for ignorance. It is mostly knowledge of something else.


# %%
def commonest_token_is_right(length):
    """How often the answer is right that names the most frequent token of each sequence, everywhere."""
    token_ids, labels = test_data[length]
    commonest = [np.bincount(row).argmax() for row in token_ids]
    return np.mean(np.array(commonest)[:, None] == labels[:, BACK:])


table(
    ["none", '"nothing there", %', "right, %", "right without that answer, %", "commonest token, %"],
    [
        [
            f"length {length}",
            *map(percent, seen.values()),
            f"{100 * commonest_token_is_right(length):.1f}",
        ]
        for length, seen in answers.items()
    ],
)
for seen in answers.values():
    claim(mean(seen["restricted"]) > max(0.1, mean(seen["right"])), "the bag of tokens is worth something")

# %% [markdown]
# *Nothing there* is a label like the others, and the right one at three tokens of every training sequence. A
# model that does not know where it stands gives it about the same chance everywhere: $3/16$ in a sequence of
# 16. A token's chance is its share of the rest, and that does not depend on positions. So at 16 *nothing
# there* is often the best bet. At 64 it would not be: three of 64 are fewer than a token's tenth. But no
# training sequence was so long; it seems that the model goes on giving that label what it gave it up to 16
# (we did not look at its probabilities), and at none of the positions that we count is it right. (In a very
# short one it is the best bet because it is so frequent.)
# Without that answer the model is ahead of guessing at every length, and about where you get by naming the
# commonest token of the sequence, for which nobody has to be trained. *A score below chance is seldom
# ignorance; look at the answers.*

# %% [markdown]
# Who else fails, and where in the sequence? The accuracy at each position of sequences of 48 tokens, averaged
# over seeds:

# %% {"slideshow": {"slide_type": "subslide"}}
positions = np.arange(BACK, 48)
curves(
    {
        system: (positions, np.mean([run["by_position"] for run in runs[system]], axis=0))
        for system in stretched
    },
    "position in the sequence",
    "accuracy",
    title="Sequences of 48 tokens; trained were positions 0 to 15",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same failures, by place. The average over a sequence had hidden where they begin.
#
# **Ask** Where does the learned curve break, and where the sinusoidal one? And the bump far out?
#
# **Expect** Both at the end of what was trained. Behind it a learned table holds random vectors; the
# sinusoids are there, but training found one of the many maps that are right on sixteen vectors. At the bump
# one of the hands has come round (wavelength 35): a guess, not tested. Who calls it "learned after all"
# should say why it goes away again.
#
# **Look out for** One number for a whole sequence. Ask for the curve.

# %%
for system in (s for s in ("learned, once", "sinusoidal, once") if s in runs):
    curve = np.mean([run["by_position"] for run in runs[system]], axis=0)
    inside, beyond = curve[: TRAINED_LENGTH - BACK].mean(), curve[TRAINED_LENGTH - BACK :].mean()
    say(f"{system}: {inside:.0%} right at positions that training reached, {beyond:.0%} beyond.")
    claim(beyond < inside - 0.2, f"{system} fails at positions it has not seen")

# %% [markdown]
# For **learned** positions the reason is plain: behind position 15 there are only random vectors. That
# **sinusoids** do hardly better should make us think. Their vectors exist at every position, and $M_{-3}$
# would be right everywhere. But training never asked for a map that is right everywhere, and gradient descent
# found one of the many that are right on 16 vectors. (The bump far out is hardly learning either, since it
# goes away again. One hand of the clock, with a wavelength of 35, has come round there; whether that is the
# reason was not tested.) *A formula that extends is not a model that extrapolates.*
#
# Rotary positions **once**, on the embeddings, fare like the other two, for there the rotation is no longer a
# matter of two positions in one score: it goes through the projections and becomes one more absolute mark. At
# every layer they hold out, and so does the relative table that clips at 8; which of the two holds out better
# three seeds do not tell. Do not take that for the rule: in the language models of Press et al. (2022)
# perplexity rises soon after the trained length with sinusoids, somewhat later with rotary positions, and
# later still with relative biases. Our task needs *one* offset, a short one, which every training sequence
# contains; predicting words needs many, and the long ones among them are new.
#
# ### Inside a relative table
#
# Relative positions have a number for *three back*, and it holds at all lengths. And yet the table that clips
# at 16 does badly on long sequences. Here is what was learned, head by head:

# %% {"slideshow": {"slide_type": "subslide"}}
clipped_at = {name: f"relative {name}, every layer" for name in (16, 8)}
clipped_at = {name: system for name, system in clipped_at.items() if system in runs}


def table_of(model):
    return ops.convert_to_numpy(model.encoder.positions.table)


numbers = table_of(models["relative 16, every layer"])
signed_heatmap({"clipped at 16": numbers}, "distance, key minus query", "head", columns=(-16, 16), height=2.3)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A relative table has a number for three back, and it holds at all lengths. So why does it fail?
# Look at the outermost columns.
#
# **Ask** How many training sequences had two tokens 16 apart? What stands in that column, then?
#
# **Expect** None: with 16 tokens the greatest distance is 15. The number is still near 0, and that is
# *above* its neighbours, which were pushed down. "Zero is neutral" is the mistake in reading: in a softmax
# only differences count.
#
# **Look out for** Believing the explanation because it is nice. It is tested by interference on the next
# slide.

# %%
if "relative 8, every layer" in runs:
    numbers = table_of(models["relative 8, every layer"])
    figure = signed_heatmap(
        {"clipped at 8": numbers}, "distance, key minus query", "head", columns=(-8, 8), height=2.3
    )
    display(figure)

# %% [markdown]
# Distance $-3$ stands out, the others have been pushed down. But look at the two outermost columns of the
# first picture. With at most 16 tokens no two are 16 apart: those columns were **never trained**, and their
# numbers are still near 0, *above* most of the trained ones. On a long sequence all keys further away than 15
# use them, and there are many. That is an explanation; let us test it by interfering. We take the trained
# models, write into every column beyond distance 8 what stands at distance 8, and change nothing else.


# %% {"slideshow": {"slide_type": "subslide"}}
def accuracy_when_mended(run):
    """Accuracy by length when all distances beyond 8 count as distance 8."""
    model = models["relative 16, every layer"]
    model.set_weights(run["weights"])
    numbers = table_of(model)
    columns = np.clip(np.arange(-16, 17), -8, 8) + 16
    model.encoder.positions.table.assign(numbers[:, columns])
    return measure(model)["accuracy"]


mended = [accuracy_when_mended(run) for run in runs["relative 16, every layer"]]
rows = [["relative 16, as trained", *(percent(accuracies(clipped_at[16], n)) for n in shown_lengths)]]
rows += [["the same, far columns replaced", *(percent([run[n] for run in mended]) for n in shown_lengths)]]
if 8 in clipped_at:
    rows += [["relative 8, as trained", *(percent(accuracies(clipped_at[8], n)) for n in shown_lengths)]]
table(["accuracy, %", *(f"length {n}" for n in shown_lengths)], rows)
gains = paired([run[32] for run in mended], accuracies(clipped_at[16], 32))
say(
    f"Replacing a few numbers changes accuracy at length 32 by **{100 * mean(gains):+.1f} points** "
    f"({', '.join(f'{100 * gain:+.1f}' for gain in gains)} by seed)."
)
claim(min(gains) > 0, "the far columns were at fault")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** An experiment instead of a story: in the trained models, write into the far columns what stands at
# distance 8, and change nothing else. Live, where the models are trained: mend at another distance that the
# room names.
#
# **Ask** Which result would have refuted the explanation?
#
# **Expect** No change. Cover the table and ask this first; nearly nobody asks it of themselves.
#
# **Look out for** Leaving with "relative positions do not extrapolate". Clip at a distance that training
# reaches often.

# %% [markdown]
# **A rule to take home: clip at a distance that training reaches often.** Columns beyond what was seen are
# as untrained as the rows of a learned table that are too far out, and those at its rim are half trained.
#
# ### What wears out
#
# With far columns mended or clipped away, relative positions still fade. How sharply does a model look three
# places back? For each system, the mean weight on the key three before the query, in the layer and head that
# looks there most:


# %% {"slideshow": {"slide_type": "subslide"}}
def focus(model, token_ids):
    """The mean weight on the key `BACK` places before the query, in the head that looks there most."""
    _, weights = model.read(token_ids, return_attention_weights=True)
    weights = map(ops.convert_to_numpy, weights)  # (B, N, T, T) each
    return max(np.diagonal(w, -BACK, axis1=2, axis2=3).mean(axis=(0, 2)).max() for w in weights)


models["relative 16, every layer"].set_weights(runs["relative 16, every layer"][-1]["weights"])
rows, looks = [], {}
for system in (system for system in stretched if system != "none"):
    looks[system] = {n: float(focus(models[system], test_data[n][0])) for n in (8, 16, 32, 64)}
    rows.append([system, *(f"{share:.2f}" for share in looks[system].values())])
table([f"seed {budget.seeds[-1]}: weight on the right key", *(f"length {n}" for n in (8, 16, 32, 64))], rows)
far, near = (mean(look[length] for look in looks.values()) for length in (64, 16))
claim(far < near, "attention wears out on long sequences")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A softmax shares out one unit. Work it on the board: fifteen rivals, each with a fifteenth of what
# the right key has.
#
# **Ask** Which share has the right key then? And with 63 such rivals?
#
# **Expect** One half; then $1 / (1 + 63/15)$, a bit less than a fifth. The margin was trained against few
# rivals and does not grow by itself. "The head has forgotten where to look" is right for absolute schemes,
# and not for these.
#
# **Look out for** One seed and one head in this table: an illustration, beside the accuracies.

# %% [markdown]
# A softmax shares out one unit of attention. The margin by which the right key wins was trained against at
# most 15 rivals; with 63, each with its little weight, the sum of the little weights grows. The numbers in
# our relative tables are small, so that already at length 16 the right key gets only a part of the attention,
# and at 64 a tenth or less. Several heads that look at the same place can still outvote the crowd, but not
# safely. (Where positions are added the weight falls for another reason: at places it never saw, the head no
# longer knows where to look.) In this seed the rotary model has a margin that is large enough for far more
# rivals; its wide intervals say that not every seed has. Over all seeds, as in the picture by places, it
# fails most at the *first* places of 48 tokens, from where most keys lie further ahead than any in training.
# ALiBi (Press et al., 2022) counters the crowd with a bias that falls with distance without end; the price is
# that most heads hear little from far away.
#
# **What this does not show.** A task that needs only the near past flatters relative schemes. For a task like
# *reverse the sequence* the distances themselves are new on long inputs, and no scheme here has seen them.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### Once, or at every layer?

# %% {"slideshow": {"slide_type": "subslide"}}
rows = []
for name in ("sinusoidal", "learned", "rotary", "relative 16"):
    once, every = f"{name}, once", f"{name}, every layer"
    if once in runs and every in runs:
        row = [name]
        for length in (16, 32):
            gain = lead(every, once, length)
            row += [f"{gain.mean:+.1f} ({gain.low:+.1f} to {gain.high:+.1f})", verdict(gain)]
        rows.append(row)
if rows:
    header = ["points, every layer minus once", "length 16", "every layer is", "length 32", "every layer is"]
    table(header, rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Differences seed by seed, with intervals. One effect is large. Short of time: say which, and go
# on.
#
# **Ask** Eight comparisons at 95 %. If nothing made a difference, how often would at least one seem to?
#
# **Expect** $1 - 0.95^8$ is about one third. So the large effect, rotary, is one. Relative 16 is behind by
# some points: one of eight, and another run did not show it. A narrow lead is no news. If somebody proposes
# to leave out the seven others: that is how a narrow lead becomes a paper.
#
# **Look out for** "At every layer is better." Two layers are few, and one of them suffices here.

# %% [markdown]
# Two layers are few, and one of them suffices for this task; in deep networks there is more to forget. The
# one large effect is at rotary positions, which are made for queries and keys and lose their point on
# embeddings; that relative 16 is behind at every layer is one of eight comparisons, and another run did not
# show it. Schemes at every layer have one more merit:
# they leave the *values* free of positions.

# %% [markdown]
# ❓ **Questions** [`defined_everywhere`] and [`far_columns`] to this section.
#
# [`defined_everywhere`]: ../exercises/06_positions.ipynb#cell-id=question-defined_everywhere
# [`far_columns`]: ../exercises/06_positions.ipynb#cell-id=question-far_columns

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.9 A causal mask tells, too
#
# Language models have been trained with no positions at all, and they work (Haviv et al., 2022). How? With a
# causal mask the query at position $t$ sees $t + 1$ keys, and *how many one sees* is a position. The mask
# breaks the symmetry of section 6.1. We train *none* once more, the only change being the mask:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A causal mask, and no positions at all. Let the first person in a row count who stands before
# them, then the second, and so on: how many one sees is a position.
#
# **Ask** A head attends evenly to all that it may see. Which weight has the first token, seen from position
# $t$?
#
# **Expect** $1 / (t + 1)$: another number at each place, which a network behind it can read. "A mask only
# hides" is the belief to take up: what is hidden differs from place to place.
#
# **Look out for** Carrying it over to encoders. There every position sees the same keys.

# %%
causal_model, causal_runs = None, []
for seed in budget.seeds:
    causal_model, losses = train(
        lambda: make_reader("none", is_causal=True),
        train_data,
        f"none, causal, seed {seed}",
        seed,
        causal_model,
    )
    causal_runs.append({"losses": losses, "weights": causal_model.get_weights(), **measure(causal_model)})

# %% [markdown]
# Besides the accuracy, a *probe*: a linear map from the vectors after the last layer to the position, fitted
# by least squares on some sequences of 16 tokens and tested on others. If the position is not in the vectors,
# nothing can be better than answering 7.5 always.


# %% {"slideshow": {"slide_type": "subslide"}}
def probe_error(model, weights):
    """Mean distance in positions between truth and a linear reading of it, on sequences not fitted to."""
    model.set_weights(weights)
    vectors = ops.convert_to_numpy(model.read(test_data[16][0]))  # (count, 16, D)
    vectors = np.concatenate([vectors, np.ones_like(vectors[..., :1])], axis=-1)
    where = np.broadcast_to(np.arange(16.0), vectors.shape[:2])
    fit, held_out = slice(0, len(vectors) // 2), slice(len(vectors) // 2, None)
    columns = vectors.shape[-1]
    solution, *_ = np.linalg.lstsq(vectors[fit].reshape(-1, columns), where[fit].ravel(), rcond=None)
    return np.abs(vectors[held_out] @ solution - where[held_out]).mean()


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A linear reading of the position from the last vectors, fitted on some sequences and tested on
# others.
#
# **Ask** Sixteen positions, and you always answer 7.5. How far off are you on average?
#
# **Expect** 4: the distances are 0.5 to 7.5 on both sides. Without that number the next table says nothing.
# Ask also why one half of the sequences is kept apart: a map with so many columns fits something in any
# data.
#
# **Look out for** Probes that are tested on what they were fitted to.


# %%
def commonest_visible_token_is_right(length):
    """How often the commonest of the tokens up to a query's own is right; ties are shared evenly."""
    token_ids, labels = test_data[length]
    seen = np.cumsum(token_ids[..., None] == np.arange(NUM_TOKENS), axis=1)[:, BACK:]
    is_commonest = seen == seen.max(axis=-1, keepdims=True)
    is_named = np.take_along_axis(is_commonest, labels[:, BACK:, None], axis=-1)[..., 0]
    return np.mean(is_named / is_commonest.sum(axis=-1))


# %% {"slideshow": {"slide_type": "subslide"}}
always = np.abs(np.arange(16) - 7.5).mean()
rows, errors = [], {}
for label, model, group in (
    ("none", models["none"], runs["none"]),
    ("none, causal mask", causal_model, causal_runs),
):
    errors[label] = [probe_error(model, run["weights"]) for run in group]
    shares = [percent([run["accuracy"][n] for run in group]) for n in (8, 16)]
    rows.append([label, *shares, with_interval(errors[label], ".2f", 0)])
shares = [f"{100 * commonest_visible_token_is_right(n):.1f}" for n in (8, 16)]
rows.append(["the commonest token that the mask lets a query see", *shares, ""])
table(["system", "accuracy at length 8, %", "at length 16, %", "error of the probe, positions"], rows)
say(
    f"Answering 7.5 always is off by {always:.2f} positions. From the vectors of the model without a causal "
    f"mask a linear map reads the position to {mean(errors['none']):.2f}, from those of the causal one to "
    f"{mean(errors['none, causal mask']):.2f}."
)
gains = paired([run["accuracy"][16] for run in causal_runs], accuracies("none", 16))
claim(min(gains) > 0, "a causal mask tells positions in part")
claim(max(errors["none, causal mask"]) < min(errors["none"]), "positions can be read off the causal model")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two rows, one difference: the mask. Read the last column with the 4 from before.
#
# **Ask** How far does the mask help, compared with the schemes of section 6.7 after as many steps?
#
# **Expect** The probe finds a good part of the position. The accuracy is about that of naming the commonest
# visible token. "So all schemes are superfluous" goes too far; "a Transformer needs positions" goes too far
# as well: an encoder does.
#
# **Look out for** Leaving out the time. Large causal models without positions had far more steps.

# %% [markdown]
# So "a Transformer needs positions" is half a truth: an *encoder* does. From a decoder's vectors the probe
# reads the position to a place and a half, though nobody told it. The accuracy shows less. Who names the
# commonest of the tokens that the mask lets a query see is right about as often (last row; where several are
# as common, the share is split), without any order, and the causal model is not told apart from that: it
# seems to say *nothing there* no longer where something is, and not to know yet who stands three back. Haviv
# et al. found large causal language models without positions nearly as good as those with, and masked
# language models without positions, whose attention looks both ways, far worse. Kazemnejad et al. (2023)
# found that decoders without positions even extrapolate better on several tasks.

# %% [markdown]
# ❓ **Question** [`no_positions_but_a_mask`] to this section.
#
# [`no_positions_but_a_mask`]: ../exercises/06_positions.ipynb#cell-id=question-no_positions_but_a_mask

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.10 In a language
#
# Random tokens are a laboratory. Does order matter where words have meanings? In the toy language *saw*,
# *rose* and *left* have three translations each: one for the tool, the flower or the side, and two for the
# deed, which agrees with the number of its subject. The task: read a sentence, and say for each of these
# words how it is translated.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Random tokens were a laboratory. *saw* is a tool or a deed, and the deed agrees with its subject:
# three translations each. Short of time: the bars alone.
#
# **Ask** You get the words of a sentence in alphabetical order, *saw* among them. How much can you still
# tell?
#
# **Expect** A good deal: with two other nouns it is probably about seeing, and if all nouns are singular so
# is the verb. Most underestimate the bag; let them write a number before the bars.
#
# **Look out for** Comparing with an even guess. The yardstick is to give each word its most frequent
# translation.

# %%
LONGEST = 12
TWO_FACED = {"saw", "rose", "left"}
word_id = {word: index for index, word in enumerate(toy.source_words, start=1)}
labels_of = {}


def draw_sentences(count, seed, split):
    """Word ids and labels (count, LONGEST) of sentences with a two-faced word; only these have labels."""
    token_ids, labels = np.zeros((2, count, LONGEST), "int32")
    pairs = (p for p in toy.stream(seed, split) if len(p.source) <= LONGEST and TWO_FACED & set(p.source))
    for row, pair in zip(range(count), pairs, strict=False):
        token_ids[row, : len(pair.source)] = [word_id[word] for word in pair.source]
        for source_index, target_index in pair.alignment:
            if pair.source[source_index] in TWO_FACED:
                target = pair.target[target_index]
                labels[row, source_index] = labels_of.setdefault(target, len(labels_of) + 1)
    return token_ids, labels


train_sentences = draw_sentences(budget.num_sentences, 0, "train")
test_sentences = draw_sentences(budget.num_test_sequences, 1, "test")
say(f"The three words have {len(labels_of)} translations: {', '.join(sorted(labels_of))}.")

# %%
sentence_accuracies = {}
for system in budget.sentence_systems:
    model, sentence_accuracies[system] = None, []
    for seed in budget.seeds:
        model, _ = train(
            lambda s=system: make_reader(s, num_tokens=len(word_id) + 1, num_labels=len(labels_of) + 1),
            train_sentences,
            f"{system}, seed {seed}",
            seed,
            model,
            budget.num_sentence_epochs,
        )
        is_counted = test_sentences[1] != 0
        sentence_accuracies[system].append(float(hits(model, *test_sentences)[is_counted].mean()))

# %% {"slideshow": {"slide_type": "subslide"}}
most_frequent = {
    word: np.bincount(train_sentences[1][train_sentences[0] == word_id[word]]).argmax() for word in TWO_FACED
}
guess = np.zeros(len(word_id) + 1, int)
for word, label in most_frequent.items():
    guess[word_id[word]] = label
by_frequency = (guess[test_sentences[0]] == test_sentences[1])[test_sentences[1] != 0].mean()
say(
    f"Always giving a word its most frequent translation is right {by_frequency:.0%} of the time. "
    f"{budget.num_sentences:,} training sentences, {budget.num_test_sequences} test sentences of another "
    f"split, {len(budget.seeds)} seeds."
)
bars_with_intervals(
    {s: mean_and_interval([100 * a for a in values], 0, 100) for s, values in sentence_accuracies.items()},
    "right translations, %",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The sentence first: what frequency alone gets. Then the bars, and between them: what order is
# worth.
#
# **Ask** Why is *none* so far above the most frequent translation? And why might distances do better than
# places here?
#
# **Expect** The bag. And it is mostly a neighbour that tells, not a place in the sentence. That is a
# reading of the result; after more steps the order of the two might close up.
#
# **Look out for** A bar that begins at 0 and ends near 100: look at what is left above it, too.

# %%
pairs = [("sinusoidal, once", "none"), ("relative 8, every layer", "none")]
for first, second in [*pairs, ("relative 8, every layer", "sinusoidal, once")]:
    if {first, second} <= set(sentence_accuracies):
        differences = paired(sentence_accuracies[first], sentence_accuracies[second])
        points = with_interval([100 * difference for difference in differences])
        say(f"**{first}** is ahead of **{second}** by {points} points.")
        assert min(differences) > 0, f"{first} is not ahead of {second} with every seed"

# %% [markdown]
# The bag is worth a lot in a language: if all its nouns are singular the ending of the verb is nearly
# settled, and a sentence with two other nouns and one *saw* is probably about seeing. The rest is order.
# After equally many steps the relative scheme is ahead. (Two things differ: it is also told at every layer,
# and the sinusoids once. What each is worth was not tried apart.) That agrees with what decides here: whether
# it is the tool or the deed a neighbour tells, not a place in the sentence, though the ending of the deed may
# need a subject further off.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.11 What the papers reported
#
# | paper | task | compared | found |
# |---|---|---|---|
# | Vaswani et al., 2017 | WMT English–German | sinusoidal, learned | 25.8 and 25.7 BLEU |
# | Shaw et al., 2018 | WMT'14, to German and French | relative, sinusoidal | relative ahead by 1.3 and 0.3 |
# | Su et al., 2021 | WMT'14 English–German | rotary, sinusoidal | 27.5 and 27.3 BLEU |
# | Press et al., 2022 | longer than trained | sinusoidal, rotary, relative, ALiBi | from worst to best |
# | Haviv et al., 2022 | causal language models | none, three schemes | none nearly as good |
#
# Our small study agrees in the large: within the trained lengths learned and sinusoidal positions come out
# alike in the end and relative ones are no worse; beyond them absolute positions, sinusoidal or learned, fail
# first and relative biases later if they are clipped in time, as Press et al. found. But our rotary positions
# do better than theirs at every layer, and a relative table can be spoiled by its rim. It cannot speak about
# fractions of a BLEU point: one synthetic task, two layers, few seeds. The papers mostly report single runs.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read it with what the room now knows about seeds. Short of time: the first row.
#
# **Ask** Sinusoidal and learned differ by a tenth of a BLEU point. What follows?
#
# **Expect** Nothing, from single runs. Agreement in the large: at trained lengths the choice matters
# little. Where we differ from Press et al., ask for the difference in tasks before choosing sides.
#
# **Look out for** Our study as a judge of a fraction of a point: one synthetic task, two layers.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 6.12 Summary
#
# * Self-attention maps a permuted sentence to the permuted outputs: *honey bee* and *bee honey* are one bag.
# * Sinusoids are hands of a clock; an offset turns each hand by a fixed angle, which is one linear map for
#   all positions. Learned positions are a table, and a table ends.
# * Rotary positions turn queries and keys, so that scores see differences only. Relative positions learn what
#   a distance is worth. Both are meant for
#   every layer; in our study only rotary positions needed it.
# * Within the lengths of training the choice matters little. Beyond them it matters most, and *defined
#   everywhere* is not *right everywhere*: train on the lengths you will meet.
# * A causal mask lets positions be learned in part: a probe reads them. An encoder has to be told.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Return to the predictions on the board: which were right at 16, which at 64? Then the points.
#
# **Ask** Somebody wants to use a model on texts twice as long as in training. Which scheme do you
# recommend?
#
# **Expect** None without a measurement. Differences rather than places, clipped at what training reaches;
# best, train on the lengths that will come. Who answers "rotary" should say on which evidence.
#
# **Look out for** "Defined everywhere" heard as "right everywhere". It is the sentence to take home.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Exercises
#
# In [`exercises/06_positions.ipynb`](../exercises/06_positions.ipynb), judged by what they compute:
#
# | exercise | after section |
# |---|---|
# | [`sinusoidal_encoding`], [`offset_matrix`] | 6.3 |
# | [`add_positions`] | 6.4 |
# | [`rotate_by_position`] | 6.5 |
# | [`relative_columns`], [`attention_with_relative_bias`] | 6.6 |
#
# To think about, without a judge:
#
# 1. Change the task to *reverse the sequence*. Which schemes learn it at length 16, and which at 32? Why does
#    the end of the sequence matter more than its start?
# 2. Shift every training sequence by a random `start` between 0 and 48. What do learned and sinusoidal
#    positions do now at length 64?
# 3. Write ALiBi with `RelativePositions`: what must stand in the table, and why does an encoder need a
#    different table for the two directions?
# 4. In both tables of section 6.8 distance $-6$ is less unwelcome than its neighbours. Both layers share one
#    table. Is that a reason? Give each layer a table of its own, and look again.
# 5. Divide the scores of section 6.8 by a temperature that falls with the logarithm of the length. Does the
#    focus return?
#
# ## Further reading
#
# * A. Vaswani et al., *Attention is all you need*, NeurIPS 2017,
#   [arXiv:1706.03762](https://arxiv.org/abs/1706.03762), section 3.5.
# * J. Gehring et al., *Convolutional sequence to sequence learning*, ICML 2017,
#   [arXiv:1705.03122](https://arxiv.org/abs/1705.03122). Learned positions.
# * P. Shaw, J. Uszkoreit, A. Vaswani, *Self-attention with relative position representations*, NAACL 2018,
#   [arXiv:1803.02155](https://arxiv.org/abs/1803.02155); C. Raffel et al., *Exploring the limits of transfer
#   learning with a unified text-to-text Transformer*, JMLR 2020,
#   [arXiv:1910.10683](https://arxiv.org/abs/1910.10683).
# * J. Su et al., *RoFormer: enhanced Transformer with rotary position embedding*, 2021,
#   [arXiv:2104.09864](https://arxiv.org/abs/2104.09864).
# * O. Press, N. Smith, M. Lewis, *Train short, test long*, ICLR 2022,
#   [arXiv:2108.12409](https://arxiv.org/abs/2108.12409). Extrapolation, ALiBi.
# * A. Haviv et al., *Transformer language models without positional encodings still learn positional
#   information*, Findings of EMNLP 2022, [arXiv:2203.16634](https://arxiv.org/abs/2203.16634);
#   A. Kazemnejad et al., *The impact of positional encoding on length generalization in Transformers*,
#   NeurIPS 2023, [arXiv:2305.19466](https://arxiv.org/abs/2305.19466).
#
# Chapter 7 builds what we used here without asking: the residual path around each attention, its
# normalisation, and the network behind it.
#
# [`sinusoidal_encoding`]: ../exercises/06_positions.ipynb#cell-id=sinusoidal_encoding
# [`offset_matrix`]: ../exercises/06_positions.ipynb#cell-id=offset_matrix
# [`add_positions`]: ../exercises/06_positions.ipynb#cell-id=add_positions
# [`rotate_by_position`]: ../exercises/06_positions.ipynb#cell-id=rotate_by_position
# [`relative_columns`]: ../exercises/06_positions.ipynb#cell-id=relative_columns
# [`attention_with_relative_bias`]: ../exercises/06_positions.ipynb#cell-id=attention_with_relative_bias

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Begin with the sinusoids, since a matrix and a rotation follow from them. The questions below have
# no judge; the second one is worth an evening.
#
# **Ask** In which of the six does `start` or an offset play a part, and when would a mistake there be
# noticed?
#
# **Expect** In adding, in rotating and in the columns of distances; noticed only when a model writes token
# by token. That is why the judge calls them with other starts than 0.
#
# **Look out for** `rotate_by_position.positions_from_one`
