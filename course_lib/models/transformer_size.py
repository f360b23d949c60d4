"""How many parameters a Transformer has, from its settings alone."""

from course_lib.layers.positions import RELATIVE_DISTANCE


def transformer_parameter_counts(settings):
    """The number of parameters of every part of a `Transformer`, without building it.

    attention: `4 D² + 4 D` (query, key, value and output projection, each with a bias)
    feed-forward: `2 D F + F + D`, normalisation: `2 D`, embedding: `V D`

    Args:
        settings: dict, the arguments of a `Transformer` by name: its `settings`.

    Returns:
        dict from the name of a part to its number of parameters; their sum is the model's.

    Example: the base configuration of the paper

    >>> from course_lib.models import Transformer, transformer_parameter_counts
    >>> base = Transformer(37000, 37000, hidden_dim=512, num_heads=8, intermediate_dim=2048, num_layers=6,
    ...                    tied_embeddings="all", norm_place="post")
    >>> for part, count in transformer_parameter_counts(base.settings).items():
    ...     print(f"{part:<24} {count:>10,}")
    embeddings               18,944,000
    positions                         0
    encoder self-attention    6,303,744
    encoder feed-forward     12,598,272
    encoder norms                12,288
    decoder causal attention  6,303,744
    decoder cross attention   6,303,744
    decoder feed-forward     12,598,272
    decoder norms                18,432
    logits                            0

    Its sum is 63,082,496. The paper's table says 65 · 10⁶, and leaves open what it counts.
    Reference: Vaswani et al. (2017), table 3, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/08_the_transformer
    """
    width, inner, layers = (settings[name] for name in ("hidden_dim", "intermediate_dim", "num_layers"))
    source, target = settings["source_vocabulary_size"], settings["target_vocabulary_size"]
    attention = layers * (4 * width * width + 4 * width)
    feed_forward = layers * (2 * width * inner + inner + width)
    last = 1 if settings["norm_place"] == "pre" else 0
    positions = {
        "learned": settings["max_sequence_length"] * width,
        "relative": settings["num_heads"] * (2 * RELATIVE_DISTANCE + 1),
    }
    return {
        "embeddings": (target if settings["tied_embeddings"] == "all" else source + target) * width,
        "positions": 2 * positions.get(settings["positions"], 0),
        "encoder self-attention": attention,
        "encoder feed-forward": feed_forward,
        "encoder norms": (2 * layers + last) * 2 * width,
        "decoder causal attention": attention,
        "decoder cross attention": attention,
        "decoder feed-forward": feed_forward,
        "decoder norms": (3 * layers + last) * 2 * width,
        "logits": target * width if settings["tied_embeddings"] == "none" else 0,
    }
