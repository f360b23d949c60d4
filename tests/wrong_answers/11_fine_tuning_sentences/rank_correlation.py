"""Wrong answers to `rank_correlation` beside its mutants."""

import numpy as np
from keras import ops


def _ranks(numbers):
    return 0.5 * ops.sum(1.0 + ops.sign(numbers[:, None] - numbers[None, :]), axis=1) + 0.5


def _pearson(x, y):
    x, y = x - ops.mean(x), y - ops.mean(y)
    return ops.sum(x * y) / ops.sqrt(ops.sum(x * x) * ops.sum(y * y))


def one_ranked__the_second(predicted, gold):
    return _pearson(predicted, _ranks(gold))


def ties_share_an_end__the_highest(predicted, gold):
    def ranks(numbers):
        return ops.sum(ops.cast(numbers[None, :] <= numbers[:, None], "float32"), axis=1)

    return _pearson(ranks(predicted), ranks(gold))


def ties_share_an_end__without_gaps(predicted, gold):
    def ranks(numbers):
        return np.unique(np.asarray(numbers), return_inverse=True)[1].astype("float32")

    return _pearson(ranks(predicted), ranks(gold))


def sign_lost__squared(predicted, gold):
    return _pearson(_ranks(predicted), _ranks(gold)) ** 2


def not_divided__sum(predicted, gold):
    x, y = _ranks(predicted), _ranks(gold)
    return ops.sum((x - ops.mean(x)) * (y - ops.mean(y)))


def pairs_counted__ties_as_pairs(predicted, gold):
    first, second = (ops.sign(numbers[:, None] - numbers[None, :]) for numbers in (predicted, gold))
    size = predicted.shape[0]
    return ops.sum(first * second) / (size * (size - 1))


def distance_for_correlation(predicted, gold):
    return 1.0 - _pearson(_ranks(predicted), _ranks(gold))


def divided_by_one_spread(predicted, gold):
    x, y = _ranks(predicted), _ranks(gold)
    x, y = x - ops.mean(x), y - ops.mean(y)
    return ops.sum(x * y) / ops.sum(x * x)


def of_logarithms(predicted, gold):
    x, y = (ops.sign(numbers) * ops.log1p(ops.abs(numbers)) for numbers in (predicted, gold))
    return _pearson(x, y)


def share_of_the_sorted(predicted, gold):
    return ops.mean(ops.cast(_ranks(predicted) == _ranks(gold), "float32"))


def cosine_of_the_numbers(predicted, gold):
    return ops.sum(predicted * gold) / ops.sqrt(ops.sum(predicted**2) * ops.sum(gold**2))


def one_less_in_a_divisor(predicted, gold):
    x, y = _ranks(predicted), _ranks(gold)
    x, y = x - ops.mean(x), y - ops.mean(y)
    size = predicted.shape[0]
    return ops.sum(x * y) / (size - 1) / (ops.std(x) * ops.std(y))


def first_half_only(predicted, gold):
    half = predicted.shape[0] // 2 + 1
    return _pearson(_ranks(predicted[:half]), _ranks(gold[:half]))
