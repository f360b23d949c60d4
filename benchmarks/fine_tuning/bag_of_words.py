"""The control that costs nothing: logistic regression over words and pairs of neighbours."""

from collections import Counter

import keras
import numpy as np

from course_lib.chapters.training.fresh_weights import forget_updates
from course_lib.training import set_seed

MOST_FEATURES = 100_000
RATES, EPOCHS = (1e-3, 3e-3, 1e-2, 3e-2), 10


def features_of(text):
    """The words of a text and its pairs of neighbours, each once."""
    words = text.lower().split()
    return {*words, *zip(words, words[1:], strict=False)}


def bag_of_words(training, held_out, seed):
    """Trains with several rates; the rate and the epoch that are best on "choice" count.

    Args:
        training: `Sentences`.
        held_out: dict of `Sentences`, one of them "choice".
        seed: of the order.

    Returns:
        dict: accuracy in percent on each of `held_out`, and the rate and the number of epochs.
    """
    set_seed(seed)
    bags = list(map(features_of, training.texts))
    counts = Counter(feature for bag in bags for feature in bag)
    known = {feature: index for index, (feature, _) in enumerate(counts.most_common(MOST_FEATURES), 1)}

    def rows(texts):
        ids = [[known[feature] for feature in features_of(text) if feature in known] for text in texts]
        return keras.utils.pad_sequences(ids, padding="post")

    inputs, questions = rows(training.texts), {name: rows(part.texts) for name, part in held_out.items()}
    found = []
    model = BagOfWords(len(known) + 1)
    model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(from_logits=True))
    for rate in RATES:
        model.set_weights([np.zeros_like(weights) for weights in model.get_weights()])
        forget_updates(model.optimizer)
        model.optimizer.learning_rate = rate
        for epoch in range(1, EPOCHS + 1):
            model.fit(inputs, training.labels, batch_size=64, verbose=0)
            scores = {
                name: accuracy(model.predict(questions[name], verbose=0)[:, 0] > 0, part.labels)
                for name, part in held_out.items()
            }
            found.append({"rate": rate, "epochs": epoch, **scores})
    return max(found, key=lambda run: run["choice"])


def accuracy(answers, labels):
    """Percent."""
    return round(100 * float(np.mean(answers == labels)), 2)


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
