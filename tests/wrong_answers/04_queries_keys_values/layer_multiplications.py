"""Wrong answers to `layer_multiplications` beside its mutants."""


def _counts(attention, recurrence, convolution):
    return {"self-attention": attention, "recurrence": recurrence, "convolution": convolution}


def _right(length, width, kernel_size):
    matrix = length * width**2
    return _counts(4 * matrix + 2 * length**2 * width, 2 * matrix, kernel_size * matrix)


def kernel_left_out__with_everything_in_place(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "convolution": length * width * width}


def ends_left_out(length, width, kernel_size):
    convolution = max(length - kernel_size + 1, 0) * kernel_size * width**2
    return {**_right(length, width, kernel_size), "convolution": convolution}


def window_no_longer_than_the_sentence(length, width, kernel_size):
    return _right(length, width, min(kernel_size, length))


def odd_windows_only(length, width, kernel_size):
    return _right(length, width, 2 * (kernel_size // 2) + 1)


def first_step_without_state(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "recurrence": (2 * length - 1) * width**2}


def causal_scores(length, width, kernel_size):
    attention = 4 * length * width**2 + length * (length + 1) * width
    return {**_right(length, width, kernel_size), "self-attention": attention}


def scaling_counted(length, width, kernel_size):
    counts = _right(length, width, kernel_size)
    return {**counts, "self-attention": counts["self-attention"] + length**2}


def without_length(length, width, kernel_size):
    return {**_right(length, width, kernel_size), "recurrence": 2 * width**2}


def order_of_growth(length, width, kernel_size):
    return _counts(length**2 * width, length * width**2, kernel_size * length * width**2)


def as_a_tuple(length, width, kernel_size):
    return tuple(_right(length, width, kernel_size).values())


def as_floats(length, width, kernel_size):
    return {kind: float(count) for kind, count in _right(length, width, kernel_size).items()}


def other_keys(length, width, kernel_size):
    return {kind.replace("-", "_"): count for kind, count in _right(length, width, kernel_size).items()}
