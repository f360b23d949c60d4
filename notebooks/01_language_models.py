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
# # 1 · Language models before attention
#
# **The question.** From counting to windows to recurrence: how much of a sentence can a model remember, and
# what does it pay for what it forgets?
#
# Attention was invented because something else had run out of breath. This chapter follows that something
# else, from counting word pairs to recurrent networks, and measures at each step what is gained and what is
# still missing. Our test bench is a small artificial language of which we know *everything*: the exact
# probability of each sentence. So we need not ask whether one model is better than another; we can ask how
# far each is from perfect.
#
# After this chapter you can
#
# - score any language model by its perplexity, and avoid four ways in which that number goes wrong;
# - build an n-gram model with Kneser–Ney smoothing, and say why it counts *contexts* rather than words;
# - build Bengio's fixed-window network and skip-gram vectors, and show what neither can represent;
# - build a recurrent language model, and measure, not just assert, how its gradient fades with distance.
#
# **About 90 minutes** to read and run, and 90 more for the exercises in
# [`exercises/01_language_models.ipynb`](../exercises/01_language_models.ipynb); the text says when to do
# which. The cells run in 4 to 8 minutes on two CPU cores.
#
# **Prerequisites:** Python, NumPy, and Keras at the level of `Embedding`, `Dense` and `fit`.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One question runs through the lecture: what may stand in place of everything that was said so far?
# Counts, a window and a state are three answers. The language is ours, so the best possible score is known,
# and each answer is measured by its distance from it.
#
# **Ask** *The keys to the old cabinet* … Is it *is* or *are* that follows, and which word decides? Wait
# until somebody names the word.
#
# **Expect** *are*, because of *keys*, four words back, although *cabinet* stands next to it. Keep the
# sentence on the board: counts, windows and states will each be asked whether they see so far. If somebody
# says "the grammar decides", ask where a table of counted pairs would keep its grammar.
#
# **Look out for** "A language model is a large network." A table of counted pairs is one, too: whatever
# gives each sentence a probability.

# %%
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import math

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from course_lib.chapters import (
    band,
    chapter_budget,
    claim,
    mean_and_interval,
    paired,
    say,
    table,
    verdict,
    with_interval,
)
from course_lib.data import LanguageModelBatches, ToyLanguage, load_names
from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.evaluation import perplexity
from course_lib.models import NGramModel, RecurrentLanguageModel, SkipGram, WindowLanguageModel
from course_lib.models.skip_gram import nearest_neighbours, negative_sampling_loss, skip_gram_examples
from course_lib.plots import bars_with_intervals, curves, scatter_words
from course_lib.text import Vocabulary
from course_lib.training import ProgressLine, TokenCrossEntropy, set_seed

# %%
budget = chapter_budget("01_language_models")

say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.1 What a language model promises
#
# A language model gives a probability to every sentence. By the chain rule it does so one token at a time,
# and the end of the sentence is a token like any other:
#
# $$ p(w_1 \dots w_n) = \prod_{t=1}^{n+1} p(w_t \mid w_1 \dots w_{t-1}),
# \qquad w_{n+1} = \texttt{[END]} $$
#
# Nothing has been assumed so far. All models of this chapter are answers to one question: **what may stand in
# place of the condition** $w_1 \dots w_{t-1}$, which is different in almost every sentence ever written?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The chain rule is exact: nothing has been assumed yet. Read a perplexity as the number of equally
# likely words among which a model hesitates. Work the die below on the board; it takes two lines and saves
# much explaining. Live: the cell with the four wrong perplexities trains nothing. Hide its table, and let
# the room say of each row whether it comes out too high or too low.
#
# **Ask** Throws of a fair die: which perplexity has the best possible model? And a model that gives the six
# one half and shares the rest evenly?
#
# **Expect** 6, and about 7.6: one throw in six costs $\ln 2$, five in six cost $\ln 10$, and $2^{1/6} \cdot
# 10^{5/6} \approx 7.6$. Many say "less than 6, because it is surer". Being sure pays only where one is
# right: let them compute the mean cost of one throw.
#
# **Look out for** `token_perplexity.mean_of_perplexities`
#
# `token_perplexity.padding_counted`

# %%
toy = ToyLanguage()
train_pairs = toy.sample(budget.num_train_sentences, seed=0, split="train")
test_pairs = toy.sample(budget.num_test_sentences, seed=1, split="test")
vocabulary = Vocabulary.from_sentences(pair.source for pair in train_pairs)  # training split only


def encode(sentences, vocabulary):
    return [[vocabulary.id_of(word) for word in sentence] for sentence in sentences]


train_ids = encode((pair.source for pair in train_pairs), vocabulary)
test_ids = encode((pair.source for pair in test_pairs), vocabulary)
num_test_tokens = sum(len(sentence) + 1 for sentence in test_ids)  # every end is predicted too

for pair in test_pairs[:4]:
    print(f"{pair.source_log_probability:7.2f} nats   {' '.join(pair.source)}")
say(
    f"{len(train_pairs):,} sentences to learn from, {len(test_pairs):,} others to be judged on, "
    f"{len(vocabulary)} token ids (five of them special). The grammar can say about "
    f"{toy.num_sentences:.0e} different sentences, so almost none of the test is in the training text."
)

# %% [markdown]
# Look at the word *saw*. In one place it is a tool, in another it is what somebody did. *Rose* and *left*
# play the same game. Keep an eye on them: they will decide what we think of several models below.
#
# ### Perplexity
#
# We score a model by what it pays, in nats, for each token of sentences it has not seen, and by the
# exponential of that, the *perplexity*: the number of equally likely words that would be as hard to guess.
#
# $$ H = -\frac{1}{N} \sum_{t} \ln p(w_t \mid w_{<t}), \qquad \mathrm{PPL} = e^{H},
# \qquad N = \text{number of real tokens, ends included} $$
#
# For the toy language the cheapest possible bill is known: a model cannot, on average, pay less than the
# entropy of the language. `ToyLanguage` computes it from its grammar, and hands out the exact log probability
# of each sentence as well, so that we know the floor *for these very test sentences*.

# %% {"slideshow": {"slide_type": "fragment"}}
floor = toy.floor(test_pairs)
uniform = math.log(len(vocabulary))
say(
    f"The language has **{toy.entropy_per_token:.4f} nats** per token; our test sentences happen to have "
    f"{floor:.4f}. That is a perplexity of **{math.exp(floor):.2f}**, and no model can beat it except by "
    f"luck. Guessing evenly among all ids costs {uniform:.2f} nats, perplexity {math.exp(uniform):.0f}. "
    "Everything in this chapter happens between these two."
)

# %% [markdown]
# **Four ways to get a perplexity wrong**, all of them easy. The cell below commits them on purpose, with
# the true model of the language, for which we know the right answer.

# %%
nats = np.array([-pair.source_log_probability for pair in test_pairs])
lengths = np.array([len(pair.source) + 1 for pair in test_pairs])
longest = lengths.max()
right = perplexity(nats.sum(), lengths.sum())
wrong = {
    "padding averaged in, at zero cost": math.exp(nats.sum() / (longest * len(nats))),
    "mean of the sentences' perplexities": np.exp(nats / lengths).mean(),
    "end tokens paid for, not counted": math.exp(nats.sum() / (lengths - 1).sum()),
    "nats taken for bits, 2 to the H": 2 ** (nats.sum() / lengths.sum()),
}
table(
    ["how", "perplexity"], [["**right**", f"**{right:.2f}**"], *[[k, f"{v:.2f}"] for k, v in wrong.items()]]
)
assert min(abs(value / right - 1) for value in wrong.values()) > 0.002
assert sum(value < right for value in wrong.values()) == 2

# %% [markdown]
# Two of the four make the model look better than *perfect*. When your perplexity seems too good, look for the
# padding first.
#
# ✍️ **Exercise** [`token_perplexity`], 10 minutes: write it so that none of this can happen.
#
# [`token_perplexity`]: ../exercises/01_language_models.ipynb#cell-id=token_perplexity

# %% [markdown]
# ❓ **Question** [`too_good_perplexity`] to this section.
#
# [`too_good_perplexity`]: ../exercises/01_language_models.ipynb#cell-id=question-too_good_perplexity

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.2 Counting
#
# **Claim.** The last few words are a fair stand-in for the whole past, as long as one is careful about what
# was never counted.
#
# An *n-gram model* keeps $n - 1$ words of context $h$. Its most obvious estimate is the share
#
# $$ p(w \mid h) = \frac{c(h\,w)}{c(h)} $$
#
# which is the maximum of the likelihood of the training text, and a disaster on any other: one pair that was
# never seen makes a whole sentence impossible. Adding a constant $k$ to each count repairs that crudely,
#
# $$ p(w \mid h) = \frac{c(h\,w) + k}{c(h) + k V}. $$
#
# ($c(\cdot)$ counts in the training text; $V$ is the number of token ids.)
#
# ✍️ **Exercise** [`bigram_counts`], 10 minutes: count the pairs of a padded batch.
#
# [`bigram_counts`]: ../exercises/01_language_models.ipynb#cell-id=bigram_counts

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two ideas, one after the other. First the books: what is taken from the counts of a row is handed
# to the shorter model, so the row still sums to one. Then the shorter model itself: it is asked only when
# the longer one does not know, so it must be good at that. Short of time: the sum on the board, and leave
# the table of the notebook for reading.
#
# **Ask** A context was seen six times, with three different followers: three times, twice, once. The
# discount is one half. Which share goes to the shorter model? Then: *Francisco* is frequent, and always
# follows *San*. How good a guess is it behind a word that was never seen?
#
# **Expect** Three followers give one half each, 1.5 of 6: a quarter. The usual wrong answer is the discount
# itself, one half; take it up by asking from how many followers something was taken. *Francisco* is a poor
# guess: its frequency is owed to *San*, and it has one context only. *morning* plays *Francisco*'s part in
# our language.
#
# **Look out for** `kneser_ney_bigram.discount_not_given_back`
#
# `continuation_probability.wrong_direction`

