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
# # 9 · Word pieces
#
# **What should a model read: words, characters, or something between?**
#
# Every model so far got its tokens from somewhere: words in chapter 1, pieces in chapters 2 and 8, where they
# were used and not explained. BERT stands and falls with them. They decide what can be unknown, how long a
# sequence is, how large the table of embeddings, whether two models' losses can be compared at all, and how
# one gets from a prediction back to the text that somebody wrote. In this chapter you learn a vocabulary one
# merge at a time, cut words with it, price the result in bits, and find the way back.
#
# **About 80 minutes** to read and run, two hours more with the exercises in
# [`exercises/09_word_pieces.ipynb`](../exercises/09_word_pieces.ipynb). The cells themselves take up to
# twelve minutes on two CPU cores.
#
# **Prerequisites:** chapter 1 (perplexity), chapter 7 (the block, for the model of section 9.5).
#
# **You will be able to**
#
# * say what words cost in unknowns, characters in length, and pieces in neither;
# * learn a vocabulary by merges with two scores, and tell which of them is the likelihood;
# * cut a word by longest match, and say where that differs from replaying merges;
# * compare language models over different vocabularies, which perplexity cannot;
# * bring a prediction back to the place in the original text that it came from.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** So far tokens fell from the sky. Today we make them. Ask the room for the longest word that they
# have used this week, and keep it: it will be cut, priced and found again.
#
# **Ask** A model knows a list of some thousand tokens. Your word is not on it. What should happen?
#
# **Expect** An unknown token, letters, or parts. Somebody proposes a longer list: ask how long, and what an
# entry costs that is read once a year.
#
# **Look out for** "Tokenising is a detail before the model." It decides what can be unknown, how long a
# sequence is, and whether two losses may be compared.

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
import course_lib  # noqa: F401 - first: TensorFlow then starts quietly

# isort: split
import math
import re
from collections import Counter, defaultdict

import keras
import numpy as np
import tensorflow as tf
from IPython.display import display
from keras import ops

from course_lib.chapters import (
    chapter_budget,
    claim,
    finding,
    mean_and_interval,
    paired,
    say,
    start_anew,
    stored_result,
    table,
    verdict,
    with_interval,
)
from course_lib.data import (
    load_chinese_sentences,
    load_multi30k,
    load_squadshifts,
    load_tatoeba,
    load_war_and_peace,
    load_wikitext2,
)
from course_lib.layers import sinusoids
from course_lib.models import Gpt, NextTokenModel
from course_lib.plots import bars_with_intervals, curves
from course_lib.text import (
    BERT_SPECIAL_TOKENS,
    Vocabulary,
    WordPieceTokenizer,
    match_pieces,
    split_words,
    train_wordpiece,
)
from course_lib.text.merges import learn_merges, merge_pair, split_into_characters
from course_lib.training import set_seed

# %%
# Each vocabulary of section 9.5 has its own model; TensorFlow takes them for one that changes its shapes.
tf.get_logger().setLevel("ERROR")
budget = chapter_budget("09_word_pieces")
say(f"These outputs were made with the **{budget.name}** budget: {budget!r}.")

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 9.1 Neither words nor characters
#
# A vocabulary is a list, and a list ends. With **words**, whatever is not on it becomes one token, `[UNK]`,
# and is gone. With **characters**, hardly anything is unknown, and a sentence is five times as long;
# attention pays for that with the square (chapter 4). **Pieces** of words are between the two: what is
# frequent is one token, what is rare is several.
#
# > **Write down your prediction.** A vocabulary of the 8,000 most frequent words of nine tenths of *War and
# > Peace*. How many of a hundred running words are unknown in the last tenth? In captions of photographs? In
# > articles of Wikipedia? And into how many pieces does a word fall if the 8,000 are pieces?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A list ends: that is the whole problem of words. Characters do not end, and cost length, for which
# attention pays with the square. Let everybody write four numbers, three shares and a length.
#
# **Expect** Most guess a few per cent unknown for all three texts. The novel itself comes near that; the
# others are far above, and among what is lost there are many of the words that the text is about, beside
# marks and numbers. Pieces a word are usually guessed too high.
#
# **Look out for** "Unknown words are rare, so they hardly matter." Rare one by one; see how many together.

# %%
paragraphs = [" ".join(text.split()) for text in load_war_and_peace().split("\n\n") if text.strip()]
paragraphs = paragraphs[: budget.num_paragraphs]
cut = len(paragraphs) * 9 // 10
novel = Counter(word for text in paragraphs[:cut] for word in split_words(text))
wikipedia = [re.sub(" ?@ ?|<unk>", "", line) for line in load_wikitext2("validation")]
captions = [caption for (caption,) in load_multi30k("test", ("en",))]
texts = {"the same novel": paragraphs[cut:], "captions": captions, "Wikipedia": wikipedia}
tests = {name: Counter(word for line in lines for word in split_words(line)) for name, lines in texts.items()}


# %% {"slideshow": {"slide_type": "subslide"}}
def share_unknown(counts, is_known):
    """The share of running words that a vocabulary does not know."""
    return 1 - sum(count for word, count in counts.items() if is_known(word)) / counts.total()


def pieces_per_word(counts, tokenizer):
    return sum(count * len(tokenizer.encode(word)) for word, count in counts.items()) / counts.total()


tokenizers = {}
unknown, lengths = defaultdict(list), defaultdict(list)
for size in budget.vocabulary_sizes:
    words = {word for word, _ in novel.most_common(size)}
    vocabulary = train_wordpiece(paragraphs[:cut], size, special_tokens=BERT_SPECIAL_TOKENS)
    tokenizers[size] = tokenizer = WordPieceTokenizer(vocabulary, engine="python")
    for name, counts in tests.items():
        unknown[name].append(100 * share_unknown(counts, words.__contains__))
        lengths[name].append(pieces_per_word(counts, tokenizer))

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two measurements: the share of running words that a list does not know, and how many pieces a
# running word takes. Short of time: on to the curves.
#
# **Ask** Why running words, and not the share of different words?
#
# **Expect** A reader meets running words. Among *different* words nearly all are rare, so that share would
# look far worse and say little about a page. Both are honest; ask which one a given paper reports.
#
# **Look out for** A list that was made on the text it is tested on. Here it comes from nine tenths of the
# novel.

