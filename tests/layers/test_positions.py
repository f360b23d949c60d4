import keras
import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.layers import (
    LearnedPositions,
    MultiHeadAttention,
    RelativePositions,
    RotaryPositions,
    SinusoidalPositions,
    rotate_pairs,
    sinusoids,
)

B, N, T, S, K, D = 2, 3, 5, 7, 10, 14

SCHEMES = {
    "sinusoidal": lambda: SinusoidalPositions(max_sequence_length=31),
    "learned": lambda: LearnedPositions(max_sequence_length=31),
    "rotary": lambda: RotaryPositions(max_sequence_length=31),
    "relative": lambda: RelativePositions(num_heads=N, max_distance=3),
}
each_scheme = pytest.mark.parametrize("scheme", SCHEMES)


def normal(*shape, seed):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def make(scheme):
    """A scheme, and inputs for it; weights are large enough to be seen."""
    positions = SCHEMES[scheme]()
    inputs = {"inputs": normal(B, T, D, seed=1), "heads": normal(B, N, T, K, seed=1)}.get(positions.acts_on)
    inputs = normal(B, N, T, S, seed=1) if inputs is None else inputs
    positions.build(inputs.shape)
    positions.set_weights([normal(*weight.shape, seed=2) for weight in positions.weights])
    return positions, inputs


def make_attention(scheme):
    layer = MultiHeadAttention(num_heads=N, key_dim=K, positions=scheme and make(scheme)[0])
    layer.build((None, None, D), (None, None, D))
    generator = np.random.default_rng(3)
    layer.set_weights([generator.normal(scale=0.5, size=weight.shape) for weight in layer.weights])
    return layer


def angle(position, pair, width):
    return position / 10000.0 ** (2 * pair / width)


