# %% [markdown]
# # Exercises: smaller, ALBERT and DistilBERT
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Narrow tables
#
# ALBERT looks tokens, segments and positions up in tables of width $E$, narrower than its blocks, which are
# $D$ wide. The three vectors are added, normalised, and **then** widened by one matrix for all of them:
#
# $$ \underbrace{x_{b,t}}_{(E)} = \mathrm{norm}\big(W_{\text{token}}[\mathrm{id}_{b,t}] +
# W_{\text{segment}}[\mathrm{seg}_{b,t}] + W_{\text{position}}[t]\big), \qquad
# \underbrace{y_{b,t}}_{(D)} = x_{b,t}\, P + c $$
#
# The norm takes mean and variance over the channels, $\mathrm{norm}(v) = \gamma\, (v - \bar v) /
# \sqrt{\mathrm{var}(v) + 10^{-12}} + \beta$. There may be more rows of positions than tokens, and $E$ may
# be as large as $D$, or larger.


# %%
def factorised_embedding(token_ids, segment_ids, tables, norm, projection):
    """What the blocks of ALBERT read.

    Args:
        token_ids: Integer tensor (B, T).
        segment_ids: Integer tensor (B, T).
        tables: dict of tensors: "tokens" (V, E), "segments" (2, E), "positions" (R, E), R at least T.
        norm: dict of tensors: "scale", γ (E,), and "shift", β (E,).
        projection: dict of tensors: "kernel", P (E, D), and "bias", c (D,).

    Returns:
        Tensor (B, T, D).
    """
    # BEGIN SOLUTION
    length = token_ids.shape[1]
    summed = (
        ops.take(tables["tokens"], token_ids, axis=0)
        + ops.take(tables["segments"], segment_ids, axis=0)
        + tables["positions"][:length]
    )  # (B, T, E)
    centred = summed - ops.mean(summed, axis=-1, keepdims=True)
    deviation = ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True) + 1e-12)
    narrow = norm["scale"] * centred / deviation + norm["shift"]
    return ops.matmul(narrow, projection["kernel"]) + projection["bias"]  # (B, T, D)
    # END SOLUTION


# %%
check(factorised_embedding)

# %% [markdown]
# ## What a shared stack weighs
#
# A block of width $D$ with a network of width $F$ inside has, biases included,
#
# * an attention: four dense layers from $D$ to $D$, for queries, keys, values and the output, and the
#   normalisation behind it ($\gamma$ and $\beta$, $D$ each);
# * a network: one dense layer from $D$ to $F$, one back, and the normalisation behind it.
#
# A stack of $L$ blocks has all of them $L$ times, unless blocks share: with `sharing="attention"` there is
# one attention (and its normalisation) for all blocks, with `"network"` one network (and its own
# normalisation), with `"all"` both, with `"none"` neither. What is used $L$ times but is there once counts
# **once**.


# %%
def stack_parameters(hidden_dim, intermediate_dim, num_layers, sharing):
    """The number of parameters of a stack of blocks.

    Args:
        hidden_dim: D, a Python int.
        intermediate_dim: F, a Python int.
        num_layers: L, a Python int, 1 or more.
        sharing: "none", "attention", "network" or "all".

    Returns:
        A Python int.
    """
    # BEGIN SOLUTION
    norm = 2 * hidden_dim
    attention = 4 * (hidden_dim * hidden_dim + hidden_dim) + norm
    network = 2 * hidden_dim * intermediate_dim + intermediate_dim + hidden_dim + norm
    num_attentions = 1 if sharing in ("attention", "all") else num_layers
    num_networks = 1 if sharing in ("network", "all") else num_layers
    return num_attentions * attention + num_networks * network
    # END SOLUTION


# %%
check(stack_parameters)

# %% [markdown]
# ## Pairs in order, and turned round
#
# ALBERT asks of two neighbouring sentences whether they are in their order. For every sentence of a document
# but its last, it and the next one are a pair; where the coin of that pair is **below 0.5** they stay in
# their order, and the label is 0; else they are turned round, and the label is 1. Packed, a pair is
#
# > `[CLS]` what stands first `[SEP]` what stands second `[SEP]`
#
# with segment 0 up to the first `[SEP]`, this included, and segment 1 behind it, **whichever** sentence
# stands there. The $k$th pair of all, counted from 0 through all documents, takes `coins[k]`. No pair reaches
# from one document into the next; a document may be empty, or have one sentence.


