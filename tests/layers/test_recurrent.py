import numpy as np
import pytest
from keras import ops

from course_lib.layers import AdditiveScore, Attention, RecurrentDecoder, RecurrentEncoder

B, T, S, D, E = 3, 5, 7, 6, 11


def normal(*shape, seed):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gru_by_hand(cell_weights, inputs, hidden):
    """One step of Keras's GRU (reset after the product), in float64."""
    kernel, recurrent_kernel, (input_bias, recurrent_bias) = (np.asarray(w, "float64") for w in cell_weights)
    update_in, reset_in, new_in = np.split(inputs @ kernel + input_bias, 3, axis=-1)
    update_h, reset_h, new_h = np.split(hidden @ recurrent_kernel + recurrent_bias, 3, axis=-1)
    update, reset = sigmoid(update_in + update_h), sigmoid(reset_in + reset_h)
    return update * hidden + (1 - update) * np.tanh(new_in + reset * new_h)


def test_decoder_equals_its_equations():
    inputs, memory, summary = normal(B, T, E, seed=1), normal(B, S, D, seed=2), normal(B, D, seed=3)
    mask = np.arange(S)[None, :] < np.array([7, 4, 1])[:, None]
    decoder = RecurrentDecoder(D, Attention(AdditiveScore(hidden_dim=5)))
    outputs, weights = decoder(inputs, memory, summary, memory_mask=mask, return_attention_weights=True)
    score = decoder.attention.score
    key_kernel, query_kernel, scale = (
        np.asarray(w, "float64") for w in (score.key_kernel, score.query_kernel, score.scale)
    )
    combine = np.asarray(decoder.combine.kernel, "float64")
    hidden, output = summary.astype("float64"), np.zeros((B, D))
    for t in range(T):
        step_inputs = np.concatenate([inputs[:, t], output], axis=-1)
        hidden = gru_by_hand(decoder.cell.get_weights(), step_inputs, hidden)
        scores = np.tanh((hidden @ query_kernel)[:, None] + memory @ key_kernel) @ scale
        exponentials = np.where(mask, np.exp(scores), 0)
        expected_weights = exponentials / exponentials.sum(-1, keepdims=True)
        context = np.einsum("bs,bsd->bd", expected_weights, memory)
        output = np.tanh(np.concatenate([context, hidden], axis=-1) @ combine)
        np.testing.assert_allclose(
            ops.convert_to_numpy(weights)[:, t], expected_weights, rtol=1e-4, atol=1e-6
        )
        np.testing.assert_allclose(ops.convert_to_numpy(outputs)[:, t], output, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("with_attention", [False, True])
def test_the_past_never_sees_the_future(with_attention):
    attention = Attention(AdditiveScore(hidden_dim=5)) if with_attention else None
    decoder = RecurrentDecoder(D, attention)
    inputs, memory, summary = normal(B, T, E, seed=1), normal(B, S, D, seed=2), normal(B, D, seed=3)
    changed = inputs.copy()
    changed[:, 3:] += 1.0
    before, after = (ops.convert_to_numpy(decoder(x, memory, summary)) for x in (inputs, changed))
    np.testing.assert_array_equal(before[:, :3], after[:, :3])
    assert (before[:, 3:] != after[:, 3:]).any()


def test_without_attention_the_decoder_sees_the_summary_only():
    decoder = RecurrentDecoder(D)
    inputs, summary = normal(B, T, E, seed=1), normal(B, D, seed=3)
    first = ops.convert_to_numpy(decoder(inputs, normal(B, S, D, seed=2), summary))
    second = ops.convert_to_numpy(decoder(inputs, normal(B, S, D, seed=9), summary))
    np.testing.assert_array_equal(first, second)


def test_weights_without_attention_are_refused():
    with pytest.raises(ValueError, match="Received: attention=None"):
        RecurrentDecoder(D)(
            normal(B, T, E, seed=1),
            normal(B, S, D, seed=2),
            normal(B, D, seed=3),
            return_attention_weights=True,
        )


def test_encoder_equals_two_grus_and_stops_at_padding():
    inputs = normal(B, S, E, seed=1)
    lengths = np.array([7, 4, 1])
    mask = np.arange(S)[None, :] < lengths[:, None]
    encoder = RecurrentEncoder(D)
    outputs, summary = encoder(inputs, mask=mask)
    forward = encoder.recurrent.forward_layer.get_weights()
    backward = encoder.recurrent.backward_layer.get_weights()
    for b, length in enumerate(lengths):
        states = {}
        for name, weights, positions in (
            ("forward", forward, range(length)),
            ("backward", backward, reversed(range(length))),
        ):
            hidden = np.zeros((1, D // 2))
            states[name] = np.zeros((length, D // 2))
            for s in positions:
                hidden = gru_by_hand(weights, inputs[b : b + 1, s].astype("float64"), hidden)
                states[name][s] = hidden
        expected = np.concatenate([states["forward"], states["backward"]], axis=-1)
        np.testing.assert_allclose(ops.convert_to_numpy(outputs)[b, :length], expected, rtol=1e-4, atol=1e-5)
        last = np.concatenate([states["forward"][-1], states["backward"][0]])
        kernel, bias = (np.asarray(w, "float64") for w in encoder.summarise.get_weights())
        np.testing.assert_allclose(
            ops.convert_to_numpy(summary)[b], np.tanh(last @ kernel + bias), rtol=1e-4, atol=1e-5
        )


@pytest.mark.parametrize("hidden_dim", [0, 7])
def test_encoder_refuses_odd_sizes(hidden_dim):
    with pytest.raises(ValueError, match=f"positive and even. Received: hidden_dim={hidden_dim}"):
        RecurrentEncoder(hidden_dim)
