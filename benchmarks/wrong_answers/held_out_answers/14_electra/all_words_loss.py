import numpy as np
from keras import ops


def _named(word_logits, ids):
    """Softmax probability of the given ids."""
    p = ops.softmax(word_logits, axis=-1)
    return ops.sum(p * ops.one_hot(ids, p.shape[-1], dtype=p.dtype), axis=-1)


def _same(corrupted, original, like):
    return ops.cast(ops.equal(corrupted, original), like.dtype)


def _mean_where(values, chosen):
    return ops.sum(ops.where(chosen, values, 0.0)) / ops.sum(ops.cast(chosen, values.dtype))


def right_1(word_logits, copy_logits, corrupted, original, is_ordinary):
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return _mean_where(-ops.log(p), is_ordinary)


def right_2(word_logits, copy_logits, corrupted, original, is_ordinary):
    """In logarithms throughout."""
    log_p = ops.log_softmax(word_logits, axis=-1)
    log_named = ops.take_along_axis(log_p, ops.cast(original, "int32")[:, :, None], axis=-1)[:, :, 0]
    log_named = log_named - ops.softplus(copy_logits)
    log_copy = -ops.softplus(-copy_logits)
    log_both = ops.where(ops.equal(corrupted, original), ops.logaddexp(log_copy, log_named), log_named)
    mask = ops.cast(is_ordinary, log_both.dtype)
    return -ops.sum(log_both * mask) / ops.sum(mask)


def right_3(word_logits, copy_logits, corrupted, original, is_ordinary):
    z = ops.convert_to_numpy(word_logits).astype("float64")
    k = ops.convert_to_numpy(copy_logits).astype("float64")
    x, w = ops.convert_to_numpy(corrupted), ops.convert_to_numpy(original)
    total, count = 0.0, 0
    for b, t in np.argwhere(ops.convert_to_numpy(is_ordinary)):
        e = np.exp(z[b, t] - z[b, t].max())
        p = e[w[b, t]] / e.sum() / (1.0 + np.exp(k[b, t]))
        if x[b, t] == w[b, t]:
            p += 1.0 / (1.0 + np.exp(-k[b, t]))
        total -= np.log(p)
        count += 1
    return ops.convert_to_tensor(np.float32(total / count))


