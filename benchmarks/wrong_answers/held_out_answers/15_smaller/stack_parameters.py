import keras  # noqa: F401
import numpy as np
from keras import ops  # noqa: F401

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _attention(d):
    return 4 * (d * d + d) + 2 * d


def _network(d, f):
    return d * f + f + f * d + d + 2 * d


def right_1(hidden_dim, intermediate_dim, num_layers, sharing):
    attention, network = _attention(hidden_dim), _network(hidden_dim, intermediate_dim)
    attentions = 1 if sharing in ("attention", "all") else num_layers
    networks = 1 if sharing in ("network", "all") else num_layers
    return attentions * attention + networks * network


def right_2(hidden_dim, intermediate_dim, num_layers, sharing):
    """Names every weight; who is shared has one name in all blocks."""
    weights = {}
    for layer in range(num_layers):
        a = "shared" if sharing == "attention" or sharing == "all" else layer
        n = "shared" if sharing == "network" or sharing == "all" else layer
        for name in ("query", "key", "value", "output"):
            weights[a, name, "kernel"] = (hidden_dim, hidden_dim)
            weights[a, name, "bias"] = (hidden_dim,)
        weights[n, "in", "kernel"] = (hidden_dim, intermediate_dim)
        weights[n, "in", "bias"] = (intermediate_dim,)
        weights[n, "out", "kernel"] = (intermediate_dim, hidden_dim)
        weights[n, "out", "bias"] = (hidden_dim,)
        for owner, name in ((a, "attention_norm"), (n, "network_norm")):
            weights[owner, name, "scale"] = weights[owner, name, "shift"] = (hidden_dim,)
    total = 0
    for shape in weights.values():
        size = 1
        for side in shape:
            size *= side
        total += size
    return total