# %% [markdown]
# **Kneser–Ney** does it with two better ideas.
#
# *Absolute discounting*: take the same small $D$ from each count, and give what was taken to a model with a
# shorter context $h'$, in proportion to $N_{1+}(h\,\bullet)$, the number of different words that followed
# $h$:
#
# $$ p(w \mid h) = \frac{\max(c(h\,w) - D,\, 0)}{c(h)}
#    \;+\; \underbrace{\frac{D \cdot N_{1+}(h\,\bullet)}{c(h)}}_{\text{what was taken}}\; p(w \mid h') $$
#
# *Continuation counts*: the shorter model is only asked when the longer one does not know. So it should not
# say how *often* a word occurs but in how many different *contexts*:
#
# $$ p(w) \propto N_{1+}(\bullet\, w) = |\{v : c(v\,w) > 0\}| $$
#
# In running English *Francisco* is frequent, yet follows *San* and hardly anything else; as a guess after an
# unknown word it is a poor one. In our language *morning* is such a word: it follows *every*, always.

# %%
counts = np.zeros((len(vocabulary), len(vocabulary)))
for sentence in train_ids:
    tokens = [vocabulary.start_id, *sentence, vocabulary.end_id]
    np.add.at(counts, (tokens[:-1], tokens[1:]), 1)  # (V, V): row = context, column = next token


def kneser_ney_bigram(counts, discount):
    """(V, V) probabilities from (V, V) counts; needs a count in every row it is asked about."""
    totals = counts.sum(axis=1, keepdims=True)
    followers = (counts > 0).sum(axis=1, keepdims=True)
    contexts = (counts > 0).sum(axis=0)
    continuation = contexts / contexts.sum()
    with np.errstate(invalid="ignore"):  # rows without counts
        return (np.maximum(counts - discount, 0) + discount * followers * continuation) / totals


by_count = counts.sum(axis=0) / counts.sum()
by_context = (counts > 0).sum(axis=0) / (counts > 0).sum()
rows = []
for word in ("morning", "up", "for", "saw", "the"):
    index = vocabulary.id_of(word)
    rows.append(
        [word, f"{by_count[index]:.2%}", int((counts[:, index] > 0).sum()), f"{by_context[index]:.2%}"]
    )
table(["word", "share of the text", "different words before it", "continuation probability"], rows)

# %% [markdown]
# The library's `NGramModel` does this for any order, estimates one $D$ for each, keeps raw counts where a
# sentence begins, and ends the recursion in a uniform guess so that no token, `[UNK]` included, is ever
# impossible. On what the small function above covers the two must agree:

# %%
START, END = vocabulary.start_id, vocabulary.end_id


def ngram(order, smoothing="kneser_ney", **kwargs):
    model = NGramModel(order, len(vocabulary), start_id=START, end_id=END, smoothing=smoothing, **kwargs)
    return model.fit(train_ids)


bigram = ngram(2)
ours = kneser_ney_bigram(counts, bigram.discounts[1])[vocabulary.id_of("the")]
difference = np.abs(ours - bigram.distribution([vocabulary.id_of("the")])).max()
say(
    f"Largest difference after *the*: {difference:.1e}, the probability that the library keeps for words "
    f"never seen at all. Its {len(vocabulary)} probabilities sum to "
    f"{bigram.distribution([START]).sum():.12f}."
)
assert difference < 2e-3

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# > **Predict before you run the next cell.** We try contexts of 0 to 4 words, with two kinds of smoothing.
# > Which context is best? Does it depend on the smoothing? How much of the test is impossible for the
# > unsmoothed trigram? Write your three answers down.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A minute, on paper, no talking. Then hands up for each length of context, and write the counts of
# hands on the board: they are answered on the next slide.
#
# **Expect** Most vote for the longest context and think that smoothing is a detail. Neither holds. The share
# of impossible sentences is guessed as nearly none or nearly all; it is neither (the share stands below), and
# one is too many.
#
# **Look out for** "Five, because five-grams are what people use." On how much text? A length of context has
# no meaning without the number of words that were counted.

# %% {"slideshow": {"slide_type": "subslide"}}
orders = budget.ngram_orders
kinds = {
    "add 0.1": {"smoothing": "add_k", "pseudo_count": 0.1},
    "Kneser–Ney": {"smoothing": "kneser_ney"},
}


def ngram_nats(model, sentences):
    return -sum(model.log_probability(sentence) for sentence in sentences) / num_test_tokens


