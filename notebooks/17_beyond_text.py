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
# # 17 · Attention beyond text
#
# **What tells two kinds of birds apart is a few pixels, and nobody says which. Can a network find out where
# to look?**
#
# A picture of 64 by 64 pixels holds twelve thousand numbers, and often a handful of them decides. This
# chapter has four ways to look at it: all at once, with weights over its places, as a sentence of patches,
# and in turns — look, propose where to look closer, look again. We draw the pictures ourselves, so that the
# place that decides is known, and *where a model looks* is measured instead of admired. The last two sections
# return to text: which parts of chapters 4 to 8 have been replaced since, and by what.
#
# **About 90 minutes** to read and run, two hours more with the exercises in
# [`exercises/17_beyond_text.ipynb`](../exercises/17_beyond_text.ipynb).
# The cells take about ten minutes on two CPU cores.
#
# **Prerequisites:** chapters 3 (attention over a sequence), 5 (heads), 6 (positions), 7 (the block), for 17.9
# also 8 (the cache); what a convolution is.
#
# **You will be able to**
#
# * measure where a model looks: share of attention, pointing, overlap of a box, each beside its chance level;
# * cut a picture into words in the right order, and read pictures of another size than those trained on;
# * write the soft mask of a box, say what its gradient can teach and what it cannot, and train a network that
#   finds the detail nobody has pointed at;
# * say which way of looking wins here, with few pictures and with four times as many, and how sure that is;
# * compute the size of a key-value cache, shrink it with grouped queries, and say what has replaced the parts
#   of the Transformer of 2017.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Everything so far was text. Attention is not about text: it is about places, and a picture is full
# of them. 17.1 to 17.8 are pictures, 17.9 and 17.10 what became of the Transformer; the two halves can be
# given apart.
#
# **Ask** You are shown two birds and told that they are of different kinds. How do you find out what the
# difference is, if nobody points at it?
#
# **Expect** Compare many, look at parts in turn, look closer where something differs. Write it down: it is
# the network of 17.6.
#
# **Look out for** "The network will find it." Ask from how many pictures, and how one would notice that it
# looked elsewhere and guessed.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import itertools
import math
import time
from statistics import mean, median

import keras
import numpy as np
from IPython.display import display
from keras import ops

from course_lib.chapters import (
    chapter_budget,
    claim,
    mean_and_interval,
    paired,
    say,
    start_anew,
    stored_result,
    table,
    verdict,
    with_interval,
)
from course_lib.data import MARKS, BirdPictures, load_digits
from course_lib.data.pictures.bird_pictures import paint_marks
from course_lib.data.pictures.scenes import draw_scenes, paint_scenes
from course_lib.evaluation import attention_in_region, pointing_accuracy, region_cover, region_iou
from course_lib.layers import (
    box_mask,
    box_mask_derivatives,
    join_patches,
    look_through,
    proposal_boxes,
    split_patches,
    stretch_positions,
    zoom,
)
from course_lib.models import (
    ConvolutionalClassifier,
    RecurrentAttention,
    VisionTransformer,
)
from course_lib.objectives import LooksLoss
from course_lib.plots import ladder_plot, picture_panels, signed_heatmap
from course_lib.training import set_seed

# %%
budget = chapter_budget("17_beyond_text")
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.1 Pictures whose class hangs on a spot
#
# Birds before clutter. Place, size, angle, the side they look to and all colours are drawn by chance; on the
# wing is a pale spot with one of four dark marks, and that mark is the class. Nothing outside the spot speaks
# of it: the mark is drawn apart from all the rest.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Real collections of birds have this property, too: what decides is small. What they have not is the
# truth about where it is. So we draw our own, any number of them.
#
# **Ask** Which of these eight birds are of the same kind? There are four kinds.
#
# **Expect** Some sort by colours, size, the tail, which are all drawn by chance here. Most see the mark,
# since it alone comes again; ask how a network is to know that it counts. Then show what decides, outlined.
#
# **Look out for** "A good model would use everything." Here everything but the spot is noise; to use it is to
# learn the training pictures by heart.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
SIZE = 64
birds = BirdPictures(SIZE)
train_birds = birds.draw(budget.num_train_pictures, seed=0)
test_birds = birds.draw(budget.num_test_pictures, seed=0, split="test")
first = range(8)
picture_panels({str(index + 1): test_birds.images[index] for index in first})

