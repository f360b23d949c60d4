"""The comparison at equal minutes: its rule, its curves and both contenders on a handful of sentences."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from benchmarks.minutes import ours, plan, trials
from benchmarks.minutes.curve import train_curve
from benchmarks.minutes.rates import measure_rates, rates_record
from benchmarks.minutes.rule import ConstantRule, Rule
from benchmarks.minutes.tables import leads, minutes_table, trials_table
from benchmarks.minutes.worker import run
from benchmarks.record import read_record, write_record

WORDS = ["ein", "hund", "läuft", "und", "eine", "katze", "schläft", "im", "garten"]
PAIRS = [(" ".join(WORDS[i : i + 3]), " ".join(WORDS[i + 1 : i + 8])) for i in range(6)] * 5
SPLITS = {"train": PAIRS, "validation": PAIRS[:6], "test": PAIRS[:6]}
RULE = Rule(
    peak=0.6, warmup_steps=3, fall_share=0.5, free_epochs=2, dropout_a_doubling=0.1, most_dropout=0.25
)


def test_the_rate_rises_stays_and_falls_to_the_last_update():
    rates = [RULE.rate(step, 12) for step in range(1, 13)]
    np.testing.assert_allclose(
        rates, 0.6 * np.array([1 / 3, 2 / 3, *[1] * 5, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6])
    )
    assert RULE.turn(12) == 6 and RULE.turn(13) == 7


def test_up_to_its_fall_a_run_does_what_a_longer_one_does():
    rule = Rule()
    for updates in (253, 1012, 4048):
        for step in range(1, rule.turn(updates) + 1):
            assert rule.rate(step, updates) == rule.rate(step, 2 * updates)


def test_dropout_begins_with_the_third_epoch_and_never_falls():
    assert [RULE.dropout(epochs) for epochs in (0.1, 2, 4, 8, 100)] == [0, 0, 0.1, 0.2, 0.25]
    shares = [Rule().dropout(epochs) for epochs in np.geomspace(0.01, 1000, 200)]
    assert shares == sorted(shares) and shares[0] == 0 and 0 < shares[-1] < 0.5


def test_a_constant_rule_does_not_ask_how_long():
    rule = ConstantRule()
    assert {rule.rate(step, updates) for step in (1, 50) for updates in (50, 500)} == {1e-3}
    assert {rule.dropout(epochs) for epochs in (0.1, 40)} == {0.1} and rule.turn(7) == 7


class Line:
    """A contender that learns a slope; the gradient is 1 whatever the batch, so SGD sums the rates."""

    class Batches(list):
        epoch = 0

        def __getitem__(self, index):
            Line.served.append((self.epoch, index))
            return super().__getitem__(index)

    def __init__(self):
        Line.served = []
        self.batches = Line.Batches([(np.ones((2, 1), "float32"), np.ones((2, 1), "float32"))] * 5)
        self.dropouts = []

    def make_model(self, dropout):
        self.dropouts.append(dropout)
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
        model.set_weights([np.zeros((1, 1))])
        model.compile(keras.optimizers.SGD(1.0), lambda labels, outputs: -outputs)
        return model


def test_a_curve_reads_off_what_runs_of_each_length_would_give():
    contender = Line()
    points = list(train_curve(contender, RULE, [4, 12, 25]))
    assert [point["updates"] for point in points] == [4, 12, 25]
    for point in points:
        alone = sum(RULE.rate(step, point["updates"]) for step in range(1, point["updates"] + 1))
        np.testing.assert_allclose(point["weights"][0], [[alone]], rtol=1e-5)
    # 0.8, 2.4 and 5 epochs: the first has no dropout, each other its own.
    assert contender.dropouts == [0.0, RULE.dropout(2.4), RULE.dropout(5)]
    assert points[-1]["epochs"] == 5 and points[-1]["dropout"] == RULE.dropout(5)


def test_a_curve_that_was_stopped_goes_on_before_the_last_fall(tmp_path):
    checkpoint = tmp_path / "curves" / "line.npz"
    stopped = train_curve(Line(), RULE, [4, 12, 25], checkpoint)
    assert [next(stopped)["updates"], next(stopped)["updates"]] == [4, 12]  # and is not asked for more
    again = Line()
    points = list(train_curve(again, RULE, [4, 12, 25], checkpoint))
    assert [point["updates"] for point in points] == [12, 25]
    assert min(update for update in Line.served if update != (0, 0)) == divmod(RULE.turn(4), 5)
    for point in points:
        alone = sum(RULE.rate(step, point["updates"]) for step in range(1, point["updates"] + 1))
        np.testing.assert_allclose(point["weights"][0], [[alone]], rtol=1e-5)
    assert list(train_curve(Line(), RULE, [4, 12, 25], checkpoint)) == []


def test_a_curve_serves_the_batches_in_their_order():
    contender = Line()
    list(train_curve(contender, ConstantRule(), [3, 12]))
    served = [pair for pair in Line.served if pair != (0, 0)]  # the first also tells what batches look like
    assert served == [divmod(update, 5) for update in range(12) if update]


def small_recipe():
    return ours.Recipe(
        Rule(warmup_steps=2),
        50,
        num_layers=1,
        hidden_dim=8,
        num_heads=2,
        intermediate_dim=10,
        max_length=9,
    )


def test_our_model_is_trained_and_measured():
    first, second = run(ours, small_recipe(), SPLITS, [1, 3], seed=1)
    assert (first["updates"], second["updates"]) == (1, 3) and second["epochs"] == 3
    assert second["training_loss"] != first["training_loss"] and 0 <= second["test_bleu"] <= 100


def test_keras_hubs_model_is_trained_and_measured(monkeypatch):
    pytest.importorskip("keras_hub")
    from benchmarks.minutes import keras_hub_peer

    monkeypatch.setattr(keras_hub_peer, "WIDTHS", (7, 12))
    recipe = keras_hub_peer.told_the_same()
    assert recipe.rule == ours.Recipe().rule != keras_hub_peer.Recipe().rule
    size = replace(recipe.size, hidden_dim=8, vocabulary_size=30, intermediate_dim=10, num_layers=1)
    (point,) = run(keras_hub_peer, replace(recipe, size=size), SPLITS, [3], seed=1, splits=["validation"])
    assert point["updates"] == 3 and 0 <= point["validation_bleu"] <= 100 and "test_bleu" not in point


def test_rates_are_measured_in_turns():
    contenders = {"ours": Line(), "keras_hub": Line()}
    rates = measure_rates(contenders, num_rounds=2, updates_a_round=3)
    assert all(len(values) == 2 and min(values) > 0 for values in rates.values())


def test_keras_hubs_translations_are_those_of_the_whole_model_run_for_every_token(monkeypatch):
    pytest.importorskip("keras_hub")
    from benchmarks.minutes import keras_hub_peer

    monkeypatch.setattr(keras_hub_peer, "WIDTHS", (7, 12))
    recipe = keras_hub_peer.Recipe()
    size = replace(recipe.size, hidden_dim=8, vocabulary_size=30, intermediate_dim=10, num_layers=1)
    contender = keras_hub_peer.Contender(SPLITS, replace(recipe, size=size), seed=1)
    model = contender.make_model(0.0)
    sources = [source for source, _ in PAIRS[:6]]
    translations = contender.translate(model.get_weights(), sources)
    vocabulary = contender.english.vocabulary
    for ids, translation in zip(contender.german.encode_batch(sources), translations, strict=True):
        source, target = np.array([[*ids[:11], vocabulary.end_id]]), [vocabulary.start_id]
        while len(target) < 12 and target[-1] != vocabulary.end_id:
            inputs = keras_hub_peer.inputs_of(source, np.array([target]))
            target.append(int(np.asarray(model(inputs))[0, -1].argmax()))
        assert contender.english.decode(target[1:]) == translation


def test_minutes_become_updates_by_the_measured_ratio():
    assert plan.lengths_of("keras_hub_untuned", (1, 2, 32), 0.8) == [196, 393, 6296]
    assert plan.lengths_of("ours", (1, 2, 32), 0.8) == [245, 491, 7870]
    record = rates_record({"ours": [10.0, 12.0, 8.0], "keras_hub": [6.0, 6.0, 6.0]})
    assert record["keras_hub_to_ours"] == 0.6 and (record["lowest"], record["highest"]) == (0.5, 0.75)


def answer(bleu):
    """What a worker prints about a length."""
    numbers = {"parameters": 1000, "updates": 10, "epochs": 1.5, "dropout": 0.1, "training_loss": 2.0}
    return {**numbers, "validation_bleu": bleu, "test_bleu": bleu}


def test_runs_that_were_stopped_are_made_again_and_whole_ones_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "RESULT", tmp_path / "minutes.json")
    monkeypatch.setattr(plan, "RATES", tmp_path / "rates.json")
    write_record(plan.RATES, {"keras_hub_to_ours": 0.66})
    asked = []

    def answers(python, module, request):
        asked.append(request := plan.json.loads(request))
        first, second = request["lengths"]
        yield {**answer(20.0 + request["seed"]), "updates": first}
        if len(asked) == 2:
            raise KeyboardInterrupt
        yield {**answer(30.0 + request["seed"]), "updates": second}

    monkeypatch.setattr(plan, "answers_of", answers)
    monkeypatch.setattr(plan.os, "cpu_count", lambda: 1)
    names = ["ours", "keras_hub_untuned"]
    minutes = dict.fromkeys(names, (1, 4))
    with pytest.raises(KeyboardInterrupt):
        plan.measure_curves("python", minutes, seeds=(1,))
    plan.measure_curves("python", minutes, seeds=(1, 2))
    made = [(request["contender"], request["seed"]) for request in asked]
    assert made == [(names[0], 1), (names[1], 1), (names[1], 1), (names[0], 2), (names[1], 2)]
    assert asked[1]["lengths"] == [196, 787] and asked[0]["lengths"] == [298, 1192]
    record = read_record(plan.RESULT)
    assert len(record["points"]) == 8
    assert leads(record, names[1]) == {1: [0, 0], 4: [0, 0]}
    last = minutes_table(record).splitlines()[5]
    # 31 and 32: the mean is 31.5, Student's bound 12.706 times a standard error of 0.5.
    assert last.endswith("| 31.5 (25.1 to 37.9) | 31.5 (25.1 to 37.9) | +0.0 (+0.0 to +0.0) |")


def test_a_trial_is_stored_and_not_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "RESULT", tmp_path / "trials.json")
    asked = []

    def answers(python, module, request):
        asked.append(request := trials.json.loads(request))
        for updates in request["lengths"]:
            yield {**answer(10.0 * len(asked)), "updates": updates}

    monkeypatch.setattr(trials, "answers_of", answers)
    chosen = [({"rule": {"peak": 0.01}}, [20]), ({"hidden_dim": 64}, [20])]
    trials.run_trials(chosen)
    trials.run_trials([*chosen, ({"rule": {"peak": 0.02}}, [80])])
    assert [(request["changes"], request["lengths"]) for request in asked] == [
        *chosen,
        ({"rule": {"peak": 0.02}}, [80]),
    ]
    assert all(request["splits"] == ["validation"] for request in asked)
    rows = trials_table(read_record(trials.RESULT)).splitlines()[2:5]
    assert rows[0] == "| 20 | 1.5 | rotary | 0.003 | 0.1 | 20.0 |"
    assert rows[1].startswith("| 20 | 1.5 | rotary | 0.01 |") and rows[2].startswith("| 80 |")
