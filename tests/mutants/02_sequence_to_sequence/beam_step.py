"""Wrong answers to `beam_step`, each named after the mistake it makes."""

from keras import ops


def _taken_apart(candidates, count):
    scores, index = ops.top_k(ops.reshape(candidates, (-1,)), count)
    return scores, index // candidates.shape[1], index % candidates.shape[1]


def one_per_beam(scores, log_probabilities):
    best, tokens = ops.top_k(log_probabilities, 1)
    return scores + best[:, 0], ops.arange(len(scores)), tokens[:, 0]


def scores_forgotten(scores, log_probabilities):
    return _taken_apart(log_probabilities, len(scores))


def only_best_beam(scores, log_probabilities):
    best, tokens = ops.top_k(scores[0] + log_probabilities[0], len(scores))
    return best, ops.zeros_like(tokens), tokens


def parent_and_token_swapped(scores, log_probabilities):
    best, parents, tokens = _taken_apart(scores[:, None] + log_probabilities, len(scores))
    return best, tokens, parents


def divided_by_beams(scores, log_probabilities):
    candidates = ops.reshape(scores[:, None] + log_probabilities, (-1,))
    best, index = ops.top_k(candidates, len(scores))
    return best, index // len(scores), index % len(scores)


def flat_index_as_token(scores, log_probabilities):
    best, index = ops.top_k(ops.reshape(scores[:, None] + log_probabilities, (-1,)), len(scores))
    return best, index // log_probabilities.shape[1], index


def worst_first(scores, log_probabilities):
    best, parents, tokens = _taken_apart(-(scores[:, None] + log_probabilities), len(scores))
    return -best, parents, tokens


def multiplied(scores, log_probabilities):
    return _taken_apart(scores[:, None] * log_probabilities, len(scores))


def step_score_returned(scores, log_probabilities):
    best, parents, tokens = _taken_apart(scores[:, None] + log_probabilities, len(scores))
    return best - ops.take(scores, parents), parents, tokens


def each_token_once(scores, log_probabilities):
    candidates = scores[:, None] + log_probabilities
    best, tokens = ops.top_k(ops.max(candidates, axis=0), len(scores))
    return best, ops.take(ops.argmax(candidates, axis=0), tokens), tokens


def unordered(scores, log_probabilities):
    best, parents, tokens = _taken_apart(scores[:, None] + log_probabilities, len(scores))
    order = ops.argsort(parents * log_probabilities.shape[1] + tokens)
    return ops.take(best, order), ops.take(parents, order), ops.take(tokens, order)