# %%
def order_pairs(documents, coins, classification_id, separator_id):
    """Neighbouring sentences, in their order and turned round.

    Args:
        documents: List of documents, each a list of sentences, each a list of ids (Python ints).
        coins: List of floats from 0 to 1, at least as many as there are pairs.
        classification_id: Python int, the id of `[CLS]`.
        separator_id: Python int, the id of `[SEP]`.

    Returns:
        List with a tuple for every pair, in the documents' order: (list of token ids, list of segment ids,
        label).
    """
    # BEGIN SOLUTION
    pairs = []
    for document in documents:
        for earlier, later in zip(document[:-1], document[1:], strict=True):
            label = int(coins[len(pairs)] >= 0.5)
            first, second = (later, earlier) if label else (earlier, later)
            token_ids = [classification_id, *first, separator_id, *second, separator_id]
            segment_ids = [0] * (len(first) + 2) + [1] * (len(second) + 1)
            pairs.append((token_ids, segment_ids, label))
    return pairs
    # END SOLUTION


# %%
check(order_pairs)

# %% [markdown]
# ## Soft targets
#
# A student learns from how probable its teacher holds *every* word. Both distributions are softened by the
# same temperature $\tau$, and with $r$ the places that count
#
# $$ p = \mathrm{softmax}(t / \tau), \qquad q = \mathrm{softmax}(s / \tau), \qquad
# \mathcal{L} = \tau^2 \cdot \frac{\sum_{b,m:\, r_{b,m}} \sum_v p_{b,m,v}\, (\log p_{b,m,v} - \log
# q_{b,m,v})}{\#\{(b, m) : r_{b,m}\}} $$
#
# A difference of logits hardly changes a distribution that is soft already: with the factor $\tau^2$ the
# gradient has about the same size whatever $\tau$ is, so that the other losses beside it keep their weight.
# Where nothing counts, the loss is 0. Logits may be large. (`course_lib` has the same as
# `soft_target_loss`; here it is to be written.)


# %%
def soft_targets(student_logits, teacher_logits, is_counted, temperature):
    """How far a student's softened distributions are from its teacher's, times τ².

    Args:
        student_logits: s, tensor (B, M, V).
        teacher_logits: t, tensor (B, M, V).
        is_counted: r, Boolean tensor (B, M).
        temperature: τ, a Python float above 0.

    Returns:
        Scalar tensor; 0 where nothing counts.
    """
    # BEGIN SOLUTION
    log_p = ops.log_softmax(teacher_logits / temperature, axis=-1)
    log_q = ops.log_softmax(student_logits / temperature, axis=-1)
    divergences = ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1)  # (B, M)
    counted = ops.cast(is_counted, "float32")
    return temperature**2 * ops.sum(counted * divergences) / ops.maximum(ops.sum(counted), 1.0)
    # END SOLUTION


# %%
check(soft_targets)

# %% [markdown]
# ## Hidden states that point the same way
#
# The second thing a student of DistilBERT learns is the *direction* of its teacher's hidden states: with $s$
# and $h$ the vectors of student and teacher, over all real tokens of the batch together,
#
# $$ \mathcal{L} = \frac{\sum_{b,t\ \text{real}} \Big(1 - \dfrac{s_{b,t} \cdot h_{b,t}}{|s_{b,t}|\,
# |h_{b,t}|}\Big)}{\#\{(b, t)\ \text{real}\}} $$
#
# What stands at padding means nothing. The mask is True at real tokens; padding may stand anywhere, and every
# batch has a real token. No vector is all zeros.


# %%
def hidden_cosine(student_hidden, teacher_hidden, padding_mask):
    """One minus the cosine of student's and teacher's vectors, the mean over real tokens.

    Args:
        student_hidden: s, tensor (B, T, D).
        teacher_hidden: h, tensor (B, T, D).
        padding_mask: Boolean tensor (B, T), True at real tokens.

    Returns:
        Scalar tensor.
    """
    # BEGIN SOLUTION
    products = ops.sum(student_hidden * teacher_hidden, axis=-1)  # (B, T)
    lengths = ops.norm(student_hidden, axis=-1) * ops.norm(teacher_hidden, axis=-1)
    is_real = ops.cast(padding_mask, "float32")
    return ops.sum(is_real * (1.0 - products / lengths)) / ops.sum(is_real)
    # END SOLUTION


# %%
check(hidden_cosine)

# %% [markdown]
# ## A student begins as every other layer
#
# DistilBERT does not begin with random weights. Everything outside the blocks is its teacher's, and its $n$
# blocks begin as every $r$th of the teacher's $N$, $r = N / n$: layers $0, r, 2r, \ldots$ (Layers 0, 2, 4,
# 7, 9 and 11 of twelve, which a published script takes, are not every other one.)
#
# Weights are named; those of the teacher's layer 3 begin with `layer_3/`. The student's layers are counted
# from 0 without a gap, so that what was `layer_2/kernel` becomes `layer_1/kernel` where $r$ is 2.


