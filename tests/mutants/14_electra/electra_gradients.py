"""Wrong answers to `electra_gradients`, each named after the mistake it makes."""

from keras import ops


def _hot(ids, scores):
    return ops.one_hot(ids, scores.shape[-1], dtype="float32")


def _used(labels):
    return ops.cast(labels != 0, "float32")[:, :, None]


def _words(generator_logits, labels):
    return ops.softmax(generator_logits) - _hot(labels, generator_logits)


def _wrong(scores, labels, samples):
    """σ(s) minus 1 where the word was replaced, for every word."""
    return ops.sigmoid(scores) - ops.cast(samples != labels, "float32")[:, :, None]


def _tokens(scores, labels, samples):
    return _hot(samples, scores) * _wrong(scores, labels, samples)


def _pair(generator, discriminator, labels):
    used = _used(labels)
    count = ops.sum(used)
    return {"generator": used * generator / count, "discriminator": used * discriminator / count}


def _expected(generator_logits, scores, labels):
    """The slope of the discriminator's loss that is expected over all draws."""
    losses = ops.softplus(scores * (1 - 2 * (1 - _hot(labels, scores))))
    probabilities = ops.softmax(generator_logits)
    return probabilities * (losses - ops.sum(probabilities * losses, axis=-1, keepdims=True))


def networks_swapped(generator_logits, scores, labels, samples, weight):
    words, tokens = _words(generator_logits, labels), weight * _tokens(scores, labels, samples)
    return _pair(tokens, words, labels)


def gradient_through_the_draw(generator_logits, scores, labels, samples, weight):
    words = _words(generator_logits, labels) + weight * _expected(generator_logits, scores, labels)
    return _pair(words, weight * _tokens(scores, labels, samples), labels)


def generator_taught_to_fool(generator_logits, scores, labels, samples, weight):
    words = _words(generator_logits, labels) - weight * _expected(generator_logits, scores, labels)
    return _pair(words, weight * _tokens(scores, labels, samples), labels)


def weight_forgotten(generator_logits, scores, labels, samples, weight):
    return _pair(_words(generator_logits, labels), _tokens(scores, labels, samples), labels)


def weight_on_both(generator_logits, scores, labels, samples, weight):
    words, tokens = _words(generator_logits, labels), _tokens(scores, labels, samples)
    return _pair(weight * words, weight * tokens, labels)


def equal_sample_called_replaced(generator_logits, scores, labels, samples, weight):
    tokens = _hot(samples, scores) * (ops.sigmoid(scores) - 1)
    return _pair(_words(generator_logits, labels), weight * tokens, labels)


def flags_inverted(generator_logits, scores, labels, samples, weight):
    is_real = ops.cast(samples == labels, "float32")[:, :, None]
    tokens = _hot(samples, scores) * (ops.sigmoid(scores) - is_real)
    return _pair(_words(generator_logits, labels), weight * tokens, labels)


def every_word_judged(generator_logits, scores, labels, samples, weight):
    tokens = ops.sigmoid(scores) - (1 - _hot(labels, scores))
    return _pair(_words(generator_logits, labels), weight * tokens, labels)


def judged_at_the_label(generator_logits, scores, labels, samples, weight):
    tokens = _hot(labels, scores) * _wrong(scores, labels, samples)
    return _pair(_words(generator_logits, labels), weight * tokens, labels)


def generator_learns_its_draws(generator_logits, scores, labels, samples, weight):
    return _pair(_words(generator_logits, samples), weight * _tokens(scores, labels, samples), labels)


def unused_places_counted(generator_logits, scores, labels, samples, weight):
    count = labels.shape[0] * labels.shape[1]
    words, tokens = _words(generator_logits, labels), weight * _tokens(scores, labels, samples)
    return {"generator": words / count, "discriminator": tokens / count}


def divided_by_all_places(generator_logits, scores, labels, samples, weight):
    used = _used(labels) / (labels.shape[0] * labels.shape[1])
    words, tokens = _words(generator_logits, labels), weight * _tokens(scores, labels, samples)
    return {"generator": used * words, "discriminator": used * tokens}


def divided_by_sequences(generator_logits, scores, labels, samples, weight):
    used = _used(labels) / len(labels)
    words, tokens = _words(generator_logits, labels), weight * _tokens(scores, labels, samples)
    return {"generator": used * words, "discriminator": used * tokens}


def not_divided(generator_logits, scores, labels, samples, weight):
    words, tokens = _words(generator_logits, labels), weight * _tokens(scores, labels, samples)
    return {"generator": _used(labels) * words, "discriminator": _used(labels) * tokens}


def sign_flipped(generator_logits, scores, labels, samples, weight):
    words, tokens = _words(generator_logits, labels), weight * _tokens(scores, labels, samples)
    return _pair(-words, -tokens, labels)
