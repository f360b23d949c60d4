# %% [markdown]
# # Exercises: masks as tasks
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.
#
# In all masks `True` means: may be seen. Row $t$ is who looks, column $s$ who is looked at.

# %%
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## A prefix that is read, and the rest that is written
#
# The first $P_b$ tokens of row $b$ are its prefix. Everybody sees the prefix; behind it a token sees what
# stands on its left, and itself. Nobody in the prefix sees what is to be written:
#
# $$ M_{bts} = \big(s < P_b \;\text{ or }\; s \le t\big) \;\text{ and $t$ and $s$ are real tokens.} $$


# %%
def prefix_mask(prefix_lengths, padding_mask):
    """Who may see whom in rows that begin with a prefix.

    Args:
        prefix_lengths: P, integer tensor (B,), from 0 to the number of a row's real tokens.
        padding_mask: Boolean tensor (B, T), True at real tokens; padding stands behind them.

    Returns:
        Boolean tensor (B, T, T). Padding is not seen, and its own rows are False, too.
    """
    # BEGIN SOLUTION
    places = ops.arange(padding_mask.shape[1])
    in_prefix = places < prefix_lengths[:, None]  # (B, T)
    mask = ops.logical_or(in_prefix[:, None, :], places <= places[:, None])
    real = ops.logical_and(padding_mask[:, None, :], padding_mask[:, :, None])
    return ops.logical_and(mask, real)
    # END SOLUTION


# %%
check(prefix_mask)

# %% [markdown]
# ## Four tasks, row by row
#
# In one batch each row has a task of its own:
#
# | task | $t$ sees $s$ where |
# |---|---|
# | `"bidirectional"` | always, whatever the segments |
# | `"left_to_right"` | $s \le t$, whatever the segments |
# | `"right_to_left"` | $s \ge t$, whatever the segments |
# | `"sequence_to_sequence"` | $s$ is in the first segment; or both are in the second and $s \le t$ |
#
# and in all four only real tokens see, and are seen.


# %%
def task_masks(tasks, segment_ids, padding_mask):
    """Who may see whom, by the task of each row.

    Args:
        tasks: List of B strings, each one of the four.
        segment_ids: Integer tensor (B, T): 0 in the first segment, which comes first, 1 in the second one,
            and 0 at padding, which stands behind.
        padding_mask: Boolean tensor (B, T), True at real tokens.

    Returns:
        Boolean tensor (B, T, T).
    """
    # BEGIN SOLUTION
    places = ops.arange(padding_mask.shape[1])
    left = places <= places[:, None]  # (T, T)
    masks = []
    for task, segments in zip(tasks, segment_ids, strict=True):
        masks.append(
            {
                "bidirectional": ops.ones_like(left),
                "left_to_right": left,
                "right_to_left": ops.transpose(left),
                "sequence_to_sequence": ops.logical_or(
                    segments[None, :] == 0, ops.logical_and(left, segments[:, None] == 1)
                ),
            }[task]
        )
    real = ops.logical_and(padding_mask[:, None, :], padding_mask[:, :, None])
    return ops.logical_and(ops.stack(masks), real)
    # END SOLUTION


# %%
check(task_masks)

# %% [markdown]
# ## A segment for the decoder
#
# Of row $b$ the $k_b$ tokens from position $u_b$ on are hidden from the encoder, and the decoder writes them.
# It reads what it has written already, one position later, and nothing else:
#
# ```
# the sentence      a  b  c  d  e  f  .  .          (. is padding)
# encoder reads     a  b  m  m  m  f  .  .          m is the mask: u = 2, k = 3
# decoder reads     m  m  m  c  d  m  .  .
# labels            0  0  c  d  e  0  0  0
# ```


# %%
def segment_targets(token_ids, starts, lengths, mask_id):
    """What encoder and decoder read of sentences with a hidden segment, and what they are asked for.

    Args:
        token_ids: Integer tensor (B, T), 0 for padding, which stands behind.
        starts: u, integer tensor (B,), where each segment begins.
        lengths: k, integer tensor (B,), 1 or more; segments hold real tokens only.
        mask_id: Python int, the id of the mask.

    Returns:
        Dict of integer tensors (B, T): "encoder", "decoder" and "labels". Where there is padding all are 0;
        labels are 0 outside the segment.
    """
    # BEGIN SOLUTION
    places = ops.arange(token_ids.shape[1])
    begin, end = starts[:, None], (starts + lengths)[:, None]
    inside = ops.logical_and(places >= begin, places < end)  # (B, T)
    goes_on = ops.logical_and(places > begin, places < end)
    before = ops.pad(token_ids, ((0, 0), (1, 0)))[:, :-1]
    shifted = ops.where(goes_on, before, mask_id)
    return {
        "encoder": ops.where(inside, mask_id, token_ids),
        "decoder": ops.where(token_ids == 0, 0, shifted),
        "labels": ops.where(inside, token_ids, 0),
    }
    # END SOLUTION


# %%
check(segment_targets)

# %% [markdown]
# ## What it costs to say two words independently
#
# Two words are hidden. How often the first is $v$ and the second $w$, given all that is seen, stands in a
# table of counts. As probabilities $p_{vw}$, all of them together 1:
#
# $$ H_1 = -\sum_v p_{v\cdot} \log p_{v\cdot}, \qquad H_2 = -\sum_w p_{\cdot w} \log p_{\cdot w}, \qquad
# H_{12} = -\sum_{vw} p_{vw} \log p_{vw}, $$
#
# where $p_{v\cdot} = \sum_w p_{vw}$ and $p_{\cdot w} = \sum_v p_{vw}$, in nats, and $0 \log 0 = 0$. Each by
# itself the words cost $H_1 + H_2$, together $H_{12}$; the price is the difference.


