"""Right answers to `electra_gradients` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(generator_logits, scores, labels, samples, weight):
    z, a = (np.asarray(array, "float64") for array in (generator_logits, scores))
    labels, samples = np.asarray(labels), np.asarray(samples)
    row, place = np.nonzero(labels)
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    generator, discriminator = np.zeros_like(z), np.zeros_like(a)
    generator[row, place] = probabilities[row, place] / len(row)
    generator[row, place, labels[row, place]] -= 1 / len(row)
    drawn = samples[row, place]
    sigmoid = 1 / (1 + np.exp(-a[row, place, drawn]))
    discriminator[row, place, drawn] = weight * (sigmoid - (drawn != labels[row, place])) / len(row)
    return {"generator": generator, "discriminator": discriminator}


def in_loops(generator_logits, scores, labels, samples, weight):
    z, a, y, x = (np.asarray(array).tolist() for array in (generator_logits, scores, labels, samples))
    count = sum(word != 0 for row in y for word in row)
    generator = [[[0.0] * len(place) for place in row] for row in z]
    discriminator = [[[0.0] * len(place) for place in row] for row in a]
    for b, row in enumerate(y):
        for m, word in enumerate(row):
            if not word:
                continue
            powers = [math.exp(number - max(z[b][m])) for number in z[b][m]]
            generator[b][m] = [(p / sum(powers) - (v == word)) / count for v, p in enumerate(powers)]
            drawn = x[b][m]
            sure = 1 / (1 + math.exp(-a[b][m][drawn]))
            discriminator[b][m][drawn] = weight * (sure - (drawn != word)) / count
    return {"generator": generator, "discriminator": discriminator}


def by_the_backend(generator_logits, scores, labels, samples, weight):
    import tensorflow as tf

    used = tf.cast(labels != 0, "float32")
    with tf.GradientTape() as tape:
        tape.watch([generator_logits, scores])
        words = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, generator_logits)
        s = tf.gather(scores, samples, batch_dims=2)
        tokens = tf.nn.sigmoid_cross_entropy_with_logits(tf.cast(samples != labels, "float32"), s)
        loss = tf.reduce_sum(used * (words + weight * tokens)) / tf.reduce_sum(used)
    of_words, of_tokens = tape.gradient(loss, [generator_logits, scores])
    return {"generator": of_words, "discriminator": of_tokens}


def by_masks_and_signs(generator_logits, scores, labels, samples, weight):
    v = ops.arange(scores.shape[-1], dtype="int32")
    share = ops.cast(labels != 0, "float32") / ops.cast(ops.count_nonzero(labels), "float32")
    is_label, is_drawn = labels[..., None] == v, samples[..., None] == v
    at = ops.take_along_axis(scores, samples[..., None], axis=-1)
    slope = ops.where((samples == labels)[..., None], ops.sigmoid(at), -ops.sigmoid(-at))
    softmax = ops.softmax(generator_logits)
    return {
        "discriminator": ops.where(is_drawn, weight * slope * share[..., None], 0.0),
        "generator": share[..., None] * ops.where(is_label, softmax - 1, softmax),
    }
