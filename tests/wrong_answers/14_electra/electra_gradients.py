"""Wrong answers to `electra_gradients` beside its mutants."""

from keras import ops


def _hot(ids, scores):
    return ops.one_hot(ids, scores.shape[-1], dtype="float32")


def _share(labels):
    used = ops.cast(labels != 0, "float32")[:, :, None]
    return used / ops.sum(used)


def _words(generator_logits, labels):
    return ops.softmax(generator_logits) - _hot(labels, generator_logits)


def _wrong(scores, labels, samples):
    return ops.sigmoid(scores) - ops.cast(samples != labels, "float32")[:, :, None]


def _tokens(scores, labels, samples):
    return _hot(samples, scores) * _wrong(scores, labels, samples)


def gradient_through_the_draw__straight_through(generator_logits, scores, labels, samples, weight):
    """What automatic differentiation gives for `one_hot + softmax - stop_gradient(softmax)`."""
    slope = ops.sum(_tokens(scores, labels, samples), axis=-1, keepdims=True)
    probabilities = ops.softmax(generator_logits)
    slopes = slope * scores
    through = probabilities * (slopes - ops.sum(probabilities * slopes, axis=-1, keepdims=True))
    words = _words(generator_logits, labels) + weight * through
    share = _share(labels)
    return {"generator": share * words, "discriminator": share * weight * _tokens(scores, labels, samples)}


def every_word_judged__by_its_probability(generator_logits, scores, labels, samples, weight):
    share = _share(labels)
    tokens = ops.softmax(generator_logits) * (ops.sigmoid(scores) - (1 - _hot(labels, scores)))
    return {
        "generator": share * _words(generator_logits, labels),
        "discriminator": share * weight * tokens,
    }


def every_word_judged__by_the_draw(generator_logits, scores, labels, samples, weight):
    share = _share(labels)
    return {
        "generator": share * _words(generator_logits, labels),
        "discriminator": share * weight * _wrong(scores, labels, samples),
    }


def generator_learns_nothing(generator_logits, scores, labels, samples, weight):
    tokens = _share(labels) * weight * _tokens(scores, labels, samples)
    return {"generator": ops.zeros_like(generator_logits), "discriminator": tokens}


def discriminator_learns_nothing(generator_logits, scores, labels, samples, weight):
    words = _share(labels) * _words(generator_logits, labels)
    return {"generator": words, "discriminator": ops.zeros_like(scores)}


def replaced_places_alone(generator_logits, scores, labels, samples, weight):
    share = _share(labels)
    is_replaced = ops.cast(samples != labels, "float32")[:, :, None]
    tokens = is_replaced * _tokens(scores, labels, samples)
    return {
        "generator": share * _words(generator_logits, labels),
        "discriminator": share * weight * tokens,
    }


def label_left_out(generator_logits, scores, labels, samples, weight):
    share = _share(labels)
    return {
        "generator": share * ops.softmax(generator_logits),
        "discriminator": share * weight * _tokens(scores, labels, samples),
    }


def sigmoids_for_words(generator_logits, scores, labels, samples, weight):
    share = _share(labels)
    words = ops.sigmoid(generator_logits) - _hot(labels, scores)
    return {
        "generator": share * words,
        "discriminator": share * weight * _tokens(scores, labels, samples),
    }


def one_number_for_each_place(generator_logits, scores, labels, samples, weight):
    share = _share(labels)
    tokens = ops.sum(_tokens(scores, labels, samples), axis=-1, keepdims=True)
    return {"generator": share * _words(generator_logits, labels), "discriminator": share * weight * tokens}


def losses_for_gradients(generator_logits, scores, labels, samples, weight):
    share = _share(labels)
    words = -_hot(labels, scores) * ops.log_softmax(generator_logits)
    signs = ops.where(samples != labels, -1.0, 1.0)[:, :, None]
    tokens = _hot(samples, scores) * ops.softplus(signs * scores)
    return {"generator": share * words, "discriminator": share * weight * tokens}
