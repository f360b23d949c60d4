"""Every layer, by the one-call test."""

import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.layers import (
    AdditiveScore,
    Attention,
    DeepRecurrentDecoder,
    DeepRecurrentEncoder,
    DotScore,
    LocalAttention,
    MultiplicativeScore,
    RecurrentDecoder,
    RecurrentEncoder,
    ScaledDotScore,
)

B, T, S, D, E = 3, 5, 7, 6, 11


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def lengths_mask(lengths, width):
    return np.arange(width)[None, :] < np.asarray(lengths)[:, None]


def pad(array, extra, filler):
    """`extra` more positions on axis 1."""
    shape = (array.shape[0], extra, *array.shape[2:])
    return np.concatenate([array, np.full(shape, filler, array.dtype)], axis=1)


@pytest.mark.parametrize(
    "make, key_dim",
    [
        (DotScore, D),
        (ScaledDotScore, D),
        (MultiplicativeScore, E),
        (lambda: AdditiveScore(hidden_dim=13), E),
    ],
)
def test_scores(make, key_dim, tmp_path):
    inputs = {"query": normal(B, T, D), "key": normal(B, S, key_dim, seed=1)}
    longer = {"query": inputs["query"], "key": pad(inputs["key"], 4, 9.0)}
    check_layer(make, inputs, tmp_path, lengthened=longer)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Attention(DotScore()),
        lambda: Attention(ScaledDotScore()),
        lambda: Attention(MultiplicativeScore()),
        lambda: Attention(AdditiveScore(hidden_dim=13)),
        lambda: LocalAttention(AdditiveScore(hidden_dim=13), window=2.5, hidden_dim=5),
    ],
)
def test_attention(make, tmp_path):
    inputs = {
        "query": normal(B, T, D),
        "value": normal(B, S, D, seed=1),
        "mask": lengths_mask([7, 4, 1], S),
    }
    longer = {
        "query": inputs["query"],
        "value": pad(inputs["value"], 4, 9.0),
        "mask": pad(inputs["mask"], 4, False),
    }
    check_layer(make, inputs, tmp_path, lengthened=longer)


def test_recurrent_encoder(tmp_path):
    inputs = {"inputs": normal(B, S, E), "mask": lengths_mask([7, 4, 1], S)}
    layer = RecurrentEncoder(hidden_dim=D)
    _, summary = layer(**inputs)
    _, longer_summary = layer(inputs=pad(inputs["inputs"], 4, 9.0), mask=pad(inputs["mask"], 4, False))
    np.testing.assert_allclose(
        ops.convert_to_numpy(longer_summary), ops.convert_to_numpy(summary), rtol=1e-5, atol=1e-6
    )
    check_layer(lambda: RecurrentEncoder(hidden_dim=D), inputs, tmp_path)


@pytest.mark.parametrize("score", [None, DotScore, lambda: AdditiveScore(hidden_dim=13)])
def test_recurrent_decoder(score, tmp_path):
    inputs = {
        "inputs": normal(B, T, E),
        "memory": normal(B, S, D, seed=1),
        "summary": normal(B, D, seed=2),
        "memory_mask": lengths_mask([7, 4, 1], S),
    }
    longer = {
        **inputs,
        "memory": pad(inputs["memory"], 4, 9.0),
        "memory_mask": pad(inputs["memory_mask"], 4, False),
    }

    def make():
        return RecurrentDecoder(hidden_dim=D, attention=score and Attention(score()))

    check_layer(make, inputs, tmp_path, lengthened=longer)


@pytest.mark.parametrize("num_layers", [1, 3])
def test_deep_recurrent_encoder(num_layers, tmp_path):
    inputs = {"inputs": normal(B, S, E), "mask": lengths_mask([7, 4, 1], S)}
    check_layer(lambda: DeepRecurrentEncoder(D, num_layers), inputs, tmp_path)


@pytest.mark.parametrize("num_layers", [1, 3])
def test_deep_recurrent_decoder(num_layers, tmp_path):
    inputs = {
        "inputs": normal(B, T, E),
        "memory": normal(B, S, D, seed=1),
        "memory_mask": lengths_mask([7, 4, 1], S),
    }
    longer = {
        **inputs,
        "memory": pad(inputs["memory"], 4, 9.0),
        "memory_mask": pad(inputs["memory_mask"], 4, False),
    }

    def make():
        return DeepRecurrentDecoder(D, num_layers, Attention(AdditiveScore(hidden_dim=13)))

    check_layer(make, inputs, tmp_path, lengthened=longer)
