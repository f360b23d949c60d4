"""Verdict of `self_attention`: three projections of one input, and attention among its positions."""

import numpy as np


def draw(generator):
    """Inputs (B, T, D) and three kernels; one case with all kernels square."""
    cases = []
    for batch, length, width, key_dim, value_dim, scale in (
        (1, 3, 2, 3, 2, 1.0),
        (2, 5, 3, 7, 5, 0.3),
        (3, 7, 5, 5, 5, 1.0),
        (5, 2, 7, 3, 11, 1.0),
        (2, 11, 5, 2, 3, 0.7),
        (3, 3, 2, 5, 3, 1.0),
    ):
        cases.append(
            {
                "inputs": generator.normal(0, scale, (batch, length, width)),
                "query_kernel": generator.normal(0, 1, (width, key_dim)),
                "key_kernel": generator.normal(0, 1, (width, key_dim)),
                "value_kernel": generator.normal(0, 1, (width, value_dim)),
            }
        )
    return cases


CONDITIONS = {
    "one sentence": lambda case: len(case["inputs"]) == 1,
    "kernels that are all square": lambda case: (
        len({*case["query_kernel"].shape, *case["value_kernel"].shape}) == 1
    ),
    "all sizes different": lambda case: (
        len({*case["inputs"].shape, case["key_kernel"].shape[1], case["value_kernel"].shape[1]}) == 5
    ),
    "outputs and weights of one shape": lambda case: case["inputs"].shape[1] == case["value_kernel"].shape[1],
    "as many sentences as positions": lambda case: len(case["inputs"]) == case["inputs"].shape[1],
}


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _scores(inputs, query_kernel, key_kernel):
    return (inputs @ query_kernel) @ (inputs @ key_kernel).swapaxes(-1, -2)


def _scaled(inputs, query_kernel, key_kernel):
    return _scores(inputs, query_kernel, key_kernel) / np.sqrt(query_kernel.shape[1])


def _with_divisor(divisor):
    """The answer with another divisor of the scores, a function of inputs and query kernel."""

    def answer(inputs, query_kernel, key_kernel, value_kernel):
        weights = _softmax(_scores(inputs, query_kernel, key_kernel) / divisor(inputs, query_kernel))
        return weights @ (inputs @ value_kernel), weights

    return answer


reference = _with_divisor(lambda inputs, kernel: np.sqrt(kernel.shape[1]))


def _outputs_and_weights_swapped(**arguments):
    return reference(**arguments)[::-1]


def _scores_returned(inputs, query_kernel, key_kernel, value_kernel):
    outputs, _ = reference(inputs, query_kernel, key_kernel, value_kernel)
    return outputs, _scaled(inputs, query_kernel, key_kernel)


def _plain_scores_returned(inputs, query_kernel, key_kernel, value_kernel):
    outputs, _ = reference(inputs, query_kernel, key_kernel, value_kernel)
    return outputs, _scores(inputs, query_kernel, key_kernel)


def _scaled_after_softmax(inputs, query_kernel, key_kernel, value_kernel):
    weights = _softmax(_scores(inputs, query_kernel, key_kernel)) / np.sqrt(query_kernel.shape[1])
    return weights @ (inputs @ value_kernel), weights


def _wrong_axis(inputs, query_kernel, key_kernel, value_kernel):
    weights = _softmax(_scaled(inputs, query_kernel, key_kernel), axis=-2)
    return weights @ (inputs @ value_kernel), weights


def _query_and_key_swapped(inputs, query_kernel, key_kernel, value_kernel):
    return reference(inputs, key_kernel, query_kernel, value_kernel)


def _keys_as_values(inputs, query_kernel, key_kernel, value_kernel):
    return reference(inputs, query_kernel, key_kernel, key_kernel)


def _values_not_projected(inputs, query_kernel, key_kernel, value_kernel):
    return reference(inputs, query_kernel, key_kernel, np.eye(inputs.shape[-1]))


def _projections_transposed(inputs, query_kernel, key_kernel, value_kernel):
    return reference(inputs, query_kernel.T, key_kernel.T, value_kernel.T)


MISTAKES = {
    "outputs_and_weights_swapped": _outputs_and_weights_swapped,
    "scores_returned": (_scores_returned, _plain_scores_returned),
    "scale_missing": _with_divisor(lambda inputs, kernel: 1.0),
    "scaled_by_width": _with_divisor(lambda inputs, kernel: kernel.shape[1]),
    "scaled_by_length": _with_divisor(lambda inputs, kernel: np.sqrt(inputs.shape[1])),
    "scaled_after_softmax": _scaled_after_softmax,
    "wrong_axis": _wrong_axis,
    "query_and_key_swapped": _query_and_key_swapped,
    "keys_as_values": _keys_as_values,
    "values_not_projected": _values_not_projected,
    "projections_transposed": _projections_transposed,
}
