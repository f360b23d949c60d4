"""The sizes that are measured, and how many multiplications a step takes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """A BERT and the batch it is given.

    Args:
        hidden_dim, num_layers: as for `Bert`; heads are 64 wide.
        vocabulary_size: of the word pieces.
        batch_size: sequences in a batch.
        length: tokens of a sequence, all of them real.
        num_masked: how many of them are hidden.
    """

    hidden_dim: int
    num_layers: int
    vocabulary_size: int = 8192
    batch_size: int = 64
    length: int = 64
    num_masked: int = 12

    @property
    def num_heads(self):
        """Heads of 64, or one."""
        return max(self.hidden_dim // 64, 1)

    @property
    def intermediate_dim(self):
        """Four times the width."""
        return 4 * self.hidden_dim

    def name(self):
        """In words."""
        return f"width {self.hidden_dim}, {self.num_layers} layers"

    def pretraining_flops(self):
        """Floating-point operations in the matrix products of one step, forwards and backwards.

        Two for each weight that a position meets, and for attention two products of length × length × width;
        words are predicted where they are hidden alone. The way back costs twice the way forward.
        """
        width = self.hidden_dim
        a_token = self.num_layers * (12 * width * width + 2 * self.length * width)
        a_masked_word = width * width + width * self.vocabulary_size
        return 3 * 2 * self.batch_size * (self.length * a_token + self.num_masked * a_masked_word)


SIZES = {
    "tiny": Size(hidden_dim=128, num_layers=4),
    "mini": Size(hidden_dim=256, num_layers=4),
    "for tests": Size(8, 1, vocabulary_size=211, batch_size=3, length=12, num_masked=2),
}
