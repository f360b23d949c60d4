"""One update of a translator, written out and compiled: for losses that change from run to run."""

from collections.abc import Callable

import keras
from keras import ops


def compiled_update(model: keras.Model, loss: Callable, num_averaged: float) -> Callable:
    """Compiles a model for Adam with a moving average of its weights, and one update as a function.

    What is given to the function, the amount of smoothing included, can change without compiling anew. The
    learning rate is `model.optimizer.learning_rate`.

    Args:
        model: a built translator, as `Transformer` or `Seq2Seq`.
        loss: maps logits (B, T, V), labels (B, T) and a number, the smoothing, to a number.
        num_averaged: updates that the average looks back over.

    Returns:
        a function of source ids (B, S), target ids (B, T), labels (B, T) and the smoothing, which makes one
        update and returns the loss before it.

    Example:
        >>> from course_lib.models import Transformer
        >>> from course_lib.training import TokenCrossEntropy
        >>> model = Transformer(11, 13, 8, 2, 16, 1)
        >>> model.build(dict.fromkeys(("source_token_ids", "target_token_ids"), (None, None)))
        >>> update = compiled_update(model, lambda logits, labels, _: TokenCrossEntropy()(labels, logits), 6)
        >>> batch = ([[3, 4, 5]], [[2, 6]], [[6, 7]])
        >>> losses = [float(update(*batch, 0.0)) for _ in range(9)]
        >>> losses[-1] < losses[0]
        True

    Taught in: notebooks/08_the_transformer
    """
    import tensorflow as tf

    momentum = 1 - 1 / num_averaged
    optimizer = keras.optimizers.Adam(beta_2=0.98, use_ema=True, ema_momentum=momentum)
    model.compile(optimizer)
    optimizer.build(model.trainable_variables)
    ids, number = tf.TensorSpec((None, None), "int32"), tf.TensorSpec((), "float32")

    @tf.function(autograph=False, input_signature=(ids, ids, ids, number))
    def update(source, target, labels, smoothing):
        inputs = {"source_token_ids": source, "source_padding_mask": ops.not_equal(source, 0)}
        inputs |= {"target_token_ids": target, "target_padding_mask": ops.not_equal(target, 0)}
        with tf.GradientTape() as tape:
            before = loss(model(inputs, training=True), labels, smoothing)
        gradients = tape.gradient(before, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return before

    return update
