"""Wrong answers to `bits_per_character`, each named after the mistake it makes."""

import math

from keras import ops


def _nats(log_probabilities, padding_mask):
    return -ops.sum(ops.where(padding_mask, log_probabilities, 0.0), axis=1)  # (B,)


def _real(tensor):
    return ops.cast(tensor, "float32")


def bits_per_token(log_probabilities, padding_mask, num_characters):
    nats = ops.sum(_nats(log_probabilities, padding_mask))
    return nats / math.log(2) / ops.sum(_real(padding_mask))


def in_nats(log_probabilities, padding_mask, num_characters):
    return ops.sum(_nats(log_probabilities, padding_mask)) / _real(ops.sum(num_characters))


def mean_of_sentences(log_probabilities, padding_mask, num_characters):
    return ops.mean(_nats(log_probabilities, padding_mask) / math.log(2) / _real(num_characters))


def one_value_a_sentence(log_probabilities, padding_mask, num_characters):
    return _nats(log_probabilities, padding_mask) / math.log(2) / _real(num_characters)


def divided_twice(log_probabilities, padding_mask, num_characters):
    bits = ops.mean(_nats(log_probabilities, padding_mask)) / math.log(2)
    return bits / _real(ops.sum(num_characters))


def padding_paid(log_probabilities, padding_mask, num_characters):
    return -ops.sum(log_probabilities) / math.log(2) / _real(ops.sum(num_characters))


def end_free(log_probabilities, padding_mask, num_characters):
    goes_on = ops.concatenate([padding_mask[:, 1:], ops.zeros_like(padding_mask[:, :1])], axis=1)
    nats = ops.sum(_nats(log_probabilities, goes_on))
    return nats / math.log(2) / _real(ops.sum(num_characters))


def end_a_character(log_probabilities, padding_mask, num_characters):
    nats = ops.sum(_nats(log_probabilities, padding_mask))
    return nats / math.log(2) / _real(ops.sum(num_characters + 1))


def exponentiated(log_probabilities, padding_mask, num_characters):
    nats = ops.sum(_nats(log_probabilities, padding_mask))
    return ops.exp(nats / _real(ops.sum(num_characters)))


def sign_forgotten(log_probabilities, padding_mask, num_characters):
    nats = ops.sum(_nats(log_probabilities, padding_mask))
    return -nats / math.log(2) / _real(ops.sum(num_characters))


def upside_down(log_probabilities, padding_mask, num_characters):
    nats = ops.sum(_nats(log_probabilities, padding_mask))
    return _real(ops.sum(num_characters)) * math.log(2) / nats
