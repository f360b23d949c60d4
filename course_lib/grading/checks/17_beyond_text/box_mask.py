"""Verdict of `box_mask`: a square with soft edges."""

import numpy as np


def draw(generator):
    """Proposals (B, 3) all over the picture, in pictures high, wide and square, with edges soft and sharp."""
    cases = []
    for batch, height, width, sharpness in (
        (1, 2, 3, 5.0),
        (2, 7, 5, 20.0),
        (3, 5, 11, 10.0),
        (5, 5, 5, 50.0),
        (3, 3, 3, 3.0),
        (2, 1, 7, 8.0),
    ):
        proposals = np.concatenate(
            [generator.uniform(0.2, 0.8, (batch, 2)), generator.uniform(0.1, 0.3, (batch, 1))], axis=1
        )
        proposals[0] = generator.uniform((0.3, 0.55, 0.3), (0.45, 0.7, 0.4))
        if batch == 5:
            proposals[1] = generator.uniform((0.9, 0.0, 0.2), (1.0, 0.1, 0.3))  # beyond the border
            proposals[2, 2] = generator.uniform(0.6, 0.9)
        cases.append({"proposals": proposals, "height": height, "width": width, "sharpness": sharpness})
    return cases


CONDITIONS = {
    "higher than wide": lambda case: case["height"] > case["width"],
    "wider than high": lambda case: case["width"] > case["height"] > 1,
    "a square picture": lambda case: case["height"] == case["width"],
    "one row of pixels": lambda case: case["height"] == 1,
    "a box beyond the border": lambda case: (case["proposals"][:, 0] + case["proposals"][:, 2] > 1).any(),
    "a box larger than the picture": lambda case: (case["proposals"][:, 2] > 0.5).any(),
    "soft edges": lambda case: case["sharpness"] < 5,
    "sharp edges": lambda case: case["sharpness"] > 40,
    "another centre downwards than across": lambda case: (
        np.abs(case["proposals"][:, 0] - case["proposals"][:, 1]).max() > 0.05
    ),
    "one proposal": lambda case: len(case["proposals"]) == 1,
}


def _middles(size):
    return (np.arange(size) + 0.5) / size


def _step(z, sharpness):
    return 1 / (1 + np.exp(-sharpness * z))


def _edges(near, far):
    return near - far


def _with(
    places=_middles,
    step=_step,
    edges=_edges,
    join=lambda down, across: down * across,
    half=lambda width: width,
    order=(0, 1),
    unit=lambda size: 1.0,
):
    """The answer with parts exchanged; `unit` is what all lengths are multiplied by."""

    def answer(proposals, height, width, sharpness):
        half_width = half(proposals[:, 2:])
        profiles = []
        for size, axis in zip((height, width), order, strict=True):
            centre = proposals[:, axis : axis + 1]
            near = step(unit(size) * (places(size) - (centre - half_width)), sharpness)
            far = step(unit(size) * (places(size) - (centre + half_width)), sharpness)
            profiles.append(edges(near, far))
        return join(profiles[0][:, :, None], profiles[1][:, None, :])

    return answer


reference = _with()


def _hard(proposals, height, width, sharpness):
    down = np.abs(_middles(height) - proposals[:, 0:1]) <= proposals[:, 2:]
    across = np.abs(_middles(width) - proposals[:, 1:2]) <= proposals[:, 2:]
    return (down[:, :, None] & across[:, None, :]).astype("float64")


MISTAKES = {
    "inverted": _with(join=lambda down, across: 1 - down * across),
    "hard_edges": _hard,
    "half_width_taken_for_width": _with(half=lambda width: width / 2),
    "width_taken_for_half_width": _with(half=lambda width: 2 * width),
    "axes_exchanged": _with(order=(1, 0)),
    "one_axis_for_both": (_with(order=(0, 0)), _with(order=(1, 1))),
    "one_edge_alone": (
        _with(edges=lambda near, far: near),
        _with(edges=lambda near, far: 1 - far),
    ),
    "edges_multiplied": _with(edges=lambda near, far: near * (1 - far)),
    "axes_added": (
        _with(join=lambda down, across: down + across),
        _with(join=lambda down, across: (down + across) / 2),
    ),
    "corners_for_middles": (
        _with(places=lambda size: np.arange(size) / size),
        _with(places=lambda size: (np.arange(size) + 1) / size),
        _with(places=lambda size: np.linspace(0, 1, size)),
    ),
    "sharpness_divided": _with(step=lambda z, sharpness: 1 / (1 + np.exp(-z / sharpness))),
    "sharpness_outside": (
        _with(step=lambda z, sharpness: sharpness / (1 + np.exp(-z))),
        lambda proposals, height, width, sharpness: sharpness * reference(proposals, height, width, 1.0),
    ),
    "sharpness_ignored": (
        _with(step=lambda z, sharpness: 1 / (1 + np.exp(-z))),
        _with(step=lambda z, sharpness: 1 / (1 + np.exp(-20 * z))),
    ),
    "in_pixels": (
        _with(places=lambda size: np.arange(size) + 0.5),
        _with(unit=float),
    ),
}
