"""BERT's children against the models of Hugging Face, with their weights, on random small settings."""

import numpy as np
import pytest
import torch
import transformers
from support.peer_names import ALBERT, DISTILBERT, ROBERTA_HEAD, renamed, repeated
from support.peer_readers import as_theirs, assert_close, random_batch, random_settings, tensors_of

from course_lib.checkpoints import assign_tensors
from course_lib.checkpoints.bert_names import bert_tensors, pretraining_tensors
from course_lib.models import Albert, DistilBert, PretrainingModel, Roberta

PLACES = np.array([[1, 0], [6, 2], [3, 9], [1, 1], [0, 0]])
ROWS = torch.arange(5)[:, None]


def plain_settings(seed):
    """Settings of a reader without segments."""
    settings = random_settings(seed)
    del settings["num_segments"]
    return settings


def assert_layers_close(received, expected, mask):
    """All layers, where both say what each of them gave."""
    assert len(received) == len(expected)
    for ours, theirs in zip(received, expected, strict=True):
        assert_close(ours, theirs, mask)


@pytest.mark.parametrize("padding_side", ["behind", "before"])
@pytest.mark.parametrize("seed", range(4))
def test_roberta(seed, padding_side):
    """Their one segment, added to every token alike, goes into the positions."""
    settings, batch = plain_settings(seed), random_batch(random_settings(seed), seed)
    padding_id = seed % 3
    del batch["segment_ids"]
    if padding_side == "before":
        batch = {name: array[:, ::-1].copy() for name, array in batch.items()}
    mask = batch["padding_mask"]
    words = np.where(batch["token_ids"] == padding_id, padding_id + 1, batch["token_ids"])
    batch["token_ids"] = np.where(mask, words, padding_id)
    torch.manual_seed(seed)
    theirs = transformers.RobertaForMaskedLM(
        transformers.RobertaConfig(
            vocab_size=settings["vocabulary_size"],
            hidden_size=settings["hidden_dim"],
            num_attention_heads=settings["num_heads"],
            intermediate_size=settings["intermediate_dim"],
            num_hidden_layers=settings["num_layers"],
            max_position_embeddings=settings["max_sequence_length"] + padding_id + 1,
            type_vocab_size=1,
            pad_token_id=padding_id,
            layer_norm_eps=1e-5,
            hidden_act="gelu",
            initializer_range=0.3,
            attn_implementation="eager",
        )
    ).eval()
    ours = PretrainingModel(
        Roberta(**{**settings, "activation": "gelu"}, padding_id=padding_id), has_pair_head=False
    )
    ours(batch)
    tensors = renamed(tensors_of(theirs), ROBERTA_HEAD, prefix="roberta.")
    tensors["embeddings.position_embeddings.weight"] = tensors[
        "embeddings.position_embeddings.weight"
    ] + tensors.pop("embeddings.token_type_embeddings.weight")
    assign_tensors(pretraining_tensors(ours), tensors)
    with torch.no_grad():
        expected = theirs(
            input_ids=torch.tensor(batch["token_ids"]),
            attention_mask=torch.tensor(mask).long(),
            output_hidden_states=True,
        )
    received = ours.backbone(batch, return_details=True)
    assert_layers_close(received["layer_outputs"], expected.hidden_states, mask)
    assert_close(ours(batch), expected.logits, mask)


@pytest.mark.parametrize("seed", range(4))
def test_distilbert(seed):
    settings, batch = plain_settings(seed), random_batch(random_settings(seed), seed)
    del batch["segment_ids"]
    activation = "gelu" if settings["activation"] == "gelu_tanh" else settings["activation"]
    torch.manual_seed(seed)
    theirs = transformers.DistilBertForMaskedLM(
        transformers.DistilBertConfig(
            vocab_size=settings["vocabulary_size"],
            dim=settings["hidden_dim"],
            n_heads=settings["num_heads"],
            hidden_dim=settings["intermediate_dim"],
            n_layers=settings["num_layers"],
            max_position_embeddings=settings["max_sequence_length"],
            activation=activation,
            initializer_range=0.3,
            attn_implementation="eager",
        )
    ).eval()
    ours = PretrainingModel(DistilBert(**{**settings, "activation": activation}), has_pair_head=False)
    ours(batch)
    tensors = renamed(tensors_of(theirs), DISTILBERT, prefix="distilbert.")
    assign_tensors(pretraining_tensors(ours), tensors)
    mask = batch["padding_mask"]
    with torch.no_grad():
        expected = theirs(
            input_ids=torch.tensor(batch["token_ids"]),
            attention_mask=torch.tensor(mask).long(),
            output_hidden_states=True,
        )
    received = ours.backbone(batch, return_details=True)
    assert_layers_close(received["layer_outputs"], expected.hidden_states, mask)
    gathered = ours({**batch, "masked_positions": PLACES})
    assert_close(gathered, expected.logits[ROWS, torch.tensor(PLACES)])


@pytest.mark.parametrize("sharing", ["all", "none"])
@pytest.mark.parametrize("seed", range(3))
def test_albert(seed, sharing):
    """One group of theirs is one block for all layers; as many groups as layers share nothing."""
    settings, batch = random_settings(seed), random_batch(random_settings(seed), seed)
    settings["num_layers"] = layers = [2, 3, 5][seed]
    groups = 1 if sharing == "all" else layers
    torch.manual_seed(seed)
    theirs = transformers.AlbertForPreTraining(
        transformers.AlbertConfig(
            vocab_size=settings["vocabulary_size"],
            embedding_size=3,
            hidden_size=settings["hidden_dim"],
            num_attention_heads=settings["num_heads"],
            intermediate_size=settings["intermediate_dim"],
            num_hidden_layers=layers,
            num_hidden_groups=groups,
            max_position_embeddings=settings["max_sequence_length"],
            type_vocab_size=settings["num_segments"],
            hidden_act={"gelu_tanh": "gelu_new"}.get(settings["activation"], settings["activation"]),
            initializer_range=0.3,
            attn_implementation="eager",
        )
    ).eval()
    ours = PretrainingModel(Albert(**settings, embedding_dim=3, sharing=sharing))
    ours(batch)
    tensors = repeated(renamed(tensors_of(theirs), ALBERT, prefix="albert."), layers, groups)
    assign_tensors(pretraining_tensors(ours), tensors)
    assert ours.count_params() == sum(parameter.numel() for parameter in theirs.parameters())
    mask = batch["padding_mask"]
    with torch.no_grad():
        expected = theirs(**as_theirs(batch), output_hidden_states=True)
    received = ours.backbone(batch, return_details=True)
    assert_layers_close(received["layer_outputs"][1:], expected.hidden_states[1:], mask)
    answers = ours(batch)
    assert_close(answers["masked_words"], expected.prediction_logits, mask)
    assert_close(answers["sentence_pair"], expected.sop_logits)


def test_shared_weights_are_written_once():
    """What is copied into one block is in all of them: theirs of another block would make another model."""
    settings, batch = random_settings(1), random_batch(random_settings(1), 1)
    ours = Albert(**{**settings, "num_layers": 3}, embedding_dim=3)
    ours(batch)
    assert len({id(variable) for variable, *_ in bert_tensors(ours)}) == len(ours.weights)
