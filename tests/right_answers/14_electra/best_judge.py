"""Right answers to `best_judge` in other styles."""

import numpy as np
from keras import ops


def in_numpy(original_probabilities, generator_probabilities, shown, share):
    rows = np.arange(len(shown))
    p, q = (
        np.asarray(table, "float64")[rows, np.asarray(shown)]
        for table in (original_probabilities, generator_probabilities)
    )
    return 1 - p * (1 - share + share * q) / ((1 - share) * p + share * q)


def in_loops(original_probabilities, generator_probabilities, shown, share):
    judged = []
    for row, word in enumerate(np.asarray(shown).tolist()):
        p, q = float(original_probabilities[row, word]), float(generator_probabilities[row, word])
        left_alone, hit, missed = (1 - share) * p, share * p * q, share * (1 - p) * q
        judged.append(missed / (left_alone + hit + missed))
    return judged


def over_all_originals(original_probabilities, generator_probabilities, shown, share):
    """The weight of every original word, given the one that is seen."""
    is_shown = ops.one_hot(shown, original_probabilities.shape[1])
    drawn = ops.sum(generator_probabilities * is_shown, axis=1, keepdims=True)
    weights = original_probabilities * ((1 - share) * is_shown + share * drawn)
    return ops.sum(weights * (1 - is_shown), axis=1) / ops.sum(weights, axis=1)


def by_the_chance_of_a_choice(original_probabilities, generator_probabilities, shown, share):
    index = ops.expand_dims(shown, 1)
    p = ops.squeeze(ops.take_along_axis(original_probabilities, index, axis=1), 1)
    q = ops.squeeze(ops.take_along_axis(generator_probabilities, index, axis=1), 1)
    chosen = share * q / (share * q + (1 - share) * p)
    return chosen * (1 - p)
