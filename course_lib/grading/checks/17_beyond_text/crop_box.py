"""Verdict of `crop_box`: boxes of whole pixels, moved into the picture."""

import numpy as np


def draw(generator):
    """Proposals (B, 3) in steps of 1/1024, so that float32 holds all that is computed from them exactly."""
    cases = []
    for batch, size in ((1, 7), (2, 5), (5, 13), (7, 31), (11, 97), (3, 3)):
        proposals = np.concatenate(
            [generator.integers(300, 725, (batch, 2)), generator.integers(100, 300, (batch, 1))], axis=1
        )
        if batch == 1:
            proposals[0] = 512, 256, 128  # the first row ends on a half
        if batch == 2:
            proposals[0, 2] = 256  # the side ends on a half
        if batch == 7:
            proposals[:4] = (1000, 500, 200), (50, 500, 200), (500, 980, 200), (500, 40, 200)
            proposals[:4] += generator.integers(-20, 20, (4, 3))
        if batch == 11:
            proposals[0] = 500, 600, 2
            proposals[1] = 600, 450, 700
            proposals[2] = 1020, 3, 210
            proposals[3] = 512, 256, 33
        cases.append({"proposals": proposals / 1024, "size": size})
    return cases


def _half_up(numbers):
    return np.floor(numbers + 0.5)


def _even(numbers):
    return np.round(numbers)


def _unbounded(case):
    """The sides and the first rows and columns, before they are limited."""
    proposals, size = np.asarray(case["proposals"], "float64"), case["size"]
    sides = _half_up(2 * proposals[:, 2:] * size)
    return sides, _half_up(proposals[:, :2] * size - np.clip(sides, 1, size) / 2)


def _is_inside(case):
    sides, first = _unbounded(case)
    return ((first >= 0) & (first + np.clip(sides, 1, case["size"]) <= case["size"])).all(axis=1)


CONDITIONS = {
    "a box beyond the top": lambda case: (_unbounded(case)[1][:, 0] < 0).any(),
    "a box beyond the left border": lambda case: (_unbounded(case)[1][:, 1] < 0).any(),
    "a box beyond the bottom": lambda case: (
        (_unbounded(case)[1] + _unbounded(case)[0])[:, 0] > case["size"]
    ).any(),
    "a box beyond the right border": lambda case: (
        (_unbounded(case)[1] + _unbounded(case)[0])[:, 1] > case["size"]
    ).any(),
    "a box inside": lambda case: _is_inside(case).any(),
    "a side of less than a pixel": lambda case: (_unbounded(case)[0] < 1).any(),
    "a side larger than the picture": lambda case: (_unbounded(case)[0] > case["size"]).any(),
    "an odd side, and an even one": lambda case: len(set((_unbounded(case)[0] % 2).ravel())) == 2,
    "a side that ends on a half": lambda case: (
        (2 * case["proposals"][:, 2] * case["size"]) % 1 == 0.5
    ).any(),
    "a first row that ends on a half": lambda case: (
        (case["proposals"][:, 0] * case["size"] - _unbounded(case)[0][:, 0] / 2) % 1 == 0.5
    ).any(),
    "one proposal": lambda case: len(case["proposals"]) == 1,
}


def _limited(sides, size):
    return np.clip(sides, 1, size)


def _moved(first, sides, size):
    return np.minimum(np.maximum(first, 0), size - sides)


def _first(centre, sides):
    return _half_up(centre - sides / 2)


def _with(
    side=lambda proposals, size: _half_up(2 * proposals[:, 2:] * size),
    limit=_limited,
    first=_first,
    move=_moved,
    end=lambda first, sides, size: first + sides,
    order=(0, 1),
):
    """The answer with parts exchanged."""

    def answer(proposals, size):
        sides = limit(side(proposals, size), size)
        corner = move(first(proposals[:, order] * size, sides), sides, size)
        return np.concatenate([corner, end(corner, sides, size)], axis=1).astype(int)

    return answer