# %% {"slideshow": {"slide_type": "subslide"}}
titles = [f"{index + 1}: {MARKS[test_birds.labels[index]]}" for index in first]
area = float(region_cover(test_birds.regions, 1, 1).mean())
say(
    f"{len(train_birds.images):,} pictures to train with, {len(test_birds.images):,} of the test split. The "
    f"square around the spot has {area:.1%} of a picture's area, on average."
)
picture_panels(
    dict(zip(titles, test_birds.images[:8], strict=True)), boxes={"what decides": test_birds.regions[:8]}
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Each outline holds all that there is to know. The pictures of the test are drawn by a seed of their
# own, and none of them is among those to train with.
#
# **Ask** What would a model reach that never finds the spot? And one that finds it, and sees it too coarsely?
#
# **Expect** A quarter, in both cases, as there are four classes, equally many of each. The second answer
# needs the next slide.
#
# **Look out for** Chance levels said for accuracy alone. Where a model looks has one as well: the share of
# the area.

# %% [markdown]
# The four marks have the same area, centre and second moments: no mean of grey tells them apart.
# So how many pixels does one need? That can be answered before anything is trained. Let an observer know
# everything of a picture but the mark. Two marks then differ by an image $\Delta$ that he knows, under noise
# of standard deviation $\sigma$ at each pixel, and he tells the two apart as well as
#
# $$ d' = \frac{\lVert \Delta \rVert_2}{\sigma}, \qquad p(\text{right}) = \Phi(d'/2) $$
#
# allow ($\Phi$ is the normal distribution function). If $f \times f$ pixels are averaged into one, $\sigma$
# falls to $\sigma / f$, and $\Delta$ loses its finer structure.
#
# > **Write down your prediction.** A picture of 64 by 64 is shrunk to 32, 16 and 8. At which size does the
# > observer begin to err?

# %% {"slideshow": {"slide_type": "subslide"}}
scenes = draw_scenes(budget.num_observed, np.random.default_rng(1))
plain = paint_scenes(scenes, SIZE)
with_mark = []
for label in range(len(MARKS)):
    painted = plain.copy()
    paint_marks(painted, scenes, np.full(len(plain), label))
    with_mark.append(painted)


def averaged(images, size):
    """Pictures (..., 64, 64, 3) with every square of pixels averaged into one."""
    factor = SIZE // size
    cut = images.reshape(*images.shape[:-3], size, factor, size, factor, 3)
    return cut.mean(axis=(-4, -2))


pairs = list(itertools.combinations(range(len(MARKS)), 2))
difference = np.stack([with_mark[one] - with_mark[other] for one, other in pairs])  # (pairs, N, 64, 64, 3)
rows, right = [], {}
for size in (64, 32, 16, 8):
    noise = birds.noise * size / SIZE
    d_prime = np.sqrt(np.square(averaged(difference, size)).sum(axis=(-3, -2, -1))) / noise
    right[size] = np.mean([0.5 + 0.5 * math.erf(d / 2 / math.sqrt(2)) for d in d_prime.ravel()])
    rows.append([f"{size} × {size}", f"{d_prime.mean():.1f}", f"{d_prime.min():.1f}", f"{right[size]:.1%}"])
table(["picture", "d′, mean", "lowest d′", "right between two marks, at best"], rows)
claim(right[64] > 0.999 and right[8] < right[16], "shrinking takes away what tells the marks apart")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** This is a bound like the floors of the toy language, found before any training: the observer knows
# the bird, its place and all colours, and lacks the mark alone.
#
# **Ask** At 16 by 16 the observer is still very good. Why may a network at 16 by 16 be poor all the same?
#
# **Expect** The observer knows where to look, and how the same bird looks with every mark. A network has to
# learn that for all places, from few pictures.
#
# **Look out for** A bound taken for a forecast. It says what cannot be done, and not what will be.

# %%
one_bird = {}
for size in (64, 16):
    for label, mark in enumerate(MARKS):
        one_bird[f"{mark}, {size} × {size}"] = averaged(with_mark[label][0], size)
y, x, radius = (float(scenes[name][0]) for name in ("spot_y", "spot_x", "spot_radius"))
outline = [y - radius, x - radius, y + radius, x + radius]
picture_panels(one_bird, boxes={"what decides": [outline] * len(one_bird)})

# %% [markdown]
# So he hardly errs at any size. A coarse picture still tells the marks apart, to somebody who knows the bird,
# its place and all its colours, and so knows what each mark would look like *here*. Who does not know has to
# find that out from pictures. Above, one bird with each of the marks, and the same four pictures as somebody
# sees them who looks at the whole in 16 by 16 pixels. The marks still differ, clearly in a few cells; but
# they no longer look like themselves, and which cells those are hangs on place, size and angle.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.2 One look
#
# A convolution slides one window over all places, so that a detail is found wherever it is. What remains to
# be decided is how a map of features $F \in \mathbb{R}^{R \times C \times D}$ becomes one vector:
#
# $$ \text{largest: } \max_{r,c} F_{rcd} \qquad \text{mean: } \tfrac{1}{RC}\sum_{r,c} F_{rcd} \qquad
# \text{attention: } \sum_{r,c} a_{rc}\, F_{rcd}, \quad
# a = \operatorname{softmax}\big(v^\top \tanh(W_1 F_{rc} + W_2 \bar F)\big). $$
#
# The last is chapter 3's additive attention over the places of a picture; its query is the mean $\bar F$
# (Xu et al., 2015, asked with the state of a decoder that wrote a caption).

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Same convolution, three ways to a vector. Only one of them is called attention; the largest value
# chooses a place for every feature, too.
#
# **Ask** The detail has some hundredths of the area. Which of the three loses it first, and why?
#
# **Expect** The mean: what is said at one place is divided by the number of places. The others can let one
# place speak.
#
# **Look out for** "Attention is the only one that says where." For the largest value one can look up the
# place as well, for each feature another.


# %% {"slideshow": {"slide_type": "subslide"}}
def compiled(model, pictures, loss):
    """A model with its weights made, ready to be trained."""
    model(pictures.images[:2])
    model.compile(keras.optimizers.Adam(global_clipnorm=1.0), loss, jit_compile=budget.is_compiled)
    return model


def train(model, pictures, num_steps, label, peak=3e-3, seed=0):
    """Batches of 32; the rate rises over a twentieth of the steps, and falls to zero."""
    generator, began = np.random.default_rng(seed), time.perf_counter()
    for step in range(1, num_steps + 1):
        model.optimizer.learning_rate = peak * min(20 * step / num_steps, 1 - (step - 1) / num_steps)
        chosen = generator.integers(len(pictures.images), size=32)
        model.train_on_batch(pictures.images[chosen], pictures.labels[chosen])
        if step % max(1, num_steps // 4) == 0:
            print(f"{label}: {step} of {num_steps} steps, {time.perf_counter() - began:.0f} s", flush=True)


def outputs_on(model, images, **options):
    """What a model returns for many pictures, in parts, as arrays."""
    parts = [model(images[start : start + 100], **options) for start in range(0, len(images), 100)]
    if not options:
        return np.concatenate([ops.convert_to_numpy(part) for part in parts])
    first, second = zip(*parts, strict=True)
    return tuple(np.concatenate([ops.convert_to_numpy(part) for part in some]) for some in (first, second))


# %% {"slideshow": {"slide_type": "fragment"}}
classes = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
set_seed(0)
soft = compiled(ConvolutionalClassifier(len(MARKS), pooling="attention"), train_birds, classes)
train(soft, train_birds, budget.num_convolution_steps, "soft attention")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The loop is the usual one. What is new is below: a model that returns where it looked, and pictures
# whose truth is known.
#
# **Ask** What would you take as proof that the model looks at the mark?
#
# **Expect** A picture of its attention is offered first. Ask what picture would have proved the opposite;
# then somebody asks for a number over all test pictures, and its chance level.
#
# **Look out for** Choosing the pictures that are shown. The next slide has the first of the test, whatever
# they are.

# %% {"slideshow": {"slide_type": "subslide"}}
soft_logits, soft_maps = outputs_on(soft, test_birds.images, return_attention_weights=True)


def share_right(logits, pictures):
    """Share of pictures whose class is named."""
    return float((logits.argmax(axis=-1) == pictures.labels).mean())


def gaze(maps, regions):
    """Where attention lies: its share in the regions, and how often its highest point is in one."""
    return float(attention_in_region(maps, regions).mean()), pointing_accuracy(maps, regions)


soft_share, soft_pointing = gaze(soft_maps, test_birds.regions)
soft_right = share_right(soft_logits, test_birds)
table(
    ["", "right", "share of attention in the region", "highest point in the region"],
    [
        ["soft attention", *(f"{share:.1%}" for share in (soft_right, soft_share, soft_pointing))],
        ["by chance", *(f"{share:.1%}" for share in (1 / len(MARKS), area, area))],
    ],
)
picture_panels(
    dict(zip(titles, test_birds.images[:8], strict=True)),
    boxes={"what decides": test_birds.regions[:8]},
    attention=soft_maps[:8],
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Dark is what is not attended to. First the table, then the pictures: eight pictures persuade, and
# prove nothing.
#
# **Ask** Share in the region, and highest point in the region: which of the two can be high although the
# model is poor?
#
# **Expect** Both can: to look at the spot is not to tell the marks apart. And a model can be right and look
# beside the spot, since each place of the map has seen its surroundings.
#
# **Look out for** Attention read as an explanation. It says what was passed on, from a map whose places have
# already read their neighbours.

# %% [markdown]
# Two measures, and each has a chance level: the region's share of the area. *Share*: how much of the
# attention lies in the true region. *Pointing*: how often its highest point does (Zhang et al., 2016).
# Neither says whether the model is right, and a place of the map stands for more than its cell: it has seen
# its neighbours.
#
# Dark in the pictures is what has little weight, each map in units of its largest. From the study of 17.8
# (2,000 pictures, three seeds), the three poolings of one convolution (*convolution, 64 pixels* keeps the
# largest value), and before them a convolution that sees 16 by 16 pixels:

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
study = stored_result("pictures")
runs_of_study = [run for run in study["runs"] if run["kind"] == "run"]


def of_study(who, number, key="accuracy"):
    """A figure of the study, a value for each seed, in their order."""
    found = [run for run in runs_of_study if run["who"] == who and run["number"] == number]
    return [run[key] for run in sorted(found, key=lambda run: run["seed"])]


LAST = "ViT, patches of 8, without positions"  # to be trained: where it is there, all are
AMOUNTS = [number for number in (500, 2_000, 8_000) if len(of_study(LAST, number)) == 3]
LARGEST, MEAN, SOFT = "convolution, 64 pixels", "convolution, mean pooling", "convolution, soft attention"
COARSE = "convolution, 16 pixels"


def by_seed(who, number):
    """Percent right of each seed: three numbers say more than a mean when a run has not begun to learn."""
    return " · ".join(f"{value:.1f}" for value in of_study(who, number))


table(
    ["2,000 pictures", "right, in percent, of three seeds"],
    [[who, by_seed(who, 2_000)] for who in (COARSE, LARGEST, MEAN, SOFT)],
)

# %% [markdown]
# At 16 by 16 pixels one look stays at chance with every seed; the same kind of network on all pixels names
# nearly every picture, by any of the three poolings. If it begins to learn: there are runs at a quarter, with
# a rate that went well for another seed and was chosen for that. Three numbers say so, and their mean would
# not.
#
# So attention is not needed to be right here. What it adds is that its weights can be held against the truth.
#
# **What this does not show.** That a place with much weight *caused* the answer. Cover the spot, and see
# whether the answer changes: that would be a test of it, and we have not made it.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.3 Patches as words
#
# Dosovitskiy et al. (2021) changed nothing about the Transformer of chapter 7, and everything about what it
# reads: a picture of $H \times W$ is cut into squares of $P \times P$, row by row, and each square is a word.
#
# $$ x_{rC + c} = E\,\operatorname{vec}\big(\text{picture}[rP : rP + P,\; cP : cP + P]\big) + b + p_{rc},
# \qquad C = W/P $$
#
# A class token in front collects what the classifier reads, as `[CLS]` does. It is no patch, and has no place
# on the grid. (The paper gives it a position vector all the same; one learned vector says what two would.)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One matrix for all patches: a convolution whose window is as wide as its step. From there on it is
# the encoder of chapter 7, with the norm in front.
#
# **Ask** Cut a picture of 64 by 64 into patches of 4: how many words? And of how many numbers is the
# attention of one head? With patches of 8?
#
# **Expect** 256 and 65,536; 64 and 4,096. Half the patch costs sixteen times the attention: chapter 4's
# square, squared.
#
# **Look out for** `split_patches.columns_first`

# %% {"slideshow": {"slide_type": "subslide"}}
PATCH = 8
GRID = SIZE // PATCH
one = test_birds.images[:1]
words = ops.convert_to_numpy(split_patches(one, PATCH))  # (1, 64, 192)
by_hand = one[0, PATCH : 2 * PATCH, 2 * PATCH : 3 * PATCH].reshape(-1)  # second row, third column
assert (words[0, GRID + 2] == by_hand).all()
assert (ops.convert_to_numpy(join_patches(words, PATCH, SIZE, SIZE)) == one).all()


def strips(images):
    """A mere reshape: rows of pixels instead of squares."""
    return images.reshape(len(images), GRID * GRID, -1)


def cut(images, order):
    """Patches by a transposition of (B, rows, P, columns, P, channels)."""
    parts = images.reshape(len(images), GRID, PATCH, GRID, PATCH, -1).transpose(order)
    return parts.reshape(len(images), GRID * GRID, -1)


WAYS = {
    "right": lambda images: cut(images, (0, 1, 3, 2, 4, 5)),
    "a mere reshape": strips,
    "column by column": lambda images: cut(images, (0, 3, 1, 2, 4, 5)),
    "pixels transposed": lambda images: cut(images, (0, 1, 3, 4, 2, 5)),
}
back = {name: join_patches(way(one), PATCH, SIZE, SIZE)[0] for name, way in WAYS.items()}
assert (WAYS["right"](one) == words).all()
picture_panels({name: ops.convert_to_numpy(picture) for name, picture in back.items()})

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cut in one way and put together in the right one: so an error of order becomes visible. None of the
# three wrong ways raises an error; all have the right shape.
#
# **Ask** ✍️ A model is trained from nothing, each time with patches in one of these orders. Which of the
# three wrong ones costs accuracy, and which costs nothing?
#
# **Expect** Transposed pixels cost nothing: $E$ is learned and takes its numbers in any fixed order. Column
# by column costs nothing either, as positions are learned. The reshape has cut strips: other words.
#
# **Look out for** Concluding that the order does not matter. Load published weights, and it does.

# %% [markdown]
# Cut in one way and joined in the right one, an error of order can be seen. It cannot be seen in a shape, and
# for two of the three wrong ways not in a loss either: whoever trains from nothing learns $E$ and positions
# in any fixed order. The price comes with weights that were trained with another.
#
# Where such a model looks is read off the weights $A$ of its last block, $(B, N, T, T)$ with $T = 1 + RC$:
# how the class token attends to each patch, as the mean over heads,
#
# $$ \text{map}[r, c] = \tfrac{1}{N} \sum_n A[n,\, 0,\, 1 + rC + c]. $$
#
# Count the class token as a patch, and every place is off by one: the map has the right shape, and points
# beside the bird. What the token attends to of itself is left out, so a map need not sum to one.
#
# → *Exercises* [`split_patches`], [`patch_attention`].
#
# [`split_patches`]: ../exercises/17_beyond_text.ipynb#cell-id=split_patches
# [`patch_attention`]: ../exercises/17_beyond_text.ipynb#cell-id=patch_attention

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.4 Where a patch stands
#
# Attention sees a set (chapter 6). Without positions a picture is a bag of patches: exchange any two of them,
# and no logit changes. For a real set, handwritten digits (scikit-learn's: 8 by 8 pixels, 1,257 to train
# with, the last 360 for the test), in patches of 2 by 2.
#
# > **Write down your prediction.** How many of the digits does a Transformer name that is not told where its
# > patches stand? One in ten is chance.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Small pictures that come with the installation, so that everybody has them. A patch of 2 by 2 is
# four grey levels: nearly nothing by itself.
#
# **Ask** ✍️ Without positions the model has a bag of sixteen such patches. How many of the digits does it
# name?
#
# **Expect** Between a tenth and nearly all. Ask what a bag of patches still tells: how much ink, how many
# straight and how many slanted pieces.
#
# **Look out for** "It learns the positions from the data." There is nothing to learn them from: exchange two
# patches, and the input is the same set.

# %%
digits, test_digits = load_digits("train"), load_digits("test")


def digit_reader(patch_size, has_positions=True, picture_size=8):
    """A small Transformer for digits."""
    sizes = {"hidden_dim": 32, "num_heads": 4, "intermediate_dim": 64, "num_layers": 2}
    return VisionTransformer(10, picture_size, patch_size, has_positions=has_positions, **sizes)


SYSTEMS = {
    "patches of 2": lambda: digit_reader(2),
    "patches of 2, without positions": lambda: digit_reader(2, has_positions=False),
    "patches of 4": lambda: digit_reader(4),
    "patches of 4, without positions": lambda: digit_reader(4, has_positions=False),
    "convolution": lambda: ConvolutionalClassifier(10, channels=(16, 32)),
}
digit_scores, readers = {}, {}
for name, make in list(SYSTEMS.items())[: budget.num_digit_systems]:
    readers[name] = compiled(make(), digits, classes)
    for seed in budget.seeds:
        set_seed(seed)
        fresh = make()
        fresh(digits.images[:2])
        start_anew(readers[name], fresh)
        train(readers[name], digits, budget.num_digit_steps, f"{name}, seed {seed}", seed=seed)
        digit_scores.setdefault(name, []).append(
            share_right(outputs_on(readers[name], test_digits.images), test_digits)
        )

# %% {"slideshow": {"slide_type": "subslide"}}
table(
    ["digits", "weights", "right"],
    [
        [name, f"{readers[name].count_params():,}", with_interval(scores, ".1%", 0, 1)]
        for name, scores in digit_scores.items()
    ],
)
lost = {}
for size in (2, 4)[: len(digit_scores) // 2]:
    told = digit_scores[f"patches of {size}"]
    lost[size] = mean_and_interval(paired(told, digit_scores[f"patches of {size}, without positions"]))
    say(f"Patches of {size}: positions are worth {lost[size].mean:+.1%} ({verdict(lost[size])}).")
claim(lost[2].low > 0, "patches of 2 by 2 need their positions")


def exchanged(images):
    """The upper and the lower half of each picture, exchanged: the same patches in another order."""
    half = images.shape[1] // 2
    return np.concatenate([images[:, half:], images[:, :half]], axis=1)


for name in ("patches of 2", "patches of 2, without positions"):
    before, after = (outputs_on(readers[name], way(test_digits.images)) for way in (np.copy, exchanged))
    say(f"Halves exchanged, {name}: a logit changes by {np.abs(after - before).max():.1e} at most.")
assert np.abs(after - before).max() < 1e-3

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the two lines of each size together: the larger the patch, the more of a digit is in one word,
# and the less hangs on where it stands.
#
# **Ask** Which of your own data are sets, and which have an order that you have not told the model?
#
# **Expect** Rows of a table, points of a cloud: sets. Anything with a place or a time is not.
#
# **Look out for** Here 1,257 pictures are few for a Transformer. Compare within its lines before comparing
# with the convolution.

# %% [markdown]
# With patches of 2 by 2 a bag of patches names more than half of the digits: how much ink there is, and of
# which kind, says something. With patches of 4 by 4 positions are not told apart from none: four large
# patches may show by their content where they belong (not tested).
#
# ### Pictures of another size
#
# A Transformer reads any number of words, but the table of positions has a row for each place of *one* grid.
# Who reads larger pictures has to make a larger table of it: stretched over the new grid, with the middles of
# cells on the middles of cells. A class token in front must not be stretched along. The digits, enlarged to
# 16 by 16 to train with and to 24 by 24 for the test, in patches of 4: a grid of 4 by 4, then of 6 by 6.


# %% {"slideshow": {"slide_type": "subslide"}}
def enlarged(pictures, size):
    """Pictures of `size` by `size` pixels, by bilinear interpolation."""
    whole = np.tile(np.float32([[0, 0, 1, 1]]), (len(pictures.images), 1))
    return pictures._replace(images=ops.convert_to_numpy(zoom(pictures.images, whole, size, size)))


small, large = enlarged(test_digits, 16), enlarged(test_digits, 24)
set_seed(0)
reader = compiled(digit_reader(4, picture_size=16), small, classes)
train(reader, enlarged(digits, 16), budget.num_digit_steps, "digits of 16 by 16")
learned = ops.convert_to_numpy(reader.positions.table)  # (4, 4, D)
stretched = ops.convert_to_numpy(stretch_positions(learned, 6, 6))
flat = stretched.reshape(36, -1)
TABLES = {
    "stretched": stretched,
    "stretched, the class token counted as a patch": np.roll(flat, 1, axis=0).reshape(6, 6, -1),
    "the edge goes on": np.pad(learned, ((0, 2), (0, 2), (0, 0)), mode="edge"),
    "row after row, until it is used up": np.pad(learned.reshape(16, -1), ((0, 20), (0, 0))).reshape(
        6, 6, -1
    ),
    "none": np.zeros_like(stretched),
}

# %% {"slideshow": {"slide_type": "fragment"}}
larger = digit_reader(4, picture_size=24)
larger(large.images[:2])
by_table = {}
for name, positions in TABLES.items():
    larger.set_weights(
        [
            positions if "positions" in weight.path else ops.convert_to_numpy(weight)
            for weight in reader.weights
        ]
    )
    by_table[name] = share_right(outputs_on(larger, large.images), large)
table(
    ["pictures", "positions", "right"],
    [["16 × 16, as trained", "as trained", f"{share_right(outputs_on(reader, small.images), small):.1%}"]]
    + [["24 × 24", name, f"{score:.1%}"] for name, score in by_table.items()],
)
claim(by_table["stretched"] == max(by_table.values()), "of these tables the stretched one is the best")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** No line but the first has been trained for its pictures. The weights are one model's; only the table
# of positions differs.
#
# **Ask** Even the stretched table loses much. What else has changed but positions?
#
# **Expect** A patch shows less of a digit, as that is larger: other words. And there are 36 keys instead of
# 16, among which attention has to choose.
#
# **Look out for** `stretch_row.ends_on_ends`

# %% [markdown]
# Nothing was trained on the larger pictures, and this is one model. Of these tables the stretched one is the
# best to start from. It, too, loses, and positions are hardly the only reason: a patch of 4 by 4 shows less
# of a larger digit (not measured apart). The paper fine-tunes on.
#
# → *Exercise* [`stretch_row`].
#
# ❓ **Question** [`order_of_patches`] to this section.
#
# [`stretch_row`]: ../exercises/17_beyond_text.ipynb#cell-id=stretch_row
# [`order_of_patches`]: ../exercises/17_beyond_text.ipynb#cell-id=question-order_of_patches

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.5 A soft box, and what its gradient can teach
#
# To look closer is to crop, and whole pixels have no gradient: move a box by half a pixel, and nothing
# changes; by one, and everything does. Fu et al. (2017) multiply the picture by a mask that falls softly at
# the edges of a square with centre $c$ and half-width $l$:
#
# $$ h(z) = \frac{1}{1 + e^{-kz}}, \qquad m(y) = h(y - (c_y - l)) - h(y - (c_y + l)), \qquad
# M(y, x) = m(y)\, m(x), $$
#
# where a larger $k$ makes sharper edges, and then enlarge what is inside, by interpolation. Both have
# derivatives with respect to $c$ and $l$.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same idea as local attention in chapter 3: a window that may stand anywhere, soft enough to be
# moved by a gradient.
#
# **Ask** Before the picture: how does $M$ at some pixel change if $l$ grows? Can it ever fall?
#
# **Expect** It cannot: a wider box holds more of every pixel. Write it down, it comes back as a trouble.
#
# **Look out for** `box_mask.edges_multiplied`

# %% {"slideshow": {"slide_type": "subslide"}}
box = np.array([[0.45, 0.6, 0.2]], "float32")  # centre y, centre x, half-width
slopes = ops.convert_to_numpy(box_mask_derivatives(box, SIZE, SIZE, sharpness=20.0))[0]
step, rows = 1e-2, []
for index, name in enumerate(("centre y", "centre x", "half-width")):
    moved = [box + sign * step * np.eye(3, dtype="float32")[[index]] for sign in (-1, 1)]
    low, high = (
        ops.convert_to_numpy(box_mask(place, SIZE, SIZE, 20.0))[0].astype("float64") for place in moved
    )
    by_difference = (high - low) / (2 * step)
    rows.append([name, f"{slopes[..., index].min():+.2f}", f"{slopes[..., index].max():+.2f}"])
    assert np.abs(by_difference - slopes[..., index]).max() < 0.1
table(["derivative of the mask by", "lowest", "highest"], rows)
assert slopes[..., 2].min() > -1e-6  # a wider box holds more of every pixel
figure = signed_heatmap(
    {"by centre x": slopes[::4, ::4, 1], "by half-width": slopes[::4, ::4, 2]},
    "column, in steps of 4 pixels",
    "row, in steps of 4 pixels",
)
figure.axes[-1].set_ylabel("derivative of the mask")
display(figure)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Left: moving to the right wins on the right edge and loses on the left one. Right: widening wins
# everywhere.
#
# **Ask** The loss would fall if everything were brighter. Which of the three numbers of the box can answer
# that?
#
# **Expect** All can, and the half-width most easily. It has one direction in which the mask grows at all
# pixels.
#
# **Look out for** A derivative taken for a rule of learning. What is sent back to the mask is another choice;
# it is the next slide.

# %% [markdown]
# The gradient of the loss says which *change of a dimmed pixel* would lower the loss. Where a box lies beside
# the detail, those are changes of things that do not matter. The paper therefore sends the mask something
# else: where the loss is *sensitive* at all. With $g(y, x)$ the gradient that arrives at the masked picture,
# a number for each channel, and $s(y, x) = \sum_{\text{channels}} g^2$,
#
# $$ \text{to the mask goes } -\frac{s(y, x)}{\sum_{y', x'} s(y', x')} \quad \text{in place of} \quad
# \sum_{\text{channels}} g(y, x) \cdot \text{picture}(y, x), $$
#
# negative, so that descent *opens* the mask where the loss depends on the picture (`look_through`; dividing
# by the sum over the picture, so that each pulls as hard, is ours). By this rule the half-width could only
# grow, since $\partial M / \partial l \ge 0$ and all that arrives has one sign: in our network it learns
# through the enlargement instead.
#
# ### Borders
#
# A box in units of the picture's side has to become pixels. Pixel $i$ of $n$ is the *cell* from $i/n$ to
# $(i+1)/n$, with its middle at $(i + \frac12)/n$; a crop is half-open, and a box that sticks out is *moved*,
# not cut. With points in place of cells every look is off by a little, most at the border:

# %% {"slideshow": {"slide_type": "subslide"}}
ramp = np.broadcast_to(np.arange(8, dtype="float32")[:, None, None], (1, 8, 8, 1))  # each row its number


def look(top, bottom, size):
    """The rows that are seen in a box over the whole width, by cells."""
    seen = zoom(ramp, np.float32([[top, 0, bottom, 1]]), size, size)
    return ops.convert_to_numpy(seen)[0, :, 0, 0]


def look_by_points(top, bottom, size):
    """The same where a pixel is a point at i / (n - 1): the first and the last are the ends."""
    places = np.linspace(top * 7, bottom * 7, size)
    return np.interp(places, np.arange(8), np.arange(8))


rows = []
for name, top, bottom, size in (("all", 0, 1, 8), ("lower half", 0.5, 1, 4), ("upper half", 0, 0.5, 4)):
    shown = [" ".join(f"{value:.2f}" for value in way(top, bottom, size)) for way in (look, look_by_points)]
    rows.append([f"{name}, {size} pixels", *shown])
table(["look at rows 0 to 7", "pixels are cells", "pixels are points"], rows)
assert (look(0.5, 1, 4) == [4, 5, 6, 7]).all() and (look(0, 1, 8) == np.arange(8)).all()

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Eight rows, each with its own number as its grey. The lower half should be rows 4 to 7, and by
# points it begins between two rows.
#
# **Ask** Both are in use, and both are consistent. When does the difference bite?
#
# **Expect** When box and truth are made by two conventions: in the crop of one library, the boxes of another
# and the measure of overlap. Small boxes lose most.
#
# **Look out for** `crop_box.cut_not_moved`
#
# `crop_box.far_border_off_by_one`

# %% [markdown]
# → *Exercises* [`box_mask`], [`crop_box`].
#
# ❓ **Question** [`half_width_grows`] to this section.
#
# [`box_mask`]: ../exercises/17_beyond_text.ipynb#cell-id=box_mask
# [`crop_box`]: ../exercises/17_beyond_text.ipynb#cell-id=crop_box
# [`half_width_grows`]: ../exercises/17_beyond_text.ipynb#cell-id=question-half_width_grows

# %% [markdown] {"slideshow": {"slide_type": "slide", "lecture": "core"}}
# ## 17.6 Look, propose, look again
#
# Each look has 16 by 16 pixels: first of the whole, then of a square that the first look proposes. Every look
# has a reader and a classifier of its own:
#
# $$ \begin{aligned} \text{look}_0 &= \text{zoom(picture)}, & F_s &= \text{reader}_s(\text{look}_s), &
# \text{logits}_s &= W_s \max_{r,c} F_s + b_s, \\
# (c, l)_{s+1} &= \text{proposal}_s(F_s), & \text{look}_{s+1} &= \text{zoom}(M_{c,l} \cdot \text{picture})
# \end{aligned} $$
#
# Nobody says where to look. What teaches the proposal is the loss of the look that it leads to, and a
# ranking: the closer look has to be surer of the right class than the one before, by a margin:
#
# $$ L = \sum_s -\log p_s + \sum_s \max(0,\; p_s - p_{s+1} + 0.05), \qquad p_s = p(\text{right class} \mid
# \text{look}_s). $$

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two looks of 16 by 16 are 512 pixels of the 4,096. Draw it: whole, square, and the arrow back by
# which the square is moved.
#
# **Ask** ✍️ At the beginning the square lies anywhere, and the second look sees a piece of tail. What,
# exactly, tells the proposal to move to the wing?
#
# **Expect** Silence is usual. In some pictures the square holds the spot by luck; there the reader of the
# second look learns something, and from then on its loss depends on that spot where it can be seen. So it
# begins by chance, and has to begin often enough: vote on how many pictures that takes.
#
# **Look out for** `ranking_loss.likeliest_class`

# %% [markdown]
# A proposal is soft attention once more: $c$ is the mean place under $a = \mathrm{softmax}(v \cdot F_{rc})$,
# moved so that the square fits, and $l = 0.15 + 0.1\, \sigma(w \cdot \sum_{rc} a_{rc} F_{rc} + b)$, a
# half-width of 0.15 to 0.25 of the side.
#
# *Overlap* below is the area that a square and the true region share, over the area that either covers
# (intersection over union); *at best*: if a square of this width held the whole region.

# %%
MIDDLE = (test_birds.regions[:, :2] + test_birds.regions[:, 2:]) / 2  # of each true region


def where(proposals):
    """Share of squares that hold the middle of the region, their overlap with it, and their half-width."""
    centre, half_width = proposals[:, -1, :2], proposals[:, -1, 2:]
    holds = (np.abs(centre - MIDDLE) < half_width).all(axis=1)
    squares = ops.convert_to_numpy(proposal_boxes(proposals[:, -1]))
    return (
        float(holds.mean()),
        float(region_iou(squares, test_birds.regions).mean()),
        float(half_width.mean()),
    )


# %%
def train_looks(model, label, peak=4e-3, num_parts=5):
    """Trains in parts, and looks after each where the squares are."""
    set_seed(0)
    compiled(model, train_birds, LooksLoss())
    generator, history, num_steps = np.random.default_rng(0), [], budget.num_look_steps
    for step in range(num_steps + 1):
        if step % (num_steps // num_parts) == 0:
            logits, proposals = outputs_on(model, test_birds.images, return_proposals=True)
            right = [share_right(logits[:, number], test_birds) for number in range(logits.shape[1])]
            history.append((step, right, where(proposals)))
            print(f"{label}: {step} of {num_steps} steps, right {right[-1]:.0%}", flush=True)
        model.optimizer.learning_rate = peak * min(
            20 * (step + 1) / num_steps, max(1 - step / num_steps, 1e-3)
        )
        chosen = generator.integers(len(train_birds.images), size=32)
        model.train_on_batch(train_birds.images[chosen], train_birds.labels[chosen])
    return history, logits, proposals


looker = RecurrentAttention(len(MARKS))
history, look_logits, proposals = train_looks(looker, "two looks")

# %% {"slideshow": {"slide_type": "subslide"}}
rows = [
    [f"{step:,}", *(f"{share:.1%}" for share in right), f"{holds:.1%}", f"{overlap:.2f}", f"{half_width:.3f}"]
    for step, right, (holds, overlap, half_width) in history
]
table(
    ["updates", "first look right", "second look right", "square holds the mark", "overlap", "half-width"],
    rows,
)
best_overlap = mean(
    float(((bottom - top) / (2 * width)) ** 2)
    for (top, _, bottom, _), width in zip(test_birds.regions, proposals[:, -1, 2], strict=True)
)
say(f"Squares of this half-width overlap by {best_overlap:.2f} at best, since they are wider than the mark.")
squares = ops.convert_to_numpy(proposal_boxes(proposals[:, -1]))
picture_panels(
    dict(zip(titles, test_birds.images[:8], strict=True)),
    boxes={"what decides": test_birds.regions[:8], "second look": squares[:8]},
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Follow the table downwards, and then the pictures: no outline was in the training.
#
# **Ask** Which has to move first, the square or the second look? And the first look stays poor: is it of no
# use, then?
#
# **Expect** The second look: it learns from the squares that hold the mark by luck, and only who can read the
# mark can say where it should be. (The table is too coarse to show it.) To the second: it proposes. To say
# where the pale spot is needs less than to say which mark is on it. This division of labour is what the
# network has found.
#
# **Look out for** Overlap without its highest value. A square that is wider than the region cannot have 1.

# %%
seen = zoom(test_birds.images[:8], squares[:8], 16, 16)
picture_panels(dict(zip(titles, ops.convert_to_numpy(seen), strict=True)))

# %% [markdown]
# Read the table downwards. At the beginning the square holds the mark by luck, in two pictures of five, and
# there the second look can learn to read it. The better it reads, the better it can say where the square
# should have been: both rise, the square jumps to the mark, and the second look is right nearly always. The
# first look stays poor to the end, and need not be better: to say where the pale spot is takes less than to
# say which mark is on it. Classes were all that the network was told.
#
# **What this does not show.** How sure it is that it begins. This is one seed; 17.8 has three, and other ways
# to train it.
#
# → *Exercise* [`ranking_loss`].
#
# [`ranking_loss`]: ../exercises/17_beyond_text.ipynb#cell-id=ranking_loss

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.7 When it does not find it
#
# Who builds this by the paper alone can meet three troubles: the proposal never gets to the detail, the
# half-width runs to its bound, or the closer look learns nothing because it was trained on squares that were
# wrong. The first two are taken up here, by deciding otherwise with the same seed, pictures and updates: how
# the centre learns, how the half-width does, and how far it may go. The third hangs on training in turn, and
# is in 17.8.


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Who builds this can meet each of the three; two of them are tried here. The code changes one
# decision at a time, by a class of some lines; the next slide has what came of it.
#
# **Ask** ✍️ The half-width may grow up to 0.45 and learns by the rule of 17.5. Where will it be after
# training, and what will the loss look like?
#
# **Expect** At the bound: that was to be seen in the derivative. About the loss they are less sure; it falls,
# since something can still be read from a coarse square.
#
# **Look out for** "The loss falls, so it learns." Ask what it learns to do with the square.


# %%
class OrdinaryGradient(RecurrentAttention):
    """The centre learns by the mask's gradient, as it is; the half-width through the enlargement."""

    def closer_look(self, pictures, before, proposals):
        centre, half_width = proposals[:, :2], proposals[:, 2:]
        moving = ops.concatenate([centre, ops.stop_gradient(half_width)], axis=-1)
        widening = ops.concatenate([ops.stop_gradient(centre), half_width], axis=-1)
        mask = box_mask(moving, SIZE, SIZE, self.settings["sharpness"] / (2.0 * before[:, 2]))
        return zoom(pictures * mask[..., None], proposal_boxes(widening), 16, 16)


class WidthByTheRule(RecurrentAttention):
    """The half-width learns by the rule, too, and not through the enlargement."""

    def closer_look(self, pictures, before, proposals):
        sharpness = self.settings["sharpness"] / (2.0 * before[:, 2])
        mask = box_mask(proposals, SIZE, SIZE, sharpness)
        boxes = proposal_boxes(ops.stop_gradient(proposals))
        return zoom(look_through(pictures, mask[..., None]), boxes, 16, 16)


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
WIDE = "half-width by the rule, up to 0.45"
VARIANTS = {
    "as above": looker,
    WIDE: WidthByTheRule(len(MARKS), max_half_width=0.45),
    "half-width as above, up to 0.45": RecurrentAttention(len(MARKS), max_half_width=0.45),
    "the ordinary gradient": OrdinaryGradient(len(MARKS)),
}
ends = {"as above": history[-1]}
for name, variant in list(VARIANTS.items())[1 : budget.num_variants]:
    ends[name] = train_looks(variant, name)[0][-1]
table(
    ["how the square learns", "second look right", "square holds the mark", "overlap", "half-width"],
    [
        [name, f"{right[-1]:.1%}", f"{holds:.1%}", f"{overlap:.2f}", f"{half_width:.3f}"]
        for name, (_, right, (holds, overlap, half_width)) in ends.items()
    ],
)
claim(ends[WIDE][2][2] > 0.4, "by the rule the half-width runs to its bound")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The last two lines change one decision each beside the first; the second line changes two, the rule
# and the bound, and is to be read beside the third, which has the bound alone. Read the last column first:
# who runs to the bound?
#
# **Ask** Which of these lines would you have noticed from the loss alone?
#
# **Expect** None for certain: a square of nearly the whole picture still lets the reader learn something, and
# its loss falls. That is why the table has the other columns.
#
# **Look out for** One seed. The study of 17.8 has three, and of these lines the first alone.

# %% [markdown]
# By the rule the half-width did what its derivative says: it ran to its bound and stayed. Such a square
# always holds the mark and shows it coarsely: the loss has fallen, and the second look is right about half of
# the time. Allowed to grow as far, but learning through the enlargement, it stayed near the narrow bound, and
# the second look was right as often: the narrow bound was not needed. With the ordinary gradient the mark was
# found as well, in fewer pictures. So the rule of sensitivity is not what makes finding possible; that it
# helps, one seed hints and does not decide.
#
# **What this does not show.** More than one seed. A variant that is behind here may be ahead with another.

# %% [markdown] {"slideshow": {"slide_type": "slide", "lecture": "core"}}
# ## 17.8 Where does each way of looking win?
#
# `python -m benchmarks.pictures`: all ways of looking, three seeds, 500 pictures to train with and more, for
# all of them 1,000 updates of 16 pictures; learning rates chosen on pictures that are not reported. Beside
# them two lines to compare with: two looks that are *told* where the mark is, which is a bound, and two looks
# at *random* squares, which is none. (*ViT* is the Transformer on patches, by its name in the paper, Vision
# Transformer.)
#
# > **Write down your prediction.** With 500 pictures, which is best, and by how much is it behind the one
# > that is told where? With four times as many, who has caught up? And who gets by with the fewest
# > multiplications?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Sixteen numbers a table and more; so the prediction first. Name the two lines to compare with before
# the rest.
#
# **Ask** ✍️ Rank for 500 pictures: convolution, soft attention, two looks, Transformer on patches. And for
# 2,000?
#
# **Expect** Most give the Transformer the last place for few and the first for many, by what they have heard.
# Leave it, the table decides.
#
# **Look out for** Equal updates is one fairness of several: equal weights and equal time are others. The
# table has the weights beside it.


# %%
def of_convolutions(side, channels):
    """Multiplications of windows of 3 by 3, the picture halved between two of them."""
    counts, inputs = 0, 3
    for outputs in channels:
        counts += side * side * 9 * inputs * outputs
        side, inputs = -(-side // 2), outputs
    return counts


def of_patches(patch_size, width=48, num_layers=2):
    """Multiplications of a Transformer whose network is twice as wide inside, with a class token."""
    tokens = (SIZE // patch_size) ** 2 + 1
    block = tokens * 8 * width**2 + 2 * tokens**2 * width
    return tokens * 3 * patch_size**2 * width + num_layers * block


def multiplications(who):
    """What a contender of the study needs for a picture, but for pooling, zoom and classifier."""
    if who.startswith("ViT"):
        return of_patches(4 if "of 4" in who else 8)
    if "look" in who and not who.startswith("convolution"):
        return (3 if who.startswith("three") else 2) * of_convolutions(16, (16, 32))
    if who == COARSE:
        return of_convolutions(16, (16, 32))
    return of_convolutions(SIZE, (8, 20, 48) if "as many weights" in who else (8, 16, 32))


# %% {"slideshow": {"slide_type": "subslide"}}
WHO = list(dict.fromkeys(run["who"] for run in runs_of_study))
LOOKS, RANDOM, TOLD = "two looks", "two looks, at random squares", "two looks, told where"


rows = []
for who in WHO:
    weights = next(run["parameters"] for run in runs_of_study if run["who"] == who)
    cost = f"{multiplications(who) / 1e6:.2f}"
    rows.append([who, f"{weights:,}", cost, *(by_seed(who, number) for number in AMOUNTS)])
table(
    ["right, in percent", "weights", "million products", *(f"{number:,} pictures" for number in AMOUNTS)],
    rows,
)
for number in AMOUNTS:
    gains = [
        (name, mean_and_interval(paired(of_study(LOOKS, number), of_study(name, number))))
        for name in (LARGEST, SOFT, "ViT, patches of 8", TOLD)
    ]
    say(
        f"{number:,} pictures, two looks beside "
        + "; ".join(f"{name}: {gain.mean:+.1f} points, {verdict(gain)}" for name, gain in gains)
        + "."
    )

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First the two lines to compare with, then the column of products, then the seeds one by one.
#
# **Ask** Which lines have one number that is unlike the other two? What would a mean have said?
#
# **Expect** Several. A mean of 100, 25 and 25 is a run that nobody has seen.
#
# **Look out for** Reading the best of three as what a method can do, and the worst as what another does.

# %% {"slideshow": {"slide_type": "subslide"}}
middle = {
    f"{who} ({multiplications(who) / 1e6:.1f} M)": median(of_study(who, AMOUNTS[-1]))
    for who in WHO
    if of_study(who, AMOUNTS[-1])
}
ladder_plot(
    middle,
    {},
    f"right with {AMOUNTS[-1]:,} pictures, % (the middle of three seeds)",
    title="In brackets: million products a picture",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** In brackets are the multiplications for a picture. Find those who are always there, those who never
# are, and those with whom it hangs on the seed.
#
# **Ask** A run stays at a quarter. Has the way of looking failed, the learning rate, or the luck of the draw?
#
# **Expect** One cannot tell from one run; from three, a little. Rates were chosen with a fourth seed. With
# convolutions and with two looks it went well; with the other ways of looking no rate did, so that theirs is
# a guess.
#
# **Look out for** The mean of 100, 25 and 25. No run had it.


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
def looked(who, key, number=2_000):
    """Where a contender of the study looked, mean of the seeds; nothing if it has no such figure."""
    values = [found[key] for found in of_study(who, number, "looked") if key in found]
    return f"{mean(values):.2f}" if values else ""


MEASURES = {
    "share in region": "share_in_region",
    "pointing": "pointing",
    "square holds the mark": "contains_middle",
    "overlap": "iou",
    "at best": "best_iou",
    "half-width": "half_width",
}
rows = [[who, *(looked(who, key) for key in MEASURES.values())] for who in WHO]
table(["2,000 pictures, mean of three seeds", *MEASURES], [row for row in rows if any(row[1:])])
say(f"By chance share and pointing are {mean(run['region_area'] for run in runs_of_study):.3f}.")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Where they look, for those who say so. Squares, on the right, are judged by the mark they hold,
# attention, on the left, by its share and its highest point.
#
# **Ask** The Transformer points at the mark in many pictures and names few. How can that be?
#
# **Expect** The mark lies across two or three patches, and each patch has gone through one matrix: the place
# is easier to tell than the pattern.
#
# **Look out for** Pointing taken for understanding.

# %% [markdown]
# *Pixels first.* Who can afford to look at all of them with a convolution needs no second look: from 500
# pictures on it is right nearly always, and two looks are not ahead of it at either amount. That is said of
# the narrow one that keeps the largest value. With as many weights as two looks, with the mean over the map
# or with soft attention, a convolution too stays at a quarter with some seeds, within these updates.
#
# *A second look saves arithmetic.* Two looks need a quarter of the multiplications. Told where, they are
# always right; at random squares half the time, since one in three holds the mark. Two looks found it with
# all three seeds. Who settles on a wrong place is behind random squares: there the mark is never seen.
#
# *Finding hangs on the seed.* In turn (ten updates of readers and classifiers by the classes, then ten of
# proposals by the ranking), without the ranking, or with a third look, the same network finds the mark with
# one seed and not with another, within these updates. Only two looks that learn everything at once did so
# each time, six runs in all. Whether it is the way of training is left open: the others' rates were chosen
# among two that had both failed, in turn each part has half of the updates, the paper's pre-training of
# reader and proposals is left out, and longer training was not measured.
#
# *Patches are far behind,* and not better for being told where they stand: here the mark decides and its
# place says nothing, so that positions are one more thing to be learned. Their class token points at the mark
# in more than half of the pictures all the same.
#
# **What the papers reported.** Fu et al. (2017) on CUB-200-2011, 200 kinds of birds in 11,788 photographs:
# 82.4 % by the second look alone, 85.3 % by three looks together, without any outline, beside 77.8 % of the
# same convolution (VGG-19) on the whole picture. Dosovitskiy et al. (2021) found Transformers on
# patches behind convolutions when pre-trained on ImageNet's 1.3 million pictures, and ahead with 303 million.
#
# **What this does not show.** Photographs. Our spot is pale and of nearly one size, so that to find it is
# easier than to find a beak in leaves; all marks hang on one place. And the Transformer is not pre-trained,
# as it was where Dosovitskiy et al. saw it win; later work got there with stronger augmentation instead.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.9 What came next: fewer keys and values
#
# Back to text. The parts of chapters 4 to 8 are from 2017, and most of them have been replaced since. The
# first is not about quality: a writer keeps keys and values of everything that it has read (chapter 8),
#
# $$ \text{bytes per token} = 2 \cdot L \cdot G \cdot d_k \cdot \text{bytes per number}, $$
#
# with $L$ layers and $G$ heads of keys and values. Multi-head attention has $G = N$. Shazeer (2019) lets all
# queries share one head of keys and values, $G = 1$; Ainslie et al. (2023) take a number in between, and let
# each group of $N / G$ queries share one: *grouped queries*.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Writing one token at a time is bound by reading memory: each token reads all weights once, and the
# cache (chapter 8) of every sentence in the batch.
#
# **Ask** 80 layers, 64 heads of 128, two bytes a number: how large is the cache of one text of 4,096 tokens?
#
# **Expect** 10.7 GB; with 8 groups an eighth. Let them compute it; most are surprised that it is gigabytes
# for one text.
#
# **Look out for** `grouped_query_attention.groups_in_turn`


# %% {"slideshow": {"slide_type": "subslide"}}
def grouped_attention(query, key, value):
    """Queries (B, N, T, d), keys and values (B, G, T, d): each group of N/G queries shares one; causal."""
    group = query.shape[1] // key.shape[1]
    key, value = (ops.repeat(heads, group, axis=1) for heads in (key, value))  # (B, N, T, d)
    scores = ops.einsum("bntd,bnsd->bnts", query, key) / math.sqrt(query.shape[-1])
    seen = ops.arange(query.shape[2])[:, None] >= ops.arange(query.shape[2])
    return ops.einsum("bnts,bnsd->bntd", ops.softmax(ops.where(seen, scores, -1e9)), value)


heads = 8
query, key, value = np.random.default_rng(0).normal(size=(3, 1, heads, 11, 16)).astype("float32")
for groups in (8, 2, 1):
    outputs = grouped_attention(query, key[:, :groups], value[:, :groups])
    for head in range(heads):  # by itself, with the keys and values of its group
        own = [array[:, [head * groups // heads]] for array in (key, value)]
        alone = grouped_attention(query[:, head : head + 1], *own)
        assert np.abs(ops.convert_to_numpy(outputs[:, head : head + 1] - alone)).max() < 1e-6

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two lines are new beside chapter 5: how many queries share a head, and the repeat. The cell tests
# every head by itself with the keys of its group.
#
# **Ask** With as many groups as heads, and with one group: which attention of this course is it?
#
# **Expect** Multi-head attention in the first case. The second is new: all queries compare with the same
# keys.
#
# **Look out for** `grouped_query_attention.heads_out_of_order`

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
MODELS = {  # layers, heads of queries, heads of keys and values, their width: as published; 2 bytes a number
    "Llama 2, 7 billion": (32, 32, 32, 128),
    "Llama 2, 70 billion": (80, 64, 8, 128),
    "the same with a head of keys for every query": (80, 64, 64, 128),
    "the same with one for all": (80, 64, 1, 128),
}
rows = []
for name, (num_layers, num_queries, groups, width) in MODELS.items():
    per_token = 2 * num_layers * groups * width * 2
    rows.append(
        [name, num_queries, groups, f"{per_token / 1e3:,.0f} kB", f"{4_096 * per_token / 1e9:.2f} GB"]
    )
table(["", "heads", "groups", "cache per token", "cache of 4,096 tokens"], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Of the two new lines the `repeat` is only for reading, since a good kernel
# never makes the copies. The sizes are those of Touvron et al. (2023).
#
# **Ask** Which heads share? Heads 0 and 1, or heads 0 and 8 of sixteen?
#
# **Expect** Neighbours. By the other rule the shapes are the same and nothing complains; weights trained by
# one rule are noise under the other.
#
# **Look out for** "Grouped queries make attention cheaper." The scores are as many as before; what shrinks is
# what is stored and read.

# %% [markdown]
# Whether it costs quality is a question for a trained model, and stands in the next table.
#
# → *Exercise* [`grouped_query_attention`].
#
# ❓ **Question** [`what_groups_save`] to this section.
#
# [`grouped_query_attention`]: ../exercises/17_beyond_text.ipynb#cell-id=grouped_query_attention
# [`what_groups_save`]: ../exercises/17_beyond_text.ipynb#cell-id=question-what_groups_save

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.10 What came next: rotary positions, norms in front, gates
#
# | 2017 | since | what it is to do |
# |---|---|---|
# | sinusoids added once (chapter 6) | *rotary* (Su et al., 2021) | scores by distance, in every layer |
# | norm behind (chapter 7) | norm in front (Xiong et al., 2020) | deep stacks train without warm-up |
# | mean and scale | *RMS norm*: the scale alone (Zhang and Sennrich, 2019) | less to compute |
# | $\max(0, xW_1)W_2$ (chapter 7) | a *gate*: $(\operatorname{silu}(xW_g) \odot xW_v)W_o$ | less loss |
# | a head of keys for every query (chapter 5) | groups (17.9) | a small cache |
#
# (silu is a smooth ReLU, $z / (1 + e^{-z})$; $\odot$ multiplies number by number.)
#
# Each by itself in one small writer of three layers, otherwise as in the left column (norm behind): it reads
# the toy language from left to right, and the exact entropy says how far from perfect it is. `python -m
# benchmarks.writers`, three seeds; rates chosen for each on sentences that are not reported.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Every line is one change in the block of chapter 7. Many a model of today has all five.
#
# **Ask** ✍️ Which of the five will show at this size: a width of 64, three layers, a language of 83 words?
#
# **Expect** Opinions. Hold them against the intervals: changes that pay at a thousand times the size may be
# nothing here, and that is a result, too.
#
# **Look out for** "Everybody uses it, so it is better." Much of it is stability and speed, which a table of
# losses does not show.


# %%
def gated_network(inputs, gate_kernel, value_kernel, output_kernel):
    """(silu(x W_g) ⊙ x W_v) W_o; two thirds as wide it has as many weights as max(0, x W_1) W_2."""
    gate = ops.silu(ops.matmul(inputs, gate_kernel))
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)


generator = np.random.default_rng(0)
inputs, *kernels = (generator.normal(size=shape) for shape in ((2, 3, 5), (5, 7), (5, 7), (7, 5)))
gate = inputs @ kernels[0]
by_hand = (gate / (1 + np.exp(-gate)) * (inputs @ kernels[1])) @ kernels[2]
assert np.abs(ops.convert_to_numpy(gated_network(inputs, *kernels)) - by_hand).max() < 1e-5

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
writers = stored_result("writers")["runs"]
BASE = "as in chapters 4 to 8"
SHORT, LONG = sorted({run["steps"] for run in writers if run["kind"] == "run"})
(costs,) = (run for run in writers if run["kind"] == "costs")


def of_writer(who, key, steps=LONG):
    """Nats above the floor of a writer, a value for each seed, in their order."""
    found = [run for run in writers if run["kind"] == "run" and (run["who"], run["steps"]) == (who, steps)]
    return [run[key] for run in sorted(found, key=lambda run: run["seed"])]


def beside_base(who, steps):
    """By how much a writer is below the base, seed by seed, and what that decides."""
    if who == BASE:
        return ""
    lead = mean_and_interval(paired(of_writer(BASE, "near", steps), of_writer(who, "near", steps)))
    return f"{lead.mean:+.3f}: {verdict(lead)}"


rows = []
for who in costs["cache_bytes"]:
    cells = [f"{mean(of_writer(who, 'near', SHORT)):.3f}", beside_base(who, SHORT)]
    cells += [f"{mean(of_writer(who, 'near')):.3f}", beside_base(who, LONG)]
    rows.append([who, *cells, f"{mean(of_writer(who, 'far')):.2f}", f"{costs['cache_bytes'][who]:,}"])
titles = [f"{SHORT:,} updates", "lead", f"{LONG:,} updates", "lead"]
titles += ["behind the 48 words of training", "cache, bytes a word"]
table(["nats per word above the floor, mean of three seeds", *titles], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two pairs of columns: early and late. Read the verdicts, not the third decimal.
#
# **Ask** What is ahead early and no longer late? Which of the two would you report?
#
# **Expect** Both, with the number of updates. Who trains for little time sees another ranking than who trains
# for long.
#
# **Look out for** "Rotary positions can be read at any length." Look at the column beyond the trained one.

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
places = [run for run in writers if run["kind"] == "place"]
PEAKS = sorted({run["peak"] for run in places})


def of_place(place, peak):
    """Nats above the floor with norms in a place, without warm-up, a value for each seed."""
    found = [run for run in places if (run["norm_place"], run["peak"]) == (place, peak)]
    return [run["near"] for run in sorted(found, key=lambda run: run["seed"])]


table(
    ["six layers, no warm-up: nats above the floor", *(f"rate {peak:g}" for peak in PEAKS)],
    [
        [name, *(with_interval(of_place(place, peak), ".2f") for peak in PEAKS)]
        for place, name in (("post", "norm behind"), ("pre", "norm in front"))
    ],
)
lead = mean_and_interval(paired(of_place("post", PEAKS[-1]), of_place("pre", PEAKS[-1])))
say(f"At the highest rate the norm in front is {lead.mean:+.2f} nats {verdict(lead)}.")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two tables, and the second is the reason for one line of the first: what a place of the norm is
# worth depends on the rate.
#
# **Ask** At which rate would you compare the two places, to be fair to both?
#
# **Expect** Each at its own best one, and then at all: a recipe that bears any rate is worth something by
# itself.
#
# **Look out for** One rate for both, taken from the paper of one of them.

# %% [markdown]
# *Rotary positions* are ahead from the beginning, and at the end half of what the base leaves above the floor
# is gone. The gate learns faster; at the end nothing else is told apart from the parts of 2017. For the
# groups that is the good news: an eighth of the cache, and after all updates no loss that could be seen
# (after 300 both are behind in the mean, and the intervals too wide to say more). All changes together learn
# nearly as fast as rotary positions alone, and end where the base does.
#
# *Beyond the length of training* every writer is lost, by most of a nat and more. Rotary positions make
# scores depend on distance; that alone does not make unknown distances known.
#
# *A norm in front* is not ahead in the first table. The second one shows what it is for: without warm-up the
# norm behind does not begin to learn at the two higher rates, and the norm in front learns at all three.
#
# **What the papers reported.** Ainslie et al. (2023): T5 XXL with 8 groups nearly as good as with all heads,
# and nearly as fast as with one. Shazeer (2020): gated networks with lower perplexity than ReLU at equal
# weights, and, as he writes, no explanation for it.
#
# **What this does not show.** Anything about the sizes these were made for. Our sentences are short, so that
# a head has little to keep; three layers need no norm in front; a gate has little to close in a vocabulary of
# 83 words.
#
# → *Exercise* [`gated_network`].
#
# [`gated_network`]: ../exercises/17_beyond_text.ipynb#cell-id=gated_network

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 17.11 Summary
#
# * Where a model looks can be measured if the truth is known: share of attention, pointing, overlap; each has
#   a chance level, and overlap a highest value.
# * A patch is a word. Order within a patch and on the grid is a convention that no shape shows and that
#   trained weights depend on; positions of another size are stretched, and the class token is no patch.
# * A soft box can be moved by a gradient. What is sent back to it is a choice: sensitivity draws it to what
#   matters, and by the same rule its width can only grow.
# * Who can afford all pixels needs no second look; two looks came within a few points of that with a quarter
#   of the multiplications, and nobody said where. Whether the mark is found hangs on the seed in most other
#   ways.
# * Grouped queries shrink the cache and the two matrices that fill it, and not the scores; rotary positions,
#   norms in front and gates are what has come of chapters 6 and 7.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Five sentences; to each, the measurement that could have said the opposite.
#
# **Ask** Somebody shows you three pictures with a bright spot on the bird's head: "the model looks at the
# head." What do you ask for?
#
# **Expect** All test pictures, a share with its chance level, and whether the answer changes when the head is
# covered.
#
# **Look out for** The summary learnt by heart. The numbers are those of our birds.

# %% [markdown]
# ### Seven things people believe
#
# | one hears | what we saw |
# |---|---|
# | "Attention maps explain a decision." | They say what was passed on; measure where (17.2). |
# | "A wrong order of patches would be noticed." | It has the right shape, often the same loss (17.3). |
# | "Positions are a detail." | 31 points of 90 for patches of 2 by 2, none seen for 4 by 4 (17.4). |
# | "A larger picture needs a new model." | It needs a stretched table, and then more training (17.4). |
# | "A crop cannot be learned." | A soft one can (17.5, 17.6). |
# | "The gradient finds the right width." | By the rule for the mask it only grows (17.7). |
# | "Grouped queries are cheaper attention." | As many scores; a smaller cache (17.9). |

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Exercises
#
# In [`exercises/17_beyond_text.ipynb`](../exercises/17_beyond_text.ipynb), judged by what they compute:
#
# | exercise | in section |
# |---|---|
# | [`split_patches`], [`patch_attention`] | 17.3 |
# | [`stretch_row`] | 17.4 |
# | [`box_mask`], [`crop_box`] | 17.5 |
# | [`ranking_loss`] | 17.6 |
# | [`grouped_query_attention`] | 17.9 |
# | [`gated_network`] | 17.10 |
#
# To think about, without a judge:
#
# 1. Let the second look's reader share its weights with the first's. What would it have to learn twice?
# 2. Paint over the spot in the test pictures. What do the four ways of looking say then, and how sure are
#    they?
# 3. Give the network three squares at once instead of one after the other. What teaches each of them?
# 4. In 17.4, train without positions, but on patches that overlap. What does a patch know then of its place?
# 5. A cache may also be shrunk by storing fewer bytes a number. How would you measure what that costs?
#
# ## Further reading
#
# * J. Fu, H. Zheng, T. Mei, *Look closer to see better: recurrent attention convolutional neural network for
#   fine-grained image recognition*, CVPR 2017,
#   [doi:10.1109/CVPR.2017.476](https://doi.org/10.1109/CVPR.2017.476).
# * A. Dosovitskiy et al., *An image is worth 16x16 words*, ICLR 2021,
#   [arXiv:2010.11929](https://arxiv.org/abs/2010.11929).
# * K. Xu et al., *Show, attend and tell*, ICML 2015, [arXiv:1502.03044](https://arxiv.org/abs/1502.03044); V.
#   Mnih et al., *Recurrent models of visual attention*, NIPS 2014,
#   [arXiv:1406.6247](https://arxiv.org/abs/1406.6247); M. Jaderberg et al., *Spatial transformer networks*,
#   NIPS 2015, [arXiv:1506.02025](https://arxiv.org/abs/1506.02025).
# * J. Zhang et al., *Top-down neural attention by excitation backprop* (the pointing game), ECCV 2016,
#   [arXiv:1608.00507](https://arxiv.org/abs/1608.00507).
# * N. Shazeer, *Fast Transformer decoding: one write-head is all you need*, 2019,
#   [arXiv:1911.02150](https://arxiv.org/abs/1911.02150); J. Ainslie et al., *GQA*, EMNLP 2023,
#   [arXiv:2305.13245](https://arxiv.org/abs/2305.13245); N. Shazeer, *GLU variants improve Transformer*,
#   2020, [arXiv:2002.05202](https://arxiv.org/abs/2002.05202).
# * J. Su et al., *RoFormer*, 2021, [arXiv:2104.09864](https://arxiv.org/abs/2104.09864); R. Xiong et al., *On
#   layer normalization in the Transformer architecture*, ICML 2020,
#   [arXiv:2002.04745](https://arxiv.org/abs/2002.04745); B. Zhang, R. Sennrich, *Root mean square layer
#   normalization*, NeurIPS 2019, [arXiv:1910.07467](https://arxiv.org/abs/1910.07467); H. Touvron et al.,
#   *Llama 2*, 2023, [arXiv:2307.09288](https://arxiv.org/abs/2307.09288).
#
# With this chapter the course ends. What it has left out is most of the world; what it has shown is how to
# ask.
#
# [`patch_attention`]: ../exercises/17_beyond_text.ipynb#cell-id=patch_attention
# [`split_patches`]: ../exercises/17_beyond_text.ipynb#cell-id=split_patches
# [`stretch_row`]: ../exercises/17_beyond_text.ipynb#cell-id=stretch_row
# [`box_mask`]: ../exercises/17_beyond_text.ipynb#cell-id=box_mask
# [`crop_box`]: ../exercises/17_beyond_text.ipynb#cell-id=crop_box
# [`ranking_loss`]: ../exercises/17_beyond_text.ipynb#cell-id=ranking_loss
# [`grouped_query_attention`]: ../exercises/17_beyond_text.ipynb#cell-id=grouped_query_attention
# [`gated_network`]: ../exercises/17_beyond_text.ipynb#cell-id=gated_network

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Five about pictures, one about training to look, two about what came next. Who has an hour takes
# `split_patches`, `box_mask` and `grouped_query_attention`.
#
# **Ask** Which of these mistakes have the right shape and a falling loss?
#
# **Expect** Nearly all. Let each find one, and say by which test it is seen.
#
# **Look out for** `patch_attention.class_token_is_a_patch`
#
# `gated_network.activation_on_the_other_branch`
