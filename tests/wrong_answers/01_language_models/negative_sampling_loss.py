"""Wrong answers to `negative_sampling_loss` beside its mutants."""

import numpy as np
from keras import ops


def _scores(center, context, negatives):
    return ops.sum(center * context, axis=-1), ops.einsum("bd,bkd->bk", center, negatives)


def one_noise_word_alone(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.softplus(-positive) + ops.softplus(negative[:, 0])


def three_noise_words_at_most(center, context, negatives):
    positive, negative = _scores(center, context, negatives[:, :3])
    return ops.softplus(-positive) + ops.sum(ops.softplus(negative), axis=-1)


def mean_of_all_questions(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    costs = ops.softplus(-positive) + ops.sum(ops.softplus(negative), axis=-1)
    return costs / (1 + negatives.shape[1])


def noise_summed_before_the_logarithm(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.softplus(-positive) + ops.softplus(ops.sum(negative, axis=-1))


def hinge(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.relu(1.0 - positive) + ops.sum(ops.relu(1.0 + negative), axis=-1)


def cosines(center, context, negatives):
    return _softplus_loss(*_scores(*(ops.normalize(part, axis=-1) for part in (center, context, negatives))))


def _softplus_loss(positive, negative):
    return ops.softplus(-positive) + ops.sum(ops.softplus(negative), axis=-1)


def in_bits(center, context, negatives):
    return _softplus_loss(*_scores(center, context, negatives)) / np.log(2)


def noise_of_the_next_pair(center, context, negatives):
    return _softplus_loss(*_scores(center, context, ops.roll(negatives, 1, axis=0)))


def one_value_a_question(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.softplus(ops.concatenate([-positive[:, None], negative], axis=1))


def overflow__exponentials(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.log(1.0 + ops.exp(-positive)) + ops.sum(ops.log(1.0 + ops.exp(negative)), axis=-1)


def overflow__in_float64(center, context, negatives):
    positive, negative = (np.asarray(part, "float64") for part in _scores(center, context, negatives))
    return np.log1p(np.exp(-positive)) + np.log1p(np.exp(negative)).sum(axis=-1)


def overflow__quotient_of_exponentials(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    positive = ops.exp(positive) / (1.0 + ops.exp(positive))
    negative = 1.0 - ops.exp(negative) / (1.0 + ops.exp(negative))
    return -ops.log(positive) - ops.sum(ops.log(negative), axis=-1)


def floor_in_logarithm__clipped(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    positive = ops.clip(ops.sigmoid(positive), 1e-7, 1 - 1e-7)
    negative = ops.clip(1 - ops.sigmoid(negative), 1e-7, 1 - 1e-7)
    return -ops.log(positive) - ops.sum(ops.log(negative), axis=-1)


def scores_clipped__in_numpy(center, context, negatives):
    positive, negative = (np.clip(part, -30, 30) for part in _scores(center, context, negatives))
    return np.log1p(np.exp(-positive)) + np.log1p(np.exp(negative)).sum(axis=-1)
