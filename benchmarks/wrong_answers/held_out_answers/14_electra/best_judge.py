import numpy as np
from keras import ops


def _at(table, shown):
    return ops.take_along_axis(table, ops.cast(shown, "int32")[:, None], axis=1)[:, 0]


def right_1(original_probabilities, generator_probabilities, shown, share):
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return share * q * (1.0 - p) / ((1.0 - share) * p + share * q)


def right_2(original_probabilities, generator_probabilities, shown, share):
    """Goes through every word that might have stood there."""
    p = ops.convert_to_numpy(original_probabilities).astype("float64")
    q = ops.convert_to_numpy(generator_probabilities).astype("float64")
    x = ops.convert_to_numpy(shown)
    answer = np.zeros(len(x))
    for n in range(len(x)):
        real = other = 0.0
        for v in range(p.shape[1]):
            chosen = p[n, v] * share * q[n, x[n]]
            if v == x[n]:
                real += chosen + p[n, v] * (1.0 - share)
            else:
                other += chosen
        answer[n] = other / (real + other)
    return ops.convert_to_tensor(answer.astype("float32"))


def right_3(original_probabilities, generator_probabilities, shown, share):
    """One minus the probability of the original word, by Bayes' rule."""
    rows = np.arange(shown.shape[0])
    x = ops.convert_to_numpy(shown)
    p = ops.convert_to_numpy(original_probabilities)[rows, x].astype("float64")
    q = ops.convert_to_numpy(generator_probabilities)[rows, x].astype("float64")
    seen_if_original = (1.0 - share) + share * q
    seen_if_other = share * q
    real = p * seen_if_original / (p * seen_if_original + (1.0 - p) * seen_if_other)
    return ops.convert_to_tensor((1.0 - real).astype("float32"))


def right_4(original_probabilities, generator_probabilities, shown, share):
    """Probability that the place was chosen, times that of another word if it was."""
    hot = ops.one_hot(shown, original_probabilities.shape[-1], dtype=original_probabilities.dtype)
    p = ops.sum(original_probabilities * hot, axis=-1)
    q = ops.sum(generator_probabilities * hot, axis=-1)
    left_alone = (1.0 - share) * p / (share * q)
    return (1.0 - p) / (1.0 + left_alone)


def wrong_1(original_probabilities, generator_probabilities, shown, share):
    """The probability that the place was chosen; hits count as replaced. Wrong on: all p above 0."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return share * q / ((1.0 - share) * p + share * q)


def wrong_2(original_probabilities, generator_probabilities, shown, share):
    """1 - p, whatever the share. Wrong on: shares below 1."""
    return 1.0 - _at(original_probabilities, shown)


def wrong_3(original_probabilities, generator_probabilities, shown, share):
    """Both texts are thought equally probable: q / (p + q). Wrong on: nearly all inputs."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return q / (p + q)


def wrong_4(original_probabilities, generator_probabilities, shown, share):
    """Not Bayes: the share times 1 - p. Wrong on: shares below 1 unless p equals q."""
    return share * (1.0 - _at(original_probabilities, shown))


def wrong_5(original_probabilities, generator_probabilities, shown, share):
    """1 - s is left out. Wrong on: all p above 0."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return share * q * (1.0 - p) / (p + share * q)


def wrong_6(original_probabilities, generator_probabilities, shown, share):
    """s and 1 - s are exchanged. Wrong on: shares other than one half."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return (1.0 - share) * q * (1.0 - p) / (share * p + (1.0 - share) * q)


def wrong_7(original_probabilities, generator_probabilities, shown, share):
    """The probability that the word is the original. Wrong on: answers other than one half."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return p * (1.0 - share + share * q) / ((1.0 - share) * p + share * q)


def wrong_8(original_probabilities, generator_probabilities, shown, share):
    """Hits are in neither part. Wrong on: p between 0 and 1 (and p of 1 with a share of 1: 0 / 0)."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    replaced = share * q * (1.0 - p)
    return replaced / (replaced + (1.0 - share) * p)


def wrong_9(original_probabilities, generator_probabilities, shown, share):
    """p and q are exchanged. Wrong on: p other than q."""
    p, q = _at(generator_probabilities, shown), _at(original_probabilities, shown)
    return share * q * (1.0 - p) / ((1.0 - share) * p + share * q)


def wrong_10(original_probabilities, generator_probabilities, shown, share):
    """Odds, divided by p. Wrong on: a word with p = 0 (nan)."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    odds = share * q * (1.0 - p) / (p * (1.0 - share + share * q))
    return odds / (1.0 + odds)


def wrong_11(original_probabilities, generator_probabilities, shown, share):
    """1e-3 is added below the line. Wrong on: p and q that are both small."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return share * q * (1.0 - p) / ((1.0 - share) * p + share * q + 1e-3)


def wrong_12(original_probabilities, generator_probabilities, shown, share):
    """Looks at the most probable word, not at the one shown. Wrong on: any other word shown."""
    best = ops.argmax(original_probabilities, axis=-1)
    p, q = _at(original_probabilities, best), _at(generator_probabilities, best)
    return share * q * (1.0 - p) / ((1.0 - share) * p + share * q)


def wrong_13(original_probabilities, generator_probabilities, shown, share):
    """The first place's probabilities for all. Wrong on: more than one place."""
    p = ops.take(original_probabilities[0], shown, axis=0)
    q = ops.take(generator_probabilities[0], shown, axis=0)
    return share * q * (1.0 - p) / ((1.0 - share) * p + share * q)


def wrong_14(original_probabilities, generator_probabilities, shown, share):
    """A word with p = 0 gets probability 0 to avoid a division. Wrong on: p = 0, where the answer is 1."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    judged = share * q * (1.0 - p) / ((1.0 - share) * p + share * q)
    return ops.where(p > 0, judged, ops.zeros_like(judged))


def wrong_15(original_probabilities, generator_probabilities, shown, share):
    """A chosen place is a hit with probability q, not p. Wrong on: p other than q."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return share * q * (1.0 - q) / ((1.0 - share) * p + share * q)


def wrong_16(original_probabilities, generator_probabilities, shown, share):
    """How often a word is replaced at all, whatever is shown. Wrong on: nearly all inputs."""
    hit = ops.sum(original_probabilities * generator_probabilities, axis=-1)
    return share * (1.0 - hit)


def wrong_17(original_probabilities, generator_probabilities, shown, share):
    """The generator draws again until the word differs. Wrong on: p between 0 and 1, nearly always."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    others = ops.sum(original_probabilities / (1.0 - generator_probabilities + 1e-9), axis=-1)
    others = share * q * (others - p / (1.0 - q + 1e-9))
    return others / (others + (1.0 - share) * p + 1e-12)


def wrong_18(original_probabilities, generator_probabilities, shown, share):
    """The rest of p is multiplied by the rest of q: (1 - p) (1 - q) s. Wrong on: nearly all inputs."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    other = share * (1.0 - p) * (1.0 - q)
    return other / (other + p * (1.0 - share + share * q) + 1e-12)


def wrong_19(original_probabilities, generator_probabilities, shown, share):
    """1 - s is not weighted by p of the word below the line. Wrong on: p below 1, share below 1."""
    p, q = _at(original_probabilities, shown), _at(generator_probabilities, shown)
    return share * q * (1.0 - p) / (share * q + 1.0 - share)
