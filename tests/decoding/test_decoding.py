import functools
import itertools

import numpy as np
import pytest
from keras import ops

from course_lib.decoding import (
    beam_search,
    filter_logits,
    greedy_decode,
    length_normaliser,
    sample_decode,
)
from course_lib.decoding.beam import best_entries
from course_lib.models import Seq2Seq

V, START, END = 7, 2, 3
CLOSE = {"rtol": 1e-5, "atol": 1e-6}


def markov_step(table):
    """A step function whose next token depends on the last one and on a state that counts the steps."""

    def step(token_ids, state):
        rows = ops.take(ops.convert_to_tensor(table, dtype="float32"), token_ids, axis=0)
        return rows + 0.1 * state["count"], {"count": state["count"] + 1.0, "row": state["row"]}

    return step


def start_state(batch_size):
    return {"count": ops.zeros((batch_size, 1)), "row": ops.arange(batch_size)}


def log_probability(table, tokens):
    total, last = 0.0, START
    for token in tokens:
        logits = table[last].astype("float64")
        total += logits[token] - np.log(np.exp(logits - logits.max()).sum()) - logits.max()
        last = token
    return total


def all_sentences(max_length):
    """Every finished sentence, and every one that is cut at the greatest length."""
    others = [token for token in range(V) if token != END]
    for length in range(max_length):
        for body in itertools.product(others, repeat=length):
            yield (*body, END)
    yield from itertools.product(others, repeat=max_length)


def random_table(seed):
    table = np.random.default_rng(seed).normal(scale=1.5, size=(V, V)).astype("float32")
    table[:, 0] = -9  # padding is written by searches, not by models
    return table


def strip(ids):
    """A decoded row without what stands behind the end token."""
    ids = list(map(int, ids))
    return tuple(ids[: ids.index(END) + 1]) if END in ids else tuple(ids)


@pytest.mark.parametrize("seed", range(5))
def test_greedy_takes_the_best_token_each_time(seed):
    table = random_table(seed)
    decoded = greedy_decode(
        markov_step(table), start_state(2), start_id=START, end_id=END, batch_size=2, max_length=6
    )
    expected, last = [], START
    while len(expected) < 6 and last != END:
        last = int(np.argmax(table[last]))
        expected.append(last)
    for row in decoded:
        assert strip(row) == tuple(expected)


def test_greedy_stops_each_sentence_at_its_end_and_pads_with_zeros():
    def step(token_ids, state):
        ends = ops.cast(state["left"] <= 0, "float32")
        logits = ops.stack([-ends * 0 - 9, ends * 0 - 9, ends * 0 - 9, ends * 5, 1 - ends], axis=-1)
        return logits, {"left": state["left"] - 1}

    state = {"left": ops.convert_to_tensor([0, 2, 5])}
    decoded = greedy_decode(step, state, start_id=2, end_id=3, batch_size=3, max_length=4)
    assert decoded.tolist() == [[3, 0, 0, 0], [4, 4, 3, 0], [4, 4, 4, 4]]


