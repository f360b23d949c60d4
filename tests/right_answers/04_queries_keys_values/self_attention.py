"""Right answers to `self_attention` in other styles."""

import numpy as np
from keras import ops


def as_a_list(inputs, query_kernel, key_kernel, value_kernel):
    query, key, value = inputs @ query_kernel, inputs @ key_kernel, inputs @ value_kernel
    weights = ops.softmax(ops.einsum("btk,bsk->bts", query, key) / np.sqrt(query_kernel.shape[1]))
    return [ops.einsum("bts,bsv->btv", weights, value), weights]


def in_numpy(inputs, query_kernel, key_kernel, value_kernel):
    inputs, query_kernel, key_kernel, value_kernel = map(
        np.asarray, (inputs, query_kernel, key_kernel, value_kernel)
    )
    scores = inputs @ query_kernel @ (inputs @ key_kernel).transpose(0, 2, 1) / key_kernel.shape[1] ** 0.5
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ (inputs @ value_kernel), weights


def one_projection_for_all(inputs, query_kernel, key_kernel, value_kernel):
    joined = ops.matmul(inputs, ops.concatenate([query_kernel, key_kernel, value_kernel], axis=1))
    width = key_kernel.shape[1]
    query, key, value = ops.split(joined, [width, 2 * width], axis=-1)
    weights = ops.softmax(ops.matmul(query * width**-0.5, ops.transpose(key, (0, 2, 1))), axis=2)
    return ops.matmul(weights, value), weights


def sentence_by_sentence(inputs, query_kernel, key_kernel, value_kernel):
    outputs, maps = [], []
    for sentence in inputs:
        scores = ops.matmul(
            ops.matmul(sentence, query_kernel), ops.transpose(ops.matmul(sentence, key_kernel))
        )
        maps.append(ops.softmax(scores / query_kernel.shape[1] ** 0.5))
        outputs.append(ops.matmul(maps[-1], ops.matmul(sentence, value_kernel)))
    return ops.stack(outputs), ops.stack(maps)


def as_nested_lists(inputs, query_kernel, key_kernel, value_kernel):
    outputs, weights = in_numpy(inputs, query_kernel, key_kernel, value_kernel)
    return outputs.tolist(), weights.tolist()