def right_4(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The whole distribution over words, with odds of copying: (odds [w = x] + softmax) / (1 + odds)."""
    size = word_logits.shape[-1]
    odds = ops.exp(copy_logits)[:, :, None]
    weights = odds * ops.one_hot(corrupted, size, dtype=word_logits.dtype) + ops.softmax(word_logits)
    at_word = ops.einsum("btv,btv->bt", weights, ops.one_hot(original, size, dtype=word_logits.dtype))
    nats = ops.log1p((1.0 + odds[:, :, 0] - at_word) / at_word)
    return ops.mean(nats[is_ordinary])


def wrong_2(word_logits, copy_logits, corrupted, original, is_ordinary):
    """log(p + 1e-7). Wrong on: a replaced token whose word has a probability below 1e-6."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return _mean_where(-ops.log(p + 1e-7), is_ordinary)


def wrong_3(word_logits, copy_logits, corrupted, original, is_ordinary):
    """A copy counts as right everywhere. Wrong on: replaced tokens."""
    p = ops.sigmoid(copy_logits) + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return _mean_where(-ops.log(p), is_ordinary)


def wrong_4(word_logits, copy_logits, corrupted, original, is_ordinary):
    """Copy or name, not the sum of both. Wrong on: real tokens that the softmax names too, with a small c."""
    named = ops.sigmoid(-copy_logits) * _named(word_logits, original)
    p = ops.where(corrupted == original, ops.sigmoid(copy_logits), named)
    return _mean_where(-ops.log(p), is_ordinary)


def wrong_5(word_logits, copy_logits, corrupted, original, is_ordinary):
    """c and 1 - c are exchanged. Wrong on: copy logits other than 0."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(-copy_logits) * same + ops.sigmoid(copy_logits) * _named(word_logits, original)
    return _mean_where(-ops.log(p), is_ordinary)


def wrong_6(word_logits, copy_logits, corrupted, original, is_ordinary):
    """Divides by B T. Wrong on: any False in is_ordinary."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return ops.mean(ops.where(is_ordinary, -ops.log(p), 0.0))


def wrong_7(word_logits, copy_logits, corrupted, original, is_ordinary):
    """Only replaced tokens are asked for, as BERT does. Wrong on: ordinary tokens that are real."""
    p = ops.sigmoid(-copy_logits) * _named(word_logits, original)
    asked = ops.cast(ops.logical_and(is_ordinary, corrupted != original), p.dtype)
    return ops.sum(-ops.log(p) * asked) / ops.maximum(ops.sum(asked), 1.0)


def wrong_8(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The softmax is read at the word that is seen. Wrong on: replaced tokens."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, corrupted)
    return _mean_where(-ops.log(p), is_ordinary)


def wrong_9(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The mean of the two ways' losses, not the loss of their mean. Wrong on: nearly all inputs."""
    naming = -ops.log(_named(word_logits, original))
    copying = -ops.log(ops.maximum(_same(corrupted, original, copy_logits), 1e-7))
    c = ops.sigmoid(copy_logits)
    return _mean_where(c * copying + (1.0 - c) * naming, is_ordinary)


def wrong_10(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The mean of the sequences' means. Wrong on: sequences with different numbers of ordinary tokens."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    mask = ops.cast(is_ordinary, p.dtype)
    return ops.mean(ops.sum(-ops.log(p) * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 1.0))


def wrong_11(word_logits, copy_logits, corrupted, original, is_ordinary):
    """is_ordinary is not used. Wrong on: any False in it."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return -ops.mean(ops.log(p))


def wrong_12(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The softmax is not multiplied by 1 - c. Wrong on: copy logits that are not far below 0."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + _named(word_logits, original)
    return _mean_where(-ops.log(p), is_ordinary)


def wrong_13(word_logits, copy_logits, corrupted, original, is_ordinary):
    """In bits. Wrong on: everything with a loss that is not 0."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return _mean_where(-ops.log2(p), is_ordinary)


def wrong_14(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The logarithm of the mean probability. Wrong on: tokens with different probabilities."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return -ops.log(_mean_where(p, is_ordinary))


def wrong_15(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The softmax runs over the positions. Wrong on: nearly all inputs."""
    p = ops.softmax(word_logits, axis=1)
    named = ops.take_along_axis(p, ops.cast(original, "int32")[:, :, None], axis=2)[:, :, 0]
    same = _same(corrupted, original, named)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * named
    return _mean_where(-ops.log(p), is_ordinary)


def wrong_16(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The softmax may not name the word that is read. Wrong on: all inputs where softmax_x is not near 0."""
    seen = ops.one_hot(corrupted, word_logits.shape[-1], dtype=word_logits.dtype)
    named = _named(word_logits - 1e9 * seen, original)
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * named
    return _mean_where(-ops.log(p), is_ordinary)


def wrong_17(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The sum over the tokens, no mean. Wrong on: more than one ordinary token."""
    same = _same(corrupted, original, copy_logits)
    p = ops.sigmoid(copy_logits) * same + ops.sigmoid(-copy_logits) * _named(word_logits, original)
    return ops.sum(ops.where(is_ordinary, -ops.log(p), 0.0))


def wrong_18(word_logits, copy_logits, corrupted, original, is_ordinary):
    """No copy at all: plain cross-entropy at every place. Wrong on: copy logits not far below 0."""
    log_p = ops.log_softmax(word_logits, axis=-1)
    nats = -ops.take_along_axis(log_p, ops.cast(original, "int32")[:, :, None], axis=-1)[:, :, 0]
    return _mean_where(nats, is_ordinary)


def wrong_19(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The copy logit is used as a probability. Wrong on: everything but k = σ(k)."""
    named = _named(word_logits, original)
    c = ops.clip(copy_logits, 1e-6, 1.0 - 1e-6)
    return _mean_where(-ops.log(c * _same(corrupted, original, c) + (1.0 - c) * named), is_ordinary)


def wrong_20(word_logits, copy_logits, corrupted, original, is_ordinary):
    """The copy is one more logit beside the words' in one softmax. Wrong on: logsumexp of z that is not 0."""
    named = ops.take_along_axis(word_logits, ops.cast(original, "int32")[:, :, None], axis=-1)[:, :, 0]
    every = ops.logaddexp(ops.logsumexp(word_logits, axis=-1), copy_logits)
    good = ops.where(corrupted == original, ops.logaddexp(named, copy_logits), named)
    return _mean_where(every - good, is_ordinary)
