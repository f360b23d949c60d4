"""Verdict of `moving_average`: an exponential average of a list of weights, begun with the first of them."""


def draw(generator):
    """Lists of one to three tensors of different shapes; the very first update in two cases."""
    cases = []
    for shapes, momentum, step in (
        (((2,), (2, 3)), 0.75, 0),
        (((3,),), 0.9, 1),
        (((5, 2), (2,), (3, 1, 2)), 0.99, 7),
        (((7,), (3, 5)), 0.8, 0),
        (((2, 5), (5,)), 0.6, 101),
    ):
        averages = [generator.normal(1, 1, shape) * (step > 0) for shape in shapes]
        weights = [generator.normal(2, 3, shape) for shape in shapes]
        cases.append({"averages": averages, "weights": weights, "momentum": momentum, "step": step})
    return cases


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


reference = _average(_mix)


def _first_alone(begins):
    def answer(**arguments):
        return _average(_mix, begins)(**arguments)[0]

    return answer


MISTAKES = {
    "starts_from_zero": _average(_mix, begins=False),
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
