"""A rung as `benchmarks.minutes.curve` wants it."""

from dataclasses import replace

import keras

from benchmarks.objectives.learners import make_learner, set_initial_weights
from benchmarks.objectives.operations import equal_steps
from benchmarks.objectives.readers import set_reader_weights
from course_lib.chapters import start_anew
from course_lib.training import set_seed

compiled = {}  # by rung and sizes: compiling takes longer than many a run


class Contender:
    """A rung's model and its batches.

    Args:
        rung: a `Rung`.
        sizes: a `Sizes`.
        batches: its `RungBatches`.
        seed: of fresh weights.
        allowed, frequencies: what a generator may draw, see `ReplacedLearner`.
        start: weights of a reader that all begins with, as of `reader_weights`; fresh ones if none.

    Attributes:
        learner: the model, once it was made.
    """

    def __init__(self, rung, sizes, batches, seed, allowed, frequencies, start=None):
        self.rung, self.sizes, self.batches, self.seed, self.start = rung, sizes, batches, seed, start
        self.of_learner = (allowed, frequencies)
        self.learner = None

    def steps(self, budget):
        """How many updates a budget of multiplications is enough for."""
        return equal_steps(self.rung, self.sizes, self.batches.slots, budget)

    @property
    def rule(self):
        """How the rate rises and falls."""
        rule = self.sizes.rule
        return rule if self.rung.peak is None else replace(rule, peak=self.rung.peak)

    def make_fresh(self):
        """The model with the weights that it begins with."""
        set_seed(self.seed)
        learner = make_learner(self.rung, self.sizes, *self.of_learner)
        learner(self.batches[0][0])
        if self.rung.begins_wide:
            set_initial_weights(learner, self.sizes)
        if self.start is not None:
            set_reader_weights(learner.reader, self.start)
        return learner

    def make_model(self, dropout):
        """A compiled model that has learnt nothing; `dropout` is none in pre-training."""
        key, fresh = (self.rung, self.sizes), self.make_fresh()
        if key in compiled:
            start_anew(compiled[key], fresh)
        else:
            optimizer = keras.optimizers.AdamW(
                weight_decay=self.sizes.weight_decay, beta_2=self.sizes.beta_2, global_clipnorm=1.0
            )
            optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
            fresh.compile(optimizer, jit_compile=self.sizes.uses_xla)
            compiled[key] = fresh
        self.learner = compiled[key]
        return self.learner
