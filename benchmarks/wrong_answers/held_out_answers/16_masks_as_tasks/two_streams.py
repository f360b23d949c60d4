import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _scores(asking, content, weights):
    q = ops.matmul(asking, weights["query"])
    k = ops.matmul(content, weights["key"])
    return ops.einsum("btd,bsd->bts", q, k) / float(asking.shape[-1]) ** 0.5


def _attend(scores, seen, values):
    """The softmax over what is seen, and nothing where nothing is."""
    scores = ops.where(seen, scores, float("-inf"))
    highest = ops.max(scores, axis=-1, keepdims=True)
    highest = ops.where(highest > float("-inf"), highest, 0.0)
    powers = ops.where(seen, ops.exp(scores - highest), 0.0)
    total = ops.sum(powers, axis=-1, keepdims=True)
    return ops.matmul(powers / ops.where(total > 0, total, 1.0), values)


def _up_to(ranks):
    return ranks[:, None, :] <= ranks[:, :, None]


def _before(ranks):
    return ranks[:, None, :] < ranks[:, :, None]


def _layer(content, query, weights, content_seen, query_seen):
    values = ops.matmul(content, weights["value"])
    new_content = content + _attend(_scores(content, content, weights), content_seen, values)
    new_query = query + _attend(_scores(query, content, weights), query_seen, values)
    return new_content, new_query


def right_1(content, query, ranks, weights):
    return _layer(content, query, weights, _up_to(ranks), _before(ranks))


def right_2(content, query, ranks, weights):
    h, g = (ops.convert_to_numpy(x).astype("float64") for x in (content, query))
    r = ops.convert_to_numpy(ranks)
    q, k, v = (ops.convert_to_numpy(weights[n]).astype("float64") for n in ("query", "key", "value"))
    results = []
    for stream in (h, g):
        new = stream.copy()
        for b in range(h.shape[0]):
            for t in range(h.shape[1]):
                chosen = r[b] <= r[b, t] if stream is h else r[b] < r[b, t]
                if not chosen.any():
                    continue
                scores = (h[b, chosen] @ k) @ (stream[b, t] @ q) / np.sqrt(h.shape[2])
                powers = np.exp(scores - scores.max())
                new[b, t] += (powers / powers.sum()) @ (h[b, chosen] @ v)
        results.append(ops.convert_to_tensor(new, dtype="float32"))
    return tuple(results)


def right_3(content, query, ranks, weights):
    """One more key for those who see nobody: its value is 0, and others do not see it."""
    streams = ops.concatenate([content, query], axis=1)
    seen = ops.concatenate([_up_to(ranks), _before(ranks)], axis=1)
    nobody = ops.logical_not(ops.any(seen, axis=-1, keepdims=True))
    scores = _scores(streams, content, weights)
    scores = ops.concatenate([scores, ops.zeros_like(scores[:, :, :1])], axis=-1)
    seen = ops.concatenate([seen, nobody], axis=-1)
    weight = ops.softmax(ops.where(seen, scores, float("-inf")), axis=-1)
    values = ops.matmul(content, weights["value"])
    values = ops.pad(values, ((0, 0), (0, 1), (0, 0)))
    streams = streams + ops.matmul(weight, values)
    length = content.shape[1]
    return streams[:, :length], streams[:, length:]


def right_4(content, query, ranks, weights):
    """Reads the ranks one after the other, as the words become known."""
    contents, queries = [], []
    values = ops.matmul(content, weights["value"])
    own, asked = _scores(content, content, weights), _scores(query, content, weights)
    table = ops.convert_to_numpy(ranks)
    for b in range(table.shape[0]):
        new_h, new_g = [None] * table.shape[1], [None] * table.shape[1]
        for rank in np.unique(table[b]):
            known = np.flatnonzero(table[b] <= rank).tolist()
            before = np.flatnonzero(table[b] < rank).tolist()
            for t in np.flatnonzero(table[b] == rank).tolist():
                alpha = ops.softmax(ops.take(own[b, t], known))
                new_h[t] = content[b, t] + ops.dot(alpha, ops.take(values[b], known, axis=0))
                new_g[t] = query[b, t]
                if before:
                    beta = ops.softmax(ops.take(asked[b, t], before))
                    new_g[t] = new_g[t] + ops.dot(beta, ops.take(values[b], before, axis=0))
        contents.append(ops.stack(new_h))
        queries.append(ops.stack(new_g))
    return ops.stack(contents), ops.stack(queries)


