"""Wrong answers to `add_positions`, each named after the mistake it makes."""


def _rows(embeddings, table, start):
    return table[start : start + embeddings.shape[1]]


def scale_forgotten(embeddings, table, start):
    return embeddings + _rows(embeddings, table, start)


def scaled_after(embeddings, table, start):
    return (embeddings + _rows(embeddings, table, start)) * embeddings.shape[-1] ** 0.5


def positions_scaled(embeddings, table, start):
    return embeddings + _rows(embeddings, table, start) * embeddings.shape[-1] ** 0.5


def divided(embeddings, table, start):
    return embeddings / embeddings.shape[-1] ** 0.5 + _rows(embeddings, table, start)


def scaled_by_width(embeddings, table, start):
    return embeddings * embeddings.shape[-1] + _rows(embeddings, table, start)


def scaled_by_length(embeddings, table, start):
    return embeddings * embeddings.shape[1] ** 0.5 + _rows(embeddings, table, start)


def start_ignored(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 + table[: embeddings.shape[1]]


def starts_one_late(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 + _rows(embeddings, table, start + 1)


def one_row_for_all(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5 + table[start]


def positions_forgotten(embeddings, table, start):
    return embeddings * embeddings.shape[-1] ** 0.5
