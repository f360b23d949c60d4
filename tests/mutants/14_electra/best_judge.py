"""Wrong answers to `best_judge`, each named after the mistake it makes."""

from keras import ops


def _at(table, shown):
    return ops.take_along_axis(table, shown[:, None], axis=1)[:, 0]


def _both(original_probabilities, generator_probabilities, shown):
    return _at(original_probabilities, shown), _at(generator_probabilities, shown)


def _right(p, q, share):
    return share * q * (1 - p) / ((1 - share) * p + share * q)


def chosen_for_replaced(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return share * q / ((1 - share) * p + share * q)


def real_and_replaced_swapped(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return 1 - _right(p, q, share)


def left_alone_for_real(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return (1 - share) * p / ((1 - share) * p + share * q)


def share_ignored(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return q * (1 - p) / (p + q)


def share_inverted(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return _right(p, q, 1 - share)


def distributions_swapped(original_probabilities, generator_probabilities, shown, share):
    q, p = _both(original_probabilities, generator_probabilities, shown)
    return _right(p, q, share)


def not_normalised(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return share * q * (1 - p)


def evidence_ignored(original_probabilities, generator_probabilities, shown, share):
    p, _ = _both(original_probabilities, generator_probabilities, shown)
    return share * (1 - p)


def generator_taken_for_even(original_probabilities, generator_probabilities, shown, share):
    return _right(_at(original_probabilities, shown), 1 / generator_probabilities.shape[1], share)


def unlikely_for_replaced(original_probabilities, generator_probabilities, shown, share):
    return 1 - _at(original_probabilities, shown)


def misses_left_out(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    replaced, real = share * q * (1 - p), (1 - share) * p
    return replaced / (replaced + real)
