"""Part by part, the parameters of published models as `transformers` builds them, as shapes alone."""

import re

import pytest
import torch
import transformers

from course_lib.models import family_parameter_counts, family_settings

# The first that fits a name says which part it belongs to.
READER_PARTS = (
    (r"discriminator_predictions", "replaced token head"),
    (r"word_embeddings", "token embeddings"),
    (r"position_embeddings", "position embeddings"),
    (r"token_type_embeddings", "segment embeddings"),
    (r"layer_?norm", "norms"),
    (r"embeddings_project|embedding_hidden_mapping_in", "projection"),
    (r"attention", "self-attention"),
    (r"intermediate|output\.dense|ffn", "feed-forward"),
    (r"pooler", "pooler"),
)
XLNET_PARTS = (
    (r"word_embedding", "token embeddings"),
    (r"mask_emb", "query vector"),
    (r"layer_norm", "norms"),
    (r"rel_attn", "self-attention"),
    (r"\.ff\.", "feed-forward"),
)


def their_counts(make, config, parts):
    """The parameters of their model by part; on the device "meta" nothing is allocated."""
    with torch.device("meta"):
        model = make(config)
    counts = {}
    for name, parameter in model.named_parameters():
        part = next(part for pattern, part in parts if re.search(pattern, name, re.IGNORECASE))
        counts[part] = counts.get(part, 0) + parameter.numel()
    return counts


def our_counts(name, **more):
    counts = family_parameter_counts(name.split("_")[0], {**family_settings(name), **more})
    return {part: count for part, count in counts.items() if count}


def sizes(settings):
    return {
        "vocab_size": settings["vocabulary_size"],
        "hidden_size": settings["hidden_dim"],
        "num_hidden_layers": settings["num_layers"],
        "num_attention_heads": settings["num_heads"],
        "intermediate_size": settings["intermediate_dim"],
    }


@pytest.mark.parametrize(("name", "total"), [("roberta_base", 124_645_632), ("roberta_large", 355_359_744)])
def test_roberta(name, total):
    """Theirs has one segment, which every token is of: a row more. Their pooler is not pre-trained."""
    settings = family_settings(name)
    config = transformers.RobertaConfig(
        **sizes(settings), max_position_embeddings=514, type_vocab_size=1, layer_norm_eps=1e-5
    )
    theirs = their_counts(transformers.RobertaModel, config, READER_PARTS)
    assert sum(theirs.values()) == total
    assert theirs.pop("segment embeddings") == settings["hidden_dim"]
    assert our_counts(name, has_pooler=True) == theirs


def test_distilbert():
    theirs = their_counts(
        transformers.DistilBertModel, transformers.DistilBertConfig(vocab_size=30522), READER_PARTS
    )
    assert our_counts("distilbert_base") == theirs
    assert sum(theirs.values()) == 66_362_880


@pytest.mark.parametrize(("name", "total"), [("albert_base", 11_683_584), ("albert_large", 17_683_968)])
def test_albert(name, total):
    config = transformers.AlbertConfig(**sizes(family_settings(name)), embedding_size=128)
    theirs = their_counts(transformers.AlbertModel, config, READER_PARTS)
    assert our_counts(name) == theirs
    assert sum(theirs.values()) == total


@pytest.mark.parametrize(("name", "total"), [("electra_small", 13_549_057), ("electra_base", 109_483_009)])
def test_the_discriminator_of_electra(name, total):
    """With its head of two layers; without that the small one has 13,483,008."""
    settings = family_settings(name)
    width = settings.get("embedding_dim", settings["hidden_dim"])
    config = transformers.ElectraConfig(**sizes(settings), embedding_size=width)
    theirs = their_counts(transformers.ElectraForPreTraining, config, READER_PARTS)
    ours = our_counts(name)
    for part in ("generator", "masked word head"):
        del ours[part]
    assert ours == theirs
    assert sum(theirs.values()) == total


@pytest.mark.parametrize("name", ["electra_small", "electra_small_released", "electra_base"])
def test_the_generator_of_electra(name):
    """What it has besides the embedding that it shares, and its head but for the table."""
    settings = family_settings(name)
    width = settings.get("embedding_dim", settings["hidden_dim"])
    part = settings["generator_fraction"]
    small = {key: round(settings[key] * part) for key in ("hidden_dim", "num_heads", "intermediate_dim")}
    config = transformers.ElectraConfig(**sizes({**settings, **small}), embedding_size=width)
    with torch.device("meta"):
        model = transformers.ElectraForMaskedLM(config)
    own = {key: value.numel() for key, value in model.named_parameters() if ".embeddings." not in key}
    head = sum(count for key, count in own.items() if not key.startswith("electra."))
    if "generator_lm_head.weight" in own:
        head -= own["generator_lm_head.weight"]
    ours = our_counts(name)
    assert ours["generator"] == sum(count for key, count in own.items() if key.startswith("electra."))
    assert ours["masked word head"] == head


@pytest.mark.parametrize(("name", "total"), [("xlnet_base", 116_718_336), ("xlnet_large", 360_268_800)])
def test_xlnet(name, total):
    settings = family_settings(name)
    config = transformers.XLNetConfig(
        vocab_size=settings["vocabulary_size"],
        d_model=settings["hidden_dim"],
        n_layer=settings["num_layers"],
        n_head=settings["num_heads"],
        d_inner=settings["intermediate_dim"],
    )
    theirs = their_counts(transformers.XLNetModel, config, XLNET_PARTS)
    assert our_counts(name) == theirs
    assert sum(theirs.values()) == total
