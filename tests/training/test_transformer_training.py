"""The Transformer in training: resumed, in half precision, with clipped gradients."""

import keras
import numpy as np
import pytest
from support.compilation import COMPILED

from course_lib.data import SampledTranslationBatches
from course_lib.models import Transformer
from course_lib.text import WordPieceTokenizer, train_wordpiece
from course_lib.training import (
    InverseSquareRootWarmup,
    ResumableCheckpoint,
    TokenCrossEntropy,
    set_seed,
)

TEXTS = ["the cat sat", "the hat", "that cat that sat", "a cat sat at the hat", "that hat"] * 5
TOKENIZER = WordPieceTokenizer(train_wordpiece(TEXTS, vocabulary_size=22), engine="python")


class Interrupt(keras.callbacks.Callback):
    """Raises in the middle of the given epoch."""

    def __init__(self, epoch):
        super().__init__()
        self.when = epoch

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == (self.when, 2):
            raise InterruptedError


def make_batches():
    return SampledTranslationBatches(TEXTS, TEXTS[::-1], TOKENIZER, 0.3, batch_size=5, shuffle_seed=3)


def make_model(**settings):
    options = {"hidden_dim": 8, "num_heads": 2, "intermediate_dim": 13, "num_layers": 1} | settings
    return Transformer(22, 22, tied_embeddings="all", max_sequence_length=47, **options)


def train(folder, seed=1, callbacks=()):
    """The history and the averaged weights of three epochs, from the seed or from what the folder holds."""
    set_seed(seed)
    batches = make_batches()
    model = make_model(dropout=0.2)
    optimizer = keras.optimizers.Adam(
        InverseSquareRootWarmup(0.02, 7), beta_2=0.98, global_clipnorm=1.0, use_ema=True, ema_momentum=0.8
    )
    model.compile(optimizer, TokenCrossEntropy(label_smoothing=0.1), jit_compile=COMPILED)
    checkpoint = ResumableCheckpoint(folder, data=batches)
    history = model.fit(
        batches,
        epochs=3,
        shuffle=False,
        verbose=0,
        callbacks=[checkpoint, *callbacks],
    )
    return history.history, [keras.ops.convert_to_numpy(weight) for weight in model.weights]


def test_a_run_that_was_cut_ends_where_a_whole_one_ends(tmp_path):
    history, weights = train(tmp_path / "whole")
    with pytest.raises(InterruptedError):
        train(tmp_path / "cut", callbacks=[Interrupt(1)])
    # Another seed: nothing of the resumed run may come from its own start.
    resumed_history, resumed_weights = train(tmp_path / "cut", seed=99)
    assert len(history["loss"]) == 3 and history["loss"][-1] < history["loss"][0]
    np.testing.assert_allclose(resumed_history["loss"], history["loss"], rtol=1e-5)
    for left, right in zip(weights, resumed_weights, strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-4, atol=1e-5)


# On a processor JAX has no gradient of attention in float16, and TensorFlow's bfloat16 fails on some.
HALF = "bfloat16" if keras.backend.backend() == "jax" else "float16"


def test_half_precision_trains():
    set_seed(2)
    x, y = make_batches()[0]
    keras.config.set_dtype_policy(f"mixed_{HALF}")
    try:
        model = make_model()
        # In float16 the loss is scaled.
        model.compile(keras.optimizers.Adam(0.01), TokenCrossEntropy(0.1), jit_compile=COMPILED)
        losses = [float(model.train_on_batch(x, y)) for _ in range(20)]
        assert keras.backend.standardize_dtype(model(x).dtype) == HALF
    finally:
        keras.config.set_dtype_policy("float32")
    assert {keras.backend.standardize_dtype(weight.dtype) for weight in model.trainable_weights} == {
        "float32"
    }
    assert np.isfinite(losses).all() and losses[-1] < 0.8 * losses[0]


def test_a_clipped_gradient_has_the_norm_that_was_asked_for():
    x, y = make_batches()[0]
    moved = {}
    for clip in (None, 0.01):
        set_seed(3)
        model = make_model()
        model(x)
        before = [np.array(keras.ops.convert_to_numpy(weight)) for weight in model.trainable_weights]
        optimizer = keras.optimizers.SGD(1.0, global_clipnorm=clip)
        model.compile(optimizer, TokenCrossEntropy(), jit_compile=COMPILED)
        model.train_on_batch(x, y)
        after = [keras.ops.convert_to_numpy(weight) for weight in model.trainable_weights]
        moved[clip] = np.sqrt(sum(((b - a) ** 2).sum() for a, b in zip(after, before, strict=True)))
    np.testing.assert_allclose(moved[0.01], 0.01, rtol=1e-3)
    assert moved[None] > 0.1
