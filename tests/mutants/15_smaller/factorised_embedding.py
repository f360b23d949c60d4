"""Wrong answers to `factorised_embedding`, each named after the mistake it makes."""

from keras import ops


def _parts(token_ids, segment_ids, tables):
    return (
        ops.take(tables["tokens"], token_ids, axis=0),
        ops.take(tables["segments"], segment_ids, axis=0),
        tables["positions"][: token_ids.shape[1]],
    )


def _norm(values, norm, epsilon=1e-12, axis=-1):
    centred = values - ops.mean(values, axis=axis, keepdims=True)
    deviation = ops.sqrt(ops.mean(centred**2, axis=axis, keepdims=True) + epsilon)
    return norm["scale"] * centred / deviation + norm["shift"]


def _widen(values, projection):
    return ops.matmul(values, projection["kernel"]) + projection["bias"]


def widened_before_the_norm(token_ids, segment_ids, tables, norm, projection):
    return _norm(_widen(sum(_parts(token_ids, segment_ids, tables)), projection), norm)


def tokens_alone_widened(token_ids, segment_ids, tables, norm, projection):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    return _norm(_widen(tokens, projection) + segments + positions, norm)


def each_normalised(token_ids, segment_ids, tables, norm, projection):
    return _widen(sum(_norm(part, norm) for part in _parts(token_ids, segment_ids, tables)), projection)


def norm_missing(token_ids, segment_ids, tables, norm, projection):
    return _widen(sum(_parts(token_ids, segment_ids, tables)), projection)


def scale_or_shift_forgotten(token_ids, segment_ids, tables, norm, projection):
    plain = {"scale": 1.0, "shift": 0.0}
    return _widen(_norm(sum(_parts(token_ids, segment_ids, tables)), plain), projection)


def epsilon_too_large(token_ids, segment_ids, tables, norm, projection):
    return _widen(_norm(sum(_parts(token_ids, segment_ids, tables)), norm, epsilon=1e-5), projection)


def epsilon_outside(token_ids, segment_ids, tables, norm, projection):
    summed = sum(_parts(token_ids, segment_ids, tables))
    centred = summed - ops.mean(summed, axis=-1, keepdims=True)
    normed = centred / (ops.std(summed, axis=-1, keepdims=True) + 1e-12)
    return _widen(norm["scale"] * normed + norm["shift"], projection)


def normalised_over_places(token_ids, segment_ids, tables, norm, projection):
    return _widen(_norm(sum(_parts(token_ids, segment_ids, tables)), norm, axis=1), projection)


def segments_missing(token_ids, segment_ids, tables, norm, projection):
    tokens, _, positions = _parts(token_ids, segment_ids, tables)
    return _widen(_norm(tokens + positions, norm), projection)


def positions_missing(token_ids, segment_ids, tables, norm, projection):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    return _widen(_norm(tokens + segments, norm), projection)


def wrong_rows_of_positions(token_ids, segment_ids, tables, norm, projection):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    positions = tables["positions"][-token_ids.shape[1] :]
    return _widen(_norm(tokens + segments + positions, norm), projection)


def not_widened(token_ids, segment_ids, tables, norm, projection):
    return _norm(sum(_parts(token_ids, segment_ids, tables)), norm)


def bias_missing(token_ids, segment_ids, tables, norm, projection):
    return ops.matmul(_norm(sum(_parts(token_ids, segment_ids, tables)), norm), projection["kernel"])


def kernel_transposed(token_ids, segment_ids, tables, norm, projection):
    turned = {**projection, "kernel": ops.transpose(projection["kernel"])}
    return _widen(_norm(sum(_parts(token_ids, segment_ids, tables)), norm), turned)
