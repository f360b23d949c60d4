"""Wrong answers to `sample_words`, each named after the mistake it makes."""

from keras import ops

NEVER = -float("inf")


def _noise(even):
    return -ops.log(-ops.log(even))


def _draw(scores, is_allowed):
    return ops.argmax(ops.where(is_allowed, scores, NEVER), axis=-1)


def soft_sample(logits, even, temperature, is_allowed):
    scores = ops.where(is_allowed, logits / temperature + _noise(even), NEVER)
    return ops.softmax(scores, axis=-1)


def likeliest_word(logits, even, temperature, is_allowed):
    return _draw(logits / temperature, is_allowed)


def noise_subtracted(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + ops.log(-ops.log(even)), is_allowed)


def one_logarithm(logits, even, temperature, is_allowed):
    return _draw(logits / temperature - ops.log(even), is_allowed)


def noise_added_to_probabilities(logits, even, temperature, is_allowed):
    return _draw(ops.softmax(logits / temperature) + _noise(even), is_allowed)


def temperature_multiplied(logits, even, temperature, is_allowed):
    return _draw(logits * temperature + _noise(even), is_allowed)


def temperature_without_effect(logits, even, temperature, is_allowed):
    return _draw((logits + _noise(even)) / temperature, is_allowed)


def same_noise_everywhere(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + _noise(even[0, 0]), is_allowed)


def disallowed_tokens_drawn(logits, even, temperature, is_allowed):
    return ops.argmax(logits / temperature + _noise(even), axis=-1)


def disallowed_scores_zero(logits, even, temperature, is_allowed):
    scores = logits / temperature + _noise(even)
    return ops.argmax(scores * ops.cast(is_allowed, scores.dtype), axis=-1)


def allowed_inverted(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + _noise(even), ops.logical_not(is_allowed))


def least_likely(logits, even, temperature, is_allowed):
    return ops.argmin(ops.where(is_allowed, logits / temperature + _noise(even), -NEVER), axis=-1)
