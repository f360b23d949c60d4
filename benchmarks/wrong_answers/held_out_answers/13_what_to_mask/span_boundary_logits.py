import keras
import numpy as np
from keras import ops


def right_1(sequence, left, right, places, weights, embeddings):
    x_left = ops.take_along_axis(sequence, ops.expand_dims(left, -1), axis=1)
    x_right = ops.take_along_axis(sequence, ops.expand_dims(right, -1), axis=1)
    place = ops.take(weights["places"], places - 1, axis=0)
    h = ops.concatenate([x_left, x_right, place], axis=-1)
    for j in (1, 2):
        h = ops.matmul(h, weights[f"kernel_{j}"]) + weights[f"bias_{j}"]
        h = ops.gelu(h, approximate=False)
        mean = ops.mean(h, axis=-1, keepdims=True)
        variance = ops.mean(ops.square(h - mean), axis=-1, keepdims=True)
        h = (h - mean) / ops.sqrt(variance + 1e-12)
        h = h * weights[f"scale_{j}"] + weights[f"shift_{j}"]
    return ops.matmul(h, ops.transpose(embeddings)) + weights["bias"]


def right_2(sequence, left, right, places, weights, embeddings):
    # One-hot rows in place of gathers, and the first kernel in three parts, with no concatenation.
    length, channels = sequence.shape[1], sequence.shape[2]
    kernel = weights["kernel_1"]
    parts = kernel[:channels], kernel[channels : 2 * channels], kernel[2 * channels :]
    pick_left = ops.one_hot(left, length, dtype=sequence.dtype)
    pick_right = ops.one_hot(right, length, dtype=sequence.dtype)
    pick_place = ops.one_hot(places - 1, weights["places"].shape[0], dtype=sequence.dtype)
    z = ops.einsum("bmt,btd,de->bme", pick_left, sequence, parts[0])
    z = z + ops.einsum("bmt,btd,de->bme", pick_right, sequence, parts[1])
    z = z + ops.einsum("bml,lq,qe->bme", pick_place, weights["places"], parts[2])

    def activate(z, j):
        g = ops.gelu(z + weights[f"bias_{j}"], approximate=False)
        centred = g - ops.mean(g, axis=-1, keepdims=True)
        spread = ops.rsqrt(ops.mean(centred * centred, axis=-1, keepdims=True) + 1e-12)
        return centred * spread * weights[f"scale_{j}"] + weights[f"shift_{j}"]

    h = activate(z, 1)
    h = activate(ops.einsum("bmd,de->bme", h, weights["kernel_2"]), 2)
    return ops.einsum("bmd,vd->bmv", h, embeddings) + weights["bias"]


def _token(x_left, x_right, place, weights, embeddings):
    h = ops.concatenate([x_left, x_right, place], axis=0)
    for j in "12":
        h = ops.sum(h[:, None] * weights["kernel_" + j], axis=0) + weights["bias_" + j]
        h = 0.5 * h * (1.0 + ops.erf(h / np.sqrt(2.0).astype("float32")))
        h = h - ops.mean(h)
        h = h / ops.sqrt(ops.mean(h * h) + 1e-12)
        h = weights["scale_" + j] * h + weights["shift_" + j]
    return ops.sum(embeddings * h[None, :], axis=1) + weights["bias"]


def right_3(sequence, left, right, places, weights, embeddings):
    lefts = ops.convert_to_numpy(left)
    rights = ops.convert_to_numpy(right)
    rows = ops.convert_to_numpy(places) - 1
    logits = []
    for b in range(lefts.shape[0]):
        logits.append(
            ops.stack(
                [
                    _token(
                        sequence[b, int(lefts[b, m])],
                        sequence[b, int(rights[b, m])],
                        weights["places"][int(rows[b, m])],
                        weights,
                        embeddings,
                    )
                    for m in range(lefts.shape[1])
                ]
            )
        )
    return ops.stack(logits)


def right_4(sequence, left, right, places, weights, embeddings):
    batch, length, channels = sequence.shape
    flat = ops.reshape(sequence, (batch * length, channels))
    offset = ops.cast(ops.arange(batch) * length, left.dtype)[:, None]
    both = ops.take(flat, ops.stack([left + offset, right + offset], axis=-1), axis=0)
    both = ops.reshape(both, (batch, left.shape[1], 2 * channels))
    table = ops.concatenate([ops.zeros_like(weights["places"][:1]), weights["places"]], axis=0)
    h = ops.concatenate([both, ops.take(table, places, axis=0)], axis=-1)
    for j in (1, 2):
        kernel, bias = weights["kernel_%d" % j], weights["bias_%d" % j]
        h = keras.activations.gelu(ops.dot(h, kernel) + bias, approximate=False)
        mean, variance = ops.moments(h, axes=[-1], keepdims=True)
        h = weights["scale_%d" % j] * ((h - mean) / ops.sqrt(variance + 1e-12)) + weights["shift_%d" % j]
    return ops.add(ops.tensordot(h, embeddings, axes=[[2], [1]]), weights["bias"])


