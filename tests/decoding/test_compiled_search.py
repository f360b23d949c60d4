"""Whole searches in one program: the same sentences as step by step, and as plain searches find."""

import functools

import keras
import numpy as np
import pytest
from decoding.plain_searches import plain_beam, plain_greedy, plain_sample

from course_lib.decoding import CompiledSearch, beam_search, greedy_decode, sample_decode
from course_lib.decoding.sampling import uniform_draws
from course_lib.models import Gnmt, Seq2Seq, Transformer

START, END, V, LENGTH = 2, 3, 11, 5
COMMON = {"start_id": START, "end_id": END, "max_length": LENGTH}
CLOSE = {"rtol": 1e-4, "atol": 1e-5}
SOURCE = np.array([[5, 6, 7, 8, 9], [9, 10, 0, 0, 0], [7, 8, 5, 0, 0]], dtype="int32")


@functools.cache
def make(kind, end_bias=0.0):
    """A model with random weights; with a bias, one that ends sentences early."""
    model = {
        "transformer": lambda: Transformer(
            13, V, 12, 2, 13, 1, max_sequence_length=8, tied_embeddings="none"
        ),
        "recurrent": lambda: Seq2Seq(13, V, embedding_dim=5, hidden_dim=6, score="additive"),
        "deep recurrent": lambda: Gnmt(13, V, embedding_dim=5, hidden_dim=7, num_layers=3),
    }[kind]()
    model.encode(SOURCE, SOURCE != 0)
    generator = np.random.default_rng(5)
    model.set_weights([generator.normal(scale=0.4, size=weight.shape) for weight in model.weights])
    step = model.step

    def biased(token_ids, state):
        logits, state = step(token_ids, state)
        return logits + end_bias * keras.ops.one_hot([END], V), state

    model.step = biased
    return model


def alone(model, row):
    source = SOURCE[row : row + 1]
    return model.step, model.encode(source, source != 0), START, END, LENGTH


def sentence(ids):
    ids = list(map(int, ids))
    return ids[: ids.index(END) + 1] if END in ids else ids


models = pytest.mark.parametrize("kind", ["transformer", "recurrent"])


@models
@pytest.mark.parametrize("end_bias", [0.0, 1.5])
def test_greedy(kind, end_bias):
    model = make(kind, end_bias)
    decoded = CompiledSearch(model, greedy_decode, **COMMON).decode(SOURCE)
    np.testing.assert_array_equal(decoded, greedy_of(model, SOURCE))
    assert [sentence(ids) for ids in decoded] == [plain_greedy(*alone(model, row)) for row in range(3)]


@models
def test_sampling(kind):
    model = make(kind)
    search = CompiledSearch(model, sample_decode, **COMMON)
    for seed in (4, 9):
        decoded, draws = search.decode(SOURCE, seed=seed), uniform_draws(seed, 3, LENGTH)
        expected = [plain_sample(draws[row], *alone(model, row)) for row in range(3)]
        assert [sentence(ids) for ids in decoded] == expected
    state = model.encode(SOURCE, SOURCE != 0)
    eager = sample_decode(model.step, state, batch_size=3, seed=seed, **COMMON)
    np.testing.assert_array_equal(decoded, eager)


@models
@pytest.mark.parametrize("end_bias, length_penalty", [(0.0, 0.0), (1.5, 0.6), (3.0, 1.0)])
def test_beam(kind, end_bias, length_penalty):
    model, width = make(kind, end_bias), 3
    settings = {**COMMON, "beam_width": width, "length_penalty": length_penalty}
    ids, scores = CompiledSearch(model, beam_search, **settings).decode(SOURCE)
    state = model.encode(SOURCE, SOURCE != 0)
    eager_ids, eager_scores = beam_search(model.step, state, batch_size=3, **settings)
    np.testing.assert_array_equal(ids, eager_ids)
    np.testing.assert_allclose(scores, eager_scores, **CLOSE)
    for row in range(3):
        expected = plain_beam(*alone(model, row), width, length_penalty)
        assert [sentence(hypothesis) for hypothesis in ids[row]] == [tokens for tokens, _ in expected]
        np.testing.assert_allclose(scores[row], [score for _, score in expected], **CLOSE)


