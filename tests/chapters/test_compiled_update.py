"""One update written out: Adam's, with an average of the weights, compiled once."""

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.chapters import compiled_update
from course_lib.models import Transformer
from course_lib.training import TokenCrossEntropy, averaged_weights

pytestmark = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="compiled by TensorFlow")
SOURCE = np.array([[3, 4, 5], [6, 7, 0]], "int32")
TARGET = np.array([[2, 6, 8, 9], [2, 5, 0, 0]], "int32")
LABELS = np.array([[6, 8, 9, 3], [5, 3, 0, 0]], "int32")


def loss(logits, labels, smoothing):
    return TokenCrossEntropy()(labels, logits) + smoothing * ops.mean(ops.square(logits))


@pytest.fixture
def model():
    keras.utils.set_random_seed(0)
    model = Transformer(11, 13, 8, 2, 16, 1)
    model.build(dict.fromkeys(("source_token_ids", "target_token_ids"), (None, None)))
    return model


def inputs():
    masks = {"source_padding_mask": SOURCE != 0, "target_padding_mask": TARGET != 0}
    return {"source_token_ids": SOURCE, "target_token_ids": TARGET, **masks}


def test_an_update_returns_the_loss_before_it(model):
    expected = [float(loss(model(inputs()), LABELS, smoothing)) for smoothing in (0.0, 0.5)]
    weights, update = model.get_weights(), compiled_update(model, loss, 6)
    received = []
    for smoothing in (0.0, 0.5):
        model.set_weights(weights)
        received.append(float(update(SOURCE, TARGET, LABELS, smoothing)))
    assert received == pytest.approx(expected, rel=1e-5)
    assert abs(received[0] - received[1]) > 1e-2


def test_the_first_update_is_that_of_adam_at_the_rate_of_the_optimizer(model):
    before = model.get_weights()
    update = compiled_update(model, loss, 6)
    model.optimizer.learning_rate = 0.01
    update(SOURCE, TARGET, LABELS, 0.1)
    steps = np.concatenate(
        [(new - old).ravel() for new, old in zip(model.get_weights(), before, strict=True)]
    )
    moved = np.abs(steps) > 1e-3  # weights with a gradient worth the name move by the rate, whatever its size
    assert moved.mean() > 0.5
    assert np.median(np.abs(steps[moved])) == pytest.approx(0.01, rel=1e-3)
    assert np.abs(steps).max() < 0.01 * 1.001


def test_the_average_looks_back_over_so_many_updates(model):
    update = compiled_update(model, loss, 4)
    model.optimizer.learning_rate = 0.01
    history = []
    for _ in range(3):
        update(SOURCE, TARGET, LABELS, 0.0)
        history.append(model.get_weights())
    first, second, third = history
    with averaged_weights(model):
        average = model.get_weights()
    for a, b, c, received in zip(first, second, third, average, strict=True):
        assert received == pytest.approx(0.75 * (0.75 * a + 0.25 * b) + 0.25 * c, abs=1e-6)


def test_other_lengths_and_smoothings_are_not_compiled_anew(model):
    update = compiled_update(model, loss, 6)
    update(SOURCE, TARGET, LABELS, 0.0)
    update(SOURCE[:1, :2], TARGET[:, :3][:1], LABELS[:, :3][:1], 0.3)
    assert update.experimental_get_tracing_count() == 1
