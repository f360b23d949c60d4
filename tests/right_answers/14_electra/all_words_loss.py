"""Right answers to `all_words_loss` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(word_logits, copy_logits, corrupted, original, is_ordinary):
    z, k = (np.asarray(array, "float64") for array in (word_logits, copy_logits))
    corrupted, original = np.asarray(corrupted), np.asarray(original)
    softmax = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    rows, places = np.indices(original.shape)
    copy = 1 / (1 + np.exp(-k))
    probabilities = copy * (corrupted == original) + (1 - copy) * softmax[rows, places, original]
    return -np.log(probabilities[np.asarray(is_ordinary)]).mean()


def in_loops(word_logits, copy_logits, corrupted, original, is_ordinary):
    losses = []
    given = (word_logits, copy_logits, corrupted, original, is_ordinary)
    for rows in zip(*(np.asarray(array).tolist() for array in given), strict=True):
        for z, k, seen, word, counts in zip(*rows, strict=True):
            if counts:
                copy = 1 / (1 + math.exp(-k))
                named = math.exp(z[word]) / sum(math.exp(number) for number in z)
                losses.append(-math.log(copy * (seen == word) + (1 - copy) * named))
    return sum(losses) / len(losses)


def in_logarithms(word_logits, copy_logits, corrupted, original, is_ordinary):
    named = ops.take_along_axis(ops.log_softmax(word_logits), original[..., None], axis=-1)[..., 0]
    copied = ops.where(corrupted == original, ops.log_sigmoid(copy_logits), -1e9)
    losses = -ops.logaddexp(copied, ops.log_sigmoid(-copy_logits) + named)
    counts = ops.cast(is_ordinary, "float32")
    return ops.sum(losses * counts) / ops.sum(counts)


def whole_distributions(word_logits, copy_logits, corrupted, original, is_ordinary):
    num_words = word_logits.shape[-1]
    copy = ops.sigmoid(copy_logits)[..., None]
    mixed = copy * ops.one_hot(corrupted, num_words) + (1 - copy) * ops.softmax(word_logits)
    losses = -ops.log(ops.sum(mixed * ops.one_hot(original, num_words), axis=-1))
    return ops.sum(ops.where(is_ordinary, losses, 0.0)) / ops.cast(ops.count_nonzero(is_ordinary), "float32")


def case_by_case(word_logits, copy_logits, corrupted, original, is_ordinary):
    copy, softmax = ops.sigmoid(copy_logits), ops.softmax(word_logits, axis=-1)
    named = (1 - copy) * ops.sum(softmax * ops.one_hot(original, softmax.shape[-1]), axis=-1)
    probabilities = ops.where(ops.equal(corrupted, original), copy + named, named)
    weights = ops.cast(is_ordinary, "float32")
    return ops.sum(weights / ops.sum(weights) * -ops.log(probabilities))
