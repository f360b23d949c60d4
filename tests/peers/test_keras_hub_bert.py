"""`Bert` beside keras-hub's `BertBackbone`, with copied weights, on random small settings."""

import numpy as np
import pytest
from keras import ops
from support.peer_readers import random_settings

from course_lib.models import Bert

keras_hub = pytest.importorskip("keras_hub")


def shared_settings(seed):
    """A small configuration which both take; the activation is not theirs to choose."""
    settings = random_settings(seed)
    del settings["activation"]
    return settings


def layers_in_order(ours, theirs):
    """Pairs of layers with the same weights in the same order."""
    yield ours.embedding.tokens, theirs.token_embedding
    yield ours.embedding.positions, theirs.position_embedding
    yield ours.embedding.segments, theirs.segment_embedding
    yield ours.embedding.norm, theirs.embeddings_layer_norm
    for block, layer in zip(ours.encoder.blocks, theirs.transformer_layers, strict=True):
        yield block.self_attention.layer, layer._self_attention_layer
        yield block.self_attention.norm, layer._self_attention_layer_norm
        yield block.feed_forward.layer.expand, layer._feedforward_intermediate_dense
        yield block.feed_forward.layer.contract, layer._feedforward_output_dense
        yield block.feed_forward.norm, layer._feedforward_layer_norm
    yield ours.pooler, theirs.pooled_dense


@pytest.mark.parametrize("seed", range(5))
def test_outputs_are_those_of_keras_hub(seed):
    settings = shared_settings(seed)
    ours, theirs = Bert(activation="gelu_tanh", **settings), keras_hub.models.BertBackbone(**settings)
    generator = np.random.default_rng(seed)
    mask = np.arange(13) < np.array([13, 7, 11, 2, 1])[:, None]
    batch = {
        "token_ids": generator.integers(1, settings["vocabulary_size"], mask.shape) * mask,
        "segment_ids": generator.integers(0, settings["num_segments"], mask.shape) * mask,
        "padding_mask": mask,
    }
    expected = theirs(batch)
    ours(batch)
    for weight in theirs.weights:
        weight.assign(generator.normal(scale=0.3, size=weight.shape))
    copied = 0
    for layer, other in layers_in_order(ours, theirs):
        layer.set_weights(other.get_weights())
        copied += len(layer.weights)
    assert copied == len(ours.weights) == len(theirs.weights)
    expected, received = theirs(batch), ours(batch)
    for name in ("sequence_output", "pooled_output"):
        values, wanted = (ops.convert_to_numpy(outputs[name]) for outputs in (received, expected))
        if name == "sequence_output":
            values, wanted = values[mask], wanted[mask]
        np.testing.assert_allclose(values, wanted, rtol=1e-5, atol=1e-5, err_msg=name)


def test_the_exact_gelu_is_another_model():
    """The bound is tight enough to tell the two GELUs apart."""
    settings = shared_settings(1)
    token_ids = np.arange(1, 14)[None]
    batch = {"token_ids": token_ids, "segment_ids": 0 * token_ids, "padding_mask": token_ids > 0}
    tanh, exact = Bert(activation="gelu_tanh", **settings), Bert(activation="gelu", **settings)
    tanh(batch), exact(batch)
    generator = np.random.default_rng(2)
    weights = [generator.normal(scale=0.3, size=weight.shape) for weight in tanh.weights]
    tanh.set_weights(weights)
    exact.set_weights(weights)
    outputs = [ops.convert_to_numpy(model(batch)["sequence_output"]) for model in (tanh, exact)]
    assert np.abs(outputs[0] - outputs[1]).max() > 1e-4
