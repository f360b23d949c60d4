"""`Electra`: one embedding in two readers, the size of the generator, and who learns from what."""

import keras
import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.models import Electra, SentenceClassifier
from course_lib.models.family.electra import generator_settings
from course_lib.models.heads.replaced_token_head import ReplacedTokenHead

SIZES = {"hidden_dim": 8, "num_heads": 4, "intermediate_dim": 12, "num_layers": 2, "embedding_dim": 5}
INPUTS = {
    "token_ids": np.array([[2, 4, 7, 4, 3], [2, 4, 3, 0, 0]]),
    "corrupted_token_ids": np.array([[2, 9, 7, 8, 3], [2, 6, 3, 0, 0]]),
    "padding_mask": np.array([[True] * 5, [True] * 3 + [False] * 2]),
    "segment_ids": np.array([[0, 0, 0, 1, 1], [0, 0, 0, 0, 0]]),
    "masked_positions": np.array([[1, 3], [1, 0]]),
}


def electra(**settings):
    model = Electra(13, **{**SIZES, "generator_fraction": 0.5, "dropout": 0.0, **settings})
    model(INPUTS)
    generator = np.random.default_rng(3)
    model.set_weights([generator.normal(scale=0.3, size=weight.shape) for weight in model.weights])
    return model


def outputs_of(model, **changed):
    outputs = model({**INPUTS, **changed})
    return {name: np.asarray(ops.convert_to_numpy(output)) for name, output in outputs.items()}


def test_both_read_with_one_embedding():
    model = electra()
    assert model.generator.embedding is model.discriminator.embedding
    before = outputs_of(model)
    table = model.discriminator.token_embedding.embeddings
    table.assign(np.random.default_rng(5).normal(size=(13, 5)))
    after = outputs_of(model)
    for name in before:
        assert np.abs(after[name] - before[name]).max() > 1e-3, name
    apart = electra(has_shared_embedding=False)
    tables = 13 * 5 + 512 * 5 + 2 * 5 + 2 * 5  # tokens, positions, segments, norm
    assert apart.count_params() == model.count_params() + tables


@pytest.mark.parametrize("first", ["predict_masked_words", "find_replaced", "__call__"])
def test_the_embedding_is_one_whoever_is_asked_first(first):
    model = Electra(13, **SIZES, generator_fraction=0.5)
    getattr(model, first)(INPUTS)
    model(INPUTS)
    tables = [weight.path for weight in model.weights if weight.path.endswith("tokens/embeddings")]
    assert len(tables) == 1 and "/discriminator/" in tables[0]


def test_the_embedding_is_one_after_saving_too(tmp_path):
    """Tied by assigning one table's values to the other's, it would be two from here on."""
    model = electra()
    model.save(tmp_path / "electra.keras")
    loaded = keras.saving.load_model(tmp_path / "electra.keras")
    assert loaded.generator.embedding is loaded.discriminator.embedding
    assert loaded.count_params() == model.count_params()
    expected = outputs_of(model)
    for name, received in outputs_of(loaded).items():
        np.testing.assert_array_equal(received, expected[name])
    loaded.compile(
        keras.optimizers.SGD(0.1), {"masked_words": None, "replaced": keras.losses.MeanSquaredError()}
    )
    loaded.train_on_batch(INPUTS, {"replaced": np.ones((2, 5), "float32")})
    generator, discriminator = (
        ops.convert_to_numpy(reader.token_embedding.embeddings)
        for reader in (loaded.generator, loaded.discriminator)
    )
    np.testing.assert_array_equal(generator, discriminator)
    assert (discriminator != ops.convert_to_numpy(model.discriminator.token_embedding.embeddings)).any()
    model.save_weights(tmp_path / "electra.weights.h5")
    again = electra()
    again.load_weights(tmp_path / "electra.weights.h5")
    np.testing.assert_array_equal(outputs_of(again)["replaced"], expected["replaced"])


def test_what_the_discriminator_learns_the_generator_is_not_told():
    """But for the embedding, in which both read."""
    model = electra()
    before = [np.copy(weight) for weight in model.get_weights()]
    model.compile(
        keras.optimizers.SGD(1.0), {"masked_words": None, "replaced": keras.losses.MeanSquaredError()}
    )
    model.train_on_batch(INPUTS, {"replaced": np.ones((2, 5), "float32")})
    for weight, old in zip(model.weights, before, strict=True):
        moved = (ops.convert_to_numpy(weight) != old).any()
        own = "/generator/" in weight.path or "/masked_word_head/" in weight.path
        assert moved != own or weight.path.endswith("key_bias"), weight.path


def test_the_discriminator_reads_the_corrupted_text_alone():
    model = electra()
    before = outputs_of(model)
    after = outputs_of(model, token_ids=np.where(INPUTS["padding_mask"], 6, 0))
    np.testing.assert_array_equal(after["replaced"], before["replaced"])
    assert np.abs(after["masked_words"] - before["masked_words"]).max() > 1e-3
    after = outputs_of(model, corrupted_token_ids=np.where(INPUTS["padding_mask"], 6, 0))
    np.testing.assert_array_equal(after["masked_words"], before["masked_words"])
    with pytest.raises(ValueError, match='must hold "corrupted_token_ids"'):
        model({name: array for name, array in INPUTS.items() if name != "corrupted_token_ids"})


def test_the_head_computes_its_equation():
    head, outputs = ReplacedTokenHead(activation="relu"), np.random.default_rng(2).normal(size=(2, 3, 5))
    received = ops.convert_to_numpy(head(outputs))
    kernel, bias, score, offset = (np.float64(weight) for weight in head.get_weights())
    expected = np.maximum(outputs @ kernel + bias, 0) @ score + offset
    np.testing.assert_allclose(received, expected[..., 0], rtol=1e-5, atol=1e-6)


def test_contract_of_the_head(tmp_path):
    outputs = np.random.default_rng(2).normal(size=(2, 3, 5)).astype("float32")
    check_layer(ReplacedTokenHead, {"sequence_output": outputs}, tmp_path)


@pytest.mark.parametrize(("fraction", "width", "heads"), [(0.25, 64, 1), (0.5, 128, 2), (1.0, 256, 4)])
def test_the_generator_is_a_fraction_of_the_discriminator(fraction, width, heads):
    sizes = {"hidden_dim": 256, "num_heads": 4, "intermediate_dim": 1024, "num_layers": 12}
    expected = {"hidden_dim": width, "num_heads": heads, "intermediate_dim": 4 * width, "num_layers": 12}
    assert generator_settings(sizes, fraction) == expected


def test_a_third_of_base_is_whole():
    sizes = {"hidden_dim": 768, "num_heads": 12, "intermediate_dim": 3072, "num_layers": 12}
    assert generator_settings(sizes, 1 / 3)["hidden_dim"] == 256


@pytest.mark.parametrize("fraction", [0, 1.5])
def test_a_fraction_that_is_none_is_refused(fraction):
    with pytest.raises(ValueError, match=f"above 0 and at most 1. Received: {fraction}"):
        electra(generator_fraction=fraction)


def test_a_generator_of_half_a_unit_is_refused():
    with pytest.raises(
        ValueError, match="whole `hidden_dim`. Received: generator_fraction=0.3, hidden_dim=8"
    ):
        electra(generator_fraction=0.3)


def test_the_discriminator_is_a_reader_like_any_other():
    model = SentenceClassifier(electra().discriminator, 3, pooling="first")
    inputs = {name: INPUTS[name] for name in ("token_ids", "padding_mask", "segment_ids")}
    assert tuple(model(inputs).shape) == (2, 3)
