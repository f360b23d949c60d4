import numpy as np
from keras import ops


def _middles(count):
    return (ops.arange(count, dtype="float32") + 0.5) / count


def right_1(proposals, height, width, sharpness):
    """Two profiles of sigmoids, multiplied by broadcasting."""
    cy, cx, half = proposals[:, 0:1], proposals[:, 1:2], proposals[:, 2:3]

    def profile(places, centre):
        rising = ops.sigmoid(sharpness * (places - (centre - half)))
        falling = ops.sigmoid(sharpness * (places - (centre + half)))
        return rising - falling

    return profile(_middles(height), cy)[:, :, None] * profile(_middles(width), cx)[:, None, :]


def right_2(proposals, height, width, sharpness):
    """With the hyperbolic tangent, for h(z) = (1 + tanh(k z / 2)) / 2; einsum for the product."""
    centre_y, centre_x, half = ops.unstack(proposals, 3, axis=1)
    y = np.linspace(0.5 / height, 1 - 0.5 / height, height).astype("float32") if height > 1 else [0.5]
    x = np.linspace(0.5 / width, 1 - 0.5 / width, width).astype("float32") if width > 1 else [0.5]
    k = sharpness / 2
    along_y = ops.convert_to_tensor(y)[None, :] - centre_y[:, None]
    along_x = ops.convert_to_tensor(x)[None, :] - centre_x[:, None]
    half = half[:, None]
    tall = 0.5 * (ops.tanh(k * (along_y + half)) - ops.tanh(k * (along_y - half)))
    wide = 0.5 * (ops.tanh(k * (along_x + half)) - ops.tanh(k * (along_x - half)))
    return ops.einsum("bi,bj->bij", tall, wide)


def right_3(proposals, height, width, sharpness):
    """Picture after picture and row after row."""
    xs = ops.convert_to_tensor([(j + 0.5) / width for j in range(width)], dtype="float32")
    masks = []
    for b in range(proposals.shape[0]):
        cy, cx, half = proposals[b, 0], proposals[b, 1], proposals[b, 2]
        across = ops.sigmoid(sharpness * (xs - cx + half)) - ops.sigmoid(sharpness * (xs - cx - half))
        rows = []
        for i in range(height):
            y = (2 * i + 1) / (2 * height)
            down = ops.sigmoid(sharpness * (y - cy + half)) - ops.sigmoid(sharpness * (y - cy - half))
            rows.append(down * across)
        masks.append(ops.stack(rows))
    return ops.stack(masks)


def right_4(proposals, height, width, sharpness):
    """Four full masks on a grid, multiplied out: (a - b)(c - d)."""
    y, x = ops.meshgrid(_middles(height), _middles(width), indexing="ij")
    cy, cx, half = (ops.reshape(proposals[:, n], (-1, 1, 1)) for n in range(3))
    top = ops.sigmoid((y - (cy - half)) * sharpness)
    bottom = ops.sigmoid((y - (cy + half)) * sharpness)
    left = ops.sigmoid((x - (cx - half)) * sharpness)
    right = ops.sigmoid((x - (cx + half)) * sharpness)
    return top * left - top * right - bottom * left + bottom * right


def _soft(places, centre, half, sharpness):
    return ops.sigmoid(sharpness * (places - (centre - half))) - ops.sigmoid(
        sharpness * (places - (centre + half))
    )


def _outer(tall, wide):
    return ops.expand_dims(tall, 2) * ops.expand_dims(wide, 1)


def wrong_1(proposals, height, width, sharpness):
    """Takes the upper left corners of the pixels, not the middles. Wrong on: nearly every input."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    y = ops.arange(height, dtype="float32") / height
    x = ops.arange(width, dtype="float32") / width
    return _outer(_soft(y, cy, half, sharpness), _soft(x, cx, half, sharpness))


def wrong_2(proposals, height, width, sharpness):
    """Spreads pixels from 0 to 1, both included. Wrong on: nearly every input, mostly near the borders."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    y = ops.linspace(0.0, 1.0, height)
    x = ops.linspace(0.0, 1.0, width)
    return _outer(_soft(y, cy, half, sharpness), _soft(x, cx, half, sharpness))


def wrong_3(proposals, height, width, sharpness):
    """Reads proposals as x, y, half-width. Wrong on: centres with c_y != c_x."""
    cx, cy, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    return _outer(_soft(_middles(height), cy, half, sharpness), _soft(_middles(width), cx, half, sharpness))


def wrong_4(proposals, height, width, sharpness):
    """Adds the two profiles, a cross instead of a square. Wrong on: nearly every input."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    tall = _soft(_middles(height), cy, half, sharpness)
    wide = _soft(_middles(width), cx, half, sharpness)
    return (tall[:, :, None] + wide[:, None, :]) / 2


def wrong_5(proposals, height, width, sharpness):
    """Ignores the sharpness. Wrong on: k != 1."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    return _outer(_soft(_middles(height), cy, half, 1.0), _soft(_middles(width), cx, half, 1.0))


