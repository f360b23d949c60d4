# %% [markdown]
# # Exercises: what to mask
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Masks of an epoch
#
# Hidden once, before training, a sequence shows the same masks in every epoch. RoBERTa compares that with
# masks drawn **anew** in each epoch, and its own "static" masks are ten a sequence, **in turn**: in epoch 10
# (counted from 0) the first one comes again.
#
# Whichever it is, a run that was stopped must go on with the very masks it would have had, and a sequence
# must not get others because it has moved to another batch. So what is hidden may depend on three numbers
# alone: the seed, the **number of the mask** $k$, and the **row** $r$ that the sequence has in the data. Its
# random numbers, one for each of the $T$ positions, are
#
# ```
# numpy.random.default_rng((seed, k, r)).random(T)
# ```
#
# with those three in this order. A position is hidden where its number is below `share` and no special token
# stands there. The number of the mask is the epoch itself where masks are drawn anew, and goes in turn from 0
# to `num_masks` - 1 where there are so many.


# %%
def hidden_in_epoch(is_special, rows, epoch, seed, share, num_masks):
    """Which tokens of a batch are hidden in an epoch.

    Args:
        is_special: Boolean tensor (B, T), True at [CLS], [SEP] and padding, which are never hidden.
        rows: List of B Python ints: where each sequence of the batch stands in the data.
        epoch: Python int, from 0.
        seed: Python int.
        share: Python float, the probability of a token to be hidden.
        num_masks: How many masks a sequence has, in turn: a Python int, 1 for one mask in all epochs; None
            where masks are drawn anew in every epoch.

    Returns:
        Boolean array or tensor (B, T), True where a token is hidden.
    """
    # BEGIN SOLUTION
    number = epoch if num_masks is None else epoch % num_masks
    length = is_special.shape[1]
    drawn = [np.random.default_rng((seed, number, row)).random(length) for row in rows]
    return (np.stack(drawn) < share) & ~np.asarray(is_special)
    # END SOLUTION


# %%
check(hidden_in_epoch)

# %% [markdown]
# ## Full sentences
#
# RoBERTa packs no pairs. A row is `[CLS]`, whole sentences that follow each other, `[SEP]`; a sentence for
# which there is no room left begins the next row, and none is cut. `crosses_documents` says what happens
# where a document ends:
#
# - True (FULL-SENTENCES): the row goes on with the next document, behind a `[SEP]` of its own, which needs a
#   place like any token. A row that begins with a new document has none in front of it.
# - False (DOC-SENTENCES): the row ends there, however short it is.


# %%
def pack_full_sentences(documents, max_length, classification_id, separator_id, crosses_documents):
    """Rows of whole sentences.

    Args:
        documents: List of documents, each a list of sentences, each a list of token ids (ints). None is
            empty, and no sentence has more than `max_length` - 2 tokens.
        max_length: Python int, the most tokens of a row, special ones counted.
        classification_id: Python int, the id of [CLS].
        separator_id: Python int, the id of [SEP].
        crosses_documents: Python bool.

    Returns:
        List of rows, each a list of ints, without padding.
    """
    # BEGIN SOLUTION
    rows, row = [], []

    def close():
        if row:
            rows.append([classification_id, *row, separator_id])
            row.clear()

    for document in documents:
        is_new = bool(row)
        for sentence in document:
            if len(row) + is_new + len(sentence) > max_length - 2:
                close()
                is_new = False
            row += [separator_id] * is_new + sentence
            is_new = False
        if not crosses_documents:
            close()
    close()
    return rows
    # END SOLUTION


# %%
check(pack_full_sentences)

# %% [markdown]
# ## RoBERTa's positions
#
# RoBERTa's table of positions has rows that belong to no position. Padding has one of its own, the row
# `padding_id`, as its id is 1 in that vocabulary, and the first real token has the row behind it. Whoever
# loads the weights and begins at row 0 shifts every token by two, and gets no error: only worse answers.
#
# With the padding mask $m_{b,t}$, 1 at real tokens:
#
# $$ \text{row}_{b,t} = \text{padding\_id} + m_{b,t} \sum_{s \le t} m_{b,s} $$
#
# Only real tokens are counted, wherever the padding stands.


