"""Wrong answers to `length_normalised_scores` beside its mutants."""

from keras import ops


def _total_and_length(token_log_probabilities, token_ids):
    mask = ops.cast(token_ids != 0, "float32")
    return ops.sum(token_log_probabilities * mask, axis=1), ops.sum(mask, axis=1)


def penalty_of_zero_replaced(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / ((5 + length) / 6) ** (length_penalty or 0.6)


def length_of_what_is_not_zero(token_log_probabilities, token_ids, length_penalty):
    total, _ = _total_and_length(token_log_probabilities, token_ids)
    real = ops.logical_and(token_ids != 0, token_log_probabilities != 0)
    return total / ((5 + ops.sum(ops.cast(real, "float32"), axis=1)) / 6) ** length_penalty


def mask_from_the_sign(token_log_probabilities, token_ids, length_penalty):
    mask = ops.cast(token_log_probabilities < 0, "float32")
    total, length = ops.sum(token_log_probabilities * mask, axis=1), ops.sum(mask, axis=1)
    return total / ((5 + length) / 6) ** length_penalty


def id_one_is_padding(token_log_probabilities, token_ids, length_penalty):
    mask = ops.cast(token_ids > 1, "float32")
    total, length = ops.sum(token_log_probabilities * mask, axis=1), ops.sum(mask, axis=1)
    return total / ((5 + length) / 6) ** length_penalty


def six_and_five_exchanged(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / ((6 + length) / 5) ** length_penalty


def length_of_the_first_sentence(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / ((5 + length[0]) / 6) ** length_penalty


def summed_over_the_batch(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return ops.sum(total / ((5 + length) / 6) ** length_penalty)


def penalty_subtracted(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total - length_penalty * length


def logarithm_of_the_length(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / (1 + ops.log(length)) ** length_penalty


def whole_steps_of_the_penalty(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / ((5 + length) / 6) ** round(length_penalty)


def power_of_the_penalty(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / length_penalty ** ((5 + length) / 6)


def whole_division(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / ((5 + length) // 6) ** length_penalty


def padding_in_length__by_the_shape(token_log_probabilities, token_ids, length_penalty):
    return ops.sum(token_log_probabilities, axis=1) / ((5 + token_ids.shape[-1]) / 6) ** length_penalty
