"""Right answers to `layer_multiplications` in other styles."""

import numpy as np


def counted_by_products(length, width, kernel_size):
    def product(rows, inner, columns):
        return rows * inner * columns

    attention = 4 * product(length, width, width) + product(length, width, length)
    attention += product(length, length, width)
    recurrence = sum(2 * product(1, width, width) for _ in range(length))
    convolution = sum(product(1, width, width) for _ in range(length * kernel_size))
    return dict([("recurrence", recurrence), ("convolution", convolution), ("self-attention", attention)])


def in_numpy(length, width, kernel_size):
    n, d, k = np.int64(length), np.int64(width), np.int64(kernel_size)
    return {
        "self-attention": 2 * n * d * (2 * d + n),
        "recurrence": n * d * d * 2,
        "convolution": np.prod([k, n, d, d]),
    }


def factored(length, width, kernel_size):
    matrix = length * width * width
    counts = {"recurrence": matrix << 1, "convolution": matrix * kernel_size}
    counts["self-attention"] = (matrix << 2) + 2 * width * length**2
    return counts


def by_matrices(length, width, kernel_size):
    matrices = {"self-attention": 4, "recurrence": 2, "convolution": kernel_size}
    counts = {kind: number * length * pow(width, 2) for kind, number in matrices.items()}
    counts["self-attention"] += sum(length * length * width for _ in ("scores", "sums"))
    return counts
