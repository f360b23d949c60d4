"""Right answers to `warmup_rate` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(step, peak, warmup_steps):
    update = np.asarray(step) + 1
    return peak * np.minimum(update / warmup_steps, np.sqrt(warmup_steps / update))


def as_a_list(step, peak, warmup_steps):
    updates = [number + 1 for number in np.asarray(step).tolist()]
    return [peak * min(update / warmup_steps, math.sqrt(warmup_steps / update)) for update in updates]


def with_where(step, peak, warmup_steps):
    step = ops.cast(step, "float32")
    rise = peak * (step + 1) / warmup_steps
    return ops.where(step < warmup_steps, rise, peak * ops.sqrt(warmup_steps / (step + 1)))


def the_paper_rescaled(step, peak, warmup_steps):
    update = ops.cast(step + 1, "float32")
    highest = peak * warmup_steps**0.5
    return highest * ops.minimum(ops.rsqrt(update), update * warmup_steps**-1.5)


def divided_by_the_larger(step, peak, warmup_steps):
    part = (ops.cast(step, "float64") + 1) / warmup_steps
    return peak / ops.maximum(1 / part, ops.sqrt(part))
