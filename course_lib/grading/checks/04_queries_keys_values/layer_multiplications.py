"""Verdict of `layer_multiplications`: the arithmetic of three kinds of layer."""


def draw(generator):
    """Lengths, widths and window sizes, all prime, one case small enough to count on paper."""
    cases = [{"length": 3, "width": 2, "kernel_size": 5}]
    lengths = generator.permutation([7, 11, 101, 1009])
    widths = generator.permutation([5, 13, 31, 127])
    for length, width, kernel_size in zip(lengths, widths, (3, 7, 3, 5), strict=True):
        cases.append({"length": int(length), "width": int(width), "kernel_size": kernel_size})
    for length, width, kernel_size in ((1, 7, 1), (11, 1, 4), (2, 3, 2)):
        cases.append({"length": length, "width": width, "kernel_size": kernel_size})
    return cases


CONDITIONS = {
    "more positions than the vectors are wide": lambda case: case["length"] > case["width"],
    "vectors wider than there are positions": lambda case: case["length"] < case["width"],
    "a window beyond the ends": lambda case: case["kernel_size"] > case["length"],
    "a window of even size": lambda case: case["kernel_size"] % 2 == 0,
    "a window of one place": lambda case: case["kernel_size"] == 1,
    "one position": lambda case: case["length"] == 1,
    "vectors of one number": lambda case: case["width"] == 1,
}


def _attention(length, width):
    return 4 * length * width**2 + 2 * length**2 * width


def reference(length, width, kernel_size):
    return {
        "self-attention": _attention(length, width),
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def _instead(kind, count):
    """The right answer but for one kind of layer."""
    return lambda length, width, kernel_size: {
        **reference(length, width, kernel_size),
        kind: count(length, width, kernel_size),
    }


def _length_and_width_swapped(length, width, kernel_size):
    return reference(width, length, kernel_size)


def _additions_counted(length, width, kernel_size):
    return {kind: 2 * count for kind, count in reference(length, width, kernel_size).items()}


MISTAKES = {
    "length_and_width_swapped": _length_and_width_swapped,
    "projections_left_out": _instead("self-attention", lambda n, d, k: 2 * n**2 * d),
    "output_projection_left_out": _instead("self-attention", lambda n, d, k: _attention(n, d) - n * d**2),
    "weighted_sum_left_out": _instead("self-attention", lambda n, d, k: _attention(n, d) - n**2 * d),
    "recurrence_of_state_only": _instead("recurrence", lambda n, d, k: n * d**2),
    "kernel_left_out": _instead("convolution", lambda n, d, k: n * d**2),
    "kernel_squared": _instead("convolution", lambda n, d, k: k**2 * n * d**2),
    "channels_apart": _instead("convolution", lambda n, d, k: k * n * d),
    "additions_counted": _additions_counted,
}
