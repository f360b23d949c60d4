"""What all classifiers of pictures have in common."""

import keras


class PictureClassifier(keras.Model):
    """Settings of a classifier of pictures, and the layer that names the class.

    Args:
        num_classes: int, above one.

    Raises:
        ValueError: if there are fewer than two classes.
    """

    def __init__(self, num_classes, **kwargs):
        super().__init__(**kwargs)
        if num_classes < 2:
            raise ValueError(f"`num_classes` must be 2 or more. Received: num_classes={num_classes}.")
        self.num_classes = num_classes

    def classifier(self, name="classifier"):
        """A dense layer from a vector to logits."""
        return keras.layers.Dense(self.num_classes, dtype=self.dtype_policy, name=name)

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: details may be asked for

    def compute_output_shape(self, pictures_shape):
        return (pictures_shape[0], self.num_classes)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}
