import numpy as np
import pytest
from keras import ops

from course_lib.layers import causal_mask, combine_masks, masked_softmax, padding_mask


def softmax_by_hand(scores, mask):
    """Row by row in float64, over the kept entries only."""
    weights = np.zeros(scores.shape)
    for index in np.ndindex(scores.shape[:-1]):
        kept = mask[index]
        if kept.any():
            exponentials = np.exp(scores[index][kept] - scores[index][kept].max())
            weights[index][kept] = exponentials / exponentials.sum()
    return weights


@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0, 1e4])
def test_masked_softmax_equals_a_softmax_over_the_kept_entries(scale):
    generator = np.random.default_rng(7)
    scores = (scale * generator.normal(size=(3, 5, 11))).astype("float32")
    mask = generator.random((3, 5, 11)) < 0.6
    mask[0, 0] = False
    mask[1, 1] = True
    weights = ops.convert_to_numpy(masked_softmax(scores, mask))
    np.testing.assert_allclose(weights, softmax_by_hand(scores.astype("float64"), mask), rtol=1e-5, atol=1e-7)
    assert (weights[~mask] == 0).all()
    np.testing.assert_allclose(weights.sum(-1)[mask.any(-1)], 1.0, rtol=1e-6)


def test_masked_softmax_of_an_empty_row_is_zero():
    weights = ops.convert_to_numpy(masked_softmax(np.full((2, 3), 5.0, "float32"), np.zeros((2, 3), bool)))
    np.testing.assert_array_equal(weights, np.zeros((2, 3)))


def test_masked_softmax_ignores_what_stands_at_masked_entries():
    scores = np.array([[1.0, 2.0, np.inf, np.nan]], "float32")
    weights = ops.convert_to_numpy(masked_softmax(scores, [[True, True, False, False]]))
    np.testing.assert_allclose(weights, [[1 / (1 + np.e), np.e / (1 + np.e), 0, 0]], rtol=1e-6)


@pytest.mark.parametrize("axis", [0, 1])
def test_masked_softmax_sums_over_the_axis_asked_for(axis):
    scores = np.random.default_rng(3).normal(size=(5, 7)).astype("float32")
    weights = ops.convert_to_numpy(masked_softmax(scores, np.ones((5, 7), bool), axis=axis))
    np.testing.assert_allclose(weights.sum(axis), 1.0, rtol=1e-6)


def test_masked_softmax_in_half_precision_keeps_the_dtype():
    scores = ops.cast(np.array([[9.0, 8.0, 7.0]]), "float16")
    weights = masked_softmax(scores, [[True, False, True]])
    assert "float16" in str(weights.dtype)
    expected = 1 / (1 + np.exp(-2.0))
    np.testing.assert_allclose(ops.convert_to_numpy(weights)[0], [expected, 0, 1 - expected], atol=2e-3)


def test_masked_softmax_without_a_mask_and_with_a_full_one_agree():
    scores = np.random.default_rng(5).normal(size=(2, 3, 13)).astype("float32")
    np.testing.assert_allclose(
        ops.convert_to_numpy(masked_softmax(scores)),
        ops.convert_to_numpy(masked_softmax(scores, np.ones((2, 1, 13), bool))),
        rtol=1e-6,
    )


def test_padding_mask_marks_real_tokens():
    token_ids = np.array([[4, 0, 9], [0, 0, 1]])
    np.testing.assert_array_equal(ops.convert_to_numpy(padding_mask(token_ids)), token_ids != 0)
    np.testing.assert_array_equal(ops.convert_to_numpy(padding_mask(token_ids, padding_id=9)), token_ids != 9)


def test_causal_mask_is_lower_triangular():
    np.testing.assert_array_equal(ops.convert_to_numpy(causal_mask(7))[0], np.tri(7, dtype=bool))


def test_combine_masks_is_a_logical_and_with_broadcasting():
    generator = np.random.default_rng(11)
    first, second = generator.random((1, 5, 7)) < 0.5, generator.random((3, 1, 7)) < 0.5
    combined = ops.convert_to_numpy(combine_masks(None, first, second))
    np.testing.assert_array_equal(combined, first & second)
    assert combine_masks(None, None) is None


@pytest.mark.parametrize("given", [np.array([[0.0, -1e9]], "float32"), [[0.0, -np.inf]], [[1.0, 0.0]]])
def test_a_float_mask_is_refused(given):
    for function in (masked_softmax, lambda scores, mask: combine_masks(mask)):
        with pytest.raises(ValueError, match="must be boolean, True = keep. Received: a mask of dtype float"):
            function(np.zeros((1, 2), "float32"), given)


def test_a_softmax_over_nothing_is_empty():
    assert tuple(masked_softmax(np.zeros((2, 3, 0), "float32"), np.zeros((2, 1, 0), bool)).shape) == (2, 3, 0)
