"""Answers to masked_word_logits."""

import math

import keras
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# --- helpers -----------------------------------------------------------------------------------------


def _norm(x, scale, shift, epsilon=1e-12):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return centred / ops.sqrt(variance + epsilon) * scale + shift


def _gelu(x):
    return 0.5 * x * (1.0 + ops.erf(x / math.sqrt(2.0)))


def _pick(sequence, positions):
    return ops.take_along_axis(sequence, ops.cast(positions, "int32")[:, :, None], axis=1)


def _hidden(sequence, positions, weights):
    return ops.matmul(_pick(sequence, positions), weights["kernel"]) + weights["kernel_bias"]


def _scores(u, embeddings, bias):
    return ops.matmul(u, ops.transpose(embeddings)) + bias


# --- right answers -----------------------------------------------------------------------------------


def right_1(sequence, positions, weights, embeddings):
    h = ops.take_along_axis(sequence, ops.expand_dims(positions, -1), axis=1)
    u = ops.matmul(h, weights["kernel"]) + weights["kernel_bias"]
    u = keras.activations.gelu(u, approximate=False)
    mean, variance = ops.moments(u, axes=[-1], keepdims=True)
    u = (u - mean) * ops.rsqrt(variance + 1e-12) * weights["scale"] + weights["shift"]
    return ops.matmul(u, ops.transpose(embeddings)) + weights["bias"]


def right_2(sequence, positions, weights, embeddings):
    # the places are picked by one-hot rows
    length = sequence.shape[1]
    rows = ops.one_hot(positions, length, dtype=sequence.dtype)
    h = ops.einsum("bmt,btd->bmd", rows, sequence)
    a = ops.einsum("bmd,de->bme", h, weights["kernel"]) + weights["kernel_bias"]
    a = a * (0.5 + 0.5 * ops.erf(a * 0.7071067811865476))
    u = _norm(a, weights["scale"], weights["shift"])
    return ops.einsum("bmd,vd->bmv", u, embeddings) + weights["bias"]


def right_3(sequence, positions, weights, embeddings):
    x = ops.convert_to_numpy(sequence).astype("float64")
    places = ops.convert_to_numpy(positions)
    w = {name: ops.convert_to_numpy(value).astype("float64") for name, value in weights.items()}
    table = ops.convert_to_numpy(embeddings).astype("float64")
    erf = np.vectorize(math.erf, otypes=["float64"])
    out = np.empty(places.shape + (table.shape[0],))
    for b, row in enumerate(places):
        for m, place in enumerate(row):
            a = x[b, place] @ w["kernel"] + w["kernel_bias"]
            a = a / 2 * (1 + erf(a / math.sqrt(2)))
            u = (a - a.mean()) / math.sqrt(a.var() + 1e-12) * w["scale"] + w["shift"]
            out[b, m] = table @ u + w["bias"]
    return ops.convert_to_tensor(out, dtype="float32")


def right_4(sequence, positions, weights, embeddings):
    # all rows of the batch in one long list
    batch, length, width = sequence.shape
    offset = ops.arange(batch, dtype="int32")[:, None] * length
    flat = ops.reshape(ops.cast(positions, "int32") + offset, (-1,))
    h = ops.take(ops.reshape(sequence, (batch * length, width)), flat, axis=0)
    a = ops.gelu(ops.add(ops.dot(h, weights["kernel"]), weights["kernel_bias"]), approximate=False)
    mean = ops.sum(a, axis=1, keepdims=True) / width
    variance = ops.sum((a - mean) ** 2, axis=1, keepdims=True) / width
    u = weights["scale"] * (a - mean) / ops.sqrt(variance + 1e-12) + weights["shift"]
    logits = ops.dot(u, ops.transpose(embeddings)) + weights["bias"]
    return ops.reshape(logits, (batch, positions.shape[1], embeddings.shape[0]))


# --- wrong answers -----------------------------------------------------------------------------------


def wrong_1(sequence, positions, weights, embeddings):
    """gelu by its tanh formula, not the exact one. Wrong on: everything, by about a thousandth."""
    a = ops.gelu(_hidden(sequence, positions, weights), approximate=True)
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_2(sequence, positions, weights, embeddings):
    """relu in place of gelu. Wrong on: everything."""
    a = ops.relu(_hidden(sequence, positions, weights))
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_3(sequence, positions, weights, embeddings):
    """First the norm, then gelu. Wrong on: everything."""
    a = _norm(_hidden(sequence, positions, weights), weights["scale"], weights["shift"])
    return _scores(_gelu(a), embeddings, weights["bias"])


def wrong_4(sequence, positions, weights, embeddings):
    """The norm is left out. Wrong on: everything."""
    return _scores(_gelu(_hidden(sequence, positions, weights)), embeddings, weights["bias"])


def wrong_5(sequence, positions, weights, embeddings):
    """Keras' usual epsilon of 1e-3. Wrong on: small vectors above all."""
    a = _gelu(_hidden(sequence, positions, weights))
    return _scores(_norm(a, weights["scale"], weights["shift"], 1e-3), embeddings, weights["bias"])


