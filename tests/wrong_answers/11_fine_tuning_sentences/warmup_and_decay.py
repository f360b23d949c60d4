"""Wrong answers to `warmup_and_decay` beside its mutants."""

from keras import ops


def _update(step):
    return ops.cast(step, "float32") + 1.0


def _fall(update, warmup_steps, num_steps):
    return (num_steps - update) / (num_steps - warmup_steps)


def counted_two_ways__late_rise(step, peak, warmup_steps, num_steps):
    update = _update(step)
    fall = _fall(update, warmup_steps, num_steps)
    return peak * ops.where(step < warmup_steps, (update - 1) / warmup_steps, ops.relu(fall))


def fall_from_the_first_update__lower_of_both(step, peak, warmup_steps, num_steps):
    update = _update(step)
    return peak * ops.relu(ops.minimum(update / warmup_steps, (num_steps - update) / num_steps))


def rise_missing__from_the_first_update(step, peak, warmup_steps, num_steps):
    return peak * ops.relu(1.0 - _update(step) / num_steps)


def max_for_min__clipped(step, peak, warmup_steps, num_steps):
    update = _update(step)
    return peak * ops.minimum(ops.maximum(update / warmup_steps, _fall(update, warmup_steps, num_steps)), 1.0)


def fall_bent__squared(step, peak, warmup_steps, num_steps):
    update = _update(step)
    fall = ops.relu(_fall(update, warmup_steps, num_steps)) ** 2
    return peak * ops.minimum(update / warmup_steps, fall)


def whole_division(step, peak, warmup_steps, num_steps):
    update = step + 1
    rise = ops.cast(update // warmup_steps, "float32")
    return peak * ops.relu(ops.minimum(rise, _fall(_update(step), warmup_steps, num_steps)))


def tenth_of_the_peak_at_the_end(step, peak, warmup_steps, num_steps):
    update = _update(step)
    return peak * ops.maximum(ops.minimum(update / warmup_steps, _fall(update, warmup_steps, num_steps)), 0.1)


def lines_multiplied(step, peak, warmup_steps, num_steps):
    update = _update(step)
    return peak * ops.relu(update / warmup_steps * _fall(update, warmup_steps, num_steps))


def rise_one_longer(step, peak, warmup_steps, num_steps):
    update = _update(step)
    fall = _fall(update, warmup_steps + 1, num_steps + 1)
    return peak * ops.relu(ops.minimum(update / (warmup_steps + 1), fall))


def peak_held_half_the_time(step, peak, warmup_steps, num_steps):
    update = _update(step)
    fall = 2.0 * _fall(update, warmup_steps, num_steps)
    return peak * ops.relu(ops.minimum(ops.minimum(update / warmup_steps, 1.0), fall))


def steps_sorted(step, peak, warmup_steps, num_steps):
    update = ops.sort(_update(step))
    fall = _fall(update, warmup_steps, num_steps)
    return peak * ops.relu(ops.minimum(update / warmup_steps, fall))


def nothing_behind_the_peak(step, peak, warmup_steps, num_steps):
    rise = _update(step) / warmup_steps
    return peak * ops.where(rise <= 1.0, rise, 0.0)
