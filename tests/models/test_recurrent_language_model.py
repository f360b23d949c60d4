import numpy as np
import pytest
from keras import ops

from course_lib.models.recurrent_language_model import RecurrentLanguageModel

CELLS = ("simple_rnn", "gru", "lstm")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("num_layers", [1, 2])
def test_stepping_gives_what_reading_at_once_gives(cell, num_layers):
    model = RecurrentLanguageModel(19, 5, 7, cell=cell, num_layers=num_layers)
    token_ids = np.random.default_rng(0).integers(5, 19, (3, 11)).astype("int32")
    expected = ops.convert_to_numpy(model(token_ids))
    state = model.initial_state(3)
    for t in range(11):
        logits, state = model.step(token_ids[:, t], state)
        np.testing.assert_allclose(ops.convert_to_numpy(logits), expected[:, t], rtol=1e-5, atol=1e-6)
    assert set(state) == {f"recurrent_{i}" for i in range(num_layers)}


def test_the_state_may_be_reordered_like_any_nested_dictionary():
    model = RecurrentLanguageModel(19, 5, 7, cell="lstm")
    _, state = model.step(np.array([5, 6]), model.initial_state(2))
    layer = state["recurrent_0"]
    swapped = {"recurrent_0": {"cell": layer["cell"], "hidden": layer["hidden"]}}
    first, _ = model.step(np.array([7, 8]), state)
    second, _ = model.step(np.array([7, 8]), swapped)
    np.testing.assert_array_equal(ops.convert_to_numpy(first), ops.convert_to_numpy(second))


def test_simple_rnn_is_elmans_equation():
    model = RecurrentLanguageModel(19, 5, 7, cell="simple_rnn")
    token_ids = np.array([[2, 7, 11, 13]], "int32")
    states = ops.convert_to_numpy(model.hidden_states(token_ids))
    embeddings, weights, recurrence, bias, _, _ = (
        ops.convert_to_numpy(variable).astype("float64") for variable in model.trainable_variables
    )
    hidden = np.zeros(7)
    for t, token in enumerate(token_ids[0]):
        hidden = np.tanh(embeddings[token] @ weights + hidden @ recurrence + bias)
        np.testing.assert_allclose(states[0, t], hidden, rtol=1e-5, atol=1e-6)


def test_the_first_token_can_matter_to_the_end():
    model = RecurrentLanguageModel(19, 5, 7, cell="lstm")
    token_ids = np.random.default_rng(1).integers(5, 19, (2, 11)).astype("int32")
    changed = token_ids.copy()
    changed[:, 0] = 2
    moved = np.abs(ops.convert_to_numpy(model(changed)) - ops.convert_to_numpy(model(token_ids)))
    assert moved[:, -1].max() > 0


def test_what_cannot_work_says_so():
    with pytest.raises(ValueError, match="`cell` must be one of .* Received: cell='elman'"):
        RecurrentLanguageModel(19, 5, 7, cell="elman")
    with pytest.raises(ValueError, match="`num_layers` must be positive. Received: num_layers=0"):
        RecurrentLanguageModel(19, 5, 7, num_layers=0)
