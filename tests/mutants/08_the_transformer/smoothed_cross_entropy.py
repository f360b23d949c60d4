"""Wrong answers to `smoothed_cross_entropy`, each named after the mistake it makes."""

from keras import ops


def _is_real(labels):
    return ops.cast(labels != 0, "float32")


def _one_hot(logits, labels):
    return ops.one_hot(labels, logits.shape[-1])


def _losses(logits, targets):
    return -ops.sum(targets * ops.log_softmax(logits, axis=-1), axis=-1)


def _mean(losses, labels):
    return ops.sum(losses * _is_real(labels)) / ops.sum(_is_real(labels))


def _right_losses(logits, labels, smoothing):
    return _losses(logits, (1 - smoothing) * _one_hot(logits, labels) + smoothing / logits.shape[-1])


def smoothing_ignored(logits, labels, smoothing):
    return _mean(_losses(logits, _one_hot(logits, labels)), labels)


def right_token_left_out(logits, labels, smoothing):
    is_label = _one_hot(logits, labels)
    targets = ops.where(is_label > 0, 1 - smoothing, smoothing / (logits.shape[-1] - 1))
    return _mean(_losses(logits, targets), labels)


def padding_id_left_out(logits, labels, smoothing):
    words = logits.shape[-1]
    even = ops.cast(ops.arange(words) > 0, "float32") * smoothing / (words - 1)
    return _mean(_losses(logits, (1 - smoothing) * _one_hot(logits, labels) + even), labels)


def label_keeps_everything(logits, labels, smoothing):
    targets = _one_hot(logits, labels) + smoothing / logits.shape[-1]
    return _mean(_losses(logits, targets), labels)


def share_for_each(logits, labels, smoothing):
    log_probabilities = ops.log_softmax(logits, axis=-1)
    at_label = ops.take_along_axis(log_probabilities, labels[..., None], axis=-1)[..., 0]
    losses = -(1 - smoothing) * at_label - smoothing * ops.sum(log_probabilities, axis=-1)
    return _mean(losses, labels)


def even_share_forgotten(logits, labels, smoothing):
    return _mean(_losses(logits, (1 - smoothing) * _one_hot(logits, labels)), labels)


def shares_swapped(logits, labels, smoothing):
    return _mean(_right_losses(logits, labels, 1 - smoothing), labels)


def probabilities_mixed(logits, labels, smoothing):
    probabilities = (1 - smoothing) * ops.softmax(logits) + smoothing / logits.shape[-1]
    chosen = ops.take_along_axis(probabilities, labels[..., None], axis=-1)[..., 0]
    return _mean(-ops.log(chosen), labels)


def logits_not_normalised(logits, labels, smoothing):
    at_label = ops.sum(_one_hot(logits, labels) * ops.log_softmax(logits, axis=-1), axis=-1)
    return _mean(-(1 - smoothing) * at_label - smoothing * ops.mean(logits, axis=-1), labels)


def padding_counted(logits, labels, smoothing):
    return ops.mean(_right_losses(logits, labels, smoothing))


def divided_by_all(logits, labels, smoothing):
    return ops.mean(_right_losses(logits, labels, smoothing) * _is_real(labels))


def mean_of_means(logits, labels, smoothing):
    is_real = _is_real(labels)
    sums = ops.sum(_right_losses(logits, labels, smoothing) * is_real, axis=1)
    return ops.mean(sums / ops.sum(is_real, axis=1))


def sum_not_mean(logits, labels, smoothing):
    return ops.sum(_right_losses(logits, labels, smoothing) * _is_real(labels))


def overflow(logits, labels, smoothing):
    log_probabilities = ops.log(ops.softmax(logits, axis=-1))
    targets = (1 - smoothing) * _one_hot(logits, labels) + smoothing / logits.shape[-1]
    return _mean(-ops.sum(targets * log_probabilities, axis=-1), labels)


def first_n_counted(logits, labels, smoothing):
    losses = _right_losses(logits, labels, smoothing)
    lengths = ops.sum(ops.cast(labels != 0, "int32"), axis=1, keepdims=True)
    is_real = ops.cast(ops.arange(labels.shape[1]) < lengths, losses.dtype)
    return ops.sum(losses * is_real) / ops.sum(is_real)


def bounded_logarithm(logits, labels, smoothing):
    targets = (1 - smoothing) * _one_hot(logits, labels) + smoothing / logits.shape[-1]
    return _mean(-ops.sum(targets * ops.log(ops.softmax(logits, axis=-1) + 1e-9), axis=-1), labels)
