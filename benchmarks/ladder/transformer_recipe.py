"""The settings of the Transformer's rung."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class TransformerRecipe:
    """What the Transformer is and how it is trained; vocabulary, data and metric are the ladder's.

    The rate rises in a straight line and falls along half a cosine to zero at the last update (Loshchilov and
    Hutter 2017). What is measured is the moving average of the weights after the last epoch. Settings were
    chosen by what the literature found for small corpora and by the validation loss of one run that was cut
    short; the test split is decoded once, at the end.
    """

    hidden_dim: int = 192
    num_heads: int = 4
    intermediate_dim: int = 512
    num_layers: int = 3
    norm_place: str = "pre"
    dropout: float = 0.2
    label_smoothing: float = 0.1
    subword_dropout: float = 0.1
    batch_size: int = 96
    epochs: int = 30
    peak_learning_rate: float = 3e-3
    warmup_steps: int = 1000
    adam_beta_2: float = 0.98
    gradient_clip_norm: float = 1.0
    average_momentum: float = 0.999
    seed: int = 1
    published: tuple = ()

    def settings(self):
        """The settings as a dict that JSON can hold."""
        settings = asdict(self)
        del settings["published"]
        return settings
