"""Wrong answers to `two_streams`, each named after the mistake it makes."""

from keras import ops


def _masked_softmax(scores, mask):
    scores = ops.where(mask, scores, -1e30)
    shares = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True)) * ops.cast(mask, "float32")
    return shares / ops.maximum(ops.sum(shares, axis=-1, keepdims=True), 1e-30)


def _attend(stream, source, mask, weights, softmax=_masked_softmax, scale=None):
    """What is added to a stream that asks a source."""
    scale = stream.shape[-1] ** 0.5 if scale is None else scale
    keys = ops.transpose(ops.matmul(source, weights["key"]), (0, 2, 1))
    scores = ops.matmul(ops.matmul(stream, weights["query"]), keys) / scale
    return ops.matmul(softmax(scores, mask), ops.matmul(source, weights["value"]))


def _masks(ranks):
    seen, seeing = ranks[:, None, :], ranks[:, :, None]
    return seen <= seeing, seen < seeing


def _streams(content, query, masks, weights, **settings):
    return (
        content + _attend(content, content, masks[0], weights, **settings),
        query + _attend(query, content, masks[1], weights, **settings),
    )


def streams_swapped(content, query, ranks, weights):
    return _streams(content, query, _masks(ranks), weights)[::-1]


def query_sees_its_word(content, query, ranks, weights):
    seen = _masks(ranks)[0]
    return _streams(content, query, (seen, seen), weights)


def query_begins_with_its_word(content, query, ranks, weights):
    new, _ = _streams(content, query, _masks(ranks), weights)
    return new, content + _attend(query, content, _masks(ranks)[1], weights)


def query_asks_with_its_word(content, query, ranks, weights):
    new, _ = _streams(content, query, _masks(ranks), weights)
    return new, query + _attend(content, content, _masks(ranks)[1], weights)


def query_is_the_content(content, query, ranks, weights):
    return _streams(content, content, _masks(ranks), weights)


def content_blind_to_itself(content, query, ranks, weights):
    before = _masks(ranks)[1]
    return _streams(content, query, (before, before), weights)


def queries_are_read(content, query, ranks, weights):
    new, _ = _streams(content, query, _masks(ranks), weights)
    return new, query + _attend(query, query, _masks(ranks)[1], weights)


def contents_after_the_layer(content, query, ranks, weights):
    new, _ = _streams(content, query, _masks(ranks), weights)
    return new, query + _attend(query, new, _masks(ranks)[1], weights)


def order_inverted(content, query, ranks, weights):
    return _streams(content, query, _masks(-ranks), weights)


def ranks_ignored(content, query, ranks, weights):
    places = ops.broadcast_to(ops.arange(ranks.shape[1], dtype="int32"), ranks.shape)
    return _streams(content, query, _masks(places), weights)


def first_order_for_all(content, query, ranks, weights):
    return _streams(content, query, _masks(ranks[:1]), weights)


def nothing_to_see_is_everything(content, query, ranks, weights):
    def softmax(scores, mask):
        return ops.softmax(ops.where(mask, scores, -1e9))

    return _streams(content, query, _masks(ranks), weights, softmax=softmax)


def nothing_to_see_is_nan(content, query, ranks, weights):
    def softmax(scores, mask):
        shares = ops.softmax(ops.where(mask, scores, -1e30)) * ops.cast(mask, "float32")
        return shares / ops.sum(shares, axis=-1, keepdims=True)

    return _streams(content, query, _masks(ranks), weights, softmax=softmax)


def mask_after_softmax(content, query, ranks, weights):
    def softmax(scores, mask):
        return ops.softmax(scores) * ops.cast(mask, "float32")

    return _streams(content, query, _masks(ranks), weights, softmax=softmax)


def scale_missing(content, query, ranks, weights):
    return _streams(content, query, _masks(ranks), weights, scale=1.0)


def residual_missing(content, query, ranks, weights):
    new, asked = _streams(content, query, _masks(ranks), weights)
    return new - content, asked - query
