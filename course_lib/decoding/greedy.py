"""Greedy decoding."""

from keras import ops

from course_lib.decoding.search import follow, gives_arrays, python_loop


@gives_arrays
def greedy_decode(step, state, *, start_id, end_id, batch_size, max_length, while_loop=python_loop):
    """Takes the most probable token at every step.

    `y[t] = argmax_v p(v | y[<t])`

    Args:
        step: step function, `(token_ids (B,), state) -> (logits (B, V), state)`.
        state: the state before the first step.
        start_id: int, the token that the first step reads.
        end_id: int, the token that ends a sentence; `None` to write `max_length` tokens in any case.
        batch_size: int, `B`.
        max_length: int, the number of tokens after which a sentence is cut.
        while_loop: how the loop is run; `keras.ops.while_loop` makes it part of a compiled program, see
            `CompiledSearch`.

    Returns:
        int32 array `(B, L)` with `L <= max_length`: no start token, the end token kept, zeros behind it.

    Raises:
        ValueError: if a size is not positive, the start or the end is no token of the vocabulary, or a step
            gives NaN.

    Example:
        >>> import numpy as np
        >>> from keras import ops
        >>> from course_lib.decoding import greedy_decode
        >>> count_up = lambda token_ids, state: (ops.one_hot(token_ids + 1, 8), state)
        >>> greedy_decode(count_up, {}, start_id=2, end_id=6, batch_size=1, max_length=9).tolist()
        [[3, 4, 5, 6]]

    Taught in: notebooks/02_sequence_to_sequence
    """
    return follow(
        lambda logits, position: ops.argmax(logits, axis=-1),
        step,
        state,
        start_id=start_id,
        end_id=end_id,
        batch_size=batch_size,
        max_length=max_length,
        while_loop=while_loop,
    )
