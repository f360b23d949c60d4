# %% [markdown]
# # Exercises: fine-tuning for tokens and spans
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
import re
import string
from collections import Counter

from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Labels of words, for a model of pieces
#
# People label words, BERT reads pieces. The convention of Devlin et al.: **the first piece of a word carries
# the word's label**, and every other token is left out of loss and score. What is left out has the label 0.
#
# The model reads `[CLS]`, the pieces of all words, `[SEP]`, and padding up to `length` tokens. Pieces for
# which there is no room are cut from the end, so that `[SEP]` always stands behind the last one that is kept.
# A word of which nothing is left (control characters, say) has 0 pieces, and its label goes nowhere.
#
# Labels are numbered: 1 is O, 2 and 3 are B and I of one kind of name, 4 and 5 of the next, and so on.


# %%
def align_labels(word_labels, num_pieces, length):
    """The label of every token that a model reads, 0 where a token has none.

    Args:
        word_labels: List of Python ints from 1, a label for each word.
        num_pieces: List of Python ints of the same length, the pieces of each word; some may be 0.
        length: Python int, at least 3: the tokens that are read, `[CLS]`, `[SEP]` and padding included.

    Returns:
        List of `length` ints.
    """
    # BEGIN SOLUTION
    labels = [0]  # [CLS]
    for label, number in zip(word_labels, num_pieces, strict=True):
        labels += ([label] + [0] * (number - 1))[:number]
    labels = labels[: length - 1]  # room for [SEP]
    return labels + [0] * (length - len(labels))
    # END SOLUTION


# %%
check(align_labels)

# %% [markdown]
# ## Conditional random field: the score of a path
#
# A linear-chain CRF scores whole paths of tags. With emissions $e_{t,k}$ from the model below, transitions
# $A_{jk}$ **from tag $j$ to tag $k$**, and scores $s_k$ and $f_k$ of beginning and of ending on tag $k$:
#
# $$ \text{score}(y) = s_{y_1} + \sum_{t=1}^{n} e_{t, y_t} + \sum_{t=2}^{n} A_{y_{t-1}, y_t} + f_{y_n} $$
#
# The places $1 \ldots n$ are those where the mask is True. **A masked place, wherever it stands, is as if it
# were not there**: padding behind the sentence, `[CLS]` in front of it, and further pieces in the middle of
# it, across which the transition leads from the last real tag to the next. What emissions and tags hold there
# plays no part. Every sentence has at least one real place. A loop over the places is fine.


# %%
def crf_path_score(emissions, tags, mask, transitions, starts, ends):
    """The score of one path of tags for each sentence.

    Args:
        emissions: Tensor (B, T, K).
        tags: Integer tensor (B, T), from 0 to K - 1.
        mask: Boolean tensor (B, T), True at real places, wherever they stand.
        transitions: Tensor (K, K), from the first index to the second; some may be -10,000.
        starts: Tensor (K,).
        ends: Tensor (K,).

    Returns:
        Tensor (B,).
    """
    # BEGIN SOLUTION
    length, num_tags = emissions.shape[1:]
    flat = ops.reshape(transitions, (-1,))
    score = ops.zeros_like(emissions[:, 0, 0])  # (B,)
    last = ops.full_like(tags[:, 0], -1)  # the last real tag so far
    for place in range(length):
        tag, is_real = tags[:, place], mask[:, place]
        step = ops.where(
            last < 0, ops.take(starts, tag), ops.take(flat, ops.maximum(last, 0) * num_tags + tag)
        )
        emission = ops.take_along_axis(emissions[:, place], tag[:, None], axis=1)[:, 0]
        score = ops.where(is_real, score + step + emission, score)
        last = ops.where(is_real, tag, last)
    return score + ops.take(ends, last)
    # END SOLUTION


# %%
check(crf_path_score)

# %% [markdown]
# ## Conditional random field: the sum over all paths
#
# The probability of a path is $e^{\text{score}(y)} / Z$, and $Z$ sums over all $K^n$ paths. The forward
# algorithm needs $n K^2$ steps: $\alpha_{t,k}$ is the logarithm of the sum over all paths that end at real
# place $t$ on tag $k$.
#
# $$ \alpha_{1,k} = s_k + e_{1,k}, \qquad
# \alpha_{t,k} = e_{t,k} + \log \sum_j e^{\alpha_{t-1,j} + A_{jk}}, \qquad
# \log Z = \log \sum_k e^{\alpha_{n,k} + f_k} $$
#
# Masks are as above: a masked place is as if it were not there, at the beginning, in the middle and at the
# end. Scores may be large; `exp` overflows beyond 88.


