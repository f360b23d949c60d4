"""What any model of the library must satisfy."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import ops
from models import every_model
from support.compilation import QUICK_XLA, RUN_EAGERLY
from support.layer_contract import assert_dtypes, assert_paths_are_unique, flat_outputs

each_model = pytest.mark.parametrize("name", every_model.MODELS)
CHILDREN = ("bert", "roberta", "distilbert", "albert", "electra", "spanbert", "unilm", "xlnet")
WITH_IDS = [name for name in every_model.MODELS if not name.startswith("picture")]
READERS = [name for name in every_model.MODELS if name.startswith(CHILDREN)]
OTHERS = {"jax": "jax", "torch": "torch"}  # backend → the package it needs


@pytest.fixture(scope="module")
def losses_elsewhere(request):
    """What the other backends compute, in one process each; PyTorch where it is installed."""
    asked = [
        item.callspec.params["name"]
        for item in request.session.items
        if "losses_elsewhere" in item.fixturenames
    ]
    backends = [name for name, package in OTHERS.items() if importlib.util.find_spec(package)]
    processes = {
        backend: subprocess.Popen(
            [sys.executable, every_model.__file__, *asked],
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                **QUICK_XLA,
                "KERAS_BACKEND": backend,
                "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path]),
            },
        )
        for backend in backends
    }
    outputs = {backend: process.communicate(timeout=500)[0] for backend, process in processes.items()}
    return {backend: json.loads(output.splitlines()[-1]) for backend, output in outputs.items()}


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="the others are compared with TensorFlow")
@each_model
def test_three_steps_from_equal_weights_are_equal_on_every_backend(name, losses_elsewhere):
    here = every_model.first_losses(name)["losses"]
    assert here[2] < here[0]
    for backend, there in losses_elsewhere.items():
        np.testing.assert_allclose(there[name]["losses"], here, rtol=1e-5, err_msg=backend)
        if backend == "torch":
            assert there[name]["seen by PyTorch"] == there[name]["trainable"]


@each_model
def test_paths_precision_and_gradients(name):
    model, inputs, labels, loss = every_model.make_model(name)
    outputs = model(inputs)
    assert_paths_are_unique(model)
    shapes = keras.tree.map_structure(lambda output: tuple(output.shape), outputs)
    computed = model.compute_output_shape(keras.tree.map_structure(np.shape, inputs))
    keras.tree.assert_same_paths(computed, shapes)
    assert keras.tree.flatten(computed) == keras.tree.flatten(shapes)

    narrow = every_model.make_model(name, dtype="mixed_float16")[0]
    assert_dtypes(narrow, narrow(inputs))
    for received, expected in zip(flat_outputs(narrow(inputs)), flat_outputs(outputs), strict=True):
        kept = expected > -1e4  # what a mask has put out of reach is as low as the precision allows
        np.testing.assert_allclose(received[kept], expected[kept], rtol=0.03, atol=0.03)

    before = [np.copy(weight) for weight in narrow.get_weights()]
    narrow.compile(keras.optimizers.SGD(1.0), loss, run_eagerly=RUN_EAGERLY)
    assert np.isfinite(narrow.train_on_batch(inputs, labels, return_dict=True)["loss"])
    assert narrow.get_state_tree()
    for old, weight in zip(before, narrow.weights, strict=True):
        # A bias of keys moves all scores of a query alike: softmax does not see it. ELMo's mix is not
        # pre-trained: it belongs to whoever reads from the model ("elmo, labels"). XLNet's query asks in
        # pre-training alone.
        unused = {"elmo": "/mix/", "xlnet, classes": "/query_vector"}.get(name, "key_bias")
        if not weight.path.endswith("key_bias") and unused not in weight.path:
            assert (old != ops.convert_to_numpy(weight)).any(), f"no gradient reached {weight.path}"


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="what is drawn is asked once")
@each_model
def test_no_two_weights_begin_with_the_same_numbers(name):
    make, inputs, *_ = every_model.MODELS[name]
    model = make()
    model(inputs)
    begins = {}
    for weight in model.weights:
        numbers = ops.convert_to_numpy(weight).ravel()[:4]
        if np.ptp(numbers) > 0:  # neither zeros nor ones
            alike = tuple(np.round(numbers / np.abs(numbers).max(), 4))
            assert alike not in begins, f"{weight.path} and {begins.get(alike)}"
            begins[alike] = weight.path
    assert begins


@pytest.mark.parametrize("name", READERS)
def test_a_configuration_makes_the_same_model(name):
    model, inputs, *_ = every_model.make_model(name)
    again = type(model).from_config(model.get_config())
    again(inputs)
    again.set_weights(model.get_weights())
    for received, expected in zip(flat_outputs(again(inputs)), flat_outputs(model(inputs)), strict=True):
        np.testing.assert_array_equal(received, expected)


@pytest.mark.parametrize("name", READERS)
def test_padding_changes_nothing_for_a_reader(name):
    """Other ids and segments where there is padding."""
    model, inputs, *_ = every_model.make_model(name)
    mask = inputs["padding_mask"]
    ids = [name for name in inputs if name.endswith("token_ids")]
    other = {**inputs, **{name: np.where(mask, inputs[name], 7) for name in ids}}
    if "segment_ids" in inputs:
        other["segment_ids"] = np.where(mask, inputs["segment_ids"], 1)
    for received, expected in zip(flat_outputs(model(other)), flat_outputs(model(inputs)), strict=True):
        if received.shape[1:2] == mask.shape[1:]:
            received, expected = received[mask], expected[mask]
        np.testing.assert_allclose(received, expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", ["transformer", "seq2seq, additive", "gnmt"])
def test_a_float_mask_is_refused(name):
    model, inputs, *_ = every_model.make_model(name)
    additive = np.where(inputs["source_padding_mask"], 0.0, -1e9).astype("float32")
    with pytest.raises(ValueError, match="must be boolean, True = keep. Received: a mask of dtype float32"):
        model({**inputs, "source_padding_mask": additive})
    with pytest.raises(ValueError, match="must be boolean"):
        model.encode(inputs["source_token_ids"], additive)


@pytest.mark.parametrize("name", WITH_IDS)
def test_ids_that_are_none_are_refused(name):
    model, inputs, *_ = every_model.make_model(name)
    as_floats = keras.tree.map_structure(
        lambda array: array + 0.7 if array.dtype.kind == "i" else array, inputs
    )
    with pytest.raises(ValueError, match="must be integers. Received: ids of dtype float"):
        model(as_floats)


@pytest.mark.parametrize("name", ["transformer", "seq2seq, additive", "gnmt", "recurrent"])
@pytest.mark.parametrize("token_id", [-1, every_model.V])
def test_ids_outside_the_vocabulary_are_not_decoded(name, token_id):
    model, inputs, *_ = every_model.make_model(name)
    with pytest.raises(ValueError, match=f"below the vocabulary's size of 13. Received: ids from {token_id}"):
        if name == "recurrent":
            model.step(np.array([token_id]), model.initial_state(1))
        else:
            source = np.full((1, 3), token_id)
            model.encode(source, source != 0)


def test_lists_will_do_for_ids_and_masks():
    model, inputs, *_ = every_model.make_model("transformer")
    source = inputs["source_token_ids"]
    state = model.encode(source.tolist(), (source != 0).tolist())
    expected, _ = model.step(np.array([2, 2, 2]), model.encode(source, source != 0))
    logits, _ = model.step([2, 2, 2], state)
    np.testing.assert_array_equal(ops.convert_to_numpy(logits), ops.convert_to_numpy(expected))


@pytest.mark.parametrize("name", ["seq2seq, additive", "gnmt"])
def test_training_a_recurrent_translator_is_not_forced_through_xla(name):
    """Where Keras would compile by itself, on a GPU, TensorFlow's scan has no gradient under XLA."""
    model, inputs, labels, loss = every_model.make_model(name)
    if keras.backend.backend() == "tensorflow":
        with pytest.warns(UserWarning, match="doesn't support `jit_compile=True`"):
            model.compile("sgd", loss, jit_compile=True)
    else:
        model.compile("sgd", loss)
    assert np.isfinite(float(model.train_on_batch(inputs, labels)))
