"""Everything in a picture of a bird but its mark: drawn by chance, whatever the class."""

import numpy as np

from course_lib.data.pictures.outlines import in_ellipse, in_triangle, turned

# The parts of a bird in its own coordinates, x forward and y up, its body 2 long; later ones cover earlier.
# A triangle is its three corners; an ellipse its centre, its half axes and the angle of the first of them.
PARTS = {
    "tail": ((-0.75, 0.1), (-1.75, 0.5), (-1.6, -0.15)),
    "body": ((0.0, 0.0), (1.0, 0.62), 0.0),
    "beak": ((1.2, 0.72), (1.22, 0.36), (1.72, 0.5)),
    "head": ((0.95, 0.52), (0.4, 0.4), 0.0),
    "eye": ((1.08, 0.6), (0.09, 0.09), 0.0),
    "wing": ((-0.15, 0.12), (0.75, 0.52), -0.35),
}
SPOT = PARTS["wing"][0]  # where the mark is
SPOT_RADIUS = 0.42
NUM_CLUTTER = 6
NUM_COLOURS = 1 + NUM_CLUTTER + len(PARTS)  # the ground's is the first


def draw_scenes(count, generator):
    """The numbers that describe scenes, in units of the picture's side, y downwards.

    Args:
        count: int.
        generator: a `numpy.random.Generator`.

    Returns:
        dict of float32 arrays `(count, …)`. Of the birds: `scale`, `angle`, `side` (1 where they look to the
        right, -1 to the left), `x`, `y`, and of the spots on their wings `spot_x`, `spot_y` and
        `spot_radius`. Of the clutter: `clutter_place` and `clutter_axes` `(count, 2, NUM_CLUTTER)`,
        `clutter_angle` `(count, NUM_CLUTTER)`. And `colours` `(count, NUM_COLOURS, 3)`, `ink` and `paper`
        `(count, 3)`.

    Example:
        >>> scenes = draw_scenes(5, np.random.default_rng(0))
        >>> scenes["spot_x"].shape, scenes["colours"].shape
        ((5,), (5, 13, 3))
    """

    def uniform(low, high, *shape):
        return generator.uniform(low, high, (count, *shape))

    scale, angle = uniform(0.2, 0.26), uniform(-0.5, 0.5)
    side = np.where(generator.random(count) < 0.5, 1.0, -1.0)
    x, y = uniform(0.22, 0.78), uniform(0.22, 0.78)
    forward, up = turned(*SPOT, -angle)
    scenes = {
        "scale": scale,
        "angle": angle,
        "side": side,
        "x": x,
        "y": y,
        "spot_x": x + side * scale * forward,
        "spot_y": y - scale * up,
        "spot_radius": scale * SPOT_RADIUS,
        "clutter_place": uniform(0.0, 1.0, 2, NUM_CLUTTER),
        "clutter_axes": uniform(0.03, 0.16, 2, NUM_CLUTTER),
        "clutter_angle": uniform(0.0, np.pi, NUM_CLUTTER),
        "colours": uniform(0.2, 0.8, NUM_COLOURS, 3),
        "ink": uniform(0.0, 0.1, 3),
        "paper": uniform(0.9, 1.0, 3),
    }
    return {name: numbers.astype("float32") for name, numbers in scenes.items()}


def paint_scenes(scenes, size):
    """Pictures of scenes, without marks.

    Args:
        scenes: as `draw_scenes` gives them.
        size: int, the side of a picture in pixels, each of which has the colour of its centre.

    Returns:
        float32 `(count, size, size, 3)`.

    Example:
        >>> paint_scenes(draw_scenes(5, np.random.default_rng(0)), 7).shape
        (5, 7, 7, 3)
    """
    centres = (np.arange(size, dtype="float32") + np.float32(0.5)) / np.float32(size)
    x, y = centres[None, :], centres[:, None]
    painted = np.zeros((len(scenes["x"]), size, size), dtype="uint8")
    for index in range(NUM_CLUTTER):
        place, axes = (_numbers(scenes[name][..., index]) for name in ("clutter_place", "clutter_axes"))
        (angle,) = _numbers(scenes["clutter_angle"][:, [index]])
        np.putmask(painted, in_ellipse(x, y, place, axes, angle), 1 + index)
    forward, up = bird_coordinates(scenes, scenes["x"], scenes["y"], scenes["scale"], x, y)
    for index, outline in enumerate(PARTS.values(), start=1 + NUM_CLUTTER):
        is_inside = in_ellipse if np.isscalar(outline[2]) else in_triangle
        np.putmask(painted, is_inside(forward, up, *outline), index)
    first = NUM_COLOURS * np.arange(len(painted))[:, None, None]
    return scenes["colours"].reshape(-1, 3)[first + painted]


def bird_coordinates(scenes, centre_x, centre_y, scale, x, y):
    """Coordinates of points as the birds see them: from a centre, along the bird and upwards.

    Args:
        scenes: as `draw_scenes` gives them.
        centre_x, centre_y, scale: `(count,)`, where the coordinates begin, and what is 1 in them.
        x, y: of the points in the picture, `(…, 1, W)` and `(…, H, 1)`.

    Returns:
        the pair of arrays `(count, H, W)`.

    Example:
        >>> scenes = draw_scenes(1, np.random.default_rng(0))
        >>> beginning = [scenes[name] for name in ("spot_x", "spot_y", "spot_radius")]
        >>> x, y = scenes["spot_x"][:, None, None], scenes["spot_y"][:, None, None]
        >>> [place.tolist() for place in bird_coordinates(scenes, *beginning, x, y)]
        [[[[0.0]]], [[[0.0]]]]
    """
    columns = np.stack([centre_x, centre_y, scale, scenes["side"], scenes["angle"]], axis=1)
    centre_x, centre_y, scale, side, angle = _numbers(columns)
    return turned(side * (x - centre_x) / scale, (centre_y - y) / scale, angle)


def _numbers(columns):
    """`(count, n)` as n arrays `(count, 1, 1)`."""
    return columns.T[:, :, None, None]
