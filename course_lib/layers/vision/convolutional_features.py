"""A small convolutional network, up to its map of features."""

import keras
from keras import ops

from course_lib.layers.vision.pictures import check_pictures

EPSILON = 1e-2  # large, as much of a picture is flat: what is next to nothing must not be made large


def strongest(features):
    """The largest value of each feature over all places.

    `strongest[b, d] = max over (r, c) of features[b, r, c, d]`

    Its gradient reaches one place, the first of equals.

    Args:
        features: `(B, rows, columns, D)`.

    Returns:
        `(B, D)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers.vision.convolutional_features import strongest
        >>> ops.convert_to_numpy(strongest(ops.array([[[[1.0, 5.0], [3.0, 2.0]]]]))).tolist()
        [[3.0, 5.0]]
    """
    _, rows, columns, width = ops.shape(features)
    places = ops.reshape(features, (-1, rows * columns, width))
    # By its index: compiled by JAX, a maximum may be equal to none of the values that it was taken of, which
    # are computed anew for the gradient; that is then no number.
    where = ops.expand_dims(ops.argmax(places, axis=1), 1)
    return ops.take_along_axis(places, where, axis=1)[:, 0]


@keras.saving.register_keras_serializable("course_lib")
class ConvolutionalFeatures(keras.layers.Layer):
    """A stack of convolutions, the picture halved between one and the next.

    `outputs = relu(norm(convolve(inputs)))` for each of them, with windows of 3 by 3; between two of them
    the largest of every 2 by 2 places is kept. Each place is normalised over its channels alone, so that a
    picture is read the same in any batch.

    Args:
        channels: ints, how many features each convolution has.

    Call arguments:
        pictures: floats `(B, H, W, channels)`.

    Returns:
        `(B, H', W', channels[-1])`, height and width halved `len(channels) - 1` times, rounded up.

    Raises:
        ValueError: if a number is not positive, there is none, or `pictures` have another shape or no floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import ConvolutionalFeatures
        >>> tuple(ConvolutionalFeatures(channels=(4, 8, 6))(ops.ones((2, 16, 11, 3))).shape)
        (2, 4, 3, 6)

    Reference: LeCun et al. (1998), https://doi.org/10.1109/5.726791
    """

    def __init__(self, channels=(16, 32), **kwargs):
        super().__init__(**kwargs)
        channels = tuple(channels)
        if not channels or min(channels) < 1:
            raise ValueError(
                "`channels` must be a positive int for each convolution, and one at least. "
                f"Received: channels={channels}."
            )
        self.channels = channels
        of_layer = {"dtype": self.dtype_policy}
        self.convolutions = [
            keras.layers.Conv2D(
                width,
                3,
                padding="same",
                kernel_initializer="he_normal",
                name=f"convolution_{index}",
                **of_layer,
            )
            for index, width in enumerate(channels)
        ]
        self.norms = [
            keras.layers.LayerNormalization(epsilon=EPSILON, name=f"norm_{index}", **of_layer)
            for index in range(len(channels))
        ]
        self.halve = keras.layers.MaxPooling2D(padding="same", **of_layer)

    def build(self, pictures_shape):
        width = pictures_shape[-1]
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            convolution.build((None, None, None, width))
            width = convolution.filters
            norm.build((None, None, None, width))

    def call(self, pictures):
        check_pictures(pictures)
        outputs = pictures
        for index, (convolution, norm) in enumerate(zip(self.convolutions, self.norms, strict=True)):
            outputs = self.halve(outputs) if index else outputs
            outputs = ops.relu(norm(convolution(outputs)))
        return outputs

    def compute_output_shape(self, pictures_shape):
        batch, *sizes, _ = pictures_shape
        for _ in self.channels[1:]:
            sizes = [None if size is None else (size + 1) // 2 for size in sizes]
        return (batch, *sizes, self.channels[-1])

    def get_config(self):
        return {**super().get_config(), "channels": self.channels}