@pytest.mark.parametrize("length_penalty", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_beam_as_wide_as_the_space_finds_the_best_sentences(seed, length_penalty):
    table, max_length, width = random_table(seed), 3, V**3
    ids, scores = beam_search(
        markov_step(table),
        start_state(1),
        start_id=START,
        end_id=END,
        batch_size=1,
        max_length=max_length,
        beam_width=width,
        length_penalty=length_penalty,
    )
    finished = {
        sentence: log_probability(table, sentence) / length_normaliser(len(sentence), length_penalty)
        for sentence in all_sentences(max_length)
        if sentence[-1] == END
    }
    ranking = sorted(finished, key=finished.get, reverse=True)
    assert [strip(row) for row in ids[0, : len(ranking)]] == ranking
    np.testing.assert_allclose(scores[0, : len(ranking)], [finished[s] for s in ranking], **CLOSE)


@pytest.mark.parametrize("seed", range(5))
def test_a_beam_of_one_without_penalty_is_greedy_unless_it_is_cut(seed):
    table = random_table(seed)
    common = {"start_id": START, "end_id": END, "batch_size": 3, "max_length": 8}
    greedy = greedy_decode(markov_step(table), start_state(3), **common)
    if END not in greedy[0]:
        table[greedy[0, -1], END] += 20
        greedy = greedy_decode(markov_step(table), start_state(3), **common)
    ids, scores = beam_search(markov_step(table), start_state(3), beam_width=1, length_penalty=0.0, **common)
    # An early ending may still beat a longer greedy path; the beam then says so by a better score.
    for row in range(3):
        if strip(ids[row, 0]) != strip(greedy[row]):
            assert scores[row, 0] > log_probability(table, strip(greedy[row]))
        np.testing.assert_allclose(scores[row, 0], log_probability(table, strip(ids[row, 0])), **CLOSE)


def test_wider_beams_never_score_worse_here_and_scores_are_log_probabilities():
    for seed in range(4):
        table = random_table(seed)
        best = []
        for width in (1, 2, 5, 40):
            ids, scores = beam_search(
                markov_step(table),
                start_state(1),
                start_id=START,
                end_id=END,
                batch_size=1,
                max_length=4,
                beam_width=width,
                length_penalty=0.0,
            )
            assert (np.diff(scores[0][np.isfinite(scores[0])]) <= 1e-9).all() or END not in ids[0, -1]
            for row, score in zip(ids[0], scores[0], strict=True):
                if np.isfinite(score):
                    np.testing.assert_allclose(score, log_probability(table, strip(row)), **CLOSE)
            best.append(scores[0, 0])
        assert best[-1] >= max(best) - 1e-6


def test_hypotheses_are_distinct_and_cut_ones_come_last():
    table = random_table(1)
    table[:, END] -= 6  # endings are rare: most hypotheses are cut
    ids, scores = beam_search(
        markov_step(table),
        start_state(1),
        start_id=START,
        end_id=END,
        batch_size=1,
        max_length=3,
        beam_width=5,
    )
    assert len({strip(row) for row in ids[0]}) == 5
    ended = [END in row for row in ids[0]]
    assert ended == sorted(ended, reverse=True)
    assert np.isfinite(scores).all()


def test_a_batch_is_decoded_as_its_sentences_are_alone():
    model = Seq2Seq(23, V, embedding_dim=5, hidden_dim=6, score="additive")
    source = np.array([[5, 6, 7, 8], [9, 10, 0, 0], [11, 0, 0, 0]])
    common = {"start_id": START, "end_id": END, "max_length": 9, "beam_width": 3}
    together, together_scores = beam_search(
        model.step, model.encode(source, source != 0), batch_size=3, **common
    )
    for row, length in enumerate((4, 2, 1)):
        one = source[row : row + 1, :length]
        alone, alone_scores = beam_search(model.step, model.encode(one, one != 0), batch_size=1, **common)
        assert [strip(ids) for ids in together[row]] == [strip(ids) for ids in alone[0]]
        np.testing.assert_allclose(together_scores[row], alone_scores[0], rtol=1e-5)


@pytest.mark.parametrize("size, count", [(7, 7), (255, 5), (256, 5), (611, 6), (1280, 64), (300, 65)])
def test_the_best_entries_of_long_rows(size, count):
    scores = np.random.default_rng(2).normal(size=(3, size)).astype("float32")
    best, where = best_entries(ops.convert_to_tensor(scores), count)
    expected = np.argsort(-scores, axis=1)[:, :count]
    np.testing.assert_array_equal(ops.convert_to_numpy(where), expected)
    np.testing.assert_array_equal(ops.convert_to_numpy(best), np.take_along_axis(scores, expected, axis=1))


def test_samples_follow_the_distribution():
    probabilities = np.array([0.05, 0.1, 0.0, 0.4, 0.2, 0.15, 0.1])
    count = 5003

    def step(token_ids, state):
        rows = ops.log(ops.convert_to_tensor(probabilities, dtype="float32") + 1e-30)
        return ops.broadcast_to(rows[None], (count, V)), state

    drawn = sample_decode(step, {}, start_id=START, end_id=END, batch_size=count, max_length=1, seed=4)
    shares = np.bincount(drawn[:, 0], minlength=V) / count
    deviation = np.sqrt(probabilities * (1 - probabilities) / count)
    assert (np.abs(shares - probabilities) <= 4 * deviation + 1e-12).all()


def test_samples_repeat_by_seed():
    def draw(seed):
        return sample_decode(
            markov_step(random_table(0)),
            start_state(7),
            start_id=START,
            end_id=END,
            batch_size=7,
            max_length=9,
            seed=seed,
        )

    np.testing.assert_array_equal(draw(1), draw(1))
    assert draw(1).shape != draw(2).shape or (draw(1) != draw(2)).any()


def test_top_one_is_greedy():
    table = random_table(3)
    common = {"start_id": START, "end_id": END, "batch_size": 2, "max_length": 6}
    np.testing.assert_array_equal(
        sample_decode(markov_step(table), start_state(2), seed=0, top_k=1, **common),
        greedy_decode(markov_step(table), start_state(2), **common),
    )


def test_filters_by_hand():
    logits = np.log([[0.1, 0.4, 0.3, 0.2]])
    kept = np.isfinite
    assert kept(filter_logits(logits, top_k=2)).tolist() == [[False, True, True, False]]
    assert kept(filter_logits(logits, top_p=0.7)).tolist() == [[False, True, True, False]]
    assert kept(filter_logits(logits, top_p=0.71)).tolist() == [[False, True, True, True]]
    assert kept(filter_logits(logits, top_p=1e-9)).tolist() == [[False, True, False, False]]
    np.testing.assert_allclose(filter_logits(logits, temperature=0.5), 2 * logits)


@pytest.mark.parametrize("settings", [{"temperature": 0.0}, {"top_k": 0}, {"top_p": 0.0}, {"top_p": 1.5}])
def test_filters_refuse_what_is_out_of_range(settings):
    with pytest.raises(ValueError, match="Received: " + next(iter(settings))):
        filter_logits(np.zeros((1, 3)), **settings)


def test_searches_refuse_empty_sizes():
    common = {"start_id": START, "end_id": END, "batch_size": 1}
    step = markov_step(random_table(0))
    with pytest.raises(ValueError, match="Received: max_length=0"):
        greedy_decode(step, start_state(1), max_length=0, **common)
    with pytest.raises(ValueError, match="Received: beam_width=0"):
        beam_search(step, start_state(1), max_length=3, beam_width=0, **common)
    with pytest.raises(ValueError, match="Received: length_penalty=-1"):
        beam_search(step, start_state(1), max_length=3, length_penalty=-1, **common)


SEARCHES = {
    "greedy": greedy_decode,
    "sample": functools.partial(sample_decode, seed=0),
    "beam": functools.partial(beam_search, beam_width=2),
}
each_search = pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)


