import math

import keras
import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.layers import (
    DecoderBlock,
    EncoderBlock,
    FeedForward,
    Residual,
    TransformerEncoder,
    make_positions,
)

B, N, T, S, D, D_MEMORY, F = 3, 2, 5, 7, 12, 11, 13

each_norm_place = pytest.mark.parametrize("norm_place", ["pre", "post"])


def normal(*shape, seed):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def lengths_mask(lengths, width):
    return np.arange(width)[None, :] < np.asarray(lengths)[:, None]


def set_random_weights(layer, seed=0):
    generator = np.random.default_rng(seed)
    layer.set_weights([generator.normal(scale=0.5, size=weight.shape) for weight in layer.weights])


def make_encoder(**settings):
    block = EncoderBlock(D, N, F, **settings)
    block.build((None, None, D))
    set_random_weights(block)
    return block


def make_decoder(**settings):
    block = DecoderBlock(D, N, F, **settings)
    block.build((None, None, D), (None, None, D_MEMORY))
    set_random_weights(block)
    return block


# The same in NumPy and float64.


def exact(layer):
    return [np.asarray(weight, "float64") for weight in layer.get_weights()]


def attend(layer, query, value, mask):
    wq, bq, wk, bk, wv, bv, wo, bo = exact(layer)
    heads = [
        np.einsum("btd,dnk->bntk", inputs, kernel) + bias[:, None, :]
        for inputs, kernel, bias in ((query, wq, bq), (value, wk, bk), (value, wv, bv))
    ]
    scores = np.einsum("bntk,bnsk->bnts", heads[0], heads[1]) / np.sqrt(D / N)
    weights = np.where(mask, np.exp(scores - scores.max(-1, keepdims=True)), 0)
    weights /= weights.sum(-1, keepdims=True)
    return np.einsum("bntk,nkd->btd", weights @ heads[2], wo) + bo


def feed_forward(layer, inputs):
    w1, b1, w2, b2 = exact(layer)
    return np.maximum(inputs @ w1 + b1, 0) @ w2 + b2


def normalise(residual, inputs):
    gamma, beta = exact(residual.norm)
    centred = inputs - inputs.mean(-1, keepdims=True)
    return centred / np.sqrt(inputs.var(-1, keepdims=True) + 1e-5) * gamma + beta


def surround(residual, inputs, function):
    if residual.norm_place == "pre":
        return inputs + function(normalise(residual, inputs))
    return normalise(residual, inputs + function(inputs))


def test_feed_forward_equals_its_equation():
    layer, inputs = FeedForward(intermediate_dim=F), normal(B, T, D, seed=1)
    layer.build(inputs.shape)
    set_random_weights(layer)
    expected = feed_forward(layer, inputs.astype("float64"))
    np.testing.assert_allclose(numpy_of(layer(inputs)), expected, rtol=1e-5, atol=1e-5)


def test_feed_forward_uses_the_activation_and_treats_every_position_alone():
    layer, inputs = FeedForward(intermediate_dim=F, activation="gelu"), normal(B, T, D, seed=1)
    outputs = numpy_of(layer(inputs))
    hidden = keras.activations.gelu(ops.convert_to_tensor(inputs @ numpy_of(layer.expand.kernel)))
    expected = numpy_of(hidden) @ numpy_of(layer.contract.kernel)
    np.testing.assert_allclose(outputs, expected, rtol=1e-5, atol=1e-5)
    for t in range(T):
        np.testing.assert_allclose(numpy_of(layer(inputs[:, t : t + 1]))[:, 0], outputs[:, t], atol=1e-5)


@each_norm_place
def test_residual_equals_its_equation(norm_place):
    layer, inputs = Residual(FeedForward(F), norm_place), normal(B, T, D, seed=1)
    layer.build(inputs.shape)
    set_random_weights(layer)
    expected = surround(layer, inputs.astype("float64"), lambda entered: feed_forward(layer.layer, entered))
    np.testing.assert_allclose(numpy_of(layer(inputs)), expected, rtol=1e-5, atol=1e-5)


