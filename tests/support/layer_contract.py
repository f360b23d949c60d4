"""The one-call test of a layer: everything that any layer of the library must satisfy."""

import inspect

import keras
import numpy as np
from keras import ops
from support.compilation import RUN_EAGERLY


def flat_outputs(outputs):
    """The outputs of a layer as a flat list of float32 arrays."""
    return [np.asarray(ops.convert_to_numpy(ops.cast(x, "float32"))) for x in keras.tree.flatten(outputs)]


def assert_outputs_equal(left, right, tolerance=1e-5):
    for one, other in zip(flat_outputs(left), flat_outputs(right), strict=True):
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)


def functional_model(layer, inputs, are_lengths_known=False):
    """A model around a layer in which neither the batch size nor, unless said so, any length is known."""
    if are_lengths_known:
        symbolic = {name: keras.Input(array.shape[1:], name=name) for name, array in inputs.items()}
        return keras.Model(symbolic, layer(**symbolic))
    symbolic = {
        name: keras.Input((None,) * (array.ndim > 1 + (array.dtype.kind == "f")) + array.shape[2:], name=name)
        if array.dtype.kind == "f"
        else keras.Input((None,) * (array.ndim - 1), dtype=str(array.dtype), name=name)
        for name, array in inputs.items()
    }
    if "summary" in symbolic:
        symbolic["summary"] = keras.Input(inputs["summary"].shape[1:], name="summary")
    return keras.Model(symbolic, layer(**symbolic))


class SquareLoss(keras.Model):
    """Trains what it wraps to give one half: any weight that the outputs depend on gets a gradient."""

    def __init__(self, *wrapped):
        super().__init__()
        self.wrapped = wrapped

    def call(self, inputs):
        return sum(
            ops.mean(ops.square(ops.cast(output, "float32") - 0.5))
            for layer in self.wrapped
            for output in keras.tree.flatten(layer(**inputs))
        )[None]


def assert_paths_are_unique(layer):
    """Keras knows variables by their paths: on PyTorch, two of one path would share a gradient."""
    paths = [weight.path for weight in layer.weights]
    assert len(set(paths)) == len(paths), sorted(path for path in paths if paths.count(path) > 1)


def assert_dtypes(layer, outputs, compute="float16", variable="float32"):
    """The outputs are of the narrow type, all the weights of the wide one."""
    for tensor in keras.tree.flatten(outputs):
        assert keras.backend.standardize_dtype(tensor.dtype) == compute
    assert all(keras.backend.standardize_dtype(w.dtype) == variable for w in layer.trainable_weights)


def with_own_policy(layer, inputs, policy="mixed_float16"):
    """A twin of a layer, its weights too, that has a dtype policy of its own."""
    twin = type(layer).from_config({**layer.get_config(), "name": "narrow", "dtype": policy})
    twin(**inputs)
    twin.set_weights(layer.get_weights())
    return twin


def shapes_of(tensors):
    return keras.tree.flatten(keras.tree.map_structure(lambda tensor: tuple(tensor.shape), tensors))


def assert_shapes_are_foreseen(layer, inputs, outputs):
    """`compute_output_shape`, and a symbolic call that asks for weights, say what a real call gives."""
    names = [name.removesuffix("_shape") for name in inspect.signature(layer.compute_output_shape).parameters]
    known = {f"{name}_shape": inputs[name].shape for name in names if name in inputs}
    assert keras.tree.flatten(layer.compute_output_shape(**known)) == shapes_of(outputs)
    if "return_attention_weights" in inspect.signature(layer.call).parameters and getattr(
        layer, "attention", "self"
    ):
        symbolic = {
            name: keras.KerasTensor(array.shape, dtype=str(array.dtype)) for name, array in inputs.items()
        }
        real = layer(**inputs, return_attention_weights=True)
        assert shapes_of(layer(**symbolic, return_attention_weights=True)) == shapes_of(real)


def check_layer(make, inputs, tmp_path, *, lengthened=None, half_tolerance=1e-2, are_lengths_known=False):
    """Proves the contract of a layer.

    Args:
        make: a function of no arguments that builds the layer.
        inputs: dict from call arguments to NumPy arrays.
        tmp_path: a folder for the saved model.
        lengthened: the same inputs with more padding behind; the outputs must start with the same values.
        half_tolerance: how far the outputs in float16 may be from those in float32. (float16 runs on every
            processor; bfloat16 needs instructions that some virtual machines announce and do not have.)
        are_lengths_known: whether the saved model knows all sizes but the batch's, as of pictures.
    """
    keras.utils.set_random_seed(7)
    layer = make()
    outputs = layer(**inputs)
    for array in flat_outputs(outputs):
        assert np.isfinite(array).all()

    assert_paths_are_unique(layer)
    assert_shapes_are_foreseen(layer, inputs, outputs)

    # Configuration round trip.
    twin = type(layer).from_config(layer.get_config())
    twin(**inputs)
    assert keras.tree.map_structure(str, twin.get_config()) == keras.tree.map_structure(
        str, layer.get_config()
    )
    twin.set_weights(layer.get_weights())
    assert_outputs_equal(twin(**inputs), outputs)

    # `.keras` round trip, in a model that knows no lengths.
    model = functional_model(layer, inputs, are_lengths_known)
    assert_outputs_equal(model(inputs), outputs)
    model.save(tmp_path / "model.keras")
    assert_outputs_equal(keras.saving.load_model(tmp_path / "model.keras")(inputs), outputs)

    # More padding changes nothing.
    if lengthened is not None:
        for longer, short in zip(flat_outputs(model(lengthened)), flat_outputs(outputs), strict=True):
            cut = longer[tuple(slice(size) for size in short.shape)]
            np.testing.assert_allclose(cut, short, rtol=1e-5, atol=1e-5)

    # Mixed precision: half-width arithmetic, full-width weights.
    previous = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        half = make()
        half(**inputs)
        half.set_weights(layer.get_weights())
        half_outputs = half(**inputs)
        assert_dtypes(half, half_outputs)
        assert_outputs_equal(half_outputs, outputs, tolerance=half_tolerance)
    finally:
        keras.config.set_dtype_policy(previous)

    # The same by a policy of the layer's own, under which what it was given keeps its own.
    narrow = with_own_policy(layer, inputs)
    assert_dtypes(narrow, narrow(**inputs))
    assert_outputs_equal(narrow(**inputs), outputs, tolerance=half_tolerance)

    # One step of `fit` reaches every weight, in either precision.
    trained = SquareLoss(layer, narrow)
    trained(inputs)
    trained.compile(
        keras.optimizers.SGD(1.0), lambda labels, values: ops.mean(values), run_eagerly=RUN_EAGERLY
    )
    assert trained.get_state_tree()
    before = [np.copy(ops.convert_to_numpy(weight)) for weight in trained.trainable_weights]
    batch = len(next(iter(inputs.values())))
    history = trained.fit(inputs, np.zeros(batch), batch_size=batch, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    for old, weight in zip(before, trained.trainable_weights, strict=True):
        assert np.any(old != ops.convert_to_numpy(weight)), f"no gradient reached {weight.path}"
