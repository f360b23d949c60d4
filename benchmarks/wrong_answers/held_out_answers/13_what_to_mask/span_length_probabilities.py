import math

import numpy as np
from keras import ops


def right_1(stop_probability, longest):
    powers = (1.0 - stop_probability) ** np.arange(longest)
    return powers / powers.sum()


def right_2(stop_probability, longest):
    going = [1.0]
    for _ in range(longest - 1):
        going.append(going[-1] * (1.0 - stop_probability))
    total = math.fsum(going)
    return [g / total for g in going]


def right_3(stop_probability, longest):
    # The stopping chance of each step, given that the length is at most `longest`, from the back.
    odds = [1.0]
    for _ in range(longest - 1):
        odds.append(1.0 + (1.0 - stop_probability) * odds[-1])
    alive, result = 1.0, []
    for step in range(longest):
        stop = 1.0 / odds[longest - 1 - step]
        result.append(alive * stop)
        alive *= 1.0 - stop
    return np.array(result)


def right_4(stop_probability, longest):
    if stop_probability >= 1.0:
        return np.eye(longest)[0]
    log_going = math.log1p(-stop_probability)
    total = math.expm1(longest * log_going) / math.expm1(log_going)
    return np.exp(log_going * np.arange(longest)) / total


def wrong_1(stop_probability, longest):
    """Not divided by the sum. Wrong on: nearly all, the probabilities do not add up to 1."""
    lengths = np.arange(1, longest + 1)
    return stop_probability * (1 - stop_probability) ** (lengths - 1)


def wrong_2(stop_probability, longest):
    """Longer spans are cut, not drawn again. Wrong on: nearly all with p < 1 and L > 1."""
    p = stop_probability
    result = [p * (1 - p) ** (k - 1) for k in range(1, longest + 1)]
    result[-1] = (1 - p) ** (longest - 1)
    return result


def wrong_3(stop_probability, longest):
    """The exponent is l; the sum hides it but for p = 1. Wrong on: p = 1, where all come out as 0."""
    lengths = np.arange(1, longest + 1)
    raw = stop_probability * (1 - stop_probability) ** lengths
    return raw / max(raw.sum(), 1e-300)


def wrong_4(stop_probability, longest):
    """p is taken for the probability to go on. Wrong on: p other than a half, with L > 1."""
    raw = stop_probability ** np.arange(longest)
    return raw / raw.sum()


def wrong_5(stop_probability, longest):
    """Lengths from 0 to L. Wrong on: everything, there is one too many."""
    raw = stop_probability * (1 - stop_probability) ** np.arange(longest + 1)
    return raw / raw.sum()


def wrong_6(stop_probability, longest):
    """Lengths below L only. Wrong on: everything, L itself is left out."""
    raw = [stop_probability * (1 - stop_probability) ** (k - 1) for k in range(1, max(longest, 2))]
    return [r / sum(raw) for r in raw] if longest > 1 else [0.0]


def wrong_8(stop_probability, longest):
    """By logarithms, with 0 times minus infinity. Wrong on: p = 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log1p(-np.float64(stop_probability)) * np.arange(longest)
        raw = np.exp(logs - logs.max())
        return raw / raw.sum()


def wrong_9(stop_probability, longest):
    """All lengths are equally likely. Wrong on: L > 1 and a p that is not tiny."""
    return np.full(longest, 1.0 / longest)


def wrong_10(stop_probability, longest):
    """Softmax in place of the division. Wrong on: L > 1 and a p that is not tiny."""
    lengths = np.arange(1, longest + 1)
    raw = stop_probability * (1 - stop_probability) ** (lengths - 1)
    return ops.softmax(ops.convert_to_tensor(raw), axis=-1)


def wrong_11(stop_probability, longest):
    """Divided by the largest. Wrong on: L > 1 and p < 1."""
    raw = stop_probability * (1 - stop_probability) ** np.arange(longest)
    return raw / raw.max()


def wrong_12(stop_probability, longest):
    """From the longest to the shortest. Wrong on: L > 1 and a p that is not tiny."""
    raw = (1 - stop_probability) ** np.arange(longest)[::-1]
    return raw / raw.sum()


def wrong_13(stop_probability, longest):
    """The probability of a length of at most l. Wrong on: L > 1 and p < 1."""
    raw = stop_probability * (1 - stop_probability) ** np.arange(longest)
    return np.cumsum(raw / raw.sum())


def wrong_14(stop_probability, longest):
    """The probability of a length of at least l. Wrong on: L > 1 and p < 1."""
    raw = (1 - stop_probability) ** np.arange(longest)
    return np.cumsum((raw / raw.sum())[::-1])[::-1]


def wrong_15(stop_probability, longest):
    """L is 10, as published, and what is asked for is cut out of it. Wrong on: L other than 10."""
    raw = stop_probability * (1 - stop_probability) ** np.arange(longest)
    total = sum(stop_probability * (1 - stop_probability) ** k for k in range(10))
    return raw / total


def wrong_16(stop_probability, longest):
    """p is 0.2, as published. Wrong on: p other than 0.2, with L > 1."""
    raw = 0.2 * 0.8 ** np.arange(longest)
    return raw / raw.sum()


def wrong_17(stop_probability, longest):
    """What lies above L is shared out evenly. Wrong on: L > 1 and 0 < p < 1."""
    p = stop_probability
    rest = (1 - p) ** longest
    return [p * (1 - p) ** k + rest / longest for k in range(longest)]


def wrong_18(stop_probability, longest):
    """Weighed by length: the length of the span a word is in. Wrong on: L > 1 and p < 1."""
    lengths = np.arange(1, longest + 1)
    raw = lengths * (1 - stop_probability) ** (lengths - 1)
    return raw / raw.sum()


def wrong_19(stop_probability, longest):
    """Drawn again once, and a second time above L is lost. Wrong on: p < 1 where (1 - p)^(2 L) is not
    tiny."""
    raw = stop_probability * (1 - stop_probability) ** np.arange(longest)
    return raw * (1 + (1 - raw.sum()))


def wrong_20(stop_probability, longest):
    """Lengths above L are given to length 1 in place of a new draw. Wrong on: L > 1 and p < 1."""
    p = stop_probability
    raw = [p * (1 - p) ** k for k in range(longest)]
    raw[0] += (1 - p) ** longest
    return raw


def wrong_21(stop_probability, longest):
    """Poisson lengths with the mean 1 / p, as in another paper. Wrong on: L > 1 and most p."""
    mean = 1.0 / stop_probability
    logs = np.array([k * math.log(mean) - math.lgamma(k + 1) for k in range(1, longest + 1)])
    raw = np.exp(logs - logs.max())
    return raw / raw.sum()


def wrong_22(stop_probability, longest):
    """Sums to L - 1: range forgets its end in the denominator. Wrong on: L > 1 and p < 1."""
    p = stop_probability
    total = sum(p * (1 - p) ** (k - 1) for k in range(1, longest)) or p
    return [p * (1 - p) ** (k - 1) / total for k in range(1, longest + 1)]
