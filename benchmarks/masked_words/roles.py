"""What a pre-trained model is good for: the roles of words, from few labelled sentences."""

import keras
import numpy as np
from keras import ops

from benchmarks.masked_words.sentences import LENGTH, sentences
from course_lib.chapters import WORD_ROLES, start_anew
from course_lib.models import TokenClassifier
from course_lib.training import TokenCrossEntropy, set_seed

NUM_LABELLED = (30, 300)  # sentences
NUM_TEST = 1_000
STEPS, BATCH_SIZE = 300, 32
RATES = (1e-3, 3e-3)  # the better one on the validation split counts
PENALTIES = (1e-4, 1e-2, 1.0)
compiled = {}


def inputs_of(token_ids):
    return {"token_ids": token_ids, "padding_mask": token_ids != 0}


def features(backbone, token_ids, all_layers=False):
    """What a frozen model says of every token: `(R, T, D)`, or of all layers beside each other."""
    outputs = backbone(inputs_of(token_ids), return_details=True)["layer_outputs"]
    return ops.convert_to_numpy(ops.concatenate(outputs, axis=-1) if all_layers else outputs[-1])


def softmax_regression(train, labels, num_classes, penalty, steps=200, rate=0.1):
    """Weights `(D + 1, C)` of a linear classifier, by Adam on all examples at once."""
    train = np.concatenate([train, np.ones((len(train), 1))], axis=1)
    wanted = np.eye(num_classes)[labels]
    weights = np.zeros((train.shape[1], num_classes))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        logits = train @ weights
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        slopes = train.T @ (powers / powers.sum(axis=1, keepdims=True) - wanted) / len(train)
        slopes += penalty * weights / len(train)
        first, second = 0.9 * first + 0.1 * slopes, 0.99 * second + 0.01 * slopes**2
        change = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights -= rate * (1 - (step - 1) / steps) * change
    return weights


def frozen_accuracy(backbone, labelled, validation, test, all_layers):
    """Share of roles right on the test split by a linear classifier; its penalty chosen by validation."""
    known = [features(backbone, part.token_ids, all_layers) for part in (labelled, validation, test)]
    flat = [part[data.roles > 0] for part, data in zip(known, (labelled, validation, test), strict=True)]
    right = [data.roles[data.roles > 0] - 1 for data in (labelled, validation, test)]
    centre, scale = flat[0].mean(axis=0), flat[0].std(axis=0) + 1e-6
    flat = [(part - centre) / scale for part in flat]

    def accuracy(weights, which):
        return float(((flat[which] @ weights[:-1] + weights[-1]).argmax(axis=1) == right[which]).mean())

    fits = [softmax_regression(flat[0], right[0], len(WORD_ROLES), penalty) for penalty in PENALTIES]
    best = max(fits, key=lambda weights: accuracy(weights, 1))
    return accuracy(best, 2)


def tuned_accuracy(backbone, key, labelled, validation, test, seed):
    """Share of roles right on the test split of a model all of whose weights were trained further."""
    weights = backbone.get_weights()
    runs = []
    for rate in RATES:
        set_seed(seed)
        backbone.set_weights(weights)
        tagger = fresh_tagger(backbone, key)
        generator = np.random.default_rng(seed)
        for step in range(STEPS):
            rows = generator.choice(len(labelled.roles), BATCH_SIZE, replace=len(labelled.roles) < BATCH_SIZE)
            tagger.optimizer.learning_rate = rate * min((step + 1) / 30, 1 - step / STEPS)
            tagger.train_on_batch(inputs_of(labelled.token_ids[rows]), labelled.roles[rows])
        runs.append([role_accuracy(tagger, data) for data in (validation, test)])
    backbone.set_weights(weights)
    return max(runs, key=lambda run: run[0])[1]


def fresh_tagger(backbone, key):
    """A compiled classifier of tokens with the weights of a backbone and a new head."""
    own = backbone.__class__.from_config(backbone.get_config())
    fresh = TokenClassifier(own, num_labels=len(WORD_ROLES) + 1, dropout=0.0)
    fresh.build({"token_ids": (None, LENGTH)})
    own.set_weights(backbone.get_weights())
    if key not in compiled:
        fresh.compile(keras.optimizers.Adam(1e-3), TokenCrossEntropy(), jit_compile=True)
        compiled[key] = fresh
    else:
        start_anew(compiled[key], fresh)
    return compiled[key]


def role_accuracy(tagger, data):
    logits = ops.convert_to_numpy(tagger(inputs_of(data.token_ids)))
    return float((logits.argmax(axis=-1) == data.roles)[data.roles > 0].mean())


def what_it_is_good_for(backbone, key, seed, num_labelled=NUM_LABELLED, num_test=NUM_TEST):
    """Accuracies by number of labelled sentences: frozen (last layer, all layers) and fine-tuned."""
    test = sentences(num_test, 3, "test", has_roles=True)
    validation = sentences(max(num_test // 3, 1), 3, "validation", has_roles=True)
    found = {}
    for count in num_labelled:
        labelled = sentences(count, 10 + seed, "train", has_roles=True)
        data = labelled, validation, test
        found[str(count)] = {
            "frozen": round(frozen_accuracy(backbone, *data, all_layers=False), 4),
            "frozen, all layers": round(frozen_accuracy(backbone, *data, all_layers=True), 4),
            "fine-tuned": round(tuned_accuracy(backbone, key, *data, seed), 4),
        }
    return found
