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
        (11, 5, 5, 0.01),
    ):
        cases.append(
            {
                "query": generator.normal(0, 1, width),
                "keys": generator.normal(0, 1, (keys, width)),
                "values": generator.normal(0, 1, (keys, value_width)),
                "temperature": temperature,
            }
        )
    cases[-1]["query"] = cases[-1]["keys"][0].copy()  # a score far beyond 89
    return cases


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


def overflows(arguments, received, expected):
    """Wrong only where a score is beyond what `exp` can represent in float32."""
    largest = np.abs(arguments["keys"] @ arguments["query"]).max() / arguments["temperature"]
    return largest > 88 and not np.isfinite(received).all()


def not_normalised(arguments, received, expected):
    """Weighed by bare exponentials, with the largest subtracted or not; where they overflow, by anything."""
    scores = arguments["keys"] @ arguments["query"] / arguments["temperature"]
    shifted = np.exp(scores - scores.max()) @ arguments["values"]
    if np.allclose(received, shifted, rtol=1e-4, atol=1e-6):
        return True
    return scores.max() > 88 or np.allclose(received, np.exp(scores) @ arguments["values"], rtol=1e-3)


MISTAKES = {
    "keys_returned": _keys_returned,
    "temperature_multiplied": _temperature_multiplied,
    "temperature_after_softmax": _temperature_after_softmax,
    "temperature_ignored": _temperature_ignored,
    "scaled_by_width": (_scaled_by_width, _scaled_by_width_without_temperature),
    "hard_lookup": _hard_lookup,
    "softmax_forgotten": _softmax_forgotten,
    "plain_mean": _plain_mean,
}
SYMPTOMS = {"overflow": overflows, "not_normalised": not_normalised}
