"""Wrong answers to `negative_sampling_loss`, each named after the mistake it makes."""

from keras import ops


def _scores(center, context, negatives):
    return ops.sum(center * context, axis=-1), ops.einsum("bd,bkd->bk", center, negatives)


def negatives_not_flipped(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.softplus(-positive) + ops.sum(ops.softplus(-negative), axis=-1)


def mean_over_negatives(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.softplus(-positive) + ops.mean(ops.softplus(negative), axis=-1)


def sign_forgotten(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return -ops.softplus(-positive) - ops.sum(ops.softplus(negative), axis=-1)


def negatives_ignored(center, context, negatives):
    return ops.softplus(-ops.sum(center * context, axis=-1))


def labels_swapped(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.softplus(positive) + ops.sum(ops.softplus(-negative), axis=-1)


def softmax_instead(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    scores = ops.concatenate([positive[:, None], negative], axis=1)
    return -ops.log_softmax(scores, axis=1)[:, 0]


def negatives_against_context(center, context, negatives):
    positive = ops.sum(center * context, axis=-1)
    negative = ops.einsum("bd,bkd->bk", context, negatives)
    return ops.softplus(-positive) + ops.sum(ops.softplus(negative), axis=-1)


def reduced_over_batch(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return ops.mean(ops.softplus(-positive) + ops.sum(ops.softplus(negative), axis=-1))


def overflow(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    chance = 1.0 / (1.0 + ops.exp(-negative))
    return -ops.log(ops.sigmoid(positive)) - ops.sum(ops.log(1.0 - chance), axis=-1)


def probability_not_logarithm(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return (1.0 - ops.sigmoid(positive)) + ops.sum(ops.sigmoid(negative), axis=-1)


def scaled_by_width(center, context, negatives):
    positive, negative = _scores(center / center.shape[1] ** 0.5, context, negatives)
    return ops.softplus(-positive) + ops.sum(ops.softplus(negative), axis=-1)


def floor_in_logarithm(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    losses = -ops.log(ops.sigmoid(positive) + 1e-9)
    return losses - ops.sum(ops.log(ops.sigmoid(-negative) + 1e-9), axis=-1)


def scores_clipped(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    positive, negative = ops.clip(positive, -20, 20), ops.clip(negative, -20, 20)
    return -ops.log_sigmoid(positive) - ops.sum(ops.log_sigmoid(-negative), axis=-1)
