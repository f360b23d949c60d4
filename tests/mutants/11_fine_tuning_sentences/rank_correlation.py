"""Wrong answers to `rank_correlation`, each named after the mistake it makes."""

from keras import ops


def _ranks(numbers, equal=0.5):
    below = ops.sum(ops.cast(numbers[None, :] < numbers[:, None], "float32"), axis=1)
    equals = ops.sum(ops.cast(numbers[None, :] == numbers[:, None], "float32"), axis=1)
    return below + 1.0 + equal * (equals - 1.0)


def _pearson(x, y):
    x, y = x - ops.mean(x), y - ops.mean(y)
    return ops.sum(x * y) / ops.sqrt(ops.sum(x * x) * ops.sum(y * y))


def ranks_missing(predicted, gold):
    return _pearson(predicted, gold)


def one_ranked(predicted, gold):
    return _pearson(_ranks(predicted), gold)


def ties_broken(predicted, gold):
    def ranks(numbers):
        return ops.cast(ops.argsort(ops.argsort(numbers)), "float32")

    return _pearson(ranks(predicted), ranks(gold))


def ties_share_an_end(predicted, gold):
    return _pearson(_ranks(predicted, 0.0), _ranks(gold, 0.0))


def formula_without_ties(predicted, gold):
    size = predicted.shape[0]
    differences = _ranks(predicted) - _ranks(gold)
    return 1.0 - 6.0 * ops.sum(differences**2) / (size * (size**2 - 1))


def argsort_for_ranks(predicted, gold):
    return _pearson(*(ops.cast(ops.argsort(numbers), "float32") for numbers in (predicted, gold)))


def sign_turned(predicted, gold):
    return _pearson(_ranks(-predicted), _ranks(gold))


def sign_lost(predicted, gold):
    return ops.abs(_pearson(_ranks(predicted), _ranks(gold)))


def not_centred(predicted, gold):
    x, y = _ranks(predicted), _ranks(gold)
    return ops.sum(x * y) / ops.sqrt(ops.sum(x * x) * ops.sum(y * y))


def not_divided(predicted, gold):
    x, y = _ranks(predicted), _ranks(gold)
    return ops.mean((x - ops.mean(x)) * (y - ops.mean(y)))


def root_missing(predicted, gold):
    x, y = _ranks(predicted), _ranks(gold)
    x, y = x - ops.mean(x), y - ops.mean(y)
    return ops.sum(x * y) / (ops.sum(x * x) * ops.sum(y * y))


def pairs_counted(predicted, gold):
    first, second = (ops.sign(numbers[:, None] - numbers[None, :]) for numbers in (predicted, gold))
    return ops.sum(first * second) / ops.sqrt(ops.sum(first**2) * ops.sum(second**2))