def right_3(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    times = {
        "none": (num_layers, num_layers),
        "attention": (1, num_layers),
        "network": (num_layers, 1),
        "all": (1, 1),
    }[sharing]
    return times[0] * d * (4 * d + 6) + times[1] * (f * (2 * d + 1) + 3 * d)


def right_4(hidden_dim, intermediate_dim, num_layers, sharing):
    """What all blocks would have, less what is shared and need not be there again."""
    total = num_layers * (_attention(hidden_dim) + _network(hidden_dim, intermediate_dim))
    spared = num_layers - 1
    if sharing != "none" and sharing != "network":
        total -= spared * _attention(hidden_dim)
    if sharing != "none" and sharing != "attention":
        total -= spared * _network(hidden_dim, intermediate_dim)
    return total


def wrong_1(hidden_dim, intermediate_dim, num_layers, sharing):
    """Mixes up "attention" and "network". Wrong on: these two, where L is above 1."""
    a = num_layers if sharing in ("attention", "none") else 1
    n = num_layers if sharing in ("network", "none") else 1
    return a * _attention(hidden_dim) + n * _network(hidden_dim, intermediate_dim)


def wrong_2(hidden_dim, intermediate_dim, num_layers, sharing):
    """Counts the matrices without biases. Wrong on: everything."""
    d = hidden_dim
    a = 1 if sharing in ("attention", "all") else num_layers
    n = 1 if sharing in ("network", "all") else num_layers
    return a * (4 * d * d + 2 * d) + n * (2 * d * intermediate_dim + 2 * d)


def wrong_3(hidden_dim, intermediate_dim, num_layers, sharing):
    """One normalisation a block, behind the attention. Wrong on: everything."""
    d, f = hidden_dim, intermediate_dim
    a = 1 if sharing in ("attention", "all") else num_layers
    n = 1 if sharing in ("network", "all") else num_layers
    return a * (4 * (d * d + d) + 2 * d) + n * (2 * d * f + f + d)


def wrong_4(hidden_dim, intermediate_dim, num_layers, sharing):
    """Normalisations are never shared. Wrong on: all but "none", where L is above 1."""
    d, f = hidden_dim, intermediate_dim
    total = num_layers * 4 * d
    total += 4 * (d * d + d) * (1 if sharing in ("attention", "all") else num_layers)
    total += (2 * d * f + f + d) * (1 if sharing in ("network", "all") else num_layers)
    return total


def wrong_5(hidden_dim, intermediate_dim, num_layers, sharing):
    """Three dense layers in the attention; the output's is missing. Wrong on: everything."""
    d, f = hidden_dim, intermediate_dim
    attention = 3 * (d * d + d) + 2 * d
    a = 1 if sharing in ("attention", "all") else num_layers
    n = 1 if sharing in ("network", "all") else num_layers
    return a * attention + n * _network(d, f)


def wrong_6(hidden_dim, intermediate_dim, num_layers, sharing):
    """Does not know "all" and counts as if nothing were shared. Wrong on: "all" with L above 1."""
    attention, network = _attention(hidden_dim), _network(hidden_dim, intermediate_dim)
    if sharing == "attention":
        return attention + num_layers * network
    elif sharing == "network":
        return num_layers * attention + network
    else:
        return num_layers * (attention + network)


def wrong_7(hidden_dim, intermediate_dim, num_layers, sharing):
    """Counts in 32-bit floats. Wrong on: odd widths where the sum is above 2 ** 24."""
    d, f = np.float32(hidden_dim), np.float32(intermediate_dim)
    a = np.float32(1 if sharing in ("attention", "all") else num_layers)
    n = np.float32(1 if sharing in ("network", "all") else num_layers)
    return int(a * _attention(d) + n * _network(d, f))


def wrong_8(hidden_dim, intermediate_dim, num_layers, sharing):
    """A normalisation has a scale only, as in RMS norm. Wrong on: everything."""
    d, f = hidden_dim, intermediate_dim
    attention = 4 * d * (d + 1) + d
    network = f * (d + 1) + d * (f + 1) + d
    a = 1 if sharing in ("attention", "all") else num_layers
    n = 1 if sharing in ("network", "all") else num_layers
    return a * attention + n * network


def wrong_9(hidden_dim, intermediate_dim, num_layers, sharing):
    """Both biases of the network are D wide. Wrong on: F other than D."""
    d, f = hidden_dim, intermediate_dim
    network = 2 * (d * f + d) + 2 * d
    a = 1 if sharing in ("attention", "all") else num_layers
    n = 1 if sharing in ("network", "all") else num_layers
    return a * _attention(d) + n * network


def wrong_10(hidden_dim, intermediate_dim, num_layers, sharing):
    """Adds a last normalisation behind the stack. Wrong on: everything."""
    return right_1(hidden_dim, intermediate_dim, num_layers, sharing) + 2 * hidden_dim


def wrong_11(hidden_dim, intermediate_dim, num_layers, sharing):
    """The shared part stands in the first block and is not counted. Wrong on: all but "none"."""
    total = 0
    for _ in range(num_layers):
        if sharing not in ("attention", "all"):
            total += _attention(hidden_dim)
        if sharing not in ("network", "all"):
            total += _network(hidden_dim, intermediate_dim)
    return total


def wrong_12(hidden_dim, intermediate_dim, num_layers, sharing):
    """A condition that is always true. Wrong on: "none" and "network" with L above 1."""
    a = n = num_layers
    if sharing == "attention" or "all":
        a = 1
    if sharing == "network" or sharing == "all":
        n = 1
    return a * _attention(hidden_dim) + n * _network(hidden_dim, intermediate_dim)


def wrong_13(hidden_dim, intermediate_dim, num_layers, sharing):
    """The network is taken to be four times as wide as the block. Wrong on: F other than 4 D."""
    return right_1(hidden_dim, 4 * hidden_dim, num_layers, sharing)


def wrong_14(hidden_dim, intermediate_dim, num_layers, sharing):
    """What is used L times counts L times. Wrong on: all but "none", where L is above 1."""
    if sharing not in ("none", "attention", "network", "all"):
        raise ValueError(sharing)
    return num_layers * (_attention(hidden_dim) + _network(hidden_dim, intermediate_dim))


def wrong_15(hidden_dim, intermediate_dim, num_layers, sharing):
    """Both normalisations go with the attention. Wrong on: "attention" and "network" with L above 1."""
    d, f = hidden_dim, intermediate_dim
    a = 1 if sharing in ("attention", "all") else num_layers
    n = 1 if sharing in ("network", "all") else num_layers
    return a * (4 * (d * d + d) + 4 * d) + n * (2 * d * f + f + d)
