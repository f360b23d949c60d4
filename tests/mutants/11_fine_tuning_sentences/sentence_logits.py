"""Wrong answers to `sentence_logits`, each named after the mistake it makes."""

from keras import ops


def _classify(pooled, kernel, bias):
    return ops.matmul(pooled, kernel) + bias


def _pool(token, pooler_kernel, pooler_bias):
    return ops.tanh(ops.matmul(token, pooler_kernel) + pooler_bias)


def all_tokens_kept(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(_pool(outputs, pooler_kernel, pooler_bias), kernel, bias)


def mean_of_tokens(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(_pool(ops.mean(outputs, axis=1), pooler_kernel, pooler_bias), kernel, bias)


def maximum_of_tokens(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(_pool(ops.max(outputs, axis=1), pooler_kernel, pooler_bias), kernel, bias)


def last_token(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(_pool(outputs[:, -1], pooler_kernel, pooler_bias), kernel, bias)


def softmax_applied(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.softmax(_classify(_pool(outputs[:, 0], pooler_kernel, pooler_bias), kernel, bias))


def tanh_on_the_logits(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.tanh(_classify(_pool(outputs[:, 0], pooler_kernel, pooler_bias), kernel, bias))


def pooler_missing(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(outputs[:, 0], kernel, bias)


def tanh_missing(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(ops.matmul(outputs[:, 0], pooler_kernel) + pooler_bias, kernel, bias)


def tanh_before_the_dense_layer(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = ops.matmul(ops.tanh(outputs[:, 0]), pooler_kernel) + pooler_bias
    return _classify(pooled, kernel, bias)


def other_activation(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(ops.relu(ops.matmul(outputs[:, 0], pooler_kernel) + pooler_bias), kernel, bias)


def bias_missing(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.matmul(_pool(outputs[:, 0], pooler_kernel, pooler_bias), kernel)


def pooler_kernel_turned(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return _classify(_pool(outputs[:, 0], ops.transpose(pooler_kernel), pooler_bias), kernel, bias)
