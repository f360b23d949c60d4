"""Wrong answers to `pair_price`, each named after the mistake it makes."""

import math

from keras import ops


def _entropy(probabilities):
    return -ops.sum(probabilities * ops.log(ops.where(probabilities > 0, probabilities, 1.0)))


def _parts(by_themselves, together):
    return ops.stack([by_themselves, together, by_themselves - together])


def _of(joint, entropy=_entropy):
    return _parts(entropy(ops.sum(joint, axis=1)) + entropy(ops.sum(joint, axis=0)), entropy(joint))


def counts_not_normalised(counts):
    return _of(counts)


def rows_normalised(counts):
    total = ops.sum(counts, axis=1, keepdims=True)
    return _of(counts / ops.where(total > 0, total, 1.0))


def in_bits(counts):
    return _of(counts / ops.sum(counts), lambda probabilities: _entropy(probabilities) / math.log(2))


def unweighted(counts):
    def mean_log(probabilities):
        is_possible = ops.cast(probabilities > 0, "float32")
        logs = ops.log(ops.where(probabilities > 0, probabilities, 1.0))
        return -ops.sum(logs) / ops.sum(is_possible)

    return _of(counts / ops.sum(counts), mean_log)


def one_word_twice(counts):
    joint = counts / ops.sum(counts)
    return _parts(2 * _entropy(ops.sum(joint, axis=0)), _entropy(joint))


def one_word_alone(counts):
    joint = counts / ops.sum(counts)
    return _parts(_entropy(ops.sum(joint, axis=0)), _entropy(joint))


def mean_of_the_two(counts):
    joint = counts / ops.sum(counts)
    both = _entropy(ops.sum(joint, axis=1)) + _entropy(ops.sum(joint, axis=0))
    return _parts(both / 2, _entropy(joint))


def conditional_for_joint(counts):
    joint = counts / ops.sum(counts)
    first, second = _entropy(ops.sum(joint, axis=1)), _entropy(ops.sum(joint, axis=0))
    return _parts(first + second, _entropy(joint) - first)


def sign_flipped(counts):
    right = _of(counts / ops.sum(counts))
    return ops.stack([right[0], right[1], -right[2]])


def swapped(counts):
    right = _of(counts / ops.sum(counts))
    return ops.stack([right[1], right[0], right[2]])


def ratio_for_difference(counts):
    right = _of(counts / ops.sum(counts))
    return ops.stack([right[0], right[1], right[0] / right[1]])


def absolute_differences(counts):
    joint = counts / ops.sum(counts)
    product = ops.sum(joint, axis=1, keepdims=True) * ops.sum(joint, axis=0, keepdims=True)
    right = _of(joint)
    return ops.stack([right[0], right[1], ops.sum(ops.abs(joint - product))])


def zero_times_minus_infinity(counts):
    return _of(
        counts / ops.sum(counts), lambda probabilities: -ops.sum(probabilities * ops.log(probabilities))
    )


def rows_weighed_alike(counts):
    total = ops.sum(counts, axis=1, keepdims=True)
    shares = counts / ops.where(total > 0, total, 1.0)
    return _of(shares / ops.sum(shares))


def one_added_to_the_counts(counts):
    return _of((counts + 1) / ops.sum(counts + 1))


def logarithms_of_counts(counts):
    def entropy(numbers):
        return -ops.sum(numbers / ops.sum(numbers) * ops.log(ops.where(numbers > 0, numbers, 1.0)))

    return _of(counts, entropy)


def price_missing(counts):
    joint = counts / ops.sum(counts)
    return ops.stack([_entropy(ops.sum(joint, axis=1)), _entropy(ops.sum(joint, axis=0)), _entropy(joint)])
