"""What a set of labelled pictures is."""

from typing import NamedTuple

import numpy as np


class Pictures(NamedTuple):
    """Pictures, the numbers of their classes and, where they are known, the regions that tell these.

    `images` are float32 `(N, H, W, channels)` from 0 to 1, `labels` ints `(N,)`, and `regions` float32
    `(N, 4)` or none: top, left, bottom and right of a box, in units of the picture's height and width, so
    that pixel `i` of `H` reaches from `i / H` to `(i + 1) / H`.
    """

    images: np.ndarray
    labels: np.ndarray
    regions: np.ndarray | None = None
