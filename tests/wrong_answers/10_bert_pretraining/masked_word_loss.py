"""Wrong answers to `masked_word_loss` beside its mutants."""

import numpy as np
from keras import ops


def _gather(logits, positions):
    return ops.take_along_axis(logits, positions[:, :, None], axis=1)


def _losses(gathered, labels):
    log_probabilities = ops.log_softmax(gathered, axis=-1)
    return -ops.take_along_axis(log_probabilities, labels[:, :, None], axis=-1)[:, :, 0]


def _right_losses(logits, positions, labels):
    return _losses(_gather(logits, positions), labels)


def _mean(losses, is_used):
    is_used = ops.cast(is_used, "float32")
    return ops.sum(losses * is_used) / ops.sum(is_used)


def position_zero_left_out__beside_label_zero(logits, positions, labels):
    is_used = ops.logical_and(positions != 0, labels != 0)
    return _mean(_right_losses(logits, positions, labels), is_used)


def mean_of_means__of_sequences_with_hidden_words(logits, positions, labels):
    is_used = ops.cast(labels != 0, "float32")
    counts = ops.sum(is_used, axis=1)
    sums = ops.sum(_right_losses(logits, positions, labels) * is_used, axis=1)
    return ops.sum(sums / ops.maximum(counts, 1.0)) / ops.sum(ops.cast(counts > 0, "float32"))


def mean_of_means__with_nothing_to_divide_by(logits, positions, labels):
    is_used = ops.cast(labels != 0, "float32")
    sums = ops.sum(_right_losses(logits, positions, labels) * is_used, axis=1)
    return ops.mean(sums / ops.sum(is_used, axis=1))


def first_n_counted__until_the_first_unused(logits, positions, labels):
    is_used = ops.cumprod(ops.cast(labels != 0, "int32"), axis=1)
    return _mean(_right_losses(logits, positions, labels), is_used)


def whole_text_counted__in_the_division(logits, positions, labels):
    losses = _right_losses(logits, positions, labels) * ops.cast(labels != 0, "float32")
    return ops.sum(losses) / (logits.shape[0] * logits.shape[1])


def offset_missing__the_number_of_the_sequence(logits, positions, labels):
    flat = ops.reshape(logits, (-1, logits.shape[-1]))
    rows = positions + ops.arange(len(positions), dtype="int32")[:, None]
    return _mean(_losses(ops.take(flat, rows, axis=0), labels), labels != 0)


def bounded_logarithm__clipped_as_in_keras(logits, positions, labels):
    probabilities = ops.clip(ops.softmax(_gather(logits, positions), axis=-1), 1e-7, 1 - 1e-7)
    at_label = ops.take_along_axis(probabilities, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(-ops.log(at_label), labels != 0)


def logits_taken_for_probabilities__by_hand(logits, positions, labels):
    gathered = ops.clip(_gather(logits, positions), 1e-7, 1.0)
    at_label = ops.take_along_axis(gathered, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(-ops.log(at_label), labels != 0)


def overflow__of_the_exponentials(logits, positions, labels):
    gathered = _gather(logits, positions)
    at_label = ops.take_along_axis(gathered, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(ops.log(ops.sum(ops.exp(gathered), axis=-1)) - at_label, labels != 0)


def overflow__in_numpy(logits, positions, labels):
    gathered, labels = np.asarray(_gather(logits, positions), "float64"), np.asarray(labels)
    exponentials = np.exp(gathered)
    probabilities = exponentials / exponentials.sum(axis=-1, keepdims=True)
    at_label = np.take_along_axis(probabilities, labels[..., None], axis=-1)[..., 0]
    return -np.log(at_label[labels != 0]).mean()


def every_sequence_with_all_positions(logits, positions, labels):
    gathered = ops.take(logits, positions, axis=1)  # (B, B, M, V)
    labels = ops.broadcast_to(labels[None], gathered.shape[:3])
    losses = -ops.take_along_axis(ops.log_softmax(gathered), labels[..., None], axis=-1)[..., 0]
    return _mean(losses, labels != 0)


def softmax_over_positions(logits, positions, labels):
    log_probabilities = _gather(ops.log_softmax(logits, axis=1), positions)
    at_label = ops.take_along_axis(log_probabilities, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(-at_label, labels != 0)


def softmax_over_places(logits, positions, labels):
    log_probabilities = ops.log_softmax(_gather(logits, positions), axis=1)
    at_label = ops.take_along_axis(log_probabilities, labels[:, :, None], axis=-1)[:, :, 0]
    return _mean(-at_label, labels != 0)


def in_bits(logits, positions, labels):
    return _mean(_right_losses(logits, positions, labels), labels != 0) / ops.log(2.0)


def perplexity(logits, positions, labels):
    return ops.exp(_mean(_right_losses(logits, positions, labels), labels != 0) / 100)


def unused_labels_made_one(logits, positions, labels):
    return ops.mean(_right_losses(logits, positions, ops.maximum(labels, 1)))


def one_word_less_in_the_count(logits, positions, labels):
    is_used = ops.cast(labels != 0, "float32")
    return ops.sum(_right_losses(logits, positions, labels) * is_used) / (ops.sum(is_used) + 1)


def positions_one_too_late(logits, positions, labels):
    positions = ops.minimum(positions + 1, logits.shape[1] - 1)
    return _mean(_right_losses(logits, positions, labels), labels != 0)


def one_loss_per_place(logits, positions, labels):
    return _right_losses(logits, positions, labels) * ops.cast(labels != 0, "float32")


def ids_one_too_small(logits, positions, labels):
    return _mean(_right_losses(logits, positions, ops.maximum(labels - 1, 0)), labels != 0)


def padding_cannot_be_said(logits, positions, labels):
    is_padding = ops.arange(logits.shape[-1]) == 0
    return _mean(_right_losses(ops.where(is_padding, -1e9, logits), positions, labels), labels != 0)
