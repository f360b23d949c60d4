"""Parameters of BERT's children: of the models that are built, and as the papers say."""

import numpy as np
import pytest

from course_lib.models import (
    Albert,
    DistilBert,
    Electra,
    Roberta,
    XlNet,
    family_parameter_counts,
    family_settings,
)

SIZES = {"vocabulary_size": 13, "hidden_dim": 8, "num_heads": 2, "intermediate_dim": 12, "num_layers": 3}
CLASSES = {"roberta": Roberta, "distilbert": DistilBert, "albert": Albert, "electra": Electra, "xlnet": XlNet}


def published(name):
    return sum(family_parameter_counts(name.split("_")[0], family_settings(name)).values())


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("roberta", {}),
        ("roberta", {"max_sequence_length": 7, "padding_id": 0, "has_pooler": True}),
        ("distilbert", {"max_sequence_length": 7}),
        ("albert", {}),
        ("albert", {"embedding_dim": 5, "sharing": "attention", "has_pooler": False}),
        ("albert", {"embedding_dim": 8, "sharing": "network", "num_segments": 3}),
        ("albert", {"embedding_dim": 5, "sharing": "none"}),
        ("electra", {}),
        ("electra", {"embedding_dim": 5, "generator_fraction": 0.5}),
        ("electra", {"embedding_dim": 5, "has_shared_embedding": False, "max_sequence_length": 7}),
        ("electra", {"generator_fraction": 1.0}),
        ("xlnet", {}),
        ("xlnet", {"memory_length": 5}),
    ],
)
def test_counts_are_those_of_the_model_that_is_built(kind, more):
    settings = {**SIZES, **more}
    model = CLASSES[kind](**settings)
    token_ids = np.array([[4, 5]])
    model({"token_ids": token_ids, "corrupted_token_ids": token_ids, "padding_mask": token_ids != 0})
    counts = family_parameter_counts(kind, settings)
    assert sum(counts.values()) == model.count_params()
    if kind in ("roberta", "distilbert", "albert"):
        assert counts["token embeddings"] == model.token_embedding.count_params()
        assert counts["position embeddings"] == model.embedding.positions.count_params()
        blocks = {id(block.self_attention): block.self_attention.layer for block in model.encoder.blocks}
        assert counts["self-attention"] == sum(layer.count_params() for layer in blocks.values())
    if kind == "electra":
        assert counts["replaced token head"] == model.replaced_token_head.count_params()
        assert counts["masked word head"] == model.masked_word_head.count_params()


# In millions, as the papers' tables have them.
@pytest.mark.parametrize(
    ("name", "millions"),
    [
        ("roberta_base", 125),
        ("roberta_large", 355),
        ("distilbert_base", 66),
        ("albert_base", 12),
        ("albert_large", 18),
        ("electra_small", 14),
    ],
)
def test_published_sizes(name, millions):
    assert abs(published(name) / 1e6 - millions) < 1.5


@pytest.mark.parametrize(
    ("embedding_dim", "sharing", "millions"),
    [
        (768, "all", 31),
        (768, "attention", 83),
        (768, "network", 57),
        (768, "none", 108),
        (128, "all", 12),
        (128, "attention", 64),
        (128, "network", 38),
        (128, "none", 89),
    ],
)
def test_albert_shares_as_table_4_of_its_paper_counts(embedding_dim, sharing, millions):
    settings = {**family_settings("albert_base"), "embedding_dim": embedding_dim, "sharing": sharing}
    counts = family_parameter_counts("albert", settings)
    assert abs(sum(counts.values()) / 1e6 - millions) < 1.1  # the paper cuts, and leaves some parts out


def test_the_released_small_electra_is_not_the_papers():
    """A generator of a quarter in the paper, and as wide as the discriminator in the files."""
    paper, released = (family_settings(name) for name in ("electra_small", "electra_small_released"))
    assert {name for name in paper if paper[name] != released[name]} == {"generator_fraction"}
    parts = [family_parameter_counts("electra", settings) for settings in (paper, released)]
    assert parts[0]["generator"] < 0.1 * parts[1]["generator"]
    own = ("projection", "self-attention", "feed-forward")
    norms = parts[1]["norms"] - 2 * 128  # but for that of the embedding, which both share
    assert parts[1]["generator"] == sum(parts[1][name] for name in own) + norms


def test_what_is_not_known_is_refused():
    with pytest.raises(ValueError, match="`name` must be one of .* Received: name='electra_tiny'"):
        family_settings("electra_tiny")
    with pytest.raises(ValueError, match="`kind` must be one of .* Received: kind='gpt'"):
        family_parameter_counts("gpt", SIZES)
