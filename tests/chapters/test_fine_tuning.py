"""Fine-tuning, prediction and the two controls of chapter 11."""

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.chapters import FineTuner, linear_probe, naive_bayes, predict
from course_lib.chapters.linear_probe import logistic_regression
from course_lib.chapters.training.fine_tuning import batch_of, batches_of_like_length
from course_lib.models import Bert, CrfTagger, SentenceClassifier
from course_lib.training import set_seed


def classifier():
    set_seed(0)
    bert = Bert(
        13, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1, dropout=0.0, attention_dropout=0.0
    )
    model = SentenceClassifier(bert, num_outputs=2, pooling="mean", dropout=0.0)
    model.build({"token_ids": (None, None), "padding_mask": (None, None)})
    return model


def sequences(number=11, seed=0):
    """Token ids with padding; class 1 where the first is above 8."""
    generator = np.random.default_rng(seed)
    ids = generator.integers(5, 13, (number, 19)).astype("int32")
    ids[np.arange(19) >= generator.integers(1, 19, (number, 1))] = 0
    return {"token_ids": ids, "padding_mask": ids != 0}, (ids[:, 0] > 8).astype("int32")


def test_a_batch_loses_only_padding():
    inputs, _ = sequences()
    rows = np.array([3, 7])
    batch = batch_of(inputs, rows)
    assert batch["token_ids"].shape[1] in (8, 16, 19)
    assert batch["padding_mask"].sum() == inputs["padding_mask"][rows].sum()


@pytest.mark.parametrize(("number", "batch_size"), [(7, 3), (101, 2), (1009, 2)])
def test_an_epoch_has_each_sequence_at_most_once_and_another_order_each_time(number, batch_size):
    lengths = np.random.default_rng(0).integers(1, 90, number)
    generator = np.random.default_rng(1)
    first, second = (batches_of_like_length(lengths, batch_size, generator) for _ in range(2))
    assert len(np.unique(first)) == first.size == number // batch_size * batch_size
    assert not np.array_equal(first, second)


def test_batches_hold_sequences_of_like_length():
    lengths = np.random.default_rng(0).integers(1, 90, 1009)
    batches = batches_of_like_length(lengths, 8, np.random.default_rng(1))
    unsorted = lengths[np.random.default_rng(1).permutation(1008).reshape(-1, 8)]
    assert np.ptp(lengths[batches], axis=1).mean() < 0.4 * np.ptp(unsorted, axis=1).mean()


