# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# # 2 · Sequence to sequence
#
# **The question.** A language model continues a sentence. How do we make one that *answers* a sentence, with
# another one, in other words, in another order, of another length? And what is lost when everything that was
# read has to pass through a single vector?
#
# After this chapter you can
#
# - write an encoder and a decoder, and feed them so that they learn to translate and not to copy;
# - say what teacher forcing, exposure bias, greedy search, beam search and sampling are, and measure each;
# - show, on held-out sentences, where a fixed-size vector runs out of room: the problem that attention
#   solves.
#
# **About 90 minutes** to read and run, two hours more with the exercises. The cells run in 5 to 10 minutes on
# two CPU cores.
#
# **Prerequisites:** Python, basic Keras, and chapter 1 (language models, perplexity, recurrent networks).
# Exercises for this chapter are in
# [`exercises/02_sequence_to_sequence.ipynb`](../exercises/02_sequence_to_sequence.ipynb); the text says
# when to do which.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Chapter 1's models go on with a sentence; from today one answers. Begin with a game: read a
# sentence of four words of the toy language aloud once, then one of twelve, and let somebody repeat each.
# That is the whole lecture: everything that was read has to pass through one place before the first word is
# written.
#
# **Ask** You hear a sentence, and may speak only when it is over. What do you have to keep, and what can
# you let go?
#
# **Expect** The content and the order in which it must be said; the exact words of the source may go.
# Somebody says "the meaning": agree, and ask how many numbers that is, and whether it may be more for a
# longer sentence.
#
# **Look out for** "Translation is a table of words." The next slide takes that up.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import math
import time

import keras
import numpy as np
from IPython.display import display
from keras import ops

from course_lib.chapters import (
    alignment_matrix,
    band,
    chapter_budget,
    finding,
    mean_and_interval,
    say,
    start_anew,
    table,
    verdict,
    with_interval,
)
from course_lib.data import ToyLanguage, TranslationBatches, load_tatoeba, whole_batch
from course_lib.decoding import beam_search, filter_logits, greedy_decode, sample_decode
from course_lib.evaluation import (
    bleu_by_length,
    bleu_signature,
    corpus_bleu,
    paired_bleu_difference,
)
from course_lib.models import Seq2Seq
from course_lib.plots import attention_heatmap, bars_with_intervals, curves, unrolled_translator
from course_lib.text import Vocabulary, WordPieceTokenizer, WordTokenizer, train_wordpiece
from course_lib.training import (
    Perplexity,
    ProgressLine,
    TokenAccuracy,
    TokenCrossEntropy,
    set_seed,
)

# %%
budget = chapter_budget("02_sequence_to_sequence")
say(
    f"The outputs below come from budget **{budget.name}**: {budget.num_train_sentences:,} training pairs, "
    f"{budget.num_epochs} epochs, seeds {', '.join(map(str, budget.seeds))}, Keras {keras.__version__} on "
    f"{keras.backend.backend()}. `COURSE_BUDGET=quick` is for a first look, `gpu` for longer runs."
)

# %% [markdown]
# Two words on how this course reports. "31.2 (29.0 to 33.4)" is a mean over training runs with its 95 %
# interval (Student's *t*; with three runs the interval is wide, and honestly so). A `finding` is what a
# chapter says it found, and it **stops the notebook when the measurement does not bear it out**. With budget
# `quick` there is too little training to decide anything, and it says so.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.1 Why not word by word?
#
# We translate the course's toy language: made-up sentences with a grammar we know, so every source sentence
# has **exactly one** right translation, and the true word alignment is known too. Here is one pair, with the
# links between its words.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** In the toy language each sentence has exactly one right translation, so that a mistake is a
# mistake and not a matter of taste. That will make perplexities and BLEU easier to read than on real text.
#
# **Ask** Suppose that you had a perfect dictionary, word for word. Name four ways in which a translation
# made with it would still be wrong.
#
# **Expect** Order, agreement between words far apart, one word that becomes two, two that become one. Often
# only the order is named: ask for a language in which a verb changes with its subject.
#
# **Look out for** "Then sort the words afterwards." By which rule? It would have to know what each word
# does in the sentence.

# %% {"slideshow": {"slide_type": "subslide"}}
toy = ToyLanguage()
example = toy.translate(["the", "grandmother", "chased", "two", "old", "cats", "yesterday"])
links = alignment_matrix(example)
print("source:", *example.source)
print("target:", *example.target)
figure = attention_heatmap(links, example.source, example.target, title="which word translates which")
figure.axes[-1].remove()  # a link is there or not: no scale of colours
display(figure)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Rows are target words, columns are source words, here and in every map of the course. Go down row
# by row, with a finger on the lit cell.
#
# **Ask** Which source word is needed to write the *first* target word?
#
# **Expect** The last one: the time. So nothing can be written before everything was read. Then let them
# find the word that became two, and the verb with the subject that decides its ending.
#
# **Look out for** Taking the map for something that a model has found. It is the truth, made with the
# sentence.

# %% [markdown]
# The time comes last in the source and first in the target. The verb moves behind its object and agrees in
# number with a subject that may stand far away. One word becomes two, and in other sentences two become one.
# A dictionary look-up word by word fails on all four counts: to write the *first* target word you may need
# the *last* source word. So read everything first, then write.
#
# We keep sentences of up to twelve words on either side. All batches then have one width, and XLA, which
# compiles a training step for one shape at a time, has to do so only once.

# %%
MAX_WORDS = 12


def short_pairs(count, split, seed):
    """The first `count` pairs of a split that have at most MAX_WORDS words on both sides."""
    pairs = toy.sample(3 * count, seed=seed, split=split)
    return [pair for pair in pairs if max(len(pair.source), len(pair.target)) <= MAX_WORDS][:count]


train_pairs = short_pairs(budget.num_train_sentences, "train", seed=0)
test_pairs = short_pairs(budget.num_test_sentences, "test", seed=2)
source_tokenizer = WordTokenizer(Vocabulary.from_sentences([pair.source for pair in train_pairs]))
target_tokenizer = WordTokenizer(Vocabulary.from_sentences([pair.target for pair in train_pairs]))
START, END = target_tokenizer.vocabulary.start_id, target_tokenizer.vocabulary.end_id
lengths = [len(pair.source) for pair in test_pairs]
say(
    f"{len(train_pairs):,} pairs to train on and {len(test_pairs):,} to test on; no sentence is in both, and "
    f"nothing in this chapter is chosen by looking at the test pairs. "
    f"Test sentences have {min(lengths)} to {max(lengths)} words, {np.mean(lengths):.1f} on average. "
    f"Vocabularies: {len(source_tokenizer.vocabulary)} source and {len(target_tokenizer.vocabulary)} target "
    "entries, special tokens included, built on the training pairs."
)

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.2 The model is a language model with a memory
#
# **Claim.** The probability of a translation $y$ of a sentence $x$ factorises exactly as in chapter 1, only
# that every factor may also look at $x$:
#
# $$ p(y \mid x) = \prod_{t=0}^{T-1} p(y_t \mid y_{<t},\, x) $$
#
# An encoder–decoder makes it computable with two recurrent networks and one vector between them. With
# embeddings $e$ and batch $B$, source length $S$, target length $T$, hidden size $D$, code size $K$,
# vocabulary $V$:
#
# $$
# \begin{aligned}
# \text{encoder:}\quad & g_s = \mathrm{GRU}(e(x_s),\, g_{s-1}) && (B, D) \text{ for each } s < S\\
# \text{the vector:}\quad & c = W_c\, g_{S-1} && (B, K)\\
# \text{decoder:}\quad & h_{-1} = \tanh(W_h\, c), \quad h_t = \mathrm{GRU}([e(y_{t-1});\, c],\, h_{t-1})
# && (B, D) \text{ for each } t < T\\
# \text{next word:}\quad & p(\cdot \mid y_{<t}, x) = \mathrm{softmax}(W_o\, h_t) && (B, V)
# \end{aligned}
# $$
#
# This is the design of Cho et al. (2014): the decoder sees the vector $c$ at every step. Sutskever et al.
# (2014) hand it over once, as the first state. Usually $K = D$; we keep them apart, so that the size of the
# vector can be changed **and nothing else**.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The first formula is chapter 1's, with $x$ behind the bar: exact, nothing assumed. The assumptions
# are in the four lines below. Read the shapes at the right edge aloud; only one of them, $(B, K)$, connects
# the reader with the writer.
#
# **Ask** How many numbers pass from the encoder to the decoder for a sentence of four words, and for one of
# forty?
#
# **Expect** $K$ in both cases. Usual answer: "one vector for each word". That is what the encoder computes
# on its way; all but the last state is thrown away.
#
# **Look out for** Asking the decoder to look back at the source. It cannot, in this chapter. Whoever asks
# for it has invented chapter 3: note the name on the board.

