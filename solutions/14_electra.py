# %% [markdown]
# # Exercises: ELECTRA
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## A draw from the generator
#
# The generator gives logits $z_{bmv}$ for every word at every hidden place. One word is drawn at each, with
# the probabilities of the softmax of $z / \tau$. There is a way to do so without ever computing the softmax:
# with random numbers $u_{bmv}$, uniform between 0 and 1, one for every word,
#
# $$ \mathrm{sample}_{bm} = \underset{v\, \text{allowed}}{\mathrm{argmax}} \;
# \Big( \frac{z_{bmv}}{\tau} - \log(-\log u_{bmv}) \Big) $$
#
# What is added is called Gumbel noise. Some tokens, such as padding or `[CLS]`, may never be drawn, however
# high their logit. An argmax has no slope: no gradient gets from the drawn word back to the logits.


# %%
def sample_words(logits, even, temperature, is_allowed):
    """A word drawn at each hidden place.

    Args:
        logits: z, tensor (B, M, V), of any size: 900 must not overflow.
        even: u, tensor (B, M, V) of random numbers above 0 and below 1.
        temperature: τ, a Python float above 0.
        is_allowed: Boolean tensor (V,), False for tokens that are never drawn. One of them at least is True.

    Returns:
        Integer tensor (B, M), the ids of the words.
    """
    # BEGIN SOLUTION
    noise = -ops.log(-ops.log(even))
    scores = ops.where(is_allowed, logits / temperature + noise, float("-inf"))
    return ops.argmax(scores, axis=-1)
    # END SOLUTION


# %%
check(sample_words)

# %% [markdown]
# ## What was replaced?
#
# The generator read a text with masks. Now its samples are put where words were hidden, and the
# discriminator is to say of every token whether it is the original one:
#
# $$ \mathrm{original}_{bt} = \begin{cases} \mathrm{labels}_{bm} & t = \mathrm{positions}_{bm} \\
# \mathrm{ids}_{bt} & \text{nothing was hidden at } t \end{cases} \qquad
# \mathrm{corrupted}_{bt} = \begin{cases} \mathrm{samples}_{bm} & t = \mathrm{positions}_{bm} \\
# \mathrm{ids}_{bt} & \text{nothing was hidden at } t \end{cases} $$
#
# A token **is replaced** where these two differ. So a sample that happens to be the word that stood there is
# real: nobody could tell it from a word that was never hidden.
#
# Each sequence has $M$ places for hidden words, in no certain order. Where fewer words were hidden, the
# places that are left over have the label 0; they may stand between the others. They may point anywhere,
# even where a used place points, and have a sample like the others; they write nothing.


# %%
def put_samples(token_ids, positions, labels, samples):
    """The text that the discriminator reads, and what it is to answer.

    Args:
        token_ids: Integer tensor (B, T), what the generator read: the mask at every hidden position.
        positions: Integer tensor (B, M), from 0 to T - 1; those of a sequence's hidden words all differ.
        labels: Integer tensor (B, M), the words that were hidden; 0 where a place is not used.
        samples: Integer tensor (B, M), the words that were drawn.

    Returns:
        A pair (corrupted, is_replaced): an integer tensor (B, T) and a Boolean tensor (B, T).
    """
    # BEGIN SOLUTION
    is_at = positions[:, :, None] == ops.arange(token_ids.shape[1], dtype="int32")  # (B, M, T)
    is_at = ops.logical_and(is_at, labels[:, :, None] != 0)
    is_hidden = ops.any(is_at, axis=1)

    def put(words):
        spread = ops.sum(ops.where(is_at, words[:, :, None], 0), axis=1)
        return ops.where(is_hidden, spread, token_ids)

    corrupted = put(samples)
    return corrupted, ops.not_equal(corrupted, put(labels))
    # END SOLUTION


# %%
check(put_samples)

# %% [markdown]
# ## ELECTRA's loss
#
# The generator is asked for the hidden words, with logits $z$; the discriminator is asked of **every ordinary
# token** of the text whether it was replaced, with logits $s$ and $\sigma(s) = 1 / (1 + e^{-s})$ for
# "replaced":
#
# $$ L = \frac{\sum_{b,t:\, y_{bt} \neq 0} -\log \mathrm{softmax}(z_{bt})_{y_{bt}}}
# {\#\{(b,t):\, y_{bt} \neq 0\}} + \lambda \;
# \frac{\sum_{b,t\, \text{ordinary}} -\big(r_{bt} \log \sigma(s_{bt}) + (1 - r_{bt}) \log (1 - \sigma(s_{bt}))
# \big)}{\#\{(b,t)\, \text{ordinary}\}} $$
#
# Special tokens and padding are not ordinary: they can never be replaced, and are in no loss. The weight
# $\lambda$ is large, 50 in the paper, because a question with two answers costs few nats beside one with as
# many as there are words.


