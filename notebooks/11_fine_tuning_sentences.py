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
# # 11 · Fine-tuning: sentences and pairs
#
# **What is a reader worth that has never seen your task?**
#
# Chapter 10 pre-trained readers by having them guess. Nobody wants the guesses. What people want is the class
# of a sentence, or how much two sentences say the same, from a hundred labels rather than a million. In this
# chapter you compare four kinds of readers where the truth is known, load a published checkpoint into the
# layers you have built, and measure what it knows: without any training, with its weights frozen, and
# fine-tuned; each time beside controls that cost nothing, and that papers like to leave out.
#
# **About 90 minutes** to read and run, two hours more with the exercises in
# [`exercises/11_fine_tuning_sentences.ipynb`](../exercises/11_fine_tuning_sentences.ipynb). The cells
# themselves take up to twelve minutes on two CPU cores.
#
# **Prerequisites:** chapters 1 (static vectors), 7 (the block), 10 (BERT and how it is pre-trained).
#
# **You will be able to**
#
# * say what static vectors, ELMo, GPT and BERT hand on to a task, and compare them fairly;
# * load published weights into your own layers, and prove that nothing is missing;
# * pool a sentence into one vector, and judge similarity by a correlation of ranks;
# * fine-tune with a learning rate, a warm-up and a number of epochs you can defend;
# * name the controls without which a number means nothing, and look for leaks.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Nobody wants the guesses that chapter 10's reader was trained on. What does one want, and how many
# labels does one have?
#
# **Expect** The class of a sentence, or how alike two sentences are; usually a hundred labels or a few.
#
# **Look out for** "Pre-training replaces labels." How many it replaces is the question of this chapter.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
from statistics import mean

import keras
import numpy as np
import tensorflow as tf
from IPython.display import display
from keras import ops

from course_lib.chapters import (
    FineTuner,
    chapter_budget,
    claim,
    linear_probe,
    mean_and_interval,
    naive_bayes,
    paired,
    predict,
    say,
    stored_result,
    table,
    verdict,
    with_interval,
)
from course_lib.checkpoints import load_bert, load_bert_settings, read_safetensors
from course_lib.checkpoints.bert_names import bert_tensors
from course_lib.data import corpus_file, load_mrpc, load_multi30k, load_sst2, load_stsb
from course_lib.data.corpora.splits import normalized_words
from course_lib.evaluation import spearman
from course_lib.layers import ScalarMix
from course_lib.layers.pooling import pool
from course_lib.models import Bert, SentenceClassifier, bert_parameter_counts
from course_lib.plots import bars_with_intervals, curves
from course_lib.text import Vocabulary, WordPieceTokenizer, pack
from course_lib.training import WarmupAndDecay, set_seed

# %%
# Batches of several lengths are compiled one after the other; TensorFlow warns of it.
tf.get_logger().setLevel("ERROR")
budget = chapter_budget("11_fine_tuning_sentences")
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.1 Four readers, one question
#
# All four are trained on text without labels, and all hand on one vector a token:
#
# | reader | is asked for | a token's vector depends on |
# |---|---|---|
# | static vectors (word2vec, 2013) | its neighbours | the token |
# | ELMo (2018) | next word from the left, next word from the right | both sides, read apart |
# | GPT (2018) | the next word | the left side |
# | BERT (2019) | hidden words | both sides, read together |
#
# Papers compare them at other sizes, with other text and other amounts of computing. We do not, and ask about
# something where the truth is known. The toy language has sentences such as
#
# > the old cat chased two dogs
#
# and their mirrors, *two dogs chased the old cat*. The question: **is the one who acts one or many?** Each
# sentence is there with its mirror, so whoever sees only *which* words there are is right exactly half the
# time; whoever knows who acts, always.
#
# ✍️ Write down before you go on: which readers are above one half with their weights **frozen**, when the
# sentence is the mean of its tokens' vectors and the judge is a logistic regression? And for which does
# pre-training matter when all weights are trained on 20, 100, or 1,000 labels?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Each sentence is there with its mirror: *the old cat chased two dogs*, *two dogs chased the old
# cat*. Whoever sees only which words there are is right half the time, exactly.
#
# **Expect** Static vectors cannot be above one half, whatever the training. The tables of the next slides
# tell about the others.
#
# **Look out for** Comparing the readers as their papers did, at other sizes and on other text: here all read
# the same.

# %% [markdown]
# `python -m benchmarks.readers` trains each with about the same number of parameters, on the same toy
# sentences, for as many updates of as many rows; the static vectors have no layers, and so fewer. It takes a
# while, so the chapter reads what it has stored. *Not pre-trained* is the same model with its first random
# weights. The labels in the table are not all that were used: 400 more labelled sentences choose the penalty
# of each frozen judge, and the moment at which a model with all weights trained is stopped.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
SHOWN = {"static": "static vectors", "elmo": "ELMo", "gpt": "GPT", "bert": "BERT"}
SHOWN["bert_longer"] = "BERT, five times as long"
readers = stored_result("readers")
runs = [
    {**run, "reader": SHOWN.get(run["reader"], run["reader"])}
    for run in readers["runs"]
    if run["material"] == "toy"
]
names = [name for name in SHOWN.values() if name in {run["reader"] for run in runs}]
seeds_done = min(sum(run["reader"] == name for run in runs) for name in names[:4])


def accuracies(reader, start, way, labels):
    """One accuracy (percent) for each seed."""
    chosen = [run for run in runs if run["reader"] == reader]
    return [100 * run["accuracy"][start][way][str(labels)] for run in chosen]


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
bag = [100 * share for run in runs if run["reader"] == "bag" for share in run["accuracy"].values()]
rows = [["bag of words", "", *[f"{max(bag):.0f}"] * 3]]
for way in ("frozen", "tuned"):
    for start in ("not pre-trained", "pre-trained"):
        for reader in names:
            means = [f"{mean(accuracies(reader, start, way, labels)):.0f}" for labels in (20, 100, 1000)]
            rows.append([reader, f"{way}, {start}", *means])