# %%
def roberta_positions(padding_mask, padding_id):
    """The row of the table of positions for every token.

    Args:
        padding_mask: Boolean tensor (B, T), True at real tokens. Padding may stand anywhere.
        padding_id: Python int, 0 or more.

    Returns:
        Integer tensor (B, T).
    """
    # BEGIN SOLUTION
    is_token = ops.cast(padding_mask, "int32")
    number = ops.cumsum(is_token, axis=1)  # from 1
    return padding_id + number * is_token
    # END SOLUTION


# %%
check(roberta_positions)

# %% [markdown]
# ## Whole words
#
# Where `##ing` is seen, `play` is easy to guess. So all pieces of a word are hidden, or none. A piece that
# begins with `##` goes on with the word in front of it; behind a special token, where a text may have been
# cut, it begins one. Words are numbered from 0, from left to right; special tokens are of no word.
#
# The words come in the order `order`. Each is hidden if all hidden **tokens** together then are at most
# `share` times the number of tokens $n$ that are not special, and passed over if not: a shorter word that
# comes later may still fit.


# %%
def hide_whole_words(tokens, order, share):
    """Which tokens are hidden, if words are hidden whole.

    Args:
        tokens: List of T strings: pieces of words, and the special tokens "[CLS]", "[SEP]" and "[PAD]".
        order: List of ints, each word's number once.
        share: Python float between 0 and 1; `share * n` is no whole number.

    Returns:
        List of T bools, True where a token is hidden.
    """
    # BEGIN SOLUTION
    words, goes_on = [], False
    for place, token in enumerate(tokens):
        is_special = token in ("[CLS]", "[SEP]", "[PAD]")
        if not is_special and token.startswith("##") and goes_on:
            words[-1].append(place)
        elif not is_special:
            words.append([place])
        goes_on = not is_special
    room = share * sum(map(len, words))
    hidden = [False] * len(tokens)
    for number in order:
        if len(words[number]) <= room:
            room -= len(words[number])
            for place in words[number]:
                hidden[place] = True
    return hidden
    # END SOLUTION


# %%
check(hide_whole_words)

# %% [markdown]
# ## How long is a span?
#
# SpanBERT hides spans of words. After each word the span ends with probability $p$, so that its length would
# be geometric, $p\,(1 - p)^{l-1}$, and might be anything. Lengths above $L$ are **drawn again**. What then is
# the probability of each length $l = 1, \ldots, L$?
#
# $$ P(l) = \frac{p\,(1 - p)^{l - 1}}{\sum_{k=1}^{L} p\,(1 - p)^{k - 1}} $$
#
# With the published $p = 0.2$ and $L = 10$ the mean is 3.8 words, as the paper says. Lengths that are *cut*
# to 10 instead would have a mean of 4.5.


# %%
def span_length_probabilities(stop_probability, longest):
    """The probability of each length of a span.

    Args:
        stop_probability: p, Python float, from 0.001 to 1.
        longest: L, Python int of at least 1.

    Returns:
        Array or tensor (L,), or a list of L floats: the probabilities of 1, 2, …, L words.
    """
    # BEGIN SOLUTION
    lengths = np.arange(1, longest + 1)
    geometric = stop_probability * (1 - stop_probability) ** (lengths - 1)
    return geometric / np.sum(geometric)
    # END SOLUTION


# %%
check(span_length_probabilities)

# %% [markdown]
# ## Spans that stay in their text
#
# The starts and lengths have been drawn; now they are laid over the text, one attempt after another. Each
# attempt takes the next start, which is the number of a word, and the next length, which is one in **words**:
#
# 1. If the start is hidden already, nothing comes of the attempt.
# 2. Else the start and words behind it are hidden, as many in all as the length says (1 is the start alone),
#    or fewer: the span ends **before** a special token, before a word that is hidden, and before a word with
#    more tokens than are left of the budget. That may be the start itself; then nothing is hidden.
#
# A word is hidden with all of its tokens. The budget is one of **tokens**: it is never exceeded, and what an
# attempt leaves of it is for the next ones. All attempts are made.


# %%
def hide_spans(word_ids, starts, lengths, budget):
    """Which tokens are hidden by spans.

    Args:
        word_ids: List of T ints: which word each token belongs to, numbered from 0 from left to right, and -1
            at special tokens: [CLS], the [SEP] behind each text, and padding.
        starts: List of ints, the words at which spans begin; one may come twice.
        lengths: List of as many ints of at least 1, in words.
        budget: Python int, 0 or more, the most tokens that are hidden.

    Returns:
        List of T bools, True where a token is hidden.
    """
    # BEGIN SOLUTION
    places = {}
    for place, word in enumerate(word_ids):
        places.setdefault(word, []).append(place)
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        following = places[start][0]  # where the next word of this span must begin
        for word in range(start, start + length):
            tokens = places.get(word, [])
            if not tokens or tokens[0] != following or hidden[tokens[0]] or len(tokens) > budget:
                break
            for place in tokens:
                hidden[place] = True
            budget -= len(tokens)
            following = tokens[-1] + 1
    return hidden
    # END SOLUTION


