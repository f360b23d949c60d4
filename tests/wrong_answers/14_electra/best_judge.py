"""Wrong answers to `best_judge` beside its mutants."""

from keras import ops


def _both(original_probabilities, generator_probabilities, shown):
    index = shown[:, None]
    return (
        ops.take_along_axis(table, index, axis=1)[:, 0]
        for table in (original_probabilities, generator_probabilities)
    )


def share_ignored__half_of_all(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return q * (1 - p) / (p + q)


def share_ignored__and_hits_counted(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return q / (p + q)


def not_normalised__hits_counted(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return share * q + 0 * p


def evidence_ignored__the_share_alone(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return share + 0 * p


def evidence_ignored__but_the_draw(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return share * (1 - q)


def likeliest_word_judged(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, ops.argmax(original_probabilities, axis=1))
    return share * q * (1 - p) / ((1 - share) * p + share * q)


def word_of_the_first_place(original_probabilities, generator_probabilities, shown, share):
    p, q = original_probabilities[:, shown[0]], generator_probabilities[:, shown[0]]
    return share * q * (1 - p) / ((1 - share) * p + share * q)


def sure_or_not(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return ops.cast(share * q > (1 - share) * p, "float32")


def odds_for_probability(original_probabilities, generator_probabilities, shown, share):
    p, q = _both(original_probabilities, generator_probabilities, shown)
    return share * q * (1 - p) / ((1 - share) * p + share * q * p + 1e-6)


def judged_word_by_word(original_probabilities, generator_probabilities, shown, share):
    p, q = original_probabilities, generator_probabilities
    return share * q * (1 - p) / ((1 - share) * p + share * q)
