"""Wrong answers to `patch_attention`, each named after the mistake it makes."""

from keras import ops


def _on_grid(patches, rows, columns):
    return ops.reshape(patches, (-1, rows, columns))


def _from_class(attention_weights):
    return ops.mean(attention_weights[:, :, 0, 1:], axis=1)


def renormalised(attention_weights, rows, columns):
    patches = _from_class(attention_weights)
    return _on_grid(patches / ops.sum(patches, axis=-1, keepdims=True), rows, columns)


def who_attends_to_it(attention_weights, rows, columns):
    return _on_grid(ops.mean(attention_weights[:, :, 1:, 0], axis=1), rows, columns)


def class_token_is_a_patch(attention_weights, rows, columns):
    return _on_grid(ops.mean(attention_weights[:, :, 0, : rows * columns], axis=1), rows, columns)


def class_token_last(attention_weights, rows, columns):
    return _on_grid(ops.mean(attention_weights[:, :, -1, :-1], axis=1), rows, columns)


def other_token_asked(attention_weights, rows, columns):
    return _on_grid(ops.mean(attention_weights[:, :, 1, 1:], axis=1), rows, columns)


def mean_over_queries(attention_weights, rows, columns):
    return _on_grid(ops.mean(attention_weights[:, :, :, 1:], axis=(1, 2)), rows, columns)


def sum_over_heads(attention_weights, rows, columns):
    return _on_grid(ops.sum(attention_weights[:, :, 0, 1:], axis=1), rows, columns)


def one_head_alone(attention_weights, rows, columns):
    return _on_grid(attention_weights[:, 0, 0, 1:], rows, columns)


def largest_of_heads(attention_weights, rows, columns):
    return _on_grid(ops.max(attention_weights[:, :, 0, 1:], axis=1), rows, columns)


def grid_transposed(attention_weights, rows, columns):
    patches = _from_class(attention_weights)
    return ops.transpose(ops.reshape(patches, (-1, columns, rows)), (0, 2, 1))
