"""Cross-entropy of every token, shared by the loss and the metrics."""

from keras import ops

from course_lib.objectives.known_labels import known_labels

PADDING_ID = 0


def check_shapes(labels, logits):
    """Raise unless labels are (B, T) and logits (B, T, V) with the same B and T.

    Args:
        labels: integers of shape (B, T).
        logits: floats of shape (B, T, V).

    Raises:
        ValueError: when a rank is wrong or two known sizes differ.

    Example:
        >>> import numpy as np
        >>> check_shapes(np.zeros((2, 3)), np.zeros((2, 5, 7)))
        Traceback (most recent call last):
        ...
        ValueError: Expected labels (B, T) and logits (B, T, V). Received: labels (2, 3), logits (2, 5, 7).
    """
    labels_shape, logits_shape = tuple(labels.shape), tuple(logits.shape)
    fits = len(labels_shape) == 2 and len(logits_shape) == 3
    if fits:
        pairs = zip(labels_shape, logits_shape[:2], strict=True)
        fits = all(left is None or right is None or left == right for left, right in pairs)
    if not fits:
        raise ValueError(
            "Expected labels (B, T) and logits (B, T, V). "
            f"Received: labels {labels_shape}, logits {logits_shape}."
        )


def refuse_sample_weight(sample_weight):
    """Raise when weights are given beside labels that already say which positions count."""
    if sample_weight is not None:
        raise ValueError(
            "Expected no `sample_weight`: positions with label 0 are ignored already. "
            f"Received: sample_weight of shape {tuple(sample_weight.shape)}."
        )


def losses_over_real_tokens(labels, logits, label_smoothing=0.0):
    """Cross-entropy of every position, in nats, with 0 where the label is padding.

    With z the logits of one position, y its label and ε the smoothing, the target distribution is
    q(v) = (1 - ε) [v = y] + ε / V, and

        -Σ_v q(v) log softmax(z)_v = logsumexp(z) - (1 - ε) z_y - ε mean(z)

    which needs neither a one-hot tensor nor the log-probabilities of the whole vocabulary. Its gradient,
    softmax(z)_v - q(v), is written out below: derived operation by operation, it takes twice as long.

    Args:
        labels: integers (B, T); id 0 is padding.
        logits: floats (B, T, V), of any precision: the sum is taken in float32.
        label_smoothing: ε, in [0, 1).

    Returns:
        a pair of float32 tensors (B, T): the losses, NaN at labels outside the vocabulary, and 1.0 at real
        tokens and 0.0 at padding.

    Raises:
        ValueError: when labels are floats or, where values can be looked at, outside the vocabulary.

    Example:
        >>> import numpy as np
        >>> losses, is_token = losses_over_real_tokens(np.array([[3, 0]]), np.zeros((1, 2, 8), "float32"))
        >>> round(float(losses[0, 0]), 4), float(losses[0, 1])  # log 8, and nothing for padding
        (2.0794, 0.0)
    """
    logits = ops.cast(logits, "float32")
    check_shapes(labels, logits)
    is_token = ops.not_equal(labels, PADDING_ID)
    labels, is_known = known_labels(labels, logits.shape[-1])
    losses = ops.where(is_known, cross_entropy_with(labels, label_smoothing)(logits), float("nan"))
    # `where`, not a product: an infinite loss at a padded position must not become NaN.
    return ops.where(is_token, losses, ops.zeros_like(losses)), ops.cast(is_token, "float32")


def cross_entropy_with(labels, label_smoothing):
    """The function from logits (B, T, V) to losses (B, T), padding included, with a gradient of its own."""

    @ops.custom_gradient
    def losses_of(logits):
        highest = ops.max(logits, axis=-1, keepdims=True)
        powers = ops.exp(logits - highest)
        total = ops.sum(powers, axis=-1, keepdims=True)
        expected_logit = (1.0 - label_smoothing) * at_labels(logits)
        if label_smoothing:
            expected_logit = expected_logit + label_smoothing * ops.mean(logits, axis=-1)

        def gradient(*arguments, upstream=None):
            upstream = arguments[0] if upstream is None else upstream  # by name with PyTorch alone
            upstream = ops.expand_dims(upstream, -1)
            slopes = powers * (upstream / total)
            if label_smoothing:
                slopes = slopes - upstream * (label_smoothing / logits.shape[-1])
            lowered = at_labels(slopes) - (1.0 - label_smoothing) * ops.squeeze(upstream, -1)
            return ops.scatter_update(slopes, positions(), ops.reshape(lowered, (-1,)))

        return ops.squeeze(ops.log(total) + highest, -1) - expected_logit, gradient

    def at_labels(scores):
        return ops.squeeze(ops.take_along_axis(scores, ops.expand_dims(labels, -1), axis=-1), axis=-1)

    def positions():
        batch, length = ops.shape(labels)
        rows = ops.repeat(ops.arange(batch, dtype="int32"), length)
        columns = ops.tile(ops.arange(length, dtype="int32"), (batch,))
        return ops.stack([rows, columns, ops.reshape(labels, (-1,))], axis=-1)

    return losses_of
