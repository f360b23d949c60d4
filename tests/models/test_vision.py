"""Models that see: what they compute against their parts, positions of other sizes, looks in their places."""

import keras
import numpy as np
import pytest
from keras import ops

from course_lib.layers import box_mask, proposal_boxes, split_patches, stretch_positions, zoom
from course_lib.models import (
    ConvolutionalClassifier,
    RecurrentAttention,
    VisionTransformer,
    patch_attention,
)

IMAGES = np.random.default_rng(0).random((3, 12, 20, 2)).astype("float32")


def array(tensor):
    return ops.convert_to_numpy(tensor)


def transformer(**settings):
    keras.utils.set_random_seed(3)
    model = VisionTransformer(5, (12, 20), 4, 6, 3, 11, num_layers=2, **settings)
    model(IMAGES)
    generator = np.random.default_rng(4)
    model.set_weights([generator.normal(scale=0.4, size=weight.shape) for weight in model.weights])
    return model


@pytest.mark.parametrize("pooling", ["class", "mean"])
def test_a_picture_is_a_sentence_of_patches(pooling):
    """By the encoder of the course, on words that are made here."""
    model = transformer(pooling=pooling)
    kernel, bias = (array(weight) for weight in model.embedding.project.weights)
    words = array(split_patches(IMAGES, 4)) @ kernel + bias + array(model.positions.table).reshape(15, 6)
    if pooling == "class":
        words = np.concatenate([np.tile(array(model.class_token), (3, 1, 1)), words], axis=1)
    states = array(model.encoder(words))
    pooled = states[:, 0] if pooling == "class" else states.mean(axis=1)
    kernel, bias = (array(weight) for weight in model.classify.weights)
    np.testing.assert_allclose(array(model(IMAGES)), pooled @ kernel + bias, rtol=1e-4, atol=1e-4)


def swapped(images):
    """The same patches in another order: the upper and the lower rows, exchanged."""
    return np.concatenate([images[:, 4:], images[:, :4]], axis=1)


@pytest.mark.parametrize("pooling", ["class", "mean"])
def test_without_positions_the_order_of_patches_means_nothing(pooling):
    without, with_positions = transformer(pooling=pooling, has_positions=False), transformer(pooling=pooling)
    np.testing.assert_allclose(array(without(swapped(IMAGES))), array(without(IMAGES)), rtol=1e-4, atol=1e-5)
    assert np.abs(array(with_positions(swapped(IMAGES))) - array(with_positions(IMAGES))).max() > 1e-3
    assert without.positions is None and len(without.weights) == len(with_positions.weights) - 1


