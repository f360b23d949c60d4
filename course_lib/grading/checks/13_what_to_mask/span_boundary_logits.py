"""Verdict of `span_boundary_logits`: words from the two boundaries and the place, and from nothing else."""

import math

import numpy as np

_ERF = np.vectorize(math.erf)


def draw(generator):
    """Batches of spans, of one token and more."""
    cases = []
    for batch, length, slots, dim, place_dim, words, num_places, scale in (
        (1, 7, 2, 5, 2, 7, 5, 1.0),
        (3, 11, 5, 7, 3, 13, 7, 1.0),
        (2, 13, 7, 7, 5, 11, 11, 0.3),
        (5, 17, 3, 11, 7, 19, 13, 2.0),
    ):
        left = generator.integers(0, length - num_places // 2 - 2, (batch, slots))
        spans = generator.integers(1, num_places // 2 + 1, (batch, slots))
        spans[0, 0] = max(2, spans[0, 0])
        places = 1 + (generator.random((batch, slots)) * spans).astype(int)
        places[0, 0] = 1
        spans[-1, -1], places[-1, -1] = 1, 1
        # Kernels as a layer has them, and biases that differ: else all of a vector may be near 0 behind the
        # activation, and what the norm makes of it is rounding.
        weights = {
            "places": generator.normal(0, 1, (num_places, place_dim)),
            "kernel_1": generator.normal(0, (2 * dim + place_dim) ** -0.5, (2 * dim + place_dim, dim)),
            "kernel_2": generator.normal(0, dim**-0.5, (dim, dim)),
            "bias": generator.normal(0, 1, words),
        }
        for number in (1, 2):
            weights[f"bias_{number}"] = generator.permutation(np.linspace(-1, 2, dim))
            for name in ("scale", "shift"):
                weights[f"{name}_{number}"] = generator.normal(name == "scale", 0.5, dim)
        cases.append(
            {
                "sequence": generator.normal(0, scale, (batch, length, dim)),
                "left": left,
                "right": left + spans + 1,
                "places": places,
                "weights": weights,
                "embeddings": generator.normal(0, 1, (words, dim)),
            }
        )
    return cases


CONDITIONS = {
    "a span of one token": lambda case: (case["right"] - case["left"] == 2).any(),
    "a span of several": lambda case: (case["right"] - case["left"] > 2).any(),
    "a place behind the first": lambda case: (case["places"] > 1).any(),
    "more places than any span has": lambda case: case["places"].max() < len(case["weights"]["places"]),
    "one sequence": lambda case: len(case["sequence"]) == 1,
    "boundaries that differ from sequence to sequence": lambda case: (case["left"] != case["left"][:1]).any(),
}


def _gathered(sequence, positions):
    return np.take_along_axis(sequence, positions[:, :, None], axis=1)


def _gelu(x):
    return x * (1 + _ERF(x / math.sqrt(2))) / 2


def _tanh_gelu(x):
    return x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) / 2


def _norm(x, scale, shift):
    centred = x - x.mean(axis=-1, keepdims=True)
    return scale * centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12) + shift


def _norm_of_a_sample(x, scale, shift):
    return scale * (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True, ddof=1) + shift


def _norm_without_mean(x, scale, shift):
    return scale * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + 1e-12) + shift


def _norm_over_slots(x, scale, shift):
    centred = x - x.mean(axis=1, keepdims=True)
    return scale * centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12) + shift


def _boundaries(sequence, left, right, places):
    return _gathered(sequence, left), _gathered(sequence, right)


def _saying(
    sides=_boundaries,
    place_of=lambda places: places - 1,
    activation=_gelu,
    norm=_norm,
    num_transforms=2,
    with_bias=True,
    order=(0, 1, 2),
    order_of_steps="activation first",
    gains=(1, 2),
    with_layer_biases=True,
    residual=False,
    scale_of=lambda width: 1.0,
):
    """The answer, with parts exchanged."""

    def answer(sequence, left, right, places, weights, embeddings):
        parts = [*sides(sequence, left, right, places), weights["places"][place_of(places)]]
        hidden = np.concatenate([parts[index] for index in order], axis=-1)
        for number in range(1, num_transforms + 1):
            before, used = hidden, gains[number - 1]
            hidden = hidden @ weights[f"kernel_{number}"] + with_layer_biases * weights[f"bias_{number}"]
            gain = weights[f"scale_{used}"], weights[f"shift_{used}"]
            if order_of_steps == "activation first":
                hidden = norm(activation(hidden), *gain)
            else:
                hidden = activation(norm(hidden, *gain))
            hidden = hidden + before if residual and number == 2 else hidden
        return hidden @ embeddings.T / scale_of(embeddings.shape[1]) + with_bias * weights["bias"]

    return answer


reference = _saying()


def _own(sequence, left, places):
    return _gathered(sequence, left + places)


def _with_own(sequence, left, right, places):
    own = _own(sequence, left, places)
    return _gathered(sequence, left) + own, _gathered(sequence, right) + own


def _own_for_left(sequence, left, right, places):
    return _own(sequence, left, places), _gathered(sequence, right)


def _own_for_right(sequence, left, right, places):
    return _gathered(sequence, left), _own(sequence, left, places)


def _own_for_both(sequence, left, right, places):
    return (_own(sequence, left, places),) * 2


def _inside(sequence, left, right, places):
    return _gathered(sequence, left + 1), _gathered(sequence, right - 1)


def _neighbours(sequence, left, right, places):
    return _gathered(sequence, left + places - 1), _gathered(sequence, left + places + 1)


def _first_for_all(sequence, left, right, places):
    return sequence[0][left], sequence[0][right]


def _same_boundaries(sequence, left, right, places):
    return sequence[:, left[0]], sequence[:, right[0]]


MISTAKES = {
    "sees_its_own_token": (
        _saying(sides=_own_for_left),
        _saying(sides=_own_for_right),
        _saying(sides=_own_for_both),
        _saying(sides=_with_own),
    ),
    "boundaries_inside": _saying(sides=_inside),
    "neighbours_of_the_token": _saying(sides=_neighbours),
    "sides_swapped": _saying(order=(1, 0, 2)),
    "place_in_front": _saying(order=(2, 0, 1)),
    "place_one_too_far": _saying(place_of=lambda places: places),
    "place_ignored": (
        _saying(place_of=lambda places: places * 0),
        _saying(place_of=lambda places: np.arange(places.shape[1]) + 0 * places),
    ),
    "first_sequence_for_all": (_saying(sides=_first_for_all), _saying(sides=_same_boundaries)),
    "one_transform": _saying(num_transforms=1),
    "norm_missing": _saying(norm=lambda x, scale, shift: x),
    "gain_missing": _saying(norm=lambda x, scale, shift: _norm(x, 1.0, 0.0)),
    "another_norm": (
        _saying(norm=_norm_of_a_sample),
        _saying(norm=_norm_without_mean),
        _saying(norm=_norm_over_slots),
    ),
    "first_gain_twice": _saying(gains=(1, 1)),
    "biases_of_the_layers_missing": _saying(with_layer_biases=False),
    "residual_added": _saying(residual=True),
    "scaled_like_attention": _saying(scale_of=math.sqrt),
    "norm_before_activation": _saying(order_of_steps="norm first"),
    "activation_missing": _saying(activation=lambda x: x),
    "another_activation": (
        _saying(activation=_tanh_gelu),
        _saying(activation=lambda x: np.maximum(x, 0)),
    ),
    "bias_missing": _saying(with_bias=False),
}