# %% {"slideshow": {"slide_type": "subslide"}}
unrolled_translator(["the", "old", "cat", "slept", "quickly"], ["so", "miro", "tobil", "tirum", "lisek"])

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Lay a sheet of paper over the left half. What is left is a language model with a first state. Then
# lay it over the vector and the line below it.
#
# **Ask** What does the decoder know when it writes its third word?
#
# **Expect** The vector and the words before, nothing else. In our design the vector is read again at every
# step (the line below the boxes); Sutskever et al. handed it over once.
#
# **Look out for** The words below the decoder. In training they are the right ones, in use its own. Section
# 2.7 measures what that costs.

# %% [markdown]
# In Keras this is one class. `call` is for training, all steps at once; `encode` and `step` are for
# translating, one word at a time. That is all the searches of section 2.8 will ever ask of a model.


# %% {"slideshow": {"slide_type": "subslide"}}
class Translator(keras.Model):
    """Reads the source with one GRU, squeezes it into a vector, writes the target with another GRU."""

    def __init__(self, source_size, target_size, embedding_dim, hidden_dim, code_dim):
        super().__init__()
        unit = keras.initializers.RandomNormal(stddev=1.0)  # Keras's ±0.05 would hardly move a gate at first
        self.source_embedding = keras.layers.Embedding(source_size, embedding_dim, unit)
        self.target_embedding = keras.layers.Embedding(target_size, embedding_dim, unit.clone())
        self.reader = keras.layers.GRU(hidden_dim)
        self.squeeze = keras.layers.Dense(code_dim)
        self.expand = keras.layers.Dense(hidden_dim, activation="tanh")
        self.writer = keras.layers.GRU(hidden_dim, return_sequences=True)
        self.to_logits = keras.layers.Dense(target_size)

    def encode(self, source_token_ids, source_padding_mask):
        code = self.squeeze(self.reader(self.source_embedding(source_token_ids), mask=source_padding_mask))
        return {"hidden": self.expand(code), "code": code}  # (B, D), (B, K)

    def call(self, inputs):
        state = self.encode(inputs["source_token_ids"], inputs["source_padding_mask"])
        read = self.target_embedding(inputs["target_token_ids"])  # (B, T, E)
        code = ops.repeat(state["code"][:, None, :], read.shape[1], axis=1)  # (B, T, K)
        return self.to_logits(self.writer(ops.concatenate([read, code], -1), initial_state=state["hidden"]))

    def step(self, token_ids, state):
        read = ops.concatenate([self.target_embedding(token_ids), state["code"]], axis=-1)  # (B, E + K)
        hidden, _ = self.writer.cell(read, [state["hidden"]])
        return self.to_logits(hidden), {**state, "hidden": hidden}  # (B, V)


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three methods: `call` for training, all steps at once; `encode` and `step` for writing, one word
# at a time. Short of time: show `step` and leave the rest.
#
# **Ask** A batch holds a sentence of four words and one of twelve, and somebody forgot `mask=`. What is the
# vector of the short one? Would the training fail?
#
# **Expect** A state that has read eight paddings after the sentence. The training runs and the loss falls:
# the model gets worse without a word. "The network learns to ignore it" is half true, and gone as soon as
# the same sentence stands beside another neighbour.
#
# **Look out for** `last_state.last_column`
#
# `gru_step.input_zeroed_at_padding`

# %% [markdown]
# > **Pitfall: the state at the padding.** A GRU happily runs on over padding and overwrites what it has
# > read. `mask=` makes it stand still there, so that its last state is the state after the last *real*
# > word. Without it, short sentences in a batch with a long one are summarised mostly by padding. A GRU
# > that reads *backwards* would even begin with it.
#
# **Exercises:** [`gru_step`] (what the layer does at each position) and [`last_state`] (picking the right
# one).
#
# [`last_state`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=last_state
# [`gru_step`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=gru_step

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.3 Teacher forcing
#
# **Claim.** In training the decoder reads the *correct* target, shifted right by one position, whatever it
# would have written itself. All steps then run in one pass, and the loss at each is an ordinary
# classification:
#
# $$ \text{inputs}_t = y_{t-1} \ (\text{START for } t=0), \qquad \text{labels}_t = y_t \ (\text{END behind the
# last word}), \qquad L = \frac{-\sum_{b,t} m_{bt} \log p(y_{bt} \mid y_{b,<t}, x_b)}{\sum_{b,t} m_{bt}} $$
#
# with $m = 1$ at real tokens and 0 at padding.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Like a dictation in which the teacher puts each word right before the next one is asked for. All
# steps are known beforehand, so they run at once, and each is a plain classification.
#
# **Ask** Everybody on paper: inputs and labels for the target *so miro tirum*, in a batch of five steps.
#
# **Expect** Inputs `[START]` so miro tirum, padding; labels so miro tirum `[END]`, padding. Let two
# neighbours compare before you show it. The frequent slips: no END, or an END among the inputs as well.
#
# **Look out for** `teacher_forced_batch.not_shifted`
#
# `teacher_forced_batch.end_in_inputs`

# %% {"slideshow": {"slide_type": "subslide"}}
tokenizers = source_tokenizer, target_tokenizer
train_inputs, train_labels, train_pairs = whole_batch(train_pairs, *tokenizers)
test_inputs, test_labels, test_pairs = whole_batch(test_pairs, *tokenizers)  # in the order of the rows
references = [" ".join(pair.target) for pair in test_pairs]
token_of = target_tokenizer.vocabulary.token_of
row = 3
rows = []
for step in range(len(test_pairs[row].target) + 3):
    read, write = test_inputs["target_token_ids"][row, step], test_labels[row, step]
    rows.append([step, f"`{token_of(read)}` {read}", f"`{token_of(write)}` {write}"])
