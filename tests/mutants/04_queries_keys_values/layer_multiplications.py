"""Wrong answers to `layer_multiplications`, each named after the mistake it makes."""


def _right(length, width, kernel_size):
    return {
        "self-attention": 4 * length * width**2 + 2 * length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def length_and_width_swapped(length, width, kernel_size):
    return _right(width, length, kernel_size)


def projections_left_out(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "self-attention": 2 * length**2 * width}


def output_projection_left_out(length, width, kernel_size):
    count = 3 * length * width**2 + 2 * length**2 * width
    return {**_right(length, width, kernel_size), "self-attention": count}


def weighted_sum_left_out(length, width, kernel_size):
    count = 4 * length * width**2 + length**2 * width
    return {**_right(length, width, kernel_size), "self-attention": count}


def recurrence_of_state_only(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "recurrence": length * width**2}


def kernel_left_out(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "convolution": length * width**2}


def kernel_squared(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "convolution": kernel_size**2 * length * width**2}


def channels_apart(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "convolution": kernel_size * length * width}


def additions_counted(length, width, kernel_size):
    return {kind: 2 * count for kind, count in _right(length, width, kernel_size).items()}
