"""Replaced tokens: what is drawn, what counts as replaced, what it costs, and where gradients go."""

import keras
import numpy as np
import pytest
import scipy.stats
from keras import ops
from support.pieces import FIRST_PIECE, PIECES, random_rows

from course_lib.objectives import (
    MaskedWords,
    electra_loss,
    ordinary_tokens,
    replace_tokens,
    replaced_token_loss,
    sample_tokens,
)

LOGITS = np.array([2.0, 0.0, -1.0, 1.0, -3.0])


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_samples_have_the_probabilities_of_the_softmax(temperature):
    samples = ops.convert_to_numpy(sample_tokens(np.tile(LOGITS, (3, 7001, 1)), 1, temperature))
    assert samples.shape == (3, 7001) and samples.dtype == "int32"
    counts = np.bincount(samples.ravel(), minlength=5)
    expected = softmax(LOGITS / temperature) * samples.size
    assert scipy.stats.chisquare(counts, expected * counts.sum() / expected.sum()).pvalue > 1e-4


def test_draws_are_independent_and_repeat_with_their_seed():
    logits = np.zeros((2, 501, 5), "float32")
    one, again, other = (ops.convert_to_numpy(sample_tokens(logits, seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any() and (one[0] != one[1]).any()
    generator = keras.random.SeedGenerator(3)
    first, second = (ops.convert_to_numpy(sample_tokens(logits, generator)) for _ in range(2))
    assert (first != second).any()


def test_what_is_not_allowed_is_never_drawn_however_likely():
    logits = np.tile([90.0, 0.0, 0.0], (1, 301, 1))
    samples = ops.convert_to_numpy(sample_tokens(logits, 1, allowed=[False, True, True]))
    assert set(samples.ravel()) == {1, 2}


def test_a_token_of_no_probability_is_never_drawn():
    logits = np.tile([0.0, -np.inf], (1, 1001, 1))
    assert not ops.convert_to_numpy(sample_tokens(logits, 1)).any()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"temperature": 0.0}, "temperature=0.0"),
        ({"allowed": [True, False]}, r"shape \(5,\)"),
        ({"allowed": [0.0] * 5}, "boolean"),
    ],
)
def test_draws_that_cannot_be(settings, words):
    with pytest.raises(ValueError, match=words):
        sample_tokens(np.zeros((1, 1, 5)), **settings)


def test_no_gradient_passes_through_the_draw():
    """Not even where a sample's logit is looked up: the generator learns from its own loss alone."""
    tf = pytest.importorskip("tensorflow")
    if keras.backend.backend() != "tensorflow":
        pytest.skip("gradients are taken with TensorFlow")
    generator_logits = tf.constant(np.random.default_rng(0).normal(size=(2, 3, 7)).astype("float32"))
    logits = tf.constant(np.random.default_rng(1).normal(size=(2, 5)).astype("float32"))
    labels, positions = np.array([[5, 6, 0], [1, 2, 3]]), np.array([[1, 2, 0], [0, 3, 4]])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([generator_logits, logits])
        samples = sample_tokens(generator_logits, 1)
        corrupted, is_replaced = replace_tokens(np.zeros((2, 5)), positions, labels, samples)
        scaled = logits * tf.cast(corrupted, "float32")
        parts = electra_loss(generator_logits, labels, scaled, is_replaced, np.ones((2, 5), bool))
    assert tape.gradient(parts.discriminator, generator_logits) is None
    assert tape.gradient(parts.generator, logits) is None
    alone = tape.gradient(parts.generator, generator_logits)
    np.testing.assert_array_equal(tape.gradient(parts.total, generator_logits), alone)
    assert not alone.numpy()[0, 2].any()  # the slot that is not used


def replaced(seed=1):
    token_ids = random_rows(seed)
    objective = MaskedWords(PIECES, share=0.4, mask_share=0.85, random_share=0.0, most=11)
    inputs, labels = objective.hide(token_ids, np.random.default_rng(seed))
    samples = np.random.default_rng(seed + 1).integers(FIRST_PIECE, len(PIECES), labels.shape)
    samples[::2, 1] = labels[::2, 1]  # every second row has a sample that is the original
    found = replace_tokens(inputs["token_ids"], inputs["masked_positions"], labels, samples)
    return token_ids, inputs["masked_positions"], labels, samples, *map(ops.convert_to_numpy, found)


