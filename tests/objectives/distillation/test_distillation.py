"""Soft targets, cosines and hidden words of a student; and the layers it begins with."""

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.objectives import (
    distillation_loss,
    hidden_cosine_loss,
    masked_cross_entropy,
    soft_target_loss,
    student_layers,
)

torch = pytest.importorskip("torch")


def drawn(*shape, seed=0):
    return np.random.default_rng(seed).normal(scale=2.0, size=shape)


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("temperature", [1.0, 2.0, 7.0])
def test_soft_targets_are_those_of_torch_times_the_squared_temperature(temperature):
    student, teacher = drawn(5, 7, 11), drawn(5, 7, 11, seed=1)
    counted = np.random.default_rng(2).random((5, 7)) < 0.6
    expected = torch.nn.functional.kl_div(
        torch.log_softmax(torch.tensor(student[counted]) / temperature, -1),
        torch.softmax(torch.tensor(teacher[counted]) / temperature, -1),
        reduction="batchmean",
    )
    found = soft_target_loss(student, teacher, counted, temperature)
    np.testing.assert_allclose(float(found), temperature**2 * float(expected), rtol=1e-5)


def gradient(loss_of, values):
    tf = pytest.importorskip("tensorflow")
    if keras.backend.backend() != "tensorflow":
        pytest.skip("gradients are taken with TensorFlow")
    values = tf.constant(values.astype("float32"))
    with tf.GradientTape() as tape:
        tape.watch(values)
        loss = loss_of(values)
    found = tape.gradient(loss, values)
    return None if found is None else found.numpy()


def test_the_gradient_is_temperature_times_the_difference_and_keeps_its_size():
    student, teacher = 0.1 * drawn(1, 13), 0.1 * drawn(1, 13, seed=1)
    sizes = []
    for temperature in (1.0, 4.0, 16.0):
        found = gradient(lambda logits, t=temperature: soft_target_loss(logits, teacher, None, t), student)
        expected = temperature * (softmax(student / temperature) - softmax(teacher / temperature))
        np.testing.assert_allclose(found, expected, atol=1e-6)
        sizes.append(np.abs(found).max())
    assert max(sizes) < 1.3 * min(sizes)  # without T² they would differ by a factor of 256


def test_the_teacher_is_not_trained():
    student, teacher = drawn(2, 3, 5), drawn(2, 3, 5, seed=1)
    assert gradient(lambda logits: soft_target_loss(student, logits), teacher) is None
    mask = np.ones((2, 3), bool)
    assert gradient(lambda hidden: hidden_cosine_loss(student, hidden, mask), teacher) is None


def test_a_student_like_its_teacher_pays_nothing():
    same = drawn(2, 3, 5)
    assert abs(float(soft_target_loss(same, same))) < 1e-6
    assert abs(float(hidden_cosine_loss(same, same, np.ones((2, 3), bool)))) < 1e-6


def test_cosines_are_those_of_torch_over_real_tokens():
    student, teacher = drawn(5, 7, 11), drawn(5, 7, 11, seed=1)
    mask = np.arange(7) < np.array([7, 3, 1, 5, 2])[:, None]
    expected = torch.nn.CosineEmbeddingLoss()(
        torch.tensor(student[mask]), torch.tensor(teacher[mask]), torch.ones(int(mask.sum()))
    )
    np.testing.assert_allclose(float(hidden_cosine_loss(student, teacher, mask)), float(expected), rtol=1e-5)


def test_padding_is_in_no_loss():
    student, teacher = drawn(2, 5, 3), drawn(2, 5, 3, seed=1)
    mask = np.arange(5) < np.array([5, 2])[:, None]
    losses = []
    for scale in (1.0, -300.0):  # what stands at padding
        changed = np.where(mask[..., None], student, scale * student)
        both = (loss(changed, teacher, mask) for loss in (hidden_cosine_loss, soft_target_loss))
        losses.append([float(loss) for loss in both])
    assert losses[0] == losses[1]
    everything = float(hidden_cosine_loss(student, teacher, np.ones((2, 5), bool)))
    assert abs(everything - losses[0][0]) > 1e-3  # the mean over padding, too, is another number
    found = gradient(lambda hidden: hidden_cosine_loss(hidden, teacher, mask), student)
    assert found[mask].any() and not found[~mask].any()


def test_vectors_of_zeros_and_batches_of_padding_are_no_fault():
    zeros, ones = np.zeros((1, 1, 3)), np.ones((1, 1, 3))
    assert float(hidden_cosine_loss(zeros, ones, [[True]])) == 1.0
    assert np.isfinite(gradient(lambda hidden: hidden_cosine_loss(hidden, ones, [[True]]), zeros)).all()
    assert float(hidden_cosine_loss(ones, ones, [[False]])) == 0.0


