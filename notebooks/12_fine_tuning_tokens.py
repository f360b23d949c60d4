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
# # 12 · Fine-tuning: tokens and spans
#
# **Who is named here, and where does the answer stand?**
#
# Chapter 11 asked one thing of a whole sentence. Now every token is asked: does a name begin here, does it go
# on, does the answer begin or end? That brings three difficulties which a class of a sentence does not have.
# People label *words* and the model reads *pieces*. Labels lean on each other: a name cannot go on that has
# not begun. And a passage may be longer than what a model can read. Each has a well-known remedy, and of each
# remedy we measure what it is worth.
#
# **About 90 minutes** to read and run, two hours and a half more with the exercises in
# [`exercises/12_fine_tuning_tokens.ipynb`](../exercises/12_fine_tuning_tokens.ipynb). The cells themselves
# take up to twenty-five minutes of one CPU core.
#
# **Prerequisites:** chapter 9 (pieces, offsets), chapter 10 (BERT), chapter 11 (fine-tuning, F1, the
# checkpoint), chapter 2 (beam search, for contrast).
#
# **You will be able to**
#
# * bring labels of words to pieces, and say by how much a careless way moves the score;
# * score a path of labels, sum over all paths, find the best one, and check each against enumeration;
# * say when a conditional random field helps, and why its transitions may never learn;
# * choose an answer among spans, read passages of any length in windows, and score what comes out.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three difficulties, each with a remedy: pieces that are not words, labels that lean on each
# other, passages that are too long. Sections 12.1 to 12.4 make one lecture, 12.5 to 12.7 another, and
# neither needs the other: whoever has half the time chooses one.
#
# **Ask** Write on the board: *Mia Wilders flew to New York*. In chapter 11 a sentence was asked one
# question. How many are asked here, and which of the answers depend on each other? Give half a minute, and
# let neighbours compare.
#
# **Expect** One for each word; *York* can only go on with a name if *New* has begun one. Somebody will say
# that each word can be judged by itself. Ask then for the label of *New* with the rest of the sentence
# covered.
#
# **Look out for** "It is chapter 11 with more outputs." What is new is not their number. They hang
# together, and they belong to words, which the model does not read.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import math
from collections import Counter
from itertools import product
from statistics import mean

import keras
import numpy as np
import tensorflow as tf
from IPython.display import display
from keras import ops

from course_lib.chapters import (
    FineTuner,
    best_answers,
    best_spans,
    chapter_budget,
    claim,
    mean_and_interval,
    paired,
    question_windows,
    say,
    stored_result,
    table,
    token_span,
    verdict,
    window_bounds,
    window_inputs,
    with_interval,
)
from course_lib.checkpoints import load_bert
from course_lib.data import corpus_file, load_cmrc2018, load_squadshifts, load_wnut17
from course_lib.evaluation import (
    allowed_labels,
    answer_f1,
    bootstrap_interval,
    entity_scores,
    exact_match,
    find_entities,
    illegal_transitions,
    normalise_answer,
)
from course_lib.layers.crf import FORBIDDEN, crf_log_partition, crf_score, crf_viterbi
from course_lib.models import CrfTagger, SpanPredictor, TokenClassifier
from course_lib.plots import bars_with_intervals, best_path_diagram, curves, transition_map
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer, pack
from course_lib.training import set_seed

# %%
budget = chapter_budget("12_fine_tuning_tokens")
tf.config.run_functions_eagerly(not budget.is_compiled)
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.1 Labels are for words, models read pieces
#
# Names are marked word by word. `B-person` begins the name of a person, `I-person` goes on with it, `O` is
# outside of any. WNUT17 has posts and comments in English, chosen for names that are rare or new: six kinds,
# 3,394 sentences to train with. The model is the published checkpoint of chapter 11, in our layers. It reads
# pieces:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the table line by line: the first piece carries the label, and the dashes are left out of
# the loss and of the score. The last line is the careless way. Live: let the room name a surname and cut
# it with the tokenizer of the notebook.
#
# **Ask** ✍️ The same model, the same predictions, scored once over words and once over pieces. Which F1 is
# higher? Take hands for *words*, for *pieces* and for *the same*, and leave the counts on the board.
#
# **Expect** Most hands go up for *pieces*: there is more to be right about. Do not correct it yet. Ask
# what happens to a name that is missed; then leave the question open until the table.
#
# **Look out for** "Few words are cut, so it hardly matters." Names are cut more often than other words,
# and names are all that is scored.
#
# `align_labels.outside_for_further_pieces`

# %%
CHECKPOINT = "all_minilm_l6_v2"
vocabulary = Vocabulary.load(corpus_file(CHECKPOINT, "vocab.txt"))
tokenizer = WordPieceTokenizer(vocabulary)
training, test = load_wnut17("train"), load_wnut17("test")[: budget.num_test_sentences]
words = [pair for sentence in training for pair in zip(sentence.words, sentence.labels, strict=True)]
names = [word for word, label in words if label != "O"]
split = {
    kind: mean(len(tokenizer.encode(word)) > 1 for word in chosen)
    for kind, chosen in {"all words": [word for word, _ in words], "words of names": names}.items()
}
longest = max(names, key=lambda word: len(tokenizer.encode(word)))
pieces = [vocabulary.token_of(piece) for piece in tokenizer.encode(longest)]
table(["words of WNUT17", "in several pieces"], [[kind, f"{share:.0%}"] for kind, share in split.items()])
say(f"The word of a name with the most pieces, {len(pieces)} of them: `{longest}` → `{' '.join(pieces)}`")
claim(split["words of names"] > split["all words"], "names are cut more often than other words")

# %% [markdown]
# Names are often rare words, and rare words are cut. So the question *which token carries the label* is asked
# most often where it matters. Devlin et al. (section 5.3) answer: **the first piece of a word carries its
# label, and everything else is left out**, of the loss and of the score: further pieces, `[CLS]`, `[SEP]`,
# padding.

# %% [markdown] {"slideshow": {"slide_type": "fragment"}}
# | tokens | `[CLS]` | `wil` | `##ders` | `sees` | `[SEP]` |
# |---|---|---|---|---|---|
# | labels of the words | | B-person | | O | |
# | **first piece** | – | B-person | – | O | – |
# | every piece | – | B-person | B-person | O | – |

# %% [markdown]
# The last line is what some scripts do, and train and score with. It looks harmless.
#
# ✍️ Write down before you run on: the same model with the same predictions is scored twice, once over words
# and once over pieces. Which F1 is higher, and by how much?


# %% {"slideshow": {"slide_type": "subslide"}}
label_names = sorted({label for _, label in words}, key=lambda label: (label != "O", label[2:], label))
label_ids = {name: number for number, name in enumerate(label_names, start=1)}  # 0: left out


def aligned(labels, num_pieces, every_piece=False):
    """The label ids of the pieces of a sentence."""
    ids = []
    for label, number in zip(labels, num_pieces, strict=True):
        further = label_ids[label] if every_piece else 0
        ids += ([label_ids[label]] + [further] * (number - 1))[:number]
    return ids


def encoded(sentences, every_piece=False, max_length=128):
    """Tagged sentences as what a `Bert` takes, and the label ids (B, T) of their tokens."""
    pieces = [[tokenizer.encode(word) for word in sentence.words] for sentence in sentences]
    packed = pack(vocabulary, [sum(words, []) for words in pieces], max_length=max_length)
    label_rows = [
        [0, *aligned(sentence.labels, map(len, words), every_piece)]
        for sentence, words in zip(sentences, pieces, strict=True)
    ]
    labels = keras.utils.pad_sequences(
        label_rows, packed.token_ids.shape[1], padding="post", truncating="post"
    )
    return packed.inputs, np.where(packed.special_mask, 0, labels)


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Point at one line: `further` is 0, or the label again. That is the whole difference between the
# two ways. Label ids begin at 1, so that 0 can say "left out". Short of time: show the first function
# only, and say that the second one packs sentences and blanks out special tokens.
#
# **Ask** A sentence is too long and is cut. Which token stands last, and may it carry a label?
#
# **Expect** [SEP], and it may not. Who says "the last piece of the sentence" has forgotten that room is
# kept for it; the mask of special tokens then takes away a label that was put there.
#
# **Look out for** `align_labels.start_token_forgotten`
#
# `align_labels.minus_hundred`
#
# `align_labels.no_room_for_the_separator`

