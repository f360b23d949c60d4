import numpy as np
import pytest
from keras import ops

from course_lib.layers import (
    AdditiveScore,
    AttentionScore,
    DotScore,
    MultiplicativeScore,
    ScaledDotScore,
    make_score,
)

B, T, S, D, E = 3, 5, 7, 11, 13


def normal(*shape, seed, scale=1.0):
    return (scale * np.random.default_rng(seed).normal(size=shape)).astype("float32")


def by_hand(score, query, key):
    """Scores of every pair in float64, one pair at a time."""
    scores = np.zeros((len(query), query.shape[1], key.shape[1]))
    for b, t, s in np.ndindex(scores.shape):
        scores[b, t, s] = score(query[b, t].astype("float64"), key[b, s].astype("float64"))
    return scores


@pytest.mark.parametrize("scale", [1e-2, 1.0, 10.0])
@pytest.mark.parametrize("name", ["dot", "scaled_dot", "multiplicative", "additive"])
def test_scores_equal_their_equations(name, scale):
    key_dim = D if "dot" in name else E
    query, key = normal(B, T, D, seed=1, scale=scale), normal(B, S, key_dim, seed=2, scale=scale)
    layer = make_score(name, hidden_dim=17)
    scores = ops.convert_to_numpy(layer(query, key))
    weights = {weight.name: np.asarray(weight, dtype="float64") for weight in layer.weights}
    equations = {
        "dot": lambda q, k: q @ k,
        "scaled_dot": lambda q, k: q @ k / np.sqrt(D),
        "multiplicative": lambda q, k: q @ weights["kernel"] @ k,
        "additive": lambda q, k: (
            weights["scale"] @ np.tanh(weights["key_kernel"].T @ k + weights["query_kernel"].T @ q)
        ),
    }
    expected = by_hand(equations[name], query, key)
    np.testing.assert_allclose(scores, expected, rtol=1e-5, atol=1e-5 * np.abs(expected).max())


@pytest.mark.parametrize("name", ["dot", "scaled_dot", "multiplicative", "additive"])
def test_prepare_then_compare_is_a_call(name):
    query, key = normal(B, T, D, seed=3), normal(B, S, D, seed=4)
    layer = make_score(name, hidden_dim=D)
    whole = ops.convert_to_numpy(layer(query, key))
    prepared = layer.prepare(ops.convert_to_tensor(key))
    one_by_one = [layer.compare(ops.convert_to_tensor(query[:, t : t + 1]), prepared) for t in range(T)]
    np.testing.assert_allclose(
        ops.convert_to_numpy(ops.concatenate(one_by_one, 1)), whole, rtol=1e-5, atol=1e-6
    )


def test_scaled_dot_has_unit_variance_at_any_width():
    variances = {}
    for width in (16, 1024):
        query, key = normal(1, 211, width, seed=5), normal(1, 223, width, seed=6)
        variances[width] = ops.convert_to_numpy(ScaledDotScore()(query, key)).var()
    assert all(0.85 < variance < 1.15 for variance in variances.values()), variances


@pytest.mark.parametrize("layer", [DotScore(), ScaledDotScore()])
def test_dot_scores_refuse_different_widths(layer):
    with pytest.raises(ValueError, match=r"one width. Received: query of shape \(3, 5, 11\), key of shape"):
        layer(normal(B, T, D, seed=0), normal(B, S, E, seed=0))


def test_unknown_score_and_empty_hidden_layer_are_refused():
    with pytest.raises(ValueError, match="Received: score='cosine'"):
        make_score("cosine", hidden_dim=4)
    with pytest.raises(ValueError, match="Received: hidden_dim=0"):
        AdditiveScore(hidden_dim=0)


def test_the_base_class_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        AttentionScore()


def test_parameter_counts():
    query, key = normal(B, T, D, seed=0), normal(B, S, E, seed=0)
    multiplicative, additive = MultiplicativeScore(), AdditiveScore(hidden_dim=17)
    multiplicative(query, key), additive(query, key)
    assert multiplicative.count_params() == D * E
    assert additive.count_params() == 17 * (D + E + 1)
