"""The average of the weights: what it is, when the model has it, and that it survives a kill."""

import keras
import numpy as np
import pytest

from course_lib.training import ResumableCheckpoint, ValidateAveragedWeights, averaged_weights, set_seed

MOMENTUM, RATE = 0.75, 0.1
INPUTS = np.random.default_rng(0).normal(size=(35, 3)).astype("float32")
LABELS = INPUTS @ np.array([[1.0], [-2.0], [0.5]], "float32") + 1


def make(use_ema=True, seed=1):
    set_seed(seed)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(RATE, use_ema=use_ema, ema_momentum=MOMENTUM), "mse")
    return model


def weights_of(model):
    return [keras.ops.convert_to_numpy(variable) for variable in model.trainable_variables]


class Recorder(keras.callbacks.Callback):
    """Keeps the weights after every update."""

    def on_train_begin(self, logs=None):
        self.seen = []

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append(weights_of(self.model))


def test_the_average_is_that_of_the_recursion():
    model, recorder = make(), Recorder()
    model.fit(INPUTS, LABELS, batch_size=5, verbose=0, callbacks=[recorder])
    average, *later = recorder.seen
    assert len(later) == 6
    for weights in later:
        average = [MOMENTUM * a + (1 - MOMENTUM) * w for a, w in zip(average, weights, strict=True)]
    for left, right in zip(weights_of(model), average, strict=True):  # `fit` ends with the average
        np.testing.assert_allclose(left, right, rtol=1e-5)
    assert np.abs(average[0] - recorder.seen[-1][0]).max() > 1e-3


def test_the_model_has_the_average_inside_the_block_and_its_weights_after_it():
    model = make()
    for _ in range(2):
        model.train_on_batch(INPUTS, LABELS)
        before = weights_of(model)
        with averaged_weights(model):
            inside = weights_of(model)
        for left, right in zip(before, weights_of(model), strict=True):
            np.testing.assert_array_equal(left, right)  # bit for bit
    assert np.abs(inside[0] - before[0]).max() > 1e-3


def test_weights_come_back_after_an_error():
    model = make()
    model.train_on_batch(INPUTS, LABELS)
    before = weights_of(model)
    with pytest.raises(InterruptedError), averaged_weights(model):
        raise InterruptedError
    for left, right in zip(before, weights_of(model), strict=True):
        np.testing.assert_array_equal(left, right)


def test_fit_validates_the_average_and_trains_the_weights():
    plain, averaged = make(), make()
    common = {"epochs": 3, "shuffle": False, "batch_size": 7, "verbose": 0}
    common["validation_data"] = INPUTS, LABELS
    without = plain.fit(INPUTS, LABELS, **common).history
    losses = []
    measure = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: losses.append(loss_of_average(averaged)))
    callbacks = [ValidateAveragedWeights(), measure]
    with_average = averaged.fit(INPUTS, LABELS, callbacks=callbacks, **common).history
    np.testing.assert_allclose(with_average["loss"], without["loss"], rtol=1e-6)
    np.testing.assert_allclose(with_average["val_loss"], losses, rtol=1e-5)
    assert np.abs(np.subtract(with_average["val_loss"], without["val_loss"])).min() > 1e-4


def loss_of_average(model):
    with averaged_weights(model):
        return float(np.mean((keras.ops.convert_to_numpy(model(INPUTS)) - LABELS) ** 2))


def test_the_average_goes_on_after_a_restart(tmp_path):
    def fit(folder, epochs, seed):
        model = make(seed=seed)
        callbacks = [ValidateAveragedWeights(), ResumableCheckpoint(folder)]
        common = {"validation_data": (INPUTS, LABELS), "shuffle": False, "verbose": 0, "batch_size": 7}
        history = model.fit(INPUTS, LABELS, epochs=epochs, callbacks=callbacks, **common)
        return history.history, weights_of(model)

    whole = fit(tmp_path / "whole", 6, seed=1)
    fit(tmp_path / "parts", 2, seed=1)
    resumed = fit(tmp_path / "parts", 6, seed=99)
    np.testing.assert_allclose(resumed[0]["val_loss"], whole[0]["val_loss"], rtol=1e-6)
    for left, right in zip(whole[1], resumed[1], strict=True):  # `fit` ends with the average
        np.testing.assert_allclose(left, right, rtol=1e-6)


def test_an_optimizer_without_an_average_is_refused():
    message = "made with `use_ema=True`. Received: use_ema=False"
    with pytest.raises(ValueError, match=message), averaged_weights(make(use_ema=False)):
        pass
