"""Who writes: the parts that differ from those of chapters 4 to 8."""

BASE = "as in chapters 4 to 8"
CONTENDERS = {
    BASE: {},
    "rotary positions": {"has_rotary_positions": True},
    "grouped queries, 2 groups": {"num_groups": 2},
    "grouped queries, 1 group": {"num_groups": 1},
    "pre-norm": {"norm_place": "pre"},
    "RMS norm": {"has_root_mean_square_norm": True},
    "gated network": {"has_gated_network": True},
    "all of them, 2 groups": {
        "has_rotary_positions": True,
        "num_groups": 2,
        "norm_place": "pre",
        "has_root_mean_square_norm": True,
        "has_gated_network": True,
    },
}
PLACES = ("post", "pre")  # of normalisations, at several learning rates without warm-up
DEEP = 6  # layers there
