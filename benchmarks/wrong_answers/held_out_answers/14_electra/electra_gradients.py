import numpy as np
import tensorflow as tf
from keras import ops


def _used(labels, dtype):
    used = ops.cast(labels != 0, dtype)
    return used, ops.sum(used)


def _hot(ids, like):
    return ops.one_hot(ids, like.shape[-1], dtype=like.dtype)


def _generator(z, labels):
    used, n = _used(labels, z.dtype)
    return used[:, :, None] * (ops.softmax(z, axis=-1) - _hot(labels, z)) / n


def _discriminator(a, labels, samples, weight):
    used, n = _used(labels, a.dtype)
    hot = _hot(samples, a)
    s = ops.sum(hot * a, axis=-1)
    slope = ops.sigmoid(s) - ops.cast(samples != labels, a.dtype)
    return weight / n * (used * slope)[:, :, None] * hot


def right_1(generator_logits, scores, labels, samples, weight):
    used = ops.cast(ops.not_equal(labels, 0), generator_logits.dtype)[:, :, None]
    n = ops.sum(used)
    words = generator_logits.shape[-1]
    drawn = ops.one_hot(samples, words, dtype=scores.dtype)
    replaced = ops.cast(ops.not_equal(samples, labels), scores.dtype)[:, :, None]
    hidden = ops.one_hot(labels, words, dtype=scores.dtype)
    return {
        "generator": (ops.softmax(generator_logits, axis=-1) - hidden) * used / n,
        "discriminator": weight * drawn * (ops.sigmoid(scores) - replaced) * used / n,
    }


def right_2(generator_logits, scores, labels, samples, weight):
    z = ops.convert_to_numpy(generator_logits).astype("float64")
    a = ops.convert_to_numpy(scores).astype("float64")
    y, x = ops.convert_to_numpy(labels), ops.convert_to_numpy(samples)
    dz, da = np.zeros_like(z), np.zeros_like(a)
    places = np.argwhere(y != 0)
    for b, m in places:
        e = np.exp(z[b, m] - z[b, m].max())
        dz[b, m] = e / e.sum()
        dz[b, m, y[b, m]] -= 1.0
        s = a[b, m, x[b, m]]
        sign = 1.0 if x[b, m] != y[b, m] else -1.0
        da[b, m, x[b, m]] = -sign * np.exp(-np.logaddexp(0.0, sign * s))
    n = len(places)
    return {
        "generator": ops.convert_to_tensor((dz / n).astype("float32")),
        "discriminator": ops.convert_to_tensor((weight * da / n).astype("float32")),
    }


def right_3(generator_logits, scores, labels, samples, weight):
    """The backend takes the gradients."""
    z, a = tf.convert_to_tensor(generator_logits), tf.convert_to_tensor(scores)
    y, x = tf.cast(labels, "int32"), tf.cast(samples, "int32")
    used = tf.cast(y != 0, z.dtype)
    with tf.GradientTape() as tape:
        tape.watch([z, a])
        words = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z)
        s = tf.gather(a, x, batch_dims=2)
        judged = tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.cast(x != y, a.dtype), logits=s)
        loss = tf.reduce_sum(used * (words + weight * judged)) / tf.reduce_sum(used)
    dz, da = tape.gradient(loss, [z, a])
    return {"generator": dz, "discriminator": tf.convert_to_tensor(da)}


def right_4(generator_logits, scores, labels, samples, weight):
    """Only the used rows are worked on and put back."""
    z, a = ops.convert_to_numpy(generator_logits), ops.convert_to_numpy(scores)
    y, x = ops.convert_to_numpy(labels).reshape(-1), ops.convert_to_numpy(samples).reshape(-1)
    rows = np.flatnonzero(y)
    count = rows.size
    generator, discriminator = np.zeros_like(z), np.zeros_like(a)
    p = ops.convert_to_numpy(ops.softmax(z.reshape(-1, z.shape[-1])[rows], axis=-1)).copy()
    p[np.arange(count), y[rows]] -= 1.0
    generator.reshape(-1, z.shape[-1])[rows] = p / count
    seen = a.reshape(-1, a.shape[-1])[rows, x[rows]]
    is_hit = x[rows] == y[rows]
    sigma = ops.convert_to_numpy(ops.sigmoid(np.where(is_hit, seen, -seen)))
    discriminator.reshape(-1, a.shape[-1])[rows, x[rows]] = weight / count * np.where(is_hit, sigma, -sigma)
    return {
        "generator": ops.convert_to_tensor(generator),
        "discriminator": ops.convert_to_tensor(discriminator),
    }


