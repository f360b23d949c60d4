"""Wrong answers to `grouped_query_attention`, each named after the mistake it makes."""

from keras import ops


def _spread(tensor, heads):
    return ops.repeat(tensor, heads // tensor.shape[1], axis=1)


def _in_turn(tensor, heads):
    return ops.tile(tensor, (1, heads // tensor.shape[1], 1, 1))


def _masked_softmax(scores, mask, axis=-1):
    return ops.softmax(ops.where(mask, scores, -1e30), axis=axis)


def _causal(length):
    places = ops.arange(length)
    return places <= places[:, None]


def _attend(query, key, value, mask=_causal, softmax=_masked_softmax, scale=None):
    """Attention of keys and values (B, N, T, K), or (B, 1, T, K)."""
    scale = query.shape[-1] ** 0.5 if scale is None else scale
    scores = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / scale
    return ops.matmul(softmax(scores, mask(query.shape[2])), value)


def _grouped(query, key, value, **settings):
    heads = query.shape[1]
    return _attend(query, _spread(key, heads), _spread(value, heads), **settings)


def groups_in_turn(query, key, value):
    heads = query.shape[1]
    return _attend(query, _in_turn(key, heads), _in_turn(value, heads))


def keys_and_values_of_different_groups(query, key, value):
    heads = query.shape[1]
    return _attend(query, _spread(key, heads), _in_turn(value, heads))


def first_group_for_all(query, key, value):
    return _attend(query, key[:, :1], value[:, :1])


def groups_averaged(query, key, value):
    return _attend(query, ops.mean(key, axis=1, keepdims=True), ops.mean(value, axis=1, keepdims=True))


def groups_reversed(query, key, value):
    return _grouped(query, ops.flip(key, axis=1), ops.flip(value, axis=1))


def heads_out_of_order(query, key, value):
    right = _grouped(query, key, value)
    batch, heads, length, width = right.shape
    parts = ops.reshape(right, (batch, key.shape[1], heads // key.shape[1], length, width))
    return ops.reshape(ops.transpose(parts, (0, 2, 1, 3, 4)), right.shape)


def sees_the_future(query, key, value):
    return _grouped(query, key, value, mask=lambda length: ops.ones((length, length), "bool"))


def order_inverted(query, key, value):
    return _grouped(query, key, value, mask=lambda length: ops.transpose(_causal(length)))


def not_itself(query, key, value):
    def before(length):
        places = ops.arange(length)
        return places < places[:, None]

    return _grouped(query, key, value, mask=before)


def mask_after_softmax(query, key, value):
    def softmax(scores, mask):
        return ops.softmax(scores, axis=-1) * ops.cast(mask, "float32")

    return _grouped(query, key, value, softmax=softmax)


def softmax_over_another_axis(query, key, value):
    return _grouped(query, key, value, softmax=lambda scores, mask: _masked_softmax(scores, mask, axis=2))


def scale_missing(query, key, value):
    return _grouped(query, key, value, scale=1.0)


def scale_of_another_size(query, key, value):
    return _grouped(query, key, value, scale=(query.shape[1] * query.shape[-1]) ** 0.5)
