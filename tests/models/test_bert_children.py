"""What is special of RoBERTa, DistilBERT and ALBERT."""

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.layers import RelativePositions, TransformerEncoder
from course_lib.models import Albert, Bert, DistilBert, FactorisedBert, PretrainingModel, Roberta

SIZES = {"hidden_dim": 6, "num_heads": 2, "intermediate_dim": 11, "num_layers": 3}


def reads(model, token_ids, padding_mask=None, **more):
    token_ids = np.asarray(token_ids)
    mask = np.ones(token_ids.shape, bool) if padding_mask is None else np.asarray(padding_mask)
    outputs = model({"token_ids": token_ids, "padding_mask": mask, **more})
    return np.asarray(ops.convert_to_numpy(outputs["sequence_output"]))


def scatter_weights(model, seed=3):
    generator = np.random.default_rng(seed)
    model.set_weights([generator.normal(scale=0.3, size=weight.shape) for weight in model.weights])
    return model


@pytest.mark.parametrize("padding_id", [0, 1, 3])
def test_roberta_counts_positions_from_behind_the_padding_id(padding_id, monkeypatch):
    """A BERT without segments whose table begins with the row behind the padding's reads the same."""
    roberta = Roberta(13, **SIZES, max_sequence_length=5, padding_id=padding_id)
    token_ids = np.array([[4, 5, 6, 7, 8]])
    reads(roberta, token_ids)
    scatter_weights(roberta)
    monkeypatch.setattr(Bert, "epsilon", Roberta.epsilon)
    bert = Bert(13, **SIZES, max_sequence_length=5, num_segments=0, has_pooler=False)
    reads(bert, token_ids)
    weights = {weight.path.split("/", 1)[1]: weight for weight in roberta.weights}
    for weight in bert.weights:
        value = ops.convert_to_numpy(weights[weight.path.split("/", 1)[1]])
        weight.assign(value[padding_id + 1 :] if weight.path.endswith("positions/table") else value)
    np.testing.assert_allclose(reads(roberta, token_ids), reads(bert, token_ids), atol=1e-6)


def test_roberta_counts_real_tokens_wherever_the_padding_stands():
    roberta = Roberta(13, **SIZES, max_sequence_length=5)
    reads(roberta, [[4, 5, 6]])
    scatter_weights(roberta)
    behind = reads(roberta, [[4, 5, 6, 1, 1]], [[True, True, True, False, False]])[0, :3]
    before = reads(roberta, [[1, 1, 4, 5, 6]], [[False, False, True, True, True]])[0, 2:]
    np.testing.assert_allclose(behind, before, atol=1e-5)
    np.testing.assert_allclose(behind, reads(roberta, [[4, 5, 6]])[0], atol=1e-5)


def test_roberta_refuses_what_is_longer_than_its_positions():
    """514 rows are for 512 tokens: the last two would be read from outside the table."""
    roberta = Roberta(13, **SIZES)
    assert roberta.embedding.positions.max_sequence_length == 514
    reads(roberta, np.full((1, 512), 4))
    with pytest.raises(ValueError, match="at most 512 tokens: of 514 rows .* Received: 513 tokens"):
        reads(roberta, np.full((1, 513), 4))
    with pytest.raises(ValueError, match="has no segments. Received: `inputs` with"):
        reads(roberta, [[4, 5]], segment_ids=np.array([[0, 1]]))
    with pytest.raises(ValueError, match="Received: max_sequence_length=5, padding_id=-1"):
        Roberta(13, **SIZES, max_sequence_length=5, padding_id=-1)


def test_distilbert_has_neither_segments_nor_a_pooler():
    student = DistilBert(13, **SIZES)
    reads(student, [[4, 5]])
    assert not [
        weight.path for weight in student.weights if "segment" in weight.path or "pooler" in weight.path
    ]
    with pytest.raises(ValueError, match="have no table here"):
        reads(student, [[4, 5]], segment_ids=np.array([[0, 1]]))
    with pytest.raises(ValueError, match="`has_pooler=True`"):
        PretrainingModel(student)


def test_distilbert_with_the_layers_of_bert_is_bert():
    bert = Bert(13, **SIZES, num_segments=0, has_pooler=False)
    student = DistilBert(13, **SIZES)
    expected = reads(bert, [[4, 5, 6]])
    reads(student, [[4, 5, 6]])
    student.set_weights(bert.get_weights())
    np.testing.assert_array_equal(reads(student, [[4, 5, 6]]), expected)


