"""The tagger with a conditional random field: what it reports, and what it refuses."""

import keras
import numpy as np
import pytest

from course_lib.models import BiLstm, CrfTagger


def tagger():
    keras.utils.set_random_seed(1)
    model = CrfTagger(BiLstm(11, hidden_dim=3), num_labels=3, dropout=0.0)
    model.compile("sgd")
    return model


TOKEN_IDS = np.array([[5, 7, 3, 2, 0], [4, 1, 0, 0, 0], [6, 2, 9, 3, 8], [10, 3, 1, 0, 0]])
INPUTS = {"token_ids": TOKEN_IDS, "padding_mask": TOKEN_IDS != 0}
LABELS = np.where(TOKEN_IDS != 0, TOKEN_IDS % 3 + 1, 0)


def test_the_loss_that_is_reported_is_the_mean_over_rows():
    """Of rows one at a time, which have 4, 2, 5 and 3 labels: none may weigh more for that."""
    model = tagger()
    alone = [
        model.evaluate({name: array[[row]] for name, array in INPUTS.items()}, LABELS[[row]], verbose=0)
        for row in range(4)
    ]
    np.testing.assert_allclose(
        model.evaluate(INPUTS, LABELS, batch_size=1, verbose=0), np.mean(alone), rtol=1e-6
    )


def test_sample_weights_are_refused():
    with pytest.raises(ValueError, match="Expected no `sample_weight`"):
        tagger().evaluate(INPUTS, LABELS, sample_weight=np.ones(4), verbose=0)


def test_what_weights_cost_is_added():
    model = tagger()
    model(INPUTS)
    emissions, before = model(INPUTS), float(model.compute_loss(y=LABELS, y_pred=model(INPUTS)))
    model.classifier.kernel.regularizer = lambda kernel: 0.0 * keras.ops.sum(kernel) + 3.0
    assert float(model.compute_loss(y=LABELS, y_pred=emissions)) == pytest.approx(before + 3.0, rel=1e-6)
