"""Which objectives there are."""

from dataclasses import dataclass

GENERATOR_SHARE = 0.25


@dataclass(frozen=True)
class Rung:
    """One objective.

    Attributes:
        name: what it is called in tables.
        kind: "masked", "spans", "boundary", "left to right", "permuted" or "replaced".
        share: of the words, how many are chosen.
        is_static: whether the same words are hidden in every epoch.
        pairs: "next", "order" or "unasked" (text in pairs, and nothing asked about them); "" for no pairs.
        asks: of "replaced": "every word" whether it was replaced, the "chosen" ones alone, what stood at
            "chosen words", or what stood at "all words".
        generator: its width beside the reader's; 0 for draws by frequency, without a network.
        weight: of the loss beside the generator's.
        begins_wide: whether matrices begin with a deviation of 1 / sqrt(width), positions as sinusoids; else
            as published, with 0.02.
        peak: the highest rate, where it is not that of all.
    """

    name: str
    kind: str
    share: float = 0.15
    is_static: bool = False
    pairs: str = ""
    asks: str = ""
    generator: float = GENERATOR_SHARE
    weight: float = 50.0
    begins_wide: bool = True
    peak: float | None = None

    @property
    def has_masked_words(self):
        """Whether the model says what stands under masks, by a head of its own."""
        return self.kind in ("masked", "spans", "boundary")

    @property
    def file_name(self):
        """The name as a file may have it."""
        return "".join(letter if letter.isalnum() else "_" for letter in self.name)


LEFT_TO_RIGHT = Rung("left to right", "left to right")
MASKED = Rung("masked words, 15 %", "masked")
COMMON = (
    MASKED,
    Rung("masked words, 40 %", "masked", 0.4),
    Rung("masked words, 15 %, static", "masked", is_static=True),
    Rung("spans, 15 %", "spans"),
    Rung("spans with boundaries, 15 %", "boundary"),
)
PERMUTED = Rung("permuted, 15 %", "permuted")
REPLACED = Rung("replaced words", "replaced", asks="every word")
PARTS = (
    Rung("replaced words, chosen ones alone", "replaced", asks="chosen"),
    Rung("what stood at replaced words", "replaced", asks="chosen words", weight=1.0),
    Rung("what stood at all words", "replaced", asks="all words", weight=1.0),
)
PAIRS = (
    Rung("masked words, 15 %, text in pairs", "masked", pairs="unasked"),
    Rung("masked words and next sentence", "masked", pairs="next"),
    Rung("masked words and sentence order", "masked", pairs="order"),
)
TOY_RUNGS = (LEFT_TO_RIGHT, *COMMON, REPLACED, *PARTS, PERMUTED, *PAIRS)

BY_FREQUENCY = Rung("replaced words, by frequency", "replaced", asks="every word", generator=0.0)
SLOWER = Rung("replaced words, a third of the rate", "replaced", asks="every word", peak=1e-3)
MASKED_SLOWER = Rung("masked words, 15 %, a third of the rate", "masked", peak=1e-3)

# Why a judge of replaced words does not learn: who replaces them, what its loss weighs, how it begins,
# and how fast it learns.
JUDGES = (
    BY_FREQUENCY,
    Rung("replaced words, generator of 1/2", "replaced", asks="every word", generator=0.5),
    Rung("replaced words, generator of 1", "replaced", asks="every word", generator=1.0),
    Rung("replaced words, weight 10", "replaced", asks="every word", weight=10.0),
    Rung("replaced words, weight 1", "replaced", asks="every word", weight=1.0),
    Rung("replaced words, begun as published", "replaced", asks="every word", begins_wide=False),
    SLOWER,
)

# What the ladder's table and its picture show: of the judges, those that learn.
TOY_SHOWN = (
    LEFT_TO_RIGHT,
    MASKED,
    MASKED_SLOWER,
    *COMMON[1:],
    REPLACED,
    SLOWER,
    BY_FREQUENCY,
    *PARTS,
    PERMUTED,
    *PAIRS,
)

# Rows are read one and a half times: whether masks are drawn anew is left to the toy language.
CHINESE_RUNGS = (
    LEFT_TO_RIGHT,
    *(rung for rung in COMMON if not rung.is_static),
    REPLACED,
    PERMUTED,
    PAIRS[2],
)
