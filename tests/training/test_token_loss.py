"""The loss over real tokens against a float64 one-hot reference."""

import keras
import numpy as np
import pytest
from support.compilation import COMPILED

from course_lib.training import Perplexity, TokenAccuracy, TokenCrossEntropy


def one_hot_reference(labels, logits, smoothing):
    """Mean over real tokens of -Σ q log p with q written out in full, in float64."""
    logits = logits.astype("float64")
    vocabulary_size = logits.shape[-1]
    log_p = logits - logits.max(-1, keepdims=True)
    log_p -= np.log(np.exp(log_p).sum(-1, keepdims=True))
    q = (1 - smoothing) * np.eye(vocabulary_size)[labels] + smoothing / vocabulary_size
    return (-(q * log_p).sum(-1))[labels != 0].mean()


def draw(seed, batch=5, length=7, vocabulary_size=11, scale=3.0):
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, vocabulary_size, (batch, length)).astype("int32")
    labels[0, 0] = 1
    return labels, generator.normal(size=(batch, length, vocabulary_size), scale=scale).astype("float32")


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.9])
@pytest.mark.parametrize("scale", [0.01, 3.0, 300.0])
def test_equals_the_one_hot_form(smoothing, scale):
    labels, logits = draw(seed=1, scale=scale)
    loss = float(TokenCrossEntropy(label_smoothing=smoothing)(labels, logits))
    np.testing.assert_allclose(loss, one_hot_reference(labels, logits, smoothing), rtol=2e-6)


class Logits(keras.Model):
    """A model whose weights are its logits, so that an update is their gradient."""

    def __init__(self, logits):
        super().__init__()
        self.logits = self.add_weight(shape=logits.shape, initializer=lambda shape, dtype: logits)

    def call(self, inputs):
        return keras.ops.convert_to_tensor(self.logits)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("scale", [3.0, 300.0])
def test_the_gradient_is_softmax_minus_the_target_distribution(smoothing, scale):
    labels, logits = draw(seed=4, scale=scale)
    model = Logits(logits)
    model.compile(keras.optimizers.SGD(1.0), TokenCrossEntropy(smoothing))
    model.train_on_batch(labels, labels)
    p = np.exp(logits.astype("float64") - logits.max(-1, keepdims=True))
    q = (1 - smoothing) * np.eye(logits.shape[-1])[labels] + smoothing / logits.shape[-1]
    is_token = (labels != 0)[:, :, None]
    expected = is_token * (p / p.sum(-1, keepdims=True) - q) / is_token.sum()
    update = logits - keras.ops.convert_to_numpy(model.logits)
    np.testing.assert_allclose(update, expected, rtol=0, atol=2e-7 * scale)


def test_mean_is_over_tokens_and_not_over_sentences():
    logits = np.log(np.array([[[0.2, 0.8], [0.5, 0.5], [0.5, 0.5]], [[0.9, 0.1], [0.9, 0.1], [0.9, 0.1]]]))
    labels = np.array([[1, 0, 0], [1, 1, 1]])
    by_hand = -(np.log(0.8) + 3 * np.log(0.1)) / 4
    np.testing.assert_allclose(
        float(TokenCrossEntropy()(labels, logits.astype("float32"))), by_hand, rtol=1e-6
    )


def test_padded_positions_have_no_influence_even_when_infinite():
    labels, logits = draw(seed=2)
    expected = float(TokenCrossEntropy(0.1)(labels, logits))
    logits[labels == 0] = np.inf
    assert float(TokenCrossEntropy(0.1)(labels, logits)) == pytest.approx(expected, rel=1e-6)


def test_batch_of_padding_costs_nothing():
    assert float(TokenCrossEntropy()(np.zeros((2, 3), "int32"), np.ones((2, 3, 5), "float32"))) == 0.0


def test_half_precision_logits_are_summed_in_float32():
    labels = np.ones((37, 101), "int32")
    logits = np.zeros((37, 101, 1009), "float16")
    loss = TokenCrossEntropy()(labels, keras.ops.convert_to_tensor(logits))
    assert keras.backend.standardize_dtype(loss.dtype) == "float32"
    np.testing.assert_allclose(float(loss), np.log(1009), rtol=1e-5)


