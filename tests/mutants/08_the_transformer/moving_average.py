"""Wrong answers to `moving_average`, each named after the mistake it makes."""

from keras import ops


def _each(mix, averages, weights, step):
    if step == 0:
        return weights
    return [mix(average, weight) for average, weight in zip(averages, weights, strict=True)]


def starts_from_zero(averages, weights, momentum, step):
    return [
        momentum * average + (1 - momentum) * weight
        for average, weight in zip(averages, weights, strict=True)
    ]


def never_updated(averages, weights, momentum, step):
    return _each(lambda average, weight: average, averages, weights, step)


def weights_returned(averages, weights, momentum, step):
    averages = weights
    return averages


def first_tensor_alone(averages, weights, momentum, step):
    momentum = momentum if step else 0.0
    for average, weight in zip(averages, weights, strict=True):
        return momentum * average + (1 - momentum) * weight


def shares_swapped(averages, weights, momentum, step):
    return _each(
        lambda average, weight: momentum * weight + (1 - momentum) * average, averages, weights, step
    )


def half_and_half(averages, weights, momentum, step):
    return _each(lambda average, weight: (average + weight) / 2, averages, weights, step)


def mean_of_all(averages, weights, momentum, step):
    return _each(lambda average, weight: average + (weight - average) / (step + 1), averages, weights, step)


def corrected_as_in_adam(averages, weights, momentum, step):
    correction = 1 - momentum ** (step + 1)
    return [
        (momentum * average + (1 - momentum) * weight) / correction
        for average, weight in zip(averages, weights, strict=True)
    ]


def sum_grows(averages, weights, momentum, step):
    return _each(lambda average, weight: momentum * average + weight, averages, weights, step)


def difference_mixed_in(averages, weights, momentum, step):
    return _each(
        lambda average, weight: momentum * average + (1 - momentum) * (weight - average),
        averages,
        weights,
        step,
    )


def begins_where_zero(averages, weights, momentum, step):
    return [
        momentum * average + (1 - momentum) * weight if bool(ops.any(average != 0)) else weight
        for average, weight in zip(averages, weights, strict=True)
    ]


def momentum_ramps_up(averages, weights, momentum, step):
    momentum = min(momentum, (1 + step) / (10 + step))
    return _each(
        lambda average, weight: momentum * average + (1 - momentum) * weight, averages, weights, step
    )


def momentum_of_its_own(averages, weights, momentum, step):
    return _each(lambda average, weight: 0.99 * average + 0.01 * weight, averages, weights, step)