@pytest.mark.parametrize("weights", [(5.0, 2.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 3.0)])
def test_three_losses_are_added_by_their_weights(weights):
    student = drawn(2, 3, 11), drawn(2, 5, 7)
    teacher = drawn(2, 3, 11, seed=1), drawn(2, 5, 7, seed=1)
    labels = np.array([[3, 4, 0], [9, 0, 0]])
    mask = np.arange(5) < np.array([5, 2])[:, None]
    parts = distillation_loss(student, teacher, labels, mask, 3.0, weights)
    expected = (
        soft_target_loss(student[0], teacher[0], labels != 0, 3.0),
        masked_cross_entropy(student[0], labels),
        hidden_cosine_loss(student[1], teacher[1], mask),
    )
    np.testing.assert_allclose([float(part) for part in parts[1:]], [float(part) for part in expected])
    total = sum(weight * float(part) for weight, part in zip(weights, expected, strict=True))
    np.testing.assert_allclose(float(parts.total), total, rtol=1e-6)
    probabilities = softmax(student[0])
    words = -np.log([probabilities[0, 0, 3], probabilities[0, 1, 4], probabilities[1, 0, 9]]).mean()
    np.testing.assert_allclose(float(parts.masked_words), words, rtol=1e-5)


def test_soft_targets_of_all_real_tokens_where_that_is_asked_for():
    student, teacher = (drawn(2, 5, 11), drawn(2, 5, 7)), (drawn(2, 5, 11, seed=1), drawn(2, 5, 7, seed=1))
    labels = np.array([[0, 4, 0, 0, 0], [9, 0, 0, 0, 0]])
    mask = np.arange(5) < np.array([5, 2])[:, None]
    parts = distillation_loss(student, teacher, labels, mask, is_counted=mask)
    assert float(parts.soft_targets) == float(soft_target_loss(student[0], teacher[0], mask))


@pytest.mark.parametrize(
    ("loss", "arguments", "words"),
    [
        (soft_target_loss, (np.zeros((2, 3)), np.zeros((2, 5))), "one shape"),
        (soft_target_loss, (np.zeros((2, 3)), np.zeros((2, 3)), [True]), "a mask of shape"),
        (soft_target_loss, (np.zeros((2, 3)), np.zeros((2, 3)), [1.0, 1.0]), "boolean"),
        (soft_target_loss, (np.zeros((2, 3)), np.zeros((2, 3)), None, 0.0), "temperature=0.0"),
        (hidden_cosine_loss, (np.zeros((2, 3)), np.zeros((2, 3)), [True, True]), "(B, T, D)"),
        (hidden_cosine_loss, (np.zeros((2, 3, 4)), np.zeros((2, 3, 5)), np.ones((2, 3), bool)), "one shape"),
        (distillation_loss, (None, None, [[1]], None, 2.0, (1.0, -1.0, 0.0)), "0 or more"),
        (distillation_loss, (None, None, [[1]], None, 2.0, (1.0, 1.0)), "three numbers"),
    ],
)
def test_what_cannot_be(loss, arguments, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(").replace(")", r"\)")):
        loss(*arguments)


def test_every_other_layer_is_not_what_the_published_script_takes():
    assert student_layers(12, 6) == [0, 2, 4, 6, 8, 10] != [0, 2, 4, 7, 9, 11]
    assert student_layers(6, 3) == [0, 2, 4] and student_layers(7, 7) == list(range(7))
    assert student_layers(12, 5, "first") == [0, 1, 2, 3, 4]
    assert student_layers(12, 5, "last") == [7, 8, 9, 10, 11]


def test_random_layers_are_distinct_in_order_and_repeat_with_their_seed():
    drawn_layers = [student_layers(12, 5, "random", seed) for seed in range(300)]
    assert all(len(set(layers)) == 5 and layers == sorted(layers) for layers in drawn_layers)
    assert drawn_layers[3] == student_layers(12, 5, "random", 3)
    counts = np.bincount(np.concatenate(drawn_layers), minlength=12)
    assert counts.min() > 80 and len(counts) == 12  # 125 each in the mean


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((12, 5), "a multiple"),
        ((6, 12), "no more than its teacher"),
        ((6, 0), "num_student_layers=0"),
        ((6, 3, "even"), "choice='even'"),
        ((6, 3, "random"), "seed=None"),
        ((6, 3, "first", 1), "seed=1"),
    ],
)
def test_layers_that_cannot_be(arguments, words):
    with pytest.raises(ValueError, match=words):
        student_layers(*arguments)


def test_hidden_words_cost_nothing_where_there_are_none():
    assert float(masked_cross_entropy(drawn(2, 3, 5), np.zeros((2, 3), int))) == 0.0
    assert ops.is_tensor(masked_cross_entropy(drawn(2, 3, 5), np.ones((2, 3), int)))
