"""Verdict of `stack_parameters`: what is used many times but is there once counts once."""

KINDS = ("none", "attention", "network", "all")


def draw(generator):
    """All ways to share, narrow and wide, one layer and many; a number too large for float32."""
    cases = []
    for sharing in KINDS:
        sizes = generator.permutation([2, 3, 5, 7, 11, 13])
        cases.append(
            {
                "hidden_dim": int(sizes[0]),
                "intermediate_dim": int(4 * sizes[0]),
                "num_layers": int(sizes[1]),
                "sharing": sharing,
            }
        )
        cases.append(
            {
                "hidden_dim": int(sizes[2]),
                "intermediate_dim": int(sizes[3]),
                "num_layers": int(sizes[4]),
                "sharing": sharing,
            }
        )
    small = {"hidden_dim": 2, "intermediate_dim": 3, "num_layers": 1, "sharing": "all"}
    published = {"hidden_dim": 768, "intermediate_dim": 3072, "num_layers": 12, "sharing": "all"}
    odd = {"hidden_dim": 1023, "intermediate_dim": 4093, "num_layers": 23, "sharing": "none"}
    return [small, *cases, published, {**published, "sharing": "none"}, odd]


CONDITIONS = {f"sharing {kind}": lambda case, kind=kind: case["sharing"] == kind for kind in KINDS} | {
    "one layer": lambda case: case["num_layers"] == 1,
    "more than a float32 can count": lambda case: case["hidden_dim"] == 1023,
    "several layers": lambda case: case["num_layers"] > 1,
    "a network four times as wide": lambda case: case["intermediate_dim"] == 4 * case["hidden_dim"],
    "a network of another width": lambda case: case["intermediate_dim"] != 4 * case["hidden_dim"],
}


def _counts(sharing, num_layers):
    """How many attentions and networks there are."""
    shares_attention, shares_network = sharing in ("attention", "all"), sharing in ("network", "all")
    return 1 if shares_attention else num_layers, 1 if shares_network else num_layers


def _attention(d, f):
    return 4 * (d * d + d)


def _network(d, f):
    return 2 * d * f + d + f


def _norm(d, f):
    return 2 * d


def _norms_of_parts(attentions, networks, num_layers):
    return attentions + networks


def _parameters(attention=_attention, network=_network, norm=_norm, counts=_counts, norms=_norms_of_parts):
    """The answer, with parts exchanged."""

    def answer(hidden_dim, intermediate_dim, num_layers, sharing):
        sizes = hidden_dim, intermediate_dim
        attentions, networks = counts(sharing, num_layers)
        number = norms(attentions, networks, num_layers)
        return attentions * attention(*sizes) + networks * network(*sizes) + number * norm(*sizes)

    return answer


reference = _parameters()


def _swapped(sharing, num_layers):
    return _counts({"attention": "network", "network": "attention"}.get(sharing, sharing), num_layers)


MISTAKES = {
    "sharing_ignored": _parameters(counts=lambda sharing, num_layers: (num_layers, num_layers)),
    "always_shared": _parameters(counts=lambda sharing, num_layers: (1, 1)),
    "attention_and_network_swapped": _parameters(counts=_swapped),
    "all_means_one_part": (
        _parameters(counts=lambda s, n: (1 if s == "attention" else n, 1 if s in ("network", "all") else n)),
        _parameters(counts=lambda s, n: (1 if s in ("attention", "all") else n, 1 if s == "network" else n)),
        _parameters(counts=lambda s, n: (1 if s == "attention" else n, 1 if s == "network" else n)),
    ),
    "norms_of_every_layer": _parameters(norms=lambda attentions, networks, layers: 2 * layers),
    "norms_always_shared": _parameters(norms=lambda attentions, networks, layers: 2),
    "norms_forgotten": _parameters(norm=lambda d, f: 0),
    "one_norm_a_block": (
        _parameters(norms=lambda attentions, networks, layers: attentions),
        _parameters(norms=lambda attentions, networks, layers: networks),
    ),
    "norm_without_shift": _parameters(norm=lambda d, f: d),
    "biases_forgotten": (
        _parameters(attention=lambda d, f: 4 * d * d, network=lambda d, f: 2 * d * f),
        _parameters(attention=lambda d, f: 4 * d * d),
        _parameters(network=lambda d, f: 2 * d * f),
    ),
    "output_layer_forgotten": (
        _parameters(attention=lambda d, f: 3 * (d * d + d)),
        _parameters(attention=lambda d, f: 3 * d * d),
    ),
    "way_back_forgotten": (
        _parameters(network=lambda d, f: d * f + f),
        _parameters(network=lambda d, f: d * f + d + f),
        _parameters(network=lambda d, f: d * f),
    ),
    "biases_of_one_width": (
        _parameters(network=lambda d, f: 2 * d * f + 2 * d),
        _parameters(network=lambda d, f: 2 * d * f + 2 * f),
    ),
    "network_four_times_as_wide": _parameters(network=lambda d, f: 8 * d * d + 5 * d),
}
