import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.layers import ConvolutionalEncoder

B, S, D, E = 3, 11, 6, 5


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def lengths_mask(lengths, width):
    return np.arange(width)[None, :] < np.asarray(lengths)[:, None]


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def encoder_by_hand(encoder, inputs, mask):
    """Position by position, in float64."""
    (project, project_bias), *windows, (summarise, summarise_bias) = (
        [np.asarray(weight, "float64") for weight in layer.get_weights()]
        for layer in (encoder.project, *encoder.windows, encoder.summarise)
    )
    states = (inputs.astype("float64") @ project + project_bias) * mask[..., None]
    for (kernel, bias), rate in zip(windows, encoder.dilation_rates, strict=True):
        mixed = np.tile(bias, (*states.shape[:2], 1))
        for position in range(states.shape[1]):
            for tap in range(len(kernel)):
                neighbour = position + (tap - len(kernel) // 2) * rate
                if 0 <= neighbour < states.shape[1]:
                    mixed[:, position] += states[:, neighbour] @ kernel[tap]
        candidates, gates = np.split(mixed, 2, axis=-1)
        states = (states + candidates / (1 + np.exp(-gates))) * mask[..., None]
    mean = states.sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)
    return states, np.tanh(mean @ summarise + summarise_bias)


@pytest.mark.parametrize("kernel_size, dilation_rates", [(1, (1,)), (3, (1,)), (5, (1, 1)), (3, (1, 3))])
def test_equals_its_equations(kernel_size, dilation_rates):
    encoder = ConvolutionalEncoder(D, kernel_size, dilation_rates)
    inputs, mask = normal(B, S, E), lengths_mask([11, 4, 0], S)
    encoder.build(inputs.shape)
    encoder.set_weights([normal(*weight.shape, seed=7) / 2 for weight in encoder.get_weights()])
    outputs, summary = encoder(inputs, mask=mask)
    expected_outputs, expected_summary = encoder_by_hand(encoder, inputs, mask)
    np.testing.assert_allclose(numpy_of(outputs), expected_outputs, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(numpy_of(summary), expected_summary, rtol=1e-4, atol=1e-5)


def test_without_a_mask_everything_is_kept():
    encoder, inputs = ConvolutionalEncoder(D), normal(B, S, E)
    for one, other in zip(encoder(inputs), encoder(inputs, mask=np.ones((B, S), "bool")), strict=True):
        np.testing.assert_array_equal(numpy_of(one), numpy_of(other))


@pytest.mark.parametrize(
    "kernel_size, dilation_rates, reach", [(3, (1,), 1), (3, (1, 1, 1), 3), (5, (1, 1), 4), (3, (1, 3), 4)]
)
def test_a_position_sees_as_far_as_the_windows_reach(kernel_size, dilation_rates, reach):
    encoder = ConvolutionalEncoder(D, kernel_size, dilation_rates)
    inputs, middle = normal(1, S, E), S // 2
    changed = inputs.copy()
    changed[:, middle] += 1.0
    before, after = (numpy_of(encoder(x)[0]) for x in (inputs, changed))
    moved = np.flatnonzero((before != after).any(axis=(0, 2)))
    assert moved.tolist() == list(range(middle - reach, middle + reach + 1))


def test_contract(tmp_path):
    inputs = {"inputs": normal(B, S, E), "mask": lengths_mask([11, 4, 1], S)}
    longer = {
        "inputs": np.concatenate([inputs["inputs"], np.full((B, 4, E), 9, "float32")], axis=1),
        "mask": np.concatenate([inputs["mask"], np.zeros((B, 4), "bool")], axis=1),
    }
    check_layer(lambda: ConvolutionalEncoder(D, dilation_rates=(1, 3)), inputs, tmp_path, lengthened=longer)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"hidden_dim": 0}, "positive. Received: hidden_dim=0"),
        ({"hidden_dim": D, "kernel_size": 4}, "odd. Received: kernel_size=4"),
        ({"hidden_dim": D, "dilation_rates": ()}, r"one layer at least. Received: dilation_rates=\(\)"),
        ({"hidden_dim": D, "dilation_rates": (1, 0)}, r"Received: dilation_rates=\(1, 0\)"),
    ],
)
def test_bad_sizes_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        ConvolutionalEncoder(**arguments)
