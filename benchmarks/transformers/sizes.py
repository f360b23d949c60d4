"""The sizes that are measured, and how many multiplications a training step takes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """An encoder–decoder and the batch it is given.

    Args:
        hidden_dim, num_heads, intermediate_dim: as for `course_lib.models.Transformer`.
        num_layers: how many blocks the encoder has, and how many the decoder.
        vocabulary_size: of either language.
        batch_size: sentence pairs in a batch.
        length: tokens of a source and of a target, all of them real.
    """

    hidden_dim: int
    num_heads: int
    intermediate_dim: int
    num_layers: int
    vocabulary_size: int = 8000
    batch_size: int = 64
    length: int = 32

    def name(self):
        """In words."""
        return f"d {self.hidden_dim}, {self.num_layers}+{self.num_layers} layers"

    def training_flops(self):
        """Floating-point operations in the matrix products of one training step, forwards and backwards.

        Two for each weight that a position meets, and for attention two products of length × length × width;
        the way back costs twice the way forward. Embeddings are looked up, not multiplied.
        """
        width, inner = self.hidden_dim, self.intermediate_dim
        attention = 4 * width * width + 2 * self.length * width
        network = 2 * width * inner
        layers = self.num_layers * ((attention + network) + (2 * attention + network))
        positions = self.batch_size * self.length
        return 3 * 2 * positions * (layers + width * self.vocabulary_size)


SIZES = {
    "small": Size(hidden_dim=128, num_heads=4, intermediate_dim=512, num_layers=2),
    "large": Size(hidden_dim=256, num_heads=8, intermediate_dim=1024, num_layers=3),
    "tiny": Size(8, 2, 12, 1, vocabulary_size=23, batch_size=3, length=5),  # for tests
}
