"""Right answers to `beam_step` in other styles."""

import heapq

import numpy as np
from keras import ops


def as_a_list_of_tensors(scores, log_probabilities):
    candidates = ops.reshape(scores[:, None] + log_probabilities, (-1,))
    best, index = ops.top_k(candidates, k=len(scores))
    return [best, index // log_probabilities.shape[1], index % log_probabilities.shape[1]]


def in_numpy(scores, log_probabilities):
    candidates = np.asarray(scores)[:, None] + np.asarray(log_probabilities)
    order = np.argsort(candidates, axis=None)[::-1][: len(candidates)]
    parents, tokens = np.unravel_index(order, candidates.shape)
    return candidates[parents, tokens], parents, tokens


def in_loops(scores, log_probabilities):
    candidates = []
    for parent, (score, row) in enumerate(zip(scores.numpy(), log_probabilities.numpy(), strict=True)):
        candidates += [(float(score + value), parent, token) for token, value in enumerate(row)]
    best = heapq.nlargest(len(scores), candidates)
    return tuple(list(column) for column in zip(*best, strict=True))


def best_of_every_hypothesis_first(scores, log_probabilities):
    count = log_probabilities.shape[0]
    step, tokens = ops.top_k(log_probabilities, count)
    best, index = ops.top_k(ops.ravel(step + ops.expand_dims(scores, 1)), count)
    return best, ops.floor_divide(index, count), ops.take(ops.ravel(tokens), index)


def sorted_by_the_negative(scores, log_probabilities):
    candidates = ops.ravel(ops.add(log_probabilities, ops.reshape(scores, (-1, 1))))
    order = ops.argsort(-candidates)[: scores.shape[0]]
    size = log_probabilities.shape[-1]
    return ops.take(candidates, order), ops.floor_divide(order, size), ops.mod(order, size)