def wrong_6(proposals, height, width, sharpness):
    """Takes the half-width for the whole side. Wrong on: every half-width other than 0."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:] / 2
    return _outer(_soft(_middles(height), cy, half, sharpness), _soft(_middles(width), cx, half, sharpness))


def wrong_7(proposals, height, width, sharpness):
    """A disc of radius l instead of a square. Wrong on: pixels near the corners."""
    y, x = ops.meshgrid(_middles(height), _middles(width), indexing="ij")
    cy, cx, half = (ops.reshape(proposals[:, n], (-1, 1, 1)) for n in range(3))
    distance = ops.sqrt((y - cy) ** 2 + (x - cx) ** 2 + 1e-12)
    return ops.sigmoid(sharpness * (half - distance))


def wrong_8(proposals, height, width, sharpness):
    """A hard mask of 0 and 1, without gradient. Wrong on: pixels near an edge."""
    y, x = ops.meshgrid(_middles(height), _middles(width), indexing="ij")
    cy, cx, half = (ops.reshape(proposals[:, n], (-1, 1, 1)) for n in range(3))
    inside = ops.logical_and(ops.abs(y - cy) <= half, ops.abs(x - cx) <= half)
    return ops.cast(inside, proposals.dtype)


def wrong_9(proposals, height, width, sharpness):
    """Measures columns in units of the height too. Wrong on: H != W."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    y = (ops.arange(height, dtype="float32") + 0.5) / height
    x = (ops.arange(width, dtype="float32") + 0.5) / height
    return _outer(_soft(y, cy, half, sharpness), _soft(x, cx, half, sharpness))


def wrong_10(proposals, height, width, sharpness):
    """Multiplies the sigmoids of the two edges, h(a) h(-b), not h(a) - h(b). Wrong on: small k l."""
    y, x = _middles(height), _middles(width)
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    tall = ops.sigmoid(sharpness * (y - (cy - half))) * ops.sigmoid(sharpness * ((cy + half) - y))
    wide = ops.sigmoid(sharpness * (x - (cx - half))) * ops.sigmoid(sharpness * ((cx + half) - x))
    return tall[:, :, None] * wide[:, None, :]


def wrong_11(proposals, height, width, sharpness):
    """Cuts the box off at the picture, with soft edges there. Wrong on: boxes that reach the border."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]

    def profile(places, centre):
        start, stop = ops.clip(centre - half, 0.0, 1.0), ops.clip(centre + half, 0.0, 1.0)
        return ops.sigmoid(sharpness * (places - start)) - ops.sigmoid(sharpness * (places - stop))

    return _outer(profile(_middles(height), cy), profile(_middles(width), cx))


def wrong_12(proposals, height, width, sharpness):
    """Takes the smaller of the two profiles instead of their product. Wrong on: pixels near an edge."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    tall = _soft(_middles(height), cy, half, sharpness)
    wide = _soft(_middles(width), cx, half, sharpness)
    return ops.minimum(tall[:, :, None], wide[:, None, :])


def wrong_13(proposals, height, width, sharpness):
    """Uses the first proposal for all pictures. Wrong on: B > 1 with proposals that differ."""
    cy, cx, half = proposals[0, 0], proposals[0, 1], proposals[0, 2]
    tall = _soft(_middles(height), cy, half, sharpness)
    wide = _soft(_middles(width), cx, half, sharpness)
    one = tall[:, None] * wide[None, :]
    return ops.repeat(one[None], proposals.shape[0], axis=0)


def wrong_14(proposals, height, width, sharpness):
    """Sharpness per pixel, lengths times H and W before h. Wrong on: pictures of more than one pixel."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    return _outer(
        _soft(_middles(height), cy, half, sharpness * height),
        _soft(_middles(width), cx, half, sharpness * width),
    )


def wrong_15(proposals, height, width, sharpness):
    """Scales each mask so that its largest number is 1. Wrong on: small boxes, or small k."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    mask = _outer(_soft(_middles(height), cy, half, sharpness), _soft(_middles(width), cx, half, sharpness))
    return mask / (ops.max(mask, axis=(1, 2), keepdims=True) + 1e-9)


def wrong_16(proposals, height, width, sharpness):
    """Indexes the mask as (x, y), so it is (B, W, H). Wrong on: H != W, or c_y != c_x."""
    cy, cx, half = proposals[:, :1], proposals[:, 1:2], proposals[:, 2:]
    tall = _soft(_middles(height), cy, half, sharpness)
    wide = _soft(_middles(width), cx, half, sharpness)
    return ops.einsum("bi,bj->bji", tall, wide)
