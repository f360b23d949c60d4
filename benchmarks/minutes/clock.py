"""A budget of minutes instead of epochs."""

import time

import keras


class MinutesBudget(keras.callbacks.Callback):
    """Ends `fit` when its minutes are over; the learning rate can fall to zero by then.

    rate = peak · min( step / warmup_steps, 1 ) · (1 - share of the minutes that is over)

    Args:
        minutes: from the beginning of `fit`.
        peak: the highest rate; `None` leaves the optimizer's rate alone.
        warmup_steps: number of updates of the rise.
    """

    def __init__(self, minutes, peak=None, warmup_steps=1):
        super().__init__()
        self.seconds = 60 * minutes
        self.peak = peak
        self.warmup_steps = warmup_steps

    def on_train_begin(self, logs=None):
        self.began = time.perf_counter()
        self.updates = 0

    def on_train_batch_begin(self, batch, logs=None):
        self.updates += 1
        if self.peak is not None:
            share_left = max(0.0, 1 - (time.perf_counter() - self.began) / self.seconds)
            self.model.optimizer.learning_rate = (
                self.peak * min(self.updates / self.warmup_steps, 1) * share_left
            )

    def on_train_batch_end(self, batch, logs=None):
        self.elapsed = time.perf_counter() - self.began
        if self.elapsed >= self.seconds:
            self.model.stop_training = True