def wrong_1(generator_logits, scores, labels, samples, weight):
    """The draw is taken as its softmax, so the judge's gradient reaches z. Wrong on: all weights but 0."""
    z, a = tf.convert_to_tensor(generator_logits), tf.convert_to_tensor(scores)
    used = tf.cast(labels != 0, z.dtype)
    with tf.GradientTape() as tape:
        tape.watch(z)
        words = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=z)
        soft = tf.nn.softmax(z)
        hard = soft + tf.stop_gradient(tf.one_hot(samples, z.shape[-1], dtype=z.dtype) - soft)
        s = tf.reduce_sum(hard * a, axis=-1)
        r = tf.cast(samples != labels, z.dtype)
        judged = tf.nn.sigmoid_cross_entropy_with_logits(labels=r, logits=s)
        loss = tf.reduce_sum(used * (words + weight * judged)) / tf.reduce_sum(used)
    return {
        "generator": tape.gradient(loss, z),
        "discriminator": _discriminator(scores, labels, samples, weight),
    }


def wrong_2(generator_logits, scores, labels, samples, weight):
    """As an adversary: the generator is told to raise the judge's loss, too. Wrong on: all weights but 0."""
    z, a = tf.convert_to_tensor(generator_logits), tf.convert_to_tensor(scores)
    used, n = _used(labels, z.dtype)
    with tf.GradientTape() as tape:
        tape.watch(z)
        log_p = tf.reduce_sum(tf.nn.log_softmax(z) * _hot(samples, z), axis=-1)
        s = tf.gather(a, samples, batch_dims=2)
        r = tf.cast(samples != labels, z.dtype)
        cost = tf.nn.sigmoid_cross_entropy_with_logits(labels=r, logits=s)
        reward = -weight * tf.reduce_sum(used * cost * log_p) / n
    return {
        "generator": _generator(generator_logits, labels) + tape.gradient(reward, z),
        "discriminator": _discriminator(scores, labels, samples, weight),
    }


def wrong_3(generator_logits, scores, labels, samples, weight):
    """Places that are not used get gradients. Wrong on: any label of 0."""
    used, n = _used(labels, scores.dtype)
    hot = _hot(samples, scores)
    replaced = ops.cast(samples != labels, scores.dtype)[:, :, None]
    return {
        "generator": (ops.softmax(generator_logits, axis=-1) - _hot(labels, scores)) / n,
        "discriminator": weight / n * hot * (ops.sigmoid(scores) - replaced),
    }


def wrong_4(generator_logits, scores, labels, samples, weight):
    """Divides by B M. Wrong on: any label of 0."""
    used, n = _used(labels, scores.dtype)
    share = n / (labels.shape[0] * labels.shape[1])
    return {
        "generator": _generator(generator_logits, labels) * share,
        "discriminator": _discriminator(scores, labels, samples, weight) * share,
    }


def wrong_5(generator_logits, scores, labels, samples, weight):
    """+ and - are exchanged: the sigmoid is the probability of "real". Wrong on: everything."""
    used, n = _used(labels, scores.dtype)
    is_hit = ops.cast(samples == labels, scores.dtype)
    slope = (ops.sigmoid(scores) - is_hit[:, :, None]) * used[:, :, None]
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": weight * slope * _hot(samples, scores) / n,
    }


def wrong_6(generator_logits, scores, labels, samples, weight):
    """The weight is left out. Wrong on: weights other than 1."""
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": _discriminator(scores, labels, samples, 1.0),
    }


def wrong_7(generator_logits, scores, labels, samples, weight):
    """The judge's part is a sum, not a mean. Wrong on: more than one used place."""
    _, n = _used(labels, scores.dtype)
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": n * _discriminator(scores, labels, samples, weight),
    }


def wrong_8(generator_logits, scores, labels, samples, weight):
    """The whole table gets a gradient, not the drawn word only. Wrong on: more than one word."""
    used, n = _used(labels, scores.dtype)
    replaced = ops.cast(samples != labels, scores.dtype)
    slope = ops.sigmoid(scores) - replaced[:, :, None]
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": weight / n * used[:, :, None] * slope,
    }


def wrong_9(generator_logits, scores, labels, samples, weight):
    """The score is read at the hidden word. Wrong on: draws that are not the hidden word."""
    used, n = _used(labels, scores.dtype)
    replaced = ops.cast(samples != labels, scores.dtype)[:, :, None]
    slope = (ops.sigmoid(scores) - replaced) * used[:, :, None]
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": weight / n * slope * _hot(labels, scores),
    }