def wrong_1(content, query, ranks, weights):
    """The query sees its own rank, itself included. Wrong on: everything."""
    return _layer(content, query, weights, _up_to(ranks), _up_to(ranks))


def wrong_2(content, query, ranks, weights):
    """Both streams ask with the contents. Wrong on: queries that differ from the contents."""
    values = ops.matmul(content, weights["value"])
    scores = _scores(content, content, weights)
    new_query = query + _attend(scores, _before(ranks), values)
    return content + _attend(scores, _up_to(ranks), values), new_query


def wrong_3(content, query, ranks, weights):
    """The query stream looks at itself: keys and values of g. Wrong on: g that differs from h."""
    new_content = _layer(content, query, weights, _up_to(ranks), _before(ranks))[0]
    values = ops.matmul(query, weights["value"])
    return new_content, query + _attend(_scores(query, query, weights), _before(ranks), values)


def wrong_4(content, query, ranks, weights):
    """The query stream looks at the contents behind the layer. Wrong on: two ranks or more."""
    new_content, _ = right_1(content, query, ranks, weights)
    values = ops.matmul(new_content, weights["value"])
    new_query = query + _attend(_scores(query, new_content, weights), _before(ranks), values)
    return new_content, new_query


def wrong_5(content, query, ranks, weights):
    """What was there before is not added. Wrong on: everything."""
    values = ops.matmul(content, weights["value"])
    return (
        _attend(_scores(content, content, weights), _up_to(ranks), values),
        _attend(_scores(query, content, weights), _before(ranks), values),
    )


def wrong_6(content, query, ranks, weights):
    """The content is added to the query stream. Wrong on: queries that differ from the contents."""
    new_content, new_query = right_1(content, query, ranks, weights)
    return new_content, new_query - query + content


def wrong_7(content, query, ranks, weights):
    """The scores are not divided by the root of D. Wrong on: D above 1."""
    sharper = {**weights, "query": weights["query"] * float(content.shape[-1]) ** 0.5}
    return right_1(content, query, ranks, sharper)


def wrong_8(content, query, ranks, weights):
    """The scores are divided by D. Wrong on: D above 1."""
    flatter = dict(weights)
    flatter["query"] = weights["query"] / float(content.shape[-1]) ** 0.5
    return right_1(content, query, ranks, flatter)


def wrong_9(content, query, ranks, weights):
    """Who sees nobody gets the mean of all values. Wrong on: every query of the lowest rank."""
    values = ops.matmul(content, weights["value"])
    alpha = ops.softmax(ops.where(_up_to(ranks), _scores(content, content, weights), -1e9))
    beta = ops.softmax(ops.where(_before(ranks), _scores(query, content, weights), -1e9))
    return content + ops.matmul(alpha, values), query + ops.matmul(beta, values)


def wrong_10(content, query, ranks, weights):
    """Minus infinity in the softmax, with no way out. Wrong on: every query of the lowest rank (nan)."""
    values = ops.matmul(content, weights["value"])
    streams = []
    for stream, seen in ((content, _up_to(ranks)), (query, _before(ranks))):
        scores = ops.where(seen, _scores(stream, content, weights), -np.inf)
        powers = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
        weight = powers / ops.sum(powers, axis=-1, keepdims=True)
        streams.append(stream + ops.matmul(weight, values))
    return tuple(streams)


def wrong_11(content, query, ranks, weights):
    """Masks behind the softmax, so that the weights are not 1 together. Wrong on: two ranks or more."""
    values = ops.matmul(content, weights["value"])
    alpha = ops.softmax(_scores(content, content, weights)) * ops.cast(_up_to(ranks), "float32")
    beta = ops.softmax(_scores(query, content, weights)) * ops.cast(_before(ranks), "float32")
    return content + ops.matmul(alpha, values), query + ops.matmul(beta, values)


