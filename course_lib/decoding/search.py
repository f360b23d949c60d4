"""What the searches share: how a loop is run, the loop that follows one path, and states moved about."""

import functools

import keras
import numpy as np
from keras import ops

NO_TOKEN = -1  # what a search puts down where logits are NaN


def python_loop(going, body, variables):
    """`keras.ops.while_loop` as a loop of Python, so that steps may be any Python on every backend."""
    while bool(going(*variables)):
        variables = body(*variables)
    return variables


def gives_arrays(search):
    """A search that gives NumPy arrays, its token ids no wider than the longest sentence.

    The search as it was written, from tensors to tensors of static shape, stays reachable as `__wrapped__`.
    """

    @functools.wraps(search)
    def searched(*arguments, **settings):
        return trim(search(*arguments, **settings))

    return searched


def trim(outcome):
    """Token ids, or the pair of them and scores, as NumPy arrays without columns that no sentence reaches.

    Raises:
        ValueError: if a search met logits of NaN, which say nothing about what comes next.
    """
    ids, *scores = map(ops.convert_to_numpy, outcome if isinstance(outcome, tuple | list) else (outcome,))
    is_lost = (ids == NO_TOKEN).reshape(len(ids), -1).any(axis=1)
    if is_lost.any():
        raise ValueError(
            "Logits must be numbers to choose a token by. Received: NaN, for "
            f"{is_lost.sum()} of {len(ids)} sentences. It comes from a token outside the vocabulary, a step "
            "that the state has no room for, or training that went astray."
        )
    (used,) = np.nonzero(ids.reshape(-1, ids.shape[-1]).any(axis=0))
    ids = ids[..., : used[-1] + 1 if len(used) else 1]
    return (ids, scores[0].astype("float64")) if scores else ids


def check_search(**sizes):
    """Refuses sizes that are known and are no positive integers."""
    for name, size in sizes.items():
        is_integer = isinstance(size, int | np.integer)
        if (is_integer and size < 1) or isinstance(size, float):
            raise ValueError(f"`{name}` must be a positive integer. Received: {name}={size}.")


def check_ends(vocabulary_size, start_id, end_id):
    """Refuses a start or an end that is no token of the vocabulary that logits are about."""
    for name, token_id in {"start_id": start_id, "end_id": end_id}.items():
        if token_id is not None and not 0 <= token_id < vocabulary_size:
            raise ValueError(
                f"`{name}` must be at least 0 and below the vocabulary's size of {vocabulary_size}. "
                f"Received: {name}={token_id}."
            )


def follow(choose, step, state, *, start_id, end_id, batch_size, max_length, while_loop):
    """Decodes one path a sentence; `choose(logits, position)` picks the next token ids `(B,)`.

    Stops when every sentence has ended. Returns token ids `(B, max_length)`: no start token, the end token
    kept, zeros behind it; `NO_TOKEN` where logits were NaN, and zeros behind it.
    """
    check_search(batch_size=batch_size, max_length=max_length)

    def going(position, token_ids, running, decoded, state):
        return ops.logical_and(position < max_length, ops.any(running))

    def body(position, token_ids, running, decoded, state):
        logits, state = step(token_ids, state)
        logits = ops.convert_to_tensor(logits)
        check_ends(logits.shape[-1], start_id, end_id)
        chosen = ops.cast(choose(logits, position), "int32")
        chosen = ops.where(ops.any(ops.isnan(logits), axis=-1), NO_TOKEN, chosen)
        token_ids = ops.where(running, chosen, 0)
        decoded = ops.slice_update(decoded, ops.stack([position, 0]), token_ids[None])
        running = ops.logical_and(running, token_ids != NO_TOKEN)
        if end_id is not None:
            running = ops.logical_and(running, token_ids != end_id)
        # No step is asked what follows a token that there is not.
        return position + 1, ops.maximum(token_ids, 0), running, decoded, state

    first = (
        ops.convert_to_tensor(0, dtype="int32"),
        ops.full((batch_size,), start_id, dtype="int32"),
        ops.ones((batch_size,), dtype="bool"),
        ops.zeros((max_length, batch_size), dtype="int32"),
        state,
    )
    return ops.transpose(while_loop(going, body, first)[3])


def repeat_state(state, times):
    """Repeats every row of a state: row `b` becomes rows `b * times` to `b * times + times - 1`."""
    return keras.tree.map_structure(lambda tensor: ops.repeat(tensor, times, axis=0), state)


def gather_state(state, rows, before=None):
    """Takes the given rows of a state, with repetition.

    What a step handed on as it was `before`, the same tensor, belongs to the sentence, is equal in all its
    hypotheses, and stays where it is.
    """
    if before is None:
        return keras.tree.map_structure(lambda tensor: ops.take(tensor, rows, axis=0), state)
    return keras.tree.map_structure(
        lambda tensor, old: tensor if tensor is old else ops.take(tensor, rows, axis=0), state, before
    )
