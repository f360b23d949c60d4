"""Wrong answers to `paired_interval`, each named after the mistake it makes."""

from keras import ops


def _numbers(is_right):
    return ops.cast(is_right, "float32")


def _ahead(first_is_right, second_is_right):
    return _numbers(first_is_right) - _numbers(second_is_right)


def _drawn(numbers, draws):
    return ops.mean(ops.take(numbers, draws, axis=0), axis=1)


def _result(middle, differences, left_out=None):
    differences = ops.sort(differences)
    left_out = differences.shape[0] // 20 if left_out is None else left_out
    return ops.stack([middle, differences[left_out], differences[-1 - left_out]])


def drawn_apart(first_is_right, second_is_right, draws):
    first = _drawn(_numbers(first_is_right), draws)
    second = _drawn(_numbers(second_is_right), ops.flip(draws, axis=0))
    return _result(ops.mean(_ahead(first_is_right, second_is_right)), first - second)


def ends_subtracted(first_is_right, second_is_right, draws):
    first, second = (
        _result(ops.mean(_numbers(right)), _drawn(_numbers(right), draws))
        for right in (first_is_right, second_is_right)
    )
    return first - second


def one_system_drawn(first_is_right, second_is_right, draws):
    differences = _drawn(_numbers(first_is_right), draws) - ops.mean(_numbers(second_is_right))
    return _result(ops.mean(_ahead(first_is_right, second_is_right)), differences)


def second_minus_first(first_is_right, second_is_right, draws):
    ahead = _ahead(second_is_right, first_is_right)
    return _result(ops.mean(ahead), _drawn(ahead, draws))


def sign_lost(first_is_right, second_is_right, draws):
    unlike = ops.abs(_ahead(first_is_right, second_is_right))
    return _result(ops.mean(unlike), _drawn(unlike, draws))


def mean_of_the_draws(first_is_right, second_is_right, draws):
    differences = _drawn(_ahead(first_is_right, second_is_right), draws)
    return _result(ops.mean(differences), differences)


def middle_of_the_draws(first_is_right, second_is_right, draws):
    differences = _drawn(_ahead(first_is_right, second_is_right), draws)
    return _result(ops.median(differences), differences)


def not_sorted(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    differences, left_out = _drawn(ahead, draws), draws.shape[0] // 20
    return ops.stack([ops.mean(ahead), differences[left_out], differences[-1 - left_out]])


def nothing_left_out(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    return _result(ops.mean(ahead), _drawn(ahead, draws), 0)


def other_share_left_out(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    return _result(ops.mean(ahead), _drawn(ahead, draws), draws.shape[0] // 10)


def one_too_few_left_out(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    return _result(ops.mean(ahead), _drawn(ahead, draws), draws.shape[0] // 20 - 1)


def one_too_many_left_out(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    return _result(ops.mean(ahead), _drawn(ahead, draws), draws.shape[0] // 20 + 1)


def interpolated(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    ends = ops.quantile(_drawn(ahead, draws), [0.05, 0.95])
    return ops.concatenate([ops.mean(ahead)[None], ends])


def normal_interval(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    differences = _drawn(ahead, draws)
    middle, spread = ops.mean(differences), 1.645 * ops.std(differences)
    return ops.stack([ops.mean(ahead), middle - spread, middle + spread])


def ends_swapped(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    middle, low, high = _result(ops.mean(ahead), _drawn(ahead, draws))
    return ops.stack([middle, high, low])


def counts_for_shares(first_is_right, second_is_right, draws):
    ahead = _ahead(first_is_right, second_is_right)
    return _result(ops.sum(ahead), ops.sum(ops.take(ahead, draws, axis=0), axis=1))
