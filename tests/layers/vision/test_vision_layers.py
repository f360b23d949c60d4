"""Layers that look at pictures, by the one-call test, and what each of them promises."""

import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.layers import (
    AttentionProposal,
    ConvolutionalFeatures,
    GridPositions,
    PatchEmbedding,
    proposal_boxes,
)


def drawn(*shape):
    return np.random.default_rng(3).normal(size=shape).astype("float32")


@pytest.mark.parametrize(
    "make, name, shape",
    [
        (lambda: PatchEmbedding(patch_size=3, hidden_dim=7), "pictures", (2, 9, 15, 2)),
        (lambda: GridPositions(rows=3, columns=5), "inputs", (2, 3, 5, 7)),
        (lambda: GridPositions(rows=3, columns=5), "inputs", (2, 7, 2, 7)),
        (lambda: ConvolutionalFeatures((5, 3, 7)), "pictures", (2, 13, 17, 2)),
        (lambda: AttentionProposal(0.1, 0.3), "features", (2, 5, 7, 11)),
    ],
)
def test_contract(make, name, shape, tmp_path):
    check_layer(make, {name: drawn(*shape)}, tmp_path, are_lengths_known=True)


def test_patches_are_embedded_by_one_matrix_in_their_places():
    layer = PatchEmbedding(patch_size=2, hidden_dim=5)
    pictures = drawn(3, 6, 10, 2)
    outputs = ops.convert_to_numpy(layer(pictures))
    kernel, bias = (ops.convert_to_numpy(weight) for weight in layer.weights)
    for row in range(3):
        for column in range(5):
            patch = pictures[:, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2].reshape(3, -1)
            np.testing.assert_allclose(outputs[:, row, column], patch @ kernel + bias, rtol=1e-4, atol=1e-5)


def test_positions_are_added_each_to_its_place():
    layer = GridPositions(rows=2, columns=3)
    inputs = drawn(3, 2, 3, 5)
    outputs = ops.convert_to_numpy(layer(inputs))
    np.testing.assert_allclose(outputs, inputs + ops.convert_to_numpy(layer.table), rtol=1e-5, atol=1e-6)


def test_features_are_those_of_one_convolution_by_loops():
    layer = ConvolutionalFeatures((3,))
    pictures = drawn(1, 5, 7, 2)
    found = ops.convert_to_numpy(layer(pictures))[0]
    kernel, bias = (ops.convert_to_numpy(weight) for weight in layer.convolutions[0].weights)
    padded = np.pad(pictures[0].astype(float), ((1, 1), (1, 1), (0, 0)))
    for row in range(5):
        for column in range(7):
            sums = np.einsum("ijc,ijcd->d", padded[row : row + 3, column : column + 3], kernel) + bias
            normal = (sums - sums.mean()) / np.sqrt(sums.var() + 1e-2)
            np.testing.assert_allclose(found[row, column], np.maximum(normal, 0), rtol=1e-4, atol=1e-5)


def test_a_proposal_is_where_its_attention_lies():
    layer = AttentionProposal(0.1, 0.3)
    features = drawn(4, 5, 7, 3)
    proposals, weights = layer(features, return_attention_weights=True)
    proposals, weights = ops.convert_to_numpy(proposals), ops.convert_to_numpy(weights)
    score, kernel, bias = (ops.convert_to_numpy(weight) for weight in layer.weights)
    scores = (features @ score)[..., 0].astype(float)
    expected = np.exp(scores) / np.exp(scores).sum(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(weights, expected, rtol=1e-4)
    y = (expected * ((np.arange(5) + 0.5) / 5)[:, None]).sum(axis=(1, 2))
    x = (expected * ((np.arange(7) + 0.5) / 7)).sum(axis=(1, 2))
    seen = (expected[..., None] * features).sum(axis=(1, 2))
    half = 0.1 + 0.2 / (1 + np.exp(-(seen @ kernel + bias)[:, 0]))
    np.testing.assert_allclose(proposals[:, 2], half, rtol=1e-4)
    np.testing.assert_allclose(proposals[:, 0], np.clip(y, half, 1 - half), rtol=1e-4)
    np.testing.assert_allclose(proposals[:, 1], np.clip(x, half, 1 - half), rtol=1e-4)


@pytest.mark.parametrize("scale", [0.0, 1.0, 1e4])
def test_a_proposal_stays_within_the_picture_and_its_bounds(scale):
    layer = AttentionProposal(0.15, 0.4)
    layer.build((None, 5, 7, 3))
    layer.set_weights(
        [scale * np.random.default_rng(5).normal(size=weight.shape) for weight in layer.weights]
    )
    proposals = ops.convert_to_numpy(layer(drawn(53, 5, 7, 3)))
    boxes = ops.convert_to_numpy(proposal_boxes(proposals))
    assert (proposals[:, 2] >= 0.15 - 1e-6).all() and (proposals[:, 2] <= 0.4 + 1e-6).all()
    assert (boxes >= -1e-6).all() and (boxes <= 1 + 1e-6).all()
    np.testing.assert_allclose(boxes[:, 2:] - boxes[:, :2], 2 * proposals[:, 2:].repeat(2, axis=1), rtol=1e-5)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: PatchEmbedding(0, 5), "`patch_size` must be positive. Received: patch_size=0"),
        (lambda: PatchEmbedding(2, 0), "`hidden_dim` must be positive. Received: hidden_dim=0"),
        (lambda: PatchEmbedding(2, 3)(drawn(1, 5, 4, 1)), "Received: height=5, width=4, patch_size=2"),
        (lambda: GridPositions(3, 0), "`columns` must be positive. Received: columns=0"),
        (lambda: GridPositions(3, 5)(drawn(1, 15, 2)), r"\(B, rows, columns, D\). Received: .* \(1, 15, 2\)"),
        (lambda: ConvolutionalFeatures(()), r"one at least. Received: channels=\(\)"),
        (lambda: ConvolutionalFeatures((3, 0)), r"Received: channels=\(3, 0\)"),
        (lambda: ConvolutionalFeatures((3,))(np.zeros((1, 5, 5, 1), "uint8")), "must be floats.*uint8"),
        (lambda: AttentionProposal(0.3, 0.2), "in order.*min_half_width=0.3, max_half_width=0.2"),
        (lambda: AttentionProposal(0.3, 0.6), "at most 0.5"),
        (lambda: AttentionProposal(0.0, 0.2), "above 0"),
        (lambda: AttentionProposal()(drawn(1, 15, 2)), "rows and columns known"),
        (lambda: proposal_boxes(np.zeros((2, 4))), "centre y, centre x, half-width"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