# By hand: with D = 6, F = 11 an attention and its norm have 4 · 36 + 24 + 12 = 180 parameters, a network and
# its norm 2 · 66 + 17 + 12 = 161.
@pytest.mark.parametrize(
    ("sharing", "blocks"),
    [("none", 3 * 341), ("attention", 180 + 3 * 161), ("network", 3 * 180 + 161), ("all", 341)],
)
def test_albert_shares_what_it_is_told_to(sharing, blocks):
    albert = Albert(13, **SIZES, embedding_dim=5, sharing=sharing)
    reads(albert, [[4, 5, 6]])
    assert albert.encoder.count_params() == blocks
    assert len({weight.path for weight in albert.weights}) == len(albert.weights)
    scatter_weights(albert)
    # The same as a stack that shares nothing and holds a copy of each part.
    apart = Albert(13, **SIZES, embedding_dim=5, sharing="none")
    reads(apart, [[4, 5, 6]])
    for part in ("embedding", "projection", "pooler"):
        getattr(apart, part).set_weights(getattr(albert, part).get_weights())
    for one, other in zip(apart.encoder.blocks, albert.encoder.blocks, strict=True):
        one.self_attention.set_weights(other.self_attention.get_weights())
        one.feed_forward.set_weights(other.feed_forward.get_weights())
    np.testing.assert_allclose(reads(albert, [[4, 5, 6]]), reads(apart, [[4, 5, 6]]), atol=1e-6)


@pytest.mark.parametrize("sharing", ["attention", "network", "all"])
def test_what_albert_shares_is_one_after_saving_too(sharing, tmp_path):
    model = PretrainingModel(Albert(13, **SIZES, embedding_dim=5, sharing=sharing))
    inputs = {"token_ids": np.array([[4, 5, 6]]), "padding_mask": np.ones((1, 3), bool)}
    model(inputs)
    scatter_weights(model)
    model.save(tmp_path / "albert.keras")
    loaded = keras.saving.load_model(tmp_path / "albert.keras")
    for one, other in zip(keras.tree.flatten(loaded(inputs)), keras.tree.flatten(model(inputs)), strict=True):
        np.testing.assert_array_equal(ops.convert_to_numpy(one), ops.convert_to_numpy(other))
    assert loaded.count_params() == model.count_params()
    blocks = loaded.backbone.encoder.blocks
    assert (blocks[0].self_attention is blocks[2].self_attention) == (sharing != "network")
    assert (blocks[0].feed_forward is blocks[2].feed_forward) == (sharing != "attention")


def test_a_word_of_albert_is_narrow_and_predicted_by_the_same_table():
    albert = Albert(13, **SIZES, embedding_dim=5)
    model = PretrainingModel(albert)
    inputs = {"token_ids": np.array([[4, 5, 6]]), "padding_mask": np.ones((1, 3), bool)}
    before = ops.convert_to_numpy(model(inputs)["masked_words"])
    assert tuple(albert.token_embedding.embeddings.shape) == (13, 5) and before.shape == (1, 3, 13)
    table = ops.convert_to_numpy(albert.token_embedding.embeddings).copy()
    table[9, 0] += 1.0  # no word of the sentence; a whole row of ones would vanish behind the normalisation
    albert.token_embedding.embeddings.assign(table)
    changed = ops.convert_to_numpy(model(inputs)["masked_words"]) != before
    assert changed[..., 9].all() and not np.delete(changed, 9, axis=-1).any()


def test_as_wide_as_its_blocks_a_factorised_bert_is_bert():
    bert = Bert(13, **SIZES, has_pooler=False)
    same = FactorisedBert(13, **SIZES)
    expected = reads(bert, [[4, 5, 6]])
    reads(same, [[4, 5, 6]])
    assert same.projection is None
    same.set_weights(bert.get_weights())
    np.testing.assert_array_equal(reads(same, [[4, 5, 6]]), expected)


def test_an_embedding_of_another_size_is_refused():
    other = FactorisedBert(13, **SIZES, embedding_dim=5)
    with pytest.raises(ValueError, match="`embedding` must have the sizes .*'embedding_dim': 4.* Received: "):
        FactorisedBert(13, **SIZES, embedding_dim=4, embedding=other.embedding)


def test_a_stack_refuses_to_share_what_it_does_not_know():
    with pytest.raises(ValueError, match="`sharing` must be one of .* Received: sharing='half'"):
        TransformerEncoder(2, 6, 2, 11, sharing="half")
    positions = RelativePositions(num_heads=2, max_distance=3)
    with pytest.raises(ValueError, match="need an attention of its own there. Received: sharing='all'"):
        TransformerEncoder(2, 6, 2, 11, positions, sharing="all")
    TransformerEncoder(2, 6, 2, 11, positions, "every_layer", sharing="all")
