import math

import keras
import numpy as np
from keras import ops


def right_1(step, peak, warmup_steps, num_steps):
    """The formula as it stands."""
    s = ops.cast(step, "float32") + 1.0
    up = s / warmup_steps
    down = (num_steps - s) / (num_steps - warmup_steps)
    return peak * ops.maximum(0.0, ops.minimum(up, down))


def right_2(step, peak, warmup_steps, num_steps):
    """Three pieces: up to w, up to N, behind N."""
    s = ops.add(step, 1)
    fraction = ops.cast(s, "float32") / float(warmup_steps)
    left = ops.cast(num_steps - s, "float32") / float(num_steps - warmup_steps)
    rate = ops.where(s <= warmup_steps, fraction, left)
    return ops.where(s >= num_steps, ops.zeros_like(rate), rate * peak)


def right_3(step, peak, warmup_steps, num_steps):
    """A line through three points, flat outside."""
    s = ops.convert_to_numpy(step).astype("float64") + 1.0
    rate = np.interp(s, [0.0, float(warmup_steps), float(num_steps)], [0.0, peak, 0.0])
    return ops.convert_to_tensor(rate, dtype="float32")


def right_4(step, peak, warmup_steps, num_steps):
    """Update by update, in Python."""
    rates = []
    for made in ops.convert_to_numpy(step).tolist():
        nth = made + 1
        if nth <= warmup_steps:
            rates.append(peak * nth / warmup_steps)
        elif nth < num_steps:
            rates.append(peak * (num_steps - nth) / (num_steps - warmup_steps))
        else:
            rates.append(0.0)
    return ops.convert_to_tensor(np.array(rates, dtype="float32"))


def wrong_1(step, peak, warmup_steps, num_steps):
    """s is the number of updates made, not of the next one. Wrong on: step 0, and nearly all others."""
    s = ops.cast(step, "float32")
    down = (num_steps - s) / (num_steps - warmup_steps)
    return peak * ops.maximum(0.0, ops.minimum(s / warmup_steps, down))


def wrong_2(step, peak, warmup_steps, num_steps):
    """The rate becomes negative. Wrong on: steps from num_steps on."""
    s = ops.cast(step, "float32") + 1.0
    return peak * ops.minimum(s / warmup_steps, (num_steps - s) / (num_steps - warmup_steps))


def wrong_3(step, peak, warmup_steps, num_steps):
    """The fall is divided by N, not by N - w. Wrong on: steps behind the crossing of the two lines."""
    s = ops.cast(step, "float32") + 1.0
    return peak * ops.maximum(0.0, ops.minimum(s / warmup_steps, (num_steps - s) / num_steps))


def wrong_4(step, peak, warmup_steps, num_steps):
    """The rate stays at its peak after the warm-up. Wrong on: steps from warmup_steps on."""
    s = ops.cast(step, "float32") + 1.0
    return peak * ops.minimum(s / warmup_steps, 1.0)