# %%
def electra_loss(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The generator's loss and the discriminator's, weighted and added.

    Args:
        word_logits: z, tensor (B, T, V), of the generator; of any size: 900 must not overflow.
        labels: y, integer tensor (B, T), the hidden words; 0 where nothing is hidden. One of them at least
            is not 0.
        logits: s, tensor (B, T), of the discriminator; of any size, too.
        is_replaced: r, Boolean tensor (B, T).
        is_ordinary: Boolean tensor (B, T), False at special tokens and padding.
        weight: λ, a Python float.

    Returns:
        Scalar tensor.
    """
    # BEGIN SOLUTION
    at_label = ops.take_along_axis(word_logits, labels[:, :, None], axis=-1)[:, :, 0]
    word_losses = ops.logsumexp(word_logits, axis=-1) - at_label  # (B, T)
    token_losses = ops.softplus(ops.where(is_replaced, -logits, logits))  # (B, T)

    def mean_where(counts, values):
        counts = ops.cast(counts, values.dtype)
        return ops.sum(counts * values) / ops.sum(counts)

    return mean_where(labels != 0, word_losses) + weight * mean_where(is_ordinary, token_losses)
    # END SOLUTION


# %%
check(electra_loss)

# %% [markdown]
# ## Who learns from what
#
# At a hidden place the generator has logits $z_{bm}$, and its word $x_{bm}$ was drawn. Suppose the
# discriminator's logit there is $s_{bm} = a_{bm x_{bm}}$, read off a table $a$ that has a number for every
# word that might have been drawn. The loss of these places is
#
# $$ L = \frac{1}{n} \sum_{b,m\, \text{used}} -\log \mathrm{softmax}(z_{bm})_{y_{bm}} + \frac{\lambda}{n}
# \sum_{b,m\, \text{used}} -\log \sigma(\pm s_{bm}), \qquad n = \#\{(b, m)\, \text{used}\} $$
#
# with $+$ where $x_{bm} \neq y_{bm}$, the word was replaced, and $-$ where the draw is the original word.
#
# What are the gradients $\partial L / \partial z$ and $\partial L / \partial a$, as ELECTRA takes them? No
# gradient runs through the draw: once the words are drawn, they are given. You may derive the gradients by
# hand, or let your backend do it.


# %%
def electra_gradients(generator_logits, scores, labels, samples, weight):
    """What the two networks are told by one batch.

    Args:
        generator_logits: z, tensor (B, M, V).
        scores: a, tensor (B, M, V), the discriminator's logit for every word that might stand there.
        labels: y, integer tensor (B, M), the hidden words; 0 where a place is not used, which is in no loss.
            One of them at least is not 0.
        samples: x, integer tensor (B, M), the words that were drawn.
        weight: λ, a Python float.

    Returns:
        Dict of two tensors (B, M, V): "generator", the gradient of L with respect to z, and "discriminator",
        that with respect to a.
    """
    # BEGIN SOLUTION
    num_words = generator_logits.shape[-1]
    is_used = ops.cast(labels != 0, "float32")[:, :, None]
    count = ops.sum(is_used)
    is_label = ops.one_hot(labels, num_words, dtype="float32")
    is_drawn = ops.one_hot(samples, num_words, dtype="float32")
    is_replaced = ops.cast(samples != labels, "float32")[:, :, None]
    return {
        "generator": is_used * (ops.softmax(generator_logits) - is_label) / count,
        "discriminator": weight * is_used * is_drawn * (ops.sigmoid(scores) - is_replaced) / count,
    }
    # END SOLUTION


# %%
check(electra_gradients)

# %% [markdown]
# ## All words, with a copy
#
# One can ask for the *word* at every place, as BERT does at hidden ones. Most words are there to be copied,
# so the model has two ways to answer: with probability $c_{bt} = \sigma(k_{bt})$ it copies the word it
# reads, $x_{bt}$, and else it names a word by a softmax:
#
# $$ p(w \mid b, t) = c_{bt}\, [w = x_{bt}] + (1 - c_{bt})\, \mathrm{softmax}(z_{bt})_w, \qquad
# L = \frac{\sum_{b,t\, \text{ordinary}} -\log p(w_{bt} \mid b, t)}{\#\{(b, t)\, \text{ordinary}\}} $$
#
# where $w_{bt}$ is the original word.


# %%
def all_words_loss(word_logits, copy_logits, corrupted, original, is_ordinary):
    """Mean cross-entropy over all ordinary tokens, in nats, of a model that may copy.

    Args:
        word_logits: z, tensor (B, T, V), within ±10.
        copy_logits: k, tensor (B, T), within ±5.
        corrupted: x, integer tensor (B, T), what the model reads.
        original: w, integer tensor (B, T), the text before words were replaced.
        is_ordinary: Boolean tensor (B, T), False at special tokens and padding. One at least is True.

    Returns:
        Scalar tensor.
    """
    # BEGIN SOLUTION
    words = ops.take_along_axis(ops.softmax(word_logits), original[:, :, None], axis=-1)[:, :, 0]
    copied = ops.cast(corrupted == original, "float32")
    probabilities = ops.sigmoid(copy_logits) * copied + ops.sigmoid(-copy_logits) * words  # (B, T)
    counts = ops.cast(is_ordinary, "float32")
    return -ops.sum(counts * ops.log(ops.where(is_ordinary, probabilities, 1.0))) / ops.sum(counts)
    # END SOLUTION


# %%
check(all_words_loss)

# %% [markdown]
# ## The best possible judge
#
# Of a place of a text we know all other words, and so (in the toy language) the probability $p_v$ of every
# word to have stood there. With probability $s$ the place was chosen, and a word drawn from the generator's
# $q_v$ was put there; else it was left alone. We see the word $x$. How probable is it that it is **not the
# original word**?
#
# The original word is still there either because the place was not chosen, or because the draw hit it.
# Bayes' rule puts the two together.


# %%
def best_judge(original_probabilities, generator_probabilities, shown, share):
    """How probable it is that a word was replaced, for somebody who knows all that can be known.

    Args:
        original_probabilities: p, tensor (N, V), of the word that stood at each of N places; each row sums
            to 1.
        generator_probabilities: q, tensor (N, V), of the word that is drawn there; above 0, each row sums
            to 1.
        shown: x, integer tensor (N,), the word that is seen. p of it may be 0.
        share: s, a Python float above 0 and at most 1.

    Returns:
        Tensor (N,), the probability that another word than the one that is seen stood there.
    """
    # BEGIN SOLUTION
    p = ops.take_along_axis(original_probabilities, shown[:, None], axis=1)[:, 0]
    q = ops.take_along_axis(generator_probabilities, shown[:, None], axis=1)[:, 0]
    return share * q * (1 - p) / ((1 - share) * p + share * q)
    # END SOLUTION


# %%
check(best_judge)

# %% [markdown]
# ## Is the judge any good?
#
# Few tokens are replaced, so a judge who says "real" of everything is right most of the time. Four numbers
# over the **ordinary** tokens, with logits $s$; a token is called replaced where $s > 0$:
#
# - `accuracy`: the share that is judged rightly;
# - `always_real`: the accuracy of a judge who calls all of them real;
# - `balanced_accuracy`: the mean of two shares, judged rightly among the replaced, and among the real;
# - `area_under_curve`: of all pairs of a replaced and a real token, the share in which the replaced one has
#   the higher logit; a pair with equal logits counts one half.


# %%
def judge_report(logits, is_replaced, is_ordinary):
    """What a judge of replaced tokens is worth.

    Args:
        logits: s, tensor (B, T).
        is_replaced: Boolean tensor (B, T).
        is_ordinary: Boolean tensor (B, T), False at special tokens and padding. Among the ordinary ones
            there are replaced tokens and real ones.

    Returns:
        Dict of four scalars: "accuracy", "always_real", "balanced_accuracy" and "area_under_curve".
    """
    # BEGIN SOLUTION
    logits, is_replaced, is_ordinary = map(ops.convert_to_numpy, (logits, is_replaced, is_ordinary))
    replaced, real = logits[is_ordinary & is_replaced], logits[is_ordinary & ~is_replaced]
    found, spared = (replaced > 0).mean(), (real <= 0).mean()
    against = replaced[:, None] - real[None, :]
    count = len(replaced) + len(real)
    return {
        "accuracy": (len(replaced) * found + len(real) * spared) / count,
        "always_real": len(real) / count,
        "balanced_accuracy": (found + spared) / 2,
        "area_under_curve": ((against > 0) + 0.5 * (against == 0)).mean(),
    }
    # END SOLUTION


# %%
check(judge_report)
