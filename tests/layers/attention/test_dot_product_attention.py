import numpy as np
import pytest
from keras import ops

from course_lib.layers import (
    causal_mask,
    fused_dot_product_attention,
    merge_heads,
    scaled_dot_product_attention,
    split_heads,
)

B, N, T, S, K, K_VALUE = 2, 3, 5, 7, 11, 13


def normal(*shape, seed):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def by_hand(query, key, value, mask=None, bias=0.0):
    """Row by row in float64, over the kept keys only."""
    query, key, value = (array.astype("float64") for array in (query, key, value))
    scores = query @ np.swapaxes(key, -1, -2) / np.sqrt(query.shape[-1]) + bias
    mask = np.broadcast_to(True if mask is None else mask, scores.shape)
    weights = np.zeros(scores.shape)
    for index in np.ndindex(scores.shape[:-1]):
        kept = mask[index]
        if kept.any():
            exponentials = np.exp(scores[index][kept] - scores[index][kept].max())
            weights[index][kept] = exponentials / exponentials.sum()
    return weights @ value, weights


def test_heads_are_cut_and_joined_where_they_should_be():
    inputs = np.arange(B * T * N * K, dtype="float32").reshape(B, T, N * K)
    heads = numpy_of(split_heads(inputs, num_heads=N))
    assert heads.shape == (B, N, T, K)
    for b, n, t, k in np.ndindex(*heads.shape):
        assert heads[b, n, t, k] == inputs[b, t, n * K + k]
    np.testing.assert_array_equal(numpy_of(merge_heads(heads)), inputs)


def test_a_width_that_heads_do_not_divide_is_refused():
    with pytest.raises(ValueError, match=r"inputs of shape \(2, 3, 7\), num_heads=2"):
        split_heads(np.zeros((2, 3, 7), "float32"), num_heads=2)


@pytest.mark.parametrize("front", [(), (B,), (B, N)])
@pytest.mark.parametrize("scale", [1.0, 40.0])
def test_attention_with_mask_and_bias_equals_its_equation(front, scale):
    query, key = scale * normal(*front, T, K, seed=1), normal(*front, S, K, seed=2)
    value, bias = normal(*front, S, K_VALUE, seed=3), normal(T, S, seed=4)
    mask = np.random.default_rng(5).random((*front, T, S)) < 0.6
    mask[..., 2, :] = False
    context, weights = scaled_dot_product_attention(query, key, value, mask, bias)
    expected_context, expected_weights = by_hand(query, key, value, mask, bias)
    np.testing.assert_allclose(numpy_of(weights), expected_weights, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(numpy_of(context), expected_context, rtol=1e-4, atol=1e-5)
    assert (numpy_of(context)[..., 2, :] == 0).all()


def test_dropout_reaches_the_context_but_not_the_weights_that_are_returned():
    query, key, value = normal(T, K, seed=1), normal(S, K, seed=2), normal(S, K_VALUE, seed=3)
    context, weights = scaled_dot_product_attention(query, key, value, dropout=lambda weights: 0.5 * weights)
    expected_context, expected_weights = by_hand(query, key, value)
    np.testing.assert_allclose(numpy_of(weights), expected_weights, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(numpy_of(context), 0.5 * expected_context, rtol=1e-5, atol=1e-6)


def test_queries_and_keys_of_different_width_are_refused():
    with pytest.raises(ValueError, match=r"query of shape \(5, 11\), key of shape \(7, 13\)"):
        scaled_dot_product_attention(normal(T, K, seed=1), normal(S, K_VALUE, seed=2), normal(S, K, seed=3))


@pytest.mark.parametrize("is_causal", [False, True])
@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("mask_shape", [None, (B, 1, 1, S), (B, 1, T, S), (B, N, T, S)])
@pytest.mark.parametrize("value_width", [5, K, K_VALUE])
def test_the_fused_kernel_gives_the_same_context(is_causal, with_bias, mask_shape, value_width):
    query, key, value = (
        normal(B, N, T, K, seed=1),
        normal(B, N, S, K, seed=2),
        normal(B, N, S, value_width, seed=3),
    )
    bias = normal(1, N, T, S, seed=4) if with_bias else None
    mask = None if mask_shape is None else np.random.default_rng(5).random(mask_shape) < 0.6
    if mask is not None:
        mask[0] = False  # nothing to attend to in the first sentence
    fused = fused_dot_product_attention(query, key, value, mask, bias, is_causal)
    whole = np.tri(T, S, dtype=bool)[None, None] if is_causal else np.ones((1, 1, T, S), bool)
    whole = whole if mask is None else whole & mask
    expected, _ = by_hand(query, key, value, whole, 0.0 if bias is None else bias)
    np.testing.assert_allclose(numpy_of(fused), expected, rtol=1e-5, atol=1e-5)


def test_causal_mask_for_another_number_of_keys():
    np.testing.assert_array_equal(numpy_of(causal_mask(T, S))[0], np.tri(T, S, dtype=bool))
