"""Right answers to `stack_parameters` in other styles."""

import numpy as np


def from_shapes(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attention = [(d, d), (d,)] * 4 + [(d,), (d,)]
    network = [(d, f), (f,), (f, d), (d,), (d,), (d,)]
    weights = {}
    for layer in range(num_layers):
        for part, shapes in (("attention", attention), ("network", network)):
            name = part if sharing in (part, "all") else (part, layer)
            weights[name] = sum(int(np.prod(shape)) for shape in shapes)
    return sum(weights.values())


def less_what_is_shared(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attention, network = 4 * d * (d + 1) + 2 * d, (d + 1) * f + (f + 1) * d + 2 * d
    saved = {"none": 0, "attention": attention, "network": network, "all": attention + network}
    return num_layers * (attention + network) - (num_layers - 1) * saved[sharing]


def in_numpy_integers(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = np.int64(hidden_dim), np.int64(intermediate_dim)
    parts = np.array([4 * d * d + 6 * d, 2 * d * f + f + 3 * d])
    is_shared = np.array([sharing in ("attention", "all"), sharing in ("network", "all")])
    return int(parts @ np.where(is_shared, 1, num_layers))
