"""Wrong answers to `hidden_cosine`, each named after the mistake it makes."""

from keras import ops


def _cosines(student, teacher, axis=-1):
    products = ops.sum(student * teacher, axis=axis)
    return products / (ops.norm(student, axis=axis) * ops.norm(teacher, axis=axis))


def _mean(values, mask):
    is_real = ops.cast(mask, "float32")
    return ops.sum(values * is_real) / ops.sum(is_real)


def padding_counted(student_hidden, teacher_hidden, padding_mask):
    return 1.0 - ops.mean(_cosines(student_hidden, teacher_hidden))


def padding_costs_one(student_hidden, teacher_hidden, padding_mask):
    cosines = _cosines(student_hidden, teacher_hidden) * ops.cast(padding_mask, "float32")
    return ops.mean(1.0 - cosines)


def divided_by_all_places(student_hidden, teacher_hidden, padding_mask):
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)
    return ops.mean(losses * ops.cast(padding_mask, "float32"))


def padding_summed(student_hidden, teacher_hidden, padding_mask):
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)
    return ops.sum(losses) / ops.sum(ops.cast(padding_mask, "float32"))


def mask_inverted(student_hidden, teacher_hidden, padding_mask):
    is_padding = 1.0 - ops.cast(padding_mask, "float32")
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)
    return ops.sum(losses * is_padding) / ops.maximum(ops.sum(is_padding), 1.0)


def mask_taken_for_length(student_hidden, teacher_hidden, padding_mask):
    lengths = ops.sum(ops.cast(padding_mask, "int32"), axis=1, keepdims=True)
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)
    return _mean(losses, ops.arange(padding_mask.shape[1]) < lengths)


def likeness_not_loss(student_hidden, teacher_hidden, padding_mask):
    return _mean(_cosines(student_hidden, teacher_hidden), padding_mask)


def negative_without_one(student_hidden, teacher_hidden, padding_mask):
    return -_mean(_cosines(student_hidden, teacher_hidden), padding_mask)


def sign_flipped(student_hidden, teacher_hidden, padding_mask):
    return _mean(_cosines(student_hidden, teacher_hidden) - 1.0, padding_mask)


def one_plus_cosine(student_hidden, teacher_hidden, padding_mask):
    return _mean(1.0 + _cosines(student_hidden, teacher_hidden), padding_mask)


def lengths_forgotten(student_hidden, teacher_hidden, padding_mask):
    return _mean(1.0 - ops.sum(student_hidden * teacher_hidden, axis=-1), padding_mask)


def squared_lengths(student_hidden, teacher_hidden, padding_mask):
    products = ops.sum(student_hidden * teacher_hidden, axis=-1)
    squares = ops.sum(student_hidden**2, axis=-1) * ops.sum(teacher_hidden**2, axis=-1)
    return _mean(1.0 - products / squares, padding_mask)


def distance_not_direction(student_hidden, teacher_hidden, padding_mask):
    return _mean(ops.mean((student_hidden - teacher_hidden) ** 2, axis=-1), padding_mask)


def cosine_of_means(student_hidden, teacher_hidden, padding_mask):
    mask = ops.cast(padding_mask, "float32")[..., None]
    student, teacher = (ops.sum(values * mask, axis=1) for values in (student_hidden, teacher_hidden))
    return ops.mean(1.0 - _cosines(student, teacher))


def cosine_of_sequences(student_hidden, teacher_hidden, padding_mask):
    mask = ops.cast(padding_mask, "float32")[..., None]
    batch = student_hidden.shape[0]
    flat = [ops.reshape(values * mask, (batch, -1)) for values in (student_hidden, teacher_hidden)]
    return ops.mean(1.0 - _cosines(*flat))


def over_places(student_hidden, teacher_hidden, padding_mask):
    return ops.mean(1.0 - _cosines(student_hidden, teacher_hidden, axis=1))


def mean_of_means(student_hidden, teacher_hidden, padding_mask):
    is_real = ops.cast(padding_mask, "float32")
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)
    return ops.mean(ops.sum(losses * is_real, axis=1) / ops.sum(is_real, axis=1))


def sum_not_mean(student_hidden, teacher_hidden, padding_mask):
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)
    return ops.sum(losses * ops.cast(padding_mask, "float32"))


def divided_by_sequences(student_hidden, teacher_hidden, padding_mask):
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)
    return ops.mean(ops.sum(losses * ops.cast(padding_mask, "float32"), axis=1))


def first_token_alone(student_hidden, teacher_hidden, padding_mask):
    return ops.mean(1.0 - _cosines(student_hidden[:, 0], teacher_hidden[:, 0]))
