"""What a reader is worth for the class of a sentence."""

import keras
import numpy as np

from benchmarks.readers.contenders import make_reader
from course_lib.chapters.linear_probe import linear_probe
from course_lib.chapters.training.fine_tuning import FineTuner, predict
from course_lib.layers.pooling import pool
from course_lib.models import SentenceClassifier

PEAK, BATCH = 1e-3, 32
LOOKS = 4  # how often the validation split is looked at
UPDATES = {20: 100, 100: 150, 1_000: 300}  # about so many, by number of labels


def labelled(material, num_labels, seed):
    """So many of the training sentences, drawn by the seed: inputs and classes."""
    packed, classes = material.splits["train"]
    rows = np.random.default_rng(1_000 + seed).permutation(len(classes))[:num_labels]
    return {name: array[rows] for name, array in packed.inputs.items()}, classes[rows]


class Questions:
    """Everything that is asked of one kind of reader, compiled once.

    Args:
        name: of the reader.
        material: a `Material`.
    """

    def __init__(self, name, material):
        import tensorflow as tf

        self.name, self.material = name, material
        reader = self.new_reader()
        self.model = SentenceClassifier(reader, num_outputs=2, pooling="mean")
        self.model({key: array[:1] for key, array in material.splits["test"][0].inputs.items()})
        self.tuner = FineTuner(self.model)
        self.features = tf.function(
            lambda inputs: pool(reader(inputs), inputs["padding_mask"], "mean"), reduce_retracing=True
        )

    def new_reader(self):
        return make_reader(self.name, len(self.material.vocabulary), self.material.rows.shape[1])

    def ask(self, weights, seed):
        """Test accuracies with a reader of these weights, frozen and tuned, by number of labels."""
        counts = self.material.label_counts
        return {
            "frozen": {count: self.frozen(weights, count, seed) for count in counts},
            "tuned": {count: self.tuned(weights, count, seed) for count in counts},
        }

    def frozen(self, weights, num_labels, seed):
        """Logistic regression on the mean of the reader's outputs."""
        self.model.backbone.set_weights(weights)
        inputs, classes = labelled(self.material, num_labels, seed)
        splits = self.material.splits
        validation, test = (predict(self.features, splits[name][0].inputs) for name in ("validation", "test"))
        train = predict(self.features, inputs), classes
        said = linear_probe(train, (validation, splits["validation"][1]), test)
        return float(np.mean(said == splits["test"][1]))

    def tuned(self, weights, num_labels, seed):
        """All weights trained, and those kept that are best on the validation split."""
        keras.utils.set_random_seed(100 + seed)
        fresh = SentenceClassifier(self.new_reader(), num_outputs=2, pooling="mean")
        fresh.build({"token_ids": (None, None), "padding_mask": (None, None)})
        self.model.set_weights(fresh.get_weights())
        self.model.backbone.set_weights(weights)
        best = {"validation": -1.0}

        def look():
            right = {
                split: float(np.mean(np.argmax(self.tuner.predict(packed.inputs), axis=-1) == gold))
                for split, (packed, gold) in self.material.splits.items()
                if split != "train"
            }
            if right["validation"] > best["validation"]:
                best.update(right)

        epochs = max(LOOKS, UPDATES[num_labels] * BATCH // num_labels)
        every = epochs // LOOKS
        inputs, classes = labelled(self.material, num_labels, seed)
        self.tuner.fit(
            inputs,
            classes,
            peak=PEAK,
            num_epochs=epochs - epochs % LOOKS,
            batch_size=BATCH,
            seed=seed,
            after_epoch=lambda epoch: look() if epoch % every == 0 else None,
        )
        return best["test"]


def bag_accuracies(material, seed):
    """Test accuracy by number of labels of a bag of tokens: naive Bayes on which of them there are."""
    counts = {
        split: presence(packed.token_ids, len(material.vocabulary))
        for split, (packed, _) in material.splits.items()
    }
    accuracies = {}
    for num_labels in material.label_counts:
        chosen, classes = labelled(material, num_labels, seed)
        present = presence(chosen["token_ids"], len(material.vocabulary))
        by_class = [present[classes == label].sum(axis=0) + 1.0 for label in (0, 1)]
        weights = np.log(by_class[1] / by_class[1].sum()) - np.log(by_class[0] / by_class[0].sum())
        prior = np.log(np.mean(classes == 1) / np.mean(classes == 0))
        said = counts["test"] @ weights + prior > 0
        accuracies[num_labels] = float(np.mean(said == material.splits["test"][1]))
    return accuracies


def presence(token_ids, vocabulary_size):
    """Which tokens each sequence holds, special ones left out: float32 (n, V)."""
    found = np.zeros((len(token_ids), vocabulary_size), "float32")
    found[np.arange(len(token_ids))[:, None], token_ids] = 1.0
    found[:, :5] = 0.0
    return found
