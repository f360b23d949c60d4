"""Verdict of `soft_lookup`: one query, its keys and values, and a temperature."""

import numpy as np


def draw(generator):
    """Queries (D,), keys (S, D), values (S, V), temperatures from sharp to flat."""
    cases = []
    for width, keys, value_width, temperature in (
        (2, 3, 2, 0.5),
        (5, 7, 3, 2.0),
        (3, 5, 3, 0.05),
        (7, 2, 11, 20.0),
        (11, 5, 5, 100.0),
    ):
        cases.append(
            {
                "query": generator.normal(0, 0.5, width),
                "keys": generator.normal(0, 1, (keys, width)),
                "values": generator.normal(0, 1, (keys, value_width)),
                "temperature": temperature,
            }
        )
    # Scores of 896, 897 and 895, or their negatives: exact in float32, since all is a sum of powers of two.
    query, near = np.array([3.5, 0.125, 0.0]), np.array([0.0, 0.125, -0.125, 0.0])
    for sign in (1, -1):
        keys = np.stack([np.full(4, 4.0 * sign), near, generator.normal(0, 1, 4)], axis=-1)
        if sign == 1:
            keys[3, 0] = 0
        values = generator.normal(0, 1, (4, 5))
        cases.append({"query": query, "keys": keys, "values": values, "temperature": 0.015625})
    return cases


def _scores(query, keys, values, temperature):
    return keys @ query / temperature


CONDITIONS = {
    "scores beyond 709, a small distance apart": lambda case: (
        sum(np.abs(_scores(**case) - max(709, _scores(**case).max())) < 2) > 1
    ),
    "all scores below -750, some a small distance apart": lambda case: (
        _scores(**case).max() < -750 and np.ptp(_scores(**case)) < 5
    ),
    "a temperature below 0.1": lambda case: case["temperature"] < 0.1,
    "a temperature above 50": lambda case: case["temperature"] > 50,
    "keys and values of different width": lambda case: case["keys"].shape[1] != case["values"].shape[1],
    "keys and values of one shape": lambda case: case["keys"].shape == case["values"].shape,
    "as many keys as values are wide": lambda case: len({*case["values"].shape}) == 1,
}


def _softmax(scores):
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum()


def reference(query, keys, values, temperature):
    return _softmax(keys @ query / temperature) @ values


def _keys_returned(query, keys, values, temperature):
    return _softmax(keys @ query / temperature) @ keys


def _temperature_multiplied(query, keys, values, temperature):
    return _softmax(keys @ query * temperature) @ values


def _temperature_after_softmax(query, keys, values, temperature):
    return _softmax(keys @ query) / temperature @ values


def _temperature_ignored(query, keys, values, temperature):
    return _softmax(keys @ query) @ values


def _scaled_by_width(query, keys, values, temperature):
    return _softmax(keys @ query / temperature / np.sqrt(len(query))) @ values


def _scaled_by_width_without_temperature(query, keys, values, temperature):
    return _softmax(keys @ query / np.sqrt(len(query))) @ values


def _hard_lookup(query, keys, values, temperature):
    return values[np.argmax(keys @ query)]


def _softmax_forgotten(query, keys, values, temperature):
    return keys @ query / temperature @ values


def _plain_mean(query, keys, values, temperature):
    return values.mean(axis=0)


def _not_normalised(shift, dtype):
    def answer(query, keys, values, temperature):
        scores = (keys @ query / temperature).astype(dtype)
        return np.exp(scores - shift(scores)) @ values

    return answer


def _bare(total_of, dtype):
    """Shares from exponentials that nothing was subtracted from."""

    def answer(query, keys, values, temperature):
        exponentials = np.exp((keys @ query / temperature).astype(dtype))
        return exponentials / total_of(exponentials.sum()) @ values

    return answer


def _in_plain_python(query, keys, values, temperature):
    """As `math.exp`, which raises beyond its range, and a division that raises by zero."""
    if np.abs(keys @ query / temperature).max() > 709:
        raise OverflowError
    return reference(query, keys, values, temperature)


def _clipped(low, high):
    def answer(query, keys, values, temperature):
        return _softmax(np.clip(keys @ query / temperature, low, high)) @ values

    return answer


MISTAKES = {
    "keys_returned": _keys_returned,
    "temperature_multiplied": _temperature_multiplied,
    "temperature_after_softmax": _temperature_after_softmax,
    "temperature_ignored": _temperature_ignored,
    "scaled_by_width": (_scaled_by_width, _scaled_by_width_without_temperature),
    "hard_lookup": _hard_lookup,
    "softmax_forgotten": _softmax_forgotten,
    "plain_mean": _plain_mean,
    "scores_clipped": tuple(
        _clipped(low, limit)
        for limit in (1, 5, 10, 20, 30, 50, 60, 80, 85, 88, 100, 500, 700)
        for low in (-limit, -np.inf)
    ),
    "not_normalised": tuple(
        _not_normalised(shift, dtype)
        for shift in (np.max, lambda scores: 0)
        for dtype in ("float32", "float64")
    ),
    "overflow": (
        *(
            _bare(total_of, dtype)
            for total_of in (lambda total: total, lambda total: total + 1e-9, lambda total: max(total, 1e-9))
            for dtype in ("float32", "float64")
        ),
        _in_plain_python,
    ),
}
