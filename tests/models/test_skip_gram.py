import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops
from support.compilation import COMPILED

from course_lib.models.skip_gram import (
    SkipGram,
    nearest_neighbours,
    negative_sampling_loss,
    noise_distribution,
    skip_gram_examples,
    skip_gram_pairs,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=6), min_size=1, max_size=7), st.integers(1, 4))
def test_pairs_are_those_of_the_definition(sentences, window):
    expected = sorted(
        (sentence[i], sentence[j])
        for sentence in sentences
        for i in range(len(sentence))
        for j in range(len(sentence))
        if i != j and abs(i - j) <= window
    )
    centers, contexts = skip_gram_pairs(sentences, window)
    assert sorted(zip(centers.tolist(), contexts.tolist(), strict=True)) == expected


def test_noise_follows_the_three_quarter_power():
    token_ids = np.repeat([1, 2], [1, 16])
    np.testing.assert_allclose(noise_distribution(token_ids, 4), [0, 1 / 9, 8 / 9, 0], rtol=1e-12)
    sentences = [[1, 2] * 5003]
    x, y = skip_gram_examples(sentences, 5, window=1, num_negatives=7, seed=0)
    drawn = np.bincount(x["candidate_ids"][:, 1:].ravel(), minlength=5) / x["candidate_ids"][:, 1:].size
    np.testing.assert_allclose(drawn, [0, 0.5, 0.5, 0, 0], atol=0.01)
    assert x["candidate_ids"].shape == y.shape == (10005 * 2, 8)
    assert (y.sum(axis=1) == 1).all() and (y[:, 0] == 1).all()


def test_examples_are_a_function_of_the_seed():
    draw = [skip_gram_examples([[5, 6, 7]], 8, window=2, num_negatives=5, seed=s)[0] for s in (1, 1, 2)]
    np.testing.assert_array_equal(draw[0]["candidate_ids"], draw[1]["candidate_ids"])
    assert (draw[0]["candidate_ids"] != draw[2]["candidate_ids"]).any()


def test_loss_is_the_papers_objective_and_stays_finite():
    generator = np.random.default_rng(5)
    scores = generator.normal(0, 3, (11, 7)).astype("float32")
    labels = np.zeros_like(scores)
    labels[:, 0] = 1
    sigmoid = 1 / (1 + np.exp(-scores.astype("float64")))
    expected = -np.log(sigmoid[:, 0]) - np.log(1 - sigmoid[:, 1:]).sum(axis=1)
    loss = ops.convert_to_numpy(negative_sampling_loss(ops.array(labels), ops.array(scores)))
    np.testing.assert_allclose(loss, expected, rtol=1e-5)
    huge = ops.convert_to_numpy(negative_sampling_loss(ops.array(labels), ops.array(scores * 100)))
    assert np.isfinite(huge).all()


def test_words_with_the_same_neighbours_get_near_vectors():
    keras.utils.set_random_seed(11)
    generator = np.random.default_rng(11)
    # 5 and 6 stand before 9, 7 and 8 before 10.
    sentences = [[token, 9 if token < 7 else 10] for token in generator.integers(5, 9, 2003)]
    x, y = skip_gram_examples(sentences, 11, window=1, num_negatives=3, seed=0)
    model = SkipGram(11, 5)
    model.compile(keras.optimizers.Adam(0.02), negative_sampling_loss, jit_compile=COMPILED)
    model.fit(x, y, batch_size=128, epochs=5, verbose=0)
    for word, twin in [(5, 6), (6, 5), (7, 8), (8, 7)]:
        candidates = model.vectors[5:9]
        assert nearest_neighbours(candidates, word - 5, 1)[0][0] == twin - 5


def test_nearest_neighbours_are_ordered_by_cosine_and_leave_the_word_out():
    vectors = np.array([[1.0, 0], [10, 1], [0, 3], [-1, 0], [0, 0]])
    found = nearest_neighbours(vectors, 0, 4)
    assert [index for index, _ in found] == [1, 2, 4, 3]
    np.testing.assert_allclose([cosine for _, cosine in found], [10 / 101**0.5, 0, 0, -1], atol=1e-12)
    assert vectors[0].tolist() == [1, 0]


def test_model_scores_and_round_trips(tmp_path):
    model = SkipGram(vocabulary_size=13, embedding_dim=5)
    x = {"center_ids": np.array([7, 1]), "candidate_ids": np.array([[8, 5, 6], [0, 2, 12]])}
    assert np.abs(ops.convert_to_numpy(model(x))).max() == 0  # every pair starts at even odds
    model.context_embedding.set_weights([np.random.default_rng(0).normal(size=(13, 5))])
    scores = ops.convert_to_numpy(model(x))
    outputs = ops.convert_to_numpy(model.context_embedding.embeddings)
    for b in range(2):
        expected = outputs[x["candidate_ids"][b]] @ model.vectors[x["center_ids"][b]]
        np.testing.assert_allclose(scores[b], expected, rtol=1e-5, atol=1e-6)
    assert SkipGram.from_config(model.get_config()).get_config() == model.get_config()
    model.save(tmp_path / "skip_gram.keras")
    loaded = keras.saving.load_model(tmp_path / "skip_gram.keras")
    np.testing.assert_array_equal(ops.convert_to_numpy(loaded(x)), scores)


@pytest.mark.parametrize("outside", [-1, 8])
def test_ids_outside_the_vocabulary_are_refused(outside):
    with pytest.raises(ValueError, match="below `vocabulary_size`. Received: ids from"):
        noise_distribution(np.array([5, outside]), vocabulary_size=8)
    with pytest.raises(ValueError, match=f"Received: token_id={outside}"):
        nearest_neighbours(np.ones((8, 3)), outside, count=1)
