"""Wrong answers to `length_normalised_scores`, each named after the mistake it makes."""

from keras import ops


def _total_and_length(token_log_probabilities, token_ids):
    is_real = ops.cast(token_ids != 0, token_log_probabilities.dtype)
    return ops.sum(token_log_probabilities * is_real, axis=1), ops.sum(is_real, axis=1)


def padding_in_length(token_log_probabilities, token_ids, length_penalty):
    total, _ = _total_and_length(token_log_probabilities, token_ids)
    return total / ((5 + token_ids.shape[1]) / 6) ** length_penalty


def padding_summed(token_log_probabilities, token_ids, length_penalty):
    _, length = _total_and_length(token_log_probabilities, token_ids)
    return ops.sum(token_log_probabilities, axis=1) / ((5 + length) / 6) ** length_penalty


def not_normalised(token_log_probabilities, token_ids, length_penalty):
    total, _ = _total_and_length(token_log_probabilities, token_ids)
    return total


def multiplied(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total * ((5 + length) / 6) ** length_penalty


def mean_not_power(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / length


def five_and_six_forgotten(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / length**length_penalty


def penalty_as_factor(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / (length_penalty * (5 + length) / 6)


def power_misplaced(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / ((5 + length) ** length_penalty / 6)


def end_not_counted(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return total / ((5 + length - 1) / 6) ** length_penalty


def probabilities(token_log_probabilities, token_ids, length_penalty):
    total, length = _total_and_length(token_log_probabilities, token_ids)
    return ops.exp(total / ((5 + length) / 6) ** length_penalty)
