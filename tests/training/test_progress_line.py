"""The progress line in a terminal, in a log and in an executed notebook."""

import io
import os
import re

import keras
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from course_lib.training import ProgressLine, progress_line


class Terminal(io.StringIO):
    def isatty(self):
        return True


def fit(stream, epochs=3, num_steps=5, **arguments):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    line = ProgressLine("tiny model", stream=stream)
    inputs, labels = np.ones((4 * num_steps, 2)), np.ones((4 * num_steps, 1))
    model.fit(inputs, labels, batch_size=4, epochs=epochs, verbose=0, callbacks=[line], **arguments)


def test_a_log_gets_one_line():
    stream = io.StringIO()
    fit(stream)
    assert re.fullmatch(r"tiny model · 3 epochs · loss [\d.e+-]+ · \d+ s\n", stream.getvalue())


def test_a_terminal_overwrites_one_line(monkeypatch):
    monkeypatch.setattr(progress_line, "SECONDS_BETWEEN_UPDATES", 0)
    monkeypatch.setenv("COLUMNS", "200")
    stream = Terminal()
    fit(stream)
    text = stream.getvalue()
    shown = text.split("\r\x1b[2K")
    assert shown[0] == "" and len(shown) == 1 + 3 * 5 + 1
    assert re.fullmatch(
        r"tiny model · epoch 1/3 · step 1/5 · loss [\d.e+-]+ · (\d+ min )?\d+ s left", shown[1]
    )
    assert re.fullmatch(r"tiny model · epoch 3/3 · step 5/5 · loss [\d.e+-]+ · 0 s left", shown[-2])
    assert text.count("\n") == 1 and text.endswith("\n")


def test_lines_stay_within_a_narrow_window(monkeypatch):
    monkeypatch.setattr(progress_line, "SECONDS_BETWEEN_UPDATES", 0)
    monkeypatch.setenv("COLUMNS", "30")
    stream = Terminal()
    fit(stream)
    assert max(len(line) for line in stream.getvalue().split("\r\x1b[2K")[1:-1]) == 29


def test_updates_are_spaced_out():
    stream = Terminal()
    fit(stream, epochs=1, num_steps=300)
    assert stream.getvalue().count("\r") < 60


def test_only_the_epochs_of_this_call_are_counted():
    stream = io.StringIO()
    fit(stream, epochs=7, initial_epoch=6)
    assert "· 1 epoch ·" in stream.getvalue()


def test_time_left_is_proportional(monkeypatch):
    """Ten seconds a step, read off a clock of our own: after step 2 of 6 there are 40 s left."""
    ticks = iter(range(0, 1000, 10))
    monkeypatch.setattr(progress_line.time, "monotonic", lambda: next(ticks))
    monkeypatch.setenv("COLUMNS", "200")
    stream = Terminal()
    line = ProgressLine(stream=stream)
    line.set_params({"epochs": 4, "steps": 3})
    line.on_train_begin()
    line.on_epoch_begin(2)
    line.on_train_batch_end(0, {"loss": 1.0})
    line.on_train_batch_end(1, {"loss": 1.0})
    assert stream.getvalue().endswith("epoch 3/4 · step 2/3 · loss 1 · 40 s left")


@pytest.mark.timeout(300)
def test_an_executed_notebook_keeps_one_line_per_run(tmp_path):
    code = """
import keras, numpy as np
from course_lib.training import ProgressLine, progress_line
progress_line.SECONDS_BETWEEN_UPDATES = 0
for label in ("first", "second"):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    inputs, labels, line = np.ones((8, 2)), np.ones((8, 1)), ProgressLine(label)
    _ = model.fit(inputs, labels, batch_size=4, epochs=3, verbose=0, callbacks=[line])
"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": os.getcwd()}}).execute()
    outputs = [output for output in notebook.cells[0].outputs if output.output_type != "stream"]
    texts = [output["data"]["text/plain"] for output in outputs]
    assert len(texts) == 2
    assert re.fullmatch(r"first · 3 epochs · loss [\d.e+-]+ · \d+ s", texts[0])
    assert texts[1].startswith("second · 3 epochs · ")
    printed = "".join(
        o.text for o in notebook.cells[0].outputs if o.output_type == "stream" and o.name == "stdout"
    )
    assert printed == ""
