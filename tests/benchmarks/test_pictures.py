"""Ways of looking at pictures, in a tiny sample: what they are shown, how they learn, what is stored."""

import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from benchmarks.fine_tuning import stored_runs
from benchmarks.pictures import learner, plan, tables
from benchmarks.pictures.contenders import CONTENDERS, Contender, convolution
from benchmarks.pictures.inputs import looks_at_random, looks_where_told, shrunk
from benchmarks.pictures.looking import of_squares, where_it_looks
from course_lib.data import BirdPictures
from course_lib.layers import proposal_boxes

PICTURES = BirdPictures(64).draw(40, seed=7)


@pytest.fixture
def nothing_is_compiled():
    """For a few updates that takes longer than they do."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def test_a_shrunk_picture_is_an_average():
    small = shrunk(PICTURES, None)
    assert small.shape == (40, 16, 16, 3)
    weights = np.zeros((16, 64))
    for pixel in range(16):  # a tent of 8 pixels around the middle of 4
        weights[pixel] = np.maximum(0, 1 - np.abs(4 * pixel + 1.5 - np.arange(64)) / 4)
    weights /= weights.sum(axis=1, keepdims=True)
    expected = np.einsum("gr,brck,hc->bghk", weights, PICTURES.images, weights)
    np.testing.assert_allclose(small, expected, atol=1e-5)


def test_who_is_told_looks_at_the_mark_and_who_looks_at_random_does_not():
    told = looks_where_told(PICTURES, None)["proposals"][:, 0]
    found = of_squares(told, PICTURES.regions)
    assert found["contains_middle"] == 1.0 and found["half_width"] == 0.15
    boxes = ops.convert_to_numpy(proposal_boxes(told))
    assert boxes.min() >= -1e-6 and boxes.max() <= 1 + 1e-6
    draws = [looks_at_random(PICTURES, np.random.default_rng(seed))["proposals"][:, 0] for seed in (0, 1)]
    assert np.abs(draws[0] - draws[1]).max() > 0.1
    shares = [of_squares(draw, PICTURES.regions)["contains_middle"] for draw in draws]
    assert max(shares) < 0.6
    boxes = ops.convert_to_numpy(proposal_boxes(draws[0]))
    assert boxes.min() >= -1e-6 and boxes.max() <= 1 + 1e-6


def test_a_square_around_a_region_has_the_largest_overlap():
    middle = (PICTURES.regions[:, :2] + PICTURES.regions[:, 2:]) / 2
    around = np.concatenate([middle, np.full((40, 1), 0.2)], axis=1)
    found = of_squares(around, PICTURES.regions)
    areas = np.prod(PICTURES.regions[:, 2:] - PICTURES.regions[:, :2], axis=1)
    assert found["iou"] == found["best_iou"] == pytest.approx((areas / 0.16).mean(), abs=1e-4)
    elsewhere = of_squares(1 - around, PICTURES.regions)
    assert elsewhere["iou"] < 0.5 * found["iou"]


@pytest.mark.parametrize("who", list(CONTENDERS))
def test_every_contender_reads_a_picture_and_says_where_it_looked(who):
    model = CONTENDERS[who].make()
    few = learner.first(PICTURES, 2)
    inputs = CONTENDERS[who].inputs(few, np.random.default_rng(0))
    logits = model(inputs)
    assert logits.shape[0] == 2 and logits.shape[-1] == 4
    looked = where_it_looks(model, inputs, few.regions)
    if len(logits.shape) == 3:
        assert set(looked) == set(tables.OF_SQUARES)
    else:
        assert set(looked) == (set(tables.OF_ATTENTION) if "ViT" in who or "attention" in who else set())


def test_as_many_weights_as_two_looks():
    counts = []
    for who in ("two looks", "convolution, as many weights as two looks"):
        model = CONTENDERS[who].make()
        model(PICTURES.images[:1])
        counts.append(model.count_params())
    assert counts[1] == pytest.approx(counts[0], rel=0.02)


def weights_of(part):
    return [ops.convert_to_numpy(weight).copy() for weight in part.weights]


def test_readers_and_proposals_learn_in_turn(monkeypatch, nothing_is_compiled):
    """After one update of readers alone proposals are what they began as; after one more they are not."""
    monkeypatch.setattr(learner, "TURN", 1)
    looks = learner.Learner(CONTENDERS["two looks, trained in turn"], PICTURES)
    states = []
    for num_steps in (1, 2):
        looks.train(PICTURES, 3, 1e-2, num_steps)
        states.append(weights_of(looks.model.proposers[0]))
    learner.set_seed(3)
    fresh = looks.contender.make()
    fresh(PICTURES.images[:2])
    for begun, first, second in zip(weights_of(fresh.proposers[0]), *states, strict=True):
        np.testing.assert_array_equal(first, begun)
        assert np.abs(second - begun).max() > 1e-4


def test_a_contender_begins_anew_in_every_run():
    reader = learner.Learner(Contender("convolution", convolution(channels=(4, 6)), shrunk), PICTURES)
    found = []
    for seed in (1, 2, 1):
        reader.train(PICTURES, seed, 1e-2, 4)
        found.append(reader.logits(PICTURES))
    np.testing.assert_allclose(found[0], found[2], atol=1e-5)
    assert np.abs(found[0] - found[1]).max() > 1e-2


def test_runs_are_kept_and_go_on(tmp_path, monkeypatch, nothing_is_compiled):
    small = {
        "convolution, 16 pixels": CONTENDERS["convolution, 16 pixels"],
        "convolution, soft attention": CONTENDERS["convolution, soft attention"],
        "two looks": CONTENDERS["two looks"],
        "ViT, patches of 4": Contender("convolution", CONTENDERS["ViT, patches of 8"].make),
    }
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    monkeypatch.setattr(tables, "CONTENDERS", small)
    for name, value in {
        "CONTENDERS": small,
        "LIKE": {"ViT, patches of 4": "convolution, 16 pixels"},
        "NUMBERS": (2_000, 8_000),
        "NUM_STEPS": 3,
        "NUM_TEST": 30,
        "NUM_CHOICE": 20,
        "TRIAL_NUMBER": 16,
        "drawn": lambda count, seed, split: BirdPictures(64).draw(min(count, 40), seed=seed, split=split),
    }.items():
        monkeypatch.setattr(plan, name, value)
    plan.learner_of.cache_clear()
    plan.run_all(seeds=(1,), numbers=(2_000,))
    record = {"data": "birds", "machine": {"cores": 2, "processor": "P"}}
    record["runs"] = first = stored_runs.StoredRuns("pictures", {}).all()
    assert [run["kind"] for run in first] == ["trial"] * 6 + ["run"] * 3
    looks = first[-1]
    assert looks["accuracy"] == looks["accuracy_by_look"][-1] and 0 <= looks["looked"]["iou"] <= 1
    trials = {
        run["peak"]: run["nats"] for run in first if run["kind"] == "trial" and run["who"] == "two looks"
    }
    assert looks["peak"] == min(trials, key=trials.get)
    plan.run_all(seeds=(1,), numbers=(2_000, 8_000))
    second = stored_runs.StoredRuns("pictures", {}).all()
    assert second[: len(first)] == first and len(second) == len(first) + 4
    plan.learner_of.cache_clear()
    table = tables.pictures_table(record)
    assert f"| two looks | 10,697 |  | {looks['accuracy']:.1f} |  | 1 |" in table
    row = next(text for text in tables.looking_table(record).splitlines() if "| two looks |" in text)
    assert f"| {100 * looks['looked']['contains_middle']:.1f} | {looks['looked']['iou']:.2f} |" in row
    dear = tables.looking_table({**record, "runs": second})
    assert "| ViT, patches of 4, 8,000 pictures |" in dear


def test_closest_look_is_what_is_said():
    """Of two pictures of class 0 and 1: the first look is right of one, the closest of both."""

    class Told:
        def logits(self, pictures):
            return np.log([[[0.9, 0.1], [0.75, 0.25]], [[0.8, 0.2], [0.5, 0.5001]]])

    found = plan.judged(Told(), PICTURES._replace(labels=np.array([0, 1])))
    assert found["accuracy_by_look"] == [50.0, 100.0] and found["accuracy"] == 100.0
    assert found["nats"] == pytest.approx((-np.log(0.75) - np.log(0.5)) / 2, abs=1e-3)


def test_tables_have_means_and_intervals():
    def run(seed, number, accuracy, iou):
        looked = {"contains_middle": 0.5, "iou": iou, "best_iou": 0.4, "half_width": 0.2}
        keys = {"kind": "run", "who": "two looks", "number": number, "seed": seed, "parameters": 10_697}
        return {**keys, "accuracy": accuracy, "minutes": 0.5, "looked": looked, "region_area": 0.031}

    runs = [run(1, 2_000, 80.0, 0.3), run(2, 2_000, 90.0, 0.4), run(1, 500, 40.0, 0.1)]
    record = {"data": "birds", "machine": {"cores": 2, "processor": "P"}, "runs": runs}
    table = tables.pictures_table(record)
    # Of two values: 12.706 standard errors of 5.
    assert "| two looks | 10,697 | 40.0 | 85.0 (21.5 to 100.0) |  | 2 | 0.5 |" in table
    row = "| two looks | 50.0 (50.0 to 50.0) | 0.35 (0.00 to 0.99) | 0.40 (0.40 to 0.40) | 0.20"
    looking = tables.looking_table(record)
    assert row in looking and "regions are 3.1 % of a picture" in looking
