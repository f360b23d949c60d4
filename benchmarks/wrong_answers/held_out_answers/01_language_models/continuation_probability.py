import numpy as np
from keras import ops


def wrong_1(counts):
    """Counts the words after each word (axis 1), not the contexts before it; wrong on almost any input."""
    types = ops.sum(ops.cast(counts > 0, "float32"), axis=1)
    return types / ops.sum(types)


def wrong_2(counts):
    """Uses how often a word occurred, not in how many contexts; wrong when a count is above 1."""
    total = ops.sum(ops.cast(counts, "float32"), axis=0)
    return total / ops.sum(total)


def wrong_3(counts):
    """Divides by the number V of contexts instead of the number of seen bigrams; wrong on almost any input."""
    return ops.mean(ops.cast(counts > 0, "float32"), axis=0)


def wrong_4(counts):
    """Asks for more than one occurrence (> 1); wrong when some count is exactly 1."""
    types = ops.sum(ops.cast(counts > 1, "float32"), axis=0)
    return types / ops.maximum(ops.sum(types), 1.0)


def wrong_5(counts):
    """Normalises by a softmax over the numbers of contexts; words never seen get a share; wrong on almost any input."""
    return ops.softmax(ops.sum(ops.cast(counts > 0, "float32"), axis=0))


def wrong_6(counts):
    """Clips counts at 1 but divides by the sum of all counts, so it need not sum to one."""
    types = ops.sum(ops.cast(ops.minimum(counts, 1), "float32"), axis=0)
    return types / ops.sum(ops.cast(counts, "float32"))


def wrong_7(counts):
    """Adds one to every number of contexts; words never seen get a share; wrong on almost any input."""
    types = ops.sum(ops.cast(counts > 0, "float32"), axis=0) + 1.0
    return types / ops.sum(types)


def right_1(counts):
    """NumPy, count_nonzero, a NumPy array of float64 back."""
    types = np.count_nonzero(np.asarray(counts) > 0, axis=0)
    return types / types.sum()


def right_2(counts):
    """Loops in pure Python."""
    rows = np.asarray(counts).tolist()
    types = [sum(1 for row in rows if row[word] > 0) for word in range(len(rows))]
    everything = sum(types)
    return ops.convert_to_tensor([number / everything for number in types], dtype="float32")


def right_3(counts):
    """Keras ops, sign instead of a comparison, einsum instead of sum."""
    ones = ops.sign(ops.cast(counts, "float32"))
    contexts = ops.einsum("vw->w", ones)
    return ops.divide(contexts, ops.einsum("w->", contexts))