def test_a_picture_of_another_size_is_read_with_stretched_positions():
    model = transformer()
    larger = np.random.default_rng(1).random((2, 24, 28, 2)).astype("float32")
    kernel, bias = (array(weight) for weight in model.embedding.project.weights)
    places = array(stretch_positions(model.positions.table, 6, 7)).reshape(42, 6)
    words = array(split_patches(larger, 4)) @ kernel + bias + places
    words = np.concatenate([np.tile(array(model.class_token), (2, 1, 1)), words], axis=1)
    expected = array(model.classify(model.encoder(words)[:, 0]))
    np.testing.assert_allclose(array(model(larger)), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("pooling, length", [("class", 16), ("mean", 15)])
def test_the_class_token_is_no_patch(pooling, length):
    logits, weights = transformer(pooling=pooling)(IMAGES, return_attention_weights=True)
    assert tuple(logits.shape) == (3, 5) and [tuple(w.shape) for w in weights] == [(3, 3, length, length)] * 2
    seen = array(patch_attention(weights[-1], 3, 5))
    last = array(weights[-1])
    expected = last[:, :, 0, 1:].mean(axis=1) if pooling == "class" else last.mean(axis=(1, 2))
    np.testing.assert_allclose(seen, expected.reshape(3, 3, 5), rtol=1e-5)
    with pytest.raises(ValueError, match=f"sequences of 12, or one more .* {length}, {length}"):
        patch_attention(weights[-1], 3, 4)


def test_attention_over_a_map_is_a_distribution_and_pools_it():
    model = ConvolutionalClassifier(5, (4, 7), "attention")
    logits, weights = (array(output) for output in model(IMAGES, return_attention_weights=True))
    assert weights.shape == (3, 6, 10)
    np.testing.assert_allclose(weights.sum(axis=(1, 2)), 1.0, rtol=1e-5)
    pooled = (weights[..., None] * array(model.features(IMAGES))).sum(axis=(1, 2))
    np.testing.assert_allclose(array(model.classify(pooled)), logits, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("pooling", ["max", "mean"])
def test_other_poolings_of_a_map(pooling):
    model = ConvolutionalClassifier(5, (4, 7), pooling)
    logits = array(model(IMAGES))
    pooled = getattr(array(model.features(IMAGES)), pooling)(axis=(1, 2))
    np.testing.assert_allclose(array(model.classify(pooled)), logits, rtol=1e-4, atol=1e-5)
    with pytest.raises(ValueError, match=f"Only `pooling='attention'` .* pooling='{pooling}'"):
        model(IMAGES, return_attention_weights=True)


def closer(**settings):
    keras.utils.set_random_seed(5)
    model = RecurrentAttention(5, num_looks=3, look_size=7, channels=(4, 6), **settings)
    model(IMAGES)
    return model


def test_looks_are_in_one_another_and_in_their_bounds():
    model = closer(min_half_width=0.2, max_half_width=0.3)
    model.set_weights([3 * np.random.default_rng(6).normal(size=weight.shape) for weight in model.weights])
    logits, proposals = (array(output) for output in model(IMAGES, return_proposals=True))
    assert logits.shape == (3, 3, 5) and proposals.shape == (3, 2, 3)
    whole = np.tile([0.5, 0.5, 0.5], (3, 1))
    for outer, inner in ((whole, proposals[:, 0]), (proposals[:, 0], proposals[:, 1])):
        share = inner[:, 2] / (2 * outer[:, 2])
        assert (share >= 0.2 - 1e-5).all() and (share <= 0.3 + 1e-5).all()
        outer, inner = array(proposal_boxes(outer)), array(proposal_boxes(inner))
        assert (inner[:, :2] >= outer[:, :2] - 1e-5).all() and (inner[:, 2:] <= outer[:, 2:] + 1e-5).all()


def test_each_look_is_a_masked_and_enlarged_part_read_by_its_own_reader():
    model = closer(sharpness=17.0)
    places = np.array([[0.5, 0.5, 0.5], [0.45, 0.55, 0.2], [0.4, 0.5, 0.1]], "float32")
    given = np.tile(places[1:], (3, 1, 1))
    logits, used = model({"pictures": IMAGES, "proposals": given}, return_proposals=True)
    np.testing.assert_array_equal(array(used), given)
    for look, (reader, classifier) in enumerate(zip(model.readers, model.classifiers, strict=True)):
        place, mask = np.tile(places[look], (3, 1)), np.ones((3, 12, 20))
        if look:  # as sharp as is said, in units of the square before
            mask = array(box_mask(place, 12, 20, 17.0 / (2 * places[look - 1, 2])))
        seen = zoom((IMAGES - 0.5) * mask[..., None].astype("float32"), proposal_boxes(place), 7, 7)
        expected = classifier(ops.max(reader(seen), axis=(1, 2)))
        np.testing.assert_allclose(array(logits)[:, look], array(expected), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    "make",
    [
        lambda: transformer(dropout=0.1, pooling="mean"),
        lambda: ConvolutionalClassifier(5, (4, 7), "attention"),
        lambda: closer(min_half_width=0.2, sharpness=11.0),
    ],
)
def test_a_saved_model_is_the_same(make, tmp_path):
    model = make()
    expected = array(model(IMAGES))
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(array(again(IMAGES)), expected)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: VisionTransformer(1, 8, 4, 6, 2, 11, 1), "`num_classes` must be 2 or more. Received: .*=1"),
        (lambda: VisionTransformer(3, 9, 4, 6, 2, 11, 1), "Received: height=9, width=9, patch_size=4"),
        (lambda: VisionTransformer(3, 8, 4, 6, 4, 11, 1), "must be divisible by `num_heads`"),
        (lambda: VisionTransformer(3, 8, 4, 6, 2, 11, 1, pooling="max"), "Received: pooling='max'"),
        (lambda: VisionTransformer(3, 8, 4, 6, 2, 11, 1)(IMAGES[:, :, :18]), "height=12, width=18"),
        (lambda: ConvolutionalClassifier(3, (4,), "sum"), "Received: pooling='sum'"),
        (lambda: ConvolutionalClassifier(3, (4,))((255 * IMAGES).astype("uint8")), "floats.*uint8"),
        (lambda: RecurrentAttention(3, num_looks=1), "`num_looks` must be 2 or more. Received: num_looks=1"),
        (lambda: RecurrentAttention(3, look_size=0), "must be positive. Received: look_size=0"),
        (lambda: RecurrentAttention(3, sharpness=0.0), "sharpness=0.0"),
        (lambda: RecurrentAttention(3, min_half_width=0.4), "min_half_width=0.4, max_half_width=0.25"),
        (lambda: RecurrentAttention(3)((255 * IMAGES).astype("uint8")), "floats.*uint8"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
