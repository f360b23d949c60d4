"""Given spans, such as entities, phrases or Chinese words, as units."""

import numpy as np


def span_units(unit_ids, spans):
    """Joins the units under each span into one: an entity, a phrase, a word of several Chinese characters.

    A unit that a span touches goes into it whole; what no span touches stays as it is.

    Args:
        unit_ids: ints `(B, T)`, the units of before, -1 at special tokens: those of `word_units`.
        spans: list with a list for each row of pairs `(start, stop)`, positions in the row, `stop` not
            included. `token_spans` finds them from characters.

    Returns:
        ints `(B, T)`, numbered from 0 in each row; -1 where they were -1.

    Raises:
        ValueError: if there are not as many lists of spans as rows, or a span is empty, leaves its row,
            holds a special token or padding, or shares a unit with another.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import span_units
        >>> words = np.array([[-1, 0, 1, 2, 3, 4, -1]])  # [CLS] J. K. Rowling wrote it [SEP]
        >>> span_units(words, [[(1, 4)]]).tolist()
        [[-1, 0, 0, 0, 1, 2, -1]]

    Reference: Sun et al. (2019), "ERNIE: Enhanced Representation through Knowledge Integration", section 3.2,
    https://arxiv.org/abs/1904.09223 (entities and phrases); Cui et al. (2019),
    https://arxiv.org/abs/1906.08101 (Chinese words)
    Taught in: notebooks/13_what_to_mask
    """
    unit_ids = np.asarray(unit_ids)
    if unit_ids.ndim != 2 or len(spans) != len(unit_ids):
        raise ValueError(
            "`unit_ids` must have the shape (B, T), with a list of spans for each row. "
            f"Received: shape {unit_ids.shape}, {len(spans)} lists."
        )
    joined = np.empty_like(unit_ids)
    for number, (row, row_spans) in enumerate(zip(unit_ids, spans, strict=True)):
        joined[number] = _joined(row, row_spans, number)
    return joined


def _joined(row, spans, number):
    new = np.arange(row.max(initial=-1) + 1)  # for each unit of before the first one it is joined with
    taken = set()
    for start, stop in spans:
        if not 0 <= start < stop <= len(row):
            raise ValueError(
                f"A span must be from 0 to {len(row)} and hold a token. "
                f"Received: ({start}, {stop}) in row {number}."
            )
        units = set(row[start:stop].tolist())
        if -1 in units:
            raise ValueError(
                "A span must hold no special token and no padding. "
                f"Received: ({start}, {stop}) in row {number}."
            )
        if units & taken:
            raise ValueError(
                f"Spans of a row must share no unit. Received: ({start}, {stop}) in row {number}, "
                "which shares one with another."
            )
        taken |= units
        new[list(units)] = min(units)
    _, inverse = np.unique(new[row[row >= 0]], return_inverse=True)
    result = np.full_like(row, -1)
    result[row >= 0] = inverse
    return result
