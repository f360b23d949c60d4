"""How many times as fast a student reads, by the number of sentences at a time."""

import time

import keras
import numpy as np
import tensorflow as tf

BATCH_SIZES, LENGTH = (1, 8, 32), 32


def speed_ratios(teacher, student, vocabulary_size, num_rounds=21, batch_sizes=BATCH_SIZES, length=LENGTH):
    """Seconds of the teacher over those of the student, both in turn in every round.

    Returns:
        dict: sentences at a time, as text → list of one ratio a round; the first round compiles and is left
        out.
    """
    readers = [tf.function(model) for model in (teacher, student)]
    found = {}
    for batch_size in batch_sizes:
        ids = np.random.default_rng(0).integers(1, vocabulary_size, (batch_size, length)).astype("int32")
        batch = {
            "token_ids": keras.ops.convert_to_tensor(ids),
            "padding_mask": keras.ops.ones((batch_size, length), "bool"),
        }
        ratios = []
        for _ in range(num_rounds + 1):
            seconds = []
            for reader in readers:
                began = time.perf_counter()
                keras.ops.convert_to_numpy(reader(batch))
                seconds.append(time.perf_counter() - began)
            ratios.append(round(seconds[0] / seconds[1], 3))
        found[str(batch_size)] = ratios[1:]
    return found