def wrong_10(generator_logits, scores, labels, samples, weight):
    """Each draw counts as replaced. Wrong on: a draw that is the hidden word."""
    used, n = _used(labels, scores.dtype)
    slope = (ops.sigmoid(scores) - 1.0) * used[:, :, None]
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": weight / n * slope * _hot(samples, scores),
    }


def wrong_11(generator_logits, scores, labels, samples, weight):
    """The generator is taught its own draw. Wrong on: draws that are not the hidden word."""
    used, n = _used(labels, scores.dtype)
    p = ops.softmax(generator_logits, axis=-1)
    return {
        "generator": used[:, :, None] * (p - _hot(samples, p)) / n,
        "discriminator": _discriminator(scores, labels, samples, weight),
    }


def wrong_12(generator_logits, scores, labels, samples, weight):
    """The gradient of log softmax, without its minus. Wrong on: everything (sign of "generator")."""
    return {
        "generator": -_generator(generator_logits, labels),
        "discriminator": _discriminator(scores, labels, samples, weight),
    }


def wrong_13(generator_logits, scores, labels, samples, weight):
    """The softmax alone, the hidden word is not subtracted. Wrong on: everything."""
    used, n = _used(labels, scores.dtype)
    return {
        "generator": used[:, :, None] * ops.softmax(generator_logits, axis=-1) / n,
        "discriminator": _discriminator(scores, labels, samples, weight),
    }


def wrong_14(generator_logits, scores, labels, samples, weight):
    """A hit teaches the judge nothing. Wrong on: a draw that is the hidden word."""
    missed = ops.cast(samples != labels, scores.dtype)[:, :, None]
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": _discriminator(scores, labels, samples, weight) * missed,
    }


def wrong_15(generator_logits, scores, labels, samples, weight):
    """Each sequence has its own n. Wrong on: more than one sequence with used places."""
    used = ops.cast(labels != 0, scores.dtype)
    own = ops.maximum(ops.sum(used, axis=1), 1.0)[:, None, None]
    factor = ops.sum(used) / own
    return {
        "generator": factor * _generator(generator_logits, labels),
        "discriminator": factor * _discriminator(scores, labels, samples, weight),
    }


def wrong_16(generator_logits, scores, labels, samples, weight):
    """A place is called used where its sample is not 0. Wrong on: samples at places that are not used."""
    used = ops.cast(samples != 0, scores.dtype)[:, :, None]
    n = ops.sum(used)
    replaced = ops.cast(samples != labels, scores.dtype)[:, :, None]
    p = ops.softmax(generator_logits, axis=-1)
    return {
        "generator": used * (p - _hot(labels, p)) / n,
        "discriminator": weight * used * _hot(samples, p) * (ops.sigmoid(scores) - replaced) / n,
    }


def wrong_17(generator_logits, scores, labels, samples, weight):
    """The slope of half the squared error of the sigmoid. Wrong on: everything with a used place."""
    sigma = ops.sigmoid(scores)
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": _discriminator(scores, labels, samples, weight) * sigma * (1.0 - sigma),
    }


def wrong_18(generator_logits, scores, labels, samples, weight):
    """The generator learns only where its draw missed. Wrong on: a draw that is the hidden word."""
    missed = ops.cast(samples != labels, scores.dtype)[:, :, None]
    return {
        "generator": _generator(generator_logits, labels) * missed,
        "discriminator": _discriminator(scores, labels, samples, weight),
    }


def wrong_19(generator_logits, scores, labels, samples, weight):
    """The weight is on both. Wrong on: weights other than 1."""
    return {
        "generator": weight * _generator(generator_logits, labels),
        "discriminator": _discriminator(scores, labels, samples, weight),
    }


def wrong_20(generator_logits, scores, labels, samples, weight):
    """The mean over all draws that could have been made, not the one made. Wrong on: nearly all inputs."""
    used, n = _used(labels, scores.dtype)
    p = ops.softmax(generator_logits, axis=-1)
    slope = ops.sigmoid(scores) - (1.0 - _hot(labels, scores))
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": weight / n * used[:, :, None] * p * slope,
    }


def wrong_21(generator_logits, scores, labels, samples, weight):
    """The argmax of z is taken for the draw. Wrong on: samples that are not the most probable word."""
    best = ops.argmax(generator_logits, axis=-1)
    best = ops.cast(best, labels.dtype)
    return {
        "generator": _generator(generator_logits, labels),
        "discriminator": _discriminator(scores, labels, best, weight),
    }
