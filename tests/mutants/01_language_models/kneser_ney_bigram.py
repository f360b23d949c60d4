"""Wrong answers to `kneser_ney_bigram`, each named after the mistake it makes."""

from keras import ops


def _parts(counts):
    seen = ops.cast(counts > 0, "float32")
    totals = ops.sum(counts, axis=1, keepdims=True)
    followers = ops.sum(seen, axis=1, keepdims=True)
    continuation = ops.sum(seen, axis=0) / ops.sum(seen)
    return totals, followers, continuation


def _with_shorter(counts, result, shorter):
    totals = ops.sum(counts, axis=1, keepdims=True)
    return ops.where(totals > 0, result, shorter)


def empty_context_nan(counts, discount):
    totals, followers, continuation = _parts(counts)
    return (ops.maximum(counts - discount, 0.0) + discount * followers * continuation) / totals


def empty_context_zero(counts, discount):
    totals, followers, continuation = _parts(counts)
    kept = ops.maximum(counts - discount, 0.0)
    return (kept + discount * followers * continuation) / ops.maximum(totals, 1.0)


def discount_not_given_back(counts, discount):
    totals, _, continuation = _parts(counts)
    result = ops.maximum(counts - discount, 0.0) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, continuation)


def not_discounted(counts, discount):
    totals, followers, continuation = _parts(counts)
    result = (counts + discount * followers * continuation) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, continuation)


def counts_below_zero(counts, discount):
    totals, followers, continuation = _parts(counts)
    result = (counts - discount + discount * followers * continuation) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, continuation)


def shorter_counts_tokens(counts, discount):
    totals, followers, _ = _parts(counts)
    unigram = ops.sum(counts, axis=0) / ops.sum(counts)
    kept = ops.maximum(counts - discount, 0.0)
    result = (kept + discount * followers * unigram) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, unigram)


def shorter_is_uniform(counts, discount):
    totals, followers, _ = _parts(counts)
    uniform = ops.ones_like(counts) / counts.shape[0]
    kept = ops.maximum(counts - discount, 0.0)
    result = (kept + discount * followers * uniform) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, uniform)


def weight_is_the_discount(counts, discount):
    totals, _, continuation = _parts(counts)
    result = ops.maximum(counts - discount, 0.0) / ops.maximum(totals, 1.0) + discount * continuation
    return _with_shorter(counts, result, continuation)


def shorter_only_for_unseen_pairs(counts, discount):
    totals, followers, continuation = _parts(counts)
    safe = ops.maximum(totals, 1.0)
    result = ops.where(counts > 0, (counts - discount) / safe, discount * followers * continuation / safe)
    return _with_shorter(counts, result, continuation)


def empty_context_uniform(counts, discount):
    totals, followers, continuation = _parts(counts)
    kept = ops.maximum(counts - discount, 0.0)
    result = (kept + discount * followers * continuation) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, 1.0 / counts.shape[0])


def shorter_in_the_wrong_direction(counts, discount):
    totals, followers, _ = _parts(counts)
    shorter = followers[:, 0] / ops.sum(followers)
    kept = ops.maximum(counts - discount, 0.0)
    result = (kept + discount * followers * shorter) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, shorter)


def followers_of_the_wrong_axis(counts, discount):
    totals, _, continuation = _parts(counts)
    contexts = ops.sum(ops.cast(counts > 0, "float32"), axis=0, keepdims=True)
    kept = ops.maximum(counts - discount, 0.0)
    result = (kept + discount * contexts * continuation) / ops.maximum(totals, 1.0)
    return _with_shorter(counts, result, continuation)


def share_not_amount(counts, discount):
    totals, _, continuation = _parts(counts)
    result = (1.0 - discount) * counts / ops.maximum(totals, 1.0) + discount * continuation
    return _with_shorter(counts, result, continuation)
