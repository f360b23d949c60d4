"""How a contender trains when it is told how many updates there will be."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Rate and dropout from the length of a run: one rule for a minute and for half an hour.

    rate(s) = peak · min( s / warmup_steps, 1, (updates + 1 - s) / (fall_share · updates) ),   s = 1, 2, 3, …

    dropout = clip( dropout_a_doubling · log₂( epochs / free_epochs ), 0, most_dropout )

    Up to its fall, a run does what a longer one does, so that one run serves all lengths: the longer goes on
    from where the shorter turned down, with its own dropout from there.

    Args:
        peak: the highest rate.
        warmup_steps: number of updates of the rise.
        fall_share: share of all updates in which the rate falls in a straight line to zero.
        free_epochs: in so many nothing is learnt by heart, and there is no dropout.
        dropout_a_doubling: what is added for each doubling of the epochs beyond.
        most_dropout: the upper limit.

    Reference: Hägele et al. (2024), https://arxiv.org/abs/2405.18392 (a constant rate and a fall)
    """

    peak: float = 3e-3
    warmup_steps: int = 100
    fall_share: float = 0.4
    free_epochs: float = 4.0
    dropout_a_doubling: float = 0.1
    most_dropout: float = 0.25

    def rate(self, step, updates):
        """The learning rate of update `step`, the first of which is 1."""
        fall = (updates + 1 - step) / (self.fall_share * updates)
        return self.peak * min(step / self.warmup_steps, 1, fall)

    def turn(self, updates):
        """The number of updates before the fall."""
        return updates - math.floor(self.fall_share * updates)

    def dropout(self, epochs):
        """The share that is dropped in a run of so many epochs."""
        wanted = self.dropout_a_doubling * math.log2(epochs / self.free_epochs)
        return round(min(max(wanted, 0.0), self.most_dropout), 3)


@dataclass(frozen=True)
class ConstantRule:
    """What recipes do that do not ask how long they have.

    Args:
        peak: the rate of every update.
        dropout_share: the share that is dropped, always.
    """

    peak: float = 1e-3
    dropout_share: float = 0.1

    def rate(self, step, updates):
        """The learning rate, whatever the update."""
        return self.peak

    def turn(self, updates):
        """All: there is no fall."""
        return updates

    def dropout(self, epochs):
        """The share that is dropped, however many epochs there are."""
        return self.dropout_share
