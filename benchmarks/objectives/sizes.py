"""How large the reader of all rungs is, and how all of them are trained."""

from dataclasses import dataclass, field

from benchmarks.minutes.rule import Rule
from benchmarks.pretraining.recipe import NEVER


@dataclass(frozen=True)
class Sizes:
    """The reader, the batches and the recipe, the same for every rung.

    Attributes:
        vocabulary_size, hidden_dim, num_layers, num_heads, max_sequence_length: of the reader.
        initial_positions: positions begin as sinusoids of this size; matrices with a deviation of
            1 / sqrt(width). See `benchmarks.pretraining.recipe`.
        length: tokens of a row, padding included.
        batch_size: rows of a batch.
        rule: how the rate rises and falls.
        weight_decay: of AdamW.
        beta_2: of AdamW's second average: batches of the toy language hold every word, so that a short one
            does; in real text most words are rare, see `benchmarks.pretraining.recipe`.
        uses_xla: whether the update is compiled by XLA.
    """

    vocabulary_size: int
    hidden_dim: int = 64
    num_layers: int = 2
    num_heads: int = 4
    max_sequence_length: int = 36
    initial_positions: float = 0.3
    length: int = 18
    batch_size: int = 64
    rule: Rule = field(
        default_factory=lambda: Rule(peak=3e-3, warmup_steps=200, fall_share=0.3, free_epochs=NEVER)
    )
    weight_decay: float = 0.0
    beta_2: float = 0.98
    uses_xla: bool = True

    @property
    def intermediate_dim(self):
        """The size inside the feed-forward networks."""
        return 4 * self.hidden_dim
