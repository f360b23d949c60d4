"""Verdict of `add_positions`: scaled embeddings plus the rows of a table, from a given start."""

import numpy as np


def draw(generator):
    """Embeddings (B, T, D) and tables with room to spare; single steps of a decoder among them."""
    cases = []
    for batch, length, width, rows, start, scale in (
        (1, 2, 3, 5, 0, 1.0),
        (2, 3, 5, 11, 0, 0.3),
        (3, 5, 7, 13, 2, 1.0),
        (5, 1, 11, 17, 7, 0.1),
        (2, 7, 13, 19, 5, 10.0),
        (3, 2, 17, 7, 5, 1.0),
        (5, 3, 3, 3, 0, 1.0),
        (3, 3, 2, 7, 2, 1.0),
    ):
        embeddings = generator.normal(0, scale, (batch, length, width))
        cases.append(
            {"embeddings": embeddings, "table": generator.normal(0, scale, (rows, width)), "start": start}
        )
    return cases


def _size(case, axis):
    return case["embeddings"].shape[axis]


CONDITIONS = {
    "a start of 0": lambda case: case["start"] == 0,
    "a later start": lambda case: case["start"] > 0 and _size(case, 1) > 1,
    "a start beyond the number of positions": lambda case: case["start"] > _size(case, 1) > 1,
    "the last row of the table": lambda case: case["start"] + _size(case, 1) == len(case["table"]),
    "rows left over": lambda case: case["start"] + _size(case, 1) + 1 < len(case["table"]),
    "a table that is used up from its first row": lambda case: len(case["table"]) == _size(case, 1),
    "one position of several sentences": lambda case: _size(case, 1) == 1 < _size(case, 0),
    "one sentence": lambda case: _size(case, 0) == 1,
    "as many sentences as positions": lambda case: _size(case, 0) == _size(case, 1),
    "as many positions as entries": lambda case: _size(case, 1) == _size(case, 2),
}


def _rows(embeddings, table, start):
    return table[start : start + embeddings.shape[1]]


def _scaled(factor):
    """The answer with another factor on the embeddings, a function of their shape."""

    def outputs(embeddings, table, start):
        return embeddings * factor(*embeddings.shape) + _rows(embeddings, table, start)

    return outputs


reference = _scaled(lambda batch, length, width: np.sqrt(width))


def _scaled_after(embeddings, table, start):
    return (embeddings + _rows(embeddings, table, start)) * np.sqrt(embeddings.shape[-1])


def _positions_scaled(embeddings, table, start):
    return embeddings + _rows(embeddings, table, start) * np.sqrt(embeddings.shape[-1])


def _start_ignored(embeddings, table, start):
    return reference(embeddings, table, 0)


def _starts_one_late(embeddings, table, start):
    return reference(embeddings, table, start + 1)


def _one_row_for_all(embeddings, table, start):
    return embeddings * np.sqrt(embeddings.shape[-1]) + table[start]


def _positions_forgotten(embeddings, table, start):
    return embeddings * np.sqrt(embeddings.shape[-1])


MISTAKES = {
    "scale_forgotten": _scaled(lambda batch, length, width: 1.0),
    "scaled_after": _scaled_after,
    "positions_scaled": _positions_scaled,
    "divided": _scaled(lambda batch, length, width: 1 / np.sqrt(width)),
    "scaled_by_width": _scaled(lambda batch, length, width: width),
    "scaled_by_length": _scaled(lambda batch, length, width: np.sqrt(length)),
    "start_ignored": _start_ignored,
    "starts_one_late": _starts_one_late,
    "one_row_for_all": _one_row_for_all,
    "positions_forgotten": _positions_forgotten,
}
