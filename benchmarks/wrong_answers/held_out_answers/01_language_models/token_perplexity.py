import math

import numpy as np
from keras import ops


def wrong_1(log_probabilities, padding_mask):
    """Averages over padded positions, too; wrong wherever a row is padded."""
    return ops.exp(-ops.mean(log_probabilities))


def wrong_2(log_probabilities, padding_mask):
    """Takes the mean of each sentence and then the mean of those; wrong when sentences differ in length."""
    kept = ops.cast(padding_mask, "float32")
    real = ops.where(padding_mask, log_probabilities, 0.0)
    per_sentence = ops.sum(real, axis=1) / ops.sum(kept, axis=1)
    return ops.exp(-ops.mean(per_sentence))


def wrong_3(log_probabilities, padding_mask):
    """Raises 2, not e, to the mean in nats; wrong on every input."""
    kept = ops.cast(padding_mask, "float32")
    real = ops.where(padding_mask, log_probabilities, 0.0)
    return ops.power(2.0, -ops.sum(real) / ops.sum(kept))


def wrong_4(log_probabilities, padding_mask):
    """Multiplies by the mask, so 0 times -inf (or nan) at a padded position makes nan."""
    kept = ops.cast(padding_mask, log_probabilities.dtype)
    return ops.exp(-ops.sum(kept * log_probabilities) / ops.sum(kept))


def wrong_5(log_probabilities, padding_mask):
    """Masks the sum but divides by B T, padding included; wrong wherever a row is padded."""
    real = ops.where(padding_mask, log_probabilities, 0.0)
    rows, length = log_probabilities.shape
    return ops.exp(-ops.sum(real) / (rows * length))


def wrong_6(log_probabilities, padding_mask):
    """Averages the perplexities of the tokens instead of their logarithms; wrong unless all are equal."""
    real = np.array(log_probabilities)[np.array(padding_mask)]
    return ops.convert_to_tensor(np.mean(np.exp(-real)))


def wrong_7(log_probabilities, padding_mask):
    """Reads the mask the other way round, True as padding; wrong wherever both occur."""
    real = ops.where(padding_mask, 0.0, log_probabilities)
    count = ops.sum(ops.cast(ops.logical_not(padding_mask), "float32"))
    return ops.exp(-ops.sum(real) / ops.maximum(count, 1.0))


def wrong_8(log_probabilities, padding_mask):
    """Guesses padding from values of zero and so drops real tokens of probability 1 and keeps padding. Wrong on: padding that is not 0, or a real log probability of 0."""
    kept = ops.cast(ops.not_equal(log_probabilities, 0.0), "float32")
    return ops.exp(-ops.sum(ops.where(kept > 0, log_probabilities, 0.0)) / ops.maximum(ops.sum(kept), 1.0))


def right_1(log_probabilities, padding_mask):
    """NumPy, boolean index."""
    values = np.asarray(log_probabilities)[np.asarray(padding_mask)]
    return ops.convert_to_tensor(np.exp(-values.mean()))


def right_2(log_probabilities, padding_mask):
    """Loops in pure Python, a float turned into a tensor."""
    total, count = 0.0, 0
    for row, keep in zip(np.asarray(log_probabilities).tolist(), np.asarray(padding_mask).tolist()):
        for value, real in zip(row, keep):
            if real:
                total += value
                count += 1
    return ops.convert_to_tensor(math.exp(-total / count))


def right_3(log_probabilities, padding_mask):
    """Keras ops; the root of a product, by way of a weighted average."""
    flat = ops.reshape(ops.where(padding_mask, log_probabilities, ops.zeros_like(log_probabilities)), (-1,))
    share = ops.cast(ops.reshape(padding_mask, (-1,)), flat.dtype)
    return 1.0 / ops.exp(ops.sum(flat) / ops.sum(share))
