"""The coverage penalty, by hand, and in a search over every sentence there is."""

import itertools

import numpy as np
import pytest
from keras import ops

from course_lib.decoding import beam_search, length_normaliser, log_coverage
from course_lib.models import Seq2Seq, Transformer

V, S, START, END = 5, 3, 2, 3
GENERATOR = np.random.default_rng(11)
# The next token depends on the last one and on how many there are; what is attended to, on the last one.
TABLE = GENERATOR.normal(scale=1.5, size=(V, V)).astype("float32")
TABLE[:, 0] = -9  # padding is written by searches, not by models
DRIFT = GENERATOR.normal(scale=0.3, size=V).astype("float32")
ATTENTION = GENERATOR.dirichlet(np.ones(S), size=V).astype("float32")
MASK = np.array([[True, True, True], [True, True, False]])


def step(token_ids, state):
    rows = ops.take(ops.convert_to_tensor(TABLE), token_ids, axis=0) + state["count"] * DRIFT
    weights = ops.take(ops.convert_to_tensor(ATTENTION), token_ids, axis=0)
    weights = weights * ops.cast(state["memory_mask"], "float32")
    weights = weights / ops.sum(weights, axis=-1, keepdims=True)
    return rows, {**state, "count": state["count"] + 1.0, "attention_weights": weights}


def start_state():
    return {
        "count": ops.zeros((2, 1)),
        "memory_mask": ops.convert_to_tensor(MASK),
        "attention_weights": ops.zeros(MASK.shape),
    }


def score_of(tokens, mask, length_penalty, coverage_penalty):
    """The score of a whole sentence, in float64, from the paper's equation."""
    total, attended, last = 0.0, np.zeros(S), START
    for count, token in enumerate(tokens):
        logits = TABLE[last].astype("float64") + count * DRIFT
        total += logits[token] - np.log(np.exp(logits).sum())
        weights = ATTENTION[last].astype("float64") * mask
        attended += weights / weights.sum()
        last = token
    coverage = np.log(np.minimum(attended[mask], 1.0)).sum()
    return total / ((5 + len(tokens)) / 6) ** length_penalty + coverage_penalty * coverage


def finished(max_length):
    others = [token for token in range(V) if token != END]
    for length in range(max_length):
        for body in itertools.product(others, repeat=length):
            yield (*body, END)


def strip(ids):
    ids = list(map(int, ids))
    return tuple(ids[: ids.index(END) + 1]) if END in ids else tuple(ids)


def search(width, length_penalty=0.6, max_length=4, **settings):
    return beam_search(
        step,
        start_state(),
        start_id=START,
        end_id=END,
        batch_size=2,
        max_length=max_length,
        beam_width=width,
        length_penalty=length_penalty,
        **settings,
    )


def test_log_coverage_by_hand():
    attended = [[0.5, 1.0, 2.5, 0.25], [1.0, 1.5, 3.0, 0.0]]
    mask = [[True, True, True, True], [True, True, True, False]]
    # ln 0.5 + ln 1 + ln 1 + ln 0.25 = -3 ln 2; nothing is missing in the second row, padding apart.
    np.testing.assert_allclose(ops.convert_to_numpy(log_coverage(attended, mask)), [-3 * np.log(2), 0.0])


def test_length_normaliser_by_hand():
    np.testing.assert_allclose(length_normaliser(np.array([1, 7, 19]), 0.5), [1.0, 2**0.5, 2.0])


def test_a_token_without_any_weight_leaves_a_score():
    for dtype in ("float32", "float16"):
        attended = ops.cast([[0.0, 1.0]], dtype)
        value = ops.convert_to_numpy(log_coverage(attended, [[True, True]]))
        np.testing.assert_allclose(value, [30 * np.log(0.1)], rtol=1e-6)


@pytest.mark.parametrize("length_penalty, coverage_penalty", [(0.0, 0.2), (0.2, 0.2), (1.0, 1.5)])
def test_a_beam_as_wide_as_the_space_ranks_all_sentences(length_penalty, coverage_penalty):
    max_length, width = 4, (V - 1) ** 4
    ids, scores = search(width, length_penalty, max_length, coverage_penalty=coverage_penalty)
    for row, mask in enumerate(MASK):
        expected = {
            tokens: score_of(tokens, mask, length_penalty, coverage_penalty)
            for tokens in finished(max_length)
        }
        ranking = sorted(expected, key=expected.get, reverse=True)
        found = scores[row, : len(ranking)]
        np.testing.assert_allclose(found, [expected[tokens] for tokens in ranking], rtol=1e-5, atol=1e-5)
        assert [strip(tokens) for tokens in ids[row, : len(ranking)]] == ranking


def test_coverage_changes_who_is_best():
    plain, covered = (search(99, coverage_penalty=penalty)[0][:, 0] for penalty in (0.0, 1.5))
    assert [strip(tokens) for tokens in plain] != [strip(tokens) for tokens in covered]


def test_a_narrow_beam_gives_the_scores_of_what_it_found():
    ids, scores = search(2, max_length=6, coverage_penalty=0.3)
    for row, mask in enumerate(MASK):
        for tokens, score in zip(ids[row], scores[row], strict=True):
            np.testing.assert_allclose(score, score_of(strip(tokens), mask, 0.6, 0.3), rtol=1e-5)


def test_without_the_penalty_nothing_changes():
    one, other = search(3), search(3, coverage_penalty=0.0)
    for left, right in zip(one, other, strict=True):
        np.testing.assert_array_equal(left, right)


SOURCE = np.array([[5, 6, 7], [8, 0, 0]], "int32")


@pytest.mark.parametrize(
    "model, held",
    [
        (
            lambda: Transformer(11, V, 8, 2, 13, 1, tied_embeddings="none"),
            "'position', 'memory_mask', 'layers'",
        ),
        (lambda: Seq2Seq(11, V, 5, 6), "'hidden', 'output', 'summary'"),
    ],
)
def test_a_model_that_gives_no_weights_is_refused(model, held):
    model = model()
    with pytest.raises(ValueError, match=rf"`coverage_penalty` needs a model .* a state of \[{held}"):
        state = model.encode(SOURCE, SOURCE != 0)
        settings = {"start_id": START, "end_id": END, "batch_size": 2, "max_length": 3}
        beam_search(model.step, state, coverage_penalty=0.2, **settings)


def test_a_state_that_is_no_dict_is_refused():
    with pytest.raises(ValueError, match="Received: a state that is a list"):
        beam_search(step, [], start_id=START, end_id=END, batch_size=2, max_length=3, coverage_penalty=0.2)


@pytest.mark.parametrize("penalty", [-0.1, np.nan, np.inf])
def test_penalties_that_are_none_are_refused(penalty):
    with pytest.raises(ValueError, match="`coverage_penalty` must be 0 or more"):
        search(2, coverage_penalty=penalty)