def _gather(sequence, positions):
    return ops.take_along_axis(sequence, ops.expand_dims(positions, -1), axis=1)


def _norm(h, weights, j, epsilon=1e-12):
    mean = ops.mean(h, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(h - mean), axis=-1, keepdims=True)
    return (h - mean) / ops.sqrt(variance + epsilon) * weights[f"scale_{j}"] + weights[f"shift_{j}"]


def _dense(h, weights, j):
    return ops.matmul(h, weights[f"kernel_{j}"]) + weights[f"bias_{j}"]


def _gelu(h):
    return ops.gelu(h, approximate=False)


def _start(sequence, left, right, places, weights):
    place = ops.take(weights["places"], places - 1, axis=0)
    return ops.concatenate([_gather(sequence, left), _gather(sequence, right), place], axis=-1)


def _end(h, weights, embeddings):
    return ops.matmul(h, ops.transpose(embeddings)) + weights["bias"]


def _two_layers(h, weights):
    for j in (1, 2):
        h = _norm(_gelu(_dense(h, weights, j)), weights, j)
    return h


def wrong_1(sequence, left, right, places, weights, embeddings):
    """Place 1 has the second row of the table. Wrong on: everything."""
    rows = ops.minimum(places, weights["places"].shape[0] - 1)
    place = ops.take(weights["places"], rows, axis=0)
    h = ops.concatenate([_gather(sequence, left), _gather(sequence, right), place], axis=-1)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_2(sequence, left, right, places, weights, embeddings):
    """Right comes in front of left. Wrong on: everything, but where both boundaries have the same vector."""
    h = _start(sequence, right, left, places, weights)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_3(sequence, left, right, places, weights, embeddings):
    """The place stands between left and right. Wrong on: everything."""
    place = ops.take(weights["places"], places - 1, axis=0)
    h = ops.concatenate([_gather(sequence, left), place, _gather(sequence, right)], axis=-1)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_4(sequence, left, right, places, weights, embeddings):
    """The approximate gelu, with tanh. Wrong on: everything, by about a thousandth."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        h = _norm(ops.gelu(_dense(h, weights, j), approximate=True), weights, j)
    return _end(h, weights, embeddings)


def wrong_5(sequence, left, right, places, weights, embeddings):
    """Keras's own epsilon of 0.001. Wrong on: activations with a small variance."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        h = _norm(_gelu(_dense(h, weights, j)), weights, j, epsilon=1e-3)
    return _end(h, weights, embeddings)


def wrong_6(sequence, left, right, places, weights, embeddings):
    """Norm first, gelu behind it. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        h = _gelu(_norm(_dense(h, weights, j), weights, j))
    return _end(h, weights, embeddings)


def wrong_7(sequence, left, right, places, weights, embeddings):
    """One layer only, as in the head of masked words. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    h = _norm(_gelu(_dense(h, weights, 1)), weights, 1)
    return _end(h, weights, embeddings)


def wrong_8(sequence, left, right, places, weights, embeddings):
    """The first norm's scale and shift are used twice. Wrong on: norms with different ones."""
    h = _start(sequence, left, right, places, weights)
    h = _norm(_gelu(_dense(h, weights, 1)), weights, 1)
    h = _norm(_gelu(_dense(h, weights, 2)), weights, 1)
    return _end(h, weights, embeddings)


def wrong_9(sequence, left, right, places, weights, embeddings):
    """A residual connection around the second layer. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    h = _norm(_gelu(_dense(h, weights, 1)), weights, 1)
    h = _norm(h + _gelu(_dense(h, weights, 2)), weights, 2)
    return _end(h, weights, embeddings)


def wrong_10(sequence, left, right, places, weights, embeddings):
    """The words' bias is left out. Wrong on: a bias that is not 0."""
    h = _two_layers(_start(sequence, left, right, places, weights), weights)
    return ops.einsum("bmd,vd->bmv", h, embeddings)


def wrong_11(sequence, left, right, places, weights, embeddings):
    """Reads the boundaries of all from the first sequence. Wrong on: batches of more than one."""
    flat = ops.reshape(sequence, (-1, sequence.shape[-1]))
    place = ops.take(weights["places"], places - 1, axis=0)
    h = ops.concatenate([ops.take(flat, left, axis=0), ops.take(flat, right, axis=0), place], axis=-1)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_12(sequence, left, right, places, weights, embeddings):
    """Returns probabilities. Wrong on: everything."""
    h = _two_layers(_start(sequence, left, right, places, weights), weights)
    return ops.softmax(_end(h, weights, embeddings), axis=-1)


