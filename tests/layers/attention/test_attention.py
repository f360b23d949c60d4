import numpy as np
import pytest
from keras import ops

from course_lib.layers import (
    Attention,
    DotScore,
    LocalAttention,
    MultiplicativeScore,
    coverage,
    coverage_penalty,
)

B, T, S, D = 2, 5, 7, 3


def normal(*shape, seed):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def numpy_attention(query, key, value, mask):
    query, key, value = (array.astype("float64") for array in (query, key, value))
    scores = np.where(mask, np.einsum("btd,bsd->bts", query, key), -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return np.einsum("bts,bsd->btd", weights, value), weights


@pytest.mark.parametrize("mask_rank", [2, 3])
def test_attention_with_a_mask_and_separate_keys(mask_rank):
    query, key, value = normal(B, T, D, seed=1), normal(B, S, D, seed=2), normal(B, S, 11, seed=3)
    mask = np.random.default_rng(4).random((B, S) if mask_rank == 2 else (B, T, S)) < 0.7
    mask[..., 0] = True
    full_mask = mask[:, None, :] if mask_rank == 2 else mask
    context, weights = Attention(DotScore())(
        query=query, value=value, key=key, mask=mask, return_attention_weights=True
    )
    expected_context, expected_weights = numpy_attention(query, key, value, full_mask)
    np.testing.assert_allclose(ops.convert_to_numpy(context), expected_context, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(ops.convert_to_numpy(weights), expected_weights, rtol=1e-5, atol=1e-7)


def test_permuting_the_memory_permutes_the_weights_and_keeps_the_context():
    attention = Attention(MultiplicativeScore())
    query, value = normal(B, T, D, seed=1), normal(B, S, 11, seed=2)
    order = np.random.default_rng(5).permutation(S)
    context, weights = attention(query=query, value=value, return_attention_weights=True)
    other, permuted = attention(query=query, value=value[:, order], return_attention_weights=True)
    np.testing.assert_allclose(
        ops.convert_to_numpy(other), ops.convert_to_numpy(context), rtol=1e-5, atol=1e-6
    )
    np.testing.assert_allclose(
        ops.convert_to_numpy(permuted), ops.convert_to_numpy(weights)[:, :, order], rtol=1e-5, atol=1e-7
    )


def test_nothing_to_attend_to_gives_a_context_of_zeros():
    mask = np.ones((B, S), bool)
    mask[1] = False
    context = Attention(DotScore())(query=normal(B, T, D, seed=1), value=normal(B, S, D, seed=2), mask=mask)
    assert (ops.convert_to_numpy(context)[1] == 0).all()
    assert (ops.convert_to_numpy(context)[0] != 0).all()


def test_a_mask_of_wrong_rank_is_refused():
    with pytest.raises(ValueError, match=r"shape \(B, S\) or \(B, T, S\), True = keep. Received"):
        Attention(DotScore())(
            query=normal(B, T, D, seed=1), value=normal(B, S, D, seed=2), mask=np.ones((1, B, T, S), bool)
        )


def test_local_attention_equals_its_equation():
    query, value = normal(B, T, D, seed=1), normal(B, 23, D, seed=2)
    mask = np.arange(23)[None, :] < np.array([23, 13])[:, None]
    window = 4
    layer = LocalAttention(DotScore(), window=window, hidden_dim=5)
    _, weights = layer(query=query, value=value, mask=mask, return_attention_weights=True)
    kernel, scale = (np.asarray(w, "float64") for w in (layer.position_kernel, layer.position_scale))
    for b, t in np.ndindex(B, T):
        q = query[b, t].astype("float64")
        center = mask[b].sum() / (1 + np.exp(-np.tanh(q @ kernel) @ scale[:, 0]))
        distance = np.arange(23) - center
        inside = (np.abs(distance) <= window) & mask[b]
        exponentials = np.where(inside, np.exp(value[b].astype("float64") @ q), 0)
        expected = exponentials / exponentials.sum() * np.exp(-(distance**2) / (2 * (window / 2) ** 2))
        np.testing.assert_allclose(ops.convert_to_numpy(weights)[b, t], expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("sizes", [{"window": 0, "hidden_dim": 3}, {"window": 2, "hidden_dim": 0}])
def test_local_attention_refuses_empty_sizes(sizes):
    with pytest.raises(ValueError, match="must be positive. Received: window"):
        LocalAttention(DotScore(), **sizes)


def test_coverage_sums_the_past():
    weights = np.random.default_rng(1).dirichlet(np.ones(S), size=(B, T)).astype("float32")
    expected = np.stack([weights[:, :t].sum(axis=1) for t in range(T)], axis=1)
    np.testing.assert_allclose(ops.convert_to_numpy(coverage(weights)), expected, rtol=1e-5, atol=1e-6)


def test_coverage_penalty_counts_real_targets_only():
    weights = np.random.default_rng(2).dirichlet(np.ones(S), size=(B, T)).astype("float32")
    mask = np.arange(T)[None, :] < np.array([5, 2])[:, None]
    total = 0.0
    for b, t in zip(*np.nonzero(mask), strict=True):
        total += np.minimum(weights[b, t], weights[b, :t].sum(axis=0)).sum()
    np.testing.assert_allclose(float(coverage_penalty(weights, mask)), total / mask.sum(), rtol=1e-5)
    changed = weights.copy()
    changed[1, 2:] = 0.5
    np.testing.assert_allclose(float(coverage_penalty(changed, mask)), total / mask.sum(), rtol=1e-5)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"key": np.zeros((2, 3, 4), "float32")}, r"one length. Received: key of shape \(2, 3, 4\)"),
        ({"query": np.zeros((1, 3, 4), "float32")}, r"one batch size. Received: query of shape \(1, 3, 4\)"),
        ({"mask": np.ones((2, 1), bool)}, r"must have shape \(2, 5\).* Received: mask of shape \(2, 1\)"),
        ({"mask": np.ones((2, 2, 5), bool)}, r"must have shape \(2, 3, 5\)"),
        ({"mask": np.zeros((2, 5), "float32")}, "must be boolean, True = keep"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    query, value = np.zeros((2, 3, 4), "float32"), np.zeros((2, 5, 4), "float32")
    with pytest.raises(ValueError, match=message):
        Attention(DotScore())(**{"query": query, "value": value, **arguments})


@pytest.mark.parametrize("dtype", ["mixed_float16", "mixed_bfloat16"])
def test_local_attention_counts_far_places_in_half_precision(dtype):
    """A query of zeros looks at the middle, with places beyond 256 told apart."""
    query, value = np.zeros((1, 1, 3), "float32"), np.ones((1, 601, 3), "float32")

    def weights_of(policy):
        layer = LocalAttention(DotScore(dtype=policy), window=4, hidden_dim=5, dtype=policy)
        _, weights = layer(query=query, value=value, return_attention_weights=True)
        return ops.convert_to_numpy(ops.cast(weights, "float32"))[0, 0]

    np.testing.assert_allclose(weights_of(dtype), weights_of("float32"), atol=2e-3)
