# %% [markdown]
# # Exercises: BERT, pre-training
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
import keras
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Two texts, one sequence
#
# BERT reads one sequence. A pair of texts is packed into it with three special tokens, and padded with
# zeros to the length $T$:
#
# ```
# token_ids     [CLS]  a1  a2  a3  [SEP]  b1  b2  [SEP]   0   0
# segment_ids     0     0   0   0    0     1   1    1     0   0
# ```
#
# Where the two texts are too long together, the **longer** one gives way: it loses its last token, again and
# again, until both fit. Where they are equally long, the second one loses its last token.


# %%
def pack_pair(first, second, length, classification_id, separator_id):
    """The sequence that BERT reads for a pair of texts.

    Args:
        first: List of ints, the token ids of the first text, without special tokens and zeros; it may be
            empty.
        second: List of ints, those of the second text; it may be empty, too.
        length: T, a Python int of at least 3: there is always room for the special tokens.
        classification_id: Python int, the id of [CLS].
        separator_id: Python int, the id of [SEP]. It stands behind either text, even behind an empty one.

    Returns:
        Dict of lists or tensors (T,): integers "token_ids" and "segment_ids" (0 up to the first [SEP], which
        counts in; 1 behind it, up to the second; 0 at padding), and booleans "padding_mask" (True at real
        tokens) and "special_mask" (True at [CLS], [SEP] and padding, which are of neither text).
    """
    # BEGIN SOLUTION
    first, second = list(first), list(second)
    while len(first) + len(second) > length - 3:
        if len(first) > len(second):
            first.pop()
        else:
            second.pop()
    token_ids = [classification_id, *first, separator_id, *second, separator_id]
    padding = length - len(token_ids)
    is_special = [True, *(False for _ in first), True, *(False for _ in second), True]
    return {
        "token_ids": token_ids + [0] * padding,
        "segment_ids": [0] * (len(first) + 2) + [1] * (len(second) + 1) + [0] * padding,
        "padding_mask": [True] * len(token_ids) + [False] * padding,
        "special_mask": is_special + [True] * padding,
    }
    # END SOLUTION


# %%
check(pack_pair)

# %% [markdown]
# ## What BERT reads: three vectors in one
#
# Every token is the sum of three learned vectors: what it is, which segment it is in, and where it stands.
# The **sum** is then normalised over its $D$ channels:
#
# $$ x_{bt} = \text{tokens}[\text{ids}_{bt}] + \text{segments}[\text{segment}_{bt}] + \text{positions}[t],
# \qquad
# y_{bt} = \gamma \cdot \frac{x_{bt} - \mu_{bt}}{\sqrt{\sigma^2_{bt} + \varepsilon}} + \beta, \qquad
# \varepsilon = 10^{-12} $$
#
# The first token of a sequence stands at position 0. Id 0, which is padding, has a vector like any other.


