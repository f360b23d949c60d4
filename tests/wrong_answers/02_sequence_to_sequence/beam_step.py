"""Wrong answers to `beam_step` beside its mutants."""

import numpy as np
from keras import ops


def _best(candidates, count):
    best, index = ops.top_k(ops.ravel(candidates), count)
    return best, index // candidates.shape[1], index % candidates.shape[1]


def two_a_hypothesis_at_most(scores, log_probabilities):
    count, kept = log_probabilities.shape[0], min(2, log_probabilities.shape[1])
    step, tokens = ops.top_k(log_probabilities, kept)
    best, index = ops.top_k(ops.ravel(step + scores[:, None]), count)
    return best, index // kept, ops.take(ops.ravel(tokens), index)


def hypotheses_ranked_first(scores, log_probabilities):
    order = ops.argsort(-scores)
    return _best((ops.take(scores, order)[:, None] + ops.take(log_probabilities, order, axis=0)), len(scores))


def two_hypotheses_whatever_was_given(scores, log_probabilities):
    return _best(scores[:, None] + log_probabilities, min(2, log_probabilities.size))


def as_many_as_words(scores, log_probabilities):
    return _best(scores[:, None] + log_probabilities, log_probabilities.shape[1])


def multiplied__probabilities_added(scores, log_probabilities):
    return _best(scores[:, None] + ops.softmax(log_probabilities), len(scores))


def averaged(scores, log_probabilities):
    return _best((scores[:, None] + log_probabilities) / 2, len(scores))


def parents_as_real_numbers(scores, log_probabilities):
    best, parents, tokens = _best(scores[:, None] + log_probabilities, len(scores))
    return best, ops.cast(parents, "float32"), tokens


def counted_from_one(scores, log_probabilities):
    best, parents, tokens = _best(scores[:, None] + log_probabilities, len(scores))
    return best, parents + 1, tokens


def column_first(scores, log_probabilities):
    candidates = ops.transpose(scores[:, None] + log_probabilities)
    best, index = ops.top_k(ops.ravel(candidates), len(scores))
    return best, index // candidates.shape[0], index % candidates.shape[0]


def each_hypothesis_before_any_twice(scores, log_probabilities):
    candidates = np.asarray(scores)[:, None] + np.asarray(log_probabilities)
    parents = np.arange(len(candidates))
    tokens = candidates.argmax(axis=1)
    order = np.argsort(-candidates[parents, tokens])
    half = order[: max(1, len(order) // 2)]
    rest = np.argsort(-candidates, axis=None)[: len(order) - len(half)]
    parents = np.append(half, rest // candidates.shape[1])
    tokens = np.append(tokens[half], rest % candidates.shape[1])
    return candidates[parents, tokens], parents, tokens


def one_place_for_the_two_best(scores, log_probabilities):
    best, parents, tokens = _best(scores[:, None] + log_probabilities, len(scores))
    return best, ops.full_like(parents, int(parents[0])), tokens


def scores_forgotten__only_in_the_ranking(scores, log_probabilities):
    _, parents, tokens = _best(log_probabilities, len(scores))
    step = np.asarray(log_probabilities)[np.asarray(parents), np.asarray(tokens)]
    return np.asarray(scores)[np.asarray(parents)] + step, parents, tokens


def unordered__by_token(scores, log_probabilities):
    best, parents, tokens = _best(scores[:, None] + log_probabilities, len(scores))
    order = ops.argsort(tokens * len(scores) + parents)
    return tuple(ops.take(part, order) for part in (best, parents, tokens))
