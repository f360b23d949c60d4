"""Who looks, and how."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.pictures.inputs import looks_at_random, looks_where_told, plain, shrunk
from course_lib.models import ConvolutionalClassifier, RecurrentAttention, VisionTransformer

NUM_CLASSES, PICTURE_SIZE, LOOK_SIZE = 4, 64, 16
CHANNELS = (8, 16, 32)
TURN = 10  # updates of readers, then as many of proposals
PEAKS = {"convolution": (3e-3, 1e-2), "looks": (3e-3, 1e-2), "transformer": (1e-3, 2e-3)}


@dataclass(frozen=True)
class Contender:
    """A way of looking.

    Attributes:
        family: whose learning rates it tries, of `PEAKS`.
        make: builds the model.
        inputs: from `Pictures` and a generator to what the model is called on.
        training: "classes", "jointly" (classes and ranking of looks at once), "in turn" (classes for readers,
            ranking for proposals) or "without ranking" (classes for both).
    """

    family: str
    make: Callable
    inputs: Callable = plain
    training: str = "classes"


def convolution(pooling="max", channels=CHANNELS):
    """A maker of convolutional classifiers."""
    return lambda: ConvolutionalClassifier(NUM_CLASSES, channels, pooling)


def looks(num_looks=2, **settings):
    """A maker of networks that look more than once."""
    return lambda: RecurrentAttention(NUM_CLASSES, num_looks, LOOK_SIZE, **settings)


def transformer(patch_size, has_positions=True):
    """A maker of Transformers that read patches."""
    return lambda: VisionTransformer(
        NUM_CLASSES, PICTURE_SIZE, patch_size, 48, 4, 96, num_layers=2, has_positions=has_positions
    )


CONTENDERS = {
    "convolution, 16 pixels": Contender("convolution", convolution(channels=(16, 32)), shrunk),
    "convolution, 64 pixels": Contender("convolution", convolution()),
    "convolution, mean pooling": Contender("convolution", convolution("mean")),
    "convolution, soft attention": Contender("convolution", convolution("attention")),
    "convolution, as many weights as two looks": Contender("convolution", convolution(channels=(8, 20, 48))),
    "two looks": Contender("looks", looks(), training="jointly"),
    "two looks, trained in turn": Contender("looks", looks(), training="in turn"),
    "two looks, without ranking": Contender("looks", looks(), training="without ranking"),
    "three looks": Contender("looks", looks(3), training="jointly"),
    "three looks, without ranking": Contender("looks", looks(3), training="without ranking"),
    "two looks, at random squares": Contender("looks", looks(), looks_at_random),
    "two looks, told where": Contender("looks", looks(), looks_where_told),
    "ViT, patches of 8": Contender("transformer", transformer(8)),
    "ViT, patches of 8, without positions": Contender("transformer", transformer(8, False)),
    "ViT, patches of 4": Contender("transformer", transformer(4)),
}