# %%
check(hide_spans)

# %% [markdown]
# ## What stands on both sides of a span
#
# The boundary objective asks for each hidden token a second time, from what stands **around** its span. A
# span is a run of hidden tokens, positions $s$ to $e$. For the token at position $i$ in it:
#
# $$ \text{left} = s - 1, \qquad \text{right} = e + 1, \qquad \text{place} = i - s + 1 $$
#
# Left and right are the same for all tokens of a span, and are seen themselves; the place counts from 1.


# %%
def span_boundaries(hidden):
    """For each hidden token the boundaries of its span, and its place in it.

    Args:
        hidden: Boolean tensor (B, T), True where a token is hidden. The first and the last token of a
            sequence never are. There may be sequences without a hidden token.

    Returns:
        Dict of integer arrays or tensors (B, T): "left", "right" and "place", all 0 at tokens that are not
        hidden.
    """
    # BEGIN SOLUTION
    hidden = np.asarray(hidden)
    found = {key: np.zeros(hidden.shape, "int32") for key in ("left", "right", "place")}
    for row, places in enumerate(hidden):
        start = None
        for place in range(1, len(places)):
            if places[place] and not places[place - 1]:
                start = place
            if not places[place] and places[place - 1]:
                found["left"][row, start:place] = start - 1
                found["right"][row, start:place] = place
                found["place"][row, start:place] = np.arange(1, place - start + 1)
    return found
    # END SOLUTION


# %%
check(span_boundaries)

# %% [markdown]
# ## The word, from both boundaries
#
# Of the vectors $x_{b,t}$ that the last block has made, the head reads the two at the boundaries, and a
# vector for the place; **none of the span itself**. Each token of the span has vectors of its own in `left`,
# `right` and `places`:
#
# $$ h_0 = [\,x_{b,\,\text{left}_{bm}};\; x_{b,\,\text{right}_{bm}};\; P_{\text{place}_{bm}}\,], \qquad
# h_j = \text{norm}_j\big(\text{gelu}(h_{j-1} W_j + c_j)\big), \; j = 1, 2, \qquad
# \text{logits}_{bmv} = h_2 \cdot E_v + \beta_v $$
#
# - The places count from 1, and place 1 has the first row of the table $P$. There may be more rows than any
#   span needs.
# - gelu is the exact one, $x \cdot \Phi(x)$: `ops.gelu(x, approximate=False)`.
# - norm is layer normalisation over the channels, with $\gamma_j$, $\beta_j$ and $\varepsilon = 10^{-12}$.


# %%
def span_boundary_logits(sequence, left, right, places, weights, embeddings):
    """Scores of all words for each token of hidden spans, from the spans' boundaries.

    Args:
        sequence: Tensor (B, T, D).
        left, right: Integer tensors (B, M), the positions before and behind each token's span.
        places: Integer tensor (B, M), each token's place in its span, from 1.
        weights: Dict of tensors: "places" P (L, Q); for j = 1 and 2 "kernel_j" W (2D + Q, D) and (D, D),
            "bias_j" c, "scale_j" γ and "shift_j" β, (D,) each; and "bias" (V,).
        embeddings: E, tensor (V, D).

    Returns:
        Tensor (B, M, V), before any softmax.
    """
    # BEGIN SOLUTION
    sides = [ops.take_along_axis(sequence, side[:, :, None], axis=1) for side in (left, right)]
    hidden = ops.concatenate([*sides, ops.take(weights["places"], places - 1, axis=0)], axis=-1)
    for number in (1, 2):
        hidden = ops.matmul(hidden, weights[f"kernel_{number}"]) + weights[f"bias_{number}"]
        hidden = ops.gelu(hidden, approximate=False)
        centred = hidden - ops.mean(hidden, axis=-1, keepdims=True)
        variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
        normed = centred / ops.sqrt(variance + 1e-12)
        hidden = weights[f"scale_{number}"] * normed + weights[f"shift_{number}"]
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]
    # END SOLUTION


# %%
check(span_boundary_logits)