def test_predictions_do_not_depend_on_the_batches_and_stand_in_order():
    model, (inputs, _) = classifier(), sequences()
    whole = ops.convert_to_numpy(model(inputs))
    np.testing.assert_allclose(predict(model, inputs, batch_size=3), whole, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(FineTuner(model).predict(inputs, batch_size=4), whole, rtol=1e-5, atol=1e-6)


def test_two_runs_from_the_same_weights_are_the_same():
    model, (inputs, labels) = classifier(), sequences()
    tuner, weights = FineTuner(model), model.get_weights()
    runs = []
    for _ in range(2):
        model.set_weights(weights)
        runs.append(tuner.fit(inputs, labels, peak=0.05, num_epochs=20, batch_size=5, seed=3))
    np.testing.assert_allclose(*runs, rtol=1e-6)
    assert len(runs[0]) == 40
    assert np.mean(runs[0][-8:]) < 0.8 * np.mean(runs[0][:8])


def test_the_rates_are_those_of_the_schedule(monkeypatch):
    model, (inputs, labels) = classifier(), sequences(6)
    tuner, rates = FineTuner(model), []

    def update(batch, labels):
        rates.append(float(ops.convert_to_numpy(tuner.optimizers[0].learning_rate)))
        return 0.0

    monkeypatch.setattr(tuner, "_update", update)
    done = []
    tuner.fit(
        inputs, labels, peak=1.0, num_epochs=3, batch_size=2, warmup_share=1 / 3, after_epoch=done.append
    )
    np.testing.assert_allclose(rates, [1 / 3, 2 / 3, 1, 6 / 7, 5 / 7, 4 / 7, 3 / 7, 2 / 7, 1 / 7], rtol=1e-5)
    assert done == [1, 2, 3]


def test_fast_variables_have_a_rate_of_their_own_and_labels_of_tokens_are_cut_like_their_batch():
    """At the rate of the rest, transitions would stay where they begin."""
    inputs, _ = sequences(12)
    labels = np.where(inputs["padding_mask"], inputs["token_ids"] % 3 + 1, 0)
    model = CrfTagger(Bert(13, 4, 2, 8, 1), num_labels=3)
    model(inputs)

    def loss(labels, emissions):
        mask = labels != 0
        return ops.mean(model.crf.negative_log_likelihood(emissions, ops.maximum(labels - 1, 0), mask))

    watched = (model.crf.transitions, model.classifier.bias)
    before = [ops.convert_to_numpy(weight) for weight in watched]
    tuner = FineTuner(model, loss, fast_variables=model.crf.trainable_variables)
    tuner.fit(inputs, labels, peak=1e-4, num_epochs=3, batch_size=4, fast_factor=100.0)
    moved = [np.abs(ops.convert_to_numpy(new) - old).max() for new, old in zip(watched, before, strict=True)]
    assert moved[0] > 0.01 and 0 < moved[1] < 0.001


def test_logistic_regression_is_where_the_gradient_vanishes():
    generator = np.random.default_rng(1)
    features, classes = generator.normal(0, 1, (37, 5)), generator.integers(0, 2, 37)
    weights = logistic_regression(features, classes, penalty=0.1)
    right = 1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1])))
    np.testing.assert_allclose(features.T @ (right - classes) / 37 + 0.1 * weights[:-1], 0, atol=1e-8)
    assert abs(np.mean(right - classes)) < 1e-6


def test_the_probe_chooses_its_penalty_on_the_validation_data_alone():
    generator = np.random.default_rng(2)
    features = generator.normal(0, 1, (23, 3))
    classes = (features[:, 0] > 0).astype(int)
    said = linear_probe((features, classes), (features, classes), features)
    np.testing.assert_array_equal(said, classes)


def test_naive_bayes_by_hand():
    classify = naive_bayes(["a b b", "a c", "c d"], [1, 1, 0])
    # p(a | 1) = 3/8, p(b | 1) = 2/8, p(c | 1) = 2/8, p(d | 1) = 1/8; p(a | 0) = p(b | 0) = 1/6, c and d 2/6
    assert classify("a") == 1  # 2 · (3/8) / (1/6) > 1
    assert classify("d d d") == 0  # 2 · (1/8) / (2/6) < 1: counted once, however often it stands
    assert classify("x") == 1  # the prior
    with pytest.raises(ValueError, match="both classes. Received: 0 of 0, 1 of 1"):
        naive_bayes(["a"], [1])


def test_what_has_no_gradient_is_left_alone():
    """The pooler of a classifier that pools by the mean."""
    set_seed(0)
    model, (inputs, labels) = classifier(), sequences()
    before = keras.ops.convert_to_numpy(model.backbone.pooler.kernel)
    FineTuner(model).fit(inputs, labels, peak=0.1, num_epochs=1, batch_size=5)
    np.testing.assert_array_equal(ops.convert_to_numpy(model.backbone.pooler.kernel), before)


def test_what_is_said_of_tokens_is_put_together_from_batches_of_several_lengths():
    mask = np.arange(20) < np.array([[3], [17], [2], [20], [9]])
    said = predict(
        lambda batch: ops.cast(batch["padding_mask"], "int32")[:, :, None], {"padding_mask": mask}, 2
    )
    np.testing.assert_array_equal(said[:, :, 0], mask)
