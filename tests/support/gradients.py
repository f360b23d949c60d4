"""Gradients of functions of one array, on whatever backend runs; and finite differences to compare with."""

import keras
import numpy as np


def gradient(function, values):
    """The gradient of a scalar function at an array, as a NumPy array."""
    values = np.asarray(values, "float32")
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        watched = tf.constant(values)
        with tf.GradientTape() as tape:
            tape.watch(watched)
            result = function(watched)
        return tape.gradient(result, watched).numpy()
    if backend == "jax":
        import jax

        return np.asarray(jax.grad(function)(values))
    import torch

    watched = torch.tensor(values, requires_grad=True)
    function(watched).backward()
    return watched.grad.numpy()


def finite_differences(function, values, step=1e-6):
    """Central differences of a float64 function of an array: for each number of it, the array it gives."""
    values = np.asarray(values, "float64")
    slopes = []
    for index in np.ndindex(values.shape):
        moved = [values.copy(), values.copy()]
        moved[0][index] -= step
        moved[1][index] += step
        slopes.append((function(moved[1]) - function(moved[0])) / (2 * step))
    return np.stack(slopes, axis=-1).reshape(*np.shape(slopes[0]), *values.shape)
