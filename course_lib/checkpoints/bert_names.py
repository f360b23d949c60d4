"""What the parts of BERT are called in published files, and how their arrays lie in ours."""

import re

# Not weights: numbers 0, 1, 2, … that old files keep.
IGNORED = ("embeddings.position_ids",)


def modern_name(name):
    """A name as today's files have it: no `bert.` before it, and `weight` and `bias` for gamma and beta.

    Example:
        >>> modern_name("bert.embeddings.LayerNorm.gamma")
        'embeddings.LayerNorm.weight'
    """
    name = name.removeprefix("bert.")
    return re.sub(r"LayerNorm\.(gamma|beta)$", lambda match: f"LayerNorm.{_NORM[match[1]]}", name)


_NORM = {"gamma": "weight", "beta": "bias"}


def from_tensorflow_name(name):
    """The modern name of a variable of a TensorFlow checkpoint, and whether its array lies the other way.

    Example:
        >>> from_tensorflow_name("bert/encoder/layer_3/attention/self/query/kernel")
        ('encoder.layer.3.attention.self.query.weight', True)
        >>> from_tensorflow_name("bert/embeddings/word_embeddings")
        ('embeddings.word_embeddings.weight', False)
    """
    name = modern_name(re.sub(r"layer_(\d+)", r"layer.\1", name).replace("/", "."))
    if name.endswith(".kernel"):
        return name.removesuffix("kernel") + "weight", True
    if name.endswith("_embeddings"):
        return name + ".weight", False
    return {
        "cls.predictions.output_bias": "cls.predictions.bias",
        "cls.seq_relationship.output_weights": "cls.seq_relationship.weight",
        "cls.seq_relationship.output_bias": "cls.seq_relationship.bias",
    }.get(name, name), False


def bert_tensors(bert):
    """Every weight of a `Bert`, with its published name and the way to it.

    Args:
        bert: a built `Bert`, or a child of it with the same parts.

    Returns:
        list of (variable, name, "as it is" or "turned"): a kernel is published as `(outputs, inputs)`; ours
        is `(inputs, outputs)`, in attention with a head's axis of its own, which a reshape makes.
    """
    pairs = [
        *_table(bert.embedding.tokens.embeddings, "embeddings.word_embeddings"),
        *_table(bert.embedding.positions.table, "embeddings.position_embeddings"),
        *_norm(bert.embedding.norm, "embeddings.LayerNorm"),
    ]
    if bert.pooler is not None:
        pairs += _dense(bert.pooler, "pooler.dense")
    if bert.projection is not None:  # as ELECTRA's files call it
        pairs += _dense(bert.projection, "embeddings_project")
    if bert.embedding.segments is not None:
        pairs += _table(bert.embedding.segments.embeddings, "embeddings.token_type_embeddings")
    for index, block in enumerate(bert.encoder.blocks):
        layer = f"encoder.layer.{index}"
        attention = block.self_attention.layer
        for part in ("query", "key", "value"):
            pairs += _projection(attention, part, f"{layer}.attention.self.{part}")
        pairs += _projection(attention, "output", f"{layer}.attention.output.dense")
        pairs += _norm(block.self_attention.norm, f"{layer}.attention.output.LayerNorm")
        pairs += _dense(block.feed_forward.layer.expand, f"{layer}.intermediate.dense")
        pairs += _dense(block.feed_forward.layer.contract, f"{layer}.output.dense")
        pairs += _norm(block.feed_forward.norm, f"{layer}.output.LayerNorm")
    return pairs


def pretraining_tensors(model):
    """The same for a `PretrainingModel` on a `Bert`: its heads besides."""
    head = model.masked_word_head
    pairs = [
        *bert_tensors(model.backbone),
        *_dense(head.transform, "cls.predictions.transform.dense"),
        *_norm(head.norm, "cls.predictions.transform.LayerNorm"),
        (head.bias, "cls.predictions.bias", "as it is"),
    ]
    if model.pair_head is not None:
        pairs += _dense(model.pair_head, "cls.seq_relationship")
    return pairs


def _table(variable, name):
    return [(variable, f"{name}.weight", "as it is")]


def _dense(layer, name):
    return [(layer.kernel, f"{name}.weight", "turned"), (layer.bias, f"{name}.bias", "as it is")]


def _projection(attention, part, name):
    return [
        (getattr(attention, f"{part}_kernel"), f"{name}.weight", "turned"),
        (getattr(attention, f"{part}_bias"), f"{name}.bias", "as it is"),
    ]


def _norm(layer, name):
    return [(layer.gamma, f"{name}.weight", "as it is"), (layer.beta, f"{name}.bias", "as it is")]