@pytest.mark.parametrize("kind", ["recurrent", "deep recurrent"])
@pytest.mark.parametrize("coverage_penalty", [0.0, 0.7])
def test_beam_with_both_penalties(kind, coverage_penalty):
    model, width = make(kind, 1.5), 3
    penalties = {"length_penalty": 0.6, "coverage_penalty": coverage_penalty}
    settings = {**COMMON, "beam_width": width, **penalties}
    ids, scores = CompiledSearch(model, beam_search, **settings).decode(SOURCE)
    for row in range(3):
        expected = plain_beam(*alone(model, row), width, *penalties.values())
        assert [sentence(hypothesis) for hypothesis in ids[row]] == [tokens for tokens, _ in expected]
        np.testing.assert_allclose(scores[row], [score for _, score in expected], **CLOSE)


def test_sampling_what_a_filter_leaves():
    model = make("recurrent")
    search = CompiledSearch(model, sample_decode, top_k=1, temperature=0.5, top_p=0.9, **COMMON)
    np.testing.assert_array_equal(search.decode(SOURCE, seed=1), greedy_of(model, SOURCE))


def test_new_weights_are_used_and_nothing_is_compiled_twice():
    model, traces = make("transformer"), []
    step = model.step

    def counted(token_ids, state):
        traces.append(1)
        return step(token_ids, state)

    model.step = counted
    try:
        search = CompiledSearch(model, greedy_decode, **COMMON)
        first = search.decode(SOURCE)
        compiled = len(traces)
        np.testing.assert_array_equal(search.decode(SOURCE[:, :4]), greedy_of(model, SOURCE[:, :4]))
        traces.clear()
        np.testing.assert_array_equal(search.decode(SOURCE), first)
        assert keras.backend.backend() == "torch" or (compiled < LENGTH and not traces)
        weights = model.get_weights()
        model.set_weights([weight[..., ::-1] for weight in weights])
        changed = search.decode(SOURCE)
        np.testing.assert_array_equal(changed, greedy_of(model, SOURCE))
        assert changed.shape != first.shape or (changed != first).any()
        model.set_weights(weights)
    finally:
        model.step = step


def greedy_of(model, source):
    state = model.encode(source, source != 0)
    return greedy_decode(model.step, state, batch_size=len(source), **COMMON)


def test_what_is_no_batch_of_sources_is_refused():
    with pytest.raises(ValueError, match=r"Received: shape \(5,\)"):
        CompiledSearch(make("transformer"), greedy_decode, **COMMON).decode(SOURCE[0])


def test_it_is_compiled_although_training_would_not_be():
    for kind in ("transformer", "recurrent"):
        search = CompiledSearch(make(kind), greedy_decode, **COMMON)
        assert bool(search.jit_compile) == (keras.backend.backend() != "torch")


@models
def test_ids_that_the_model_cannot_know_are_refused(kind):
    search = CompiledSearch(make(kind), greedy_decode, **COMMON)
    with pytest.raises(ValueError, match="below the vocabulary's size of 13. Received: ids from 0 to 13"):
        search.decode(np.where(SOURCE == 9, 13, SOURCE))
    with pytest.raises(ValueError, match="must be integers. Received: ids of dtype float64"):
        search.decode(SOURCE + 0.7)


def test_a_seed_belongs_to_sampling():
    for search, seed in ((greedy_decode, 1), (sample_decode, None)):
        with pytest.raises(ValueError, match=f"Received: seed={seed}, search={search.__name__}"):
            CompiledSearch(make("transformer"), search, **COMMON).decode(SOURCE, seed=seed)
