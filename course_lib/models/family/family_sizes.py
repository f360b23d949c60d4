"""The sizes that BERT's children were published in, and what each part of them weighs."""

from course_lib.models.family.electra import generator_settings

BASE = {"hidden_dim": 768, "num_heads": 12, "intermediate_dim": 3072, "num_layers": 12}
LARGE = {"hidden_dim": 1024, "num_heads": 16, "intermediate_dim": 4096, "num_layers": 24}
HUGE = {"hidden_dim": 4096, "num_heads": 64, "intermediate_dim": 16384, "num_layers": 12}
SMALL = {"hidden_dim": 256, "num_heads": 4, "intermediate_dim": 1024, "num_layers": 12}

FAMILY_SIZES = {
    "roberta_base": {"vocabulary_size": 50265, **BASE},
    "roberta_large": {"vocabulary_size": 50265, **LARGE},
    "distilbert_base": {"vocabulary_size": 30522, **BASE, "num_layers": 6},
    "albert_base": {"vocabulary_size": 30000, **BASE},
    "albert_large": {"vocabulary_size": 30000, **LARGE},
    "albert_xxlarge": {"vocabulary_size": 30000, **HUGE},
    # As in the paper. The generator of the released small model is as large as its discriminator.
    "electra_small": {"vocabulary_size": 30522, **SMALL, "embedding_dim": 128, "generator_fraction": 1 / 4},
    "electra_small_released": {
        "vocabulary_size": 30522,
        **SMALL,
        "embedding_dim": 128,
        "generator_fraction": 1.0,
    },
    "electra_base": {"vocabulary_size": 30522, **BASE, "generator_fraction": 1 / 3},
    "electra_large": {"vocabulary_size": 30522, **LARGE, "generator_fraction": 1 / 4},
    "xlnet_base": {"vocabulary_size": 32000, **BASE},
    "xlnet_large": {"vocabulary_size": 32000, **LARGE},
}


def family_settings(name):
    """The arguments of a published child of BERT.

    Args:
        name: "roberta_base", "roberta_large", "distilbert_base", "albert_base", "albert_large",
            "albert_xxlarge", "electra_small", "electra_small_released", "electra_base", "electra_large",
            "xlnet_base" or "xlnet_large". Paper and released weights of ELECTRA's small model differ: in the
            paper its generator is a quarter as wide as the discriminator, in the release just as wide.

    Returns:
        dict of arguments by name; what is not there is as the class has it.

    Raises:
        ValueError: if there is no such model.

    Example:
        >>> from course_lib.models import family_settings
        >>> {name: family_settings(name)["generator_fraction"]
        ...  for name in ("electra_small", "electra_small_released")}
        {'electra_small': 0.25, 'electra_small_released': 1.0}

    Reference: Liu et al. (2019), https://arxiv.org/abs/1907.11692; Sanh et al. (2019),
    https://arxiv.org/abs/1910.01108; Lan et al. (2020), https://arxiv.org/abs/1909.11942; Clark et al.
    (2020), https://arxiv.org/abs/2003.10555; Yang et al. (2019), https://arxiv.org/abs/1906.08237; on the
    released generator, https://github.com/google-research/electra/issues/39
    Taught in: notebooks/14_electra
    """
    if name not in FAMILY_SIZES:
        raise ValueError(f"`name` must be one of {', '.join(FAMILY_SIZES)}. Received: name={name!r}.")
    return dict(FAMILY_SIZES[name])


