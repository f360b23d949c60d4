"""One writer, compiled once for all its runs."""

import time

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from benchmarks.writers.text import LENGTH, batch_of
from benchmarks.writers.writer import Writer
from course_lib.chapters.training.fresh_weights import forget_updates
from course_lib.objectives import masked_cross_entropy
from course_lib.training import WarmupAndDecay, set_seed

BATCH_SIZE, AT_ONCE = 16, 250


class Learner:
    """A writer that can be trained again and again.

    Args:
        vocabulary_size: int.
        **settings: of `Writer`.
    """

    def __init__(self, vocabulary_size, **settings):
        self.settings = {"vocabulary_size": vocabulary_size, **settings}
        self.writer = self._make()
        variables = self.writer.trainable_variables
        self.optimizer = keras.optimizers.Adam(beta_2=0.98, global_clipnorm=1.0)
        self.optimizer.build(variables)

        @tf.function(jit_compile=True, autograph=False)
        def update(inputs, labels):
            with tf.GradientTape() as tape:
                loss = masked_cross_entropy(self.writer(inputs), labels)
            self.optimizer.apply(tape.gradient(loss, variables), variables)
            return loss

        @tf.function(jit_compile=True, autograph=False, reduce_retracing=True)
        def nats(inputs, labels):
            said = ops.log_softmax(self.writer(inputs), axis=-1)
            return -ops.take_along_axis(said, labels[..., None], axis=-1)[..., 0]

        self._update, self._nats = update, nats

    def _make(self):
        writer = Writer(**self.settings)
        writer.build((None, LENGTH))
        return writer

    def train(self, words, seed, peak, num_steps, warmup_steps=None):
        """Trains it from new weights.

        Args:
            words: ints, one long row of them.
            seed: of weights and rows.
            peak: the highest rate; it falls to zero in a straight line.
            num_steps: updates.
            warmup_steps: updates in which the rate rises; a tenth of all if not given.

        Returns:
            minutes of the processor.
        """
        set_seed(seed)
        self.writer.set_weights(self._make().get_weights())
        forget_updates(self.optimizer)
        schedule = WarmupAndDecay(peak, warmup_steps or max(1, num_steps // 10), num_steps + 1)
        generator, began = np.random.default_rng(seed), time.process_time()
        for step in range(num_steps):
            self.optimizer.learning_rate = float(schedule(step))
            self._update(*map(tf.constant, batch_of(words, BATCH_SIZE, generator)))
        return round((time.process_time() - began) / 60, 2)

    def above_floor(self, rows, first, end):
        """Nats per word beyond the floor; see `TestRows`."""
        paid = np.zeros(rows.token_ids.shape)
        for start in range(0, len(paid), AT_ONCE):
            ids = rows.token_ids[start : start + AT_ONCE]
            paid[start : start + AT_ONCE, 1:] = self._nats(tf.constant(ids[:, :-1]), tf.constant(ids[:, 1:]))
        return rows.above_floor(paid, first, end)
