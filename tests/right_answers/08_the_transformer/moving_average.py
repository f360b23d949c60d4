"""Right answers to `moving_average` in other styles."""

import numpy as np
from keras import ops


def as_a_tuple(averages, weights, momentum, step):
    return tuple(w if step == 0 else w + momentum * (a - w) for a, w in zip(averages, weights, strict=True))


def appended(averages, weights, momentum, step):
    new_averages = []
    for index in range(len(weights)):
        if step > 0:
            kept = ops.multiply(averages[index], momentum)
            new_averages.append(ops.add(kept, ops.multiply(weights[index], 1 - momentum)))
        else:
            new_averages.append(ops.copy(weights[index]))
    return new_averages


def in_numpy(averages, weights, momentum, step):
    momentum = momentum * bool(step)
    return [
        momentum * np.asarray(a) + (1 - momentum) * np.asarray(w)
        for a, w in zip(averages, weights, strict=True)
    ]


def the_weights_themselves(averages, weights, momentum, step):
    if not step:
        return weights
    return list(map(lambda a, w: a + (1 - momentum) * (w - a), averages, weights))
