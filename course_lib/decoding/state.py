"""What the searches share: moving states about, and one loop for those that follow a single path."""

import keras
import numpy as np
from keras import ops


def repeat_state(state, times):
    """Repeats every row of a state: row `b` becomes rows `b * times` to `b * times + times - 1`."""
    return keras.tree.map_structure(lambda tensor: ops.repeat(tensor, times, axis=0), state)


def gather_state(state, rows):
    """Takes the given rows of a state, with repetition."""
    return keras.tree.map_structure(lambda tensor: ops.take(tensor, rows, axis=0), state)


def check_search(**sizes):
    """Refuses sizes below one."""
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")


def follow(choose, step, state, *, start_id, end_id, batch_size, max_length):
    """Decodes one path a sentence; `choose` picks the next token ids `(B,)` from logits `(B, V)`.

    Stops when every sentence has ended. Returns token ids `(B, L)`: no start token, the end token kept,
    zeros behind it.
    """
    check_search(batch_size=batch_size, max_length=max_length)
    token_ids = np.full(batch_size, start_id, dtype="int32")
    running = np.ones(batch_size, dtype=bool)
    written = []
    for _ in range(max_length):
        logits, state = step(ops.convert_to_tensor(token_ids), state)
        token_ids = np.where(running, choose(ops.convert_to_numpy(logits)), 0).astype("int32")
        written.append(token_ids)
        running &= token_ids != end_id
        if not running.any():
            break
    return np.stack(written, axis=1)
