"""Wrong answers to `softmax_jacobian` beside its mutants."""

from keras import ops


def _identity(scores):
    return ops.eye(scores.shape[-1])


def diagonal_only__of_weights(scores):
    return (ops.softmax(scores) * (1 - ops.softmax(scores)))[:, :, None] * _identity(scores)


def of_log_softmax__transposed_by_broadcasting(scores):
    return _identity(scores) - ops.softmax(scores)[:, None, :]


def rows_averaged(scores):
    weights = ops.softmax(scores)[:, :, None]
    return ops.mean(weights * (_identity(scores) - ops.swapaxes(weights, 1, 2)), axis=0)


def weights_for_the_diagonal(scores):
    weights = ops.softmax(scores)
    return weights[:, :, None] * _identity(scores)


def jacobian_of_first_row(scores):
    weights = ops.softmax(scores[:1])
    jacobian = weights[:, :, None] * (_identity(scores) - weights[:, None, :])
    return ops.broadcast_to(jacobian, (*scores.shape, scores.shape[-1]))


def times_scores(scores):
    weights = ops.softmax(scores)
    return scores[:, :, None] * weights[:, :, None] * (_identity(scores) - weights[:, None, :])


def of_sigmoids(scores):
    weights = ops.sigmoid(scores)
    return weights[:, :, None] * (_identity(scores) - weights[:, None, :])


def weight_squared(scores):
    weights = ops.softmax(scores)
    return weights[:, :, None] * (_identity(scores) - weights[:, :, None])


def differences(scores):
    weights = ops.softmax(scores)
    return weights[:, :, None] - weights[:, None, :]


def all_rows_in_one_matrix(scores):
    weights = ops.reshape(ops.softmax(scores), (-1,))
    return weights[:, None] * (ops.eye(weights.shape[0]) - weights[None, :])
