"""Wrong answers to `sample_words` beside its mutants."""

import numpy as np
from keras import ops

NEVER = -float("inf")


def _gumbel(even):
    return -ops.log(-ops.log(even))


def _draw(scores, is_allowed):
    return ops.argmax(ops.where(is_allowed, scores, NEVER), axis=-1)


def soft_sample__one_hot(logits, even, temperature, is_allowed):
    words = _draw(logits / temperature + _gumbel(even), is_allowed)
    return ops.one_hot(words, logits.shape[-1], dtype="float32")


def likeliest_word__of_probabilities(logits, even, temperature, is_allowed):
    logits = ops.where(is_allowed, logits / temperature, -1e9)
    return ops.argmax(ops.softmax(logits), axis=-1)


def one_logarithm__of_the_other_sign(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + ops.log(even), is_allowed)


def one_logarithm__none(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + even, is_allowed)


def temperature_without_effect__left_out(logits, even, temperature, is_allowed):
    return _draw(logits + _gumbel(even), is_allowed)


def same_noise_everywhere__for_all_sequences(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + _gumbel(even[:1]), is_allowed)


def likeliest_word__noise_shared_by_all_words(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + _gumbel(even[..., :1]), is_allowed)


def disallowed_scores_zero__before_the_noise(logits, even, temperature, is_allowed):
    logits = logits * ops.cast(is_allowed, "float32")
    return ops.argmax(logits / temperature + _gumbel(even), axis=-1)


def noise_of_one_minus(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + _gumbel(1 - even), is_allowed)


def noise_twice(logits, even, temperature, is_allowed):
    return _draw(logits / temperature + 2 * _gumbel(even), is_allowed)


def in_the_order_of_the_allowed(logits, even, temperature, is_allowed):
    allowed = np.flatnonzero(np.array(is_allowed))
    scores = np.array(logits / temperature + _gumbel(even))[..., allowed]
    return scores.argmax(axis=-1)


def places_for_words(logits, even, temperature, is_allowed):
    return ops.argmax(ops.where(is_allowed, logits / temperature + _gumbel(even), NEVER), axis=1)


def second_best(logits, even, temperature, is_allowed):
    scores = ops.where(is_allowed, logits / temperature + _gumbel(even), -1e9)
    return ops.argsort(scores, axis=-1)[..., -2]
