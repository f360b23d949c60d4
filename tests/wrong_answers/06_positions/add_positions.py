"""Wrong answers to `add_positions` beside its mutants."""

from keras import ops


def _rows(embeddings, table, start):
    return table[start : start + embeddings.shape[1]]


def one_row_for_all__taken(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 + ops.take(table, start, axis=0)


def start_ignored__of_one_vector(embeddings, table, start):
    start = 0 if embeddings.shape[1] > 1 else 0 * start
    return embeddings * embeddings.shape[-1] ** 0.5 + _rows(embeddings, table, start)


def last_rows_of_the_table(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 + table[-embeddings.shape[1] :]


def to_the_end_of_the_table(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 + table[start:]


def positions_multiplied(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 * _rows(embeddings, table, start)


def start_held_inside_the_table(embeddings, table, start):
    start = min(start, table.shape[0] - embeddings.shape[1] - 1)
    return embeddings * embeddings.shape[-1] ** 0.5 + _rows(embeddings, table, max(start, 0))


def position_of_the_sentence(embeddings, table, start):
    rows = ops.take(table, start + ops.arange(embeddings.shape[0], dtype="int32"), axis=0)
    return embeddings * embeddings.shape[-1] ** 0.5 + rows[:, None, :]


def scaled_by_rows_of_the_table(embeddings, table, start):
    return embeddings * table.shape[0] ** 0.5 + _rows(embeddings, table, start)


def whole_root(embeddings, table, start):
    return embeddings * int(embeddings.shape[-1] ** 0.5) + _rows(embeddings, table, start)


def start_added(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 + _rows(embeddings, table, 0) + start


def start_counts_sentences(embeddings, table, start):
    first = start * embeddings.shape[1]
    rows = ops.take(table, (first + ops.arange(embeddings.shape[1])) % table.shape[0], axis=0)
    return embeddings * embeddings.shape[-1] ** 0.5 + rows


def vectors_of_length_one(embeddings, table, start):
    norms = ops.sqrt(ops.sum(ops.square(embeddings), axis=-1, keepdims=True))
    return embeddings / norms * embeddings.shape[-1] ** 0.5 + _rows(embeddings, table, start)
