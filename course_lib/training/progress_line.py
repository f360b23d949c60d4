"""Training progress in one line."""

import shutil
import sys
import time

import keras

SECONDS_BETWEEN_UPDATES = 0.25


def format_duration(seconds):
    """Whole seconds, minutes and seconds, or hours and minutes.

    Example:
        >>> [format_duration(seconds) for seconds in (7.4, 75, 3700)]
        ['7 s', '1 min 15 s', '1 h 01 min']
    """
    seconds = round(seconds)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"


def format_logs(logs):
    """Names and values, "loss 2.314 · perplexity 10.12", to four significant digits.

    Example:
        >>> format_logs({"loss": 2.31415, "val_perplexity": 10.123456})
        'loss 2.314 · val_perplexity 10.12'
    """
    return " · ".join(f"{name} {float(value):.4g}" for name, value in (logs or {}).items())


def seconds_left(seconds_spent, steps_done, steps_to_do):
    """Time the remaining steps take at the average speed so far.

    Example:
        >>> seconds_left(seconds_spent=10.0, steps_done=20, steps_to_do=60)
        20.0
    """
    return seconds_spent / steps_done * (steps_to_do - steps_done)


def in_notebook():
    """Whether the code runs in a Jupyter kernel, where an output can be replaced after it was shown."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


class NotebookLine:
    """One output of a cell, replaced in place; the executed notebook keeps its last text."""

    def __init__(self):
        self.handle = None

    def show(self, text, is_last):
        from IPython.display import display

        if self.handle is None:
            self.handle = display({"text/plain": text}, raw=True, display_id=True)
        else:
            self.handle.update({"text/plain": text}, raw=True)


class TerminalLine:
    """One line of a terminal, overwritten; a stream that is no terminal gets the last text alone."""

    def __init__(self, stream):
        self.stream = stream
        self.is_terminal = stream.isatty()

    def show(self, text, is_last):
        if self.is_terminal:
            # A line longer than the window would wrap, and a wrapped line cannot be overwritten.
            text = text if is_last else text[: shutil.get_terminal_size().columns - 1]
            self.stream.write(f"\r\x1b[2K{text}" + ("\n" if is_last else ""))
        elif is_last:
            self.stream.write(text + "\n")
        self.stream.flush()


class ProgressLine(keras.callbacks.Callback):
    """Shows where `fit` is, how long it will take and how it is doing, in one line.

    While running: `with attention · epoch 2/5 · step 31/80 · loss 2.31 · 12 s left`; when done:
    `with attention · 5 epochs · loss 1.02 · val_loss 1.31 · 34 s`. In a notebook the cell's output is
    replaced in place, in a terminal the line is; anywhere else (a log, CI) only the last line is written.
    Use it with `fit(..., verbose=0)`.

    Args:
        label: what is being trained, put in front.
        stream: where to write outside notebooks; the standard output of the moment by default.

    Example:
        >>> import numpy as np
        >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        >>> model.compile("adam", "mse")
        >>> line = ProgressLine("tiny")
        >>> _ = model.fit(np.ones((8, 2)), np.ones((8, 1)), epochs=3, verbose=0, callbacks=[line])
        tiny · 3 epochs · loss ... · ... s

    Taught in: notebooks/01_language_models
    """

    def __init__(self, label="", stream=None):
        super().__init__()
        self.label = label
        self.stream = stream

    def on_train_begin(self, logs=None):
        self.line = NotebookLine() if in_notebook() else TerminalLine(self.stream or sys.stdout)
        self.started = time.monotonic()
        self.last_shown = self.started
        self.first_epoch = None
        self.epoch_logs = {}

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch
        if self.first_epoch is None:
            self.first_epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        now = time.monotonic()
        if now - self.last_shown < SECONDS_BETWEEN_UPDATES:
            return
        self.last_shown = now
        num_epochs, steps_per_epoch = self.params["epochs"], self.params["steps"]
        parts = [self.label, f"epoch {self.epoch + 1}/{num_epochs}"]
        if steps_per_epoch:
            # `batch` counts from 0 and, unlike a count of calls, is right with `steps_per_execution`.
            steps_done = (self.epoch - self.first_epoch) * steps_per_epoch + batch + 1
            steps_to_do = (num_epochs - self.first_epoch) * steps_per_epoch
            left = seconds_left(now - self.started, steps_done, steps_to_do)
            parts += [
                f"step {batch + 1}/{steps_per_epoch}",
                format_logs(logs),
                f"{format_duration(left)} left",
            ]
        else:
            parts += [f"step {batch + 1}", format_logs(logs)]
        self.show(parts)

    def on_epoch_end(self, epoch, logs=None):
        self.epoch_logs = logs

    def on_train_end(self, logs=None):
        num_epochs = 0 if self.first_epoch is None else self.epoch + 1 - self.first_epoch
        epochs = {0: "no epoch left to train", 1: "1 epoch"}.get(num_epochs, f"{num_epochs} epochs")
        duration = format_duration(time.monotonic() - self.started)
        self.show([self.label, epochs, format_logs(self.epoch_logs), duration], is_last=True)

    def show(self, parts, is_last=False):
        self.line.show(" · ".join(part for part in parts if part), is_last)
