import numpy as np
from keras import ops


def wrong_1(token_log_probabilities, token_ids, length_penalty):
    """Sums what stands at padding, too; wrong on almost any input."""
    length = ops.sum(ops.cast(ops.not_equal(token_ids, 0), "float32"), axis=1)
    return ops.sum(token_log_probabilities, axis=1) / ((5 + length) / 6) ** length_penalty


def wrong_2(token_log_probabilities, token_ids, length_penalty):
    """Takes T for the length of every sentence. Wrong on: a padded row (power above 0)."""
    real = ops.where(ops.not_equal(token_ids, 0), token_log_probabilities, 0.0)
    return ops.sum(real, axis=1) / ((5 + token_ids.shape[1]) / 6) ** length_penalty


def wrong_3(token_log_probabilities, token_ids, length_penalty):
    """Multiplies by the mask: nan when padding holds -inf or nan."""
    mask = ops.cast(ops.not_equal(token_ids, 0), token_log_probabilities.dtype)
    length = ops.sum(mask, axis=1)
    return ops.sum(mask * token_log_probabilities, axis=1) / ((5 + length) / 6) ** length_penalty


def wrong_4(token_log_probabilities, token_ids, length_penalty):
    """Divides by the length to the power, without the (5 + n) / 6. Wrong on: any power above 0."""
    mask = ops.not_equal(token_ids, 0)
    length = ops.sum(ops.cast(mask, "float32"), axis=1)
    return ops.sum(ops.where(mask, token_log_probabilities, 0.0), axis=1) / length**length_penalty


def wrong_5(token_log_probabilities, token_ids, length_penalty):
    """Does not count the end token into the length; wrong unless the power is 0."""
    mask = ops.not_equal(token_ids, 0)
    length = ops.sum(ops.cast(mask, "float32"), axis=1) - 1
    total = ops.sum(ops.where(mask, token_log_probabilities, 0.0), axis=1)
    return total / ((5 + length) / 6) ** length_penalty


def wrong_6(token_log_probabilities, token_ids, length_penalty):
    """Multiplies by the penalty in place of raising to it; infinite at 0."""
    mask = ops.not_equal(token_ids, 0)
    length = ops.sum(ops.cast(mask, "float32"), axis=1)
    total = ops.sum(ops.where(mask, token_log_probabilities, 0.0), axis=1)
    return total / (length_penalty * (5 + length) / 6)


def wrong_7(token_log_probabilities, token_ids, length_penalty):
    """Always raises to 0.6, whatever the argument says. Wrong on: any power but 0.6."""
    mask = ops.not_equal(token_ids, 0)
    length = ops.sum(ops.cast(mask, "float32"), axis=1)
    total = ops.sum(ops.where(mask, token_log_probabilities, 0.0), axis=1)
    return total / ((5 + length) / 6) ** 0.6


def wrong_8(token_log_probabilities, token_ids, length_penalty):
    """Divides by 6 in whole numbers; wrong unless (5 + n) is a multiple of 6."""
    values, ids = np.array(token_log_probabilities), np.array(token_ids)
    length = (ids != 0).sum(axis=1)
    total = np.where(ids != 0, values, 0).sum(axis=1)
    return ops.convert_to_tensor(total / ((5 + length) // 6) ** float(length_penalty))


def wrong_9(token_log_probabilities, token_ids, length_penalty):
    """Brackets wrong: 5 + n / 6 under the power."""
    mask = ops.not_equal(token_ids, 0)
    length = ops.sum(ops.cast(mask, "float32"), axis=1)
    total = ops.sum(ops.where(mask, token_log_probabilities, 0.0), axis=1)
    return total / (5 + length / 6) ** length_penalty


def right_1(token_log_probabilities, token_ids, length_penalty):
    """NumPy with a masked sum."""
    p, real = np.asarray(token_log_probabilities), np.asarray(token_ids) != 0
    return np.sum(p, axis=1, where=real) * ((5 + real.sum(axis=1)) / 6) ** -float(length_penalty)


def right_2(token_log_probabilities, token_ids, length_penalty):
    """Loops in pure Python."""
    scores = []
    for row, ids in zip(np.asarray(token_log_probabilities).tolist(), np.asarray(token_ids).tolist()):
        real = [p for p, w in zip(row, ids) if w != 0]
        scores.append(sum(real) / ((5 + len(real)) / 6) ** length_penalty)
    return ops.convert_to_tensor(scores, dtype="float32")


def right_3(token_log_probabilities, token_ids, length_penalty):
    """The power as an exponential of a logarithm."""
    real = ops.not_equal(token_ids, 0)
    kept = ops.where(real, token_log_probabilities, ops.zeros_like(token_log_probabilities))
    count = ops.cast(ops.count_nonzero(token_ids, axis=1), kept.dtype)
    return ops.einsum("bt->b", kept) * ops.exp(-length_penalty * ops.log((count + 5.0) / 6.0))
