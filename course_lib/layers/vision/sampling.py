"""Reading a row of samples at another rate."""

from keras import ops


def sampling_weights(start, stop, num_in, num_out):
    """Weights that stretch a part of a row of samples over another number of samples.

    `step = (stop - start) num_in / num_out`, samples that are read for one that is written
    `place[o] = start num_in + (o + 1/2) step - 1/2`
    `weights[o, i] ∝ max(0, 1 - |place[o] - i| / max(1, step))`, each row summing to one

    Sample `i` is the middle of its cell, which reaches from `i` to `i + 1`. Where more samples are written
    than read, this is linear interpolation; where fewer, all that are read count, so that nothing is skipped.
    Within one sample beyond the ends the outermost samples go on; further out there is nothing.

    Args:
        start, stop: floats `(…,)`, where the part begins and ends; 0 and 1 are the ends of the row.
        num_in, num_out: ints, how many samples there are, and how many are wanted.

    Returns:
        float32 `(…, num_out, num_in)`; rows of zeros for places far outside.

    Raises:
        ValueError: if a number is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers.vision.sampling import sampling_weights
        >>> ops.convert_to_numpy(sampling_weights(0.0, 1.0, 2, 4)).tolist()
        [[1.0, 0.0], [0.75, 0.25], [0.25, 0.75], [0.0, 1.0]]
    """
    if num_in is None or min(num_in, num_out) < 1:
        raise ValueError(
            f"Numbers of samples must be known and positive. Received: num_in={num_in}, num_out={num_out}."
        )
    start, stop = (ops.cast(ops.convert_to_tensor(end), "float32")[..., None, None] for end in (start, stop))
    step = (stop - start) * (num_in / num_out)
    middles = ops.arange(num_out, dtype="float32")[:, None] + 0.5
    places = start * num_in + middles * step - 0.5  # (…, num_out, 1)
    away = ops.abs(places - ops.arange(num_in, dtype="float32"))  # (…, num_out, num_in)
    weights = ops.relu(1.0 - away / ops.maximum(step, 1.0))
    return weights / ops.maximum(ops.sum(weights, axis=-1, keepdims=True), 1e-6)
