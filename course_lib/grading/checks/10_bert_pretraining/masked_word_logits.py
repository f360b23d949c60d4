"""Verdict of `masked_word_logits`: gathered, transformed, normalised, compared with all word vectors."""

import math

import numpy as np

EPSILON = 1e-12
NOTHING = 1e-18  # an activation that is 0 in float32, and beside epsilon in float64
_erf = np.vectorize(math.erf, otypes=[float])


def draw(generator):
    """Vectors (B, T, D) and positions (B, M); square tables, tiny kernels, inputs far below zero."""
    cases = []
    for *sizes, size, centre in (
        (1, 3, 2, 2, 3, 1.0, 0.0),
        (2, 5, 3, 3, 7, 1.0, 0.0),
        (3, 7, 2, 5, 11, 0.6, -2.0),
        (5, 5, 5, 7, 7, 1.0, 0.0),
        (7, 3, 5, 11, 5, 3.0, 0.0),
        (2, 11, 7, 5, 13, 3e-4, 0.0),
        (3, 5, 3, 7, 2, 0.3, 1.0),
        (2, 3, 2, 3, 5, 2e-6, 0.0),
        (2, 3, 2, 7, 5, 4.0, -30.0),
    ):
        case = _case(generator, *sizes, size, centre)
        while not _is_told_from_rounding(case):
            case = _case(generator, *sizes, size, centre)
        cases.append(case)
    return cases


def _case(generator, batch, length, places, width, words, size, centre):
    positions = np.stack([np.resize(generator.permutation(length), places) for _ in range(batch)])
    positions[0, :2] = length - 1, 0
    if places > 2:
        positions[-1, 0] = positions[-1, 1]
    return {
        "sequence": generator.normal(0, 1, (batch, length, width)),
        "positions": positions,
        "weights": {
            "kernel": generator.normal(0, size / width**0.5, (width, width)),
            "kernel_bias": generator.normal(centre, 0.3 * size, width),
            "scale": generator.normal(1.5, 0.5, width),
            "shift": generator.normal(0, 1, width),
            "bias": generator.normal(0, 2, words),
        },
        "embeddings": generator.normal(0, 1, (words, width)),
    }


def _is_told_from_rounding(case):
    """Whether no variance is so small that, as a difference of two means in float32, it is rounding.

    PyTorch's `moments` take it like that.
    """
    hidden, activated = _transformed(case), _gelu(_transformed(case))
    views = [(hidden, -1)]
    if np.abs(activated).max() > 1e-9:
        views += [(activated, -1), (activated, 1)]
    elif np.abs(activated).max() > NOTHING:
        return False
    return all((array.var(axis=axis) > 0.012 * array.mean(axis=axis) ** 2).all() for array, axis in views)


def _sizes(case):
    """B, T, M, D, V"""
    batch, length, width = case["sequence"].shape
    return batch, length, case["positions"].shape[1], width, len(case["embeddings"])


def _transformed(case):
    """What goes into the activation, at the positions."""
    weights = case["weights"]
    return _gather(case["sequence"], case["positions"]) @ weights["kernel"] + weights["kernel_bias"]


def _gelu(x):
    return x * (1 + _erf(x / math.sqrt(2))) / 2


def _gather(sequence, positions):
    return np.take_along_axis(sequence, positions[:, :, None], axis=1)


def _sequences(sequence, positions):
    """Positions taken for numbers of sequences; where there is none, JAX has NaN and others an error."""
    found = sequence[np.minimum(positions, len(sequence) - 1)]
    return np.where((positions < len(sequence))[..., None, None], found, np.nan)


CONDITIONS = {
    "as many words as channels": lambda case: _sizes(case)[3] == _sizes(case)[4],
    "more words than channels": lambda case: _sizes(case)[3] < _sizes(case)[4],
    "fewer words than channels": lambda case: _sizes(case)[3] > _sizes(case)[4],
    "as many sequences as positions": lambda case: _sizes(case)[0] == _sizes(case)[1],
    "more sequences than positions": lambda case: _sizes(case)[0] > _sizes(case)[1],
    "more places than positions": lambda case: _sizes(case)[2] > _sizes(case)[1],
    "one sequence": lambda case: _sizes(case)[0] == 1,
    "the last position": lambda case: case["positions"].max() == _sizes(case)[1] - 1,
    "the first position": lambda case: case["positions"].min() == 0,
    "a position twice": lambda case: (np.diff(np.sort(case["positions"], axis=1), axis=1) == 0).any(),
    "positions that are not in order": lambda case: (np.diff(case["positions"], axis=1) < 0).any(),
    "an activation whose variance is below 1e-6": lambda case: (
        _gelu(_transformed(case)).var(axis=-1).max() < 1e-6
    ),
    "an activation with a deviation of a millionth": lambda case: (
        0 < _gelu(_transformed(case)).std(axis=-1).max() < 1e-5
    ),
    "an activation that is as good as 0 everywhere": lambda case: (
        np.abs(_gelu(_transformed(case))).max() < NOTHING
    ),
    "nothing but negative inputs of the activation": lambda case: (
        _transformed(case).max(axis=-1) < -0.3
    ).any(),
}


def _gelu_by_tanh(x):
    return x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) / 2


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _norm(values, weights, epsilon=EPSILON, axes=-1, outside=0.0):
    centred = values - values.mean(axis=axes, keepdims=True)
    variance = (centred**2).mean(axis=axes, keepdims=True)
    return weights["scale"] * centred / (np.sqrt(variance + epsilon) + outside) + weights["shift"]


def _transform(values, weights):
    return values @ weights["kernel"] + weights["kernel_bias"]


