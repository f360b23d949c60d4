"""The page on several machines: its program, in one process and in two that meet on loopback."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pytest
from support.compilation import QUICK_XLA

from course_lib.data import ShardedBatches, TranslationBatches

ROOT = Path(__file__).parents[3]
SECONDS = 240


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    page = (ROOT / "docs" / "several_machines.md").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("program") / "train.py"
    path.write_text(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], encoding="utf-8")
    return path


def free_address():
    with socket.create_server(("localhost", 0)) as door:
        return f"localhost:{door.getsockname()[1]}"


def start(program, num_processes, folder):
    """Starts all processes of a run; one core and thread each."""
    addresses = ",".join(free_address() for _ in range(num_processes))
    environment = {**os.environ, "KERAS_BACKEND": "jax", "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment |= QUICK_XLA
    return [
        subprocess.Popen(
            [sys.executable, program, str(process), addresses, folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for process in range(num_processes)
    ]


def losses(processes):
    """What the first process prints at the end."""
    said = [process.communicate(timeout=SECONDS) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), said
    return json.loads(said[0][0].splitlines()[-1])


@pytest.fixture(scope="module")
def alone(program, tmp_path_factory):
    return losses(start(program, 1, tmp_path_factory.mktemp("alone")))


@pytest.mark.timeout(3 * SECONDS)
def test_two_processes_have_the_loss_curve_of_one_and_go_on_after_they_were_killed(program, alone, tmp_path):
    processes = start(program, 2, tmp_path)
    deadline = time.monotonic() + SECONDS
    while not (tmp_path / "checkpoint.npz").exists():
        assert time.monotonic() < deadline, [process.poll() for process in processes]
        time.sleep(0.05)
    for process in processes:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    resumed = losses(start(program, 2, tmp_path))
    assert len(alone) == 6 and alone[-1] < alone[0]
    np.testing.assert_allclose(resumed, alone, rtol=1e-5)


def test_the_shares_of_all_processes_are_the_batch_and_padding():
    sentences = [[5] * length for length in (3, 1, 4, 1, 5, 9, 2)]
    batches = TranslationBatches(sentences, sentences, start_id=2, end_id=3, batch_size=7)
    shards = [ShardedBatches(batches, process, 3) for process in range(3)]
    parts = keras.tree.map_structure(lambda *rows: np.concatenate(rows), *(shard[0] for shard in shards))
    for part, whole in zip(keras.tree.flatten(parts), keras.tree.flatten(batches[0]), strict=True):
        assert part.dtype == whole.dtype and part.shape == (9, *whole.shape[1:])
        np.testing.assert_array_equal(part[:7], whole)
        assert not part[7:].any()


def test_a_share_moves_on_with_its_batches():
    batches = TranslationBatches([[5], [6]], [[7], [8]], start_id=2, end_id=3, batch_size=1, shuffle_seed=3)
    shard = ShardedBatches(batches, 1, 2)
    shard.epoch = 4
    assert batches.epoch == shard.epoch == 4 and len(shard) == len(batches)


@pytest.mark.parametrize(("process", "num_processes"), [(-1, 2), (2, 2), (0, 0)])
def test_a_process_that_does_not_exist_is_refused(process, num_processes):
    with pytest.raises(ValueError, match=f"process={process}, num_processes={num_processes}"):
        ShardedBatches(None, process, num_processes)


class Idle(keras.Model):
    """A model that takes batches and learns nothing."""

    def train_step(self, data):
        return {"loss": 0.0}


def epochs_in_fit(batches, inner):
    """The epochs whose batches `fit` takes, three of them."""
    taken = []
    inner_getitem = type(inner).__getitem__

    class Watched(type(inner)):
        def __getitem__(self, index):
            taken.append(self.epoch)
            return inner_getitem(self, index)

    inner.__class__ = Watched
    model = Idle()
    model.compile(run_eagerly=True)
    model.fit(batches, epochs=3, verbose=0, shuffle=False)
    counts = len(inner)
    return taken[-3 * counts :][::counts], inner.epoch


def test_fit_over_a_share_serves_the_epochs_of_its_batches():
    def make():
        return TranslationBatches(
            [[5], [6], [7]], [[7], [8], [9]], start_id=2, end_id=3, batch_size=1, shuffle_seed=3
        )

    plain, sharded = make(), make()
    assert epochs_in_fit(plain, plain) == ([0, 1, 2], 3)
    assert epochs_in_fit(ShardedBatches(sharded, 0, 1), sharded) == ([0, 1, 2], 3)
