"""Fresh weights in a model that is compiled already: compiling takes longer than many a small run."""

from collections.abc import Callable

import keras
from keras import ops


def with_fresh_weights(
    make: Callable[[], keras.Model],
    compile_model: Callable[[keras.Model], None],
    model: keras.Model | None = None,
) -> keras.Model:
    """A compiled model as new: its weights those that `make` draws, its optimizer without a memory.

    Args:
        make: builds a model with new weights.
        compile_model: compiles it, in place; called when there is no compiled one yet.
        model: the compiled model of an earlier run, or None.

    Returns:
        `model`, or what `make` built if there was none.

    Example:
        >>> def make():
        ...     return keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
        >>> def compile_model(model):
        ...     model.compile("adam", "mse")
        >>> first = with_fresh_weights(make, compile_model)
        >>> second = with_fresh_weights(make, compile_model, first)
        >>> second is first
        True

    Taught in: notebooks/03_attention
    """
    fresh = make()
    if model is None:
        compile_model(fresh)
        return fresh
    start_anew(model, fresh)
    return model


def start_anew(model: keras.Model, fresh: keras.Model) -> None:
    """Gives a compiled model the weights of another one, and its optimizer nothing to remember.

    Moments, averages and the count of updates become zero; a learning rate that is a number stays.

    Args:
        model: compiled.
        fresh: built alike.

    Example:
        >>> models = [keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)]) for _ in range(2)]
        >>> models[0].compile("adam", "mse")
        >>> start_anew(*models)
        >>> bool((models[0].get_weights()[0] == models[1].get_weights()[0]).all())
        True

    Taught in: notebooks/02_sequence_to_sequence
    """
    model.set_weights(fresh.get_weights())
    forget_updates(model.optimizer)


def forget_updates(optimizer: keras.optimizers.Optimizer) -> None:
    """Sets moments, averages and the count of updates to zero; a learning rate that is a number stays.

    Args:
        optimizer: any of Keras.

    Example:
        >>> optimizer = keras.optimizers.Adam(0.5)
        >>> weights = keras.Variable([1.0, 2.0])
        >>> optimizer.apply([ops.ones(2)], [weights])
        >>> forget_updates(optimizer)
        >>> int(optimizer.iterations), float(optimizer.learning_rate)
        (0, 0.5)
    """
    kept = getattr(optimizer, "_learning_rate", None)
    for variable in optimizer.variables:
        if variable is not kept:
            variable.assign(ops.zeros_like(variable))