# %%
def crf_log_partition(emissions, mask, transitions, starts, ends):
    """The logarithm of the sum of exp(score) over all paths of tags.

    Args:
        emissions: Tensor (B, T, K).
        mask: Boolean tensor (B, T), True at real places, wherever they stand; one in each sentence at least.
        transitions: Tensor (K, K), from the first index to the second; some may be -10,000.
        starts: Tensor (K,).
        ends: Tensor (K,).

    Returns:
        Tensor (B,).
    """
    # BEGIN SOLUTION
    alpha = ops.zeros_like(emissions[:, 0])  # (B, K)
    has_begun = ops.zeros_like(mask[:, :1])  # (B, 1)
    for place in range(emissions.shape[1]):
        is_real = mask[:, place, None]
        onward = ops.logsumexp(alpha[:, :, None] + transitions, axis=1)  # over the tag before
        reached = ops.where(has_begun, onward, starts) + emissions[:, place]
        alpha = ops.where(is_real, reached, alpha)
        has_begun = ops.logical_or(has_begun, is_real)
    return ops.logsumexp(alpha + ends, axis=1)
    # END SOLUTION


# %%
check(crf_log_partition)

# %% [markdown]
# ## Conditional random field: the best path
#
# Viterbi's algorithm is the forward algorithm with a maximum for the sum, and with a note, at every place and
# for each tag, of the tag before it that was best; then the notes are followed back from the best last tag.
#
# $$ \delta_{t,k} = e_{t,k} + \max_j\, (\delta_{t-1,j} + A_{jk}), \qquad
# b_{t,k} = \operatorname{argmax}_j\, (\delta_{t-1,j} + A_{jk}) $$
#
# Masks are as above. Masked places get the tag 0. There is always one path ahead of all others.


# %%
def viterbi(emissions, mask, transitions, starts, ends):
    """The path of the highest score.

    Args:
        emissions: Tensor (B, T, K).
        mask: Boolean tensor (B, T), True at real places, wherever they stand; one in each sentence at least.
        transitions: Tensor (K, K), from the first index to the second; some may be -10,000.
        starts: Tensor (K,).
        ends: Tensor (K,).

    Returns:
        Integer tensor (B, T): the tags of the path, 0 at masked places.
    """
    # BEGIN SOLUTION
    num_tags = emissions.shape[2]
    itself = ops.arange(num_tags, dtype="int32")
    best = ops.zeros_like(emissions[:, 0])  # (B, K)
    has_begun = ops.zeros_like(mask[:, :1])  # (B, 1)
    origins = []
    for place in range(emissions.shape[1]):
        is_real = mask[:, place, None]
        onward = best[:, :, None] + transitions  # (B, from, to)
        reached = ops.where(has_begun, ops.max(onward, axis=1), starts) + emissions[:, place]
        best = ops.where(is_real, reached, best)
        origins.append(ops.where(is_real, ops.cast(ops.argmax(onward, axis=1), "int32"), itself))
        has_begun = ops.logical_or(has_begun, is_real)
    tag = ops.cast(ops.argmax(best + ends, axis=1), "int32")[:, None]
    path = []
    for origin in reversed(origins):
        path.append(tag)
        tag = ops.take_along_axis(origin, tag, axis=1)
    return ops.where(mask, ops.concatenate(path[::-1], axis=1), 0)
    # END SOLUTION


# %%
check(viterbi)

# %% [markdown]
# ## F1 of whole entities
#
# An entity is found when its kind, its first and its last place are right, and then only. Over all sentences
# together:
#
# $$ F_1 = \frac{2 \cdot \text{right}}{\text{predicted} + \text{true}} $$
#
# and 0 where there is neither a predicted nor a true one. Labels are "O", "B-kind" and "I-kind"; a model
# writes what it likes, so one has to say what counts. As `seqeval` and the CoNLL script read it:
#
# * `B-X` always begins an entity;
# * `I-X` goes on with the entity of kind X that the place before belongs to;
# * an `I-X` behind anything else (O, another kind, the beginning of the sentence) begins an entity.


# %%
def entity_f1(gold, predicted):
    """F1 of whole entities over all sentences ("micro").

    Args:
        gold: List of sentences, each a list of labels such as "O", "B-PER", "I-PER".
        predicted: The same, of the same lengths.

    Returns:
        A float from 0 to 1.
    """
    # BEGIN SOLUTION
    found = []
    for sentences in (gold, predicted):
        entities = set()
        for number, labels in enumerate(sentences):
            start, before = None, "O"
            for place, label in enumerate([*labels, "O"]):
                goes_on = label[0] == "I" and before[2:] == label[2:]
                if before != "O" and not goes_on:
                    entities.add((number, before[2:], start, place - 1))
                if not goes_on:
                    start = place
                before = label
        found.append(entities)
    true, said = found
    return 2 * len(true & said) / (len(true) + len(said)) if true or said else 0.0
    # END SOLUTION


