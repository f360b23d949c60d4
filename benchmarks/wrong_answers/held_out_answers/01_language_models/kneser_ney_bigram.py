import numpy as np
from keras import ops


def wrong_1(counts, discount):
    """Divides by zero in rows of contexts never seen: nan there."""
    counts = ops.cast(counts, "float32")
    total = ops.sum(counts, axis=1, keepdims=True)
    types = ops.sum(ops.cast(counts > 0, "float32"), axis=0)
    base = types / ops.sum(types)
    followers = ops.sum(ops.cast(counts > 0, "float32"), axis=1, keepdims=True)
    return ops.maximum(counts - discount, 0.0) / total + discount * followers / total * base


def wrong_2(counts, discount):
    """Guards the division by max(c, 1) only, so contexts never seen get a row of zeros; wrong on almost any input."""
    counts = ops.cast(counts, "float32")
    total = ops.maximum(ops.sum(counts, axis=1, keepdims=True), 1.0)
    seen = ops.cast(counts > 0, "float32")
    base = ops.sum(seen, axis=0) / ops.sum(seen)
    followers = ops.sum(seen, axis=1, keepdims=True)
    return (ops.maximum(counts - discount, 0.0) + discount * followers * base) / total


def wrong_3(counts, discount):
    """Takes the discount from counts of zero, too, without the maximum; rows no longer sum to one. Wrong on: a seen context that some word never follows (D above 0)."""
    counts = ops.cast(counts, "float32")
    total = ops.sum(counts, axis=1, keepdims=True)
    seen = ops.cast(counts > 0, "float32")
    base = ops.sum(seen, axis=0) / ops.sum(seen)
    followers = ops.sum(seen, axis=1, keepdims=True)
    safe = ops.maximum(total, 1.0)
    rows = (counts - discount) / safe + discount * followers / safe * base
    return ops.where(total > 0, rows, base[None, :])


def wrong_4(counts, discount):
    """Spreads D / c(v) and forgets the number of words that follow; wrong after two kinds of follower."""
    counts = ops.cast(counts, "float32")
    total = ops.sum(counts, axis=1, keepdims=True)
    seen = ops.cast(counts > 0, "float32")
    base = ops.sum(seen, axis=0) / ops.sum(seen)
    safe = ops.maximum(total, 1.0)
    rows = ops.maximum(counts - discount, 0.0) / safe + discount / safe * base
    return ops.where(total > 0, rows, base[None, :])


def wrong_5(counts, discount):
    """Falls back on the plain frequency of words instead of continuation probability; wrong on almost any input."""
    counts = ops.cast(counts, "float32")
    total = ops.sum(counts, axis=1, keepdims=True)
    base = ops.sum(counts, axis=0) / ops.sum(counts)
    followers = ops.sum(ops.cast(counts > 0, "float32"), axis=1, keepdims=True)
    safe = ops.maximum(total, 1.0)
    rows = ops.maximum(counts - discount, 0.0) / safe + discount * followers / safe * base
    return ops.where(total > 0, rows, base[None, :])


def wrong_6(counts, discount):
    """Ignores its argument and always discounts 0.75."""
    counts = ops.cast(counts, "float32")
    total = ops.sum(counts, axis=1, keepdims=True)
    seen = ops.cast(counts > 0, "float32")
    base = ops.sum(seen, axis=0) / ops.sum(seen)
    followers = ops.sum(seen, axis=1, keepdims=True)
    safe = ops.maximum(total, 1.0)
    rows = ops.maximum(counts - 0.75, 0.0) / safe + 0.75 * followers / safe * base
    return ops.where(total > 0, rows, base[None, :])


def wrong_7(counts, discount):
    """Gives contexts never seen the uniform distribution, not p(w); wrong on almost any input."""
    c = np.array(counts, dtype="float64")
    seen = c > 0
    base = seen.sum(0) / seen.sum()
    result = np.full_like(c, 1 / len(c))
    for v in range(len(c)):
        n = c[v].sum()
        if n > 0:
            result[v] = np.maximum(c[v] - discount, 0) / n + discount * seen[v].sum() / n * base
    return ops.convert_to_tensor(result, dtype="float32")


def wrong_8(counts, discount):
    """Takes the numbers of followers down the columns: N(. v) where N(v .) is asked."""
    counts = ops.cast(counts, "float32")
    total = ops.sum(counts, axis=1, keepdims=True)
    seen = ops.cast(counts > 0, "float32")
    types = ops.sum(seen, axis=0)
    base = types / ops.sum(types)
    safe = ops.maximum(total, 1.0)
    rows = ops.maximum(counts - discount, 0.0) / safe + discount * types[:, None] / safe * base
    return ops.where(total > 0, rows, base[None, :])


def wrong_9(counts, discount):
    """Rescales the discounted counts to one instead of spreading what was taken. Wrong on: a discount above 0."""
    counts = ops.cast(counts, "float32")
    seen = ops.cast(counts > 0, "float32")
    base = ops.sum(seen, axis=0) / ops.sum(seen)
    less = ops.maximum(counts - discount, 0.0)
    total = ops.sum(less, axis=1, keepdims=True)
    return ops.where(total > 0, less / ops.maximum(total, 1e-9), base[None, :])


def right_1(counts, discount):
    """Loops in pure Python."""
    c = np.asarray(counts).tolist()
    size = len(c)
    contexts = [sum(c[v][w] > 0 for v in range(size)) for w in range(size)]
    base = [n / sum(contexts) for n in contexts]
    table = []
    for row in c:
        n = sum(row)
        if n == 0:
            table.append(base)
            continue
        spread = discount * sum(x > 0 for x in row) / n
        table.append([max(x - discount, 0) / n + spread * p for x, p in zip(row, base)])
    return ops.convert_to_tensor(table, dtype="float32")


def right_2(counts, discount):
    """NumPy in float64; what is taken measured as the sum of the minima."""
    c = np.asarray(counts).astype("float64")
    taken = np.minimum(c, discount)
    n = c.sum(axis=1)
    base = (c > 0).sum(axis=0)
    base = base / base.sum()
    result = np.tile(base, (c.shape[0], 1))
    some = n > 0
    result[some] = (c[some] - taken[some] + np.outer(taken[some].sum(1), base)) / n[some, None]
    return result


def right_3(counts, discount):
    """Keras ops; the share of the fallback is what is missing to one."""
    c = ops.cast(counts, "float32")
    base = ops.sum(ops.sign(c), axis=0)
    base = base / ops.sum(base)
    total = ops.sum(c, axis=-1, keepdims=True)
    direct = ops.relu(c - discount) / ops.where(total > 0, total, ops.ones_like(total))
    return direct + (1.0 - ops.sum(direct, axis=-1, keepdims=True)) * base
