"""What the pipelines share: checks of the ids, order of the batches, and the `tf.data` view."""

import warnings

import keras
import numpy as np

from course_lib.data.batches.epoch_batches import EpochBatches
from course_lib.data.batches.length_buckets import LENGTH_MULTIPLE, bucketed_order, budgeted_order, round_up


def check_sentences(name, sentences, max_length):
    """The sentences as int32 arrays.

    Args:
        name: what to call them in an error.
        sentences: list of lists of token ids; an empty list is a sentence without words.
        max_length: most ids that a sentence may have, or None.

    Returns:
        list of 1-D int32 arrays.

    Raises:
        ValueError: no sentences, one longer than `max_length`, or one with an id below 1 (0 is padding)
            or ids that are no integers; names its index.
    """
    if not len(sentences):
        raise ValueError(f"`{name}` must hold at least one sentence. Received: none.")
    checked = []
    for index, sentence in enumerate(sentences):
        ids = np.asarray(sentence)
        if ids.size and ids.dtype.kind not in "iu":
            raise ValueError(f"`{name}[{index}]` must hold integers. Received: dtype={ids.dtype}.")
        ids = ids.astype(np.int32)
        if ids.ndim != 1:
            raise ValueError(f"`{name}[{index}]` must be a list of token ids. Received: shape={ids.shape}.")
        if ids.size and ids.min() < 1:
            raise ValueError(
                f"`{name}[{index}]` must hold ids of at least 1, for 0 is padding. Received: {ids.min()}."
            )
        if max_length is not None and ids.size > max_length:
            raise ValueError(
                f"`{name}[{index}]` must have at most max_length={max_length} ids. Received: {ids.size}. "
                "Drop or cut longer sentences first."
            )
        checked.append(ids)
    return checked


class BucketedBatches(EpochBatches):
    """Base of the pipelines: batches of similar length, the same for the same seed and epoch.

    Before resuming a run, set `epoch` to the number of epochs already done. `fit` also shuffles the order of
    batches by Python's global random state unless it is called with `shuffle=False`; a resumed run sees the
    same order only with that.

    A subclass defines `build(indices, widths)`, which returns one batch `(x, y)`.

    Args:
        lengths: (N, K) lengths of the K padded sequences of each example.
        batch_size: examples in a batch; one batch may be smaller.
        shuffle_seed: non-negative integer, or None for a fixed order, shortest first.
        max_tokens: instead of `batch_size`, the most positions of a batch, see `budgeted_order`.

    Raises:
        ValueError: not one of `batch_size` and `max_tokens`, or a number that is too small.

    Example:
        >>> class Positions(BucketedBatches):
        ...     def build(self, indices, widths):
        ...         return [int(i) for i in indices], [int(width) for width in widths]
        >>> batches = Positions([[3], [9], [2]], batch_size=2)
        >>> len(batches), batches[0]
        (2, ([0, 2], [4]))
    """

    def __init__(self, lengths, batch_size=None, shuffle_seed=None, max_tokens=None):
        if (batch_size is None) == (max_tokens is None):
            raise ValueError(
                "Give either `batch_size` or `max_tokens`. "
                f"Received: batch_size={batch_size}, max_tokens={max_tokens}."
            )
        if batch_size is not None and batch_size < 1:
            raise ValueError(f"`batch_size` must be positive. Received: batch_size={batch_size}.")
        if shuffle_seed is not None and shuffle_seed < 0:
            raise ValueError(f"`shuffle_seed` must not be negative. Received: shuffle_seed={shuffle_seed}.")
        self.batch_size = batch_size
        self.max_tokens = max_tokens
        self.shuffle_seed = shuffle_seed
        self._lengths = np.asarray(lengths, dtype=np.int64)
        # Sequences whose padded length is the same in whatever batch they come.
        self._is_uniform = np.ptp(round_up(self._lengths), axis=0) == 0
        self._has_warned = False
        super().__init__()

    def prepare_epoch(self):
        """Draws the order of the batches."""
        if self.max_tokens is None:
            self._order = bucketed_order(self._lengths, self.batch_size, self.shuffle_seed, self.epoch)
        else:
            self._order = budgeted_order(self._lengths, self.max_tokens, self.shuffle_seed, self.epoch)

    def __len__(self):
        return len(self._order)

    def indices(self, index):
        """Positions in the corpus of the examples of batch `index`, in the order of its rows."""
        return self._order[index]

    def build(self, indices, widths):
        """Batch `(x, y)` of the examples at `indices`, the K sequences padded to `widths`."""
        raise NotImplementedError

    def _widths(self, order, index):
        return round_up(self._lengths[order[index]].max(axis=0))

    def _batch(self, order, index):
        widths = self._widths(order, index)
        if index == 1:
            # Keras takes a dimension for fixed when batches 0 and 1 agree in it, and then fails on a batch of
            # another length. Where lengths vary, batch 1 is therefore made a little wider than batch 0.
            widths = widths + LENGTH_MULTIPLE * ((widths == self._widths(order, 0)) & ~self._is_uniform)
        return self.build(order[index], widths)

    def batch(self, index):
        """Batch `index` of this epoch."""
        return self._batch(self._order, index)

    def __getitem__(self, index):
        is_out_of_order = self._taken is not None and index != self._taken
        if is_out_of_order and self.shuffle_seed is not None and not self._has_warned:
            self._has_warned = True
            warnings.warn(
                "Batches are not taken in the order of `shuffle_seed` and `epoch`: pass `shuffle=False` "
                "to `fit` (the batches are shuffled already).",
                stacklevel=2,
            )
        return super().__getitem__(index)

    def as_tf_dataset(self):
        """The same batches as a `tf.data.Dataset`; needs TensorFlow.

        Each pass serves the batches of the current `epoch` and moves `epoch` on with its last batch, so `fit`
        over several epochs sees what the arrays would give. tf.data's autotuning is off: with it a short
        `fit` may wait for seconds while its iterator closes.

        Returns:
            dataset of `(x, y)` with unknown batch size and lengths, known number of batches.
        """
        import tensorflow as tf

        def one_pass():
            epoch, order = self.epoch, self._order
            for index in range(len(self)):
                batch = self._batch(order, index)
                if index == len(self) - 1:
                    # Before the last batch is given, for nothing makes tf.data come back after it in time.
                    self.epoch = epoch + 1
                yield batch

        def signature(array):
            return tf.TensorSpec(shape=(None,) * array.ndim, dtype=array.dtype)

        dataset = tf.data.Dataset.from_generator(
            one_pass, output_signature=keras.tree.map_structure(signature, self._batch(self._order, 0))
        )
        options = tf.data.Options()
        options.autotune.enabled = False
        dataset = dataset.apply(tf.data.experimental.assert_cardinality(len(self)))
        return dataset.prefetch(2).with_options(options)
