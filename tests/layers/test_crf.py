"""The conditional random field against a sum over all paths."""

from itertools import product

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.layers import Crf
from course_lib.layers.crf import FORBIDDEN, crf_log_partition, crf_score, crf_viterbi

K, T = 3, 5
MASKS = {
    "whole": [1, 1, 1, 1, 1],
    "padding behind": [1, 1, 1, 0, 0],
    "a hole": [1, 0, 1, 1, 0],
    "the first masked": [0, 1, 1, 0, 1],
    "one place": [0, 0, 1, 0, 0],
    "none": [0, 0, 0, 0, 0],
}
MASK = np.array(list(MASKS.values()), bool)


def draw(seed, scale=1.0):
    generator = np.random.default_rng(seed)
    shapes = (len(MASK), T, K), (K, K), (K,), (K,)
    return [generator.normal(0, scale, shape).astype("float32") for shape in shapes]


def paths(emissions, mask, transitions, starts, ends):
    """Every path over the real places with its score, in float64, by the definition."""
    real = emissions[mask].astype("float64")
    found = {}
    for path in product(range(K), repeat=len(real)):
        score = sum(real[place, tag] for place, tag in enumerate(path))
        score += sum(transitions[pair] for pair in zip(path, path[1:], strict=False))
        found[path] = score + (starts[path[0]] + ends[path[-1]] if path else 0.0)
    return found


