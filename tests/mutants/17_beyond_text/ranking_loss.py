"""Wrong answers to `ranking_loss`, each named after the mistake it makes."""

from keras import ops


def _of_class(values, labels):
    """What stands at the class of each picture, (B, S)."""
    return ops.sum(values * ops.one_hot(labels, values.shape[-1])[:, None, :], axis=-1)


def _right(logits, labels):
    return _of_class(ops.softmax(logits, axis=-1), labels)


def _steps(right):
    return right[:, :-1] - right[:, 1:]


def _loss(lacking):
    return ops.mean(ops.sum(lacking, axis=-1))


def order_reversed(logits, labels, margin):
    right = _right(logits, labels)
    return _loss(ops.relu(right[:, 1:] - right[:, :-1] + margin))


def margin_forgotten(logits, labels, margin):
    return _loss(ops.relu(_steps(_right(logits, labels))))


def margin_subtracted(logits, labels, margin):
    return _loss(ops.relu(_steps(_right(logits, labels)) - margin))


def margin_beyond_the_hinge(logits, labels, margin):
    return _loss(ops.relu(_steps(_right(logits, labels))) + margin)


def hinge_after_the_sum(logits, labels, margin):
    return ops.mean(ops.relu(ops.sum(_steps(_right(logits, labels)) + margin, axis=-1)))


def no_hinge(logits, labels, margin):
    return _loss(_steps(_right(logits, labels)) + margin)


def absolute_in_place_of_hinge(logits, labels, margin):
    return _loss(ops.abs(_steps(_right(logits, labels)) + margin))


def likeliest_class(logits, labels, margin):
    right = ops.max(ops.softmax(logits, axis=-1), axis=-1)
    return _loss(ops.relu(_steps(right) + margin))


def first_label_for_all(logits, labels, margin):
    right = ops.take(ops.softmax(logits, axis=-1), labels[0], axis=-1)
    return _loss(ops.relu(_steps(right) + margin))


def logits_compared(logits, labels, margin):
    return _loss(ops.relu(_steps(_of_class(logits, labels)) + margin))


def logarithms_compared(logits, labels, margin):
    return _loss(ops.relu(_steps(_of_class(ops.log_softmax(logits, axis=-1), labels)) + margin))


def softmax_over_looks(logits, labels, margin):
    return _loss(ops.relu(_steps(_of_class(ops.softmax(logits, axis=1), labels)) + margin))


def mean_over_looks(logits, labels, margin):
    return ops.mean(ops.relu(_steps(_right(logits, labels)) + margin))


def sum_over_pictures(logits, labels, margin):
    return ops.sum(ops.relu(_steps(_right(logits, labels)) + margin))


def first_and_last_alone(logits, labels, margin):
    right = _right(logits, labels)
    return ops.mean(ops.relu(right[:, 0] - right[:, -1] + margin))


def with_the_first_alone(logits, labels, margin):
    right = _right(logits, labels)
    return _loss(ops.relu(right[:, :1] - right[:, 1:] + margin))


def all_pairs(logits, labels, margin):
    right = _right(logits, labels)
    lacking = 0.0
    for second in range(right.shape[1]):
        for first in range(second):
            lacking = lacking + ops.relu(right[:, first] - right[:, second] + margin)
    return ops.mean(lacking)
