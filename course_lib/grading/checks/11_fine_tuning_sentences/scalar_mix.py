"""Verdict of `scalar_mix`: γ times the mean of the layers, weighted by a softmax."""

import numpy as np


def draw(generator):
    """Layers (L, B, T, D), as many as sentences once; small and large weights, and one far above."""
    cases = []
    for sizes, spread in (((2, 1, 2, 3), 1.0), ((3, 3, 3, 3), 2.0), ((5, 2, 3, 2), 0.5), ((7, 3, 5, 2), 3.0)):
        layers = generator.normal(0.3, 1, sizes)
        scale = np.asarray(generator.uniform(1.5, 3))
        cases.append({"layers": layers, "weights": generator.normal(0.2, spread, sizes[0]), "scale": scale})
    large = generator.permutation([120.0, 119.0, 117.0])
    cases.append(
        {"layers": generator.normal(0, 1, (3, 2, 5, 3)), "weights": large, "scale": np.asarray(0.25)}
    )
    top = {"layers": generator.normal(0, 1, (2, 2, 3, 5)), "weights": np.array([-0.7, 0.9])}
    apart = {"layers": generator.normal(0, 1, (3, 2, 3, 2)), "weights": np.array([200.0, 0.0, -3.0])}
    cases.append({**apart, "scale": np.asarray(generator.uniform(1.5, 3))})
    return [*cases, {**top, "scale": np.asarray(-generator.uniform(1.5, 3))}]


CONDITIONS = {
    "large numbers": lambda case: case["weights"].max() > 100,
    "a number far above the mean": lambda case: np.ptp(case["weights"]) > 150,
    "negative numbers": lambda case: (case["weights"] < 0).any(),
    "all sizes alike": lambda case: len(set(case["layers"].shape)) == 1,
    "a scale above 1": lambda case: case["scale"] > 1,
    "a scale below 1": lambda case: 0 < case["scale"] < 1,
    "a scale below 0": lambda case: case["scale"] < 0,
    "the top layer has the largest share": lambda case: case["weights"].argmax() == len(case["weights"]) - 1,
    "another layer has the largest share": lambda case: case["weights"].argmax() < len(case["weights"]) - 1,
}


def _softmax(numbers):
    powers = np.exp(numbers - numbers.max())
    return powers / powers.sum()


def _mix(shares):
    """γ times the sum of the layers, each times its share, a function of w."""

    def answer(layers, weights, scale):
        return scale * np.einsum("l,lbtd->btd", shares(weights), layers)

    return answer


reference = _mix(_softmax)


def _scale_forgotten(layers, weights, scale):
    return reference(layers, weights, 1.0)


def _scale_inside(layers, weights, scale):
    return reference(layers, scale * weights, 1.0)


def _scale_added(layers, weights, scale):
    return scale + reference(layers, weights, 1.0)


def _not_summed(layers, weights, scale):
    return scale * _softmax(weights)[:, None, None, None] * layers


def _overflowing(weights):
    with np.errstate(all="ignore"):
        powers = np.exp(weights.astype("float32"))
        return (powers / powers.sum()).astype("float64")


def _one(place):
    return lambda weights: np.arange(len(weights)) == np.arange(len(weights))[place]


MISTAKES = {
    "softmax_missing": _mix(lambda weights: weights),
    "softmax_over_wrong_axis": _mix(np.ones_like),
    "softmax_overflows": _mix(_overflowing),
    "divided_by_the_sum": _mix(lambda weights: weights / weights.sum()),
    "scale_forgotten": _scale_forgotten,
    "scale_inside_softmax": _scale_inside,
    "scale_added": _scale_added,
    "one_layer_only": (_mix(_one(-1)), _mix(_one(0))),
    "largest_share_only": _mix(lambda weights: np.arange(len(weights)) == weights.argmax()),
    "equal_shares": _mix(lambda weights: np.full(len(weights), 1 / len(weights))),
    "divided_by_layers": _mix(lambda weights: _softmax(weights) / len(weights)),
    "layers_not_summed": _not_summed,
}
