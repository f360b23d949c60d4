"""Wrong answers to `bits_per_character` beside its mutants."""

import math

import numpy as np
from keras import ops


def _bits(log_probabilities, padding_mask):
    return -ops.sum(ops.where(padding_mask, log_probabilities, 0.0)) / math.log(2)


def _real(tensor):
    return ops.cast(tensor, "float32")


def base_ten(log_probabilities, padding_mask, num_characters):
    bits = _bits(log_probabilities, padding_mask)
    return bits * math.log(2) / math.log(10) / _real(ops.sum(num_characters))


def over_tokens_and_characters_together(log_probabilities, padding_mask, num_characters):
    tokens = ops.sum(_real(padding_mask))
    return _bits(log_probabilities, padding_mask) / (tokens + _real(ops.sum(num_characters)))


def over_the_places_of_the_batch(log_probabilities, padding_mask, num_characters):
    return _bits(log_probabilities, padding_mask) / math.prod(log_probabilities.shape)


def over_the_longest_sentence(log_probabilities, padding_mask, num_characters):
    return _bits(log_probabilities, padding_mask) / _real(ops.max(num_characters))


def bits_alone(log_probabilities, padding_mask, num_characters):
    return _bits(log_probabilities, padding_mask)


def mask_taken_from_zeros(log_probabilities, padding_mask, num_characters):
    paid = ops.where(log_probabilities < 0, log_probabilities, 0.0)
    return -ops.sum(paid) / math.log(2) / _real(ops.sum(num_characters))


def positive_at_padding_only(log_probabilities, padding_mask, num_characters):
    paid = ops.where(padding_mask, 0.0, log_probabilities)
    return -ops.sum(paid) / math.log(2) / _real(ops.sum(num_characters))


def rounded(log_probabilities, padding_mask, num_characters):
    return np.round(float(_bits(log_probabilities, padding_mask) / _real(ops.sum(num_characters))), 2)


def bits_per_token__in_nats(log_probabilities, padding_mask, num_characters):
    nats = _bits(log_probabilities, padding_mask) * math.log(2)
    return nats / ops.sum(_real(padding_mask))


def in_nats__multiplied(log_probabilities, padding_mask, num_characters):
    nats = _bits(log_probabilities, padding_mask) * math.log(2)
    return nats * math.log(2) / _real(ops.sum(num_characters))
