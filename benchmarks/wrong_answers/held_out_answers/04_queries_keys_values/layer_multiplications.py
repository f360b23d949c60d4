def wrong_1(length, width, kernel_size):
    """Three projections, without that of the outputs; wrong on almost any input."""
    return {
        "self-attention": 3 * length * width**2 + 2 * length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def wrong_2(length, width, kernel_size):
    """Forgets the weighted sums: n^2 d once only; wrong on almost any input."""
    return {
        "self-attention": 4 * length * width**2 + length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def wrong_3(length, width, kernel_size):
    """The table of the paper: orders without factors or projections; wrong on almost any input."""
    return {
        "self-attention": length**2 * width,
        "recurrence": length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def wrong_4(length, width, kernel_size):
    """The convolution counts only windows that lie inside, n - k + 1 of them. Wrong on: a kernel size above 1."""
    return {
        "self-attention": 4 * length * width**2 + 2 * length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * (length - kernel_size + 1) * width**2,
    }


def wrong_5(length, width, kernel_size):
    """Returns floats."""
    return {
        "self-attention": 4.0 * length * width**2 + 2.0 * length**2 * width,
        "recurrence": 2.0 * length * width**2,
        "convolution": float(kernel_size) * length * width**2,
    }


def wrong_6(length, width, kernel_size):
    """A key with an underscore, "self_attention", where the text has a hyphen."""
    return {
        "self_attention": 4 * length * width**2 + 2 * length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def wrong_7(length, width, kernel_size):
    """A score counted as one multiplication, not d of them. Wrong on: d above 1."""
    return {
        "self-attention": 4 * length * width**2 + length**2 + length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def wrong_8(length, width, kernel_size):
    """The first recurrent step is left out, for its last state is zero: 2 n - 1 products; wrong on almost any input."""
    return {
        "self-attention": 4 * length * width**2 + 2 * length**2 * width,
        "recurrence": (2 * length - 1) * width**2,
        "convolution": kernel_size * length * width**2,
    }


def wrong_9(length, width, kernel_size):
    """Counts additions, too: everything twice; wrong on almost any input."""
    return {
        "self-attention": 2 * (4 * length * width**2 + 2 * length**2 * width),
        "recurrence": 2 * (2 * length * width**2),
        "convolution": 2 * kernel_size * length * width**2,
    }


def wrong_10(length, width, kernel_size):
    """The projections once for the layer, not for each position. Wrong on: n above 1."""
    return {
        "self-attention": 4 * width**2 + 2 * length**2 * width,
        "recurrence": 2 * length * width**2,
        "convolution": kernel_size * length * width**2,
    }


def right_1(length, width, kernel_size):
    """Sums of products of matrices by their shapes."""

    def product(rows, inner, columns):
        return rows * inner * columns

    attention = 4 * product(length, width, width)
    attention += product(length, width, length) + product(length, length, width)
    recurrence = sum(2 * product(1, width, width) for _ in range(length))
    convolution = sum(product(length, width, width) for _ in range(kernel_size))
    return {"self-attention": attention, "recurrence": recurrence, "convolution": convolution}


def right_2(length, width, kernel_size):
    """Factors taken out; keys in another order."""
    one = length * width
    return {
        "convolution": one * width * kernel_size,
        "recurrence": one * (width + width),
        "self-attention": 2 * one * (2 * width + length),
    }


def right_3(length, width, kernel_size):
    """Counted position by position."""
    counts = dict.fromkeys(["self-attention", "recurrence", "convolution"], 0)
    for _position in range(length):
        for _projection in ("query", "key", "value", "output"):
            counts["self-attention"] += width * width
        for _other in range(length):
            counts["self-attention"] += width  # the score
            counts["self-attention"] += width  # the weighted value
        counts["recurrence"] += width * width + width * width
        for _place in range(kernel_size):
            counts["convolution"] += width * width
    return counts
