import keras
import numpy as np
import pytest
from keras import ops
from support.layer_contract import check_layer

from course_lib.layers import MultiHeadAttention

B, N, T, S, K, K_VALUE, D, D_KEY, D_VALUE = 3, 2, 5, 7, 3, 5, 6, 11, 13


def normal(*shape, seed):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(ops.cast(tensor, "float32")))


def lengths_mask(lengths, width):
    return np.arange(width)[None, :] < np.asarray(lengths)[:, None]


def set_random_weights(layer, seed=0):
    """Biases too: zeros would hide a bias that is never added."""
    generator = np.random.default_rng(seed)
    layer.set_weights([generator.normal(scale=0.5, size=weight.shape) for weight in layer.weights])


def make(value_input=D_VALUE, key_input=None, **settings):
    layer = MultiHeadAttention(N, K, **settings)
    layer.build((None, None, D), (None, None, value_input), key_input and (None, None, key_input))
    set_random_weights(layer)
    return layer


def by_hand(layer, query, value, key, mask):
    """Head by head in float64."""
    weights = iter(np.asarray(weight, "float64") for weight in layer.get_weights())
    project = [(next(weights), next(weights) if layer.use_bias else 0.0) for _ in range(4)]
    (wq, bq), (wk, bk), (wv, bv), (wo, bo) = project
    heads = [np.einsum("btd,dnk->bntk", x, w) for x, w in ((query, wq), (key, wk), (value, wv))]
    if layer.use_bias:
        heads = [head + bias[:, None, :] for head, bias in zip(heads, (bq, bk, bv), strict=True)]
    scores = np.einsum("bntk,bnsk->bnts", heads[0], heads[1]) / np.sqrt(layer.key_dim)
    exponentials = np.where(mask, np.exp(scores), 0.0)
    attention = exponentials / np.maximum(exponentials.sum(-1, keepdims=True), 1e-300)
    return np.einsum("bntk,nkd->btd", attention @ heads[2], wo) + bo, attention


