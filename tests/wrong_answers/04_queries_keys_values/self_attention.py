"""Wrong answers to `self_attention` beside its mutants."""

from keras import ops


def _parts(inputs, query_kernel, key_kernel, value_kernel):
    query, key, value = (ops.matmul(inputs, kernel) for kernel in (query_kernel, key_kernel, value_kernel))
    return ops.matmul(query, ops.swapaxes(key, -1, -2)) / query_kernel.shape[-1] ** 0.5, value


def outputs_and_weights_swapped__as_a_list(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    return [ops.softmax(scores), ops.matmul(ops.softmax(scores), value)]


def outputs_alone(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    return ops.matmul(ops.softmax(scores), value)


def weights_summed_over_keys(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    weights = ops.softmax(scores)
    return ops.matmul(ops.swapaxes(weights, -1, -2), value), weights


def causal(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    positions = ops.arange(inputs.shape[1])
    weights = ops.softmax(ops.where(positions[None, :] <= positions[:, None], scores, -1e9))
    return ops.matmul(weights, value), weights


def softmax_over_sentences(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    weights = ops.softmax(scores, axis=0)
    return ops.matmul(weights, value), weights


def softmax_over_the_whole_matrix(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    weights = ops.reshape(ops.softmax(ops.reshape(scores, (scores.shape[0], -1))), scores.shape)
    return ops.matmul(weights, value), weights


def inputs_added(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    weights = ops.softmax(scores)
    return ops.matmul(weights, value) + value, weights


def sentences_mixed(inputs, query_kernel, key_kernel, value_kernel):
    flat = ops.reshape(inputs, (1, -1, inputs.shape[-1]))
    scores, value = _parts(flat, query_kernel, key_kernel, value_kernel)
    weights = ops.softmax(scores)
    outputs = ops.reshape(ops.matmul(weights, value), (*inputs.shape[:2], value.shape[-1]))
    return outputs, weights


def weights_of_first_sentence(inputs, query_kernel, key_kernel, value_kernel):
    scores, value = _parts(inputs, query_kernel, key_kernel, value_kernel)
    weights = ops.softmax(scores)
    return ops.matmul(weights, value), ops.broadcast_to(weights[:1], weights.shape)