@each_search
@pytest.mark.parametrize("name, token_id", [("end_id", V), ("end_id", -1), ("start_id", V), ("start_id", -1)])
def test_searches_refuse_ends_that_are_no_tokens(search, name, token_id):
    settings = {"start_id": START, "end_id": END, "batch_size": 1, "max_length": 3, name: token_id}
    always = ops.ones((1, V))
    with pytest.raises(ValueError, match=f"below the vocabulary's size of 7. Received: {name}={token_id}"):
        search(lambda ids, state: (ops.repeat(always, len(ids), axis=0), state), {}, **settings)


@each_search
def test_searches_refuse_logits_that_are_no_numbers(search):
    """As JAX gives them for an id outside the vocabulary, and a Transformer where it has no room."""
    logits = np.zeros((V, V), "float32")
    logits[:, 5] = 3.0
    logits[5, 4] = np.nan
    table = ops.convert_to_tensor(logits)
    with pytest.raises(ValueError, match="Received: NaN, for 2 of 2 sentences"):
        search(
            lambda ids, state: (ops.take(table, ids, axis=0), state),
            {},
            start_id=START,
            end_id=END,
            batch_size=2,
            max_length=9,
        )


def test_without_an_end_all_tokens_are_written():
    common = {"start_id": START, "end_id": None, "batch_size": 3, "max_length": 9}
    step = markov_step(random_table(3))
    assert greedy_decode(step, start_state(3), **common).shape == (3, 9)
    with pytest.raises(ValueError, match="Received: end_id=None"):
        beam_search(step, start_state(3), **common)


@pytest.mark.parametrize("seed", [None, 0.5, "1", np.zeros((1, 2), "float32"), np.zeros((2, 3), "float32")])
def test_sampling_refuses_what_is_no_seed(seed):
    with pytest.raises(ValueError, match="`seed` must be an integer, or random numbers of shape"):
        sample_decode(
            markov_step(random_table(0)),
            start_state(1),
            start_id=START,
            end_id=END,
            batch_size=1,
            max_length=3,
            seed=seed,
        )


@pytest.mark.parametrize(
    "settings",
    [
        {"temperature": np.nan},
        {"temperature": np.inf},
        {"temperature": -1.0},
        {"top_p": np.nan},
        {"top_k": np.nan},
        {"top_k": 2.5},
    ],
)
def test_filters_refuse_what_is_no_number(settings):
    message = "Received: " + next(iter(settings))
    with pytest.raises(ValueError, match=message):
        filter_logits(np.zeros((1, 3), "float32"), **settings)
    with pytest.raises(ValueError, match=message):
        sample_decode(
            markov_step(random_table(0)),
            start_state(1),
            start_id=START,
            end_id=END,
            batch_size=1,
            max_length=3,
            seed=0,
            **settings,
        )


@pytest.mark.parametrize("settings", [{"length_penalty": np.nan}, {"max_length": 2.5}, {"beam_width": 1.5}])
def test_searches_refuse_sizes_that_are_none(settings):
    common = {"start_id": START, "end_id": END, "batch_size": 1, "max_length": 3}
    with pytest.raises(ValueError, match="Received: " + next(iter(settings))):
        beam_search(markov_step(random_table(0)), start_state(1), **{**common, **settings})


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_precision_cuts_and_draws_like_float32(dtype):
    logits = np.random.default_rng(1).normal(0, 1, (1, 8_009)).astype("float32")
    halves = ops.cast(logits, dtype)
    kept = ops.isfinite(filter_logits(halves, top_p=0.9))
    expected = ops.isfinite(filter_logits(ops.cast(halves, "float32"), top_p=0.9))
    np.testing.assert_array_equal(ops.convert_to_numpy(kept), ops.convert_to_numpy(expected))
    assert 4_000 < int(ops.sum(ops.cast(kept, "int32"))) < 6_000

    def step(token_ids, state):
        return ops.cast(ops.zeros((211, 8_009)), dtype), state

    drawn = sample_decode(step, {}, batch_size=211, start_id=1, end_id=None, max_length=2, seed=3)
    assert len(set(ops.convert_to_numpy(drawn).ravel().tolist())) > 380  # of 422 draws from 8,009
