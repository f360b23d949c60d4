"""Wrong answers to `moving_average` beside its mutants."""

import math

from keras import ops


def _mixed(averages, weights, momentum):
    return [momentum * a + (1 - momentum) * w for a, w in zip(averages, weights, strict=True)]


def default_for_a_momentum_of_zero(averages, weights, momentum, step):
    if step == 0:
        return weights
    return [
        (momentum or 0.99) * a + (1 - (momentum or 0.99)) * w for a, w in zip(averages, weights, strict=True)
    ]


def begins_at_the_second_update(averages, weights, momentum, step):
    return list(weights) if step <= 1 else _mixed(averages, weights, momentum)


def begins_at_the_second_update_alone(averages, weights, momentum, step):
    return list(weights) if step == 1 else _mixed(averages, weights, momentum)


def zeros_at_the_beginning(averages, weights, momentum, step):
    return list(averages) if step == 0 else _mixed(averages, weights, momentum)


def last_tensor_left_out(averages, weights, momentum, step):
    return [*_mixed(averages, weights, 0.0 if step == 0 else momentum)[:-1], averages[-1]]


def of_squares(averages, weights, momentum, step):
    momentum = momentum if step else 0.0
    return [ops.sqrt(momentum * a**2 + (1 - momentum) * w**2) for a, w in zip(averages, weights, strict=True)]


def joined_in_one_tensor(averages, weights, momentum, step):
    mixed = _mixed(averages, weights, 0.0 if step == 0 else momentum)
    return ops.concatenate([ops.reshape(part, (-1,)) for part in mixed])


def momentum_of_the_step(averages, weights, momentum, step):
    return _mixed(averages, weights, momentum**step if step else 0.0)


def moved_by_the_wrong_share(averages, weights, momentum, step):
    share = momentum if step else 0.0
    return [a + share * (w - a) for a, w in zip(averages, weights, strict=True)]


def geometric(averages, weights, momentum, step):
    momentum = momentum if step else 0.0
    return [
        ops.exp(momentum * ops.log(ops.abs(a) + 1e-9) + (1 - momentum) * ops.log(ops.abs(w) + 1e-9))
        for a, w in zip(averages, weights, strict=True)
    ]


def divided_by_the_length(averages, weights, momentum, step):
    momentum = momentum if step else 0.0
    return [part / math.sqrt(len(weights) + 1) for part in _mixed(averages, weights, momentum)]


def cut_at_ten_updates(averages, weights, momentum, step):
    return list(weights) if step == 0 else _mixed(averages, weights, momentum if step < 100 else 1.0)
