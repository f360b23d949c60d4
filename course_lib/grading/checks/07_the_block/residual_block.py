"""Verdict of `residual_block`: a layer in a residual connection, normalised before or after."""

import numpy as np


def draw(generator):
    """Both places of the normalisation, in training and not; a vector of small variance in each case."""
    cases = []
    for shape, place, rate, training in (
        ((1, 2, 3), "pre", 0.5, True),
        ((1, 3, 2), "post", 0.25, True),
        ((2, 3, 5), "pre", 0.3, False),
        ((3, 2, 5), "post", 0.1, False),
        ((2, 5, 7), "post", 0.4, True),
        ((2, 7, 5), "pre", 0.2, True),
        ((3, 3, 3), "post", 0.0, True),
    ):
        kept = generator.random(shape) >= rate
        kept[0, 0, 0], kept[0, -1, -1] = rate == 0, True
        inputs = generator.normal(0.5, 2.0, shape)
        inputs[-1, 1] *= 0.002
        cases.append(
            {
                "inputs": inputs,
                "kernel": generator.normal(0, 1, (shape[-1], shape[-1])),
                "scale": generator.normal(1.5, 0.3, shape[-1]),
                "shift": generator.normal(0, 0.5, shape[-1]),
                "norm_place": place,
                "kept": kept,
                "rate": rate,
                "training": training,
            }
        )
    return cases


def _is(place, training):
    return lambda case: case["norm_place"] == place and case["training"] is training


CONDITIONS = {
    "pre, in training": _is("pre", True),
    "pre, otherwise": _is("pre", False),
    "post, in training": _is("post", True),
    "post, otherwise": _is("post", False),
    "a rate of 0 in training": lambda case: case["rate"] == 0 and case["training"],
    "entries not kept in training": lambda case: case["training"] and not case["kept"].all(),
    "entries not kept otherwise": lambda case: not case["training"] and not case["kept"].all(),
    "a variance near epsilon": lambda case: (case["inputs"].var(axis=-1) < 1e-4).any(),
    "all sizes alike": lambda case: len(set(case["inputs"].shape)) == 1,
    "one sentence": lambda case: len(case["inputs"]) == 1,
}


def _norm(x, scale, shift, epsilon=1e-5):
    centred = x - x.mean(axis=-1, keepdims=True)
    return scale * centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + epsilon) + shift


def _block(pre, post, drop=None, epsilon=1e-5, bend=lambda x: np.maximum(x, 0)):
    """The answer from what it does in either place: functions of x, f, norm and drop."""

    def answer(inputs, kernel, scale, shift, norm_place, kept, rate, training):
        def dropped(x):
            if drop is not None:
                return drop(x, kept, rate, training)
            return np.where(kept, x / (1 - rate), 0.0) if training else x

        way = pre if norm_place == "pre" else post
        return way(
            inputs,
            lambda x: bend(x @ kernel),
            lambda x: _norm(x, scale, shift, epsilon),
            dropped,
        )

    return answer


def _pre(x, f, norm, drop):
    return x + drop(f(norm(x)))


def _post(x, f, norm, drop):
    return norm(x + drop(f(x)))


reference = _block(_pre, _post)


def _both(x, f, norm, drop):
    return norm(x + drop(f(norm(x))))


def _sandwich(x, f, norm, drop):
    return x + norm(drop(f(norm(x))))


MISTAKES = {
    "norm_on_wrong_side": _block(_post, _pre),
    "place_ignored": (_block(_pre, _pre), _block(_post, _post)),
    "residual_from_normalised": (
        _block(lambda x, f, norm, drop: norm(x) + drop(f(norm(x))), _post),
        _block(
            lambda x, f, norm, drop: norm(x) + drop(f(norm(x))),
            lambda x, f, norm, drop: norm(x) + drop(f(x)),
        ),
    ),
    "residual_missing": _block(
        lambda x, f, norm, drop: drop(f(norm(x))), lambda x, f, norm, drop: norm(drop(f(x)))
    ),
    "norm_inside_the_sum": _block(_pre, lambda x, f, norm, drop: x + norm(drop(f(x)))),
    "norm_twice": (_block(_both, _both), _block(_both, _post), _block(_pre, _both), _block(_sandwich, _post)),
    "norm_missing": _block(*[lambda x, f, norm, drop: x + drop(f(x))] * 2),
    "activation_missing": _block(_pre, _post, bend=lambda x: x),
    "epsilon_of_its_own": tuple(
        _block(_pre, _post, epsilon=number) for number in (1e-2, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-12, 0.0)
    ),
    "dropout_at_inference": _block(
        _pre, _post, lambda x, kept, rate, training: np.where(kept, x / (1 - rate), 0.0)
    ),
    "dropout_not_rescaled": _block(
        _pre, _post, lambda x, kept, rate, training: np.where(kept, x, 0.0) if training else x
    ),
    "dropout_scaled_at_inference": _block(
        _pre, _post, lambda x, kept, rate, training: np.where(kept, x, 0.0) if training else x * (1 - rate)
    ),
    "dropout_before_the_layer": _block(
        lambda x, f, norm, drop: x + f(drop(norm(x))), lambda x, f, norm, drop: norm(x + f(drop(x)))
    ),
    "dropout_scaled_by_rate": _block(
        _pre, _post, lambda x, kept, rate, training: np.where(kept, x / rate, 0.0) if training else x
    ),
    "dropout_missing": _block(_pre, _post, lambda x, kept, rate, training: x),
    "dropout_inverted": _block(
        _pre, _post, lambda x, kept, rate, training: np.where(kept, 0.0, x / (1 - rate)) if training else x
    ),
    "dropout_on_the_sum": _block(
        lambda x, f, norm, drop: drop(x + f(norm(x))), lambda x, f, norm, drop: norm(drop(x + f(x)))
    ),
}
