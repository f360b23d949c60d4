"""Batches that are others in every epoch, and know which epoch it is."""

import keras


class EpochBatches(keras.utils.PyDataset):
    """Base of batches whose order or content is a function of a seed and of `epoch`.

    An epoch of `fit` moves `epoch` on when all its batches have been taken; a loop of one's own sets `epoch`
    itself. Before resuming a run, set `epoch` to the number of epochs already done.

    A subclass defines `__len__` and `batch(index)`, and `prepare_epoch()` where its batches share what is
    drawn. It calls `super().__init__()` when it has what that needs.

    Raises:
        ValueError: if `epoch` is set to a negative number.
        IndexError: for a batch that is none of the epoch.

    Example:
        >>> class Counts(EpochBatches):
        ...     def __len__(self):
        ...         return 2
        ...     def batch(self, index):
        ...         return f"batch {index} of epoch {self.epoch}"
        >>> counts = Counts()
        >>> counts.on_epoch_begin()
        >>> counts[0], counts[1]
        ('batch 0 of epoch 0', 'batch 1 of epoch 0')
        >>> counts.on_epoch_end()
        >>> counts[0]
        'batch 0 of epoch 1'
    """

    def __init__(self):
        super().__init__()
        # Batches taken since `on_epoch_begin`; None outside an epoch of `fit`.
        self._taken = None
        self.epoch = 0

    @property
    def epoch(self):
        """Number of the epoch, from 0, whose batches are served."""
        return self._epoch

    @epoch.setter
    def epoch(self, epoch):
        if epoch < 0:
            raise ValueError(f"`epoch` must not be negative. Received: epoch={epoch}.")
        self._epoch = epoch
        self.prepare_epoch()

    def prepare_epoch(self):
        """Draws what all batches of `epoch` share; nothing, unless a subclass says otherwise."""

    def batch(self, index):
        """Batch `index` of this epoch."""
        raise NotImplementedError

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(f"`index` must be between 0 and {len(self) - 1}. Received: index={index}.")
        if self._taken is not None:
            self._taken += 1
        return self.batch(index)

    def on_epoch_begin(self):
        self._taken = 0

    def on_epoch_end(self):
        # `fit` also calls this before its first epoch, with no batch or a few for a trial taken.
        is_complete = self._taken is not None and self._taken >= len(self)
        self._taken = None
        if is_complete:
            self.epoch += 1
