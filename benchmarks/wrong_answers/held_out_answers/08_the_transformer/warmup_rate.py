import math

import numpy as np
from keras import ops


def wrong_1(step, peak, warmup_steps):
    """Takes the number of updates made for the number of the next one: no + 1; wrong on almost any input."""
    s = ops.cast(step, "float32")
    return peak * ops.minimum(s / warmup_steps, ops.sqrt(warmup_steps / ops.maximum(s, 1e-9)))


def wrong_2(step, peak, warmup_steps):
    """The larger of the two, not the smaller; wrong on almost any input."""
    s = ops.cast(step, "float32") + 1
    return peak * ops.maximum(s / warmup_steps, ops.sqrt(warmup_steps / s))


def wrong_3(step, peak, warmup_steps):
    """Stays at the peak after the rise; wrong on almost any input."""
    s = ops.cast(step, "float32") + 1
    return peak * ops.minimum(s / warmup_steps, 1.0)


def wrong_4(step, peak, warmup_steps):
    """Falls as w / s, without the root; wrong on almost any input."""
    s = ops.cast(step, "float32") + 1
    return peak * ops.minimum(s / warmup_steps, warmup_steps / s)


def wrong_5(step, peak, warmup_steps):
    """The paper's numbers without the peak's scale: min(s w^-1.5, s^-0.5) times the peak. Wrong on: w above 1."""
    s = ops.cast(step, "float32") + 1
    return peak * ops.minimum(s * warmup_steps**-1.5, s**-0.5)


def wrong_6(step, peak, warmup_steps):
    """Divides by whole numbers: the rise is 0 until the peak."""
    s = np.array(step) + 1
    return ops.convert_to_tensor(
        (peak * np.minimum(s // warmup_steps, np.sqrt(warmup_steps / s))).astype("float32")
    )


def wrong_7(step, peak, warmup_steps):
    """Looks at the first number only to choose between rise and fall. Wrong on: steps on both sides of the peak."""
    s = ops.cast(step, "float32") + 1
    if float(s[0]) < warmup_steps:
        return peak * s / warmup_steps
    return peak * ops.sqrt(warmup_steps / s)


def wrong_8(step, peak, warmup_steps):
    """The rise takes w + 1 updates: the peak comes one update late."""
    s = ops.cast(step, "float32") + 1
    w = warmup_steps + 1
    return peak * ops.minimum(s / w, ops.sqrt(w / s))


def wrong_9(step, peak, warmup_steps):
    """Falls from the end of the rise anew: the root of w / (s - w), at most the peak; wrong on almost any input."""
    s = ops.cast(step, "float32") + 1
    later = ops.maximum(s - warmup_steps, 1.0)
    fall = ops.minimum(ops.sqrt(warmup_steps / later), 1.0)
    return peak * ops.where(s <= warmup_steps, s / warmup_steps, fall)


def wrong_10(step, peak, warmup_steps):
    """The rise begins at zero: adds the 1 only for the fall; wrong on almost any input."""
    s = ops.cast(step, "float32")
    return peak * ops.minimum(s / warmup_steps, ops.sqrt(warmup_steps / (s + 1)))


def right_1(step, peak, warmup_steps):
    """NumPy where."""
    s = np.asarray(step).astype("float64") + 1
    return np.where(s <= warmup_steps, peak * s / warmup_steps, peak * np.sqrt(warmup_steps / s))


def right_2(step, peak, warmup_steps):
    """Loop in pure Python."""
    rates = []
    for made in np.asarray(step).tolist():
        s = made + 1
        rates.append(peak * min(s / warmup_steps, math.sqrt(warmup_steps / s)))
    return ops.convert_to_tensor(rates, dtype="float32")


def right_3(step, peak, warmup_steps):
    """One share s / w, and its power."""
    share = ops.cast(step + 1, "float32") / warmup_steps
    return ops.minimum(share, ops.rsqrt(share)) * peak