def wrong_13(sequence, left, right, places, weights, embeddings):
    """Returns logarithms of probabilities. Wrong on: everything."""
    h = _two_layers(_start(sequence, left, right, places, weights), weights)
    return ops.log_softmax(_end(h, weights, embeddings), axis=-1)


def wrong_14(sequence, left, right, places, weights, embeddings):
    """Normalises over the tokens of the spans, not over the channels. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        g = _gelu(_dense(h, weights, j))
        mean = ops.mean(g, axis=1, keepdims=True)
        variance = ops.var(g, axis=1, keepdims=True)
        h = (g - mean) / ops.sqrt(variance + 1e-12) * weights[f"scale_{j}"] + weights[f"shift_{j}"]
    return _end(h, weights, embeddings)


def wrong_15(sequence, left, right, places, weights, embeddings):
    """The layers' own biases are left out. Wrong on: biases that are not 0."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        h = _norm(_gelu(ops.matmul(h, weights[f"kernel_{j}"])), weights, j)
    return _end(h, weights, embeddings)


def wrong_16(sequence, left, right, places, weights, embeddings):
    """Reads the span's own token for the right boundary. Wrong on: nearly everything."""
    h = _start(sequence, left, left + places, places, weights)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_17(sequence, left, right, places, weights, embeddings):
    """No gelu in the second layer. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    h = _norm(_gelu(_dense(h, weights, 1)), weights, 1)
    h = _norm(_dense(h, weights, 2), weights, 2)
    return _end(h, weights, embeddings)


def wrong_18(sequence, left, right, places, weights, embeddings):
    """No norm behind the second layer. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    h = _norm(_gelu(_dense(h, weights, 1)), weights, 1)
    return _end(_gelu(_dense(h, weights, 2)), weights, embeddings)


def wrong_19(sequence, left, right, places, weights, embeddings):
    """Scale and shift are left out. Wrong on: scales other than 1 or shifts other than 0."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        g = _gelu(_dense(h, weights, j))
        g = g - ops.mean(g, axis=-1, keepdims=True)
        h = g / ops.sqrt(ops.mean(ops.square(g), axis=-1, keepdims=True) + 1e-12)
    return _end(h, weights, embeddings)


def wrong_20(sequence, left, right, places, weights, embeddings):
    """The variance with D - 1. Wrong on: everything, by a factor that shrinks as D grows."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        g = _gelu(_dense(h, weights, j))
        g = g - ops.mean(g, axis=-1, keepdims=True)
        variance = ops.sum(ops.square(g), axis=-1, keepdims=True) / (g.shape[-1] - 1)
        h = g / ops.sqrt(variance + 1e-12) * weights[f"scale_{j}"] + weights[f"shift_{j}"]
    return _end(h, weights, embeddings)


def wrong_21(sequence, left, right, places, weights, embeddings):
    """The boundaries of the first token are used for all of a sequence. Wrong on: sequences with two
    spans."""
    left = ops.zeros_like(left) + left[:, :1]
    right = ops.zeros_like(right) + right[:, :1]
    h = _start(sequence, left, right, places, weights)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_22(sequence, left, right, places, weights, embeddings):
    """Counts the places from the end of the table, as places - 1 with a wrong sign. Wrong on: everything."""
    h = _start(sequence, left, right, weights["places"].shape[0] + 1 - places, weights)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_23(sequence, left, right, places, weights, embeddings):
    """Divides by the root of the mean square, with no mean taken off. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        g = _gelu(_dense(h, weights, j))
        g = g * ops.rsqrt(ops.mean(g * g, axis=-1, keepdims=True) + 1e-12)
        h = g * weights[f"scale_{j}"] + weights[f"shift_{j}"]
    return _end(h, weights, embeddings)


def wrong_24(sequence, left, right, places, weights, embeddings):
    """relu in place of gelu. Wrong on: everything."""
    h = _start(sequence, left, right, places, weights)
    for j in (1, 2):
        h = _norm(ops.relu(_dense(h, weights, j)), weights, j)
    return _end(h, weights, embeddings)


def wrong_25(sequence, left, right, places, weights, embeddings):
    """Reads one token further out: takes left and right for the span's own ends. Wrong on: nearly
    everything."""
    last = sequence.shape[1] - 1
    h = _start(sequence, ops.maximum(left - 1, 0), ops.minimum(right + 1, last), places, weights)
    return _end(_two_layers(h, weights), weights, embeddings)


def wrong_26(sequence, left, right, places, weights, embeddings):
    """The scores are divided by the root of D, as in attention. Wrong on: everything with D > 1."""
    h = _two_layers(_start(sequence, left, right, places, weights), weights)
    scores = ops.matmul(h, ops.transpose(embeddings)) / sequence.shape[-1] ** 0.5
    return scores + weights["bias"]
