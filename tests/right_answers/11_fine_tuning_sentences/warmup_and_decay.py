"""Right answers to `warmup_and_decay` in other styles."""

import numpy as np
from keras import ops


def in_numpy(step, peak, warmup_steps, num_steps):
    update = np.asarray(step) + 1
    fall = (num_steps - update) / (num_steps - warmup_steps)
    return peak * np.clip(np.minimum(update / warmup_steps, fall), 0, None)


def as_a_list(step, peak, warmup_steps, num_steps):
    rates = []
    for updates_made in np.asarray(step).tolist():
        update = updates_made + 1
        if update <= warmup_steps:
            rates.append(peak * update / warmup_steps)
        else:
            rates.append(peak * max(0.0, num_steps - update) / (num_steps - warmup_steps))
    return rates


def with_where(step, peak, warmup_steps, num_steps):
    step = ops.cast(step, "float32")
    rise = peak * (step + 1) / warmup_steps
    fall = peak * (num_steps - 1 - step) / (num_steps - warmup_steps)
    rates = ops.where(step < warmup_steps, rise, fall)
    return ops.where(step >= num_steps, ops.zeros_like(rates), rates)


def by_interpolation(step, peak, warmup_steps, num_steps):
    return np.interp(np.asarray(step) + 1, [0, warmup_steps, num_steps], [0.0, peak, 0.0])


def from_the_peak(step, peak, warmup_steps, num_steps):
    update = ops.cast(step + 1, "float32")
    done = ops.relu(update - warmup_steps) / (num_steps - warmup_steps)
    return peak * ops.minimum(update / warmup_steps, 1.0) * ops.relu(1.0 - done)


def clipped(step, peak, warmup_steps, num_steps):
    update = ops.cast(step, "float64") + 1.0
    fall = (num_steps - update) / (num_steps - warmup_steps)
    return ops.clip(ops.minimum(update / warmup_steps, fall), 0.0, 1.0) * peak