@pytest.mark.parametrize("use_bias", [False, True])
@pytest.mark.parametrize("mask_shape", [(B, T, S), (1, T, S), (B, N, T, S)])
def test_it_equals_its_equation_with_and_without_the_weights(use_bias, mask_shape):
    layer = make(key_input=D_KEY, use_bias=use_bias)
    query, value, key = normal(B, T, D, seed=1), normal(B, S, D_VALUE, seed=2), normal(B, S, D_KEY, seed=3)
    mask = np.random.default_rng(4).random(mask_shape) < 0.6
    mask[..., 1, :] = False
    expected, expected_weights = by_hand(layer, query, value, key, mask if mask.ndim == 4 else mask[:, None])
    outputs, weights = layer(query, value, key, attention_mask=mask, return_attention_weights=True)
    np.testing.assert_allclose(numpy_of(weights), expected_weights, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(numpy_of(outputs), expected, rtol=1e-4, atol=1e-5)
    fused = layer(query, value, key, attention_mask=mask)
    np.testing.assert_allclose(numpy_of(fused), expected, rtol=1e-4, atol=1e-5)


MASKS = {
    "none": {},
    "causal": {"use_causal_mask": True},
    "value": {"value_mask": lengths_mask([7, 4, 1], S)},
    "causal and value": {"use_causal_mask": True, "value_mask": lengths_mask([7, 4, 1], S)},
    "key": {"key_mask": lengths_mask([2, 7, 3], S)},
    "attention": {"attention_mask": np.random.default_rng(5).random((B, T, S)) < 0.5},
    "all": {
        "attention_mask": np.random.default_rng(6).random((B, T, S)) < 0.7,
        "value_mask": lengths_mask([7, 4, 2], S),
        "key_mask": lengths_mask([5, 7, 3], S),
        "use_causal_mask": True,
    },
}
for masks in MASKS.values():
    if "attention_mask" in masks:
        masks["attention_mask"][:, :, 0] = True  # where nothing is kept, Keras averages and we give zeros


def beside_keras(settings, masks, dtype, tolerance):
    shapes = {"query": (None, T, D), "value": (None, S, D_VALUE), "key": (None, S, D_KEY)}
    layers = []
    for kind in (MultiHeadAttention, keras.layers.MultiHeadAttention):
        layer = kind(num_heads=N, key_dim=K, dtype=dtype, **settings)
        layer.build(shapes["query"], shapes["value"], shapes["key"])
        layers.append(layer)
    ours, theirs = layers
    assert [tuple(weight.shape) for weight in ours.weights] == [tuple(w.shape) for w in theirs.weights]
    set_random_weights(ours)
    theirs.set_weights(ours.get_weights())
    inputs = [normal(B, length, width, seed=width) for _, length, width in shapes.values()]
    inputs = [ops.cast(array, ours.compute_dtype) for array in inputs]
    tensors = {
        name: ops.convert_to_tensor(m) if name != "use_causal_mask" else m for name, m in masks.items()
    }
    expected, expected_weights = theirs(*inputs, **tensors, return_attention_scores=True)
    outputs, weights = ours(*inputs, **tensors, return_attention_weights=True)
    fused = ours(*inputs, **tensors)
    close = {"rtol": tolerance, "atol": tolerance}
    np.testing.assert_allclose(numpy_of(weights), numpy_of(expected_weights), **close)
    np.testing.assert_allclose(numpy_of(outputs), numpy_of(expected), **close)
    np.testing.assert_allclose(numpy_of(fused), numpy_of(expected), **close)
    assert fused.dtype == expected.dtype


@pytest.mark.parametrize("masks", MASKS.values(), ids=MASKS.keys())
@pytest.mark.parametrize("settings", [{}, {"value_dim": K_VALUE}, {"use_bias": False}], ids=str)
def test_copied_weights_give_what_keras_gives(settings, masks):
    beside_keras(settings, masks, "float32", 1e-5)


@pytest.mark.parametrize("masks", ["none", "causal and value", "all"])
def test_copied_weights_give_what_keras_gives_in_half_precision(masks):
    beside_keras({"value_dim": K_VALUE}, MASKS[masks], "mixed_float16", 1e-2)


def test_padded_queries_attend_to_nothing():
    layer, query, value = make(), normal(B, T, D, seed=1), normal(B, S, D_VALUE, seed=2)
    mask = lengths_mask([5, 3, 1], T)
    outputs, weights = layer(query, value, query_mask=mask, return_attention_weights=True)
    outputs, weights = numpy_of(outputs), numpy_of(weights)
    np.testing.assert_allclose(weights.sum(-1), np.repeat(mask[:, None], N, 1), rtol=1e-5)
    np.testing.assert_allclose(numpy_of(layer(query, value, query_mask=mask)), outputs, rtol=1e-4, atol=1e-5)
    bias = np.broadcast_to(numpy_of(layer.output_bias), outputs[~mask].shape)
    np.testing.assert_array_equal(outputs[~mask], bias)


@pytest.mark.parametrize("explicit", [False, True])
def test_padding_never_matters(explicit):
    layer, query, value = make(), normal(B, T, D, seed=1), normal(B, S, D_VALUE, seed=2)
    mask = lengths_mask([7, 4, 1], S)

    def outputs(value, mask):
        result = layer(query, value, value_mask=mask, return_attention_weights=explicit)
        return numpy_of(result[0] if explicit else result)

    expected = outputs(value, mask)
    garbage = np.where(mask[:, :, None], value, 1e4).astype("float32")
    np.testing.assert_allclose(outputs(garbage, mask), expected, rtol=1e-5, atol=1e-6)
    longer = np.concatenate([value, np.full((B, 4, D_VALUE), -1e4, "float32")], axis=1)
    longer_mask = np.concatenate([mask, np.zeros((B, 4), bool)], axis=1)
    np.testing.assert_allclose(outputs(longer, longer_mask), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("explicit", [False, True])
def test_the_past_never_sees_the_future(explicit):
    layer, inputs = make(value_input=D), normal(B, T, D, seed=1)
    changed = inputs.copy()
    changed[:, 3:] += 1

    def outputs(inputs):
        result = layer(inputs, inputs, use_causal_mask=True, return_attention_weights=explicit)
        return numpy_of(result[0] if explicit else result)

    before, after = outputs(inputs), outputs(changed)
    np.testing.assert_allclose(after[:, :3], before[:, :3], rtol=1e-6, atol=1e-7)
    assert (np.abs(after[:, 3:] - before[:, 3:]) > 1e-3).any(axis=-1).all()


def test_without_positions_permuted_inputs_give_permuted_outputs():
    layer, inputs = make(value_input=D), normal(B, T, D, seed=1)
    order = np.random.default_rng(2).permutation(T)
    outputs, permuted = numpy_of(layer(inputs, inputs)), numpy_of(layer(inputs[:, order], inputs[:, order]))
    np.testing.assert_allclose(permuted, outputs[:, order], rtol=1e-5, atol=1e-6)
    assert np.abs(permuted - outputs).max() > 0.01


@pytest.mark.parametrize("is_causal", [False, True])
def test_dropout_takes_whole_weights_in_training_only(is_causal):
    """With values that are unit vectors, and identities around them, the outputs are the weights."""
    layer = MultiHeadAttention(num_heads=1, key_dim=S, dropout=0.4, use_bias=False)
    units = np.tile(np.eye(S, dtype="float32"), (31, 1, 1))
    layer.build(units.shape, units.shape)
    identity = np.eye(S, dtype="float32")
    layer.set_weights([identity[:, None], identity[:, None], identity[:, None], identity[None]])
    _, weights = layer(units, units, use_causal_mask=is_causal, return_attention_weights=True)
    weights = numpy_of(weights)[:, 0]
    np.testing.assert_allclose(numpy_of(layer(units, units, use_causal_mask=is_causal)), weights, atol=1e-6)
    dropped = numpy_of(layer(units, units, use_causal_mask=is_causal, training=True))
    kept = dropped != 0
    np.testing.assert_allclose(dropped[kept], weights[kept] / 0.6, rtol=1e-5)
    share, count = kept[weights > 0].mean(), (weights > 0).sum()
    assert abs(share - 0.6) < 4 * np.sqrt(0.6 * 0.4 / count)


def test_kernels_are_drawn_as_the_matrices_they_are():
    layer = MultiHeadAttention(num_heads=8, key_dim=8)
    layer.build((None, None, 64), (None, None, 64))
    for kernel in (layer.query_kernel, layer.key_kernel, layer.value_kernel, layer.output_kernel):
        limit = np.sqrt(6 / (64 + 64))
        assert 0.95 * limit < np.abs(numpy_of(kernel)).max() <= limit
    assert np.abs(numpy_of(layer.query_kernel) - numpy_of(layer.key_kernel)).max() > 0.1


@pytest.mark.parametrize("settings", [{}, {"value_dim": K_VALUE, "use_bias": False}], ids=str)
def test_steps_with_a_cache_equal_a_causal_call(settings):
    layer, inputs = make(value_input=D, **settings), normal(B, T, D, seed=1)
    outputs = numpy_of(layer(inputs, inputs, use_causal_mask=True))
    cache = layer.empty_cache(B, length=T + 2)
    shapes = [tuple(part.shape) for part in cache]
    assert shapes == [(B, N, T + 2, K), (B, N, T + 2, layer.value_dim)]
    for t in range(T):
        output, cache = layer.step(inputs[:, t : t + 1], cache, t)
        np.testing.assert_allclose(numpy_of(output)[:, 0], outputs[:, t], rtol=1e-5, atol=1e-5)
        assert [tuple(part.shape) for part in cache] == shapes


def test_layer_contract(tmp_path):
    inputs = {
        "query": normal(B, T, D, seed=1),
        "value": normal(B, S, D_VALUE, seed=2),
        "value_mask": lengths_mask([7, 4, 0], S),
    }
    longer = {
        "query": inputs["query"],
        "value": np.concatenate([inputs["value"], np.full((B, 4, D_VALUE), 9.0, "float32")], axis=1),
        "value_mask": np.concatenate([inputs["value_mask"], np.zeros((B, 4), bool)], axis=1),
    }
    check_layer(lambda: MultiHeadAttention(N, K, K_VALUE), inputs, tmp_path, lengthened=longer)


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"num_heads": 0, "key_dim": 3}, "Received: num_heads=0"),
        ({"num_heads": 2, "key_dim": 0}, "Received: key_dim=0"),
        ({"num_heads": 2, "key_dim": 3, "value_dim": 0}, "Received: value_dim=0"),
        ({"num_heads": 2, "key_dim": 3, "dropout": 1.0}, "Received: dropout=1.0"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        MultiHeadAttention(**settings)


def test_a_mask_of_wrong_rank_is_refused():
    with pytest.raises(ValueError, match=r"Received: attention_mask of shape \(3, 7\)"):
        make()(normal(B, T, D, seed=1), normal(B, S, D_VALUE, seed=2), attention_mask=np.ones((B, S), bool))


QUERY, VALUE = normal(B, T, D, seed=1), normal(B, S, D, seed=2)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (
            {"key": VALUE[:, :3]},
            r"one length. Received: key of shape \(3, 3, 6\), value of shape \(3, 7, 6\)",
        ),
        ({"key": VALUE[:1]}, r"one batch size and one length. Received: key of shape \(1, 7, 6\)"),
        ({"query": QUERY[:1]}, r"must have one batch size. Received: query of shape \(1, 5, 6\)"),
        ({"value_mask": lengths_mask([1, 1, 1], 1)}, r"`value_mask` must have shape \(3, 7\)"),
        ({"query_mask": lengths_mask([1, 1, 1], 7)}, r"`query_mask` must have shape \(3, 5\)"),
        ({"key_mask": lengths_mask([1, 1], 7)}, r"`key_mask` must have shape \(3, 7\)"),
        ({"attention_mask": np.ones((B, S, T), bool)}, r"must have shape \(3, 2, 5, 7\).* \(3, 1, 7, 5\)"),
        ({"attention_mask": np.zeros((B, T, S), "float32")}, "must be boolean, True = keep"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    for layer in (MultiHeadAttention(N, K), make(D)):  # before and after its weights are made
        with pytest.raises(ValueError, match=message):
            layer(**{"query": QUERY, "value": VALUE, **arguments})


def test_masks_may_be_lists():
    layer, mask = make(D), lengths_mask([7, 4, 1], S)
    expected = numpy_of(layer(QUERY, VALUE, value_mask=mask))
    np.testing.assert_array_equal(numpy_of(layer(QUERY, VALUE, value_mask=mask.tolist())), expected)
    allowed = np.broadcast_to(mask[:, None], (B, T, S)).tolist()
    np.testing.assert_array_equal(numpy_of(layer(QUERY, VALUE, attention_mask=allowed)), expected)


@pytest.mark.parametrize("masks", [{}, {"value_mask": np.ones((B, 0), bool)}])
def test_an_empty_source_gives_no_weights_and_no_context(masks):
    layer = make(D)
    outputs, weights = layer(QUERY, VALUE[:, :0], return_attention_weights=True, **masks)
    assert tuple(weights.shape) == (B, N, T, 0)
    np.testing.assert_allclose(numpy_of(outputs), np.broadcast_to(layer.get_weights()[-1], (B, T, D)))
