"""A network that looks, proposes where to look closer, and looks again."""

import keras
from keras import ops

from course_lib.layers.vision.attention_proposal import AttentionProposal, proposal_boxes
from course_lib.layers.vision.box_mask import box_mask, look_through
from course_lib.layers.vision.convolutional_features import ConvolutionalFeatures, strongest
from course_lib.layers.vision.pictures import check_pictures
from course_lib.layers.vision.zoom import zoom
from course_lib.models.vision.picture_classifier import PictureClassifier

GREY = 0.5


@keras.saving.register_keras_serializable("course_lib")
class RecurrentAttention(PictureClassifier):
    """Looks at a picture, then at a part of it and at a part of that, always with as many pixels.

    `look[0] = zoom(picture, whole)`
    `features[s] = reader[s](look[s])`, `logits[s] = W[s] max over places of features[s] + b[s]`
    `proposal[s + 1] = proposer[s](features[s])`, a square within the one that was looked at
    `look[s + 1] = zoom(mask(proposal[s + 1]) · picture, box(proposal[s + 1]))`

    Nobody says where to look. A square's centre learns by the rule of `look_through`: it is drawn to where
    the loss of its look is sensitive. By this rule its half-width could only grow, as more of every pixel is
    inside a wider box; so that learns by the gradient through the zoom. A look's loss reaches the proposal of
    that look, and none before.

    Args:
        num_classes: int.
        num_looks: int, two or more: the whole picture, and the parts.
        look_size: int, height and width of a look in pixels.
        channels: ints, the features of each convolution of a reader; every look has a reader of its own.
        min_half_width, max_half_width: floats, the bounds of a square in units of the side of what was
            looked at before; below 1/2.
        sharpness: float `k`, of the mask, in the same units.

    Call arguments:
        pictures: floats `(B, H, W, channels)` from 0 to 1; or a dict of them, "pictures", and of "proposals"
            `(B, num_looks - 1, 3)`, where to look instead of where the network proposes to.
        return_proposals: if true, where it looked is returned too.

    Returns:
        logits `(B, num_looks, num_classes)`; or the pair of them and of the proposals
        `(B, num_looks - 1, 3)`: centre y, centre x and half-width, in units of the picture's height and
        width.

    Raises:
        ValueError: if a size is not positive, there is only one look, or bounds are not in order.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import RecurrentAttention
        >>> model = RecurrentAttention(num_classes=3, num_looks=3, look_size=8, channels=(4, 6))
        >>> logits, proposals = model(ops.ones((2, 32, 32, 3)), return_proposals=True)
        >>> tuple(logits.shape), tuple(proposals.shape)
        ((2, 3, 3), (2, 2, 3))

    In the paper: looks = scales, reader = W_c, proposer = the attention proposal network g, half-width = t_l.
    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """

    def __init__(
        self,
        num_classes,
        num_looks=2,
        look_size=16,
        channels=(16, 32),
        min_half_width=0.15,
        max_half_width=0.25,
        sharpness=20.0,
        **kwargs,
    ):
        super().__init__(num_classes, **kwargs)
        if num_looks < 2:
            raise ValueError(f"`num_looks` must be 2 or more. Received: num_looks={num_looks}.")
        if look_size < 1 or sharpness <= 0:
            raise ValueError(
                "`look_size` and `sharpness` must be positive. "
                f"Received: look_size={look_size}, sharpness={sharpness}."
            )
        self.settings = {
            "num_looks": num_looks,
            "look_size": look_size,
            "channels": tuple(channels),
            "min_half_width": min_half_width,
            "max_half_width": max_half_width,
            "sharpness": sharpness,
        }
        of_layer = {"dtype": self.dtype_policy}
        self.readers = [
            ConvolutionalFeatures(channels, name=f"reader_{look}", **of_layer) for look in range(num_looks)
        ]
        self.proposers = [
            AttentionProposal(min_half_width, max_half_width, name=f"proposer_{look}", **of_layer)
            for look in range(num_looks - 1)
        ]
        self.classifiers = [self.classifier(f"classifier_{look}") for look in range(num_looks)]

    def build(self, pictures_shape):
        shape = pictures_shape["pictures"] if isinstance(pictures_shape, dict) else pictures_shape
        side = self.settings["look_size"]
        for reader in self.readers:
            reader.build((None, side, side, shape[-1]))
        features_shape = reader.compute_output_shape((None, side, side, shape[-1]))
        for proposer in self.proposers:
            proposer.build(features_shape)
        for classifier in self.classifiers:
            classifier.build((None, features_shape[-1]))

    def call(self, pictures, return_proposals=False):
        given = None
        if isinstance(pictures, dict):
            pictures, given = pictures["pictures"], pictures.get("proposals")
        check_pictures(pictures)
        pictures = pictures - GREY  # so that what is masked is grey, not black
        proposals = [ops.zeros_like(pictures[:, 0, 0, :1]) + 0.5 * ops.ones((1, 3), pictures.dtype)]
        logits = []
        for look, (reader, classifier) in enumerate(zip(self.readers, self.classifiers, strict=True)):
            seen = self.closer_look(pictures, proposals[-2], proposals[-1]) if look else self.whole(pictures)
            features = reader(seen)  # (B, rows, columns, D)
            logits.append(classifier(strongest(features)))
            if given is not None and look < len(self.proposers):
                proposals.append(ops.cast(given[:, look], pictures.dtype))
            elif look < len(self.proposers):
                proposals.append(within(self.proposers[look](features), proposals[-1]))
        logits = ops.stack(logits, axis=1)
        return (logits, ops.stack(proposals[1:], axis=1)) if return_proposals else logits

    def whole(self, pictures):
        """The first look: all of the picture."""
        boxes = ops.zeros_like(pictures[:, 0, 0, :1]) + ops.array([[0.0, 0.0, 1.0, 1.0]], pictures.dtype)
        return zoom(pictures, boxes, self.settings["look_size"], self.settings["look_size"])

    def closer_look(self, pictures, before, proposals):
        """A look at the squares of proposals, within those of the look before."""
        side, (_, height, width, _) = self.settings["look_size"], pictures.shape
        centre, half_width = proposals[:, :2], proposals[:, 2:]
        # The centre learns through the mask alone, the half-width through the zoom alone.
        moving = ops.concatenate([centre, ops.stop_gradient(half_width)], axis=-1)
        widening = ops.concatenate([ops.stop_gradient(centre), half_width], axis=-1)
        sharpness = self.settings["sharpness"] / (2.0 * before[:, 2])
        mask = box_mask(moving, height, width, ops.stop_gradient(sharpness))
        masked = look_through(pictures, ops.cast(mask[..., None], pictures.dtype))
        return zoom(masked, proposal_boxes(widening), side, side)

    def compute_output_shape(self, pictures_shape):
        shape = pictures_shape["pictures"] if isinstance(pictures_shape, dict) else pictures_shape
        return (shape[0], self.settings["num_looks"], self.num_classes)

    def get_config(self):
        return {**super().get_config(), **self.settings}


def within(proposals, outer):
    """Proposals in units of squares, in the units of the pictures that these are squares of.

    `centre = outer centre + 2 l_outer (centre - 1/2)` and `l = 2 l_outer l`; no gradient reaches the outer
    square.

    Args:
        proposals, outer: `(B, 3)`: centre y, centre x and half-width.

    Returns:
        `(B, 3)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.vision.recurrent_attention import within
        >>> inner = within(ops.array([[0.75, 0.5, 0.25]]), ops.array([[0.5, 0.25, 0.25]]))
        >>> ops.convert_to_numpy(inner).tolist()
        [[0.625, 0.25, 0.125]]
    """
    outer = ops.stop_gradient(outer)
    side = 2.0 * outer[:, 2:]
    centre = outer[:, :2] + side * (proposals[:, :2] - 0.5)
    return ops.concatenate([centre, side * proposals[:, 2:]], axis=-1)
