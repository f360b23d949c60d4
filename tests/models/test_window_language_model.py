import numpy as np
import pytest
from keras import ops

from course_lib.models.window_language_model import WindowLanguageModel, context_windows


@pytest.mark.parametrize("window", [1, 2, 5, 13])
def test_windows_are_what_slicing_gives(window):
    token_ids = np.random.default_rng(0).integers(1, 50, (3, 7)).astype("int32")
    windows = ops.convert_to_numpy(context_windows(token_ids, window))
    assert windows.shape == (3, 7, window)
    for b in range(3):
        for t in range(7):
            seen = token_ids[b, max(0, t - window + 1) : t + 1]
            assert windows[b, t].tolist() == [0] * (window - len(seen)) + seen.tolist()


def test_logits_are_the_papers_equation():
    model = WindowLanguageModel(vocabulary_size=17, embedding_dim=3, hidden_dim=5, window=2)
    token_ids = np.array([[2, 7, 11]], "int32")
    logits = ops.convert_to_numpy(model(token_ids))
    embeddings, weights, bias, outputs, output_bias = (
        ops.convert_to_numpy(variable).astype("float64") for variable in model.trainable_variables
    )
    for t, window in enumerate([(0, 2), (2, 7), (7, 11)]):
        hidden = np.tanh(np.concatenate([embeddings[i] for i in window]) @ weights + bias)
        np.testing.assert_allclose(logits[0, t], hidden @ outputs + output_bias, rtol=1e-5, atol=1e-6)


def test_tokens_outside_the_window_cannot_matter():
    model = WindowLanguageModel(vocabulary_size=17, embedding_dim=3, hidden_dim=5, window=3)
    token_ids = np.random.default_rng(1).integers(5, 17, (2, 11)).astype("int32")
    changed = token_ids.copy()
    changed[:, 4] = (changed[:, 4] + 1 - 5) % 12 + 5
    moved = np.abs(ops.convert_to_numpy(model(changed)) - ops.convert_to_numpy(model(token_ids))).max((0, 2))
    assert (moved[4:7] > 1e-4).all()
    assert (moved[:4] == 0).all() and (moved[7:] == 0).all()


def test_window_must_be_positive():
    with pytest.raises(ValueError, match="`window` must be positive. Received: window=0"):
        WindowLanguageModel(17, 3, 5, window=0)