def assert_close(received, expected, tolerance=1e-5):
    np.testing.assert_allclose(ops.convert_to_numpy(received), expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("scale", [0.3, 1.0, 30.0])
def test_sums_scores_and_best_paths_equal_enumeration(scale):
    emissions, *scores = draw(1, scale)
    generator = np.random.default_rng(2)
    tags = generator.integers(0, K, (len(MASK), T))
    log_partition = crf_log_partition(ops.array(emissions), MASK, *scores)
    score = crf_score(ops.array(emissions), tags, MASK, *scores)
    best, best_scores = crf_viterbi(ops.array(emissions), MASK, *scores)
    best = ops.convert_to_numpy(best)
    for row, mask in enumerate(MASK):
        found = paths(emissions[row], mask, *scores)
        values = np.array(list(found.values()))
        assert_close(log_partition[row], values.max() + np.log(np.exp(values - values.max()).sum()))
        assert_close(score[row], found[tuple(tags[row][mask])])
        assert tuple(best[row][mask]) == max(found, key=found.get)
        assert not best[row][~mask].any()
        assert_close(best_scores[row], max(values))


def slopes(function, arrays):
    """Gradients by the backend's own differentiation."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        tensors = [tf.constant(array) for array in arrays]
        with tf.GradientTape() as tape:
            tape.watch(tensors)
            total = function(*tensors)
        return [np.asarray(slope) for slope in tape.gradient(total, tensors)]
    if backend == "jax":
        import jax

        return [np.asarray(slope) for slope in jax.grad(function, argnums=tuple(range(4)))(*arrays)]
    import torch

    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    function(*tensors).backward()
    return [tensor.grad.numpy() for tensor in tensors]


def test_the_gradient_is_what_is_expected_of_the_paths():
    """Of an emission the probability of the tag there; of a transition how often it occurs."""
    arrays = draw(3)

    def total(emissions, transitions, starts, ends):
        return ops.sum(crf_log_partition(emissions, MASK, transitions, starts, ends))

    expected = [np.zeros(array.shape) for array in arrays]
    for row, mask in enumerate(MASK):
        found = paths(arrays[0][row], mask, *arrays[1:])
        values = np.array(list(found.values()))
        for path, probability in zip(found, np.exp(values) / np.exp(values).sum(), strict=True):
            for place, tag in zip(np.flatnonzero(mask), path, strict=True):
                expected[0][row, place, tag] += probability
            for pair in zip(path, path[1:], strict=False):
                expected[1][pair] += probability
            if path:
                expected[2][path[0]] += probability
                expected[3][path[-1]] += probability
    for received, wanted in zip(slopes(total, arrays), expected, strict=True):
        np.testing.assert_allclose(received, wanted, rtol=1e-4, atol=1e-5)


def test_a_masked_place_is_as_if_it_were_not_there():
    emissions, *scores = draw(4)
    short = crf_log_partition(ops.array(emissions[:1, [0, 2, 3]]), np.ones((1, 3), bool), *scores)
    holes = np.array([[1, 0, 1, 1, 0]], bool)
    for filling in (0.0, 1e4, -1e4):
        filled = np.where(holes[..., None], emissions[:1], np.float32(filling))
        assert_close(crf_log_partition(ops.array(filled), holes, *scores), ops.convert_to_numpy(short))


def test_forbidden_transitions_are_never_taken_and_leave_everything_finite():
    allowed = np.array([[True, True, False], [True, True, True], [False, True, True]])
    crf = Crf(K, allowed.tolist(), [True, True, False])
    emissions, *_ = draw(5, 30.0)
    tags = ops.convert_to_numpy(crf(ops.array(emissions), MASK))
    assert crf.count_params() == K * K + 2 * K
    for row, mask in zip(tags, MASK, strict=True):
        path = row[mask]
        assert all(allowed[pair] for pair in zip(path, path[1:], strict=False))
        assert not len(path) or path[0] != 2
    # A gold path that is not allowed costs much, and nothing is NaN.
    loss = ops.convert_to_numpy(
        crf.negative_log_likelihood(ops.array(emissions), np.full((len(MASK), T), 2), MASK)
    )
    assert np.isfinite(loss).all()
    assert loss[0] > -FORBIDDEN / 2


def test_the_loss_falls_and_transitions_learn():
    """Emissions say nothing; only what follows what does."""
    keras.utils.set_random_seed(1)
    crf = Crf(2)
    tags = np.tile([0, 1], (7, 4))
    emissions, mask = ops.zeros((7, 8, 2)), np.ones((7, 8), bool)
    crf(emissions, mask)

    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.crf = crf

        def call(self, inputs):
            return self.crf.negative_log_likelihood(inputs, tags, mask)

    model = Model()
    model.compile(keras.optimizers.SGD(0.2), lambda y, losses: losses)
    first = float(model.train_on_batch(emissions, np.zeros(7)))
    for _ in range(60):
        last = float(model.train_on_batch(emissions, np.zeros(7)))
    assert first > 4.5  # eight coins
    assert last < 0.5
    np.testing.assert_array_equal(ops.convert_to_numpy(crf(emissions, mask)), tags)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="traced lengths are TensorFlow's")
def test_sequences_of_an_unknown_length_give_the_same():
    import tensorflow as tf

    emissions, *scores = draw(4)
    tags = np.random.default_rng(4).integers(0, K, (len(MASK), T))

    @tf.function(
        input_signature=[
            tf.TensorSpec((None, None, K), "float32"),
            tf.TensorSpec((None, None), "int32"),
            tf.TensorSpec((None, None), "bool"),
        ]
    )
    def traced(emissions, tags, mask):
        with tf.GradientTape() as tape:
            tape.watch(emissions)
            loss = crf_log_partition(emissions, mask, *scores) - crf_score(emissions, tags, mask, *scores)
        return loss, tape.gradient(loss, emissions), crf_viterbi(emissions, mask, *scores)[0]

    loss, gradient, best = traced(emissions, tags.astype("int32"), MASK)
    expected = crf_log_partition(emissions, MASK, *scores) - crf_score(emissions, tags, MASK, *scores)
    assert_close(loss, ops.convert_to_numpy(expected))
    assert np.isfinite(gradient).all() and np.abs(gradient).sum() > 0
    np.testing.assert_array_equal(best, crf_viterbi(emissions, MASK, *scores)[0])


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"num_tags": 0}, "num_tags=0"),
        ({"num_tags": 2, "allowed_transitions": [[True, False]]}, r"shape \(2, 2\).*\(1, 2\)"),
        ({"num_tags": 2, "allowed_starts": [1, 0]}, "bools.*int64"),
    ],
)
def test_bad_settings(settings, words):
    with pytest.raises(ValueError, match=words):
        Crf(**settings)


def test_a_float_mask_is_refused():
    with pytest.raises(ValueError, match="must be boolean"):
        Crf(2)(ops.zeros((1, 3, 2)), np.ones((1, 3), "float32"))