def _after(activation, norm=_norm):
    return lambda values, weights: norm(activation(_transform(values, weights)), weights)


_right_hidden = _after(_gelu)


def _transposed(hidden, embeddings):
    return hidden @ embeddings.T


def _logits(gather=_gather, hidden=_right_hidden, product=_transposed, finish=lambda raw, bias: raw + bias):
    """The answer, with parts exchanged; `finish` takes the products and the bias."""

    def answer(sequence, positions, weights, embeddings):
        vectors = hidden(gather(sequence, positions), weights)
        return finish(product(vectors, embeddings), weights["bias"])

    return answer


reference = _logits()


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _untransposed(hidden, embeddings):
    return hidden @ embeddings


def _flat(offset):
    """Rows of the batch laid out as one list; `offset` is what is added for each sequence."""

    def gather(sequence, positions):
        batch, length, width = sequence.shape
        rows = positions + np.arange(batch)[:, None] * offset(length)
        return sequence.reshape(-1, width)[rows]

    return gather


def _norm_with(**settings):
    return lambda values, weights: _norm(values, weights, **settings)


def _without(*names, epsilon=EPSILON):
    """A normalisation without scale or shift."""

    def norm(values, weights):
        return _norm(values, weights | {name: 1.0 if name == "scale" else 0.0 for name in names}, epsilon)

    return norm


def _identity(values, weights=None):
    return values


ACTIVATIONS = (
    np.tanh,
    lambda x: np.maximum(x, 0),
    _sigmoid,
    lambda x: x * _sigmoid(x),
    lambda x: x * _sigmoid(1.702 * x),
    lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
)

MISTAKES = {
    "positions_ignored": (
        _logits(gather=lambda sequence, positions: sequence),
        _logits(gather=lambda sequence, positions: sequence[:, : positions.shape[1]]),
    ),
    "offset_missing": (
        _logits(gather=_flat(lambda length: 0)),
        _logits(gather=_flat(lambda length: 1)),
    ),
    "first_positions_for_all": _logits(gather=lambda sequence, positions: sequence[:, positions[0]]),
    "batch_axis": (
        _logits(gather=lambda sequence, positions: sequence[positions]),
        _logits(gather=_sequences),
        _logits(
            gather=lambda sequence, positions: np.take_along_axis(sequence, positions[:, :, None], axis=0)
        ),
    ),
    "every_sequence_with_all_positions": _logits(gather=lambda sequence, positions: sequence[:, positions]),
    "transform_missing": (
        _logits(hidden=_identity),
        _logits(hidden=_norm),
        _logits(hidden=lambda values, weights: _norm(_gelu(values), weights)),
    ),
    "bias_of_the_transform_missing": _logits(
        hidden=lambda values, weights: _norm(_gelu(values @ weights["kernel"]), weights)
    ),
    "kernel_transposed": _logits(
        hidden=lambda values, weights: _right_hidden(values, weights | {"kernel": weights["kernel"].T})
    ),
    "activation_missing": _logits(hidden=_after(_identity)),
    "activation_last": (
        _logits(hidden=lambda values, weights: _gelu(_norm(_transform(values, weights), weights))),
        _logits(hidden=lambda values, weights: _gelu_by_tanh(_norm(_transform(values, weights), weights))),
    ),
    "norm_first": _logits(hidden=lambda values, weights: _gelu(_transform(_norm(values, weights), weights))),
    "norm_missing": (
        _logits(hidden=lambda values, weights: _gelu(_transform(values, weights))),
        _logits(hidden=lambda values, weights: _gelu_by_tanh(_transform(values, weights))),
    ),
    "gelu_by_tanh": _logits(hidden=_after(_gelu_by_tanh)),
    "other_activation": tuple(_logits(hidden=_after(activation)) for activation in ACTIVATIONS),
    "epsilon_too_large": tuple(
        _logits(hidden=_after(gelu, _norm_with(epsilon=10.0**-power)))
        for gelu in (_gelu, _gelu_by_tanh)
        for power in range(2, 10)
    ),
    "epsilon_outside": tuple(
        _logits(hidden=_after(gelu, _norm_with(epsilon=0.0, outside=number)))
        for gelu in (_gelu, _gelu_by_tanh)
        for number in (1e-3, 1e-5, 1e-6, EPSILON)
    ),
    "normalised_over_places": _logits(hidden=_after(_gelu, _norm_with(axes=1))),
    "scale_or_shift_forgotten": (
        _logits(hidden=_after(_gelu, _without("scale"))),
        _logits(hidden=_after(_gelu, _without("shift"))),
        *(
            _logits(hidden=_after(gelu, _without("scale", "shift", epsilon=epsilon)))
            for gelu in (_gelu, _gelu_by_tanh)
            for epsilon in (EPSILON, 1e-3, 1e-5, 1e-6)  # those of Keras, of PyTorch and of many others
        ),
    ),
    "bias_missing": _logits(finish=lambda raw, bias: raw),
    "bias_twice": _logits(finish=lambda raw, bias: raw + 2 * bias),
    "table_not_transposed": _logits(product=_untransposed),
    "scaled_like_attention": (
        _logits(
            finish=lambda raw, bias: raw,
            product=lambda hidden, table: hidden @ table.T / len(table[0]) ** 0.5,
        ),
        _logits(product=lambda hidden, table: hidden @ table.T / len(table[0]) ** 0.5),
        _logits(product=lambda hidden, table: hidden @ table.T * len(table[0]) ** 0.5),
    ),
    "softmax_taken": (
        _logits(finish=lambda raw, bias: np.exp(_log_softmax(raw + bias))),
        _logits(finish=lambda raw, bias: _log_softmax(raw + bias)),
    ),
}
