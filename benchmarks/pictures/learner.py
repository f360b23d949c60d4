"""One contender, compiled once for all its runs."""

import time

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from benchmarks.pictures.contenders import TURN
from course_lib.chapters.training.fresh_weights import forget_updates
from course_lib.data.pictures.pictures import Pictures
from course_lib.objectives import LooksLoss
from course_lib.training import WarmupAndDecay, set_seed

BATCH_SIZE, AT_ONCE = 16, 250


def class_loss(labels, logits):
    """Mean cross-entropy of logits (B, classes); of looks (B, looks, classes), summed over them."""
    if len(logits.shape) == 3:
        return LooksLoss(ranking_weight=0.0)(labels, logits)
    return ops.mean(keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True))


def rows_of(inputs, rows):
    """Some of the pictures."""
    return keras.tree.map_structure(lambda array: array[rows], inputs)


class Learner:
    """A contender that can be trained again and again.

    Args:
        contender: a `Contender`.
        example: `Pictures`, what it is built on.
    """

    def __init__(self, contender, example):
        self.contender = contender
        self.model = contender.make()
        self.model(contender.inputs(first(example, 2), np.random.default_rng(0)))
        self.turns = [self._update(loss, variables) for loss, variables in self._parts()]
        self._outputs = tf.function(self.model, jit_compile=self.uses_xla, reduce_retracing=True)

    @property
    def uses_xla(self):
        """Whether updates are compiled by XLA."""
        return self.contender.family != "convolution"  # for which it is slower

    def _parts(self):
        """Pairs of a loss and the weights that learn by it."""
        proposers = getattr(self.model, "proposers", [])
        of_proposals = [weight for proposer in proposers for weight in proposer.trainable_variables]
        others = [
            weight for weight in self.model.trainable_variables if not any(weight is w for w in of_proposals)
        ]
        if self.contender.training == "jointly":
            return [(LooksLoss(), others + of_proposals)]
        if self.contender.training == "without ranking":
            return [(class_loss, others + of_proposals)]
        if self.contender.training == "in turn":
            return [(class_loss, others), (LooksLoss(class_weight=0.0), of_proposals)]
        return [(class_loss, others)]

    def _update(self, loss, variables):
        optimizer = keras.optimizers.Adam(global_clipnorm=1.0)
        optimizer.build(variables)

        @tf.function(jit_compile=self.uses_xla, autograph=False)
        def update(inputs, labels):
            with tf.GradientTape() as tape:
                before = loss(labels, self.model(inputs, training=True))
            optimizer.apply(tape.gradient(before, variables), variables)
            return before

        return optimizer, update

    def train(self, pictures, seed, peak, num_steps):
        """Trains it from new weights.

        Args:
            pictures: `Pictures`.
            seed: of weights, order and random squares.
            peak: the highest rate; it rises for a tenth of the updates and falls to zero.
            num_steps: updates, of 16 pictures each.

        Returns:
            minutes of the processor.
        """
        set_seed(seed)
        fresh = self.contender.make()
        fresh(self.contender.inputs(first(pictures, 2), np.random.default_rng(0)))
        self.model.set_weights(fresh.get_weights())
        for optimizer, _ in self.turns:
            forget_updates(optimizer)
        schedule = WarmupAndDecay(peak, max(1, num_steps // 10), num_steps + 1)
        generator = np.random.default_rng(seed)
        began, order = time.process_time(), np.zeros(0, int)
        for step in range(num_steps):
            while len(order) < BATCH_SIZE:
                order = np.concatenate([order, generator.permutation(len(pictures.labels))])
            rows, order = order[:BATCH_SIZE], order[BATCH_SIZE:]
            batch = Pictures(*(part[rows] for part in pictures))
            optimizer, update = self.turns[step // TURN % len(self.turns)]
            optimizer.learning_rate = float(schedule(step))
            inputs = keras.tree.map_structure(tf.constant, self.contender.inputs(batch, generator))
            update(inputs, tf.constant(batch.labels.astype("int32")))
        return round((time.process_time() - began) / 60, 2)

    def inputs_of(self, pictures, seed=0):
        """What it is asked about pictures with."""
        return self.contender.inputs(pictures, np.random.default_rng(seed))

    def logits(self, pictures):
        """Logits (n, classes), or (n, looks, classes)."""
        inputs = self.inputs_of(pictures)
        parts = [
            ops.convert_to_numpy(self._outputs(rows_of(inputs, slice(start, start + AT_ONCE))))
            for start in range(0, len(pictures.labels), AT_ONCE)
        ]
        return np.concatenate(parts)


def first(pictures, count):
    """The first so many."""
    return Pictures(*(part[:count] for part in pictures))
