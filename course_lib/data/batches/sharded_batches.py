"""One shard of every batch, for one of several processes."""

import keras
import numpy as np


class ShardedBatches(keras.utils.PyDataset):
    """The rows of each batch that one of several processes trains on.

    With P processes, a batch of B rows is filled up to a multiple of P with rows of zeros, and process p
    takes the p-th of P equal parts, its shard. Zeros are padding: a row of them has no label that counts, so
    that the loss and its gradient over all processes are those of the batch.

    Args:
        batches: a `PyDataset` of padded batches, the same in every process: arrays, or dicts and tuples of
            them, with B as their first axis and 0 (or `False`) for padding.
        process: which process this is, from 0.
        num_processes: how many there are.

    Raises:
        ValueError: if there is no such process.

    Example:
        >>> from course_lib.data import TranslationBatches
        >>> batches = TranslationBatches([[5], [6], [7]], [[8], [9], [4]], start_id=2, end_id=3, batch_size=3)
        >>> [ShardedBatches(batches, process, 2)[0][1].tolist() for process in (0, 1)]
        [[[8, 3, 0, 0], [9, 3, 0, 0]], [[4, 3, 0, 0], [0, 0, 0, 0]]]
    """

    def __init__(self, batches, process, num_processes):
        super().__init__()
        if not 0 <= process < num_processes:
            raise ValueError(
                "`process` must be from 0 to `num_processes` - 1. "
                f"Received: process={process}, num_processes={num_processes}."
            )
        self.batches = batches
        self.process = process
        self.num_processes = num_processes

    @property
    def epoch(self):
        """The epoch of the batches, which may set their order."""
        return self.batches.epoch

    @epoch.setter
    def epoch(self, epoch):
        self.batches.epoch = epoch

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, index):
        return keras.tree.map_structure(self.take, self.batches[index])

    def on_epoch_begin(self):
        self.batches.on_epoch_begin()

    def on_epoch_end(self):
        self.batches.on_epoch_end()

    def take(self, array):
        """This process's shard of one array."""
        missing = -len(array) % self.num_processes
        filled = np.concatenate([array, np.zeros((missing, *array.shape[1:]), array.dtype)])
        return np.split(filled, self.num_processes)[self.process]
