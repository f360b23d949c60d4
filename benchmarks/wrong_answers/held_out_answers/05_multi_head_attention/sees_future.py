import numpy as np
from keras import ops


def two_layers(inputs, mask):
    """(T, D) and a boolean mask (T, T), True = attend → (T, D)."""
    weights = ops.cast(mask, inputs.dtype)
    weights = weights / ops.maximum(ops.sum(weights, axis=-1, keepdims=True), 1.0)
    for _ in range(2):
        inputs = inputs + ops.matmul(weights, inputs)
    return inputs


def wrong_1(inputs, mask):
    """Looks at the mask: misses what leaks over two layers by way of an earlier position. Wrong on: query t sees u before it, u sees s behind t."""
    return ops.any(ops.triu(ops.cast(mask, "int32"), k=1) > 0, axis=-1)


def wrong_2(inputs, mask):
    """Changes only the next input, not all that come after. Wrong on: leaks from further on only."""
    length = inputs.shape[0]
    before = np.array(two_layers(inputs, mask))
    leaks = []
    for t in range(length):
        changed = np.array(inputs)
        if t + 1 < length:
            changed[t + 1] += 1.0
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        leaks.append(not np.allclose(before[t], after[t]))
    return ops.convert_to_tensor(np.array(leaks))


def wrong_3(inputs, mask):
    """Changes input t, too, so that every position seems to leak; wrong on almost any input."""
    before = np.array(two_layers(inputs, mask))
    leaks = []
    for t in range(inputs.shape[0]):
        changed = np.array(inputs)
        changed[t:] += 1.0
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        leaks.append(not np.allclose(before[t], after[t]))
    return ops.convert_to_tensor(np.array(leaks))


def wrong_4(inputs, mask):
    """Compares all outputs, not output t alone. Wrong on: a mask that lets any other output see a later input."""
    before = np.array(two_layers(inputs, mask))
    leaks = []
    for t in range(inputs.shape[0]):
        changed = np.array(inputs)
        changed[t + 1 :] += 1.0
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        leaks.append(not np.allclose(before, after))
    return ops.convert_to_tensor(np.array(leaks))


def wrong_5(inputs, mask):
    """Compares all outputs up to t: a leak of an earlier position is blamed on later ones, too. Wrong on: a leak before a position that does not leak."""
    before = np.array(two_layers(inputs, mask))
    leaks = []
    for t in range(inputs.shape[0]):
        changed = np.array(inputs)
        changed[t + 1 :] += 1.0
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        leaks.append(not np.allclose(before[: t + 1], after[: t + 1]))
    return ops.convert_to_tensor(np.array(leaks))


def wrong_6(inputs, mask):
    """Only puts the later inputs in another order, which an average over all of them does not feel. Wrong on: leaks by equal weights."""
    before = np.array(two_layers(inputs, mask))
    leaks = []
    for t in range(inputs.shape[0]):
        changed = np.array(inputs)
        changed[t + 1 :] = changed[t + 1 :][::-1].copy()
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        leaks.append(not np.allclose(before[t], after[t], atol=1e-6))
    return ops.convert_to_tensor(np.array(leaks))


def wrong_7(inputs, mask):
    """Puts nan into the later inputs: nan times a weight of zero is nan, so everything seems to leak."""
    leaks = []
    for t in range(inputs.shape[0]):
        changed = np.array(inputs)
        changed[t + 1 :] = np.nan
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        leaks.append(bool(np.isnan(after[t]).any()))
    return ops.convert_to_tensor(np.array(leaks))


def wrong_8(inputs, mask):
    """Answers for the whole model with one boolean, not for each position; wrong on almost any input."""
    before = np.array(two_layers(inputs, mask))
    found = False
    for t in range(inputs.shape[0]):
        changed = np.array(inputs)
        changed[t + 1 :] += 1.0
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        found = found or not np.allclose(before[t], after[t])
    return ops.convert_to_tensor(found)


def wrong_9(inputs, mask):
    """Forgets to take a fresh copy: changes of the steps before stay, the inputs up to t among them; wrong on almost any input."""
    before = np.array(two_layers(inputs, mask))
    changed = np.array(inputs)
    leaks = []
    for t in range(inputs.shape[0]):
        changed[t + 1 :] += 1.0
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        leaks.append(not np.allclose(before[t], after[t]))
    return ops.convert_to_tensor(np.array(leaks))


def wrong_10(inputs, mask):
    """True where output t stays the same."""
    before = np.array(two_layers(inputs, mask))
    same = []
    for t in range(inputs.shape[0]):
        changed = np.array(inputs)
        changed[t + 1 :] += 1.0
        after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
        same.append(np.allclose(before[t], after[t]))
    return ops.convert_to_tensor(np.array(same))


def wrong_11(inputs, mask):
    """Changes the input at the last position only, for every t. Wrong on: leaks from other later positions only."""
    before = np.array(two_layers(inputs, mask))
    changed = np.array(inputs)
    changed[-1] += 5.0
    after = np.array(two_layers(ops.convert_to_tensor(changed), mask))
    leaks = np.abs(before - after).max(axis=-1) > 1e-6
    leaks[-1] = False
    return ops.convert_to_tensor(leaks)


def right_1(inputs, mask):
    """A loop: ten is added to all that comes after, output t compared."""
    before = two_layers(inputs, mask)
    leaks = []
    for t in range(inputs.shape[0]):
        changed = ops.concatenate([inputs[: t + 1], inputs[t + 1 :] + 10.0], axis=0)
        leaks.append(bool(ops.any(ops.abs(two_layers(changed, mask)[t] - before[t]) > 1e-4)))
    return ops.convert_to_tensor(leaks)


def right_2(inputs, mask):
    """All changed copies in one batch, the diagonal compared."""
    length = inputs.shape[0]
    later = np.arange(length)[None, :, None] > np.arange(length)[:, None, None]
    changed = inputs[None] + 8.0 * ops.cast(later, inputs.dtype)
    after = two_layers(changed, mask)
    own = ops.stack([after[t, t] for t in range(length)])
    return ops.any(ops.abs(own - two_layers(inputs, mask)) > 1e-4, axis=-1)


def right_3(inputs, mask):
    """Other numbers drawn for all later inputs, a NumPy array of booleans."""
    generator = np.random.default_rng(0)
    x = np.asarray(inputs)
    before = ops.convert_to_numpy(two_layers(inputs, mask))
    leaks = np.zeros(len(x), bool)
    for t in range(len(x) - 1):
        other = x.copy()
        other[t + 1 :] = generator.uniform(20, 30, size=other[t + 1 :].shape)
        after = ops.convert_to_numpy(two_layers(ops.convert_to_tensor(other), mask))
        leaks[t] = np.abs(after[t] - before[t]).max() > 1e-3
    return leaks


def right_4(inputs, mask):
    """One input after the other is changed; output t leaks if any later one moves it."""
    length = inputs.shape[0]
    before = two_layers(inputs, mask)
    moved = []
    for s in range(length):
        push = np.zeros(inputs.shape, "float32")
        push[s] = 50.0
        after = two_layers(inputs + ops.convert_to_tensor(push), mask)
        moved.append(ops.any(ops.abs(after - before) > 1e-3, axis=-1))
    moved = ops.cast(ops.stack(moved, axis=1), "int32")
    return ops.any(ops.triu(moved, k=1) > 0, axis=1)