# %%
def pair_price(counts):
    """Entropies of two hidden words, by themselves and together, and the price of independence.

    Args:
        counts: Float tensor (V, W), 0 or more each, not all 0.

    Returns:
        Tensor (3,): what the words cost by themselves, H₁ + H₂, together, H₁₂, and the price.
    """
    # BEGIN SOLUTION
    joint = counts / ops.sum(counts)

    def entropy(probabilities):
        logs = ops.log(ops.where(probabilities > 0, probabilities, 1.0))
        return -ops.sum(probabilities * logs)

    by_themselves = entropy(ops.sum(joint, axis=1)) + entropy(ops.sum(joint, axis=0))
    together = entropy(joint)
    return ops.stack([by_themselves, together, by_themselves - together])
    # END SOLUTION


# %%
check(pair_price)

# %% [markdown]
# ## The two masks of an order
#
# `order` says when each token's turn comes. A token is a **target** where `is_target` says so and it is
# neither special nor padding; every other real token is **context**, known from the beginning. For real
# tokens $t, s$:
#
# | | $s$ is context | $s$ is a target |
# |---|---|---|
# | $t$ is context | content: seen; query: not seen | not seen |
# | $t$ is a target | content and query: seen | content: $o_s \le o_t$; query: $o_s < o_t$ |
#
# Nobody asks what stands at a place of context, so its rows of the query mask are all False. Padding is not
# seen and sees nothing.


# %%
def permutation_masks(order, is_target, is_special, padding_mask):
    """Who may be seen by the contents, and by the queries.

    Args:
        order: o, integer tensor (B, T), in each row the numbers from 0 to T - 1 in some order.
        is_target: Boolean tensor (B, T), the tokens that were drawn; special ones may be among them, and so
            may padding.
        is_special: Boolean tensor (B, T), True at [CLS] and [SEP].
        padding_mask: Boolean tensor (B, T), True at real tokens.

    Returns:
        A pair of boolean tensors (B, T, T): the content mask and the query mask.
    """
    # BEGIN SOLUTION
    is_context = ops.logical_or(ops.logical_not(is_target), is_special)
    ranks = ops.where(is_context, 0, order + 1)
    seen, seeing = ranks[:, None, :], ranks[:, :, None]
    real = ops.logical_and(padding_mask[:, None, :], padding_mask[:, :, None])
    return ops.logical_and(seen <= seeing, real), ops.logical_and(seen < seeing, real)
    # END SOLUTION


# %%
check(permutation_masks)

# %% [markdown]
# ## Two streams
#
# One layer of XLNet without heads, distances, norms and networks. Both streams ask with the same matrix $Q$,
# and look at the same keys $h K$ and values $h V$, those of the contents **before** the layer:
#
# $$ h'_t = h_t + \sum_{s:\, r_s \le r_t} \alpha_{ts}\, h_s V, \qquad
#    g'_t = g_t + \sum_{s:\, r_s < r_t} \beta_{ts}\, h_s V, $$
#
# $\alpha_t$ and $\beta_t$ the softmax of $\frac{(h_t Q) \cdot (h_s K)}{\sqrt D}$, and of
# $\frac{(g_t Q) \cdot (h_s K)}{\sqrt D}$, over the $s$ that are summed over. Where there is none, nothing is
# added. Scores may be large, beyond 900, at places that are seen and at places that are not.


# %%
def two_streams(content, query, ranks, weights):
    """One layer of two streams.

    Args:
        content: h, tensor (B, T, D), which knows its words.
        query: g, tensor (B, T, D), which does not.
        ranks: r, integer tensor (B, T); several tokens may have one rank.
        weights: Dict of tensors (D, D): "query" Q, "key" K and "value" V.

    Returns:
        A pair of tensors (B, T, D): the new content and the new query.
    """
    # BEGIN SOLUTION
    keys, values = ops.matmul(content, weights["key"]), ops.matmul(content, weights["value"])
    seen, seeing = ranks[:, None, :], ranks[:, :, None]

    def attend(stream, mask):
        asked = ops.matmul(stream, weights["query"])
        scores = ops.matmul(asked, ops.transpose(keys, (0, 2, 1))) / content.shape[-1] ** 0.5
        scores = ops.where(mask, scores, -1e30)
        shares = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True)) * ops.cast(mask, scores.dtype)
        total = ops.sum(shares, axis=-1, keepdims=True)
        return stream + ops.matmul(shares / ops.maximum(total, 1e-30), values)

    return attend(content, seen <= seeing), attend(query, seen < seeing)
    # END SOLUTION


# %%
check(two_streams)

# %% [markdown]
# ## Which words are asked for
#
# Each sentence has $M$ slots for words that are asked for, in no certain order. Slot $m$ of sentence $b$ asks
# for position $p_{bm}$; a slot with label 0 is not used, whatever its position says, and may stand anywhere:
#
# $$ \text{mapping}_{bmt} = [\,t = p_{bm}\,]\;[\,y_{bm} \neq 0\,], $$
#
# so that `einsum("bmt,btd->bmd", mapping, hidden)` takes from each sentence what stands at its own positions.


# %%
def target_mapping(positions, labels, length):
    """One row for each slot, with a one at its position.

    Args:
        positions: p, integer tensor (B, M), from 0 to T - 1.
        labels: y, integer tensor (B, M), 0 in slots that are not used.
        length: T, a Python int.

    Returns:
        Float tensor (B, M, T) of zeros and ones.
    """
    # BEGIN SOLUTION
    is_there = positions[:, :, None] == ops.arange(length)
    return ops.cast(ops.logical_and(is_there, labels[:, :, None] != 0), "float32")
    # END SOLUTION


# %%
check(target_mapping)
