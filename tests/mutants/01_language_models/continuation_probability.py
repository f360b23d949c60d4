"""Wrong answers to `continuation_probability`, each named after the mistake it makes."""

from keras import ops


def _seen(counts):
    return ops.cast(counts > 0, "float32")


def counts_tokens(counts):
    return ops.sum(counts, axis=0) / ops.sum(counts)


def wrong_direction(counts):
    followers = ops.sum(_seen(counts), axis=1)
    return followers / ops.sum(followers)


def not_normalised(counts):
    return ops.sum(_seen(counts), axis=0)


def divided_by_vocabulary(counts):
    return ops.mean(_seen(counts), axis=0)


def divided_by_tokens(counts):
    return ops.sum(_seen(counts), axis=0) / ops.sum(counts)


def more_than_once(counts):
    contexts = ops.sum(ops.cast(counts > 1, "float32"), axis=0)
    return contexts / ops.sum(contexts)


def not_seen_counted(counts):
    contexts = ops.sum(ops.cast(counts >= 0, "float32"), axis=0)
    return contexts / ops.sum(contexts)


def without_itself(counts):
    contexts = ops.sum(_seen(counts) * (1.0 - ops.eye(counts.shape[0])), axis=0)
    return contexts / ops.sum(contexts)