def test_sinusoids_equal_their_equation():
    vectors = sinusoids(length=5003, width=D)
    for position in (0, 1, 13, 5002):
        for pair in range(D // 2):
            expected = [np.sin(angle(position, pair, D)), np.cos(angle(position, pair, D))]
            np.testing.assert_allclose(vectors[position, 2 * pair : 2 * pair + 2], expected, atol=1e-12)


@pytest.mark.parametrize("offset", [1, 7, 100])
def test_an_offset_is_one_linear_map_wherever_it_starts(offset):
    vectors = sinusoids(length=700, width=D)
    here, there = vectors[: 700 - offset], vectors[offset:]
    matrix, *_ = np.linalg.lstsq(here, there, rcond=None)
    np.testing.assert_allclose(here @ matrix, there, atol=1e-9)
    for pair in range(D // 2):
        turn = angle(offset, pair, D)
        rotation = [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
        block = here[:, 2 * pair : 2 * pair + 2] @ np.transpose(rotation)
        np.testing.assert_allclose(block, there[:, 2 * pair : 2 * pair + 2], atol=1e-12)


@pytest.mark.parametrize("start", [0, 4990])
def test_sinusoidal_positions_are_exact_at_great_positions_too(start):
    inputs = normal(B, T, D, seed=1)
    added = numpy_of(SinusoidalPositions(max_sequence_length=5003)(inputs, start=start)) - inputs
    for t, pair in np.ndindex(T, D // 2):
        turn = angle(start + t, pair, D)
        expected = np.broadcast_to([np.sin(turn), np.cos(turn)], (B, 2))
        np.testing.assert_allclose(added[:, t, 2 * pair : 2 * pair + 2], expected, atol=1e-6)


def test_learned_positions_add_their_row():
    positions, inputs = make("learned")
    table = np.asarray(positions.get_weights()[0], "float64")
    np.testing.assert_allclose(numpy_of(positions(inputs)), inputs + table[:T], atol=1e-6)
    np.testing.assert_allclose(numpy_of(positions(inputs, start=26)), inputs + table[26:], atol=1e-6)


@pytest.mark.parametrize("start", [0, 4990])
def test_rotary_positions_multiply_complex_numbers(start):
    heads = normal(B, N, T, K, seed=1)
    outputs = numpy_of(RotaryPositions(max_sequence_length=5003)(heads, start=start))
    numbers = heads[..., 0::2].astype("float64") + 1j * heads[..., 1::2]
    angles = np.array([[angle(start + t, pair, K) for pair in range(K // 2)] for t in range(T)])
    turned = numbers * np.exp(1j * angles)
    np.testing.assert_allclose(outputs[..., 0::2], turned.real, atol=1e-6)
    np.testing.assert_allclose(outputs[..., 1::2], turned.imag, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(outputs, axis=-1), np.linalg.norm(heads, axis=-1), rtol=1e-5)


def test_rotary_scores_depend_on_the_distance_only():
    rotary = RotaryPositions(max_sequence_length=2003)
    query, key = normal(1, K, seed=1), normal(1, K, seed=2)

    def score(query_position, key_position):
        turned = rotary(query, start=query_position), rotary(key, start=key_position)
        return float(np.sum(numpy_of(turned[0]) * numpy_of(turned[1])))

    for distance in (-11, 0, 5):
        scores = [score(20 + shift, 20 + distance + shift) for shift in (0, 1, 577, 1900)]
        np.testing.assert_allclose(scores, scores[0], atol=2e-5)
    assert abs(score(20, 25) - score(20, 20)) > 0.01


def test_relative_positions_add_a_number_for_each_distance():
    positions, scores = make("relative")
    (table,) = positions.get_weights()
    for start in (0, 4):
        outputs = numpy_of(positions(scores, start=start))
        for b, n, t, s in np.ndindex(B, N, T, S):
            column = max(-3, min(3, s - (start + t))) + 3
            np.testing.assert_allclose(outputs[b, n, t, s], scores[b, n, t, s] + table[n, column], atol=1e-6)


@each_scheme
def test_a_start_that_is_known_late_gives_the_same(scheme):
    positions, inputs = make(scheme)
    late = positions(inputs, start=ops.convert_to_tensor(13, dtype="int32"))
    np.testing.assert_array_equal(numpy_of(late), numpy_of(positions(inputs, start=13)))
    parts = [numpy_of(positions(inputs[..., t : t + 1, :], start=t)) for t in range(T)]
    np.testing.assert_allclose(np.concatenate(parts, axis=-2), numpy_of(positions(inputs)), atol=1e-6)


@pytest.mark.parametrize("kind", [SinusoidalPositions, RotaryPositions])
def test_schemes_without_weights_mean_the_same_at_any_maximum(kind):
    inputs = normal(B, 19, D, seed=1)
    outputs = [numpy_of(kind(max_sequence_length=length)(inputs)) for length in (19, 401)]
    np.testing.assert_array_equal(*outputs)


@pytest.mark.parametrize("kind", [SinusoidalPositions, LearnedPositions, RotaryPositions])
@pytest.mark.parametrize("length, start", [(20, 0), (4, 16)])
def test_positions_behind_the_maximum_are_refused(kind, length, start):
    with pytest.raises(ValueError, match=f"length={length}, start={start}, max_sequence_length=19"):
        kind(max_sequence_length=19)(np.zeros((1, length, D), "float32"), start=start)


def test_relative_positions_work_at_any_length():
    positions = make("relative")[0]
    bias = numpy_of(positions.bias(101, 101))
    np.testing.assert_array_equal(bias[:, 50, :48], np.repeat(bias[:, 50, :1], 48, axis=1))
    np.testing.assert_array_equal(bias[:, 4:97, 4:97], bias[:, :93, :93])


@each_scheme
def test_attention_with_positions_is_no_longer_blind_to_order(scheme):
    inputs, order = normal(B, T, D, seed=4), [3, 1, 4, 0, 2]
    layer = make_attention(scheme)
    outputs, permuted = numpy_of(layer(inputs, inputs)), numpy_of(layer(inputs[:, order], inputs[:, order]))
    assert np.abs(permuted - outputs[:, order]).max() > 0.01
    explicit, _ = layer(inputs, inputs, return_attention_weights=True)
    np.testing.assert_allclose(numpy_of(explicit), outputs, rtol=1e-5, atol=1e-5)


@each_scheme
def test_values_carry_no_positions(scheme):
    """One token everywhere: weights may differ, but their average of equal values cannot."""
    inputs = np.repeat(normal(B, 1, D, seed=4), T, axis=1)
    outputs, weights = make_attention(scheme)(inputs, inputs, return_attention_weights=True)
    outputs, weights = numpy_of(outputs), numpy_of(weights)
    np.testing.assert_allclose(outputs, np.repeat(outputs[:, :1], T, axis=1), rtol=1e-5, atol=1e-5)
    assert np.abs(weights - 1 / T).max() > 0.01


@each_scheme
def test_steps_with_a_cache_equal_a_causal_call(scheme):
    layer, inputs = make_attention(scheme), normal(B, T, D, seed=4)
    outputs = numpy_of(layer(inputs, inputs, use_causal_mask=True))
    cache = layer.empty_cache(B, length=T + 2)
    for t in range(T):
        output, cache = layer.step(inputs[:, t : t + 1], cache, ops.convert_to_tensor(t))
        np.testing.assert_allclose(numpy_of(output)[:, 0], outputs[:, t], rtol=1e-5, atol=1e-5)


@each_scheme
def test_scheme_contract(scheme, tmp_path):
    check_layer(SCHEMES[scheme], {"inputs": make(scheme)[1]}, tmp_path)


@pytest.mark.parametrize("scheme", ["learned", "relative"])
def test_contract_of_attention_with_positions(scheme, tmp_path):
    inputs = {"query": normal(B, T, D, seed=1), "value": normal(B, T, D, seed=2)}
    # On PyTorch, Keras infers unknown lengths by trying 83.
    positions = {"learned": lambda: LearnedPositions(max_sequence_length=89), "relative": SCHEMES["relative"]}
    check_layer(lambda: MultiHeadAttention(N, K, positions=positions[scheme]()), inputs, tmp_path)


def test_one_scheme_may_serve_many_layers():
    shared = SCHEMES["relative"]()
    layers = [MultiHeadAttention(num_heads=N, key_dim=K, positions=shared) for _ in range(2)]
    inputs = keras.Input((None, D))
    model = keras.Model(inputs, layers[1](layers[0](inputs, inputs), inputs))
    assert sum(weight is shared.table for weight in model.weights) == 1


@pytest.mark.parametrize("kind", [SinusoidalPositions, RotaryPositions])
def test_odd_widths_are_refused(kind):
    with pytest.raises(ValueError, match="must be even. Received: width=7"):
        kind(max_sequence_length=19)(np.zeros((1, 3, 7), "float32"))
    with pytest.raises(ValueError, match="must be even. Received: width=7"):
        rotate_pairs(np.zeros((1, 7), "float32"), [1.0], [0.0])


def test_empty_sizes_are_refused():
    for kind in (SinusoidalPositions, LearnedPositions, RotaryPositions):
        with pytest.raises(ValueError, match="Received: max_sequence_length=0"):
            kind(max_sequence_length=0)
    with pytest.raises(ValueError, match="Received: max_distance=0"):
        RelativePositions(num_heads=2, max_distance=0)
    with pytest.raises(ValueError, match="Received: width=0"):
        sinusoids(length=3, width=0)


@pytest.mark.parametrize("scheme", ["sinusoidal", "learned", "rotary"])
@pytest.mark.parametrize("start", [np.int64(29), np.array(29), 29, -1])
def test_a_start_beyond_the_table_is_refused_of_whatever_type(scheme, start):
    positions, inputs = make(scheme)
    with pytest.raises(ValueError, match=f"Received: length=5, start={start}, max_sequence_length=31"):
        positions(inputs, start=start)
    np.testing.assert_array_equal(
        numpy_of(positions(inputs, start=np.int64(7))), numpy_of(positions(inputs, start=7))
    )
