"""What the searches share: how a loop is run, the loop that follows one path, and states moved about."""

import functools

import keras
import numpy as np
from keras import ops


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
    """Token ids, or the pair of them and scores, as NumPy arrays without columns that no sentence reaches."""
    ids, *scores = map(ops.convert_to_numpy, outcome if isinstance(outcome, tuple | list) else (outcome,))
    (used,) = np.nonzero(ids.reshape(-1, ids.shape[-1]).any(axis=0))
    ids = ids[..., : used[-1] + 1 if len(used) else 1]
    return (ids, scores[0].astype("float64")) if scores else ids


def check_search(**sizes):
    """Refuses sizes below one."""
    for name, size in sizes.items():
        if isinstance(size, int) and size < 1:
            raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")


def follow(choose, step, state, *, start_id, end_id, batch_size, max_length, while_loop):
    """Decodes one path a sentence; `choose(logits, position)` picks the next token ids `(B,)`.

    Stops when every sentence has ended. Returns token ids `(B, max_length)`: no start token, the end token
    kept, zeros behind it.
    """
    check_search(batch_size=batch_size, max_length=max_length)

    def going(position, token_ids, running, written, state):
        return ops.logical_and(position < max_length, ops.any(running))

    def body(position, token_ids, running, written, state):
        logits, state = step(token_ids, state)
        chosen = ops.cast(choose(ops.convert_to_tensor(logits), position), "int32")
        token_ids = ops.where(running, chosen, 0)
        running = ops.logical_and(running, token_ids != end_id)
        written = ops.slice_update(written, ops.stack([position, 0]), token_ids[None])
        return position + 1, token_ids, running, written, state

    start = (
        ops.convert_to_tensor(0, dtype="int32"),
        ops.full((batch_size,), start_id, dtype="int32"),
        ops.ones((batch_size,), dtype="bool"),
        ops.zeros((max_length, batch_size), dtype="int32"),
        state,
    )
    return ops.transpose(while_loop(going, body, start)[3])


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