table(["reader", "", "20 labels", "100 labels", "1,000 labels"], rows)
facts = {run["reader"]: run for run in runs if "parameters" in run}
facts = [f"{name} {run['parameters']:,} ({run['tokens_read']:,} tokens read)" for name, run in facts.items()]
say(
    f"Accuracy on test sentences, percent; {seeds_done} seeds or more of each reader. Parameters: "
    f"{', '.join(facts)}. {readers['updates']['toy']} updates of "
    f"{readers['rows_in_an_update']['toy']} sentences, five times as many for the last one."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Percent of test sentences, for twenty, a hundred and a thousand labels.
#
# **Ask** Compare each reader with itself, pre-trained and not. Where does pre-training save labels, and where
# is it no longer missed?
#
# **Expect** With twenty labels fresh readers are at about one half, whatever is trained; pre-trained ELMo and
# GPT are far above it, and BERT is only when it was trained longer. With a hundred and all weights trained a
# fresh ELMo has learned it, with a thousand every reader of context. And frozen, a random ELMo learns it with
# a thousand as well: layers that mix words are worth something untrained.
#
# **Look out for** Comparing the best seed of one with the mean of another.

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
labels = (20, 100, 1000)
series = {}
for reader in names:
    means = [mean(accuracies(reader, "pre-trained", "tuned", number)) for number in labels]
    series[reader] = (labels, means)
fresh = [mean(accuracies("BERT", "not pre-trained", "tuned", number)) for number in labels]
series["BERT, not pre-trained"] = (labels, fresh)
display(
    curves(series, "labels", "accuracy, %", "All weights trained", log_x=True, reference={"bag of words": 50})
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Why is BERT not the first here, though it sees both sides?
#
# **Expect** It is asked for one word in five only, and so takes more updates to get as far: see the curve of
# the one that trained longer.
#
# **Look out for** "GPT beats BERT." With these updates, on this question.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
frozen = {reader: accuracies(reader, "pre-trained", "frozen", 100) for reader in names}
random = {reader: accuracies(reader, "not pre-trained", "frozen", 100) for reader in names}
rows = [
    [reader, *[with_interval(values[reader], highest=100.0) for values in (frozen, random)]]
    for reader in names
]
table(["frozen, 100 labels", "pre-trained", "random weights"], rows)
claim(set(bag) == {50.0}, "a bag of words is right half the time, exactly")
claim(
    max(map(max, (frozen["static vectors"], random["static vectors"]))) < 60,
    "so is the mean of static vectors",
)
claim(mean(frozen["ELMo"]) > 85, "ELMo knows who acts")
claim(
    all(mean(frozen[reader]) > mean(random[reader]) + 5 for reader in ("ELMo", "GPT", "BERT")),
    "each reader of context knows something of it from its pre-training",
)
claim(mean(frozen["BERT"]) < mean(frozen["ELMo"]) - 10, "after as many updates BERT is behind")
longer, short = (accuracies(name, "pre-trained", "tuned", 20) for name in (SHOWN["bert_longer"], "BERT"))
claim(mean(longer) > mean(short) + 10, "after five times as many it has caught up")

# %% [markdown]
# A mean of static vectors *is* a bag of words, whatever the vectors: no training can help it. ELMo knows who
# acts although nobody asked for it, and so does GPT, with some seeds nearly always: one cannot guess the
# words of this language well without knowing. With a thousand labels and all weights trained, a model that
# was never pre-trained has learned the question, too: what pre-training saves is labels.
#
# **And BERT is behind**, the one with both sides: frozen, behind ELMo with 20, 100 and 1,000 labels; behind
# GPT in the table's means only, which three seeds do not tell apart. It was asked for a fifth of the words,
# where ELMo and GPT answer for every one: after as many updates it has had a fifth of the lessons. (It need
# not show: Devlin et al., appendix C.1, see the masked model converge slightly slower, and yet ahead of left
# to right "almost immediately".) Chapter 14 is about getting an answer out of every token. The BERT that was
# trained five times as long has had about as many lessons as the others. With all weights trained and the
# fewest labels it stands first in the table, not told apart from ELMo (+8 ± 32 points) or GPT (+23 ± 53);
# frozen, with 100 labels, it is still behind ELMo (by 7 ± 6).
#
# **What this does not show.** That ELMo and GPT are better readers. The question is easy, the language small,
# and its sentences are over before the two sides need each other. What real text teaches readers of this size
# was not measured. And the number of *updates* is equal here, not the time that they take.

# %% [markdown]
# ❓ **Question** [`seeing_both_sides`] to this section.
#
# [`seeing_both_sides`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=question-seeing_both_sides

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.2 From layers and tokens to one vector
#
# A reader has several layers, and a sentence several tokens. Two choices have to be made before there is one
# vector to classify.
#
# **Which layer?** ELMo does not choose. Whoever uses it learns a mix of $h_j$, the vectors of layer $j$, $(B,
# T, D)$. Learned are a number $w_j$ for each layer and one factor $\gamma$ for all:
#
# $$ \text{mix} = \gamma \sum_j s_j\, h_j, \qquad s = \mathrm{softmax}(w) $$
#
# BERT and GPT take the top one, and *fine-tune*: they train all weights, so that the top layer becomes what
# the task needs.
#
# **Which token?** BERT's first, `[CLS]`, through a dense layer with $\tanh$; GPT's last, which has read all
# others; or the mean over all real tokens, with $m$ the padding mask:
#
# $$ \text{mean}_b = \frac{\sum_t m_{bt} h_{bt}}{\sum_t m_{bt}} $$

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two choices: which layer, and which token. A fresh mix is the plain mean of the layers; what is
# learned are shares that sum to one.
#
# **Ask** A batch of two sentences, the second half padding. What does the mean over all positions do to it?
#
# **Expect** It draws its vector towards that of padding, and by how much depends on its neighbour. Sum over
# real tokens, divide by their number.
#
# **Look out for** `masked_mean_pooling.padding_summed`
#
# `masked_mean_pooling.divided_by_the_batch`
#
# `scalar_mix.softmax_missing`

# %%
set_seed(0)
hidden = [keras.random.normal((2, 5, 3)) for _ in range(4)]  # four layers, each (B, T, D)
mix = ScalarMix(num_layers=4)
plain_mean = sum(hidden) / 4
difference = float(ops.max(ops.abs(mix(hidden) - plain_mean)))
mask = ops.convert_to_tensor([[True] * 5, [True, True, False, False, False]])
outputs = {"sequence_output": hidden[-1]}
by_hand = ops.mean(hidden[-1][1, :2], axis=0)
pooled = pool(outputs, mask, "mean")
gap = float(ops.max(ops.abs(pooled[1] - by_hand)))
with_padding = float(ops.max(ops.abs(ops.mean(hidden[-1], axis=1)[1] - by_hand)))
say(
    f"A fresh mix is the mean of the layers (difference {difference:.0e}). The mean over real tokens of the "
    f"second sentence differs from that by hand by {gap:.0e}; with padding counted in, by {with_padding:.1f}."
)
assert max(difference, gap) < 1e-6 < with_padding

# %% [markdown]
# → *Exercises* [`scalar_mix`], [`masked_mean_pooling`], [`sentence_logits`].
#
# [`scalar_mix`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=scalar_mix
# [`masked_mean_pooling`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=masked_mean_pooling
# [`sentence_logits`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=sentence_logits

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.3 A published checkpoint in our layers
#
# `all-MiniLM-L6-v2` is a BERT of 6 layers and width 384 that anybody may use. A checkpoint is a file of
# named arrays and a small file of settings; both are downloaded once, with pinned checksums. If our layers
# are BERT's, its weights must fit into them: every array in its place, none missing, none left over.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A checkpoint is names and arrays. Say what is missing and what is left over; then compare outputs.
#
# **Ask** A square kernel is forgotten when kernels are turned. What will tell you?
#
# **Expect** No shape and no error: it fits. Only outputs tell, or a published number that does not come out.
#
# **Look out for** `checkpoint_names.turned_by_axes_alone`
#
# `checkpoint_names.gamma_and_beta_swapped`

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
NAME = "all_minilm_l6_v2"
files = [corpus_file(NAME, file) for file in ("config.json", "model.safetensors")]
bert = load_bert(*files)
settings = load_bert_settings(files[0])
arrays = read_safetensors(files[1])
fits = [(variable, name, way) for variable, name, way in bert_tensors(bert)]
shown = [fits[0], fits[2], fits[-16], fits[-15], fits[-6]]
rows = [[name, arrays[name].shape, tuple(v.shape), way] for v, name, way in shown]
table(["name in the file", "shape there", "shape of our weight", "taken"], rows)
counts = bert_parameter_counts(settings)
say(
    f"{len(arrays)} arrays in the file, {len(fits)} weights of ours; **{bert.count_params():,}** parameters: "
    + ", ".join(f"{part} {count:,}" for part, count in counts.items())
    + "."
)
unused = set(arrays) - {name for _, name, _ in fits}
say(f"In the file and without a weight of ours: {sorted(unused)}, which are numbers 0, 1, 2 …, not weights.")
assert {name for _, name, _ in fits} <= set(arrays) and sum(counts.values()) == bert.count_params()

# %% [markdown]
# *Turned*: PyTorch keeps a kernel as (outputs, inputs), Keras as (inputs, outputs); what belongs to heads is
# then divided into heads, and the order of the numbers stays. Forget it for the square ones, and everything
# loads without an error and reads nonsense. That is why the parity test compares *outputs*: on a hundred real
# sentences, with padding, ours and Hugging Face's differ by less than $10^{-5}$
# (`tests/peers/test_published_checkpoint.py`, where tokens and offsets are compared, too).
#
# → *Exercise* [`checkpoint_names`].
#
# ### What it is, and what it is not
#
# It is **not plain BERT**. Its weights began as those of MiniLM, a small model distilled from a larger BERT
# (chapter 15), and were then trained on a billion *pairs of sentences* to make vectors of pairs alike. There
# is no head for masked words any more. Among its pairs, says its card, are captions of Flickr30k and the
# inference pairs of SNLI, which were written under the same captions. So before we call anything "without
# training", we look for leaks, as far as the texts are at hand. A sentence counts as the same without case
# and punctuation.
#
# [`checkpoint_names`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=checkpoint_names


# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
def sentences(rows, columns=2):
    return {normalized_words(text) for row in rows for text in row[:columns]}


similarity = {split: load_stsb(split) for split in ("train", "validation", "test")}
paraphrases = {split: load_mrpc(split) for split in ("train", "validation", "test")}
films = {split: load_sst2(split) for split in ("train", "validation", "test")}
captions = sentences([pair for split in ("train", "validation", "test") for pair in load_multi30k(split)])
looked_for = {
    "STS-B test": sentences(similarity["test"]),
    "MRPC test": sentences(paraphrases["test"]),
    "SST-2 test": sentences(films["test"], 1),
}
seen = {
    "STS-B train": sentences(similarity["train"]),
    "MRPC train": sentences(paraphrases["train"]),
    "SST-2 train": sentences(films["train"], 1),
    "captions of Flickr30k": captions,
}
rows = [
    [test, f"{len(texts):,}", *[len(texts & others) for others in seen.values()]]
    for test, texts in looked_for.items()
]
table(["of the sentences of", "different ones", *[f"in {name}" for name in seen]], rows)
claim(len(looked_for["STS-B test"] & seen["MRPC train"]) > 100, "STS-B's test and MRPC share sentences")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Before any number is reported: who has read what? The table counts sentences that stand in two data
# sets.
#
# **Ask** What does "without training" mean for a published checkpoint?
#
# **Expect** Without training by us. What it has read is as good as unknown, and some of it lies near the
# test.
#
# **Look out for** Comparing a model that has seen the test's sentences with one that has not.

# %% [markdown]
# The data sets share sentences *with each other*: whoever fine-tunes on MRPC and tests on STS-B has seen a
# tenth of the test sentences, and MRPC's own test repeats single sentences of its training pairs. Captions
# of STS-B's test are among the texts this checkpoint's pairs were written about. That does not make its
# results worthless. It makes "without training" mean: *without training here*.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.4 How alike are two sentences? Without training
#
# STS-B has pairs of sentences that people gave marks from 0 to 5. We give each pair the cosine of its two
# vectors and compare by **ranks** (Spearman), as a cosine has no scale in common with a mark.
#
# ✍️ Four ways to make the vector: the mean over real tokens; the mean over all positions, padding included;
# `[CLS]`; the mean of the *embeddings*, before any layer, which is a bag of word pieces. Order them.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A cosine and a mark from 0 to 5 have no scale in common, so ranks are compared.
#
# **Ask** ✍️ Four ways to make the vector, in order. Is one of them no better than counting words in common?
#
# **Expect** The mean over real tokens is best; what the others get stands in the table of the next slide,
# beside a control without any model.
#
# **Look out for** `rank_correlation.ties_broken`
#
# `rank_correlation.ranks_missing`

# %%
vocabulary = Vocabulary.load(corpus_file(NAME, "vocab.txt"))
tokenizer = WordPieceTokenizer(vocabulary)


def packed(first, second=None, max_length=64):
    """Texts, or pairs of them, as what a `Bert` takes."""
    seconds = None if second is None else tokenizer.encode_batch(second)
    return pack(vocabulary, tokenizer.encode_batch(first), seconds, max_length=max_length).inputs


@tf.function(reduce_retracing=True)
def all_poolings(inputs):
    """(B, layers + 4, D): the mean of every layer, then [CLS], the pooler, and the mean of all positions."""
    outputs = bert(inputs, return_details=True)
    mask = inputs["padding_mask"]
    means = [pool({"sequence_output": layer}, mask, "mean") for layer in outputs["layer_outputs"]]
    top = outputs["sequence_output"]
    return ops.stack([*means, top[:, 0], outputs["pooled_output"], ops.mean(top, axis=1)], axis=1)


def cosines(first, second):
    lengths = np.linalg.norm(first, axis=-1) * np.linalg.norm(second, axis=-1)
    return np.sum(first * second, axis=-1) / np.maximum(lengths, 1e-9)


# %%
judged = similarity["test"][: budget.num_pairs]
gold = [pair.label for pair in judged]
inputs = packed([pair.first for pair in judged] + [pair.second for pair in judged])
vectors = predict(all_poolings, inputs)
by_pooling = 100 * np.array([spearman(cosines(*np.split(v, 2)), gold) for v in vectors.swapaxes(0, 1)])
*by_layer, by_cls, by_pooler, _ = by_pooling.tolist()
# In batches as they come, all as wide as the longest sentence; sorted by length there is little padding.
some = np.arange(0, len(judged), 4)
wide = [
    all_poolings({name: array[rows] for name, array in inputs.items()})
    for rows in np.array_split(np.concatenate([some, some + len(judged)]), max(1, len(some) // 32))
]
wide = np.concatenate([ops.convert_to_numpy(part) for part in wide])


def of_some(place):
    return 100 * spearman(cosines(*np.split(wide[:, place], 2)), np.array(gold)[some])


by_mask, by_padding = of_some(len(by_layer) - 1), of_some(-1)

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}


def overlap(pair):
    """The share of words that both sentences have."""
    first, second = (set(normalized_words(text).split()) for text in pair[:2])
    return len(first & second) / max(1, len(first | second))


by_words = 100 * spearman([overlap(pair) for pair in judged], gold)
rows = [
    ["words in common (no model)", f"{by_words:.1f}"],
    ["mean of the embeddings, before any layer", f"{by_layer[0]:.1f}"],
    ["**mean over real tokens, top layer**", f"**{by_layer[-1]:.2f}**"],
    ["mean over all positions, padding counted (every fourth pair)", f"{by_padding:.1f}"],
    ["the same pairs, mean over real tokens", f"{by_mask:.1f}"],
    ["`[CLS]`", f"{by_cls:.1f}"],
    ["`[CLS]` through the pooler", f"{by_pooler:.1f}"],
]
table([f"Spearman × 100, {len(judged):,} pairs of STS-B's test", ""], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Hold every line against the first one, which needs no model.
#
# **Ask** Which lines are no better than words in common? And what did padding cost, and who would have
# noticed?
#
# **Expect** The embeddings, and what `[CLS]` has stands beside them; the curve in the notebook goes up layer
# by layer. Padding costs points and raises nothing: nobody notices who has no second number.
#
# **Look out for** "So BERT knows similarity." This checkpoint was trained on pairs; plain BERT's vectors are
# far behind.

# %%
layers = list(range(len(by_layer)))
display(curves({"mean of real tokens": (layers, by_layer)}, "layer (0: embeddings)", "Spearman × 100",
               "STS-B test, nothing trained here", reference={"words in common": by_words}))  # fmt: skip
if budget.num_pairs >= len(similarity["test"]):
    say(f"Published for this checkpoint: 82.03. Here: **{by_layer[-1]:.2f}**.")
    claim(abs(by_layer[-1] - 82.03) < 0.1, "our layers give the published correlation")
claim(by_layer[-1] == max(by_layer) and by_layer[-1] > by_words + 5, "the top layer's mean is best")
claim(by_padding < by_mask - 1, "padding counted in the mean costs more than a point")
claim(by_layer[-1] > max(by_cls, by_pooler), "the mean is ahead of [CLS], which was not trained for this")

# %% [markdown]
# The published figure comes out of our layers to the second decimal: a test of loader, tokens and pooling
# together, without a second library. The control that needs no model, words in common, is about as good as
# the embeddings and the lower layers: judged by this mean and cosine, they show no more than which words
# there are. Padding counted in the mean costs points, and no error says so.
#
# **What this does not show.** That "BERT knows similarity". Reimers and Gurevych (2019, table 1) report, over
# seven such tests, 29.2 for plain BERT's `[CLS]`, 54.8 for the mean of its vectors, and 61.3 for the mean of
# *static* ones (GloVe). What we see is what training on pairs has added.
#
# → *Exercise* [`rank_correlation`].
#
# ### A pair with a yes or no
#
# MRPC asks whether two sentences of the news say the same. Two of three pairs do, so that whoever always says
# yes has an **F1** that looks like a result. (F1 is the harmonic mean of *precision*, how much of what was
# called yes is one, and *recall*, how much of what is one was called yes.) No training again: a threshold on
# the cosine, chosen on the validation pairs.
#
# [`rank_correlation`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=rank_correlation


# %%
def pair_cosines(pairs):
    inputs = packed([pair.first for pair in pairs] + [pair.second for pair in pairs])
    return cosines(*np.split(predict(all_poolings, inputs)[:, len(by_layer) - 1], 2))


def f1(said, gold):
    right = np.sum(said & (gold == 1))
    return 100 * 2 * right / max(1, np.sum(said) + np.sum(gold == 1))


scores, answers = {}, {}
for split in ("validation", "test"):
    pairs = paraphrases[split][: budget.num_paraphrases]
    scores[split] = {"cosine": pair_cosines(pairs), "words in common": np.array(list(map(overlap, pairs)))}
    answers[split] = np.array([pair.label for pair in pairs])

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
truth = answers["test"]
rows = [["always yes", f"{100 * np.mean(truth):.1f}", f"{f1(truth >= 0, truth):.1f}"]]
right = {}
for kind in ("words in common", "cosine"):
    known, asked = scores["validation"][kind], scores["test"][kind]
    cut = max(np.unique(known), key=lambda cut: np.mean((known >= cut) == answers["validation"]))
    right[kind] = (asked >= cut) == truth
    rows.append([kind, f"{100 * np.mean(right[kind]):.1f}", f"{f1(asked >= cut, truth):.1f}"])
table([f"MRPC, {len(truth)} test pairs, nothing trained", "accuracy", "F1"], rows)
ahead = right["cosine"].astype(float) - right["words in common"]
drawn = np.random.default_rng(0).integers(0, len(ahead), (1_000, len(ahead)))
low, high = np.quantile(100 * ahead[drawn].mean(axis=1), [0.05, 0.95])
say(
    f"Cosine minus words in common, over the test pairs: {low:+.1f} to {high:+.1f} points of accuracy (90 %)."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Ask** Always saying yes has an F1 that looks like a result. Which two numbers must stand beside it?
#
# **Expect** Accuracy, and the majority for both. And a control that costs nothing: words in common.
#
# **Look out for** "The network understands the pairs." On a data set that was collected by shared words,
# counting them is a serious opponent.

# %% [markdown]
# Always saying yes has an F1 that looks like a result: give accuracy beside it, and the majority beside both.
# And look at the second line: counting words in common is not behind the cosine of a network. MRPC's pairs
# were collected by how many words they share; a control that costs nothing can tell what a data set is about.

# %% [markdown]
# ❓ **Question** [`cosine_on_news`] to this section.
#
# [`cosine_on_news`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=question-cosine_on_news

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.5 Few labels, many labels, and the controls
#
# SST-2: is a sentence of a film review praise or blame? The labels cost money, so the question is how many
# it takes. The contestants:
#
# * **majority**, and a **bag of words** (naive Bayes: which words are there), which see no order;
# * **frozen**: the mean of the checkpoint's top layer, and a logistic regression on it. Its penalty is chosen
#   on 300 labelled validation sentences, which the table does not count and the other contestants do not use;
# * **fine-tuned**: all weights trained, mean pooling, one dense layer on top;
# * the **same architecture with random weights**, both ways: what does it take without pre-training?
#
# ✍️ Write down: with a hundred labels, who is second? And with all weights trained on a thousand, is the one
# with random weights above the bag?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The contestants on one slide. The last one is the control that most papers leave out: the same
# architecture without pre-training.
#
# **Expect** In the means the frozen reader is second to the fine-tuned one, but three seeds do not tell these
# two apart; both are far ahead of the bag with few labels. With a thousand, random weights stay behind the
# bag. The table follows.
#
# **Look out for** Counting a bag of words as a straw man: with all labels it is a line that must be reached.

# %%
test = films["test"][: budget.num_test_sentences]
validation = films["validation"][: budget.num_validation_sentences]
pool_of_labels = np.random.default_rng(0).permutation(len(films["train"]))[: budget.num_pool]


def labelled(number, seed):
    """`number` training sentences of the pool, drawn by a seed: their places in the pool."""
    return np.random.default_rng(1 + seed).permutation(len(pool_of_labels))[:number]


def inputs_and_classes(rows):
    return packed([row.text for row in rows]), np.array([row.label for row in rows], "int32")


train_rows = [films["train"][place] for place in pool_of_labels]
train_inputs, train_classes = inputs_and_classes(train_rows)
validation_inputs, validation_classes = inputs_and_classes(validation)
test_inputs, test_classes = inputs_and_classes(test)


def accuracy(said):
    return 100 * float(np.mean(np.asarray(said) == test_classes))


majority = 100 * max(np.mean(test_classes), 1 - np.mean(test_classes))
found = {"bag of words": {}, "frozen": {}, "frozen, random weights": {}}
for number in budget.label_counts:
    for seed in budget.seeds:
        rows = [train_rows[place] for place in labelled(number, seed)]
        classify = naive_bayes([row.text for row in rows], [row.label for row in rows])
        found["bag of words"].setdefault(number, []).append(accuracy([classify(row.text) for row in test]))
everything = naive_bayes([row.text for row in films["train"]], [row.label for row in films["train"]])
bag_of_all = accuracy([everything(row.text) for row in test])
say(f"Majority {majority:.1f}. Bag of words with all {len(films['train']):,} labels: **{bag_of_all:.1f}**.")

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
set_seed(0)
random_bert = Bert(**settings)
random_bert.build({"token_ids": (None, None), "segment_ids": (None, None), "padding_mask": (None, None)})
backbones = {"frozen": bert, "frozen, random weights": random_bert}
for name, backbone in backbones.items():

    @tf.function(reduce_retracing=True)
    def top_mean(inputs, backbone=backbone):
        return pool(backbone(inputs), inputs["padding_mask"], "mean")

    features = predict(top_mean, train_inputs)
    held_out, asked = predict(top_mean, validation_inputs), predict(top_mean, test_inputs)
    for number in budget.label_counts:
        for seed in budget.seeds:
            rows = labelled(number, seed)
            train = features[rows], train_classes[rows]
            said = linear_probe(train, (held_out, validation_classes), asked)
            found[name].setdefault(number, []).append(accuracy(said))

# %% [markdown]
# Fine-tuning is the same update as ever, with every weight in it. Three things are chosen: the learning rate
# (small: the weights are good already), a warm-up and a straight fall to zero, and few epochs. `FineTuner`
# compiles the update once for all runs. At update $u$ of $N$, the first $U$ of them the warm-up:
#
# $$ \text{rate}(u) = \text{peak} \cdot \max\left(0,\; \min\left(\frac{u}{U},\;
# \frac{N - u}{N - U}\right)\right) $$

# %%
set_seed(0)
published_weights, random_weights = bert.get_weights(), random_bert.get_weights()
model = SentenceClassifier(bert, num_outputs=2, pooling="mean")
model({name: array[:1] for name, array in test_inputs.items()})
tuner = FineTuner(model)


def tuned(weights, number, seed, peak=budget.learning_rate, warmup_share=0.1):
    """Classes said of the test sentences after fine-tuning on `number` labels."""
    set_seed(seed)
    bert.set_weights(weights)
    kernel = model.classifier.kernel
    kernel.assign(keras.random.truncated_normal(kernel.shape, stddev=0.02))
    model.classifier.bias.assign(ops.zeros_like(model.classifier.bias))
    rows = labelled(number, seed)
    inputs = {name: array[rows] for name, array in train_inputs.items()}
    schedule = {"peak": peak, "num_epochs": budget.epochs[number], "warmup_share": warmup_share}
    tuner.fit(inputs, train_classes[rows], seed=seed, **schedule)
    return np.argmax(tuner.predict(test_inputs), axis=-1)


steps = np.arange(120)
rates = [float(WarmupAndDecay(1e-4, 12, 120)(step)) for step in steps]
display(curves({"rate": (steps + 1, rates)}, "update", "learning rate", "Warm-up in a tenth of the updates"))

# %%
tuned_classes = {}  # number of labels → classes said, one row a seed
after_tuning = {}
starts = {"fine-tuned": published_weights, "fine-tuned from random weights": random_weights}
for name, weights in starts.items():
    counts = budget.label_counts if name == "fine-tuned" else budget.label_counts[-1:]
    for number in counts:
        said = [tuned(weights, number, seed) for seed in budget.seeds]
        found.setdefault(name, {})[number] = list(map(accuracy, said))
        if name == "fine-tuned":
            tuned_classes[number] = said
            after_tuning[number] = bert.get_weights()  # of the last seed

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
columns = [f"{number:,} labels" for number in budget.label_counts]
rows = [
    [name, *[with_interval(by_number[n]) if n in by_number else "" for n in budget.label_counts]]
    for name, by_number in found.items()
]
table([f"SST-2, {len(test):,} test sentences, accuracy", *columns], rows)
series = {}
for name, by_number in found.items():
    numbers = list(by_number)
    series[name] = (numbers, *zip(*[mean_and_interval(by_number[n]) for n in numbers], strict=True))
levels = {"majority": majority, "bag of words, all labels": bag_of_all}
display(curves(series, "labels", "accuracy, %", log_x=True, reference=levels))

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three things are chosen: a small rate, because the weights are good already; a warm-up and a
# straight fall; few epochs.
#
# **Ask** By which factor are labels multiplied, if one exchanges the bag for the fine-tuned reader at the
# same accuracy?
#
# **Expect** By the means: a hundred labels of the fine-tuned reader are worth more than a thousand of the
# bag, so a factor above ten; a thousand come near what the bag has with all 67,349. With a hundred the
# interval is wide, and the factor no better known.
#
# **Look out for** `warmup_and_decay.negative_at_the_end`
#
# "The architecture does it." The random weights say otherwise.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
few, many = budget.label_counts[0], budget.label_counts[-1]
against = {
    f"frozen against the bag of words, {few} labels": paired(
        found["frozen"][few], found["bag of words"][few]
    ),
    f"fine-tuned against frozen, {few} labels": paired(found["fine-tuned"][few], found["frozen"][few]),
    f"fine-tuned against frozen, {many:,} labels": paired(found["fine-tuned"][many], found["frozen"][many]),
    f"pre-trained against random, fine-tuned, {many:,}": paired(
        found["fine-tuned"][many], found["fine-tuned from random weights"][many]
    ),
    f"random weights, fine-tuned, against the bag, {many:,}": paired(
        found["fine-tuned from random weights"][many], found["bag of words"][many]
    ),
}
rows = [
    [what, with_interval(gaps, "+.1f"), verdict(mean_and_interval(gaps))] for what, gaps in against.items()
]
table(["difference over seeds, points", "95 % interval", "is"], rows)
claim(
    mean(found["frozen"][few]) > mean(found["bag of words"][few]) + 5, "frozen beats the bag with few labels"
)
claim(
    mean(found["fine-tuned"][many]) > mean(found["fine-tuned from random weights"][many]) + 5,
    "pre-training is worth more than five points",
)

# %% [markdown]
# The bag of words with **all** labels is the line to keep in mind: labels are worth a lot to a model that
# knows nothing else; the table says how near a reader fine-tuned on a thousand comes to what the bag gets
# from sixty-seven thousand. Without pre-training the same 22 million parameters stay far behind the bag with
# the same labels, in 124 updates and at the rate that suits good weights: a control by their recipe, not at
# its own best. With rates chosen for it, the smaller fresh reader of 11.7 is told apart from a bag of words
# at no number of labels.
#
# **Two kinds of interval.** The ones above are over seeds (which labels were drawn, in which order). How
# sure the test set makes us is another question, answered by drawing test sentences, for both systems
# *together*:

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
generator = np.random.default_rng(0)
draws = generator.integers(0, len(test), (1_000, len(test)))
first = tuned_classes[many][0] == test_classes
rows = [train_rows[place] for place in labelled(many, budget.seeds[0])]
classify = naive_bayes([row.text for row in rows], [row.label for row in rows])
second = np.array([classify(row.text) for row in test]) == test_classes
together = np.quantile(100 * (first.astype(float) - second)[draws].mean(axis=1), [0.05, 0.95])
other_draws = generator.integers(0, len(test), draws.shape)
apart = np.quantile(100 * (first[draws].mean(axis=1) - second[other_draws].mean(axis=1)), [0.05, 0.95])
rows = [
    [name, f"{ends[0]:+.1f} to {ends[1]:+.1f}", f"{ends[1] - ends[0]:.1f}"]
    for name, ends in (("drawn together", together), ("drawn apart", apart))
]
table(["fine-tuned minus bag of words, one seed each", "middle 90 %", "width"], rows)
claim(together[1] - together[0] < apart[1] - apart[0], "drawn together the interval is narrower")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two systems are measured on the same sentences, so draw sentences, and take the difference in each
# draw.
#
# **Ask** Why not compare the two intervals?
#
# **Expect** What is hard is hard for both: in the difference it cancels, in two separate intervals it does
# not.
#
# **Look out for** `paired_interval.drawn_apart`
#
# `paired_interval.ends_subtracted`

# %% [markdown]
# → *Exercises* [`warmup_and_decay`], [`paired_interval`].
#
# [`warmup_and_decay`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=warmup_and_decay
# [`paired_interval`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=paired_interval

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.6 The recipe, and how it fails
#
# Devlin et al. write that fine-tuning was sometimes *unstable* on small data sets, and that they restarted it
# and kept the best run. Nobody sees such a failure in the loss of the first minutes; what one sees in the end
# is a model that says one class of everything: it is **stuck at the majority**. We look at three rates, and
# at the one in the middle without warm-up, on the same few labels.
#
# ✍️ Which rates fail, and how can you tell one failure from the other? Is the warm-up missed?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three rates, and the middle one without warm-up, on the same few labels.
#
# **Ask** ✍️ Which rates fail, and how would you tell one failure from the other? Is the warm-up missed?
#
# **Expect** One end fails because it destroys, the other because nothing is learned in so few updates.
# Collect signs by which one could tell them apart, and hold them against the table that follows.
#
# **Look out for** Restarting until it works, and reporting the best run.

# %%
low, middle, high = budget.learning_rate / 10, budget.learning_rate, budget.learning_rate * 20
recipes = {
    f"{low:g}": {"peak": low},
    f"{middle:g}": {"peak": middle},
    f"{high:g}": {"peak": high},
    f"{middle:g}, no warm-up": {"peak": middle, "warmup_share": 0.0},
}
by_recipe, one_class = {}, {}
for name, recipe in recipes.items():
    if name == f"{middle:g}":
        said = tuned_classes[few]
    else:
        said = [tuned(published_weights, few, seed, **recipe) for seed in budget.seeds]
    by_recipe[name] = list(map(accuracy, said))
    one_class[name] = [max(np.mean(classes), 1 - np.mean(classes)) for classes in said]

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
rows = [
    [
        name,
        " ".join(f"{value:.1f}" for value in values),
        " ".join(f"{share:.0%}" for share in one_class[name]),
    ]
    for name, values in by_recipe.items()
]
table([f"learning rate, {few} labels", "accuracy, each seed", "said of the commoner class"], rows)
spread = {name: (max(v) - min(v)) for name, v in by_recipe.items()}
display(bars_with_intervals({n: mean_and_interval(v, 0, 100) for n, v in by_recipe.items()}, "accuracy, %"))
claim(mean(by_recipe[f"{middle:g}"]) > mean(by_recipe[f"{high:g}"]), "twenty times the rate is worse")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the seeds one by one, then the last column beside them.
#
# **Ask** Which run was destroyed, and which never began? Can you tell by the last column alone?
#
# **Expect** Only in part: at the high rate two of three runs say one class alone, and the third looks like
# one at the low rate. The loss of the training sentences might tell. With and without warm-up are not told
# apart.
#
# **Look out for** The mean of a bar whose seeds are a success and two failures: no run had it.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
stuck = {name: sum(share > 0.95 for share in shares) for name, shares in one_class.items()}
widest = max(spread, key=spread.get)
say(
    "Runs that say one class of more than 95 % of the sentences: "
    + ", ".join(f"{number} of {len(budget.seeds)} at {name}" for name, number in stuck.items())
    + f". The seeds lie furthest apart at {widest}: {spread[widest]:.1f} points."
)
gap = paired(by_recipe[f"{middle:g}"], by_recipe[f"{middle:g}, no warm-up"])
say(f"With warm-up against without, at {middle:g}: {with_interval(gap, '+.1f')} points, "
    f"{verdict(mean_and_interval(gap))}.")  # fmt: skip

# %% [markdown]
# Two failures that look alike in accuracy. At the highest rate a model can be *destroyed*: one class for
# everything, and the pre-training is gone with it; not with every seed, which makes it worse to find. At the
# lowest it has not *begun*: so few updates, each so small. The last column tells them apart only in part; the
# loss of the training sentences might. And with and without the warm-up, of which so much is said, are not
# told apart at this rate and size: the place to look for it is where training is at the edge.
#
# When you report a fine-tuned model, report **every** seed, or the mean over seeds fixed beforehand. The best
# of five is a number about luck. Mosbach et al. (2021) trace the failures to vanishing gradients early on and
# to training that was too short, and mend them with a small rate, warm-up, the bias correction of Adam (which
# BERT's own code lacked) and more epochs.
#
# ### What is forgotten
#
# Fine-tuning moves all weights, and nothing holds them to what they were good for. This checkpoint has no
# head for masked words; so we ask it for what it *was* trained for, similarity, once more, after it has
# learned to tell praise from blame.

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
sample = similarity["test"][:: max(1, len(similarity["test"]) // budget.num_forgotten)]
sample_inputs = packed([pair.first for pair in sample] + [pair.second for pair in sample])
marks = [pair.label for pair in sample]
remembered = {"as published": published_weights}
remembered |= {f"after {number:,} labels of SST-2": weights for number, weights in after_tuning.items()}
correlations = {}
for name, weights in remembered.items():
    bert.set_weights(weights)
    top = predict(all_poolings, sample_inputs)[:, len(by_layer) - 1]
    correlations[name] = 100 * spearman(cosines(*np.split(top, 2)), marks)
bert.set_weights(published_weights)
table(
    [f"Spearman × 100, {len(sample)} pairs of STS-B", ""], [[k, f"{v:.1f}"] for k, v in correlations.items()]
)
*_, most = correlations.values()
claim(most < correlations["as published"] - 1, "fine-tuning on film reviews costs similarity")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** What is a model worth at its first task after it was fine-tuned on another?
#
# **Ask** After a thousand labels of film reviews: is similarity as good as before?
#
# **Expect** No, and less with more labels. A model fine-tuned on one task is a model of that task: keep the
# checkpoint.
#
# **Look out for** Reading the decimals: it is one run each.

# %% [markdown]
# One run each, so take the sign and not the decimals. A model fine-tuned on one task is a model *of that
# task*; keep the checkpoint.

# %% [markdown]
# ❓ **Question** [`high_and_low_rates`] to this section.
#
# [`high_and_low_rates`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=question-high_and_low_rates

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.7 From scratch on two cores, and what the papers report
#
# How much of all this could you pre-train yourself? `benchmarks.pretraining` gives a small BERT an hour of
# one core with novels and film reviews, and `benchmarks.fine_tuning` asks SST-2 of it, beside fresh weights,
# a bag of words with pairs of words, and *count vectors*: fresh layers above word vectors made from counts of
# neighbours, with which pre-training begins. Three seeds each, and other sentences than in 11.5: the 872 of
# the development set. The published checkpoint with all labels, below, is the line to compare with.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** What an hour of one core brings, beside the published checkpoint.
#
# **Ask** What must be equal so that "pre-trained" and "fresh" may be compared?
#
# **Expect** Architecture, labels, updates, and the care with which the rate was chosen for each.
#
# **Look out for** Giving the new model a tuned rate and the control the first one that came to mind.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
scratch = stored_result("fine_tuning_sst2").get("runs", [])
groups = {}
for run in scratch:
    if run["kind"] == "run":
        key = (run["labels"] or 67_349, run["start"], run.get("million_tokens", 0))
        groups.setdefault(key, []).append(run["validation"])
rows = [
    [f"{number:,}", start, tokens or "", with_interval(values)]
    for (number, start, tokens), values in sorted(groups.items())
]
if rows:
    table(["labels", "start", "million tokens before", "SST-2 development accuracy"], rows)
else:
    say("Not measured yet: `python -m benchmarks.fine_tuning sst2` does.")
read = stored_result("pretraining_english").get("points", [])
if read:
    rows = [
        [p["million_tokens"], f"{p['validation_loss']:.2f}", f"{p['validation_accuracy']:.1%}"] for p in read
    ]
    table(["million tokens read", "loss on masked words, nats", "right"], rows)

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
of_task = {}
for run in stored_result("published").get("runs", []):
    of_task.setdefault(run["task"], []).append(run)
rows = [
    [name, len(of_task[task]), with_interval([run[score] for run in of_task[task]])]
    for task, score, name in (
        ("sst2", "validation", "SST-2, accuracy on the development set"),
        ("mrpc", "test_f1", "MRPC, F1 on the test"),
        ("mrpc", "majority_f1", "the same, always yes"),
    )
    if task in of_task
]
if rows:
    table(["the published checkpoint, all labels, all weights trained", "seeds", "percent"], rows)
else:
    say("With all labels: not measured yet, `python -m benchmarks.fine_tuning published_sst2` does.")

# %% [markdown]
# Read the first table block by block. Beside the same reader that was not pre-trained, an hour of one core
# brings 11 ± 2 points with 100 labels and 6 ± 2 with 1,000; with all of them 3 ± 4, which three seeds do not
# tell from nothing. And ahead of a bag of words it is in the mean at every number (9 ± 8, 3 ± 6, 1.6 ± 1.6),
# by intervals that barely leave out zero with 100 and with all, and hold it with 1,000. Count vectors have
# nearly half of the gain with 100 labels (5 ± 1). With 1,000 the pre-trained reader is not told apart from
# them (ahead by 2 ± 5), with all it is ahead by 3 ± 1. (Means and 95 % intervals of the differences within
# three seeds.) Longer reading and other seeds may change that: it is one recipe, read for 32 million tokens.
# Nor are these labels all: rate and epoch of each bag were chosen on 1,821 labelled sentences, and the
# readers' recipes once, in trials with 8,000 labels.

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### The papers
#
# GLUE test, as Devlin et al. (2019, table 1) give it: accuracy; F1 for MRPC; Spearman for STS-B. All labels.
#
# | system | SST-2 | MRPC | STS-B | labels | pre-training |
# |---|---|---|---|---|---|
# | BiLSTM + ELMo + attention | 90.4 | 84.9 | 73.3 | 67k / 3.7k / 5.7k | 1 billion words |
# | OpenAI GPT | 91.3 | 82.3 | 80.0 | the same | 800 million words of books |
# | BERT base (109 M parameters) | 93.5 | 88.9 | 85.8 | the same | 3.3 billion words |
# | BERT large (335 M) | 94.9 | 89.3 | 86.5 | the same | 3.3 billion words |
#
# Three readings of that table that do not hold. *BERT beats GPT because it sees both sides*: it also read
# four times as much text. *ELMo is weaker*: it was frozen, under a BiLSTM with attention. *One point is a
# point*: MRPC's test has 1,725 pairs, so a point of accuracy is 17 of them, and the large model was the best
# of several restarts. What text without labels brings, the table does not show either: it has no row without
# pre-training. That control is in 11.5 and in the first table above.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read a row, then ask what else differs between two rows.
#
# **Ask** BERT is ahead of GPT in this table. Because it sees both sides?
#
# **Expect** It also read four times as much text. The table cannot tell.
#
# **Look out for** "ELMo is weaker." It was frozen, under another model.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 11.8 What we have not told you
#
# * **Freezing is not the opposite of fine-tuning.** One can train the top layers, or small pieces between
#   frozen ones (adapters, low-rank updates), and gets most of the gain at a fraction of the memory.
# * **Pairs can be read together or apart.** BERT reads both with `[SEP]` between them and sees everything;
#   a million sentences compared with each other then cost half a million million readings. Vectors made
#   apart (11.4) can be stored and searched.
# * **Large models are no longer fine-tuned for each task**: they are asked in words. What a label is worth,
#   and which controls belong beside a number, does not change with that.
#
# ### Six things people believe
#
# | one hears | what we saw |
# |---|---|
# | "Pre-trained vectors know the order of words." | Static ones cannot (11.1). |
# | "`[CLS]` is the meaning of the sentence." | Only where it was trained to be (11.4). |
# | "It loaded, so it works." | Compare outputs and a published number (11.3, 11.4). |
# | "An F1 of 80 on MRPC: not bad." | About what always saying yes gets (11.4). |
# | "Fine-tuned beats everything." | Look at a bag of words with all labels first (11.5). |
# | "The run failed: a bug." | Perhaps the rate (11.6). |

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Vote on each belief before reading its right column.
#
# **Ask** A million sentences are to be compared with each other. Read pairs together, or sentences apart?
#
# **Expect** Apart: vectors are made once and stored. Together sees more, and costs the square.
#
# **Look out for** "[CLS] is the meaning of the sentence." Only where it was trained to be.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Summary
#
# * A reader hands on one vector a token. A mean of static ones is a bag of words, exactly; readers of context
#   know who acts without having been asked, and BERT takes more updates to get there.
# * A checkpoint is names and arrays. Say what is missing and left over, turn the kernels, compare outputs,
#   and reproduce a published number.
# * Mean over real tokens, cosine, ranks: the published 82.03 out of our own layers.
# * With few labels a frozen reader is far ahead of a bag of words, and not told apart from a fine-tuned one.
#   With 1,000 the same architecture with random weights, by the recipe made for good ones, is behind the bag.
#   With all labels the bag is a serious opponent, and on MRPC's pairs words in common are one without any.
# * Rate, warm-up, seeds: report all of them. Runs stuck at the majority look like results.
# * Data sets share sentences, and published checkpoints have read more than one thinks. Look.
#
# ## Exercises
#
# In [`exercises/11_fine_tuning_sentences.ipynb`](../exercises/11_fine_tuning_sentences.ipynb), judged by what
# they compute:
#
# | exercise | in section |
# |---|---|
# | [`scalar_mix`], [`masked_mean_pooling`], [`sentence_logits`] | 11.2 |
# | [`checkpoint_names`] | 11.3 |
# | [`rank_correlation`] | 11.4 |
# | [`warmup_and_decay`], [`paired_interval`] | 11.5 |
#
# To think about, without a judge:
#
# 1. In 11.1 take the sum, and not the mean, of the frozen vectors. Can a sum of static vectors know who acts?
# 2. Load the checkpoint with one square kernel not turned. How far does the correlation of 11.4 fall?
# 3. Freeze the embeddings in 11.5. What is lost, and how much faster is an update?
# 4. Fine-tune on MRPC and test on STS-B, once with and once without the pairs whose sentences are in both.
# 5. Pre-train a BERT on the toy language (chapter 10), fine-tune it on the question of 11.1, and measure its
#    loss on masked words before and after.
#
# ## Further reading
#
# * M. Peters et al., *Deep contextualized word representations*, NAACL 2018,
#   [arXiv:1802.05365](https://arxiv.org/abs/1802.05365) (ELMo); A. Radford et al., *Improving language
#   understanding by generative pre-training*, 2018 (GPT); J. Devlin et al., *BERT*, NAACL 2019,
#   [arXiv:1810.04805](https://arxiv.org/abs/1810.04805).
# * N. Reimers, I. Gurevych, *Sentence-BERT*, EMNLP 2019,
#   [arXiv:1908.10084](https://arxiv.org/abs/1908.10084); W. Wang et al., *MiniLM*, NeurIPS 2020,
#   [arXiv:2002.10957](https://arxiv.org/abs/2002.10957).
# * M. Mosbach et al., *On the stability of fine-tuning BERT*, ICLR 2021,
#   [arXiv:2006.04884](https://arxiv.org/abs/2006.04884); J. Dodge et al., *Fine-tuning pretrained language
#   models*, 2020, [arXiv:2002.06305](https://arxiv.org/abs/2002.06305).
# * S. Wang, C. Manning, *Baselines and bigrams*, ACL 2012,
#   [P12-2018](https://aclanthology.org/P12-2018) (bags of words); A. Wang et al., *GLUE*, ICLR 2019,
#   [arXiv:1804.07461](https://arxiv.org/abs/1804.07461).
#
# Chapter 12 asks of every token what we asked of whole sentences.
#
# [`scalar_mix`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=scalar_mix
# [`masked_mean_pooling`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=masked_mean_pooling
# [`sentence_logits`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=sentence_logits
# [`checkpoint_names`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=checkpoint_names
# [`rank_correlation`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=rank_correlation
# [`warmup_and_decay`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=warmup_and_decay
# [`paired_interval`]: ../exercises/11_fine_tuning_sentences.ipynb#cell-id=paired_interval

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Ask for the control behind each point.
#
# **Ask** Somebody reports 90 % with a fine-tuned reader. Which three numbers do you want beside it?
#
# **Expect** The majority, a bag of words with the same labels, and the spread over seeds.
#
# **Look out for** Stopping at "it works".
