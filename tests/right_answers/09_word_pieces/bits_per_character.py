"""Right answers to `bits_per_character` in other styles."""

import math

import numpy as np
from keras import ops


def picked_by_the_mask(log_probabilities, padding_mask, num_characters):
    nats = -np.asarray(log_probabilities)[np.asarray(padding_mask)].sum()
    return nats * math.log2(math.e) / np.sum(num_characters)


def in_loops(log_probabilities, padding_mask, num_characters):
    bits, characters = 0.0, 0
    for row, mask, count in zip(
        np.asarray(log_probabilities), np.asarray(padding_mask), num_characters, strict=True
    ):
        characters += int(count)
        for value, is_real in zip(row.tolist(), mask.tolist(), strict=True):
            bits -= value / math.log(2) if is_real else 0
    return bits / characters


def multiplied_by_the_mask(log_probabilities, padding_mask, num_characters):
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    nats = -ops.einsum("bt,bt->", log_probabilities, weights)
    return nats / (0.6931471805599453 * ops.cast(ops.sum(num_characters), "float32"))


def from_bits_per_token(log_probabilities, padding_mask, num_characters):
    weights = ops.cast(padding_mask, "float32")
    per_token = -ops.sum(log_probabilities * weights) / ops.sum(weights) / math.log(2)
    tokens_per_character = ops.sum(weights) / ops.cast(ops.sum(num_characters), "float32")
    return per_token * tokens_per_character


def weighted_mean_of_sentences(log_probabilities, padding_mask, num_characters):
    characters = ops.cast(num_characters, "float32")
    nats = -ops.sum(ops.where(padding_mask, log_probabilities, 0.0), axis=-1)
    return ops.sum(nats / characters * characters / ops.sum(characters)) / ops.log(2.0)


def base_two_probabilities(log_probabilities, padding_mask, num_characters):
    probabilities = np.exp(np.asarray(log_probabilities, "float64"))
    paid = -np.log2(probabilities, where=np.asarray(padding_mask), out=np.zeros(probabilities.shape))
    return float(paid.sum() / np.asarray(num_characters).sum())
