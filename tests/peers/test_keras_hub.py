"""Our blocks beside keras-hub's, with copied weights."""

import numpy as np
import pytest
from keras import ops

from course_lib.layers import DecoderBlock, EncoderBlock

keras_hub = pytest.importorskip("keras_hub")

B, N, T, S, D, F = 3, 2, 5, 7, 12, 13
CLOSE = {"rtol": 1e-5, "atol": 1e-5}
norm_places = pytest.mark.parametrize("norm_place", ["pre", "post"])


@pytest.fixture
def generator():
    return np.random.default_rng(17)


def draw(generator, *shape):
    return generator.normal(size=shape).astype("float32")


def lengths_mask(lengths, width):
    return np.arange(width) < np.array(lengths)[:, None]


def set_random_weights(layer, generator):
    layer.set_weights([generator.normal(scale=0.5, size=weight.shape) for weight in layer.weights])


def copy(pairs):
    """From our residuals to the attentions, normalisations and dense layers of keras-hub's block."""
    for ours, theirs in pairs:
        theirs.set_weights(ours.get_weights())


def copy_feed_forward(residual, theirs):
    copy(
        [
            (residual.norm, theirs._feedforward_layer_norm),
            (residual.layer.expand, theirs._feedforward_intermediate_dense),
            (residual.layer.contract, theirs._feedforward_output_dense),
        ]
    )


@norm_places
@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_encoder_block(generator, norm_place, activation):
    ours = EncoderBlock(D, N, F, activation=activation, norm_place=norm_place)
    theirs = keras_hub.layers.TransformerEncoder(
        F, N, activation=activation, normalize_first=norm_place == "pre"
    )
    inputs, mask = draw(generator, B, T, D), lengths_mask([5, 3, 1], T)
    ours.build(inputs.shape)
    theirs.build(inputs.shape)
    set_random_weights(ours, generator)
    copy(
        [
            (ours.self_attention.layer, theirs._self_attention_layer),
            (ours.self_attention.norm, theirs._self_attention_layer_norm),
        ]
    )
    copy_feed_forward(ours.feed_forward, theirs)
    np.testing.assert_allclose(
        ops.convert_to_numpy(ours(inputs, padding_mask=mask)),
        ops.convert_to_numpy(theirs(inputs, padding_mask=ops.convert_to_tensor(mask))),
        **CLOSE,
    )


@norm_places
def test_decoder_block(generator, norm_place):
    ours = DecoderBlock(D, N, F, norm_place=norm_place)
    theirs = keras_hub.layers.TransformerDecoder(F, N, normalize_first=norm_place == "pre")
    inputs, memory = draw(generator, B, T, D), draw(generator, B, S, D)
    mask, memory_mask = lengths_mask([5, 3, 1], T), lengths_mask([7, 4, 1], S)
    ours.build(inputs.shape, memory.shape)
    theirs.build(inputs.shape, memory.shape)
    set_random_weights(ours, generator)
    copy(
        [
            (ours.causal_attention.layer, theirs._self_attention_layer),
            (ours.causal_attention.norm, theirs._self_attention_layer_norm),
            (ours.cross_attention.layer, theirs._cross_attention_layer),
            (ours.cross_attention.norm, theirs._cross_attention_layer_norm),
        ]
    )
    copy_feed_forward(ours.feed_forward, theirs)
    expected = theirs(
        inputs,
        memory,
        decoder_padding_mask=ops.convert_to_tensor(mask),
        encoder_padding_mask=ops.convert_to_tensor(memory_mask),
    )
    outputs = ours(inputs, memory, padding_mask=mask, memory_mask=memory_mask)
    np.testing.assert_allclose(ops.convert_to_numpy(outputs), ops.convert_to_numpy(expected), **CLOSE)
