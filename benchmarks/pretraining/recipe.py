"""What is trained, and how."""

from dataclasses import dataclass, field

from benchmarks.minutes.rule import Rule

NEVER = 1e9  # epochs without dropout


@dataclass(frozen=True)
class Recipe:
    """One small BERT, a little less wide than the published size "mini", and without dropout.

    Published models begin with matrices of deviation 0.02, whatever their width; at this width attention is
    then all but even. Here matrices begin with a deviation near 1 / sqrt(width), heads are half as wide, and
    positions, which are learnt, begin as sinusoids that outweigh the words, so that neighbours can be told
    from the start. Word vectors begin as what counts of neighbours say of words, so that words of like use
    are alike before the first update. `trials` measures what each of these is worth.

    Adam's second average is long. Most words are in few batches, and between two of them their vectors are
    only pushed, all in one direction, by a softmax that wants them less. An average over 50 updates (0.98, as
    where batches hold every word) soon forgets what the word itself did and lets these pushes count as much;
    `trials` stores how alike vectors become with either.

    The rate is low: of a model that was trained with 2e-3 a linear model read less from the upper layers the
    more it had seen. That was seen by hand, once; every point stores what is read, and `trials` compares
    rates.
    """

    rule: Rule = field(
        default_factory=lambda: Rule(peak=5e-4, warmup_steps=500, fall_share=0.2, free_epochs=NEVER)
    )
    vocabulary_size: int = 8192
    hidden_dim: int = 192
    num_layers: int = 4
    num_heads: int = 6
    max_sequence_length: int = 128
    initial_deviation: float = 0.07
    initial_positions: float = 0.25
    begins_with_counts: bool = True
    length: int = 64
    batch_size: int = 32
    masked_share: float = 0.2
    weight_decay: float = 0.01
    beta_2: float = 0.999
    dtype: str = "mixed_bfloat16"

    @property
    def most_masked(self):
        """For how many masked words of a sequence there is room: few sequences have more."""
        return round(1.25 * self.masked_share * self.length)

    @property
    def tokens_an_update(self):
        """Tokens that one update reads."""
        return self.length * self.batch_size
