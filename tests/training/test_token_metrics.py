"""Perplexity and accuracy: exact over batches, blind to padding, one idiom with fit."""

import keras
import numpy as np
import pytest

from course_lib.training import Perplexity, TokenAccuracy, TokenCrossEntropy


def draw(seed, batch, length, vocabulary_size=13):
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, vocabulary_size, (batch, length)).astype("int32")
    return labels, generator.normal(size=(batch, length, vocabulary_size)).astype("float32") * 2


def nats(labels, logits):
    logits = logits.astype("float64")
    log_p = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    return -np.take_along_axis(log_p, labels[..., None], -1)[..., 0][labels != 0]


# Two batches of unlike size and difficulty, so that a mean of batch means is far off.
BATCHES = [draw(1, 3, 5), (lambda labels, logits: (labels, logits * 4))(*draw(2, 17, 19))]


def test_perplexity_is_the_exponential_of_the_mean_over_all_tokens():
    metric = Perplexity()
    for labels, logits in BATCHES:
        metric.update_state(labels, logits)
    expected = np.exp(np.concatenate([nats(*batch) for batch in BATCHES]).mean())
    mean_of_means = np.mean([np.exp(nats(*batch).mean()) for batch in BATCHES])
    np.testing.assert_allclose(float(metric.result()), expected, rtol=1e-5)
    assert abs(mean_of_means / expected - 1) > 0.1


def test_accuracy_counts_real_tokens_over_all_batches():
    metric = TokenAccuracy()
    right = []
    for labels, logits in BATCHES:
        logits = logits.copy()
        np.put_along_axis(logits[: len(logits) // 2], labels[: len(labels) // 2, :, None], 99.0, -1)
        metric.update_state(labels, logits)
        right.append((logits.argmax(-1) == labels)[labels != 0])
    np.testing.assert_allclose(float(metric.result()), np.concatenate(right).mean(), rtol=1e-6)


@pytest.mark.parametrize("metric_class", [Perplexity, TokenAccuracy])
def test_more_padding_changes_nothing_and_reset_forgets(metric_class):
    labels, logits = draw(3, 5, 7)
    narrow, wide = metric_class(), metric_class()
    narrow.update_state(labels, logits)
    wide.update_state(np.pad(labels, [(0, 2), (0, 3)]), np.pad(logits, [(0, 2), (0, 3), (0, 0)]))
    assert float(narrow.result()) == pytest.approx(float(wide.result()), rel=1e-6)
    before = float(metric_class().result())
    wide.reset_state()
    assert float(wide.result()) == before


@pytest.mark.parametrize("metric_class", [Perplexity, TokenAccuracy])
def test_configuration_round_trip_and_shapes(metric_class):
    metric = keras.metrics.deserialize(keras.metrics.serialize(metric_class(name="mine")))
    assert type(metric) is metric_class and metric.name == "mine"
    with pytest.raises(ValueError, match="Expected labels"):
        metric.update_state(np.ones((2, 3)), np.ones((2, 4, 5), "float32"))


@pytest.mark.parametrize("policy", ["float32", "mixed_float16"])
def test_fit_idiom(policy):
    """What `fit` and `evaluate` report is what NumPy computes from the model's own logits."""
    keras.utils.set_random_seed(5)
    generator = np.random.default_rng(5)
    tokens = generator.integers(1, 13, (29, 7)).astype("int32")
    tokens[:, 5:] *= generator.integers(0, 2, (29, 1), dtype="int32")
    labels = np.where(tokens == 0, 0, tokens % 12 + 1).astype("int32")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(13, 16, mask_zero=True, dtype=policy),
            keras.layers.Dense(13, dtype=policy),
        ]
    )
    model.compile(keras.optimizers.Adam(0.05), TokenCrossEntropy(), metrics=[Perplexity(), TokenAccuracy()])
    history = model.fit(
        tokens, labels, batch_size=8, epochs=12, verbose=0, validation_data=(tokens, labels)
    ).history
    assert history["loss"][-1] < history["loss"][0] / 5
    assert history["val_token_accuracy"][-1] == 1.0

    results = model.evaluate(tokens, labels, batch_size=8, verbose=0, return_dict=True)
    logits = keras.ops.convert_to_numpy(keras.ops.cast(model(tokens), "float32"))
    tolerance = 1e-5 if policy == "float32" else 2e-2
    np.testing.assert_allclose(results["perplexity"], np.exp(nats(labels, logits).mean()), rtol=tolerance)


def test_early_stopping_knows_which_way_is_better():
    tokens = np.tile(np.arange(1, 12, dtype="int32"), (13, 1))
    for name in ("perplexity", "token_accuracy"):
        model = keras.Sequential([keras.layers.Embedding(12, 12), keras.layers.Dense(12)])
        model.compile(
            keras.optimizers.Adam(0.1), TokenCrossEntropy(), metrics=[Perplexity(), TokenAccuracy()]
        )
        early_stopping = keras.callbacks.EarlyStopping(monitor=name, patience=3)
        history = model.fit(tokens, tokens, epochs=5, verbose=0, callbacks=[early_stopping]).history[name]
        assert early_stopping.best == (min(history) if name == "perplexity" else max(history))
