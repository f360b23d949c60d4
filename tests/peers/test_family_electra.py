"""`Electra`, generator and discriminator, against the two models of Hugging Face with their weights."""

import numpy as np
import pytest
import torch
import transformers
from support.peer_names import ELECTRA_GENERATOR, renamed
from support.peer_readers import as_theirs, assert_close, random_batch, random_settings, tensors_of

from course_lib.checkpoints import assign_tensors
from course_lib.checkpoints.bert_names import bert_tensors
from course_lib.models import Electra
from course_lib.models.family.electra import generator_settings


def their_config(settings):
    return transformers.ElectraConfig(
        vocab_size=settings["vocabulary_size"],
        embedding_size=settings["embedding_dim"],
        hidden_size=settings["hidden_dim"],
        num_attention_heads=settings["num_heads"],
        intermediate_size=settings["intermediate_dim"],
        num_hidden_layers=settings["num_layers"],
        max_position_embeddings=settings["max_sequence_length"],
        type_vocab_size=settings["num_segments"],
        hidden_act="gelu",
        initializer_range=0.3,
        attn_implementation="eager",
    )


def head_tensors(ours):
    """The heads' weights with the names of their files."""
    words, replaced = ours.masked_word_head, ours.replaced_token_head
    generator = [
        (words.transform.kernel, "cls.predictions.transform.dense.weight", "turned"),
        (words.transform.bias, "cls.predictions.transform.dense.bias", "as it is"),
        (words.norm.gamma, "cls.predictions.transform.LayerNorm.weight", "as it is"),
        (words.norm.beta, "cls.predictions.transform.LayerNorm.bias", "as it is"),
        (words.bias, "cls.predictions.bias", "as it is"),
    ]
    discriminator = [
        (getattr(layer, ours_name), f"discriminator_predictions.{name}.{their_name}", way)
        for layer, name in ((replaced.transform, "dense"), (replaced.score, "dense_prediction"))
        for ours_name, their_name, way in (("kernel", "weight", "turned"), ("bias", "bias", "as it is"))
    ]
    return generator, discriminator


@pytest.mark.parametrize("is_factorised", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_generator_and_discriminator(seed, is_factorised):
    """Theirs are two models; that they read with one embedding is done by hand. Ours is one."""
    settings = random_settings(seed) | {"activation": "gelu"}
    width, heads = settings["hidden_dim"], settings["num_heads"]
    # Twice as wide, so that half of it is whole.
    settings |= {"hidden_dim": 2 * width, "num_heads": 2 * heads, "intermediate_dim": 22}
    settings["embedding_dim"] = 3 if is_factorised else 2 * width
    batch = random_batch(settings, seed)
    mask = batch["padding_mask"]
    generator = np.random.default_rng(seed)
    corrupted = generator.integers(1, settings["vocabulary_size"], mask.shape) * mask

    torch.manual_seed(seed)
    small = generator_settings(settings, 0.5)
    their_generator = transformers.ElectraForMaskedLM(their_config(small)).eval()
    their_discriminator = transformers.ElectraForPreTraining(their_config(settings)).eval()
    their_generator.electra.embeddings = their_discriminator.electra.embeddings
    their_generator.generator_lm_head.weight = their_generator.electra.embeddings.word_embeddings.weight

    ours = Electra(**settings, generator_fraction=0.5)
    inputs = {**batch, "corrupted_token_ids": corrupted}
    ours(inputs)
    generator_head, discriminator_head = head_tensors(ours)
    discriminator_tensors = renamed(tensors_of(their_discriminator), (), prefix="electra.")
    assign_tensors(bert_tensors(ours.discriminator) + discriminator_head, discriminator_tensors)
    generator_tensors = renamed(tensors_of(their_generator), ELECTRA_GENERATOR, prefix="electra.")
    assign_tensors(bert_tensors(ours.generator) + generator_head, generator_tensors)
    parameters = {*their_generator.parameters(), *their_discriminator.parameters()}
    assert ours.count_params() == sum(parameter.numel() for parameter in parameters)

    received = ours(inputs)
    with torch.no_grad():
        expected_words = their_generator(**as_theirs(batch)).logits
        expected_replaced = their_discriminator(**as_theirs({**batch, "token_ids": corrupted})).logits
    assert_close(received["masked_words"], expected_words, mask)
    assert_close(received["replaced"], expected_replaced, mask)
    places = np.array([[1, 0], [6, 2], [3, 9], [1, 1], [0, 0]])
    gathered = ours.predict_masked_words({**inputs, "masked_positions": places})
    assert_close(gathered, expected_words[torch.arange(5)[:, None], torch.tensor(places)])