def wrong_6(sequence, positions, weights, embeddings):
    """The kernel is transposed. Wrong on: a kernel that is not symmetric."""
    h = _pick(sequence, positions)
    a = ops.einsum("bmd,ed->bme", h, weights["kernel"]) + weights["kernel_bias"]
    return _scores(_norm(_gelu(a), weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_7(sequence, positions, weights, embeddings):
    """No bias of the words. Wrong on: a bias that is not 0."""
    u = _norm(_gelu(_hidden(sequence, positions, weights)), weights["scale"], weights["shift"])
    return ops.matmul(u, ops.transpose(embeddings))


def wrong_8(sequence, positions, weights, embeddings):
    """Gives probabilities, after a softmax. Wrong on: everything."""
    u = _norm(_gelu(_hidden(sequence, positions, weights)), weights["scale"], weights["shift"])
    return ops.softmax(_scores(u, embeddings, weights["bias"]), axis=-1)


def wrong_9(sequence, positions, weights, embeddings):
    """The first sequence's positions are used for all. Wrong on: a batch of rows that differ."""
    h = ops.take(sequence, positions[0], axis=1)
    a = _gelu(ops.matmul(h, weights["kernel"]) + weights["kernel_bias"])
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_10(sequence, positions, weights, embeddings):
    """Flattened without the rows' offsets: all is read from the first sequence. Wrong on: B > 1."""
    flat = ops.reshape(sequence, (-1, sequence.shape[-1]))
    h = ops.take(flat, positions, axis=0)
    a = _gelu(ops.matmul(h, weights["kernel"]) + weights["kernel_bias"])
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_11(sequence, positions, weights, embeddings):
    """The table is reshaped to (D, V), not transposed. Wrong on: everything."""
    vocabulary, width = embeddings.shape
    u = _norm(_gelu(_hidden(sequence, positions, weights)), weights["scale"], weights["shift"])
    return ops.matmul(u, ops.reshape(embeddings, (width, vocabulary))) + weights["bias"]


def wrong_12(sequence, positions, weights, embeddings):
    """No bias of the kernel. Wrong on: a kernel bias that is not 0."""
    a = _gelu(ops.matmul(_pick(sequence, positions), weights["kernel"]))
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_13(sequence, positions, weights, embeddings):
    """Scores are divided by the root of D, as in attention. Wrong on: everything, D > 1."""
    u = _norm(_gelu(_hidden(sequence, positions, weights)), weights["scale"], weights["shift"])
    return ops.matmul(u, ops.transpose(embeddings)) / math.sqrt(u.shape[-1]) + weights["bias"]


def wrong_14(sequence, positions, weights, embeddings):
    """The vector itself is added to what gelu gives (a residual). Wrong on: everything."""
    h = _pick(sequence, positions)
    a = h + _gelu(ops.matmul(h, weights["kernel"]) + weights["kernel_bias"])
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_15(sequence, positions, weights, embeddings):
    """gelu's fast form, x sigmoid(1.702 x). Wrong on: everything, by about a hundredth."""
    a = _hidden(sequence, positions, weights)
    a = a * ops.sigmoid(1.702 * a)
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_16(sequence, positions, weights, embeddings):
    """erf of x, not of x / sqrt(2). Wrong on: everything."""
    a = _hidden(sequence, positions, weights)
    a = 0.5 * a * (1.0 + ops.erf(a))
    return _scores(_norm(a, weights["scale"], weights["shift"]), embeddings, weights["bias"])


def wrong_17(sequence, positions, weights, embeddings):
    """No epsilon: 0 / 0. Wrong on: a vector of which gelu makes zeros only."""
    a = _gelu(_hidden(sequence, positions, weights))
    mean, variance = ops.moments(a, axes=[-1], keepdims=True)
    u = (a - mean) / ops.sqrt(variance) * weights["scale"] + weights["shift"]
    return _scores(u, embeddings, weights["bias"])


def wrong_18(sequence, positions, weights, embeddings):
    """Scale and shift of the norm are left out. Wrong on: scale not 1 or shift not 0."""
    a = _gelu(_hidden(sequence, positions, weights))
    u = keras.layers.LayerNormalization(epsilon=1e-12, center=False, scale=False)(a)
    return _scores(u, embeddings, weights["bias"])


def wrong_19(sequence, positions, weights, embeddings):
    """The norm goes over the M places. Wrong on: everything."""
    a = _gelu(_hidden(sequence, positions, weights))
    mean = ops.mean(a, axis=1, keepdims=True)
    variance = ops.var(a, axis=1, keepdims=True)
    u = (a - mean) / ops.sqrt(variance + 1e-12) * weights["scale"] + weights["shift"]
    return _scores(u, embeddings, weights["bias"])


def wrong_20(sequence, positions, weights, embeddings):
    """The words' vectors are brought to length 1 (cosine). Wrong on: vectors of other lengths."""
    u = _norm(_gelu(_hidden(sequence, positions, weights)), weights["scale"], weights["shift"])
    length = ops.sqrt(ops.sum(ops.square(embeddings), axis=-1, keepdims=True))
    return ops.matmul(u, ops.transpose(embeddings / (length + 1e-12))) + weights["bias"]


def wrong_21(sequence, positions, weights, embeddings):
    """The places are brought into order first. Wrong on: positions that are not ascending."""
    places = ops.sort(positions, axis=1)
    u = _norm(_gelu(_hidden(sequence, places, weights)), weights["scale"], weights["shift"])
    return _scores(u, embeddings, weights["bias"])


def wrong_22(sequence, positions, weights, embeddings):
    """Position 0 is taken for padding: its scores are 0. Wrong on: a position of 0."""
    u = _norm(_gelu(_hidden(sequence, positions, weights)), weights["scale"], weights["shift"])
    logits = _scores(u, embeddings, weights["bias"])
    return logits * ops.cast(positions > 0, logits.dtype)[..., None]
