"""Which runs there are."""

from dataclasses import dataclass

MASKS = {  # of the chosen words: how many become the mask, how many a random word; the rest is kept
    "80/10/10": (0.8, 0.1),
    "all masked": (1.0, 0.0),
    "all random": (0.0, 1.0),
    "all kept": (0.0, 0.0),
}
SEEDS = (0, 1, 2)
STEPS = 2_000
SHARES = (0.05, 0.15, 0.4, 0.8)
SIZES = {  # width: steps
    32: (500, 2_000, 8_000),
    64: (500, 2_000, 8_000, 16_000),
    128: (2_000, 8_000),
}


@dataclass(frozen=True)
class Run:
    """One pre-training: what is hidden, how large the model is, how long it learns, how it begins.

    Wide: matrices begin with a deviation of 1 / sqrt(width), and positions as sinusoids; else as published.
    """

    masks: str = "80/10/10"
    share: float = 0.15
    width: int = 32
    num_layers: int = 2
    steps: int = STEPS
    seed: int = 0
    peak_rate: float = 3e-3
    early_share: float | None = (
        None  # the share that is chosen in the first half of the steps, if another one
    )
    is_wide: bool = False


def runs_of(study):
    """The runs of a study, those of the first seed first.

    Args:
        study: "recipes", "shares", "sizes" or "tricks".

    Returns:
        list of `Run`. The same run may belong to several studies.
    """
    if study == "recipes":
        return [Run(masks=masks, seed=seed) for seed in SEEDS for masks in MASKS]
    if study == "shares":
        return [Run(share=share, seed=seed) for seed in SEEDS for share in SHARES]
    if study == "sizes":
        lengths = sorted((width * steps, width, steps) for width, many in SIZES.items() for steps in many)
        return [Run(width=width, steps=steps) for _, width, steps in lengths]
    return [
        Run(width=64, steps=2_000, is_wide=True),
        Run(width=64, steps=8_000, is_wide=True),
        Run(width=64, early_share=0.4, steps=8_000),
        Run(width=64, num_layers=3, steps=8_000, is_wide=True),
        Run(width=64, early_share=0.4, steps=8_000, is_wide=True),
        Run(width=64, early_share=0.4, steps=32_000, is_wide=True),
        Run(width=64, early_share=0.4, steps=64_000, is_wide=True),
    ]


STUDIES = ("recipes", "shares", "sizes", "tricks")
