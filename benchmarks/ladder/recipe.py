"""What is trained, on what and how: every choice of the ladder in one place."""

from dataclasses import asdict, dataclass, field

from benchmarks.ladder.gnmt_recipe import GnmtRecipe
from benchmarks.ladder.transformer_recipe import TransformerRecipe

SCORES = (None, "dot", "scaled_dot", "multiplicative", "additive")


@dataclass(frozen=True)
class Recipe:
    """The settings that the rungs of a ladder share, and those of GNMT and the Transformer on top, if any.

    They were set once, before the first whole run, and not tuned. Which epoch's weights are kept is decided
    by the validation loss; the test split is decoded once, at the end of each run.
    """

    task: str
    vocabulary_size: int
    bleu_tokenizer: str
    source_language: str
    target_language: str
    scores: tuple
    embedding_dim: int = 128
    hidden_dim: int = 320
    dropout: float = 0.2
    label_smoothing: float = 0.1
    batch_size: int = 64
    epochs: int = 10
    peak_learning_rate: float = 2e-3
    warmup_steps: int = 400
    gradient_clip_norm: float = 1.0
    beam_width: int = 5
    length_penalty: float = 1.0
    max_length: int = 60
    seed: int = 1
    published: tuple = field(default=())
    gnmt: GnmtRecipe | None = None
    transformer: TransformerRecipe | None = None

    def settings(self):
        """The settings as a dict that JSON can hold."""
        settings = asdict(self)
        del settings["published"], settings["scores"], settings["gnmt"], settings["transformer"]
        return settings


PYTORCH_TUTORIALS = "bentrevett/pytorch-seq2seq, tutorials 1 to 3 (word vocabulary, GPU)"

RECIPES = {
    "multi30k_de_en": Recipe(
        task="Multi30k German to English",
        vocabulary_size=4000,
        bleu_tokenizer="13a",
        source_language="de",
        target_language="en",
        scores=SCORES,
        gnmt=GnmtRecipe(),
        transformer=TransformerRecipe(
            published=(
                {
                    "label": "Transformer, word vocabulary",
                    "test_bleu_greedy": 36.52,
                    "parameters": 9_000_000,
                    "source": "bentrevett/pytorch-seq2seq, tutorial 6 (GPU)",
                },
            )
        ),
        published=(
            {
                "label": "LSTM, no attention",
                "test_bleu_greedy": 13.8,
                "parameters": None,
                "source": PYTORCH_TUTORIALS,
            },
            {
                "label": "GRU, no attention",
                "test_bleu_greedy": 20.6,
                "parameters": None,
                "source": PYTORCH_TUTORIALS,
            },
            {
                "label": "bidirectional GRU, additive",
                "test_bleu_greedy": 28.3,
                "parameters": 20_500_000,
                "source": PYTORCH_TUTORIALS,
            },
        ),
    ),
    "tatoeba_en_zh": Recipe(
        task="Tatoeba English to Chinese",
        vocabulary_size=6000,
        bleu_tokenizer="zh",
        source_language="en",
        target_language="zh",
        scores=("additive",),
        transformer=TransformerRecipe(epochs=30),
    ),
}