# %% [markdown]
# Fine-tuning as in chapter 11: a warm-up, then a rate that falls to zero. Two of three sentences of WNUT17
# name nobody and nothing; to learn something in a minute, we train on some of the others. With a
# `fast_factor`, the scores of transitions learn at a multiple of the rate: the CRF of 12.3 is trained so, and
# 12.4 says why.


# %%
def fresh_model(has_crf):
    """The checkpoint with a head for names that knows nothing yet."""
    bert = load_bert(*(corpus_file(CHECKPOINT, file) for file in ("config.json", "model.safetensors")))
    num_labels = len(label_names)
    model = CrfTagger(bert, num_labels) if has_crf else TokenClassifier(bert, num_labels + 1)
    model({name: array[:1] for name, array in encoded(with_names[:1])[0].items()})
    return model


def loss_of_each(labels, logits):
    """Nats per label, each by itself; 0 is left out."""
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)(labels, logits)


def loss_of_paths(crf):
    """The loss of whole paths, in nats per label."""

    def loss(labels, emissions):
        mask = labels != 0
        losses = crf.negative_log_likelihood(emissions, ops.maximum(labels - 1, 0), mask)
        return ops.sum(losses) / ops.sum(ops.cast(mask, "float32"))

    return loss


# %%
tuners = {}  # compiled once with and once without a CRF, and begun anew for every run


def fine_tuned(has_crf, seed, fast_factor=1, every_piece=False):
    """The checkpoint with a head for names, trained."""
    set_seed(seed)
    fresh = fresh_model(has_crf)
    if has_crf not in tuners:
        loss, fast = loss_of_each, ()
        if has_crf:
            loss, fast = loss_of_paths(fresh.crf), fresh.crf.trainable_variables
        tuners[has_crf] = FineTuner(fresh, loss, fast_variables=fast)
    tuner = tuners[has_crf]
    tuner.model.set_weights(fresh.get_weights())
    inputs, labels = encoded(with_names[: budget.num_sentences], every_piece, budget.max_length)
    recipe = {"num_epochs": budget.num_epochs, "batch_size": budget.batch_size}
    tuner.fit(inputs, labels, peak=budget.learning_rate, seed=seed, fast_factor=fast_factor, **recipe)
    return tuner.model


with_names = [sentence for sentence in training if set(sentence.labels) != {"O"}]
say(f"{len(with_names):,} of {len(training):,} sentences have a name in them.")

# %% [markdown]
# For the score, the labels of the model and the true ones are read off where a label belongs. A name is found
# if its first word, its last word and its kind are right; F1 is that of chapter 11, over whole names. With or
# without a CRF the model gives every label a score at every token, the *emissions*; what becomes of them is
# section 12.2.


# %%
def emissions_of(model, sentences, batch_size=64):
    """Batches of emissions (B, T, K), and of true label ids (B, T) by words and by pieces."""
    order = sorted(range(len(sentences)), key=lambda number: len(sentences[number].words))
    batches = []
    for start in range(0, len(order), batch_size):
        chosen = [sentences[number] for number in order[start : start + batch_size]]
        inputs, labels = encoded(chosen)
        emissions = ops.convert_to_numpy(model(inputs))[..., -len(label_names) :]
        batches.append((emissions, labels, encoded(chosen, every_piece=True)[1]))
    return batches


# %%
def labels_of(model, batches, is_legal=False, every_piece=False):
    """The true labels and the predicted ones, sentence by sentence."""
    transitions, starts, ends = model.crf.scores() if isinstance(model, CrfTagger) else no_transitions
    if is_legal:
        transitions, starts = transitions + legal_transitions, starts + legal_starts
    gold, said = [], []
    for emissions, by_words, by_pieces in batches:
        labels = by_pieces if every_piece else by_words
        paths, _ = crf_viterbi(ops.convert_to_tensor(emissions), labels != 0, transitions, starts, ends)
        for path, true in zip(ops.convert_to_numpy(paths), labels, strict=True):
            gold.append([label_names[number - 1] for number in true[true != 0]])
            said.append([label_names[number] for number in path[true != 0]])
    return gold, said


def names_found(model, batches, **ways):
    """F1 of whole names in percent, and how many names go on that were never begun."""
    gold, said = labels_of(model, batches, **ways)
    return 100 * entity_scores(gold, said).f1, sum(map(illegal_transitions, said))


zeros = np.zeros(len(label_names), "float32")
no_transitions = (np.zeros((len(label_names),) * 2, "float32"), zeros, zeros)
allowed, allowed_first = (np.array(part) for part in allowed_labels(label_names))
legal_transitions = np.where(allowed, 0.0, FORBIDDEN).astype("float32")
legal_starts = np.where(allowed_first, 0.0, FORBIDDEN).astype("float32")

# %% [markdown]
# Two things are different over pieces: a name counts as often as its first word has pieces, and each of the
# pieces is judged by itself. To tell them apart, a third way of counting has the first alone: whole names,
# over words, each as often as its first word has pieces.


# %%
def weighed_f1(model, batches):
    """F1 of whole names over words, in percent, each as often as its first word has pieces."""
    gold, said = labels_of(model, batches)
    rows = [pair for _, by_words, by_pieces in batches for pair in zip(by_words, by_pieces, strict=True)]
    sums = np.zeros(3)
    for true, guess, (by_words, by_pieces) in zip(gold, said, rows, strict=True):
        word = np.cumsum(by_words != 0)  # of each token, the number of its word, from 1
        num_pieces = np.bincount(word[by_pieces != 0], minlength=len(true) + 1)[1:]
        marked, found = set(find_entities(true)), set(find_entities(guess))
        sums += [sum(num_pieces[name.start] for name in names) for names in (marked & found, marked, found)]
    return 200 * sums[0] / max(sums[1] + sums[2], 1)


# %% {"slideshow": {"slide_type": "subslide"}}
WAYS = ("over words", "over words, each name as often as its first word has pieces", "over pieces")
careless = {way: [] for way in WAYS}
for seed in budget.seeds:
    model = fine_tuned(has_crf=False, seed=seed, every_piece=True)
    batches = emissions_of(model, test)
    careless[WAYS[0]].append(names_found(model, batches)[0])
    careless[WAYS[1]].append(weighed_f1(model, batches))
    careless[WAYS[2]].append(names_found(model, batches, every_piece=True)[0])
begun = [number for name, number in label_ids.items() if name.startswith("B-")]
marked, counted = (sum(np.isin(batch[way], begun).sum() for batch in batches) for way in (1, 2))
table(
    ["a model trained with a label on every piece, scored", "F1 on the test, 95 % interval over seeds"],
    [[way, with_interval(values)] for way, values in careless.items()],
)
moved = paired(careless[WAYS[2]], careless[WAYS[0]])
by_weight, by_piece = (paired(careless[WAYS[i + 1]], careless[WAYS[i]]) for i in (0, 1))
say(
    f"People marked {marked:,} names; over pieces {counted:,} are counted. The same predictions: "
    f"**{with_interval(moved, '+.1f')}** F1 by another way of counting. Of that, "
    f"{with_interval(by_weight, '+.1f')} comes with the weight of names that are cut, and "
    f"{with_interval(by_piece, '+.1f')} with pieces that are judged one by one."
)
claim(counted > 1.2 * marked, "over pieces, names that are cut count several times")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One model and one set of predictions; nothing but the counting differs. Hold it against the hands
# on the board.
#
# **Ask** A person's name of one word has four pieces. It is found: how often does that count over words,
# and how often over pieces? And if it is missed?
#
# **Expect** Once and four times, in both cases: each piece has a `B-` of its own and begins a name. So
# there is no direction to be known beforehand: names that are cut weigh more, found or missed. Take up "it
# must rise" by asking for the model that misses all of them. The line in the middle has this weight alone;
# what is left to the last line comes from pieces that are judged one by one.
#
# **Look out for** "Then training on every piece is harmful." That is not on this slide: compare its first
# line with the softmax of 12.3, and look at the intervals.
#
# `entity_f1.labels_counted`

# %% [markdown]
# Each piece of a long first word became a name of its own, `B-person B-person B-person`. Whoever finds a name
# of four pieces is praised four times, and whoever misses it is blamed four times: so names that are *cut*
# weigh more. And its pieces are judged one by one, so that a name half found earns half the praise, and half
# the blame. Many expect the score to rise, always; either effect may have either sign. What they were here
# stands above; where an interval holds zero, these seeds do not tell that part from nothing. **Whoever
# compares two numbers must know over what they were counted.** A published script may do either.
#
# **What this does not show.** That training on every piece is harmful: over words, compare the first line
# with section 12.3. And there is a third way, the labels `I-` for further pieces, with which a name stays one
# name; what it does to the score is the first of the questions to think about.
#
# → *Exercises* [`align_labels`], [`entity_f1`].
#
# [`align_labels`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=align_labels
# [`entity_f1`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=entity_f1

