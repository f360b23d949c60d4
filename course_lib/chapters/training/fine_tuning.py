"""Fine-tuning of any head and its predictions, in batches no longer than their longest sequence."""

from collections.abc import Callable, Sequence

import keras
import numpy as np
from keras import ops

from course_lib.chapters.training.fresh_weights import forget_updates
from course_lib.training import WarmupAndDecay

LENGTH_MULTIPLE = 8


def batch_of(inputs: dict, rows: np.ndarray) -> dict:
    """Some sequences, without the columns in which all of them are padding, to the next multiple of 8.

    Example:
        >>> inputs = {"token_ids": np.arange(40).reshape(2, 20), "padding_mask": np.arange(20) < [[3], [11]]}
        >>> [batch_of(inputs, np.array(rows))["token_ids"].shape for rows in ([0], [0, 1])]
        [(1, 8), (2, 16)]
    """
    longest = int(inputs["padding_mask"][rows].sum(axis=1).max())
    width = min(-(-longest // LENGTH_MULTIPLE) * LENGTH_MULTIPLE, inputs["padding_mask"].shape[1])
    return {name: array[rows, :width] for name, array in inputs.items()}


def batches_of_like_length(
    lengths: np.ndarray, batch_size: int, generator: np.random.Generator
) -> np.ndarray:
    """Places of an epoch in a random order, (number of batches, batch size): what fills none is left out.

    Within a quarter of the epoch, or a hundred batches, sequences are sorted by their length, so that little
    is padded.

    Example:
        >>> lengths = np.arange(64) % 8
        >>> batches = batches_of_like_length(lengths, 4, np.random.default_rng(0))
        >>> batches.shape, bool(np.ptp(lengths[batches], axis=1).mean() < 3)
        ((16, 4), True)
    """
    num_batches = len(lengths) // batch_size
    order = generator.permutation(len(lengths))[: num_batches * batch_size]
    chunk = batch_size * min(max(num_batches // 4, 1), 100)
    chunks = [order[start : start + chunk] for start in range(0, len(order), chunk)]
    ordered = np.concatenate([part[np.argsort(lengths[part], kind="stable")] for part in chunks])
    return generator.permutation(ordered.reshape(num_batches, batch_size))


def class_loss(labels, logits):
    """Mean cross-entropy (nats) of classes (B,) and logits (B, C)."""
    return ops.mean(keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True))


class FineTuner:
    """Trains all weights of a model, compiled once for any number of runs.

    The rate rises in a straight line to its peak and falls in one to zero; the optimizer is Adam, gradients
    are cut to length 1.

    Args:
        model: from a dict of arrays (B, T), "padding_mask" among them, to what `loss` takes; built.
        loss: from labels and outputs to a number.
        jit_compile: whether the update is compiled by XLA, once for every length of a batch.
        fast_variables: weights with a rate of their own, such as the transitions of a CRF.

    Example:
        >>> from course_lib.models import Bert, SentenceClassifier
        >>> model = SentenceClassifier(Bert(11, 4, 2, 8, 1, dropout=0.0), num_outputs=2, dropout=0.0)
        >>> ids = np.array([[2, 5, 3], [2, 6, 3]], "int32")
        >>> inputs, labels = {"token_ids": ids, "padding_mask": ids != 0}, np.array([0, 1])
        >>> _ = model(inputs)
        >>> tuner = FineTuner(model)
        >>> losses = tuner.fit(inputs, labels, peak=0.01, num_epochs=20, batch_size=2)
        >>> len(losses), losses[-1] < losses[0], tuner.predict(inputs).shape
        (20, True, (2, 2))

    Taught in: notebooks/11_fine_tuning_sentences
    """

    def __init__(
        self,
        model: keras.Model,
        loss: Callable = class_loss,
        jit_compile: bool = False,
        fast_variables: Sequence = (),
    ):
        import tensorflow as tf

        self.model = model
        variables = model.trainable_variables
        is_fast = [any(variable is one for one in fast_variables) for variable in variables]
        self.optimizers = []
        for wanted in (False, True):
            self.optimizers.append(keras.optimizers.Adam(global_clipnorm=1.0))
            chosen = [one for one, fast in zip(variables, is_fast, strict=True) if fast == wanted]
            self.optimizers[-1].build(chosen)

        @tf.function(reduce_retracing=True, jit_compile=jit_compile)
        def update(batch, labels):
            with tf.GradientTape() as tape:
                before = loss(labels, model(batch, training=True))
            triples = list(zip(tape.gradient(before, variables), variables, is_fast, strict=True))
            for optimizer, wanted in zip(self.optimizers, (False, True), strict=True):
                used = [(g, variable) for g, variable, fast in triples if g is not None and fast == wanted]
                if used:
                    optimizer.apply(*[list(part) for part in zip(*used, strict=True)])
            return before

        self._update = update
        self._outputs = tf.function(model, reduce_retracing=True)

    def fit(
        self,
        inputs: dict,
        labels: np.ndarray,
        *,
        peak: float,
        num_epochs: int,
        batch_size: int = 16,
        seed: int = 0,
        warmup_share: float = 0.1,
        fast_factor: float = 1.0,
        after_epoch: Callable | None = None,
    ) -> list[float]:
        """Trains from the weights that the model has, with optimizers that remember nothing.

        Args:
            inputs: dict of arrays (n, T).
            labels: (n,) of sequences, (n, T) of their tokens, or (n, 2) of spans.
            peak: the highest learning rate.
            num_epochs: how often each sequence is read.
            batch_size: sequences in an update; what does not fill one is left out of an epoch.
            seed: of the order. Dropout follows `set_seed`.
            warmup_share: the share of the updates in which the rate rises.
            fast_factor: how many times as high the rate of the fast variables is.
            after_epoch: called with the number of epochs done, after each.

        Returns:
            the loss of every update.
        """
        for optimizer in self.optimizers:
            forget_updates(optimizer)
        batch_size = min(batch_size, len(labels))
        num_steps = num_epochs * (len(labels) // batch_size)
        # One more than there are, as the last one would have a rate of zero.
        schedule = WarmupAndDecay(
            peak, min(max(1, round(warmup_share * num_steps)), num_steps), num_steps + 1
        )
        generator, losses = np.random.default_rng(seed), []
        lengths = inputs["padding_mask"].sum(axis=1)
        for epoch in range(num_epochs):
            for rows in batches_of_like_length(lengths, batch_size, generator):
                rate = float(schedule(len(losses)))
                for optimizer, factor in zip(self.optimizers, (1.0, fast_factor), strict=True):
                    optimizer.learning_rate = rate * factor
                batch = batch_of(inputs, rows)
                width = batch["padding_mask"].shape[1]
                wanted = labels[rows] if labels.ndim == 1 else labels[rows, :width]
                losses.append(float(self._update(batch, wanted)))
            if after_epoch is not None:
                after_epoch(epoch + 1)
        return losses

    def predict(self, inputs: dict, batch_size: int = 64) -> np.ndarray:
        """What the model says of sequences, a dict of arrays (n, T)."""
        return predict(self._outputs, inputs, batch_size)


def predict(function: Callable, inputs: dict, batch_size: int = 64) -> np.ndarray:
    """What a function of batches says of all sequences: sequences of like length are put together.

    Args:
        function: from a batch, a dict of arrays (B, T), to a tensor (B, …), best a `tf.function`.
        inputs: dict of arrays (n, T), "padding_mask" among them.
        batch_size: sequences at a time.

    Returns:
        array (n, …), in the order of `inputs`. What is said of every token, (n, T, …), has zeros filled in
        behind the longest sequence of a batch.

    Example:
        >>> inputs = {"padding_mask": np.arange(20) < np.array([[3], [17], [2]])}
        >>> predict(lambda batch: ops.sum(ops.cast(batch["padding_mask"], "int32"), axis=1), inputs).tolist()
        [3, 17, 2]

    Taught in: notebooks/11_fine_tuning_sentences
    """
    order = np.argsort(inputs["padding_mask"].sum(axis=1), kind="stable")
    parts = [
        ops.convert_to_numpy(function(batch_of(inputs, order[start : start + batch_size])))
        for start in range(0, len(order), batch_size)
    ]
    if len({part.shape[1:] for part in parts}) > 1:  # of every token, in batches of several lengths
        longest = inputs["padding_mask"].shape[1]
        parts = [
            np.pad(part, [(0, 0), (0, longest - part.shape[1])] + [(0, 0)] * (part.ndim - 2))
            for part in parts
        ]
    found = np.concatenate(parts)
    result = np.empty_like(found)
    result[order] = found
    return result
