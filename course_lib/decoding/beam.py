"""Beam search."""

import numpy as np
from keras import ops

from course_lib.decoding.coverage import follow_attention, log_coverage
from course_lib.decoding.search import (
    NO_TOKEN,
    check_ends,
    check_search,
    gather_state,
    gives_arrays,
    python_loop,
    repeat_state,
)


def length_normaliser(length, length_penalty):
    """What a hypothesis's log probability is divided by: `((5 + length) / 6) ** length_penalty`.

    Args:
        length: int or array, number of tokens, the end token among them.
        length_penalty: float; 0 leaves the log probability alone and so favours short sentences.

    Returns:
        float or array.

    Example:
        >>> from course_lib.decoding import length_normaliser
        >>> length_normaliser(7, length_penalty=1.0)
        2.0

    Reference: Wu et al. (2016), equation 14, https://arxiv.org/abs/1609.08144
    """
    return ((5 + length) / 6) ** length_penalty


@gives_arrays
def beam_search(
    step,
    state,
    *,
    start_id,
    end_id,
    batch_size,
    max_length,
    beam_width=5,
    length_penalty=1.0,
    coverage_penalty=0.0,
    while_loop=python_loop,
):
    """Keeps the best few unfinished hypotheses at every step and returns the best finished ones.

    `score(y) = sum_t log p(y[t] | y[<t]) / length_normaliser(|y|, length_penalty)
    + coverage_penalty log_coverage(sum_t attention_weights[t])`

    Unfinished hypotheses are compared by their log probability alone: they have one length, and may still
    attend to anything. A sentence's search ends when no unfinished hypothesis can still beat its worst
    finished one. A part of the state that the step hands on as it is, such as what was read of the source,
    must be equal in all hypotheses of a sentence: it is not moved about with them.

    Args:
        step, state, start_id, end_id, batch_size, max_length, while_loop: as for `greedy_decode`.
        beam_width: int `K`, how many hypotheses are kept.
        length_penalty: float, 0 or more, see `length_normaliser`.
        coverage_penalty: float, 0 or more, see `log_coverage`. Above 0 the model must say what it attends
            to: in its state, a dict, the last step's "attention_weights" `(B, S)` and the "memory_mask"
            `(B, S)`, as `Gnmt` and a `Seq2Seq` with attention have them.

    Returns:
        the pair token ids, int32 `(B, K, L)`, and scores, float64 `(B, K)`, best first: no start token, the
        end token kept, zeros behind it. A hypothesis that was cut at `max_length` has no end token. Where
        fewer than `K` hypotheses exist, the rest are zeros with a score of minus infinity.

    Raises:
        ValueError: if a size is not positive, a penalty is negative or not finite, the start or the end is
            no token of the vocabulary, coverage counts and the state has no attention weights, or a step
            gives NaN.

    Example:
        >>> from keras import ops
        >>> from course_lib.decoding import beam_search
        >>> probabilities = ops.array([[0, 0, 0, 0.4, 0.6]])  # token 3 ends, token 4 goes on
        >>> def step(token_ids, state):
        ...     return ops.log(ops.repeat(probabilities, len(token_ids), 0) + 1e-30), state
        >>> limits = {"start_id": 2, "end_id": 3, "batch_size": 1, "max_length": 4}
        >>> ids, scores = beam_search(step, {}, beam_width=2, length_penalty=0.0, **limits)
        >>> ids[0].tolist(), (2.718281828 ** scores[0]).round(2).tolist()
        ([[3, 0], [4, 3]], [0.4, 0.24])

    In the paper: length_penalty = α, coverage_penalty = β.
    Reference: Wu et al. (2016), section 7, https://arxiv.org/abs/1609.08144
    Taught in: notebooks/02_sequence_to_sequence
    """
    check_search(batch_size=batch_size, max_length=max_length, beam_width=beam_width)
    for name, penalty in {"length_penalty": length_penalty, "coverage_penalty": coverage_penalty}.items():
        if not 0 <= penalty < np.inf:
            raise ValueError(f"`{name}` must be 0 or more, and finite. Received: {name}={penalty}.")
    if end_id is None:
        raise ValueError("`end_id` must be a token: a beam keeps what has ended. Received: end_id=None.")
    hopes = length_normaliser(max_length, length_penalty)
    if coverage_penalty:
        step, state = follow_attention(step, state)

    def final_scores(log_probabilities, length, state):
        scores = log_probabilities / length_normaliser(ops.cast(length, "float32"), length_penalty)
        if coverage_penalty:
            covered = log_coverage(state["attended"], state["decoder"]["memory_mask"])
            scores = scores + coverage_penalty * ops.reshape(covered, (-1, beam_width))
        return scores

    def going(position, last, alive_ids, alive_scores, done_ids, done_scores, is_lost, state):
        # Log probabilities only fall, and coverage adds nothing above 0: the most that an unfinished
        # hypothesis can still reach.
        open_ends = ops.any(alive_scores[:, 0] / hopes > done_scores[:, -1])
        return ops.logical_and(position < max_length, ops.logical_or(position == 0, open_ends))

    def body(position, last, alive_ids, alive_scores, done_ids, done_scores, is_lost, state):
        logits, next_state = step(ops.reshape(last, (-1,)), state)
        logits = ops.cast(logits, "float32")
        size = logits.shape[-1]
        check_ends(size, start_id, end_id)
        is_nan = ops.isnan(logits)
        is_lost = ops.logical_or(is_lost, ops.any(ops.reshape(is_nan, (-1, beam_width * size)), axis=-1))
        logits = ops.where(is_nan, 0.0, logits)
        # What makes probabilities of a row of logits is one number: the best stay the best without it.
        scores = ops.reshape(alive_scores, (-1, 1)) - ops.logsumexp(logits, axis=-1, keepdims=True)

        ended_scores = ops.reshape(scores[:, 0] + logits[:, end_id], (-1, beam_width))
        ended_scores = final_scores(ended_scores, position + 1, next_state)
        ended_ids = write(alive_ids, position, ops.full_like(last, end_id))
        done_ids, done_scores = best_of(done_ids, done_scores, ended_ids, ended_scores)

        best, tokens = best_entries(logits, min(beam_width + 1, size))  # one more: it may be the end
        candidates = ops.where(tokens == end_id, -np.inf, scores + best)
        alive_scores, chosen = ops.top_k(
            ops.reshape(candidates, (-1, beam_width * best.shape[1])), beam_width
        )
        chosen = ops.cast(chosen, "int32")
        beams = chosen // best.shape[1]
        last = ops.take_along_axis(ops.reshape(tokens, (-1, beam_width * best.shape[1])), chosen, axis=1)
        alive_ids = write(ops.take_along_axis(alive_ids, beams[:, :, None], axis=1), position, last)
        rows = ops.arange(batch_size, dtype="int32")[:, None] * beam_width + beams
        state = gather_state(next_state, ops.reshape(rows, (-1,)), before=state)
        return position + 1, last, alive_ids, alive_scores, done_ids, done_scores, is_lost, state

    nothing = ops.zeros((batch_size, beam_width, max_length), dtype="int32")
    worst = ops.full((batch_size, beam_width), -np.inf, dtype="float32")
    # All beams start out equal: only the first one counts, or the search would keep copies of it.
    first = ops.where(ops.arange(beam_width) == 0, 0.0, worst)
    position, _, alive_ids, alive_scores, done_ids, done_scores, is_lost, state = while_loop(
        going,
        body,
        (
            ops.convert_to_tensor(0, dtype="int32"),
            ops.full((batch_size, beam_width), start_id, dtype="int32"),
            nothing,
            first,
            nothing,
            worst,
            ops.zeros((batch_size,), dtype="bool"),
            repeat_state(state, beam_width),
        ),
    )
    cut_scores = final_scores(alive_scores, position, state)
    ids, scores = fill_up(done_ids, done_scores, alive_ids, cut_scores)
    return ops.where(is_lost[:, None, None], NO_TOKEN, ids), scores