# %% [markdown]
# ❓ **Question** [`words_or_pieces`] to this section.
#
# [`words_or_pieces`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=question-words_or_pieces

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.2 Scoring a path
#
# A softmax at each token chooses each label by itself. So it can write `O I-person`: a name that goes on and
# never began. A **conditional random field** (Lafferty et al., 2001) scores whole paths $y$ of labels:
#
# $$ \text{score}(y) = s_{y_1} + \sum_{t=1}^{T} \underbrace{e_{t, y_t}}_{(T,\,K)}
# + \sum_{t=2}^{T} \underbrace{A_{y_{t-1}, y_t}}_{(K,\,K)} + f_{y_T},
# \qquad p(y) = \frac{\exp \text{score}(y)}{\sum_{y'} \exp \text{score}(y')} $$
#
# with emissions $e$ from the network, and learned scores $A$ of transitions, $s$ of beginnings, $f$ of ends.
# The sum runs over $K^T$ paths: for WNUT17's 13 labels and 25 words some $7 \cdot 10^{27}$. But a path's
# score is a sum over neighbours, and so the sum over all paths that end on label $k$ at place $t$ follows
# from those at $t-1$:
#
# $$ \alpha_{1,k} = s_k + e_{1,k}, \qquad
# \alpha_{t,k} = e_{t,k} + \log \sum_j \exp(\alpha_{t-1,j} + A_{jk}) $$
#
# and at the end, after some $T K^2$ steps, $\log Z = \log \sum_k \exp(\alpha_{T,k} + f_k)$ with $Z$ the sum
# of $\exp \text{score}$ over all paths.
#
# A case small enough to list every path:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two formulas: the first scores one path, the second sums over all. Do the second on the board,
# for two labels and three places, and circle what is carried from place to place: one number for each
# label. Plan ten minutes for this slide; the next three rest on it.
#
# **Ask** Two labels, three places: how many paths, and how many numbers are kept at a place? Then: beam
# search in chapter 2 also kept a few and went on. Why is this exact, and that was not?
#
# **Expect** Eight, and two. A path's score is a sum over neighbours, so that of all that came before only
# the last label matters; a translator's next word depends on the whole prefix. If nobody finds it, ask
# what a transition looks at.
#
# **Look out for** `crf_log_partition.max_for_sum`
#
# `crf_log_partition.summed_over_the_next_tag`
#
# "A CRF is something quite different from a softmax." With all transitions, starts and ends at zero it is
# one at each token.

# %% {"slideshow": {"slide_type": "subslide"}}
TAGS, SAID = ["O", "B", "I"], ["see", "new", "york", "city"]
small = np.array([[[2.0, 0.0, -1.0], [0.5, 1.0, 0.8], [0.2, 0.9, 1.2], [0.8, -0.5, 0.7]]], "float32")
transitions = np.array([[0.5, 0.3, FORBIDDEN], [-0.2, -1.0, 1.0], [0.4, -0.6, 0.8]], "float32")
starts, ends = np.array([0.2, 0.4, FORBIDDEN], "float32"), np.zeros(3, "float32")
everywhere = np.ones((1, 4), bool)
paths = np.array(list(product(range(3), repeat=4)))  # (81, 4)
scores = ops.convert_to_numpy(
    crf_score(ops.repeat(small, 81, axis=0), paths, np.ones((81, 4), bool), transitions, starts, ends)
)
listed = np.logaddexp.reduce(scores)
scanned = float(crf_log_partition(ops.convert_to_tensor(small), everywhere, transitions, starts, ends)[0])
best = paths[scores.argsort()[::-1][:4]]
probabilities = np.exp(np.sort(scores)[::-1] - listed)
table(
    [*SAID, "probability"],
    [[*(TAGS[tag] for tag in path), f"{p:.1%}"] for path, p in zip(best, probabilities, strict=False)],
)
is_forbidden = scores < -5_000
left = np.exp(scores[is_forbidden] - listed).sum()
say(f"log Z from all {len(paths)} paths: {listed:.5f}, place by place: {scanned:.5f}.")
say(f"{is_forbidden.sum()} paths are forbidden; all of them together have the probability {left:.0g}.")
assert abs(listed - scanned) < 1e-4

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The list of all paths and the scan place by place agree. Whatever is computed cleverly should be
# held against a list once.
#
# **Ask** Cover the last line. Three labels, four words: how many paths are there, and how many of them
# never begin with I and never put I behind O? Count the legal ones as the recursion does.
#
# **Expect** $3^4 = 81$. Legal ones that end on O, B and I: first 1, 1, 0, then 2, 2, 1, then 5, 5, 3, then
# 13, 13, 8. That is 34, and 47 are forbidden. It is the recursion with counts in place of scores, and it
# goes well on the board. Somebody will try to list them: let them, and compare.
#
# **Look out for** "Forbidden is a score of zero." Scores are added, and zero changes nothing. And minus
# infinity gives the same probabilities, and `nan` in the gradient where a sum holds nothing else.
#
# `crf_log_partition.overflow`

# %% [markdown]
# A transition is **forbidden by a large finite number**, here $-10^4$. With $-\infty$ the probabilities would
# be the same and the gradients `nan`, as soon as some sum holds nothing else; with 0, which looks like "no
# score", nothing is forbidden at all.
#
# ### The gradient is an expectation
#
# The loss is $-\log p(y) = \log Z - \text{score}(y)$. The gradient of $\log Z$ with respect to a score is
# *how often that score is used on average over all paths*. For an emission this is the probability of a label
# at a place, for a transition the expected number of times it is taken. So learning compares what the labels
# say with what the model expects, and where they agree there is nothing left to learn. Nobody has to write a
# backward algorithm:

# %% {"slideshow": {"slide_type": "subslide"}}
tensors = [tf.constant(part) for part in (small, transitions)]
with tf.GradientTape() as tape:
    tape.watch(tensors)
    log_partition = crf_log_partition(tensors[0], everywhere, tensors[1], starts, ends)[0]
by_gradient = [gradient.numpy() for gradient in tape.gradient(log_partition, tensors)]

weights = np.exp(scores - listed)  # of every path
by_counting = np.zeros((4, 3)), np.zeros((3, 3))
for path, weight in zip(paths, weights, strict=True):
    by_counting[0][np.arange(4), path] += weight
    np.add.at(by_counting[1], (path[:-1], path[1:]), weight)
rows = [
    [word, *(f"{a:.4f} / {b:.4f}" for a, b in zip(one, other, strict=True))]
    for word, one, other in zip(SAID, by_gradient[0][0], by_counting[0], strict=True)
]
table(["word", *(f"p({tag}), gradient / counted" for tag in TAGS)], rows)
differences = [float(np.abs(a - b).max()) for a, b in zip(by_gradient, by_counting, strict=True)]
say(f"Largest difference: emissions {differences[0]:.0e}, transitions {differences[1]:.0e}.")
assert max(differences) < 1e-5

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One line on the board: the derivative of $\log \sum_y e^{\text{score}(y)}$ by a score is the sum
# over paths of $p(y)$ times the number of times that $y$ uses it. The loss then has the gradient *expected
# minus observed*. Short of time: this line, and skip the code.
#
# **Ask** With the table covered: what do the three numbers of a word sum to? What would all nine of the
# transitions sum to?
#
# **Expect** To one, since every path has one label there; and to three, since every path of four words
# takes three transitions. Who says one for the transitions takes them for probabilities: they are expected
# counts, and one transition may be taken several times.
#
# **Look out for** Reading the most probable label of each row as the best path:
# `viterbi.marginals_for_a_path`

# %% [markdown]
# ### The best path
#
# Viterbi's algorithm is the same with a maximum in place of the sum. Each label at each place remembers which
# label before was best, and from the best last label these notes are followed back. Dashed: where each label
# was best reached from. Orange: the way back. −99 stands for forbidden.

# %% {"slideshow": {"slide_type": "subslide"}}
reached, origins = [starts + small[0, 0]], []
for emission in small[0, 1:]:
    onward = reached[-1][:, None] + transitions  # (from, to)
    origins.append(onward.argmax(axis=0))
    reached.append(onward.max(axis=0) + emission)