def wrong_12(content, query, ranks, weights):
    """Takes off the highest score of all, seen or not. Wrong on: far higher scores at places not seen."""
    values = ops.matmul(content, weights["value"])
    streams = []
    for stream, seen in ((content, _up_to(ranks)), (query, _before(ranks))):
        scores = _scores(stream, content, weights)
        powers = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True)) * ops.cast(seen, "float32")
        total = ops.sum(powers, axis=-1, keepdims=True)
        weight = powers / ops.where(total > 0, total, 1.0)
        streams.append(stream + ops.matmul(weight, values))
    return streams[0], streams[1]


def wrong_13(content, query, ranks, weights):
    """Powers of e of the scores as they are. Wrong on: scores above 88 (nan)."""
    values = ops.matmul(content, weights["value"])
    streams = []
    for stream, seen in ((content, _up_to(ranks)), (query, _before(ranks))):
        powers = ops.where(seen, ops.exp(_scores(stream, content, weights)), 0.0)
        total = ops.sum(powers, axis=-1, keepdims=True)
        weight = powers / ops.where(total > 0, total, 1.0)
        streams.append(stream + ops.matmul(weight, values))
    return streams[0], streams[1]


def wrong_14(content, query, ranks, weights):
    """The softmax goes over those who look. Wrong on: two tokens or more."""
    values = ops.matmul(content, weights["value"])
    streams = []
    for stream, seen in ((content, _up_to(ranks)), (query, _before(ranks))):
        scores = ops.where(seen, _scores(stream, content, weights), -1e9)
        weight = ops.softmax(scores, axis=1) * ops.cast(seen, "float32")
        streams.append(stream + ops.matmul(weight, values))
    return streams[0], streams[1]


def wrong_15(content, query, ranks, weights):
    """Sees higher ranks in place of lower ones. Wrong on: two ranks or more."""
    return right_1(content, query, -ranks, weights)


def wrong_16(content, query, ranks, weights):
    """The content sees lower ranks and itself. Wrong on: several tokens of one rank."""
    itself = ops.cast(ops.eye(content.shape[1]), "bool")[None]
    return _layer(content, query, weights, _before(ranks) | itself, _before(ranks))


def wrong_17(content, query, ranks, weights):
    """Keys and values are exchanged. Wrong on: everything."""
    exchanged = {"query": weights["query"], "key": weights["value"], "value": weights["key"]}
    return right_1(content, query, ranks, exchanged)


def wrong_18(content, query, ranks, weights):
    """Who sees nobody becomes 0. Wrong on: every query of the lowest rank."""
    new_content, new_query = right_1(content, query, ranks, weights)
    some = ops.any(_before(ranks), axis=-1, keepdims=True)
    return new_content, ops.where(some, new_query, 0.0)


def wrong_19(content, query, ranks, weights):
    """Takes 1000 off the scores that are not seen. Wrong on: such scores far above the ones that are seen."""
    values = ops.matmul(content, weights["value"])
    streams = []
    for stream, seen in ((content, _up_to(ranks)), (query, _before(ranks))):
        hidden = 1.0 - ops.cast(seen, "float32")
        weight = ops.softmax(_scores(stream, content, weights) - 1000.0 * hidden)
        weight = weight * ops.cast(ops.any(seen, axis=-1, keepdims=True), "float32")
        streams.append(stream + ops.matmul(weight, values))
    return streams[0], streams[1]


def wrong_20(content, query, ranks, weights):
    """Only rank 0 has nobody before it. Wrong on: sentences whose lowest rank is another one."""
    values = ops.matmul(content, weights["value"])
    alpha = ops.softmax(ops.where(_up_to(ranks), _scores(content, content, weights), -1e9))
    beta = ops.softmax(ops.where(_before(ranks), _scores(query, content, weights), -1e9))
    beta = ops.where((ranks == 0)[:, :, None], 0.0, beta)
    return content + ops.matmul(alpha, values), query + ops.matmul(beta, values)


def wrong_21(content, query, ranks, weights):
    """Breaks ties by position, so that ranks are an order. Wrong on: several tokens of one rank."""
    length = ranks.shape[1]
    strict = ops.cast(ranks, "int32") * length + ops.arange(length, dtype="int32")[None, :]
    return right_1(content, query, strict, weights)
