import numpy as np
from keras import ops


def wrong_1(scores, log_probabilities):
    """The best token of each hypothesis, sorted: not the best of all together. Wrong on: two of the K best having one parent."""
    best = ops.max(log_probabilities, axis=-1) + scores
    tokens = ops.argmax(log_probabilities, axis=-1)
    order = ops.flip(ops.argsort(best), axis=0)
    return ops.take(best, order), order, ops.take(tokens, order)


def wrong_2(scores, log_probabilities):
    """Ignores what the hypotheses have scored so far; wrong on almost any input."""
    size = log_probabilities.shape[-1]
    best, index = ops.top_k(ops.reshape(log_probabilities, (-1,)), len(scores))
    return best, index // size, index % size


def wrong_3(scores, log_probabilities):
    """Returns parents and tokens in each other's place. Wrong on: parents and tokens that differ."""
    size = log_probabilities.shape[-1]
    best, index = ops.top_k(ops.reshape(scores[:, None] + log_probabilities, (-1,)), len(scores))
    return best, index % size, index // size


def wrong_4(scores, log_probabilities):
    """Divides the flat index by K instead of V; wrong when V is larger than K."""
    k = len(scores)
    best, index = ops.top_k(ops.reshape(scores[:, None] + log_probabilities, (-1,)), k)
    return best, index // k, index % k


def wrong_5(scores, log_probabilities):
    """Worst of the K first. Wrong on: K of 2 or more."""
    k, size = log_probabilities.shape
    flat = ops.reshape(scores[:, None] + log_probabilities, (-1,))
    index = ops.argsort(flat)[-k:]
    return ops.take(flat, index), index // size, index % size


def wrong_6(scores, log_probabilities):
    """Returns the log probabilities of the new tokens alone, not of the hypotheses; wrong on almost any input."""
    k, size = log_probabilities.shape
    _, index = ops.top_k(ops.reshape(scores[:, None] + log_probabilities, (-1,)), k)
    return ops.take(ops.reshape(log_probabilities, (-1,)), index), index // size, index % size


def wrong_7(scores, log_probabilities):
    """Multiplies log probabilities where they are to be added."""
    k, size = log_probabilities.shape
    best, index = ops.top_k(ops.reshape(-scores[:, None] * log_probabilities, (-1,)), k)
    return best, index // size, index % size


def wrong_8(scores, log_probabilities):
    """Only the best hypothesis is continued, by its K best tokens. Wrong on: K best with several parents."""
    k = len(scores)
    first = int(ops.argmax(scores))
    best, tokens = ops.top_k(log_probabilities[first], k)
    return best + scores[first], ops.full((k,), first, dtype="int32"), tokens


def wrong_9(scores, log_probabilities):
    """Parents by true division: numbers with a fraction, no indices; wrong on almost any input."""
    k, size = log_probabilities.shape
    best, index = ops.top_k(ops.reshape(scores[:, None] + log_probabilities, (-1,)), k)
    return best, index / size, index % size


def wrong_10(scores, log_probabilities):
    """No continuation may share a parent with a better one: at most one of each hypothesis. Wrong on: two of the K best having one parent."""
    k, size = log_probabilities.shape
    total = np.array(scores)[:, None] + np.array(log_probabilities)
    found = []
    while len(found) < k:
        parent, token = np.unravel_index(total.argmax(), total.shape)
        found.append((total[parent, token], parent, token))
        total[parent] = -np.inf
    best, parents, tokens = zip(*found)
    return tuple(ops.convert_to_tensor(np.array(x)) for x in (best, parents, tokens))


def right_1(scores, log_probabilities):
    """A sorted list of triples in pure Python."""
    s, p = np.asarray(scores).tolist(), np.asarray(log_probabilities).tolist()
    triples = [(s[k] + x, k, v) for k, row in enumerate(p) for v, x in enumerate(row)]
    triples.sort(key=lambda triple: -triple[0])
    best, parents, tokens = zip(*triples[: len(s)])
    return (
        ops.convert_to_tensor(best, dtype="float32"),
        ops.convert_to_tensor(parents, dtype="int32"),
        ops.convert_to_tensor(tokens, dtype="int32"),
    )


def right_2(scores, log_probabilities):
    """NumPy argsort and unravel_index, a list for the triple."""
    total = np.asarray(scores)[:, None] + np.asarray(log_probabilities)
    index = np.argsort(-total, axis=None, kind="stable")[: len(total)]
    parents, tokens = np.unravel_index(index, total.shape)
    return [total[parents, tokens], parents, tokens]


def right_3(scores, log_probabilities):
    """Two stages: the K best of each hypothesis, then of those."""
    k = log_probabilities.shape[0]
    each, ids = ops.top_k(log_probabilities, k)
    best, index = ops.top_k(ops.reshape(each + ops.expand_dims(scores, 1), (k * k,)), k)
    return best, ops.floor_divide(index, k), ops.take(ops.reshape(ids, (-1,)), index)
