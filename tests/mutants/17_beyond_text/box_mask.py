"""Wrong answers to `box_mask`, each named after the mistake it makes."""

from keras import ops


def _middles(size):
    return (ops.arange(size, dtype="float32") + 0.5) / size


def _edges(middles, centre, half_width, sharpness):
    """The steps at the near edge and at the far one, (B, size) each."""
    near = ops.sigmoid(sharpness * (middles - (centre - half_width)))
    return near, ops.sigmoid(sharpness * (middles - (centre + half_width)))


def _profile(*arguments):
    near, far = _edges(*arguments)
    return near - far


def _mask(proposals, height, width, sharpness, middles=_middles, profile=_profile):
    half_width = proposals[:, 2:]
    down = profile(middles(height), proposals[:, 0:1], half_width, sharpness)
    across = profile(middles(width), proposals[:, 1:2], half_width, sharpness)
    return down[:, :, None] * across[:, None, :]


def inverted(proposals, height, width, sharpness):
    return 1.0 - _mask(proposals, height, width, sharpness)


def hard_edges(proposals, height, width, sharpness):
    def profile(middles, centre, half_width, sharpness):
        return ops.cast(ops.abs(middles - centre) < half_width, "float32")

    return _mask(proposals, height, width, sharpness, profile=profile)


def half_width_taken_for_width(proposals, height, width, sharpness):
    halved = ops.concatenate([proposals[:, :2], proposals[:, 2:] / 2], axis=-1)
    return _mask(halved, height, width, sharpness)


def width_taken_for_half_width(proposals, height, width, sharpness):
    doubled = ops.concatenate([proposals[:, :2], proposals[:, 2:] * 2], axis=-1)
    return _mask(doubled, height, width, sharpness)


def axes_exchanged(proposals, height, width, sharpness):
    centre_x, centre_y, half_width = proposals[:, 0:1], proposals[:, 1:2], proposals[:, 2:]
    return _mask(ops.concatenate([centre_y, centre_x, half_width], axis=-1), height, width, sharpness)


def one_axis_for_both(proposals, height, width, sharpness):
    centre, half_width = proposals[:, 0:1], proposals[:, 2:]
    return _mask(ops.concatenate([centre, centre, half_width], axis=-1), height, width, sharpness)


def one_edge_alone(proposals, height, width, sharpness):
    return _mask(proposals, height, width, sharpness, profile=lambda *arguments: _edges(*arguments)[0])


def edges_multiplied(proposals, height, width, sharpness):
    def profile(*arguments):
        near, far = _edges(*arguments)
        return near * (1.0 - far)

    return _mask(proposals, height, width, sharpness, profile=profile)


def axes_added(proposals, height, width, sharpness):
    down = _profile(_middles(height), proposals[:, 0:1], proposals[:, 2:], sharpness)
    across = _profile(_middles(width), proposals[:, 1:2], proposals[:, 2:], sharpness)
    return down[:, :, None] + across[:, None, :]


def corners_for_middles(proposals, height, width, sharpness):
    return _mask(
        proposals, height, width, sharpness, middles=lambda size: ops.arange(size, dtype="float32") / size
    )


def sharpness_divided(proposals, height, width, sharpness):
    return _mask(proposals, height, width, 1.0 / sharpness)


def sharpness_outside(proposals, height, width, sharpness):
    return sharpness * _mask(proposals, height, width, 1.0)


def sharpness_ignored(proposals, height, width, sharpness):
    return _mask(proposals, height, width, 1.0)


def in_pixels(proposals, height, width, sharpness):
    return _mask(
        proposals, height, width, sharpness, middles=lambda size: ops.arange(size, dtype="float32") + 0.5
    )
