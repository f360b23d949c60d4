"""The moving average of the weights that Keras's optimizers keep, put to use."""

from contextlib import contextmanager

import keras
import numpy as np


@contextmanager
def averaged_weights(model):
    """Gives the model the average of its weights for as long as a `with` block lasts.

    average ← momentum · average + (1 - momentum) · weights,   after every update

    Keras's optimizers keep this average when they are made with `use_ema=True`. It begins with the weights
    after the first update; a momentum of 0.999 reaches back over the last thousand or so. The average
    forgets the noise of single updates, much as a smaller learning rate would. `fit` leaves the model with
    it when it ends, and `ResumableCheckpoint` saves it with the optimizer.

    Args:
        model: a compiled model whose optimizer keeps an average.

    Raises:
        ValueError: when the optimizer was made without `use_ema=True`.

    Example:
        >>> import numpy as np
        >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
        >>> model.compile(keras.optimizers.SGD(0.5, use_ema=True, ema_momentum=0.75), "mse")
        >>> for target in (1.0, 6.0):  # the weight becomes 1, then 5
        ...     loss = model.train_on_batch(np.ones((1, 1)), np.full((1, 1), target))
        >>> with averaged_weights(model):
        ...     print(float(model.weights[0][0, 0]))  # 0.75 · 1 + 0.25 · 5
        2.0
        >>> float(model.weights[0][0, 0])
        5.0

    Reference: Polyak and Juditsky 1992, "Acceleration of Stochastic Approximation by Averaging"; Vaswani et
    al. 2017, "Attention Is All You Need", section 6.1, average the last checkpoints to the same end.

    Taught in: notebooks/08_the_transformer
    """
    optimizer = getattr(model.optimizer, "inner_optimizer", model.optimizer)  # mixed precision wraps it
    if not optimizer.use_ema:
        raise ValueError("Expected an optimizer made with `use_ema=True`. Received: use_ema=False.")
    weights = copy_values(model.trainable_variables)
    optimizer.finalize_variable_values(model.trainable_variables)
    # JAX's weights and averages are now the same arrays, which its training steps must not be given.
    assign_values(model.trainable_variables, copy_values(model.trainable_variables))
    try:
        yield
    finally:
        assign_values(model.trainable_variables, weights)


def copy_values(variables):
    """The values of variables as NumPy arrays of their own."""
    return [np.array(keras.ops.convert_to_numpy(variable)) for variable in variables]


def assign_values(variables, values):
    """Gives variables the values that `copy_values` took."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)


class ValidateAveragedWeights(keras.callbacks.Callback):
    """Lets `fit` validate with the average of the weights and go on training the weights themselves.

    Raises:
        ValueError: when the optimizer was made without `use_ema=True`.

    Example:
        >>> import numpy as np
        >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
        >>> model.compile(keras.optimizers.SGD(0.5, use_ema=True, ema_momentum=0.75), "mse")
        >>> data = np.ones((2, 1)), np.array([[1.0], [6.0]])
        >>> validation = np.ones((1, 1)), np.ones((1, 1))
        >>> history = model.fit(
        ...     *data, batch_size=1, shuffle=False, validation_data=validation, verbose=0,
        ...     callbacks=[ValidateAveragedWeights()],
        ... )
        >>> history.history["val_loss"]  # weight and bias are 5, on average 2: (2 + 2 - 1)²
        [9.0]

    Taught in: notebooks/08_the_transformer
    """

    def on_test_begin(self, logs=None):
        self.averaged = averaged_weights(self.model)
        self.averaged.__enter__()

    def on_test_end(self, logs=None):
        self.averaged.__exit__(None, None, None)
