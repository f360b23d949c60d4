"""A run in a compiled model that was used before is the run of a new model."""

import keras
import numpy as np

from course_lib.chapters import start_anew, with_fresh_weights
from course_lib.training import set_seed


def make():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])


def run(optimizer, model=None):
    set_seed(5)
    model = with_fresh_weights(make, lambda new: new.compile(optimizer(), "mse", jit_compile=False), model)
    inputs = np.arange(21.0).reshape(7, 3).astype("float32")
    history = model.fit(inputs, inputs[:, :2], batch_size=7, epochs=3, shuffle=False, verbose=0)
    return model, history.history["loss"]


def test_a_second_run_repeats_the_first():
    def optimizer():
        schedule = keras.optimizers.schedules.CosineDecay(0.1, 3)
        return keras.optimizers.Adam(schedule, use_ema=True, ema_momentum=0.5)

    model, losses = run(optimizer)
    again, same_losses = run(optimizer, model)
    assert again is model
    np.testing.assert_array_equal(same_losses, losses)
    assert losses[-1] != losses[0]


def test_a_learning_rate_that_is_a_number_stays():
    model, losses = run(lambda: keras.optimizers.SGD(1e-3, momentum=0.9))
    start_anew(model, make())
    np.testing.assert_allclose(float(model.optimizer.learning_rate), 1e-3, rtol=1e-6)
    assert int(model.optimizer.iterations) == 0
