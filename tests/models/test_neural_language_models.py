"""What every neural language model of chapter 1 has to do, whatever its architecture."""

import keras
import numpy as np
import pytest
from keras import ops
from support.compilation import COMPILED

from course_lib.models.recurrent_language_model import RecurrentLanguageModel
from course_lib.models.window_language_model import WindowLanguageModel

VOCABULARY, EMBEDDING, HIDDEN, BATCH, LENGTH = 23, 5, 7, 3, 11
MODELS = {
    "window": lambda **kwargs: WindowLanguageModel(VOCABULARY, EMBEDDING, HIDDEN, window=3, **kwargs),
    **{
        cell: lambda cell=cell, **kwargs: RecurrentLanguageModel(
            VOCABULARY, EMBEDDING, HIDDEN, cell=cell, num_layers=2, **kwargs
        )
        for cell in ("simple_rnn", "gru", "lstm")
    },
}
every_model = pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)


@pytest.fixture
def token_ids():
    return np.random.default_rng(13).integers(5, VOCABULARY, (BATCH, LENGTH)).astype("int32")


def logits_of(model, token_ids):
    return ops.convert_to_numpy(model(token_ids))


@every_model
def test_logits_for_ids_and_for_a_batch_dictionary(make, token_ids):
    model = make()
    x = {"token_ids": token_ids, "padding_mask": token_ids != 0}
    assert logits_of(model, token_ids).shape == (BATCH, LENGTH, VOCABULARY)
    np.testing.assert_array_equal(logits_of(model, x), logits_of(model, token_ids))


@every_model
def test_hidden_states_come_before_the_projection_and_may_be_asked_for_first(make, token_ids):
    model = make()
    states = ops.convert_to_numpy(model.hidden_states(token_ids))
    assert states.shape == (BATCH, LENGTH, HIDDEN)
    projected = ops.convert_to_numpy(model.output_projection(states))
    np.testing.assert_allclose(logits_of(model, token_ids), projected, rtol=1e-5, atol=1e-6)


@every_model
def test_the_future_never_reaches_the_past(make, token_ids):
    model = make()
    before = logits_of(model, token_ids)
    for position in range(LENGTH):
        changed = token_ids.copy()
        changed[:, position] = (changed[:, position] + 1 - 5) % (VOCABULARY - 5) + 5
        after = logits_of(model, changed)
        np.testing.assert_array_equal(after[:, :position], before[:, :position])
        assert np.abs(after[:, position] - before[:, position]).max() > 1e-4


@every_model
def test_padding_on_the_right_changes_nothing(make, token_ids):
    model = make()
    padded = np.pad(token_ids, [(0, 0), (0, 4)])
    np.testing.assert_allclose(
        logits_of(model, padded)[:, :LENGTH], logits_of(model, token_ids), rtol=1e-5, atol=1e-6
    )


@every_model
def test_configuration_and_file_round_trip(make, token_ids, tmp_path):
    model = make(dropout=0.25)
    expected = logits_of(model, token_ids)
    copy = type(model).from_config(model.get_config())
    assert copy.get_config() == model.get_config()
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.get_config() == model.get_config()
    np.testing.assert_array_equal(logits_of(loaded, token_ids), expected)


@every_model
def test_unknown_length_and_output_shape(make):
    model = make()
    symbolic = model(keras.Input((None,), dtype="int32"))
    assert symbolic.shape == (None, None, VOCABULARY)
    shape = {"token_ids": (BATCH, LENGTH), "padding_mask": (BATCH, LENGTH)}
    assert model.compute_output_shape(shape) == (BATCH, LENGTH, VOCABULARY)


@every_model
def test_training_learns_a_cycle_and_moves_every_weight(make):
    keras.utils.set_random_seed(3)
    model = make()
    model.build()
    before = [ops.convert_to_numpy(variable).copy() for variable in model.trainable_variables]
    cycle = np.tile(np.arange(VOCABULARY, dtype="int32"), 3)
    starts = np.tile(np.arange(VOCABULARY), 20)
    x = np.stack([cycle[start : start + LENGTH] for start in starts])
    y = np.stack([cycle[start + 1 : start + 1 + LENGTH] for start in starts])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.03), loss, jit_compile=COMPILED)
    losses = model.fit(x, y, batch_size=VOCABULARY, epochs=4, verbose=0).history["loss"]
    assert losses[0] > 1.2 and losses[-1] < 1.0
    for variable, old in zip(model.trainable_variables, before, strict=True):
        assert np.abs(ops.convert_to_numpy(variable) - old).max() > 0, variable.path


@every_model
def test_mixed_precision_stays_finite(make, token_ids):
    model = make(dtype="mixed_float16")
    logits = logits_of(model, token_ids)
    assert logits.dtype == np.float16 and np.isfinite(logits).all()


@every_model
def test_dropout_acts_in_training_only(make, token_ids):
    model = make(dropout=0.5)
    np.testing.assert_array_equal(logits_of(model, token_ids), logits_of(model, token_ids))
    dropped = ops.convert_to_numpy(model(token_ids, training=True))
    assert np.abs(dropped - logits_of(model, token_ids)).max() > 1e-3
