"""What writing costs: keys and values that are kept, and the time of a word."""

import time

import numpy as np
import tensorflow as tf

BATCH_SIZE, LENGTH, WORDS_A_ROUND, NUM_ROUNDS = 16, 256, 64, 15


def cache_bytes(writer):
    """Bytes of keys and values that a writer keeps of each word, from the shapes of what it keeps.

    Example:
        >>> from benchmarks.writers.writer import Writer
        >>> writer = Writer(11, hidden_dim=8, num_heads=4, num_layers=3, num_groups=2)
        >>> cache_bytes(writer)  # 3 layers, keys and values, 2 groups, 2 numbers of 4 bytes
        96
    """
    tensors = [tensor for pair in writer.initial_state(1, LENGTH) for tensor in pair]
    return sum(int(np.prod(tensor.shape)) * 4 for tensor in tensors) // LENGTH


def step_ratios(writers, num_rounds=NUM_ROUNDS):
    """Processor seconds of writing some words over those of the first writer, all in turn in every round.

    Every step writes one word to each of 16 rows, with room for 256 words.

    Args:
        writers: dict of name → `Writer`, built.
        num_rounds: int; one more comes first, compiles, and is left out.

    Returns:
        dict of name → list of one ratio a round; none of the first writer.
    """
    steps = {name: compiled_step(writer) for name, writer in writers.items()}
    states = {name: writer.initial_state(BATCH_SIZE, LENGTH) for name, writer in writers.items()}
    first, found = next(iter(writers)), {name: [] for name in writers}
    for _ in range(num_rounds + 1):
        for name, step in steps.items():
            began, state = time.process_time(), states[name]
            ids = tf.fill((BATCH_SIZE,), 3)
            for position in range(WORDS_A_ROUND):
                ids, state = step(ids, state, tf.constant(position))
            ids.numpy()
            found[name].append(time.process_time() - began)
    return {
        name: [round(own / base, 3) for own, base in zip(seconds[1:], found[first][1:], strict=True)]
        for name, seconds in found.items()
        if name != first
    }


def compiled_step(writer):
    """One word more of each row: the likeliest one."""

    @tf.function(jit_compile=True, autograph=False)
    def step(token_ids, state, position):
        logits, state = writer.step(token_ids, state, position)
        return tf.argmax(logits, axis=-1, output_type=tf.int32), state

    return step