path = [int((reached[-1] + ends).argmax())]
for origin in reversed(origins):
    path.insert(0, int(origin[path[0]]))
library, _ = crf_viterbi(ops.convert_to_tensor(small), everywhere, transitions, starts, ends)
assert path == ops.convert_to_numpy(library)[0].tolist() == best[0].tolist()
shown = np.maximum(np.array(reached), -99)
display(best_path_diagram(shown, origins, path, SAID, TAGS))
greedy = small[0].argmax(axis=1)
say(
    f"Each label by itself: {' '.join(TAGS[tag] for tag in greedy)}. "
    f"The best path: {' '.join(TAGS[tag] for tag in path)}."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same scan with a maximum, and a note at each label of where it was best reached from. Walk
# the orange line backwards with the pointer, from the last word to the first.
#
# **Ask** Each word by itself takes its highest emission. At which word does the best path disagree, and what
# makes up for it? Write on the board, for *city*, the emissions of O and I, and the transitions from I to
# both: they are in the notebook.
#
# **Expect** At *city*: its emission for I is a little lower than for O, and going on from I to I is worth
# more than going from I to O. Some expect a change at *new* or *york*; let them add up both paths.
#
# **Look out for** `viterbi.greedy_step`
#
# `viterbi.never_traced_back`
#
# A masked place in the middle must be as if it were not there: `crf_path_score.mask_taken_for_length`

# %% [markdown]
# **Masks.** In BERT's input the first place, `[CLS]`, has no label, nor have further pieces in the middle,
# nor padding. A masked place must be *as if it were not there*: the transition leads from the last real label
# to the next. Many implementations know padding only. Some take the number of real places for a length, so
# that one hole shifts everything behind it; some begin at column 0, masked or not. All of them train, and the
# loss falls.
#
# → *Exercises* [`crf_path_score`], [`crf_log_partition`], [`viterbi`].
#
# [`crf_path_score`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=crf_path_score
# [`crf_log_partition`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=crf_log_partition
# [`viterbi`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=viterbi

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.3 Does a CRF help?
#
# Published gains differ, even where it is one repository that publishes them. Of BERT on the development set
# of CLUENER, the table of [BERT-NER-Pytorch](https://github.com/lonePatient/BERT-NER-Pytorch) has at one time
# 79.39 F1 with a softmax and 79.42 with a CRF, at another 79.63 and 80.76: a gain of 0.03, or of 1.13, and no
# interval to either. Here are several seeds on WNUT17, as many as the table says on CLUENER, and one more
# contender, which tables of results mostly lack: a softmax whose labels are only *decoded* with the illegal
# transitions forbidden. It needs no further training, and learns nothing.
#
# First the checkpoint on WNUT17, trained as in 12.1 with the label on the first piece; the transitions of the
# CRF learn at a hundred times the rate.
#
# ✍️ Three guesses: F1 of the softmax, F1 of the CRF, and how many illegal transitions either writes.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three contenders, of which two are trained: the one in the middle is the softmax again, decoded
# with the illegal transitions forbidden. It is the control that tables of results mostly lack.
#
# **Ask** ✍️ Three guesses on paper: F1 of the softmax, F1 of the CRF, and how many illegal transitions
# either writes. And a fourth, by hands: how much of the CRF's gain does forbidding alone bring: none,
# some, or all?
#
# **Expect** Most say *none*: forbidding looks like tidying up. Keep the counts: with three seeds the next
# slide does not tell *none* from *some*, and rules out *all* barely.
#
# **Look out for** Two figures of two papers, one run each, taken for a gain. What lies between them may be
# a seed.

# %% {"slideshow": {"slide_type": "subslide"}}
plain, decoded, crf, taught = [], [], [], []
for seed in budget.seeds:
    model = fine_tuned(has_crf=False, seed=seed)
    batches = emissions_of(model, test)
    plain.append(names_found(model, batches))
    decoded.append(names_found(model, batches, is_legal=True))
    model = fine_tuned(has_crf=True, seed=seed, fast_factor=budget.fast_factor)
    crf.append(names_found(model, emissions_of(model, test)))
    taught.append(ops.convert_to_numpy(model.crf.transitions))
systems = {"softmax": plain, "softmax, decoded legally": decoded, "CRF": crf}
f1 = {name: [run[0] for run in runs] for name, runs in systems.items()}
table(
    ["WNUT17, the checkpoint with", "F1 on the test", "illegal transitions"],
    [
        [name, with_interval(f1[name]), f"{mean(run[1] for run in runs):.0f}"]
        for name, runs in systems.items()
    ],
)
display(
    bars_with_intervals({name: mean_and_interval(values) for name, values in f1.items()}, "F1 of names, %")
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read from the right: how many illegal transitions each writes. Legal decoding has none, because
# it may not; a CRF has few, because it has learned. Then F1, and the differences within seeds, which stand
# below the table in the notebook.
#
# **Ask** Why *may* forbidding raise the number of names that are found, and not only make the output look
# tidy? Has it here?
#
# **Expect** Where a softmax writes `O I-person`, at least one of the two labels is wrong. The best legal path
# weighs both and mends the one it was less sure of. Here three seeds do not tell its gain from nothing. Now
# compare the second line with the first, and the third with the second: what is forbidden, and what is
# learned.
#
# **Look out for** Comparing two intervals by eye, though the seeds are shared: take the difference within
# each seed. And "a CRF makes sequences legal": it makes them likely.

# %%
for name, other in (("softmax, decoded legally", "softmax"), ("CRF", "softmax"), ("CRF", list(systems)[1])):
    gain = paired(f1[name], f1[other])
    decided = verdict(mean_and_interval(gain))
    say(f"{name} against {other}: {with_interval(gain, '+.1f')} F1, **{decided}**.")
claim(
    all(run[1] == 0 for run in decoded) and mean(run[1] for run in crf) < mean(run[1] for run in plain),
    "a CRF writes fewer illegal transitions than a softmax, and legal decoding none",
)

# %% [markdown]
# Two effects that are often reported as one. *Forbidding* needs no training: where a softmax writes
# `O I-person`, one of the two labels must be wrong, and the best legal path changes at least one. Whether F1
# has gained by it here, the first line says. What a CRF adds to that it has *learned*: what usually follows
# what, and emissions that were trained together with the paths. Whether these seeds show any of it, the last
# line says; an interval of three seeds that ends near zero shows it barely.

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### A weaker reader, and the same question in Chinese
#
# CLUENER: names of ten kinds in Chinese news, characters as tokens. `benchmarks/tagging` trains a reader of
# two LSTMs from nothing, with and without a CRF, on the first 1,000 and on all 9,693 sentences.
# `benchmarks/fine_tuning` does so with the BERT of chapter 10's benchmark on the first 1,000, from two
# starts, *fresh* and *pre-trained* there. Rate and dropout were chosen on the validation split (of BERT
# without a CRF), and of each run that moment counts at which it was best there. A row says of how many seeds
# it is.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
runs = {}  # (sentences, reader) → runs in the order of their seeds
for run in sorted(stored_result("tagging").get("runs", []), key=lambda run: run["seed"]):
    runs.setdefault((run["sentences"], run["model"]), []).append(run)
for run in sorted(stored_result("fine_tuning_cluener").get("runs", []), key=lambda run: run.get("seed", 0)):
    if run["kind"] == "run":
        reader = f"BERT{'-CRF' if run['has_crf'] else ''}, {run['start']}"
        runs.setdefault((run["sentences"], reader), []).append(run)
rows, measured = [], {}
for (sentences, reader), found in sorted(runs.items(), key=lambda item: (item[0][0] or math.inf, item[0][1])):
    cells = [f"{sentences:,}" if sentences else "all", reader, len(found)]
    for way in ("as_trained", "legal_paths_only"):
        measured[sentences, reader, way] = {run["seed"]: run["test"][way]["f1"] for run in found}
        cells.append(with_interval(list(measured[sentences, reader, way].values())))
    cells.append(f"{mean(run['test']['as_trained']['illegal_transitions'] for run in found):,.0f}")
    rows.append(cells)

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
if rows:
    header = ["sentences", "reader", "seeds", "F1 on the test", "legal paths only", "illegal transitions"]
    table(header, rows)
else:
    say("Not measured yet: `python -m benchmarks.tagging` does.")
if not any(reader.startswith("BERT") for _, reader, _ in measured):
    say("BERT: not measured yet, `python -m benchmarks.fine_tuning cluener` does.")
rows = []
for sentences, reader, way in measured:
    with_crf = (sentences, reader.replace("BiLSTM", "BiLSTM-CRF").replace("BERT,", "BERT-CRF,"), "as_trained")
    if way != "as_trained" or "CRF" in reader or with_crf not in measured:
        continue
    cells = [f"{sentences:,}" if sentences else "all", reader]
    for plain_way in ("as_trained", "legal_paths_only"):
        of_crf, of_plain = measured[with_crf], measured[sentences, reader, plain_way]
        seeds = sorted(of_crf.keys() & of_plain.keys())
        gain = paired([of_crf[seed] for seed in seeds], [of_plain[seed] for seed in seeds])
        decided = f", **{verdict(mean_and_interval(gain))}**" if len(seeds) > 1 else ""
        cells.append(f"{with_interval(gain, '+.1f')}{decided}")
    rows.append(cells)
if rows:
    table(["sentences", "reader", "F1: its CRF minus it, as trained", "minus it, legal paths only"], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Follow one line: a reader without a CRF as trained, the same with legal paths only, then the one
# with a CRF as trained. The first step is what forbidding brings, the second what training over paths adds;
# the lower table has the whole and the second step, within seeds. Rows with one run have no interval; say so
# before somebody builds on them.
#
# **Ask** A weak reader and a strong one: which of the two has more for a CRF to do?
#
# **Expect** The weak one, since it breaks more names. So it is for BERT, fresh and pre-trained, and not for
# the LSTMs: with all sentences they are stronger and break fewer, and their CRF brings no less. Let the room
# find these rows in the column of illegal transitions.
#
# **Look out for** Carrying this gain over to a large reader. And comparing rows of different numbers of
# sentences as if only the reader differed.

# %% [markdown]
# A small LSTM over characters breaks names by the hundred, and so a CRF has much to do. Look at the last
# column: what of the gain is left when the softmax is decoded legally? That is a low estimate of what
# training over whole paths brought, transitions and emissions together: the CRF beside it may still write
# illegal labels. With legal paths on both sides the gain of pre-trained BERT is told apart from zero, too:
# +3.9 (+2.5 to +5.2) in place of +1.3 (-0.2 to +2.9). The rest can be had by forbidding.
#
# **What this does not show.** What a CRF is worth to a large reader that was fine-tuned with ten thousand
# sentences. That there is less to mend where fewer names are broken is no rule: with all sentences the LSTMs
# break fewer (776 against 1,293), and their CRF is further ahead of legal decoding (within seeds by 2.3, +1.6
# to +2.9). And the two had one recipe but for one thing: with a CRF on BERT, its transitions had a higher
# rate of their own (12.4), and nothing of the softmax had. What the classifier of a softmax gains by such a
# rate was not tried (third question to think about). Nor are the shares of forbidding and learning fixed,
# even for one reader: an earlier run of this notebook, with 640 sentences of WNUT17 to train with instead of
# 416, had the CRF ahead by 3.8 (+1.0 to +6.6), and legal decoding alone brought 2.3 of that.

# %% [markdown]
# ❓ **Question** [`softmax_and_crf`] to this section.
#
# [`softmax_and_crf`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=question-softmax_and_crf

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.4 Transitions that never learn
#
# There is a trap in the recipe. Fine-tuning takes a small rate, as pre-trained weights must not be spoiled.
# The transitions are not pre-trained: they begin at random within ±0.1, and must grow to matter beside the
# emissions; how far, the map below shows. **Adam moves a weight by about the rate per update, and seldom by
# more.** So with a peak $\eta$ and $n$ updates, warm-up and decay included, a transition moves by no more
# than about
#
# $$ \sum_{i=1}^{n} \eta_i \approx \frac{\eta\, n}{2}. $$
#
# ✍️ Compute it for the rate and the number of updates of this chapter before you run the cell.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Adam divides a gradient by its own size. What is left is about the rate, whatever the gradient.
# Draw the rate over the updates: a triangle, and its area is the furthest a weight can go.
#
# **Ask** ✍️ Everybody computes it: the rate, the number of sentences, the size of a batch and the number
# of epochs stand in the budget at the top of the notebook. How far can a transition move, and is that far?
#
# **Expect** Half the rate times the number of updates. Set it beside the ±0.1 in which transitions begin.
# Expect the objection "but their gradients are large": that helps with plain gradient descent, and not
# with Adam.
#
# **Look out for** "A small rate is the safe choice." It is safe for what is good already. What begins at
# random needs room to move.

# %% {"slideshow": {"slide_type": "subslide"}}
stuck, stuck_runs = [], []
for seed in budget.seeds:
    model = fine_tuned(has_crf=True, seed=seed)
    stuck_runs.append(names_found(model, emissions_of(model, test)))
    stuck.append(ops.convert_to_numpy(model.crf.transitions))

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The run on this slide differs from the CRF of 12.3 in the rate of the transitions only. Read the
# spread first, then the illegal transitions, and F1 last.
#
# **Ask** The loss falls, and nothing raises an error. Which of the three columns would have told you that
# the CRF is none?
#
# **Expect** The spread, which is that of the start; and the illegal transitions. F1 by itself does not: it
# looks like a result. Somebody will propose to watch the loss; it falls because the emissions learn.
#
# **Look out for** "A CRF does not help BERT", from a CRF that was never trained. Ask for the rate before
# you believe it.

# %% {"slideshow": {"slide_type": "fragment", "code": "none"}}
updates = budget.num_epochs * (len(with_names[: budget.num_sentences]) // budget.batch_size)
bound = budget.learning_rate * updates / 2
rows = []
for name, matrices, found in (
    ("the backbone's", stuck, stuck_runs),
    (f"{budget.fast_factor} times as high", taught, crf),
):
    spread = [float(matrix.std()) for matrix in matrices]
    scores_f1 = with_interval([run[0] for run in found])
    rows.append([name, f"{mean(spread):.2f}", scores_f1, f"{mean(run[1] for run in found):.0f}"])
table(["rate of the transitions", "spread of what was learned", "F1", "illegal transitions"], rows)
say(
    f"{updates} updates at a peak of {budget.learning_rate:g}: at most about {bound:.3f} away from the start."
)
for what, one, other in (
    ("The higher rate brings", crf, stuck_runs),
    ("The lower beside a softmax:", stuck_runs, plain),
):
    gain = paired([run[0] for run in one], [run[0] for run in other])
    say(f"{what} {with_interval(gain, '+.1f')} F1, **{verdict(mean_and_interval(gain))}**.")
claim(
    max(matrix.std() for matrix in stuck) < 0.2 * min(matrix.std() for matrix in taught)
    and mean(run[1] for run in crf) < mean(run[1] for run in stuck_runs),
    "at the backbone's rate the transitions stay near where they began, and more illegal ones are written",
)

# %% [markdown]
# At the backbone's rate this is a CRF by name: a softmax with some noise between labels. Nothing tells you.
# The loss falls, as the emissions learn; F1 looks like a result, and how far it is from that of a softmax
# stands in the last line; and the conclusion "a CRF does not help BERT" is drawn from a CRF that was never
# trained. What it has learned at the higher rate, mean over seeds:

# %% {"slideshow": {"slide_type": "subslide"}}
display(transition_map(np.mean(taught, axis=0), label_names, "transitions learned, mean over seeds"))
learned = np.mean(taught, axis=0)
say(
    f"Legal transitions: {learned[allowed].mean():+.2f} on average; "
    f"illegal ones, all of them into an `I-`: {learned[~allowed].mean():+.2f}."
)
claim(learned[~allowed].mean() < learned[allowed].mean(), "illegal transitions are learned to be unlikely")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A row is where a path comes from, a column where it goes.
#
# **Ask** Why do *all* illegal transitions lead into an `I-`? So which columns should be low, which cells in
# them not, and are they?
#
# **Expect** An `I-` goes on with a name, and only a `B-` or an `I-` of its own kind has begun one: two cells
# of each such column are allowed. Let the room find them. Only the row of `O` stands out: behind a name an
# illegal `I-` is about as low as a legal `B-`, for both are rare in a few hundred sentences. Where cells do
# not follow the rule, ask how often that kind of name stands in the training sentences.
#
# **Look out for** Reading a cell as a probability. Only differences between paths count, and a low score
# is not a forbidden one: that is why a CRF may still write an illegal transition.

# %% [markdown]
# ❓ **Question** [`crf_on_top_of_bert`] to this section.
#
# [`crf_on_top_of_bert`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=question-crf_on_top_of_bert

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.5 An answer is a span
#
# A question, a passage, and somewhere in it the answer. The pair is packed as in chapter 10, and every token
# is scored twice by $h$ of the top layer, $(D)$, as the first of the answer and as the last (Devlin et al.,
# section 4.2):
#
# $$ \text{score}(i, j) = \underbrace{S}_{(D)} \cdot h_i + \underbrace{E}_{(D)} \cdot h_j,
# \qquad i \le j < i + \text{longest}, \quad i, j \text{ in the passage} $$
#
# Two vectors are all that is new. In training, the start and the end are two independent choices among all
# tokens, each with a cross-entropy. In use they are *not* independent: the best start and the best end, each
# by itself, may stand in the wrong order, or at opposite ends of the passage.
#
# Where is the answer, in tokens? It is given in characters. Chapter 9's offsets lead from one to the other;
# then what people highlight and what the model can say is not always the same:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two vectors are all that is new. In training the two ends are two independent choices, in use
# they are a pair. Then the bridge from characters to tokens: an answer may begin inside a token, and no
# model can then match it exactly.
#
# **Ask** The best start is token 40, and the best end token 12. What do you answer?
#
# **Expect** "Exchange them" comes first: that is a span which nobody scored. Search all pairs in order and
# near each other: a table of starts by ends, of which only a band beside the diagonal is allowed.
#
# **Look out for** `best_span.sorted_afterwards`
#
# `best_span.masked_by_zero`
#
# `best_span.multiplied`

# %%
cmrc = load_cmrc2018("test")
characters = Counter(character for question in cmrc for character in question.passage + question.question)
known = dict.fromkeys(character.lower() for character in characters if character.strip())
chinese = WordPieceTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *known]))
readers = {
    "SQuADShifts": (tokenizer, load_squadshifts("test")),
    "CMRC 2018": (chinese, cmrc),
}
rows = []
for name, (reader, questions) in readers.items():
    exact = lost = 0
    lengths = []
    for question in questions[: budget.num_questions]:
        ids, offsets = reader.encode_with_offsets(question.passage)
        answer = question.answers[0]
        span = token_span(offsets, answer.start, answer.start + len(answer.text))
        lost += span is None
        text = question.passage[offsets[span[0]][0] : offsets[span[1]][1]] if span else ""
        exact += text == answer.text.strip()
        lengths.append(len(ids))
    number = len(lengths)
    longest_cut = [f"{np.mean(np.array(lengths) + 27 > longest):.0%}" for longest in (128, 384, 512)]
    rows.append([name, number, f"{np.median(lengths):.0f}", *longest_cut, f"{exact / number:.1%}", lost])
header = ["questions of", "looked at", "tokens, median", "over 128", "over 384", "over 512"]
table([*header, "answers that tokens give back", "answers without a token"], rows)

# %% [markdown]
# A passage counts as over a length if it does not fit beside a question of 24 tokens and three special ones.
# An answer that tokens do not give back begins or ends *inside* a token: the year in "1980s", which is one
# piece. Then even a perfect model answers with other letters than people marked. The Chinese reader above has
# every character of its own text in its vocabulary; it is here for the data path alone, and we train none on
# CMRC.
#
# → *Exercises* [`best_span`], [`answer_f1`].
#
# [`best_span`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=best_span
# [`answer_f1`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=answer_f1

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.6 Windows
#
# A passage that is too long is read in **windows** that overlap. For each window one says where the answer
# stands *in it*, or that it does not. Three slips cost many an evening: `stride` is what two windows share in
# one library and the step between them in another; an answer of which a window holds half is taken for an
# answer; and an answer at place 0 is taken for none, because `if start:` fails for 0.
#
# ✍️ Windows of 96 tokens over these passages. How many answers are whole in no window if they do not overlap?
# And if they share 32?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A passage is longer than what a reader takes at once, so it is read in pieces that overlap. Draw
# three windows over a line of tokens, and an answer across the seam of two.
#
# **Ask** ✍️ Windows of 96 tokens: how many answers are whole in none of them without overlap, and how many if
# two windows share 32?
#
# **Expect** Guesses for the first go from hardly any to a third; collect them, the next slide has the curve.
# Answers are short beside a window, so few stand across a seam.
#
# **Look out for** Taking the stride for the step from one window to the next: in one library it is what two
# windows share, in another the step.

# %%
STRIDES = (0, 8, 16, 32, 48)
cut, price = {}, {}
for name, (reader, questions) in readers.items():
    spans = []
    for question in questions[: budget.num_questions]:
        ids, offsets = reader.encode_with_offsets(question.passage)
        answer = question.answers[0]
        spans.append((len(ids), token_span(offsets, answer.start, answer.start + len(answer.text))))
    cut[name], price[name] = [], []
    for stride in STRIDES:
        windows = [(window_bounds(number, 96, stride), span) for number, span in spans if span]
        whole = [any(a <= span[0] and span[1] < b for a, b in bounds) for bounds, span in windows]
        cut[name].append(100 * (1 - mean(whole)))
        price[name].append(mean(len(bounds) for bounds, _ in windows))

# %% {"slideshow": {"slide_type": "subslide"}}
display(
    curves(
        {name: (STRIDES, values) for name, values in cut.items()},
        "tokens that two windows share",
        "answers whole in no window, %",
    )
)
table(
    ["windows a passage, by shared tokens", *map(str, STRIDES)],
    [[name, *(f"{number:.1f}" for number in numbers)] for name, numbers in price.items()],
)
claim(all(values[0] > values[-1] for values in cut.values()), "overlap saves answers at the seams")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** More overlap, fewer answers cut at the seams, more windows to read. Hold the left end and the
# place of 32 against the guesses.
#
# **Ask** Two windows share $s$ tokens. How long may an answer be that is whole in some window for sure?
# Draw windows of five tokens that share two, and try answers of three and of four.
#
# **Expect** $s + 1$ tokens: windows 0 to 4 and 3 to 7 hold every answer of three, and cut 2 to 5. Most say
# $s$. Who says "the length of a window" is thinking of an answer in a lucky place.
#
# **Look out for** `answer_windows.stride_taken_for_step`
#
# `answer_windows.cut_answer_kept`
#
# `answer_windows.place_zero_taken_for_none`

# %% [markdown]
# Overlap is paid for in windows, and some answers can still be cut. Exactly which? Windows of $w$ tokens that
# share $s$ begin every $w - s$ tokens. So the last one that does not begin behind an answer's first token
# begins at most $w - s - 1$ tokens before it, and has room for $w - (w - s - 1) = s + 1$ tokens from there
# on. **An answer of up to $s + 1$ tokens is whole in some window, wherever it stands; one of $s + 2$ can be
# cut**, where it stands worst.
#
# In use all windows of a passage are scored, and the best span of all of them wins; so their scores must be
# comparable, and are compared *before* any softmax, which would share out one whole among the spans of each
# window, whether it holds an answer or not.
#
# → *Exercise* [`answer_windows`].
#
# [`answer_windows`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=answer_windows

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.7 Questions about other articles
#
# SQuADShifts (Miller et al., 2020) has four parts; ours asks about new articles of Wikipedia. We train on 30
# of them and test on 12 others. They are new *here*: the checkpoint's card names pairs of questions and
# answers from Wikipedia (Natural Questions, PAQ), so it may have read these articles (11.3). The baseline has
# not. What must a model beat? A baseline without any training that looks at words: of all windows of $w$
# words, take the one in whose neighbourhood the rarest words of the question stand. Those that the window
# itself repeats count against it.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Before any model: what does one get for counting words? The width and the neighbourhood were
# chosen on the validation split.
#
# **Ask** You may not understand the language. A question and a passage: where do you put your finger?
#
# **Expect** Near the rare words of the question. Many say *on* them; an answer hardly ever repeats what
# was asked, hence the penalty for windows that hold those words.
#
# **Look out for** An F1 without a baseline. Any number looks like reading, if nobody says what counting
# words gets. And choosing the width on the test split.


# %%
def overlap_answer(question, weight_of, radius, width):
    """The window of `width` words with most of the question's words near it, less those inside."""
    words = question.passage.split()
    asked = set(normalise_answer(question.question).split())
    shared = [normalise_answer(word) for word in words]
    values = np.array([weight_of(word) if word in asked else 0.0 for word in shared])
    sums = np.concatenate([[0.0], np.cumsum(values)])
    places = np.arange(max(1, len(words) - width + 1))
    ends = np.minimum(places + width, len(words))
    around = sums[np.minimum(ends + radius, len(words))] - sums[np.maximum(places - radius, 0)]
    best = int((around - 2 * (sums[ends] - sums[places])).argmax())
    return " ".join(words[best : best + width])


# %%
questions = {split: load_squadshifts(split) for split in ("train", "validation", "test")}
passages = {question.passage for question in questions["train"]}
counts = Counter(word for passage in passages for word in set(normalise_answer(passage).split()))


def rarity(word):
    return max(0.0, math.log(len(passages) / (1 + counts[word])) - 1)


def f1_of(answers, questions):
    pairs = zip(answers, questions, strict=True)
    return [100 * answer_f1(answer, [right.text for right in one.answers]) for answer, one in pairs]


chosen_by = questions["validation"][: budget.num_chosen_by]
settings = {
    (radius, width): mean(f1_of([overlap_answer(q, rarity, radius, width) for q in chosen_by], chosen_by))
    for radius, width in product((3, 5, 10, 20), (1, 2, 3, 5, 8, 12))
}
radius, width = max(settings, key=settings.get)
asked = questions["test"][: budget.num_asked]
baseline = f1_of([overlap_answer(question, rarity, radius, width) for question in asked], asked)
say(
    f"Chosen on the validation split: {width} words, neighbourhood {radius}. "
    f"On the test: F1 {mean(baseline):.1f}."
)

# %% [markdown]
# *Exact match*: the answer equals one that people gave, without case, punctuation and articles. *F1* of an
# answer: precision and recall of its words, as bags, against the nearest of theirs; the mean over questions.
#
# A window of fixed width cannot know where an answer begins and ends; that much of F1 is to be had without
# knowing it. Now the checkpoint. One window of each training question, one that holds the answer; where
# several people gave one, the shortest is looked for.

# %%
LENGTH = 128
windows = question_windows(questions["train"], tokenizer, LENGTH, stride=48)
generator = np.random.default_rng(0)
with_answer = {}
for number in generator.permutation(len(windows)):
    if windows[number].span != (0, 0):
        with_answer.setdefault(windows[number].question, windows[number])  # one window a question

# %%
train_windows = list(with_answer.values())[: budget.num_train_questions]
targets = np.array([window.span for window in train_windows])
inputs = window_inputs(train_windows, vocabulary, LENGTH)
bert = load_bert(*(corpus_file(CHECKPOINT, file) for file in ("config.json", "model.safetensors")))
set_seed(0)
predictor = SpanPredictor(bert)
predictor({name: array[:1] for name, array in inputs.items()})


def span_loss(spans, scores):
    """Nats per end, from first and last tokens (B, 2) and scores (B, 2, T)."""
    return ops.mean(keras.losses.sparse_categorical_crossentropy(spans, scores, from_logits=True))


recipe = {"peak": budget.question_learning_rate, "num_epochs": budget.num_question_epochs}
losses = FineTuner(predictor, span_loss).fit(inputs, targets, **recipe)
say(
    f"{len(targets):,} questions read {budget.num_question_epochs} times; loss {mean(losses[-20:]):.2f} nats "
    f"an end over the last updates, {math.log(100):.1f} by guessing among a hundred tokens."
)

# %% {"slideshow": {"slide_type": "subslide"}}
test_windows = question_windows(asked, tokenizer, LENGTH, stride=48)
test_inputs = window_inputs(test_windows, vocabulary, LENGTH)
parts = [
    predictor.predict_on_batch({name: array[start : start + 64] for name, array in test_inputs.items()})
    for start in range(0, len(test_windows), 64)
]
scores = np.concatenate(parts)  # (B, 2, T)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Every window of every test question is read and scored. In training there was one window for each
# question, one that holds the answer. Short of time: skip this slide.
#
# **Ask** What has this model never been shown in training, and will meet in most windows now?
#
# **Expect** A window without the answer. It was never taught to say "not here", so that its scores in such
# windows are those of a reader who believes that there is one. The fourth question to think about is a
# remedy.
#
# **Look out for** A softmax in each window before windows are compared: each window's best span then looks
# sure.

# %% {"slideshow": {"slide_type": "subslide"}}
answers = best_answers(asked, test_windows, scores, test_inputs["answer_mask"], max_length=20)
model_f1 = f1_of(answers, asked)
matches = 100 * mean(
    exact_match(a, [right.text for right in q.answers]) for a, q in zip(answers, asked, strict=True)
)
ahead = np.array(model_f1) - np.array(baseline)
interval = bootstrap_interval(
    lambda sums: sums[..., 0] / sums[..., 1], np.stack([ahead, np.ones_like(ahead)], axis=1)
)
table(
    [f"{len(asked):,} questions about articles not trained on", "exact match", "F1"],
    [
        ["windows of words, no training", "", f"{mean(baseline):.1f}"],
        ["the checkpoint, fine-tuned", f"{matches:.1f}", f"{mean(model_f1):.1f}"],
    ],
)
say(
    f"Ahead by **{mean(ahead):+.1f}** F1 ({interval.low:.1f} to {interval.high:.1f} over questions; "
    "one seed)."
)
claim(interval.low > 15, "the fine-tuned checkpoint is far ahead of the overlap of words")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First the baseline's line, then the model's. The interval is over questions and belongs to one
# seed.
#
# **Ask** Why can F1 never be lower than exact match? Name an answer that has a part of the one and nothing
# of the other.
#
# **Expect** Who matches exactly shares all words. One word too many, or one too few, is no match and most
# of the F1. Let the room read one of the answers on the next slide for it.
#
# **Look out for** `answer_f1.mean_of_answers`
#
# `answer_f1.sets_for_bags`
#
# Reading the interval as one over seeds: another seed may lie outside.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
long_runs = [run for run in stored_result("published").get("runs", []) if run["task"] == "squadshifts"]
everybody = questions["test"]
words_alone = f1_of([overlap_answer(question, rarity, radius, width) for question in everybody], everybody)
if long_runs:
    by_question = np.mean([run["f1_by_question"] for run in long_runs], axis=0)  # over seeds
    ahead = np.stack([by_question - words_alone, np.ones(len(everybody))], axis=1)
    gap = bootstrap_interval(lambda sums: sums[..., 0] / sums[..., 1], ahead)
    exact, f1_scores = ([run[score] for run in long_runs] for score in ("exact_match", "f1"))
    examples, epochs = long_runs[0]["examples"], long_runs[0]["recipe"]["num_epochs"]
    say(
        f"With all {examples:,} training questions, read {epochs} times, and all {len(everybody):,} of the "
        f"test, {len(long_runs)} seeds: exact match {with_interval(exact)}, F1 {with_interval(f1_scores)}; "
        f"windows of words {mean(words_alone):.1f}. Ahead by **{mean(by_question - words_alone):+.1f}** "
        f"({gap.low:.1f} to {gap.high:.1f} over questions)."
    )
else:
    say("With all training questions: not measured yet, `python -m benchmarks.fine_tuning squadshifts` does.")

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### Does the order matter?
#
# The two ends, each chosen by itself, against the best allowed pair, on the same scores:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same scores, read in two ways: each end by itself, or the best allowed pair.
#
# **Ask** In what share of the windows is "best start, best end" no span at all? Hands: hardly ever, one in
# ten, more.
#
# **Expect** Most say *hardly ever*, since both ends look for the same answer. Leave the counts on the board.
#
# **Look out for** "Training makes the two agree." They are trained as independent choices; nothing has ever
# asked them to be a pair.

# %% {"slideshow": {"slide_type": "subslide", "code": "none"}}
mask = test_inputs["answer_mask"]
each = np.where(mask[:, None], scores, -np.inf).argmax(axis=2)  # (B, 2)
pairs, _ = best_spans(scores, mask, max_length=20)
apart = each[:, 1] - each[:, 0]
table(
    ["of all windows of the test", "share"],
    [
        ["best end before best start", f"{np.mean(apart < 0):.1%}"],
        ["a span of more than 20 tokens", f"{np.mean(apart >= 20):.1%}"],
        ["another span than the best pair", f"{np.mean((each != pairs).any(axis=1)):.1%}"],
    ],
)
for question, answer in list(zip(asked, answers, strict=True))[:: max(1, len(asked) // 4)][:4]:
    given = "; ".join(dict.fromkeys(right.text for right in question.answers))
    say(f"**{question.question}** → {answer or '–'} *(readers: {given})*")
claim(np.mean((each != pairs).any(axis=1)) > 0, "ends chosen each by itself are not always a span")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First the table, beside the hands on the board. Then read question and answer aloud, and let the
# room judge before you show what people marked: it stands behind each answer.
#
# **Ask** Which of these answers would you count as right?
#
# **Expect** More than the exact match does, and fewer than F1 gives something for. The table says how far off
# *hardly ever* is.
#
# **Look out for** Taking this share for the share of questions that are answered wrongly. All windows are
# counted, those without the answer among them, and of these none may win.

# %% [markdown]
# **What this does not show.** What such a model can do: it is small, and in these cells it saw a fraction of
# the questions, with one seed. And an F1 over bags of words forgives much: "not in 1980" and "in 1980" share
# two words of three.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.8 What papers reported
#
# | paper | data | reported |
# |---|---|---|
# | Lample et al. (2016) | CoNLL 2003, English | BiLSTM-CRF 90.94; the CRF brings 1.79 of it |
# | Ma and Hovy (2016) | CoNLL 2003, English | BiLSTM-CNN-CRF 91.21; without the CRF 89.36 |
# | Devlin et al. (2019) | CoNLL 2003 | BERT-base 92.4, a softmax on the first piece, no CRF |
# | Devlin et al. (2019) | SQuAD 1.1, dev | BERT-base 80.8 exact, 88.5 F1; BERT-large 84.1 and 90.9 |
# | Xu et al. (2020) | CLUENER, mean over kinds | BiLSTM-CRF 70.0, BERT-base 78.8, people 63.4 |
# | Miller et al. (2020) | SQuADShifts | models lose 3.8 F1 on news, 14.0 on Reddit, 17.4 on reviews |
#
# Ours on WNUT17 are trained on some hundred sentences in a minute, where those had all of their data. What
# can be compared is the *question*. In 2016, with LSTMs and fourteen thousand sentences, a CRF was worth
# nearly two points; BERT left it out and was ahead of both, with the sentences around to read besides, and
# what a CRF would have added to it no row says. "Does a CRF help?" has no answer without the reader, the
# number of sentences, and the rate of its transitions.
#
# On new articles of Wikipedia, the text of 12.7, Miller et al. find no sign that models were fitted to
# SQuAD's test. And that people reach 63.4 where a model reaches 78.8 is a reminder of what such numbers mean:
# agreement with those who labelled, who had guidelines and habits. A model can learn habits.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read a row, then ask what else differs from the next one: the reader, the sentences, the years.
#
# **Ask** In 2016 a CRF was worth more than a point on the same data; in 2019 it was left out. Had it
# become useless?
#
# **Expect** The table cannot tell. The reader had changed, and no row has the stronger reader both with a
# CRF and without. The question has no answer without the reader, the number of labels and the rate of the
# transitions.
#
# **Look out for** Holding our F1 against these: other texts, other sizes, hundreds of sentences against
# thousands. And "the model is better than people", from agreement with those who labelled.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 12.9 Summary
#
# * Labels of words go to first pieces; whatever else is counted changes the score without changing the model.
# * A CRF scores paths: sum over all by a scan, best one by the same scan with a maximum, gradient = expected
#   counts. Each can be checked against a list of all paths, and should be.
# * Legal decoding takes away every illegal transition without any training; what a trained CRF brings beyond
#   that is to be measured, reader by reader. Give its transitions a rate of their own, or it is none.
# * An answer is the best *pair* of ends, in order, near each other, and in the passage. Windows overlap, and
#   what a stride is must be read up.
# * F1 of names is over whole names, F1 of answers over bags of words: one number's name, two meanings.
#
# ### Six things people believe
#
# | one hears | what we saw |
# |---|---|
# | "Label every piece, the model needs the signal." | The score is no longer comparable (12.1). |
# | "A CRF makes sequences legal." | Forbidding does; learning makes them likely (12.3). |
# | "A CRF does not help BERT." | Was it trained? At the backbone's rate it is not (12.4). |
# | "Forbidden means minus infinity." | A large finite number; else gradients vanish into `nan` (12.2). |
# | "Best start, best end." | Not always a span (12.7). |
# | "Windows cover everything." | Surely only answers of at most one token more than they share (12.6). |

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** For each point ask which measurement stands behind it. Let the room vote on the six beliefs with
# the right column covered, and take up the two with the most hands.
#
# **Ask** A colleague says: we put a CRF on BERT, and it brought nothing. Which three questions do you ask?
#
# **Expect** At which rate did the transitions learn, and how far did they move? What did the softmax get
# when decoded legally? How many seeds, and over what was F1 counted?
#
# **Look out for** One name for two things: F1 of names counts whole names, F1 of answers counts words.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Exercises
#
# In [`exercises/12_fine_tuning_tokens.ipynb`](../exercises/12_fine_tuning_tokens.ipynb), judged by what they
# compute:
#
# | exercise | in section |
# |---|---|
# | [`align_labels`], [`entity_f1`] | 12.1 |
# | [`crf_path_score`], [`crf_log_partition`], [`viterbi`] | 12.2 |
# | [`best_span`], [`answer_f1`] | 12.5 |
# | [`answer_windows`] | 12.6 |
#
# To think about, without a judge:
#
# 1. Label further pieces `I-` in place of 0 (section 12.1). Does the score over pieces still move?
# 2. Begin the transitions at the logarithms of their frequencies in the training labels, at the backbone's
#    rate.
# 3. Give the *classifier* of the softmax the higher rate, too. Does it matter as much as for transitions?
# 4. Add windows without the answer to the training of section 12.7, with `[CLS]` as the target. Do the scores
#    of different windows become more comparable?
# 5. The marginals of section 12.2 can decode, too: the most probable label at each place. When do they differ
#    from the best path, and which has more right labels?
#
# ## Further reading
#
# * J. Lafferty, A. McCallum, F. Pereira, *Conditional random fields*, ICML 2001; C. Sutton, A. McCallum, *An
#   introduction to conditional random fields*, 2012, [arXiv:1011.4088](https://arxiv.org/abs/1011.4088).
# * G. Lample et al., *Neural architectures for named entity recognition*, NAACL 2016,
#   [arXiv:1603.01360](https://arxiv.org/abs/1603.01360); X. Ma, E. Hovy, *End-to-end sequence labeling via
#   bi-directional LSTM-CNNs-CRF*, ACL 2016, [arXiv:1603.01354](https://arxiv.org/abs/1603.01354).
# * J. Devlin et al., *BERT*, NAACL 2019, [arXiv:1810.04805](https://arxiv.org/abs/1810.04805), sections 4.2,
#   4.3 and 5.3.
# * L. Xu et al., *CLUENER2020*, 2020, [arXiv:2001.04351](https://arxiv.org/abs/2001.04351); L. Derczynski et
#   al., *Results of the WNUT2017 shared task*, [W17-4418](https://aclanthology.org/W17-4418).
# * P. Rajpurkar et al., *SQuAD*, EMNLP 2016, [arXiv:1606.05250](https://arxiv.org/abs/1606.05250), with its
#   baseline of sliding windows; J. Miller et al., *The effect of natural distribution shift on question
#   answering models*, ICML 2020, [arXiv:2004.14444](https://arxiv.org/abs/2004.14444).
#
# Chapter 13 goes back to pre-training and asks what to hide.
#
# [`align_labels`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=align_labels
# [`entity_f1`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=entity_f1
# [`crf_path_score`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=crf_path_score
# [`crf_log_partition`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=crf_log_partition
# [`viterbi`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=viterbi
# [`best_span`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=best_span
# [`answer_f1`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=answer_f1
# [`answer_windows`]: ../exercises/12_fine_tuning_tokens.ipynb#cell-id=answer_windows

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two about labels, three about paths, two about answers, one about windows. `viterbi` is
# `crf_log_partition` with a maximum and notes to follow back: do them in this order. Who has an hour takes
# `align_labels`, `crf_log_partition` and `best_span`.
#
# **Ask** For which of them can you write the judge yourself, in three lines?
#
# **Expect** For the three about paths, by listing all paths of a small case, as in 12.2; and for
# `best_span`, by listing all pairs.
#
# **Look out for** `crf_path_score.holes_not_bridged`
