"""Verdict of `sample_words`: the largest logit over temperature plus Gumbel noise, of what may be drawn."""

import numpy as np


def draw(generator):
    """Logits (B, M, V) near and far from zero, temperatures around 1, tokens that may not be drawn."""
    cases = []
    for batch, places, words, scale, temperature in (
        (1, 2, 5, 1.0, 1.0),
        (2, 3, 7, 1.0, 0.5),
        (5, 3, 11, 2.0, 3.0),
        (7, 5, 13, 1.0, 1.0),
        (3, 5, 7, 0.1, 0.25),
        (3, 7, 5, 300.0, 1.0),
    ):
        case = {
            "logits": generator.normal(0, scale, (batch, places, words)),
            "temperature": temperature,
            "is_allowed": np.arange(words) >= 2,
        }
        cases.append(case)
    cases[1]["is_allowed"] = generator.permutation(np.arange(7) % 2 == 0)
    cases[1]["logits"][..., ~cases[1]["is_allowed"]] += 3
    cases[3]["is_allowed"] = np.ones(13, bool)
    cases[4]["is_allowed"] = np.arange(7) == generator.integers(1, 6)
    low = {**cases[2], "logits": generator.normal(0, 1, (5, 3, 11)) - 30}
    far = {**cases[2], "logits": generator.normal(0, 1, (5, 3, 11)) + 900, "temperature": 1.0}
    below = {**cases[4], "logits": generator.normal(0, 1, (3, 5, 7)) - 900, "temperature": 0.05}
    drawn = [_with_noise(case, generator) for case in (*cases, low, far, below)]
    lucky = {
        **drawn[0],
        "logits": drawn[0]["logits"] - 8 * (np.arange(5) == 3),
        "even": drawn[0]["even"].copy(),
    }
    lucky["even"][:] = generator.uniform(0.3, 0.7, lucky["even"].shape)
    lucky["even"][..., 3] = 1 - 1e-6
    return [*drawn, lucky]


def _with_noise(case, generator):
    """Random numbers for a case; drawn anew where the two largest are so near that rounding could decide."""
    even = generator.uniform(1e-3, 1 - 1e-3, case["logits"].shape)
    while True:
        scores = np.sort(case["logits"] / case["temperature"] - np.log(-np.log(even)), axis=-1)
        is_near = scores[..., -1] - scores[..., -2] < 2e-2
        allowed = np.where(case["is_allowed"], case["logits"], -1e9)
        scores = np.sort(allowed / case["temperature"] - np.log(-np.log(even)), axis=-1)
        is_near |= scores[..., -1] - scores[..., -2] < 2e-2
        if not is_near.any():
            return {**case, "even": even}
        even[is_near] = generator.uniform(1e-3, 1 - 1e-3, (is_near.sum(), even.shape[-1]))


def _sizes(case):
    return case["logits"].shape


def _right(case):
    return reference(**case)


CONDITIONS = {
    "logits far below zero, and a low temperature": lambda case: (
        case["logits"].max() < -800 and case["temperature"] < 0.1
    ),
    "a random number very near 1": lambda case: case["even"].max() > 1 - 2e-6,
    "a draw that is not the likeliest word": lambda case: (
        _right(case) != np.where(case["is_allowed"], case["logits"], -np.inf).argmax(axis=-1)
    ).any(),
    "a token that may not be drawn and would be": lambda case: (
        _right(case) != _drawing(_gumbel)(**{**case, "is_allowed": True})
    ).any(),
    "all tokens may be drawn": lambda case: case["is_allowed"].all(),
    "one token alone may be drawn": lambda case: case["is_allowed"].sum() == 1,
    "a temperature below 1": lambda case: case["temperature"] < 1,
    "a temperature above 1": lambda case: case["temperature"] > 1,
    "a temperature of 1": lambda case: case["temperature"] == 1,
    "logits that are all far below zero": lambda case: case["logits"].max() < -20,
    "logits beyond 709": lambda case: case["logits"].min() > 709,
    "as many places as words": lambda case: _sizes(case)[1] == _sizes(case)[2] or _sizes(case)[0] == 1,
    "one sequence": lambda case: _sizes(case)[0] == 1,
}


def _gumbel(even):
    return -np.log(-np.log(even))


def _softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _minus_infinity(scores, is_allowed):
    return np.where(is_allowed, scores, -np.inf)


def _nothing(scores, is_allowed):
    return scores


def _zero(scores, is_allowed):
    return scores * is_allowed


def _inverted(scores, is_allowed):
    return np.where(is_allowed, -np.inf, scores)


def _add(logits, temperature, noise):
    return logits / temperature + noise


def _drawing(noise, join=_add, bar=_minus_infinity, choose=np.argmax):
    """The answer, with parts exchanged."""

    def answer(logits, even, temperature, is_allowed):
        return choose(bar(join(logits, temperature, noise(even)), is_allowed), axis=-1)

    return answer


reference = _drawing(_gumbel)


def _without_noise(even):
    return 0 * even


def _bars(noise, join=_add):
    """A mistake with tokens barred as they should be, and not barred."""
    return tuple(_drawing(noise, join, bar) for bar in (_minus_infinity, _nothing))


def _below_zero(scores, axis):
    """The largest, of which -0.0 is below 0.0, as Keras has it."""
    return np.where((scores == 0) & np.signbit(scores), -1e-30, scores).argmax(axis=axis)


def _zero_before_the_noise(logits, even, temperature, is_allowed):
    return ((logits * is_allowed) / temperature + _gumbel(even)).argmax(axis=-1)


def _soft(logits, even, temperature, is_allowed):
    return _softmax(_minus_infinity(logits / temperature + _gumbel(even), is_allowed))


def _one_hot(logits, even, temperature, is_allowed):
    return np.eye(logits.shape[-1])[reference(logits, even, temperature, is_allowed)]


def _soft_of_both(logits, even, temperature, is_allowed):
    return _softmax(_minus_infinity((logits + _gumbel(even)) / temperature, is_allowed))


MISTAKES = {
    "soft_sample": (_soft, _soft_of_both, _one_hot),
    "likeliest_word": (
        *_bars(_without_noise),
        *_bars(lambda even: 0 * even, lambda z, t, noise: _softmax(z)),
    ),
    "noise_subtracted": _bars(lambda even: -_gumbel(even)),
    "one_logarithm": (
        *_bars(lambda even: -np.log(even)),
        *_bars(np.log),
        *_bars(lambda even: even),
    ),
    "noise_added_to_probabilities": _bars(_gumbel, lambda z, t, noise: _softmax(z / t) + noise),
    "temperature_multiplied": _bars(_gumbel, lambda z, t, noise: z * t + noise),
    "temperature_without_effect": _bars(_gumbel, lambda z, t, noise: z + noise),
    "same_noise_everywhere": (
        *_bars(lambda even: _gumbel(even[:1, :1])),
        *_bars(lambda even: _gumbel(even[:1])),
        *_bars(lambda even: _gumbel(even[:, :1])),
    ),
    "disallowed_tokens_drawn": _drawing(_gumbel, bar=_nothing),
    "disallowed_scores_zero": (
        _drawing(_gumbel, bar=_zero),
        _drawing(_gumbel, bar=_zero, choose=_below_zero),
        _zero_before_the_noise,
    ),
    "allowed_inverted": _drawing(_gumbel, bar=_inverted),
    "least_likely": _drawing(
        _gumbel, bar=lambda scores, is_allowed: np.where(is_allowed, scores, np.inf), choose=np.argmin
    ),
}
