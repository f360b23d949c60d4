"""Beam search."""

import numpy as np
from keras import ops

from course_lib.decoding.state import check_search, gather_state, repeat_state


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


def log_softmax(logits):
    """Log probabilities in float64, along the last axis."""
    logits = np.asarray(logits, dtype="float64")
    logits = logits - logits.max(axis=-1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


def beam_search(step, state, *, start_id, end_id, batch_size, max_length, beam_width=5, length_penalty=1.0):
    """Keeps the best few unfinished hypotheses at every step and returns the best finished ones.

    `score(y) = sum_t log p(y[t] | y[<t]) / length_normaliser(|y|, length_penalty)`

    A sentence's search ends when no unfinished hypothesis can still beat its worst finished one.

    Args:
        step, state, start_id, end_id, batch_size, max_length: as for `greedy_decode`.
        beam_width: int `K`, how many hypotheses are kept.
        length_penalty: float, 0 or more, see `length_normaliser`.

    Returns:
        The pair token ids, int32 `(B, K, L)`, and scores, float64 `(B, K)`, best first: no start token, the
        end token kept, zeros behind it. A hypothesis that was cut at `max_length` has no end token. Where
        fewer than `K` hypotheses exist, the rest are zeros with a score of minus infinity.

    Raises:
        ValueError: if a size is not positive or `length_penalty` is negative.

    Example:

    >>> from keras import ops
    >>> from course_lib.decoding import beam_search
    >>> probabilities = ops.array([[0, 0, 0, 0.4, 0.6]])  # token 3 ends, token 4 goes on
    >>> step = lambda token_ids, state: (ops.log(ops.repeat(probabilities, len(token_ids), 0) + 1e-30), state)
    >>> ids, scores = beam_search(step, {}, start_id=2, end_id=3, batch_size=1, max_length=4, beam_width=2,
    ...                           length_penalty=0.0)
    >>> ids[0].tolist(), (2.718281828 ** scores[0]).round(2).tolist()
    ([[3, 0], [4, 3]], [0.4, 0.24])

    Taught in: notebooks/02_sequence_to_sequence
    """
    check_search(batch_size=batch_size, max_length=max_length, beam_width=beam_width)
    if length_penalty < 0:
        raise ValueError(f"`length_penalty` must be 0 or more. Received: length_penalty={length_penalty}.")
    state = repeat_state(state, beam_width)
    alive_ids = np.zeros((batch_size, beam_width, 0), dtype="int32")
    # All beams start out equal: only the first one counts, or the search would keep copies of it.
    alive_scores = np.where(np.arange(beam_width) == 0, 0.0, -np.inf) * np.ones((batch_size, 1))
    done_ids = np.zeros((batch_size, beam_width, max_length), dtype="int32")
    done_scores = np.full((batch_size, beam_width), -np.inf)
    last = np.full((batch_size, beam_width), start_id, dtype="int32")

    for length in range(1, max_length + 1):
        logits, state = step(ops.convert_to_tensor(last.reshape(-1)), state)
        log_probabilities = log_softmax(ops.convert_to_numpy(logits)).reshape(batch_size, beam_width, -1)
        candidates = alive_scores[:, :, None] + log_probabilities  # (B, K, V)

        ended_scores = candidates[:, :, end_id] / length_normaliser(length, length_penalty)
        ended_ids = np.zeros_like(done_ids)
        ended_ids[:, :, : length - 1] = alive_ids
        ended_ids[:, :, length - 1] = end_id
        done_ids, done_scores = best_of(done_ids, done_scores, ended_ids, ended_scores)

        candidates[:, :, end_id] = -np.inf
        alive_scores, beams, last = best_continuations(candidates, beam_width)
        alive_ids = np.concatenate(
            [np.take_along_axis(alive_ids, beams[:, :, None], axis=1), last[:, :, None]], axis=2
        )
        # Log probabilities only fall: the most an unfinished hypothesis can still reach.
        hope = alive_scores[:, 0] / length_normaliser(max_length, length_penalty)
        if (hope <= done_scores[:, -1]).all():
            break
        rows = (np.arange(batch_size)[:, None] * beam_width + beams).reshape(-1)
        state = gather_state(state, rows)

    cut_ids = np.zeros_like(done_ids)
    cut_ids[:, :, :length] = alive_ids
    unfinished = alive_scores / length_normaliser(length, length_penalty)
    if length == max_length:
        done_ids, done_scores = fill_up(done_ids, done_scores, cut_ids, unfinished)
    used = max(1, int((done_ids != 0).any(axis=(0, 1)).sum()))
    return done_ids[:, :, :used], done_scores


def best_continuations(candidates, beam_width):
    """The `beam_width` best of `(B, K, V)` scores: scores, the beams they continue and their tokens."""
    batch_size, _, vocabulary_size = candidates.shape
    flat = candidates.reshape(batch_size, -1)
    best = np.argpartition(-flat, min(beam_width, flat.shape[1]) - 1, axis=1)[:, :beam_width]
    scores = np.take_along_axis(flat, best, axis=1)
    order = np.argsort(-scores, axis=1, kind="stable")
    best, scores = np.take_along_axis(best, order, axis=1), np.take_along_axis(scores, order, axis=1)
    return scores, best // vocabulary_size, (best % vocabulary_size).astype("int32")


def best_of(ids, scores, more_ids, more_scores):
    """Merges two sets of hypotheses `(B, K, L)` and keeps the best `K`."""
    ids, scores = np.concatenate([ids, more_ids], axis=1), np.concatenate([scores, more_scores], axis=1)
    best = np.argsort(-scores, axis=1, kind="stable")[:, : scores.shape[1] // 2]
    return np.take_along_axis(ids, best[:, :, None], axis=1), np.take_along_axis(scores, best, axis=1)


def fill_up(done_ids, done_scores, cut_ids, cut_scores):
    """Puts hypotheses that were cut behind the finished ones, where fewer than `K` of these exist."""
    ids, scores = (
        np.concatenate([done_ids, cut_ids], axis=1),
        np.concatenate([done_scores, cut_scores], axis=1),
    )
    finished = np.zeros(scores.shape, dtype=bool)
    finished[:, : done_scores.shape[1]] = np.isfinite(done_scores)
    best = np.lexsort((-scores, ~finished), axis=1)[:, : done_scores.shape[1]]
    return np.take_along_axis(ids, best[:, :, None], axis=1), np.take_along_axis(scores, best, axis=1)
