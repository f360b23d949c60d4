"""What a contender is shown of pictures."""

import numpy as np
from keras import ops

from course_lib.layers import zoom

SHRUNK_SIZE = 16
HALF_WIDTHS = (0.15, 0.25)  # of the squares that two looks may propose


def plain(pictures, generator):
    """The pictures as they are."""
    return pictures.images


def shrunk(pictures, generator):
    """Pictures that are averaged to 16 by 16 pixels."""
    whole = np.tile(np.float32([0.0, 0.0, 1.0, 1.0]), (len(pictures.images), 1))
    return ops.convert_to_numpy(zoom(pictures.images, whole, SHRUNK_SIZE, SHRUNK_SIZE))


def looks_at_random(pictures, generator):
    """Pictures, and a square in each of them that is drawn anew."""
    count = len(pictures.images)
    half_width = generator.uniform(*HALF_WIDTHS, (count, 1))
    centre = generator.uniform(half_width, 1 - half_width, (count, 2))
    return with_squares(pictures, centre, half_width)


def looks_where_told(pictures, generator):
    """Pictures, and the smallest square around each region that might be proposed."""
    half_width = np.full((len(pictures.images), 1), HALF_WIDTHS[0])
    centre = (pictures.regions[:, :2] + pictures.regions[:, 2:]) / 2
    return with_squares(pictures, np.clip(centre, half_width, 1 - half_width), half_width)


def with_squares(pictures, centre, half_width):
    """What `RecurrentAttention` takes where it does not propose."""
    proposals = np.concatenate([centre, half_width], axis=1)[:, None].astype("float32")
    return {"pictures": pictures.images, "proposals": proposals}
