"""Wrong answers to `paired_interval` beside its mutants."""

from keras import ops


def _numbers(is_right):
    return ops.cast(is_right, "float32")


def _drawn(numbers, draws):
    return ops.mean(ops.take(numbers, draws, axis=0), axis=1)


def _ends(middle, differences):
    differences = ops.sort(differences)
    left_out = differences.shape[0] // 20
    return ops.stack([middle, differences[left_out], differences[-1 - left_out]])


def _parts(first_is_right, second_is_right, draws):
    ahead = _numbers(first_is_right) - _numbers(second_is_right)
    return ahead, ops.mean(ahead), _drawn(ahead, draws)


def drawn_apart__one_row_later(first_is_right, second_is_right, draws):
    _, middle, _ = _parts(first_is_right, second_is_right, draws)
    first = _drawn(_numbers(first_is_right), draws)
    second = _drawn(_numbers(second_is_right), ops.roll(draws, 1, axis=0))
    return _ends(middle, first - second)


def ends_subtracted__crosswise(first_is_right, second_is_right, draws):
    first, second = (
        _ends(ops.mean(_numbers(right)), _drawn(_numbers(right), draws))
        for right in (first_is_right, second_is_right)
    )
    return ops.stack([first[0] - second[0], first[1] - second[2], first[2] - second[1]])


def one_system_drawn__the_second(first_is_right, second_is_right, draws):
    _, middle, _ = _parts(first_is_right, second_is_right, draws)
    return _ends(middle, ops.mean(_numbers(first_is_right)) - _drawn(_numbers(second_is_right), draws))


def other_share_left_out__a_fortieth(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws)
    differences, left_out = ops.sort(differences), draws.shape[0] // 40
    return ops.stack([middle, differences[left_out], differences[-1 - left_out]])


def one_too_few_left_out__at_the_high_end(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws)
    differences, left_out = ops.sort(differences), draws.shape[0] // 20
    return ops.stack([middle, differences[left_out], differences[-left_out]])


def sign_lost__in_the_draws(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws)
    return _ends(middle, ops.abs(differences))


def interval_around_the_difference(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws)
    _, low, high = _ends(middle, differences)
    half = (high - low) / 2
    return ops.stack([middle, middle - half - 0.01, middle + half + 0.01])


def turned_at_the_difference(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws)
    _, low, high = _ends(middle, differences)
    return ops.stack([middle, 2 * middle - high, 2 * middle - low]) + 1e-3


def errors_for_right_answers(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws)
    _, low, high = _ends(middle, differences)
    return ops.stack([-middle, low, high]) + 1e-3


def accuracy_of_the_first(first_is_right, second_is_right, draws):
    numbers = _numbers(first_is_right)
    return _ends(ops.mean(numbers), _drawn(numbers, draws))


def ratio_for_difference(first_is_right, second_is_right, draws):
    first, second = (_numbers(right) for right in (first_is_right, second_is_right))
    ratios = _drawn(first, draws) / ops.maximum(_drawn(second, draws), 1e-3)
    return _ends(ops.mean(first) / ops.maximum(ops.mean(second), 1e-3), ratios)


def in_percent(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws)
    return 100.0 * _ends(middle, differences)


def half_of_the_draws(first_is_right, second_is_right, draws):
    _, middle, differences = _parts(first_is_right, second_is_right, draws[: draws.shape[0] // 2])
    differences = ops.sort(differences)
    return ops.stack([middle, differences[0], differences[-1]]) + 1e-3


def draws_as_weights(first_is_right, second_is_right, draws):
    ahead, middle, _ = _parts(first_is_right, second_is_right, draws)
    return _ends(middle, ops.mean(ops.cast(draws, "float32") * ahead[None], axis=1))
