"""A killed run, started again, ends where an uninterrupted one ends."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from course_lib.training import ResumableCheckpoint
from course_lib.training.resumable_checkpoint import (
    FILE_NAME,
    arrays_to_variables,
    read_whole,
    variables_to_arrays,
    write_atomically,
)

SCRIPT = Path(__file__).with_name("resumable_run.py")
ROOT = SCRIPT.parents[2]
_specification = importlib.util.spec_from_file_location("resumable_run", SCRIPT)
run = importlib.util.module_from_spec(_specification)
_specification.loader.exec_module(run)


class Interrupt(keras.callbacks.Callback):
    """Raises in the middle of an epoch, after the callbacks of the earlier ones."""

    def __init__(self, epoch, step=3):
        super().__init__()
        self.when = (epoch, step)

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == self.when:
            raise InterruptedError


def assert_same_run(first, second):
    """Same curves and same final weights."""
    assert first[0].history.keys() == second[0].history.keys()
    for name, values in first[0].history.items():
        np.testing.assert_allclose(second[0].history[name], values, rtol=1e-6, err_msg=name)
    assert first[0].epoch == second[0].epoch
    for left, right in zip(first[1], second[1], strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-5, atol=1e-7)


def test_killed_process_resumes_with_the_same_curve(tmp_path):
    whole = run.train(tmp_path / "whole")
    environment = {**os.environ, "KERAS_BACKEND": keras.backend.backend(), "PYTHONPATH": str(ROOT)}
    killed = subprocess.run(
        [sys.executable, SCRIPT, tmp_path / "killed", "3", "4"], env=environment, timeout=300
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(read_whole(tmp_path / "killed" / FILE_NAME)[0]["logs_by_epoch"]) == 3

    # Another seed: nothing of the resumed run may come from its own start.
    resumed = run.train(tmp_path / "killed", seed=99)
    assert resumed[2].initial_epoch == 3
    assert_same_run(whole, resumed)


def test_the_curve_would_differ_without_the_restored_state(tmp_path):
    """The comparison above can fail: another seed gives another curve."""
    first, second = run.train(tmp_path / "1", epochs=3), run.train(tmp_path / "2", epochs=3, seed=99)
    assert not np.allclose(first[0].history["loss"], second[0].history["loss"], rtol=1e-4)


def test_two_interruptions(tmp_path):
    whole = run.train(tmp_path / "whole")
    for epoch, seed in ((2, 1), (4, 97)):
        with pytest.raises(InterruptedError):
            run.train(tmp_path / "cut", callbacks=[Interrupt(epoch)], seed=seed)
    assert_same_run(whole, run.train(tmp_path / "cut", seed=98))


def test_early_stopping_goes_on_counting(tmp_path):
    whole = run.train(tmp_path / "whole", epochs=30, patience=3)
    num_epochs = len(whole[0].history["loss"])
    best_epoch = whole[2].early_stopping.best_epoch
    assert best_epoch + 1 < num_epochs < 30

    # Cut after the best epoch: the count and the best weights must come from the file.
    with pytest.raises(InterruptedError):
        run.train(tmp_path / "cut", epochs=30, patience=3, callbacks=[Interrupt(best_epoch + 2)])
    resumed = run.train(tmp_path / "cut", epochs=30, patience=3, seed=99)
    assert_same_run(whole, resumed)
    for field in ("wait", "best", "best_epoch", "stopped_epoch"):
        assert getattr(resumed[2].early_stopping, field) == getattr(whole[2].early_stopping, field)

    # Ended runs stay ended, even when more epochs are asked for.
    again = run.train(tmp_path / "cut", epochs=40, patience=3, seed=97)
    assert_same_run(whole, again)


def test_more_epochs_later_continue_the_run(tmp_path):
    whole = run.train(tmp_path / "whole", epochs=5)
    run.train(tmp_path / "parts", epochs=2)
    assert_same_run(whole, run.train(tmp_path / "parts", epochs=5, seed=99))
    done = run.train(tmp_path / "parts", epochs=5, seed=98)
    assert done[2].initial_epoch == 5
    assert_same_run(whole, done)


def test_a_second_fit_of_the_same_model_is_not_sent_to_a_later_epoch(tmp_path):
    inputs, labels = np.ones((8, 2)), np.ones((8, 1))
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    for _ in range(2):
        model.fit(inputs, labels, epochs=3, verbose=0, callbacks=[ResumableCheckpoint(tmp_path)])
    assert len(model.fit(inputs, labels, epochs=2, verbose=0).history["loss"]) == 2


def test_a_failed_write_leaves_the_previous_file(tmp_path, monkeypatch):
    path = tmp_path / FILE_NAME
    write_atomically(path, {"epoch": 1}, {"weight": np.ones(3)})
    with monkeypatch.context() as patch:
        patch.setattr(np, "savez", lambda file, **arrays: (file.write(b"half"), 1 / 0))
        with pytest.raises(ZeroDivisionError):
            write_atomically(path, {"epoch": 2}, {"weight": np.zeros(3)})
    facts, arrays = read_whole(path)
    assert facts == {"epoch": 1} and arrays["weight"].tolist() == [1, 1, 1]


def test_a_partial_file_is_never_read(tmp_path):
    (tmp_path / f".{FILE_NAME}.0a1b2c3d.partial").write_bytes(b"half")
    assert run.train(tmp_path, epochs=1)[2].initial_epoch == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("keep", [0, 10, 2000])
def test_a_damaged_file_is_refused_by_name(tmp_path, keep):
    run.train(tmp_path, epochs=1)
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=rf"Expected a whole checkpoint. Received: .*{FILE_NAME}"):
        run.train(tmp_path, epochs=2)


def test_another_model_is_refused(tmp_path):
    def fit(units, layers=1):
        model = keras.Sequential([keras.Input((2,)), *[keras.layers.Dense(units) for _ in range(layers)]])
        model.compile("adam", "mse")
        model.fit(
            np.ones((4, 2)),
            np.ones((4, units)),
            epochs=1,
            verbose=0,
            callbacks=[ResumableCheckpoint(tmp_path)],
        )

    fit(3)
    with pytest.raises(ValueError, match=r"of shape \(2, 5\). Received: shape \(2, 3\)"):
        fit(5)
    with pytest.raises(ValueError, match="4 model variables. Received: 2"):
        fit(3, layers=2)


def test_bfloat16_weights_come_back_exactly(tmp_path):
    values = np.random.default_rng(0).normal(size=(7, 5)).astype("float32")
    saved = keras.Variable(values, dtype="bfloat16")
    loaded = keras.Variable(np.zeros_like(values), dtype="bfloat16")
    write_atomically(tmp_path / FILE_NAME, {}, variables_to_arrays([saved], "model"))
    arrays_to_variables(read_whole(tmp_path / FILE_NAME)[1], "model", [loaded])
    left, right = (keras.ops.convert_to_numpy(keras.ops.cast(value, "float32")) for value in (saved, loaded))
    np.testing.assert_array_equal(left, right)
    assert np.abs(left).max() > 0.5


def test_data_without_an_epoch_is_refused(tmp_path):
    with pytest.raises(ValueError, match="`data` must have an `epoch` to set. Received: list"):
        ResumableCheckpoint(tmp_path, data=[])
