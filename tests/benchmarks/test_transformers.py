"""The Transformer benchmarks' machinery on tiny sizes: nothing here says how fast anything is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from support.compilation import QUICK_XLA

from benchmarks.record import write_record
from benchmarks.transformers import __main__ as benchmark
from benchmarks.transformers import batches, length, step, tables
from benchmarks.transformers.contenders import one_step as one_step_module
from benchmarks.transformers.contenders import ours
from benchmarks.transformers.rounds import MATRIX, Contender, ContenderFailed, add_shares, compete
from benchmarks.transformers.sizes import SIZES, Size

ROOT = Path(__file__).parents[2]
TINY = SIZES["tiny"]
SENTENCES = ([[5, 6, 7], [8] * 11, [9]] * 3, [[5, 6], [7] * 9, [8, 9, 10]] * 3)
GPU = """
import json
from benchmarks.transformers import gpu
from benchmarks.transformers.sizes import SIZES
print(json.dumps(gpu.measure(SIZES["tiny"], lengths=(5,), side=8, rounds=1, times=1, tokens=3)))
"""


def test_operations_of_a_step_are_those_of_its_products():
    size = Size(2, 1, 3, num_layers=1, vocabulary_size=5, batch_size=1, length=7)
    attention = 4 * 2 * 2 * 7 + 2 * 7 * 7 * 2  # four projections; scores and averages
    network, logits = 2 * 2 * 3 * 7, 2 * 5 * 7
    assert size.training_flops() == 3 * 2 * (3 * attention + 2 * network + logits)


def test_the_products_alone_are_those_of_a_step():
    from benchmarks.transformers.contenders import products

    size = Size(6, 3, 11, num_layers=2, vocabulary_size=13, batch_size=5, length=7)
    operations = 0
    for node in products.make_step(size).get_concrete_function().graph.get_operations():
        if node.type in ("MatMul", "BatchMatMul", "BatchMatMulV2"):
            transposed = node.get_attr("transpose_a" if node.type == "MatMul" else "adj_x")
            inner = node.inputs[0].shape[-2 if transposed else -1]
            operations += 2 * inner * node.outputs[0].shape.num_elements()
    assert operations == size.training_flops()
    assert products.training(size)["run"]() == 5 * 7


def test_batches_hold_the_same_sentences_at_one_width_and_by_length():
    size = Size(8, 2, 12, 1, vocabulary_size=23, batch_size=3, length=5)
    padded = next(batches.padded_batches(size, SENTENCES))
    assert padded[1].shape == (3, batches.LONGEST)
    stream = batches.bucketed_batches(size, SENTENCES)
    widths = set()
    for inputs, labels in (next(stream) for _ in range(3)):
        assert inputs["source_token_ids"].shape == labels.shape and labels.shape[1] % 8 == 0
        widths.add(labels.shape[1])
        np.testing.assert_array_equal(inputs["source_padding_mask"], inputs["source_token_ids"] != 0)
        ends = (labels != 0).sum(axis=1) - 1
        assert (labels[np.arange(3), ends] == batches.END).all()
        later = labels[:, 1:] != 0
        np.testing.assert_array_equal(inputs["target_token_ids"][:, 1:][later], labels[:, :-1][later])
    assert widths == {8, 16}
    inputs, labels = batches.full_batch(size)
    assert (labels > 4).all() and (inputs["target_token_ids"][:, 0] == batches.START).all()


@pytest.fixture(scope="module")
def results():
    """Two contenders from this environment alone, in processes of their own."""
    contenders = [
        Contender("first", "matrix_rate", "multiplication", {"side": 5}),
        Contender("second", "ours", "decoding", {"batch_size": 2, "tokens": 3}),
    ]
    return compete(contenders, TINY, python=sys.executable, rounds=2, times=3, warm_up=1)


def test_contenders_take_turns_and_are_compared_with_the_first(results):
    assert list(results) == ["first", "second"]
    for result in results.values():
        assert len(result["rounds"]) == 2 and result["cpu"] >= 0 and result["wall"] > 0
    assert results["first"]["wall_ratio"] == results["first"]["cpu_ratio"] == 1
    assert [turn["tokens"] for turn in results["second"]["rounds"]] == [2 * 3 * 3] * 2
    assert results["second"]["parameters"] > 0


def test_a_share_is_that_of_the_product_in_the_same_round():
    rounds = {MATRIX: (2.0, 2.0, 4.0), "a step": (4.0, 8.0, 4.0)}
    found = {name: {"rounds": [{"wall": wall} for wall in walls]} for name, walls in rounds.items()}
    found[MATRIX]["flops"] = 8
    assert add_shares(found, flops=4, times=3) == [12.0, 12.0, 6.0]
    assert found["a step"]["share"] == 4 * 3 / 4.0 / 12.0 and MATRIX not in found  # of 1/4, 1/8 and 1/2


def test_a_contender_that_fails_is_named():
    with pytest.raises(ContenderFailed, match="broken ended with status 1"):
        compete([Contender("broken", "ours", "nothing")], TINY, python=sys.executable, rounds=1, times=1)


def test_a_step_of_training_and_a_beam_run_here():
    work = ours.training(TINY, jit_compile=False)
    assert work["run"]() == TINY.batch_size * TINY.length
    assert ours.decoding(TINY, 2, tokens=3, beam_width=2)["run"]() == 6
    assert ours.rerun(TINY, 2, tokens=2)["run"]() == 4


def one_step(**settings):
    """The loss before two steps, and the weights behind them, of a model that always begins alike."""
    model = ours.make_model(TINY, **ours.SAME)
    generator = np.random.default_rng(5)
    model.set_weights([generator.normal(scale=0.3, size=weight.shape) for weight in model.weights])
    run = one_step_module.make_step(model, **settings)
    loss = float(run(*batches.full_batch(TINY))[0])
    run(*batches.full_batch(TINY))
    return loss, model.get_weights()


@pytest.mark.parametrize(
    "settings",
    [
        {"update": "Adam, compiled alone"},
        {"update": "Adam, one kernel"},
        {"update": "Adam, one vector"},
        {"rows_at_once": 4},  # 15 positions: the last piece has three
    ],
)
def test_other_ways_to_make_a_step_make_the_same_step(settings):
    loss, weights = one_step()
    other_loss, other_weights = one_step(**settings)
    assert other_loss == pytest.approx(loss, rel=1e-6)
    for weight, other in zip(weights, other_weights, strict=True):
        np.testing.assert_allclose(other, weight, rtol=1e-4, atol=2e-6)


def test_what_a_step_leaves_out_is_left_out():
    loss, untouched = one_step(update="")
    alone, same = one_step(has_gradients=False)
    assert alone == pytest.approx(loss, rel=1e-6)
    for weight, other in zip(untouched, same, strict=True):
        np.testing.assert_array_equal(weight, other)
    _, moved = one_step(update="descent")
    assert any((weight != other).any() for weight, other in zip(untouched, moved, strict=True))


def test_a_byte_says_what_is_dropped():
    seed = keras.random.SeedGenerator(1)
    numbers = np.full((101, 103), 3.0, "float32")
    first, second = (np.asarray(one_step_module.dropout_by_bytes(numbers, 0.1, seed=seed)) for _ in range(2))
    for drawn in (first, second):
        assert set(np.unique(drawn)) == {0.0, np.float32(3 * 256 / 230)}  # 0.1 is 26 of 256
        assert np.mean(drawn == 0) == pytest.approx(26 / 256, abs=0.012)  # four deviations
    assert (first != second).any()


def test_a_step_with_all_that_was_tried_runs_here(monkeypatch):
    monkeypatch.setattr(keras.src.backend.random, "dropout", keras.src.backend.random.dropout)  # put back
    together = next(one for one in step.CONTENDERS if "together" in one.name)
    assert len(together.options) == 3
    work = one_step_module.training(TINY, **together.options)
    assert work["run"]() == TINY.batch_size * TINY.length


@pytest.mark.parametrize("path", length.PATHS)
def test_attention_is_timed(path):
    measured = length.attend(path, length=13, width=6, num_heads=2, repeats=1)
    assert measured["seconds"] > 0 and measured["bytes"] >= 0


def test_the_path_for_accelerators_runs_on_a_processor(tmp_path):
    pytest.importorskip("jax")
    done = subprocess.run(
        [sys.executable, "-c", GPU],
        cwd=ROOT,
        env={**os.environ, **QUICK_XLA, "KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = json.loads(done.stdout.splitlines()[-1])
    assert results["training"]["tokens_per_second"] > 0 and results["training"]["share"] > 0
    assert set(results["decoding_tokens_per_second"]) == {"3", "1"}
    table = tables.gpu_table(record(results))
    assert "| attention over 5, beside jax.nn |" in table


def record(results):
    return {
        "results": results,
        "sizes": {"tiny": TINY.name()},
        "machine": {"cores": 2, "processor": "a processor"},
        "versions": {"keras": "3"},
    }


def test_tables_say_how_many_times_as_fast(results):
    contest = {name: {**result, "share": 0.5, "parameters": 1e6} for name, result in results.items()}
    training = tables.training_table(record({"tiny": {"same": contest, "as_used": contest}}))
    assert "| first | 1.00 | 1.00 |" in training and "| 50 % | 1.00 M |" in training
    del contest["first"]["parameters"]  # what is no model has none
    assert "| 50 % |  |" in tables.training_table(record({"tiny": {"same": contest, "as_used": contest}}))
    assert "d 8, 1+1 layers, batch 1:" in tables.decoding_table(record({"tiny": {"batch 1": contest}}))
    rows = [{"length": n, "seconds": 0.001 * n, "bytes": 2**20} for n in (2, 4)]
    path = {"rows": rows, "seconds_exponent": 1.0, "bytes_exponent": 0.0}
    assert "| 4 | 4.0 | 1 |" in tables.length_table(record({"fused": path}))


def test_a_step_is_compared_with_the_plain_one_round_by_round():
    turns = {"keras-hub": (4.0, 4.0, 8.0), step.PLAIN_STEP: (2.0, 2.0, 4.0), "faster": (1.0, 2.0, 1.0)}
    contest = {
        name: {"rounds": [{"wall": wall} for wall in walls], "wall_ratio": 4.0 / walls[1]}
        for name, walls in turns.items()
    }
    contest["keras-hub"]["share"] = 0.25
    stored = {**record({"tiny": contest}), "rounds": 3, "times_in_a_turn": 2}
    table = tables.step_table(stored)
    assert "| keras-hub | 2,000 | 1.00 | 0.50 | 0.50 to 0.50 | 25 % |" in table
    assert "| faster | 500 | 2.00 | 2.00 | 1.00 to 4.00 |  |" in table


def test_what_is_stored_is_printed_again(results, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(benchmark, "RESULTS", tmp_path)
    with pytest.raises(SystemExit):
        benchmark.main(["decoding", "--table"])
    write_record(benchmark.path_of("decoding"), record({"tiny": {"batch 1": results}}))
    benchmark.main(["decoding", "--table"])
    assert "| second |" in capsys.readouterr().out
