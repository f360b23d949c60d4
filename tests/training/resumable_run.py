"""A small run with dropout, shuffled batches and early stopping, which can kill itself.

As a script: resumable_run.py FOLDER EPOCH STEP trains in FOLDER until it kills itself at that step.
"""

import os
import signal
import sys

import keras
import numpy as np

from course_lib.training import Perplexity, ResumableCheckpoint, TokenAccuracy, TokenCrossEntropy, set_seed

VOCABULARY_SIZE = 11


class ShuffledBatches(keras.utils.PyDataset):
    """Batches of 5 sentences, in an order that is a function of the epoch."""

    def __init__(self):
        super().__init__()
        generator = np.random.default_rng(0)
        self.tokens = generator.integers(1, VOCABULARY_SIZE, (35, 6)).astype("int32")
        self.labels = (
            (self.tokens * 3 + generator.integers(0, 2, self.tokens.shape)) % VOCABULARY_SIZE
        ).astype("int32")
        self.epoch = 0

    def __len__(self):
        return len(self.tokens) // 5

    def __getitem__(self, index):
        order = np.random.default_rng((7, self.epoch)).permutation(len(self.tokens))
        chosen = order[5 * index : 5 * index + 5]
        return self.tokens[chosen], self.labels[chosen]


@keras.saving.register_keras_serializable(package="tests")
class UnbuiltModel(keras.Model):
    """A subclass whose weights appear only when it is called."""

    def __init__(self):
        super().__init__()
        self.embedding = keras.layers.Embedding(VOCABULARY_SIZE, 13)
        self.dropout = keras.layers.Dropout(0.4)
        self.dense = keras.layers.Dense(VOCABULARY_SIZE)

    def call(self, token_ids, training=False):
        return self.dense(self.dropout(self.embedding(token_ids), training=training))


class KillAt(keras.callbacks.Callback):
    """Ends the process with no chance to tidy up."""

    def __init__(self, epoch, step):
        super().__init__()
        self.when = (epoch, step)

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == self.when:
            os.kill(os.getpid(), signal.SIGKILL)


def train(folder, epochs=6, patience=None, callbacks=(), seed=1, save=True):
    """Train from the seed, or from what `folder` holds; returns (history, weights, early stopping)."""
    set_seed(seed)
    data = ShuffledBatches()
    model = UnbuiltModel()
    model.compile(
        keras.optimizers.Adam(0.05),
        TokenCrossEntropy(0.1),
        metrics=[Perplexity(), TokenAccuracy()],
        jit_compile=keras.backend.backend() == "jax",  # elsewhere compiling takes longer than the steps
    )
    early_stopping = None
    if patience is not None:
        # Validated on other labels, so that the validation loss soon rises.
        early_stopping = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    checkpoint = ResumableCheckpoint(folder, data=data, early_stopping=early_stopping)
    validation = (data.tokens, (data.tokens * 5 % VOCABULARY_SIZE).astype("int32"))
    history = model.fit(
        data, validation_data=validation, epochs=epochs, verbose=0, callbacks=[checkpoint, *callbacks]
    )
    return history, model.get_weights(), checkpoint


if __name__ == "__main__":
    train(sys.argv[1], callbacks=[KillAt(int(sys.argv[2]), int(sys.argv[3]))])
