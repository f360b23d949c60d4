"""The sizes BERT was published in, and what each part of it weighs."""

BERT_SIZES = {
    "tiny": {"num_layers": 2, "hidden_dim": 128, "num_heads": 2},
    "mini": {"num_layers": 4, "hidden_dim": 256, "num_heads": 4},
    "small": {"num_layers": 4, "hidden_dim": 512, "num_heads": 8},
    "medium": {"num_layers": 8, "hidden_dim": 512, "num_heads": 8},
    "base": {"num_layers": 12, "hidden_dim": 768, "num_heads": 12},
    "large": {"num_layers": 24, "hidden_dim": 1024, "num_heads": 16},
}


def bert_settings(size, vocabulary_size=30522):
    """The arguments of a `Bert` of a published size.

    Args:
        size: "tiny", "mini", "small", "medium", "base" or "large".
        vocabulary_size: int; 30,522 word pieces is English in lower case.

    Returns:
        dict of arguments by name.

    Raises:
        ValueError: if there is no such size.

    Example:
        >>> from course_lib.models import bert_settings
        >>> bert_settings("mini")["intermediate_dim"]
        1024

    Reference: Devlin et al. (2019), section 3, https://arxiv.org/abs/1810.04805 (base, large); Turc et al.
    (2019), https://arxiv.org/abs/1908.08962 (the smaller ones)
    Taught in: notebooks/10_bert_pretraining
    """
    if size not in BERT_SIZES:
        raise ValueError(f"`size` must be one of {tuple(BERT_SIZES)}. Received: size={size!r}.")
    shape = BERT_SIZES[size]
    return {"vocabulary_size": vocabulary_size, **shape, "intermediate_dim": 4 * shape["hidden_dim"]}


def bert_parameter_counts(settings):
    """The number of parameters of every part of a `Bert`, without building it.

    embeddings: `(V + max_sequence_length + num_segments) D`, attention: `4 D² + 4 D` a layer,
    feed-forward: `2 D F + F + D` a layer, normalisation: `2 D`, two a layer and one after the embeddings,
    pooler: `D² + D`

    Args:
        settings: dict, the arguments of a `Bert` by name, as `bert_settings` gives them.

    Returns:
        dict from the name of a part to its number of parameters; their sum is the model's.

    Example: the published base model

    >>> from course_lib.models import bert_parameter_counts, bert_settings
    >>> counts = bert_parameter_counts(bert_settings("base"))
    >>> for part, count in counts.items():
    ...     print(f"{part:<20} {count:>11,}")
    token embeddings      23,440,896
    position embeddings      393,216
    segment embeddings         1,536
    self-attention        28,348,416
    feed-forward          56,669,184
    norms                     38,400
    pooler                   590,592
    >>> f"{sum(counts.values()):,}"
    '109,482,240'

    Reference: Devlin et al. (2019), https://arxiv.org/abs/1810.04805 ("110M")
    Taught in: notebooks/10_bert_pretraining
    """
    width, inner, layers = (settings[name] for name in ("hidden_dim", "intermediate_dim", "num_layers"))
    return {
        "token embeddings": settings["vocabulary_size"] * width,
        "position embeddings": settings.get("max_sequence_length", 512) * width,
        "segment embeddings": settings.get("num_segments", 2) * width,
        "self-attention": layers * (4 * width * width + 4 * width),
        "feed-forward": layers * (2 * width * inner + inner + width),
        "norms": (2 * layers + 1) * 2 * width,
        "pooler": width * width + width if settings.get("has_pooler", True) else 0,
    }
