"""`XlNet`, both streams, against the model of Hugging Face with its weights, on random small settings."""

import numpy as np
import pytest
import torch
import transformers
from keras import ops
from support.peer_readers import TOLERANCE, assert_close, random_batch, random_settings, tensors_of

from course_lib.models import PermutedWordModel, XlNet

LENGTH, TARGETS, REMEMBERED = 13, 3, 5


def xlnet_settings(seed):
    settings = random_settings(seed)
    for name in ("num_segments", "max_sequence_length"):
        del settings[name]
    settings["hidden_dim"] *= 2  # sines and cosines come in pairs
    return settings


def their_config(settings, memory_length):
    activation = settings["activation"]
    return transformers.XLNetConfig(
        vocab_size=settings["vocabulary_size"],
        d_model=settings["hidden_dim"],
        n_head=settings["num_heads"],
        d_inner=settings["intermediate_dim"],
        n_layer=settings["num_layers"],
        ff_activation={"gelu_tanh": "gelu_new"}.get(activation, activation),
        mem_len=memory_length or None,
        use_mems_eval=bool(memory_length),
        initializer_range=0.3,
    )


def copy_weights(ours, theirs):
    """Their weights into ours, of which none is left as it was drawn."""
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():  # theirs draw biases and segments as zeros, or as one number
        for parameter in theirs.parameters():
            parameter += 0.2 * torch.randn(parameter.shape, generator=generator)
    tensors = tensors_of(theirs)
    backbone, assigned = ours.backbone, []

    def give(variable, name, turned=False):
        array = tensors[name]
        variable.assign((array.T if turned else array).reshape(variable.shape))
        assigned.append(variable)

    give(backbone.token_embedding.embeddings, "transformer.word_embedding.weight")
    give(backbone.query_vector, "transformer.mask_emb")
    give(ours.bias, "lm_loss.bias")
    for index, block in enumerate(backbone.blocks):
        layer = f"transformer.layer.{index}"
        attention, network = block.attention.layer, block.feed_forward.layer
        for part, name in (("query", "q"), ("key", "k"), ("value", "v"), ("position", "r")):
            give(getattr(attention, f"{part}_kernel"), f"{layer}.rel_attn.{name}")
        name = f"{layer}.rel_attn.o"
        tensors[name] = tensors[name].transpose(1, 2, 0)
        give(attention.output_kernel, name)
        for part, name in (("content", "r_w"), ("position", "r_r"), ("segment", "r_s")):
            give(getattr(attention, f"{part}_bias"), f"{layer}.rel_attn.{name}_bias")
        give(attention.segments, f"{layer}.rel_attn.seg_embed")
        for dense, name in ((network.expand, "layer_1"), (network.contract, "layer_2")):
            give(dense.kernel, f"{layer}.ff.{name}.weight", turned=True)
            give(dense.bias, f"{layer}.ff.{name}.bias")
        for norm, name in (
            (block.attention.norm, "rel_attn.layer_norm"),
            (block.feed_forward.norm, "ff.layer_norm"),
        ):
            give(norm.gamma, f"{layer}.{name}.weight")
            give(norm.beta, f"{layer}.{name}.bias")
    assert {id(variable) for variable in assigned} == {id(weight) for weight in ours.weights}
    assert ours.count_params() == sum(parameter.numel() for parameter in theirs.parameters())


def random_questions(batch, seed):
    """In every row other words to be asked for, and another order of all words."""
    generator = np.random.default_rng(seed)
    rows = len(batch["token_ids"])
    ranks = generator.permuted(np.tile(np.arange(LENGTH), (rows, 1)), axis=1)
    sees = ranks[:, None, :] < ranks[:, :, None]
    positions = np.stack([generator.permutation(LENGTH)[:TARGETS] for _ in range(rows)])
    questions = {"content_mask": sees, "query_mask": sees, "masked_positions": positions}
    mapping = (positions[..., None] == np.arange(LENGTH)).astype("float32")
    theirs = {
        "perm_mask": torch.tensor(1.0 - sees.astype("float32")),
        "target_mapping": torch.tensor(mapping),
    }
    seen = np.take_along_axis(sees & batch["padding_mask"][:, None, :], positions[..., None], axis=1)
    return questions, theirs, seen.any(axis=-1)


