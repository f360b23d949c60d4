"""Writers at a tiny size: their parts against NumPy, writing against reading, floors, and what is stored."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from benchmarks.fine_tuning import stored_runs
from benchmarks.masked_words.sentences import language
from benchmarks.writers import learner, plan, tables, text
from benchmarks.writers.contenders import BASE, CONTENDERS
from benchmarks.writers.costs import cache_bytes, step_ratios
from benchmarks.writers.gated_network import GatedNetwork
from benchmarks.writers.grouped_query_attention import GroupedQueryAttention
from benchmarks.writers.writer import Writer
from course_lib.layers import MultiHeadAttention, RotaryPositions

GENERATOR = np.random.default_rng(0)
INPUTS = GENERATOR.normal(size=(3, 5, 7)).astype("float32")
SMALL = {"hidden_dim": 16, "num_heads": 4, "intermediate_dim": 9, "num_layers": 2}


def array(tensor):
    return ops.convert_to_numpy(tensor)


def draw_weights(layer):
    layer.set_weights([GENERATOR.normal(scale=0.5, size=weight.shape) for weight in layer.weights])
    return [array(weight).astype("float64") for weight in layer.weights]


def softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("num_groups", [1, 2, 6])
@pytest.mark.parametrize("asks_for_weights", [True, False])
def test_heads_of_a_group_look_into_the_same_keys(num_groups, asks_for_weights):
    attention = GroupedQueryAttention(num_heads=6, key_dim=3, num_groups=num_groups)
    attention.build(INPUTS.shape, INPUTS.shape)
    wq, bq, wk, bk, wv, bv, wo, bo = draw_weights(attention)
    assert wk.shape == wv.shape == (7, num_groups, 3)
    expected = np.tile(bo, (3, 5, 1))
    for head in range(6):
        group = head // (6 // num_groups)
        query, key = INPUTS @ wq[:, head] + bq[head], INPUTS @ wk[:, group] + bk[group]
        scores = query @ key.swapaxes(1, 2) / np.sqrt(3)
        scores = np.where(np.tril(np.ones((5, 5))) > 0, scores, -np.inf)
        expected += softmax(scores) @ (INPUTS @ wv[:, group] + bv[group]) @ wo[head]
    found = attention(INPUTS, INPUTS, use_causal_mask=True, return_attention_weights=asks_for_weights)
    np.testing.assert_allclose(array(found[0] if asks_for_weights else found), expected, rtol=1e-4, atol=1e-4)


def test_as_many_groups_as_heads_are_multi_head_attention():
    grouped, plain = GroupedQueryAttention(4, 3, num_groups=4), MultiHeadAttention(4, 3)
    for attention in (grouped, plain):
        attention.build(INPUTS.shape, INPUTS.shape)
    draw_weights(plain)
    grouped.set_weights(plain.get_weights())
    np.testing.assert_allclose(array(grouped(INPUTS, INPUTS)), array(plain(INPUTS, INPUTS)), atol=1e-5)


def test_a_group_has_heads_evenly():
    with pytest.raises(ValueError, match="num_heads=6, num_groups=4"):
        GroupedQueryAttention(6, 3, num_groups=4)


def test_a_gate_by_numpy():
    network = GatedNetwork(intermediate_dim=4)
    network.build(INPUTS.shape)
    draw_weights(network)
    (wg, bg), (we, be), (wc, bc) = (
        [array(weight).astype("float64") for weight in layer.weights]
        for layer in (network.gate, network.expand, network.contract)
    )
    gate = INPUTS @ wg + bg
    expected = (gate / (1 + np.exp(-gate)) * (INPUTS @ we + be)) @ wc + bc
    np.testing.assert_allclose(array(network(INPUTS)), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    "make",
    [
        lambda: GroupedQueryAttention(6, 4, num_groups=2, positions=RotaryPositions(20)),
        lambda: GatedNetwork(intermediate_dim=4),
    ],
)
def test_a_part_is_made_again_from_its_settings(make):
    layer = make()
    again = type(layer).from_config(layer.get_config())
    shapes = [INPUTS.shape] * (2 if isinstance(layer, GroupedQueryAttention) else 1)
    for part in (layer, again):
        part.build(*shapes)
    draw_weights(layer)
    again.set_weights(layer.get_weights())
    inputs = [INPUTS] * len(shapes)
    np.testing.assert_array_equal(array(again(*inputs)), array(layer(*inputs)))


@pytest.mark.parametrize("who", list(CONTENDERS))
def test_writing_word_by_word_is_reading_at_once(who):
    keras.utils.set_random_seed(1)
    writer = Writer(11, **SMALL, **CONTENDERS[who])
    ids = GENERATOR.integers(1, 11, (3, 6)).astype("int32")
    expected = array(writer(ids))
    state = writer.initial_state(3, 6)
    for position in range(6):
        logits, state = writer.step(ids[:, position], state, position)
        np.testing.assert_allclose(array(logits), expected[:, position], rtol=1e-4, atol=1e-4)
    ids[:, 4] = ids[:, 4] % 10 + 1  # a later word changes nothing before it
    np.testing.assert_allclose(array(writer(ids))[:, :4], expected[:, :4], atol=1e-5)


def test_each_contender_differs_as_its_name_says():
    writers = {who: Writer(11, **settings) for who, settings in CONTENDERS.items()}
    for writer in writers.values():
        writer.build((None, 8))
    count = {who: writer.count_params() for who, writer in writers.items()}
    assert count["rotary positions"] == count[BASE]
    assert count["pre-norm"] == count[BASE] + 2 * 64  # one more normalisation
    assert count["RMS norm"] == count[BASE] - 3 * 2 * 64  # no biases
    assert abs(count["gated network"] / count[BASE] - 1) < 0.005
    kept = {who: cache_bytes(writer) for who, writer in writers.items()}
    assert kept[BASE] == 3 * 2 * 64 * 4
    assert kept["grouped queries, 2 groups"] == kept[BASE] / 4 == kept["all of them, 2 groups"]
    assert kept["grouped queries, 1 group"] == kept[BASE] / 8


def test_rows_are_whole_sentences_with_their_probabilities():
    rows, (toy, vocabulary) = text.test_rows("validation", 5), language()
    assert (rows.token_ids[:, 0] == vocabulary.separator_id).all()
    for number, begin in enumerate(rows.begins):
        at_row, places = np.nonzero(rows.owners == number)
        assert len(set(at_row)) == 1 and places[0] == begin < text.FAR_END
        ids = rows.token_ids[at_row[0], places]
        assert (
            ids[-1] == vocabulary.separator_id
            and rows.token_ids[at_row[0], begin - 1] == vocabulary.separator_id
        )
        words = [vocabulary.token_of(int(index)) for index in ids[:-1]]
        assert toy.translate(words).source_log_probability == pytest.approx(rows.log_probabilities[number])
        if begin < text.NEAR_END:
            assert places[-1] < text.LENGTH


def test_who_knows_the_language_pays_the_floor_and_who_knows_nothing_pays_more():
    rows = text.test_rows("validation", 5)
    lengths = np.bincount(rows.owners[rows.owners >= 0])
    fair = np.where(rows.owners >= 0, (-rows.log_probabilities / lengths)[rows.owners], 1e6)
    for places in ((0, text.NEAR_END), (text.LENGTH, text.FAR_END)):
        assert rows.above_floor(fair, *places) == pytest.approx(0, abs=1e-9)
    chosen = rows.begins < text.NEAR_END
    floor = -rows.log_probabilities[chosen].sum() / lengths[chosen].sum()
    uniform = np.full(fair.shape, np.log(88.0))
    assert rows.above_floor(uniform, 0, text.NEAR_END) == pytest.approx(np.log(88.0) - floor)


def test_a_writer_learns_what_comes_next(monkeypatch):
    monkeypatch.setattr(learner, "BATCH_SIZE", 4)
    words = np.tile(np.array([5, 6, 7, 8], "int32"), 40)
    writer = learner.Learner(12, **{**SMALL, "num_layers": 1})
    writer.train(words, 1, 1e-2, 60)
    ids = np.array([[5, 6, 7, 8, 5, 6]], "int32")
    assert array(writer.writer(ids)).argmax(axis=-1)[0, 1:].tolist() == [7, 8, 5, 6, 7]
    first = array(writer.writer(ids))
    writer.train(words, 2, 1e-2, 2)
    assert array(writer.writer(ids)).argmax(axis=-1)[0, 1:].tolist() != [7, 8, 5, 6, 7]
    writer.train(words, 1, 1e-2, 60)  # from new weights again
    np.testing.assert_allclose(array(writer.writer(ids)), first, rtol=1e-3, atol=1e-3)


def test_every_round_has_a_ratio_to_the_first():
    writers = {who: Writer(11, **SMALL, **CONTENDERS[who]) for who in (BASE, "grouped queries, 1 group")}
    for writer in writers.values():
        writer.build((None, 8))
    found = step_ratios(writers, num_rounds=2)
    assert list(found) == ["grouped queries, 1 group"] and len(found["grouped queries, 1 group"]) == 2
    assert all(ratio > 0 for ratio in found["grouped queries, 1 group"])


def test_runs_are_kept_and_go_on(tmp_path, monkeypatch):
    small = {**SMALL, "num_layers": 1}
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    monkeypatch.setattr(learner, "BATCH_SIZE", 2)
    for name, value in {
        "CONTENDERS": {who: {**small, **CONTENDERS[who]} for who in (BASE, "rotary positions")},
        "DEEP": 1,
        "PEAKS": (2e-3, 5e-3),
        "LENGTHS": (1, 2),
        "TRIAL_STEPS": 1,
        "PLACE_STEPS": 1,
        "PLACE_PEAKS": (1e-2,),
        "NUM_ROWS": 2,
        "train_words": lambda: text.train_words(50),
        "step_ratios": lambda writers: {who: [0.9, 1.1, 1.0] for who in list(writers)[1:]},
    }.items():
        monkeypatch.setattr(plan, name, value)
    plan.learner_of.cache_clear()
    tf.config.run_functions_eagerly(True)  # compiling takes longer than a few updates
    try:
        plan.run_all(seeds=(1,))
        first = stored_runs.StoredRuns("writers", {}).all()
        plan.run_all(seeds=(1, 2))
    finally:
        tf.config.run_functions_eagerly(False)
        plan.learner_of.cache_clear()
    assert [run["kind"] for run in first] == ["trial"] * 4 + ["run"] * 4 + ["place"] * 2 + ["costs"]
    runs = stored_runs.StoredRuns("writers", {}).all()
    assert runs[: len(first)] == first and len(runs) == len(first) + 6
    trials = {run["peak"]: run["near"] for run in first[:4] if run["who"] == BASE}
    assert {run["peak"] for run in runs if run.get("who") == BASE and run["kind"] == "run"} == {
        min(trials, key=trials.get)
    }
    record = {"data": "toy", "machine": {"cores": 2, "processor": "P"}, "runs": first}
    near = {(run["who"], run["steps"]): run["near"] for run in first if run["kind"] == "run"}
    table = tables.writers_table(record)
    assert f"| {BASE} | {near[BASE, 1]:.3f} |  | {near[BASE, 2]:.3f} |  |" in table
    lead = near[BASE, 1] - near["rotary positions", 1]
    assert f"| rotary positions | {near['rotary positions', 1]:.3f} | {lead:+.3f} |" in table
    assert "| 128 | 1.00 |" in table
    before = next(run["near"] for run in first if run.get("norm_place") == "pre")
    assert f"| before (pre) | {before:.3f} | 1 |" in tables.places_table(record)


def test_tables_have_means_and_intervals():
    def run(who, seed, near):
        keys = {"kind": "run", "who": who, "steps": 500, "seed": seed, "parameters": 155_000}
        return {**keys, "near": near, "far": 2 * near}

    runs = [run(BASE, 1, 0.5), run(BASE, 2, 0.7), run("pre-norm", 1, 0.4), run("pre-norm", 2, 0.5)]
    runs += [{"kind": "place", "norm_place": "pre", "peak": 0.01, "seed": 1, "near": 0.25}]
    record = {"data": "toy", "machine": {"cores": 2, "processor": "P"}, "runs": runs}
    table = tables.writers_table(record)
    # Differences of 0.1 and 0.2; of two, 12.706 standard errors of 0.05.
    assert "| pre-norm | 0.450 (-0.185 to 1.085) | +0.150 (-0.485 to +0.785) | 0.900" in table
    assert "| before (pre) | 0.250 | 1 |" in tables.places_table(record)
