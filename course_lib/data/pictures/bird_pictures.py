"""Pictures of birds whose class is told by a mark on the wing, and by nothing else."""

import numpy as np

from course_lib.data.corpora.splits import SPLITS, check_split
from course_lib.data.pictures.marks import MARKS, mark_distance
from course_lib.data.pictures.pictures import Pictures
from course_lib.data.pictures.scenes import bird_coordinates, draw_scenes, paint_scenes

_AT_ONCE = 32  # what fits into a processor's cache
_SMALLEST = 16


class BirdPictures:
    """Any number of small pictures of birds before clutter; a mark on the wing is the class.

    A bird is a body, a head, an eye, a beak, a tail and a wing. Its place, its size, its angle, the side it
    looks to, all colours and six ellipses of clutter are drawn by chance. On its wing is a pale spot with one
    of four dark marks: a cross, a ring, two bars or three dots. These are of equal area, centre and second
    moments: who sees the picture too coarsely sees four times the same grey spot. The class is drawn apart
    from all the rest, so that outside the spot nothing speaks of it.

    Args:
        size: int, height and width in pixels, 16 at least. A seed shows the same birds at every size.
        num_classes: int from 2 to 4, how many of the marks there are, in the order of `MARKS`.
        noise: float, the standard deviation of what is added to each pixel, drawn evenly.

    Raises:
        ValueError: if an argument is none of these.

    Example:
        >>> from course_lib.data import BirdPictures
        >>> pictures = BirdPictures(size=32).draw(10, seed=3)
        >>> pictures.images.shape, np.bincount(pictures.labels).tolist()
        ((10, 32, 32, 3), [3, 3, 2, 2])
        >>> print(pictures.regions[0].round(2))  # of a mark left of the middle, above it
        [0.33 0.36 0.52 0.55]

    Taught in: notebooks/17_beyond_text
    """

    def __init__(self, size=64, num_classes=4, noise=0.03):
        if size < _SMALLEST:
            raise ValueError(f"`size` must be {_SMALLEST} at least. Received: size={size}.")
        if not 2 <= num_classes <= len(MARKS):
            raise ValueError(
                f"`num_classes` must be from 2 to {len(MARKS)}. Received: num_classes={num_classes}."
            )
        if noise < 0:
            raise ValueError(f"`noise` must not be negative. Received: noise={noise}.")
        self.size = size
        self.num_classes = num_classes
        self.noise = noise

    def draw(self, count, seed=0, split="train"):
        """Draws pictures, of each class as many, up to one.

        Args:
            count: int, how many.
            seed: non-negative int; the same seed gives the same pictures.
            split: "train", "validation" or "test": what is drawn for one is never drawn for another.

        Returns:
            `Pictures`; regions are the squares around the spots.

        Raises:
            ValueError: if `count` is not positive, `seed` is negative, or there is no such split.
        """
        check_split(split)
        if count < 1:
            raise ValueError(f"`count` must be positive. Received: count={count}.")
        if seed < 0:
            raise ValueError(f"`seed` must not be negative. Received: seed={seed}.")
        of_scenes, of_labels, of_noise = np.random.default_rng((seed, SPLITS.index(split))).spawn(3)
        scenes = draw_scenes(count, of_scenes)
        labels = of_labels.permutation(np.arange(count) % self.num_classes)
        images = np.empty((count, self.size, self.size, 3), dtype="float32")
        for start in range(0, count, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            some = {name: numbers[part] for name, numbers in scenes.items()}
            painted = paint_scenes(some, self.size)
            paint_marks(painted, some, labels[part])
            painted += self._grain(painted.shape, of_noise)
            np.clip(painted, 0.0, 1.0, out=images[part])
        x, y, radius = (scenes[name] for name in ("spot_x", "spot_y", "spot_radius"))
        return Pictures(images, labels, np.stack([y - radius, x - radius, y + radius, x + radius], axis=1))

    def _grain(self, shape, generator):
        """Noise in 256 steps: as good as any, and the fastest to draw."""
        steps = (np.arange(256, dtype="float32") - 127.5) * np.float32(self.noise * 12**0.5 / 256)
        return steps[generator.integers(256, size=shape, dtype="uint8")]


def paint_marks(images, scenes, labels):
    """Paints spots and marks into pictures, with soft edges: a pixel has as much ink as it is covered.

    Args:
        images: float `(count, size, size, 3)`, painted into; nothing outside the regions is touched.
        scenes: as `draw_scenes` gives them.
        labels: ints `(count,)`, numbers of `MARKS`.
    """
    size = images.shape[1]
    radius = scenes["spot_radius"] * size  # in pixels
    window = np.arange(int(2 * radius.max()) + 3)
    left, top = (np.floor(scenes[name] * size - radius).astype(int) for name in ("spot_x", "spot_y"))
    # Rows and columns that would be outside the picture are its last ones again: all spots are inside.
    columns, rows = (np.clip(first[:, None] + window - 1, 0, size - 1) for first in (left, top))
    centre_x, centre_y = scenes["spot_x"] * size, scenes["spot_y"] * size
    x, y = bird_coordinates(
        scenes, centre_x, centre_y, radius, columns[:, None, :] + 0.5, rows[:, :, None] + 0.5
    )
    distance = np.empty_like(x)
    for index, mark in enumerate(MARKS):
        chosen = labels == index
        distance[chosen] = mark_distance(mark, x[chosen], y[chosen])
    radius = radius[:, None, None]
    on_spot = np.clip(0.5 - (np.hypot(x, y) - 1.0) * radius, 0.0, 1.0)[..., None]
    inked = np.clip(0.5 - distance * radius, 0.0, 1.0)[..., None]
    paper, ink = (scenes[name][:, None, None, :] for name in ("paper", "ink"))
    where = np.arange(len(images))[:, None, None], rows[:, :, None], columns[:, None, :]
    images[where] += on_spot * (paper + inked * (ink - paper) - images[where])
