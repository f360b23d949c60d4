"""What is special of UniLM, MASS and SpanBERT: who sees whom, and what is read."""

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.models import Bert, Mass, PretrainingModel, SpanBert, Transformer, UniLm
from course_lib.models.heads.span_boundary_head import SpanBoundaryHead

SIZES = {"hidden_dim": 6, "num_heads": 2, "intermediate_dim": 11, "num_layers": 3}
T = 5
TOKENS = np.array([[5, 6, 7, 8, 9]])
SEGMENTS = np.array([[0, 0, 0, 1, 1]])
PREFIX = (np.arange(T) < 3) | np.tri(T, dtype=bool)
TASKS = {
    "both sides": np.ones((T, T), bool),
    "left to right": np.tri(T, dtype=bool),
    "right to left": np.tri(T, dtype=bool).T,
    "sequence to sequence": PREFIX,
}


def as_array(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def scattered(model, inputs):
    model(inputs)
    generator = np.random.default_rng(3)
    model.set_weights([generator.normal(scale=0.4, size=weight.shape) for weight in model.weights])
    return model


@pytest.mark.parametrize("task", TASKS)
def test_unilm_sees_what_the_mask_of_the_task_says_and_nothing_else(task):
    """Word by word, through three blocks: masks of these four kinds let nothing through on the way."""
    inputs = {"token_ids": TOKENS, "segment_ids": SEGMENTS, "padding_mask": TOKENS != 0}
    inputs["attention_mask"] = TASKS[task][None]
    model = scattered(UniLm(13, **SIZES), inputs)
    before = as_array(model(inputs)["sequence_output"])
    for place in range(T):
        other = {**inputs, "token_ids": np.where(np.arange(T) == place, 4, TOKENS)}
        changed = np.abs(as_array(model(other)["sequence_output"]) - before).max(axis=-1)[0] > 1e-6
        np.testing.assert_array_equal(changed, TASKS[task][:, place])


def test_every_row_of_unilm_has_a_mask_of_its_own():
    tokens = np.tile(TOKENS, (4, 1))
    inputs = {"token_ids": tokens, "segment_ids": np.tile(SEGMENTS, (4, 1)), "padding_mask": tokens != 0}
    model = scattered(UniLm(13, **SIZES), inputs)
    together = as_array(
        model({**inputs, "attention_mask": np.stack(list(TASKS.values()))})["sequence_output"]
    )
    for row, mask in enumerate(TASKS.values()):
        one = {name: array[:1] for name, array in inputs.items()}
        alone = as_array(model({**one, "attention_mask": mask[None]})["sequence_output"])
        np.testing.assert_allclose(together[row], alone[0], atol=1e-6)
    details = model({**inputs, "attention_mask": np.stack(list(TASKS.values()))}, return_details=True)
    np.testing.assert_allclose(as_array(details["sequence_output"]), together, atol=1e-6)
    for weights in details["attention_weights"]:
        assert (as_array(weights)[1][..., ~TASKS["left to right"]] == 0).all()


def test_unilm_without_a_mask_is_bert():
    inputs = {"token_ids": TOKENS, "segment_ids": SEGMENTS, "padding_mask": TOKENS != 0}
    model, bert = scattered(UniLm(13, **SIZES), inputs), Bert(13, **SIZES, has_pooler=False)
    bert(inputs)
    bert.set_weights(model.get_weights())
    received, expected = (as_array(reader(inputs)["sequence_output"]) for reader in (model, bert))
    np.testing.assert_array_equal(received, expected)


def test_a_mask_of_floats_or_of_another_shape_is_refused():
    inputs = {"token_ids": TOKENS, "padding_mask": TOKENS != 0}
    model = UniLm(13, **SIZES)
    with pytest.raises(ValueError, match="must be boolean"):
        model({**inputs, "attention_mask": np.zeros((1, T, T))})
    with pytest.raises(ValueError, match="`attention_mask` must have shape"):
        model({**inputs, "attention_mask": np.ones((1, T, T - 1), bool)})


def test_the_same_unilm_after_saving(tmp_path):
    inputs = {"token_ids": TOKENS, "padding_mask": TOKENS != 0, "attention_mask": PREFIX[None]}
    model = scattered(PretrainingModel(UniLm(13, **SIZES), has_pair_head=False), inputs)
    model.save(tmp_path / "unilm.keras")
    loaded = keras.saving.load_model(tmp_path / "unilm.keras")
    np.testing.assert_array_equal(as_array(loaded(inputs)), as_array(model(inputs)))


# "6 7 8" cut out of "5 6 7 8 9"; 4 is the mask.
CUT = {
    "source_token_ids": np.array([[5, 4, 4, 4, 9]]),
    "source_padding_mask": np.ones((1, T), bool),
    "target_token_ids": np.array([[4, 4, 6, 7, 4]]),
}


@pytest.mark.parametrize("positions", ["learned", "sinusoidal"])
def test_mass_predicts_a_word_from_the_source_and_the_words_before_it(positions):
    model = scattered(Mass(13, **SIZES, max_sequence_length=T, positions=positions), CUT)
    before = as_array(model(CUT))
    for place in range(T):
        other = {**CUT, "target_token_ids": np.where(np.arange(T) == place, 10, CUT["target_token_ids"])}
        changed = np.abs(as_array(model(other)) - before).max(axis=-1)[0] > 1e-6
        np.testing.assert_array_equal(changed, np.arange(T) >= place)
        other = {**CUT, "source_token_ids": np.where(np.arange(T) == place, 10, CUT["source_token_ids"])}
        assert (np.abs(as_array(model(other)) - before).max(axis=-1) > 1e-6).all()


def test_mass_is_a_transformer_with_one_table():
    model = scattered(Mass(13, **SIZES, max_sequence_length=T), CUT)
    assert model.source_embedding is model.target_embedding and model.output_projection is None
    other = Transformer(13, 13, **SIZES, max_sequence_length=T, tied_embeddings="all", positions="learned")
    other(CUT)
    other.set_weights(model.get_weights())
    np.testing.assert_array_equal(as_array(other(CUT)), as_array(model(CUT)))


def test_the_table_of_mass_is_one_after_saving_too(tmp_path):
    model = scattered(Mass(13, **SIZES, max_sequence_length=T), CUT)
    model.save(tmp_path / "mass.keras")
    loaded = keras.saving.load_model(tmp_path / "mass.keras")
    assert isinstance(loaded, Mass) and loaded.source_embedding is loaded.target_embedding
    assert loaded.count_params() == model.count_params()
    np.testing.assert_array_equal(as_array(loaded(CUT)), as_array(model(CUT)))


def test_mass_writes_step_by_step_what_it_writes_at_once():
    model = scattered(Mass(13, **SIZES, max_sequence_length=T), CUT)
    state = model.encode(CUT["source_token_ids"], CUT["source_padding_mask"])
    for place in range(T):
        logits, state = model.step(CUT["target_token_ids"][:, place], state)
        np.testing.assert_allclose(as_array(logits), as_array(model(CUT))[:, place], atol=1e-4)


def test_mass_refuses_positions_that_are_no_places():
    with pytest.raises(ValueError, match="'sinusoidal' or 'learned'. Received: positions='relative'"):
        Mass(13, **SIZES, positions="relative")


# Two spans, "7 8" at 2 … 3 and "10" at 5, and a slot that is not used.
SPANS = {
    "token_ids": np.array([[2, 6, 7, 8, 9, 10, 3]]),
    "padding_mask": np.ones((1, 7), bool),
    "masked_positions": np.array([[2, 3, 5, 0]]),
    "left_boundaries": np.array([[1, 1, 4, 0]]),
    "right_boundaries": np.array([[4, 4, 6, 0]]),
    "span_places": np.array([[1, 2, 1, 0]]),
}


def test_the_boundary_head_computes_its_equation():
    generator = np.random.default_rng(1)
    outputs, table = generator.normal(size=(1, 7, 6)), generator.normal(size=(13, 5))
    head = SpanBoundaryHead(13, longest=3, place_dim=2, activation="relu")
    spans = [SPANS[name] for name in ("left_boundaries", "right_boundaries", "span_places")]
    head(outputs, table, *spans)
    weights = {weight.path.split("/", 1)[1]: generator.normal(size=weight.shape) for weight in head.weights}
    for weight in head.weights:
        weight.assign(weights[weight.path.split("/", 1)[1]])
    received = as_array(head(outputs, table, *spans))
    for m in range(3):
        left, right, place = (row[0, m] for row in spans)
        hidden = np.concatenate(
            [outputs[0, left], outputs[0, right], weights["places/embeddings"][place - 1]]
        )
        for number in (1, 2):
            hidden = hidden @ weights[f"transform_{number}/kernel"] + weights[f"transform_{number}/bias"]
            hidden = np.maximum(hidden, 0)
            hidden = (hidden - hidden.mean()) / np.sqrt(hidden.var() + 1e-12)
            hidden = hidden * weights[f"norm_{number}/gamma"] + weights[f"norm_{number}/beta"]
        np.testing.assert_allclose(received[0, m], table @ hidden + weights["bias"], rtol=1e-4, atol=1e-4)


def test_the_boundary_head_reads_the_boundaries_alone():
    head = SpanBoundaryHead(13, longest=3, place_dim=2)
    generator = np.random.default_rng(1)
    outputs, table = generator.normal(size=(1, 7, 6)), generator.normal(size=(13, 6))
    spans = [SPANS[name] for name in ("left_boundaries", "right_boundaries", "span_places")]
    before = as_array(head(outputs, table, *spans))
    for place, readers in {1: [0, 1], 2: [], 3: [], 4: [0, 1, 2], 5: [], 6: [2]}.items():
        other = outputs.copy()
        other[0, place] += 1.0
        changed = np.abs(as_array(head(other, table, *spans)) - before).max(axis=-1)[0] > 1e-6
        assert np.flatnonzero(changed).tolist() == readers
    assert np.abs(before[0, 0] - before[0, 1]).max() > 1e-4  # the same boundaries, another place
    behind = [as_array(head(outputs, table, *spans[:2], np.full((1, 4), place))) for place in (3, 4, 9)]
    np.testing.assert_array_equal(behind[1], behind[0])
    np.testing.assert_array_equal(behind[2], behind[0])


def test_spanbert_asks_for_the_same_words_in_both_ways(tmp_path):
    model = scattered(SpanBert(Bert(13, **SIZES, has_pooler=False), longest=3, place_dim=5), SPANS)
    outputs = model(SPANS)
    twin = PretrainingModel(model.backbone, has_pair_head=False)
    inputs = {name: SPANS[name] for name in ("token_ids", "padding_mask", "masked_positions")}
    twin(inputs)
    twin.masked_word_head.set_weights(model.masked_word_head.get_weights())
    np.testing.assert_array_equal(as_array(outputs["masked_words"]), as_array(twin(inputs)))
    model.save(tmp_path / "spanbert.keras")
    loaded = keras.saving.load_model(tmp_path / "spanbert.keras")
    for name, received in loaded(SPANS).items():
        np.testing.assert_array_equal(as_array(received), as_array(outputs[name]))


def test_spanbert_says_what_is_missing():
    model = SpanBert(Bert(13, **SIZES, has_pooler=False))
    with pytest.raises(ValueError, match="Missing: left_boundaries, span_places"):
        model({name: SPANS[name] for name in SPANS if name not in ("left_boundaries", "span_places")})
    with pytest.raises(ValueError, match="`longest` must be positive. Received: longest=0"):
        SpanBert(Bert(13, **SIZES), longest=0)