# %%
def student_weights(teacher_weights, num_teacher_layers, num_student_layers):
    """The weights that a student begins with.

    Args:
        teacher_weights: dict from names to tensors, such as "embedding/tokens", "layer_10/kernel" or
            "head/bias".
        num_teacher_layers: N, a Python int.
        num_student_layers: n, a Python int, a divisor of N.

    Returns:
        dict from the student's names to tensors.
    """
    # BEGIN SOLUTION
    distance = num_teacher_layers // num_student_layers
    student = {}
    for name, weight in teacher_weights.items():
        part, _, rest = name.partition("/")
        if not part.startswith("layer_"):
            student[name] = weight
            continue
        layer = int(part.removeprefix("layer_"))
        if layer % distance == 0:
            student[f"layer_{layer // distance}/{rest}"] = weight
    return student
    # END SOLUTION


# %%
check(student_weights)

# %% [markdown]
# ## The gradient of a table that both read with
#
# A student may read its logits from the same table of word vectors as its teacher. With hidden states $u$ of
# the student and $h$ of the teacher, all $(K, D)$, and the table $E$, $(V, D)$,
#
# $$ s = u E^\top, \qquad t = h E^\top, \qquad \mathcal{L} = \tau^2 \cdot \frac1K \sum_k \sum_v
# p_{k,v}\, (\log p_{k,v} - \log q_{k,v}), \qquad p = \mathrm{softmax}(t / \tau), \quad
# q = \mathrm{softmax}(s / \tau). $$
#
# The teacher says what is right. It must not learn to agree with its student: $p$ counts as a constant,
# although it is computed from the table. What is the gradient of $\mathcal{L}$ with respect to $E$? (What a
# softmax in the loss gives its logits is the difference of two distributions; the rest is the chain rule.)


# %%
def table_gradient(student_hidden, teacher_hidden, table, temperature):
    """The gradient of the soft targets' loss with respect to a table that student and teacher share.

    Args:
        student_hidden: u, tensor (K, D).
        teacher_hidden: h, tensor (K, D).
        table: E, tensor (V, D).
        temperature: τ, a Python float above 0.

    Returns:
        Tensor (V, D): the gradient of the table, through the student alone.
    """
    # BEGIN SOLUTION
    p = ops.softmax(ops.matmul(teacher_hidden, ops.transpose(table)) / temperature, axis=-1)  # (K, V)
    q = ops.softmax(ops.matmul(student_hidden, ops.transpose(table)) / temperature, axis=-1)
    of_logits = temperature * (q - p) / student_hidden.shape[0]  # (K, V)
    return ops.matmul(ops.transpose(of_logits), student_hidden)
    # END SOLUTION


# %%
check(table_gradient)

# %% [markdown]
# ## What is kept, and how much faster
#
# A small model is advertised by three figures. With one score a seed for teacher and student, and one
# measurement of time a round for each, taken in turn in one sitting:
#
# * *kept*: the student's mean score in percent of its teacher's mean score;
# * *smaller*: how many percent of the teacher's parameters are gone;
# * *faster*: how many percent more sentences per second the student reads. With $a_i$ and $b_i$ the seconds
#   that teacher and student took in round $i$ for the same sentences, the ratio of a round is $a_i / b_i$;
#   the **median** ratio of all rounds says how many times as fast the student is. Twice as fast is 100 %
#   faster (and not 50 %, which is the time that is saved).
#
# The number of rounds is odd.


# %%
def kept_smaller_faster(student, teacher):
    """The three figures of an advertisement, in percent.

    Args:
        student: dict: "scores", tensor (S,); "parameters", a Python int; "seconds", tensor (R,), R odd.
        teacher: dict of the same; its number of scores may differ from the student's.

    Returns:
        Tensor (3,) of floats: kept, smaller, faster.
    """
    # BEGIN SOLUTION
    kept = ops.mean(student["scores"]) / ops.mean(teacher["scores"])
    smaller = 1.0 - student["parameters"] / teacher["parameters"]
    ratios = ops.sort(teacher["seconds"] / student["seconds"])  # (R,)
    faster = ratios[ratios.shape[0] // 2] - 1.0
    return 100.0 * ops.stack([kept, ops.cast(smaller, "float32"), faster])
    # END SOLUTION


# %%
check(kept_smaller_faster)