print("source:", *test_pairs[row].source)
table(["step", "reads", "must write"], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the table along the diagonal: what must be written now is read next. Padding is neither
# learned nor counted; say how much of a batch it is: more than a third of all label positions.
#
# **Ask** Given the source there is one right translation. Which perplexity would a perfect model reach? And
# why was chapter 1's floor higher?
#
# **Expect** Exactly 1. In chapter 1 nobody knew what would be said; here the source tells. Who answers with
# the entropy of the language should say what is still open once the source is known: nothing.
#
# **Look out for** `token_cross_entropy.divided_by_all`
#
# `token_cross_entropy.mean_of_means`

# %% [markdown]
# Read the table diagonally: what must be written at step $t$ is what is read at step $t+1$. The last word is
# followed by `[END]`, or the model could never learn to stop; behind it comes padding, with id 0, which is
# neither learned nor counted.
#
# **Exercises:** [`teacher_forced_batch`] builds these arrays, [`token_cross_entropy`] is the loss.
#
# [`teacher_forced_batch`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=teacher_forced_batch
# [`token_cross_entropy`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=token_cross_entropy

# %%
share = float((train_labels != 0).mean())
finding(
    f"only {100 * share:.0f} % of all label positions are real tokens. A model that got *half* of the real "
    f"tokens right, and padding for free, would report an accuracy of {100 * (1 - 0.5 * share):.0f} % if "
    "padding were counted.",
    share < 0.9,
)

# %% [markdown]
# Now train one. **Before you run the cell:** a translation in this language is never a matter of taste, so
# what is the lowest perplexity that a perfect model could reach?


# %%
def new_translator(code_dim, seed):
    set_seed(seed)
    sizes = len(source_tokenizer.vocabulary), len(target_tokenizer.vocabulary)
    return Translator(*sizes, budget.embedding_dim, budget.hidden_dim, code_dim)


def compiled(model, num_labels, num_epochs):
    """Ready for `fit`: Adam with a learning rate that falls to zero along a cosine."""
    num_steps = num_epochs * math.ceil(num_labels / budget.batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(budget.learning_rate, num_steps)
    optimizer = keras.optimizers.Adam(schedule, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=budget.jit_compile)
    return model


# %%
workers = {}  # compiling costs more than some epochs: models of one size take turns on one compiled worker


def train(code_dim, seed, inputs, labels, label, num_epochs=budget.num_epochs):
    """A new translator, trained; shows one line of progress."""
    model, few = new_translator(code_dim, seed), {name: column[:1] for name, column in inputs.items()}
    model(few)  # makes the weights
    if code_dim not in workers:
        workers[code_dim] = compiled(new_translator(code_dim, seed), len(labels), budget.num_epochs)
        workers[code_dim](few)
    worker = workers[code_dim]
    start_anew(worker, model)  # nothing is left of the last one's training
    set_seed(seed)  # the order of the batches
    callbacks = [ProgressLine(label)]
    worker.fit(inputs, labels, budget.batch_size, num_epochs, verbose=0, callbacks=callbacks)
    model.set_weights(worker.get_weights())
    return model


# %%
widest = max(budget.code_dims)
translators = {
    (widest, 0): train(widest, 0, train_inputs, train_labels, f"K = {widest}, seed 0"),
}
model = translators[widest, 0]

# %%
logits = model(test_inputs)  # (B, T, V)
perplexity, accuracy = Perplexity(), TokenAccuracy()
perplexity.update_state(test_labels, logits)
accuracy.update_state(test_labels, logits)
say(
    f"Test perplexity **{float(perplexity.result()):.2f}**, accuracy of the next word "
    f"**{100 * float(accuracy.result()):.1f} %**, with the right words fed in. A perfect model would have a "
    "perplexity of exactly 1: given the source, the translation is certain. Everything above 1 is the "
    "model's ignorance, and not, as in chapter 1, partly the language's. Guessing evenly would give "
    f"{logits.shape[-1]}."
)

# %% [markdown]
# Accuracy with the right words fed in flatters: nobody feeds the right words in when it matters. To
# translate, the model must read its own output. Here is that loop in full, for one sentence; from then on
# `course_lib.decoding.greedy_decode` does it for whole batches.


# %%
def translate_by_hand(model, source_ids, max_steps=MAX_WORDS + 4):
    """Greedy translation of one sentence: the most probable word, again and again, until END."""
    state = model.encode(source_ids[None], source_ids[None] != 0)
    token_id, written = START, []
    while token_id != END and len(written) < max_steps:
        logits, state = model.step(ops.array([token_id]), state)
        token_id = int(ops.argmax(logits[0]))
        written.append(token_id)
    return written


def greedy_ids(model, inputs, max_steps=MAX_WORDS + 4):
    source, mask = inputs["source_token_ids"], inputs["source_padding_mask"]
    settings = {"start_id": START, "end_id": END, "batch_size": len(source), "max_length": max_steps}
    return greedy_decode(model.step, model.encode(source, mask), **settings)


def sentences(ids):
    return [target_tokenizer.decode(row) for row in np.asarray(ids).tolist()]


# %% {"slideshow": {"slide_type": "subslide"}}
by_hand = translate_by_hand(model, test_inputs["source_token_ids"][row])
hypotheses = sentences(greedy_ids(model, test_inputs))
assert target_tokenizer.decode(by_hand) == hypotheses[row]
shown = [len(test_pairs) * share // 100 for share in (1, 15, 40, 70, 95)]
for index in shown:
    print("source ", *test_pairs[index].source)
    print("right  ", references[index])
    print("written", hypotheses[index], "\n")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Chosen by a rule, from short to long, and not for their beauty. Read the written lines aloud
# before you compare. Live, where the model is trained: let the room make up a sentence from words of the
# toy language, and translate it.
#
# **Ask** Where do the long ones go wrong, in grammar or in content? Then predict: the same model, fed the
# labels themselves and not shifted. What becomes of its accuracy in training, and what of its translations?
#
# **Expect** Much of the grammar holds, the nouns are others; let somebody find a verb whose number is not its
# subject's. Without the shift the accuracy is nearly perfect at once, and the translations are worthless.
# Some expect both to get better: ask what there is to copy when nobody gives the answer.
#
# **Look out for** Taking fluent for right. And outputs that are scored with what was written behind their
# END.

# %% [markdown]
# The short ones come out right or nearly; the long ones are fluent nonsense: plausible nouns, but not *these*
# nouns. Even their grammar slips: in the last two the verb is plural and its subject is not. Remember that.
#
# > **Pitfall: writing on past the end.** A batch ends when its slowest sentence does. What the others
# > "write" after their END must be thrown away before scoring: `greedy_decode` puts zeros there and the
# > tokenizer stops at END. And a model that never writes END needs the limit on steps, or the loop never
# > returns.

# %% [markdown]
# ### The classic bug: forgetting the shift
#
# **Predict:** the same model, but its inputs are the labels themselves, not shifted right. What happens to
# the training accuracy, and what to the translations?

# %% {"slideshow": {"slide_type": "subslide"}}
unshifted = {**train_inputs, "target_token_ids": train_labels}
num_epochs = max(1, budget.num_epochs // 4)
copier = train(widest, 0, unshifted, train_labels, "without the shift", num_epochs)
copied = TokenAccuracy()
copied.update_state(test_labels, copier({**test_inputs, "target_token_ids": test_labels}))
copier_bleu = corpus_bleu(sentences(greedy_ids(copier, test_inputs)), references)
bleu = corpus_bleu(hypotheses, references)
finding(
    f"without the shift the model names {100 * float(copied.result()):.1f} % of the test words, after "
    f"{num_epochs} of {budget.num_epochs} epochs, because it is reading them. Its translations score BLEU "
    f"{copier_bleu:.1f}, against {bleu:.1f} with the shift. An accuracy near 100 % in the first epochs is a "
    "reason to look at the batch, not to celebrate.",
    float(copied.result()) > 0.95 and copier_bleu < bleu / 3,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The most frequent mistake of beginners, and of some who are none. Nothing raises, and all curves
# look splendid.
#
# **Ask** What could have told you, before a single translation was made? Would validation loss?
#
# **Expect** A loss far below what the others reach after many more steps; or one look at a row of the
# batch. Validation would not: its labels are fed in as well. That answer comes often and is worth a minute.
#
# **Look out for** `teacher_forced_batch.both_framed`

# %% [markdown]
# ❓ **Question** [`accuracy_and_bleu`] to this section.
#
# [`accuracy_and_bleu`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=question-accuracy_and_bleu

# %% [markdown] {"slideshow": {"slide_type": "slide", "lecture": "core"}}
# ## 2.4 One vector for every length
#
# **Claim.** The vector $c$ has $K$ numbers, whether the sentence has four words or twelve: it is the model's
# **bottleneck**. Longer sentences are translated worse for it, and a smaller vector translates worse than a
# larger one.
#
# The measure is corpus BLEU (0 to 100: how many n-grams of up to four words the translations share with the
# references; translations that are too short pay a penalty), on the test pairs, in groups by length of the
# source sentence. Only $K$ changes: data, seeds, steps and the size of both GRUs stay the same. (The decoder
# reads $c$ at every step, so its input weights do grow with $K$.)
#
# **Predict:** draw BLEU against length for the sizes of $K$ below. Do the curves fall in parallel, or does
# the small vector fall sooner?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Only $K$ changes: data, seeds, steps and both GRUs are the same. Let everybody draw the curves on
# paper, with axes, before the next slide. A short lecture may leave out much, but not the curves of this
# section: chapter 3 begins with them.
#
# **Expect** Most draw parallel lines, the small vector below. What comes: the smallest is near the bottom
# from the first, so it has nothing left to fall, and the widest falls most in points because it has most to
# lose.
#
# **Look out for** Asking why the decoder's weights are not equal, too. A careful question: its input grows
# with $K$, and the chapter says so.

# %%
for code_dim in budget.code_dims:
    for seed in budget.seeds:
        if (code_dim, seed) not in translators:
            label = f"K = {code_dim}, seed {seed}"
            translators[code_dim, seed] = train(code_dim, seed, train_inputs, train_labels, label)

# %%
EDGES = [1, 7, 9, 11, 13]
lengths = [len(pair.source) for pair in test_pairs]


def scores_by_length(hypotheses):
    """BLEU in each group of lengths, and over all sentences as the last entry."""
    buckets = bleu_by_length(hypotheses, references, lengths, EDGES)
    return [*(bucket.bleu for bucket in buckets), corpus_bleu(hypotheses, references)]


outputs = {key: sentences(greedy_ids(translator, test_inputs)) for key, translator in translators.items()}
by_length = {  # code size -> (seeds, groups + 1)
    code_dim: np.array([scores_by_length(outputs[code_dim, seed]) for seed in budget.seeds])
    for code_dim in budget.code_dims
}
# %% {"slideshow": {"slide_type": "subslide"}}
groups = ["up to 6", "7–8", "9–10", "11–12"]
counts = [bucket.count for bucket in bleu_by_length(outputs[widest, 0], references, lengths, EDGES)]
headings = [f"{name} words (n = {count})" for name, count in zip(groups, counts, strict=True)]
rows = [[code_dim, *map(with_interval, scores.T)] for code_dim, scores in by_length.items()]
say("BLEU, mean and 95 % interval over seeds:")
table(["K", *headings, "all"], rows)
centres = [5, 7.5, 9.5, 11.5]
curves(
    {f"K = {code_dim}": (centres, *band(scores.T[:4], 0, 100)) for code_dim, scores in by_length.items()},
    "words in the source sentence",
    "BLEU (band: 95 % over seeds)",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First down a column: the same sentences, another $K$. Then along a row: the same model, longer
# sentences. Short of time: the curves and the last sentence, not the table.
#
# **Ask** Which of the two directions is an experiment, and which one might have another reason? And: is the
# vector full?
#
# **Expect** Down a column one thing was changed. Along a row more than length changes: longer sentences
# have rarer constructions. "It is full" is what most say; count together, numbers times 32 bits against the
# bits of a sentence in the notes. It is not.
#
# **Look out for** "So one vector cannot do it." With more data, steps and units the curves rise. What is
# measured is a price.

# %% {"slideshow": {"slide_type": "fragment"}}
narrow, wide = by_length[min(budget.code_dims)], by_length[widest]
fall = wide[:, 0] - wide[:, 3]
gain = wide[:, 4] - narrow[:, 4]
finding(
    f"from the shortest to the longest sentences even K = {widest} loses {with_interval(fall)} BLEU. "
    f"K = {widest} is ahead of K = {min(budget.code_dims)} by {with_interval(gain)} BLEU over all sentences. "
    "Both intervals, over seeds, lie above zero, and every larger vector does better than the smaller ones: "
    "a larger vector helps. Whether the vector alone is to blame for the fall, chapter 3 asks.",
    mean_and_interval(fall).low > 0
    and mean_and_interval(gain).low > 0
    and all(np.diff([by_length[code_dim][:, 4].mean() for code_dim in sorted(by_length)]) > 0),
)
kept = [f"{scores[:, 3].mean() / scores[:, 0].mean():.0%}" for scores in by_length.values()]
say(f"Of the BLEU of the shortest sentences the longest keep {', '.join(kept)} with K = {list(by_length)}.")

# %% [markdown]
# In parallel or sooner? In points the largest vector loses most, for it has most to lose; in shares of its
# BLEU it loses about as much as the middle one. The smallest is near zero all along. So the size moves the
# whole curve.
#
# **Is the vector simply full?** Count. The grammar's exact probabilities say how many bits a test sentence
# holds:

# %%
bits = -np.mean([pair.source_log_probability for pair in test_pairs]) / math.log(2)
say(
    f"On average {bits:.0f} bits a sentence. A vector of K = {widest} single-precision numbers has "
    f"{32 * widest:,} bits, {32 * widest / bits:.0f} times as many; even K = {min(budget.code_dims)} has "
    f"{32 * min(budget.code_dims)}. There would be room. What is scarce is not storage but a way to *learn* "
    "to pack a sentence so that a GRU can unpack it word by word, through one vector, within the training we "
    "gave it."
)

# %% [markdown]
# **What this does not show.** That a vector *cannot* hold a sentence: with more data, steps and units the
# curves rise (try `COURSE_BUDGET=gpu`), and Sutskever et al. reported hardly any loss on long sentences with
# 8,000 numbers a sentence and 384 million parameters. What it shows is the price: the longer the sentence,
# the more of everything is needed. Nor does it show that length alone is at fault, for longer sentences of
# this grammar also have rarer constructions. Chapter 3 trains one model with and without attention, all else
# equal between the two: the comparison that tells.

# %% [markdown]
# ❓ **Question** [`bits_and_numbers`] to this section.
#
# [`bits_and_numbers`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=question-bits_and_numbers

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.5 What is in the vector?
#
# **Claim.** The vector does not hold all words alike: of a long sentence it holds the first words best.
#
# Ask it directly. A *probe* is the simplest reader one can think of: a linear map from $c$ to the $k$-th word
# of the source, fitted by least squares on the training sentences and tested on the test sentences. If a
# linear map finds the word, the word is there, and easy to get at. To know what luck gives: always naming the
# most frequent word at that place.
#
# $$ \hat W_k = \arg\min_W \sum_{\text{sentences}} \lVert W [c; 1] - \mathrm{onehot}(x_k) \rVert^2 +
# \lambda \lVert W \rVert^2, \qquad \hat x_k = \arg\max\, \hat W_k [c; 1] $$
#
# We take the longer sentences (ten words or more) and ask for words 1 to 10. *The last three* below are
# words 8 to 10: most of these sentences have eleven or twelve words and go on behind them.
#
# **Predict:** the GRU reads from left to right, so the last words are the freshest. Which will the probe find
# best: the first, the middle or the last ones?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A linear map from the vector to the third word, say: if it names the word, the word is there and
# easy to get at. Its yardstick is luck, the most frequent word at that place. Count hands for first, middle
# and last.
#
# **Expect** Most vote for the last words, which were read last. The next slide says the first. Leave the
# numbers of hands on the board: it is the prediction of this chapter that is wrong most often.
#
# **Look out for** Forgetting luck: the first word of a sentence is nearly always a determiner, so a blind
# guess is right more often there.


# %%
def probe(train_codes, train_words, test_codes, test_words, ridge=1e-2):
    """Share of test words (B,) that a linear map of the codes (B, K) names."""
    train_codes, test_codes = (
        np.pad(c, ((0, 0), (0, 1)), constant_values=1) for c in (train_codes, test_codes)
    )
    gram = train_codes.T @ train_codes + ridge * len(train_codes) * np.eye(train_codes.shape[1])
    weights = np.linalg.solve(gram, train_codes.T @ np.eye(train_words.max() + 1)[train_words])  # (K + 1, V)
    return float(np.mean(np.argmax(test_codes @ weights, axis=1) == test_words))


# %%
NUM_PROBED = 10


def probe_by_position(model, reverse=lambda inputs: inputs):
    """Accuracy of the probe for word 1, 2, … of sentences with at least NUM_PROBED words."""
    codes, words = [], []
    for inputs in (train_inputs, test_inputs):
        long = inputs["source_padding_mask"].sum(axis=1) > NUM_PROBED  # END is counted too
        read = reverse(inputs)
        state = model.encode(read["source_token_ids"][long], read["source_padding_mask"][long])
        codes.append(ops.convert_to_numpy(state["code"]))
        words.append(inputs["source_token_ids"][long])
    return [probe(codes[0], words[0][:, k], codes[1], words[1][:, k]) for k in range(NUM_PROBED)]


# %%
probed = np.array([probe_by_position(translators[widest, seed]) for seed in budget.seeds])
long_rows = [inputs["source_padding_mask"].sum(axis=1) > NUM_PROBED for inputs in (train_inputs, test_inputs)]
luck = []
for k in range(NUM_PROBED):
    seen, asked = (
        inputs["source_token_ids"][rows, k]
        for inputs, rows in zip((train_inputs, test_inputs), long_rows, strict=True)
    )
    luck.append(float(np.mean(asked == np.bincount(seen).argmax())))


# %% {"slideshow": {"slide_type": "subslide"}}
PARTS = {"first three": slice(0, 3), "middle three": slice(4, 7), "last three": slice(7, 10)}
found_words = {name: 100 * probed[:, part].mean(axis=1) for name, part in PARTS.items()}  # per seed
by_luck = {name: 100 * np.mean(luck[part]) for name, part in PARTS.items()}
above_luck = {name: found_words[name] - by_luck[name] for name in PARTS}
finding(
    f"in {int(long_rows[1].sum())} test sentences, read from left to right, the probe finds of "
    + ", ".join(f"the {n} words {with_interval(found_words[n])} % (luck: {by_luck[n]:.0f} %)" for n in PARTS)
    + ". The first words, read *longest ago*, are held best; above luck they lead the middle by "
    f"{with_interval(above_luck['first three'] - above_luck['middle three'])} points.",
    mean_and_interval(above_luck["first three"] - above_luck["middle three"]).low > 0,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read each share together with its luck. Above luck the first words lead, though they were read
# longest ago.
#
# **Ask** Two explanations: they are needed first, or there is something about first places. Which
# experiment changes freshness and nothing else?
#
# **Expect** Read the source backwards: same words, same places, same seeds. If somebody proposes another
# model or other sentences, ask how many things would change then.
#
# **Look out for** "The probe does not find it, so it is lost." It may be stored so that only the decoder
# can read it. The probe says what is easy to read.

# %% [markdown]
# Being fresh is not everything. A likely reason is the training: the decoder writes the first words first,
# with nothing else to go by, and later words can be guessed in part from those already written. What is
# needed first is learned first. But is freshness *nothing*? The next section changes it, and nothing else.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.6 Sutskever's trick: read it backwards
#
# But for a time, which goes to the front, the decoder needs the first words *first*. So feed the source in
# reverse, and they are also the *freshest*. Sutskever et al. (2014) did just that, in one line of
# preprocessing, and reported 30.6 BLEU in place of 25.9 on English–French news.
#
# **Predict:** does it help here too? On which sentences? What will the probe's curve look like?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One line of preprocessing that many papers took over. Do it on the board with a sentence of
# five words and two paddings: each row is turned over its own length.
#
# **Expect** Better, and most of all by the probe on the first words. Many say that it cannot matter, since
# the same words come in: a recurrent network reads an order, not a set. Ask also for whom it should be bad:
# words that stand last in the source and first in the target, such as the time of our language. That has
# not been measured apart.
#
# **Look out for** `reverse_source.padding_in_front`
#
# `reverse_source.longest_for_all`


# %%
def reverse(inputs):
    """The same batch with every source backwards, its padding still at the end."""
    token_ids = inputs["source_token_ids"].copy()
    for ids, is_real in zip(token_ids, inputs["source_padding_mask"], strict=True):
        ids[is_real] = ids[is_real][::-1]
    return {**inputs, "source_token_ids": token_ids}


backward_inputs = reverse(train_inputs)
backward = {
    seed: train(widest, seed, backward_inputs, train_labels, f"reversed, seed {seed}")
    for seed in budget.seeds
}

# %% {"slideshow": {"slide_type": "subslide"}}
backward_outputs = {
    seed: sentences(greedy_ids(backward[seed], reverse(test_inputs))) for seed in budget.seeds
}
backward_scores = np.array([scores_by_length(backward_outputs[seed]) for seed in budget.seeds])
backward_probed = np.array([probe_by_position(backward[seed], reverse) for seed in budget.seeds])
gain = backward_scores - by_length[widest]  # (seeds, groups + 1), same seeds, same sentences
named = {"forward": by_length[widest], "reversed": backward_scores, "difference": gain}
say("BLEU by length, mean and interval over seeds:")
table(["source", *groups, "all"], [[name, *map(with_interval, scores.T)] for name, scores in named.items()])
places = np.arange(1, NUM_PROBED + 1)
curves(
    {
        name: (places, *band(values.T, 0, 1))
        for name, values in (("read forward", probed), ("read backward", backward_probed))
    }
    | {"most frequent word": (places, luck)},
    "place of the word in the source sentence",
    "found by a linear probe",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The row of differences is what counts: same seeds, same sentences, taken seed by seed. Then the
# probe: one curve is above the other where words have become fresh.
#
# **Ask** Which of the five differences would you sign? And what has become of the last words?
#
# **Expect** That over all sentences and that of one group: their intervals lie above zero, though not by
# much. The other three hold zero: three seeds, and fewer sentences. The last words lose little, if anything;
# most had expected an exact exchange.
#
# **Look out for** "So one should always reverse." It suits languages in which first words translate first
# words. Bidirectional encoders have made it a piece of history.

# %% {"slideshow": {"slide_type": "fragment"}}
fresher = {name: 100 * (backward_probed - probed)[:, part].mean(axis=1) for name, part in PARTS.items()}
finding(
    f"reading backward gives {with_interval(gain[:, 4])} BLEU more. The probe finds the first three words, "
    f"now the freshest, {with_interval(fresher['first three'])} points more often; for the last three, now "
    f"read longest ago, the change is {with_interval(fresher['last three'])} points. Freshness counts too: "
    "same words, same places, same seeds, and only the direction of reading changed.",
    mean_and_interval(gain[:, 4]).low > 0 and mean_and_interval(fresher["first three"]).low > 0,
)

# %% [markdown]
# **What this does not show.** A low score of a *linear* probe does not prove that the word is lost: it may be
# stored in a way that only the decoder's GRU can read. And the places are not equally hard: place 1 is nearly
# always a determiner, which the line for luck makes visible. Nor is reversing a law: it suits pairs of
# languages in which the first words translate the first words. Where the order is opposite, expect it to
# hurt; we have not measured that. Nor have we asked for the times, which stand last and are written first:
# they would test the reason given.
#
# > **Pitfall: reversing the padding too.** `np.flip` turns a short row into padding followed by the
# > sentence, and a mask computed before the flip then hides the words and shows the padding. Reverse each
# > row over its own length. **Exercise:** [`reverse_source`].
#
# Today's habit is to have both: one GRU forward, one backward. `course_lib.layers.RecurrentEncoder` is such a
# *bidirectional* encoder; the trick is built in.
#
# [`reverse_source`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=reverse_source

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.7 Exposure: living on one's own words
#
# **Claim.** Trained only on right prefixes, the model is worse on the prefixes it writes itself. As far as
# training on its own prefixes would mend that, it is called *exposure bias* (Ranzato et al., 2016).
#
# Compare, position by position, the accuracy when the right words are fed in with the accuracy when the model
# reads its own.
#
# **Predict:** where do the two curves start, and how far apart do they end?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** In training somebody puts each word right; in use nobody does. Draw the two curves, start and end,
# before you go on.
#
# **Expect** They start at one point, since both have read `[START]` and nothing else, and part from there
# on. Many draw the free one lower from the first position: ask what it could have done wrong by then.
#
# **Look out for** "Then train it on its own words." That has been tried, helps at times, and is not
# measured here.


# %% {"slideshow": {"slide_type": "subslide"}}
def exposure(model, inputs):
    """Booleans (B, T): right with the reference fed, right with its own words fed."""
    forced = ops.convert_to_numpy(ops.argmax(model(inputs), axis=-1))
    free = greedy_ids(model, inputs)
    width = test_labels.shape[1]
    free = np.pad(free, ((0, 0), (0, max(0, width - free.shape[1]))))[:, :width]
    return forced == test_labels, free == test_labels


is_word = test_labels != 0
judged = [exposure(backward[seed], reverse(test_inputs)) for seed in budget.seeds]
positions = np.flatnonzero(is_word.sum(axis=0) >= 20)
accuracies = {
    name: np.array([[pair[which][is_word[:, t], t].mean() for t in positions] for pair in judged])
    for which, name in ((0, "reference fed in"), (1, "own words fed in"))
}
curves(
    {name: (positions, *band(values.T, 0, 1)) for name, values in accuracies.items()},
    "position in the target sentence",
    "share of right words",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The upper curve is what training looks at, the lower one is what a reader gets. Short of time:
# this picture without the next slide.
#
# **Ask** The upper curve jumps up at its end. Has the model become better there? And is every word that
# counts as wrong on the lower one a bad word?
#
# **Expect** No: no sentence of this chapter is longer, so only END is left. And no: if one word was written
# too many, all the following stand one place off and count as wrong.
#
# **Look out for** Reporting the upper curve. It is the accuracy of a model that nobody will use.

# %% [markdown]
# At position 0 both have read `[START]` and nothing else: they must agree. Behind it, errors pile up. But the
# picture mixes two things: free decoding has more chances to be wrong, and it is *judged* by a reference
# whose words may have moved by one place. Looking only **behind the first mistake** of each translation, at
# the same positions in both cases, evens out the first. The second stays: after one word too many all that
# follow count as wrong. (The last position is easy with the reference fed in: no sentence here is longer, so
# only END is left.)


# %% {"slideshow": {"slide_type": "subslide"}}
def behind_first_mistake(forced, free):
    """Accuracy at the real positions after each sentence's first wrong word: reference fed, own words fed."""
    wrong = ~free & is_word
    behind = (np.cumsum(wrong, axis=1) - wrong > 0) & is_word
    return forced[behind].mean(), free[behind].mean()


after = np.array([behind_first_mistake(*pair) for pair in judged])  # (seeds, 2)
finding(
    f"behind the first mistake the model gets {with_interval(100 * after[:, 0])} % of the words right when "
    f"it is put back on the right track, and {with_interval(100 * after[:, 1])} % when it reads on in its "
    f"own words, at the very same positions: {with_interval(100 * (after[:, 0] - after[:, 1]))} points less.",
    mean_and_interval(after[:, 0] - after[:, 1]).low > 0,
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Now at the same positions for both, behind the first mistake of each translation. Only the words
# that were read differ.
#
# **Ask** Is this gap a fault of the training?
#
# **Expect** In part, and nobody can say in which: after a wrong word the best way on may not be the
# reference's. Who says "all of it" should go on from a wrong first word themselves and see what the
# reference still has to do with it.
#
# **Look out for** Calling the whole gap exposure bias. The bias is what training on own words would win
# back.

# %% [markdown]
# **What this does not show.** How much of the gap is *bias*, that is, how much a model trained on its own
# prefixes would win back. Some of it is no fault at all: after a wrong word the best continuation may no
# longer be the reference's. Scheduled sampling (Bengio et al., 2015) mixes the model's own words into
# training; it helps at times, and strong models mostly do without.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.8 Searching: greedy against beam
#
# The model gives every translation a probability; we want the most probable one,
#
# $$ \hat y = \arg\max_y \sum_{t} \log p(y_t \mid y_{<t}, x), $$
#
# and there are $V^T$ of them. *Greedy* search takes the best word at each step and never looks back. *Beam*
# search keeps the best few unfinished translations, say five, of all continuations together. Because every
# further word costs probability, sums favour short sentences; dividing by
# $\left(\frac{5+|y|}{6}\right)^\alpha$ (Wu et al., 2016) evens that out.
#
# **Exercises:** [`beam_step`] and [`length_normalised_scores`].
#
# **Predict:** as the beam grows, what happens to the probability of what it finds? And to BLEU?
#
# [`beam_step`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=beam_step
# [`length_normalised_scores`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=length_normalised_scores

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Draw two steps on the board. First word: A with 0.6, B with 0.4. Behind A the best word has 0.3,
# behind B it has 0.9. Then the shape of the rule: all continuations of all hypotheses compete for the
# places.
#
# **Ask** What does greedy search find here, and what a beam of two? Then predict: as the beam grows, what
# happens to the probability of what is found, and what to BLEU?
#
# **Expect** Greedy: A, and 0.18. The beam keeps B and finds 0.36. Wider beams find more probable
# translations; most expect BLEU to go along for ever, and it does not. Take that up with the next slide,
# not before.
#
# **Look out for** `beam_step.one_per_beam`
#
# `length_normalised_scores.multiplied`

# %%
backward_test_inputs = reverse(test_inputs)


def log_probabilities(model, inputs, ids):
    """log p(y | x) of translations (B, L), by feeding them to the model like a teacher."""
    starts = np.full((len(ids), 1), START, dtype="int32")
    fed = {**inputs, "target_token_ids": np.concatenate([starts, ids[:, :-1]], axis=1)}
    log_p = ops.log_softmax(model(fed), axis=-1)
    chosen = ops.take_along_axis(log_p, ops.cast(ids, "int32")[:, :, None], axis=-1)[:, :, 0]
    return (ops.convert_to_numpy(chosen) * (ids != 0)).sum(axis=1)


# %%
def search(model, beam_width, length_penalty=0.0):
    """Translations (B, L) of the test sentences, and seconds."""
    began = time.perf_counter()
    if beam_width == 1:
        return greedy_ids(model, backward_test_inputs), time.perf_counter() - began
    state = model.encode(
        backward_test_inputs["source_token_ids"], backward_test_inputs["source_padding_mask"]
    )
    settings = {"start_id": START, "end_id": END, "batch_size": len(test_pairs), "max_length": MAX_WORDS + 4}
    ids, _ = beam_search(model.step, state, **settings, beam_width=beam_width, length_penalty=length_penalty)
    return ids[:, 0], time.perf_counter() - began


middle = budget.beam_widths[1]
methods = [(1, 0.0), *((width, 0.0) for width in budget.beam_widths), (middle, 1.0)]
found = {(seed, *method): search(backward[seed], *method) for seed in budget.seeds for method in methods}

# %% {"slideshow": {"slide_type": "subslide"}}
texts = {key: sentences(ids) for key, (ids, _) in found.items()}
log_p = {
    key: log_probabilities(backward[key[0]], backward_test_inputs, ids) for key, (ids, _) in found.items()
}
bleus = {key: corpus_bleu(text, references) for key, text in texts.items()}
rows = []
for width, penalty in methods:
    keys = [(seed, width, penalty) for seed in budget.seeds]
    name = "greedy" if width == 1 else f"beam {width}" + (f", penalty {penalty:g}" if penalty else "")
    better = [100 * np.mean(log_p[key] > log_p[key[0], 1, 0.0] + 1e-4) for key in keys]
    num_words = np.mean([len(text.split()) for key in keys for text in texts[key]])
    scores = with_interval([bleus[key] for key in keys])
    chances = with_interval([log_p[key].mean() for key in keys], ".2f")
    seconds = np.mean([found[key][1] for key in keys])
    rows.append([name, scores, chances, f"{np.mean(better):.0f} %", f"{num_words:.2f}", f"{seconds:.1f}"])
say(
    f"{len(test_pairs)} test sentences, {len(budget.seeds)} trained model(s), mean and interval over seeds. "
    f"The references have {np.mean([len(text.split()) for text in references]):.2f} words on average."
)
table(["search", "BLEU", "log probability", "better than greedy", "words", "seconds"], rows)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Go down the column of log probabilities, then down BLEU, then down the number of words, and stop
# at the references' number in the sentence above. Live, where the models are trained: one sentence with a
# beam of one and of five, both log probabilities beside it.
#
# **Ask** Which column shows errors of the search, and where do you see errors of the model?
#
# **Expect** "Better than greedy" counts sentences for which the model itself prefers another translation:
# the search's errors. Where probability still rises and BLEU does not, the model prefers the wrong thing,
# often something shorter. Frequent answer: "a longer beam is a better model". The model is the same in all
# rows.
#
# **Look out for** Choosing width or penalty by this table: it is made of test sentences. And two kinds of
# interval, over seeds and over sentences, which answer two questions.

# %%
largest = budget.beam_widths[-1]
rises = [np.mean([log_p[seed, width, 0.0].mean() for seed in budget.seeds]) for width, p in methods if p == 0]
gains = [bleus[seed, middle, 0.0] - bleus[seed, 1, 0.0] for seed in budget.seeds]
missed = [np.mean(log_p[seed, largest, 0.0] > log_p[seed, 1, 0.0] + 1e-4) for seed in budget.seeds]
finding(
    "wider beams find more probable translations, width by width. In "
    f"{with_interval(100 * np.array(missed))} % of the sentences greedy search misses one: these are *search "
    "errors*, for the model itself prefers another translation.",
    all(np.diff(rises) > -1e-6) and mean_and_interval(missed).low > 0,
)
pair = paired_bleu_difference(texts[0, middle, 0.0], texts[0, 1, 0.0], references)
says = verdict(pair.interval, "more than chance", "less than chance")
say(
    f"In BLEU, beam {middle} gains {with_interval(gains)} over greedy (interval over seeds). For the model "
    f"of seed 0 alone: {pair.difference:+.1f}, with a paired bootstrap over the test sentences "
    f"[{pair.interval.low:.1f}, {pair.interval.high:.1f}], {says}. From beam {middle} to beam {largest}: "
    f"{with_interval([bleus[s, largest, 0.0] - bleus[s, middle, 0.0] for s in budget.seeds])}. The length "
    f"penalty adds {with_interval([bleus[s, middle, 1.0] - bleus[s, middle, 0.0] for s in budget.seeds])} to "
    f"beam {middle}."
)

# %% [markdown]
# Two intervals, two questions: over seeds, *would another training run show it too?*; over sentences, *would
# other test sentences?* A claim needs the first at least.
#
# More probability need not mean better translations. Koehn and Knowles (2017) saw BLEU rise up to beams of
# about 4 to 30, depending on the language pair, and fall for wider ones, largely because ever shorter outputs
# won; Stahlberg and Byrne (2019), who searched exactly, found that for more than half of the sentences the
# most probable translation of their model was *empty*. Compare the column of words above with the references
# before you widen a beam, and set the length penalty on the **validation** split, never on the test split.
# (Here we only show one value and choose nothing.)

# %% [markdown]
# ❓ **Question** [`wider_beams`] to this section.
#
# [`wider_beams`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=question-wider_beams

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.9 Sampling
#
# Instead of searching for the best, *draw* from the model. Three knobs shape the distribution first:
#
# - **temperature** $\tau$ divides the logits: below 1 sharpens, above 1 flattens;
# - **top-k** keeps the $k$ most probable words (Fan et al., 2018);
# - **top-p** keeps the fewest words that hold a share $p$ of the probability (Holtzman et al., 2020), so few
#   where the model is sure and many where it is not.
#
# Take the step at which the model, fed the right words, is least sure, by the entropy of its next word.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Not the best, but one of many. Three knobs, and all of them act before the draw. Short of time:
# this slide without the next one.
#
# **Ask** Four words have 0.5, 0.25, 0.15 and 0.1. Which remain with top-k 3, and which with top-p 0.7? What
# are their shares then?
#
# **Expect** Three of them; with top-p 0.7 the first two, which hold 0.75, and get two thirds and one third.
# Many forget to divide by what is left. Ask what either does where the model is nearly certain: top-k keeps
# three all the same.
#
# **Look out for** "Temperature one half halves the probabilities." It squares them and divides by their
# sum.

# %%
translator = backward[budget.seeds[0]]
probabilities = ops.convert_to_numpy(ops.softmax(translator(backward_test_inputs), axis=-1)).astype("float64")
entropy = -(probabilities * np.log(probabilities + 1e-30)).sum(axis=-1) * is_word  # nats, (B, T)
row, step = (int(index) for index in np.unravel_index(entropy.argmax(), entropy.shape))
next_logits = np.log(probabilities[row, step] + 1e-30)[None]
ranks = np.arange(1, 16)


# %% {"slideshow": {"slide_type": "subslide"}}
def ranked(**settings):
    """The fifteen largest probabilities, after shaping."""
    shaped = np.exp(filter_logits(next_logits, **settings))
    return np.sort((shaped / shaped.sum())[0])[::-1][:15]


before = " ".join(test_pairs[row].target[:step]) or "(nothing)"
say(
    f"Source: *{' '.join(test_pairs[row].source)}*. Written so far: *{before}*. Right would be "
    f"*{token_of(test_labels[row, step])}*, which the model gives "
    f"{100 * probabilities[row, step, test_labels[row, step]]:.1f} %. Entropy: "
    f"{entropy[row, step]:.2f} nats, as "
    f"much as {math.exp(entropy[row, step]):.0f} equally likely words."
)
curves(
    {
        "as it is": (ranks, ranked()),
        "temperature 0.5": (ranks, ranked(temperature=0.5)),
        "temperature 2": (ranks, ranked(temperature=2.0)),
        "top-p 0.8": (ranks, ranked(top_p=0.8)),
    },
    "words, most probable first",
    "probability",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The step at which the model was least sure, found by its entropy. All four curves are of one
# distribution. Live: draw several translations of this sentence, the room calls the seed.
#
# **Ask** Does any knob change the order of the words? And how would a perfect model's curve look here?
#
# **Expect** None does. A perfect model has everything on one word: in this language the translation is
# certain, so all that is spread is ignorance, and to draw from it is a way of making mistakes. "Sampling is
# more natural" is the answer to take up: for stories, where many continuations are right.
#
# **Look out for** Judging by one lucky draw. Three draws of the whole test set stand in the notebook.

# %%
WAYS = {
    "temperature 0.5": {"temperature": 0.5},
    "temperature 1": {},
    "top-k 3": {"top_k": 3},
    "top-p 0.8": {"top_p": 0.8},
}


def sample(seed, settings):
    state = translator.encode(
        backward_test_inputs["source_token_ids"], backward_test_inputs["source_padding_mask"]
    )
    fixed = {"start_id": START, "end_id": END, "batch_size": len(test_pairs), "max_length": MAX_WORDS + 4}
    return sentences(sample_decode(translator.step, state, **fixed, seed=seed, **settings))


drawn = {name: [sample(seed, settings) for seed in range(3)] for name, settings in WAYS.items()}
greedy_key = budget.seeds[0], 1, 0.0
rows = [["right", references[row], ""], ["greedy", texts[greedy_key][row], f"{bleus[greedy_key]:.1f}"]]
for name, draws in drawn.items():
    three = "<br>".join(texts_drawn[row] for texts_drawn in draws)
    rows.append([name, three, with_interval([corpus_bleu(text, references) for text in draws])])
table(["way", "the sentence above, three draws", "BLEU of the whole test set, three draws"], rows)

# %%
greedy_bleu = bleus[budget.seeds[0], 1, 0.0]
lost = [greedy_bleu - corpus_bleu(text, references) for text in drawn["temperature 1"]]
finding(
    f"drawing from the model as it is costs {with_interval(lost)} BLEU against greedy search with the same "
    "model (interval over three draws). In this language the entropy of a translation given its source is 0: "
    "all of the model's spread is ignorance, and drawing from ignorance is a way of making mistakes.",
    mean_and_interval(lost).low > 0,
)

# %% [markdown]
# Sampling belongs where many answers are right (stories, dialogue), or where you want to *see* what a model
# holds possible. For translation, search.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.10 Real sentences: English to French
#
# The same class, the same training, on short sentences that people wrote for Tatoeba. Three things change:
#
# - **subwords**: a WordPiece vocabulary (pieces of words, chapter 9) for each language, learned on the
#   training split alone, so that no word is unknown;
# - the corpus was split **by English sentence**, with all translations of each: no English sentence of the
#   test was seen in training;
# - there is no longer *one* right translation. BLEU compares with one reference and will be low even where
#   the French is fine.
#
# The corpus is looked up in the folder `COURSE_DATA`, then in the cache, then downloaded.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same class on sentences that people wrote. Live, if it was trained before the lecture: ask the
# room for English sentences of two to five words. Short of time: three lines of the notebook's table, read
# aloud.
#
# **Ask** Why was the corpus split by English sentence, and not by pair? And a low BLEU here: is it the
# model's fault?
#
# **Expect** One sentence has several translations; split by pair, the test would hold sentences that were
# seen in training. The low score has both reasons, one reference and a weak model: read the lines and see
# which weighs more in each.
#
# **Look out for** Comparing this BLEU with the toy's. There one translation is right, here many are.

# %%
try:
    tatoeba, problem = load_tatoeba("fra"), None
except OSError as error:
    tatoeba, problem = None, error
    say(
        "**This section is skipped:** the corpus is neither in `COURSE_DATA` nor in reach. The rest "
        "of the chapter does not need it."
    )


def short_english(split, count):
    """Pairs whose English side has 2 to 5 words; of several translations the first; in random order."""
    pairs = {}
    for english, french in tatoeba[split]:
        if 2 <= len(english.split()) <= 5:
            pairs.setdefault(english, french)
    order = np.random.default_rng(0).permutation(len(pairs))[:count]
    return [list(pairs.items())[index] for index in order]


if tatoeba:
    real = {split: short_english(split, budget.real_num_train_sentences) for split in ("train", "test")}
    real["test"] = real["test"][: budget.num_test_sentences]
    print(f"{len(real['train']):,} training and {len(real['test']):,} test pairs, for instance")
    for english, french in real["test"][:3]:
        print(f"  {english}  →  {french}")

# %%
REAL_WIDTH = 15  # subwords; longer sentences, which are few, are left out of training and cut in testing


def real_arrays(pairs, keep_all):
    """Batch arrays of subword ids, and the pairs in the order of the rows."""
    ids = [[tokenizer.encode(text) for tokenizer, text in zip(subwords, pair, strict=True)] for pair in pairs]
    fits = [keep_all or max(map(len, both)) <= REAL_WIDTH for both in ids]
    pairs = [pair for pair, fit in zip(pairs, fits, strict=True) if fit]
    columns = zip(
        *[[row[:REAL_WIDTH] for row in both] for both, fit in zip(ids, fits, strict=True) if fit], strict=True
    )
    batches = TranslationBatches(*columns, start_id=START, end_id=END, batch_size=len(pairs))
    return *batches[0], [pairs[index] for index in batches.indices(0)]


# %%
if tatoeba:
    subwords = [
        WordPieceTokenizer(
            train_wordpiece(texts_of_side, budget.real_vocabulary_size, lower_case=False), lower_case=False
        )
        for texts_of_side in zip(*real["train"], strict=True)
    ]
    real_inputs, real_labels, _ = real_arrays(real["train"], keep_all=False)
    whole = len(real_labels) // budget.batch_size * budget.batch_size  # no smaller last batch to compile for
    real_inputs = reverse({name: column[:whole] for name, column in real_inputs.items()})
    set_seed(0)
    sizes = [len(tokenizer.vocabulary) for tokenizer in subwords]
    french_translator = Translator(*sizes, 64, budget.real_hidden_dim, budget.real_hidden_dim)
    compiled(french_translator, whole, budget.real_num_epochs).fit(
        real_inputs,
        real_labels[:whole],
        budget.batch_size,
        budget.real_num_epochs,
        verbose=0,
        callbacks=[ProgressLine("English–French")],
    )

# %%
if tatoeba:
    real_test_inputs, _, real_pairs = real_arrays(real["test"], keep_all=True)
    ids = greedy_ids(french_translator, reverse(real_test_inputs), max_steps=2 * REAL_WIDTH)
    written = [subwords[1].decode(row) for row in ids.tolist()]
    real_references = [french for _, french in real_pairs]
    rows = [
        [real_pairs[index][0], real_references[index], written[index]]
        for index in range(0, len(real_pairs), max(1, len(real_pairs) // 10))
    ]
    num_words = [len(english.split()) for english, _ in real_pairs]
    buckets = bleu_by_length(written, real_references, num_words, [2, 4, 5, 6])
    names = ("2–3", "4", "5")
    by_words = ", ".join(
        f"{n} words: {b.bleu:.1f} (n = {b.count})" for n, b in zip(names, buckets, strict=True)
    )
    table(["English", "reference", "written"], rows)
    say(
        f"BLEU **{corpus_bleu(written, real_references):.1f}** on {len(real_pairs)} test sentences "
        f"({french_translator.count_params():,} parameters, {whole:,} training pairs, one seed). By "
        f"length of the English sentence: {by_words}. Signature: `{bleu_signature()}`."
    )

# %% [markdown]
# The pattern of the toy language again: it looks like French, though words and grammar break, and mostly
# says something else. One run with one seed on a small sample: an impression, and no comparison is claimed.
# The ladder in `benchmarks/` trains such models properly.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.11 The library's model
#
# `course_lib.models.Seq2Seq` is what the rest of the course uses. It offers the same three methods, so every
# line of sections 2.7 to 2.9 works with it. Three differences: its encoder reads in **both directions**; its
# decoder gets its own last output fed back in and meets the vector once more just before each word; and it
# has a place for **attention**, `score=…`, which is empty here and the subject of the next chapter.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Same three methods, so all that was written for our class works with it. One argument is still
# empty: `score`, the subject of the next lecture. Short of time: skip it.
#
# **Ask** Step 0 by `encode` and `step` is compared with step 0 of the whole pass. Which mistakes does that
# catch, and which does it not?
#
# **Expect** A first state or a start token that differs between training and use. Not caught: whatever
# begins at step 1, such as an output that is not fed back in. So compare all steps.
#
# **Look out for** "They share their weights, so they agree." They share weights and are two pieces of code.

# %%
library_model = Seq2Seq(
    len(source_tokenizer.vocabulary),
    len(target_tokenizer.vocabulary),
    budget.embedding_dim,
    budget.hidden_dim,
    score=None,
)
few = {name: column[:5] for name, column in test_inputs.items()}
logits = library_model(few)
state = library_model.encode(few["source_token_ids"], few["source_padding_mask"])
step_logits, _ = library_model.step(ops.full((5,), START, dtype="int32"), state)
assert np.allclose(ops.convert_to_numpy(step_logits), ops.convert_to_numpy(logits)[:, 0], atol=1e-5)
say(
    f"Logits {tuple(logits.shape)} as above; step 0 by `encode` and `step` equals step 0 of the whole pass. "
    f"{library_model.count_params():,} parameters, against {model.count_params():,} of our own class. State: "
    + ", ".join(f"`{name}` {tuple(value.shape)}" for name, value in state.items())
    + "."
)

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 2.12 The papers beside our measurements

# %%
rows = [
    (
        "Cho et al. 2014b, *On the properties of …*",
        "English–French news, GRU encoder–decoder, one vector of 1,000 or more",
        "BLEU falls fast as sentences grow",
        f"K = {widest}: {with_interval(wide[:, 0])} on the shortest, {with_interval(wide[:, 3])} on the "
        "longest",
    ),
    (
        "Sutskever et al. 2014",
        "12 million English–French pairs, LSTM, 4 layers, 384 million parameters",
        "25.9 → 30.6 BLEU by reversing the source",
        f"{with_interval(by_length[widest][:, 4])} → {with_interval(backward_scores[:, 4])}",
    ),
    (
        "Koehn and Knowles 2017",
        "eight language pairs, attention",
        "best beams of about 4 to 30, worse beyond",
        f"beam {middle} {with_interval(gains)} over greedy; beam {largest} "
        f"{with_interval([bleus[s, largest, 0.0] - bleus[s, middle, 0.0] for s in budget.seeds])} over that",
    ),
]

# %%
table(["paper", "data and model", "reported", "here, on the toy language"], rows)
say(
    f"Ours: {len(train_pairs):,} training pairs, {len(test_pairs)} test pairs, "
    f"{translators[widest, 0].count_params():,} parameters, {len(budget.seeds)} seed(s), minutes on a "
    "CPU. The *numbers* cannot be compared; the directions can, where an interval leaves out zero."
)
# %% {"slideshow": {"slide_type": "subslide"}}
bars_with_intervals(
    {f"K = {code_dim}": mean_and_interval(scores[:, 4]) for code_dim, scores in by_length.items()}
    | {
        f"K = {widest}\nreversed": mean_and_interval(backward_scores[:, 4]),
        f"reversed\nbeam {middle}": mean_and_interval([bleus[seed, middle, 0.0] for seed in budget.seeds]),
    },
    "BLEU, all test sentences",
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** What each step of this chapter was worth, on one axis. Beside it, in the notebook, stands what the
# papers reported: compare directions.
#
# **Ask** Which of these steps would you expect to see again with three other seeds?
#
# **Expect** The steps in $K$ are far larger than their intervals. Reading backwards gains something that its
# interval tells from nothing, if not by much; the beam's gain in BLEU does not (section 2.8): bars that
# differ are no finding.
#
# **Look out for** Reading overlap of two bars' intervals as the test. The seeds are paired, so the interval
# of the difference is the one to look at.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Summary
#
# - A translator is a language model whose every step also sees the source: an **encoder** reads it, a
#   **decoder** writes.
# - **Teacher forcing** feeds the correct words, shifted right. Forget the shift and the model copies; forget
#   END and it never stops; count padding and the numbers lie.
# - Everything passes through **one vector**. Long sentences are translated worse at every size of it, and a
#   small vector is worse at every length. The first words are held best, likely because most of them are
#   needed first; reading the source backwards makes them the freshest as well, and helps.
# - Decoding freely, the model lives on its own mistakes. **Beam search** repairs errors of *search*; it
#   cannot repair errors of the *model*.
# - The way out is not a larger vector. It is to let the decoder look back at the source, at every step, where
#   it needs to: **attention**, chapter 3.
#
# ## Exercises
#
# [`exercises/02_sequence_to_sequence.ipynb`](../exercises/02_sequence_to_sequence.ipynb), or `course list`
# in a terminal: [`teacher_forced_batch`], [`reverse_source`], [`last_state`], [`gru_step`],
# [`token_cross_entropy`], [`beam_step`], [`length_normalised_scores`].
#
# To think about: a bidirectional encoder makes the trick of section 2.6 pointless. Why? Which of its two GRUs
# remembers which end, and what becomes of the *middle* of a long sentence? Fit the probe of section 2.5 to
# `RecurrentEncoder` and see.
#
# ## Further reading
#
# - Cho et al. (2014a), *Learning phrase representations using RNN encoder–decoder*,
#   [arXiv:1406.1078](https://arxiv.org/abs/1406.1078): the GRU and the encoder–decoder.
# - Sutskever, Vinyals and Le (2014), *Sequence to sequence learning with neural networks*,
#   [arXiv:1409.3215](https://arxiv.org/abs/1409.3215): depth, reversal, beam search.
# - Cho et al. (2014b), *On the properties of neural machine translation*,
#   [arXiv:1409.1259](https://arxiv.org/abs/1409.1259): the curse of length.
# - Bengio et al. (2015), *Scheduled sampling*, [arXiv:1506.03099](https://arxiv.org/abs/1506.03099), and
#   Ranzato et al. (2016), *Sequence level training*, [arXiv:1511.06732](https://arxiv.org/abs/1511.06732):
#   exposure.
# - Wu et al. (2016), *Google's neural machine translation system*,
#   [arXiv:1609.08144](https://arxiv.org/abs/1609.08144): the length penalty, in its section 7.
# - Koehn and Knowles (2017), *Six challenges*, [arXiv:1706.03872](https://arxiv.org/abs/1706.03872), and
#   Stahlberg and Byrne (2019), *On NMT search errors*, [arXiv:1908.10090](https://arxiv.org/abs/1908.10090).
# - Holtzman et al. (2020), *The curious case of neural text degeneration*,
#   [arXiv:1904.09751](https://arxiv.org/abs/1904.09751): top-p.
#
# [`teacher_forced_batch`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=teacher_forced_batch
# [`reverse_source`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=reverse_source
# [`last_state`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=last_state
# [`gru_step`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=gru_step
# [`token_cross_entropy`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=token_cross_entropy
# [`beam_step`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=beam_step
# [`length_normalised_scores`]: ../exercises/02_sequence_to_sequence.ipynb#cell-id=length_normalised_scores

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Let the room say for each point which measurement stands behind it. To begin with at home:
# `teacher_forced_batch`, because a wrong batch spoils all that follows; `gru_step` takes longest.
#
# **Ask** Three times in this chapter a number looked splendid and meant nothing. Which were they?
#
# **Expect** Accuracy with padding counted, accuracy without the shift, and accuracy with the right words
# fed in. If the fourth, a wide beam's probability, is named, all the better.
#
# **Look out for** "The remedy is a larger vector." As a wider window did, it moves the trouble. The remedy
# is to look back.