def test_large_ids_are_not_rounded():
    vocabulary_size = 2053  # above 2**11, where float16 stops holding each integer
    labels = np.array([[vocabulary_size - 2]])
    logits = np.zeros((1, 1, vocabulary_size), "float32")
    logits[0, 0, vocabulary_size - 2] = 50.0
    assert float(TokenCrossEntropy()(labels, keras.ops.cast(logits, "float16"))) < 1e-6


def test_a_keras_mask_on_the_logits_changes_nothing():
    tokens = np.array([[3, 4, 0, 0], [5, 6, 7, 8]])
    labels = np.array([[4, 0, 0, 0], [6, 7, 8, 2]])
    model = keras.Sequential([keras.layers.Embedding(11, 5, mask_zero=True), keras.layers.Dense(11)])
    logits = model(tokens)
    expected = one_hot_reference(labels, keras.ops.convert_to_numpy(logits), 0.0)
    np.testing.assert_allclose(float(TokenCrossEntropy()(labels, logits)), expected, rtol=1e-5)


def test_configuration_round_trip():
    loss = keras.losses.deserialize(keras.losses.serialize(TokenCrossEntropy(label_smoothing=0.1)))
    labels, logits = draw(seed=3)
    assert float(loss(labels, logits)) == float(TokenCrossEntropy(0.1)(labels, logits))


@pytest.mark.parametrize("smoothing", [-0.1, 1.0])
def test_smoothing_out_of_range_is_refused(smoothing):
    with pytest.raises(ValueError, match=rf"`label_smoothing` must be .* label_smoothing={smoothing}"):
        TokenCrossEntropy(label_smoothing=smoothing)


@pytest.mark.parametrize(
    "labels_shape, logits_shape", [((2, 3), (2, 5, 7)), ((2, 3), (3, 3, 7)), ((2,), (2, 7)), ((2, 3), (2, 3))]
)
def test_shapes_that_do_not_fit_are_refused(labels_shape, logits_shape):
    with pytest.raises(ValueError, match=r"Expected labels \(B, T\) and logits \(B, T, V\). Received"):
        TokenCrossEntropy()(np.ones(labels_shape, "int32"), np.ones(logits_shape, "float32"))


def test_sample_weight_is_refused():
    labels, logits = draw(seed=4)
    with pytest.raises(ValueError, match="Expected no `sample_weight`"):
        TokenCrossEntropy()(labels, logits, sample_weight=np.ones(5))


@pytest.mark.parametrize("outside", [-100, -1, 5])
@pytest.mark.parametrize("judge", [TokenCrossEntropy(), Perplexity(), TokenAccuracy()], ids=lambda j: j.name)
def test_a_label_outside_the_vocabulary_is_refused(judge, outside):
    labels, logits = np.array([[1, outside, 0]]), np.zeros((1, 3, 5), "float32")
    with pytest.raises(ValueError, match=f"below the vocabulary's size of 5. Received: {outside} among them"):
        judge(labels, logits)


@pytest.mark.parametrize("outside", [-100, -1, 5])
def test_in_a_compiled_program_a_label_outside_the_vocabulary_gives_nan(outside):
    labels, logits = np.array([[1, outside, 0]]), np.zeros((1, 3, 5), "float32")
    model = Logits(logits)
    metrics = [Perplexity(), TokenAccuracy()]
    model.compile(keras.optimizers.SGD(1.0), TokenCrossEntropy(), metrics=metrics, jit_compile=COMPILED)
    if keras.backend.backend() == "torch":  # which compiles nothing unless told to
        with pytest.raises(ValueError, match=f"Received: {outside} among them"):
            model.train_on_batch(labels, labels)
    else:
        assert np.isnan(model.train_on_batch(labels, labels)).all()


def test_labels_that_are_floats_are_refused():
    with pytest.raises(ValueError, match="must be integers. Received: labels of dtype float"):
        TokenCrossEntropy()(np.array([[2.7]]), np.zeros((1, 1, 5), "float32"))
