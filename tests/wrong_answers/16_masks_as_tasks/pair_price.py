"""Wrong answers to `pair_price` beside its mutants."""

import numpy as np


def _entropy(probabilities):
    probabilities = probabilities[probabilities > 0]
    return -float((probabilities * np.log(probabilities)).sum())


def _all(counts):
    joint = np.array(counts, "float64")
    joint = joint / joint.sum()
    return joint, _entropy(joint.sum(axis=1)), _entropy(joint.sum(axis=0)), _entropy(joint)


def conditional_for_joint__of_the_first(counts):
    _, first, second, joint = _all(counts)
    together = joint - second
    return np.array([first + second, together, first + second - together])


def sign_flipped__of_all(counts):
    _, first, second, joint = _all(counts)
    return np.array([-first - second, -joint, joint - first - second])


def one_word_alone__the_first(counts):
    _, first, _, joint = _all(counts)
    return np.array([first, joint, first - joint])


def price_is_zero(counts):
    _, first, second, joint = _all(counts)
    return np.array([first + second, joint, 0.0])


def a_large_epsilon(counts):
    joint, *_ = _all(counts)

    def entropy(probabilities):
        return -float((probabilities * np.log(probabilities + 0.01)).sum())

    alone = entropy(joint.sum(axis=1)) + entropy(joint.sum(axis=0))
    return np.array([alone, entropy(joint), alone - entropy(joint)])