# %% {"slideshow": {"slide_type": "subslide"}}
sizes = budget.vocabulary_sizes
display(
    curves(
        {name: (sizes, values) for name, values in unknown.items()},
        "words in the vocabulary",
        "unknown words, %",
        log_x=True,
    )
)
display(
    curves(
        {name: (sizes, values) for name, values in lengths.items()},
        "pieces in the vocabulary",
        "pieces a word",
        log_x=True,
    )
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** First picture: unknowns, three texts. Second picture: length, the same three. The axis of sizes is
# logarithmic, so each step to the right doubles the list.
#
# **Ask** Double the list once more: what does it buy in the first picture, and what does it cost?
#
# **Expect** Some points on foreign texts, hardly any on the novel, and twice the rows in the table of
# embeddings, each of which seldom gets a gradient. "Take a list that is long enough" is the answer to take
# up: extend the curve to the right and read where it reaches nothing.
#
# **Look out for** Comparing the two vertical axes. One counts what is gone, the other what is longer.

# %%
middle = sizes.index(budget.vocabulary_size)
rows = []
for name, counts in tests.items():
    characters = sum(count * len(word) for word, count in counts.items()) / counts.total()
    lost = share_unknown(counts, lambda word: tokenizers[budget.vocabulary_size].encode(word) != [1])
    rows.append(
        [
            name,
            f"{unknown[name][middle]:.1f} %",
            f"{100 * lost:.3f} %",
            f"{lengths[name][middle]:.2f}",
            f"{characters:.2f}",
        ]
    )
table(
    ["text", f"unknown among {sizes[middle]:,} words", "among pieces", "pieces a word", "characters a word"],
    rows,
)
claim(
    all(unknown[name][middle] > 3 for name in tests) and lengths["Wikipedia"][middle] < 2,
    "words leave a share of every text unknown, pieces are shorter than two a word",
)

# %% [markdown]
# Words are lost where a text is not like the one the list was made of. Not all that is lost in Wikipedia are
# words:

# %% {"jupyter": {"source_hidden": true}, "tags": ["hide-input"]}
known = {word for word, _ in novel.most_common(budget.vocabulary_size)}
seen = tests["Wikipedia"]
lost = Counter({word: count for word, count in seen.items() if word not in known})
marks = sum(count for word, count in lost.items() if not any(map(str.isalnum, word))) / lost.total()
digits = sum(count for word, count in lost.items() if any(map(str.isdigit, word))) / lost.total()
letters = Counter({word: count for word, count in seen.items() if word.isalpha()})
hidden = sum(line.split().count("<unk>") for line in load_wikitext2("validation"))
total = seen.total() + hidden
first = ", ".join(f"`{word}`" for word, _ in lost.most_common(3))
say(
    f"Of what is lost there {marks:.0%} are marks (the commonest of all: {first}) and {digits:.0%} have "
    f"digits; of words of letters alone {share_unknown(letters, known.__contains__):.0%} are unknown. And "
    f"this copy of Wikipedia has its rarest words already replaced by a mark of its own, which we leave out: "
    f"{hidden / total:.1%} of the running words. With them {(hidden + lost.total()) / total:.0%} would be "
    "unknown."
)

# %% [markdown]
# The commonest are the `=` of headings and straight quotation marks, where the novel has others. A larger
# list helps slowly, because words have a long tail (Zipf, chapter 1); and each entry is a row of the
# embeddings that hardly ever gets a gradient. Pieces know nearly all words, in well under two tokens each.
# (What is unknown to them in Wikipedia are marks, too.)
#
# ### Chinese: where there are no spaces
#
# Everything above took for granted that spaces say where words are. Chinese does not write them.

# %% {"slideshow": {"slide_type": "subslide"}}
chinese = load_chinese_sentences()[: budget.num_chinese_sentences]
edge = len(chinese) * 9 // 10
between_spaces = Counter(word for text in chinese[:edge] for word in text.split())
characters = Counter(word for text in chinese[:edge] for word in split_words(text))
held_out = Counter(word for text in chinese[edge:] for word in text.split())
held_out_characters = Counter(word for text in chinese[edge:] for word in split_words(text))
rows = [["what stands between spaces", f"{len(between_spaces):,}"]]
rows[0].append(f"{100 * share_unknown(held_out, between_spaces.__contains__):.1f} %")
rows[0].append(f"{held_out.total() / (len(chinese) - edge):.1f}")
for size in (500, 2_000, len(characters)):
    known = {character for character, _ in characters.most_common(size)}
    lost = 100 * share_unknown(held_out_characters, known.__contains__)
    length = held_out_characters.total() / (len(chinese) - edge)
    rows.append(
        [f"the {len(known):,} most frequent characters", f"{len(known):,}", f"{lost:.2f} %", f"{length:.1f}"]
    )
table(["Chinese, tokens are", "entries", "unknown in held-out sentences", "tokens a sentence"], rows)
say(f"BERT reads {split_words('我不吃猫粮。')} where it is given 我不吃猫粮。")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Write a Chinese sentence on the board without spaces, which is how it is written. First row: what
# stands between spaces are whole sentences, and hardly one comes again.
#
# **Ask** If every character is a word, what can a piece never be?
#
# **Expect** Two characters, however often they stand together: pieces never cross the border of a word.
# Asked for the price, some say unknowns: there are hardly any. The price is a fixed length.
#
# **Look out for** `split_words.spaces_alone`
#
# `split_words.chinese_kept_together`

# %% [markdown]
# BERT makes each Chinese character a word of its own. (Kana and Hangul stay together.) It costs nothing in
# unknowns, and fixes one length for good: no piece can ever hold two characters, however often they occur
# together, because pieces never cross the border of a word.
#
# **What this does not show.** That words are a bad choice *for a model*: only that they are one for a list.
# What a model makes of either is section 9.5.
#
# → *Exercise* [`split_words`].
#
# [`split_words`]: ../exercises/09_word_pieces.ipynb#cell-id=split_words

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 9.2 Learning a vocabulary by merging
#
# Begin with characters; those inside a word are written `##x`. Then, again and again, make one piece of the
# best pair of neighbours. What is best?
#
# $$ \text{BPE:}\;\; \text{count}(ab) \qquad\quad
# \text{WordPiece, as it is told:}\;\; \frac{\text{count}(ab)}{\text{count}(a)\,\text{count}(b)} $$
#
# "As it is told", because Google published the use of WordPiece and not the trainer of BERT's list.
# (TensorFlow Text has a later one, which goes from words down.) The second formula
# is the one of well-known tutorials; it is a reconstruction from a sentence in Schuster and Nakajima
# (2012): take the unit "that increases the likelihood on the training data the most". That can be computed.
# Under a model that draws each of $N$ pieces independently, with $f(x) = x \log x$ and $n =
# \text{count}(ab)$, a merge changes the log-likelihood by
#
# $$ \Delta = f(n) + f(\text{count}(a) - n) + f(\text{count}(b) - n) - f(\text{count}(a)) - f(\text{count}(b))
# + f(N) - f(N - n). $$
#
# > **Write down your prediction.** The first five merges by each of the three, in English. And which of the
# > two formulas chooses more like the likelihood?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** One loop, three ways to say what is best. On the board: *th* stands ten times in a text with
# sixteen *t* and ten *h*; *qu* stands once, with one *q* and one *u*. Compute count and quotient of both
# pairs.
#
# **Ask** Which pair does each formula merge first? Then the prediction of the slide: the first five merges
# in English by each of the three, and which formula is more like the likelihood.
#
# **Expect** Count: *th*. Quotient: $10 / 160$ against $1 / 1$, so *qu*, seen once. Most believe that the
# quotient is the likelihood, since tutorials say so. Do not correct it yet: the slides compute the third
# formula, too.
#
# **Look out for** `pair_scores.word_counts_ignored`
#
# `pair_scores.prefix_ignored`


# %% {"slideshow": {"slide_type": "subslide"}}
def f(x):
    return x * math.log(x) if x > 0 else 0.0


SCORES = {
    "count": lambda n, a, b, total: n,
    "count over counts": lambda n, a, b, total: n / (a * b),
    # For two equal parts it is an approximation.
    "gain of likelihood": lambda n, a, b, total: (
        f(n) + f(a - n) + f(b - n) - f(a) - f(b) + f(total) - f(total - n)
    ),
}


def scored_pairs(words, score, minimum_count=2):
    """Dict from pieces of a word to its count → dict from a pair to its score."""
    singles, pairs = Counter(), Counter()
    for pieces, count in words.items():
        for piece in pieces:
            singles[piece] += count
        for pair in zip(pieces, pieces[1:], strict=False):
            pairs[pair] += count
    total = singles.total()
    return {
        (a, b): score(n, singles[a], singles[b], total) for (a, b), n in pairs.items() if n >= minimum_count
    }


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three scores in a few lines, of the same four numbers. The third is what the sentence in the old
# paper says, for pieces that are drawn independently.
#
# **Ask** Multiply all counts by ten. What becomes of each score?
#
# **Expect** The count grows tenfold, the quotient falls to a tenth, and the gain grows tenfold: it is an
# amount of likelihood in the whole text. The quotient falls for every pair alike, so its order stays: a
# rate has no size. Many expect all three to grow.
#
# **Look out for** "The score of a pair is fixed." Each merge changes the counts of its neighbours.

# %% [markdown]
# One merge is then: score the pairs, take the best, write it as one piece in every word.


# %% {"slideshow": {"slide_type": "subslide"}}
def learn(word_counts, num_merges, score):
    """The merges in their order; of equal ones the first in the alphabet."""
    words, merges = split_into_characters(word_counts), []
    for _ in range(num_merges):
        values = scored_pairs(words, score)
        if not values:
            break
        best = min(values, key=lambda pair: (-values[pair], pair))
        words = merge_pair(words, best)
        merges.append(best)
    return merges


def joined(pair):
    return pair[0] + pair[1].removeprefix("##")


plain = [(word, count) for word, count in novel.most_common() if re.fullmatch("[a-z]+", word)]
frequent = dict(plain[: budget.num_merge_words])
merges = {name: learn(frequent, budget.num_merges, score) for name, score in SCORES.items()}
table(
    ["merge", *merges],
    [[number + 1, *(f"`{joined(merges[name][number])}`" for name in merges)] for number in range(10)],
)
assert merges["count"][:10] == learn_merges(frequent, 10, "count")
assert merges["count over counts"][:10] == learn_merges(frequent, 10, "likelihood")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Read the three columns downwards. Live: ten merges on the words of the room, typed with how often
# they were said; the room predicts each merge before it is printed.
#
# **Ask** What do the pairs in the middle column have in common?
#
# **Expect** Parts that cannot be without each other, however rare. The outer columns look alike and choose
# what is frequent. Who says "the middle one finds morphemes" should look for an ending among its first ten.
#
# **Look out for** `merge_pair.piece_used_twice`
#
# `merge_pair.prefix_kept_inside`

# %% [markdown]
# Counting takes what is frequent. The quotient takes what is seldom without the other, frequent or rare:
# `of`, some 14,000 times in these words, and `##bj`, 80 times. It is a rate, and a rate has no size: at the
# first step `##bj` beats `th`, which stands there 52,000 times. In a text with rarer words a pair seen twice
# can do so, which is why one asks for a minimum count.


# %% {"slideshow": {"slide_type": "subslide"}}
def ranks_alike(first, second):
    """Spearman's rank correlation of two scores over the same pairs."""
    order = [np.argsort(np.argsort([values[pair] for pair in first])) for values in (first, second)]
    return float(np.corrcoef(order)[0, 1])


def best_pairs(values, number=20):
    return set(sorted(values, key=lambda pair: (-values[pair], pair))[:number])


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two ways to ask whether scores agree: over all pairs, by rank, and at the top alone, where the
# choice is made. Short of time: go on to the table.
#
# **Ask** A choice takes the best pair, again and again. Which of the two measures is closer to what
# matters?
#
# **Expect** The top. Rank correlation over all pairs is ruled by the many that nobody would ever merge. It
# is the usual choice all the same, because it is one number.
#
# **Look out for** Believing that the two must point the same way. The next slide has them opposed.

# %% {"slideshow": {"slide_type": "subslide"}}
at_start = {name: scored_pairs(split_into_characters(frequent), score) for name, score in SCORES.items()}
gain, rows, shared = at_start.pop("gain of likelihood"), [], {}
for name, values in at_start.items():
    chosen = [set(map(joined, merges[key])) for key in (name, "gain of likelihood")]
    shared[name] = len(chosen[0] & chosen[1]) / len(chosen[1])
    best = len(best_pairs(values) & best_pairs(gain))
    rows.append([name, f"{ranks_alike(values, gain):+.2f}", f"{best} of 20", f"{shared[name]:.0%}"])
table(
    [
        "compared with the gain",
        "first step: rank correlation, all pairs",
        "first step: best pairs in common",
        f"of {budget.num_merges} merges, shared",
    ],
    rows,
)
finding(
    f"learning by *count* shares {shared['count']:.0%} of its merges with learning by likelihood, the "
    f"quotient {shared['count over counts']:.0%}.",
    shared["count"] > shared["count over counts"],
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two rows, three comparisons with the gain. Read across, and stop between the second and the third
# column.
#
# **Ask** The quotient ranks more like the likelihood over all pairs and chooses less like it. How can both
# be true?
#
# **Expect** It tells the many pairs that would lose from those that gain, but at the top it looks at rates
# and the gain at amounts: the gain is about $n$ times the logarithm of the quotient. "One of the two must
# be wrong" is the reaction to wait for.
#
# **Look out for** Saying "WordPiece is trained by likelihood". What Google's trainer did for BERT is not
# known.

# %% [markdown]
# Over all pairs the quotient ranks more like the gain: it tells pairs that gain from the many that would
# lose. At the top, where the choice is made, counting does. For $\Delta \approx n \big(\log (N\,n /
# (\text{count}(a)\,\text{count}(b))) - 1\big)$ where $n$ is small: up to a logarithm the quotient is the gain
# *per occurrence*, and times $n$ it is ruled by frequency again. (The $-1$ matters: a pair that stands
# together just as often as by chance loses.) So the formula that is told as the likelihood chooses other
# merges than the likelihood does.
#
# Now the vocabularies: the same number of merges, applied to a text that was not trained on.

# %% {"slideshow": {"slide_type": "subslide"}}
letters = {letter for word in frequent for letter in (word[0], *(f"##{other}" for other in word[1:]))}
unseen = Counter({w: c for w, c in tests["the same novel"].items() if re.fullmatch("[a-z]+", w)})
num_letters = sum(len(word) * count for word, count in unseen.items())
points = [n for n in (0, 10, 25, 50, 100, 200, 400) if n <= budget.num_merges]
fertility, used, entropy = defaultdict(list), {}, {}
for name, pairs in merges.items():
    for n in points:
        ids = {
            piece: number for number, piece in enumerate(["[UNK]", *sorted(letters), *map(joined, pairs[:n])])
        }
        counts = Counter()
        for word, count in unseen.items():
            counts.update(dict.fromkeys(pieces := match_pieces(word, ids, 0), 0))
            for piece in pieces:
                counts[piece] += count
        fertility[name].append(counts.total() / unseen.total())
    used[name] = sum(counts[ids[piece]] > 0 for piece in map(joined, pairs))
    shares = np.array([count for count in counts.values() if count]) / counts.total()
    entropy[name] = -(shares * np.log2(shares)).sum() * counts.total() / num_letters

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same number of merges by each score, applied to a text that was not trained on. Most of the
# cell counts; short of time, leave it out.
#
# **Ask** Which of the three vocabularies makes the shorter text, and which has pieces that never occur
# there?
#
# **Expect** Counting makes it shortest: what is frequent in one part of a novel is frequent in the other.
# Rare inseparable pairs often do not come again. Ask for a reason, not for the order: most have guessed the
# order by now.
#
# **Look out for** Applying merges to the text that they were learned on: everything looks useful there.

# %% {"slideshow": {"slide_type": "subslide"}}
display(
    curves({k: (points, v) for k, v in fertility.items()}, "merges", "pieces a word, last tenth of the novel")
)
table(
    ["learnt by", "pieces a word", "merged pieces that occur there", "bits a letter, pieces independent"],
    [[k, f"{fertility[k][-1]:.2f}", f"{used[k]} of {len(merges[k])}", f"{entropy[k]:.2f}"] for k in merges],
)
finding(
    f"with {budget.num_merges} merges a word takes {fertility['count'][-1]:.2f} pieces by count and "
    f"{fertility['count over counts'][-1]:.2f} by the quotient.",
    fertility["count"][-1] < fertility["count over counts"][-1],
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The curve first, then the table's middle column: how many of the pieces earn their place.
#
# **Ask** Is a shorter text a better one for a model?
#
# **Expect** Not shown here. It is cheaper to read; whether it is learned better is another experiment, and
# in Bostrom and Durrett's the pieces of a unigram model were equal or ahead. Those who say "fewer tokens,
# fewer mistakes" get section 9.5 as an answer.
#
# **Look out for** `merge_pair.first_only`

# %% [markdown]
# (The last column is the price of the text if its pieces are drawn independently: the likelihood of this
# section, per letter and on new text. Merging by it is cheapest, and counting close behind.)
#
# So which is "WordPiece"? In practice the name stands for the `##` and for the longest match of the next
# section. `train_wordpiece` merges by count, as the trainer of Hugging Face's library does. What Google's
# trainer did for BERT's 30,000 pieces is not known.
#
# **What this does not show.** That a shorter text is a better one for a model. Bostrom and Durrett (2020)
# trained the same model on pieces by BPE and by a unigram model, which starts large and takes away: its
# pieces followed the parts of words better, and its models were equal or ahead on their tasks, in English
# and Japanese.
#
# → *Exercises* [`pair_scores`] and [`merge_pair`].
#
# [`pair_scores`]: ../exercises/09_word_pieces.ipynb#cell-id=pair_scores
# [`merge_pair`]: ../exercises/09_word_pieces.ipynb#cell-id=merge_pair

# %% [markdown]
# ❓ **Question** [`told_as_likelihood`] to this section.
#
# [`told_as_likelihood`]: ../exercises/09_word_pieces.ipynb#cell-id=question-told_as_likelihood

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 9.3 Longest match first
#
# BPE keeps its merges and **replays** them, in their order, on every new word. WordPiece keeps the list of
# pieces alone, and takes from the left the longest that fits:
#
# $$ \text{piece}_1 = \text{the longest beginning of the word in the vocabulary}, \qquad
# \text{piece}_{k+1} = \text{the longest of what is left, with "\#\#" before it} $$
#
# Where at some place nothing fits, the **whole word** is `[UNK]`.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two ways to use what was learned: keep the merges and replay them, or keep the pieces and take the
# longest from the left. Cut one word on the board by hand, with "##" before everything but the beginning.
#
# **Ask** The vocabulary holds `a`, `ab` and `##bc`. How is *abc* cut?
#
# **Expect** `ab`, and then nothing fits `##c`: the whole word is `[UNK]`, although `a ##bc` would have
# done. Nearly everybody finds the second way and expects the tokenizer to find it too: longest match never
# takes a piece back.
#
# **Look out for** `longest_match.goes_back`
#
# `longest_match.unknown_for_a_part`


# %% {"slideshow": {"slide_type": "subslide"}}
def longest_match(word, vocabulary):
    """The pieces of a word."""
    pieces, start = [], 0
    while start < len(word):
        prefix = "##" if start else ""
        for stop in range(len(word), start, -1):
            if prefix + word[start:stop] in vocabulary:
                break
        else:
            return ["[UNK]"]
        pieces.append(prefix + word[start:stop])
        start = stop
    return pieces


def replayed(word, ranks):
    """The pieces of a word by merges, the earliest first."""
    words = split_into_characters({word: 1})
    while True:
        (pieces,) = words
        known = [pair for pair in zip(pieces, pieces[1:], strict=False) if pair in ranks]
        if not known:
            return list(pieces)
        words = merge_pair(words, min(known, key=ranks.get))


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A dozen lines that BERT's whole input passes through. Point at the `else` of the inner loop: it
# runs when nothing fitted. Live: cut the word from the beginning of the lecture.
#
# **Ask** The same merges, the same pieces: how many of a hundred running words will the two ways cut
# differently? And which of them needs fewer pieces?
#
# **Expect** Many say none: "same vocabulary, same cut". It is a share that one notices, and in number of
# pieces they are nearly even. Read both off on the next slide.
#
# **Look out for** `longest_match.looked_up_without_prefix`
#
# `longest_match.shortest_match`

# %% [markdown]
# > **Write down your prediction.** The same merges, the same vocabulary. How many of a hundred running
# > words are cut differently? Which of the two needs fewer pieces?

# %% {"slideshow": {"slide_type": "subslide"}}
ranks = {pair: rank for rank, pair in enumerate(merges["count"])}
vocabulary = letters | set(map(joined, merges["count"]))
cuts = {word: (longest_match(word, vocabulary), replayed(word, ranks)) for word in unseen}
different = {word: unseen[word] for word, (first, second) in cuts.items() if first != second}
share = sum(different.values()) / unseen.total()
by_match, by_merges = (
    sum(unseen[word] * len(cut[place]) for word, cut in cuts.items()) / unseen.total() for place in (0, 1)
)
fewer = sum(unseen[word] for word in different if len(cuts[word][0]) < len(cuts[word][1]))
more = sum(unseen[word] for word in different if len(cuts[word][0]) > len(cuts[word][1]))
top = sorted(different, key=different.get, reverse=True)[:7]
table(
    ["word", "longest match", "merges replayed"],
    [[word, *(f"`{' '.join(pieces)}`" for pieces in cuts[word])] for word in top],
)
say(
    f"Of running words **{share:.1%}** are cut differently: longest match needs {by_match:.3f} pieces a "
    f"word, replaying {by_merges:.3f}. Where they differ, longest match needs fewer pieces {fewer:,} times "
    f"and more {more:,} times."
)
claim(share > 0.01, "the two ways of cutting differ on running words")
assert all(
    match_pieces(word, {piece: piece for piece in vocabulary}, "[UNK]") == cut
    for word, (cut, _) in cuts.items()
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Words of everyday use, each in two cuts. Read some aloud.
#
# **Ask** A model was trained with one of the two and is served with the other. What happens?
#
# **Expect** It runs. It reads words that it has never seen cut like that, and is a little worse, and
# nothing says why. "An id would be missing" is the usual guess: both use the same ids.
#
# **Look out for** Judging a cut by how it looks. `prince ##ss` and `prin ##c ##ess` are equally foreign to
# a grammarian.

# %% [markdown]
# Neither is a mistake, but they cannot be mixed: a model trained on one and served with the other reads words
# it has never seen cut like that, and no error is raised.
#
# ### `[UNK]` takes the whole word
#
# One new character, and all that is known of the word is gone. Where what is new is a punctuation mark, it
# stands alone and takes nothing along. A letter does, and so does a symbol written close to a word (*cafe☕*
# below): German, read with the vocabulary of an English novel, has one letter too many.

# %% {"slideshow": {"slide_type": "subslide"}}
tokenizer = tokenizers[budget.vocabulary_size]
german = Counter(w for (line,) in load_multi30k("test", ("de",)) for w in split_words(line))
held = set("".join(piece.removeprefix("##") for piece in tokenizer.vocabulary.tokens[5:]))
rows = []
for name, counts in (*tests.items(), ("German captions", german)):
    total = sum(len(word) * count for word, count in counts.items())
    new = sum(count * sum(letter not in held for letter in word) for word, count in counts.items())
    gone = sum(count * len(word) for word, count in counts.items() if tokenizer.encode(word) == [1])
    rows.append([name, f"{100 * new / total:.3f} %", f"{100 * gone / total:.3f} %"])
claim(gone > 3 * new > 0, "in German an unknown character takes several others with it")
table(["text", "characters the novel does not have", "characters that end in [UNK]"], rows)
pieces = [
    tokenizer.vocabulary.token_of(i) for i in tokenizer.encode("Napoleon ate a jalapeño, a cafe☕ and 猫.")
]
say(f"`{' '.join(pieces)}`")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A new punctuation mark stands alone and takes nothing along. A new letter takes its word along, and
# so does a symbol that touches the word: *cafe☕* is gone as a whole. Look at the last row, and then at the
# sentence below. Live: a word with a letter that English does not have.
#
# **Ask** What remedies are there for a letter that was not in the training text?
#
# **Expect** Put the alphabet in before training, or fall back on bytes, of which there are 256. "Replace it
# by the nearest letter" is normalisation, and loses something: the next section.
#
# **Look out for** `longest_match.uncovered_left_out`
#
# `longest_match.unknown_for_a_part`

# %% [markdown]
# Remedies: put every character of the alphabet you expect into the vocabulary before training; or fall back
# on bytes, of which there are 256 (as GPT-2 does, and then nothing is ever unknown).
#
# → *Exercise* [`longest_match`].
#
# [`longest_match`]: ../exercises/09_word_pieces.ipynb#cell-id=longest_match

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 9.4 Before any piece: normalisation
#
# "Uncased" BERT lowers the case, strips accents, removes control characters, makes every white space a
# space, and sets punctuation and Chinese characters apart. Each of these makes the text's vocabulary
# smaller, and each loses something for good.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Before anything is cut, the text has been changed: small letters, no accents, marks set apart.
# Each step makes the list shorter and loses something for good. Short of time: this slide, and one line of
# the next.
#
# **Ask** For each step name a text in which it destroys the meaning.
#
# **Expect** *US* and *us*; *à* and *a*; a number with its point. Whoever says "never in English" gets the
# first.
#
# **Look out for** "Uncased is for lazy people." On small data fewer different words may well be worth the
# loss.

# %% {"slideshow": {"slide_type": "subslide"}}
samples = [
    "US and us",
    "Straße, naïve, Ångström",
    "7.7 or 7 . 7",
    "don't",
    "我吃cat粮",
    "ﬁne",
    "zero\u200bwidth",
    "한국어",
]
table(
    ["text", "cased", "uncased"],
    [
        [f"`{s}`", *(f"`{' '.join(split_words(s, lower_case))}`" for lower_case in (False, True))]
        for s in samples
    ],
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cover the two right columns; the room says each line before you uncover it.
#
# **Ask** Which of these lines does cased reading leave exactly as it was?
#
# **Expect** Three: the first, *ﬁne* (whose *fi* is one character) and the Korean one. Elsewhere marks and
# Chinese characters are set apart and an invisible character is gone in both. "Cased means untouched" is the
# mistake to take up.
#
# **Look out for** Two tokenizers that differ in one letter, such as ß: other ids, and no error.

# %% {"slideshow": {"slide_type": "subslide"}}
french = [other for _, other in load_tatoeba("fra")["train"][:: budget.french_stride]]
cased = Counter(word for text in french for word in split_words(text, lower_case=False))
lowered = Counter()
for word, count in cased.items():
    lowered[word.lower()] += count
forms = defaultdict(list)
for word in lowered:
    forms["".join(split_words(word))].append(word)
merged = [sorted(words, key=lowered.get, reverse=True) for words in forms.values() if len(words) > 1]
merged.sort(key=lambda words: -sum(map(lowered.get, words[1:])))
share = sum(lowered[word] for words in merged for word in words[1:]) / lowered.total()
table(
    ["French words, Tatoeba", "different ones"],
    [
        ["as written", f"{len(cased):,}"],
        ["lowered", f"{len(lowered):,}"],
        ["accents stripped, too", f"{len(forms):,}"],
    ],
)
say(
    f"Among those that fall together: {', '.join(' = '.join(words) for words in merged[:6])}. "
    f"**{share:.1%}** of running words look like a more frequent other one afterwards."
)
claim(len(cased) > len(lowered) > len(forms), "each step of normalisation leaves fewer different words")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three lines, each smaller than the one above. Then the pairs that fall together.
#
# **Ask** French readers: which of these pairs would make you angry?
#
# **Expect** *à* and *a*, *où* and *ou*: small words that carry the grammar. A model may often tell them
# apart by their neighbours, as with *saw*; it has been made to guess.
#
# **Look out for** Reading the share as errors. These words look like another one; what a model makes of
# them is not measured here.

# %% [markdown]
# In English this is nearly free, in French *a* (has) and *à* (to) become one word, and it is one reason why
# the multilingual BERT that Google recommends is cased. A detail with consequences: tokenizers differ in
# it. This course follows Hugging Face's `BertTokenizerFast`, which keeps "ß"; tensorflow-text's
# `FastBertTokenizer` folds it to "ss", and about one line in ten of Multi30k's German and English gets
# other ids.

# %% {"slideshow": {"slide_type": "subslide"}}
lines = paragraphs[cut:] + captions + french[:500] + chinese[:500]
ids = WordPieceTokenizer(tokenizer.vocabulary, engine="python").encode_batch(lines)
try:
    compiled = WordPieceTokenizer(tokenizer.vocabulary, engine="tensorflow").encode_batch(lines)
    say(f"Both engines give the same ids on {len(lines):,} lines: **{compiled == ids}**.")
    assert compiled == ids
except ImportError:  # there is no tensorflow-text for Windows
    say("tensorflow-text is not installed here; the engine in pure Python does the same work.")
speeds = stored_result("tokenizers").get("lines_per_second", {})
if speeds:
    table(["stored benchmark, Multi30k", "lines a second"], [[k, f"{v:,}"] for k, v in speeds.items()])

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Two engines, one result, on lines of several languages: that is tested, not hoped. Speed is a
# stored measurement of one machine. Short of time: skip it.
#
# **Ask** Why can plain Python keep up with compiled code here?
#
# **Expect** Words come again and again, and the pieces of each are remembered. Ask for a text where that
# fails: one in which words do not repeat.
#
# **Look out for** Choosing an engine by lines a second when cutting takes a small part of a training step.

# %% [markdown]
# (Words come again and again, and Python remembers the pieces of each. A compiled matcher pays where texts
# are to be cut inside a TensorFlow graph, or where words do not repeat.)

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 9.5 Which size? Perplexity cannot say
#
# Now let the same language model read the same captions in characters, in 300 pieces, in thousands, in
# words. Which of them does it predict best? Perplexity is $\exp$ of the mean cost of *a token*. Choose
# among a few dozen characters, or among 4,000 pieces: the game is another, and so is what a token is worth.
# What stays the same is the text. So divide what was paid for all of it by its characters:
#
# $$ \text{bits per character} = \frac{-\sum_{t} \log_2 p(x_t \mid x_{<t})}{\text{characters of the text}} $$
#
# > **Write down your prediction.** Order four vocabularies by perplexity, and by bits per character:
# > characters, 300, 1,000 and 4,000 pieces. Then: 4,000 whole *words*, where what is not among them is
# > `[UNK]`. Where do they come in?

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The heart of the chapter: if there is time for one section behind 9.2, it is this one. On the
# board, with invented numbers: a text of a hundred characters. One model reads characters at a perplexity
# of 4; the other reads 25 pieces at a perplexity of 32.
#
# **Ask** Which of the two predicts the text better? Then write down the slide's two orders, and where whole
# words come in.
#
# **Expect** $100 \cdot 2 = 200$ bits against $25 \cdot 5 = 125$: the one with the higher perplexity, 1.25
# bits a character against 2. Most vote for the lower perplexity, and are right only where tokens are the
# same. Keep the two orders: one will be the other turned round.
#
# **Look out for** `bits_per_character.bits_per_token`
#
# `bits_per_character.end_free`


# %% {"slideshow": {"slide_type": "subslide"}}
def bits_per_character(log_probabilities, padding_mask, num_characters):
    """Natural logarithms (B, T), mask (B, T), characters of each sentence (B,) → a number"""
    nats = -ops.sum(ops.where(padding_mask, log_probabilities, 0.0))
    return float(nats) / math.log(2) / int(np.sum(num_characters))


def sentences(split):
    """Normalised captions of middling length, so that no system computes much padding."""
    normalised = [" ".join(split_words(caption)) for (caption,) in load_multi30k(split, ("en",))]
    return [caption for caption in normalised if 30 <= len(caption) <= 70]


parts = {"train": sentences("train")[: budget.num_captions], "test": sentences("test")}
num_characters = np.array([len(caption) for caption in parts["test"]])
alphabet = Vocabulary.from_sentences(map(list, parts["train"]))
words = Vocabulary.from_sentences(
    [caption.split() for caption in parts["train"]], maximum_size=budget.model_vocabulary_sizes[-1]
)
systems = {"characters": (len(alphabet), lambda caption: [alphabet.id_of(one) for one in caption])}
for size in budget.model_vocabulary_sizes:
    cutter = WordPieceTokenizer(train_wordpiece(parts["train"], size), engine="python")
    systems[f"{size:,} pieces"] = (size, cutter.encode)
systems[f"{len(words):,} words"] = (len(words), lambda caption: [words.id_of(one) for one in caption.split()])

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The function on top is the formula; below, the same captions in five vocabularies. Point at the
# denominator: characters of the text, the same for all.
#
# **Ask** The text ends. Who pays for the end, and is it a character?
#
# **Expect** Everybody pays: to know where a sentence ends is part of knowing the text. It adds to the bits
# and not to the characters. Some divide by one character more; with short captions that is seen.
#
# **Look out for** `bits_per_character.mean_of_sentences`
#
# `bits_per_character.padding_paid`

# %% [markdown]
# **Same architecture, same compute.** A small GPT (chapter 10 looks at it closely): two blocks of chapter 7
# with a causal mask ($L = 2$), width $D$, and logits by the table of embeddings. What a vocabulary changes is
# this table, $V \times D$, and the length $T$. A sentence costs, in multiplications of the forward pass,
#
# $$ T \cdot \big(12\,D^2 L + 2\,T D L + D V\big), $$
#
# and every system makes as many updates as the same total allows: short sequences pay for large tables.
#
# The matrices begin five times as wide as those of published models, near $1/\sqrt{D}$, and the positions as
# sinusoids (chapter 6). A model as narrow as ours that begins as published ones do looks everywhere alike at
# first; chapter 10 measures it.


# %% {"slideshow": {"slide_type": "subslide"}}
WIDTH, LAYERS, BATCH = budget.hidden_dim, 2, 32


def as_array(captions, encode):
    """Captions → ids (B, T + 1): start, tokens, end, padding"""
    rows = [[2, *encode(caption), 3] for caption in captions]
    ids = np.zeros((len(rows), max(map(len, rows))), "int32")
    for line, row in zip(ids, rows, strict=True):
        line[: len(row)] = row
    return ids


def num_updates(size, length):
    per_token = 12 * WIDTH**2 * LAYERS + 2 * length * WIDTH * LAYERS + WIDTH * size
    return max(2, int(budget.num_multiplications / (per_token * length * BATCH)))


def new_model(size, length):
    gpt = Gpt(size, WIDTH, 4, 4 * WIDTH, LAYERS, length, dropout=0.0, attention_dropout=0.0)
    model = NextTokenModel(gpt)
    model.build({"token_ids": (None, length), "padding_mask": (None, length)})
    for weight in model.trainable_variables:
        if len(weight.shape) > 1:
            weight.assign(5 * weight)
    gpt.encoder.positions.table.assign(0.3 * sinusoids(length, WIDTH))
    return model


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** What is kept equal: architecture and multiplications, so that short sequences pay for large
# tables. Of this cell only `num_updates` matters in a lecture.
#
# **Ask** A batch has as many captions in each system, so equal updates would be equal epochs. Whom would
# they favour, compared with equal multiplications?
#
# **Expect** The two ends of the list: an update costs most where sequences are longest and where the table
# is largest. There is no neutral choice, so it is stated. "Equal parameters" will be proposed: then small
# vocabularies get wider models, also a fair question.
#
# **Look out for** Believing that a comparison is fair because something was held equal.


# %%
def log_probabilities(model, ids):
    """(B, T + 1) → natural logarithm of each next token's probability (B, T), and where it is real"""
    inputs, labels = ids[:, :-1], ids[:, 1:]
    logits = model({"token_ids": inputs, "padding_mask": ops.not_equal(inputs, 0)}, training=True)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
    return -losses, ops.not_equal(labels, 0)


def compiled(model):
    """One update, and the model's log probabilities, as compiled functions."""
    model.compile(keras.optimizers.Adam(beta_2=0.98))
    model.optimizer.build(model.trainable_variables)

    @tf.function(autograph=False)
    def update(ids):
        with tf.GradientTape() as tape:
            values, is_real = log_probabilities(model, ids)
            weights = ops.cast(is_real, values.dtype)
            loss = -ops.sum(values * weights) / ops.sum(weights)
        model.optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)

    return update, tf.function(lambda ids: log_probabilities(model, ids), autograph=False)


# %% {"slideshow": {"slide_type": "subslide"}}
def results_of(size, encode):
    """For each seed the test split's cost: perplexity, bits per character."""
    train, test = (as_array(parts[split], encode) for split in ("train", "test"))
    steps, length = num_updates(size, train.shape[1]), max(train.shape[1], test.shape[1])
    model, results = new_model(size, length), []
    update, evaluate = compiled(model)
    for seed in budget.seeds:
        set_seed(seed)
        start_anew(model, new_model(size, length))
        generator = np.random.default_rng(seed)
        for step in range(steps):
            rise = min(1.0, (step + 1) / (0.1 * steps))
            model.optimizer.learning_rate = budget.learning_rate * rise * (1 - step / steps)
            update(tf.constant(train[generator.integers(len(train), size=BATCH)]))
        values, mask = (np.concatenate(x) for x in zip(*map(evaluate, np.array_split(test, 8)), strict=True))
        perplexity = float(np.exp(-values[mask].mean()))
        results.append((perplexity, bits_per_character(values, mask, num_characters)))
    facts = {"steps": steps, "tokens": mask.sum() / num_characters.sum(), "parameters": model.count_params()}
    return facts | {"perplexity": [r[0] for r in results], "bits": [r[1] for r in results]}


measured = {}
for name, (size, encode) in systems.items():
    measured[name] = results_of(size, encode)
    print(f"{name}: {len(budget.seeds)} runs done")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Each vocabulary, each seed: train, then price the test captions, once. Nothing was chosen on them.
# Short of time: one sentence.
#
# **Ask** Which line makes the price comparable between vocabularies?
#
# **Expect** The one with `bits_per_character`, which divides by the characters of the captions. The
# perplexity beside it divides by the mask's tokens: both come from the same numbers.
#
# **Look out for** Running it live on the budget of the slides: five vocabularies, several seeds each. Take
# the quick budget.

# %% {"slideshow": {"slide_type": "subslide"}}
table(
    [
        "tokens are",
        "parameters",
        "updates",
        "epochs",
        "tokens a character",
        "perplexity",
        "bits per character",
    ],
    [
        [
            name,
            f"{run['parameters']:,}",
            f"{run['steps']:,}",
            f"{run['steps'] * BATCH / len(parts['train']):.2f}",
            f"{run['tokens']:.2f}",
            with_interval(run["perplexity"]),
            with_interval(run["bits"], ".3f"),
        ]
        for name, run in measured.items()
    ],
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cover the last two columns, and let the room say the order of the first four rows by perplexity,
# from the number of entries alone. Uncover it, then the bits. Then the columns in the middle, for those who
# doubt.
#
# **Ask** The order by bits: what has been held equal, and what could turn it round?
#
# **Expect** Multiplications. More of them: a model of characters must learn spelling first, and these are
# few updates. Those who stay with perplexity should say what a reader gets for a cheaper *token*.
#
# **Look out for** The last row. It is too good, and the slide after the next says why.

# %% {"slideshow": {"slide_type": "subslide"}}
display(
    bars_with_intervals(
        {name: mean_and_interval(run["bits"]) for name, run in measured.items()}, "bits per character"
    )
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same column to look at. Short of time: this instead of the table.
#
# **Ask** One cut of a word is priced, but a word may be cut in several ways. Is the price too high or too
# low?
#
# **Expect** Too high, a little: the probability of the text is the sum over all cuts. So a bar is an upper
# bound. Many say "too low, since something is left out": what is left out is probability.
#
# **Look out for** Taking the heights for a law of sizes. One model, one kind of text, few updates.

# %%
first, *middle_ones, best_pieces, _ = measured
characters_run, pieces_run = measured[first], measured[best_pieces]
gain = mean_and_interval(paired(characters_run["bits"], pieces_run["bits"]))
finding(
    f"by perplexity characters are far ahead, {np.mean(characters_run['perplexity']):.1f} against "
    f"{np.mean(pieces_run['perplexity']):.1f} for {best_pieces}; by bits per character they are behind by "
    f"**{gain.mean:.2f}** ({gain.low:.2f} to {gain.high:.2f}).",
    gain.low > 0 and max(characters_run["perplexity"]) < min(pieces_run["perplexity"]),
)
order = {
    key: sorted(list(measured)[:-1], key=lambda name: np.mean(measured[name][key]))
    for key in ("perplexity", "bits")
}
say(f"From low to high by perplexity: {', '.join(order['perplexity'])}. By bits: {', '.join(order['bits'])}.")

# %% [markdown]
# The order of the first four by perplexity is that of how many tokens there are to choose from. (Words come
# in between 1,000 and 4,000 pieces, although they are as many as the latter: `[UNK]` is cheap.) The order by
# bits can be believed where the intervals in the table do not overlap (neighbours in it whose intervals do
# are not told apart), with three things kept in mind:
#
# * **It is the order at this compute,** and at one learning rate for all, which was searched for none of
#   them. These are few updates. The model of characters has to learn spelling before it learns anything else.
#   What more compute does to the gap is not measured here.
# * **It is an upper bound.** "unwanted" may be cut in several ways, and the model's probability of the
#   *text* is the sum over all of them. The price of the one cut that the tokenizer makes is a little too
#   high.
# * **Nothing may be left unpaid.** See the words.
#
# ### What `[UNK]` hides
#
# A model of words pays for "an unknown word comes here", and not for which. Then its text is not the text. To
# compare, somebody has to pay for the spelling: here a table of letters, counted on the words of the training
# split that are not in the vocabulary.

# %% {"slideshow": {"slide_type": "subslide"}}
spelt = Counter()
for caption in parts["train"]:
    for word in caption.split():
        if word not in words:
            spelt.update([*word, "end"])
unknown_words = [w for caption in parts["test"] for w in caption.split() if w not in words]
possible = len(alphabet) + 1
letter_bits = [
    -math.log2((spelt[letter] + 1) / (spelt.total() + possible))
    for word in unknown_words
    for letter in (*word, "end")
]
spelling = sum(letter_bits) / num_characters.sum()

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The model of words has paid for "an unknown word comes here" and not for which. To compare,
# somebody must spell it out: a plain table of letters does.
#
# **Ask** Before the sum: the unknown words are few. Can their spelling matter?
#
# **Expect** It can: each of them is a whole word of letters, at several bits a letter, while everything
# else has become cheap. Hands mostly say no.
#
# **Look out for** A speller that has seen the test. Its letters were counted on words of the training
# split.

# %% {"slideshow": {"slide_type": "subslide"}}
name = list(measured)[-1]
honest = [bits + spelling for bits in measured[name]["bits"]]
num_words = sum(len(caption.split()) for caption in parts["test"])
table(
    ["system", "bits per character"],
    [
        [f"{name}, [UNK] for nothing", with_interval(measured[name]["bits"], ".3f")],
        [f"{name}, unknown words spelt", with_interval(honest, ".3f")],
        [best_pieces, with_interval(pieces_run["bits"], ".3f")],
    ],
)
unpaid, paid = (
    mean_and_interval(paired(bits, pieces_run["bits"])) for bits in (measured[name]["bits"], honest)
)
say(
    f"{len(unknown_words) / num_words:.1%} of the test's words are unknown. Against {best_pieces}, words are "
    f"*{verdict(unpaid, 'behind', 'ahead')}* while these are free, "
    f"*{verdict(paid, 'behind', 'ahead')}* once they are spelt ("
    f"{paid.mean:+.3f}, {paid.low:+.3f} to {paid.high:+.3f}; {spelling:.3f} of it for spelling)."
)

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three rows: free, paid, and the pieces. Let the room compute from the first two what was not paid.
#
# **Ask** You read in a paper that words beat pieces. Which two numbers do you ask for?
#
# **Expect** The share of unknown tokens, and whether anybody paid for them. What is left of the lead is
# worth a thought as well: captions with few unknown words suit words. "So words were cheating" is too
# strong: nobody had asked for the bill.
#
# **Look out for** A better speller. It would ask for less, and a model of pieces is one.

# %% [markdown]
# What looked like a large lead was mostly a bill not paid. What is left of it is worth a thought, too: on
# captions few words are unknown, whole words make the shortest sequences, and a small model with few
# updates has not learnt to spell. A better speller would ask for less, and a model of pieces *is* one. The
# rule: before you compare two language models, count their unknowns, and ask for the price of all
# characters, ends of sentences included.
#
# → *Exercise* [`bits_per_character`].
#
# [`bits_per_character`]: ../exercises/09_word_pieces.ipynb#cell-id=bits_per_character

# %% [markdown]
# ❓ **Questions** [`lowest_perplexity`] and [`words_against_pieces`] to this section.
#
# [`lowest_perplexity`]: ../exercises/09_word_pieces.ipynb#cell-id=question-lowest_perplexity
# [`words_against_pieces`]: ../exercises/09_word_pieces.ipynb#cell-id=question-words_against_pieces

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 9.6 The way back: offsets
#
# A model finds an entity in pieces 17 to 19, an answer in 40 to 44. What the reader wants is a part of
# *their* text, with its capitals, accents and spaces. From the pieces it cannot be had any more. So a
# tokenizer keeps, for each piece, where it came from: `text[start:end]`.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** A model says "pieces 40 to 44"; the reader wants a part of their own text. Show a page with the
# word from the beginning in it, capital letter and all.
#
# **Ask** Why not simply join the pieces again?
#
# **Expect** Case, accents and spaces are gone, and an `[UNK]` has nothing to say. "Then search for the
# decoded answer in the text" will come: it may stand there twice, or not at all.
#
# **Look out for** `token_offsets.in_cleaned_text`
#
# `token_offsets.first_occurrence`

# %% {"slideshow": {"slide_type": "subslide"}}
passages = sorted({question.passage for question in load_squadshifts("train")})[: budget.num_passages]
reader = WordPieceTokenizer(
    train_wordpiece(passages, budget.passage_vocabulary_size, special_tokens=BERT_SPECIAL_TOKENS),
    engine="python",
)
text = "Beyoncé  paid 7.7 US$ in Zu\u0308rich 🎉!"
ids, offsets = reader.encode_with_offsets(text)
table(
    ["piece", "start", "end", "text[start:end]"],
    [
        [f"`{reader.vocabulary.token_of(i)}`", a, b, f"`{text[a:b]}`"]
        for i, (a, b) in zip(ids, offsets, strict=True)
    ],
)
say(f"Decoded: `{reader.decode(ids)}`. By offsets, first to last: `{text[offsets[0][0] : offsets[-1][1]]}`.")

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Go down the table with two fingers, one on the piece, one in the text. Stop at the two spaces, at
# the *ü* that is two characters, and at 🎉. Live: a text from the room, with an accent and a smiley.
#
# **Ask** Where does the length of a piece differ from the length of its place? Then the prediction: real
# answers, cut and turned back. How often right to the character by decoding, and how often by offsets?
#
# **Expect** Where something was removed, where "##" is written, and at `[UNK]`. Decoding is guessed far too
# high; offsets as nearly always right, which they are. Whoever wants all of them: some readers marked a
# part of a word.
#
# **Look out for** `token_offsets.prefix_counted`
#
# `token_offsets.lengths_of_pieces`

# %% [markdown]
# Look at the accents: in "Beyoncé" it is part of one character, in "Zürich" (as typed here) a character of
# its own, which normalisation removed, so that all later places are shifted. And 🎉 became `[UNK]`, but its
# place is known.
#
# > **Write down your prediction.** Real questions, real answers: the part of a passage that several readers
# > marked. Cut the passage, take the pieces of the answer, turn them back. How often is it the answer, to the
# > character, by decoding, and by offsets?


# %% {"slideshow": {"slide_type": "subslide"}}
def turned_back(passage, start, end):
    """An answer as text, by decoding its pieces and by their offsets."""
    ids, offsets = reader.encode_with_offsets(passage)
    inside = [place for place, (a, b) in enumerate(offsets) if a < end and b > start]
    first, last = inside[0], inside[-1]
    return reader.decode(ids[first : last + 1]), passage[offsets[first][0] : offsets[last][1]]


# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** All pieces that touch the answer, first to last, and then two ways back. Look at the two
# comparisons in the list: they decide about the edges.
#
# **Ask** A piece begins before the answer and ends inside of it. Is it taken? Should it be?
#
# **Expect** It is: it touches. Leaving it out would lose letters of the answer; taking it adds some. Where
# no piece ends at the edge, either is wrong by a little. "Cut the piece" would need the characters, which
# offsets have; a model that points at pieces does not.
#
# **Look out for** `token_offsets.end_included`

# %% {"slideshow": {"slide_type": "subslide"}}
questions = load_squadshifts("validation")[: budget.num_questions]
answers = [(question.passage, question.answers[0]) for question in questions]
back = [turned_back(passage, a.start, a.start + len(a.text)) for passage, a in answers]
right = {
    "decoded": np.mean([d == a.text for (d, _), (_, a) in zip(back, answers, strict=True)]),
    "decoded, case forgiven": np.mean(
        [d == a.text.lower() for (d, _), (_, a) in zip(back, answers, strict=True)]
    ),
    "by offsets": np.mean([o == a.text for (_, o), (_, a) in zip(back, answers, strict=True)]),
}
table(
    [f"{len(answers):,} answers of SQuADShifts", "right to the character"],
    [[k, f"{v:.1%}"] for k, v in right.items()],
)
finding(
    f"offsets give {right['by offsets']:.1%} of the answers back to the character, "
    f"decoding {right['decoded']:.1%}.",
    right["by offsets"] > 0.95 > right["decoded"],
)
odd = [(a.text, *both) for (_, a), both in zip(answers, back, strict=True) if a.text not in both]
if odd:
    say(
        f"Not even by offsets: {len(odd)}, because readers marked a part of a word, "
        f"e.g. `{odd[0][0]}` in `{odd[0][2]}`."
    )

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Three rows; the middle one forgives the case. What is missing there are spaces and accents.
#
# **Ask** Which failures of decoding would a user see at once, and which would nobody notice in a test on
# small English letters?
#
# **Expect** Small letters at once. Accents, double spaces and everything of the normalised text only on
# texts that have them. That is why a test needs *Beyoncé* and not *hello*.
#
# **Look out for** `token_offsets.whole_words`
#
# `token_offsets.goes_on_to_the_next`

# %% [markdown]
# Four ways in which offsets go wrong in practice, each a mistake that the sheet can name: the `##` is
# counted; they are places in the *normalised* text; the end is taken for the last character; `[UNK]` is taken
# for five characters. On plain English in small letters the second and the fourth are invisible.
#
# → *Exercise* [`token_offsets`].
#
# [`token_offsets`]: ../exercises/09_word_pieces.ipynb#cell-id=token_offsets
#
# ### Special tokens in raw text
#
# BERT's vocabulary holds `[MASK]`, and a text may hold the six characters "[MASK]". They are not the same.

# %% {"slideshow": {"slide_type": "subslide"}}
line = "Paris is the [MASK] of France."
keeping = WordPieceTokenizer(reader.vocabulary, engine="python", keeps_special_tokens=True)
rows = []
for label, one in (("as text", reader), ("special tokens kept", keeping)):
    ids = one.encode(line)
    pieces = [one.vocabulary.token_of(i) for i in ids]
    rows.append([label, f"`{' '.join(pieces)}`", reader.vocabulary.mask_id in ids])
table(["read", "pieces", "holds the mask"], rows)
assert [row[2] for row in rows] == [False, True]

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** The same six characters, read in two ways. One is a security question.
#
# **Ask** Somebody types `[SEP]` into a search box. What can they do if special tokens are kept?
#
# **Expect** End the question where they like, and write the text that follows it. "It is only a string" is
# true for the one who types it and false for the one who reads it. Keep them for your own templates.
#
# **Look out for** The opposite slip, a template read as plain text: the model fills in nothing, fluently,
# and no error is raised.

# %% [markdown]
# Read as text, "[" and "]" are punctuation, and the model is asked to fill in nothing: its answer is fluent
# and meaningless, and no error is raised. Read with special tokens kept, whoever writes the text may write
# `[SEP]` into it, and end the question where *they* like. So: keep them for your own templates, never for
# what strangers type.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## 9.7 What was reported
#
# | who | what | reported |
# |---|---|---|
# | Schuster, Nakajima (2012) | voice search, Japanese and Korean | about 200,000 pieces, by likelihood |
# | Sennrich et al. (2016) | BPE, WMT 2015 | up to 1.1 (to German) and 1.3 BLEU (to Russian) gained |
# | Wu et al. (2016) | English to French, BLEU | words 37.90, characters 38.01 |
# | | pieces, BLEU | 8,000: 38.27, 16,000: 37.60, 32,000: 38.95 |
# | Devlin et al. (2019) | BERT | a vocabulary of 30,000 pieces |
# | Bostrom, Durrett (2020) | one model, pre-trained on either | unigram pieces equal to BPE or ahead |
#
# (Sennrich et al. compare with a dictionary that translates what the list of words lacks; Wu et al. report
# single models on newstest2014.)
#
# Beside them, this chapter: at small compute pieces are ahead of characters by bits, and words are not
# behind pieces on captions, where few words are unknown. BLEU is of the text, and may be compared across
# vocabularies, too; it says how well something was translated, not how well the text was predicted.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Row by row: who compared what. BLEU is of the text, so it may be compared across vocabularies; it
# answers another question than bits. Short of time: for reading.
#
# **Ask** In Wu et al. characters and words are nearly even, and two of three piece lists ahead. Does that
# agree with ours?
#
# **Expect** Pieces ahead of characters: yes, but for the list of 16,000, and by another measure. Words: here
# they are not behind, on captions with few unknowns. Ask which of the differences in data could explain it
# before somebody calls it a contradiction.
#
# **Look out for** Single models. A difference of a tenth has no interval there.

# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# ## Summary
#
# * Words leave a share of every text unknown, more where the text is new; characters make it four to five
#   times as long. Pieces do neither. Where there are no spaces, BERT takes characters for words.
# * A vocabulary is learnt by merges. Counting chooses what is frequent; the quotient chooses what is
#   inseparable, and is not the likelihood it is named after: that one agrees more with counting.
# * Longest match and replayed merges cut some words differently: train and serve with the same one.
# * One unknown character makes the whole word `[UNK]`.
# * Perplexities over different vocabularies cannot be compared. Bits per character can, if everything is
#   paid.
# * Keep offsets. Decoding loses case, accents and spaces; the text itself does not.
#
# ## Exercises
#
# In [`exercises/09_word_pieces.ipynb`](../exercises/09_word_pieces.ipynb), judged by what they compute:
#
# | exercise | in section |
# |---|---|
# | [`split_words`] | 9.1 |
# | [`pair_scores`], [`merge_pair`] | 9.2 |
# | [`longest_match`] | 9.3 |
# | [`bits_per_character`] | 9.5 |
# | [`token_offsets`] | 9.6 |
#
# To think about, without a judge:
#
# 1. Ask for a minimum count of 50 in `scored_pairs`. What does the quotient merge then?
# 2. How much of the gap between characters and pieces is left with four times the multiplications?
# 3. Write a splitter that sums the probability over *all* ways to cut a word. How much too high is the price?
# 4. Train pieces on German captions. Why are there more of them a word than in English, at equal size?
#
# ## Further reading
#
# * M. Schuster, K. Nakajima, *Japanese and Korean voice search*, ICASSP 2012,
#   [doi:10.1109/ICASSP.2012.6289079](https://doi.org/10.1109/ICASSP.2012.6289079).
# * R. Sennrich, B. Haddow, A. Birch, *Neural machine translation of rare words with subword units*, ACL 2016,
#   [arXiv:1508.07909](https://arxiv.org/abs/1508.07909).
# * Y. Wu et al., *Google's neural machine translation system*, 2016,
#   [arXiv:1609.08144](https://arxiv.org/abs/1609.08144).
# * J. Devlin, M. Chang, K. Lee, K. Toutanova, *BERT: pre-training of deep bidirectional Transformers*, NAACL
#   2019, [arXiv:1810.04805](https://arxiv.org/abs/1810.04805).
# * K. Bostrom, G. Durrett, *Byte pair encoding is suboptimal for language model pretraining*, Findings of
#   EMNLP 2020, [arXiv:2004.03720](https://arxiv.org/abs/2004.03720); T. Kudo, *Subword regularization*, ACL
#   2018, [arXiv:1804.10959](https://arxiv.org/abs/1804.10959) (the unigram model).
#
# Chapter 10 hides some of these pieces, and asks for them from both sides.
#
# [`split_words`]: ../exercises/09_word_pieces.ipynb#cell-id=split_words
# [`pair_scores`]: ../exercises/09_word_pieces.ipynb#cell-id=pair_scores
# [`merge_pair`]: ../exercises/09_word_pieces.ipynb#cell-id=merge_pair
# [`longest_match`]: ../exercises/09_word_pieces.ipynb#cell-id=longest_match
# [`token_offsets`]: ../exercises/09_word_pieces.ipynb#cell-id=token_offsets
# [`bits_per_character`]: ../exercises/09_word_pieces.ipynb#cell-id=bits_per_character

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Cut the word from the beginning once more and let the room say each point by it. Exercises in the
# order of the table; `token_offsets` is the longest and the one that saves most grief later.
#
# **Ask** Someone tells you two perplexities. What do you ask before you say which model is better?
#
# **Expect** Whether the tokens are the same, whether ends count, what was unknown. If they differ: bits per
# character, with everything paid.
#
# **Look out for** `bits_per_character.in_nats`
#
# `token_offsets.spaces_miscounted`
