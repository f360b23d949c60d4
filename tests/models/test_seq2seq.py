import keras
import numpy as np
import pytest
from keras import ops
from support.compilation import COMPILED

from course_lib.layers import Attention, DotScore, LocalAttention, coverage_penalty
from course_lib.models import Seq2Seq
from course_lib.training import TokenCrossEntropy

SCORES = [None, "dot", "scaled_dot", "multiplicative", "additive"]
B, S, T, V_SOURCE, V_TARGET = 3, 7, 5, 29, 31


def make(score, **settings):
    return Seq2Seq(V_SOURCE, V_TARGET, embedding_dim=11, hidden_dim=6, score=score, **settings)


def make_batch(extra=0, seed=0):
    """Sentences of different lengths; `extra` adds padding behind source and target."""
    generator = np.random.default_rng(seed)
    source, target = np.zeros((B, S + extra), "int32"), np.zeros((B, T + extra), "int32")
    for row, (m, n) in enumerate(zip((7, 4, 1), (5, 2, 3), strict=True)):
        source[row, :m] = generator.integers(5, V_SOURCE, m)
        target[row, :n] = generator.integers(5, V_TARGET, n)
    return {
        "source_token_ids": source,
        "source_padding_mask": source != 0,
        "target_token_ids": target,
        "target_padding_mask": target != 0,
    }


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


@pytest.mark.parametrize("score", SCORES)
def test_steps_equal_teacher_forcing(score):
    model, batch = make(score), make_batch()
    logits = numpy_of(model(batch))
    state = model.encode(batch["source_token_ids"], batch["source_padding_mask"])
    for t in range(T):
        step_logits, state = model.step(batch["target_token_ids"][:, t], state)
        np.testing.assert_allclose(numpy_of(step_logits), logits[:, t], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("score", SCORES)
def test_padding_never_matters(score):
    model = make(score)
    short, long = numpy_of(model(make_batch())), numpy_of(model(make_batch(extra=6)))
    real = make_batch()["target_padding_mask"]
    np.testing.assert_allclose(long[:, :T][real], short[real], rtol=1e-5, atol=1e-6)
    garbage = make_batch(extra=6)
    garbage["source_token_ids"] = np.where(garbage["source_padding_mask"], garbage["source_token_ids"], 17)
    np.testing.assert_allclose(numpy_of(model(garbage))[:, :T][real], short[real], rtol=1e-5, atol=1e-6)


def test_loss_does_not_depend_on_padding():
    model, loss = make("additive"), TokenCrossEntropy(label_smoothing=0.1)
    losses = []
    for extra in (0, 6):
        batch = make_batch(extra)
        losses.append(float(loss(batch["target_token_ids"], model(batch))))
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-6)


@pytest.mark.parametrize("score", SCORES)
def test_the_past_never_sees_the_future(score):
    model, batch = make(score), make_batch()
    changed = {**batch, "target_token_ids": batch["target_token_ids"].copy()}
    changed["target_token_ids"][:, 2:] = 7
    before, after = numpy_of(model(batch)), numpy_of(model(changed))
    np.testing.assert_array_equal(before[:, :2], after[:, :2])
    assert (before[:, 2:] != after[:, 2:]).any()


def test_weights_sum_to_one_over_real_source_tokens():
    batch = make_batch()
    _, weights = make("additive")(batch, return_attention_weights=True)
    weights = numpy_of(weights)
    assert weights.shape == (B, T, S)
    np.testing.assert_allclose(weights.sum(-1), 1.0, rtol=1e-5)
    hidden = np.broadcast_to(~batch["source_padding_mask"][:, None, :], weights.shape)
    assert (weights[hidden] == 0).all()


@pytest.mark.parametrize("score", [*SCORES, "own"])
def test_round_trips_and_gradients(score, tmp_path):
    if score == "own":
        score = LocalAttention(DotScore(), window=2.5, hidden_dim=5)
    model, batch = make(score, dropout=0.1), make_batch()
    outputs = numpy_of(model(batch))
    twin = Seq2Seq.from_config(model.get_config())
    twin(batch)
    twin.set_weights(model.get_weights())
    np.testing.assert_allclose(numpy_of(twin(batch)), outputs, rtol=1e-6)

    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(numpy_of(loaded(batch)), outputs, rtol=1e-6)

    for embedding in (model.source_embedding, model.target_embedding):  # far enough from the linear regime
        embedding.embeddings.assign(20 * embedding.embeddings)
    before = [np.copy(numpy_of(weight)) for weight in model.trainable_weights]
    model.compile(keras.optimizers.SGD(1.0), TokenCrossEntropy())
    history = model.fit(batch, batch["target_token_ids"], batch_size=B, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    for old, weight in zip(before, model.trainable_weights, strict=True):
        assert (old != numpy_of(weight)).any(), f"no gradient reached {weight.path}"


def test_only_the_score_differs_in_size_between_the_scores():
    sizes = {}
    for score in SCORES:
        model = make(score)
        model(make_batch())
        sizes[score] = model.count_params()
    assert sizes[None] == sizes["dot"] == sizes["scaled_dot"]
    assert sizes["multiplicative"] - sizes["dot"] == 6 * 6
    assert sizes["additive"] - sizes["dot"] == 6 * (6 + 6 + 1)


def test_coverage_weight_adds_its_penalty_to_the_loss():
    plain, batch = make("dot"), make_batch()
    covered = make("dot", coverage_weight=0.5)
    logits, weights = plain(batch, return_attention_weights=True)
    covered(batch)
    covered.set_weights(plain.get_weights())
    covered(batch)
    penalty = float(coverage_penalty(weights, batch["target_padding_mask"]))
    assert penalty > 0.1
    np.testing.assert_allclose(float(covered.losses[0]), 0.5 * penalty, rtol=1e-5)


def test_a_pair_can_be_learnt_by_heart():
    keras.utils.set_random_seed(1)
    model = Seq2Seq(V_SOURCE, V_TARGET, embedding_dim=11, hidden_dim=24, score="additive")
    batch = make_batch()
    labels = np.roll(batch["target_token_ids"], -1, axis=1) * batch["target_padding_mask"]
    model.compile(keras.optimizers.Adam(0.02), TokenCrossEntropy(), jit_compile=COMPILED)
    data = [(batch, labels)] * 60
    history = [float(model.train_on_batch(*item)) for item in data]
    assert history[-1] < 0.1 < history[0]


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"score": "cosine"}, "score='cosine'"),
        ({"score": None, "coverage_weight": 1.0}, "score=None, coverage_weight=1.0"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        make(**settings)


def test_bad_sizes_are_refused():
    with pytest.raises(ValueError, match="Received: source_vocabulary_size=0"):
        Seq2Seq(0, 5, embedding_dim=2, hidden_dim=2)
    with pytest.raises(ValueError, match="Received: hidden_dim=3"):
        Seq2Seq(5, 5, embedding_dim=2, hidden_dim=3)
    with pytest.raises(ValueError, match="Received: attention=None"):
        make(None)(make_batch(), return_attention_weights=True)


def test_an_attention_of_your_own_is_used():
    model = make(Attention(DotScore()))
    named = make("dot")
    batch = make_batch()
    model(batch), named(batch)
    model.set_weights(named.get_weights())
    np.testing.assert_allclose(numpy_of(model(batch)), numpy_of(named(batch)), rtol=1e-6)