def test_samples_stand_where_words_were_hidden_and_nothing_else_has_changed():
    token_ids, positions, labels, samples, corrupted, is_replaced = replaced()
    expected = token_ids.copy()
    for row in range(len(token_ids)):
        for slot in range(labels.shape[1]):
            if labels[row, slot] != 0:
                expected[row, positions[row, slot]] = samples[row, slot]
    np.testing.assert_array_equal(corrupted, expected)  # [CLS], the position of unused slots, as it was
    np.testing.assert_array_equal(is_replaced, expected != token_ids)
    assert not (is_replaced & ~ordinary_tokens(token_ids, PIECES)).any()


def test_a_sample_that_is_the_original_is_real():
    token_ids, positions, labels, samples, _, is_replaced = replaced()
    is_same = (labels != 0) & (samples == labels)
    rows, slots = np.nonzero(is_same)
    assert len(rows) > 30
    assert not is_replaced[rows, positions[rows, slots]].any()
    differs = (labels != 0) & ~is_same
    rows, slots = np.nonzero(differs)
    assert is_replaced[rows, positions[rows, slots]].all()


UNFIT = [[(2, 5), (2, 3), (2, 4), (2, 3)], [(2, 5), (3, 2), (3, 2), (3, 2)], [(5,), (2,), (2,), (2,)]]


@pytest.mark.parametrize("shapes", UNFIT)
def test_shapes_that_do_not_fit(shapes):
    with pytest.raises(ValueError, match="Expected `token_ids`"):
        replace_tokens(*(np.ones(shape, int) for shape in shapes))


@pytest.mark.parametrize("scale", [1.0, 300.0])
def test_the_loss_is_binary_cross_entropy_over_judged_tokens(scale):
    generator = np.random.default_rng(2)
    logits = scale * generator.normal(size=(5, 7))
    is_replaced, is_judged = generator.random((2, 5, 7)) < 0.4
    signed = np.where(is_replaced, logits, -logits)
    expected = np.logaddexp(0, -signed)[is_judged].mean()
    found = replaced_token_loss(logits, is_replaced, is_judged)
    np.testing.assert_allclose(float(found), expected, rtol=1e-5)


def test_what_is_not_judged_costs_nothing():
    logits, labels = np.array([[3.0, -2.0, 1e30]]), np.array([[True, False, False]])
    judged = np.array([[True, True, False]])
    other = np.array([[3.0, -2.0, 0.0]])
    assert float(replaced_token_loss(logits, labels, judged)) == float(
        replaced_token_loss(other, labels, judged)
    )
    assert float(replaced_token_loss(logits, labels, np.zeros((1, 3), bool))) == 0.0


def test_the_weight_is_fifty():
    generator = np.random.default_rng(4)
    generator_logits = generator.normal(size=(2, 3, 7))
    labels = np.array([[5, 6, 0], [1, 0, 0]])
    logits, judged = generator.normal(size=(2, 5)), generator.random((2, 5)) < 0.8
    truth = generator.random((2, 5)) < 0.4
    total, words, replaced_words = map(float, electra_loss(generator_logits, labels, logits, truth, judged))
    used = [(0, 0), (0, 1), (1, 0)]
    probabilities = [softmax(generator_logits)[b, m, labels[b, m]] for b, m in used]
    np.testing.assert_allclose(words, -np.log(probabilities).mean(), rtol=1e-5)
    np.testing.assert_allclose(replaced_words, float(replaced_token_loss(logits, truth, judged)), rtol=1e-6)
    np.testing.assert_allclose(total, words + 50 * replaced_words, rtol=1e-6)
    with pytest.raises(ValueError, match="weight=-1"):
        electra_loss(generator_logits, labels, logits, truth, judged, weight=-1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((np.zeros((2, 3)), np.zeros((2, 3), bool), np.zeros((2, 4), bool)), "one shape"),
        ((np.zeros((2, 3)), np.zeros((2, 3)), np.zeros((2, 3), bool)), "boolean"),
    ],
)
def test_losses_that_cannot_be(arguments, words):
    with pytest.raises(ValueError, match=words):
        replaced_token_loss(*arguments)
    with pytest.raises(ValueError, match="Expected logits"):
        electra_loss(np.zeros((2, 3)), np.zeros((2, 3), int), *arguments)
