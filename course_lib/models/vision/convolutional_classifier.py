"""A convolutional network that looks at a whole picture, with or without attention over its map."""

import keras
from keras import ops

from course_lib.layers.attention.attention import Attention
from course_lib.layers.scoring import AdditiveScore
from course_lib.layers.vision.convolutional_features import ConvolutionalFeatures, strongest
from course_lib.models.vision.picture_classifier import PictureClassifier

POOLINGS = ("max", "mean", "attention")


@keras.saving.register_keras_serializable("course_lib")
class ConvolutionalClassifier(PictureClassifier):
    """Says which class a picture is of, from a map of features that is pooled to one vector.

    `features = relu(norm(convolve(…)))`, `(B, rows, columns, D)`, as of `ConvolutionalFeatures`
    "max": `pooled[d] = max over places of features[…, d]`; "mean": their mean
    "attention": `pooled = sum a features`, `a = softmax(v · tanh(W₁ features + W₂ mean features))`
    `logits = W pooled + b`

    Args:
        num_classes: int.
        channels: ints, the features of each convolution; the last is `D`.
        pooling: "max", "mean" or "attention": the soft spatial attention whose query is the mean.

    Call arguments:
        pictures: floats `(B, H, W, channels)`.
        return_attention_weights: if true, the weights are returned too; only with "attention".

    Returns:
        logits `(B, num_classes)`, or the pair of them and the attention weights `(B, rows, columns)`.

    Raises:
        ValueError: if a size or the pooling is not known, or weights are asked for where there are none.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import ConvolutionalClassifier
        >>> model = ConvolutionalClassifier(num_classes=3, channels=(4, 6), pooling="attention")
        >>> logits, weights = model(ops.ones((2, 8, 10, 3)), return_attention_weights=True)
        >>> tuple(logits.shape), tuple(weights.shape)
        ((2, 3), (2, 4, 5))

    Reference: Xu et al. (2015), "Show, attend and tell", section 4.2, https://arxiv.org/abs/1502.03044, on
    soft attention over a map of features
    Taught in: notebooks/17_beyond_text
    """

    def __init__(self, num_classes, channels=(8, 16, 32), pooling="max", **kwargs):
        super().__init__(num_classes, **kwargs)
        if pooling not in POOLINGS:
            raise ValueError(f"`pooling` must be one of {POOLINGS}. Received: pooling={pooling!r}.")
        self.pooling = pooling
        self.features = ConvolutionalFeatures(channels, dtype=self.dtype_policy, name="features")
        self.attention = None
        if pooling == "attention":
            score = AdditiveScore(self.features.channels[-1], dtype=self.dtype_policy, name="score")
            self.attention = Attention(score, dtype=self.dtype_policy, name="attention")
        self.classify = self.classifier()

    def build(self, pictures_shape):
        self.features.build(pictures_shape)
        width = self.features.channels[-1]
        if self.attention is not None:
            self.attention.build((None, 1, width), (None, None, width))
        self.classify.build((None, width))

    def call(self, pictures, return_attention_weights=False):
        if return_attention_weights and self.attention is None:
            raise ValueError(
                "Only `pooling='attention'` has attention weights. "
                f"Received: pooling={self.pooling!r}, return_attention_weights=True."
            )
        features = self.features(pictures)  # (B, rows, columns, D)
        if self.attention is None:
            pooled = strongest(features) if self.pooling == "max" else ops.mean(features, axis=(1, 2))
            return self.classify(pooled)
        _, rows, columns, width = ops.shape(features)
        places = ops.reshape(features, (-1, rows * columns, width))
        query = ops.mean(places, axis=1, keepdims=True)
        pooled, weights = self.attention(query=query, value=places, return_attention_weights=True)
        logits = self.classify(pooled[:, 0])
        weights = ops.reshape(weights, (-1, rows, columns))
        return (logits, weights) if return_attention_weights else logits

    def get_config(self):
        return {**super().get_config(), "channels": self.features.channels, "pooling": self.pooling}
