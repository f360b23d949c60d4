import numpy as np
from keras import ops

_averages = []


def wrong_1(averages, weights, momentum, step):
    """Forgets that the average begins as the weights: mixes with zeros at step 0. Wrong on: step 0 and m above 0."""
    return [momentum * a + (1 - momentum) * w for a, w in zip(averages, weights)]


def wrong_2(averages, weights, momentum, step):
    """Shares swapped: m for the weights. Wrong on: steps from 1 on, m not 0.5."""
    if step == 0:
        return list(weights)
    return [(1 - momentum) * a + momentum * w for a, w in zip(averages, weights)]


def wrong_3(averages, weights, momentum, step):
    """Corrects as Adam does, by 1 - m^(step + 1), at every step; wrong from step 1 on."""
    correction = 1 - momentum ** (step + 1)
    return [(momentum * a + (1 - momentum) * w) / correction for a, w in zip(averages, weights)]


def wrong_4(averages, weights, momentum, step):
    """Takes step 1 for the first, too. Wrong on: step 1."""
    if step <= 1:
        return list(weights)
    return [momentum * a + (1 - momentum) * w for a, w in zip(averages, weights)]


def wrong_5(averages, weights, momentum, step):
    """The plain mean of all updates, without momentum. Wrong on: steps from 1 on, m not step / (step + 1)."""
    return [(step * a + w) / (step + 1) for a, w in zip(averages, weights)]


def wrong_6(averages, weights, momentum, step):
    """Adds the weights in full: m a + w. Wrong on: steps from 1 on, m above 0."""
    if step == 0:
        return list(weights)
    return [momentum * a + w for a, w in zip(averages, weights)]


def wrong_7(averages, weights, momentum, step):
    """Keeps averages of its own between calls and ignores those it gets. Wrong on: calls for two models in turn."""
    global _averages
    if (
        step == 0
        or len(_averages) != len(weights)
        or any(a.shape != w.shape for a, w in zip(_averages, weights))
    ):
        _averages = list(weights)
    else:
        _averages = [momentum * a + (1 - momentum) * w for a, w in zip(_averages, weights)]
    return list(_averages)


def wrong_8(averages, weights, momentum, step):
    """Ignores the momentum it is given: always 0.99."""
    if step == 0:
        return list(weights)
    return [0.99 * a + 0.01 * w for a, w in zip(averages, weights)]


def wrong_9(averages, weights, momentum, step):
    """Only the first tensor of the list is averaged, the others are the weights as they are. Wrong on: two tensors or more, from step 1 on."""
    if step == 0:
        return list(weights)
    return [momentum * averages[0] + (1 - momentum) * weights[0]] + list(weights[1:])


def wrong_10(averages, weights, momentum, step):
    """Asks the averages, not the step: one that is all zeros is taken for new; wrong if it is so later."""
    result = []
    for a, w in zip(averages, weights):
        if float(ops.sum(ops.abs(a))) == 0:
            result.append(w)
        else:
            result.append(momentum * a + (1 - momentum) * w)
    return result


def wrong_11(averages, weights, momentum, step):
    """The momentum grows slowly, min(m, (1 + step) / (10 + step)), as some libraries do; not asked. Wrong on: steps from 1 on, m large."""
    if step == 0:
        return list(weights)
    m = min(momentum, (1 + step) / (10 + step))
    return [m * a + (1 - m) * w for a, w in zip(averages, weights)]


def right_1(averages, weights, momentum, step):
    """A list comprehension with a momentum of zero at the first step."""
    m = momentum if step > 0 else 0.0
    return [a * m + w * (1 - m) for a, w in zip(averages, weights)]


def right_2(averages, weights, momentum, step):
    """NumPy, in a loop, as a difference."""
    result = []
    for a, w in zip(averages, weights):
        a, w = np.asarray(a), np.asarray(w)
        result.append(w.copy() if step == 0 else a + np.float32(1 - momentum) * (w - a))
    return result


def right_3(averages, weights, momentum, step):
    """Keras ops; begins by putting the weights for the averages."""
    old = weights if step == 0 else averages
    return [ops.add(ops.multiply(momentum, a), ops.multiply(1 - momentum, w)) for a, w in zip(old, weights)]


def right_4(averages, weights, momentum, step):
    """An early return of a copied list, then a loop."""
    if not step:
        return [ops.copy(w) for w in weights]
    updated = []
    for i in range(len(weights)):
        updated.append(weights[i] + momentum * (averages[i] - weights[i]))
    return updated