# %%
def bert_embedding(token_ids, segment_ids, tables, scale, shift):
    """What goes into BERT's first block.

    Args:
        token_ids: Integer tensor (B, T).
        segment_ids: Integer tensor (B, T), each 0 or 1.
        tables: Dict of tensors: "tokens" (V, D), "segments" (2, D) and "positions" (P, D), of which there
            may be more than a sequence needs: P > T.
        scale: γ, tensor (D,).
        shift: β, tensor (D,).

    Returns:
        Tensor (B, T, D). Where all channels of the sum are 0, it is β.
    """
    # BEGIN SOLUTION
    summed = (
        ops.take(tables["tokens"], token_ids, axis=0)
        + ops.take(tables["segments"], segment_ids, axis=0)
        + tables["positions"][: token_ids.shape[1]]
    )  # (B, T, D)
    centred = summed - ops.mean(summed, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(variance + 1e-12) + shift
    # END SOLUTION


# %%
check(bert_embedding)

# %% [markdown]
# ## Hiding words
#
# A token that is not special is **chosen** where its number in `choice` is below `share`. What becomes of a
# chosen token is said by its number in `fate`:
#
# | fate | the token becomes |
# |---|---|
# | below 0.8 | the mask |
# | from 0.8, below 0.9 | the random word in its place in `drawn` |
# | 0.9 and above | itself: it is kept |
#
# The model must answer for **every** chosen token, whatever has become of it. The label is the id that stood
# there before; everywhere else it is 0, which the loss leaves out. The random numbers are given, so that
# there is one right answer.


# %%
def mask_words(token_ids, is_special, choice, fate, drawn, mask_id, share):
    """Token ids with hidden words, and the labels to go with them.

    Args:
        token_ids: Integer tensor (B, T).
        is_special: Boolean tensor (B, T), True at [CLS], [SEP] and padding, which are never chosen.
        choice: Tensor (B, T) of random numbers in [0, 1).
        fate: Tensor (B, T) of other random numbers in [0, 1).
        drawn: Integer tensor (B, T) of random words.
        mask_id: Python int, the id of [MASK].
        share: Python float, the probability of a token to be chosen.

    Returns:
        A pair of integer tensors (B, T): the ids that the model reads, and the labels.
    """
    # BEGIN SOLUTION
    chosen = ops.logical_and(choice < share, ops.logical_not(is_special))
    becomes = ops.where(fate < 0.8, mask_id, ops.where(fate < 0.9, drawn, token_ids))
    return ops.where(chosen, becomes, token_ids), ops.where(chosen, token_ids, 0)
    # END SOLUTION


# %%
check(mask_words)

# %% [markdown]
# ## Which word was it?
#
# The head looks at the chosen positions alone: the product with the whole vocabulary is the dearest one of
# the model. Each vector $h = \text{sequence}[b, \text{positions}_{bm}]$ is transformed, and then compared
# with the vector of every word, **those the tokens were read with** (the table is tied):
#
# $$ u = \text{norm}\big(\text{gelu}(h W + c)\big), \qquad
# \text{logits}_{bmv} = u \cdot \text{embeddings}_v + \text{bias}_v $$
#
# - gelu is the exact one, $x \cdot \Phi(x) = \frac{x}{2} \left(1 + \text{erf}(x / \sqrt 2)\right)$;
# - norm is layer normalisation over the $D$ channels, with $\gamma$, $\beta$ and $\varepsilon = 10^{-12}$.


# %%
def masked_word_logits(sequence, positions, weights, embeddings):
    """Scores of all words at the chosen positions.

    Args:
        sequence: Tensor (B, T, D), what BERT's last block has made of every token.
        positions: Integer tensor (B, M), from 0 to T - 1.
        weights: Dict of tensors: "kernel" W (D, D), "kernel_bias" c (D,), "scale" γ (D,), "shift" β (D,) and
            "bias" (V,).
        embeddings: Tensor (V, D), the vector of every word.

    Returns:
        Tensor (B, M, V), before any softmax.
    """
    # BEGIN SOLUTION
    gathered = ops.take_along_axis(sequence, positions[:, :, None], axis=1)  # (B, M, D)
    hidden = ops.gelu(ops.matmul(gathered, weights["kernel"]) + weights["kernel_bias"], approximate=False)
    centred = hidden - ops.mean(hidden, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    normed = weights["scale"] * centred / ops.sqrt(variance + 1e-12) + weights["shift"]
    return ops.matmul(normed, ops.transpose(embeddings)) + weights["bias"]
    # END SOLUTION


# %%
check(masked_word_logits)

# %% [markdown]
# ## The loss of the hidden words
#
# Here the logits $a$ are given at **every** position, and the loss is that of the hidden words. Each sequence
# has $M$ places for them, in no particular order. Where fewer words were hidden, the places that are left
# over have the label 0, and at whatever position they point, they do not count:
#
# $$ L = \frac{\sum_{b,m:\, y_{bm} \neq 0} -\log \mathrm{softmax}\big(a[b, p_{bm}]\big)_{y_{bm}}}
# {\#\{(b,m):\, y_{bm} \neq 0\}} $$


# %%
def masked_word_loss(logits, positions, labels):
    """Mean cross-entropy over all hidden words of a batch, in nats.

    Args:
        logits: Tensor (B, T, V), before the softmax, of any size: 900 must not overflow.
        positions: p, integer tensor (B, M), from 0 to T - 1; those of a sequence's hidden words all differ.
        labels: y, integer tensor (B, M), the words that were hidden; 0 where a place is not used. One of
            them at least is not 0.

    Returns:
        Scalar tensor.
    """
    # BEGIN SOLUTION
    gathered = ops.take_along_axis(logits, positions[:, :, None], axis=1)  # (B, M, V)
    at_label = ops.take_along_axis(gathered, labels[:, :, None], axis=-1)[:, :, 0]
    losses = ops.logsumexp(gathered, axis=-1) - at_label  # (B, M)
    is_used = ops.cast(labels != 0, losses.dtype)
    return ops.sum(losses * is_used) / ops.sum(is_used)
    # END SOLUTION


# %%
check(masked_word_loss)

# %% [markdown]
# ## Does it follow?
#
# Every sentence but the last of its document gives one pair, in the order of the text. The $k$th pair
# ($k = 0, 1, 2, \ldots$) takes `coins[k]` and `draws[k]`:
#
# - the coin is below 0.5: the pair is the sentence and the one that follows it, with **label 0**;
# - else it is the sentence and one of **another** document, with **label 1**. Line up the sentences of all
#   other documents, in the order of the text; of these $n$ it is number
#   $\lfloor \text{draw} \cdot n \rfloor$, counted from 0.
#
# A document may be empty. Where no other document has a sentence, nothing can be drawn: then there are no
# pairs at all, not even true ones.


# %%
def next_sentence_pairs(documents, coins, draws):
    """Pairs of sentences, of which about half belong together.

    Args:
        documents: List of lists of ints: each document's sentences, by numbers that are all different.
        coins: List of floats in [0, 1), at least as many as there are pairs.
        draws: List of as many floats in [0, 1).

    Returns:
        List of triples of ints: first sentence, second sentence, label.
    """
    # BEGIN SOLUTION
    pairs = []
    for number, document in enumerate(documents):
        others = [s for other, text in enumerate(documents) if other != number for s in text]
        if not others:
            continue
        for first, following in zip(document[:-1], document[1:], strict=True):
            if coins[len(pairs)] < 0.5:
                pairs.append((first, following, 0))
            else:
                pairs.append((first, others[int(draws[len(pairs)] * len(others))], 1))
    return pairs
    # END SOLUTION


# %%
check(next_sentence_pairs)

# %% [markdown]
# ## Two questions, one loss
#
# The model answers for hidden words, with logits $z$, and for pairs, with logits $s$. The loss is the **sum
# of two means**, each over the answers to its own question:
#
# $$ L = \frac{\sum_{b,m:\, y_{bm} \neq 0} -\log \mathrm{softmax}(z_{bm})_{y_{bm}}}
# {\#\{(b,m):\, y_{bm} \neq 0\}} \;+\; \frac{\sum_{b:\, \mathrm{pair}_b} -\log
# \mathrm{softmax}(s_b)_{f_b}}{\#\{b:\, \mathrm{pair}_b\}} $$
#
# - A place that is not used has the label 0, which is no word, and does not count.
# - A sequence may hold one text alone: then there is no pair to judge, and `has_pair` is False. Its hidden
#   words count like all others.
# - A batch may have no hidden word, or no pair. Then that part is 0, and the other one stays.
#
# The logits have been gathered, and Keras may do the arithmetic of one answer:
# `keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)` takes labels (…) and
# logits (…, C), and gives the loss of every label, (…), in nats.


# %%
def pretraining_loss(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """BERT's loss: that of the hidden words and that of the pairs, added.

    Args:
        word_logits: z, tensor (B, M, V), before the softmax, of any size: 900 must not overflow.
        word_labels: y, integer tensor (B, M), the words that were hidden; 0 where a place is not used.
        pair_logits: s, tensor (B, 2), before the softmax, of any size, too.
        pair_labels: f, integer tensor (B,): 0 where the second text follows the first, 1 where it was drawn;
            filled up with 0 where there is no pair.
        has_pair: Boolean tensor (B,), False where a sequence holds one text alone.

    Returns:
        Scalar tensor, a finite one for every batch.
    """
    # BEGIN SOLUTION
    cross_entropy = keras.losses.sparse_categorical_crossentropy
    word_losses = cross_entropy(word_labels, word_logits, from_logits=True)  # (B, M)
    pair_losses = cross_entropy(pair_labels, pair_logits, from_logits=True)  # (B,)

    def mean_where(counts, values):
        counts = ops.cast(counts, values.dtype)
        return ops.sum(counts * values) / ops.maximum(ops.sum(counts), 1.0)

    return mean_where(word_labels != 0, word_losses) + mean_where(has_pair, pair_losses)
    # END SOLUTION


# %%
check(pretraining_loss)
