"""One training run that is read off at several lengths."""

import sys

import keras
import numpy as np
import tensorflow as tf

from course_lib.files import replacing


class SetRate(keras.callbacks.Callback):
    """Sets the learning rate before each update after the first `done`: `rate(step)`."""

    def __init__(self, rate, done):
        super().__init__()
        self.rate = rate
        self.step = done

    def on_train_batch_begin(self, batch, logs=None):
        self.step += 1
        self.model.optimizer.learning_rate = self.rate(self.step)


class Learner:
    """A contender's model and what is needed to leave it and to come back.

    Args:
        contender: an `ours.Contender` or a `keras_hub_peer.Contender`.
        dropout: the share that is dropped.
    """

    def __init__(self, contender, dropout):
        self.batches = contender.batches
        self.dropout = dropout
        self.model = contender.make_model(dropout)
        self.model.optimizer.build(self.model.trainable_variables)

    def state(self):
        """Weights and what the optimizer knows, as arrays."""
        return [keras.ops.convert_to_numpy(variable) for variable in self.variables()]

    def restore(self, state):
        """Takes up the state of a learner, of this one or one with another dropout."""
        for variable, value in zip(self.variables(), state, strict=True):
            variable.assign(value)

    def variables(self):
        """All that training changes, but for the seeds of dropout."""
        return [*self.model.weights, *self.model.optimizer.variables]

    def train(self, done, updates, rate):
        """Makes the updates after the first `done` up to `updates`, and returns their mean loss."""
        history = self.model.fit(
            self.batches_between(done, updates), shuffle=False, verbose=0, callbacks=[SetRate(rate, done)]
        ).history
        return history["loss"][-1]

    def batches_between(self, done, updates):
        """The batches of these updates; each epoch has an order of its own."""

        def serve():
            for update in range(done, updates):
                epoch, index = divmod(update, len(self.batches))
                if epoch != self.batches.epoch:
                    self.batches.epoch = epoch
                yield self.batches[index]

        signature = keras.tree.map_structure(
            lambda array: tf.TensorSpec((None,) * array.ndim, array.dtype), self.batches[0]
        )
        dataset = tf.data.Dataset.from_generator(serve, output_signature=signature)
        return dataset.apply(tf.data.experimental.assert_cardinality(updates - done)).prefetch(2)


def train_curve(contender, rule, lengths, checkpoint=None, save_every=None):
    """Trains up to the greatest length; for each length before, the rate falls on a way aside.

    Args:
        contender: see `Learner`.
        rule: a `Rule` or a `ConstantRule`.
        lengths: numbers of updates, rising.
        checkpoint: path of a file that keeps the state before the last fall, from which a run that was
            stopped goes on; `None` keeps nothing.
        save_every: number of updates after which the state is kept on the way there, too.

    Yields:
        dict, for each length that has not been read off: "updates", "epochs", "dropout", "training_loss" and
        "weights".
    """
    learner = None
    state, done = read_checkpoint(checkpoint)
    for updates in lengths:
        epochs, turn = updates / len(contender.batches), rule.turn(updates)
        if turn <= done:
            continue
        if learner is None or learner.dropout != rule.dropout(epochs):
            learner = Learner(contender, rule.dropout(epochs))
        if state is not None:
            learner.restore(state)

        def rate(step, updates=updates):
            return rule.rate(step, updates)

        for stop in [*range(done, turn, save_every or turn), turn][1:]:
            loss = learner.train(done, stop, rate)
            state, done = learner.state(), stop
            if save_every:
                if stop < turn:  # what is kept at the turn says that the point was read off
                    write_checkpoint(checkpoint, state, done)
                print(f"{done:,} updates, loss {loss:.3f}", file=sys.stderr, flush=True)
        if turn < updates:
            loss = learner.train(turn, updates, rate)
        yield {
            "updates": updates,
            "epochs": round(epochs, 2),
            "dropout": learner.dropout,
            "training_loss": round(loss, 4),
            "weights": learner.model.get_weights(),
        }
        write_checkpoint(checkpoint, state, done)


def read_checkpoint(path):
    """The state of a learner and the number of updates that led to it; `None` and 0 where nothing is kept."""
    if path is None or not path.exists():
        return None, 0
    with np.load(path) as arrays:
        *state, done = arrays.values()
    return state, int(done)


def write_checkpoint(path, state, done):
    """Stores the state of a learner; without a path, nothing."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            np.savez(file, *state, done)
