"""The settings of GNMT's rung."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class GnmtRecipe:
    """What GNMT is and how it is trained; vocabulary, data and metric are the ladder's.

    Depth, residual connections and attention are those of the paper (Wu et al. 2016), the width is what
    fits into the ladder's size. It is trained as the Transformer is, on the same batches and for as many
    epochs; what these cost is stored beside the result. The two differ in architecture and in the peak
    rate, which is that of the other recurrent rungs. Nothing was tuned. The two penalties of the beam are
    chosen by BLEU on the validation split, beside the ladder's beam.
    """

    embedding_dim: int = 128
    hidden_dim: int = 128
    num_layers: int = 8
    residual: bool = True
    dropout: float = 0.2
    label_smoothing: float = 0.1
    subword_dropout: float = 0.1
    batch_size: int = 96
    epochs: int = 30
    peak_learning_rate: float = 2e-3
    warmup_steps: int = 1000
    adam_beta_2: float = 0.98
    gradient_clip_norm: float = 1.0
    average_momentum: float = 0.999
    length_penalties: tuple = (0.2, 0.6, 1.0)
    coverage_penalties: tuple = (0.0, 0.2, 0.4)
    seed: int = 1

    def settings(self):
        """The settings as a dict that JSON can hold."""
        return {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }
