"""Published weights: all of them in their places, or a list of what does not fit and a model as it was."""

import json

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.checkpoints import (
    CheckpointError,
    assign_tensors,
    load_bert,
    load_bert_settings,
    read_safetensors,
    read_tensorflow_checkpoint,
)
from course_lib.checkpoints.bert_names import bert_tensors, pretraining_tensors
from course_lib.models import Bert, PretrainingModel

CONFIG = {
    "model_type": "bert",
    "vocab_size": 13,
    "hidden_size": 6,
    "num_attention_heads": 2,
    "intermediate_size": 11,
    "num_hidden_layers": 2,
    "max_position_embeddings": 7,
    "type_vocab_size": 2,
    "hidden_dropout_prob": 0.1,
    "attention_probs_dropout_prob": 0.1,
    "hidden_act": "gelu",
}
INPUTS = {"token_ids": np.array([[2, 5, 3, 0]]), "padding_mask": np.array([[True, True, True, False]])}


def small_bert():
    bert = Bert(13, 6, 2, 11, 2, max_sequence_length=7)
    bert(INPUTS)
    return bert


def published(pairs, seed=1):
    """Arrays as a file would hold them for these weights."""
    generator = np.random.default_rng(seed)
    tensors = {}
    for variable, name, way in pairs:
        shape = tuple(variable.shape)
        if way == "turned":
            is_output = variable.name == "output_kernel"
            inputs = int(np.prod(shape[:-1])) if is_output else shape[0]
            shape = (int(np.prod(shape)) // inputs, inputs)
        elif "bias" in variable.name:
            shape = (int(np.prod(shape)),)
        tensors[name] = generator.normal(0, 0.3, shape).astype("float32")
    return tensors


def weights_of(model):
    return [np.copy(weight) for weight in model.get_weights()]


def outputs_of(model):
    return ops.convert_to_numpy(model(INPUTS)["pooled_output"])


def test_every_weight_gets_an_array_of_its_own():
    bert = small_bert()
    pairs = bert_tensors(bert)
    assert len(pairs) == len(bert.weights) == len({id(variable) for variable, *_ in pairs})
    before = weights_of(bert)
    assign_tensors(pairs, published(pairs))
    assert all((old != new).any() for old, new in zip(before, weights_of(bert), strict=True))


def test_a_head_of_attention_is_a_slice_of_the_published_kernel():
    """Written out: query = x W.T + b, head n its n-th part."""
    bert = small_bert()
    tensors = published(bert_tensors(bert))
    assign_tensors(bert_tensors(bert), tensors)
    attention = bert.encoder.blocks[1].self_attention.layer
    inputs = np.random.default_rng(2).normal(size=6)
    name = "encoder.layer.1.attention.self.query"
    query = tensors[f"{name}.weight"] @ inputs + tensors[f"{name}.bias"]
    kernel, bias = (ops.convert_to_numpy(part) for part in (attention.query_kernel, attention.query_bias))
    np.testing.assert_allclose(np.einsum("d,dnk->nk", inputs, kernel) + bias, query.reshape(2, 3), rtol=1e-5)
    heads = np.random.default_rng(3).normal(size=(2, 3))
    name = "encoder.layer.1.attention.output.dense"
    outputs = tensors[f"{name}.weight"] @ heads.reshape(-1) + tensors[f"{name}.bias"]
    kernel, bias = (ops.convert_to_numpy(part) for part in (attention.output_kernel, attention.output_bias))
    np.testing.assert_allclose(np.einsum("nk,nkd->d", heads, kernel) + bias, outputs, rtol=1e-5)


def old_names(tensors):
    """As the first conversions wrote them."""
    renamed = {}
    for name, array in tensors.items():
        if "LayerNorm" in name:
            name = name.replace("weight", "gamma").replace("bias", "beta")
        renamed[f"bert.{name}" if not name.startswith("cls") else name] = array
    return renamed


def test_old_names_and_arrays_that_are_no_weights():
    one, other = small_bert(), small_bert()
    tensors = published(bert_tensors(one))
    assign_tensors(bert_tensors(one), tensors)
    extra = {"bert.embeddings.position_ids": np.arange(7)[None]}
    assign_tensors(bert_tensors(other), old_names(tensors) | extra)
    np.testing.assert_array_equal(outputs_of(one), outputs_of(other))


def broken(kind, tensors):
    tensors = dict(tensors)
    name = "encoder.layer.1.output.dense.weight"
    if kind == "missing":
        del tensors[name]
    elif kind == "left over":
        tensors["encoder.layer.2.output.dense.weight"] = tensors[name]
    elif kind == "wrong shape":
        tensors[name] = tensors[name].T
    else:
        tensors[name] = np.full_like(tensors[name], np.nan)
    return tensors


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", r"missing: encoder.layer.1.output.dense.weight \(11, 6\)"),
        ("left over", r"left over: encoder.layer.2.output.dense.weight \(6, 11\)"),
        ("wrong shape", r"must be \(6, 11\). Received: \(11, 6\)"),
        ("not finite", "not finite: encoder.layer.1.output.dense.weight"),
    ],
)
def test_what_does_not_fit_is_listed_and_nothing_is_half_loaded(kind, words):
    bert = small_bert()
    before = weights_of(bert)
    with pytest.raises(CheckpointError, match=words):
        assign_tensors(bert_tensors(bert), broken(kind, published(bert_tensors(bert))))
    for old, new in zip(before, weights_of(bert), strict=True):
        np.testing.assert_array_equal(old, new)


