"""Wrong answers to `masked_word_loss`, each named after the mistake it makes."""

from keras import ops


def _gather(logits, positions):
    return ops.take_along_axis(logits, positions[:, :, None], axis=1)


def _losses(gathered, labels):
    log_probabilities = ops.log_softmax(gathered, axis=-1)
    return -ops.take_along_axis(log_probabilities, labels[:, :, None], axis=-1)[:, :, 0]


def _right_losses(logits, positions, labels):
    return _losses(_gather(logits, positions), labels)


def _is_used(labels):
    return ops.cast(labels != 0, "float32")


def _mean(losses, is_used):
    is_used = ops.cast(is_used, "float32")
    return ops.sum(losses * is_used) / ops.sum(is_used)


def positions_ignored(logits, positions, labels):
    return _mean(_losses(logits[:, : labels.shape[1]], labels), labels != 0)


def offset_missing(logits, positions, labels):
    flat = ops.reshape(logits, (-1, logits.shape[-1]))
    return _mean(_losses(ops.take(flat, positions, axis=0), labels), labels != 0)


def first_positions_for_all(logits, positions, labels):
    return _mean(_losses(ops.take(logits, positions[0], axis=1), labels), labels != 0)


def whole_text_counted(logits, positions, labels):
    is_here = ops.one_hot(positions, logits.shape[1]) * _is_used(labels)[..., None]  # (B, M, T)
    whole = ops.cast(ops.einsum("bmt,bm->bt", is_here, ops.cast(labels, "float32")), "int32")
    return ops.mean(_losses(logits, whole))


def unused_places_counted(logits, positions, labels):
    return ops.mean(_right_losses(logits, positions, labels))


def divided_by_all_places(logits, positions, labels):
    return ops.mean(_right_losses(logits, positions, labels) * _is_used(labels))


def position_zero_left_out(logits, positions, labels):
    return _mean(_right_losses(logits, positions, labels), positions != 0)


def words_below_two_left_out(logits, positions, labels):
    return _mean(_right_losses(logits, positions, labels), labels > 1)


def mean_of_means(logits, positions, labels):
    sums = ops.sum(_right_losses(logits, positions, labels) * _is_used(labels), axis=1)
    return ops.mean(sums / ops.maximum(ops.sum(_is_used(labels), axis=1), 1.0))


def divided_by_sequences(logits, positions, labels):
    sums = ops.sum(_right_losses(logits, positions, labels) * _is_used(labels), axis=1)
    return ops.mean(sums)


def first_n_counted(logits, positions, labels):
    counts = ops.sum(ops.cast(labels != 0, "int32"), axis=1, keepdims=True)
    return _mean(_right_losses(logits, positions, labels), ops.arange(labels.shape[1]) < counts)


def sum_not_mean(logits, positions, labels):
    return ops.sum(_right_losses(logits, positions, labels) * _is_used(labels))


def sign_flipped(logits, positions, labels):
    return _mean(-_right_losses(logits, positions, labels), labels != 0)


def softmax_twice(logits, positions, labels):
    return _mean(_right_losses(ops.softmax(logits, axis=-1), positions, labels), labels != 0)


def logits_taken_for_probabilities(logits, positions, labels):
    # What Keras makes of them where it is not told: cut to probabilities, and normalised once more.
    logs = ops.log(ops.clip(_gather(logits, positions), 1e-7, 1 - 1e-7))
    at_label = ops.take_along_axis(logs, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(ops.logsumexp(logs, axis=-1) - at_label, labels != 0)


def softmax_forgotten(logits, positions, labels):
    at_label = ops.take_along_axis(_gather(logits, positions), labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(-at_label, labels != 0)


def bounded_logarithm(logits, positions, labels):
    probabilities = ops.softmax(_gather(logits, positions), axis=-1)
    at_label = ops.take_along_axis(probabilities, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(-ops.log(at_label + 1e-7), labels != 0)


def overflow(logits, positions, labels):
    probabilities = ops.softmax(_gather(logits, positions), axis=-1)
    at_label = ops.take_along_axis(probabilities, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(-ops.log(at_label), labels != 0)