ngram_scores = {
    kind: np.array([ngram_nats(ngram(order, **settings), test_ids) for order in orders])
    for kind, settings in kinds.items()
}
trigram_mle = ngram(3, "maximum_likelihood")
impossible = np.mean([np.isinf(trigram_mle.log_probability(sentence)) for sentence in test_ids])
contexts = [order - 1 for order in orders]
curves(
    {kind: (contexts, scores) for kind, scores in ngram_scores.items()},
    "words of context",
    "nats per token",
    title="n-gram models on held-out sentences",
    reference={"entropy": floor},
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Go from left to right: what one word of context is worth, where the curves part, where both turn.
# The level line is the entropy of the language. The unsmoothed trigram is not in the picture: its bill is
# infinite. Live: the cell that lets the trigram write trains nothing. Let the room call a seed, and read
# the sentence aloud until it loses its thread.
#
# **Ask** Both curves rise on the right. Has anything been counted wrongly? And why is adding a constant so
# much worse there?
#
# **Expect** Nothing is wrong, the counts are few. A tenth for *every* word of the vocabulary outweighs a
# context that was seen once or twice, while Kneser–Ney falls back on the shorter context. Somebody says
# "overfitting": accept it, and ask what it means for a table. What was seen of *the red cat* is of no use
# for *my old dog*.
#
# **Look out for** Judging a model by one sentence that it wrote. It may be fluent for three words and have
# forgotten how it began.

# %%
kn = ngram_scores["Kneser–Ney"]
best_context = contexts[int(kn.argmin())]
say(
    f"The unsmoothed trigram calls **{impossible:.0%}** of the test sentences impossible, although each is "
    f"perfectly good. Kneser–Ney is cheapest with {best_context} words of context: {kn.min():.3f} nats, "
    f"{kn.min() - floor:.3f} above the floor (perplexity {math.exp(kn.min()):.2f} against "
    f"{math.exp(floor):.2f})."
    + (
        f" With {contexts[-1]} words it gets *worse*, {kn[-1]:.3f}; adding a constant pays "
        f"{ngram_scores['add 0.1'][-1]:.3f} there."
        if kn[-1] > kn.min()
        else ""
    )
)
assert kn[-1] <= ngram_scores["add 0.1"][-1], "Kneser–Ney wins with long contexts"
assert kn.min() > floor
claim(kn[-1] > kn.min(), "a longer context does not pay off for counts")
claim(impossible > 0.1, "without smoothing, much is impossible")

# %% [markdown]
# **How to read it.** A longer context says more, and is seen less often. To a counting model *the red cat*
# and *my old dog* have nothing in common, so whatever it learned about the one is of no use for the other.
# That, not a lack of cleverness in smoothing, is what stops it.
#
# **What this does not show.** Our vocabulary is tiny and the text regular. On real text with tens of
# thousands of words, best orders of 3 to 5 are usual, and the distance between smoothings is larger.
#
# Sampling is a good way to see what a model believes. The trigram is fluent at arm's length and lost beyond:

# %%
trigram = ngram(3)
for seed in range(4):
    print("·", " ".join(vocabulary.token_of(index) for index in trigram.sample(seed)))

# %% [markdown]
# ✍️ **Exercises** [`continuation_probability`], 10 minutes, and [`kneser_ney_bigram`], 20 minutes.
#
# [`continuation_probability`]: ../exercises/01_language_models.ipynb#cell-id=continuation_probability
# [`kneser_ney_bigram`]: ../exercises/01_language_models.ipynb#cell-id=kneser_ney_bigram

# %% [markdown]
# ❓ **Question** [`longer_contexts`] to this section.
#
# [`longer_contexts`]: ../exercises/01_language_models.ipynb#cell-id=question-longer_contexts

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.3 A window of vectors
#
# **Claim.** If words are vectors, what is learned about *cat* serves *dog* too, and a longer context begins
# to pay.
#
# Bengio, Ducharme, Vincent and Jauvin (2003) keep the n-gram's window of $W$ words and replace the table of
# counts by a network. Each word has a vector $e(w)$, learned together with the rest:
#
# $$ h_t = \tanh\!\big(W_1\,[e(w_{t-W+1}); \dots; e(w_t)] + b_1\big) \quad (B, T, D) \qquad
#    \text{logits}_t = W_2 h_t + b_2 \quad (B, T, V) $$
#
# for $B$ sentences of $T$ positions that are read at once; $D$ is now the width of the hidden layer. The only
# new piece of code cuts a batch of sentences into windows, position by position:

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Follow one position through the shapes: ids $(B, T)$, windows $(B, T, W)$, vectors side by side,
# hidden $(B, T, D)$, logits $(B, T, V)$. Live: the cell that cuts a sentence into windows runs at once;
# have the room say the third row before it is printed.
#
# **Ask** *the red cat* was read often, *the red dog* never, though cats and dogs both were. What does a
# table of counts know about the word after *red dog*, and what can the network know?
#
# **Expect** The table falls back on *dog* alone. For the network the two windows are nearly the same input
# if the vectors of *cat* and *dog* lie close together, and they do, because that lowers the loss elsewhere.
# "It averages the counts of cat and dog" is a frequent answer: nothing is counted any more; what they share
# are the weights of the first layer.
#
# **Look out for** `context_windows.future_included`
#
# `context_windows.incomplete_dropped`

# %%


def context_windows(token_ids, window):
    """(B, T) ids → (B, T, window): the last `window` ids up to each position, padded on the left."""
    padded = ops.pad(token_ids, [[0, 0], [window - 1, 0]])
    return ops.stack([padded[:, i : i - window + 1 or None] for i in range(window)], axis=-1)


batch = np.array([[START, *train_ids[0][:4]]])
for window in ops.convert_to_numpy(context_windows(batch, window=3))[0]:
    print([vocabulary.token_of(int(index)) for index in window])

# %% [markdown]
# Left padding *inside* a window means "there was nothing yet"; right padding in a batch means "this
# sentence is over". The first is information for the model. The second must never count: the loss leaves it
# out, and since no position looks to its right, it changes no other position.
#
# ✍️ **Exercise** [`context_windows`], 15 minutes.
#
# [`context_windows`]: ../exercises/01_language_models.ipynb#cell-id=context_windows

# %%


def train(model, sentences, *, seed, num_epochs, label, embedded=vocabulary):
    """Fits a language model; the learning rate falls to zero along half a cosine."""
    batches = LanguageModelBatches(
        sentences,
        start_id=embedded.start_id,
        end_id=embedded.end_id,
        batch_size=budget.batch_size,
        shuffle_seed=seed,
    )
    rate = keras.optimizers.schedules.CosineDecay(budget.learning_rate, num_epochs * len(batches))
    optimizer = keras.optimizers.Adam(rate, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=False)
    progress = ProgressLine(f"{label}, seed {seed}")
    model.fit(batches, epochs=num_epochs, shuffle=False, verbose=0, callbacks=[progress])
    return model


# %%
def neural_nats(model, sentences):
    """Nats per token, ends counted, padding not; one sum over the corpus, one division."""
    batches = LanguageModelBatches(sentences, start_id=START, end_id=END, batch_size=512)
    total = num_tokens = 0
    for x, labels in (batches[index] for index in range(len(batches))):
        log_probabilities = ops.convert_to_numpy(ops.log_softmax(model(x)))
        of_labels = np.take_along_axis(log_probabilities, labels[..., None], axis=-1)[..., 0]
        total -= of_labels[labels != 0].sum(dtype="float64")
        num_tokens += (labels != 0).sum()
    return total / num_tokens


def claim_cheaper(better, worse, text):
    """Claims that `better` is below `worse`, run by run, with an interval that excludes zero."""
    claim(mean_and_interval(paired(worse, better)).low > 0, text)


# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# > **Predict.** The counting model was best with a short context. Will the network be, too? With *one* word
# > of context, can the network beat the bigram counts, or the other way round?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Hands for the network, hands for the counts, with *one* word of context. Ask one person of each
# camp for a reason.
#
# **Expect** Most bet on the network at every length. With one word there is nothing to share: each pair was
# counted often, and its share is as good an estimate as any. The gain must come from longer windows.
#
# **Look out for** "Networks are smoother, therefore better." Smoothness helps where counts are few.

# %%
window_models, window_scores = {}, {}
for size in budget.window_sizes:
    for seed in budget.seeds:
        set_seed(seed)
        model = WindowLanguageModel(len(vocabulary), budget.embedding_dim, budget.hidden_dim, window=size)
        train(model, train_ids, seed=seed, num_epochs=budget.num_window_epochs, label=f"window of {size}")
        window_models[size, seed] = model
        window_scores.setdefault(size, []).append(neural_nats(model, test_ids))

# %% {"slideshow": {"slide_type": "subslide"}}
means, lows, highs = band([window_scores[size] for size in budget.window_sizes])
curves(
    {
        "counts, Kneser–Ney": (contexts, kn),
        "network, mean and 95 % interval": (budget.window_sizes, means, lows, highs),
    },
    "words of context",
    "nats per token",
    title=f"A window of vectors, {len(budget.seeds)} seeds",
    reference={"entropy": floor},
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Left, one word: the counts are a hair below the network. Further right the counts turn up and the
# network goes down. The band is an interval over seeds; the test sentences are the same for all runs.
#
# **Ask** Extend the curve to the right with your finger. Would a window as long as the longest sentence
# reach the dotted line?
#
# **Expect** It flattens: each doubling brings less. Many say yes, for such a window sees everything. Ask
# what $W_1$ must learn then: each place in the window has weights of its own, so what was learned about a
# word seven places back is of no use eight places back. That is the way to recurrence.
#
# **Look out for** Taking the narrow band for certainty about language. It says that other first weights would
# give the same, on this text. And calling it a tie at one word, as it looks: the band lies above the counts.

# %%
widest = budget.window_sizes[-1]
say(
    f"With one word {'the counts are ahead by a hair' if lows[0] > kn[1] else 'the two are not told apart'}: "
    f"{kn[1]:.3f} nats, {means[0]:.3f} for the network; in this language they have seen every pair often "
    f"enough. With {widest} words the network pays "
    f"{means[-1]:.3f} ± {(highs[-1] - lows[-1]) / 2:.3f}, the best counts pay {kn.min():.3f}: the gap to "
    f"the floor shrinks from {kn.min() - floor:.3f} to **{means[-1] - floor:.3f}** nats."
)
claim_cheaper(
    window_scores[widest], [kn.min()] * len(budget.seeds), "a wide window of vectors beats counting"
)
claim_cheaper(window_scores[widest], window_scores[1], "a wide window beats a narrow one")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ### What a window cannot know
#
# Here are two beginnings of sentences. Both end in *the small red saw*, and in both this saw is the tool. In
# the first, the sentence has had its verb, and none may follow now; in the second it is still to come.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read both beginnings aloud, then cover all but the last four words of each with your hand. Live,
# where the models are trained already: change a word outside of the window and run the cell again; then
# change one inside. Short of time: leave the probes for reading.
#
# **Ask** May a verb follow? And how much closer could more training bring the two predictions to the truth?
#
# **Expect** In the second beginning it must, in the first it must not. Training cannot part them: the input
# is the same, so the difference is zero before, during and after it. Who says "it becomes small, not zero"
# should write down the two rows of ids.
#
# **Look out for** Reading probes backwards. A linear probe that succeeds shows what *can* be read from a
# state, not what the model uses; one that fails may have missed what is folded. Only equal inputs prove a
# loss.

# %%
finished = ["my", "cat", "saw", "the", "small", "red", "saw"]
unfinished = ["the", "cat", "near", "the", "small", "red", "saw"]
verbs = {
    vocabulary.id_of(rule.source_words[0])
    for kind in ("Transitive", "Intransitive")
    for rule in TOY_GRAMMAR[f"{kind}[one]"]
}
verbs = sorted(verbs | {vocabulary.id_of("never")})  # "never" begins a verb, too


def next_word(model, words):
    """(V,) probabilities of the next word."""
    token_ids = np.array([[START, *encode([words], vocabulary)[0]]])
    return ops.convert_to_numpy(ops.softmax(model(token_ids)[0, -1]))


size, seed = 4, budget.seeds[0]
after_finished = next_word(window_models[size, seed], finished)
after_unfinished = next_word(window_models[size, seed], unfinished)
largest_difference = float(np.abs(after_finished - after_unfinished).max())
say(
    f"A window of {size} sees *the small red saw* both times. Largest difference between its two "
    f"predictions: **{largest_difference:g}**. It expects a verb with probability "
    f"{after_finished[verbs].sum():.2f}, whether one is needed or forbidden."
)
assert largest_difference == 0.0

# %% [markdown]
# Not a small difference: none, and no amount of training can change it, because the input is the same. A
# wider window moves the trouble further out and never removes it. With `window=1` the same holds for the
# word *saw* itself: one input, one hidden vector, tool and deed alike.
#
# We can ask every model what it knows, with a **linear probe**: take the hidden state after a word, and let a
# linear classifier, trained on training sentences and judged on test sentences, say which of two things is
# the case. If it cannot, the state does not hold the answer, at least not in a form a linear layer can read.
# Two questions:
#
# * *which of the two words is it?* at *saw*, *rose* and *left*: the translation tells, for the tool is
#   translated *zigo(n)* and the deed is not;
# * *has the sentence had its verb?* at each noun of a simple sentence.

# %%
NAMES = {"saw": "zigo", "rose": "thubo", "left": "hopil"}  # how the tool, the flower, the side are translated
JOINTS = {"and", "but", "because", "while", "that"}
NOUNS = {rule.target_words[0] for n in ("one", "many") for rule in TOY_GRAMMAR[f"Noun[{n}]"]}


def questions(pairs):
    """Lists (sentence, position, answer): one for each ambiguous word, and one about the verb."""
    found = {word: [] for word in NAMES} | {"verb": []}
    for number, pair in enumerate(pairs):
        translation = {source: pair.target[target] for source, target in sorted(pair.alignment)}
        had_verb = False
        for position, word in enumerate(pair.source):
            if word in NAMES:
                found[word].append((number, position, translation[position].startswith(NAMES[word])))
            if translation[position] in NOUNS and not JOINTS & set(pair.source):
                found["verb"].append((number, position, had_verb))
            had_verb |= translation[position].endswith(("ek", "eku", "ka"))
    return found


probe_pairs = {"train": train_pairs[: 2 * len(test_pairs)], "test": test_pairs}
probe_questions = {split: questions(pairs) for split, pairs in probe_pairs.items()}
table(
    ["question", "examples to train on", "to test on", "share of *yes*"],
    [
        [name, len(probe_questions["train"][name]), len(asked), f"{np.mean([yes for *_, yes in asked]):.0%}"]
        for name, asked in probe_questions["test"].items()
    ],
)

# %%


def features(states_of, split, name):
    """What a model knows at each asked position: features (n, D) and answers (n,) of ±1."""
    asked = probe_questions[split][name]
    sentences = encode((pair.source for pair in probe_pairs[split]), vocabulary)
    token_ids = np.zeros((len(sentences), max(map(len, sentences)) + 1), "int32")
    for row, sentence in zip(token_ids, sentences, strict=True):
        row[: len(sentence) + 1] = [START, *sentence]
    states = states_of(token_ids)  # (sentences, T, D)
    rows, columns, answers = map(np.array, zip(*asked, strict=True))
    return states[rows, columns + 1], np.where(answers, 1.0, -1.0)


def probe(states_of, name):
    """Balanced accuracy of a linear probe on test sentences: 0.5 is what a constant answer gets."""
    x, y = features(states_of, "train", name)
    weights = np.where(y > 0, 0.5 / (y > 0).sum(), 0.5 / (y < 0).sum())[:, None]
    design = np.hstack([x, np.ones((len(x), 1))])
    ridge = 1e-4 * np.eye(design.shape[1])
    solution = np.linalg.solve(design.T @ (weights * design) + ridge, design.T @ (weights[:, 0] * y))
    x, y = features(states_of, "test", name)
    said_yes = np.hstack([x, np.ones((len(x), 1))]) @ solution > 1e-6
    return 0.5 * (said_yes[y > 0].mean() + (~said_yes)[y < 0].mean())


# %%


def both_probes(states_of):
    """(which of the two words, had its verb): the first is the mean over the three ambiguous words."""
    return np.mean([probe(states_of, word) for word in NAMES]), probe(states_of, "verb")


def hidden_states_of(model):
    return lambda token_ids: ops.convert_to_numpy(model.hidden_states(token_ids))


probes = {
    f"window {size}": np.array([both_probes(hidden_states_of(window_models[size, s])) for s in budget.seeds])
    for size in budget.window_sizes
}
table(
    ["model", "which of the two words?", "had its verb?"],
    [[name, *(f"{value:.1%}" for value in scores.mean(axis=0))] for name, scores in probes.items()],
)
assert np.allclose(probes["window 1"][:, 0], 0.5), "one word in, one vector out"

# %% [markdown]
# With a window of one the first question is answered at the level of a constant, **exactly**: both uses are
# the same vector. In this language two words are enough to tell the tool from the deed, since what stands
# before a noun never stands before a verb. That is luck. The verb question needs a different number of words
# in every sentence, and here each window fails at its own edge.
#
# **What this does not show.** A probe shows what *can be read*, not what the model *uses*. And a failing
# linear probe may mean that the answer is there, but folded.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.4 Words as points: skip-gram
#
# **Claim.** Vectors can be learned without predicting sentences at all, and they group words by use. But one
# word gets one point, however many meanings it has.
#
# The embedding table turned out to be the precious part of Bengio's network. Skip-gram with negative sampling
# (Mikolov et al. 2013) throws the rest away: for a word $c$, tell a true neighbour $o$ from $K$ random words
# $n_k$ by a dot product of two vectors, $v$ of the word and $u$ of the neighbour.
#
# $$ \ell = -\ln \sigma(v_c \cdot u_o) - \sum_{k=1}^{K} \ln \sigma(-v_c \cdot u_{n_k}),
#    \qquad p(n_k = w) \propto \mathrm{count}(w)^{3/4} $$
#
# ✍️ **Exercise** [`negative_sampling_loss`], 15 minutes.
#
# [`negative_sampling_loss`]: ../exercises/01_language_models.ipynb#cell-id=negative_sampling_loss

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Everything but the table of vectors is thrown away. For each pair of neighbours the loss asks one
# question that should be answered yes, and $K$ that should be answered no. There are two tables: a word as
# centre and a word as neighbour.
#
# **Ask** Leave out the second sum. Which vectors make the loss as small as you like? And: where will *saw*
# lie, with the nouns or with the verbs?
#
# **Expect** All vectors long and in one direction: every dot product is large, and nothing is told apart.
# *saw*: take a vote, and do not answer; the picture does. "In both groups" is the answer to take up: how
# many rows has the table for *saw*?
#
# **Look out for** `negative_sampling_loss.negatives_not_flipped`
#
# `negative_sampling_loss.softmax_instead`

# %%
static_vectors = {}
for seed in budget.seeds:
    set_seed(seed)
    x, y = skip_gram_examples(train_ids, len(vocabulary), window=2, num_negatives=5, seed=seed)
    skip_gram = SkipGram(len(vocabulary), embedding_dim=16)
    skip_gram.compile(keras.optimizers.Adam(0.01), negative_sampling_loss, jit_compile=False)
    skip_gram.fit(
        x,
        y,
        batch_size=4096,
        epochs=budget.num_skip_gram_epochs,
        verbose=0,
        callbacks=[ProgressLine(f"skip-gram, {len(y):,} pairs, seed {seed}")],
    )
    static_vectors[seed] = skip_gram.vectors

# %%
vectors = static_vectors[budget.seeds[0]]
rows = []
for word in ("cat", "trees", "red", "chased", "quickly", "near", "saw"):
    near = nearest_neighbours(vectors, vocabulary.id_of(word), count=4)
    rows.append([f"**{word}**", ", ".join(f"{vocabulary.token_of(i)} ({cosine:.2f})" for i, cosine in near)])
table(["word", "nearest by cosine"], rows)

# %% {"slideshow": {"slide_type": "subslide"}}
KINDS = {
    "noun": "Noun[one]",
    "plural noun": "Noun[many]",
    "adjective": "Adjective",
    "transitive verb": "Transitive[one]",
    "other verb": "Intransitive[one]",
    "manner": "Manner",
}
kind_of = {
    rule.source_words[0]: kind for kind, symbol in KINDS.items() for rule in TOY_GRAMMAR[symbol]
} | dict.fromkeys(NAMES, "two meanings")
kind_of = {word: kind for word, kind in kind_of.items() if word not in ("looked", "picked", "woke")}
words = sorted(kind_of, key=lambda word: list([*KINDS, "two meanings"]).index(kind_of[word]))
chosen = vectors[[vocabulary.id_of(word) for word in words]]
chosen = chosen / np.linalg.norm(chosen, axis=1, keepdims=True)
centred = chosen - chosen.mean(axis=0)
_, _, axes = np.linalg.svd(centred, full_matrices=False)
shown = {"cat", "trees", "red", "chased", "slept", "quickly", *NAMES}
scatter_words(
    centred @ axes[:2].T,
    [word if word in shown else "" for word in words],
    [kind_of[word] for word in words],
    title="Skip-gram vectors, first two principal components",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The colours are ours, the places are the model's: nobody told it about parts of speech. Name the
# groups one by one, and come to the black crosses last.
#
# **Ask** What do the two axes mean? And what has *cat* in common with the other nouns beside it?
#
# **Expect** The axes are the directions of largest spread and have no other meaning. The nouns share their
# use in this language, not their nature: boats and animals lie in one heap because the grammar treats them
# alike. Names for the axes will be proposed; let them stand as guesses and ask how one would test them.
#
# **Look out for** Believing in small distances of a projection: what is near in two dimensions may be far
# in sixteen. The cosines of the notebook are taken in all of them. And "skip-gram fails on *saw*": any
# table with one row a word does.

# %% [markdown]
# Nobody told the model about parts of speech: words that keep the same company lie together. (The picture
# keeps two of the many dimensions; what is near in it need not be near in the table above.) Now find *saw*,
# *rose* and *left*. Each of them keeps two kinds of company and has only one vector to do it with.

# %%


def cosines_to_kinds(word, vectors):
    """Cosine of a word to the mean direction of its first and of its second kind."""
    kinds = {
        "saw": ("noun", "transitive verb"),
        "rose": ("noun", "other verb"),
        "left": ("adjective", "transitive verb"),
    }
    vector = vectors[vocabulary.id_of(word)]
    result = []
    for kind in kinds[word]:
        members = [other for other, its in kind_of.items() if its == kind]
        centre = np.mean([vectors[vocabulary.id_of(member)] for member in members], axis=0)
        result.append(vector @ centre / np.linalg.norm(vector) / np.linalg.norm(centre))
    return result


def typical_cosine(kind, vectors):
    """Median cosine of a word of one meaning to the mean direction of its kind."""
    members = np.array([vectors[vocabulary.id_of(word)] for word, its in kind_of.items() if its == kind])
    centre = members.mean(axis=0)
    return np.median(members @ centre / np.linalg.norm(members, axis=1) / np.linalg.norm(centre))


# %%
mixed = {w: np.mean([cosines_to_kinds(w, v) for v in static_vectors.values()], axis=0) for w in NAMES}
typical = {k: np.mean([typical_cosine(k, v) for v in static_vectors.values()]) for k in KINDS}
table(
    ["word", "cosine to its name-like kind", "cosine to its verb-like kind"],
    [
        *[[f"**{word}**", *(f"{value:.2f}" for value in values)] for word, values in mixed.items()],
        ["an ordinary noun", f"{typical['noun']:.2f}", ""],
        ["an ordinary transitive verb", "", f"{typical['transitive verb']:.2f}"],
    ],
)


# %%
def static_states(token_ids):
    return vectors[token_ids]


static_probe = both_probes(static_states)
probes["static vector"] = np.array([static_probe])
say(
    f"The cosine of *saw* is {mixed['saw'][0]:.2f} to the nouns and {mixed['saw'][1]:.2f} to the verbs, "
    f"where a word of one meaning has about {min(typical['noun'], typical['transitive verb']):.2f} to "
    "its own kind: it is in neither group. And a linear probe on static vectors says which *saw* stands "
    f"in a sentence in **{static_probe[0]:.0%}** of the cases, the value of a constant answer."
)
assert np.isclose(static_probe[0], 0.5)
assert all(max(mixed[word]) < min(typical["noun"], typical["transitive verb"]) for word in ("saw", "rose"))

# %% [markdown]
# **What this does not show.** Nothing here is a fault of skip-gram's loss: *any* table with one row a word
# has it. The remedy has to be a vector that depends on the sentence.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.5 Recurrence
#
# **Claim.** A state that is updated word by word needs no window, and it tells the two *saws* apart.
#
# Elman (1990) lets the network read its own last state:
#
# $$ h_t = \tanh(W e(w_t) + R\, h_{t-1} + b) \quad (B, D) \qquad \text{logits}_t = U h_t + c \quad (B, V) $$
#
# In principle $h_t$ can hold all of $w_1 \dots w_t$. The GRU (Cho et al. 2014) lets the state decide, unit by
# unit, whether to be rewritten at all ($e_t = e(w_t)$; $\sigma$ is the sigmoid, $\odot$ multiplies entry by
# entry):
#
# $$ z_t = \sigma(W_z e_t + R_z h_{t-1} + b_z) \qquad r_t = \sigma(W_r e_t + R_r h_{t-1} + b_r) $$
# $$ \tilde h_t = \tanh(W_h e_t + R_h (r_t \odot h_{t-1}) + b_h) \qquad
#    h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde h_t $$
#
# That is the form of the paper. Keras multiplies by $r_t$ *after* the matrix product (`reset_after=True`),
# which is faster on GPUs; and papers differ on whether $z$ or $1 - z$ keeps the old state. Both are traps
# when weights are moved from one library to another.
#
# ✍️ **Exercise** [`elman_step`], 10 minutes. The GRU's step, `gru_step`, is an exercise of chapter 2.
#
# [`elman_step`]: ../exercises/01_language_models.ipynb#cell-id=elman_step

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same matrices at every word, so the length of a sentence costs no parameters. For the GRU take
# one unit and two extremes. Short of time: leave out the reset gate.
#
# **Ask** One unit of the GRU with $z = 1$ at each step: what does it hold at the end? With $z = 0$ and $r =
# 0$? And then the prediction: of the gap that the widest window leaves, how much can the state close: none,
# a third, most?
#
# **Expect** With $z = 1$ its first value, untouched; with both at 0 only the last word. About the gap: less
# than those hope who say "it sees everything", more than those fear who say "the window saw nearly all".
# Many have $z$ the wrong way round, since papers and libraries differ: settle it with the last formula of
# the slide.
#
# **Look out for** `elman_step.recurrent_kernel_transposed`
#
# `elman_step.state_added_outside`

# %% [markdown]
# > **Predict.** The network with the widest window already saw most of each sentence. How much of its
# > remaining gap to the floor can a GRU of the same width close: none, a third, most?

# %%
recurrent_models, recurrent_scores = {}, []
for seed in budget.seeds:
    set_seed(seed)
    model = RecurrentLanguageModel(len(vocabulary), budget.embedding_dim, budget.hidden_dim, cell="gru")
    train(model, train_ids, seed=seed, num_epochs=budget.num_recurrent_epochs, label="GRU")
    recurrent_models[seed] = model
    recurrent_scores.append(neural_nats(model, test_ids))
probes["GRU"] = np.array([both_probes(hidden_states_of(model)) for model in recurrent_models.values()])

# %% {"slideshow": {"slide_type": "subslide"}}
gaps = {"counts, best order": (kn.min() - floor,) * 3}
for size in budget.window_sizes:
    gaps[f"window {size}"] = tuple(np.array(mean_and_interval(window_scores[size])) - floor)
gaps["GRU"] = tuple(np.array(mean_and_interval(recurrent_scores)) - floor)
bars_with_intervals(gaps, "nats per token above the floor", title="Distance to a perfect model")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Zero is a perfect model: a bar shows what is paid too much for each token. Bring back the two
# beginnings of section 1.3. Live, where the model is trained: ask `next_word` for beginnings that the room
# proposes, in words of the toy language.
#
# **Ask** The last bar is not at zero. Is what is left a lack of memory?
#
# **Expect** Not of this kind of memory: a probe reads from the state which *saw* it was and whether the
# verb has come. Left are a finite text, a short training and a small width; the chapter does not divide the
# rest among them. "Language is random, so something must remain" is the answer to take up: what is random
# is the floor, and that has been subtracted.
#
# **Look out for** "No window, so it remembers everything." It has one vector for all that was said.

# %%
before, after = gaps[f"window {widest}"][0], gaps["GRU"][0]
say(
    f"The GRU pays {np.mean(recurrent_scores):.3f} nats, perplexity "
    f"{math.exp(np.mean(recurrent_scores)):.2f} where {math.exp(floor):.2f} is perfect. It closes "
    f"{1 - after / before:.0%} of the gap that the widest window had left."
)
claim_cheaper(recurrent_scores, window_scores[widest], "recurrence beats the widest window")
# %% [markdown]
# **What this does not show.** The GRU was trained for four epochs, each window for two. How much of what it
# gains on the widest window is recurrence and how much is training was not measured; a window trained longer
# may come nearer. The percentages of section 1.8 mix the same two causes.
# %%
table(
    ["state", "which of the two words?", "had its verb?"],
    [
        [name, *(f"{100 * mean:.1f} %" for mean in scores.mean(axis=0))]
        for name, scores in sorted(probes.items(), key=lambda item: item[1].mean())
    ],
)
uses, verb = probes["GRU"].mean(axis=0)
say(
    f"From the GRU's state a linear probe tells the two uses apart in **{uses:.1%}** of the held-out cases "
    f"(static vector: {static_probe[0]:.0%}), and knows whether the verb has come in {verb:.1%}. The pair of "
    "beginnings from above:"
)

# %%
rows = []
for name, model in (
    ("window 4", window_models[4, budget.seeds[0]]),
    ("GRU", recurrent_models[budget.seeds[0]]),
):
    expected = [next_word(model, words)[verbs].sum() for words in (finished, unfinished)]
    rows.append([name, *(f"{value:.3f}" for value in expected)])
table(["model", f"verb after *{' '.join(finished)}*", f"verb after *{' '.join(unfinished)}*"], rows)
gru_finished, gru_unfinished = (float(value) for value in rows[-1][1:])
claim_cheaper(
    1 - probes["GRU"][:, 0], [1 - static_probe[0]] * len(budget.seeds), "the state separates the two uses"
)
claim(gru_finished < 0.1 < 0.4 < gru_unfinished, "the GRU knows whether a verb may follow")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.6 How far does the learning signal reach?
#
# For the state to *learn* to keep something over $k$ steps, the loss at step $t$ must be felt at step $t -
# k$. By the chain rule the message passes $k$ times through the same matrix:
#
# $$ \frac{\partial h_t}{\partial h_{t-k}} = \prod_{i=t-k+1}^{t} \operatorname{diag}(1 - h_i^2)\, R $$
#
# (The latest factor, $i = t$, stands on the left.) If $R$ shrinks vectors, the product dies off
# geometrically; if it stretches them, it may explode (Hochreiter 1991; Bengio, Simard and Frasconi 1994).
# That is the theory, and it is often retold as "plain recurrent networks cannot learn long dependencies;
# gated ones can". Let us look at the quantity itself,
#
# $$ g(k) = \Big\| \frac{\partial\, \ell_t}{\partial\, e(w_{t-k})} \Big\| $$
#
# averaged (geometrically) over sentences.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One unit first: a factor of 0.9 for each step leaves half a per cent after fifty, a factor of 1.1
# makes more than a hundred of one. Then the product on the slide: the same matrix again and again. Let
# everybody rank plain, GRU and LSTM on paper before you go on.
#
# **Expect** Nearly everybody ranks LSTM, GRU, plain. Before training it is the other way round: an
# orthogonal matrix keeps lengths, so the plain network fades least, while gates that stand half open let a
# part go at every step. With $R$ at half its size comes the picture of the textbooks. Ask those who knew
# the theorem what it says about the size of $R$.
#
# **Look out for** "Vanishing is a property of the architecture." It is a property of a number, and the
# number depends on weights, gates and training.

# %%


def gradient_by_distance(model, token_ids, labels):
    """g(k) for k = 0 … T − 1: the loss at the last position, felt by the word vector k steps before."""
    vectors = tf.convert_to_tensor(model.embedding(token_ids))  # (B, T, embedding_dim)
    with tf.GradientTape() as tape:
        tape.watch(vectors)
        logits = model.output_projection(model.hidden_states_from_vectors(vectors)[:, -1])
        loss = tf.reduce_sum(keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True))
    norms = np.linalg.norm(tape.gradient(loss, vectors).numpy(), axis=-1)  # (B, T)
    return np.exp(np.log(norms + 1e-30).mean(axis=0))[::-1]


def per_step(profile):
    """The factor by which the gradient changes from one step to the next: slope of a line through ln g."""
    return math.exp(np.polyfit(np.arange(len(profile)), np.log(profile), 1)[0])


# %% [markdown]
# > **Predict.** Before any training: does the gradient of a plain recurrent network vanish? Of a GRU? Of an
# > LSTM (Hochreiter and Schmidhuber 1997), which carries a second vector, its memory, from step to step, with
# > gates of its own? Rank the three by how far back the loss is felt. The plain network is shown with its
# > recurrent matrix at half, at full and at one and a half times the size that Keras gives it.

# %% {"slideshow": {"slide_type": "subslide"}}
STEPS = 48
running_text = np.concatenate([[START, *sentence] for sentence in test_ids])
stretches = running_text[: 64 * (STEPS + 1)].reshape(64, STEPS + 1).astype("int32")
settings = {
    "plain, R × 0.5": ("simple_rnn", 0.5),
    "plain, R × 1": ("simple_rnn", 1.0),
    "plain, R × 1.5": ("simple_rnn", 1.5),
    "GRU": ("gru", 1.0),
    "LSTM": ("lstm", 1.0),
}


def untrained(cell, scale, seed):
    set_seed(seed)
    model = RecurrentLanguageModel(len(vocabulary), budget.embedding_dim, 64, cell=cell)
    model.build()
    kernel = model.recurrent_layers[0].cell.recurrent_kernel
    kernel.assign(scale * ops.convert_to_numpy(kernel))
    return model


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Five networks, none trained. The loss at the last word, and the length of its gradient at each
# earlier one. The curves stand in the notebook. Live: this needs no training, so draw them, and let the
# room call another factor for $R$.
#
# **Ask** On a logarithmic axis, what does a straight line say? And $R$ times 1.5: why does its curve not
# grow as $1.5^k$?
#
# **Expect** A line is a constant factor per step, and its slope is the logarithm of the factor. States become
# large and the tanh flattens, so its derivative takes back most of what $R$ stretches. At the far right it
# does grow by nearly 1.5 a step: that is the beginning of the stretch, where the state is still small. Who
# answers $1.5^k$ has computed a linear network rightly; ask for the factor $1 - h^2$ of the formula.
#
# **Look out for** Carrying a picture of fresh weights over to trained ones. The slides that follow do not
# agree with it.

# %%
initial = {
    name: np.array(
        [
            gradient_by_distance(untrained(cell, scale, seed), stretches[:, :-1], stretches[:, -1])
            for seed in budget.seeds
        ]
    )
    for name, (cell, scale) in settings.items()
}


# %%
def log_band(profiles):
    """x, geometric mean over seeds, and its interval, for a log plot."""
    logs = np.log(profiles)
    return np.arange(logs.shape[1]), *map(np.exp, band(logs.T))


curves(
    {name: log_band(profiles) for name, profiles in initial.items()},
    "steps back",
    "gradient norm",
    title=f"Before training: how far back is the loss felt? ({len(budget.seeds)} seeds)",
    log_y=True,
)

# %%
factor = {name: np.array([per_step(profile) for profile in profiles]) for name, profiles in initial.items()}
table(
    ["at initialisation", "factor per step", "what is left after 40 steps"],
    [[name, f"{f.mean():.3f}", f"{f.mean() ** 40:.0e}"] for name, f in factor.items()],
)
say(
    "The plain network's gradient does **not** vanish: Keras starts $R$ as an orthogonal matrix, which "
    "keeps lengths, and small states leave tanh nearly linear: a factor of "
    f"{factor['plain, R × 1'].mean():.3f} per step. At half the size it is "
    f"{factor['plain, R × 0.5'].mean():.2f}, the theory's picture. And the *gated* networks fade: a "
    "fresh GRU's gates stand half open, so that each step keeps a factor of about "
    f"{factor['GRU'].mean():.2f}; the LSTM, whose forget gate starts at σ(1) ≈ "
    f"{1 / (1 + math.exp(-1)):.2f}, keeps {factor['LSTM'].mean():.2f}."
)
assert factor["plain, R × 0.5"].max() < 0.6
assert factor["plain, R × 1"].min() > 0.9 and factor["plain, R × 1"].max() < 1.05
assert factor["GRU"].max() < factor["LSTM"].min() < factor["plain, R × 1"].min()

# %% [markdown]
# So what vanishes is decided by a number, the factor per step. In a fresh plain network it is nearly **one**
# number for all units and words, and a knife's edge: below one the signal fades, above one nothing but
# saturation keeps it in check. (The bend of $R$ × 1.5 at the far right is the beginning of the stretches: the
# state is small there, and nothing saturates.) Gates make it a number for each unit and each word, *which can
# be learned*. (The LSTM of 1997 did start from a factor of one: its memory had no forget gate.)

# %% [markdown] {"slideshow": {"slide_type": "subslide"}}
# ### After training, and what it is good for
#
# Now the other half of the toy language: the translations. There the verb closes the clause and must agree in
# number with a subject that stands far before it, with other nouns between. *so vado dor sol yemon …
# zumek*: one dog, behind the trees, saw. The test (Linzen, Dupoux and Goldberg 2016) is simple: at the
# verb, does the model prefer the right form to the other one?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the sentence aloud and point: one subject on the left, its verb at the end, other nouns
# between. Two forms of the verb; the model passes if the right one is more probable. Tossing a coin passes
# half of the time. Take bets.
#
# **Ask** Counts of three words, a window of four, a plain network, a GRU: which of them still choose the
# right form when the verb stands eight words and more behind its subject?
#
# **Expect** Counts and window cannot: the subject is out of sight. Many bet against the plain network,
# because "plain networks forget". Write the bets down, the answer is two slides on.
#
# **Look out for** Judging this by the loss. Whether the verb is right is a small part of the bill of a
# sentence: a model may be cheap and fail here.

# %%
target_vocabulary = Vocabulary.from_sentences(pair.target for pair in train_pairs)
target_train = encode((pair.target for pair in train_pairs), target_vocabulary)
JOINTS_OF_TARGET, TIMES = {"ul", "fen", "zor", "dun"}, {"bovi", "gori", "alvi", "kesi"}


def agreement_items(pairs):
    """(sentence, distance from subject to verb, position of the verb) of sentences of one clause."""
    items = []
    for pair in pairs:
        words = pair.target
        if not JOINTS_OF_TARGET & set(words):
            verb = max(index for index, word in enumerate(words) if word.endswith(("ek", "eku")))
            subject = 1 + (words[0] in TIMES)  # a time may open the clause; then determiner, then noun
            items.append((words, verb - subject, verb))
    return items


def both_forms(verb):
    """The form as it stands, and the one for the other number."""
    return verb, verb.removesuffix("u") if verb.endswith("u") else verb + "u"


items = agreement_items(toy.sample(2 * len(test_pairs), seed=2, split="test"))
distances = np.array([distance for _, distance, _ in items])
forms = np.array(encode([both_forms(words[verb]) for words, _, verb in items], target_vocabulary))
prefixes = [[START, *encode([words[:verb]], target_vocabulary)[0]] for words, _, verb in items]
print(*items[0][0], "| distance", items[0][1], "| not:", target_vocabulary.token_of(int(forms[0, 1])))

# %%


def neural_agreement(model):
    """For each item, whether the right form of the verb is more probable than the other."""
    token_ids = np.zeros((len(prefixes), max(map(len, prefixes))), "int32")
    for row, prefix in zip(token_ids, prefixes, strict=True):
        row[: len(prefix)] = prefix
    logits = ops.convert_to_numpy(model(token_ids))
    at_verb = logits[np.arange(len(prefixes)), [len(prefix) - 1 for prefix in prefixes]]
    right, other = np.take_along_axis(at_verb, forms, axis=1).T
    return right > other


BINS = [(1, 4), (5, 7), (8, 10), (11, 19)]


def by_distance(correct):
    return [correct[(low <= distances) & (distances <= high)].mean() for low, high in BINS]


ngram_target = NGramModel(3, len(target_vocabulary), start_id=START, end_id=END).fit(target_train)
right_by_count = [
    ngram_target.probability(right, prefix) > ngram_target.probability(other, prefix)
    for prefix, (right, other) in zip(prefixes, forms.tolist(), strict=True)
]
agreement = {"counts, trigram": np.array([by_distance(np.array(right_by_count))])}

# %%
START_AND_END = {"start_id": START, "end_id": END}
long_sentences = [sentence for sentence in target_train if len(sentence) >= 19][:256]
inputs = np.array([[START, *sentence[:18]] for sentence in long_sentences], "int32")
answers = np.array([sentence[18] for sentence in long_sentences])
makers = {
    "window 4": lambda: WindowLanguageModel(
        len(target_vocabulary), budget.embedding_dim, budget.hidden_dim, window=4
    ),
    "plain": lambda: RecurrentLanguageModel(
        len(target_vocabulary), budget.embedding_dim, 64, cell="simple_rnn"
    ),
    "GRU": lambda: RecurrentLanguageModel(len(target_vocabulary), budget.embedding_dim, 64, cell="gru"),
}

# %%
profiles = {}
for name, make in makers.items():
    for seed in budget.seeds:
        set_seed(seed)
        model = make()
        if name != "window 4":
            model.build()
            profiles.setdefault(f"{name}, fresh", []).append(gradient_by_distance(model, inputs, answers))
        num_epochs = budget.num_window_epochs if name == "window 4" else budget.num_agreement_epochs
        train(model, target_train, seed=seed, num_epochs=num_epochs, label=name, embedded=target_vocabulary)
        if name != "window 4":
            profiles.setdefault(f"{name}, trained", []).append(gradient_by_distance(model, inputs, answers))
        scores = by_distance(neural_agreement(model))
        agreement[name] = np.vstack([agreement.get(name, np.empty((0, len(BINS)))), scores])

# %% {"slideshow": {"slide_type": "subslide"}}
curves(
    {name: log_band(np.array(values)) for name, values in profiles.items()},
    "steps back",
    "gradient norm",
    title="The learning signal, before and after training",
    log_y=True,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two pairs of curves, fresh and trained. Look for the one that training has moved most.
#
# **Ask** Training has made the plain network's gradient fade *faster*. Has it been damaged?
#
# **Expect** No. What the next word needs is mostly near, so most of the signal comes from there. The fresh
# network had a signal from far away and had learned nothing from it. Usual answer: "so it can no longer learn
# distances"; say that the next slide tests that.
#
# **Look out for** Reading the mean as if all sentences were alike. A signal that is strong only where a verb
# must agree hardly shows in it.

# %% {"slideshow": {"slide_type": "subslide"}}
middles = [float(np.mean(distances[(low <= distances) & (distances <= high)])) for low, high in BINS]
series = {"counts, trigram": (middles, 100 * agreement["counts, trigram"][0])}
for name in makers:
    series[name] = (middles, *band(100 * agreement[name].T, 0.0, 100.0))
curves(
    series,
    "words from subject to verb",
    "right form preferred, %",
    title="Agreement over a distance",
    reference={"coin": 50},
)

# %% {"slideshow": {"slide_type": "fragment"}}
far = slice(2, None)  # distances of eight and more
trained = {name: np.mean([per_step(p) for p in values]) for name, values in profiles.items()}
far_scores = {name: values[:, far].mean(axis=1) for name, values in agreement.items()}
table(
    ["model", "factor per step, fresh", "trained", "agreement at 8 words and more"],
    [
        ["counts, trigram", "", "", f"{far_scores['counts, trigram'].mean():.1%}"],
        ["window 4", "", "", f"{far_scores['window 4'].mean():.1%}"],
        *[
            [
                name,
                f"{trained[f'{name}, fresh']:.2f}",
                f"{trained[f'{name}, trained']:.2f}",
                f"{far_scores[name].mean():.1%}",
            ]
            for name in ("plain", "GRU")
        ],
    ],
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Now open the bets. The window falls as soon as the subject leaves it; the states hold. Then read the
# table's last two rows from left to right: factor, factor, agreement. (The axis counts steps: a verb right
# behind its subject is at 1.)
#
# **Ask** After ten steps the signal of either network is a small fraction of itself, and yet the verb is
# right. How can that be? And which of the two is better?
#
# **Expect** A small gradient is not none. That it points the same way in sentence after sentence and adds up
# is a guess. Only the GRU's was small from the start: the plain network learned while its factor came down.
# Which is better is not told: the interval of their difference holds zero. Who reads "the GRU, by a little"
# out of the table should say how wide the band is.
#
# **Look out for** Concluding that plain networks are enough. Our sentences end before the plain network
# runs out of breath; at hundreds of words a factor below one leaves nothing.

# %%
gap_of_cells = mean_and_interval(100 * (far_scores["plain"] - far_scores["GRU"]))
outcome = verdict(gap_of_cells, "the plain network is ahead", "the GRU is ahead")
say(
    "Counts and window are close to tossing a coin as soon as the subject has left their sight. The "
    f"states are not: {far_scores['plain'].mean():.1%} for the plain network, "
    f"{far_scores['GRU'].mean():.1%} for the GRU. Plain minus GRU has the interval "
    f"[{gap_of_cells.low:+.1f}, {gap_of_cells.high:+.1f}] points over {len(budget.seeds)} "
    f"seeds: {outcome}. Now compare with the gradients. Training has taken the plain network off the "
    f"edge, from a factor of {trained['plain, fresh']:.2f} per step to {trained['plain, trained']:.2f}, "
    f"for what the next word needs is mostly near; the GRU's is {trained['GRU, trained']:.2f}. After ten "
    f"steps such a signal is down to {trained['plain, trained'] ** 10:.3f} and "
    f"{trained['GRU, trained'] ** 10:.3f} of itself, and yet both have learned to carry the number of "
    "the subject that far. A small gradient is not none."
)
assert far_scores["counts, trigram"].mean() < 0.6
assert trained["plain, trained"] < trained["plain, fresh"]
assert far_scores["window 4"].mean() < 0.6
states = np.concatenate([far_scores["plain"], far_scores["GRU"]])
claim_cheaper(1 - states, 1 - np.tile(far_scores["window 4"], 2), "a state reaches further than the window")

# %% [markdown]
# **How to read it.** The factors are slopes of lines through whole curves; at ten steps the curves have lost
# more than the tenth power of the slope says. And the plain network learned while its factor came down from
# 0.99, so only the GRU, small from the start, shows that a small gradient can suffice. A vanishing gradient
# is not a verdict on an architecture. It is a rate, and what counts is the rate over the distance that the
# task needs. Our sentences end before the plain network runs out of breath.
#
# **What this does not show.** What more training would bring the window: it had two epochs, the plain network
# and the GRU nine. At eight words and more that does not matter, for the subject is out of its sight; but up
# to four words it sees the subject and is right in about four of five, and that may be training. Then,
# distances of fifty or five hundred words, where $0.7^{k}$ is nothing at all; deep stacks; other
# initialisations (start $R$ small, and see). Nor do the curves say what happens at a verb: the loss is that
# of the nineteenth word, whatever stands there, and the mean is over sentences. A signal that is strong only
# where a verb must agree hardly shows.
#
# And a different limit is already in sight. However well it is trained, the state is **one vector of fixed
# size** for a past of any length. Chapter 2 makes that hurt, by asking it to hold a whole sentence for
# translation; chapter 3 removes it, by letting the model look back, so that any word is *one* step away.

# %% [markdown]
# ❓ **Question** [`what_gates_are_for`] to this section.
#
# [`what_gates_are_for`]: ../exercises/01_language_models.ipynb#cell-id=question-what_gates_are_for

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.7 Real text
#
# Toy languages flatter: every test word has been seen a hundred times. So here is a small real corpus, a
# list of first names, to be modelled letter by letter; a tenth is held out. `course_lib.data` finds it in
# the folder `COURSE_DATA` if you have a mirror, in the cache, or on the network; with none of the three this
# section says so and is skipped.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First names, letter by letter, and nobody knows the floor. Write the first three letters of a name
# on the board and let the room vote on the fourth: that is the task. Short of time: skip this section,
# nothing later needs it.
#
# **Ask** Some thousand names: which pays less, counts of a few letters or the GRU? And may you compare a
# loss per letter with the losses per word from before?
#
# **Expect** The hands go to the GRU; the counts of five letters pay less. Then compare its loss in training
# with that on names held out: is it short of text, or of training? No comparison: letters are other units,
# and have their own number of choices.
#
# **Look out for** "So counting beats networks." At this width and after this training. Section 1.3 had it
# the other way round.

# %%
try:
    names = load_names()
except Exception as problem:  # offline without a mirror: the chapter goes on
    names = []
    say(
        f"**Skipped**: the names are not here ({type(problem).__name__}). Set `COURSE_DATA` or go "
        "online, and rerun."
    )

if names:
    names = [names[index] for index in np.random.default_rng(0).permutation(len(names))[: budget.num_names]]
    held_out, seen = names[: len(names) // 10], names[len(names) // 10 :]
    letters = Vocabulary.from_sentences(map(list, seen))
    seen_ids, held_out_ids = encode(seen, letters), encode(held_out, letters)
    num_letters = sum(len(name) + 1 for name in held_out_ids)
    print(
        ", ".join(held_out[:8]), f"| {len(seen):,} names seen, {len(held_out):,} held out, {len(letters)} ids"
    )

# %%
real = {}
if names:
    for order in (1, 2, 3, 4, 5, 6):
        model = NGramModel(order, len(letters), **START_AND_END).fit(seen_ids)
        cost = -sum(model.log_probability(name) for name in held_out_ids) / num_letters
        real[f"counts, {order - 1} letters"] = [cost]
    real["GRU"] = []
    for seed in budget.seeds:
        set_seed(seed)
        model = RecurrentLanguageModel(len(letters), 16, budget.hidden_dim, cell="gru")
        train(model, seen_ids, seed=seed, num_epochs=budget.num_name_epochs, label="names", embedded=letters)
        real["GRU"].append(neural_nats(model, held_out_ids))
    table(
        ["model", "nats per letter", "perplexity"],
        [
            [
                label,
                with_interval(costs, ".3f") if costs[1:] else f"{costs[0]:.3f}",
                f"{math.exp(np.mean(costs)):.2f}",
            ]
            for label, costs in real.items()
        ],
    )

# %%
if names:
    best = min((label for label in real if label.startswith("counts")), key=lambda label: real[label][0])
    difference = mean_and_interval(np.array(real["GRU"]) - real[best][0])
    outcome = verdict(difference, "dearer", "cheaper")
    say(
        f"The best counting model is *{best}*, {real[best][0]:.3f} nats. The GRU, minus that: "
        f"[{difference.low:+.3f}, {difference.high:+.3f}] nats over {len(budget.seeds)} seeds: **{outcome}** "
        "at this size. "
        + ("Where little has been read, counting is hard to beat. " if outcome == "dearer" else "")
        + "Nobody knows the floor here: that is what real text takes away. "
        "Perplexities per letter, per word and per word piece cannot be compared with one another."
    )
    claim(real[best][0] < real["counts, 1 letters"][0], "context pays on real text too")
    claim_cheaper(real["GRU"], real["counts, 1 letters"] * len(budget.seeds), "the GRU beats the bigram")

# %% [markdown]
# **What this does not show.** That too little text is the reason. The GRU pays no more for names held out
# than its last epoch shows for names seen, so it does not know its text by heart: it is short of width or of
# training. A wider one, trained longer, may pass the counts.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 1.8 What the papers reported, and what we measured

# %% {"slideshow": {"slide_type": "fragment"}}
reported = {
    "smoothing matters": "Chen and Goodman 1998: a modified Kneser–Ney best throughout",
    "vectors beat counts": "Bengio et al. 2003: perplexity 252 against 312 on Brown (1.2 M words), 19 % "
    "lower; 109 against 117 on AP News (14 M), 7 %",
    "recurrence reaches further": "Mikolov et al. 2010: about half the perplexity of a backoff model, as a "
    "mixture of several",
    "agreement over a distance": "Linzen et al. 2016: under 1 % errors with direct supervision, far more as "
    "a language model",
}
here = (
    f"order {orders[-1]}: {kn[-1]:.2f} nats against {ngram_scores['add 0.1'][-1]:.2f} for add 0.1",
    f"{1 - math.exp(means[-1] - kn.min()):.0%} lower, toy language, "
    f"{sum(map(len, train_ids)) / 1e6:.2f} M words, window {widest}",
    f"{1 - math.exp(np.mean(recurrent_scores) - kn.min()):.0%} lower than the best counts, one GRU",
    f"{1 - far_scores['plain'].mean():.1%} (plain) and {1 - far_scores['GRU'].mean():.1%} (GRU) errors "
    "at 8 words and more, as a language model",
)
table(["claim", "reported", "here"], [[*row, ours] for row, ours in zip(reported.items(), here, strict=True)])

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One row at a time: the claim, the paper, here. Directions may be compared, digits may not. Short
# of time: the row on recurrence only.
#
# **Ask** Which of our four rows supports its paper least, and why?
#
# **Expect** Any row, with a difference of data or method as the reason: the paper mixed several models and we
# took one, or our language has no rare words, which is kind to networks. Bengio's 24 % is by how much the
# best n-gram's perplexity is higher than that of his network mixed with a trigram; ours says by how much the
# network's is lower, which for his would be 19. "Ours is better than theirs" is the answer to take up: on
# which text?
#
# **Look out for** Comparing percentages of perplexity between rows: they start from different perplexities.

# %%
say(
    f"Toy language: {len(train_pairs):,} training and {len(test_pairs):,} test sentences, "
    f"{len(budget.seeds)} seeds, hidden size {budget.hidden_dim}. The papers' corpora are real and their "
    "models larger: compare directions, not digits. Bengio's figures are for the network mixed with a "
    "trigram against the best n-gram; our toy language, which has a small grammar and no rare words, is "
    "kinder to networks than any newspaper."
)

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Summary
#
# * A language model is a chain of next-token guesses. Its score is one sum over real tokens, ends included,
#   divided once.
# * **Counts** cannot share what they learn between words, so longer contexts stop paying. Kneser–Ney makes
#   the best of it by counting contexts.
# * **Vectors in a window** share, and use more context; but two pasts that agree inside the window are the
#   same past. **Static vectors** put *saw* the tool and *saw* the deed on one point.
# * A **recurrent state** tells them apart and needs no window. How far it can learn is a matter of the
#   factor per step, which depends on weights, gates and training, and can be measured in ten lines.
# * It still squeezes every past into one vector. That is where attention comes in.
#
# ## Pitfalls, collected
#
# * Perplexities are comparable only over the same tokens: same vocabulary, same `[UNK]`, ends counted.
# * Build the vocabulary on the training split. A vocabulary that has read the test knows what is coming.
# * `SparseCategoricalCrossentropy` on padded batches averages the padding in; mask it.
# * A GRU's $z$ may keep or replace, and $r$ may act before or after the matrix: check before moving weights.
# * "The gradient vanishes" is a measurement. Take it.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Let the room name the slide that showed each point. Then the exercises: `token_perplexity` first,
# since all later chapters lean on it, and the two about Kneser–Ney in their order.
#
# **Ask** Three models, three limits: what can counts, a window and a state not do? Which limit is left for
# the next lecture?
#
# **Expect** Counts share nothing between words. For a window two pasts that agree inside are one. A state
# has the same size whatever was said: chapter 2 makes it hold a whole sentence. "A state forgets because
# its gradient vanishes" mixes up two things, what can be learned and what there is room for.
#
# **Look out for** Pitfalls read as a list and forgotten. Let each person name the one that they have met.

# %% [markdown]
# ## Exercises
#
# All in [`exercises/01_language_models.ipynb`](../exercises/01_language_models.ipynb):
# [`token_perplexity`], [`bigram_counts`], [`continuation_probability`], [`kneser_ney_bigram`],
# [`context_windows`], [`negative_sampling_loss`], [`elman_step`].
#
# Further, without a checker: (a) train the plain network with `recurrent_kernel` at half its size and plot
# its agreement by distance; (b) raise the GRU's update bias so that $z \approx 0.9$ at the start, and
# measure the factor per step; (c) interpolate the trigram and the GRU, and find the best weight on the
# validation split.
#
# ## Further reading
#
# * S. Chen, J. Goodman, *An empirical study of smoothing techniques for language modeling*, 1998. The careful
#   comparison; where to look for everything about discounts.
# * Y. Bengio, R. Ducharme, P. Vincent, C. Jauvin, *A neural probabilistic language model*, JMLR 2003.
# * T. Mikolov, I. Sutskever, K. Chen, G. Corrado, J. Dean, *Distributed representations of words and
#   phrases and their compositionality*, NeurIPS 2013.
# * J. Elman, *Finding structure in time*, Cognitive Science 1990. Written about learning, and a pleasure.
# * Y. Bengio, P. Simard, P. Frasconi, *Learning long-term dependencies with gradient descent is difficult*,
#   1994; R. Pascanu, T. Mikolov, Y. Bengio, *On the difficulty of training recurrent neural networks*, ICML
#   2013.
# * T. Linzen, E. Dupoux, Y. Goldberg, *Assessing the ability of LSTMs to learn syntax-sensitive
#   dependencies*, TACL 2016.
#
# [`token_perplexity`]: ../exercises/01_language_models.ipynb#cell-id=token_perplexity
# [`bigram_counts`]: ../exercises/01_language_models.ipynb#cell-id=bigram_counts
# [`continuation_probability`]: ../exercises/01_language_models.ipynb#cell-id=continuation_probability
# [`kneser_ney_bigram`]: ../exercises/01_language_models.ipynb#cell-id=kneser_ney_bigram
# [`context_windows`]: ../exercises/01_language_models.ipynb#cell-id=context_windows
# [`negative_sampling_loss`]: ../exercises/01_language_models.ipynb#cell-id=negative_sampling_loss
# [`elman_step`]: ../exercises/01_language_models.ipynb#cell-id=elman_step