def test_dropout_of_a_residual_leaves_the_inputs_alone():
    inputs = normal(31, T, D, seed=1)
    layer = Residual(FeedForward(F), "pre", dropout=0.4)
    added = numpy_of(layer(inputs)) - inputs
    dropped = numpy_of(layer(inputs, training=True)) - inputs
    kept = np.abs(dropped) > 1e-6
    np.testing.assert_allclose(dropped[kept], added[kept] / 0.6, rtol=1e-3, atol=1e-5)
    assert abs(kept.mean() - 0.6) < 4 * np.sqrt(0.6 * 0.4 / kept.size)


@each_norm_place
def test_encoder_block_equals_its_equation(norm_place):
    block, inputs = make_encoder(norm_place=norm_place), normal(B, T, D, seed=1)
    mask = lengths_mask([5, 3, 1], T)
    attention = block.self_attention.layer
    attended = surround(
        block.self_attention,
        inputs.astype("float64"),
        lambda entered: attend(attention, entered, entered, mask[:, None, None]),
    )
    expected = surround(
        block.feed_forward, attended, lambda entered: feed_forward(block.feed_forward.layer, entered)
    )
    outputs, weights = block(inputs, padding_mask=mask, return_attention_weights=True)
    np.testing.assert_allclose(numpy_of(outputs), expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(numpy_of(block(inputs, padding_mask=mask)), expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(numpy_of(weights).sum(-1), 1, rtol=1e-5)
    assert (numpy_of(weights)[np.broadcast_to(~mask[:, None, None], (B, N, T, T))] == 0).all()


@each_norm_place
def test_decoder_block_equals_its_equation(norm_place):
    block = make_decoder(norm_place=norm_place)
    inputs, memory = normal(B, T, D, seed=1), normal(B, S, D_MEMORY, seed=2)
    mask = lengths_mask([7, 4, 1], S)
    attended = surround(
        block.causal_attention,
        inputs.astype("float64"),
        lambda entered: attend(block.causal_attention.layer, entered, entered, np.tri(T, dtype=bool)),
    )
    informed = surround(
        block.cross_attention,
        attended,
        lambda entered: attend(block.cross_attention.layer, entered, memory, mask[:, None, None]),
    )
    expected = surround(
        block.feed_forward, informed, lambda entered: feed_forward(block.feed_forward.layer, entered)
    )
    outputs, causal, cross = block(inputs, memory, memory_mask=mask, return_attention_weights=True)
    fused = block(inputs, memory, memory_mask=mask)
    np.testing.assert_allclose(numpy_of(outputs), expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(numpy_of(fused), expected, rtol=1e-4, atol=1e-4)
    assert (numpy_of(causal)[..., ~np.tri(T, dtype=bool)] == 0).all()
    assert (numpy_of(cross)[np.broadcast_to(~mask[:, None, None], (B, N, T, S))] == 0).all()


def test_padding_behind_a_target_needs_no_mask():
    block, inputs, memory = make_decoder(), normal(B, T, D, seed=1), normal(B, S, D_MEMORY, seed=2)
    mask = lengths_mask([5, 3, 1], T)
    np.testing.assert_allclose(
        numpy_of(block(inputs, memory, padding_mask=mask))[mask],
        numpy_of(block(inputs, memory))[mask],
        rtol=1e-5,
        atol=1e-5,
    )


@pytest.mark.parametrize(
    "norm_place, scheme",
    [("pre", None), ("post", None), ("pre", "sinusoidal"), ("pre", "rotary"), ("post", "relative")],
)
def test_steps_equal_a_call_on_the_whole(norm_place, scheme):
    positions = scheme and make_positions(scheme, max_sequence_length=31, num_heads=N)
    block = make_decoder(norm_place=norm_place, positions=positions)
    inputs, memory = normal(B, T, D, seed=1), normal(B, S, D_MEMORY, seed=2)
    mask = lengths_mask([7, 4, 1], S)
    outputs = numpy_of(block(inputs, memory, memory_mask=mask))
    state = block.initial_state(memory, length=T + 2)
    shapes = keras.tree.map_structure(lambda tensor: tuple(tensor.shape), state)
    for t in range(T):
        output, state = block.step(inputs[:, t : t + 1], state, t, memory_mask=mask)
        np.testing.assert_allclose(numpy_of(output)[:, 0], outputs[:, t], rtol=1e-4, atol=1e-5)
        assert keras.tree.map_structure(lambda tensor: tuple(tensor.shape), state) == shapes


def test_feed_forward_contract(tmp_path):
    check_layer(lambda: FeedForward(F), {"inputs": normal(B, T, D, seed=1)}, tmp_path)


@each_norm_place
def test_encoder_block_contract(norm_place, tmp_path):
    inputs = {"inputs": normal(B, T, D, seed=1), "padding_mask": lengths_mask([5, 3, 1], T)}
    check_layer(lambda: EncoderBlock(D, N, F, norm_place=norm_place), inputs, tmp_path)


def test_decoder_block_contract(tmp_path):
    inputs = {
        "inputs": normal(B, T, D, seed=1),
        "memory": normal(B, S, D_MEMORY, seed=2),
        "memory_mask": lengths_mask([7, 4, 1], S),
    }
    longer = {
        "inputs": inputs["inputs"],
        "memory": np.concatenate([inputs["memory"], np.full((B, 4, D_MEMORY), 9.0, "float32")], axis=1),
        "memory_mask": np.concatenate([inputs["memory_mask"], np.zeros((B, 4), bool)], axis=1),
    }
    positions = make_positions("relative", max_sequence_length=31, num_heads=N)
    config = keras.saving.serialize_keras_object(positions)

    def make():
        return DecoderBlock(D, N, F, positions=keras.saving.deserialize_keras_object(config))

    check_layer(make, inputs, tmp_path, lengthened=longer)


@pytest.mark.parametrize(
    ("norm_place", "sharing"), [("pre", "none"), ("post", "none"), ("post", "attention"), ("pre", "all")]
)
def test_encoder_contract(norm_place, sharing, tmp_path):
    inputs = {"inputs": normal(B, T, D, seed=1), "padding_mask": lengths_mask([5, 3, 1], T)}
    # On PyTorch, Keras infers unknown lengths by trying 83.
    positions = keras.saving.serialize_keras_object(make_positions("rotary", 89, num_heads=N))

    def make():
        scheme = keras.saving.deserialize_keras_object(positions)
        return TransformerEncoder(2, D, N, F, scheme, "every_layer", sharing, norm_place=norm_place)

    check_layer(make, inputs, tmp_path)


@each_norm_place
@pytest.mark.parametrize(
    "scheme, place, entrance, in_blocks",
    [
        ("sinusoidal", "once", True, [False, False]),
        ("relative", "once", False, [True, False]),
        ("rotary", "every_layer", False, [True, True]),
    ],
)
def test_an_encoder_is_its_positions_its_blocks_and_its_norm(norm_place, scheme, place, entrance, in_blocks):
    positions = make_positions(scheme, 31, num_heads=N)
    encoder = TransformerEncoder(2, D, N, F, positions, place, norm_place=norm_place)
    assert [block.positions is positions for block in encoder.blocks] == in_blocks
    inputs, mask = normal(B, T, D, seed=1), lengths_mask([5, 3, 1], T)
    encoder.build(inputs.shape)
    set_random_weights(encoder)
    expected, expected_weights = (positions(inputs) if entrance else inputs), []
    for block in encoder.blocks:
        expected, weights = block(expected, padding_mask=mask, return_attention_weights=True)
        expected_weights.append(numpy_of(weights))
    if norm_place == "pre":
        centred = numpy_of(expected) - numpy_of(expected).mean(-1, keepdims=True)
        gamma, beta = exact(encoder.norm)
        expected = centred / np.sqrt(numpy_of(expected).var(-1, keepdims=True) + 1e-5) * gamma + beta
    outputs, weights = encoder(inputs, padding_mask=mask, return_attention_weights=True)
    np.testing.assert_allclose(numpy_of(outputs), numpy_of(expected), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(list(map(numpy_of, weights)), expected_weights, rtol=1e-5, atol=1e-6)
    without_weights = numpy_of(encoder(inputs, padding_mask=mask))
    np.testing.assert_allclose(without_weights, numpy_of(outputs), rtol=1e-4, atol=1e-5)


def test_masks_of_an_encoder_reach_every_block():
    encoder, inputs = TransformerEncoder(2, D, N, F), normal(B, T, D, seed=1)
    mask = np.random.default_rng(2).random((B, T, T)) < 0.6
    _, allowed = encoder(inputs, attention_mask=mask, return_attention_weights=True)
    _, causal = encoder(inputs, use_causal_mask=True, return_attention_weights=True)
    for kept, weights in ((mask[:, None], allowed), (np.tri(T, dtype=bool), causal)):
        for layer in map(numpy_of, weights):
            assert (layer[np.broadcast_to(~kept, layer.shape)] == 0).all()
            assert (layer[np.broadcast_to(kept, layer.shape)] > 0).all()


def test_the_settings_of_bert_reach_every_weight():
    normal_draw = keras.initializers.TruncatedNormal(stddev=0.02)
    encoder = TransformerEncoder(
        2, 64, 4, 256, norm_place="post", activation="gelu", epsilon=1e-12, kernel_initializer=normal_draw
    )
    encoder.build((None, None, 64))
    kernels = [numpy_of(weight) for weight in encoder.weights if weight.name.endswith("kernel")]
    assert len(kernels) == 2 * 6
    drawn = numpy_of(normal_draw((256, 64)))
    for kernel in kernels:
        assert abs(kernel.std() / drawn.std() - 1) < 0.05
        # On PyTorch, Keras draws four times and keeps the last, even beyond two deviations: 4 in a million.
        assert np.mean(abs(kernel) > 0.04) < 5e-4
    assert len({kernel.ravel()[0] for kernel in kernels}) == len(kernels)
    residuals = [part for block in encoder.blocks for part in (block.self_attention, block.feed_forward)]
    assert {residual.norm.epsilon for residual in residuals} == {1e-12}
    twin = TransformerEncoder.from_config(encoder.get_config())
    assert twin.get_config() == encoder.get_config()
    network = encoder.blocks[0].feed_forward.layer
    inputs = normal(B, T, 64, seed=1)
    hidden = inputs.astype("float64") @ exact(network.expand)[0]
    gelu = hidden * 0.5 * (1 + np.vectorize(math.erf)(hidden / math.sqrt(2)))
    np.testing.assert_allclose(
        numpy_of(network(inputs)), gelu @ exact(network.contract)[0], rtol=1e-4, atol=1e-6
    )


@each_norm_place
def test_residual_contract(norm_place, tmp_path):
    inputs = {"inputs": normal(B, T, D, seed=1)}
    check_layer(lambda: Residual(FeedForward(F), norm_place), inputs, tmp_path)


def test_bad_settings_are_refused():
    with pytest.raises(ValueError, match="Received: hidden_dim=10, num_heads=4"):
        EncoderBlock(10, 4, F)
    with pytest.raises(ValueError, match="Received: intermediate_dim=0"):
        DecoderBlock(D, N, 0)
    with pytest.raises(ValueError, match="Received: norm_place='between'"):
        EncoderBlock(D, N, F, norm_place="between")
