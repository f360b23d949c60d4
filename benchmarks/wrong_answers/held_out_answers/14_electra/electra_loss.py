import keras
import numpy as np
from keras import ops


def _word_nats(word_logits, labels):
    log_p = ops.log_softmax(word_logits, axis=-1)
    picked = ops.take_along_axis(log_p, ops.cast(labels, "int32")[:, :, None], axis=-1)
    return -picked[:, :, 0]


def _judge_nats(logits, is_replaced):
    return ops.where(is_replaced, ops.softplus(-logits), ops.softplus(logits))


def _mean_where(values, chosen):
    chosen = ops.cast(chosen, values.dtype)
    return ops.sum(values * chosen) / ops.sum(chosen)


def right_1(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def right_2(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Logsumexp minus the label's logit; the cross-entropy of two answers written out."""
    hot = ops.one_hot(labels, word_logits.shape[-1], dtype=word_logits.dtype)
    words = ops.logsumexp(word_logits, axis=-1) - ops.sum(hot * word_logits, axis=-1)
    hidden = ops.cast(ops.not_equal(labels, 0), words.dtype)
    r = ops.cast(is_replaced, logits.dtype)
    two = ops.maximum(logits, 0.0) - logits * r + ops.log1p(ops.exp(-ops.abs(logits)))
    ordinary = ops.cast(is_ordinary, two.dtype)
    first = ops.sum(ops.where(hidden > 0, words, 0.0)) / ops.sum(hidden)
    second = ops.sum(ops.where(is_ordinary, two, 0.0)) / ops.sum(ordinary)
    return first + weight * second


def right_3(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    z = ops.convert_to_numpy(word_logits).astype("float64")
    s = ops.convert_to_numpy(logits).astype("float64")
    y, r, o = (ops.convert_to_numpy(t) for t in (labels, is_replaced, is_ordinary))
    words, judged = [], []
    for b in range(z.shape[0]):
        for t in range(z.shape[1]):
            if y[b, t] != 0:
                top = z[b, t].max()
                words.append(top + np.log(np.exp(z[b, t] - top).sum()) - z[b, t, y[b, t]])
            if o[b, t]:
                judged.append(np.logaddexp(0.0, -s[b, t] if r[b, t] else s[b, t]))
    return ops.convert_to_tensor(np.float32(np.mean(words) + weight * np.mean(judged)))


def right_4(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The losses that Keras has."""
    words = keras.losses.sparse_categorical_crossentropy(labels, word_logits, from_logits=True)
    target = ops.cast(is_replaced, logits.dtype)
    judged = keras.losses.binary_crossentropy(target[:, :, None], logits[:, :, None], from_logits=True)
    return _mean_where(words, labels != 0) + weight * _mean_where(judged, is_ordinary)


def wrong_1(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The discriminator is asked at hidden places only. Wrong on: ordinary tokens that were not hidden."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), labels != 0)


def wrong_2(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Special tokens and padding are judged too. Wrong on: any False in is_ordinary."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    return generator + weight * ops.mean(_judge_nats(logits, is_replaced))


def wrong_3(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The discriminator's sum is over the ordinary, its mean over B T. Wrong on: any False in is_ordinary."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    judged = _judge_nats(logits, is_replaced) * ops.cast(is_ordinary, logits.dtype)
    return generator + weight * ops.mean(judged)


def wrong_4(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The generator's sum is divided by the number of ordinary tokens. Wrong on: nearly all inputs."""
    hidden = ops.cast(labels != 0, word_logits.dtype)
    ordinary = ops.cast(is_ordinary, word_logits.dtype)
    generator = ops.sum(_word_nats(word_logits, labels) * hidden) / ops.sum(ordinary)
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_5(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Label 0 is asked for as a word. Wrong on: any place where nothing is hidden."""
    generator = ops.mean(_word_nats(word_logits, labels))
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_6(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The logarithm of a sigmoid that has become 0. Wrong on: discriminator's logits of 900 (inf, nan)."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    r = ops.cast(is_replaced, logits.dtype)
    p = ops.sigmoid(logits)
    nats = -(r * ops.log(p) + (1.0 - r) * ops.log(1.0 - p))
    return generator + weight * _mean_where(nats, is_ordinary)


def wrong_7(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Probabilities are clipped at 1e-7: 16 nats at most. Wrong on: logits beyond 16 that are wrong."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    target = ops.cast(is_replaced, logits.dtype)
    p = ops.clip(ops.sigmoid(logits), 1e-7, 1.0 - 1e-7)
    nats = -(target * ops.log(p) + (1.0 - target) * ops.log(1.0 - p))
    return generator + weight * _mean_where(nats, is_ordinary)


def wrong_8(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The weight is on the generator. Wrong on: weights other than 1."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    return weight * generator + _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_9(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The weight is always the paper's 50. Wrong on: other weights."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    return generator + 50.0 * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_10(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The sigmoid is read as the probability of "real". Wrong on: logits other than 0."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    real = ops.logical_not(is_replaced)
    return generator + weight * _mean_where(_judge_nats(logits, real), is_ordinary)


def wrong_11(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The mean of the sequences' means. Wrong on: sequences with different numbers of ordinary tokens."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    ordinary = ops.cast(is_ordinary, logits.dtype)
    each = ops.sum(_judge_nats(logits, is_replaced) * ordinary, axis=1)
    each = each / ops.maximum(ops.sum(ordinary, axis=1), 1.0)
    return generator + weight * ops.mean(each)


def wrong_12(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Hidden places are left out of the discriminator's loss. Wrong on: every ordinary hidden place."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    asked = ops.cast(ops.logical_and(is_ordinary, labels == 0), logits.dtype)
    judged = ops.sum(_judge_nats(logits, is_replaced) * asked) / ops.maximum(ops.sum(asked), 1.0)
    return generator + weight * judged


def wrong_13(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Only the term of the replaced tokens. Wrong on: ordinary tokens that are real."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    r = ops.cast(is_replaced, logits.dtype)
    return generator + weight * _mean_where(r * ops.softplus(-logits), is_ordinary)


def wrong_14(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Both sums are divided by the number of hidden words. Wrong on: more ordinary than hidden tokens."""
    hidden = ops.cast(labels != 0, word_logits.dtype)
    ordinary = ops.cast(is_ordinary, word_logits.dtype)
    words = ops.sum(_word_nats(word_logits, labels) * hidden)
    judged = ops.sum(_judge_nats(logits, is_replaced) * ordinary)
    return (words + weight * judged) / ops.sum(hidden)


def wrong_15(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """A softmax without subtracting the maximum. Wrong on: word logits of 900."""
    e = ops.exp(word_logits)
    p = e / ops.sum(e, axis=-1, keepdims=True)
    picked = ops.sum(p * ops.one_hot(labels, p.shape[-1], dtype=p.dtype), axis=-1)
    generator = _mean_where(-ops.log(picked), labels != 0)
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_16(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Replaced and real tokens each get half of the weight. Wrong on: not just as many of both."""
    nats = _judge_nats(logits, is_replaced)
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    halves = []
    for group in (is_replaced, ops.logical_not(is_replaced)):
        group = ops.cast(ops.logical_and(group, is_ordinary), nats.dtype)
        halves.append(ops.sum(nats * group) / ops.maximum(ops.sum(group), 1.0))
    return generator + weight * (halves[0] + halves[1]) / 2.0


def wrong_17(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """log(softmax + 1e-9): 20.7 nats at most. Wrong on: labels with a logit far below the highest."""
    p = ops.softmax(word_logits, axis=-1)
    picked = ops.take_along_axis(p, ops.cast(labels, "int32")[:, :, None], axis=-1)[:, :, 0]
    generator = _mean_where(-ops.log(picked + 1e-9), labels != 0)
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_18(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The softmax runs over the positions. Wrong on: nearly all inputs."""
    log_p = ops.log_softmax(word_logits, axis=1)
    picked = ops.sum(log_p * ops.one_hot(labels, log_p.shape[-1], dtype=log_p.dtype), axis=-1)
    generator = _mean_where(-picked, labels != 0)
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_19(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The generator's words are asked where a token was replaced. Wrong on: hidden words that were hit."""
    asked = ops.cast(ops.logical_and(labels != 0, is_replaced), word_logits.dtype)
    words = ops.sum(_word_nats(word_logits, labels) * asked)
    generator = words / ops.maximum(ops.sum(asked), 1.0)
    return generator + weight * _mean_where(_judge_nats(logits, is_replaced), is_ordinary)


def wrong_20(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The weighted mean of both losses, not the sum. Wrong on: all inputs with a weight other than 0."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    judge = _mean_where(_judge_nats(logits, is_replaced), is_ordinary)
    return (generator + weight * judge) / (1.0 + weight)


def wrong_21(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """Non-ordinary logits are multiplied by 0 and so cost log 2 each. Wrong on: any False in is_ordinary."""
    generator = _mean_where(_word_nats(word_logits, labels), labels != 0)
    s = logits * ops.cast(is_ordinary, logits.dtype)
    count = ops.sum(ops.cast(is_ordinary, logits.dtype))
    return generator + weight * ops.sum(_judge_nats(s, is_replaced)) / count
