"""Verdict of `moving_average`: an exponential average of a list of weights, begun with the first of them."""

import numpy as np


def draw(generator):
    """Lists of one to three tensors, of one shape and of several; the very first update in two cases."""
    cases = []
    for shapes, momentum, step in (
        (((2,), (2, 3)), 0.75, 0),
        (((3,),), 0.9, 1),
        (((5, 2), (2,), (3, 1, 2)), 0.99, 7),
        (((7,), (3, 5)), 0.8, 0),
        (((2, 5), (5,)), 0.6, 101),
        (((), (3,), (3,)), 0.0, 5),
    ):
        averages = [np.asarray(generator.normal(1, 1, shape) * (step > 0)) for shape in shapes]
        weights = [np.asarray(generator.normal(2, 3, shape)) for shape in shapes]
        cases.append({"averages": averages, "weights": weights, "momentum": momentum, "step": step})
    weights = [generator.normal(2, 3, (3, 2)) for _ in range(2)]
    cases.append(
        {"averages": [np.zeros((3, 2)), np.ones((3, 2))], "weights": weights, "momentum": 0.9, "step": 3}
    )
    return cases


CONDITIONS = {
    "the very first update": lambda case: case["step"] == 0,
    "the second update": lambda case: case["step"] == 1,
    "a late update": lambda case: case["step"] > 100,
    "averages of zero at a later update": lambda case: (
        case["step"] > 0 and any(not average.any() for average in case["averages"])
    ),
    "a momentum of 0 at a later update": lambda case: case["momentum"] == 0 and case["step"] > 0,
    "a momentum near 1": lambda case: case["momentum"] > 0.98 and case["step"] > 0,
    "one tensor": lambda case: len(case["weights"]) == 1,
    "tensors of different ranks": lambda case: len({weight.ndim for weight in case["weights"]}) > 1,
    "tensors of one shape": lambda case: (
        len(case["weights"]) > 1 and len({weight.shape for weight in case["weights"]}) == 1
    ),
    "a tensor of one number": lambda case: any(weight.ndim == 0 for weight in case["weights"]),
}


def _average(mix, begins=True):
    """The averages with another mix, a function of average, weight, momentum and step."""

    def answer(averages, weights, momentum, step):
        if begins and step == 0:
            return list(weights)
        return [mix(a, w, momentum, step) for a, w in zip(averages, weights, strict=True)]

    return answer


def _both(mix):
    """A wrong mix, with the right beginning and without."""
    return _average(mix), _average(mix, begins=False)


def _mix(average, weight, momentum, step):
    return momentum * average + (1 - momentum) * weight


def _corrected(average, weight, momentum, step):
    return _mix(average, weight, momentum, step) / (1 - momentum ** (step + 1))


def _ramped(average, weight, momentum, step):
    return _mix(average, weight, min(momentum, (1 + step) / (10 + step)), step)


def _fixed(number):
    return lambda average, weight, momentum, step: _mix(average, weight, number, step)


def _begins_where_zero(averages, weights, momentum, step):
    """The beginning is told from the averages, not from the step."""
    return [
        _mix(average, weight, momentum if average.any() else 0.0, step)
        for average, weight in zip(averages, weights, strict=True)
    ]


reference = _average(_mix)


def _first_alone(begins):
    def answer(**arguments):
        return _average(_mix, begins)(**arguments)[0]

    return answer


MISTAKES = {
    "starts_from_zero": _average(_mix, begins=False),
    "begins_where_zero": _begins_where_zero,
    "momentum_ramps_up": _both(_ramped),
    "momentum_of_its_own": tuple(
        answer for number in (0.9, 0.95, 0.98, 0.99, 0.995, 0.999) for answer in _both(_fixed(number))
    ),
    "never_updated": _both(lambda average, weight, momentum, step: average),
    "weights_returned": _average(lambda average, weight, momentum, step: weight),
    "first_tensor_alone": (
        _first_alone(True),
        _first_alone(False),
        lambda **arguments: reference(**arguments)[:1],
    ),
    "shares_swapped": _both(lambda average, weight, momentum, step: _mix(weight, average, momentum, step)),
    "half_and_half": _both(lambda average, weight, momentum, step: (average + weight) / 2),
    "mean_of_all": _both(lambda average, weight, momentum, step: (step * average + weight) / (step + 1)),
    "corrected_as_in_adam": _both(_corrected),
    "sum_grows": _both(lambda average, weight, momentum, step: momentum * average + weight),
    "difference_mixed_in": _both(
        lambda average, weight, momentum, step: _mix(average, weight - average, momentum, step)
    ),
}
