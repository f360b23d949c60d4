"""`XlNet`: its scores by hand, who sees whom, and what is remembered."""

import keras
import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.models import PermutedWordModel, XlNet
from course_lib.models.xlnet.relative_attention import RelativeAttention

B, T, P, D, N = 2, 5, 3, 6, 3
SIZES = {"hidden_dim": D, "num_heads": N, "intermediate_dim": 7, "num_layers": 2}
# The order in which words are said, another one in each row; the words of rank 0 are said first.
RANKS = np.array([[2, 0, 4, 1, 3], [0, 3, 1, 4, 2]])
BEFORE = RANKS[:, None, :] < RANKS[:, :, None]
TOKENS = np.array([[5, 6, 7, 8, 9], [10, 5, 11, 6, 12]])


def as_array(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def questions(positions):
    return {
        "token_ids": TOKENS,
        "padding_mask": np.ones((B, T), bool),
        "content_mask": BEFORE,
        "query_mask": BEFORE,
        "masked_positions": np.asarray(positions),
    }


def xlnet(**settings):
    model = XlNet(13, **{**SIZES, "dropout": 0.0, "attention_dropout": 0.0, **settings})
    model(questions([[0], [0]]))
    generator = np.random.default_rng(3)
    model.set_weights([generator.normal(scale=0.4, size=weight.shape) for weight in model.weights])
    return model


def attention_by_hand(weights, inputs, keys, positions, mask, differs):
    """Score by score in float64; queries stand at `positions`, keys from `T - S` to `T - 1`."""
    (query_kernel, key_kernel, value_kernel, position_kernel, output_kernel, content, position, segment) = (
        weights[:8]
    )
    segments, width = weights[8], inputs.shape[-1]
    frequencies = 10000.0 ** (-np.arange(0, width, 2) / width)
    first = inputs.shape[1] - keys.shape[1]
    outputs = np.zeros_like(inputs)
    for b, n, t in np.ndindex(len(inputs), query_kernel.shape[1], inputs.shape[1]):
        query = inputs[b, t] @ query_kernel[:, n]
        scores = np.full(keys.shape[1], -np.inf)
        for s in np.flatnonzero(mask[b, t]):
            distance = positions[b, t] - (first + s)
            vector = np.concatenate([np.sin(distance * frequencies), np.cos(distance * frequencies)])
            score = (query + content[n]) @ (keys[b, s] @ key_kernel[:, n])
            score += (query + position[n]) @ (vector @ position_kernel[:, n])
            score += (query + segment[n]) @ segments[int(differs[b, t, s]), n]
            scores[s] = score / np.sqrt(query.size)
        if mask[b, t].any():
            shares = np.exp(scores - scores.max())
            context = shares / shares.sum() @ (keys[b] @ value_kernel[:, n])
            outputs[b, t] += context @ output_kernel[n]
    return outputs


def test_relative_attention_by_hand():
    """With a memory, a query that sees nothing, and segments; called on inputs, and at other positions."""
    generator = np.random.default_rng(1)
    inputs, remembered = generator.normal(size=(B, T, D)), generator.normal(size=(B, P, D))
    keys = np.concatenate([remembered, inputs], axis=1)
    mask, differs = generator.random((2, B, T, P + T)) < 0.6
    mask[1, 2] = False
    attention = RelativeAttention(N)
    attention(inputs, keys)
    attention.set_weights([generator.normal(size=weight.shape) for weight in attention.weights])
    names = [weight.name for weight in attention.weights]
    assert names[:5] == [*(f"{name}_kernel" for name in ("query", "key", "value", "position", "output"))]
    assert names[5:] == ["content_bias", "position_bias", "segment_bias", "segments"]
    weights = [np.float64(weight) for weight in attention.get_weights()]
    places = np.tile(np.arange(T), (B, 1))
    received = as_array(attention(inputs, keys, mask, differs))
    expected = attention_by_hand(weights, inputs, keys, places, mask, differs)
    np.testing.assert_allclose(received, expected, rtol=1e-4, atol=1e-4)
    assert (received[1, 2] == 0).all()


def test_contract_of_relative_attention(tmp_path):
    generator = np.random.default_rng(1)
    inputs = {
        "inputs": generator.normal(size=(B, T, D)).astype("float32"),
        "keys": generator.normal(size=(B, T, D)).astype("float32"),
        "mask": generator.random((B, T, T)) < 0.6,
        "differs": generator.random((B, T, T)) < 0.5,
    }
    check_layer(lambda: RelativeAttention(N), inputs, tmp_path)


def test_queries_at_any_position_are_those_of_the_position():
    """Asked in another order, and in each row for other positions, the answers are the same."""
    model = xlnet()
    every = as_array(model(questions([[0, 1, 2, 3, 4]] * 2))["query_output"])
    positions = np.array([[3, 1, 4], [0, 2, 1]])
    some = as_array(model(questions(positions))["query_output"])
    np.testing.assert_allclose(some, np.take_along_axis(every, positions[..., None], axis=1), atol=1e-5)
    of_first_row = as_array(model(questions(positions[[0, 0]]))["query_output"])
    assert np.abs(of_first_row[1] - some[1]).max() > 1e-2


@pytest.mark.parametrize("place", range(T))
def test_a_query_depends_on_what_was_said_before_it_and_never_on_its_own_word(place):
    """Word by word: whoever may see it changes, through however many blocks, and nobody else does."""
    model, inputs = xlnet(num_layers=3), questions([[0, 1, 2, 3, 4]] * 2)
    other = {**inputs, "token_ids": np.where(np.arange(T) == place, 4, TOKENS)}
    before, after = model(inputs), model(other)
    for name, sees in (("query_output", BEFORE), ("sequence_output", BEFORE | np.eye(T, dtype=bool))):
        changed = np.abs(as_array(after[name]) - as_array(before[name])).max(axis=-1) > 1e-6
        np.testing.assert_array_equal(changed, sees[:, :, place], err_msg=name)
        assert not (name == "query_output" and changed[:, place].any())


def test_a_mask_that_shows_a_query_its_own_word_does_not():
    """As the mask of contents does: given to both streams, the loss would fall to nothing."""
    model, inputs = xlnet(), questions([[0, 1, 2, 3, 4]] * 2)
    expected = as_array(model(inputs)["query_output"])
    with_itself = {**inputs, "query_mask": BEFORE | np.eye(T, dtype=bool)}
    np.testing.assert_array_equal(as_array(model(with_itself)["query_output"]), expected)


def test_words_are_not_asked_for_where_contents_could_tell():
    model = xlnet()
    for missing in ("content_mask", "query_mask"):
        inputs = {name: array for name, array in questions([[0], [0]]).items() if name != missing}
        with pytest.raises(ValueError, match="contents that have seen a word would tell it"):
            model(inputs)
    with pytest.raises(ValueError, match='must hold "masked_positions"'):
        PermutedWordModel(model)({"token_ids": TOKENS, "padding_mask": TOKENS != 0})
    with pytest.raises(ValueError, match="must be boolean"):
        model({**questions([[0], [0]]), "query_mask": np.where(BEFORE, 0.0, 1.0)})


def test_padding_is_seen_by_no_stream_whatever_the_masks_say():
    model, mask = xlnet(), np.array([[True] * T, [True] * 3 + [False] * 2])
    everything = np.ones((B, T, T), bool)
    inputs = {
        **questions([[0, 1], [2, 0]]),
        "padding_mask": mask,
        "content_mask": everything,
        "query_mask": everything,
    }
    before, after = model(inputs), model({**inputs, "token_ids": np.where(mask, TOKENS, 4)})
    np.testing.assert_array_equal(as_array(after["query_output"]), as_array(before["query_output"]))
    received, expected = (as_array(outputs["sequence_output"])[mask] for outputs in (after, before))
    np.testing.assert_array_equal(received, expected)


def test_without_questions_all_see_all_and_only_distances_count():
    """The same text twice, the second time behind padding: nothing knows at which position it begins."""
    model = xlnet()
    shifted = np.concatenate([np.zeros((B, 2), int), TOKENS], axis=1)
    expected = as_array(model({"token_ids": TOKENS, "padding_mask": TOKENS != 0})["sequence_output"])
    received = as_array(model({"token_ids": shifted, "padding_mask": shifted != 0})["sequence_output"])
    np.testing.assert_allclose(received[:, 2:], expected, atol=1e-5)
    turned = as_array(
        model({"token_ids": TOKENS[:, ::-1].copy(), "padding_mask": TOKENS != 0})["sequence_output"]
    )
    assert np.abs(turned[:, ::-1] - expected).max() > 1e-3


def test_segments_matter_only_as_the_same_or_another():
    model, inputs = xlnet(), {"token_ids": TOKENS, "padding_mask": TOKENS != 0}
    first = np.array([[0, 0, 1, 1, 0]] * 2)
    outputs = [
        as_array(model({**inputs, "segment_ids": ids})["sequence_output"])
        for ids in (first, 1 - first, 3 * first)
    ]
    np.testing.assert_array_equal(outputs[1], outputs[0])
    np.testing.assert_array_equal(outputs[2], outputs[0])
    assert np.abs(as_array(model(inputs)["sequence_output"]) - outputs[0]).max() > 1e-3


def test_one_block_with_a_memory_reads_the_second_half_as_if_it_had_read_both():
    """Left to right: what the first half left in the memory is all that the second half could see of it."""
    model = xlnet(memory_length=4, num_layers=2)
    token_ids = np.array([[5, 6, 7, 8, 9, 10, 11]])
    causal = np.tri(7, dtype=bool)[None]
    whole = model({"token_ids": token_ids, "padding_mask": token_ids != 0, "content_mask": causal})
    halves, memory = [], {}
    for part in (slice(0, 4), slice(4, 7)):
        ids = token_ids[:, part]
        mask = causal[:, : ids.shape[1], : ids.shape[1]]
        outputs = model({"token_ids": ids, "padding_mask": ids != 0, "content_mask": mask, **memory})
        halves.append(as_array(outputs["sequence_output"]))
        memory = {"memory": outputs["memory"]}
    np.testing.assert_allclose(
        np.concatenate(halves, axis=1), as_array(whole["sequence_output"]), rtol=1e-4, atol=1e-5
    )
    for part, other in zip(memory["memory"], whole["memory"], strict=True):
        assert part.shape == (1, 4, D)
        np.testing.assert_allclose(as_array(part), as_array(other), rtol=1e-4, atol=1e-5)


def test_a_memory_of_another_number_of_blocks_is_refused():
    model = xlnet(memory_length=2)
    memory = model(questions([[0], [0]]))["memory"]
    with pytest.raises(ValueError, match="a part for each of 2 blocks. Received: 1"):
        model({**questions([[0], [0]]), "memory": memory[:1]})


def test_shapes_are_foreseen_with_and_without_a_memory():
    model, inputs = xlnet(memory_length=7), questions([[0, 1], [2, 3]])
    for memory in ({}, {"memory": model(inputs)["memory"]}):
        given = {**inputs, **memory}
        shapes = keras.tree.map_structure(lambda tensor: tuple(tensor.shape), model(given))
        foreseen = model.compute_output_shape(keras.tree.map_structure(lambda x: tuple(x.shape), given))
        assert keras.tree.flatten(foreseen) == keras.tree.flatten(shapes)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            {"hidden_dim": 5, "num_heads": 5},
            "must be even and divisible.*Received: hidden_dim=5, num_heads=5",
        ),
        ({"num_heads": 4}, "Received: hidden_dim=6, num_heads=4"),
        ({"num_layers": 0}, "`num_layers` must be positive. Received: num_layers=0"),
        ({"memory_length": -1}, "`memory_length` must be 0 or more. Received: memory_length=-1"),
    ],
)
def test_settings_that_are_none_are_refused(setting, message):
    with pytest.raises(ValueError, match=message):
        XlNet(13, **{**SIZES, **setting})


def test_the_same_after_saving(tmp_path):
    model, inputs = PermutedWordModel(xlnet(memory_length=2)), questions([[0, 1], [2, 3]])
    expected = as_array(model(inputs))
    model.save(tmp_path / "xlnet.keras")
    loaded = keras.saving.load_model(tmp_path / "xlnet.keras")
    np.testing.assert_array_equal(as_array(loaded(inputs)), expected)


def test_neither_batch_nor_length_need_be_known():
    model, inputs = xlnet(), questions([[0, 1], [2, 3]])
    symbolic = {
        name: keras.Input((None,) * (array.ndim - 1), dtype=str(array.dtype), name=name)
        for name, array in inputs.items()
    }
    outer = keras.Model(symbolic, model(symbolic))
    expected = model(inputs)
    for name, received in outer(inputs).items():
        np.testing.assert_allclose(as_array(received), as_array(expected[name]), atol=1e-6)
