import numpy as np
from keras import ops


def normalise(inputs):
    """Layer normalisation without scale and shift."""
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    return centred / ops.sqrt(ops.mean(ops.square(centred), axis=-1, keepdims=True) + 1e-5)


def attend(query, value, mask, kernels):
    """Attention of (B, T, D) over (B, S, D); mask, True = attend, broadcasts to (B, T, S)."""
    query, key, value = (ops.matmul(x, w) for x, w in zip((query, value, value), kernels, strict=True))
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / key.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(ops.where(mask, scores, -1e9), axis=-1), value)


def network(inputs, kernels):
    """The position-wise network, without biases."""
    return ops.matmul(ops.relu(ops.matmul(inputs, kernels[0])), kernels[1])


def wrong_1(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """The self-attention sees the future; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = ops.ones_like(places[:, None] + places[None, :], dtype="bool")
    x = normalise(inputs)
    inputs = inputs + attend(x, x, causal, causal_kernels)
    inputs = inputs + attend(normalise(inputs), memory, memory_mask[:, None], cross_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_2(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """A position does not see itself (> instead of >=); wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] > places[None, :]
    x = normalise(inputs)
    inputs = inputs + attend(x, x, causal, causal_kernels)
    inputs = inputs + attend(normalise(inputs), memory, memory_mask[:, None], cross_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_3(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Normalises the memory, too, which is to be taken as it is; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    inputs = inputs + attend(x, x, causal, causal_kernels)
    inputs = inputs + attend(normalise(inputs), normalise(memory), memory_mask[:, None], cross_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_4(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Asks the memory with the inputs of the block, not with what the first part returned; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    first = inputs + attend(x, x, causal, causal_kernels)
    inputs = first + attend(x, memory, memory_mask[:, None], cross_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_5(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Ignores the padding of the memory; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    inputs = inputs + attend(x, x, causal, causal_kernels)
    inputs = inputs + attend(normalise(inputs), memory, ops.ones_like(memory_mask[:, None]), cross_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_6(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Post-norm: each part on the raw inputs, the sum normalised; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs + attend(inputs, inputs, causal, causal_kernels))
    x = normalise(x + attend(x, memory, memory_mask[:, None], cross_kernels))
    return normalise(x + network(x, network_kernels))


def wrong_7(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """No residual path around the cross-attention; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    inputs = inputs + attend(x, x, causal, causal_kernels)
    inputs = attend(normalise(inputs), memory, memory_mask[:, None], cross_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_8(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Cross-attention before self-attention; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    inputs = inputs + attend(normalise(inputs), memory, memory_mask[:, None], cross_kernels)
    x = normalise(inputs)
    inputs = inputs + attend(x, x, causal, causal_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_9(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Only the queries of the self-attention are normalised, keys and values come from the raw inputs; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    inputs = inputs + attend(x, inputs, causal, causal_kernels)
    inputs = inputs + attend(normalise(inputs), memory, memory_mask[:, None], cross_kernels)
    return inputs + network(normalise(inputs), network_kernels)


def wrong_10(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Adds the normalised inputs on the residual paths; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    x = normalise(x + attend(x, x, causal, causal_kernels))
    x = normalise(x + attend(x, memory, memory_mask[:, None], cross_kernels))
    return x + network(x, network_kernels)


def wrong_11(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """The three parts side by side on the same inputs, their outputs added; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    own = attend(x, x, causal, causal_kernels)
    other = attend(x, memory, memory_mask[:, None], cross_kernels)
    return inputs + own + other + network(x, network_kernels)


def wrong_12(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """One normalisation more, at the end of the block; wrong on almost any input."""
    places = ops.arange(inputs.shape[1])
    causal = places[:, None] >= places[None, :]
    x = normalise(inputs)
    inputs = inputs + attend(x, x, causal, causal_kernels)
    inputs = inputs + attend(normalise(inputs), memory, memory_mask[:, None], cross_kernels)
    return normalise(inputs + network(normalise(inputs), network_kernels))


def right_1(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Keras ops in three steps, the mask a triangle of NumPy."""
    causal = ops.convert_to_tensor(np.tri(inputs.shape[1], dtype=bool))
    x = normalise(inputs)
    first = inputs + attend(x, x, causal[None], causal_kernels)
    second = first + attend(normalise(first), memory, ops.expand_dims(memory_mask, 1), cross_kernels)
    return second + network(normalise(second), network_kernels)


def right_2(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """A list of the parts, run through in a loop."""
    size = inputs.shape[1]
    causal = ops.cast(ops.tril(ops.ones((size, size))), "bool")
    parts = [
        lambda x: attend(x, x, causal, causal_kernels),
        lambda x: attend(x, memory, memory_mask[:, None, :], cross_kernels),
        lambda x: network(x, network_kernels),
    ]
    for part in parts:
        inputs = ops.add(inputs, part(normalise(inputs)))
    return inputs


def right_3(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """NumPy throughout, without the given parts."""

    def norm(a):
        a = a - a.mean(-1, keepdims=True)
        return a / np.sqrt((a * a).mean(-1, keepdims=True) + np.float32(1e-5))

    def look(a, b, mask, kernels):
        wq, wk, wv = (np.asarray(w) for w in kernels)
        scores = (a @ wq) @ (b @ wk).swapaxes(1, 2) / np.sqrt(np.float32(wk.shape[1]))
        scores = np.where(mask, scores, -np.inf)
        e = np.exp(scores - scores.max(-1, keepdims=True))
        return (e / e.sum(-1, keepdims=True)) @ (b @ wv)

    y, m = np.asarray(inputs), np.asarray(memory)
    y = y + look(norm(y), norm(y), np.tri(y.shape[1], dtype=bool), causal_kernels)
    y = y + look(norm(y), m, np.asarray(memory_mask)[:, None], cross_kernels)
    w1, w2 = (np.asarray(w) for w in network_kernels)
    return y + np.maximum(norm(y) @ w1, 0) @ w2


def right_4(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    """Self-attention position by position on what is before it, no mask needed."""
    x = normalise(inputs)
    seen = ops.ones((1, 1, 1), dtype="bool")
    own = [attend(x[:, t : t + 1], x[:, : t + 1], seen, causal_kernels) for t in range(inputs.shape[1])]
    y = inputs + ops.concatenate(own, axis=1)
    y += attend(normalise(y), memory, ops.reshape(memory_mask, (-1, 1, memory.shape[1])), cross_kernels)
    return y + network(normalise(y), network_kernels)
