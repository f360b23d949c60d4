"""Wrong answers to `sentence_logits` beside its mutants."""

from keras import ops


def _pooled(token, pooler_kernel, pooler_bias):
    return ops.tanh(ops.matmul(token, pooler_kernel) + pooler_bias)


def all_tokens_kept__with_an_axis(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.matmul(_pooled(outputs[:, :1], pooler_kernel, pooler_bias), kernel) + bias


def mean_of_tokens__after_the_pooler(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = ops.mean(_pooled(outputs, pooler_kernel, pooler_bias), axis=1)
    return ops.matmul(pooled, kernel) + bias


def softmax_applied__as_logarithms(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.log_softmax(ops.matmul(_pooled(outputs[:, 0], pooler_kernel, pooler_bias), kernel) + bias)


def softmax_applied__sigmoid(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.sigmoid(ops.matmul(_pooled(outputs[:, 0], pooler_kernel, pooler_bias), kernel) + bias)


def other_activation__sigmoid(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = ops.sigmoid(ops.matmul(outputs[:, 0], pooler_kernel) + pooler_bias)
    return ops.matmul(pooled, kernel) + bias


def other_activation__gelu(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = ops.gelu(ops.matmul(outputs[:, 0], pooler_kernel) + pooler_bias, approximate=True)
    return ops.matmul(pooled, kernel) + bias


def bias_missing__of_the_pooler(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.matmul(ops.tanh(ops.matmul(outputs[:, 0], pooler_kernel)), kernel) + bias


def pooler_missing__but_for_the_tanh(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.matmul(ops.tanh(outputs[:, 0]), kernel) + bias


def pooler_twice(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = _pooled(outputs[:, 0], pooler_kernel, pooler_bias)
    return ops.matmul(_pooled(pooled, pooler_kernel, pooler_bias), kernel) + bias


def residual_around_the_pooler(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = outputs[:, 0] + _pooled(outputs[:, 0], pooler_kernel, pooler_bias)
    return ops.matmul(pooled, kernel) + bias


def bias_inside_twice(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = ops.tanh(ops.matmul(outputs[:, 0], pooler_kernel)) + pooler_bias
    return ops.matmul(pooled, kernel) + bias


def biases_subtracted(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.matmul(_pooled(outputs[:, 0], pooler_kernel, -pooler_bias), kernel) - bias


def first_sentence_for_all(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.matmul(_pooled(outputs[0], pooler_kernel, pooler_bias), kernel) + bias


def classes_alone(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return ops.argmax(ops.matmul(_pooled(outputs[:, 0], pooler_kernel, pooler_bias), kernel) + bias, axis=-1)
