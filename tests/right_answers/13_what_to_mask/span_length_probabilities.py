"""Right answers to `span_length_probabilities` in other styles."""

from keras import ops


def in_closed_form(stop_probability, longest):
    going_on = 1 - stop_probability
    within = 1 - going_on**longest
    return [stop_probability * going_on ** (length - 1) / within for length in range(1, longest + 1)]


def by_stopping(stop_probability, longest):
    reached, found = 1.0, []
    for _ in range(longest):
        found.append(reached * stop_probability)
        reached *= 1 - stop_probability
    return ops.convert_to_tensor(found) / sum(found)


def without_the_factor(stop_probability, longest):
    powers = [(1 - stop_probability) ** exponent for exponent in range(longest)]
    return [power / sum(powers) for power in powers]