def as_theirs(batch):
    theirs = {
        "input_ids": torch.tensor(batch["token_ids"]),
        "attention_mask": torch.tensor(batch["padding_mask"]).float(),
    }
    if "segment_ids" in batch:
        theirs["token_type_ids"] = torch.tensor(batch["segment_ids"])
    return theirs


@pytest.mark.parametrize("has_memory", [False, True])
@pytest.mark.parametrize("has_segments", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_both_streams(seed, has_segments, has_memory):
    """Padding, an order and questions of its own for every row, and a memory that says nothing of either."""
    settings, batch = xlnet_settings(seed), random_batch(random_settings(seed), seed)
    if not has_segments:
        del batch["segment_ids"]
    torch.manual_seed(seed)
    memory_length = REMEMBERED if has_memory else 0
    theirs = transformers.XLNetLMHeadModel(their_config(settings, memory_length)).eval()
    ours = PermutedWordModel(XlNet(**settings, memory_length=memory_length))
    questions, their_questions, sees_something = random_questions(batch, seed)
    ours({**batch, **questions})
    copy_weights(ours, theirs)
    inputs, their_inputs = {**batch, **questions}, {**as_theirs(batch), **their_questions}
    if has_memory:
        generator = np.random.default_rng(seed)
        shape = (len(batch["token_ids"]), REMEMBERED, settings["hidden_dim"])
        memory = [generator.normal(size=shape).astype("float32") for _ in range(settings["num_layers"])]
        inputs["memory"] = memory
        their_inputs["mems"] = [torch.tensor(part).transpose(0, 1) for part in memory]
        sees_something = np.ones_like(sees_something)
    with torch.no_grad():
        expected = theirs(**their_inputs, output_hidden_states=True)
    received = ours.backbone(inputs)
    content, query = expected.hidden_states[-2:]
    assert_close(received["sequence_output"], content, batch["padding_mask"])
    assert_close(received["query_output"], query, sees_something)
    assert_close(ours(inputs), expected.logits, sees_something)
    assert sees_something.mean() > 0.5
    if has_memory:
        for part, their_part in zip(received["memory"], expected.mems, strict=True):
            assert_close(part, their_part.transpose(0, 1), batch["padding_mask"][:, -REMEMBERED:])


@pytest.mark.parametrize("seed", range(3))
def test_one_text_behind_the_other(seed):
    """What the first text leaves in the memory is what the second one reads: content alone, no questions."""
    settings = xlnet_settings(seed)
    torch.manual_seed(seed)
    theirs = transformers.XLNetLMHeadModel(their_config(settings, memory_length=7)).eval()
    ours = PermutedWordModel(XlNet(**settings, memory_length=7))
    generator = np.random.default_rng(seed)
    batch = {"padding_mask": np.ones((2, LENGTH), bool)}
    batch["token_ids"] = generator.integers(1, settings["vocabulary_size"], (2, LENGTH))
    questions, *_ = random_questions(batch, seed)
    ours({**batch, **questions})
    copy_weights(ours, theirs)
    memory = their_memory = None
    for _ in range(3):
        batch["token_ids"] = generator.integers(1, settings["vocabulary_size"], (2, LENGTH))
        with torch.no_grad():
            expected = theirs(input_ids=torch.tensor(batch["token_ids"]), mems=their_memory)
        received = ours.backbone({**batch, "memory": memory} if memory else batch)
        assert_close(ours.to_logits(received["sequence_output"]), expected.logits)
        memory, their_memory = received["memory"], expected.mems
        for part, their_part in zip(memory, their_memory, strict=True):
            assert_close(part, their_part.transpose(0, 1))


def test_the_bound_tells_the_rows_of_a_batch_apart():
    """With the positions of the first row for all rows, the answers are others by far more than the bound."""
    settings, batch = xlnet_settings(1), random_batch(random_settings(1), 1)
    ours = PermutedWordModel(XlNet(**settings))
    questions, _, sees_something = random_questions(batch, 1)
    generator = np.random.default_rng(2)
    ours({**batch, **questions})
    ours.set_weights([generator.normal(scale=0.3, size=weight.shape) for weight in ours.weights])
    of_first = np.tile(questions["masked_positions"][:1], (len(sees_something), 1))
    right, wrong = (
        ops.convert_to_numpy(ours({**batch, **questions, "masked_positions": positions}))
        for positions in (questions["masked_positions"], of_first)
    )
    assert np.abs(right - wrong)[1:].max() > 100 * TOLERANCE
