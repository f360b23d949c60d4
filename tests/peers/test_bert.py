"""`Bert` and its heads against the models of Hugging Face, with their weights, on random small settings."""

import numpy as np
import pytest
import torch
import transformers
from keras import ops
from support.peer_readers import as_theirs, assert_close, random_batch, random_settings, tensors_of

from course_lib.checkpoints import assign_tensors
from course_lib.checkpoints.bert_names import bert_tensors, pretraining_tensors
from course_lib.models import Bert, PretrainingModel


def their_config(settings):
    return transformers.BertConfig(
        vocab_size=settings["vocabulary_size"],
        hidden_size=settings["hidden_dim"],
        num_attention_heads=settings["num_heads"],
        intermediate_size=settings["intermediate_dim"],
        num_hidden_layers=settings["num_layers"],
        max_position_embeddings=settings["max_sequence_length"],
        type_vocab_size=settings["num_segments"],
        hidden_act={"gelu_tanh": "gelu_new"}.get(settings["activation"], settings["activation"]),
        initializer_range=0.3,
        attn_implementation="eager",  # the one that hands out its weights
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_backbone_reads_as_theirs(seed):
    settings, batch = random_settings(seed), random_batch(random_settings(seed), seed)
    torch.manual_seed(seed)
    theirs = transformers.BertModel(their_config(settings)).eval()
    ours = Bert(**settings)
    ours(batch)
    before = np.array(ops.convert_to_numpy(ours(batch)["pooled_output"]))
    assign_tensors(bert_tensors(ours), tensors_of(theirs))
    received = ours(batch, return_details=True)
    with torch.no_grad():
        expected = theirs(**as_theirs(batch), output_hidden_states=True, output_attentions=True)
    mask = batch["padding_mask"]
    assert np.abs(before - expected.pooler_output.numpy()).max() > 0.01
    assert_close(received["sequence_output"], expected.last_hidden_state, mask)
    assert_close(received["pooled_output"], expected.pooler_output)
    assert len(received["layer_outputs"]) == len(expected.hidden_states) == settings["num_layers"] + 1
    for ours_layer, their_layer in zip(received["layer_outputs"], expected.hidden_states, strict=True):
        assert_close(ours_layer, their_layer, mask)
    for ours_weights, their_weights in zip(received["attention_weights"], expected.attentions, strict=True):
        assert_close(ours_weights, their_weights)
    plain = ours(batch)
    assert_close(plain["sequence_output"], expected.last_hidden_state, mask)


@pytest.mark.parametrize("seed", range(3))
def test_the_heads_of_pretraining_answer_as_theirs(seed):
    settings, batch = random_settings(seed), random_batch(random_settings(seed), seed)
    torch.manual_seed(seed)
    config = their_config(settings)
    theirs = transformers.BertForPreTraining(config).eval()
    ours = PretrainingModel(Bert(**settings))
    ours(batch)
    assign_tensors(pretraining_tensors(ours), tensors_of(theirs))
    received = ours(batch)
    with torch.no_grad():
        expected = theirs(**as_theirs(batch))
    assert_close(received["masked_words"], expected.prediction_logits, batch["padding_mask"])
    assert_close(received["sentence_pair"], expected.seq_relationship_logits)
    places = np.array([[1, 0], [6, 2], [3, 9], [1, 1], [0, 0]])
    gathered = ours({**batch, "masked_positions": places})["masked_words"]
    assert_close(gathered, expected.prediction_logits[torch.arange(5)[:, None], torch.tensor(places)])