def wrong_5(step, peak, warmup_steps, num_steps):
    """Whole-number division. Wrong on: steps inside of the rise or the fall."""
    s = step + 1
    low = ops.minimum(s // warmup_steps, (num_steps - s) // (num_steps - warmup_steps))
    return peak * ops.cast(ops.maximum(low, 0), "float32")


def wrong_6(step, peak, warmup_steps, num_steps):
    """The fall follows a cosine. Wrong on: steps behind the peak, but for its middle and its end."""
    s = ops.cast(step, "float32") + 1.0
    progress = ops.clip((s - warmup_steps) / (num_steps - warmup_steps), 0.0, 1.0)
    down = 0.5 * (1.0 + ops.cos(math.pi * progress))
    return peak * ops.minimum(s / warmup_steps, down)


def wrong_7(step, peak, warmup_steps, num_steps):
    """The fall is that of the Transformer, with 1 / sqrt(s). Wrong on: steps behind the peak."""
    s = ops.cast(step, "float32") + 1.0
    return peak * ops.minimum(s / warmup_steps, ops.sqrt(warmup_steps / s))


def wrong_8(step, peak, warmup_steps, num_steps):
    """The rate gets to zero one update late. Wrong on: steps from warmup_steps to num_steps - 1."""
    s = ops.cast(step, "float32") + 1.0
    down = (num_steps + 1 - s) / (num_steps + 1 - warmup_steps)
    return peak * ops.maximum(0.0, ops.minimum(s / warmup_steps, down))


def wrong_9(step, peak, warmup_steps, num_steps):
    """BERT's own code: behind the warm-up 1 - s / N, with a jump. Wrong on: steps behind the peak."""
    s = ops.cast(step, "float32") + 1.0
    decay = peak * (1.0 - ops.minimum(s, float(num_steps)) / num_steps)
    return ops.where(s <= warmup_steps, peak * s / warmup_steps, decay)


def wrong_10(step, peak, warmup_steps, num_steps):
    """The larger of the two lines is taken. Wrong on: all steps but the one of the peak."""
    s = ops.cast(step, "float32") + 1.0
    down = (num_steps - s) / (num_steps - warmup_steps)
    return peak * ops.maximum(0.0, ops.maximum(s / warmup_steps, down))


def wrong_11(step, peak, warmup_steps, num_steps):
    """Negative rates are turned to positive ones. Wrong on: steps from num_steps on."""
    s = ops.cast(step, "float32") + 1.0
    return peak * ops.abs(ops.minimum(s / warmup_steps, (num_steps - s) / (num_steps - warmup_steps)))


def wrong_12(step, peak, warmup_steps, num_steps):
    """The rise counts the next update, the fall those made. Wrong on: steps from warmup_steps on."""
    made = ops.cast(step, "float32")
    up = (made + 1.0) / warmup_steps
    return peak * ops.maximum(0.0, ops.minimum(up, (num_steps - made) / (num_steps - warmup_steps)))


def wrong_13(step, peak, warmup_steps, num_steps):
    """The rate of the last update but one is kept. Wrong on: step num_steps - 1 and all behind it."""
    s = ops.cast(ops.minimum(step + 1, num_steps - 1), "float32")
    return peak * ops.minimum(s / warmup_steps, (num_steps - s) / (num_steps - warmup_steps))


def wrong_14(step, peak, warmup_steps, num_steps):
    """A floor of peak / 32 as in slanted triangles. Wrong on: step num_steps - 1 and all behind it."""
    s = ops.cast(step, "float32") + 1.0
    low = ops.minimum(s / warmup_steps, (num_steps - s) / (num_steps - warmup_steps))
    return peak * ops.maximum(1.0 / 32.0, low)


def wrong_15(step, peak, warmup_steps, num_steps):
    """Only the first step is looked at. Wrong on: K > 1 with different steps."""
    s = int(step[0]) + 1
    rate = peak * max(0.0, min(s / warmup_steps, (num_steps - s) / (num_steps - warmup_steps)))
    return ops.full((step.shape[0],), rate, dtype="float32")


def wrong_16(step, peak, warmup_steps, num_steps):
    """Steps are taken to follow each other. Wrong on: steps with gaps, out of order, or repeated."""
    s = ops.arange(step.shape[0], dtype="float32") + ops.cast(step[0], "float32") + 1.0
    down = (num_steps - s) / (num_steps - warmup_steps)
    return peak * ops.maximum(0.0, ops.minimum(s / warmup_steps, down))


def wrong_17(step, peak, warmup_steps, num_steps):
    """The branch looks at updates made: one update above the peak. Wrong on: step = warmup_steps."""
    s = ops.cast(step, "float32") + 1.0
    down = ops.maximum(0.0, (num_steps - s) / (num_steps - warmup_steps))
    return peak * ops.where(step <= warmup_steps, s / warmup_steps, down)


def wrong_18(step, peak, warmup_steps, num_steps):
    """N is counted from the end of the warm-up. Wrong on: steps behind the peak."""
    s = ops.cast(step, "float32") + 1.0
    down = (num_steps + warmup_steps - s) / num_steps
    return peak * ops.maximum(0.0, ops.minimum(s / warmup_steps, down))


def wrong_19(step, peak, warmup_steps, num_steps):
    """The fall begins at once and is multiplied into the rise. Wrong on: steps before the peak (too high)."""
    s = ops.cast(step, "float32") + 1.0
    up = ops.minimum(1.0, s / warmup_steps)
    return peak * up * ops.maximum(0.0, 1.0 - s / num_steps) / (1.0 - warmup_steps / num_steps)


def wrong_20(step, peak, warmup_steps, num_steps):
    """A Keras schedule with the power of 2 for the fall. Wrong on: steps between the peak and the end."""
    fall = keras.optimizers.schedules.PolynomialDecay(
        peak, num_steps - warmup_steps, end_learning_rate=0.0, power=2.0
    )
    rates = []
    for made in ops.convert_to_numpy(step).tolist():
        if made < warmup_steps:
            rates.append(peak * (made + 1) / warmup_steps)
        else:
            rates.append(float(fall(made + 1 - warmup_steps)))
    return ops.convert_to_tensor(np.array(rates, dtype="float32"))