def write(ids, position, tokens):
    """Puts tokens `(B, K)` into ids `(B, K, L)` at a position."""
    return ops.slice_update(ids, ops.stack([0, 0, position]), tokens[:, :, None])


def best_entries(scores, count, groups=64):
    """The `count` greatest of every row of `(R, V)` and where they stand: `ops.top_k`, sooner for long rows.

    They stand in the `count` groups (entries `g`, `g + groups`, …) whose greatest entries are greatest.
    """
    size = scores.shape[-1]
    if size < 4 * groups or count > groups:
        best, where = ops.top_k(scores, count)
        return best, ops.cast(where, "int32")
    scores = ops.pad(scores, ((0, 0), (0, -size % groups)), constant_values=-np.inf)
    scores = ops.reshape(scores, (-1, (size + groups - 1) // groups, groups))
    _, chosen = ops.top_k(ops.max(scores, axis=1), count)
    chosen = ops.sort(ops.cast(chosen, "int32"), axis=-1)  # (R, count)
    entries = ops.take_along_axis(scores, chosen[:, None, :], axis=2)
    best, where = ops.top_k(ops.reshape(entries, (-1, entries.shape[1] * count)), count)
    where = ops.cast(where, "int32")
    return best, where // count * groups + ops.take_along_axis(chosen, where % count, axis=1)


def best_of(ids, scores, more_ids, more_scores):
    """Merges two sets of hypotheses `(B, K, L)` and keeps the best `K`; of equal ones, the first."""
    ids, scores = ops.concatenate([ids, more_ids], axis=1), ops.concatenate([scores, more_scores], axis=1)
    scores, best = ops.top_k(scores, scores.shape[1] // 2)
    return ops.take_along_axis(ids, best[:, :, None], axis=1), scores


def fill_up(done_ids, done_scores, cut_ids, cut_scores):
    """Puts hypotheses that were cut behind the finished ones, where fewer than `K` of these exist."""
    beam_width = done_scores.shape[1]
    finished = ops.sum(ops.cast(done_scores > -np.inf, "int32"), axis=1, keepdims=True)  # (B, 1)
    order = ops.arange(beam_width, dtype="int32")[None]
    order = ops.where(order < finished, order, order - finished + beam_width)
    ids, scores = (
        ops.take_along_axis(ops.concatenate([done_ids, cut_ids], axis=1), order[:, :, None], axis=1),
        ops.take_along_axis(ops.concatenate([done_scores, cut_scores], axis=1), order, axis=1),
    )
    return ops.where(scores[:, :, None] > -np.inf, ids, 0), scores
