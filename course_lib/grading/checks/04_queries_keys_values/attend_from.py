"""Verdict of `attend_from`: self-attention as one position computes it."""

import numpy as np


def draw(generator):
    """Sequences (T, D), a position, and three kernels; one case with all kernels square."""
    cases = []
    for length, width, key_dim, value_dim, index, scale in (
        (3, 2, 3, 2, 1, 1.0),
        (5, 7, 3, 2, 2, 0.3),
        (7, 5, 5, 5, 5, 1.0),
        (5, 3, 11, 7, 4, 1.0),
        (11, 2, 7, 3, 3, 1.0),
        (7, 3, 2, 5, 0, 1.0),
    ):
        cases.append(
            {
                "inputs": generator.normal(0, scale, (length, width)),
                "index": index,
                "query_kernel": generator.normal(0, 1, (width, key_dim)),
                "key_kernel": generator.normal(0, 1, (width, key_dim)),
                "value_kernel": generator.normal(0, 1, (width, value_dim)),
            }
        )
    cases[1]["inputs"][4] = cases[1]["inputs"][2]  # the position that asks stands there twice
    return cases


CONDITIONS = {
    "the first position asks": lambda case: case["index"] == 0,
    "the last position asks": lambda case: case["index"] == len(case["inputs"]) - 1,
    "a position in the middle asks": lambda case: 0 < case["index"] < len(case["inputs"]) - 1,
    "a vector that stands twice": lambda case: len(np.unique(case["inputs"], axis=0)) < len(case["inputs"]),
    "kernels that are all square": lambda case: (
        len({*case["query_kernel"].shape, *case["value_kernel"].shape}) == 1
    ),
    "all sizes different": lambda case: (
        len({*case["inputs"].shape, case["key_kernel"].shape[1], case["value_kernel"].shape[1]}) == 4
    ),
}


def _softmax(scores):
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum()


def _scores(inputs, index, query_kernel, key_kernel):
    return inputs @ key_kernel @ (inputs[index] @ query_kernel)


def _with_divisor(divisor):
    """The answer with another divisor of the scores, a function of inputs and query kernel."""

    def answer(inputs, index, query_kernel, key_kernel, value_kernel):
        scores = _scores(inputs, index, query_kernel, key_kernel) / divisor(inputs, query_kernel)
        return _softmax(scores) @ (inputs @ value_kernel)

    return answer


reference = _with_divisor(lambda inputs, kernel: np.sqrt(kernel.shape[1]))


def _weights(inputs, index, query_kernel, key_kernel):
    return _softmax(_scores(inputs, index, query_kernel, key_kernel) / np.sqrt(query_kernel.shape[1]))


def _query_and_key_swapped(inputs, index, query_kernel, key_kernel, value_kernel):
    return reference(inputs, index, key_kernel, query_kernel, value_kernel)


def _column_instead_of_row(inputs, index, query_kernel, key_kernel, value_kernel):
    given = [_weights(inputs, other, query_kernel, key_kernel)[index] for other in range(len(inputs))]
    return np.array(given) @ (inputs @ value_kernel)


def _values_not_projected(inputs, index, query_kernel, key_kernel, value_kernel):
    return _weights(inputs, index, query_kernel, key_kernel) @ inputs


def _keys_as_values(inputs, index, query_kernel, key_kernel, value_kernel):
    return _weights(inputs, index, query_kernel, key_kernel) @ (inputs @ key_kernel)


def _among(chosen, inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, query_kernel, key_kernel) / np.sqrt(query_kernel.shape[1])
    return _softmax(scores[chosen]) @ (inputs @ value_kernel)[chosen]


def _self_left_out(inputs, index, **kernels):
    return _among(np.arange(len(inputs)) != index, inputs, index, **kernels)


def _past_only(inputs, index, **kernels):
    return _among(np.arange(len(inputs)) <= index, inputs, index, **kernels)


def _first_position(inputs, index, **kernels):
    return reference(inputs, 0, **kernels)


MISTAKES = {
    "scale_missing": _with_divisor(lambda inputs, kernel: 1.0),
    "scaled_by_width": _with_divisor(lambda inputs, kernel: kernel.shape[1]),
    "scaled_by_inputs": _with_divisor(lambda inputs, kernel: np.sqrt(kernel.shape[0])),
    "scaled_by_length": _with_divisor(lambda inputs, kernel: np.sqrt(len(inputs))),
    "query_and_key_swapped": _query_and_key_swapped,
    "column_instead_of_row": _column_instead_of_row,
    "values_not_projected": _values_not_projected,
    "keys_as_values": _keys_as_values,
    "self_left_out": _self_left_out,
    "past_only": _past_only,
    "first_position": _first_position,
}
