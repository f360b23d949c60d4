"""Wrong answers to `factorised_embedding` beside its mutants."""

from keras import ops


def _norm(values, norm):
    centred = values - ops.mean(values, axis=-1, keepdims=True)
    return (
        norm["scale"] * centred / ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True) + 1e-12)
        + norm["shift"]
    )


def _sum(token_ids, segment_ids, tables):
    return (
        ops.take(tables["tokens"], token_ids, axis=0)
        + ops.take(tables["segments"], segment_ids, axis=0)
        + tables["positions"][: token_ids.shape[1]]
    )


def _widen(values, projection):
    return ops.matmul(values, projection["kernel"]) + projection["bias"]


def epsilon_too_large__of_keras(token_ids, segment_ids, tables, norm, projection):
    summed = _sum(token_ids, segment_ids, tables)
    centred = summed - ops.mean(summed, axis=-1, keepdims=True)
    deviation = ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True) + 1e-3)
    return _widen(norm["scale"] * centred / deviation + norm["shift"], projection)


def scale_or_shift_forgotten__the_shift(token_ids, segment_ids, tables, norm, projection):
    return _widen(_norm(_sum(token_ids, segment_ids, tables), {**norm, "shift": 0.0}), projection)


def widened_twice_as_much(token_ids, segment_ids, tables, norm, projection):
    return 2 * _widen(_norm(_sum(token_ids, segment_ids, tables), norm), projection)


def tokens_scaled_by_the_root_of_the_width(token_ids, segment_ids, tables, norm, projection):
    scaled = {**tables, "tokens": tables["tokens"] * tables["tokens"].shape[1] ** 0.5}
    return _widen(_norm(_sum(token_ids, segment_ids, scaled), norm), projection)