def test_heads_are_refused_unless_they_are_ignored():
    model = PretrainingModel(small_bert())
    model(INPUTS)
    tensors = published(pretraining_tensors(model))
    tensors["cls.predictions.decoder.weight"] = tensors["embeddings.word_embeddings.weight"]
    assign_tensors(pretraining_tensors(model), tensors)  # the product written out is no further array
    alone = small_bert()
    with pytest.raises(CheckpointError, match="left over: cls.predictions.bias"):
        assign_tensors(bert_tensors(alone), tensors)
    assign_tensors(bert_tensors(alone), tensors, ignored_prefixes=("cls.",))
    np.testing.assert_array_equal(outputs_of(alone), outputs_of(model.backbone))
    tensors["cls.predictions.decoder.weight"] = tensors["cls.predictions.decoder.weight"] + 1
    with pytest.raises(CheckpointError, match="left over: cls.predictions.decoder.weight"):
        assign_tensors(pretraining_tensors(model), tensors)


def test_from_files(tmp_path):
    from safetensors.numpy import save_file

    bert = small_bert()
    tensors = published(bert_tensors(bert))
    assign_tensors(bert_tensors(bert), tensors)
    save_file(tensors, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps(CONFIG))
    loaded = load_bert(tmp_path / "config.json", tmp_path / "model.safetensors")
    np.testing.assert_array_equal(outputs_of(loaded), outputs_of(bert))
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes((tmp_path / "model.safetensors").read_bytes()[:-100])
    with pytest.raises(ValueError, match="whole safetensors file"):
        read_safetensors(cut)
    with pytest.raises(FileNotFoundError, match="There is no file"):
        read_safetensors(tmp_path / "none.safetensors")


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="a file of TensorFlow's")
def test_from_a_tensorflow_checkpoint(tmp_path):
    """Written with the names of the first published models, the optimizer's arrays among them."""
    import tensorflow as tf

    model = PretrainingModel(small_bert())
    model(INPUTS)
    tensors = published(pretraining_tensors(model))
    assign_tensors(pretraining_tensors(model), tensors)
    graph = tf.Graph()
    with graph.as_default():
        variables = {"global_step": tf.compat.v1.get_variable("global_step", initializer=3)}
        for name, array in tensors.items():
            old, array = tensorflow_name(name, array)
            variables[old] = tf.compat.v1.get_variable(old, initializer=array)
            moment = f"{old}/adam_m"
            variables[moment] = tf.compat.v1.get_variable(moment, initializer=array)
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            tf.compat.v1.train.Saver(variables).save(session, str(tmp_path / "bert_model.ckpt"))
    again = PretrainingModel(small_bert())
    again(INPUTS)
    assign_tensors(pretraining_tensors(again), read_tensorflow_checkpoint(tmp_path / "bert_model.ckpt"))
    for old, new in zip(weights_of(model), weights_of(again), strict=True):
        np.testing.assert_array_equal(old, new)
    with pytest.raises(FileNotFoundError, match="no TensorFlow checkpoint"):
        read_tensorflow_checkpoint(tmp_path / "other.ckpt")


def tensorflow_name(name, array):
    """The name and the array as the first published models have them."""
    special = {
        "cls.predictions.bias": "cls/predictions/output_bias",
        "cls.seq_relationship.weight": "cls/seq_relationship/output_weights",
        "cls.seq_relationship.bias": "cls/seq_relationship/output_bias",
    }
    if name in special:
        return special[name], array
    prefix = "" if name.startswith("cls") else "bert/"
    parts = name.replace("layer.", "layer_").split(".")
    if "LayerNorm" in name:
        parts[-1] = {"weight": "gamma", "bias": "beta"}[parts[-1]]
    elif "_embeddings" in name:
        parts.pop()
    elif parts[-1] == "weight":
        parts[-1], array = "kernel", np.ascontiguousarray(array.T)
    return prefix + "/".join(parts), array


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model_type": "roberta"}, "`model_type` must be 'bert'. Received .*'roberta'"),
        ({"position_embedding_type": "relative_key"}, "`position_embedding_type`"),
        ({"layer_norm_eps": 1e-5}, "`layer_norm_eps` must be 1e-12"),
        ({"hidden_act": "silu"}, "`hidden_act` must be one of"),
        ({"hidden_size": None}, "Missing: hidden_size"),
    ],
)
def test_settings_that_are_none_of_ours(tmp_path, change, words):
    config = {name: value for name, value in (CONFIG | change).items() if value is not None}
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ValueError, match=words):
        load_bert_settings(tmp_path / "config.json")


@pytest.mark.parametrize(("theirs", "ours"), [("gelu", "gelu"), ("gelu_new", "gelu_tanh")])
def test_both_gelus(tmp_path, theirs, ours):
    (tmp_path / "config.json").write_text(json.dumps(CONFIG | {"hidden_act": theirs}))
    assert load_bert_settings(tmp_path / "config.json")["activation"] == ours