def family_parameter_counts(kind, settings):
    """The number of parameters of every part of one of BERT's children, without building it.

    As `bert_parameter_counts`, but embeddings are `E` wide, with `E D + D` for the matrix that widens them,
    and what all blocks share counts once. XLNet's attention has `5 D²` a layer, for distances too, and `5 D`
    for its three biases and two segments.

    Args:
        kind: "roberta", "distilbert", "albert", "electra" or "xlnet".
        settings: dict, the arguments of the model by name, as `family_settings` gives them.

    Returns:
        dict from the name of a part to its number of parameters; their sum is the model's. ELECTRA's
        discriminator is all but the last two parts.

    Raises:
        ValueError: if `kind` is none of these.

    Example: four base models, and a small one with its generator

    >>> from course_lib.models import family_parameter_counts, family_settings
    >>> for name in ("roberta_base", "distilbert_base", "albert_base", "xlnet_base", "electra_small"):
    ...     counts = family_parameter_counts(name.split("_")[0], family_settings(name))
    ...     print(f"{name:<16} {sum(counts.values()):>12,}")
    roberta_base      124,054,272
    distilbert_base    66,362,880
    albert_base        11,683,584
    xlnet_base        116,718,336
    electra_small      14,196,219
    >>> for part, count in counts.items():
    ...     print(f"{part:<20} {count:>10,}")
    token embeddings      3,906,816
    position embeddings      65,536
    segment embeddings          256
    projection               33,024
    self-attention        3,158,016
    feed-forward          6,306,816
    norms                    12,544
    pooler                        0
    replaced token head      66,049
    generator               608,064
    masked word head         39,098

    Reference: as of `family_settings`
    Taught in: notebooks/15_smaller
    """
    if kind not in COUNTS:
        raise ValueError(f"`kind` must be one of {', '.join(COUNTS)}. Received: kind={kind!r}.")
    return COUNTS[kind](settings)


def reader_counts(settings):
    """The parts of a reader with the defaults of `FactorisedBert`."""
    width, inner, layers = (settings[name] for name in ("hidden_dim", "intermediate_dim", "num_layers"))
    narrow = settings.get("embedding_dim") or width
    sharing = settings.get("sharing", "none")
    attentions = 1 if sharing in ("attention", "all") else layers
    networks = 1 if sharing in ("network", "all") else layers
    return {
        "token embeddings": settings["vocabulary_size"] * narrow,
        "position embeddings": settings.get("max_sequence_length", 512) * narrow,
        "segment embeddings": settings.get("num_segments", 2) * narrow,
        "projection": narrow * width + width if narrow != width else 0,
        "self-attention": attentions * (4 * width * width + 4 * width),
        "feed-forward": networks * (2 * width * inner + inner + width),
        "norms": 2 * narrow + (attentions + networks) * 2 * width,
        "pooler": width * width + width if settings.get("has_pooler", False) else 0,
    }


def roberta_counts(settings):
    """The parts of a `Roberta`: no segments, and more rows of positions than there are."""
    rows = settings.get("max_sequence_length", 512) + settings.get("padding_id", 1) + 1
    return reader_counts({**settings, "num_segments": 0, "max_sequence_length": rows})


def distilbert_counts(settings):
    """The parts of a `DistilBert`."""
    return reader_counts({**settings, "num_segments": 0})


def albert_counts(settings):
    """The parts of an `Albert`."""
    return reader_counts({"embedding_dim": 128, "sharing": "all", "has_pooler": True, **settings})


def electra_counts(settings):
    """The parts of an `Electra`: the discriminator, its head, and what the generator has of its own."""
    width, vocabulary = settings["hidden_dim"], settings["vocabulary_size"]
    narrow = settings.get("embedding_dim") or width
    common = {**settings, "embedding_dim": narrow, "has_pooler": False}
    discriminator = reader_counts(common)
    small = generator_settings(common, settings.get("generator_fraction", 0.25))
    generator = sum(reader_counts(small).values())
    if settings.get("has_shared_embedding", True):
        tables = ("token embeddings", "position embeddings", "segment embeddings")
        generator -= sum(discriminator[name] for name in tables) + 2 * narrow
    return {
        **discriminator,
        "replaced token head": width * width + width + width + 1,
        "generator": generator,
        "masked word head": small["hidden_dim"] * narrow + narrow + 2 * narrow + vocabulary,
    }


def xlnet_counts(settings):
    """The parts of an `XlNet`."""
    width, inner, layers = (settings[name] for name in ("hidden_dim", "intermediate_dim", "num_layers"))
    return {
        "token embeddings": settings["vocabulary_size"] * width,
        "query vector": width,
        "self-attention": layers * (5 * width * width + 5 * width),
        "feed-forward": layers * (2 * width * inner + inner + width),
        "norms": layers * 4 * width,
    }


COUNTS = {
    "roberta": roberta_counts,
    "distilbert": distilbert_counts,
    "albert": albert_counts,
    "electra": electra_counts,
    "xlnet": xlnet_counts,
}
