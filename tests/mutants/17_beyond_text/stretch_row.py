"""Wrong answers to `stretch_row`, each named after the mistake it makes."""

from keras import ops


def _middles(rows, length):
    return (ops.arange(length, dtype="float32") + 0.5) * (rows / length) - 0.5


def _between(table, places):
    lower = ops.floor(places)
    share = (places - lower)[:, None]
    lower = ops.cast(lower, "int32")
    upper = ops.minimum(lower + 1, table.shape[0] - 1)
    return (1.0 - share) * ops.take(table, lower, axis=0) + share * ops.take(table, upper, axis=0)


def ends_on_ends(table, length):
    return _between(table, ops.linspace(0.0, table.shape[0] - 1.0, length))


def nearest_row(table, length):
    rows = table.shape[0]
    places = ops.clip(ops.round(_middles(rows, length)), 0, rows - 1)
    return ops.take(table, ops.cast(places, "int32"), axis=0)


def half_missing(table, length):
    rows = table.shape[0]
    places = ops.arange(length, dtype="float32") * (rows / length)
    return _between(table, ops.clip(places, 0, rows - 1))


def ratio_inverted(table, length):
    rows = table.shape[0]
    places = (ops.arange(length, dtype="float32") + 0.5) * (length / rows) - 0.5
    return _between(table, ops.clip(places, 0, rows - 1))


def wraps_round(table, length):
    rows = table.shape[0]
    places = _middles(rows, length)
    lower = ops.floor(places)
    share = (places - lower)[:, None]
    lower = ops.cast(lower, "int32")
    before, behind = ops.mod(lower, rows), ops.mod(lower + 1, rows)
    return (1.0 - share) * ops.take(table, before, axis=0) + share * ops.take(table, behind, axis=0)


def cut_off(table, length):
    places = ops.minimum(ops.arange(length, dtype="int32"), table.shape[0] - 1)
    return ops.take(table, places, axis=0)


def extrapolated(table, length):
    rows = table.shape[0]
    places = _middles(rows, length)
    lower = ops.clip(ops.floor(places), 0, max(rows - 2, 0))
    share = (places - lower)[:, None]
    lower = ops.cast(lower, "int32")
    upper = ops.minimum(lower + 1, rows - 1)
    return (1.0 - share) * ops.take(table, lower, axis=0) + share * ops.take(table, upper, axis=0)


def fades_at_the_ends(table, length):
    away = ops.abs(_middles(table.shape[0], length)[:, None] - ops.arange(table.shape[0], dtype="float32"))
    return ops.matmul(ops.relu(1.0 - away), table)


def shares_exchanged(table, length):
    rows = table.shape[0]
    places = ops.clip(_middles(rows, length), 0, rows - 1)
    lower = ops.floor(places)
    share = (places - lower)[:, None]
    lower = ops.cast(lower, "int32")
    upper = ops.minimum(lower + 1, rows - 1)
    return share * ops.take(table, lower, axis=0) + (1.0 - share) * ops.take(table, upper, axis=0)


def averaged_where_shorter(table, length):
    rows = table.shape[0]
    away = ops.abs(_middles(rows, length)[:, None] - ops.arange(rows, dtype="float32"))
    weights = ops.relu(1.0 - away / max(rows / length, 1.0))
    return ops.matmul(weights / ops.sum(weights, axis=1, keepdims=True), table)
