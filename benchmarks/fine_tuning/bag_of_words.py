"""The control that costs nothing: logistic regression over words and pairs of neighbours."""

from collections import Counter

import keras
import numpy as np

from course_lib.training import set_seed

MOST_FEATURES = 100_000


def features_of(text):
    """The words of a text and its pairs of neighbours, each once."""
    words = text.lower().split()
    return {*words, *zip(words, words[1:], strict=False)}


def bag_of_words(training, held_out, seed, epochs=8, rate=0.03):
    """Trains on what is there and scores what is held out: accuracy in percent."""
    set_seed(seed)
    bags = list(map(features_of, training.texts))
    counts = Counter(feature for bag in bags for feature in bag)
    known = {feature: index for index, (feature, _) in enumerate(counts.most_common(MOST_FEATURES), 1)}

    def rows(texts):
        ids = [[known[feature] for feature in features_of(text) if feature in known] for text in texts]
        return keras.utils.pad_sequences(ids, padding="post")

    model = BagOfWords(len(known) + 1)
    model.compile(keras.optimizers.Adam(rate), keras.losses.BinaryCrossentropy(from_logits=True))
    model.fit(rows(training.texts), training.labels, batch_size=64, epochs=epochs, verbose=0)
    return {
        name: round(
            100 * float(np.mean((model.predict(rows(part.texts), verbose=0)[:, 0] > 0) == part.labels)), 2
        )
        for name, part in held_out.items()
    }


class BagOfWords(keras.Model):
    """`logit = bias + sum_f weight[f]` over the features of a text; id 0 is none.

    Args:
        num_features: int, features and the id 0.
    """

    def __init__(self, num_features):
        super().__init__()
        self.weight = keras.layers.Embedding(num_features, 1, embeddings_initializer="zeros")
        self.bias = self.add_weight(shape=(), initializer="zeros", name="bias")

    def call(self, features):
        is_there = keras.ops.cast(features != 0, "float32")
        return keras.ops.sum(self.weight(features)[..., 0] * is_there, -1, keepdims=True) + self.bias