# %%
check(entity_f1)

# %% [markdown]
# ## The best span
#
# A model gives every token a score as the first and as the last of the answer. A span from $i$ to $j$ scores
# $S_i + E_j$, and wanted is the best one
#
# * with $i \le j$,
# * of at most `max_length` tokens, both ends counted,
# * with both ends in the passage, where the mask is True: the question and the special tokens do not answer.
#
# Scores may be negative, and all of them. There is always one allowed span ahead of all others.


# %%
def best_span(start_scores, end_scores, context_mask, max_length):
    """First and last token of the best answer.

    Args:
        start_scores: Tensor (B, T).
        end_scores: Tensor (B, T).
        context_mask: Boolean tensor (B, T), True at the tokens of the passage, which stand side by side.
        max_length: Python int, the most tokens of an answer; may exceed T.

    Returns:
        Integer tensor (B, 2): i and j, counted from the first token of the sequence.
    """
    # BEGIN SOLUTION
    length = start_scores.shape[1]
    places = ops.arange(length)
    further = places[None, :] - places[:, None]  # j - i
    allowed = ops.logical_and(further >= 0, further < max_length)
    allowed = ops.logical_and(allowed, ops.logical_and(context_mask[:, :, None], context_mask[:, None, :]))
    scores = ops.where(allowed, start_scores[:, :, None] + end_scores[:, None, :], -1e9)
    best = ops.argmax(ops.reshape(scores, (-1, length * length)), axis=1)
    return ops.stack([best // length, best % length], axis=1)
    # END SOLUTION


# %%
check(best_span)

# %% [markdown]
# ## F1 of an answer
#
# SQuAD compares answers as bags of words, after four steps **in this order**:
#
# 1. lower case;
# 2. every character of `string.punctuation` is deleted (not replaced by a space);
# 3. the articles *a*, *an*, *the* are deleted where they are whole words;
# 4. the text is split at white space of any kind and amount.
#
# Over the words of prediction and right answer, where a word that stands twice in both is shared twice, and
# once if it stands only once in one of them:
#
# $$ F_1 = \frac{2 \cdot \text{shared}}{\text{words of the prediction} + \text{words of the answer}} $$
#
# If no words are left of one of the two, F1 is 1 if none are left of the other either, and 0 if some are. Of
# several right answers **the best** counts.


# %%
def answer_f1(prediction, answers):
    """How far a prediction shares its words with the nearest right answer.

    Args:
        prediction: A string.
        answers: List of strings, one at least.

    Returns:
        A float from 0 to 1.
    """
    # BEGIN SOLUTION
    scores = []
    for answer in answers:
        bags = []
        for text in (prediction, answer):
            text = "".join(character for character in text.lower() if character not in string.punctuation)
            bags.append(re.sub(r"\b(a|an|the)\b", " ", text).split())
        said, true = bags
        if said and true:
            shared = sum((Counter(said) & Counter(true)).values())
            scores.append(2 * shared / (len(said) + len(true)))
        else:
            scores.append(float(said == true))
    return max(scores)
    # END SOLUTION


# %%
check(answer_f1)

# %% [markdown]
# ## Windows over a long passage
#
# A passage that is too long is read in windows of `window` tokens. Neighbours share `stride` tokens, so that
# an answer at a seam is whole in one of them, if the overlap is long enough. (What *stride* means differs:
# Hugging Face counts the tokens shared, as here; BERT's own code counts the step.)
#
# Windows are cut from the left; the last one is that which reaches the end of the passage, and it may be
# shorter. For each window you give its first token, its end (**not** included), and where the answer stands
# **in the window**: its first and its last token, both included, counted from the window's first token. A
# window that does not hold the whole answer gets -1 and -1. An answer may begin at token 0.


# %%
def answer_windows(num_tokens, answer_start, answer_end, window, stride):
    """Windows over a passage, and where the answer stands in each of them.

    Args:
        num_tokens: Python int, the tokens of the passage.
        answer_start: Python int, the first token of the answer, from 0.
        answer_end: Python int, its last token, included.
        window: Python int, the most tokens of a window.
        stride: Python int from 0 to window - 1, the tokens that two neighbouring windows share.

    Returns:
        List of lists of four ints: first token and end of a window, first and last token of the answer in it.
    """
    # BEGIN SOLUTION
    rows, start = [], 0
    while True:
        stop = min(start + window, num_tokens)
        is_whole = start <= answer_start and answer_end < stop
        rows.append([start, stop, *([answer_start - start, answer_end - start] if is_whole else [-1, -1])])
        if stop == num_tokens:
            return rows
        start += window - stride
    # END SOLUTION


# %%
check(answer_windows)