reference = _with()


def _unmoved(first, sides, size):
    return first


def _cut(proposals, size):
    box = _with(move=_unmoved)(proposals, size)
    return np.clip(box, 0, size)


def _side_with(rounded):
    return lambda proposals, size: rounded(2 * proposals[:, 2:] * size)


def _first_with(rounded):
    return lambda centre, sides: rounded(centre - sides / 2)


def _edges(after):
    """Each edge rounded by itself."""

    def answer(proposals, size):
        centre, half = proposals[:, :2] * size, proposals[:, 2:] * size
        return after(_half_up(centre - half), _half_up(centre + half), size).astype(int)

    return answer


def _edges_moved(low, high, size):
    sides = np.clip(high - low, 1, size)
    low = _moved(low, sides, size)
    return np.concatenate([low, low + sides], axis=1)


def _edges_cut(low, high, size):
    return np.clip(np.concatenate([low, high], axis=1), 0, size)


def _first_edge(proposals, size):
    """The first row from the half-width as it was, the rest right."""
    sides = _limited(_half_up(2 * proposals[:, 2:] * size), size)
    low = _moved(_half_up((proposals[:, :2] - proposals[:, 2:]) * size), sides, size)
    return np.concatenate([low, low + sides], axis=1).astype(int)


MISTAKES = {
    "axes_exchanged": _with(order=(1, 0)),
    "one_axis_for_both": (_with(order=(0, 0)), _with(order=(1, 1))),
    "end_off_by_one": (
        _with(end=lambda first, sides, size: first + sides - 1),
        _with(end=lambda first, sides, size: first + sides + 1),
    ),
    "sides_in_place_of_ends": _with(end=lambda first, sides, size: np.repeat(sides, 2, axis=1)),
    "half_width_taken_for_side": _with(side=lambda proposals, size: _half_up(proposals[:, 2:] * size)),
    "cut_not_moved": _cut,
    "not_moved": _with(move=_unmoved),
    "corner_alone_kept_inside": _with(move=lambda first, sides, size: np.clip(first, 0, size - 1)),
    "far_border_off_by_one": (
        _with(move=lambda first, sides, size: np.minimum(np.maximum(first, 0), size - 1 - sides)),
        _with(move=lambda first, sides, size: np.maximum(np.minimum(first, size - 1 - sides), 0)),
        _with(move=lambda first, sides, size: np.minimum(np.maximum(first, 0), size + 1 - sides)),
    ),
    "halves_to_even": (
        _with(side=_side_with(_even), first=_first_with(_even)),
        _with(side=_side_with(_even)),
        _with(first=_first_with(_even)),
    ),
    "cut_off_not_rounded": (
        _with(side=_side_with(np.trunc), first=_first_with(np.trunc)),
        _with(side=_side_with(np.trunc)),
        _with(first=_first_with(np.trunc)),
    ),
    "rounded_up": (
        _with(side=_side_with(np.ceil)),
        _with(first=_first_with(np.ceil)),
        _with(side=_side_with(np.ceil), first=_first_with(np.ceil)),
    ),
    "half_of_the_side_cut_off": (
        _with(first=lambda centre, sides: _half_up(centre) - sides // 2),
        _with(first=lambda centre, sides: np.floor(centre) - sides // 2),
    ),
    "edges_rounded_by_themselves": (
        _edges(_edges_moved),
        _edges(_edges_cut),
        _edges(lambda low, high, size: np.concatenate([low, high], axis=1)),
        _first_edge,
    ),
    "centre_taken_for_corner": _with(first=lambda centre, sides: _half_up(centre)),
    "side_not_limited": (
        _with(limit=lambda sides, size: np.minimum(sides, size)),
        _with(limit=lambda sides, size: np.maximum(sides, 1)),
        _with(limit=lambda sides, size: sides),
    ),
}
